"""What the index answers: memories, counts by day, topic and skill, slips. No answer scans the attempts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from studyapp.domain.record import Answered, Count, MistakeRecord, Predicted, SkillRecord
from studyapp.domain.verdict import Help, Outcome
from studyapp.history.event import Kind
from studyapp.history.fold import memory_in

_SKILL = (
    "SELECT stability, difficulty, last_day, due_day, reviews, lapses,"
    " skill, topic, attempts, correct, last_right, mixed_days FROM skill"
)
_COUNTS = "sum(attempts), sum(correct), sum(first), sum(first_correct), sum(active_ms) FROM count"


class Answers:
    """The questions to the index, over `rows`, which a history has."""

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        raise NotImplementedError

    def skills(self) -> tuple[SkillRecord, ...]:
        """Every skill that was ever answered, by its id."""
        return tuple(map(_skill, self.rows(f"{_SKILL} ORDER BY skill")))

    def skill(self, name: str) -> SkillRecord | None:
        """What is known of one skill; None where it was never answered."""
        return next(map(_skill, self.rows(f"{_SKILL} WHERE skill = ?", name)), None)

    def is_empty(self) -> bool:
        """Whether no answer counts."""
        return not self.rows("SELECT 1 FROM attempt LIMIT 1")

    def knows(self, attempt_id: str) -> bool:
        """Whether an attempt with that id counts: it was saved, and not taken back."""
        return bool(self.rows("SELECT 1 FROM attempt WHERE id = ?", attempt_id))

    def begun(self, day: date, modes: Sequence[str]) -> int:
        """How many skills got their memory on a study day, by questions asked in some modes."""
        marks = ", ".join("?" * len(modes))
        query = f"SELECT count(*) FROM skill WHERE first_day = ? AND first_mode IN ({marks})"
        return int(self.rows(query, day.isoformat(), *modes)[0][0])

    def answered(self, day: date) -> tuple[Answered, ...]:
        """What was answered on a study day, in order."""
        # Parts are looked for under every skill: their tree begins there.
        rows = self.rows(
            "SELECT exercise, mode, min(verdict = ? AND help <> ?) FROM skill s CROSS JOIN part p"
            " ON p.skill = s.skill AND p.day = ? JOIN attempt a USING (day, seq) GROUP BY seq ORDER BY seq",
            Outcome.CORRECT,
            Help.SHOWN,
            day.isoformat(),
        )
        return tuple(Answered(exercise, mode, bool(right)) for exercise, mode, right in rows)

    def on_day(self, day: date) -> Count:
        """What was done on one study day."""
        rows = self.rows(f"SELECT {_COUNTS} WHERE day = ? GROUP BY day", day.isoformat())
        return Count(*rows[0]) if rows else Count()

    def days(self) -> tuple[tuple[date, Count], ...]:
        """What was done on each study day that has something, the earliest first."""
        rows = self.rows(f"SELECT day, {_COUNTS} GROUP BY day ORDER BY day")
        return tuple((date.fromisoformat(day), Count(*counts)) for day, *counts in rows)

    def topics(self) -> dict[str, Count]:
        """What was done in each topic, as the topics were named then."""
        return {topic: Count(*counts) for topic, *counts in self.rows(f"SELECT topic, {_COUNTS} GROUP BY topic")}

    def predictions(self, bounds: Sequence[float]) -> tuple[Predicted, ...]:
        """First answers of a day against their prediction, between each two neighbouring bounds; no empty bins."""
        query = "SELECT count(*), avg(predicted), sum(recalled) FROM evidence WHERE predicted >= ? AND predicted < ?"
        bins = [(low, high, *self.rows(query, low, high)[0]) for low, high in itertools.pairwise(bounds)]
        return tuple(Predicted(*bin_) for bin_ in bins if bin_[2])

    def mistakes(self) -> tuple[MistakeRecord, ...]:
        """Every slip in every exercise, the most frequent first."""
        rows = self.rows(
            "SELECT mistake, skill, exercise, topic, times, last_day FROM mistake"
            " ORDER BY times DESC, last_day DESC, mistake, skill, exercise"
        )
        return tuple(
            MistakeRecord(mistake, skill, exercise, topic, times, date.fromisoformat(day))
            for mistake, skill, exercise, topic, times, day in rows
        )

    def exams(self) -> tuple[str, ...]:
        """The ids of the mock exams that were begun, the earliest first."""
        rows = self.rows("SELECT exam FROM exam_event WHERE kind = ? ORDER BY seq", Kind.EXAM_START)
        return tuple(exam for (exam,) in rows)

    def exam_window(self, exam: str) -> str:
        """The window that began an exam or went on with it last; empty where that is not known."""
        query = "SELECT window FROM exam_event WHERE exam = ? AND window <> '' ORDER BY seq DESC LIMIT 1"
        return next((window for (window,) in self.rows(query, exam)), "")


def _skill(row: tuple[Any, ...]) -> SkillRecord:
    *memory, name, topic, attempts, correct, last_right, mixed_days = row
    return SkillRecord(name, topic, attempts, correct, memory_in(tuple(memory)), bool(last_right), mixed_days)
