"""Many elements to one, over all of an array or along an axis: sums, means, spreads, extremes, counts; and rows sorted.

Each is written once for a row of elements of any algebra.
"""

from collections.abc import Callable
from functools import cmp_to_key, reduce
from itertools import accumulate
from operator import add, mul
from typing import Any, Literal

import numpy as np

from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.arrays import (
    Array,
    array_of,
    axis_of,
    bounded,
    decided,
    elements,
    stacked,
    together,
    word_of,
)

FLAGS = ("false", "true")
OfRow = Callable[..., Value]  # of an algebra and a row of elements


def over(of_row: OfRow, algebra: Algebra, values: tuple[Value, ...], axis: Value, keepdims: Any) -> Value:
    """What `of_row` makes of all elements, or, with an axis, of each row along it; `keepdims` leaves an axis of 1."""
    kept = word_of(keepdims, FLAGS, "keepdims") == "true"
    if axis is None or (isinstance(axis, str) and axis == "none"):
        result = of_row(algebra, elements(*values))
        return array_of(algebra, [result], (1,) * np.ndim(values[0])) if kept else result
    if len(values) != 1:
        raise Problem("an axis belongs to one array")
    place = axis_of(algebra, axis, values[0])
    moved = np.moveaxis(values[0], place, -1)
    results = [of_row(algebra, moved[index]) for index in np.ndindex(moved.shape[:-1])]
    if not moved.ndim > 1:
        return array_of(algebra, results) if kept else results[0]
    whole = array_of(algebra, results, moved.shape[:-1])
    return np.expand_dims(whole, place) if kept else whole


def gathering(of_row: OfRow) -> Callable[..., Value]:
    """A function of one array or of several values, from what it makes of a row."""

    def gathered(algebra: Algebra, *values: Value, axis: Value = None, keepdims: Value = "false") -> Value:
        return over(of_row, algebra, values, axis, keepdims)

    return gathered


def _row(name: str, row: Array) -> Array:
    if not row.size:
        raise Problem(f"{name} of an empty vector")
    return row


def _sum(algebra: Algebra, row: Array) -> Value:
    return np.sum(row) if row.size else algebra.number(0)


def _prod(algebra: Algebra, row: Array) -> Value:
    return reduce(mul, row, algebra.number(1))


def mean_of(algebra: Algebra, row: Array, name: str = "mean") -> Value:
    """The mean of a row that is not empty."""
    return algebra.divide(np.sum(_row(name, row)), algebra.number(row.size))


def _count(algebra: Algebra, row: Array) -> Value:
    return _sum(algebra, algebra.where(row, algebra.number(1), algebra.number(0))) if row.size else algebra.number(0)


def _any(algebra: Algebra, row: Array) -> Value:
    return algebra.compare(">", _count(algebra, row), algebra.number(0))


def _all(algebra: Algebra, row: Array) -> Value:
    return algebra.compare("==", _count(algebra, row), algebra.number(row.size))


def _norm(algebra: Algebra, row: Array) -> Value:
    return algebra.apply("sqrt", _sum(algebra, row * row))


def norm(algebra: Algebra, x: Value, axis: Value = None, keepdims: Value = "false") -> Value:
    """√Σx²."""
    return over(_norm, algebra, (x,), axis, keepdims)


def var(algebra: Algebra, x: Value, ddof: Value = 0, axis: Value = None, keepdims: Value = "false") -> Value:
    """Σ(x − mean)² / (n − ddof)."""

    def of_row(algebra: Algebra, row: Array) -> Value:
        gaps = row - mean_of(algebra, row, "var")
        left = row.size - _whole(algebra, ddof)
        if left <= 0:
            raise Problem(f"var: {row.size} values are too few for ddof={row.size - left}")
        return algebra.divide(np.sum(gaps * gaps), algebra.number(left))

    return over(of_row, algebra, (x,), axis, keepdims)


def _whole(algebra: Algebra, value: Value) -> int:
    return value if isinstance(value, int) else algebra.integer(value)


def std(algebra: Algebra, x: Value, ddof: Value = 0, axis: Value = None, keepdims: Value = "false") -> Value:
    """The root of the variance."""
    return algebra.apply("sqrt", var(algebra, x, ddof, axis, keepdims))


def order_of(algebra: Algebra, row: Array) -> list[int]:
    """The places of a row's elements in ascending order; equal ones stay in theirs."""

    def compare(i: int, j: int) -> int:
        return decided(algebra, ">", row[i], row[j]) - decided(algebra, "<", row[i], row[j])

    return sorted(range(len(row)), key=cmp_to_key(compare))


def _sorted(algebra: Algebra, row: Array) -> Array:
    ordered: Array = row[order_of(algebra, row)]
    return ordered


def _argsort(algebra: Algebra, row: Array) -> Array:
    return array_of(algebra, map(algebra.number, order_of(algebra, row)))


def _cumsum(algebra: Algebra, row: Array) -> Array:
    return array_of(algebra, accumulate(row, add))


