"""From an event to the rows of the index. Replay and each new answer go the same way, so that they cannot disagree."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

from studyapp.domain.verdict import Attempt, Outcome, Part
from studyapp.history import corrections
from studyapp.history.attempts import ATTEMPT, REGRADE, UNDO, attempt_in, verdict_in
from studyapp.history.chain import Link
from studyapp.history.event import Event
from studyapp.history.evidence import Evidence, recalled
from studyapp.history.exams import is_exam, note_exam_event
from studyapp.history.memories import memory_in, write_memory
from studyapp.history.rules import Rules, moves_memory


def apply(connection: sqlite3.Connection, rules: Rules, link: Link) -> None:
    """Take one event into the index, inside the caller's transaction; kinds that have no rows leave none."""
    event = link.event
    if event is None:
        return
    if event.kind == ATTEMPT and (attempt := attempt_in(event.body)) is not None:
        _apply_attempt(connection, rules, link, event, _renamed(attempt, rules))
    elif event.kind == UNDO:
        corrections.undo(connection, rules, str(event.body.get("attempt")))
    elif event.kind == REGRADE and (verdict := verdict_in(event.body)) is not None:
        corrections.regrade(connection, rules, str(event.body.get("attempt")), verdict)
    elif is_exam(event):
        note_exam_event(connection, link.after.lines, link.start, event)


def _renamed(attempt: Attempt, rules: Rules) -> Attempt:
    if rules.renames.keys().isdisjoint(part.skill for part in attempt.parts):
        return attempt
    return replace(attempt, parts=tuple(replace(part, skill=rules.skill(part.skill)) for part in attempt.parts))


def _apply_attempt(connection: sqlite3.Connection, rules: Rules, link: Link, event: Event, attempt: Attempt) -> None:
    seq, day = link.after.lines, event.day.isoformat()
    correct = all(part.verdict is Outcome.CORRECT for part in attempt.parts)
    connection.execute(
        "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            day,
            seq,
            event.id,
            attempt.exercise,
            attempt.topic,
            attempt.tries,
            attempt.active_ms,
            correct,
            attempt.mode,
        ),
    )
    by_skill: dict[str, list[Part]] = {}
    for part in attempt.parts:
        by_skill.setdefault(part.skill, []).append(part)
    counted: dict[str, Evidence] = {}
    for skill, parts in by_skill.items():
        evidence = _review(connection, rules, attempt, event.day, skill, tuple(parts))
        if evidence is not None:
            counted[skill] = evidence
    _insert_parts(connection, seq, day, attempt, counted)
    right = sum(evidence.recalled for evidence in counted.values())
    _count(connection, day, attempt, correct=correct, first=len(counted), first_correct=right)


def _review(
    connection: sqlite3.Connection, rules: Rules, attempt: Attempt, day: date, skill: str, parts: tuple[Part, ...]
) -> Evidence | None:
    """Move the memory of a skill, if this is the first evidence on it in its study day; None where it is not."""
    (row,) = connection.execute(
        "INSERT INTO skill VALUES (?, ?, 1, ?, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, 0, 0) ON CONFLICT DO UPDATE"
        " SET topic = excluded.topic, attempts = attempts + 1, correct = correct + excluded.correct"
        " RETURNING stability, difficulty, last_day, due_day, reviews, lapses",
        (skill, attempt.topic, all(part.verdict is Outcome.CORRECT for part in parts)),
    ).fetchall()
    before = memory_in(row)
    if before is not None and _is_met(connection, skill, before.last_day, day):
        return None
    memory = rules.fold(before, parts, attempt.tries, day) if moves_memory(attempt.mode, before) else None
    if memory is None:
        return None
    write_memory(connection, skill, memory)
    evidence = Evidence(recalled(parts, attempt.tries), rules.predicted(before, day))
    connection.execute(
        "UPDATE skill SET first_day = coalesce(first_day, ?), first_mode = coalesce(first_mode, ?), last_right = ?,"
        " mixed_days = mixed_days + ? WHERE skill = ?",
        (day.isoformat(), attempt.mode, evidence.recalled, evidence.counts_mixed(attempt.mode), skill),
    )
    return evidence


def _is_met(connection: sqlite3.Connection, skill: str, last: date, day: date) -> bool:
    """Whether a study day has its evidence on a skill; `last` is the day whose evidence came in last.

    Days need not come in order: a history that is imported brings earlier ones.
    """
    if day == last:
        return True
    query = "SELECT 1 FROM part WHERE skill = ? AND day = ? AND counted"
    return connection.execute(query, (skill, day.isoformat())).fetchone() is not None


def _insert_parts(
    connection: sqlite3.Connection, seq: int, day: str, attempt: Attempt, counted: dict[str, Evidence]
) -> None:
    marks = dict(counted)
    for number, part in enumerate(attempt.parts):
        evidence = marks.pop(part.skill, None)  # several parts of one skill are one piece of evidence
        mark = (False, None, None) if evidence is None else (True, evidence.recalled, evidence.predicted)
        connection.execute(
            "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (part.skill, day, seq, number, part.ask, part.verdict, part.mistake, part.help, *mark),
        )
        if part.mistake is not None:
            connection.execute(
                "INSERT INTO mistake VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT DO UPDATE"
                " SET topic = excluded.topic, times = times + 1, last_day = max(last_day, excluded.last_day)",
                (part.mistake, part.skill, attempt.exercise, attempt.topic, day),
            )


_COUNTS = (
    "INSERT INTO {0} VALUES (?, 1, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET attempts = attempts + 1,"
    " correct = correct + excluded.correct, first = first + excluded.first,"
    " first_correct = first_correct + excluded.first_correct, active_ms = active_ms + excluded.active_ms"
)
_COUNT_DAY, _COUNT_TOPIC = _COUNTS.format("day"), _COUNTS.format("topic")


def _count(
    connection: sqlite3.Connection, day: str, attempt: Attempt, *, correct: bool, first: int, first_correct: int
) -> None:
    connection.execute(_COUNT_DAY, (day, correct, first, first_correct, attempt.active_ms))
    connection.execute(_COUNT_TOPIC, (attempt.topic, correct, first, first_correct, attempt.active_ms))
