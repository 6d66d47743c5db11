import pytest

from studyapp.domain.question import KnownMistake, VectorKey
from studyapp.grading import grade
from tests.grading.verdicts import answers, verdict_of

SOFTMAX = VectorKey(("0.844", "0.114", "0.042"), 2)
MATRIX = VectorKey(("1", "2", "3", "4", "5", "6"), 1, columns=3)
SQUARE = VectorKey(("1.5", "2.5", "3.5", "4.5"), 1, columns=2)
ROWS = VectorKey(("0.7", "0.3", "0.4", "0.6"), 2, columns=2)

TABLE = answers(
    (
        SOFTMAX,
        {
            "correct": "(0.84, 0.11, 0.04) | [0.844 0.114 0.042] | 0.84 0.11 0.04 | 0.84, 0.11, 0.04"
            " | （０．８４、０．１１、０．０４） | [[0.84], [0.11], [0.04]]",
            "unreadable": " | (1/0, 0.1, 0.1) | (0.84, 0.11 | [[1, 2], [3]]",
            "wrong": "(0.5, 0.3, 0.2)",
            "wrong sign": "(-0.84, -0.11, -0.04)",
            "wrong sign 2": "(0.84, -0.11, 0.04)",
            "wrong swap 1, 2": "(0.11, 0.84, 0.04)",
            "wrong complement": "(0.16, 0.89, 0.96)",
            "wrong reduction 1/3": "(0.281, 0.038, 0.014)",
            "wrong factor 2": "(1.688, 0.228, 0.084)",
            "wrong permuted": "(0.04, 0.84, 0.11)",
            "wrong component 3": "(0.84, 0.11, 0.5)",
            "wrong size 2": "(0.84, 0.11)",
            "wrong size 1": "0.84",
        },
    ),
    (VectorKey(("0.844", "0.114"), 3), {"rounding": "(0.84, 0.11)", "wrong": "(0.8, 0.1)"}),
    (VectorKey(("0.5", "0.8"), 2), {"wrong reciprocal": "(2, 1.25)"}),
    (VectorKey(("0.105", "0.693"), 3), {"wrong log-base 2": "(0.151, 1.000)"}),
    (
        MATRIX,
        {
            "correct": "[[1, 2, 3], [4, 5, 6]] | 1 2 3\n4 5 6",
            "wrong transposed": "[[1, 4], [2, 5], [3, 6]]",
            "wrong size 2x2": "[[1, 2], [3, 4]]",
        },
    ),
    (
        SQUARE,
        {
            "correct": "[1.5 2.5\n 3.5 4.5]",
            "wrong transposed": "[[1.5, 3.5], [2.5, 4.5]]",
            "wrong component (2, 1)": "[[1.5, 2.5], [9.5, 4.5]]",
            "wrong size 4": "array([1.5, 2.5,\n 3.5, 4.5])",
        },
    ),
    (VectorKey(SQUARE.exact, 1), {"correct": "[1.5 2.5\n 3.5 4.5]"}),  # lines part the rows of a matrix alone
    (ROWS, {"wrong axis": "[[0.64, 0.33], [0.36, 0.67]]"}),
    (VectorKey(("784.4", "10"), 0), {"correct": "784, 10"}),
    # A slip is named only where the answer cannot be the key.
    (
        VectorKey(("0.5004", "0.4996", "0.12"), 4),
        {"rounding": "(0.50, 0.50, 0.12)", "wrong swap 1, 2": "(0.4996, 0.5004, 0.12)"},
    ),
    (VectorKey(("3", "9", "2", "9"), 0, columns=2), {"correct": "3,9;2,9", "wrong size 4": "3,9,2,9"}),
)


@pytest.mark.parametrize(("key", "answer", "verdict"), TABLE)
def test_vectors_are_read_in_any_usual_layout_and_the_slip_behind_a_wrong_one_is_named(key, answer, verdict):
    assert verdict_of(key, answer) == verdict
    assert bool(grade(key, answer, ()).message) >= (" " in verdict)


def test_where_some_components_are_right_the_wrong_ones_are_told():
    assert "2, 3" in grade(SOFTMAX, "(0.84, 0.3, 0.5)", ()).message


def test_an_authors_mistake_comes_first():
    mistakes = (KnownMistake("no-exp", "(0.5, 0.3, 0.2)", "exp を忘れています。"),)
    assert grade(SOFTMAX, "(0.5, 0.3, 0.2)", mistakes).mistake == "no-exp"


COUNTS = VectorKey(("784", "1600", "10"), 0)


COUNT_ROWS = {
    "correct": "(784, 1600, 10) | 784.0 1600 10",
    "wrong component 1": "(780, 1600, 10) | (784.4, 1600, 10) | (800, 1600, 10)",
    "wrong sign": "(-784, -1600, -10)",
    "wrong swap 1, 3": "(10, 1600, 784)",
    "wrong no-bias": "(784, 1584, 10)",
}


@pytest.mark.parametrize(
    ("key", "answer", "verdict"), answers((COUNTS, COUNT_ROWS), (VectorKey(COUNTS.exact, 2, integer=True), COUNT_ROWS))
)
def test_a_vector_of_integers_is_exact(key, answer, verdict):
    assert verdict_of(key, answer, (KnownMistake("no-bias", "(784, 1584, 10)"),)) == verdict


@pytest.mark.parametrize(
    ("answer", "detail", "wanted"),
    [("0.090, 0.244, 0.665", "2", False), ("0.090, 0.24, 0.665", "", True), ("0.0900, 0.244, 0.66", "2, 3", True)],
)
def test_components_that_were_cut_are_named(answer: str, detail: str, wanted: bool):
    verdict = grade(VectorKey(("0.09003", "0.24473", "0.66526"), 3), answer, ())
    assert (verdict.outcome.value, verdict.mistake) == ("rounding", "truncated" if detail else None)
    assert verdict.detail == detail
    assert detail in verdict.message
    assert ("3 decimal places" in verdict.message) == wanted


def test_the_right_numbers_in_another_shape_or_place_of_the_point_are_told_so():
    shape = grade(VectorKey(("3", "9", "2", "9"), 0, columns=2), "3,9,2,9", ()).message
    assert "2 × 2" in shape
    assert "1, 2; 3, 4" in shape
    assert grade(VectorKey(("0.5004", "0.4996"), 4), "(5.004, 4.996)", ()).message.endswith("decimal point.")


def test_the_values_of_typed_arithmetic_are_beside_a_wrong_vector():
    assert grade(VectorKey(("0.4", "0.6"), 2), "(1, 2)/3", ()).value == "(0.33, 0.67)"
