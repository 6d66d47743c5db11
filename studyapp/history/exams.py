"""Where the events of mock exams stand in the log. What they say is read back from there, and is not known here."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from studyapp.history.event import Event, event_in

EXAM_START = "exam_start"
"""The kind of the event that begins an exam; its id is the exam's."""
EXAM_ANSWER = "exam_answer"
EXAM_FLAG = "exam_flag"
EXAM_SUBMIT = "exam_submit"
EXAM_SETTLED = "exam_settled"
"""The kind of the event after which every answer of an exam stands in the log as an attempt, too."""
KINDS = (EXAM_START, EXAM_ANSWER, EXAM_FLAG, EXAM_SUBMIT, EXAM_SETTLED)


def is_exam(event: Event) -> bool:
    """Whether an event belongs to a mock exam."""
    return event.kind in KINDS


def note_exam_event(connection: sqlite3.Connection, line: int, start: int, event: Event) -> None:
    """Remember where an event of an exam stands, inside the caller's transaction."""
    exam = event.id if event.kind == EXAM_START else str(event.body.get("exam"))
    connection.execute("INSERT INTO exam_event VALUES (?, ?, ?, ?)", (line, start, exam, event.kind))


def exams(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The ids of the exams that were begun, the earliest first."""
    rows = connection.execute("SELECT exam FROM exam_event WHERE kind = ? ORDER BY seq", (EXAM_START,))
    return tuple(exam for (exam,) in rows)


def starts_of(connection: sqlite3.Connection, exam: str) -> tuple[int, ...]:
    """The bytes of the log at which the events of an exam begin."""
    rows = connection.execute("SELECT start FROM exam_event WHERE exam = ? ORDER BY seq", (exam,))
    return tuple(start for (start,) in rows)


def events_at(log: Path, starts: Sequence[int]) -> tuple[Event, ...]:
    """The events that begin at some bytes of the log.

    Errors: OSError where the log cannot be read.
    """
    if not starts:
        return ()
    with log.open("rb") as file:
        lines = []
        for start in starts:
            file.seek(start)
            lines.append(file.readline())
    return tuple(event for event in map(event_in, lines) if event is not None)
