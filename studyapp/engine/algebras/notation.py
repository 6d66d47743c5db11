"""What formulas have in common, over any algebra. Written as one would by hand: no stable forms here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from studyapp.domain.expression import Name
from studyapp.engine.algebras.algebra import Algebra, Problem, Value, vectorised
from studyapp.engine.algebras.trees import ZERO, Term


def total(algebra: Algebra, values: Value) -> Value:
    """The sum of all elements."""
    return np.sum(values) if np.size(values) else algebra.number(0)


def mean(algebra: Algebra, values: Value) -> Value:
    """The mean of all elements."""
    return algebra.divide(total(algebra, values), algebra.number(np.size(values)))


def absolute(algebra: Algebra, x: Value) -> Value:
    """|x|."""
    return algebra.apply("abs", x)


def exp(algebra: Algebra, x: Value) -> Value:
    """eˣ."""
    return algebra.apply("exp", x)


def sqrt(algebra: Algebra, x: Value) -> Value:
    """√x."""
    return algebra.apply("sqrt", x)


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
    return algebra.divide(one, one + exp(algebra, -x))


def softplus(algebra: Algebra, x: Value) -> Value:
    """ln(1 + eˣ)."""
    return log(algebra, algebra.number(1) + exp(algebra, x))


def log_sum_exp(algebra: Algebra, z: Value) -> Value:
    """The row's ln Σ e^z."""
    return log(algebra, total(algebra, exp(algebra, z)))


def label(algebra: Algebra, index: Value, count: int) -> int:
    """The class that an index names; raises `Problem` outside 0 … count − 1."""
    place = algebra.integer(index)
    if not 0 <= place < count:
        raise Problem(f"labels are whole numbers from 0 to {count - 1}, found {place}")
    return place


def stacked(*parts: Value) -> Value:
    """Values of one shape as the entries of a vector, or vectors as the rows of a matrix."""
    if np.shape(parts[0]):
        return np.stack(parts)
    column = np.empty(len(parts), dtype=object)
    column[:] = parts
    return column


def largest(algebra: Algebra, values: Sequence[Value]) -> Value:
    """The largest of one or more elements."""
    if not len(values):
        raise Problem("the largest of nothing")
    return reduce(algebra.maximum, values)
