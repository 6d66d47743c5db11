"""What entries take: arguments with domains and shapes, options with defaults; and how a call is fitted to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studyapp.domain.expression import Name
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.trees import Term

Array = NDArray[np.float64]


class Shape(StrEnum):
    """How an entry meets vectors and matrices.

    `element`: one value an element, then reduced; `row`: one value a row, then reduced; `map`: one value an element,
    kept; `row_map`: a row to a row, kept; `whole`: all its arguments at once.
    """

    ELEMENT = "element"
    ROW = "row"
    MAP = "map"
    ROW_MAP = "row_map"
    WHOLE = "whole"

    @property
    def inner(self) -> int:
        """How many axes, from the last, one value takes in."""
        return 1 if self in (Shape.ROW, Shape.ROW_MAP) else 0


class Domain(StrEnum):
    """What the elements of an argument may be."""

    REAL = "real"
    POSITIVE = "positive"
    NONNEGATIVE = "nonnegative"
    ABOVE_MINUS_ONE = "> -1"
    UNIT = "0..1"
    COSINE = "-1..1"
    ANGLE = "0..pi"
    PROBABILITY = "rows of sum 1"
    JOINT = "matrix of sum 1"
    LABEL = "-1 or 1"
    BIT = "0 or 1"
    INDEX = "class from 0"
    COUNT = "0, 1, 2, …"
    SIZE = "1, 2, 3, …"
    BOX = "left, top, right, bottom"
    COVARIANCE = "positive definite"
    BASE = "positive, not 1"

    def admits(self, values: Array) -> bool:
        """Whether every element is allowed, for the domains where a wrong one would pass unnoticed."""
        return bool(np.all(_ADMITS[self](values))) if self in _ADMITS else True


_ADMITS: dict[Domain, Callable[[Array], Any]] = {
    Domain.POSITIVE: lambda x: np.greater(x, 0),
    Domain.NONNEGATIVE: lambda x: np.greater_equal(x, 0),
    Domain.UNIT: lambda x: np.greater_equal(x, 0) & np.less_equal(x, 1),
    Domain.COSINE: lambda x: np.less_equal(np.abs(x), 1),
    Domain.LABEL: lambda x: np.equal(np.abs(x), 1),
    Domain.BIT: lambda x: np.equal(x, 0) | np.equal(x, 1),
    Domain.INDEX: lambda x: np.greater_equal(x, 0) & np.equal(x, np.floor(x)),
    Domain.COUNT: lambda x: np.greater_equal(x, 0) & np.equal(x, np.floor(x)),
    Domain.SIZE: lambda x: np.greater_equal(x, 1) & np.equal(x, np.floor(x)),
    Domain.BASE: lambda x: np.greater(x, 0) & np.not_equal(x, 1),
}

CHECKED = (Domain.LABEL, Domain.BIT, Domain.INDEX, Domain.COUNT, Domain.SIZE)
"""Domains of arguments that are held against the values; elsewhere a wrong value shows as nan, which is refused."""

ANY = "..."
"""Axes of an argument of any shape."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its name, the domain of its elements, and a letter for each axis.

    `nk` is a batch of n rows of k entries, of which one row alone may be given; the same letter is the same size. `...`
    is any shape, one for all arguments that say so; `...r` is another; the empty text is a single number.
    """

    name: str
    domain: Domain = Domain.REAL
    axes: str = ANY


@dataclass(frozen=True, slots=True)
class Option:
    """A number with a default, a word out of a few, or either: `default` may be a number or one of `words`.

    The words `true`, `false`, `none` reach the function as Python's values; `e` as the constant.
    """

    default: float | str
    domain: Domain = Domain.REAL
    words: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The default, as an author writes it."""
        return self.default if isinstance(self.default, str) else f"{self.default:g}"

    def bind(self, function: str, name: str, value: Any, algebra: Algebra) -> Any:
        """The value that the function gets; raises `Problem` for a word that is none of `words`."""
        value = self.default if value is None else word(value, self.words)
        if isinstance(value, str):
            if value == "e" and self.default == "e":
                return algebra.constant("e")
            if value not in self.words:
                raise Problem(f"{function}: {name} is {' or '.join(self.words) or 'a number'}, found {value!r}")
            return _PYTHON.get(value, value)
        if self.words and all(word in _FLAG for word in self.words):
            raise Problem(f"{function}: {name} is {' or '.join(self.words)}, found {value}")
        if np.shape(value):
            raise Problem(f"{function}: {name} is a single number, found the shape {np.shape(value)}")
        bound = algebra.number(Decimal(str(value))) if isinstance(value, int | float) else value
        if algebra.name == "numpy" and not self.domain.admits(bound):
            raise Problem(f"{function}: {name} is {self.domain}, found {bound}")
        return bound


