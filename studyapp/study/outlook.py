"""What lies ahead, and how far predictions have held: forecast, retention, calendar, the day of the exam. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from studyapp.domain.record import Count, Memory, Predicted
from studyapp.scheduling import retrievability

FORECAST_DAYS = 14
CALENDAR_DAYS = 28
BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
"""The bins of predicted recall."""
ENOUGH = 30
"""First answers with a prediction, below which a projection is little more than the model's word."""
_95_PERCENT = 1.96


def forecast(memories: Mapping[str, Memory], day: date) -> tuple[tuple[date, int], ...]:
    """Skills that fall due on each of the coming days, today with all that is overdue, if nothing is reviewed."""
    counts = [0] * FORECAST_DAYS
    for memory in memories.values():
        ahead = max(0, (memory.due_day - day).days)
        if ahead < FORECAST_DAYS:
            counts[ahead] += 1
    return tuple((day + timedelta(days=ahead), count) for ahead, count in enumerate(counts))


def calendar(days: Sequence[tuple[date, Count]], day: date) -> tuple[tuple[date, int], ...]:
    """How many questions were answered on each of the last four weeks' days, today last. There is no streak to lose."""
    attempts = {one: count.attempts for one, count in days}
    span = (day - timedelta(days=ahead) for ahead in reversed(range(CALENDAR_DAYS)))
    return tuple((one, attempts.get(one, 0)) for one in span)


@dataclass(frozen=True, slots=True)
class Projection:
    """The share of the skills met that would be recalled on the day of the exam if nothing more were reviewed.

    `low` and `high` bound it at 95 %. It rests on `answers`: first answers of a day that could be held against their
    prediction, by whose error it is corrected once there are enough of them.
    """

    exam: date
    skills: int
    recall: float
    low: float
    high: float
    answers: int

    @property
    def few(self) -> bool:
        """Whether it rests on too few answers to be more than the model's word."""
        return self.answers < ENOUGH


def projected(memories: Mapping[str, Memory], exam: date, bins: Sequence[Predicted]) -> Projection | None:
    """The projection for an exam; None where no skill has a memory yet.

    The spread of the share over skills and, where the prediction is corrected, that of the correction are added as
    variances: sum p(1-p)/n^2 and r(1-r)/answers.
    """
    chances = [retrievability(memory, exam) for memory in memories.values()]
    if not chances:
        return None
    answers = sum(one.answers for one in bins)
    recall = sum(chances) / len(chances)
    variance = sum(chance * (1 - chance) for chance in chances) / len(chances) ** 2
    if answers >= ENOUGH:
        right = sum(one.right for one in bins) / answers
        recall += right - sum(one.predicted * one.answers for one in bins) / answers
        variance += right * (1 - right) / answers
    margin = _95_PERCENT * sqrt(variance)
    return Projection(exam, len(chances), _share(recall), _share(recall - margin), _share(recall + margin), answers)


def interval(right: int, answers: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's score: honest for few answers, and never outside 0 to 1.

    (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). Source: Wilson 1927. Without answers it is 0 to 1.
    """
    if not answers:
        return 0.0, 1.0
    share, square = right / answers, _95_PERCENT**2
    middle = share + square / (2 * answers)
    margin = _95_PERCENT * sqrt(share * (1 - share) / answers + square / (4 * answers**2))
    whole = 1 + square / answers
    return _share((middle - margin) / whole), _share((middle + margin) / whole)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
