"""Each step is graded on what it means; an error is carried forward, once, where a step builds upon it."""

import pytest

from studyapp.domain.question import Question
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.engine.drawing import draw
from studyapp.grading.steps import grade_derivation, grade_step
from studyapp.kernel.service import PRINTER

CHAIN = """
id: chain
kind: derivation
network:
  layers: [2, 2, 2]
  hidden: [tanh]
  output:
    - identity, half_sse
steps:
  - target: dE/du2_1
  - target: dE/du2_2
  - target: dE/du1_1
  - target: dE/dw1_1_2
"""
NUMBERS = """
id: numbers
kind: derivation
network:
  layers: [2, 2, 1]
  hidden: [sigmoid]
  output:
    - identity, half_sse
digits: 4
steps:
  - target: dE/du2_1
  - target: dE/du1_1
  - target: dE/dw1_1_2
"""
AUTHORED = """
id: authored
kind: derivation
given:
  z: a * x + b
  y: sigmoid(z)
  L: (y - t)**2 / 2
symbols: {a: real, b: real, x: real, t: 0..1}
steps:
  - answer: y - t
    check: D(L, y)
    name: p
    using: [y, t]
    mistakes:
      sign: t - y
  - answer: (y - t) * y * (1 - y)
    check: D(L, z)
    using: [y, t, p]
  - answer: D(L, a)
    using: [y, t, x, p]
"""
ASKS = "順に求めよ。\n\n1. 一つ目。\n2. 二つ目。\n3. 三つ目。"


@pytest.fixture
def question(exercise_from):
    def make(key: str, prompt: str = "順に求めよ。", rest: str = "") -> Question:
        made = draw(exercise_from(prompt, key, rest), 3, PRINTER)
        assert isinstance(made, Question), made
        return made

    return make


def graded(asked: Question, number: int, answer: str, *earlier: str) -> Verdict:
    return grade_step(asked, number, answer, earlier)


def outcome(asked: Question, number: int, answer: str, *earlier: str) -> tuple[Outcome, str]:
    verdict = graded(asked, number, answer, *earlier)
    return verdict.outcome, verdict.detail


def test_every_step_is_right_as_it_is_shown(question):
    for key in (CHAIN, NUMBERS):
        asked = question(key)
        assert grade_derivation(asked, asked.answer).outcome == Outcome.CORRECT


def test_a_later_step_is_right_given_an_earlier_wrong_one(question):
    asked = question(CHAIN)
    wrong = "((t_1 - y_1)*w2_1_1 + delta2_2*w2_2_1)*(1 - z1_1^2)"
    assert outcome(asked, 2, wrong, "t_1 - y_1", "y_2 - t_2") == (Outcome.CORRECT, "carried")
    assert outcome(asked, 2, wrong, "y_1 - t_1", "y_2 - t_2")[0] == Outcome.WRONG
    assert outcome(asked, 2, wrong, "", "")[0] == Outcome.WRONG


def test_a_carried_step_names_the_step_and_not_the_slip_again(question):
    verdict = graded(question(CHAIN), 2, "((t_1-y_1)*w2_1_1+(y_2-t_2)*w2_2_1)*(1-z1_1^2)", "t_1 - y_1", "y_2 - t_2")
    assert verdict.mistake is None
    assert verdict.message == "Right, given what you found in step 1."


def test_a_wrong_step_is_carried_through_a_step_that_carried_another(question):
    asked = question(CHAIN)
    carried = "((t_1-y_1)*w2_1_1 + (y_2-t_2)*w2_2_1)*(1-z1_1^2)"
    assert outcome(asked, 3, f"{carried}*x_2", "t_1-y_1", "y_2-t_2", carried) == (Outcome.CORRECT, "carried")


def test_the_right_way_is_right_whatever_came_before(question):
    assert outcome(question(CHAIN), 3, "delta1_1*x_2", "0", "1", "x_1") == (Outcome.CORRECT, "")


@pytest.mark.parametrize("trivial", ["0", "1", "2*3", "x_1 - x_1", "w2_1_1"])
def test_a_trivial_value_is_not_carried(question, trivial):
    asked = question(CHAIN)
    assert outcome(asked, 2, f"({trivial})*w2_1_1*(1-z1_1^2)", trivial, "0")[0] == Outcome.WRONG


def test_a_second_slip_is_not_excused_by_the_first(question):
    asked = question(CHAIN)
    verdict = graded(asked, 2, "(t_1 - y_1)*w2_1_1 + (y_2 - t_2)*w2_2_1", "t_1 - y_1", "y_2 - t_2")
    assert verdict.outcome == Outcome.WRONG


