"""The study day: the date that an hour of night still belongs to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

TURN = timedelta(hours=4)
"""Days turn at four in the morning, so that an evening of study that passes midnight is one day."""


def study_day(now: datetime) -> date:
    """The study day of a moment, in the time zone that the moment carries.

    Errors: ValueError for a moment without a time zone.
    """
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone has no study day")
    return (now - TURN).date()
