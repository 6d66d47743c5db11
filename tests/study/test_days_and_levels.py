"""The session of a study day, placement, levels, and what progress says of the days ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.record import Count, Memory, Predicted, SkillRecord
from studyapp.domain.verdict import Mode, Outcome
from studyapp.scheduling import retrievability
from studyapp.study.daily import confusable, exercise_for, mode_of, session_of, todays_plan
from studyapp.study.levels import Level, level_of
from studyapp.study.outlook import CALENDAR_DAYS, ENOUGH, FORECAST_DAYS, calendar, forecast, projected
from studyapp.study.placement import placement_of
from studyapp.study.planning import FEW_NEW, DayPlan
from studyapp.study.progress import stats
from studyapp.study.session import Session, Why
from studyapp.study.summary import standing, summed

from .conftest import MORNING, attempt_at, exercise_entry, library_of, record, topic_entry

TODAY = date(2026, 4, 1)
COURSE = library_of(
    topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a", skill="a1")),
    topic_entry("losses/b", exercise_entry("b1", "losses/b"), requires=("losses/a",)),
    topic_entry("losses/c", exercise_entry("c1", "losses/c"), requires=("losses/b",)),
    topic_entry("descent/d", *(exercise_entry(f"d{n}", "descent/d") for n in range(6)), item=(20,)),
)
SKILLS = ("a1", "b1", "c1", "d0", "d1", "d2", "d3", "d4", "d5")


def asked(skill: str, mode: str, verdict: Outcome = Outcome.CORRECT):
    return replace(attempt_at(skill, verdict), mode=mode)


def memory(stability: float, last: date = TODAY, due: int = 3) -> Memory:
    return Memory(stability, 5.0, last, last + timedelta(days=due))


class TestPlanOfTheDay:
    def test_new_skills_met_in_a_session_use_up_the_days_limit_and_those_of_topics_do_not(self, open_learner):
        with open_learner(COURSE) as history:
            assert len(todays_plan(history, COURSE, TODAY, None).new) == FEW_NEW
            record(history, asked("a1", Mode.TOPIC), MORNING)
            assert todays_plan(history, COURSE, TODAY, None).new == SKILLS[1 : 1 + FEW_NEW]
            record(history, asked("b1", Mode.NEW), MORNING)
            assert todays_plan(history, COURSE, TODAY, None).new == SKILLS[2 : 1 + FEW_NEW]
            tomorrow = TODAY + timedelta(days=1)
            assert len(todays_plan(history, COURSE, tomorrow, None).new) == FEW_NEW

    def test_a_skill_that_the_course_has_no_more_is_not_asked(self, open_learner):
        with open_learner(COURSE) as history:
            record(history, asked("gone", Mode.MIXED), MORNING)

            plan = todays_plan(history, COURSE, TODAY + timedelta(days=30), None)

        assert plan.due == ()
        assert exercise_for("gone", COURSE, {}, 0) is None

    def test_exercises_of_a_skill_take_turns_over_reviews_and_within_a_session(self):
        kept = {"a1": memory(3.0)}  # reviewed once

        assert [exercise_for("a1", COURSE, {}, turn).id for turn in range(3)] == ["a1", "a2", "a1"]
        assert [exercise_for("a1", COURSE, kept, turn).id for turn in range(3)] == ["a2", "a1", "a2"]

    def test_confusion_holds_both_ways(self):
        other = exercise_entry("x", "losses/x")._replace(confuses=("a1",))
        library = library_of(topic_entry("losses/a", exercise_entry("a1", "losses/a")), topic_entry("losses/x", other))

        assert confusable(library) == {"x": frozenset({"a1"}), "a1": frozenset({"x"})}

    @given(st.integers(0, 6), st.integers(0, 4), st.lists(st.booleans(), max_size=60))
    def test_the_planned_count_holds_while_answers_are_right_and_never_passes_what_comes(self, due, new, answers):
        plan = DayPlan(SKILLS[:due], SKILLS[due : due + new][: len(SKILLS) - due], ())
        session: Session = session_of(plan, COURSE)
        planned, number = session.planned, 0
        for right in [*answers, *[True] * 200]:
            item = session.next
            if item is None:
                break
            number += 1
            assert mode_of(item) is (Mode.NEW if item.why is Why.NEW else Mode.MIXED)
            before, session = session.planned, session.after(item, right=right)
            if right:
                assert session.planned == before - 1
        assert session.next is None
        assert number >= planned if all(answers[:number]) else True

    def test_a_question_that_cannot_be_drawn_is_left_out(self):
        session = session_of(DayPlan(("a1", "b1"), (), ()), COURSE)

        assert [item.skill for item in session.without(session.queue[0]).queue] == ["b1"]


class TestPlacement:
    def test_two_right_answers_place_a_skill_and_a_miss_leaves_out_what_builds_on_it(self):
        placement = placement_of(COURSE, ("d0",))
        assert placement.planned == 2 * 8
        assert placement.mode(right=True) is Mode.PLACEMENT

        once = placement.answered(right=True)
        assert (once.skill, once.mode(right=True), once.mode(right=False)) == ("a1", Mode.PLACED, Mode.PLACEMENT)
        placed = once.answered(right=True)
        assert (placed.placed, placed.skill) == (("a1",), "b1")
        missed = placed.answered(right=False)

        assert (missed.placed, missed.skill) == (("a1",), "d1")
        assert "c1" not in missed.skills

    def test_a_placed_skill_is_not_begun_again_and_a_missed_one_stays_new(self, open_learner):
        with open_learner(COURSE) as history:
            record(history, asked("a1", Mode.PLACEMENT), MORNING)
            record(history, asked("a1", Mode.PLACED), MORNING)
            record(history, asked("b1", Mode.PLACEMENT, Outcome.WRONG), MORNING)

            assert todays_plan(history, COURSE, TODAY, None).new == SKILLS[1 : 1 + FEW_NEW]


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


def test_what_was_not_met_or_has_no_memory_is_new():
    assert level_of(None) is Level.NEW
    assert level_of(SkillRecord("s", "t", 1, 0, None)) is Level.NEW


def test_a_summary_says_what_moved_and_what_is_due_tomorrow(open_learner):
    with open_learner(COURSE) as history:
        record(history, asked("a1", Mode.MIXED), MORNING - timedelta(days=4))
        before = standing(history, TODAY)
        record(history, asked("a1", Mode.MIXED), MORNING)
        record(history, asked("b1", Mode.NEW, Outcome.WRONG), MORNING)
        record(history, asked("b1", Mode.NEW), MORNING)
        found = summed(before, standing(history, TODAY), TODAY)

    assert (found.answered, found.first, found.first_right, found.active_ms) == (3, 2, 1, 1500)
    assert [(one.skill, one.before is None) for one in found.moved] == [("a1", False), ("b1", True)]
    assert (found.tomorrow, found.weakest) == (1, "b1")


class TestOutlook:
    @given(st.lists(st.integers(-40, 40), max_size=30))
    def test_the_forecast_counts_each_skill_once_and_what_is_overdue_today(self, ahead):
        memories = {str(number): memory(1.0, due=days) for number, days in enumerate(ahead)}

        found = forecast(memories, TODAY)

        assert [day for day, _ in found] == [TODAY + timedelta(days=n) for n in range(FORECAST_DAYS)]
        assert found[0][1] == sum(days <= 0 for days in ahead)
        assert sum(count for _, count in found) == sum(days < FORECAST_DAYS for days in ahead)

    def test_the_calendar_ends_today_and_shows_days_without_study(self):
        days = [(TODAY - timedelta(days=40), Count(9)), (TODAY - timedelta(days=2), Count(5)), (TODAY, Count(1))]

        found = calendar(days, TODAY)

        assert len(found) == CALENDAR_DAYS
        assert [count for _, count in found[-3:]] == [5, 0, 1]
        assert sum(count for _, count in found) == 6

    def test_a_projection_with_few_answers_is_the_models_word_and_says_so(self):
        exam = TODAY + timedelta(days=20)
        memories = {"a": memory(30.0), "b": memory(5.0)}

        found = projected(memories, exam, [Predicted(0.9, 0.95, ENOUGH - 1, 0.92, 3)])

        assert found is not None
        expected = sum(retrievability(one, exam) for one in memories.values()) / 2
        assert (found.skills, found.few, found.answers) == (2, True, ENOUGH - 1)
        assert found.recall == pytest.approx(expected)
        assert found.low < found.recall < found.high

    def test_a_projection_with_many_answers_is_corrected_by_their_error(self):
        exam = TODAY + timedelta(days=20)
        memories = {"a": memory(30.0), "b": memory(5.0)}
        plain = projected(memories, exam, [])
        found = projected(memories, exam, [Predicted(0.8, 0.9, 100, 0.85, 75)])

        assert plain is not None
        assert found is not None
        assert found.recall == pytest.approx(plain.recall - 0.10)
        assert not found.few
        assert found.high - found.low > 0

    def test_without_memories_there_is_nothing_to_project(self):
        assert projected({}, TODAY, []) is None


def test_stats_say_levels_forecast_retention_and_the_day_of_the_exam(open_learner):
    with open_learner(COURSE) as history:
        for ahead in (0, 3, 12):
            record(history, asked("a1", Mode.MIXED), MORNING + timedelta(days=ahead))
        record(history, asked("b1", Mode.NEW, Outcome.WRONG), MORNING + timedelta(days=12))
        day = TODAY + timedelta(days=12)
        found = stats(history, day, day + timedelta(days=10))
        without = stats(history, day)

    assert found["levels"] == {"begun": 1, "learned": 0, "mastered": 1}
    assert [one["level"] for one in found["memories"]] == ["mastered", "begun"]
    assert sum(one["answers"] for one in found["retention"]) == 2
    assert all(one["low"] <= one["predicted"] <= one["high"] for one in found["retention"])
    assert sum(one["due"] for one in found["forecast"]) == 1
    assert [one["attempts"] for one in found["calendar"]][-1] == 2
    assert found["by_area"]["losses"]["stability"] > 0
    assert (found["projection"]["skills"], found["projection"]["few"]) == (2, True)
    assert without["projection"] is None
