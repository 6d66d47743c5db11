"""Formulas in matrix symbols: their values in floats and fractions agree, and the course's keys are proved."""

from pathlib import Path

import numpy as np
import pytest

from studyapp.domain.exercise import domain_of
from studyapp.domain.place import PageSource
from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.equivalence.comparison import State
from studyapp.engine.matrices.deciding import MatrixFormula, MatrixSetting, compare, key_of
from studyapp.engine.matrices.meaning import value_of
from studyapp.kernel.requests import Draw, Prove
from studyapp.kernel.service import Service
from studyapp.language.matrices import matrices_of, read_in

PAGE = Path(__file__).parents[2] / "content" / "ja" / "backprop" / "matrices.md"
SYMBOLS = {
    "X": "matrix(N, D)",
    "A": "matrix(D, D)",
    "y": "vector(N)",
    "x": "vector(D)",
    "P": "matrix(N, D, positive)",
    "N": "size",
    "D": "size",
    "c": "0..1",
    "k": "integer",
}
DOMAINS = {name: domain for name, text in SYMBOLS.items() if (domain := domain_of(name, text)) is not None}


def tree(text: str):
    return read_in(matrices_of(tuple(SYMBOLS.items())), text)


def formula(text: str, setting: MatrixSetting | None = None) -> MatrixFormula:
    return MatrixFormula(tree(text), setting or MatrixSetting(DOMAINS, {}))


@pytest.mark.parametrize(
    ("text", "numpy"),
    [
        ("X^T y", lambda v: v["X"].T @ v["y"]),
        ("x^T A x", lambda v: v["x"] @ v["A"] @ v["x"]),
        ("x x^T", lambda v: np.outer(v["x"], v["x"])),
        ("A^-1 x", lambda v: np.linalg.solve(v["A"], v["x"])),
        ("sum(X, axis=0)/N", lambda v: v["X"].mean(axis=0)),
        ("X/sum(X, axis=1, keepdims=True)", lambda v: v["X"] / v["X"].sum(axis=1, keepdims=True)),
        ("X + x", lambda v: v["X"] + v["x"]),
        ("tr(A) + norm(x)^2", lambda v: np.trace(v["A"]) + np.linalg.norm(v["x"]) ** 2),
        ("diag(x) A", lambda v: np.diag(v["x"]) @ v["A"]),
        ("max(0, X) ⊙ P", lambda v: np.maximum(0, v["X"]) * v["P"]),
    ],
)
def test_floats_and_fractions_agree_with_numpy(text: str, numpy):
    draw = MatrixSetting(DOMAINS, {}).draws[0]
    exact = draw.environment(FRACTIONS)
    environments = {FLOATS: draw.environment(FLOATS), FRACTIONS: exact}
    for algebra, environment in environments.items():
        plain = {name: np.asarray(value, dtype=float) for name, value in environment.items()}
        value = np.asarray(value_of(tree(text), environment, algebra), dtype=float)

        assert np.allclose(value, numpy(plain), rtol=1e-9), algebra.name


def test_sizes_are_different_primes_and_others_at_each_draw():
    first, second = (draw.sizes for draw in MatrixSetting(DOMAINS, {}).draws)

    assert len({*first.values()}) == len(first)
    assert all(first[name] != second[name] >= 2 for name in first)


def test_what_floats_cannot_see_is_seen_exactly():
    key = formula("X^T y")

    assert compare(key, formula("X^T y + 1e-11 X^T y")).state == State.DIFFERENT
    assert compare(formula("log(P)"), formula("log(P) + 1e-30")).state == State.DIFFERENT
    assert compare(formula("log(P)"), formula("log(2 P) - log(2)")).state == State.EQUAL


@pytest.mark.parametrize("text", ["(X^T X)^-1 X^T y", "X^T (X X^T)^-1 y"])
def test_sizes_are_chosen_so_that_the_key_has_a_value(text: str):
    assert key_of(tree(text), DOMAINS, {}).is_defined


def test_a_key_without_values_is_a_problem():
    with pytest.raises(Problem):
        key_of(tree("(x x^T)^-1"), DOMAINS, {})


@pytest.mark.parametrize(
    ("exercise", "matrices"),
    [("ridge-gradient", {"X", "w", "y"}), ("affine-backward", {"X", "W", "dU"}), ("softmax-matrices", {"X", "Y", "T"})],
)
def test_a_proof_shows_the_drawn_matrices_and_both_values(exercise: str, matrices: set[str]):
    source, service = PageSource("backprop/matrices", str(PAGE)), Service()
    question = service.answer(Draw(source, exercise, 1))

    proof = service.answer(Prove(source, question))

    assert {route.name for route in proof.routes} >= {*matrices, "answer: numpy", "check: mpmath"}
    assert float(proof.distance) < 1e-9


def test_the_proof_of_a_gradient_has_the_forms_of_both_routes():
    source, service = PageSource("backprop/matrices", str(PAGE)), Service()

    proof = service.answer(Prove(source, service.answer(Draw(source, "jacobian-formulas", 1))))

    assert (proof.distance, len(proof.routes)) == ("0", 2)
