"""What a study day asks for, and in what order."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest

from studyapp.domain.record import Memory, Recent
from studyapp.domain.verdict import Mode, Outcome
from studyapp.history.event import Lesson
from studyapp.study.daily import MOST_WEAK, DayPlan, Why, confusable, plan_day, queue_of, todays_plan
from studyapp.study.pace import LESSON, MINUTE, QUESTION, USUAL, Budget, Pace, pace_of, questions_of_block
from studyapp.study.planning import Outlook, days_ahead, outlook_of
from studyapp.study.settings import Settings

from .conftest import MORNING, TODAY, attempt_at, exercise_entry, library_of, record, topic_entry

DAY = date(2026, 6, 1)
SKILLS = [f"s{n:02}" for n in range(60)]
COURSE = library_of(topic_entry("losses/a", *(exercise_entry(f"a{n}", "losses/a") for n in range(6))))
NAMES = tuple(COURSE.skills)


def memory(last: int, due: int, stability: float = 5.0) -> Memory:
    """Last reviewed so many days ago, due in so many days."""
    return Memory(stability, 5.0, DAY - timedelta(days=last), DAY + timedelta(days=due))


def plan(memories: dict[str, Memory], minutes: float = 20, settings: Settings = Settings(), **options) -> DayPlan:  # noqa: B008 — a value
    return plan_day(DAY, memories, SKILLS, Budget(minutes * MINUTE), settings, **options)


def test_what_is_nearest_to_being_forgotten_comes_first():
    assert plan({"s00": memory(3, 0, 20.0), "s01": memory(9, -2, 3.0), "s02": memory(1, 4)}).due == ("s01", "s00")


def test_new_skills_come_in_reading_order_until_the_time_is_used():
    day = plan({"s00": memory(1, 4)})
    assert day.new == tuple(SKILLS[1 : 1 + len(day.new)])
    assert 0.9 * 20 <= day.planned / MINUTE <= 1.1 * 20
    assert len(plan({}, minutes=60).new) > 2 * len(day.new)
    assert plan({}, minutes=0).new == ()
    assert len(plan({}, settings=Settings(new_a_day=2)).new) == 2
    assert [item.why for item in day.later] == [Why.NEW] * (59 - len(day.new))


def test_reviews_come_first_and_what_does_not_fit_comes_later():
    pile = {skill: memory(9, -1) for skill in SKILLS[:50]}
    day = plan(pile)
    assert day.new == ()
    assert len(day.due) * USUAL.review == pytest.approx(20 * MINUTE, abs=USUAL.review)
    assert [item.why for item in day.later] == [Why.DUE] * (50 - len(day.due)) + [Why.NEW] * 10


def test_where_nothing_is_left_more_is_what_is_nearest_to_being_forgotten():
    known = {skill: memory(3, 30, stability=float(number + 1)) for number, skill in enumerate(SKILLS)}
    assert plan(known).skills == ()
    assert plan(known, weak=True).sweep == tuple(SKILLS[:MOST_WEAK])


def test_a_pace_is_what_is_usual_until_answers_say_otherwise():
    assert pace_of([]) == Pace(QUESTION, LESSON, 1.25, questions_of_block(0.8))
    slow = pace_of([Recent("mixed", 990, 495, 990 * 90_000), Recent("new", 190, 95, 190 * 90_000)])
    assert slow.question == pytest.approx(90_000, rel=0.01)
    assert slow.per_review == pytest.approx(2, rel=0.02)
    assert questions_of_block(1.0) == 2
    assert questions_of_block(0.0) == 6


def test_every_skill_is_met_once_more_in_the_last_ten_days_and_not_before():
    exam = DAY + timedelta(days=10)
    memories = {skill: memory(30, 90) for skill in SKILLS}
    assert plan(memories).sweep == plan(memories, settings=Settings(exam_date=DAY + timedelta(days=30))).sweep == ()

    met: list[str] = []
    for passed in range(10):
        day = DAY + timedelta(days=passed)
        sweep = plan_day(day, memories, SKILLS, Budget(), Settings(exam_date=exam)).sweep
        assert len(sweep) <= 6
        met += sweep
        memories |= {skill: Memory(5.0, 5.0, day, day + timedelta(days=90)) for skill in sweep}
    assert sorted(met) == SKILLS


def test_new_skills_met_in_a_session_use_up_the_days_limit_and_those_of_topics_do_not(history):
    two_a_day = Settings(new_a_day=2)
    assert todays_plan(history, COURSE, TODAY, two_a_day).new == NAMES[:2]
    record(history, attempt_at(NAMES[0], mode=Mode.TOPIC), MORNING)
    assert todays_plan(history, COURSE, TODAY, two_a_day).new == NAMES[1:3]
    record(history, attempt_at(NAMES[1], mode=Mode.NEW), MORNING)
    assert todays_plan(history, COURSE, TODAY, two_a_day).new == NAMES[2:3]
    assert todays_plan(history, COURSE, TODAY, two_a_day, more=True).new == NAMES[2:4]
    assert todays_plan(history, COURSE, TODAY + timedelta(days=1), two_a_day).new == NAMES[2:4]


def test_a_placed_skill_is_not_begun_again_and_a_missed_one_stays_new(history):
    record(history, attempt_at("a0", mode=Mode.PLACEMENT), MORNING)
    record(history, attempt_at("a0", mode=Mode.PLACED), MORNING)
    record(history, attempt_at("a1", Outcome.WRONG, mode=Mode.PLACEMENT), MORNING)

    assert todays_plan(history, COURSE, TODAY, Settings()).new == NAMES[1:]


def test_what_was_spent_today_is_taken_from_the_days_minutes(history):
    assert todays_plan(history, COURSE, TODAY, Settings()).budget.limit == 20 * MINUTE
    history.lesson(Lesson("a0", "losses/a", 12 * MINUTE), at=MORNING, day=TODAY)
    record(history, replace(attempt_at("a0"), active_ms=3 * MINUTE), MORNING)
    assert todays_plan(history, COURSE, TODAY, Settings()).budget.limit == 5 * MINUTE
    assert history.lessons(TODAY) == {"a0"}
    record(history, replace(attempt_at("a1"), active_ms=30 * MINUTE), MORNING)
    assert todays_plan(history, COURSE, TODAY, Settings()).skills == ()
    assert todays_plan(history, COURSE, TODAY, Settings(), more=True).new == NAMES[2:4]


def test_the_days_ahead_meet_every_skill_and_say_when(history):
    settings = Settings(minutes=10)
    days = list(islice(days_ahead(history, COURSE, TODAY, settings), 4))
    assert [day for day, _ in days] == [TODAY + timedelta(days=ahead) for ahead in range(4)]
    met = [skill for _, plan in days for skill in plan.new]
    assert met == list(NAMES)
    last = next(day for day, plan in days if NAMES[-1] in plan.new)
    assert outlook_of(days, iter(()), history, COURSE, settings) == Outlook(last, 0)
    tight = replace(settings, exam_date=TODAY + timedelta(days=1))
    assert outlook_of(days, iter(()), history, COURSE, tight).left == len(NAMES) - len(days[0][1].new)


def test_a_skill_that_the_course_has_no_more_is_not_asked(history):
    record(history, attempt_at("gone", mode=Mode.MIXED), MORNING)

    assert todays_plan(history, COURSE, TODAY + timedelta(days=30), Settings()).due == ()


def test_confusable_skills_stand_side_by_side_whichever_names_the_other():
    other = exercise_entry("x", "losses/x")._replace(confuses=("a1",))
    library = library_of(topic_entry("losses/a", exercise_entry("a1", "losses/a")), topic_entry("losses/x", other))
    confuses = confusable(library)

    assert confuses == {"x": frozenset({"a1"}), "a1": frozenset({"x"})}
    queue = queue_of(DayPlan(("a1", "b", "x", "d"), ("n",), ()), confuses)
    assert [item.skill for item in queue] == ["a1", "x", "b", "d", "n"]
