from __future__ import annotations

import pytest

from studyapp.domain.question import KnownMistake, VectorKey
from studyapp.domain.text import set_language
from studyapp.grading import grade

SOFTMAX = VectorKey(("0.844", "0.114", "0.042"), 2)
MATRIX = VectorKey(("1", "2", "3", "4", "5", "6"), 1, columns=3)
SQUARE = VectorKey(("1.5", "2.5", "3.5", "4.5"), 1, columns=2)
ROWS = VectorKey(("0.7", "0.3", "0.4", "0.6"), 2, columns=2)


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        (SOFTMAX, "(0.84, 0.11, 0.04)", "correct"),
        (SOFTMAX, "[0.844 0.114 0.042]", "correct"),
        (SOFTMAX, "0.84 0.11 0.04", "correct"),
        (SOFTMAX, "0.84, 0.11, 0.04", "correct"),
        (SOFTMAX, "（０．８４、０．１１、０．０４）", "correct"),
        (SOFTMAX, "[[0.84], [0.11], [0.04]]", "correct"),
        (VectorKey(("0.844", "0.114"), 3), "(0.84, 0.11)", "rounding"),
        (VectorKey(("0.844", "0.114"), 3), "(0.8, 0.1)", "wrong"),
        (MATRIX, "[[1, 2, 3], [4, 5, 6]]", "correct"),
        (MATRIX, "1 2 3\n4 5 6", "correct"),
        (SOFTMAX, "(1/0, 0.1, 0.1)", "unreadable"),
        (SOFTMAX, "(0.84, 0.11", "unreadable"),
        (SOFTMAX, "", "unreadable"),
        (SOFTMAX, "[[1, 2], [3]]", "unreadable"),
    ],
)
def test_vectors_are_read_in_any_usual_layout(key: VectorKey, answer: str, expected: str):
    assert grade(key, answer, ()).outcome.value == expected


@pytest.mark.parametrize(
    ("key", "answer", "slip", "detail"),
    [
        (SOFTMAX, "(-0.84, -0.11, -0.04)", "sign", ""),
        (SOFTMAX, "(0.84, -0.11, 0.04)", "sign", "2"),
        (SOFTMAX, "(0.11, 0.84, 0.04)", "swap", "1, 2"),
        (SOFTMAX, "(0.16, 0.89, 0.96)", "complement", ""),
        (VectorKey(("0.5", "0.8"), 2), "(2, 1.25)", "reciprocal", ""),
        (VectorKey(("0.105", "0.693"), 3), "(0.151, 1.000)", "log-base", "2"),
        (SOFTMAX, "(0.281, 0.038, 0.014)", "reduction", "1/3"),
        (SOFTMAX, "(1.688, 0.228, 0.084)", "factor", "2"),
        (MATRIX, "[[1, 4], [2, 5], [3, 6]]", "transposed", ""),
        (SQUARE, "[[1.5, 3.5], [2.5, 4.5]]", "transposed", ""),
        (SOFTMAX, "(0.04, 0.84, 0.11)", "permuted", ""),
        (ROWS, "[[0.64, 0.33], [0.36, 0.67]]", "axis", ""),
        (SOFTMAX, "(0.84, 0.11, 0.5)", "component", "3"),
        (SQUARE, "[[1.5, 2.5], [9.5, 4.5]]", "component", "(2, 1)"),
        (SOFTMAX, "(0.84, 0.11)", "size", "2"),
        (SOFTMAX, "0.84", "size", "1"),
        (MATRIX, "[[1, 2], [3, 4]]", "size", "2x2"),
        (SOFTMAX, "(0.5, 0.3, 0.2)", None, ""),
    ],
)
def test_the_slip_behind_a_wrong_vector_is_named(key: VectorKey, answer: str, slip: str | None, detail: str):
    verdict = grade(key, answer, ())

    assert (verdict.outcome.value, verdict.mistake, verdict.detail) == ("wrong", slip, detail)
    assert verdict.message or slip is None


