"""How far a skill has come, in two levels that the learner sees: learned, and mastered."""

from __future__ import annotations

from enum import StrEnum

from studyapp.domain.record import SkillRecord

MIXED_DAYS = 2
"""Study days on which a skill was recognised and recalled in a mixed session, before it counts as mastered."""
LASTING = 14.0
"""Days of stability from which it does."""


class Level(StrEnum):
    """From not met to mastered; begun is what was met and not recalled last time."""

    NEW = "new"
    BEGUN = "begun"
    LEARNED = "learned"
    MASTERED = "mastered"


def level_of(record: SkillRecord | None) -> Level:
    """The level of a skill, given what is known of it."""
    if record is None or record.memory is None:
        return Level.NEW
    if record.mixed_days >= MIXED_DAYS and record.memory.stability >= LASTING:
        return Level.MASTERED
    return Level.LEARNED if record.last_right else Level.BEGUN
