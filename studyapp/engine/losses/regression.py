"""Losses for continuous targets: prediction y, target t, residual r = y − t."""

from __future__ import annotations

import numpy as np

from studyapp.engine.algebra import Algebra, Value
from studyapp.engine.entry import Array, Entry, Reduction, Shape


def squared_error(y: Array, t: Array) -> Array:
    """Squared residual.

    Formula: r², r = y − t.
    Args: y, t of one shape, any units (the value has their square).
    Returns: the same shape.
    Source: Legendre 1805; Gauss 1809.
    """
    return np.square(np.subtract(y, t))


def squared_error_formula(_: Algebra, y: Value, t: Value) -> Value:
    """r²."""
    return (y - t) ** 2


ENTRIES = (
    Entry(
        name="mse",
        arguments=("y", "t"),
        shape=Shape.ELEMENT,
        value=squared_error,
        formula=squared_error_formula,
        reduction=Reduction.MEAN,
    ),
)
