"""Vectors and matrices of formulas: decided entry by entry, a slip named with its entry, or one of the whole."""

import pytest

from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Outcome
from studyapp.grading import grade
from studyapp.grading.requests import grade_request
from tests.grading.table_pairs import pairs
from tests.grading.verdicts import answers, verdict_of

REAL = {"x": "real", "y": "real", "a": "real"}
GRADIENT = ExpressionKey("[2*a*x*y, a*x**2]", REAL, {})
JACOBIAN = ExpressionKey("[[2*x*y, x**2], [exp(y), x*exp(y)]]", REAL, {})
THREE = ExpressionKey("[x, y, x*y]", REAL, {})

TABLE = answers(
    (
        GRADIENT,
        {
            "correct": "(2axy, ax^2) | 2axy, ax² | [2axy; ax^2] | (2*a*x*y, a*x**2) | 2ayx, a*x*x | ∇f = (2axy, ax^2)"
            " | \\begin{pmatrix} 2axy \\\\ ax^2 \\end{pmatrix} | (2axy, ax^2)^T | a(2xy, x^2)"
            " | np.array([2*a*x*y, a*x**2])",
            "wrong sign": "(-2axy, -ax^2) | -(2axy, ax^2)",
            "wrong sign 1": "(-2axy, ax^2)",
            "wrong factor 2": "2(2axy, ax^2)",
            "wrong factor 1: 1/2": "(axy, ax^2)",
            "wrong missing-factor 2: a": "(2axy, x^2)",
            "wrong swap 1, 2": "(ax^2, 2axy)",
            "wrong size 1": "2axy",
            "wrong size 3": "(2axy, ax^2, 0)",
            "wrong component 2": "(2axy, sin(x))",
            "wrong": "(sin(x), cos(y))",
            "unreadable": "(2axy, bx^2) | (2axy, | (2axy ax^2",
        },
    ),
    (
        JACOBIAN,
        {
            "correct": "2xy, x^2; e^y, x e^y | [[2xy, x^2], [exp(y), x*exp(y)]] | ((2xy, x²), (e^y, x e^y))"
            " | \\begin{bmatrix} 2xy & x^2 \\\\ e^y & xe^y \\end{bmatrix} | 2xy, x^2\ne^y, x e^y",
            "wrong transposed": "2xy, e^y; x^2, x e^y | (2xy, x^2; e^y, x e^y)^T",
            "wrong missing-factor (2, 2): x": "2xy, x^2; e^y, e^y",
            "wrong size 4": "(2xy, x^2, e^y, x e^y)",
            "wrong swap (1, 1), (1, 2)": "x^2, 2xy; e^y, x e^y",
        },
    ),
    (THREE, {"wrong permuted": "(y, xy, x)", "wrong swap 1, 3": "(xy, y, x)"}),
)


@pytest.mark.parametrize(("key", "answer", "expected"), TABLE)
def test_the_verdict_on_a_vector_or_matrix_of_formulas(key: ExpressionKey, answer: str, expected: str):
    assert verdict_of(key, answer) == expected


def test_the_sentence_of_a_slip_begins_with_its_entry():
    set_language("en")

    assert grade(GRADIENT, "(2axy, x^2)", ()).message == "Component 2: The factor a is missing."


def test_a_foreseen_mistake_is_named():
    mistake = KnownMistake("kept", "[2*a*x*y, 2*a*x*y]", "kept")

    assert grade(GRADIENT, "(2axy, 2axy)", (mistake,)).mistake == "kept"


def test_a_request_may_have_a_vector_of_formulas_as_its_key():
    request = {"kind": "expression", "reference": "(2*x, 1)", "symbols": {"x": "real"}, "answer": "(x + x, 1)"}

    assert grade_request(request).outcome == Outcome.CORRECT
    assert grade_request({**request, "reference": "(2*x, q)"}).detail == "request"


def check_pairs(count: int, seed: int) -> None:
    """No wrong verdict, and nine slips in ten named."""
    wrong = named = 0
    for pair in pairs(count, seed):
        verdict = grade(pair.key, pair.answer, ())
        expected = Outcome.CORRECT if pair.is_right else Outcome.WRONG
        assert verdict.outcome == expected, (pair.key.reference, pair.answer, verdict)
        wrong += not pair.is_right
        named += verdict.mistake not in (None, "component")
    assert named >= 0.9 * wrong


def test_drawn_tables_get_their_verdict():
    check_pairs(40, seed=1)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(2, 6))
def test_many_drawn_tables_get_their_verdict(seed: int):
    check_pairs(300, seed)
