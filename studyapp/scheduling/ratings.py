"""From an answered ask to a rating: what the answer says about memory."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.domain.memory import Rating
from studyapp.domain.verdict import Help, Outcome, Part


def rating(part: Part, tries: int = 1) -> Rating | None:
    """The rating of one part, None where it says nothing about memory.

    `tries` counts the answers that counted, this one included: a second try is Again, as is an answer after a step was
    shown. Time is recorded, not rated; Easy is never given.
    """
    match part.verdict:
        case Outcome.UNREADABLE | Outcome.UNDECIDED:
            return None
        case Outcome.WRONG | Outcome.ROUNDING:
            return Rating.AGAIN
        case Outcome.CORRECT:
            if tries > 1 or part.help is Help.SHOWN:
                return Rating.AGAIN
            return Rating.HARD if part.help is Help.NUDGE else Rating.GOOD


def worst_rating(parts: Iterable[Part], tries: int = 1) -> Rating | None:
    """The one rating of several parts of one skill: the worst; parts that say nothing are left out."""
    found = (rating(part, tries) for part in parts)
    return min((one for one in found if one is not None), default=None)
