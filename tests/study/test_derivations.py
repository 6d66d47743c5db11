"""A derivation is asked step by step: each step its skill, its hints, its own part of the attempt."""

from __future__ import annotations

from studyapp.domain.kind import Kind
from studyapp.domain.question import NumberKey, Question, Step
from studyapp.domain.record import Rating
from studyapp.domain.verdict import Attempt, Help, Outcome, Verdict
from studyapp.scheduling import worst_rating
from studyapp.study.practice import Asking, asking

RIGHT, WRONG = Verdict(Outcome.CORRECT), Verdict(Outcome.WRONG, mistake="sign")


def step(target: str, skill: str) -> Step:
    return Step(
        ask=f"{target}?", key=NumberKey("1", 0), answer="1", skill=skill, target=target, hints=("first", "second")
    )


STEPS = (
    step("dE/du2_1", "delta-out"),
    step("dE/dz1_1", "delta-hidden"),
    step("dE/du1_1", "delta-hidden"),
    step("dE/dw1_1_1", "grad-w"),
)
QUESTION = Question(
    exercise="backprop-full",
    skill="backprop-full",
    topic="backprop/delta",
    seed=1,
    kind=Kind.DERIVATION,
    language="ja",
    version="v",
    heading="",
    prompt="順に答えよ。",
    values={},
    key=STEPS[-1].key,
    answer="1\n1\n1\n1",
    steps=STEPS,
)


def going_on(after: Asking | Attempt) -> Asking:
    assert isinstance(after, Asking)
    return after


def test_four_steps_make_one_attempt_of_four_parts():
    state = asking(QUESTION)
    assert (state.step, state.ask.name, state.ask.skill) == (0, "dE/du2_1", "delta-out")
    state = going_on(state.after("0", WRONG))
    state = going_on(state.after("1", RIGHT))
    assert state.earlier == ("0", "1")
    state = going_on(state.with_step_shown())
    attempt = state.after("1", RIGHT, active_ms=9)

    assert isinstance(attempt, Attempt)
    assert [(part.ask, part.skill, part.verdict, part.help) for part in attempt.parts] == [
        ("dE/du2_1", "delta-out", Outcome.WRONG, Help.NONE),
        ("dE/dz1_1", "delta-hidden", Outcome.CORRECT, Help.NONE),
        ("dE/du1_1", "delta-hidden", Outcome.WRONG, Help.SHOWN),
        ("dE/dw1_1_1", "grad-w", Outcome.CORRECT, Help.NONE),
    ]
    assert attempt.key == "1\n1\n1\n1"


def test_two_parts_of_one_skill_are_rated_by_the_worse():
    state = going_on(asking(QUESTION).after("1", RIGHT))
    state = going_on(state.after("1", RIGHT))
    attempt = going_on(state.with_step_shown()).after("1", RIGHT)
    assert isinstance(attempt, Attempt)
    hidden = [part for part in attempt.parts if part.skill == "delta-hidden"]

    assert worst_rating(hidden, attempt.tries) is Rating.AGAIN
    assert worst_rating([part for part in attempt.parts if part.skill == "grad-w"], attempt.tries) is Rating.GOOD


def test_a_shown_step_leaves_an_empty_answer_for_the_steps_after_it():
    assert going_on(asking(QUESTION).with_step_shown()).earlier == ("",)


def test_hints_belong_to_the_step_and_the_next_step_begins_anew():
    state = asking(QUESTION).with_hint()
    assert (state.next_hint, state.help) == ("second", Help.NUDGE)
    state = state.with_hint()
    assert (state.next_hint, state.help) == (None, Help.SHOWN)
    state = going_on(state.after("1", RIGHT))
    assert (state.next_hint, state.help, state.hints) == ("first", Help.NONE, 2)
    assert state.with_hint().help is Help.NUDGE


def test_given_steps_are_not_asked_and_leave_no_part():
    state = asking(QUESTION, given=3)
    assert (state.step, state.earlier, len(state.asks)) == (3, ("", "", ""), 1)
    attempt = state.after("1", RIGHT)

    assert isinstance(attempt, Attempt)
    assert [part.ask for part in attempt.parts] == ["dE/dw1_1_1"]


def test_at_least_one_step_is_asked():
    assert asking(QUESTION, given=9).step == 3


def test_giving_up_counts_every_step_that_is_left():
    attempt = going_on(asking(QUESTION).after("1", RIGHT)).given_up()

    assert [part.help for part in attempt.parts] == [Help.NONE, Help.SHOWN, Help.SHOWN, Help.SHOWN]
