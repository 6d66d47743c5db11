"""The log file as it is written: made whole at once, appended to with fsync, cut back where an append failed."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from studyapp.history.chain import Damage, Link, Point, rest_of, walk
from studyapp.history.errors import Notice, NoticeCode, NotSavedCode, NotSavedError
from studyapp.history.event import Event, hash_checked, line_of, plain

LOG = "history.jsonl"
NEW = ".new"
"""The ending of a file that is still being made."""

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line feeds into pairs


def sync(descriptor: int) -> None:
    """Wait until what was written is on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # not every file system knows it; fsync is what is left
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until names made in a folder are on the disk, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, in as many steps as the system takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def write_whole(path: Path, data: bytes) -> None:
    """A file that is there with all its bytes or not at all; a link is followed.

    Errors: OSError; what was there is there then.
    """
    path = path.resolve()
    temporary = path.with_name(f"{path.name}.{os.getpid()}{NEW}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        try:
            write_all(descriptor, data)
            sync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def write_beside(folder: Path, pattern: str, data: bytes) -> Path:
    """Write a file under the first unused name of a pattern (`history.torn{}.jsonl`: `-2`, `-3` …); its path.

    Errors: OSError; there is no such file then.
    """
    path = free_name(folder, pattern)
    path.open("xb").close()  # the name is taken before it is written to
    try:
        write_whole(path, data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def free_name(folder: Path, pattern: str) -> Path:
    """The first unused path of a pattern."""
    number, path = 1, folder / pattern.format("")
    while path.exists() or path.is_symlink():
        number += 1
        path = folder / pattern.format(f"-{number}")
    return path


def cut(path: Path, end: int, last: bytes = b"") -> None:
    """Cut a file after `end` bytes and put `last` behind them. Errors: OSError."""
    descriptor = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.ftruncate(descriptor, end)
        os.lseek(descriptor, 0, os.SEEK_END)
        write_all(descriptor, last)
        sync(descriptor)
    finally:
        os.close(descriptor)


class Log:
    """A log open for appending. The caller holds the lock of the folder, and reads on before it appends.

    `point` is after the last event that this process knows of; `notice` says what was torn or mended on the way.
    """

    def __init__(self, path: Path, point: Point) -> None:
        self.path = path
        self.point = point
        self.notice: Notice | None = None
        self._refused = b""  # the line that could not be written, until it is certain that nothing of it is left
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)

    def is_in_place(self) -> bool:
        """Whether the open file is still the one under its name: a synchronising tool may have put another there."""
        try:
            opened, named = os.fstat(self._open_descriptor()), self.path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(opened, named) and opened.st_size >= self.point.offset

    def read_on(self) -> list[Link] | Damage:
        """The events behind the point, or the damage among them. A torn last line, never shown as saved, is set aside.

        Errors: OSError.
        """
        if os.fstat(self._open_descriptor()).st_size == self.point.offset:
            return []
        if self._refused and self._refused.startswith(rest_of(self.path, self.point.offset)):
            cut(self.path, self.point.offset)
            return []
        links = []
        for link in walk(self.path, self.point):
            if isinstance(link, Link):
                links.append(link)
                self.point = link.after
            elif link.torn:
                links += self._mended(rest_of(self.path, self.point.offset))
                break
            else:
                return link
        blank = rest_of(self.path, self.point.offset)
        self.point = Point(self.point.offset + len(blank), self.point.hash, self.point.lines + blank.count(b"\n"))
        return links

    def _mended(self, torn: bytes) -> list[Link]:
        """Complete a last line that lacks nothing but its end, or has another sign for it; set any other aside."""
        for text in (plain(torn), plain(torn[:-1])):
            own = hash_checked(text + b"\n", self.point.hash)
            if own is not None:
                start, line = self.point.offset, text + b"\n"
                cut(self.path, start, line)
                self.notice = Notice(NoticeCode.HEALED)
                self.point = Point(start + len(line), own, self.point.lines + 1)
                return [Link(line, start, self.point)]
        aside = write_beside(self.path.parent, "history.torn{}.jsonl", torn)
        cut(self.path, self.point.offset)
        self.notice = Notice(NoticeCode.TORN, aside, len(torn))
        return []

    def append(self, event: Event) -> Link:
        """Write an event and wait for the disk.

        Errors: NotSavedError; the log is then as it was before.
        """
        line, own = line_of(event, self.point.hash)
        descriptor = self._open_descriptor()
        try:
            write_all(descriptor, line)
            sync(descriptor)
        except BaseException as error:
            self._refused = line
            with contextlib.suppress(OSError):  # tried again before the next append, and at the next start
                cut(self.path, self.point.offset)
            if isinstance(error, OSError):
                raise NotSavedError.by(error) from error
            raise
        start = self.point.offset
        self.point, self._refused = Point(start + len(line), own, self.point.lines + 1), b""
        return Link(line, start, self.point)

    def close(self) -> None:
        """Close the file; appending fails from now on."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open_descriptor(self) -> int:
        if self._descriptor is None:
            raise NotSavedError(NotSavedCode.CLOSED)
        return self._descriptor
