"""The log file as it is written: made whole at once, appended to with fsync, cut back where an append failed."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from studyapp.history.event import BEFORE_ALL, Event, line_of
from studyapp.history.standing import NotSavedCode, NotSavedError

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
    """A file that is there with all its bytes or not at all.

    Errors: OSError; nothing is left behind then.
    """
    temporary = path.with_name(path.name + NEW)
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


def create(path: Path, first: Event) -> None:
    """A new log that holds its header.

    Errors: OSError; no log is there then.
    """
    line, _ = line_of(first, BEFORE_ALL)
    write_whole(path, line)


def free_name(folder: Path, pattern: str) -> Path:
    """The first path of a numbered pattern (`history.torn-{}.jsonl`) that nothing stands at."""
    number = 1
    while (path := folder / pattern.format(number)).exists():
        number += 1
    return path


def set_torn_aside(path: Path, end: int, torn: bytes) -> Path:
    """Move the torn bytes after `end` into a file of their own beside it; they are there before they are cut off here.

    Errors: OSError; the log is as it was then.
    """
    aside = free_name(path.parent, "history.torn-{}.jsonl")
    write_whole(aside, torn)
    cut(path, end)
    return aside


def complete_line(path: Path) -> None:
    """Give the last line the end that it lacks."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)
    try:
        write_all(descriptor, b"\n")
        sync(descriptor)
    finally:
        os.close(descriptor)


def cut(path: Path, end: int) -> None:
    """Cut a file after `end` bytes."""
    descriptor = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.ftruncate(descriptor, end)
        sync(descriptor)
    finally:
        os.close(descriptor)


class Log:
    """A log open for appending, by the one who holds its lock."""

    def __init__(self, path: Path, end: int, last_hash: str) -> None:
        self.path = path
        self.end = end
        self.last_hash = last_hash
        self._ragged = False
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)

    def append(self, event: Event) -> int:
        """Write an event and wait for the disk; the offset at which its line begins.

        Errors: NotSavedError; the log is then as it was before.
        """
        line, own = line_of(event, self.last_hash)
        self._check_in_place()
        descriptor = self._open_descriptor()
        try:
            if self._ragged:
                self._cut_back(descriptor)
            write_all(descriptor, line)
            sync(descriptor)
        except OSError as error:
            self._try_to_cut_back(descriptor)
            raise NotSavedError.by(error) from error
        except BaseException:
            self._try_to_cut_back(descriptor)
            raise
        start = self.end
        self.end, self.last_hash = start + len(line), own
        return start

    def close(self) -> None:
        """Close the file; appending fails from now on."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open_descriptor(self) -> int:
        if self._descriptor is None:
            raise NotSavedError(NotSavedCode.CLOSED)
        return self._descriptor

    def _check_in_place(self) -> None:
        """See that the open file is still the one under its name: a synchronising tool may have put another there."""
        opened = os.fstat(self._open_descriptor())
        try:
            named = self.path.stat()
        except OSError as error:
            raise NotSavedError(NotSavedCode.REPLACED) from error
        if (opened.st_ino, opened.st_dev) != (named.st_ino, named.st_dev):
            raise NotSavedError(NotSavedCode.REPLACED)
        if opened.st_size != self.end and not self._ragged:
            raise NotSavedError(NotSavedCode.REPLACED)

    def _cut_back(self, descriptor: int) -> None:
        os.ftruncate(descriptor, self.end)
        sync(descriptor)
        self._ragged = False

    def _try_to_cut_back(self, descriptor: int) -> None:
        self._ragged = True
        with contextlib.suppress(OSError):  # tried again before the next append, and at the next start
            self._cut_back(descriptor)
