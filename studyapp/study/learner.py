"""The learner: what was answered, what is due, what comes next. History below, the library beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from studyapp.domain.memory import Memory
from studyapp.domain.verdict import Attempt, Outcome, Part
from studyapp.history import Count, Event, History, Notice, Rules, SkillRecord, Trouble, open_history
from studyapp.scheduling import (
    HIGHEST_RETENTION,
    LOWEST_RETENTION,
    RULES,
    retrievability,
    review,
    study_day,
    worst_rating,
)
from studyapp.study.entries import ExerciseEntry
from studyapp.study.library import Library


@dataclass(frozen=True, slots=True)
class Due:
    """A skill that is due: its exercises, its memory, and the probability that it is still recalled."""

    skill: str
    exercises: tuple[ExerciseEntry, ...]
    memory: Memory
    retrievability: float

    @property
    def exercise(self) -> ExerciseEntry:
        """The exercise to ask this time: one after the other, review by review."""
        return self.exercises[self.memory.reviews % len(self.exercises)]


def memory_rules(library: Library, retention: float) -> Rules:
    """How answers become memories: FSRS at a desired retention, over skills under the names that they have today.

    Errors: ValueError for a retention that memories cannot be kept at; settings hold none.
    """
    if not LOWEST_RETENTION <= retention <= HIGHEST_RETENTION:
        raise ValueError(f"desired retention {retention} is out of bounds")

    def fold(memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date) -> Memory | None:
        rating = worst_rating(parts, tries)
        return None if rating is None else review(memory, rating, day, retention)

    return Rules(fold=fold, name=f"{RULES}, retention {retention}", renames=library.renames, recall=retrievability)


class Learner:
    """One learner, over an opened history; made by `Learner.open`, closed by the caller."""

    def __init__(self, history: History) -> None:
        self.history = history

    @classmethod
    def open(
        cls, folder: Path, library: Library, *, now: datetime, new_id: Callable[[], str], retention: float = 0.9
    ) -> Learner | Trouble:
        """The learner whose history stands in a data folder; or why it is not opened."""
        rules = memory_rules(library, retention)
        history = open_history(folder, rules, now=now, day=study_day(now), new_id=new_id)
        return cls(history) if isinstance(history, History) else history

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is to be told about the history that was opened."""
        return self.history.notices

    @property
    def writable(self) -> bool:
        """Whether answers can be saved; a second instance only reads."""
        return self.history.writable

    def record(self, attempt: Attempt, now: datetime) -> Event:
        """Save an attempt: it is on the disk when this returns. Only the first on a skill in a study day moves memory.

        Errors: NotSavedError; nothing of it is saved then, and it can be tried again.
        """
        return self.history.record(attempt, at=now, day=study_day(now))

    def record_elsewhere(self, attempt: Attempt, folder: Path, now: datetime) -> Path:
        """Save an attempt in another folder, where the history cannot take it; the file, which can be imported later.

        Errors: NotSavedError, as `record`.
        """
        elsewhere = self.history.elsewhere(folder)
        elsewhere.record(attempt, at=now, day=study_day(now))
        return elsewhere.path

    def regrade(self, event_id: str, verdict: Outcome, now: datetime) -> Event:
        """Give a saved attempt another verdict; the history keeps both, memory follows the last.

        Errors: NotSavedError, as `record`.
        """
        return self.history.regrade(event_id, verdict, at=now, day=study_day(now))

    def undo(self, event_id: str, now: datetime) -> Event:
        """Take a saved attempt back; the history keeps both, memory is as if it had not been.

        Errors: NotSavedError, as `record`.
        """
        return self.history.undo(event_id, at=now, day=study_day(now))

    def due(self, day: date, library: Library) -> tuple[Due, ...]:
        """The skills that are due on a study day and have exercises, what is nearest to being forgotten first."""
        found = [
            Due(skill, exercises, memory, retrievability(memory, day))
            for skill, memory in self.history.memories().items()
            if memory.due_day <= day and (exercises := library.skills.get(skill))
        ]
        return tuple(sorted(found, key=lambda one: (one.retrievability, one.skill)))

    def new(self, library: Library) -> tuple[ExerciseEntry, ...]:
        """The first exercise of each skill that has no memory yet, in reading order."""
        known = self.history.memories()
        return tuple(exercises[0] for skill, exercises in library.skills.items() if skill not in known)

    def next_exercises(self, day: date, library: Library) -> tuple[str, ...]:
        """Exercise ids for a round without a topic: what is due, then what is new."""
        due = (one.exercise.id for one in self.due(day, library))
        return (*due, *(exercise.id for exercise in self.new(library)))

    def today(self, day: date) -> Count:
        """What was done on a study day."""
        return self.history.on_day(day)

    def skill(self, skill: str) -> SkillRecord | None:
        """What is known of one skill; None where it was never answered."""
        return next((record for record in self.history.skills() if record.skill == skill), None)

    def stats(self, day: date, exam: date | None = None) -> dict[str, Any]:
        """Progress as JSON values, as of a study day; with the date of an exam what would be recalled on it."""
        from studyapp.study.progress import stats  # a screen and a command look at them

        return stats(self.history, day, exam)

    def close(self) -> None:
        """Let go of the history."""
        self.history.close()

    def __enter__(self) -> Learner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
