"""What an answer leads to: the same question, the next step of a derivation, or an attempt."""

from datetime import date

import pytest

from studyapp.domain.kind import Kind
from studyapp.domain.question import NumberKey, Step
from studyapp.domain.record import Memory, Rating
from studyapp.domain.verdict import Attempt, Help, Outcome, Verdict
from studyapp.scheduling import worst_rating
from studyapp.study.practice import Asking, Turn, asking, cycle, steps_given

from .conftest import question

CORRECT, WRONG = Verdict(Outcome.CORRECT), Verdict(Outcome.WRONG, mistake="sign")
ROUNDING, UNREADABLE = Verdict(Outcome.ROUNDING), Verdict(Outcome.UNREADABLE)


def step(target: str, skill: str) -> Step:
    return Step(
        ask=f"{target}?", key=NumberKey("1", 0), answer="1", skill=skill, target=target, hints=("first", "second")
    )


DERIVATION = question(
    kind=Kind.DERIVATION,
    answer="1\n1\n1\n1",
    steps=(
        step("dE/du2_1", "delta-out"),
        step("dE/dz1_1", "delta-hidden"),
        step("dE/du1_1", "delta-hidden"),
        step("dE/dw1_1_1", "grad-w"),
    ),
)


def attempt_of(step: Asking | Attempt) -> Attempt:
    assert isinstance(step, Attempt)
    return step


def after(state: Asking, *verdicts: Verdict) -> Asking:
    """The question after some answers, which do not end it."""
    for verdict in verdicts:
        following = state.after("1" if verdict is CORRECT else "0", verdict)
        assert isinstance(following, Asking)
        state = following
    return state


def shown(state: Asking) -> Asking:
    following = state.with_step_shown()
    assert isinstance(following, Asking)
    return following


def test_exercises_come_in_page_order_over_and_over_each_with_the_next_seed():
    assert cycle(["a", "b"], 5, 5) == (Turn("a", 5), Turn("b", 6), Turn("a", 7), Turn("b", 8), Turn("a", 9))
    assert cycle([], 5, 5) == ()


@pytest.mark.parametrize("verdict", [CORRECT, WRONG])
def test_a_right_or_wrong_answer_ends_the_question(verdict):
    attempt = attempt_of(asking(question()).after("0.5", verdict, active_ms=1200))
    (part,) = attempt.parts
    assert (part.ask, part.skill, part.answer) == ("answer", "ce", "0.5")
    assert (part.verdict, part.mistake, part.help) == (verdict.outcome, verdict.mistake, Help.NONE)
    assert (attempt.exercise, attempt.seed, attempt.key, attempt.active_ms) == ("ce-onehot", 7, "0.5108", 1200)
    assert (attempt.hints, attempt.tries) == (0, 1)


@pytest.mark.parametrize("verdict", [UNREADABLE, Verdict(Outcome.UNDECIDED)])
def test_what_cannot_be_read_or_decided_is_asked_again_and_is_no_attempt(verdict):
    assert after(asking(question()), verdict) == asking(question())


@pytest.mark.parametrize(
    ("earlier", "last", "rating"),
    [((ROUNDING,), CORRECT, Rating.GOOD), ((ROUNDING, UNREADABLE), ROUNDING, Rating.AGAIN)],
)
def test_the_first_rounding_costs_nothing_and_the_second_in_one_question_is_an_attempt(earlier, last, rating):
    attempt = attempt_of(after(asking(question()), *earlier).after("0.51", last))
    assert attempt.parts[0].verdict is last.outcome
    assert worst_rating(attempt.parts, attempt.tries) is rating


def test_the_first_hint_is_a_nudge_and_the_second_shows_a_step():
    none = asking(question())
    one, two = none.with_hint(), none.with_hint().with_hint()
    assert (none.next_hint, one.next_hint, two.next_hint) == ("one", "two", "three")
    assert two.with_hint().next_hint is None
    assert [state.help for state in (none, one, two)] == [Help.NONE, Help.NUDGE, Help.SHOWN]
    assert attempt_of(two.after("1", CORRECT)).hints == 2


def test_a_look_at_the_page_is_a_nudge_and_does_not_undo_what_was_shown():
    assert asking(question()).with_page_opened().help is Help.NUDGE
    assert asking(question()).with_hint().with_hint().with_page_opened().help is Help.SHOWN


def test_four_steps_make_one_attempt_of_four_parts():
    state = asking(DERIVATION)
    assert (state.step, state.ask.name, state.ask.skill) == (0, "dE/du2_1", "delta-out")
    state = after(state, WRONG, CORRECT)
    assert state.earlier == ("0", "1")
    state = shown(state)
    assert state.earlier == ("0", "1", "")
    attempt = attempt_of(state.after("1", CORRECT, active_ms=9))

    assert [(part.ask, part.skill, part.verdict, part.help) for part in attempt.parts] == [
        ("dE/du2_1", "delta-out", Outcome.WRONG, Help.NONE),
        ("dE/dz1_1", "delta-hidden", Outcome.CORRECT, Help.NONE),
        ("dE/du1_1", "delta-hidden", Outcome.WRONG, Help.SHOWN),
        ("dE/dw1_1_1", "grad-w", Outcome.CORRECT, Help.NONE),
    ]
    assert attempt.key == "1\n1\n1\n1"
    hidden = [part for part in attempt.parts if part.skill == "delta-hidden"]
    assert worst_rating(hidden, attempt.tries) is Rating.AGAIN


def test_hints_belong_to_the_step_and_the_next_step_begins_anew():
    state = asking(DERIVATION).with_hint()
    assert (state.next_hint, state.help) == ("second", Help.NUDGE)
    state = state.with_hint()
    assert (state.next_hint, state.help) == (None, Help.SHOWN)
    state = after(state, CORRECT)
    assert (state.next_hint, state.help, state.hints) == ("first", Help.NONE, 2)
    assert state.with_hint().help is Help.NUDGE


def test_given_steps_are_not_asked_and_leave_no_part():
    state = asking(DERIVATION, given=3)
    assert (state.step, state.earlier, len(state.asks)) == (3, ("", "", ""), 1)
    assert [part.ask for part in attempt_of(state.after("1", CORRECT)).parts] == ["dE/dw1_1_1"]
    assert asking(DERIVATION, given=9) == state  # one is asked at least


def test_giving_up_counts_every_step_that_is_left_as_wrong():
    attempt = after(asking(DERIVATION), CORRECT).given_up()
    assert [part.verdict for part in attempt.parts] == [Outcome.CORRECT, *[Outcome.WRONG] * 3]
    assert [part.help for part in attempt.parts] == [Help.NONE, *[Help.SHOWN] * 3]


@pytest.mark.parametrize(
    ("stability", "count", "given"), [(None, 4, 3), (None, 1, 0), (0.2, 4, 2), (6.9, 2, 0), (7.0, 4, 0), (90.0, 4, 0)]
)
def test_the_steps_that_are_worked_out_fade_as_the_skill_grows_stable(stability, count, given):
    day = date(2026, 11, 2)
    memory = None if stability is None else Memory(stability, 5.0, day, day, 1, 0)
    assert steps_given(memory, count) == given
