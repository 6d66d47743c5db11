"""The plain functions of the expression language, each written once over an algebra."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial, reduce
from typing import Any

import numpy as np

from studyapp.domain.limits import ARRAY_ELEMENTS
from studyapp.engine.algebras.algebra import ELEMENTARY, Algebra, Problem, Value


def elements(*values: Value) -> np.ndarray[Any, Any]:
    """All elements of the values in one row."""
    if not values:
        raise Problem("nothing to gather")
    parts = [np.ravel(value) if isinstance(value, np.ndarray) else _single(value) for value in values]
    return np.concatenate(parts)


def _single(value: Value) -> np.ndarray[Any, Any]:
    row = np.empty(1, dtype=np.float64 if isinstance(value, float | int | np.generic) else object)
    row[0] = value
    return row


def _apply(function: str, algebra: Algebra, x: Value) -> Value:
    return algebra.apply(function, x)


def _log(algebra: Algebra, x: Value, base: Value | None = None) -> Value:
    natural = algebra.apply("log", x)
    return natural if base is None else algebra.divide(natural, algebra.apply("log", base))


def _extreme(method: str, algebra: Algebra, *values: Value) -> Value:
    """Of one vector its extreme entry, of several values the elementwise extreme."""
    if not values:
        raise Problem(f"{method[:3]} of nothing")
    choose = algebra.maximum if method == "maximum" else algebra.minimum
    parts = list(elements(values[0])) if len(values) == 1 else list(values)
    if not parts:
        raise Problem(f"{method[:3]} of an empty vector")
    return reduce(choose, parts)


def _sum(algebra: Algebra, *values: Value) -> Value:
    row = elements(*values)
    return row.sum() if row.size else algebra.number(0)


def _mean(algebra: Algebra, *values: Value) -> Value:
    row = elements(*values)
    if not row.size:
        raise Problem("mean of an empty vector")
    return algebra.divide(row.sum(), algebra.number(row.size))


def _length(algebra: Algebra, x: Value) -> Value:
    return algebra.number(len(x) if isinstance(x, np.ndarray) else 1)


def _dot(_: Algebra, left: Value, right: Value) -> Value:
    shapes = np.shape(left), np.shape(right)
    if not shapes[0] or not shapes[1] or shapes[0][-1] != shapes[1][0]:
        raise Problem(f"dot: shapes do not fit: {shapes[0]} and {shapes[1]}")
    return np.dot(left, right)


def _concat(_: Algebra, *values: Value) -> Value:
    return elements(*values)


def _round(algebra: Algebra, x: Value, digits: Value | None = None) -> Value:
    if digits is None:
        return algebra.apply("round", x)
    scale = algebra.number(Fraction(10) ** algebra.integer(digits))
    return algebra.divide(algebra.apply("round", x * scale), scale)


def _one_hot(algebra: Algebra, index: Value, size: Value) -> Value:
    length = algebra.integer(size)
    labels = [algebra.integer(label) for label in elements(index)]
    if not 0 < length <= ARRAY_ELEMENTS or any(not 0 <= label < length for label in labels):
        raise Problem(f"one_hot: labels {labels} for {length} classes")
    one, zero = algebra.number(1), algebra.number(0)
    rows = np.empty((len(labels), length), dtype=np.float64 if algebra.name == "numpy" else object)
    rows[...] = zero
    rows[range(len(labels)), labels] = one
    return rows if isinstance(index, np.ndarray) else rows[0]


def _argmax(algebra: Algebra, values: Value) -> Value:
    row = list(elements(values))
    best = 0
    for place, value in enumerate(row):
        if bool(algebra.compare(">", value, row[best])):
            best = place
    return algebra.number(best)


def _transpose(_: Algebra, matrix: Value) -> Value:
    return np.transpose(matrix) if isinstance(matrix, np.ndarray) else matrix


def _reciprocal(function: str, algebra: Algebra, x: Value) -> Value:
    return algebra.divide(algebra.number(1), algebra.apply(function, x))


RECIPROCALS = {"sec": "cos", "csc": "sin", "sech": "cosh", "csch": "sinh", "coth": "tanh"}
"""Functions that are 1 over another one."""

FUNCTIONS: dict[str, Callable[..., Value]] = {
    **{name: partial(_apply, name) for name in ELEMENTARY if name not in {"log", "round"}},
    **{name: partial(_reciprocal, function) for name, function in RECIPROCALS.items()},
    "cot": lambda algebra, x: algebra.divide(algebra.apply("cos", x), algebra.apply("sin", x)),
    "ceil": lambda algebra, x: -algebra.apply("floor", -x),
    "log": _log,
    "log2": lambda algebra, x: _log(algebra, x, algebra.number(2)),
    "log10": lambda algebra, x: _log(algebra, x, algebra.number(10)),
    "min": partial(_extreme, "minimum"),
    "max": partial(_extreme, "maximum"),
    "minimum": lambda algebra, left, right: algebra.minimum(left, right),
    "maximum": lambda algebra, left, right: algebra.maximum(left, right),
    "mean": _mean,
    "sum": _sum,
    "len": _length,
    "dot": _dot,
    "concat": _concat,
    "round": _round,
    "one_hot": _one_hot,
    "argmax": _argmax,
    "transpose": _transpose,
}
