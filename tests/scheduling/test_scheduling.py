"""Study days, ratings and memories; the oracle of memories is py-fsrs driven directly."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as Grade
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.record import Memory, Rating
from studyapp.domain.verdict import Help, Outcome, Part
from studyapp.scheduling import retrievability, review, study_day, worst_rating

TOKYO = timezone(timedelta(hours=9))
FIRST = date(2026, 4, 1)


def part(verdict: Outcome, taken: Help = Help.NONE) -> Part:
    return Part(ask="answer", skill="s", answer="1", verdict=verdict, help=taken)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 4, 2, 3, 59, 59, tzinfo=TOKYO), date(2026, 4, 1)),
        (datetime(2026, 4, 2, 4, 0, tzinfo=TOKYO), date(2026, 4, 2)),
        (datetime(2026, 4, 1, 23, 0, tzinfo=TOKYO), date(2026, 4, 1)),
        (datetime(2026, 1, 1, 0, 30, tzinfo=TOKYO), date(2025, 12, 31)),
        # The clock goes from 2 to 3 in this night; the day still turns when the clock on the wall shows four.
        (datetime(2026, 3, 29, 3, 59, tzinfo=ZoneInfo("Europe/Berlin")), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 4, 1, tzinfo=ZoneInfo("Europe/Berlin")), date(2026, 3, 29)),
    ],
)
def test_days_turn_at_four_in_the_morning_local_time(moment, day):
    assert study_day(moment) == day


def test_a_moment_without_a_time_zone_has_no_study_day():
    with pytest.raises(ValueError, match="time zone"):
        study_day(datetime(2026, 4, 1, 12, 0))


@pytest.mark.parametrize(
    ("verdict", "taken", "tries", "expected"),
    [
        (Outcome.CORRECT, Help.NONE, 1, Rating.GOOD),
        (Outcome.CORRECT, Help.NUDGE, 1, Rating.HARD),
        (Outcome.CORRECT, Help.SHOWN, 1, Rating.AGAIN),
        (Outcome.CORRECT, Help.NONE, 2, Rating.AGAIN),
        (Outcome.CORRECT, Help.NUDGE, 2, Rating.AGAIN),
        (Outcome.CORRECT, Help.SHOWN, 2, Rating.AGAIN),
        *[(Outcome.WRONG, taken, tries, Rating.AGAIN) for taken in Help for tries in (1, 2)],
        *[(Outcome.ROUNDING, taken, tries, Rating.AGAIN) for taken in Help for tries in (1, 2)],
        *[(Outcome.UNREADABLE, taken, tries, None) for taken in Help for tries in (1, 2)],
        *[(Outcome.UNDECIDED, taken, tries, None) for taken in Help for tries in (1, 2)],
    ],
)
def test_every_way_to_answer_has_its_rating(verdict, taken, tries, expected):
    assert worst_rating([part(verdict, taken)], tries) is expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((Outcome.CORRECT, Outcome.WRONG), Rating.AGAIN),
        ((Outcome.CORRECT, Outcome.CORRECT), Rating.GOOD),
        ((Outcome.CORRECT, Outcome.UNDECIDED), Rating.GOOD),
        ((Outcome.UNREADABLE, Outcome.UNDECIDED), None),
        ((), None),
    ],
)
def test_several_parts_of_one_skill_give_one_rating_the_worse(verdicts, expected):
    assert worst_rating([part(verdict) for verdict in verdicts]) is expected


def oracle(reviews: list[tuple[int, Rating]], retention: float) -> tuple[Card, date]:
    scheduler = Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, day = Card(card_id=7), FIRST
    for gap, grade in reviews:
        day += timedelta(days=gap)
        card, _ = scheduler.review_card(card, Grade(grade), datetime.combine(day, time(12), tzinfo=UTC))
    return card, day


histories = st.lists(st.tuples(st.integers(0, 200), st.sampled_from(Rating)), min_size=1, max_size=12)


@settings(deadline=None)
@given(histories, st.sampled_from([0.8, 0.9, 0.95]), st.integers(0, 400))
def test_a_memory_is_what_fsrs_used_directly_makes_of_the_same_reviews(reviews, retention, later):
    memory, day = None, FIRST
    for gap, grade in reviews:
        day += timedelta(days=gap)
        memory = review(memory, grade, day, retention)
    card, _ = oracle(reviews, retention)
    assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
    assert memory.due_day == card.due.date()
    moment = datetime.combine(day + timedelta(days=later), time(12), tzinfo=UTC)
    assert retrievability(memory, day + timedelta(days=later)) == Scheduler().get_card_retrievability(card, moment)


def test_answering_well_on_each_due_day_gives_the_measured_intervals():
    # Measured with fsrs 6.3.2 at retention 0.90, four reviews rated Good on the due day.
    memory, day, gaps = None, FIRST, []
    for _ in range(5):
        memory = review(memory, Rating.GOOD, day)
        gaps.append((memory.due_day - day).days)
        day = memory.due_day
    assert gaps == [2, 11, 46, 163, 497]
    assert (memory.reviews, memory.lapses) == (5, 0)


def test_a_lapse_is_counted_only_where_something_was_known():
    once = review(None, Rating.AGAIN, FIRST)
    assert (once.reviews, once.lapses) == (1, 0)
    assert review(once, Rating.AGAIN, once.due_day).lapses == 1


def test_a_day_before_the_last_one_counts_as_no_time_passed():
    memory = review(review(None, Rating.GOOD, FIRST), Rating.GOOD, FIRST + timedelta(days=9))
    earlier, same = (review(memory, Rating.GOOD, memory.last_day - timedelta(days=back)) for back in (3, 0))
    assert (earlier.stability, earlier.difficulty) == (same.stability, same.difficulty)


@pytest.mark.parametrize("retention", [0.0, -1.0, 0.69, 1.0, 1.5])
def test_a_retention_outside_its_bounds_is_refused(retention):
    with pytest.raises(ValueError, match="retention"):
        review(None, Rating.GOOD, FIRST, retention)


def test_a_memory_is_certain_on_its_day_and_at_its_stability_nine_in_ten():
    memory = Memory(stability=10.0, difficulty=5.0, last_day=FIRST, due_day=FIRST)
    assert retrievability(memory, FIRST) == 1.0
    assert retrievability(memory, FIRST + timedelta(days=10)) == pytest.approx(0.9)
