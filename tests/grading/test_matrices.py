"""Formulas in matrix symbols: right in every spelling, wrong by name, misfits by their shapes."""

import pytest

from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.text import set_language, speaking
from studyapp.domain.verdict import Outcome
from studyapp.grading import grade
from studyapp.grading.requests import grade_request
from tests.grading.matrix_pairs import pairs
from tests.grading.verdicts import answers, verdict_of

AFFINE = ExpressionKey("X^T dU", {"X": "matrix(N, D)", "dU": "matrix(N, H)", "N": "size"}, {})
SOFTMAX = ExpressionKey("(Y - T)/N", {"Y": "matrix(N, C, positive)", "T": "matrix(N, C)", "N": "size"}, {})
HIDDEN = ExpressionKey("dY W^T ⊙ f'(U)", {"dY": "matrix(N, C)", "W": "matrix(H, C)", "U": "matrix(N, H)"}, {}, ("f",))
SIGMOID = ExpressionKey("dZ ⊙ Z ⊙ (1 - Z)", {"Z": "matrix(N, H)", "dZ": "matrix(N, H)"}, {})
"""Its entries are zero where the integers drawn for `Z` are 0 or 1."""
RIDGE = ExpressionKey(
    "(X^T X + lambda I)^-1 X^T y", {"X": "matrix(N, D)", "y": "vector(N)", "lambda": "positive", "N": "size"}, {}
)
BIAS = ExpressionKey("sum(dU, axis=0)", {"dU": "matrix(N, H)", "N": "size"}, {})
QUADRATIC = ExpressionKey("(A + A^T) x", {"A": "matrix(D, D)", "x": "vector(D)"}, {})

TABLE = answers(
    (
        AFFINE,
        {
            "correct": "X^T dU | Xᵀ dU | X.T @ dU | np.dot(X.T, dU) | X^{\\top}\\,dU | X^⊤·dU | (dU^T X)^T | X^TdU"
            " | dW = X^T dU | $X^\\mathsf{T} dU$ | X^t dU | X ^ T * dU",
            "wrong transposed": "dU^T X",
            "wrong sign": "-X^T dU",
            "wrong factor 2": "2 X^T dU",
            "wrong reduction 1/N": "X^T dU/N | 1/N X^T dU | \\frac{1}{N} X^T dU",
            "wrong shape H×1": "sum(dU, axis=0)",
            "unreadable": "X dU | X dU^T | X' dU | XT dU | X^T dU + I | X^T dU + ",
            "wrong": "X^T dU + 3 | X^T dU + 1e-11",
        },
    ),
    (
        SOFTMAX,
        {
            "correct": "(Y - T)/N | 1/N (Y - T) | Y/N - T/N | -(T - Y)/N | \\frac{Y - T}{N} | N^-1 (Y - T)",
            "wrong reduction N": "Y - T",
            "wrong sign": "(T - Y)/N",
            "wrong dropped-term T": "Y/N",
            "wrong": "(Y - T)/5",
            "unreadable": "(Y - T)/NT | Y T/N",
        },
    ),
    (
        HIDDEN,
        {
            "correct": "dY W^T ⊙ f'(U) | f'(U) ⊙ dY W^T | (dY W^T) * f'(U) | dY@W.T*f'(U) | (W dY^T)^T ∘ f'(U)",
            "wrong missing-factor f'(U)": "dY W^T",
            "wrong activation f": "dY W^T ⊙ f(U)",
        },
    ),
    (
        SIGMOID,
        {
            "correct": "dZ ⊙ Z ⊙ (1 - Z) | (1 - Z) ⊙ dZ ⊙ Z | dZ ⊙ (Z - Z ⊙ Z)",
            "wrong factor 7/3": "7/3 (dZ ⊙ Z ⊙ (1 - Z))",
            "wrong sign": "-(dZ ⊙ Z ⊙ (1 - Z))",
            "wrong": "7/3 (dZ ⊙ Z ⊙ (1 - Z)) + 1e-9",
        },
    ),
    (
        RIDGE,
        {
            "correct": "(X^T X + λ I)^-1 X^T y | (X^T X + λ I_D)^{-1} X^T y"
            " | np.linalg.inv(X.T @ X + λ*np.eye(D)) @ X.T @ y | (y^T X (X^T X + λI)⁻¹)^T | (λI + XᵀX)⁻¹Xᵀy",
            "wrong dropped-term lambda*I_D": "(X^T X)^-1 X^T y",
            "wrong reciprocal X^T X + lambda*I_D": "(X^T X + λI) X^T y",
            "wrong missing-factor lambda": "(X^T X + I)^-1 X^T y",
            "wrong": "(X^T X + λI + 1e-12 I)^-1 X^T y",
        },
    ),
    (
        BIAS,
        {
            "correct": "sum(dU, axis=0) | dU.sum(axis=0) | np.sum(dU, 0) | dU^T 1_N | 1_N^T dU | colsum(dU)",
            "wrong axis": "dU | sum(dU) | dU.sum(axis=1) | sum(dU, axis=1)",
            "wrong reduction 1/N": "mean(dU, axis=0)",
            "unreadable": "sum(dU, axis=2)",
        },
    ),
    (
        QUADRATIC,
        {
            "correct": "(A + A^T) x | A x + A^T x | Ax + A^Tx | (x^T A + x^T A^T)^T | x @ (A + A.T)",
            "wrong transposed A^T": "2 A x",
            "wrong dropped-term A^T": "A x",
            "unreadable": "x A + A x | A*A x | A^2 x | A + x | x x",
        },
    ),
)


