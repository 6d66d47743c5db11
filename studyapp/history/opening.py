"""Opening a history: who may write, what the log is, and an index that agrees with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from studyapp.history.chain import Damage, End, check_end
from studyapp.history.event import hash_checked, header, id_in
from studyapp.history.headers import header_trouble
from studyapp.history.index import Index, agrees, caught_up, is_broken, replayed, set_aside, standing_index
from studyapp.history.log import LOG, NEW, Log, complete_line, create, cut, set_torn_aside
from studyapp.history.record import History
from studyapp.history.rules import Rules
from studyapp.history.schema import INDEX
from studyapp.history.standing import Notice, NoticeCode, Trouble, TroubleCode

LOCK = "history.lock"

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far the clock may be behind the last event before that is told."""

_LONGEST_HEADER = 1 << 16
_TRACES = ("index*.sqlite", "history*.jsonl*", "backups/*", "*.seal")
"""What tells that a log once stood in a folder that has none now."""


@dataclass
class _Opening:
    """What is known so far while a history is being opened."""

    folder: Path
    rules: Rules
    lock: BaseFileLock | None = None
    notices: list[Notice] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.folder / LOG

    @property
    def writable(self) -> bool:
        return self.lock is not None


def open_history(
    folder: Path, rules: Rules, *, now: datetime, day: date, new_id: Callable[[], str]
) -> History | Trouble:
    """The history in a data folder, begun there if none was; or why it is not opened.

    `now` and `day` are written into the header of a new log; `new_id` makes the ids of events. A second instance gets a
    history that only reads, with a notice. Closing it is up to the caller.
    """
    opening = _Opening(folder, rules)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        opening.lock = _lock(folder)
    except OSError as error:
        return Trouble(TroubleCode.NOT_WRITABLE, folder, error.strerror or str(error))
    opened: History | Trouble | None = None
    try:
        opened = _open(opening, now, day, new_id)
        return opened
    finally:
        if opening.lock is not None and not isinstance(opened, History):
            opening.lock.release()


def _lock(folder: Path) -> BaseFileLock | None:
    """The lock of the one writer; None where another holds it.

    Errors: OSError where the folder takes no files.
    """
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    except NotImplementedError as error:
        raise OSError(str(error)) from error
    return lock


def has_history(folder: Path) -> bool:
    """Whether a log stands in a data folder."""
    return (folder / LOG).exists()


def check_folder(folder: Path) -> Trouble | None:
    """Why a data folder cannot take a history; None where it can. A file is made and taken away again."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / "history.trial"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        return Trouble(TroubleCode.NOT_WRITABLE, folder, error.strerror or str(error))
    return None


@contextmanager
def writing_alone(folder: Path) -> Iterator[Trouble | None]:
    """Hold the lock of the one writer without opening the history; a trouble where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _lock(folder)
    except OSError as error:
        yield Trouble(TroubleCode.NOT_WRITABLE, folder, error.strerror or str(error))
        return
    if lock is None:
        yield Trouble(TroubleCode.IN_USE, folder)
        return
    try:
        yield None
    finally:
        lock.release()


def _open(opening: _Opening, now: datetime, day: date, new_id: Callable[[], str]) -> History | Trouble:
    if not opening.writable:
        opening.notices.append(Notice(NoticeCode.READ_ONLY))
    try:
        if opening.writable and not opening.log.exists():
            if found := _trace(opening.folder):
                return Trouble(TroubleCode.LOST, opening.log, found)
            create(opening.log, header(new_id(), now, day))
        end = _check_log(opening, now)
        return end if isinstance(end, Trouble) else _with_index(opening, end, new_id)
    except OSError as error:
        detail = error.strerror or str(error)
        if opening.log.exists():
            return Trouble(TroubleCode.NOT_READABLE, opening.log, detail)
        return Trouble(TroubleCode.NOT_WRITABLE, opening.folder, detail)


def _trace(folder: Path) -> str:
    found = (path for pattern in _TRACES for path in sorted(folder.glob(pattern)))
    # A file still being made is what a first start leaves that was killed.
    return next((path.name for path in found if not path.name.endswith(NEW)), "")


