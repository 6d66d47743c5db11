"""Rounds: chosen turns, the session of the day, placement. One mechanism for the app and for line mode."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from studyapp.domain.verdict import Help, Mode, Outcome
from studyapp.scheduling import study_day
from studyapp.study.daily import todays_plan
from studyapp.study.practice import Turn
from studyapp.study.rounds import TopicRound, day_round, placement_round
from tests.study.conftest import MORNING, attempt_at, exercise_entry, library_of, record, topic_entry

DAY = study_day(MORNING)


@pytest.fixture
def library():
    return library_of(
        topic_entry("losses/a", *(exercise_entry(name, "losses/a") for name in ("one", "two"))),
        topic_entry("losses/b", exercise_entry("three", "losses/b"), requires=("losses/a",)),
    )


def session(history, library, day=DAY):
    return day_round(todays_plan(history, library, day, None), history, library, 10)


def test_chosen_turns_come_in_their_order_whatever_is_answered():
    begun = TopicRound((Turn("a", 1), Turn("b", 2)))
    assert begun.mode(right=True) is Mode.TOPIC
    assert begun.after(right=False).turn == begun.again().turn == begun.without().turn == Turn("b", 2)
    assert begun.planned == 2
    assert begun.after(right=True).after(right=True).turn is None


def test_a_first_exposure_goes_on_until_two_in_a_row_are_right_under_ever_new_seeds(open_learner, library):
    with open_learner(library) as history:
        begun = session(history, library)
    asked = []
    for right in (True, False, True, True):
        asked.append(begun.turn)
        assert begun.mode(right=right) is Mode.NEW
        assert not begun.mixed
        begun = begun.after(right=right)
    assert asked == [Turn("one", 10 + number) for number in range(4)]
    assert begun.turn == Turn("two", 14)


def test_a_miss_among_what_is_due_comes_back_as_a_fresh_question_and_never_twice_in_a_row(open_learner, library):
    with open_learner(library) as history:
        for skill in ("one", "two", "three"):
            record(history, attempt_at(skill), MORNING)
        begun = session(history, library, DAY + timedelta(days=40))
    first = begun.turn
    assert begun.mixed
    begun = begun.after(right=False)
    asked = [first]
    while begun.turn is not None:
        asked.append(begun.turn)
        begun = begun.after(right=True)
    names = [turn.exercise for turn in asked]
    assert sorted(names) == sorted(["one", "two", "three", first.exercise])
    assert names[-1] == first.exercise
    assert len({turn.seed for turn in asked}) == 4


def test_an_answer_that_was_taken_back_is_asked_for_again(open_learner, library):
    with open_learner(library) as history:
        begun = session(history, library)
        tried = placement_round(history, library, 1)
    assert begun.again().turn == Turn("one", 11)
    assert tried.again().turn == Turn("one", 2)
    assert tried.again().placement == tried.placement


def test_what_cannot_be_drawn_is_left_out(open_learner, library):
    with open_learner(library) as history:
        begun = session(history, library)
    assert begun.without().turn.exercise == "two"


def test_a_slip_that_waits_is_to_be_possible_in_the_question(open_learner, library):
    with open_learner(library) as history:
        record(history, attempt_at("two", Outcome.WRONG), MORNING)
        begun = session(history, library, DAY + timedelta(days=1))
    assert begun.turn == Turn("two", 10, "sign")


def test_a_placement_takes_two_right_answers_for_knowledge_and_leaves_what_builds_on_a_miss(open_learner, library):
    with open_learner(library) as history:
        begun = placement_round(history, library, 1)
    assert [begun.mode(right=right) for right in (True, False)] == [Mode.PLACEMENT, Mode.PLACEMENT]
    begun = begun.after(right=True)
    assert begun.mode(right=True) is Mode.PLACED
    begun = begun.after(right=True)
    assert begun.placement.placed == ("one",)
    assert begun.turn == Turn("two", 3)
    assert begun.after(right=False).turn is None


class TestASessionThatWasLeft:
    """After the app has ended, what was queued again comes out of the history."""

    @staticmethod
    def answer(history, library, begun, right, day):
        verdict = Outcome.CORRECT if right else Outcome.WRONG
        attempt = replace(attempt_at(begun.turn.exercise, verdict), mode=begun.mode(right=right))
        record(history, attempt, MORNING + (day - DAY))
        return begun.after(right=right)

    @pytest.mark.parametrize("answers", ["x", "xo", "xoo", "xox", "o", "ox", "xxo", "xxxx", "oox"])
    def test_asks_the_same_skills_as_if_it_had_not_been_left(self, open_learner, library, answers):
        day = DAY + timedelta(days=40)
        with open_learner(library) as history:
            for skill in ("one", "two", "three"):
                record(history, attempt_at(skill), MORNING)
            begun = session(history, library, day)
            for sign in answers:
                begun = self.answer(history, library, begun, sign == "o", day)
            again = session(history, library, day)
        assert sorted(one.skill for one in again.session.queue) == sorted(one.skill for one in begun.session.queue)

    @pytest.mark.parametrize("answers", ["o", "x", "xo", "oxo", "oo", "xxxxxx", "oox"])
    def test_goes_on_with_the_first_exposure_where_it_was(self, open_learner, library, answers):
        with open_learner(library) as history:
            begun = session(history, library)
            for sign in answers:
                begun = self.answer(history, library, begun, sign == "o", DAY)
            again = session(history, library)
        assert again.session.queue == begun.session.queue

    def test_is_over_when_it_was_over(self, open_learner, library):
        with open_learner(library) as history:
            begun = session(history, library)
            while begun.turn is not None:
                begun = self.answer(history, library, begun, True, DAY)
            assert todays_plan(history, library, DAY, None).skills == ()

    def test_asks_nothing_again_that_was_missed_outside_of_it_or_yesterday(self, open_learner, library):
        with open_learner(library) as history:
            for skill in ("one", "two", "three"):
                record(history, attempt_at(skill), MORNING)
            for mode in (Mode.TOPIC, Mode.EXAM, Mode.PLACEMENT):
                record(history, replace(attempt_at("one", Outcome.WRONG), mode=mode), MORNING)
            record(history, replace(attempt_at("two", Outcome.WRONG), mode=Mode.MIXED), MORNING)
            assert [one.skill for one in todays_plan(history, library, DAY, None).resumed] == ["two"]
            assert todays_plan(history, library, DAY + timedelta(days=1), None).resumed == ()

    def test_an_answer_with_a_step_shown_is_no_right_one(self, open_learner, library):
        with open_learner(library) as history:
            record(history, attempt_at("one"), MORNING)
            shown = attempt_at("one", help=Help.SHOWN)
            record(history, replace(shown, mode=Mode.MIXED), MORNING)
            assert [one.skill for one in todays_plan(history, library, DAY, None).resumed] == ["one"]