_FLAG = ("true", "false")
_PYTHON: dict[str, bool | None] = {"true": True, "false": False, "none": None}


def word(value: Any, words: Collection[str]) -> Any:
    """The word behind a truth value or, where trees are written, behind a bare name; other values as they are."""
    if isinstance(value, bool):
        return str(value).lower()
    named = isinstance(value, Term) and isinstance(value.node, Name) and value.node.name in words
    return value.node.name if named else value


FLAG_ON = Option("true", words=_FLAG)
"""A switch that is on unless a call says `=false`."""
FLAG_OFF = Option("false", words=_FLAG)
"""A switch that is off unless a call says `=true`."""


def given(
    function: str,
    arguments: Sequence[Argument],
    options: Mapping[str, Option],
    positional: Sequence[Value],
    named: Mapping[str, Any],
) -> tuple[list[Value], dict[str, Any]]:
    """Arguments in order and what is left as options; arguments may be named, options may follow without a name."""
    names = [argument.name for argument in arguments]
    rest = dict(named)
    values = dict(zip([*names, *options], positional, strict=False))
    doubled = [name for name in values if name in rest]
    for name in names:
        if name in rest and name not in values:
            values[name] = rest.pop(name)
    if len(positional) > len(names) + len(options) or doubled or any(name not in values for name in names):
        raise Problem(f"{function} takes ({', '.join(names)}), found {len(positional)} arguments")
    rest |= {name: value for name, value in values.items() if name not in names}
    return [values[name] for name in names], rest


def as_floats(function: str, argument: Argument, value: Any) -> Array:
    """The value of an argument for NumPy; raises `Problem` where it is outside its domain or no number at all."""
    try:
        made = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise Problem(f"{function}: {argument.name} is no number, vector or matrix: {value!r}") from None
    if argument.domain in CHECKED and not argument.domain.admits(made):
        raise Problem(f"{function}: {argument.name} is {argument.domain}, found {made.tolist()}")
    number: Array = made[()]
    return number


def fit(function: str, arguments: Sequence[Argument], values: Sequence[Value], kind: Shape) -> None:
    """Raise `Problem`, naming both shapes, where the values do not fit each other."""
    known: dict[str, tuple[Any, str]] = {}
    batch = not _is_one_row(arguments, values) or kind not in (Shape.ROW, Shape.ROW_MAP)
    for argument, value in zip(arguments, values, strict=True):
        if isinstance(value, str):
            raise Problem(f"{function}: {argument.name} is a word, {value!r}")
        shape = np.shape(value)
        found = f"{argument.name} has the shape {shape}"
        sizes = _sizes(argument, shape, kind, batch=batch)
        if sizes is None:
            first = f"{arguments[0].name} has {np.shape(values[0])} and " if argument is not arguments[0] else ""
            raise Problem(f"{function}: shapes do not fit: {first}{found}")
        for axis, size in sizes:
            may_be_empty = kind != Shape.WHOLE and (axis == "n" or axis.startswith(ANY))
            if not may_be_empty and 0 in (size if isinstance(size, tuple) else (size,)):
                raise Problem(f"{function} of an empty vector: {found}")
            before, other = known.setdefault(axis, (size, found))
            if before != size:
                raise Problem(f"{function}: shapes do not fit: {other} and {found}")


def _sizes(argument: Argument, shape: tuple[int, ...], kind: Shape, *, batch: bool) -> list[tuple[str, Any]] | None:
    """The size of each axis by its letter, None where there are more or fewer axes than letters."""
    if argument.axes.startswith(ANY):
        single_number = not shape and kind != Shape.WHOLE
        return [] if single_number else [(argument.axes, shape)]
    axes = argument.axes if batch else argument.axes.removeprefix("n")
    return list(zip(axes, shape, strict=True)) if len(axes) == len(shape) else None


def _is_one_row(arguments: Sequence[Argument], values: Sequence[Value]) -> bool:
    """Whether the first argument, which a batch has as a matrix, is a single row."""
    axes = arguments[0].axes
    return axes.startswith("n") and np.ndim(values[0]) == len(axes) - 1


def by_rows(function: Callable[..., Value], arguments: Sequence[Argument], values: Sequence[Value]) -> Value:
    """A function of one row, applied to vectors as one row and to batches row by row, for elements that are objects."""
    if _is_one_row(arguments, values):
        return function(*values)
    batched = [argument.axes.startswith("n") for argument in arguments]
    rows = [
        function(*(value[i] if many else value for value, many in zip(values, batched, strict=True)))
        for i in range(len(values[batched.index(True)]))
    ]
    if rows and np.shape(rows[0]):
        return np.stack(rows)
    column = np.empty(len(rows), dtype=object)
    column[:] = rows
    return column
