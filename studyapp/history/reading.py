"""What the index answers: memories, counts by day, topic and skill, slips. No answer scans the attempts."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from studyapp.domain.memory import Memory
from studyapp.domain.verdict import Help, Outcome
from studyapp.history.memories import memory_in


@dataclass(frozen=True, slots=True)
class Count:
    """Answered questions, those wholly right, first evidence on a skill in a study day, the right ones of it, time."""

    attempts: int = 0
    correct: int = 0
    first: int = 0
    first_correct: int = 0
    active_ms: int = 0


@dataclass(frozen=True, slots=True)
class SkillRecord:
    """What is known of one skill: the topic it was last met in, parts answered and right, its memory if it has one.

    `last_right` says whether it was recalled at its latest review; `mixed_days` counts the study days on which it was
    recalled in a mixed session.
    """

    skill: str
    topic: str
    attempts: int
    correct: int
    memory: Memory | None
    last_right: bool = False
    mixed_days: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """One answered question of a study day: its exercise, its mode (empty where none was kept), right without help."""

    exercise: str
    mode: str
    right: bool


@dataclass(frozen=True, slots=True)
class Predicted:
    """First answers of a day whose predicted probability of recall lies between two bounds; `predicted` is its mean."""

    low: float
    high: float
    answers: int
    predicted: float
    right: int


@dataclass(frozen=True, slots=True)
class MistakeRecord:
    """A slip made in a skill by one exercise: how often, and on which study day last; `topic` is where it was met."""

    mistake: str
    skill: str
    exercise: str
    topic: str
    times: int
    last_day: date


def skills(connection: sqlite3.Connection) -> tuple[SkillRecord, ...]:
    """Every skill that was ever answered, by its id."""
    rows = connection.execute(
        "SELECT stability, difficulty, last_day, due_day, reviews, lapses,"
        " skill, topic, attempts, correct, last_right, mixed_days FROM skill ORDER BY skill"
    )
    return tuple(
        SkillRecord(skill, topic, attempts, correct, memory_in(tuple(memory)), bool(last_right), mixed_days)
        for *memory, skill, topic, attempts, correct, last_right, mixed_days in rows
    )


def begun(connection: sqlite3.Connection, day: date, modes: Sequence[str]) -> int:
    """How many skills got their memory on a study day, by questions asked in some modes."""
    marks = ", ".join("?" * len(modes))
    query = f"SELECT count(*) FROM skill WHERE first_day = ? AND first_mode IN ({marks})"  # noqa: S608 - marks alone
    return int(connection.execute(query, (day.isoformat(), *modes)).fetchone()[0])


def answered(connection: sqlite3.Connection, day: date) -> tuple[Answered, ...]:
    """What was answered on a study day, in order. Parts are looked for under every skill: their tree begins there."""
    rows = connection.execute(
        "SELECT exercise, mode, min(verdict = ? AND help <> ?) FROM skill s CROSS JOIN part p"
        " ON p.skill = s.skill AND p.day = ? JOIN attempt a USING (day, seq) GROUP BY seq ORDER BY seq",
        (Outcome.CORRECT, Help.SHOWN, day.isoformat()),
    )
    return tuple(Answered(exercise, mode, bool(right)) for exercise, mode, right in rows)


def knows(connection: sqlite3.Connection, event_id: str) -> bool:
    """Whether an attempt with that id counts."""
    return connection.execute("SELECT 1 FROM attempt WHERE id = ?", (event_id,)).fetchone() is not None


def predictions(connection: sqlite3.Connection, bounds: Sequence[float]) -> tuple[Predicted, ...]:
    """First answers of a day against their prediction, between each two neighbouring bounds; empty bins left out."""
    found = []
    for low, high in itertools.pairwise(bounds):
        answers, mean, right = connection.execute(
            "SELECT count(*), avg(predicted), sum(recalled) FROM part WHERE predicted >= ? AND predicted < ?",
            (low, high),
        ).fetchone()
        if answers:
            found.append(Predicted(low, high, answers, mean, right))
    return tuple(found)


def on_day(connection: sqlite3.Connection, day: date) -> Count:
    """What was done on one study day."""
    row = connection.execute(
        "SELECT attempts, correct, first, first_correct, active_ms FROM day WHERE day = ?", (day.isoformat(),)
    ).fetchone()
    return Count(*row) if row else Count()


def days(connection: sqlite3.Connection) -> tuple[tuple[date, Count], ...]:
    """What was done on each study day that has something, the earliest first."""
    rows = connection.execute("SELECT day, attempts, correct, first, first_correct, active_ms FROM day ORDER BY day")
    return tuple((date.fromisoformat(day), Count(*counts)) for day, *counts in rows)


def topics(connection: sqlite3.Connection) -> dict[str, Count]:
    """What was done in each topic, as the topics were named then."""
    rows = connection.execute("SELECT topic, attempts, correct, first, first_correct, active_ms FROM topic")
    return {topic: Count(*counts) for topic, *counts in rows}


def mistakes(connection: sqlite3.Connection) -> tuple[MistakeRecord, ...]:
    """Every slip in every exercise, the most frequent first."""
    rows = connection.execute(
        "SELECT mistake, skill, exercise, topic, times, last_day FROM mistake"
        " ORDER BY times DESC, last_day DESC, mistake, skill, exercise"
    )
    return tuple(
        MistakeRecord(mistake, skill, exercise, topic, times, date.fromisoformat(day))
        for mistake, skill, exercise, topic, times, day in rows
    )
