"""A theme: parts of several kinds, each answered in its own way; an error is carried into whatever builds upon it."""

import pytest

from studyapp.domain.kind import Kind
from studyapp.domain.question import KINDS, CodeKey, Question, Undrawable
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.engine.drawing import draw
from studyapp.grading.steps import grade_derivation, grade_step
from studyapp.kernel.service import PRINTER
from studyapp.study.practice import asking
from studyapp.workshop.exports.markup import Markup
from studyapp.workshop.exports.moodle import to_moodle

THEME = """
id: theme
kind: derivation
draw:
  a: integer(2, 9)
  b: integer(-30, 30)
where:
  - a * 2 + b != 0
symbols: {x: positive}
arrays: {v: real(N, D), dout: real(N, D)}
steps:
  - kind: number
    name: g
    answer: 2 * a + b
    digits: 0
    skill: slope
    mistakes:
      no-two: a + b
  - kind: choice
    right:
      - g > 0
      - g < 0
    skill: direction
  - kind: expression
    answer: g * x
    using: [g, x]
    skill: formula
  - kind: vector
    answer: (g, 2 * g)
    digits: 0
    skill: pair
  - kind: code
    name: mask
    answer: v > 0
    skill: mask
  - kind: code
    answer: dout * mask
    skill: backward
  - kind: term
    accept: [勾配, gradient]
    skill: word
  - kind: order
    skill: order
"""
ASKS = """$ {{ a }}, {{ b }} $

1. （ア）傾きは？
2. （イ）どちらへ動くか。
   - [ ] 負の向き
     > 傾きが正なら負の向き。
   - [ ] 正の向き
3. （ウ）式で書け。
4. （エ）並べて書け。
5. （オ）条件のコードを書け。

   ```python
   mask = ____
   ```
6. （カ）勾配のコードを書け。
7. （キ）何というか。
8. （ク）並べよ。
   1. 一番目
   2. 二番目
   3. 三番目
"""


@pytest.fixture
def theme(exercise_from) -> Question:
    set_language("ja")
    question = draw(exercise_from(ASKS, THEME), 3, PRINTER)
    assert isinstance(question, Question), question
    return question


def graded(theme: Question, number: int, answer: str, *earlier: str) -> Verdict:
    given = [*earlier, *(step.answer for step in theme.steps[len(earlier) : number])]
    return grade_step(theme, number, answer, given)


def test_each_part_has_its_own_kind_and_skill(theme: Question):
    kinds = [KINDS[type(step.key)] for step in theme.steps]

    assert kinds == [
        *(Kind.NUMBER, Kind.CHOICE, Kind.EXPRESSION, Kind.VECTOR, Kind.CODE, Kind.CODE, Kind.TERM, Kind.ORDER),
    ]
    assert len({step.skill for step in theme.steps}) == 8
    assert theme.is_theme


def test_a_part_is_called_by_the_name_with_which_its_ask_begins(theme: Question):
    assert [step.label for step in theme.steps] == [f"({letter})" for letter in "アイウエオカキク"]


def test_the_options_of_a_part_are_its_own(theme: Question):
    shown = [[option.text for option in step.options] for step in theme.steps]

    assert sorted(shown[1]) == ["正の向き", "負の向き"]
    assert sorted(shown[7]) == ["一番目", "三番目", "二番目"]
    assert not any(shown[number] for number in (0, 2, 3, 4, 5, 6))
    assert not theme.options
    assert "一番目" not in theme.steps[7].ask


def test_code_uses_earlier_code_by_the_name_that_its_author_gave_and_by_no_other(exercise_from):
    unnamed = draw(
        exercise_from(ASKS, THEME.replace("    name: mask\n", "").replace("dout * mask", "dout")), 3, PRINTER
    )
    named = draw(exercise_from(ASKS, THEME), 3, PRINTER)

    for question, names in ((unnamed, ("v", "dout")), (named, ("v", "dout", "mask"))):
        assert isinstance(question, Question), question
        assert isinstance(key := question.steps[5].key, CodeKey)
        assert key.names == names


def test_every_key_is_right_for_its_part(theme: Question):
    for number, step in enumerate(theme.steps):
        assert graded(theme, number, step.answer).outcome is Outcome.CORRECT, step
    assert grade_derivation(theme, theme.answer).outcome is Outcome.CORRECT


def test_a_foreseen_mistake_of_a_part_is_named(theme: Question):
    mistake = theme.steps[0].mistakes[0]

    assert graded(theme, 0, mistake.answer).mistake == "no-two"


def wrong_slope(theme: Question) -> tuple[str, int]:
    """A wrong answer to the first part, of the other sign, and its value."""
    value = -3 * int(theme.steps[0].answer)
    return str(value), value


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        pytest.param(
            1, lambda step, _g: next(one.label for one in step.options if one.label != step.answer), id="choice"
        ),
        pytest.param(2, lambda _step, g: f"{g}*x", id="formula"),
        pytest.param(3, lambda _step, g: f"{g}, {2 * g}", id="vector"),
    ],
)
def test_a_wrong_number_is_carried_into_parts_of_other_kinds(theme: Question, number: int, answer):
    wrong, value = wrong_slope(theme)
    typed = answer(theme.steps[number], value)

    alone, carried = graded(theme, number, typed), graded(theme, number, typed, wrong)

    assert alone.outcome is Outcome.WRONG
    assert (carried.outcome, carried.detail) == (Outcome.CORRECT, "carried")
    assert "(ア)" in carried.message


def test_wrong_code_is_carried_into_code_that_builds_upon_it(theme: Question):
    earlier = [step.answer for step in theme.steps[:4]]

    alone = graded(theme, 5, "dout * (v >= 0)")
    carried = graded(theme, 5, "dout * (v >= 0)", *earlier, "v >= 0")

    assert alone.outcome is Outcome.WRONG
    assert (carried.outcome, carried.detail) == (Outcome.CORRECT, "carried")
    assert "(オ)" in carried.message
    assert graded(theme, 5, "mask * dout", *earlier, "v >= 0").outcome is Outcome.CORRECT


def test_the_arrays_of_two_parts_fit_each_other(theme: Question):
    examples = [step.key.example for step in theme.steps if isinstance(step.key, CodeKey)]

    assert examples[0]["v"] == examples[1]["v"] == theme.values["v"]


def test_giving_up_leaves_every_part_with_its_skill(theme: Question):
    attempt = asking(theme).given_up()

    assert [part.skill for part in attempt.parts] == [step.skill for step in theme.steps]


def test_exports_show_asks_options_and_keys(theme: Question):
    prompt, answer = Markup().prompt(theme), Markup().answer(theme)

    assert all(step.label[1] in prompt for step in theme.steps)
    assert "二番目" in prompt
    assert "mask = ____" in prompt
    assert "<code>dout * mask</code>" in answer
    assert "essay" in to_moodle([theme], {})


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("- g > 0\n      - g < 0\n", "- g > 9999\n      - g < -9999\n", "never-right"),
        ("answer: v > 0", "answer: v + np.ones(97)", "code"),
    ],
)
def test_a_part_that_cannot_be_drawn_says_why(exercise_from, old: str, new: str, code: str):
    written = exercise_from(ASKS, THEME.replace(old, new))

    outcomes = [draw(written, seed, PRINTER) for seed in range(6)]

    assert code in {one.code for one in outcomes if isinstance(one, Undrawable)}
