"""The index of the log: opened where it agrees with the log, caught up, and made anew where it does not."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from studyapp.history import schema
from studyapp.history.chain import START, Damage, Link, Point, hash_before, walk
from studyapp.history.log import free_name
from studyapp.history.reducer import apply
from studyapp.history.rules import Rules
from studyapp.history.standing import Notice, NoticeCode

_BATCH = 10_000  # events in one transaction: a replay that is interrupted goes on from the last batch


class Index:
    """A connection to the index, and the rules by which events enter it."""

    def __init__(self, connection: sqlite3.Connection, rules: Rules) -> None:
        self.connection = connection
        self.rules = rules
        self._covered: Point | None = None
        """Known to whoever took the last events in: nobody else writes then."""

    @property
    def covered(self) -> Point:
        """The point of the log up to which the index knows it."""
        return self._covered or Point(*self.connection.execute("SELECT offset, hash, lines FROM covered").fetchone())

    def take(self, links: list[Link]) -> None:
        """Take events into the index, all or none of them; at least one.

        Errors: sqlite3.Error; the index is as it was then.
        """
        self._covered = None
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            for link in links:
                apply(self.connection, self.rules, link)
            after = links[-1].after
            self.connection.execute(
                "UPDATE covered SET offset = ?, hash = ?, lines = ?", (after.offset, after.hash, after.lines)
            )
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # a full disk has rolled back already
                self.connection.execute("ROLLBACK")
            raise
        self._covered = after

    def catch_up(self, log: Path, end: int) -> Damage | None:
        """Take in what the log holds up to `end` and the index does not; the first damage on the way.

        Errors: OSError for the log, sqlite3.Error for the index.
        """
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
        if batch:
            self.take(batch)
        return None

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def new_index(path: Path | None, rules: Rules) -> Index:
    """An index that covers nothing yet, in a file or (None) in memory.

    Errors: sqlite3.Error where the file cannot be made.
    """
    connection = schema.connect(path, writable=True)
    try:
        schema.create_tables(connection, rules.fingerprint)
    except BaseException:
        connection.close()
        raise
    return Index(connection, rules)


def replayed(path: Path | None, rules: Rules, log: Path, end: int) -> Index | Damage:
    """An index made anew from the log up to `end`, in a file or in memory; the damage that stands in its way.

    Errors: OSError for the log, sqlite3.Error for the file.
    """
    return caught_up(new_index(path, rules), log, end)


def caught_up(index: Index, log: Path, end: int) -> Index | Damage:
    """The index after it took in the log up to `end`; closed where there is damage or an error.

    Errors: as `Index.catch_up`.
    """
    try:
        damage = index.catch_up(log, end)
    except BaseException:
        index.close()
        raise
    if damage is None:
        return index
    index.close()
    return damage


def standing_index(path: Path, rules: Rules, *, writable: bool) -> Index | None:
    """The index in a file if it is of this version and these rules; None where it has to be made anew.

    Errors: sqlite3.Error where the file cannot be used now, though there may be nothing wrong with it.
    """
    if not path.exists():
        return None
    connection: sqlite3.Connection | None = None
    try:
        connection = schema.connect(path, writable=writable)
        if schema.is_current(connection):
            made_by = connection.execute("SELECT rules FROM covered").fetchone()
            if made_by == (rules.fingerprint,):
                index, connection = Index(connection, rules), None
                return index
    except sqlite3.Error as error:
        if not is_broken(error):
            raise
    finally:
        if connection is not None:
            connection.close()
    return None


def agrees(index: Index, log: Path, end: int) -> bool:
    """Whether the log up to where the index covers it is the log that the index was made from."""
    covered = index.covered
    return covered.offset <= end and hash_before(log, covered.offset) == covered.hash


def is_broken(error: sqlite3.Error) -> bool:
    """Whether an error tells of a file that will not get better by itself: no database, torn pages, other tables."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT)


def set_aside(path: Path, end: int) -> Notice:
    """Put an index away that cannot be used, given the end of the log.

    It is removed where the log has everything it knew, else kept under another name: an index that knows more shows
    what is missing, and what is no index of ours is not ours to remove.
    Errors: OSError where the file can be neither removed nor renamed.
    """
    known = _known(path)
    if known is not None and known.offset <= end:
        path.unlink(missing_ok=True)
        notice = Notice(NoticeCode.REBUILT)
    else:
        aside = free_name(path.parent, "index.set-aside-{}.sqlite")
        path.replace(aside)
        notice = Notice(NoticeCode.SHORTENED, aside, known.lines - 1) if known else Notice(NoticeCode.REBUILT)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return notice


def _known(path: Path) -> Point | None:
    """How far an index of ours reaches, of whatever version; None for any other file that holds something."""
    try:
        with contextlib.closing(schema.connect(path, writable=True)) as connection:
            if schema.is_empty(connection):
                return START  # what a first start leaves that was killed
            if not schema.is_ours(connection):
                return None
            # What stands in the write-ahead file has to come along if the database is renamed.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return Point(*connection.execute("SELECT offset, hash, lines FROM covered").fetchone())
    except (sqlite3.Error, TypeError):
        return None
