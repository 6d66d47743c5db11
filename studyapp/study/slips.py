"""Slips remembered: which mistakes this learner makes, where, and which of them wait to be tried again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from studyapp.domain.question import Question
from studyapp.history import MistakeRecord, SkillRecord
from studyapp.study.library import Library

DRAWINGS = 8
"""Drawings among which one is looked for in which a slip can be made again."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake that was made in an exercise: how often, and on which study day last.

    Exercise, skill and topic bear the names that they have today, so that they lead to the page.
    """

    skill: str
    exercise: str
    topic: str
    mistake: str
    times: int
    last_day: date


def slips(records: Iterable[MistakeRecord], library: Library) -> tuple[Slip, ...]:
    """Every slip that was ever made, the most frequent first, the latest of equals before the others."""
    found: dict[tuple[str, str, str], Slip] = {}
    for record in records:
        slip = _named_today(record, library)
        name = (slip.skill, slip.exercise, slip.mistake)
        same = found.get(name)  # made under a name that the exercise had before
        found[name] = slip if same is None else _together(same, slip)
    return tuple(sorted(found.values(), key=_frequent_first))


def open_slips(made: Iterable[Slip], skills: Iterable[SkillRecord]) -> tuple[Slip, ...]:
    """The slips that wait to be tried again, the latest first: their skill was not recalled on a later day since."""
    settled = {one.skill: one.memory.last_day for one in skills if one.memory is not None and one.last_right}
    waiting = [slip for slip in made if slip.skill not in settled or settled[slip.skill] <= slip.last_day]
    return tuple(sorted(waiting, key=lambda slip: (-slip.last_day.toordinal(), *_frequent_first(slip))))


def can_be_made(question: Question, mistake: str) -> bool:
    """Whether a mistake that its page foresees is alive in a drawn question, in one of its steps or options."""
    foreseen = [*question.mistakes, *(one for step in question.steps for one in step.mistakes)]
    return any(one.name == mistake for one in foreseen)


def _named_today(record: MistakeRecord, library: Library) -> Slip:
    exercise = library.exercise(record.exercise)
    name, topic = (exercise.id, exercise.topic) if exercise else (record.exercise, record.topic)
    return Slip(record.skill, name, topic, record.mistake, record.times, record.last_day)


def _together(one: Slip, other: Slip) -> Slip:
    return replace(one, times=one.times + other.times, last_day=max(one.last_day, other.last_day))


def _frequent_first(slip: Slip) -> tuple[int, int, str, str, str]:
    return (-slip.times, -slip.last_day.toordinal(), slip.mistake, slip.skill, slip.exercise)
