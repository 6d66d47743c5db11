"""What the index is computed by, given from above: this room keeps memories and does not know how they are made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from studyapp.domain.memory import Memory
from studyapp.domain.verdict import Part


class Fold(Protocol):
    """From a memory and the parts of one attempt that touch its skill to the memory after; None if they say nothing."""

    def __call__(self, memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date, /) -> Memory | None:
        """The memory after the parts, answered on a study day."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How events become memories.

    `name` tells one way of folding from another; `renames` leads from names that skills once had to theirs.
    An index made by other rules is made anew from the log.
    """

    fold: Fold
    name: str
    renames: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """A text that differs where two sets of rules differ."""
        return json.dumps([self.name, sorted(self.renames.items())], ensure_ascii=False)

    def skill(self, written: str) -> str:
        """The name that a skill of the log has today."""
        return self.renames.get(written, written)
