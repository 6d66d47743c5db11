"""Distance in units of a distribution's spread: Mahalanobis."""

from __future__ import annotations

import numpy as np

from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Shape
from studyapp.engine.catalogue.entry import Entry


def mahalanobis_distance(x: Array, center: Array, covariance: Array) -> Array:
    """Distance from a centre where the covariance is the yardstick: standard deviations along each axis.

    Formula: √((x − μ)ᵀ Σ⁻¹ (x − μ)); derivative by x Σ⁻¹(x − μ)/distance, 0 at the kink x = μ.
    Args: x, center vectors of length K, covariance the K×K matrix Σ, symmetric and positive definite.
    Returns: one number, without unit. Different sizes and a matrix that is not positive definite are a `Problem`.
    Source: Mahalanobis 1936.
    """
    _check(covariance)
    return np.asarray(np.sqrt((x - center) @ np.linalg.solve(covariance, x - center)))


def _check(covariance: Array) -> None:
    try:
        np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise Problem(f"mahalanobis_distance: not positive definite: {covariance.tolist()}") from None
    if not np.array_equal(covariance, covariance.T):
        raise Problem(f"mahalanobis_distance: not symmetric: {covariance.tolist()}")


MOST_AXES = 30
"""Axes up to which the formula eliminates: its work grows with their cube."""


def _mahalanobis_distance_formula(algebra: Algebra, x: Value, center: Value, covariance: Value) -> Value:
    if len(x) > MOST_AXES:
        raise Problem(f"mahalanobis_distance by formula: {MOST_AXES} axes at most, found {len(x)}")
    gap = x - center
    return notation.sqrt(algebra, notation.total(algebra, gap * _solved(algebra, covariance, gap)))


def _solved(algebra: Algebra, matrix: Value, right: Value) -> Value:
    """Σ⁻¹ times a vector, by elimination: a positive definite matrix needs no exchange of rows."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        for j in range(len(rows)):
            if i != j:
                factor = algebra.divide(rows[j][i], pivot[i])
                rows[j] = [a - factor * b for a, b in zip(rows[j], pivot, strict=True)]
    return notation.stacked(*(algebra.divide(row[-1], row[i]) for i, row in enumerate(rows)))


def _mahalanobis_distance_by_x(x: Array, center: Array, covariance: Array) -> Array:
    distance = mahalanobis_distance(x, center, covariance)
    pull = np.linalg.solve(covariance, x - center)
    return np.zeros_like(pull) if distance == 0 else pull / distance


def _mahalanobis_distance_by_center(x: Array, center: Array, covariance: Array) -> Array:
    return -_mahalanobis_distance_by_x(x, center, covariance)


MAHALANOBIS_DISTANCE = Entry(
    name="mahalanobis_distance",
    ja=("マハラノビス距離",),
    en=("Mahalanobis distance",),
    arguments=(
        Argument("x", Domain.REAL, "k"),
        Argument("center", Domain.REAL, "k"),
        Argument("covariance", Domain.COVARIANCE, "kk"),
    ),
    shape=Shape.WHOLE,
    value=mahalanobis_distance,
    formula=_mahalanobis_distance_formula,
    gradients={"x": _mahalanobis_distance_by_x, "center": _mahalanobis_distance_by_center},
)

ENTRIES = (MAHALANOBIS_DISTANCE,)
