"""NumPy in the forms that neither overflow nor lose digits; rows are along the last axis."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue.entry import Array


def times_log(x: Array, y: Array) -> Array:
    """`x · ln y`, with 0 · ln 0 = 0."""
    return np.where(np.equal(x, 0), 0.0, x * np.log(y))


def over(x: Array, y: Array) -> Array:
    """`x / y`, with 0 / 0 = 0: a term that is not there has no slope."""
    return np.where(np.equal(x, 0), 0.0, np.divide(x, y))


def softplus(x: Array) -> Array:
    """`ln(1 + eˣ)`, without overflow."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))


def sigmoid(x: Array) -> Array:
    """`1 / (1 + e⁻ˣ)`, without overflow and with all digits on both sides."""
    small = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, small) / (1.0 + small)


def softmax(z: Array) -> Array:
    """`e^z / Σ e^z` of each row, shifted by the largest entry."""
    exponentials: Array = z - np.max(z, axis=-1, keepdims=True)
    np.exp(exponentials, out=exponentials)
    exponentials /= np.sum(exponentials, axis=-1, keepdims=True)
    return exponentials


def log_sum_exp(z: Array) -> Array:
    """`ln Σ e^z` of each row; the largest term is taken out of the sum, so that a sure answer keeps its digits."""
    largest, top, gaps = _apart(z)
    return np.asarray((top + np.log1p(_others(gaps, largest)))[..., 0])


def surprise(z: Array) -> Array:
    """`−ln softmax(z)` of each row; never through the largest term, beside which a small loss would vanish."""
    largest, _, gaps = _apart(z)
    return np.asarray(np.log1p(_others(gaps.copy(), largest)) - gaps)


def expected_surprise_and_excess(z: Array, t: Array) -> tuple[Array, Array]:
    """`Σ t · surprise(z)` of each row, and its derivative by z, `Σ t · softmax(z) − t`: the exponentials serve both."""
    largest, _, gaps = _apart(z)
    whole, expected_gap = np.sum(t, axis=-1, keepdims=True), np.vecdot(t, gaps)
    others = _others(gaps, largest)
    np.put_along_axis(gaps, largest, 1.0, axis=-1)
    gaps *= whole / (1.0 + others)
    gaps -= t
    return np.asarray((whole * np.log1p(others))[..., 0] - expected_gap), gaps


def _apart(z: Array) -> tuple[Any, Array, Array]:
    """Where the largest entry of each row is, that entry, and the gaps of all entries below it."""
    largest = np.argmax(z, axis=-1)[..., np.newaxis]
    top = np.take_along_axis(z, largest, axis=-1)
    return largest, top, z - top


def _others(gaps: Array, largest: Any) -> Array:
    """`Σ e^gap` of each row without its largest term, which is 1. The gaps are used up."""
    np.put_along_axis(gaps, largest, -np.inf, axis=-1)
    np.exp(gaps, out=gaps)
    return np.asarray(np.sum(gaps, axis=-1, keepdims=True))


def picked(rows: Array, labels: Array) -> Array:
    """From each row the entry that its label names; raises `Problem` for a label that names none."""
    return np.asarray(
        np.take_along_axis(rows, checked_labels(labels, rows.shape[-1])[..., np.newaxis], axis=-1)[..., 0]
    )


def checked_labels(labels: NDArray[Any], count: int) -> NDArray[np.intp]:
    """Labels as whole numbers; raises `Problem` for one outside 0 … count − 1 (−1 would read the last class)."""
    whole = np.asarray(labels).astype(np.intp)
    if np.any(whole != labels) or np.any(whole < 0) or np.any(whole >= count):
        raise Problem(f"labels are whole numbers from 0 to {count - 1}, found {np.asarray(labels).tolist()}")
    return whole


def one_hot(labels: NDArray[Any], count: int) -> Array:
    """A row for each label: 1 at the label, 0 elsewhere."""
    whole = checked_labels(labels, count)
    rows = np.zeros((*whole.shape, count))
    np.put_along_axis(rows, whole[..., np.newaxis], 1.0, axis=-1)
    return rows


def normal_below(x: Array) -> Array:
    """The probability that a standard normal variable is below x, with all digits far on the left."""
    return np.asarray(0.5 * _ERFC(np.divide(x, -math.sqrt(2.0))))


_ERFC = np.vectorize(math.erfc, otypes=[float])
