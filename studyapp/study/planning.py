"""What a study day asks for: reviews that are due, new skills, and the sweep before an exam. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from studyapp.domain.record import Memory
from studyapp.study.session import Item

LEAST_NEW = 3
"""New skills a day, at least, once an exam date is set."""
FEW_NEW = 4
"""New skills a day without an exam date."""
SWEEP_DAYS = 10
"""Days before the exam in which every skill is met once more."""
LARGE_PILE = 30
"""Reviews due above which nothing new is begun."""
FEW_SLIPS = 3
"""Skills a day that come before they are due, for a slip that was made in them."""

Recall = Callable[[Memory, date], float]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Skills for a study day, each in the order in which they are asked."""

    due: tuple[str, ...]
    new: tuple[str, ...]
    sweep: tuple[str, ...]
    slips: tuple[str, ...] = ()
    resumed: tuple[Item, ...] = ()
    """What a session of the day that was left had still to ask again."""

    @property
    def skills(self) -> tuple[str, ...]:
        """Everything that is planned: what comes again, what is due, slips, the sweep, and last what is new."""
        return (*(item.skill for item in self.resumed), *self.due, *self.slips, *self.sweep, *self.new)


def plan_day(
    day: date,
    memories: Mapping[str, Memory],
    order: Sequence[str],
    recall: Recall,
    *,
    exam: date | None = None,
    begun: int = 0,
    slips: Sequence[str] = (),
) -> DayPlan:
    """The plan of a day.

    `order` lists every skill in reading order, `begun` counts the new skills that were begun today already; skills met
    by reading a topic are not counted; `slips` lists the skills in which a slip waits to be tried again. The backlog
    comes by ascending probability of recall. With an exam date the skills that are left are spread over the days up to
    ten days before it, three a day at least, and in those last ten days every skill that was not met in them comes
    once more.
    """
    known = [skill for skill in order if skill in memories]
    due = sorted((skill for skill in known if memories[skill].due_day <= day), key=_by(memories, recall, day))
    left = [skill for skill in order if skill not in memories]
    limit = max(0, new_a_day(day, len(left) + begun, exam) - begun) if len(due) <= LARGE_PILE else 0
    planned = {*due}
    again = [skill for skill in dict.fromkeys(slips) if skill in known and skill not in planned][:FEW_SLIPS]
    planned |= {*again}
    sweep = _sweep(day, memories, [skill for skill in known if skill not in planned], exam)
    return DayPlan(tuple(due), tuple(left[:limit]), tuple(sorted(sweep, key=_by(memories, recall, day))), tuple(again))


def new_a_day(day: date, remaining: int, exam: date | None) -> int:
    """How many new skills a day are to be begun, with so many remaining at its beginning."""
    if exam is None or exam <= day:
        return FEW_NEW
    days = (exam - day).days - SWEEP_DAYS
    return max(LEAST_NEW, ceil(remaining / days)) if days > 0 else LEAST_NEW


def _sweep(day: date, memories: Mapping[str, Memory], skills: Sequence[str], exam: date | None) -> list[str]:
    """Today's share of the skills that were not met in the last days before the exam."""
    left = (exam - day).days if exam is not None else 0
    if exam is None or not 0 < left <= SWEEP_DAYS:
        return []
    missing = [skill for skill in skills if (exam - memories[skill].last_day).days > SWEEP_DAYS]
    missing.sort(key=lambda skill: memories[skill].last_day)
    return missing[: ceil(len(missing) / left)]


def _by(memories: Mapping[str, Memory], recall: Recall, day: date) -> Callable[[str], tuple[float, str]]:
    return lambda skill: (recall(memories[skill], day), skill)
