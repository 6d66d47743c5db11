"""Attempts taken back or given another verdict: the log keeps both, the index follows the last word.

What an attempt moved is worked out again: the memories of its skills from all that is left on them, and the counts of
its day and of later exams.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from studyapp.domain.memory import Memory
from studyapp.domain.verdict import Help, Mode, Outcome, Part
from studyapp.history.evidence import Evidence, recalled
from studyapp.history.memories import write_memory
from studyapp.history.rules import Rules, moves_memory

_COUNTED = """
SELECT a.topic, count(*) AS first, sum(a.tries = 1 AND NOT EXISTS (
    SELECT 1 FROM part q WHERE q.skill = p.skill AND q.day = p.day AND q.seq = p.seq
    AND (q.verdict <> 'correct' OR q.help = 'shown')
)) AS first_correct
FROM skill s CROSS JOIN part p ON p.skill = s.skill JOIN attempt a USING (day, seq)
WHERE p.day = ? AND p.counted GROUP BY a.topic
"""
_SKILLS = "SELECT DISTINCT p.skill FROM skill s CROSS JOIN part p ON p.skill = s.skill WHERE p.day = ? AND p.seq = ?"
"""The skills of an attempt. Its parts are looked for under every skill: corrections are rare, and answers are not."""
_ANSWERED = "SELECT topic, count(*), sum(correct), sum(active_ms) FROM attempt WHERE day = ? GROUP BY topic"

Counts = dict[str, tuple[int, int, int, int, int]]
"""By topic: attempts, correct, first, first correct, active milliseconds."""


def undo(connection: sqlite3.Connection, rules: Rules, event_id: str) -> None:
    """Take an attempt out of the index, inside the caller's transaction; one that is not there changes nothing."""
    found = _found(connection, event_id)
    if found is not None:
        seq, day = found
        skills = [skill for (skill,) in connection.execute(_SKILLS, (day, seq))]
        before = _before(connection, skills, day)
        for skill in skills:
            connection.execute("DELETE FROM part WHERE skill = ? AND day = ? AND seq = ?", (skill, day, seq))
        connection.execute("DELETE FROM attempt WHERE day = ? AND seq = ?", (day, seq))
        _renew(connection, rules, skills, before)


def regrade(connection: sqlite3.Connection, rules: Rules, event_id: str, verdict: Outcome) -> None:
    """Give every part of an attempt another verdict, inside the caller's transaction."""
    found = _found(connection, event_id)
    if found is not None:
        seq, day = found
        skills = [skill for (skill,) in connection.execute(_SKILLS, (day, seq))]
        before = _before(connection, skills, day)
        for skill in skills:
            connection.execute(
                "UPDATE part SET verdict = ?, mistake = NULL WHERE skill = ? AND day = ? AND seq = ?",
                (verdict, skill, day, seq),
            )
        right = (verdict is Outcome.CORRECT, day, seq)
        connection.execute("UPDATE attempt SET correct = ? WHERE day = ? AND seq = ?", right)
        _renew(connection, rules, skills, before)


def _found(connection: sqlite3.Connection, event_id: str) -> tuple[int, str] | None:
    row = connection.execute("SELECT seq, day FROM attempt WHERE id = ?", (event_id,)).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def _before(connection: sqlite3.Connection, skills: Iterable[str], day: str) -> dict[str, Counts]:
    """The counts of every day that may change: of the attempt's own, and of exams on its skills.

    An exam is evidence only on skills that were learned before it, so that it hangs on what came earlier.
    """
    days = {day}
    for skill in skills:
        exams = connection.execute(
            "SELECT DISTINCT p.day FROM part p JOIN attempt a USING (day, seq) WHERE p.skill = ? AND a.mode = ?",
            (skill, Mode.EXAM),
        )
        days |= {one for (one,) in exams}
    return {one: _counts(connection, one) for one in days}


def _renew(connection: sqlite3.Connection, rules: Rules, skills: Iterable[str], days: dict[str, Counts]) -> None:
    for skill in skills:
        _renew_skill(connection, rules, skill)
    for day, before in days.items():
        after = _counts(connection, day)
        _write_day(connection, day, after)
        for topic in before.keys() | after.keys():
            _move_topic(connection, topic, before.get(topic, (0,) * 5), after.get(topic, (0,) * 5))


