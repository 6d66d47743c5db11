"""Fixed sample points inside the declared domains of symbols, with dependent symbols computed from the others.

The points depend on the domains alone, never on chance or on the machine: the same question is always decided alike.
They are exact decimals, so that floats, numbers of 50 digits and fractions all see the same point.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Logical, Node, Not, names_in
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.floats import Floats
from studyapp.engine.interpretation import evaluate

FEW = 48
"""Points at which two trees are compared in floats."""
MANY = 960
"""Points tried where conditions leave too few."""
ENOUGH = 12
PLAIN = 8
"""The first points have few digits, so that a counter-example reads well."""

Column = Any
"""An array of float64, one element a point."""


class Points(Floats):
    """Floats at many points at once: no value at one of them is nan there, and says nothing about the others."""

    name = "points"


POINTS = Points()

_SCALES = (1.0, 1.0, 3.0, 0.3, 10.0, 0.03, 2.0, 25.0)


class Sample:
    """Points, and what every symbol is there in an algebra."""

    def __init__(self, symbols: Sequence[SymbolDomain], given: Mapping[str, Node], where: Sequence[Node] = ()) -> None:
        """Raises `Problem` where relations go in a circle or are no numbers, or no point meets the conditions."""
        self._given = in_order(given)
        self._checked = [domain for domain in symbols if domain.name in self._given]
        self._where = tuple(where)
        self._free = [domain for domain in symbols if domain.name not in self._given]
        self._environments: dict[tuple[str, int, int], dict[str, Value]] = {}
        self._select(FEW)
        if len(self.points) < ENOUGH and (self._checked or self._where):
            self._select(MANY)
        if not self.points:
            raise Problem("no point meets the conditions")

    def _select(self, count: int) -> None:
        """Keep the points, of the first `count`, at which domains and conditions hold."""
        columns = {domain.name: column(domain, place, count) for place, domain in enumerate(self._free)}
        exact = {name: np.array([float(value) for value in values]) for name, values in columns.items()}
        floats = {name: as_floats(value, count, name) for name, value in self._completed(exact, POINTS).items()}
        kept = np.ones(count, dtype=bool)
        for domain in self._checked:
            kept &= _inside(domain, floats[domain.name])
        for condition in self._where:
            kept &= _mask(condition, floats)
        places = np.flatnonzero(kept)[:FEW]
        self.points = tuple({name: values[i] for name, values in columns.items()} for i in places)
        self.floats = {name: values[places] for name, values in floats.items()}

    def __len__(self) -> int:
        return len(self.points)

    def environment(self, algebra: Algebra, digits: int, place: int) -> dict[str, Value]:
        """What the symbols are at one point, in an algebra of that many digits; kept once made."""
        known = self._environments.get((algebra.name, digits, place))
        if known is None:
            free = {name: algebra.number(value) for name, value in self.points[place].items()}
            known = self._completed(free, algebra)
            self._environments[(algebra.name, digits, place)] = known
        return known

    def _completed(self, free: dict[str, Value], algebra: Algebra) -> dict[str, Value]:
        values = dict(free)
        for name, formula in self._given.items():
            values[name] = evaluate(formula, values, algebra)
        return values


def as_floats(value: Value, count: int, name: str = "the formula") -> Column:
    """A value at so many points as an array; raises `Problem` where it is not a number."""
    made = np.asarray(value)
    if made.dtype != np.float64 or made.ndim > 1:
        raise Problem(f"{name} is not a number")
    return made if made.ndim else np.full(count, made)


def in_order(given: Mapping[str, Node]) -> dict[str, Node]:
    """The relations, each after those that it uses; raises `Problem` where they go in a circle."""
    ordered: dict[str, Node] = {}
    waiting = dict(given)
    while waiting:
        ready = [name for name, formula in waiting.items() if not names_in(formula) & waiting.keys()]
        if not ready:
            raise Problem(f"relations in a circle: {', '.join(waiting)}")
        for name in ready:
            ordered[name] = waiting.pop(name)
    return ordered


@lru_cache(maxsize=256)
def column(domain: SymbolDomain, place: int, count: int) -> tuple[Decimal, ...]:
    """The values of the symbol in that place of the list of symbols, at the first `count` points."""
    stream = random.Random(f"point:{place}:{domain.kind}")  # noqa: S311 — fixed points, not secrets
    return tuple(_drawn(domain, index, stream.random(), stream.random()) for index in range(count))


def _drawn(domain: SymbolDomain, index: int, share: float, choice: float) -> Decimal:
    match domain.kind:
        case "label":
            return Decimal(1 if choice < 0.5 else -1)
        case "integer":
            return _whole(index, share, choice)
        case "interval" if domain.low is not None and domain.high is not None:
            places = 2 if index < PLAIN else 4
            inside = Decimal(f"{0.02 + 0.96 * share:.{places}f}")
            return domain.low + (domain.high - domain.low) * inside
        case kind:
            scale = _SCALES[index % 2 if index < PLAIN else int(choice * 8)]
            size = Decimal(f"{scale * (0.15 + 0.85 * share):.{2 if index < PLAIN else 4}g}")
            negative = kind == "real" and int(choice * 64) % 2
            return -size if negative else size


def _whole(index: int, share: float, choice: float) -> Decimal:
    """Mostly what a count can be: 1 to 12; then negative and larger numbers."""
    if index < 32 or choice < 0.5:
        return Decimal(1 + int(share * 12))
    return Decimal(-1 - int(share * 9) if choice < 0.8 else 13 + int(share * 40))


def _inside(domain: SymbolDomain, values: Column) -> Column:
    match domain.kind:
        case "positive":
            return values > 0
        case "nonnegative":
            return values >= 0
        case "interval":
            low = -np.inf if domain.low is None else float(domain.low)
            high = np.inf if domain.high is None else float(domain.high)
            return (values > low) & (values < high)
        case _:
            return np.isfinite(values)


def _mask(condition: Node, environment: Mapping[str, Value]) -> Column:
    """Where a condition holds, point by point."""
    match condition:
        case Logical("and", left, right):
            return _mask(left, environment) & _mask(right, environment)
        case Logical(_, left, right):
            return _mask(left, environment) | _mask(right, environment)
        case Not(operand):
            return ~_mask(operand, environment)
        case _:
            return np.asarray(evaluate(condition, environment, POINTS), dtype=bool)
