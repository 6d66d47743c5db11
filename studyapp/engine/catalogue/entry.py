"""What an entry of the catalogue is: everything about a loss, an activation or a step; and how a call is bound."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum
from inspect import cleandoc
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studyapp.domain.expression import Name
from studyapp.domain.facts import Facts
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import FLOATS, Algebra, Problem, Value
from studyapp.engine.algebras.arrays import array_of, stacked
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


class Reduction(StrEnum):
    """What becomes of the values of elements or rows."""

    MEAN = "mean"
    SUM = "sum"
    NONE = "none"


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
    SYMBOLS = "symbols or a word"
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
"""Domains that are checked for every argument; elsewhere a wrong value gives nan, which is refused."""

ANY = "..."  # axes of an argument of any shape


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its name, the domain of its elements, and a letter for each axis.

    `nk` is a batch of n rows of k entries, of which one row alone may be given; the same letter is the same size. `...`
    is any shape, one for all arguments that say so; `...r` is another; the empty text is a single number.
    """

    name: str
    domain: Domain = Domain.REAL
    axes: str = ANY

    def spelt(self, value: Value, algebra: Algebra) -> Value:
        """The value; of a word where symbols are wanted the numbers of its characters."""
        if isinstance(value, str) and self.domain == Domain.SYMBOLS:
            return array_of(algebra, [algebra.number(ord(character)) for character in value])
        return value

    def as_floats(self, function: str, value: Any) -> Array:
        """The value for NumPy; raises `Problem` where it is outside the domain or no number at all."""
        try:
            numbers = np.asarray(value, dtype=np.float64)
        except (TypeError, ValueError):
            raise Problem(f"{function}: {self.name} is no number, vector or matrix: {value!r}") from None
        if self.domain in CHECKED and not self.domain.admits(numbers):
            raise Problem(f"{function}: {self.name} is {self.domain}, found {numbers.tolist()}")
        number: Array = numbers[()]
        return number

    def sizes(self, shape: tuple[int, ...], kind: Shape, *, batch: bool) -> list[tuple[str, Any]] | None:
        """The size of each axis by its letter, None where there are more or fewer axes than letters."""
        if self.axes.startswith(ANY):
            single_number = not shape and kind != Shape.WHOLE
            return [] if single_number else [(self.axes, shape)]
        axes = self.axes if batch else self.axes.removeprefix("n")
        return list(zip(axes, shape, strict=True)) if len(axes) == len(shape) else None


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
        value = self.default if value is None else _word(value, self.words)
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
FLAG_ON = Option("true", words=_FLAG)  # a switch that is on unless a call says `=false`
FLAG_OFF = Option("false", words=_FLAG)  # a switch that is off unless a call says `=true`


def _word(value: Any, words: Collection[str]) -> Any:
    """The word behind a truth value or, where trees are written, behind a bare name; other values as they are."""
    if isinstance(value, bool):
        return str(value).lower()
    named = isinstance(value, Term) and isinstance(value.node, Name) and value.node.name in words
    return value.node.name if named else value


