"""What one entry of the catalogue is: everything about a loss, an activation or a step, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from inspect import cleandoc
from typing import Any

import numpy as np

from studyapp.domain.facts import Facts
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.floats import FLOATS
from studyapp.engine.catalogue.arguments import (
    Argument,
    Array,
    Option,
    Shape,
    as_floats,
    by_rows,
    fit,
    given,
    word,
)


class Reduction(StrEnum):
    """What becomes of the values of elements or rows."""

    MEAN = "mean"
    SUM = "sum"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One function of the catalogue.

    `value` is NumPy's, stable, before any reduction, along the last axis where it takes rows; `formula` is the same
    for one element or row, written once over any algebra; `gradients` gives, for each argument that one differentiates
    by, NumPy's derivative of the unreduced value. `ja` and `en` are the name and then its synonyms.
    """

    name: str
    ja: tuple[str, ...]
    en: tuple[str, ...]
    arguments: tuple[Argument, ...]
    shape: Shape
    value: Callable[..., Array]
    formula: Callable[..., Value]
    gradients: Mapping[str, Callable[..., Array]] = field(default_factory=dict)
    together: Mapping[str, Callable[..., tuple[Array, Array]]] = field(default_factory=dict)
    """By argument the value and its derivative at once, where both share so much that it is worth it."""
    options: Mapping[str, Option] = field(default_factory=dict)
    reduction: Reduction | None = None
    """The default reduction of an element or row entry, None where nothing is reduced."""
    facts: Facts | None = None
    topic: str | None = None
    """The page that teaches it; None where no page does, and the entry serves the calculator and authors."""

    def evaluate(self, algebra: Algebra, arguments: Sequence[Value], options: Mapping[str, Any]) -> Value:
        """The value in that algebra; raises `Problem` for wrong arguments, options, shapes, and where NumPy has nan."""
        values, bound, reduction = self._bound(algebra, arguments, options)
        if algebra.name == "numpy":
            with np.errstate(all="ignore"):
                return self._value(self.value(*values, **bound), reduction)
        if self.shape in (Shape.ROW, Shape.ROW_MAP):
            result = by_rows(lambda *row: self.formula(algebra, *row, **bound), self.arguments, values)
        else:
            result = self.formula(algebra, *values, **bound)
        return self._reduced(algebra, result, reduction)

    def gradient_of(self, argument: str, arguments: Sequence[Value], options: Mapping[str, Any]) -> Array:
        """NumPy's derivative of the reduced value by one argument, in the shape of that argument.

        Where nothing is reduced: the derivative of each element by itself, or, for rows mapped to rows, one Jacobian a
        row. At a kink 0. Raises `Problem` where there is no gradient by that argument.
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
            return self._value(result, reduction), self._gradient(gradient, argument, values, reduction)

    @property
    def summary(self) -> str:
        """What the function is, in one line."""
        return self._said("")

    @property
    def formula_text(self) -> str:
        """The formula in words and signs, with its derivative and its kinks."""
        return self._said("Formula")

    @property
    def takes(self) -> str:
        """What goes in: shapes, units, ranges."""
        return self._said("Args")

    @property
    def returns(self) -> str:
        """What comes out, and what is a `Problem`."""
        return self._said("Returns")

    @property
    def source(self) -> str:
        """Where the function comes from."""
        return self._said("Source")

    def _said(self, part: str) -> str:
        """One part of the docstring of `value`: the text under its heading, on one line."""
        head, *rest = re.split(r"\n(Formula|Args|Returns|Source): ", cleandoc(self.value.__doc__ or ""))
        parts = {"": head, **dict(zip(rest[::2], rest[1::2], strict=True))}
        return " ".join(parts.get(part, "").split())

    @property
    def signature(self) -> str:
        """The call with its defaults, as an author writes it: `huber(y, t, delta=1)`."""
        options = [f"{name}={option.text}" for name, option in self.options.items()]
        return f"{self.name}({', '.join([*self.argument_names, *options])})"

    @property
    def argument_names(self) -> tuple[str, ...]:
        """The arguments' names, in order."""
        return tuple(argument.name for argument in self.arguments)

    def _bound(
        self, algebra: Algebra, arguments: Sequence[Value], options: Mapping[str, Any]
    ) -> tuple[list[Value], dict[str, Any], Reduction | None]:
        positional, named = given(self.name, self.arguments, self.options, arguments, options)
        reduction = self.reduction
        if "reduction" in named and self.reduction is not None:
            chosen = word(named.pop("reduction"), list(Reduction))
            if not isinstance(chosen, str) or chosen not in list(Reduction):
                raise Problem(f"{self.name}: reduction is {', '.join(Reduction)}, found {chosen!s}")
            reduction = Reduction(chosen)
        unknown = [name for name in named if name not in self.options]
        if unknown:
            raise Problem(f"{self.name} has no option {unknown[0]!r}")
        bound = {name: option.bind(self.name, name, named.get(name), algebra) for name, option in self.options.items()}
        if algebra.name == "numpy":
            positional = [as_floats(self.name, *pair) for pair in zip(self.arguments, positional, strict=True)]
        fit(self.name, self.arguments, positional, self.shape)
        return positional, bound, reduction

    def _value(self, result: Array, reduction: Reduction | None) -> Value:
        return self._defined(self._reduced(FLOATS, result, reduction), "value") + 0.0  # no negative zero

    def _gradient(self, gradient: Array, argument: str, values: Sequence[Value], reduction: Reduction | None) -> Array:
        gradient = _own(np.asarray(gradient), values)
        if reduction == Reduction.MEAN:
            gradient /= self._count(values)
        if reduction in (Reduction.MEAN, Reduction.SUM):
            gradient = _gathered(gradient, np.shape(values[self.argument_names.index(argument)]))
        made: Array = self._defined(gradient, f"gradient by {argument}")
        made += 0.0  # no negative zero
        return made[()]  # a number where there is no axis

    def _reduced(self, algebra: Algebra, values: Value, reduction: Reduction | None) -> Value:
        if reduction is None or reduction == Reduction.NONE or not np.shape(values):
            return values
        if reduction == Reduction.SUM:
            return np.sum(values) if np.size(values) else algebra.number(0)
        if not np.size(values):
            raise Problem(f"{self.name} of an empty batch has no mean")
        return algebra.divide(np.sum(values), algebra.number(np.size(values)))

    def _count(self, values: Sequence[Value]) -> int:
        """How many values the reduction takes together."""
        largest = max((np.shape(value) for value in values), key=len)
        count = int(np.prod(largest[: len(largest) - self.shape.inner] if self.shape == Shape.ROW else largest))
        if not count:
            raise Problem(f"{self.name} of an empty batch has no mean")
        return count

    def _defined(self, result: Any, what: str) -> Any:
        if np.size(result) and np.isnan(np.min(result)):  # the least of numbers and nan is nan
            raise Problem(f"{self.name}: the {what} is not defined for these arguments")
        return result


def _own(made: Array, arguments: Sequence[Value]) -> Array:
    """The array, copied unless it is one that nobody else holds: what follows works in place."""
    fresh = made.dtype == np.float64 and made.flags.owndata and not any(made is one for one in arguments)
    return made if fresh else made.astype(np.float64)


def _gathered(gradient: Array, shape: tuple[int, ...]) -> Array:
    """The gradient in the argument's own shape: a number that was used for every element gathers them all."""
    return gradient if gradient.shape == shape else np.sum(gradient, axis=tuple(range(gradient.ndim - len(shape))))
