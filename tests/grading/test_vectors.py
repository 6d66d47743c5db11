from __future__ import annotations

import pytest

from studyapp.domain.question import KnownMistake, VectorKey
from studyapp.domain.words import EN, JA
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
    assert grade(key, answer, (), JA).outcome.value == expected


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
    verdict = grade(key, answer, (), JA)

    assert (verdict.outcome.value, verdict.mistake, verdict.detail) == ("wrong", slip, detail)
    assert verdict.message or slip is None


def test_where_some_components_are_right_the_wrong_ones_are_told():
    assert "2, 3" in grade(SOFTMAX, "(0.84, 0.3, 0.5)", (), EN).message


def test_an_authors_mistake_comes_first():
    mistakes = (KnownMistake("no-exp", "(0.5, 0.3, 0.2)", "exp を忘れています。"),)

    assert grade(SOFTMAX, "(0.5, 0.3, 0.2)", mistakes, JA).mistake == "no-exp"
