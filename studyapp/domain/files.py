"""Files that are there whole or not at all, also after a crash and on a full disk."""

import contextlib
import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

NEW = ".new"  # the ending of a file that is still being made
BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line feeds into pairs
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY


def sync(descriptor: int) -> None:
    """Wait until what was written is on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # not every file system knows it; fsync is what is left
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, in as many steps as the system takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextlib.contextmanager
def _opened(path: Path, flags: int, mode: int = 0o666) -> Iterator[int]:
    descriptor = os.open(path, flags, mode)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a whole file, or none at an OSError. Links are followed; a file that is replaced keeps its own mode."""
    path = path.resolve()
    temporary = path.with_name(f"{path.name}.{os.urandom(4).hex()}{NEW}")
    try:
        with _opened(temporary, _CREATE, mode) as descriptor:
            write_all(descriptor, data)
            sync(descriptor)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and error.filename == str(temporary):
            error.filename = str(path)  # what was asked for
        raise
    with contextlib.suppress(OSError), _opened(path.parent, os.O_RDONLY) as folder:
        os.fsync(folder)  # the name, too, where the system lets a folder be opened


def write_beside(folder: Path, pattern: str, data: bytes, mode: int = 0o666) -> Path:
    """Write under the first unused name of a pattern (`torn{}.jsonl`: `-2` …); its path. Errors: OSError, no file."""
    path = claim(folder, pattern, mode)
    try:
        write_whole(path, data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def claim(folder: Path, pattern: str, mode: int = 0o666) -> Path:
    """Make an empty file under the first unused name of a pattern, so that no other process takes the name."""
    for path in _numbered(folder, pattern):
        with contextlib.suppress(FileExistsError), _opened(path, _CREATE, mode):
            return path
    raise AssertionError("there is always a further number")


def free_name(folder: Path, pattern: str) -> Path:
    """The first unused path of a pattern."""
    return next(path for path in _numbered(folder, pattern) if not path.exists() and not path.is_symlink())


def _numbered(folder: Path, pattern: str) -> Iterator[Path]:
    return (folder / pattern.format(f"-{number}" if number > 1 else "") for number in itertools.count(1))
