"""The log file as it is written: appended to with fsync, cut back where an append failed; and the lock beside it."""

import contextlib
import os
import sqlite3
from dataclasses import replace
from os.path import samestat
from pathlib import Path

from studyapp.domain.files import BINARY, sync, write_all, write_beside
from studyapp.history.chain import Damage, Link, Point, rest_of, walk
from studyapp.history.errors import InUseError, Notice, NoticeCode
from studyapp.history.event import Event, hash_checked, line_of, plain

LOG = "history.jsonl"
LOCK = "history.lock"
PATIENCE = 10.0
"""Seconds to wait for another window: a commit takes a millisecond, putting back a long history some seconds."""
MODE = 0o600  # a history is its learner's alone to read


class FolderLock:
    """The lock of a data folder: no other process writes while it is held.

    It is SQLite's, on a file that stays open and empty: taking it costs 0.02 ms, and each answer takes it.
    Errors: OSError where the folder takes no files, and `InUseError` where another process does not let go of the lock.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._files = contextlib.ExitStack()
        self._opened: tuple[sqlite3.Connection, os.stat_result] | None = None

    def __enter__(self) -> None:
        if self._opened is None or not self._path.exists() or not samestat(self._path.stat(), self._opened[1]):
            self._files.close()
            self._path.open("ab").close()  # an error here says more than SQLite's
            db = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            self._files.callback(db.close)
            db.execute("PRAGMA journal_mode = MEMORY").close()
            self._opened = db, self._path.stat()
        try:
            self._opened[0].execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise (InUseError if error.sqlite_errorcode == sqlite3.SQLITE_BUSY else OSError)(str(error)) from error

    def __exit__(self, *_: object) -> None:
        if self._opened is not None:
            self._opened[0].execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._files.close()


class Log:
    """A log to append to, once the lock is held and the rest is read; `point` is after the last event that is known."""

    def __init__(self, path: Path, point: Point) -> None:
        self.path = path
        self.point = point
        self.notice: Notice | None = None
        self._refused = b""  # the line that could not be written, until it is certain that nothing of it is left
        self._descriptor = os.open(path, os.O_RDWR | os.O_APPEND | BINARY)

    def is_in_place(self) -> bool:
        """Whether the open file is still the one under its name: a synchronising tool may have put another there."""
        try:
            opened, named = os.fstat(self._descriptor), self.path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(opened, named) and opened.st_size >= self.point.offset

    def read_on(self) -> list[Link] | Damage:
        """The events behind the point, or the damage among them; a torn last line is set aside. Errors: OSError."""
        if os.fstat(self._descriptor).st_size == self.point.offset:
            return []
        if self._refused and self._refused.startswith(rest_of(self.path, self.point.offset)):
            self._cut_back()
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
        self.point = replace(self.point, offset=os.fstat(self._descriptor).st_size)  # behind blank lines
        return links

    def append(self, event: Event) -> None:
        """Write an event and wait for the disk. Errors: OSError; the log is then as it was before."""
        line, own = line_of(event, self.point.hash)
        try:
            write_all(self._descriptor, line)
            sync(self._descriptor)
        except BaseException:
            self._refused = line
            with contextlib.suppress(OSError):  # tried again before the next append, and at the next start
                self._cut_back()
            raise
        self._after(line, own)
        self._refused = b""

    def close(self) -> None:
        """Close the file, once."""
        os.close(self._descriptor)

    def _mended(self, torn: bytes) -> list[Link]:
        """Complete a last line that lacks nothing but its end, or has another sign for it; set any other aside."""
        for text in (plain(torn), plain(torn[:-1])):
            line = text + b"\n"
            own = hash_checked(line, self.point.hash)
            if own is not None:
                self._cut_back(line)
                self.notice = Notice(NoticeCode.HEALED)
                return [self._after(line, own)]
        aside = write_beside(self.path.parent, "history.torn{}.jsonl", torn, MODE)
        self._cut_back()
        self.notice = Notice(NoticeCode.TORN, aside, len(torn))
        return []

    def _cut_back(self, last: bytes = b"") -> None:
        """Leave nothing behind the point but `last`. Errors: OSError."""
        os.ftruncate(self._descriptor, self.point.offset)
        write_all(self._descriptor, last)
        sync(self._descriptor)

    def _after(self, line: bytes, own: str) -> Link:
        start = self.point.offset
        self.point = Point(start + len(line), own, self.point.lines + 1)
        return Link(line, start, self.point)
