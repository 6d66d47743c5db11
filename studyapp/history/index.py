"""The index of the log: opened where it agrees with the log, caught up, and folded anew where it does not."""

import contextlib
import itertools
import sqlite3
from dataclasses import astuple
from importlib import resources
from pathlib import Path

from studyapp.domain.files import free_name
from studyapp.history.chain import START, Damage, Link, Point, hash_before, walk
from studyapp.history.errors import Notice, NoticeCode
from studyapp.history.fold import Rules, fold

INDEX = "index.sqlite"
APPLICATION = 0x53545544  # `STUD`, as four bytes in the header of the file
VERSION = 7  # raised with every change of the tables or of what fills them; an index of another version is folded anew
_CACHE = 32_768  # KiB of pages; with the 2,000 of SQLite itself, folding 200,000 events takes an eighth longer
_BATCH = 10_000  # events in one transaction: a fold that is interrupted goes on from the last batch


class Index:
    """A connection to the index, and the rules by which events enter it. Several processes may write to its file."""

    def __init__(self, connection: sqlite3.Connection, rules: Rules) -> None:
        self.connection = connection
        self.rules = rules

    @property
    def covered(self) -> Point:
        """The point of the log up to which the index knows it."""
        row = self.connection.execute("SELECT offset, hash, lines FROM covered").fetchone()
        if row is None:
            raise sqlite3.DatabaseError("the index has lost how far it reaches")
        return Point(*row)

    @property
    def is_current(self) -> bool:
        """Whether the index was made by this version and these rules."""
        row = self.connection.execute("SELECT rules FROM covered").fetchone()
        return row == (self.rules.fingerprint,) and _number(self.connection, "user_version") == VERSION

    def take(self, links: list[Link]) -> None:
        """Take in events, all or none, but not those that another process took in. Errors: sqlite3.Error."""
        with self.connection as db:  # which commits, or rolls back
            db.execute("BEGIN IMMEDIATE")
            reached = self.covered.offset
            new = [link for link in links if link.start >= reached]
            for link in new:
                fold(db, self.rules, link)
            if new:
                db.execute("UPDATE covered SET offset = ?, hash = ?, lines = ?", astuple(new[-1].after))

    def catch_up(self, log: Path, end: int) -> Damage | None:
        """Take in the log up to `end`; the first damage on the way. Errors: OSError (log), sqlite3.Error (index)."""
        start, batch = self.covered, list[Link]()
        if start.offset >= end:
            return None
        for link in walk(log, start, end):
            if isinstance(link, Damage):
                return link
            batch.append(link)
            if len(batch) >= _BATCH:
                self.take(batch)
                batch = []
        self.take(batch)
        return None

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def new_index(path: Path | None, rules: Rules) -> Index:
    """An index that covers nothing yet, in a file or (None) in memory. Errors: sqlite3.Error."""
    tables = resources.files("studyapp.history").joinpath("schema.sql").read_text(encoding="utf-8")
    numbers = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(contextlib.closing(_connect(path)))
        connection.executescript(f"BEGIN IMMEDIATE; {tables} {numbers}")
        connection.execute("INSERT INTO covered VALUES (1, 0, '', 0, ?)", (rules.fingerprint,))
        connection.execute("COMMIT")
        stack.pop_all()
    return Index(connection, rules)


def open_index(path: Path, rules: Rules, log: Path, end: int) -> tuple[Index, Notice | None]:
    """The index in a file where it is of this version and these rules and agrees with the log; else a new one.

    An old index is removed where the log has everything it knew, else kept under another name: one that knows more
    shows what is missing, and what is no index of ours is not ours to remove.
    Errors: sqlite3.Error or OSError where the file can be neither used nor put away.
    """
    known = None
    if path.exists():
        try:
            with contextlib.ExitStack() as stack:
                index = Index(stack.enter_context(contextlib.closing(_connect(path))), rules)
                if _number(index.connection, "schema_version") == 0:
                    known = START  # what a first start leaves that was killed
                elif _number(index.connection, "application_id") == APPLICATION:
                    known = index.covered
                    agrees = known.offset <= end and hash_before(log, known.offset) == known.hash
                    if agrees and index.is_current:
                        stack.pop_all()
                        return index, None
                # What is in the write-ahead file has to come along if the database is renamed.
                index.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            if not _is_broken(error):
                raise
        notice = _put_away(path, known, end)
        return new_index(path, rules), notice
    return new_index(path, rules), None


def _is_broken(error: sqlite3.Error) -> bool:
    """Whether an error is of a file that will not get better by itself: no database, torn pages, other tables."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT)


def _put_away(path: Path, known: Point | None, end: int) -> Notice:
    if known is not None and known.offset <= end:
        path.unlink()
        notice = Notice(NoticeCode.REBUILT)
    else:
        aside = path.replace(free_name(path.parent, "index.set-aside{}.sqlite"))
        notice = Notice(NoticeCode.SHORTENED, aside, known.lines - 1) if known else Notice(NoticeCode.REBUILT)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return notice


def _connect(path: Path | None) -> sqlite3.Connection:
    """A connection to an index file, or to one in memory (None). Errors: sqlite3.Error."""
    name = ":memory:" if path is None else str(path)
    connection = sqlite3.connect(name, isolation_level=None, timeout=5.0, check_same_thread=False)
    try:
        # Written-ahead pages let a window read while another one writes; NORMAL may forget the last commits when the
        # power fails, and the log brings them back.
        connection.executescript(
            "PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            f" PRAGMA cache_size = -{_CACHE};"
        )
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if path is not None:
            path.chmod(0o600)
    except BaseException:
        connection.close()
        raise
    return connection


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def is_equal(path: Path, rules: Rules, log: Path) -> bool | None:
    """Whether an index is what the log gives, folded anew; None where it has to be made anew. Errors: OSError."""
    with contextlib.closing(new_index(None, rules)) as fresh:
        if fresh.catch_up(log, log.stat().st_size) is not None or not path.is_file():
            return None
        try:
            with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
                if not (index := Index(db, rules)).is_current or index.covered != fresh.covered:
                    return None
                dumps = itertools.zip_longest(db.iterdump(), fresh.connection.iterdump())
                return all(row == wanted for row, wanted in dumps)
        except sqlite3.Error:
            return False
