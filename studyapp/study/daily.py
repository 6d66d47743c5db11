"""A study day: what it asks for, and in what order: reviews mixed, then each new skill in a block. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from studyapp.domain.record import Memory
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Mode
from studyapp.history.history import History
from studyapp.scheduling import retrievability
from studyapp.study.library import Library
from studyapp.study.pace import IN_A_ROW, LATEST, MINUTE, MOST_IN_BLOCK, UNLIMITED, Budget, pace_of
from studyapp.study.settings import Settings
from studyapp.study.slips import Slip, open_slips, slips

SWEEP_DAYS = 10  # days before the exam in which every skill is met once more
FEW_SLIPS = 3  # skills a day that come before they are due, for a slip that was made in them
COUNTED = (Mode.NEW, Mode.MIXED)
"""How the new skills of a day's limit were begun; those met by reading a topic or placed are outside of it."""
LATER = 4  # questions after which a miss comes back
MORE = 10 * MINUTE  # what is offered once a day is done
MOST_WEAK = 10  # skills that are asked once more where nothing is due, open or new


class Why(StrEnum):
    """Why a skill is asked."""

    DUE = "due"
    SLIP = "slip"
    SWEEP = "sweep"
    NEW = "new"
    MISSED = "missed"


class Item(NamedTuple):
    """One question to come: the skill, why it comes, and how often it was asked in its block."""

    skill: str
    why: Why
    asked: int = 0
    in_a_row: int = 0

    @property
    def is_fresh(self) -> bool:
        """Whether a new skill would be begun with it."""
        return self.why is Why.NEW and not self.asked

    @property
    def least(self) -> int:
        """The fewest questions that it leads to."""
        return min(IN_A_ROW - self.in_a_row, MOST_IN_BLOCK - self.asked) if self.why is Why.NEW else 1

    def after(self, *, right: bool) -> Item | None:
        """What an answer leaves of it: a miss, or a first exposure that goes on until two in a row are right."""
        if self.why is not Why.NEW:
            return None if right else Item(self.skill, Why.MISSED)
        row = self.in_a_row + 1 if right else 0
        over = row >= IN_A_ROW or self.asked + 1 >= MOST_IN_BLOCK
        return None if over else Item(self.skill, Why.NEW, self.asked + 1, row)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Skills for a study day, each in the order in which they are asked."""

    due: tuple[str, ...]
    new: tuple[str, ...]
    sweep: tuple[str, ...]
    slips: tuple[str, ...] = ()
    resumed: tuple[Item, ...] = ()
    """What a session of the day that was left had still to ask again."""
    later: tuple[Item, ...] = ()
    """What follows while there is time: reviews that the minutes are too short for, then new skills."""
    planned: float = 0.0
    """The milliseconds that the session is estimated to take."""
    budget: Budget = UNLIMITED
    extra: bool = False
    """Whether it goes beyond the minutes of the day."""

    @property
    def reviews(self) -> int:
        """How many skills come again, slips not counted."""
        return len(self.resumed) + len(self.due) + len(self.sweep)

    @property
    def skills(self) -> tuple[str, ...]:
        """Everything that is planned: what comes again, what is due, slips, the sweep, and last what is new."""
        return (*(item.skill for item in self.resumed), *self.due, *self.slips, *self.sweep, *self.new)


def todays_plan(history: History, library: Library, day: date, settings: Settings, *, more: bool = False) -> DayPlan:
    """What a study day asks for, given what was done on it already; with `more`, what goes beyond its minutes."""
    memories = {skill: memory for skill, memory in history.memories().items() if skill in library.skills}
    waiting = [slip.skill for slip in waiting_slips(history, library).values() if slip.last_day < day]
    answers = [(library.exercise(answer.exercise), answer) for answer in history.answered(day)]
    left = left_of((entry.skill, answer.mode, answer.right) for entry, answer in answers if entry is not None)
    limit = MORE if more else max(0.0, settings.minutes * MINUTE - history.on_day(day).active_ms)
    if settings.new_a_day is not None:
        begun = 0 if more else history.begun(day, COUNTED)
        settings = replace(settings, new_a_day=max(0, settings.new_a_day - begun))
    budget = Budget(limit, pace_of(history.recent(LATEST)))
    order = tuple(library.skills)
    return plan_day(day, memories, order, budget, settings, slips=waiting, resumed=left, weak=more)


def waiting_slips(history: History, library: Library) -> dict[str, Slip]:
    """By skill the latest slip that waits to be tried again and can be: the course still has its exercise."""
    waiting: dict[str, Slip] = {}
    for slip in open_slips(slips(history.mistakes(), library), history.skills()):
        exercise = library.exercise(slip.exercise)
        if exercise is not None and exercise.skill == slip.skill:
            waiting.setdefault(slip.skill, slip)
    return waiting


def plan_day(
    day: date,
    memories: Mapping[str, Memory],
    order: Sequence[str],
    budget: Budget,
    settings: Settings,
    *,
    slips: Sequence[str] = (),
    resumed: Sequence[Item] = (),
    weak: bool = False,
) -> DayPlan:
    """The plan of a day: the backlog by ascending probability of recall, new skills in reading `order`.

    `slips` are skills with a slip to be tried again, `resumed` what a session that was left had still to ask again.
    After what is due come slips, then, in the last ten days before an exam, what was not met in them, then new skills
    until the time is used, as many as the settings allow. With `weak` a plan that would be empty holds what is nearest
    to being forgotten.
    """
    limit, pace = budget.limit, budget.pace

    def nearest_to_forgotten(skill: str) -> tuple[float, str]:
        return retrievability(memories[skill], day), skill

    again = tuple(item for item in resumed if item.skill in order)
    coming_again = {item.skill for item in again}
    left = [skill for skill in order if skill not in coming_again]
    known, new = [skill for skill in left if skill in memories], [skill for skill in left if skill not in memories]
    due = sorted((skill for skill in known if memories[skill].due_day <= day), key=nearest_to_forgotten)
    waiting = [skill for skill in dict.fromkeys(slips) if skill in known and skill not in due][:FEW_SLIPS]
    planned_already = {*due, *waiting}
    rest = [skill for skill in known if skill not in planned_already]
    sweep = sorted(_sweep(day, memories, rest, settings.exam_date), key=nearest_to_forgotten)
    if weak and not (again or due or waiting or sweep or new):
        rest = [skill for skill in rest if memories[skill].last_day < day]
        sweep = sorted(rest, key=nearest_to_forgotten)[:MOST_WEAK]
    whys = (Why.DUE, due), (Why.SLIP, waiting), (Why.SWEEP, sweep)
    reviews = [Item(skill, why) for why, skills in whys for skill in skills]
    fitting = min(len(reviews), max(0, ceil(limit / pace.review) - len(again)))
    planned = pace.review * (len(again) + fitting)
    begun, items = 0, [Item(skill, Why.NEW) for skill in new[: settings.new_a_day]]
    while begun < len(items) and limit - planned >= pace.beginning / 2:
        begun, planned = begun + 1, planned + pace.skill
    by_why = {why: tuple(item.skill for item in reviews[:fitting] if item.why is why) for why, _ in whys}
    return DayPlan(
        due=by_why[Why.DUE],
        new=tuple(new[:begun]),
        sweep=by_why[Why.SWEEP],
        slips=by_why[Why.SLIP],
        resumed=again,
        later=(*reviews[fitting:], *items[begun:]),
        # The last of the new skills may be finished on another day.
        planned=min(planned, max(limit, planned - pace.skill + pace.beginning)) if begun else planned,
        budget=budget,
        extra=weak,
    )


def _sweep(day: date, memories: Mapping[str, Memory], skills: Sequence[str], exam: date | None) -> list[str]:
    """Today's share of the skills that were not met in the last days before the exam."""
    left = (exam - day).days if exam is not None else 0
    if exam is None or not 0 < left <= SWEEP_DAYS:
        return []
    missing = [skill for skill in skills if (exam - memories[skill].last_day).days > SWEEP_DAYS]
    missing.sort(key=lambda skill: memories[skill].last_day)
    return missing[: ceil(len(missing) / left)]


