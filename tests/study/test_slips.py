"""Slips are remembered by exercise, come back in a session, and lead to a question in which they can be made again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from studyapp.domain.question import ExpressionKey, KnownMistake, Step
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Mode, Outcome, Part
from studyapp.study.daily import FEW_SLIPS, Why, queue_of, todays_plan, waiting_slips
from studyapp.study.rounds import exercise_for
from studyapp.study.settings import Settings
from studyapp.study.slips import (
    OTHER_SLIP,
    Slip,
    can_be_made,
    mistake_sentence,
    mistake_sentences,
    mistake_text,
    open_slips,
    slips,
)

from .conftest import MORNING, TODAY, attempt_at, exercise_entry, library_of, question, record, topic_entry

COURSE = library_of(
    topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a", skill="a1")),
    topic_entry("losses/b", *(exercise_entry(f"b{n}", "losses/b") for n in range(6))),
)


def wrong(skill: str, mistake: str | None, exercise: str = ""):
    part = Part("answer", skill, "1", Outcome.WRONG, mistake)
    return replace(attempt_at(skill, mode=Mode.TOPIC), exercise=exercise or skill, parts=(part,))


def made(history, library=COURSE):
    return slips(history.mistakes(), library)


class TestWhatIsRemembered:
    def test_each_slip_is_told_with_where_how_often_and_when_the_most_frequent_first(self, history):
        record(history, wrong("a1", "sign", "a2"), MORNING)
        record(history, wrong("a1", "sign", "a1"), MORNING)
        record(history, wrong("b0", "factor"), MORNING)
        record(history, wrong("a1", "sign", "a2"), MORNING + timedelta(days=2))
        assert made(history) == (
            Slip("a1", "a2", "losses/a", "sign", 2, TODAY + timedelta(days=2)),
            Slip("b0", "b0", "losses/b", "factor", 1, TODAY),
            Slip("a1", "a1", "losses/a", "sign", 1, TODAY),
        )

    def test_a_right_answer_and_a_wrong_one_without_a_name_are_no_slips(self, history):
        record(history, attempt_at("a1"), MORNING)
        record(history, wrong("b0", None), MORNING)
        assert made(history) == ()

    def test_a_slip_stands_under_the_names_that_exercise_and_topic_have_today(self, open_learner):
        with open_learner(COURSE) as history:
            record(history, wrong("b0", "sign"), MORNING)
        moved = library_of(topic_entry("other/c", exercise_entry("c0", "other/c", aliases=("b0",))))
        with open_learner(moved) as history:
            record(history, wrong("c0", "sign"), MORNING)
            assert made(history, moved) == (Slip("c0", "c0", "other/c", "sign", 2, TODAY),)

    @pytest.mark.parametrize("taken", ["undo", "regrade"])
    def test_what_was_taken_back_or_called_right_is_forgotten(self, history, taken):
        record(history, wrong("a1", "sign", "a2"), MORNING)
        event = record(history, wrong("a1", "sign", "a1"), MORNING)
        if taken == "undo":
            history.undo(event.id, at=MORNING, day=MORNING.date())
        else:
            history.regrade(event.id, Outcome.CORRECT, at=MORNING, day=MORNING.date())
        assert [slip.exercise for slip in made(history)] == ["a2"]


class TestReturning:
    def test_a_slip_waits_until_its_skill_is_recalled_on_a_later_day(self, history):
        record(history, wrong("a1", "sign"), MORNING)
        record(history, attempt_at("a1"), MORNING)  # the same day, with the answer fresh in mind
        assert [slip.mistake for slip in open_slips(made(history), history.skills())] == ["sign"]
        record(history, attempt_at("a1"), MORNING + timedelta(days=1))
        assert open_slips(made(history), history.skills()) == ()
        record(history, wrong("a1", "factor"), MORNING + timedelta(days=5))
        waiting = open_slips(made(history), history.skills())
        assert [slip.mistake for slip in waiting] == ["factor", "sign"]  # lost again: what it was lost by before

    def test_a_session_returns_to_a_slip_before_its_skill_is_due(self, history):
        record(history, attempt_at("b0"), MORNING)
        record(history, wrong("b0", "sign"), MORNING)  # no first answer, so that memory does not show it
        today, tomorrow = TODAY, TODAY + timedelta(days=1)
        assert todays_plan(history, COURSE, today, Settings()).slips == ()
        plan = todays_plan(history, COURSE, tomorrow, Settings())
        assert (plan.due, plan.slips) == ((), ("b0",))
        assert queue_of(plan, {})[0].why is Why.SLIP
        record(history, attempt_at("b0", mode=Mode.MIXED), MORNING + timedelta(days=1))
        assert todays_plan(history, COURSE, tomorrow, Settings()).slips == ()

    def test_what_is_due_anyway_is_not_asked_twice_and_few_slips_come_early(self, history):
        for number in range(5):
            record(history, attempt_at(f"b{number}"), MORNING)
            record(history, wrong(f"b{number}", "sign"), MORNING)
        record(history, wrong("a1", "sign"), MORNING)
        plan = todays_plan(history, COURSE, TODAY + timedelta(days=1), Settings())
        assert plan.due == ("a1",)
        assert len(plan.slips) == FEW_SLIPS
        assert len(set(plan.skills)) == len(plan.skills)

    def test_a_skill_is_asked_by_the_exercise_in_which_the_latest_slip_was_made(self, history):
        record(history, wrong("a1", "factor", "a1"), MORNING)
        record(history, wrong("a1", "sign", "a2"), MORNING + timedelta(days=1))
        waiting = waiting_slips(history, COURSE)
        assert waiting["a1"].mistake == "sign"
        for asked in range(3):
            assert exercise_for("a1", COURSE, history.memories(), asked, waiting["a1"]).id == "a2"
        assert waiting_slips(history, library_of(topic_entry("losses/a"))) == {}  # without its exercise


def test_a_slip_can_be_made_where_a_question_or_one_of_its_steps_foresees_it():
    plain = question(mistakes=(KnownMistake("sign", "-1"),))
    step = Step(ask="?", key=ExpressionKey("y", {}, {}), answer="y", skill="s", mistakes=(KnownMistake("chain", "2"),))
    assert can_be_made(plain, "sign")
    assert not can_be_made(plain, "chain")
    assert can_be_made(question(steps=(step,)), "chain")
    assert not can_be_made(question(), "sign")


class TestSentences:
    KEY = (
        "id: a1\nkind: number\ndraw:\n  a: pick(2)\nanswer: a\ncheck: a\ndigits: 1\n"
        "mistakes:\n  no-half: 2 * a\n  plain: 3 * a"
    )
    ITEMS = (
        "### 誤答\n- `no-half` — $y = f(x)。$ を `a. b` の {{ a }} 倍にしている。半分にする。\n"
        "- `plain` — Doubled, e.g.3 times. Halve it."
    )

    def test_an_authors_mistake_is_told_by_the_first_sentence_of_its_item(self, exercise_from):
        exercise = exercise_from("$ {{ a }} $", self.KEY, self.ITEMS)
        assert mistake_sentence("no-half", exercise) == "$y = f(x)。$ を `a. b` の a 倍にしている。"
        assert mistake_sentence("plain", exercise) == "Doubled, e.g.3 times."
        assert mistake_sentence("sign", exercise) == mistake_sentence("sign", None) == mistake_text("sign") != "sign"

    def test_a_slip_planted_into_a_network_is_told_by_its_first_sentence(self, exercise_from):
        network = (
            "id: n\nkind: derivation\nnetwork:\n  layers: [1, 1]\n  hidden: [tanh]\n  output:\n"
            "    - identity, half_sse\nsteps:\n  - target: dE/du1_1"
        )
        assert mistake_sentence("ascent", exercise_from("問い", network)) == "勾配の向きに進んでいる。"
        assert mistake_sentence("ascent", None) == OTHER_SLIP()

    def test_every_slip_that_was_made_has_its_sentence(self, history):
        set_language("en")
        record(history, wrong("a1", "sign", "a2"), MORNING)
        sentences = mistake_sentences(made(history), COURSE)
        assert list(sentences.values()) == [mistake_text("sign")]  # a page that is gone has no sentences of its own