@pytest.mark.parametrize(("key", "answer", "expected"), TABLE)
def test_the_verdict_on_a_formula_in_matrix_symbols(key: ExpressionKey, answer: str, expected: str):
    set_language("en")

    assert verdict_of(key, answer) == expected


@pytest.mark.parametrize(
    ("language", "answer", "sentence"),
    [
        ("en", "X dU", "N×D times N×H does not fit."),
        ("ja", "X dU", "N×D と N×H の積は、形が合いません。"),
        ("en", "X + dU", "N×D plus N×H does not fit."),
        ("en", "X^T dU", ""),
        ("en", "dU^T dU", "The shape is wrong: the answer is H×H, the key D×H."),
    ],
)
def test_shapes_are_told_by_the_names_of_the_dimensions(language: str, answer: str, sentence: str):
    with speaking(language):
        message = grade(AFFINE, answer, ()).message

    assert message.split("\n")[0] == sentence


def test_a_foreseen_mistake_comes_before_a_general_slip():
    mistake = KnownMistake("no-transpose", "dU^T X", "turned")

    verdict = grade(AFFINE, "dU^T X", (mistake,))

    assert (verdict.outcome, verdict.mistake, verdict.message) == (Outcome.WRONG, "no-transpose", "turned")


def test_an_answer_may_be_restricted_to_some_symbols():
    key = ExpressionKey(
        "dY W^T", {"dY": "matrix(N, C)", "W": "matrix(H, C)", "Z": "matrix(N, H)"}, {}, using=("dY", "W")
    )

    assert grade(key, "dY W^T + 0 Z", ()).detail == "using"
    assert grade(key, "I_N dY W^T", ()).outcome == Outcome.CORRECT


def test_relations_are_names_of_the_answer_too():
    symbols = {"X": "matrix(N, D)", "W": "matrix(D, C)", "T": "matrix(N, C)", "N": "size"}
    key = ExpressionKey("(Y - T)/N", symbols, {"U": "X W", "Y": "softmax(U)"})

    for answer in ("(Y - T)/N", "(softmax(X W) - T)/N", "(softmax(U) - T)/N"):
        assert grade(key, answer, ()).outcome == Outcome.CORRECT, answer
    assert grade(key, "(U - T)/N", ()).outcome == Outcome.WRONG


def test_the_power_of_a_vector_is_taken_entry_by_entry_with_a_note():
    set_language("en")
    key = ExpressionKey("x ⊙ x", {"x": "vector(D)"}, {})

    verdict = grade(key, "x^2", ())

    assert (verdict.outcome, "entry by entry" in verdict.message) == (Outcome.CORRECT, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"symbols": {"X": "matrix(N)", "dU": "matrix(N, H)"}}, "symbols"),
        ({"symbols": {"X": "matrix(N, D, negative)", "dU": "matrix(N, H)"}}, "symbols"),
        ({"reference": "X dU"}, "reference"),
        ({"reference": "X^T Q"}, "reference"),
        ({"given": {"Y": "X dU"}}, "given"),
        ({"reference": "log(X)^T dU"}, "reference"),
    ],
)
def test_a_request_without_sense_names_the_field(changes, field: str):
    set_language("en")
    request = {"kind": "expression", "reference": "X^T dU", "symbols": dict(AFFINE.symbols), "answer": "X^T dU"}

    assert grade_request(request).outcome == Outcome.CORRECT
    verdict = grade_request({**request, **changes})

    assert verdict.detail == "request", verdict
    assert field in verdict.message


def check_pairs(count: int, seed: int) -> None:
    """No wrong verdict, and of the slips nine in ten told: by name, or by the shapes that do not fit."""
    told = wrong = 0
    for pair in pairs(count, seed):
        verdict = grade(pair.key, pair.answer, ())
        if pair.is_right:
            assert verdict.outcome == Outcome.CORRECT, (pair.key.reference, pair.answer, verdict)
            continue
        wrong += 1
        assert verdict.outcome in (Outcome.WRONG, Outcome.UNREADABLE), (pair.key.reference, pair.answer, verdict)
        told += verdict.mistake is not None or verdict.detail == "misfit"
    assert told >= 0.9 * wrong


def test_drawn_pairs_of_a_key_and_an_answer_get_their_verdict():
    check_pairs(60, seed=1)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(2, 8))
def test_many_drawn_pairs_of_a_key_and_an_answer_get_their_verdict(seed: int):
    check_pairs(300, seed)
