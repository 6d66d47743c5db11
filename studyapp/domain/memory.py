"""What is remembered of a skill, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Rating(IntEnum):
    """How a review went, in FSRS's numbers. Easy (4) is never given by itself, so it is not here."""

    AGAIN = 1
    HARD = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of one skill after its latest rated review; `stability` in days, `difficulty` from 1 to 10."""

    stability: float
    difficulty: float
    last_day: date
    due_day: date
    reviews: int = 1
    lapses: int = 0
