"""NumPy in the forms that neither overflow nor lose digits; rows are along the last axis."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue.arguments import Array

BLOCK = 32_768
"""Elements that are worked on at once; what lies between input and result then costs no memory to speak of."""


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
    shifted: Array = z - np.max(z, axis=-1, keepdims=True)
    np.exp(shifted, out=shifted)
    shifted /= np.sum(shifted, axis=-1, keepdims=True)
    return shifted


def log_sum_exp(z: Array) -> Array:
    """`ln Σ e^z` of each row; the largest term is taken out of the sum, so that a sure answer keeps its digits."""
    top, excess, _ = _top_and_excess(z)
    return np.asarray((top + excess)[..., 0])


def surprise(z: Array) -> Array:
    """`−ln softmax(z)` of each row; never through the largest term, beside which a small loss would vanish."""
    top, excess, made = _top_and_excess(z)
    np.subtract(z, top, out=made)
    return np.subtract(excess, made, out=made)


def _top_and_excess(z: Array) -> tuple[Array, Array, Array]:
    """Each row's largest entry, by how much `ln Σ e^z` exceeds it, and an array as large as z that may be used again.

    A large array costs more to be made than to be filled.
    """
    place = np.argmax(z, axis=-1)[..., np.newaxis]
    top = np.take_along_axis(z, place, axis=-1)
    rest = z - top
    np.put_along_axis(rest, place, -np.inf, axis=-1)
    np.exp(rest, out=rest)
    return top, np.log1p(np.sum(rest, axis=-1, keepdims=True)), rest


def by_blocks(work: Callable[..., Array], *arrays: Array) -> Array:
    """What `work` makes of rows, one value a row, taken so many at once as stay in the processor's cache."""
    count = max(1, BLOCK // max(1, arrays[0].shape[-1]))
    if arrays[0].ndim != 2 or len(arrays[0]) <= count:
        return work(*arrays)
    starts = range(0, len(arrays[0]), count)
    return np.concatenate([work(*(array[start : start + count] for array in arrays)) for start in starts])


def picked(rows: Array, labels: Array) -> Array:
    """From each row the entry that its label names; raises `Problem` for a label that names none."""
    return np.asarray(
        np.take_along_axis(rows, checked_labels(labels, rows.shape[-1])[..., np.newaxis], axis=-1)[..., 0]
    )


def checked_labels(labels: Array, count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """Labels as whole numbers; raises `Problem` for one outside 0 … count − 1 (−1 would read the last class)."""
    whole = np.asarray(labels).astype(np.intp)
    if np.any(whole != labels) or np.any(whole < 0) or np.any(whole >= count):
        raise Problem(f"labels are whole numbers from 0 to {count - 1}, found {np.asarray(labels).tolist()}")
    return whole


def one_hot(labels: Array, count: int) -> Array:
    """A row for each label: 1 at the label, 0 elsewhere."""
    whole = checked_labels(labels, count)
    rows = np.zeros((*whole.shape, count))
    np.put_along_axis(rows, whole[..., np.newaxis], 1.0, axis=-1)
    return rows


def normal_below(x: Array) -> Array:
    """The probability that a standard normal variable is below x, with all digits far on the left."""
    return np.asarray(0.5 * _ERFC(np.divide(x, -math.sqrt(2.0))))


_ERFC = np.vectorize(math.erfc, otypes=[float])
