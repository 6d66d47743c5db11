"""Rounds: chosen turns, the session of the day, placement. One mechanism for the app and for line mode."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.record import Memory
from studyapp.domain.verdict import Help, Mode, Outcome
from studyapp.study.daily import DayPlan, Item, Why, queue_of, todays_plan
from studyapp.study.pace import MINUTE, USUAL, Budget
from studyapp.study.practice import Turn
from studyapp.study.rounds import DayRound, TopicRound, day_round, exercise_for, placement_round
from studyapp.study.settings import Settings

from .conftest import MORNING, TODAY, attempt_at, exercise_entry, library_of, record, topic_entry

LATER = TODAY + timedelta(days=40)
COURSE = library_of(
    topic_entry("losses/a", *(exercise_entry(name, "losses/a") for name in ("one", "two"))),
    topic_entry("losses/b", exercise_entry("three", "losses/b"), requires=("losses/a",)),
    topic_entry("losses/c", exercise_entry("four", "losses/c"), requires=("losses/b",)),
)


def session(history, day=TODAY):
    return day_round(todays_plan(history, COURSE, day, Settings()), history, COURSE, 10)


def learned(history):
    for skill in COURSE.skills:
        record(history, attempt_at(skill), MORNING)


def test_chosen_turns_come_in_their_order_whatever_is_answered():
    begun = TopicRound((Turn("a", 1), Turn("b", 2)))
    assert begun.mode(right=True) is Mode.TOPIC
    assert begun.after(right=False).turn == begun.again().turn == begun.without().turn == Turn("b", 2)
    assert begun.planned == 2
    assert begun.after(right=True).after(right=True).turn is None


class TestOrder:
    """What comes after what, by skills alone."""

    @staticmethod
    def begun(due="", new=""):
        return DayRound(queue_of(DayPlan(tuple(due), tuple(new), ()), {}), COURSE, {}, {}, 0)

    @staticmethod
    def play(begun, answers):
        asked = []
        for right in answers:
            if begun.item is None:
                break
            asked.append((begun.item.skill, begun.item.why))
            begun = begun.after(right=right)
        return asked

    @pytest.mark.parametrize(
        ("due", "new", "answers", "asked"),
        [
            ("", "ab", "oxoooo", "aaaabb"),  # a first exposure goes on until two in a row are right
            ("", "a", 20 * "x", "aaaaaa"),  # or for six questions
            ("abcdefg", "", "x" + 9 * "o", "abcdeafg"),  # a miss comes back a few questions later
        ],
    )
    def test_misses_and_first_exposures_come_again(self, due, new, answers, asked):
        assert [skill for skill, _ in self.play(self.begun(due, new), [sign == "o" for sign in answers])] == list(asked)

    def test_a_miss_that_comes_back_says_so(self):
        assert self.play(self.begun("a"), [False, True])[1] == ("a", Why.MISSED)

    def test_reviews_hide_what_would_give_the_method_away_and_first_exposures_do_not(self):
        assert self.begun("a").mixed
        assert not self.begun(new="a").mixed

    @given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.booleans(), max_size=40))
    def test_the_same_strategy_never_comes_twice_in_a_row_in_reviews(self, due, answers):
        asked = [skill for skill, _ in self.play(self.begun(due), answers)]
        if len(due) > 1:
            # At the very end a missed skill may be all that is left.
            left_alone = [n for n in range(1, len(asked)) if asked[n] == asked[n - 1]]
            assert all(set(asked[n:]) == {asked[n]} for n in left_alone)

    @given(st.integers(0, 6), st.integers(0, 4), st.lists(st.booleans(), max_size=60))
    def test_the_planned_count_holds_while_answers_are_right_and_every_skill_is_met(self, due, new, answers):
        skills = "abcdefghij"[: due + new]
        begun = self.begun(skills[:due], skills[due:])
        planned, met = begun.planned, []
        assert planned == due + 2 * new
        for right in [*answers, *[True] * 200]:
            item = begun.item
            if item is None:
                break
            met.append(item.skill)
            assert begun.mode(right=right) is (Mode.NEW if item.why is Why.NEW else Mode.MIXED)
            before, begun = begun.planned, begun.after(right=right)
            assert not right or begun.planned == before - 1
        assert begun.item is None
        assert set(met) == set(skills)
        assert len(met) >= planned or not all(answers[: len(met)])


def test_a_first_exposure_goes_on_under_ever_new_seeds(history):
    begun = session(history)
    asked = []
    for right in (True, False, True, True):
        asked.append(begun.turn)
        assert begun.mode(right=right) is Mode.NEW
        begun = begun.after(right=right)
    assert asked == [Turn("one", 10 + number) for number in range(4)]
    assert begun.turn == Turn("two", 14)


def test_a_miss_among_what_is_due_comes_back_as_a_fresh_question(history):
    learned(history)
    begun = session(history, LATER)
    first = begun.turn
    begun, asked = begun.after(right=False), [first]
    while begun.turn is not None:
        asked.append(begun.turn)
        begun = begun.after(right=True)
    assert sorted(turn.exercise for turn in asked) == sorted([*COURSE.skills, first.exercise])
    assert asked[-1].exercise == first.exercise
    assert len({turn.seed for turn in asked}) == 5


def test_exercises_of_a_skill_take_turns_over_reviews_and_within_a_session():
    skill = [exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a", skill="a1")]
    library = library_of(topic_entry("losses/a", *skill))
    kept = {"a1": Memory(3.0, 5.0, TODAY, TODAY)}  # reviewed once
    assert [exercise_for("a1", library, {}, turn).id for turn in range(3)] == ["a1", "a2", "a1"]
    assert [exercise_for("a1", library, kept, turn).id for turn in range(3)] == ["a2", "a1", "a2"]
    assert exercise_for("gone", library, {}, 0) is None


def test_an_answer_that_was_taken_back_is_asked_for_again(history):
    tried = placement_round(history, COURSE, 1)
    assert session(history).again().turn == Turn("one", 11)
    assert tried.again() == replace(tried, met=("one",))


def test_what_cannot_be_drawn_is_left_out(history):
    assert session(history).without().turn.exercise == "two"


def test_a_slip_that_waits_is_to_be_possible_in_the_question(history):
    record(history, attempt_at("two", Outcome.WRONG), MORNING)
    assert session(history, TODAY + timedelta(days=1)).turn == Turn("two", 10, "sign")


def test_a_placement_takes_two_right_answers_for_knowledge_and_leaves_what_builds_on_a_miss(history):
    record(history, attempt_at("two"), MORNING)
    begun = placement_round(history, COURSE, 1)
    assert begun.planned == 2 * 3
    assert [begun.mode(right=right) for right in (True, False)] == [Mode.PLACEMENT, Mode.PLACEMENT]
    begun = begun.after(right=True)
    assert [begun.mode(right=right) for right in (True, False)] == [Mode.PLACED, Mode.PLACEMENT]
    begun = begun.after(right=True)
    assert (begun.placed, begun.turn) == (("one",), Turn("three", 3))
    assert begun.after(right=False).turn is None


class TestASessionThatWasLeft:
    """After the app has ended, what was queued again comes out of the history."""

    @staticmethod
    def answer(history, begun, right, day):
        verdict = Outcome.CORRECT if right else Outcome.WRONG
        attempt = attempt_at(begun.turn.exercise, verdict, mode=begun.mode(right=right))
        record(history, attempt, MORNING + (day - TODAY))
        return begun.after(right=right)

    @pytest.mark.parametrize("answers", ["x", "xo", "xoo", "xox", "o", "ox", "xxo", "xxxx", "oox"])
    def test_asks_the_same_skills_as_if_it_had_not_been_left(self, history, answers):
        learned(history)
        begun = session(history, LATER)
        for sign in answers:
            begun = self.answer(history, begun, sign == "o", LATER)
        again = session(history, LATER)
        assert sorted(item.skill for item in again.queue) == sorted(item.skill for item in begun.queue)

    @pytest.mark.parametrize("answers", ["o", "x", "xo", "oxo", "oo", "xxxxxx", "oox"])
    def test_goes_on_with_the_first_exposure_where_it_was(self, history, answers):
        begun = session(history)
        for sign in answers:
            begun = self.answer(history, begun, sign == "o", TODAY)
        assert session(history).queue == begun.queue

    def test_is_over_when_it_was_over(self, history):
        begun = session(history)
        while begun.turn is not None:
            begun = self.answer(history, begun, True, TODAY)
        assert todays_plan(history, COURSE, TODAY, Settings()).skills == ()

    def test_asks_nothing_again_that_was_missed_outside_of_it_or_yesterday(self, history):
        learned(history)
        for mode in (Mode.TOPIC, Mode.EXAM, Mode.PLACEMENT):
            record(history, attempt_at("one", Outcome.WRONG, mode=mode), MORNING)
        record(history, attempt_at("two", Outcome.WRONG, mode=Mode.MIXED), MORNING)
        assert [item.skill for item in todays_plan(history, COURSE, TODAY, Settings()).resumed] == ["two"]
        assert todays_plan(history, COURSE, TODAY + timedelta(days=1), Settings()).resumed == ()

    def test_an_answer_with_a_step_shown_is_no_right_one(self, history):
        record(history, attempt_at("one"), MORNING)
        record(history, attempt_at("one", taken=Help.SHOWN, mode=Mode.MIXED), MORNING)
        assert [item.skill for item in todays_plan(history, COURSE, TODAY, Settings()).resumed] == ["one"]


class TestTime:
    """A session goes on until its time is used; a new skill is taught before it is asked."""

    MINUTES = Budget(20 * MINUTE)

    @classmethod
    def begun(cls, **changes):
        queue, later = (Item("one", Why.NEW),), (Item("two", Why.DUE), Item("three", Why.NEW))
        return DayRound(**({"queue": queue, "library": COURSE, "memories": {}, "waiting": {}, "seed": 0, "later": later,
                            "budget": cls.MINUTES} | changes))  # fmt: skip

    def test_the_section_of_a_new_skill_comes_before_its_first_question_and_once(self):
        begun = self.begun()
        assert begun.lesson == COURSE.skills["one"][0]
        assert begun.after_lesson().lesson is None
        assert begun.after_lesson().after(right=False).lesson is None
        assert self.begun(taught=frozenset({"one"})).lesson is None
        assert self.begun(queue=(Item("one", Why.DUE),)).lesson is None

    def test_a_new_skill_can_be_put_off(self):
        assert self.begun().put_off().queue == ()

    def test_what_is_later_follows_while_there_is_time(self):
        empty = self.begun(queue=(), met=("one",))
        assert empty.continued(0).queue == empty.later[:1]
        assert empty.continued(self.MINUTES.limit).queue == ()

    def test_minutes_that_are_too_few_for_a_new_skill_go_to_what_was_met_first(self):
        late = self.MINUTES.limit - USUAL.question
        new = self.begun(queue=(), met=("two", "one", "two"), later=(Item("three", Why.NEW),))
        assert new.continued(0).queue == new.later
        assert [item.skill for item in new.continued(late).queue] == ["one"]
        assert new.continued(late).later == new.later
