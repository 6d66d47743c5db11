"""Every draw has its row, and draws what its row says."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.draws import DRAWS
from studyapp.domain.expression import Call
from studyapp.domain.undrawable import translated_problem
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.questions.randomness import DRAWS as DRAWN
from studyapp.engine.questions.randomness import Stream, draw_value
from studyapp.language import read_strict
from studyapp.workshop.rules.names import shape_of


@pytest.mark.parametrize("row", DRAWS, ids=lambda row: row.name)
def test_every_draw_has_its_row_its_sentences_and_its_mathematics(row):
    call = read_strict(row.example)

    assert {row.name for row in DRAWS} == {*DRAWN}
    assert row.ja
    assert row.en
    assert isinstance(call, Call)
    assert call.function == row.name
    assert draw_value(call, Stream("e", 1, "a"), {}) == draw_value(call, Stream("e", 1, "a"), {})
    assert shape_of(row.name, drawn=True).least >= 0


def drawn(text, seed=0):
    return draw_value(read_strict(text), Stream("e", seed, "a"), {})


@given(st.integers(1, 8), st.integers(0, 99))
def test_permutations_and_distinct_integers_repeat_nothing(count, seed):
    assert sorted(drawn(f"permutation({count})", seed)) == list(range(count))
    values = drawn(f"distinct({count}, -4, 3.5)", seed)
    assert len(set(values)) == count
    assert all(-4 <= value <= 3 for value in values)


@given(st.integers(1, 4), st.integers(0, 99))
def test_a_symmetric_matrix_is_its_transpose_and_an_invertible_one_has_a_determinant(size, seed):
    symmetric, invertible = drawn(f"symmetric({size}, -2, 2)", seed), drawn(f"invertible({size}, -1, 1)", seed)

    assert symmetric == tuple(zip(*symmetric, strict=True))
    assert abs(np.linalg.det(np.array(invertible, dtype=float))) > 0.5


def test_normal_numbers_have_their_mean_and_deviation_and_stay_near():
    values = np.array([drawn("normal(50, 10, digits=1)", seed) for seed in range(2000)], dtype=float)

    assert values.mean() == pytest.approx(50, abs=1)
    assert values.std() == pytest.approx(10, abs=0.6)
    assert np.all(np.abs(values - 50) < 60)


def test_vectors_and_matrices_are_picked_whole():
    picked = {drawn("pick((1, 0.5), ((1, 2), (3, 4)), (red, 2))", seed) for seed in range(40)}

    assert picked == {(Decimal(1), Decimal("0.5")), ((1, 2), (3, 4)), ("red", Decimal(2))}
    assert len(drawn("sample(2, (1, 2), (3, 4), (5, 6))")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "distinct(5, 1, 4)",
        "permutation(0)",
        "permutation(20000)",
        "symmetric(13, 0, 1)",
        "invertible(2, 0, 0)",
        "invertible(1.5, 0, 3)",
        "normal(0, 1, digits=13)",
        "normal((1, 2), 1)",
        "sample((1, 2), 3)",
    ],
)
def test_draws_that_do_not_fit_are_said_in_both_languages(text):
    with pytest.raises(Problem) as problem:
        drawn(text)

    assert translated_problem(str(problem.value)) != str(problem.value)
