"""The tables of the index, and the opening of its file. Everything in it can be made again from the log."""

from __future__ import annotations

import sqlite3
from pathlib import Path

INDEX = "index.sqlite"
APPLICATION = 0x53545544  # `STUD`, as four bytes in the header of the file
VERSION = 5
"""Raised with every change of the tables or of what fills them; an index of another version is made anew."""

# `covered` has one row: how far into the log the index reaches, and by what rules it was made. `seq` is the line of an
# event in the log. In `part`, `counted` marks the first evidence on a skill in a study day: the one that moved its
# memory; then `recalled` says whether it was right, and `predicted` how likely that was, where there was a memory. In
# `skill`, `first_day` and `first_mode` tell when and how its memory began, `mixed_days` counts the days whose first
# evidence was right in a mixed session. In `mistake`, `topic` is where the exercise was met last. `exam_event` says
# where in the log the events of each mock exam stand. Each tree is another page to be written with each answer, so that
# there are as few of them as the questions to the index allow.
TABLES = """
CREATE TABLE covered (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    offset INTEGER NOT NULL, hash TEXT NOT NULL, lines INTEGER NOT NULL, rules TEXT NOT NULL
) STRICT;
CREATE TABLE attempt (
    day TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, exercise TEXT NOT NULL, topic TEXT NOT NULL,
    tries INTEGER NOT NULL, active_ms INTEGER NOT NULL, correct INTEGER NOT NULL, mode TEXT NOT NULL,
    PRIMARY KEY (day, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE part (
    skill TEXT NOT NULL, day TEXT NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, ask TEXT NOT NULL,
    verdict TEXT NOT NULL, mistake TEXT, help TEXT NOT NULL, counted INTEGER NOT NULL,
    recalled INTEGER, predicted REAL,
    PRIMARY KEY (skill, day, seq, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_predicted ON part (predicted, recalled) WHERE predicted IS NOT NULL;
CREATE INDEX attempt_id ON attempt (id);
CREATE TABLE skill (
    skill TEXT PRIMARY KEY, topic TEXT NOT NULL, attempts INTEGER NOT NULL, correct INTEGER NOT NULL,
    stability REAL, difficulty REAL, last_day TEXT, due_day TEXT, reviews INTEGER NOT NULL, lapses INTEGER NOT NULL,
    first_day TEXT, first_mode TEXT, last_right INTEGER NOT NULL, mixed_days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE day (
    day TEXT PRIMARY KEY, attempts INTEGER NOT NULL, correct INTEGER NOT NULL,
    first INTEGER NOT NULL, first_correct INTEGER NOT NULL, active_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE topic (
    topic TEXT PRIMARY KEY, attempts INTEGER NOT NULL, correct INTEGER NOT NULL,
    first INTEGER NOT NULL, first_correct INTEGER NOT NULL, active_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE mistake (
    mistake TEXT NOT NULL, skill TEXT NOT NULL, exercise TEXT NOT NULL, topic TEXT NOT NULL,
    times INTEGER NOT NULL, last_day TEXT NOT NULL,
    PRIMARY KEY (mistake, skill, exercise)
) STRICT, WITHOUT ROWID;
CREATE TABLE exam_event (
    seq INTEGER PRIMARY KEY, start INTEGER NOT NULL, exam TEXT NOT NULL, kind TEXT NOT NULL
) STRICT;
CREATE INDEX exam_event_exam ON exam_event (exam);
"""


def connect(path: Path | None, *, writable: bool) -> sqlite3.Connection:
    """A connection to an index file, or to one in memory (None).

    Errors: sqlite3.Error where the file is no database or cannot be used.
    """
    if path is None:
        return _connected(":memory:")
    connection = _connected(str(path) if writable else f"{path.absolute().as_uri()}?mode=ro")
    try:
        # Written-ahead pages let a second instance read while the first writes; NORMAL may forget the last commits
        # when the power fails, and the log brings them back.
        if writable:
            connection.execute("PRAGMA journal_mode = WAL").close()
            connection.execute("PRAGMA synchronous = NORMAL").close()
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name, isolation_level=None, timeout=5.0, check_same_thread=False, uri=name.startswith("file:")
    )
    connection.execute("PRAGMA trusted_schema = OFF").close()
    return connection


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the database is an index of ours, of whatever version."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION)


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether the database holds no table."""
    return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0)


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those of this version."""
    return is_ours(connection) and bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def create_tables(connection: sqlite3.Connection, rules: str) -> None:
    """The tables of an index that covers nothing yet."""
    connection.execute("BEGIN IMMEDIATE")
    for table in TABLES.split(";"):
        connection.execute(table)  # one by one: executescript would commit what was begun
    connection.execute("INSERT INTO covered VALUES (1, 0, '', 0, ?)", (rules,))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
