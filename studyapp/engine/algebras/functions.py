"""What formulas have in common, and the plain functions of the expression language, each once over any algebra.

Written as one would by hand: no stable forms here.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial, reduce
from typing import Any

import numpy as np

from studyapp.domain.expression import Name
from studyapp.domain.limits import ARRAY_ELEMENTS
from studyapp.engine.algebras.algebra import ELEMENTARY, Algebra, Problem, Value, vectorised
from studyapp.engine.algebras.trees import ZERO, Term


def total(algebra: Algebra, values: Value) -> Value:
    """The sum of all elements."""
    return np.sum(values) if np.size(values) else algebra.number(0)


def mean(algebra: Algebra, values: Value) -> Value:
    """The mean of all elements."""
    return algebra.divide(total(algebra, values), algebra.number(np.size(values)))


def relu(algebra: Algebra, x: Value) -> Value:
    """max(0, x)."""
    return algebra.maximum(x, algebra.number(0))


def log(algebra: Algebra, x: Value, base: Value | None = None) -> Value:
    """The logarithm to a base; natural where the base is e."""
    natural = algebra.apply("log", x)
    if base is None or (isinstance(base, Term) and base.node == Name("e")):
        return natural
    return algebra.divide(natural, algebra.apply("log", base))


def times_log(algebra: Algebra, x: Value, y: Value, base: Value | None = None) -> Value:
    """`x · log y` with 0 · log 0 = 0; symbols are multiplied as they stand."""
    zero, logarithm = algebra.number(0), log(algebra, y, base)
    if algebra.name == "numpy":
        return algebra.where(x == 0, zero, x * logarithm)
    return _PRODUCT(x, logarithm, zero)


def _is_zero(x: Any) -> bool:
    return bool(x.node == ZERO if isinstance(x, Term) else x == 0)


_PRODUCT = vectorised(lambda x, y, zero: zero if _is_zero(x) else x * y, 3)


def sigmoid(algebra: Algebra, x: Value) -> Value:
    """1 / (1 + e⁻ˣ)."""
    one = algebra.number(1)
    return algebra.divide(one, one + algebra.apply("exp", -x))


def softplus(algebra: Algebra, x: Value) -> Value:
    """ln(1 + eˣ)."""
    return log(algebra, algebra.number(1) + algebra.apply("exp", x))


def log_sum_exp(algebra: Algebra, z: Value) -> Value:
    """The row's ln Σ e^z."""
    return log(algebra, total(algebra, algebra.apply("exp", z)))


def label(algebra: Algebra, index: Value, count: int) -> int:
    """The class that an index names; raises `Problem` outside 0 … count − 1."""
    place = algebra.integer(index)
    if not 0 <= place < count:
        raise Problem(f"labels are whole numbers from 0 to {count - 1}, found {place}")
    return place


def stacked(*parts: Value) -> Value:
    """Values of one shape as the entries of a vector, or vectors as the rows of a matrix."""
    if parts and np.shape(parts[0]):
        return np.stack(parts)
    column = np.empty(len(parts), dtype=object)
    column[:] = parts
    return column


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


def _mean(algebra: Algebra, *values: Value) -> Value:
    row = elements(*values)
    if not row.size:
        raise Problem("mean of an empty vector")
    return mean(algebra, row)


def _dot(_: Algebra, left: Value, right: Value) -> Value:
    shapes = np.shape(left), np.shape(right)
    if not shapes[0] or not shapes[1] or shapes[0][-1] != shapes[1][0]:
        raise Problem(f"dot: shapes do not fit: {shapes[0]} and {shapes[1]}")
    return np.dot(left, right)


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
    "sum": lambda algebra, *values: total(algebra, elements(*values)),
    "len": lambda algebra, x: algebra.number(len(x) if isinstance(x, np.ndarray) else 1),
    "dot": _dot,
    "concat": lambda _, *values: elements(*values),
    "round": _round,
    "one_hot": _one_hot,
    "argmax": _argmax,
    "transpose": lambda _, matrix: matrix.T if isinstance(matrix, np.ndarray) else matrix,
}
