"""What one entry of the catalogue is: everything about a loss, an activation or a step, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studyapp.engine.algebra import Algebra, Problem, Value

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One function of the catalogue.

    `value` is NumPy's, stable, before any reduction; `formula` is the same over any algebra; `gradient` gives NumPy's
    derivative of the unreduced value by the first argument. `options` are names with defaults: numbers or words.
    """

    name: str
    arguments: tuple[str, ...]
    shape: Shape
    value: Callable[..., Array]
    formula: Callable[..., Value]
    gradient: Callable[..., Array] | None = None
    options: Mapping[str, float | str] = field(default_factory=dict)
    reduction: Reduction | None = None
    """The default reduction of an element or row entry, None where nothing is reduced."""

    def evaluate(self, algebra: Algebra, arguments: Sequence[Value], options: Mapping[str, Any]) -> Value:
        """The value in that algebra; raises `Problem` for wrong arguments, options or shapes."""
        arguments, options, reduction = self._bound(algebra, arguments, options)
        function = self.value if algebra.name == "numpy" else lambda *a, **o: self.formula(algebra, *a, **o)
        if self.shape in (Shape.ROW, Shape.ROW_MAP):
            values = by_rows(function, arguments, options)
        else:
            values = function(*arguments, **options)
        if reduction is None or reduction == Reduction.NONE or not np.shape(values):
            return values
        if not np.size(values):
            raise Problem(f"{self.name} of an empty batch has no {reduction}")
        total = np.sum(values)
        return total if reduction == Reduction.SUM else algebra.divide(total, algebra.number(np.size(values)))

    def _bound(
        self, algebra: Algebra, arguments: Sequence[Value], options: Mapping[str, Any]
    ) -> tuple[list[Value], dict[str, Any], Reduction | None]:
        if len(arguments) != len(self.arguments):
            expected = ", ".join(self.arguments)
            raise Problem(f"{self.name} takes ({expected}), found {len(arguments)} arguments")
        reduction = self.reduction
        bound: dict[str, Any] = {
            name: default if isinstance(default, str) else algebra.number(default)
            for name, default in self.options.items()
        }
        for name, value in options.items():
            if name == "reduction" and self.reduction is not None and value in list(Reduction):
                reduction = Reduction(value)
            elif name in self.options:
                bound[name] = value
            else:
                raise Problem(f"{self.name} has no option {name}={value}")
        shapes = {np.shape(argument) for argument in arguments} - {()}
        if len(shapes) > 1 and self.shape in (Shape.ELEMENT, Shape.ROW, Shape.MAP):
            raise Problem(f"{self.name}: shapes do not fit: {' and '.join(map(str, sorted(shapes)))}")
        return list(arguments), bound, reduction


def by_rows(function: Callable[..., Value], arguments: Sequence[Value], options: Mapping[str, Any]) -> Value:
    """A function of rows, applied to vectors as one row and to matrices row by row."""
    if not any(np.ndim(argument) == 2 for argument in arguments):
        return function(*arguments, **options)
    count = max(len(argument) for argument in arguments if np.ndim(argument) == 2)
    rows = [
        function(*(argument[i] if np.ndim(argument) else argument for argument in arguments), **options)
        for i in range(count)
    ]
    if np.shape(rows[0] if rows else 0):
        return np.stack(rows)
    column = np.empty(count, dtype=np.float64 if all(isinstance(row, float) for row in rows) else object)
    column[:] = rows
    return column
