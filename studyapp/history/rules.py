"""What the index is computed by, given from above: this room keeps memories and does not know how they are made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from studyapp.domain.record import Memory
from studyapp.domain.verdict import Part

Fold = Callable[[Memory | None, tuple[Part, ...], int, date], Memory | None]
"""From a memory, the parts of one answer on its skill, the tries and the study day to the memory after; None where the
parts say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How events become memories. An index made by other rules is folded anew.

    `name` tells one way of folding from another; `renames` leads from names that skills once had to theirs; `recall`
    predicts, where there is one, how likely each first answer of a day was to be right.
    """

    fold: Fold
    name: str
    renames: Mapping[str, str]
    recall: Callable[[Memory, date], float] | None = None

    @property
    def fingerprint(self) -> str:
        """A text that differs where two sets of rules differ."""
        return json.dumps([self.name, sorted(self.renames.items())], ensure_ascii=False)

    def predicted(self, memory: Memory | None, day: date) -> float | None:
        """The probability of recall before an answer; None where there is no memory or no prediction."""
        return None if memory is None or self.recall is None else self.recall(memory, day)