def along(of_row: OfRow) -> Callable[..., Value]:
    """A function from rows to rows: of the last axis, unless another is named."""

    def arranged(algebra: Algebra, x: Value, axis: Value = -1) -> Value:
        if not np.shape(x):
            return of_row(algebra, elements(x))
        place = np.ndim(x) - 1 if isinstance(axis, int) else axis_of(algebra, axis, x)
        moved = np.moveaxis(x, place, -1)
        rows = [of_row(algebra, moved[index]) for index in np.ndindex(moved.shape[:-1])]
        return np.moveaxis(stacked(*rows).reshape(moved.shape), -1, place) if rows else x

    return arranged


def _middle(algebra: Algebra, row: Array) -> Value:
    half = len(row) // 2
    return row[half] if len(row) % 2 else algebra.divide(row[half - 1] + row[half], algebra.number(2))


def median(algebra: Algebra, x: Value, axis: Value = None, keepdims: Value = "false") -> Value:
    """The middle element in order, of an even number the mean of the middle two."""

    def of_row(algebra: Algebra, row: Array) -> Value:
        return _middle(algebra, _sorted(algebra, _row("median", row)))

    return over(of_row, algebra, (x,), axis, keepdims)


def _linear(algebra: Algebra, row: Array, q: Value) -> Value:
    place = q * algebra.number(len(row) - 1)
    low = min(algebra.integer(algebra.apply("floor", place)), len(row) - 1)
    high = min(low + 1, len(row) - 1)
    return row[low] + (place - algebra.number(low)) * (row[high] - row[low])


def _halves(algebra: Algebra, row: Array, q: Value) -> Value:
    """The medians of the whole and of its halves, the middle element left out of both (the schools' rule in Japan)."""
    quarters = algebra.integer(algebra.apply("floor", q * algebra.number(4)))
    if quarters not in (1, 2, 3) or not decided(algebra, "==", q * algebra.number(4), algebra.number(quarters)):
        raise Problem("quantile: method=halves knows 0.25, 0.5 and 0.75 alone")
    half = len(row) // 2
    parts = {1: row[:half], 2: row, 3: row[len(row) - half :]}
    return _middle(algebra, _row("quantile", parts[quarters]))


_METHODS: dict[str, OfRow] = {"linear": _linear, "halves": _halves}


def quantile(
    algebra: Algebra, x: Value, q: Value, method: Value = "linear", axis: Value = None, keepdims: Value = "false"
) -> Value:
    """The value below which a share q of the elements is: between neighbours in proportion, or by halves."""
    chosen = _METHODS[word_of(method, _METHODS, "method")]
    if isinstance(q, np.ndarray):
        bounded((q.size, np.size(x)))  # each share sorts once more
        parts = [quantile(algebra, x, share, method, axis, keepdims) for share in q]
        return stacked(*parts) if np.shape(parts[0]) else array_of(algebra, parts)
    if decided(algebra, "<", q, algebra.number(0)) or decided(algebra, ">", q, algebra.number(1)):
        raise Problem("quantile: a share is between 0 and 1")

    def of_row(algebra: Algebra, row: Array) -> Value:
        return chosen(algebra, _sorted(algebra, _row("quantile", row)), q)

    return over(of_row, algebra, (x,), axis, keepdims)


def extreme(method: Literal["maximum", "minimum"]) -> Callable[..., Value]:
    """Of one array its extreme entry, of several values the elementwise extreme."""
    name = method[:3]

    def of_row(algebra: Algebra, row: Array) -> Value:
        return reduce(getattr(algebra, method), list(_row(name, row)))

    def largest(algebra: Algebra, *values: Value, axis: Value = None, keepdims: Value = "false") -> Value:
        if not values:
            raise Problem(f"{name} of nothing")
        if len(values) > 1 and axis is None:
            together(*values)
            return reduce(getattr(algebra, method), values)
        return over(of_row, algebra, values, axis, keepdims)

    return largest


def place_of(relation: Literal["<", ">"], name: str) -> Callable[..., Value]:
    """The place of the first element that no other one is in that relation to."""

    def of_row(algebra: Algebra, row: Array) -> Value:
        best = 0
        for place, value in enumerate(_row(name, row)):
            if decided(algebra, relation, value, row[best]):
                best = place
        return algebra.number(best)

    def first(algebra: Algebra, values: Value, axis: Value = None) -> Value:
        return over(of_row, algebra, (values,), axis, "false")

    return first


REDUCTIONS: dict[str, Callable[..., Value]] = {
    "sum": gathering(_sum),
    "prod": gathering(_prod),
    "mean": gathering(mean_of),
    "count": gathering(_count),
    "any": gathering(_any),
    "all": gathering(_all),
    "min": extreme("minimum"),
    "max": extreme("maximum"),
    "argmin": place_of("<", "argmin"),
    "argmax": place_of(">", "argmax"),
    "norm": norm,
    "var": var,
    "std": std,
    "median": median,
    "quantile": quantile,
    "sort": along(_sorted),
    "argsort": along(_argsort),
    "cumsum": along(_cumsum),
}
