"""What a study day asks for, and what comes after what in a session."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.record import Memory
from studyapp.scheduling import retrievability
from studyapp.study.planning import LARGE_PILE, DayPlan, new_a_day, plan_day
from studyapp.study.session import Session, Why, begun

DAY = date(2026, 6, 1)
SKILLS = [f"s{n:02}" for n in range(60)]


def memory(last: int, due: int, stability: float = 5.0) -> Memory:
    """Last reviewed so many days ago, due in so many days."""
    return Memory(stability, 5.0, DAY - timedelta(days=last), DAY + timedelta(days=due))


def plan(memories: dict[str, Memory], **options: object) -> DayPlan:
    return plan_day(DAY, memories, SKILLS, retrievability, **options)  # type: ignore[arg-type]  # the tests name them


class TestPlan:
    def test_what_is_nearest_to_being_forgotten_comes_first(self):
        found = plan({"s00": memory(3, 0, 20.0), "s01": memory(9, -2, 3.0), "s02": memory(1, 4)})

        assert found.due == ("s01", "s00")

    def test_new_skills_come_in_reading_order_a_few_a_day(self):
        assert plan({"s00": memory(1, 4)}).new == ("s01", "s02", "s03", "s04")
        assert plan({"s00": memory(1, 4)}, begun=3).new == ("s01",)
        assert plan({}, begun=9).new == ()

    def test_nothing_new_while_the_pile_is_large(self):
        pile = {skill: memory(9, -1) for skill in SKILLS[: LARGE_PILE + 1]}

        assert plan(pile).new == ()
        assert plan(dict(list(pile.items())[1:])).new != ()

    @pytest.mark.parametrize(
        ("days_to_exam", "remaining", "expected"),
        [
            (None, 60, 4),
            (70, 60, 3),
            (20, 60, 6),
            (11, 60, 60),
            (10, 60, 3),
            (1, 5, 3),
            (0, 60, 4),
            (40, 90, 3),
            (40, 100, 4),
        ],
    )
    def test_an_exam_date_spreads_what_is_left_over_the_days_before_the_last_ten(
        self, days_to_exam, remaining, expected
    ):
        exam = None if days_to_exam is None else DAY + timedelta(days=days_to_exam)

        assert new_a_day(DAY, remaining, exam) == expected

    def test_every_skill_is_met_once_more_in_the_last_ten_days(self):
        exam = DAY + timedelta(days=10)
        memories = {skill: memory(5, 90) for skill in SKILLS}
        met: list[str] = []
        for passed in range(10):
            day = DAY + timedelta(days=passed)
            sweep = plan_day(day, memories, SKILLS, retrievability, exam=exam).sweep
            assert len(sweep) <= 6
            met += sweep
            memories |= {skill: Memory(5.0, 5.0, day, day + timedelta(days=90)) for skill in sweep}

        assert sorted(met) == SKILLS

    def test_no_sweep_without_an_exam_or_long_before_it(self):
        memories = {skill: memory(30, 90) for skill in SKILLS}

        assert plan(memories).sweep == ()
        assert plan(memories, exam=DAY + timedelta(days=30)).sweep == ()


def play(session: Session, answers: list[bool]) -> list[tuple[str, Why]]:
    asked = []
    for right in answers:
        item = session.next
        if item is None:
            break
        asked.append((item.skill, item.why))
        session = session.after(item, right=right)
    return asked


class TestSession:
    def test_a_first_exposure_goes_on_until_two_in_a_row_are_right(self):
        asked = play(begun((), (), ("a", "b"), {}), [True, False, True, True, True, True])

        assert [skill for skill, _ in asked] == ["a", "a", "a", "a", "b", "b"]

    def test_a_first_exposure_ends_after_six_questions(self):
        assert len(play(begun((), (), ("a",), {}), [False] * 20)) == 6

    def test_a_miss_comes_back_a_few_questions_later(self):
        asked = play(begun("abcdefg", (), (), {}), [False, *[True] * 9])

        assert [skill for skill, _ in asked] == list("abcdeafg")
        assert asked[5] == ("a", Why.MISSED)

    def test_confusable_skills_stand_side_by_side(self):
        session = begun("abcd", (), (), {"a": frozenset({"c"}), "c": frozenset({"a"})})

        assert [skill for skill, _ in play(session, [True] * 4)] == list("acbd")

    def test_reviews_hide_what_would_tell_the_method_and_first_exposures_do_not(self):
        assert begun("a", (), (), {}).mixed
        assert not begun((), (), ("a",), {}).mixed

    @given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.booleans(), max_size=40))
    def test_the_same_strategy_never_comes_twice_in_a_row_in_reviews(self, due, answers):
        asked = [skill for skill, _ in play(begun(due, (), (), {}), answers)]

        if len(due) > 1:
            # At the very end a missed skill may be all that is left.
            left_alone = [n for n in range(1, len(asked)) if asked[n] == asked[n - 1]]
            assert all(set(asked[n:]) == {asked[n]} for n in left_alone)

    @given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("xyz"), unique=True))
    def test_a_session_of_right_answers_ends_and_meets_every_skill(self, due, new):
        asked = play(begun(due, (), new, {}), [True] * 100)

        assert {skill for skill, _ in asked} == {*due, *new}
        assert len(asked) == len(due) + 2 * len(new)
