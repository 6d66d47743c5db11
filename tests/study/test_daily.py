"""What a study day asks for, and in what order."""

from datetime import date, timedelta

import pytest

from studyapp.domain.record import Memory
from studyapp.domain.verdict import Mode, Outcome
from studyapp.study.daily import FEW_NEW, LARGE_PILE, DayPlan, confusable, new_a_day, plan_day, queue_of, todays_plan

from .conftest import MORNING, TODAY, attempt_at, exercise_entry, library_of, record, topic_entry

DAY = date(2026, 6, 1)
SKILLS = [f"s{n:02}" for n in range(60)]
COURSE = library_of(topic_entry("losses/a", *(exercise_entry(f"a{n}", "losses/a") for n in range(6))))
NAMES = tuple(COURSE.skills)


def memory(last: int, due: int, stability: float = 5.0) -> Memory:
    """Last reviewed so many days ago, due in so many days."""
    return Memory(stability, 5.0, DAY - timedelta(days=last), DAY + timedelta(days=due))


def plan(memories: dict[str, Memory], **options: object) -> DayPlan:
    return plan_day(DAY, memories, SKILLS, **options)  # type: ignore[arg-type]  # the tests name them


def test_what_is_nearest_to_being_forgotten_comes_first():
    assert plan({"s00": memory(3, 0, 20.0), "s01": memory(9, -2, 3.0), "s02": memory(1, 4)}).due == ("s01", "s00")


def test_new_skills_come_in_reading_order_a_few_a_day():
    assert plan({"s00": memory(1, 4)}).new == ("s01", "s02", "s03", "s04")
    assert plan({"s00": memory(1, 4)}, begun=3).new == ("s01",)
    assert plan({}, begun=9).new == ()


def test_nothing_new_while_the_pile_is_large():
    pile = {skill: memory(9, -1) for skill in SKILLS[: LARGE_PILE + 1]}
    assert plan(pile).new == ()
    assert plan(dict(list(pile.items())[1:])).new != ()


@pytest.mark.parametrize(
    ("days_to_exam", "remaining", "expected"),
    [(None, 60, 4), (70, 60, 3), (20, 60, 6), (11, 60, 60), (10, 60, 3), (1, 5, 3), (0, 60, 4), (40, 90, 3),
     (40, 100, 4)],
)  # fmt: skip
def test_an_exam_date_spreads_what_is_left_over_the_days_before_the_last_ten(days_to_exam, remaining, expected):
    exam = None if days_to_exam is None else DAY + timedelta(days=days_to_exam)
    assert new_a_day(DAY, remaining, exam) == expected


def test_every_skill_is_met_once_more_in_the_last_ten_days_and_not_before():
    exam = DAY + timedelta(days=10)
    memories = {skill: memory(30, 90) for skill in SKILLS}
    assert plan(memories).sweep == plan(memories, exam=DAY + timedelta(days=30)).sweep == ()
    met: list[str] = []
    for passed in range(10):
        day = DAY + timedelta(days=passed)
        sweep = plan_day(day, memories, SKILLS, exam=exam).sweep
        assert len(sweep) <= 6
        met += sweep
        memories |= {skill: Memory(5.0, 5.0, day, day + timedelta(days=90)) for skill in sweep}
    assert sorted(met) == SKILLS


def test_new_skills_met_in_a_session_use_up_the_days_limit_and_those_of_topics_do_not(history):
    assert todays_plan(history, COURSE, TODAY, None).new == NAMES[:FEW_NEW]
    record(history, attempt_at(NAMES[0], mode=Mode.TOPIC), MORNING)
    assert todays_plan(history, COURSE, TODAY, None).new == NAMES[1 : 1 + FEW_NEW]
    record(history, attempt_at(NAMES[1], mode=Mode.NEW), MORNING)
    assert todays_plan(history, COURSE, TODAY, None).new == NAMES[2 : 1 + FEW_NEW]
    assert todays_plan(history, COURSE, TODAY + timedelta(days=1), None).new == NAMES[2:]


def test_a_placed_skill_is_not_begun_again_and_a_missed_one_stays_new(history):
    record(history, attempt_at("a0", mode=Mode.PLACEMENT), MORNING)
    record(history, attempt_at("a0", mode=Mode.PLACED), MORNING)
    record(history, attempt_at("a1", Outcome.WRONG, mode=Mode.PLACEMENT), MORNING)
    assert todays_plan(history, COURSE, TODAY, None).new == NAMES[1 : 1 + FEW_NEW]


def test_a_skill_that_the_course_has_no_more_is_not_asked(history):
    record(history, attempt_at("gone", mode=Mode.MIXED), MORNING)
    assert todays_plan(history, COURSE, TODAY + timedelta(days=30), None).due == ()


def test_confusable_skills_stand_side_by_side_whichever_names_the_other():
    other = exercise_entry("x", "losses/x")._replace(confuses=("a1",))
    library = library_of(topic_entry("losses/a", exercise_entry("a1", "losses/a")), topic_entry("losses/x", other))
    confuses = confusable(library)
    assert confuses == {"x": frozenset({"a1"}), "a1": frozenset({"x"})}
    queue = queue_of(DayPlan(("a1", "b", "x", "d"), ("n",), ()), confuses)
    assert [item.skill for item in queue] == ["a1", "x", "b", "d", "n"]
