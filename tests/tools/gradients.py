"""The gradient check: a gradient of the catalogue held against all other ways to find it.

The other ways are the tree's own derivative and a central difference, both at 50 digits, and SymPy's derivative. There
is no complex step: abs and max in stable forms would make it silently wrong.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from studyapp.domain.expression import Call, Index, Name, Node, Number
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.algebras.precision import high_precision
from studyapp.engine.algebras.trees import differentiate, number
from studyapp.engine.catalogue.entry import Array, Entry, Shape
from studyapp.engine.interpretation import evaluate, written_out
from tests.tools.samples import carried, carried_options

Place = tuple[int, ...]

STEP_DIGITS = 20
"""The difference is taken over 10⁻²⁰ to both sides: its own error is about 10⁻⁴⁰."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a gradient is from the others, as |difference| / (1 + |value|), and where it is farthest."""

    distance: float
    route: str = ""
    place: Place = ()
    found: float = 0.0
    expected: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """Where a gradient is taken: the entry, its arguments and options, and the argument that moves."""

    entry: Entry
    argument: str
    arguments: Sequence[Array]
    options: Mapping[str, Any]

    @property
    def moving(self) -> int:
        """The place of the argument that moves."""
        return self.entry.argument_names.index(self.argument)

    def value(self, algebra: Algebra, moved: Value | None = None) -> Value:
        """The entry's value in an algebra, with another value of the argument that moves."""
        arguments = [carried(value, algebra) for value in self.arguments]
        if moved is not None:
            arguments[self.moving] = moved
        return self.entry.evaluate(algebra, arguments, carried_options(self.options, algebra))


def compare_gradient(
    entry: Entry,
    argument: str,
    arguments: Sequence[Array],
    options: Mapping[str, Any],
    routes: Sequence[str] = ("tree", "difference", "sympy"),
) -> Agreement:
    """The largest distance of the catalogue's gradient by one argument from those by the routes, and where it is.

    The point has to be away from kinks. Raises `Problem` where the entry has no gradient by that argument.
    """
    point = Point(entry, argument, [np.asarray(value, dtype=np.float64)[()] for value in arguments], options)
    gradient = np.asarray(entry.gradient_of(argument, arguments, options))
    worst = Agreement(0.0)
    for route in routes:
        derivative = ROUTES[route](point)
        for place, output, entry_place in _pairs(point, gradient):
            found, expected = float(gradient[place]), derivative(output, entry_place)
            distance = abs(found - expected) / (1.0 + abs(expected))
            if not distance <= worst.distance:
                worst = Agreement(distance, route, place, found, expected)
    return worst


Derivative = Callable[[Place, Place], float]
"""The derivative of one element of the value by one element of the argument."""


def _pairs(point: Point, gradient: Array) -> Iterator[tuple[Place, Place, Place]]:
    """Each place of the gradient, with the element of the value and the element of the argument that it belongs to."""
    moved = np.shape(point.arguments[point.moving])
    if point.entry.shape == Shape.WHOLE and gradient.ndim > len(moved):  # a Jacobian
        for place in np.ndindex(*gradient.shape):
            yield place, place[: gradient.ndim - len(moved)], place[gradient.ndim - len(moved) :]
        return
    if point.entry.shape == Shape.ROW_MAP:
        for place in np.ndindex(*gradient.shape):
            yield place, place[:-1], (*place[:-2], place[-1])
        return
    whole = point.entry.reduction is not None or point.entry.shape == Shape.WHOLE
    for place in np.ndindex(*gradient.shape):
        yield place, () if whole else place, place if moved else ()


def _by_tree(point: Point) -> Derivative:
    names = [Name(name) for name in point.entry.argument_names]
    options = tuple((name, _option(value)) for name, value in point.options.items())
    call = Call(point.entry.name, tuple(names), options)
    environment = dict(zip(point.entry.argument_names, point.arguments, strict=True))
    formula = written_out(call, environment)
    algebra = high_precision()
    precise = {name: carried(value, algebra) for name, value in environment.items()}

    def derivative(output: Place, place: Place) -> float:
        by: Node = Index(names[point.moving], tuple(number(i) for i in place)) if place else names[point.moving]
        slope = differentiate(formula[output] if output else formula, by)
        return float(evaluate(slope, precise, algebra))

    return derivative


def _option(value: Any) -> Node:
    return Name(value) if isinstance(value, str) else Number(Decimal(float(value)))


def _by_difference(point: Point) -> Derivative:
    algebra = high_precision()
    here = carried(point.arguments[point.moving], algebra)
    step = algebra.number(Decimal(10) ** -STEP_DIGITS)
    values: dict[Place, tuple[Value, Value]] = {}

    def derivative(output: Place, place: Place) -> float:
        if place not in values:
            values[place] = (
                point.value(algebra, _moved(here, place, step)),
                point.value(algebra, _moved(here, place, -step)),
            )
        up, down = (value[output] if output else value for value in values[place])
        return float((up - down) / (2 * step))

    return derivative


def _moved(value: Value, place: Place, step: Value) -> Value:
    if not place:
        return value + step
    moved = value.copy()
    moved[place] += step
    return moved


def _by_sympy(point: Point) -> Derivative:
    import sympy

    here = point.arguments[point.moving]
    symbols = np.empty(np.shape(here), dtype=object)
    for place in np.ndindex(*np.shape(here)):
        symbols[place] = sympy.Symbol("_".join([point.argument, *map(str, place)]), real=True)
    algebra = symbolic()
    formula = point.value(algebra, symbols[()])
    exact = carried(here, algebra)
    numbers = {symbols[place]: exact[place] if place else exact for place in np.ndindex(*np.shape(here))}

    def derivative(output: Place, place: Place) -> float:
        slope = sympy.diff(formula[output] if output else formula, symbols[place])
        value = slope.subs(numbers).evalf(30)
        if not value.is_number:
            raise Problem(f"SymPy leaves {value}")
        return float(value)

    return derivative


ROUTES: Mapping[str, Callable[[Point], Derivative]] = {
    "tree": _by_tree,
    "difference": _by_difference,
    "sympy": _by_sympy,
}