def test_where_some_components_are_right_the_wrong_ones_are_told():
    set_language("en")
    assert "2, 3" in grade(SOFTMAX, "(0.84, 0.3, 0.5)", ()).message


def test_an_authors_mistake_comes_first():
    mistakes = (KnownMistake("no-exp", "(0.5, 0.3, 0.2)", "exp を忘れています。"),)

    assert grade(SOFTMAX, "(0.5, 0.3, 0.2)", mistakes).mistake == "no-exp"


COUNTS = VectorKey(("784", "1600", "10"), 0)


@pytest.mark.parametrize(
    ("answer", "expected", "mistake"),
    [
        ("(784, 1600, 10)", "correct", None),
        ("784.0 1600 10", "correct", None),
        ("(780, 1600, 10)", "wrong", "component"),
        ("(784.4, 1600, 10)", "wrong", "component"),
        ("(800, 1600, 10)", "wrong", "component"),
        ("(-784, -1600, -10)", "wrong", "sign"),
        ("(10, 1600, 784)", "wrong", "swap"),
        ("(784, 1584, 10)", "wrong", "no-bias"),
    ],
)
def test_a_vector_of_integers_is_exact(answer: str, expected: str, mistake: str | None):
    for key in (COUNTS, VectorKey(COUNTS.exact, 2, integer=True)):
        verdict = grade(key, answer, (KnownMistake("no-bias", "(784, 1584, 10)"),))

        assert (verdict.outcome.value, verdict.mistake) == (expected, mistake)


def test_a_vector_with_a_fraction_is_rounded():
    assert grade(VectorKey(("784.4", "10"), 0), "784, 10", ()).outcome.value == "correct"


@pytest.mark.parametrize(
    ("answer", "detail", "wanted"),
    [
        ("0.090, 0.244, 0.665", "2", False),
        ("0.090, 0.24, 0.665", "", True),
        ("0.0900, 0.244, 0.66", "2, 3", True),
    ],
)
def test_components_that_were_cut_are_named(answer: str, detail: str, wanted: bool):
    set_language("en")
    verdict = grade(VectorKey(("0.09003", "0.24473", "0.66526"), 3), answer, ())

    assert (verdict.outcome.value, verdict.mistake) == ("rounding", "truncated" if detail else None)
    assert verdict.detail == detail
    assert detail in verdict.message
    assert ("3 decimal places" in verdict.message) == wanted


def test_a_slip_of_a_vector_is_named_only_where_the_answer_cannot_be_the_key():
    key = VectorKey(("0.5004", "0.4996", "0.12"), 4)
    set_language("en")

    assert grade(key, "(0.50, 0.50, 0.12)", ()).outcome.value == "rounding"
    assert grade(key, "(0.4996, 0.5004, 0.12)", ()).mistake == "swap"
    assert grade(key, "(5.004, 4.996, 1.2)", ()).message.endswith("decimal point.")


def test_the_right_numbers_in_another_shape_are_told_the_shape():
    set_language("en")
    key = VectorKey(("3", "9", "2", "9"), 0, columns=2)
    verdict = grade(key, "3,9,2,9", ())

    assert (verdict.mistake, "2 × 2" in verdict.message, "1, 2; 3, 4" in verdict.message) == ("size", True, True)
    assert grade(key, "3,9;2,9", ()).outcome.value == "correct"


def test_lines_part_rows_only_where_a_matrix_is_asked_for():
    numbers = ("1.5", "2.5", "3.5", "4.5")

    assert grade(VectorKey(numbers, 1), "[1.5 2.5\n 3.5 4.5]", ()).outcome.value == "correct"
    assert grade(VectorKey(numbers, 1, columns=2), "[1.5 2.5\n 3.5 4.5]", ()).outcome.value == "correct"
    assert grade(VectorKey(numbers, 1, columns=2), "array([1.5, 2.5,\n 3.5, 4.5])", ()).mistake == "size"


def test_the_values_of_typed_arithmetic_are_beside_a_wrong_vector():
    set_language("en")
    assert "(0.33, 0.67)" in grade(VectorKey(("0.4", "0.6"), 2), "(1, 2)/3", ()).message
