"""A session: what comes after what. Mixed by default, blocked where a skill is met for the first time. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from studyapp.domain.verdict import Mode

LATER = 4
"""Questions after which a miss comes back."""
IN_A_ROW = 2
"""Right answers in a row that end the first exposure to a skill."""
MOST_IN_BLOCK = 6
"""Questions of a first exposure; who has not got there by then meets the skill again on another day."""


class Why(StrEnum):
    """Why a skill is asked."""

    DUE = "due"
    SLIP = "slip"
    SWEEP = "sweep"
    NEW = "new"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Item:
    """One question to come: the skill, why it comes, and how often it was asked in its block."""

    skill: str
    why: Why
    asked: int = 0
    in_a_row: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """The questions to come, in order; `last` is the skill asked before."""

    queue: tuple[Item, ...]
    last: str = ""

    @property
    def next(self) -> Item | None:
        """The next question: the first in line that is not of the skill just asked, unless its block goes on."""
        if not self.queue:
            return None
        first = self.queue[0]
        if first.why is Why.NEW and first.asked:
            return first
        return next((item for item in self.queue if item.skill != self.last), first)

    @property
    def mixed(self) -> bool:
        """Whether the next question comes among others: its heading, which may tell the method, is hidden."""
        item = self.next
        return item is not None and item.why is not Why.NEW

    @property
    def planned(self) -> int:
        """The questions to come if every one of them is answered right."""
        return sum(_least(item) for item in self.queue)

    def without(self, item: Item) -> Session:
        """The session without a question that cannot be asked."""
        return replace(self, queue=tuple(one for one in self.queue if one is not item))

    def after(self, item: Item, *, right: bool) -> Session:
        """The session after an answer to `item`, which was its next."""
        rest = tuple(one for one in self.queue if one is not item)
        if item.why is Why.NEW:
            return replace(self, queue=_block(item, right=right) + rest, last=item.skill)
        if not right:
            again = Item(item.skill, Why.MISSED)
            rest = (*rest[:LATER], again, *rest[LATER:])
        return replace(self, queue=rest, last=item.skill)


def _block(item: Item, *, right: bool) -> tuple[Item, ...]:
    """What is left of a first exposure: the same skill again until two in a row are right."""
    row = item.in_a_row + 1 if right else 0
    if row >= IN_A_ROW or item.asked + 1 >= MOST_IN_BLOCK:
        return ()
    return (replace(item, asked=item.asked + 1, in_a_row=row),)


def _least(item: Item) -> int:
    """The fewest questions that an item leads to."""
    return min(IN_A_ROW - item.in_a_row, MOST_IN_BLOCK - item.asked) if item.why is Why.NEW else 1


def begun(
    due: Sequence[str],
    sweep: Sequence[str],
    new: Sequence[str],
    confuses: Mapping[str, frozenset[str]],
    slips: Sequence[str] = (),
    resumed: Sequence[Item] = (),
) -> Session:
    """A session of a day's plan: reviews first, confusable ones side by side, then new skills block by block.

    What a session of the day that was left had still to ask again comes as it would have there.
    """
    whys = (Why.DUE, due), (Why.SLIP, slips), (Why.SWEEP, sweep)
    reviews = [Item(skill, why) for why, skills in whys for skill in skills]
    queue = [*_beside(reviews, confuses), *(Item(skill, Why.NEW) for skill in new)]
    queue[LATER:LATER] = [item for item in resumed if item.why is not Why.NEW]
    return Session((*(item for item in resumed if item.why is Why.NEW), *queue))


def left_of(answers: Iterable[tuple[str, str, bool]]) -> tuple[Item, ...]:
    """What is still to be asked again after a day's answers: their skills, modes, and whether they were right.

    A review that was missed and not answered right since, and a first exposure without its right answers in a row.
    """
    left: dict[str, Item] = {}
    for skill, mode, right in answers:
        item = left.pop(skill, None)
        if mode == Mode.NEW:
            item = next(iter(_block(item or Item(skill, Why.NEW), right=right)), None)
        elif item is None or item.why is Why.MISSED:
            missed = not right and (item is not None or mode == Mode.MIXED)
            item = Item(skill, Why.MISSED) if missed else None
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
        partners = [one for one in left if one.skill in confuses.get(item.skill, frozenset())]
        for partner in partners:
            left.remove(partner)
        left[:0] = partners
    return ordered
