"""An entry of the catalogue as SymPy sees it: formula, gradient, second derivative for given sizes; and in print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from studyapp.engine.algebras.algebra import Problem, Value
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.samples import carried

MOST_SYMBOLS = 36
"""Symbols in one formula, at most: second derivatives grow with their square."""

Expression = Any
"""A SymPy expression."""
Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """A formula with its derivatives by one argument.

    `value` is an expression or an array of them; `gradient` has the axes of the argument after those of the value,
    `second` has them twice.
    """

    value: Value
    gradient: Value
    second: Value


def symbols_of(name: str, shape: tuple[int, ...]) -> Value:
    """Real symbols for the elements of an argument, counted from 1: `y`, `y_1`, `y_{2,1}`."""
    import sympy

    made = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        counts = ",".join(str(i + 1) for i in place)
        text = f"{name}_{{{counts}}}" if len(place) > 1 else f"{name}_{counts}"
        made[place] = sympy.Symbol(text if place else name, real=True)
    return made[()]


def written(entry: Entry, shapes: Shapes, options: Mapping[str, Any], given: Mapping[str, Any] | None = None) -> Value:
    """The formula over symbols; `shapes` of arguments that are no single number, `given` numbers (labels, counts).

    Raises `Problem` for more than `MOST_SYMBOLS` symbols and where the entry has none for these shapes.
    """
    given = given or {}
    symbols = [name for name in entry.argument_names if name not in given]
    if sum(int(np.prod(shapes.get(name, ()), dtype=int)) for name in symbols) > MOST_SYMBOLS:
        raise Problem(f"more than {MOST_SYMBOLS} symbols in one formula")
    algebra = symbolic()
    arguments = [
        carried(np.asarray(given[name], dtype=np.float64), algebra)
        if name in given
        else symbols_of(name, shapes.get(name, ()))
        for name in entry.argument_names
    ]
    return entry.evaluate(algebra, arguments, options)


def derived(
    entry: Entry, by: str, shapes: Shapes, options: Mapping[str, Any], given: Mapping[str, Any] | None = None
) -> Derived:
    """The formula with first and second derivative by one argument; at a kink the derivative of max and abs is 0."""
    value = written(entry, shapes, options, given)
    symbols = symbols_of(by, shapes.get(by, ()))
    gradient = _differentiated(value, symbols)
    return Derived(value, gradient, _differentiated(gradient, symbols))


def _differentiated(value: Value, symbols: Value) -> Value:
    import sympy

    slopes = np.empty((*np.shape(value), *np.shape(symbols)), dtype=object)
    for place in np.ndindex(*slopes.shape):
        outer, inner = place[: np.ndim(value)], place[np.ndim(value) :]
        one = value[outer] if outer else value
        slopes[place] = _with_kinks(sympy.diff(one, symbols[inner] if inner else symbols))
    return slopes[()]


def _with_kinks(slope: Expression) -> Expression:
    """Steps and impulses as the field states them: a step is 0 at the kink itself, an impulse nothing."""
    import sympy

    stepped = slope.replace(sympy.Heaviside, lambda x, *_: sympy.Piecewise((1, x > 0), (0, True)))
    return stepped.replace(sympy.DiracDelta, lambda *_: sympy.Integer(0))


def latex(expression: Value) -> str:
    """The expression as TeX; vectors and matrices in brackets."""
    import sympy

    return str(sympy.latex(_plain(expression), ln_notation=True))


def two_dimensional(expression: Value) -> str:
    """The expression in lines of Unicode text."""
    import sympy

    return str(sympy.pretty(_plain(expression), use_unicode=True, wrap_line=False))


def _plain(expression: Value) -> Any:
    import sympy

    if not isinstance(expression, np.ndarray):
        return expression
    return sympy.Matrix(expression.tolist()) if expression.ndim <= 2 else sympy.Array(expression.tolist())