def _undecorated(*_: Any, **__: Any) -> Value:
    raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One function of the catalogue.

    An entry decorates the function that it is about, whose docstring has five parts, and whose name is the entry's
    unless `name` gives another. The function is the formula; or, where `formula` is given, NumPy's value. Arguments
    whose shapes do not fit each other are a `Problem`, whatever the entry.

    `formula` is the mathematics, of one element or row, written once over any algebra. `value` is NumPy's stable or
    faster form, before any reduction and along the last axis where it takes rows; without it the formula is computed in
    floats. `gradients` gives NumPy's derivative of the unreduced value by an argument, where a page teaches it, where a
    network needs it, or where the tree's derivative would be undefined at a kink.
    """

    name: str = ""
    names: Text
    """The name in each language, and then its synonyms."""
    takes: tuple[Shape, *tuple[Argument, ...]]
    """How it meets vectors and matrices, and its arguments."""
    value: Callable[..., Array] | None = None
    formula: Callable[..., Value] = _undecorated
    gradients: Mapping[str, Callable[..., Array | float]] = field(default_factory=dict)
    together: Mapping[str, Callable[..., tuple[Array, Array]]] = field(default_factory=dict)
    """By argument the value and its derivative at once, where both share so much that it is worth it."""
    options: Mapping[str, Option] = field(default_factory=dict)
    reduction: Reduction | None = None
    """The default reduction; unless given, the mean for elements and rows, else None: nothing is reduced."""
    facts: Facts | None = None
    topic: str | None = None
    """The page that teaches it; None where no page does, and the entry serves the calculator and authors."""

    shape: Shape = field(init=False)
    arguments: tuple[Argument, ...] = field(init=False)
    ja: tuple[str, ...] = field(init=False)
    en: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        shape, *arguments = self.takes
        derived: dict[str, Any] = {"shape": shape, "arguments": tuple(arguments)}
        derived |= {"ja": tuple(self.names.ja.split("、")), "en": tuple(self.names.en.split(", "))}
        if self.reduction is None and shape in (Shape.ELEMENT, Shape.ROW):
            derived["reduction"] = Reduction.MEAN
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def __call__(self, function: Callable[..., Any]) -> Entry:
        """The entry with the function that it decorates."""
        name = self.name or function.__name__
        if self.formula is _undecorated:
            return replace(self, name=name, formula=function)
        return replace(self, name=name, value=function)

    @property
    def docstring(self) -> str:
        """What the function is, with its formula, arguments, result and source."""
        return cleandoc((self.value or self.formula).__doc__ or "")

    @property
    def formula_text(self) -> str:
        """The formula in words and signs, with its derivative and its kinks, on one line."""
        formula = re.search(r"\nFormula: (.*?)\nArgs: ", self.docstring, re.DOTALL)
        return " ".join(formula[1].split()) if formula else ""

    @property
    def signature(self) -> str:
        """The call with its defaults, as an author writes it: `huber(y, t, delta=1)`."""
        options = [f"{name}={option.text}" for name, option in self.options.items()]
        return f"{self.name}({', '.join([*self.argument_names, *options])})"

    @property
    def argument_names(self) -> tuple[str, ...]:
        """The arguments' names, in order."""
        return tuple(argument.name for argument in self.arguments)

    def evaluate(self, algebra: Algebra, arguments: Sequence[Value], options: Mapping[str, Any]) -> Value:
        """The value in that algebra; raises `Problem` for wrong arguments, options, shapes, and where NumPy has nan."""
        values, bound, reduction = self._bound(algebra, arguments, options)
        if algebra.name == "numpy":
            with np.errstate(all="ignore"):
                return self._value(self.unreduced(*values, **bound), values, reduction)
        if self.shape in (Shape.ROW, Shape.ROW_MAP):
            result = self._by_rows(lambda *row: self.formula(algebra, *row, **bound), values)
        else:
            result = self.formula(algebra, *values, **bound)
        return self._reduced(algebra, result, reduction)

    def unreduced(self, *values: Value, **options: Any) -> Array:
        """NumPy's value before any reduction, for arguments that fit."""
        return self.value(*values, **options) if self.value else self.formula(FLOATS, *values, **options)

    def gradient_of(self, argument: str, arguments: Sequence[Value], options: Mapping[str, Any]) -> Array:
        """NumPy's derivative of the reduced value by one argument, in the shape of that argument.

        Where nothing is reduced: the derivative of each element by itself, or, for rows mapped to rows, one Jacobian a
        row; of a whole result that is a vector or matrix the Jacobian, the axes of the result before those of the
        argument. At a kink 0. Raises `Problem` where there is no gradient by that argument.
        """
        if argument not in self.gradients:
            raise Problem(f"{self.name} has no gradient by {argument!r}")
        values, bound, reduction = self._bound(FLOATS, arguments, options)
        with np.errstate(all="ignore"):
            return self._gradient(self.gradients[argument](*values, **bound), argument, values, reduction)

    def value_and_gradient(
        self, argument: str, arguments: Sequence[Value], options: Mapping[str, Any]
    ) -> tuple[Value, Array]:
        """What `evaluate` gives in floats and what `gradient_of` gives, at once where both share their work."""
        if argument not in self.together:
            return self.evaluate(FLOATS, arguments, options), self.gradient_of(argument, arguments, options)
        values, bound, reduction = self._bound(FLOATS, arguments, options)
        with np.errstate(all="ignore"):
            result, gradient = self.together[argument](*values, **bound)
            return self._value(result, values, reduction), self._gradient(gradient, argument, values, reduction)

    def _bound(
        self, algebra: Algebra, arguments: Sequence[Value], options: Mapping[str, Any]
    ) -> tuple[list[Value], dict[str, Any], Reduction | None]:
        positional, named = self._matched(arguments, options)
        positional = [one.spelt(value, algebra) for one, value in zip(self.arguments, positional, strict=True)]
        reduction = self.reduction
        if "reduction" in named and self.reduction is not None:
            chosen = _word(named.pop("reduction"), list(Reduction))
            if not isinstance(chosen, str) or chosen not in list(Reduction):
                raise Problem(f"{self.name}: reduction is {', '.join(Reduction)}, found {chosen!s}")
            reduction = Reduction(chosen)
        unknown = [name for name in named if name not in self.options]
        if unknown:
            raise Problem(f"{self.name} has no option {unknown[0]!r}")
        bound = {name: option.bind(self.name, name, named.get(name), algebra) for name, option in self.options.items()}
        if algebra.name == "numpy":
            positional = [
                argument.as_floats(self.name, value) for argument, value in zip(self.arguments, positional, strict=True)
            ]
        self._fit(positional)
        return positional, bound, reduction

    def _matched(self, positional: Sequence[Value], named: Mapping[str, Any]) -> tuple[list[Value], dict[str, Any]]:
        """Arguments in order, and the options; arguments may be named, options may follow without a name."""
        names = self.argument_names
        rest = dict(named)
        values = dict(zip([*names, *self.options], positional, strict=False))
        doubled = [name for name in values if name in rest]
        for name in names:
            if name in rest and name not in values:
                values[name] = rest.pop(name)
        too_many = len(positional) > len(names) + len(self.options)
        if too_many or doubled or any(name not in values for name in names):
            raise Problem(f"{self.name} takes ({', '.join(names)}), found {len(positional)} arguments")
        rest |= {name: value for name, value in values.items() if name not in names}
        return [values[name] for name in names], rest

    def _fit(self, values: Sequence[Value]) -> None:
        """Raise `Problem`, naming both shapes, where the values do not fit each other."""
        sizes_by_axis: dict[str, tuple[Any, str]] = {}
        batch = not self._is_one_row(values) or self.shape not in (Shape.ROW, Shape.ROW_MAP)
        for argument, value in zip(self.arguments, values, strict=True):
            if isinstance(value, str):
                raise Problem(f"{self.name}: {argument.name} is a word, {value!r}")
            shape = np.shape(value)
            found = f"{argument.name} has the shape {shape}"
            sizes = argument.sizes(shape, self.shape, batch=batch)
            if sizes is None:
                first = self.arguments[0]
                other = f"{first.name} has {np.shape(values[0])} and " if argument is not first else ""
                raise Problem(f"{self.name}: shapes do not fit: {other}{found}")
            for axis, size in sizes:
                may_be_empty = self.shape != Shape.WHOLE and (axis == "n" or axis.startswith(ANY))
                if not may_be_empty and 0 in (size if isinstance(size, tuple) else (size,)):
                    raise Problem(f"{self.name} of an empty vector: {found}")
                before, other = sizes_by_axis.setdefault(axis, (size, found))
                if before != size:
                    raise Problem(f"{self.name}: shapes do not fit: {other} and {found}")

    def _is_one_row(self, values: Sequence[Value]) -> bool:
        """Whether the first argument, which a batch has as a matrix, is a single row."""
        axes = self.arguments[0].axes
        return axes.startswith("n") and np.ndim(values[0]) == len(axes) - 1

    def _by_rows(self, function: Callable[..., Value], values: Sequence[Value]) -> Value:
        """A function of one row, applied to each row of a batch, for elements that are objects."""
        if self._is_one_row(values):
            return function(*values)
        batched = [argument.axes.startswith("n") for argument in self.arguments]
        rows = (
            function(*(value[i] if many else value for value, many in zip(values, batched, strict=True)))
            for i in range(len(values[batched.index(True)]))
        )
        return stacked(*rows)

    def _value(self, result: Value, values: Sequence[Value], reduction: Reduction | None) -> Value:
        result = self._spread(np.asarray(result, dtype=np.float64), values)
        return self._defined(self._reduced(FLOATS, result, reduction), "value") + 0.0  # no negative zero

    def _gradient(self, gradient: Value, argument: str, values: Sequence[Value], reduction: Reduction | None) -> Array:
        slopes = _writable(self._spread(np.asarray(gradient), values), values)
        if reduction == Reduction.MEAN:
            shape = _widest(values)
            slopes /= self._not_empty(int(np.prod(shape[:-1] if self.shape == Shape.ROW else shape)))
        shape = np.shape(values[self.argument_names.index(argument)])
        if reduction in (Reduction.MEAN, Reduction.SUM) and slopes.shape != shape:
            # A number that was used for every element gathers their slopes.
            slopes = np.sum(slopes, axis=tuple(range(slopes.ndim - len(shape))))
        self._defined(slopes, f"gradient by {argument}")
        slopes += 0.0  # no negative zero
        number: Array = slopes[()]  # a number where there is no axis
        return number

    def _spread(self, result: Array, values: Sequence[Value]) -> Array:
        """The result of an elementwise function in the shape of its arguments, of which it may ignore some."""
        if self.shape not in (Shape.ELEMENT, Shape.MAP) or result.shape == _widest(values):
            return result
        return np.broadcast_to(result, _widest(values))

    def _reduced(self, algebra: Algebra, values: Value, reduction: Reduction | None) -> Value:
        if reduction is None or reduction == Reduction.NONE or not np.shape(values):
            return values
        if reduction == Reduction.SUM:
            return np.sum(values) if np.size(values) else algebra.number(0)
        return algebra.divide(np.sum(values), algebra.number(self._not_empty(np.size(values))))

    def _not_empty(self, count: int) -> int:
        if not count:
            raise Problem(f"{self.name} of an empty batch has no mean")
        return count

    def _defined(self, result: Any, what: str) -> Any:
        if np.size(result) and np.isnan(np.min(result)):  # the least of numbers and nan is nan
            raise Problem(f"{self.name}: the {what} is not defined for these arguments")
        return result


def _widest(values: Sequence[Value]) -> tuple[int, ...]:
    """The shape with most axes: single numbers are used for every element."""
    return max((np.shape(value) for value in values), key=len)


def _writable(array: Array, arguments: Sequence[Value]) -> Array:
    """The array, copied unless nothing else refers to its numbers: what follows works in place."""
    fresh = array.dtype == np.float64 and array.flags.owndata and not any(array is argument for argument in arguments)
    return array if fresh else array.astype(np.float64)