def queue_of(plan: DayPlan, confuses: Mapping[str, frozenset[str]]) -> tuple[Item, ...]:
    """The questions of a plan: what was left to ask again, reviews with confusable ones side by side, new skills."""
    whys = (Why.DUE, plan.due), (Why.SLIP, plan.slips), (Why.SWEEP, plan.sweep)
    reviews = [Item(skill, why) for why, skills in whys for skill in skills]
    queue = [*_beside(reviews, confuses), *(Item(skill, Why.NEW) for skill in plan.new)]
    queue[LATER:LATER] = [item for item in plan.resumed if item.why is not Why.NEW]
    return (*(item for item in plan.resumed if item.why is Why.NEW), *queue)


def left_of(answers: Iterable[tuple[str, str, bool]]) -> tuple[Item, ...]:
    """What a day's answers (skill, mode, right) leave to be asked again: misses, first exposures not at an end."""
    left: dict[str, Item] = {}
    for skill, mode, right in answers:
        item = left.pop(skill, None)
        if mode == Mode.NEW:
            item = (item or Item(skill, Why.NEW)).after(right=right)
        elif item is None or item.why is Why.MISSED:
            asked = item is not None or mode == Mode.MIXED
            item = Item(skill, Why.MISSED).after(right=right) if asked else None
        if item is not None:
            left[skill] = item
    return tuple(left.values())


def _beside(items: list[Item], confuses: Mapping[str, frozenset[str]]) -> list[Item]:
    """The items in their order, but a skill is followed by those it is confused with: telling apart is the point."""
    ordered: list[Item] = []
    left = list(items)
    while left:
        item = left.pop(0)
        ordered.append(item)
        partners = [other for other in left if other.skill in confuses.get(item.skill, frozenset())]
        left = partners + [other for other in left if other not in partners]
    return ordered


def confusable(library: Library) -> dict[str, frozenset[str]]:
    """The skills that each skill is confused with, whichever of the two names the other."""
    pairs: dict[str, set[str]] = {}
    for skill, exercises in library.skills.items():
        for name in {name for exercise in exercises for name in exercise.confuses}:
            other = library.renames.get(name, name)
            pairs.setdefault(skill, set()).add(other)
            pairs.setdefault(other, set()).add(skill)
    return {skill: frozenset(others - {skill}) for skill, others in pairs.items()}
