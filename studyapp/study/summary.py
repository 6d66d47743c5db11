"""What a session came to: first answers of the day, what moved, tomorrow's load, the weakest. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from studyapp.domain.record import Count, Memory
from studyapp.history.history import History
from studyapp.scheduling import retrievability
from studyapp.study.levels import Level, level_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the learner stood at a moment of a study day."""

    memories: Mapping[str, Memory]
    today: Count
    levels: Mapping[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """A skill whose memory moved: its stability in days, None where it had no memory, and after."""

    skill: str
    before: float | None
    after: float


@dataclass(frozen=True, slots=True)
class Risen:
    """A skill that has come to another level."""

    skill: str
    before: Level
    after: Level


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in numbers; `first` are first answers of the day on a skill, `tomorrow` counts skills due by then."""

    answered: int
    first: int
    first_right: int
    active_ms: int
    moved: tuple[Moved, ...]
    tomorrow: int
    weakest: str | None
    risen: tuple[Risen, ...] = ()


def standing(history: History, day: date) -> Standing:
    """Where the learner stands."""
    levels = {record.skill: level_of(record) for record in history.skills()}
    return Standing(history.memories(), history.on_day(day), levels)


def summed(before: Standing, after: Standing, day: date) -> Summary:
    """What happened on a study day between two moments; what moved most comes first."""
    moved = [
        Moved(skill, old.stability if (old := before.memories.get(skill)) else None, memory.stability)
        for skill, memory in after.memories.items()
        if before.memories.get(skill) != memory
    ]
    tomorrow = day + timedelta(days=1)
    weakest = min(
        after.memories, key=lambda skill: (retrievability(after.memories[skill], tomorrow), skill), default=None
    )
    return Summary(
        answered=after.today.attempts - before.today.attempts,
        first=after.today.first - before.today.first,
        first_right=after.today.first_correct - before.today.first_correct,
        active_ms=after.today.active_ms - before.today.active_ms,
        moved=tuple(sorted(moved, key=lambda one: (-abs(one.after - (one.before or 0.0)), one.skill))),
        tomorrow=sum(memory.due_day <= tomorrow for memory in after.memories.values()),
        weakest=weakest,
        risen=tuple(_risen(before, after)),
    )


def _risen(before: Standing, after: Standing) -> Iterator[Risen]:
    """What came to another level, in the order of the skills' names."""
    for skill, level in sorted(after.levels.items()):
        earlier = before.levels.get(skill, Level.NEW)
        if level is not earlier:
            yield Risen(skill, earlier, level)
