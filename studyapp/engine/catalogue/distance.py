"""Distances and similarities of vectors, of matrices row by row; and distance in units of a distribution's spread."""

from functools import reduce

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.arrays import bounded, decided, stacked
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape

A_AND_B = (Argument("a", Domain.REAL, "nk"), Argument("b", Domain.REAL, "nk"))


def _euclidean_distance_by_a(a: Array, b: Array) -> Array:
    return stable.over(a - b, euclidean_distance.unreduced(a, b)[..., np.newaxis])


@Entry(
    names=Text(ja="ユークリッド距離、L2距離", en="Euclidean distance, L2 distance"),
    takes=(Shape.ROW, *A_AND_B),
    formula=lambda algebra, a, b: algebra.apply("sqrt", functions.total(algebra, (a - b) ** 2)),
    gradients={"a": _euclidean_distance_by_a, "b": lambda a, b: _euclidean_distance_by_a(b, a)},
    topic="statistics/distances",
)
def euclidean_distance(a: Array, b: Array) -> Array:
    """Length of the straight line between two points (L2).

    Formula: √Σ(a − b)²; derivative by a (a − b)/distance, 0 at the kink a = b.
    Args: a, b rows of one length (N×K, or one row), in one unit.
    Returns: one value a row, in that unit; the entry takes the mean over rows.
    Source: Euclid, Elements I.47.
    """
    return np.asarray(np.hypot.reduce(a - b, axis=-1))


@Entry(
    names=Text(ja="マンハッタン距離、L1距離", en="Manhattan distance, L1 distance"),
    takes=(Shape.ROW, *A_AND_B),
    formula=lambda algebra, a, b: functions.total(algebra, algebra.apply("abs", a - b)),
    gradients={"a": lambda a, b: np.sign(a - b), "b": lambda a, b: np.sign(b - a)},
    topic="statistics/distances",
)
def manhattan_distance(a: Array, b: Array) -> Array:
    """Length of the way along the axes (L1).

    Formula: Σ|a − b|; derivative by a sign(a − b), 0 at the kink.
    Args: a, b rows of one length (N×K, or one row), in one unit.
    Returns: one value a row, in that unit; the entry takes the mean over rows.
    Source: Minkowski 1910.
    """
    return np.asarray(np.sum(np.abs(a - b), axis=-1))


def _chebyshev_distance_by_a(a: Array, b: Array) -> Array:
    return np.sign(a - b) * stable.one_hot(np.argmax(np.abs(a - b), axis=-1), a.shape[-1])


@Entry(
    names=Text(ja="チェビシェフ距離、L∞距離", en="Chebyshev distance, L∞ distance"),
    takes=(Shape.ROW, *A_AND_B),
    formula=lambda algebra, a, b: reduce(algebra.maximum, algebra.apply("abs", a - b)),
    gradients={"a": _chebyshev_distance_by_a, "b": lambda a, b: _chebyshev_distance_by_a(b, a)},
    topic="statistics/distances",
)
def chebyshev_distance(a: Array, b: Array) -> Array:
    """Largest difference along one axis (L∞).

    Formula: max |a − b|; derivative by a sign(a − b) where the largest is, else 0.
    Args: a, b rows of one length (N×K, or one row), in one unit.
    Returns: one value a row, in that unit; the entry takes the mean over rows.
    Source: Chebyshev 1854.
    """
    return np.asarray(np.max(np.abs(a - b), axis=-1))


def _minkowski_distance_formula(algebra: Algebra, a: Value, b: Value, order: Value) -> Value:
    powers = algebra.power(algebra.apply("abs", a - b), order)
    return algebra.power(functions.total(algebra, powers), algebra.divide(algebra.number(1), order))


def _minkowski_distance_by_a(a: Array, b: Array, order: float) -> Array:
    whole = minkowski_distance.unreduced(a, b, order)[..., np.newaxis]
    return stable.over(np.sign(a - b), np.power(stable.over(np.abs(a - b), whole), 1.0 - order))


