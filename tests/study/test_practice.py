"""Which questions come, and what an answer leads to."""

from __future__ import annotations

from datetime import date

import pytest

from studyapp.domain.record import Memory, Rating
from studyapp.domain.verdict import Attempt, Help, Outcome, Verdict
from studyapp.scheduling import worst_rating
from studyapp.study.practice import Ask, Asking, Turn, asking, cycle, in_turn, steps_given

from .conftest import question

CORRECT, WRONG = Verdict(Outcome.CORRECT), Verdict(Outcome.WRONG, mistake="sign")
ROUNDING = Verdict(Outcome.ROUNDING)


def attempt_of(step: Asking | Attempt) -> Attempt:
    assert isinstance(step, Attempt)
    return step


def asked(step: Asking | Attempt) -> Asking:
    assert isinstance(step, Asking)
    return step


def test_exercises_come_in_page_order_over_and_over_each_with_the_next_seed():
    assert cycle(["a", "b"], 5, 5) == (Turn("a", 5), Turn("b", 6), Turn("a", 7), Turn("b", 8), Turn("a", 9))
    assert cycle([], 5, 5) == ()


def test_a_round_of_what_is_due_asks_each_once():
    assert in_turn(["a", "b"], 5, 5) == (Turn("a", 5), Turn("b", 6))
    assert in_turn(["a", "b"], 5, 1) == (Turn("a", 5),)


@pytest.mark.parametrize("verdict", [CORRECT, WRONG])
def test_a_right_or_wrong_answer_ends_the_question(verdict):
    attempt = attempt_of(asking(question()).after("0.5", verdict, active_ms=1200))

    (part,) = attempt.parts
    assert (part.ask, part.skill, part.answer) == ("answer", "ce", "0.5")
    assert (part.verdict, part.mistake, part.help) == (verdict.outcome, verdict.mistake, Help.NONE)
    assert (attempt.exercise, attempt.seed, attempt.key, attempt.active_ms) == ("ce-onehot", 7, "0.5108", 1200)
    assert (attempt.hints, attempt.tries) == (0, 1)


@pytest.mark.parametrize("outcome", [Outcome.UNREADABLE, Outcome.UNDECIDED])
def test_what_cannot_be_read_or_decided_is_asked_again_and_is_no_attempt(outcome):
    once = asking(question())

    assert once.after("(", Verdict(outcome)) == once


def test_the_first_rounding_is_asked_again_and_costs_nothing():
    again = asked(asking(question()).after("0.5", ROUNDING))
    attempt = attempt_of(again.after("0.5108", CORRECT))

    assert worst_rating(attempt.parts, attempt.tries) is Rating.GOOD


def test_the_second_rounding_in_one_question_is_an_attempt():
    once = asked(asking(question()).after("0.5", ROUNDING))
    unread = asked(once.after("(", Verdict(Outcome.UNREADABLE)))
    attempt = attempt_of(unread.after("0.51", ROUNDING))

    assert attempt.parts[0].verdict is Outcome.ROUNDING
    assert worst_rating(attempt.parts, attempt.tries) is Rating.AGAIN


def test_the_first_hint_is_a_nudge_and_the_second_shows_a_step():
    none = asking(question())
    one, two = none.with_hint(), none.with_hint().with_hint()

    assert (none.next_hint, one.next_hint, two.next_hint) == ("one", "two", "three")
    assert two.with_hint().next_hint is None
    assert [step.help for step in (none, one, two)] == [Help.NONE, Help.NUDGE, Help.SHOWN]
    assert attempt_of(two.after("1", CORRECT)).hints == 2


def test_a_look_at_the_page_is_a_nudge_and_does_not_undo_what_was_shown():
    assert asking(question()).with_page_opened().help is Help.NUDGE
    assert asking(question()).with_hint().with_hint().with_page_opened().help is Help.SHOWN


def test_giving_up_counts_every_ask_that_is_left_as_wrong():
    steps = asking(question(), (Ask("0", "a"), Ask("1", "b"), Ask("2", "c")))
    attempt = asked(steps.after("x", CORRECT)).given_up()

    assert [part.verdict for part in attempt.parts] == [Outcome.CORRECT, Outcome.WRONG, Outcome.WRONG]
    assert [part.help for part in attempt.parts] == [Help.NONE, Help.SHOWN, Help.SHOWN]


def test_a_derivation_goes_from_ask_to_ask_whether_right_or_wrong():
    steps = asking(question(), (Ask("dE/du2_1", "outer"), Ask("dE/dw1_1_1", "inner"))).with_hint()
    second = asked(steps.after("y", WRONG))
    attempt = attempt_of(second.after("y*x", CORRECT))

    assert second.ask == Ask("dE/dw1_1_1", "inner")
    assert [(part.ask, part.skill, part.verdict, part.help) for part in attempt.parts] == [
        ("dE/du2_1", "outer", Outcome.WRONG, Help.NUDGE),
        ("dE/dw1_1_1", "inner", Outcome.CORRECT, Help.NONE),
    ]


@pytest.mark.parametrize(
    ("stability", "count", "given"),
    [(None, 4, 3), (None, 1, 0), (0.2, 4, 2), (6.9, 2, 0), (7.0, 4, 0), (90.0, 4, 0)],
)
def test_the_steps_that_are_worked_out_fade_as_the_skill_grows_stable(stability, count, given):
    day = date(2026, 11, 2)
    memory = None if stability is None else Memory(stability, 5.0, day, day, 1, 0)

    assert steps_given(memory, count) == given
