"""Levels, a session summed up, and what progress says of the days ahead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.record import Count, Memory, Predicted, SkillRecord
from studyapp.domain.verdict import Mode, Outcome
from studyapp.scheduling import retrievability
from studyapp.study.progress import (
    CALENDAR_DAYS,
    ENOUGH,
    FORECAST_DAYS,
    Level,
    calendar,
    forecast,
    level_of,
    projected,
    standing,
    stats,
    summed,
)

from .conftest import MORNING, TODAY, attempt_at, exercise_entry, library_of, record, topic_entry

COURSE = library_of(
    topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a", skill="a1")),
    topic_entry("networks/b", exercise_entry("b1", "networks/b")),
)
EXAM = TODAY + timedelta(days=20)


def memory(stability: float, last: date = TODAY, due: int = 3) -> Memory:
    return Memory(stability, 5.0, last, last + timedelta(days=due))


MEMORIES = {"a": memory(30.0), "b": memory(5.0)}


@pytest.mark.parametrize(
    ("stability", "mixed_days", "last_right", "level"),
    [
        (14.0, 2, True, Level.MASTERED),
        (13.9, 2, True, Level.LEARNED),
        (99.0, 1, True, Level.LEARNED),
        (2.3, 0, True, Level.LEARNED),
        (0.2, 5, False, Level.BEGUN),
    ],
)
def test_mastered_is_what_was_right_in_mixed_sessions_on_two_days_and_lasts_two_weeks(
    stability, mixed_days, last_right, level
):
    assert level_of(SkillRecord("s", "t", 9, 9, memory(stability), last_right, mixed_days)) is level


def test_what_has_no_memory_is_new():
    assert level_of(SkillRecord("s", "t", 1, 0, None)) is Level.NEW


def test_a_summary_says_what_moved_and_rose_and_what_is_due_tomorrow(history):
    record(history, attempt_at("a1", mode=Mode.MIXED), MORNING - timedelta(days=4))
    before = standing(history, TODAY)
    record(history, attempt_at("a1", mode=Mode.MIXED), MORNING)
    record(history, attempt_at("b1", Outcome.WRONG, mode=Mode.NEW), MORNING)
    record(history, attempt_at("b1", mode=Mode.NEW), MORNING)
    summary = summed(before, standing(history, TODAY), TODAY)
    done = summary.done

    assert (done.attempts, done.first, done.first_correct, done.active_ms) == (3, 2, 1, 1500)
    assert [(moved.skill, moved.before is None) for moved in summary.moved] == [("a1", False), ("b1", True)]
    assert [(risen.skill, risen.before, risen.after) for risen in summary.risen] == [
        ("a1", Level.LEARNED, Level.MASTERED),
        ("b1", Level.NEW, Level.BEGUN),
    ]
    assert (summary.tomorrow, summary.weakest) == (1, "b1")


@given(st.lists(st.integers(-40, 40), max_size=30))
def test_the_forecast_counts_each_skill_once_and_what_is_overdue_today(ahead):
    days = forecast({str(number): memory(1.0, due=days) for number, days in enumerate(ahead)}, TODAY)
    assert [day for day, _ in days] == [TODAY + timedelta(days=n) for n in range(FORECAST_DAYS)]
    assert days[0][1] == sum(days <= 0 for days in ahead)
    assert sum(count for _, count in days) == sum(days < FORECAST_DAYS for days in ahead)


def test_the_calendar_ends_today_and_shows_days_without_study():
    studied = [(TODAY - timedelta(days=40), Count(9)), (TODAY - timedelta(days=2), Count(5)), (TODAY, Count(1))]
    counts = [count for _, count in calendar(studied, TODAY)]
    assert (len(counts), counts[-3:], sum(counts)) == (CALENDAR_DAYS, [5, 0, 1], 6)


def test_a_projection_with_few_answers_is_the_models_word_and_says_so():
    projection = projected(MEMORIES, EXAM, [Predicted(0.9, 0.95, ENOUGH - 1, 0.92, 3)])
    assert (projection["skills"], projection["few"], projection["answers"]) == (2, True, ENOUGH - 1)
    mean = sum(retrievability(memory, EXAM) for memory in MEMORIES.values()) / 2
    assert projection["recall"] == pytest.approx(mean, abs=1e-4)
    assert projection["low"] < projection["recall"] < projection["high"]


def test_a_projection_with_many_answers_is_corrected_by_their_error():
    plain = projected(MEMORIES, EXAM, [])
    projection = projected(MEMORIES, EXAM, [Predicted(0.8, 0.9, 100, 0.85, 75)])
    assert projection["recall"] == pytest.approx(plain["recall"] - 0.10, abs=1e-4)
    assert not projection["few"]
    assert projection["high"] > projection["low"]


def test_without_memories_there_is_nothing_to_project():
    assert projected({}, TODAY, []) is None


def test_stats_count_what_was_answered(history):
    record(history, attempt_at("a1"), MORNING)
    record(history, attempt_at("a1", Outcome.WRONG), MORNING)
    record(history, attempt_at("b1", Outcome.WRONG, topic="networks/b"), MORNING + timedelta(days=1))
    numbers = stats(history, TODAY + timedelta(days=2))
    assert [numbers[name] for name in ("attempts", "first_attempts", "skills", "due")] == [3, 2, 2, 2]
    assert numbers["mistakes"] == {"sign": 2}
    assert numbers["by_area"]["losses"]["attempts"] == 2
    assert (numbers["by_area"]["networks"]["skills"], numbers["by_area"]["networks"]["due"]) == (1, 1)
    assert [(day["day"], day["attempts"]) for day in numbers["days"]] == [("2026-04-01", 2), ("2026-04-02", 1)]
    assert numbers["days"][0]["active_ms"] == 1000
    assert [memory["skill"] for memory in numbers["memories"]] == ["a1", "b1"]


def test_stats_of_an_empty_history_are_zeros(history):
    numbers = stats(history, TODAY)
    assert [numbers[name] for name in ("attempts", "due", "days", "by_area", "mistakes")] == [0, 0, [], {}, {}]


def test_stats_say_levels_forecast_retention_and_the_day_of_the_exam(history):
    for ahead in (0, 3, 12):
        record(history, attempt_at("a1", mode=Mode.MIXED), MORNING + timedelta(days=ahead))
    record(history, attempt_at("b1", Outcome.WRONG, mode=Mode.NEW), MORNING + timedelta(days=12))
    day = TODAY + timedelta(days=12)
    numbers = stats(history, day, day + timedelta(days=10))
    without = stats(history, day)

    assert numbers["levels"] == {"begun": 1, "learned": 0, "mastered": 1}
    assert [memory["level"] for memory in numbers["memories"]] == ["mastered", "begun"]
    assert sum(group["answers"] for group in numbers["retention"]) == 2
    assert all(group["low"] <= group["predicted"] <= group["high"] for group in numbers["retention"])
    assert sum(ahead["due"] for ahead in numbers["forecast"]) == 1
    assert [shown["attempts"] for shown in numbers["calendar"]][-1] == 2
    assert numbers["by_area"]["losses"]["stability"] > 0
    assert (numbers["projection"]["skills"], numbers["projection"]["few"]) == (2, True)
    assert without["projection"] is None
