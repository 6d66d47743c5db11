"""Rounds: which question comes next, and what an answer leads to. The app and line mode share them. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, Self

from studyapp.domain.record import Memory
from studyapp.domain.verdict import Mode
from studyapp.history.history import History
from studyapp.study.daily import exercise_for, mode_of, session_of, waiting_slips
from studyapp.study.library import Library
from studyapp.study.placement import Placement, placement_of
from studyapp.study.planning import DayPlan
from studyapp.study.practice import Turn
from studyapp.study.session import Session, Why
from studyapp.study.slips import Slip


class Round(Protocol):
    """A round of questions as far as it has come."""

    @property
    def turn(self) -> Turn | None:
        """The question to be drawn next; None at the end."""

    @property
    def asked(self) -> int:
        """The questions that came before it."""

    @property
    def planned(self) -> int:
        """The questions to come if every one of them is answered right."""

    @property
    def mixed(self) -> bool:
        """Whether the question comes among others: its heading, which may tell the method, is hidden."""

    def mode(self, *, right: bool) -> Mode:
        """How an answer to the question is kept."""

    def after(self, *, right: bool) -> Self:
        """The round after an answer."""

    def again(self) -> Self:
        """The round after an answer that was taken back."""

    def without(self) -> Self:
        """The round without a question that cannot be asked."""


@dataclass(frozen=True, slots=True)
class TopicRound:
    """Chosen turns in their order; headings are shown, for the learner has chosen the page."""

    turns: tuple[Turn, ...]
    asked: int = 0
    mixed: bool = False

    @property
    def turn(self) -> Turn | None:
        """The turn that is on."""
        return self.turns[self.asked] if self.asked < len(self.turns) else None

    @property
    def planned(self) -> int:
        """The turns that are left."""
        return len(self.turns) - self.asked

    def mode(self, *, right: bool) -> Mode:  # noqa: ARG002 — the same for every answer
        """It was asked for."""
        return Mode.TOPIC

    def after(self, *, right: bool) -> Self:  # noqa: ARG002 — the next turn comes either way
        """The next turn."""
        return replace(self, asked=self.asked + 1)

    def again(self) -> Self:
        """The next turn: who wants the same once more opens the page again."""
        return self.without()

    def without(self) -> Self:
        """The next turn."""
        return replace(self, asked=self.asked + 1)


@dataclass(frozen=True, slots=True)
class DayRound:
    """The session of a study day; the i-th question (from 0) has the seed `seed + i`.

    `memories` and `waiting` are those at its beginning, `met` the skills that were asked, in order.
    """

    session: Session
    library: Library
    memories: Mapping[str, Memory]
    waiting: Mapping[str, Slip]
    seed: int
    met: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        """The questions that were asked."""
        return len(self.met)

    @property
    def planned(self) -> int:
        """The questions to come if every one of them is answered right."""
        return self.session.planned

    @property
    def mixed(self) -> bool:
        """Whether the question comes among others."""
        return self.session.mixed

    @property
    def turn(self) -> Turn | None:
        """The next question of the session; a slip that waits is to be possible in it."""
        item = self.session.next
        if item is None:
            return None
        slip = self.waiting.get(item.skill) if item.why is not Why.NEW else None
        entry = exercise_for(item.skill, self.library, self.memories, self.met.count(item.skill), slip)
        return Turn(entry.id if entry else item.skill, self.seed + self.asked, slip.mistake if slip else "")

    def mode(self, *, right: bool) -> Mode:  # noqa: ARG002 — the same for every answer
        """As new, or among others."""
        item = self.session.next
        return mode_of(item) if item is not None else Mode.MIXED

    def after(self, *, right: bool) -> Self:
        """A miss comes back later, a first exposure goes on until two in a row are right."""
        item = self.session.next
        if item is None:
            return self
        return replace(self, session=self.session.after(item, right=right), met=(*self.met, item.skill))

    def caught_up(self, memories: Mapping[str, Memory], day: date) -> Self:
        """The session without the next skills that another window has asked today, since it began."""
        session = self
        while (item := session.session.next) is not None and item.skill not in self.met:
            memory = memories.get(item.skill)
            if memory is None or memory.last_day != day or memory == self.memories.get(item.skill):
                break
            session = session.without()
        return session

    def again(self) -> Self:
        """The skill comes back, as after a miss."""
        return self.after(right=False)

    def without(self) -> Self:
        """The session without the skill's question."""
        item = self.session.next
        if item is None:
            return self
        return replace(self, session=self.session.without(item), met=(*self.met, item.skill))


@dataclass(frozen=True, slots=True)
class PlacementRound:
    """Which skills are known already; the i-th question (from 0) has the seed `seed + i`."""

    placement: Placement
    library: Library
    seed: int
    met: tuple[str, ...] = ()
    mixed: bool = True

    @property
    def asked(self) -> int:
        """The questions that were asked."""
        return len(self.met)

    @property
    def planned(self) -> int:
        """The questions to come if every one of them is answered right."""
        return self.placement.planned

    @property
    def turn(self) -> Turn | None:
        """A question on the first skill that is not tried yet."""
        skill = self.placement.skill
        if skill is None:
            return None
        exercises = self.library.skills[skill]
        return Turn(exercises[self.met.count(skill) % len(exercises)].id, self.seed + self.asked)

    def mode(self, *, right: bool) -> Mode:
        """As evidence that the skill is known, or as none yet."""
        return self.placement.mode(right=right)

    def after(self, *, right: bool) -> Self:
        """Two right answers in a row skip the skill; a miss leaves it, and what builds on it, to be learned."""
        return replace(self._met(), placement=self.placement.answered(right=right))

    def again(self) -> Self:
        """Another question on the same skill."""
        return self._met()

    def without(self) -> Self:
        """A skill that cannot be tried is left to be learned."""
        return self.after(right=False)

    def _met(self) -> Self:
        return replace(self, met=(*self.met, self.placement.skill or ""))


def day_round(plan: DayPlan, history: History, library: Library, seed: int) -> DayRound:
    """The session that works the plan of a day off."""
    return DayRound(session_of(plan, library), library, history.memories(), waiting_slips(history, library), seed)


def placement_round(history: History, library: Library, seed: int) -> PlacementRound:
    """A placement over what was not met yet."""
    return PlacementRound(placement_of(library, history.memories()), library, seed)