def _renew_skill(connection: sqlite3.Connection, rules: Rules, skill: str) -> None:
    """The memory, the first evidence of each day, the counts and the slips of a skill, from all that is left on it."""
    connection.execute(
        "UPDATE part SET counted = 0, recalled = NULL, predicted = NULL WHERE skill = ? AND counted", (skill,)
    )
    rows = connection.execute(
        "SELECT p.seq, p.number, p.day, p.ask, p.verdict, p.mistake, p.help, a.tries, a.topic, a.mode"
        " FROM part p JOIN attempt a USING (day, seq) WHERE p.skill = ? ORDER BY p.seq, p.number",
        (skill,),
    ).fetchall()
    memory: Memory | None = None
    met: dict[str, tuple[str, Evidence]] = {}  # by day: how it was asked, and what it said
    attempts = correct = 0
    for seq, group in groupby(rows, key=lambda row: row[0]):
        answered = list(group)
        parts = tuple(_part(skill, row) for row in answered)
        day, tries, mode = answered[0][2], answered[0][7], answered[0][9]
        attempts, correct = attempts + 1, correct + all(part.verdict is Outcome.CORRECT for part in parts)
        if day in met or not moves_memory(mode, memory):
            continue
        moved = rules.fold(memory, parts, tries, date.fromisoformat(day))
        if moved is not None:
            evidence = Evidence(recalled(parts, tries), rules.predicted(memory, date.fromisoformat(day)))
            memory, met[day] = moved, (mode, evidence)
            connection.execute(
                "UPDATE part SET counted = 1, recalled = ?, predicted = ?"
                " WHERE skill = ? AND day = ? AND seq = ? AND number = ?",
                (evidence.recalled, evidence.predicted, skill, day, seq, answered[0][1]),
            )
    if not rows:
        connection.execute("DELETE FROM skill WHERE skill = ?", (skill,))
    else:
        totals = (attempts, correct, rows[-1][8], skill)
        connection.execute("UPDATE skill SET attempts = ?, correct = ?, topic = ? WHERE skill = ?", totals)
        write_memory(connection, skill, memory)
        _write_days(connection, skill, met)
    connection.execute("DELETE FROM mistake WHERE skill = ?", (skill,))
    connection.execute(
        # SQLite takes the topic, which stands alone beside one max(), from the row that has it.
        "INSERT INTO mistake SELECT mistake, skill, exercise, topic, times, last_day FROM ("
        " SELECT p.mistake, p.skill, a.exercise, a.topic, count(*) AS times, max(p.seq),"
        " (SELECT max(q.day) FROM part q JOIN attempt b USING (day, seq)"
        "  WHERE q.mistake = p.mistake AND q.skill = p.skill AND b.exercise = a.exercise) AS last_day"
        " FROM part p JOIN attempt a USING (day, seq)"
        " WHERE p.skill = ? AND p.mistake IS NOT NULL GROUP BY p.mistake, a.exercise)",
        (skill,),
    )


def _write_days(connection: sqlite3.Connection, skill: str, met: dict[str, tuple[str, Evidence]]) -> None:
    """When and how the memory of a skill began, and what its days amount to."""
    first_day, (first_mode, _) = next(iter(met.items()), (None, (None, None)))
    last_right = bool(met) and next(reversed(met.values()))[1].recalled
    mixed = sum(evidence.counts_mixed(mode) for mode, evidence in met.values())
    connection.execute(
        "UPDATE skill SET first_day = ?, first_mode = ?, last_right = ?, mixed_days = ? WHERE skill = ?",
        (first_day, first_mode, last_right, mixed, skill),
    )


def _part(skill: str, row: tuple[Any, ...]) -> Part:
    return Part(row[3], skill, "", Outcome(row[4]), row[5], Help(row[6]))


def _counts(connection: sqlite3.Connection, day: str) -> Counts:
    """What was done on a day, by topic."""
    first = {topic: (count, right) for topic, count, right in connection.execute(_COUNTED, (day,))}
    return {
        topic: (attempts, correct, *first.get(topic, (0, 0)), spent)
        for topic, attempts, correct, spent in connection.execute(_ANSWERED, (day,))
    }


def _write_day(connection: sqlite3.Connection, day: str, counts: Counts) -> None:
    connection.execute("DELETE FROM day WHERE day = ?", (day,))
    if counts:
        totals = tuple(sum(column) for column in zip(*counts.values(), strict=True))
        connection.execute("INSERT INTO day VALUES (?, ?, ?, ?, ?, ?)", (day, *totals))


def _move_topic(connection: sqlite3.Connection, topic: str, before: tuple[int, ...], after: tuple[int, ...]) -> None:
    change = tuple(new - old for old, new in zip(before, after, strict=True))
    connection.execute(
        "UPDATE topic SET attempts = attempts + ?, correct = correct + ?, first = first + ?,"
        " first_correct = first_correct + ?, active_ms = active_ms + ? WHERE topic = ?",
        (*change, topic),
    )
    connection.execute("DELETE FROM topic WHERE topic = ? AND attempts = 0", (topic,))