def _check_log(opening: _Opening, now: datetime) -> End | Trouble:
    """The end of the log, mended where it was torn; or what is wrong with it."""
    log = opening.log
    if not log.exists():
        return End(0, "")  # the writer that holds the lock is about to begin it
    with log.open("rb") as file:
        first = file.readline(_LONGEST_HEADER)
    wrong = header_trouble(first)
    if wrong is not None:
        code, detail = wrong
        return _damaged(log, Damage(1, 0, id_in(first))) if code is TroubleCode.DAMAGED else Trouble(code, log, detail)
    end = check_end(log)
    if isinstance(end, Damage):
        return _damaged(log, end)
    if end.last is not None and now < end.last - CLOCKS_DIFFER:
        opening.notices.append(Notice(NoticeCode.CLOCK, log, detail=end.last.isoformat(" ", "minutes")))
    if not end.torn or not opening.writable:
        return end
    try:
        return _mend(opening, end)
    except OSError as error:
        return Trouble(TroubleCode.NOT_WRITABLE, opening.folder, error.strerror or str(error))


def _damaged(log: Path, damage: Damage) -> Trouble:
    return Trouble(TroubleCode.DAMAGED, log, line=damage.line, event=damage.event)


def _mend(opening: _Opening, end: End) -> End:
    """The end after a torn line was set aside, or completed where nothing but its line end was missing."""
    for whole in (
        end.torn,
        end.torn[:-1],
    ):  # its end is missing, or another sign stands for it: the hash proves the rest
        own = hash_checked(whole + b"\n", end.hash)
        if own is not None:
            cut(opening.log, end.offset + len(whole))
            complete_line(opening.log)
            opening.notices.append(Notice(NoticeCode.HEALED))
            return End(end.offset + len(whole) + 1, own)
    aside = set_torn_aside(opening.log, end.offset, end.torn)
    opening.notices.append(Notice(NoticeCode.TORN, aside, len(end.torn)))
    return End(end.offset, end.hash)


def _with_index(opening: _Opening, end: End, new_id: Callable[[], str]) -> History | Trouble:
    index = _index(opening, end)
    if isinstance(index, Damage):
        return _damaged(opening.log, index)
    try:
        log = Log(opening.log, end.offset, end.hash) if opening.writable else None
    except OSError as error:
        index.close()
        return Trouble(TroubleCode.NOT_WRITABLE, opening.folder, error.strerror or str(error))
    return History(opening.log, index, log=log, lock=opening.lock, notices=tuple(opening.notices), new_id=new_id)


def _index(opening: _Opening, end: End) -> Index | Damage:
    """The index in the folder if it agrees with the log, caught up; else a new one. A reader's new one is in memory."""
    path = opening.folder / INDEX
    try:
        standing = _standing(opening, path, end)
        if standing is not None:
            return standing
        if not opening.writable:
            return replayed(None, opening.rules, opening.log, end.offset)
        if path.exists():
            opening.notices.append(set_aside(path, end.offset))
        return replayed(path, opening.rules, opening.log, end.offset)
    except (sqlite3.Error, OSError):
        # A full disk, a folder that SQLite cannot use: the log alone is enough for this run.
        opening.notices.append(Notice(NoticeCode.IN_MEMORY))
        return replayed(None, opening.rules, opening.log, end.offset)


def _standing(opening: _Opening, path: Path, end: End) -> Index | Damage | None:
    """The index in the folder, caught up; None where there is none that can be used.

    A reader changes nothing, so that it uses an index that covers the whole log or none.
    Errors: OSError, and sqlite3.Error where the index cannot be used now but is not broken.
    """
    index = None
    try:
        index = standing_index(path, opening.rules, writable=opening.writable)
        if index is not None and agrees(index, opening.log, end.offset):
            if index.covered.offset == end.offset:
                return index
            if opening.writable:
                return caught_up(index, opening.log, end.offset)
    except sqlite3.Error as error:
        if not is_broken(error):
            raise
    if index is not None:
        index.close()
    return None
