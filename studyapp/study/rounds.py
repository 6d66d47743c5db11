"""Rounds: which question comes next, and what an answer leads to. The app and line mode share them. Pure values.

Each has the question to be drawn next (`turn`, None at the end), the number `asked` before it, the number `planned` if
every one is answered right, and whether the question is `mixed` among others: its heading, which may give away the
method, is hidden then. `mode` is how an answer is kept; `after` the round after it, `again` the round after one that
was taken back, `without` the round without a question that cannot be asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Self

from studyapp.domain.record import Memory
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Attempt, Help, Mode, Outcome
from studyapp.history.history import History
from studyapp.study.daily import LATER, DayPlan, Item, Why, confusable, queue_of, waiting_slips
from studyapp.study.entries import ExerciseEntry
from studyapp.study.library import Library
from studyapp.study.pace import IN_A_ROW, UNLIMITED, Budget
from studyapp.study.practice import Turn
from studyapp.study.slips import Slip


@dataclass(frozen=True, slots=True)
class TopicRound:
    """Chosen turns in their order, whatever is answered; headings are shown, for the learner has chosen the page."""

    turns: tuple[Turn, ...]
    asked: int = 0
    mixed: bool = False

    @property
    def turn(self) -> Turn | None:
        return self.turns[self.asked] if self.asked < len(self.turns) else None

    @property
    def planned(self) -> int:
        return len(self.turns) - self.asked

    def mode(self, *, right: bool) -> Mode:
        return Mode.TOPIC

    def after(self, *, right: bool) -> Self:
        return self.without()

    def again(self) -> Self:
        return self.without()

    def without(self) -> Self:
        return replace(self, asked=self.asked + 1)


@dataclass(frozen=True, slots=True)
class DayRound:
    """The session of a day: a new skill is taught first; a miss comes back, a first exposure ends with two in a row."""

    queue: tuple[Item, ...]
    library: Library
    memories: Mapping[str, Memory]
    waiting: Mapping[str, Slip]
    seed: int
    later: tuple[Item, ...] = ()
    budget: Budget = UNLIMITED
    last: str = ""
    met: tuple[str, ...] = ()
    taught: frozenset[str] = frozenset()

    @property
    def item(self) -> Item | None:
        """The next of the queue: the first that is not of the skill just asked, unless its block goes on."""
        first = self.queue[0] if self.queue else None
        if first is None or (first.why is Why.NEW and first.asked):
            return first
        return next((item for item in self.queue if item.skill != self.last), first)

    @property
    def asked(self) -> int:
        return len(self.met)

    @property
    def planned(self) -> int:
        return sum(item.least for item in self.queue)

    @property
    def mixed(self) -> bool:
        return self.item is not None and self.item.why is not Why.NEW

    @property
    def turn(self) -> Turn | None:
        """The next question of the session; a slip that waits is to be possible in it."""
        item = self.item
        if item is None:
            return None
        slip = self.waiting.get(item.skill) if item.why is not Why.NEW else None
        entry = exercise_for(item.skill, self.library, self.memories, self.met.count(item.skill), slip)
        return Turn(entry.id if entry else item.skill, self.seed + self.asked, slip.mistake if slip else "")

    @property
    def lesson(self) -> ExerciseEntry | None:
        """The exercise whose section is to be read before the next question; None where there is none to read."""
        item = self.item
        if item is None or not item.is_fresh or item.skill in self.taught:
            return None
        return next(iter(self.library.skills.get(item.skill, ())), None)

    def after_lesson(self) -> Self:
        """The session after the section of the next skill was read."""
        return replace(self, taught=self.taught | {self.item.skill}) if self.item is not None else self

    def put_off(self) -> Self:
        """The session without the new skill that comes next: it is met on another day."""
        item = self.item
        return replace(self, queue=tuple(other for other in self.queue if other is not item))

    def continued(self, spent: float) -> Self:
        """The session after so many milliseconds: with the next of what is later, where nothing else is left to ask.

        In minutes that are too few for a new skill the one comes once more that was met first.
        """
        if self.budget.is_used(spent):
            return self
        queue = self.queue or self.later[:1]
        later = self.later if self.queue else self.later[1:]
        if not queue or not queue[0].is_fresh or self.budget.pace.begins(self.budget.limit - spent):
            return replace(self, queue=queue, later=later)
        longest_ago = [*dict.fromkeys(reversed(self.met))][-1:]
        again = tuple(Item(skill, Why.MISSED) for skill in longest_ago)
        return replace(self, queue=again, later=(*queue, *later)) if again else self

    def mode(self, *, right: bool) -> Mode:
        return Mode.NEW if self.item is not None and self.item.why is Why.NEW else Mode.MIXED

    def after(self, *, right: bool) -> Self:
        item = self.item
        if item is None:
            return self
        rest, left = self.without(), item.after(right=right)
        at = 0 if item.why is Why.NEW else LATER
        queue = rest.queue if left is None else (*rest.queue[:at], left, *rest.queue[at:])
        return replace(rest, queue=queue, last=item.skill)

    def caught_up(self, memories: Mapping[str, Memory], day: date) -> Self:
        """The session without the next skills that another window has asked today, since it began."""
        caught_up = self
        while (item := caught_up.item) is not None and item.skill not in self.met:
            memory = memories.get(item.skill)
            if memory is None or memory.last_day != day or memory == self.memories.get(item.skill):
                break
            caught_up = caught_up.without()
        return caught_up

    def again(self) -> Self:
        return self.after(right=False)

    def without(self) -> Self:
        item = self.item
        if item is None:
            return self
        queue = tuple(other for other in self.queue if other is not item)
        return replace(self, queue=queue, met=(*self.met, item.skill))


@dataclass(frozen=True, slots=True)
class PlacementRound:
    """Which skills are known: two right in a row place one; a miss leaves it, and what builds on it, to be learned."""

    library: Library
    seed: int
    skills: tuple[str, ...]
    in_a_row: int = 0
    placed: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    mixed: bool = True

    @property
    def asked(self) -> int:
        return len(self.met)

    @property
    def planned(self) -> int:
        return IN_A_ROW * len(self.skills) - self.in_a_row

    @property
    def turn(self) -> Turn | None:
        if not self.skills:
            return None
        skill = self.skills[0]
        exercises = self.library.skills[skill]
        return Turn(exercises[self.met.count(skill) % len(exercises)].id, self.seed + self.asked)

    def mode(self, *, right: bool) -> Mode:
        """As evidence that the skill is known, or as none yet."""
        return Mode.PLACED if right and self.in_a_row + 1 >= IN_A_ROW else Mode.PLACEMENT

    def after(self, *, right: bool) -> Self:
        skill, *rest = self.skills
        if right and self.in_a_row + 1 < IN_A_ROW:
            return replace(self.again(), in_a_row=self.in_a_row + 1)
        if right:
            return replace(self.again(), skills=tuple(rest), in_a_row=0, placed=(*self.placed, skill))
        beyond = _building_on(self.library.skills[skill][0].topic, self.library)
        left = tuple(skill for skill in rest if self.library.skills[skill][0].topic not in beyond)
        return replace(self.again(), skills=left, in_a_row=0)

    def again(self) -> Self:
        return replace(self, met=(*self.met, self.skills[0]))

    def without(self) -> Self:
        return self.after(right=False)


def _building_on(topic: str, library: Library) -> set[str]:
    """The topics that require one, at however many removes; topics are in reading order."""
    reached = {topic}
    for entry in library.topics:
        if not reached.isdisjoint(entry.requires):
            reached.add(entry.id)
    return reached - {topic}


Round = TopicRound | DayRound | PlacementRound


def day_round(
    plan: DayPlan, history: History, library: Library, seed: int, taught: frozenset[str] = frozenset()
) -> DayRound:
    """The session of a day's plan, of which `taught` are the skills whose sections were read on that day."""
    return DayRound(
        queue_of(plan, confusable(library)),
        library,
        history.memories(),
        waiting_slips(history, library),
        seed,
        plan.later,
        plan.budget,
        taught=taught,
    )


def placement_round(history: History, library: Library, seed: int) -> PlacementRound:
    """A placement over the skills that were not met yet."""
    memories = history.memories()
    return PlacementRound(library, seed, tuple(skill for skill in library.skills if skill not in memories))


def exercise_for(
    skill: str, library: Library, memories: Mapping[str, Memory], asked: int, slip: Slip | None = None
) -> ExerciseEntry | None:
    """The exercise that asks a skill: in turn over reviews and those `asked` now, or that of a slip; None for none."""
    if slip is not None:
        return library.exercise(slip.exercise)
    exercises = library.skills.get(skill)
    if not exercises:
        return None
    memory = memories.get(skill)
    return exercises[((memory.reviews if memory else 0) + asked) % len(exercises)]


def was_right(attempt: Attempt) -> bool:
    """Whether every part was answered right without being shown."""
    return all(part.verdict is Outcome.CORRECT and part.help is not Help.SHOWN for part in attempt.parts)