@pytest.mark.parametrize(
    ("answer", "detail"),
    [("delta2_1*w2_1_1*tanh'(u1_1)", "derivative-left"), ("delta1_1", "using"), ("delta2_1*f'(u1_1)", "unknown-name")],
)
def test_what_is_not_in_the_symbols_of_the_step_is_asked_back(question, answer, detail):
    verdict = graded(question(CHAIN), 2, answer)
    assert verdict.outcome == Outcome.UNREADABLE
    assert detail in {verdict.detail, "unknown-name"}


def test_numbers_are_carried_and_rounded_steps_are_no_error(question):
    asked = question(NUMBERS)
    numbers = asked.network["numbers"]
    right = float(asked.steps[0].answer)
    slope = numbers["z1_1"] * (1 - numbers["z1_1"]) * numbers["w2_1_1"]
    assert outcome(asked, 1, f"{-right * slope:.4f}", f"{-right}") == (Outcome.CORRECT, "carried")
    assert outcome(asked, 1, f"{right * slope:.4f}", f"{right}") == (Outcome.CORRECT, "")
    assert outcome(asked, 1, "0", "0")[0] == Outcome.WRONG
    assert outcome(asked, 2, f"{-right * slope * numbers['x_2']:.4f}", "", f"{-right * slope:.8f}")[1] == "carried"


def test_authored_steps_carry_without_names_too(question):
    asked = question(AUTHORED, ASKS)
    assert outcome(asked, 0, "-(t - y)") == (Outcome.CORRECT, "")
    assert graded(asked, 0, "t - y").mistake == "sign"
    assert outcome(asked, 1, "(t - y)*y*(1 - y)", "t - y") == (Outcome.CORRECT, "carried")
    assert outcome(asked, 1, "p*y*(1 - y)", "t - y") == (Outcome.CORRECT, "")
    assert outcome(asked, 2, "(y - t)*y*(1 - y)*x", "", "") == (Outcome.CORRECT, "")


def test_d_differentiates_over_every_relation(question):
    last = question(AUTHORED, ASKS).steps[2]
    assert last.answer == "(y - t)*y*(1 - y)*x"
    assert outcome(question(AUTHORED, ASKS), 2, last.answer) == (Outcome.CORRECT, "")


def test_asks_and_hints_of_an_author_belong_to_their_steps(question):
    asked = question(AUTHORED, ASKS, "### ヒント\n1. 甲。\n2. 乙。")
    assert [step.ask for step in asked.steps] == ["一つ目。", "二つ目。", "三つ目。"]
    assert [step.hints for step in asked.steps] == [("甲。",), ("乙。",), ()]
    assert asked.prompt == "順に求めよ。"


def test_a_check_that_disagrees_draws_nothing(exercise_from):
    found = draw(exercise_from(ASKS, AUTHORED.replace("check: D(L, y)", "check: D(L, y) * 2")), 0, PRINTER)
    assert not isinstance(found, Question)
    assert found.code == "check"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_all_steps_at_once_need_a_line_each(question, language):
    set_language(language)
    asked = question(CHAIN)
    assert grade_derivation(asked, "y_1 - t_1").outcome == Outcome.UNREADABLE
    assert grade_derivation(asked, "t_1 - y_1\n" * 4).outcome == Outcome.WRONG


def test_of_two_mistakes_of_a_step_that_mean_the_same_the_later_does_not_apply(question):
    twice = AUTHORED.replace("      sign: t - y\n", "      sign: t - y\n      turned: -(y - t)\n      right: y - t\n")
    items = "### 誤答\n- `sign` — 逆。\n- `turned` — 逆。\n- `right` — 同じ。"
    asked = question(twice, ASKS, items)
    assert [mistake.name for mistake in asked.steps[0].mistakes] == ["sign"]


@pytest.mark.parametrize("key", [CHAIN, NUMBERS, NUMBERS.replace("digits: 4", "digits: 2")])
def test_every_planted_slip_is_named_by_its_own_answer(exercise_from, key: str):
    exercise = exercise_from("順に求めよ。", key)
    for seed in range(12):
        asked = draw(exercise, seed, PRINTER)
        for number, step in enumerate(asked.steps):
            named = [graded(asked, number, mistake.answer).mistake for mistake in step.mistakes]
            assert named == [mistake.name for mistake in step.mistakes], (seed, step)
            assert named