@Entry(
    names=Text(ja="ミンコフスキー距離", en="Minkowski distance"),
    takes=(Shape.ROW, *A_AND_B),
    formula=_minkowski_distance_formula,
    gradients={"a": _minkowski_distance_by_a, "b": lambda a, b, order: _minkowski_distance_by_a(b, a, order)},
    options={"order": Option(2.0, Domain.POSITIVE)},
    topic="statistics/distances",
)
def minkowski_distance(a: Array, b: Array, order: float = 2.0) -> Array:
    """The family of Manhattan (order 1) and Euclid (order 2).

    Formula: (Σ|a − b|^p)^(1/p); derivative by a sign(a − b) (|a − b| / distance)^(p − 1), 0 at the kink.
    Args: a, b rows of one length (N×K, or one row), in one unit; order p > 0 (a distance from 1 on).
    Returns: one value a row, in that unit; the entry takes the mean over rows.
    Source: Minkowski 1910.
    """
    size = np.abs(a - b)
    top = np.max(size, axis=-1, keepdims=True)
    powers = np.power(stable.over(size, top), order)
    return np.asarray(top[..., 0] * np.power(np.sum(powers, axis=-1), 1.0 / order))


def _unit(a: Array) -> Array:
    """The row's direction; scaled first, so that squares stay inside float64."""
    scaled = a / np.max(np.abs(a), axis=-1, keepdims=True)
    return np.asarray(scaled / np.sqrt(np.sum(np.square(scaled), axis=-1, keepdims=True)))


def _cosine_similarity_formula(algebra: Algebra, a: Value, b: Value) -> Value:
    squares = functions.total(algebra, a**2), functions.total(algebra, b**2)
    lengths = algebra.apply("sqrt", squares[0]) * algebra.apply("sqrt", squares[1])
    return algebra.divide(functions.total(algebra, a * b), lengths)


def _cosine_similarity_by_a(a: Array, b: Array) -> Array:
    length = np.sqrt(np.sum(np.square(a), axis=-1, keepdims=True))
    return np.asarray((_unit(b) - cosine_similarity.unreduced(a, b)[..., np.newaxis] * _unit(a)) / length)


@Entry(
    names=Text(ja="コサイン類似度、余弦類似度", en="cosine similarity"),
    takes=(Shape.ROW, *A_AND_B),
    formula=_cosine_similarity_formula,
    gradients={"a": _cosine_similarity_by_a, "b": lambda a, b: _cosine_similarity_by_a(b, a)},
    topic="metric/embeddings",
)
def cosine_similarity(a: Array, b: Array) -> Array:
    """Cosine of the angle between two vectors: 1 alike in direction, 0 at a right angle, −1 opposite.

    Formula: a·b / (‖a‖ ‖b‖); derivative by a b/(‖a‖‖b‖) − cos · a/‖a‖².
    Args: a, b rows of one length (N×K, or one row), not zero.
    Returns: one value a row, from −1 to 1; the entry takes the mean over rows. A zero vector is a `Problem`.
    Source: Salton 1975 (vector space model).
    """
    return np.asarray(np.sum(_unit(a) * _unit(b), axis=-1))


@Entry(
    names=Text(ja="コサイン距離、コサイン損失、余弦距離", en="cosine distance, cosine loss"),
    takes=(Shape.ROW, *A_AND_B),
    formula=lambda algebra, a, b: 1 - _cosine_similarity_formula(algebra, a, b),
    gradients={"a": lambda a, b: -_cosine_similarity_by_a(a, b), "b": lambda a, b: -_cosine_similarity_by_a(b, a)},
    facts=Facts((Task.METRIC_LEARNING,), Target.PAIR, OutputUnit.EMBEDDING, bounded=True, symmetric=True, convex=False),
    topic="statistics/distances",
)
def cosine_distance(a: Array, b: Array) -> Array:
    """One minus the cosine similarity: a loss from 0 to 2 that does not see lengths.

    Formula: 1 − a·b / (‖a‖ ‖b‖).
    Args: a, b rows of one length (N×K, or one row), not zero.
    Returns: one value a row, from 0 to 2; the entry takes the mean over rows. A zero vector is a `Problem`.
    Source: Salton 1975 (vector space model).
    """
    return 1.0 - cosine_similarity.unreduced(a, b)


