"""Floor 2: When a skill is due: pure functions over (memory, rating, day). fsrs lives here."""

from studyapp.scheduling.fsrs import (
    HIGHEST_RETENTION,
    LOWEST_RETENTION,
    RULES,
    rating,
    retrievability,
    review,
    study_day,
    worst_rating,
)

__all__ = [
    "HIGHEST_RETENTION",
    "LOWEST_RETENTION",
    "RULES",
    "rating",
    "retrievability",
    "review",
    "study_day",
    "worst_rating",
]
