"""Floor 2: When a skill is due: pure functions over (memory, rating, day). fsrs lives here.

Memories are FSRS-6's: from an answer to a rating, from a rating to the next due day.

Days are given to the scheduler as noon UTC of the study day: it counts blocks of 24 hours, so that only equal hours
make its days the learner's days, in any time zone. Minute steps and fuzz are off: a review is once a day, and can be
replayed.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import blake2b

from fsrs import Card, Scheduler, State
from fsrs import Rating as Grade
from fsrs.scheduler import DEFAULT_PARAMETERS

from studyapp.domain.record import Memory, Rating
from studyapp.domain.verdict import Help, Outcome, Part

VERSION = "FSRS-6"
Parameters = tuple[float, ...]
PARAMETERS: Parameters = tuple(DEFAULT_PARAMETERS)

LOWEST_RETENTION, HIGHEST_RETENTION = 0.7, 0.99

_CARD = 1  # an id that is given is not made from the clock


@cache
def _scheduler(retention: float, parameters: Parameters = PARAMETERS) -> Scheduler:
    if not LOWEST_RETENTION <= retention <= HIGHEST_RETENTION:
        raise ValueError(f"desired retention {retention} is not within {LOWEST_RETENTION} and {HIGHEST_RETENTION}")
    return Scheduler(parameters, retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _card(memory: Memory) -> Card:
    return Card(
        card_id=_CARD,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_noon(memory.due_day),
        last_review=_noon(memory.last_day),
    )


def rules_of(parameters: Parameters) -> str:
    """What memories are computed by; another text means that they are to be computed anew from the history."""
    return f"{VERSION} {blake2b(repr(list(parameters)).encode(), digest_size=6).hexdigest()}"


def review(
    memory: Memory | None,
    rating: Rating,
    day: date,
    retention: float = 0.9,
    parameters: Parameters = PARAMETERS,
) -> Memory:
    """The memory after a rated review on a study day; `retention` is the probability of recall at which it falls due.

    A day before the last one (a clock set back, a flight over the date line) counts as no time passed.
    Errors: ValueError for a retention outside 0.70 to 0.99. Source: FSRS-6.
    """
    card = _card(memory) if memory else Card(card_id=_CARD, due=_noon(day))
    reviewed, _ = _scheduler(retention, parameters).review_card(card, Grade(rating), _noon(day))
    if reviewed.stability is None or reviewed.difficulty is None:
        raise AssertionError("a reviewed card has a stability and a difficulty")
    return Memory(
        stability=reviewed.stability,
        difficulty=reviewed.difficulty,
        last_day=day,
        due_day=reviewed.due.date(),
        reviews=memory.reviews + 1 if memory else 1,
        lapses=(memory.lapses if memory else 0) + (memory is not None and rating is Rating.AGAIN),
    )


def retrievability(memory: Memory, day: date) -> float:
    """The probability, from 0 to 1, that the skill is recalled on a study day."""
    return float(_scheduler(0.9).get_card_retrievability(_card(memory), _noon(day)))


def after_longer(recall: float, times: float) -> float:
    """The probability of recall if so many times the days had passed, by FSRS's power law of forgetting."""
    decay = PARAMETERS[-1]
    return float((1 + times * (recall ** (-1 / decay) - 1)) ** -decay) if recall > 0 else 0.0


def worst_rating(parts: Iterable[Part], tries: int = 1) -> Rating | None:
    """The one rating of several parts of one skill: the worst. None where they say nothing about memory.

    `tries` counts the answers that counted, this one included: a second try is Again, as is an answer after a step was
    shown. Time is recorded, not rated; Easy is never given.
    """
    ratings = (_rating(part, tries) for part in parts)
    return min((value for value in ratings if value is not None), default=None)


def _rating(part: Part, tries: int) -> Rating | None:
    match part.verdict:
        case Outcome.UNREADABLE | Outcome.UNDECIDED:
            return None
        case Outcome.CORRECT if tries == 1 and part.help is not Help.SHOWN:
            return Rating.HARD if part.help is Help.NUDGE else Rating.GOOD
        case _:
            return Rating.AGAIN


TURN = timedelta(hours=4)
"""Days turn at four in the morning, so that an evening of study that passes midnight is one day."""


def study_day(now: datetime) -> date:
    """The study day of a moment, in the time zone that the moment carries.

    Errors: ValueError for a moment without a time zone.
    """
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone has no study day")
    return (now - TURN).date()