def _check(covariance: Array) -> None:
    try:
        np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise Problem(f"mahalanobis_distance: not positive definite: {covariance.tolist()}") from None
    if not np.array_equal(covariance, covariance.T):
        raise Problem(f"mahalanobis_distance: not symmetric: {covariance.tolist()}")


MOST_AXES = 30  # axes up to which the formula eliminates: its work grows with their cube


def _mahalanobis_distance_formula(algebra: Algebra, x: Value, center: Value, covariance: Value) -> Value:
    if len(x) > MOST_AXES:
        raise Problem(f"mahalanobis_distance by formula: {MOST_AXES} axes at most, found {len(x)}")
    gap = x - center
    return algebra.apply("sqrt", functions.total(algebra, gap * _solved(algebra, covariance, gap)))


def _solved(algebra: Algebra, matrix: Value, right: Value) -> Value:
    """Σ⁻¹ times a vector, by elimination: a positive definite matrix needs no exchange of rows."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        for j in range(len(rows)):
            if i != j:
                factor = algebra.divide(rows[j][i], pivot[i])
                rows[j] = [a - factor * b for a, b in zip(rows[j], pivot, strict=True)]
    return stacked(*(algebra.divide(row[-1], row[i]) for i, row in enumerate(rows)))


def _mahalanobis_distance_by_x(x: Array, center: Array, covariance: Array) -> Array:
    distance = mahalanobis_distance.unreduced(x, center, covariance)
    pull = np.linalg.solve(covariance, x - center)
    return np.zeros_like(pull) if distance == 0 else pull / distance


@Entry(
    names=Text(ja="マハラノビス距離", en="Mahalanobis distance"),
    takes=(
        Shape.WHOLE,
        Argument("x", Domain.REAL, "k"),
        Argument("center", Domain.REAL, "k"),
        Argument("covariance", Domain.COVARIANCE, "kk"),
    ),
    formula=_mahalanobis_distance_formula,
    gradients={
        "x": _mahalanobis_distance_by_x,
        "center": lambda x, center, covariance: -_mahalanobis_distance_by_x(x, center, covariance),
    },
    topic="statistics/distances",
)
def mahalanobis_distance(x: Array, center: Array, covariance: Array) -> Array:
    """Distance from a centre where the covariance is the yardstick: standard deviations along each axis.

    Formula: √((x − μ)ᵀ Σ⁻¹ (x − μ)); derivative by x Σ⁻¹(x − μ)/distance, 0 at the kink x = μ.
    Args: x, center vectors of length K, covariance the K×K matrix Σ, symmetric and positive definite.
    Returns: one number, without unit. A matrix that is not positive definite is a `Problem`.
    Source: Mahalanobis 1936.
    """
    _check(covariance)
    return np.asarray(np.sqrt((x - center) @ np.linalg.solve(covariance, x - center)))


@Entry(
    names=Text(ja="編集距離、レーベンシュタイン距離", en="edit distance, Levenshtein distance"),
    takes=(Shape.WHOLE, Argument("a", Domain.SYMBOLS, "p"), Argument("b", Domain.SYMBOLS, "q")),
)
def edit_distance(algebra: Algebra, a: Value, b: Value) -> Value:
    """How many symbols have to be put in, left out or changed to make one sequence of the other.

    Formula: d_ij = min(d_(i−1)j + 1, d_i(j−1) + 1, d_(i−1)(j−1) + [a_i ≠ b_j]), d_i0 = i, d_0j = j
    Args: a, b vectors of numbers that stand for symbols, or words; each change costs 1.
    Returns: a whole number. An empty sequence is a `Problem`.
    Source: Levenshtein 1966; Wagner and Fischer 1974.
    """
    bounded((len(a), len(b)))
    above = list(range(len(b) + 1))
    for count, symbol in enumerate(a, start=1):
        row = [count]
        for place, other in enumerate(b):
            changed = above[place] + (not decided(algebra, "==", symbol, other))
            row.append(min(above[place + 1] + 1, row[place] + 1, changed))
        above = row
    return algebra.number(above[-1])
