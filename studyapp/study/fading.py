"""Worked examples that fade: how many steps of a derivation are given, by how firmly its skill is kept in memory."""

from __future__ import annotations

LAST_BLANK = 3.0
"""Days of stability below which only the last step is left blank."""
LAST_TWO_BLANK = 10.0
"""Days of stability below which the last two steps are left blank."""


def steps_given(count: int, stability: float | None) -> int:
    """How many of the first steps are shown worked out.

    All of them where the skill was never tried: a derivation to be read, after which another is asked with its last
    step blank. Then all but one, all but two, and at last none. `stability` is in days, None without a memory.
    """
    if stability is None:
        return count
    blank = 1 if stability < LAST_BLANK else 2 if stability < LAST_TWO_BLANK else count
    return max(0, count - blank)
