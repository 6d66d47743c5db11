"""Mini-batches: a few examples that stand for all, as their places; and the two forms of a class label."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import perm

import numpy as np
from numpy.typing import NDArray

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue.arguments import Array
from studyapp.engine.catalogue.stable import checked_labels, one_hot

Places = NDArray[np.int64]
"""Which examples are in a batch, counted from 0."""


def shuffled_batches(
    count: int, size: int, random: np.random.Generator, *, drop_last: bool = False
) -> Iterator[Places]:
    """One epoch without replacement: every example once, in a new order.

    The last batch is smaller where the size does not divide the count; `drop_last` leaves it out, so that each step
    has the same weight. Raises `Problem` for a size below 1.
    """
    _check(count, size)
    order = random.permutation(count)
    end = count - count % size if drop_last else count
    return (order[start : min(start + size, end)] for start in range(0, end, size))


def drawn_batches(count: int, size: int, random: np.random.Generator, *, drop_last: bool = False) -> Iterator[Places]:
    """As many batches as one epoch has, each drawn with replacement: an example may come twice, and others not at all.

    The batches of an epoch are all of one size; `drop_last` leaves out the one that would have been smaller.
    """
    _check(count, size)
    batches = count // size if drop_last else -(-count // size)
    return (random.integers(0, count, size) for _ in range(batches))


def repeat_probability(count: int, size: int) -> Fraction:
    """How probable it is that a batch drawn with replacement holds some example twice.

    Formula: 1 − n! / ((n − k)! nᵏ), n examples, k in a batch.
    Source: the birthday problem, von Mises 1939.
    """
    _check(count, size)
    return 1 - Fraction(perm(count, size), count**size)


def as_labels(t: Array) -> Array:
    """One-hot rows as class labels (from 0).

    Raises `Problem` for rows that are not one-hot: the largest entry of a soft target is not the target.
    """
    rows = np.asarray(t, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] < 2:
        raise Problem(f"one-hot targets are rows of two or more classes, found the shape {rows.shape}")
    if not (np.all((rows == 0) | (rows == 1)) and np.all(np.sum(rows, axis=1) == 1)):
        raise Problem("a one-hot row has a single 1 and else 0: soft targets have no label")
    return np.asarray(np.argmax(rows, axis=1), dtype=np.float64)


def as_one_hot(labels: Array, classes: int) -> Array:
    """Class labels (from 0) as one-hot rows. Raises `Problem` for a label outside 0 … classes − 1, or a matrix."""
    if np.ndim(labels) != 1:
        raise Problem(f"labels are one for each example, found the shape {np.shape(labels)}")
    return one_hot(checked_labels(labels, classes).astype(np.float64), classes)


def _check(count: int, size: int) -> None:
    if count < 1 or size < 1:
        raise Problem(f"a batch has one example or more, found {size} out of {count}")
