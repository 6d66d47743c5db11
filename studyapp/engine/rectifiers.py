"""Activations that are 0, or nearly, on one side and linear on the other: ReLU and its smooth relatives."""

from __future__ import annotations

import numpy as np

from studyapp.engine import notation
from studyapp.engine.arguments import Argument, Array, Shape
from studyapp.engine.entry import Entry

X = (Argument("x"),)


def relu(x: Array) -> Array:
    """The rectified linear unit.

    Formula: max(0, x); derivative 1 for x > 0, else 0 (also at the kink 0).
    Args: x of any shape.
    Returns: the same shape, not negative; no errors.
    Source: Fukushima 1969; Nair and Hinton 2010.
    """
    return np.maximum(x, 0.0)


def _relu_by_x(x: Array) -> Array:
    return np.where(np.greater(x, 0), 1.0, 0.0)


RELU = Entry(
    name="relu",
    ja=("ReLU", "正規化線形関数", "ランプ関数"),
    en=("ReLU", "rectified linear unit"),
    arguments=X,
    shape=Shape.MAP,
    value=relu,
    formula=notation.relu,
    gradients={"x": _relu_by_x},
)

ENTRIES = (RELU,)
