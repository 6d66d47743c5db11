"""What the index is computed by, given from above: this room keeps memories and does not know how they are made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from studyapp.domain.memory import Memory
from studyapp.domain.verdict import Mode, Part


class Fold(Protocol):
    """From a memory and the parts of one attempt that touch its skill to the memory after; None if they say nothing."""

    def __call__(self, memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date, /) -> Memory | None:
        """The memory after the parts, answered on a study day."""
        ...


class Recall(Protocol):
    """From a memory and a study day to the probability that the skill is recalled on it."""

    def __call__(self, memory: Memory, day: date, /) -> float:
        """The probability, from 0 to 1."""
        ...


def moves_memory(mode: str, memory: Memory | None) -> bool:
    """Whether an attempt in a mode is evidence on a skill with this memory.

    Questions of placement are not, but for the one that shows a skill to be known; nor is an exam on a skill that was
    never learned.
    """
    return mode != Mode.PLACEMENT and (mode != Mode.EXAM or memory is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How events become memories.

    `name` tells one way of folding from another; `renames` leads from names that skills once had to theirs; `recall`
    predicts, where there is one, how likely each first evidence of a day was to be right.
    An index made by other rules is made anew from the log.
    """

    fold: Fold
    name: str
    renames: Mapping[str, str]
    recall: Recall | None = None

    @property
    def fingerprint(self) -> str:
        """A text that differs where two sets of rules differ."""
        return json.dumps([self.name, sorted(self.renames.items())], ensure_ascii=False)

    def predicted(self, memory: Memory | None, day: date) -> float | None:
        """The probability of recall before an answer; None where there is no memory or no prediction."""
        return None if memory is None or self.recall is None else self.recall(memory, day)

    def skill(self, written: str) -> str:
        """The name that a skill of the log has today."""
        return self.renames.get(written, written)
