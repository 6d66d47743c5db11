"""Fixed sample points inside the declared domains of symbols, with dependent symbols computed from the others.

The points depend on the domains alone, never on chance or on the machine: the same question is always decided alike.
They are exact decimals, so that floats, numbers of 50 digits and fractions all see the same point.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Logical, Name, Node, Not, names_in
from studyapp.engine.algebras.algebra import Algebra, Floats, Problem, Value
from studyapp.engine.algebras.trees import number, subtract
from studyapp.engine.interpretation import evaluate

FEW = 48  # points at which two trees are compared in floats
MANY = 960  # points tried where conditions leave too few
ENOUGH = 12
PLAIN = 8
"""The first points have few digits, so that a counter-example reads well; the others have too many for a period."""
FAR = 600  # points over all scales
NEAREST, FARTHEST = 1e-3, 1e5
"""Sizes between which the far points lie; of an interval, the distance from its ends as a share of it is as small."""
WHOLE = 60  # every whole number up to this size is a far point of an integer symbol

Column = Any  # an array of float64, one element a point


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
        self.checked = [domain for domain in symbols if domain.name in self._given]
        """The symbols given by a relation whose domain is declared, too."""
        self.where = tuple(where)
        self.free = [domain for domain in symbols if domain.name not in self._given]
        """The symbols that no relation gives."""
        self.keep(self._near(FEW), FEW)
        for is_far in (False, True):
            if len(self.points) < ENOUGH and (self.checked or self.where):
                self.keep(self._with_far_points() if is_far else self._near(MANY), FEW)
        if not self.points:
            raise Problem("no point meets the conditions")

    def _near(self, count: int) -> dict[str, Sequence[Decimal]]:
        return {domain.name: column(domain, place, count) for place, domain in enumerate(self.free)}

    def _with_far_points(self) -> dict[str, Sequence[Decimal]]:
        far = self.far()
        _, kept = self.completed(far, FAR)
        places = np.flatnonzero(kept)[:FEW]
        return {
            name: [point[name] for point in self.points] + [Decimal(value) for value in values[places]]
            for name, values in far.items()
        }

    def far(self) -> dict[str, Column]:
        """Points over all scales of the domains: what a formula does far from where answers are usually tried."""
        return {domain.name: _far(domain, place) for place, domain in enumerate(self.free)}

    def at(self, columns: Mapping[str, Sequence[Decimal]], most: int) -> Sample:
        """The sample of the same symbols at other points; those at which domains and conditions hold are kept."""
        moved = copy(self)
        moved.keep(columns, most)
        return moved

    def keep(self, columns: Mapping[str, Sequence[Decimal]], most: int) -> None:
        """Keep the first points, so many at most, at which domains and conditions hold."""
        count = len(next(iter(columns.values()), range(FEW)))
        exact = {name: np.array([float(value) for value in values]) for name, values in columns.items()}
        floats, kept = self.completed(exact, count)
        places = np.flatnonzero(kept)[:most]
        # A copy has environments of its own.
        self._environments: dict[tuple[str, int, int], dict[str, Value]] = {}
        self.points = tuple({name: values[i] for name, values in columns.items()} for i in places)
        self.floats = {name: values[places] for name, values in floats.items()}

    def completed(self, free: Mapping[str, Column], count: int) -> tuple[dict[str, Column], Column]:
        """The dependent symbols beside the free ones, and at which of the points domains and conditions hold."""
        floats = {name: as_floats(value, count, name) for name, value in self._completed(dict(free), POINTS).items()}
        with np.errstate(all="ignore"):
            kept = np.ones(count, dtype=bool)
            for domain in (*self.checked, *self.free):
                kept &= _inside(domain, floats[domain.name])
            for condition in self.where:
                kept &= _mask(condition, floats)
        return floats, kept

    def __len__(self) -> int:
        return len(self.points)

    def environment(self, algebra: Algebra, digits: int, place: int) -> dict[str, Value]:
        """What the symbols are at one point, in an algebra of that many digits; kept once array."""
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
    array = np.asarray(value)
    if array.dtype != np.float64 or array.ndim > 1:
        raise Problem(f"{name} is not a number")
    return array if array.ndim else np.full(count, array)


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
    stream = random.Random(f"point:{place}:{domain.kind}")
    return tuple(_drawn(domain, index, stream.random(), stream.random()) for index in range(count))


def _drawn(domain: SymbolDomain, index: int, share: float, choice: float) -> Decimal:
    match domain.kind:
        case "label":
            return Decimal(1 if choice < 0.5 else -1)
        case "integer":
            return _whole(index, share, choice)
        case "interval" if domain.low is not None and domain.high is not None:
            inside = _written(0.02 + 0.96 * share, choice, ".2f" if index < PLAIN else "")
            return domain.low + (domain.high - domain.low) * inside
        case kind:
            scale = _SCALES[index % 2 if index < PLAIN else int(choice * 8)]
            size = _written(scale * (0.15 + 0.85 * share), choice, ".2g" if index < PLAIN else "")
            negative = kind == "real" and int(choice * 64) % 2
            return -size if negative else size


def _written(size: float, choice: float, form: str) -> Decimal:
    """The number in a form of few digits, or with 30 places: at short decimals `sin(10000*pi*x)` is 0."""
    if form:
        return Decimal(f"{size:{form}}")
    return Decimal(f"{size:.16f}") + Decimal(int(choice * 10**14)).scaleb(-30)


@lru_cache(maxsize=256)
def _far(domain: SymbolDomain, place: int) -> Column:
    """The far points of the symbol in that place of the list; do not write into them."""
    chance = random.Random(f"far:{place}")
    share, other, depth = (np.array([chance.random() for _ in range(FAR)]) for _ in range(3))
    sign = np.where(other < 0.5, -1.0, 1.0)
    size = NEAREST * (FARTHEST / NEAREST) ** share
    match domain.kind:
        case "label":
            return sign
        case "integer":
            spread = np.round(np.minimum(size, FARTHEST)) * sign
            spread[: 2 * WHOLE + 1] = chance.sample(range(-WHOLE, WHOLE + 1), 2 * WHOLE + 1)
            return spread
        case "interval" if domain.low is not None and domain.high is not None:
            low, width = float(domain.low), float(domain.high - domain.low)
            near_end = NEAREST ** (1 + depth)
            inside = np.where(depth < 0.5, share, np.where(sign > 0, near_end, 1 - near_end))
            return low + width * inside
        case kind:
            return size * sign if kind == "real" else size


def _whole(index: int, share: float, choice: float) -> Decimal:
    """Mostly what a count can be: 1 to 12; then negative and larger numbers."""
    if index < 32 or choice < 0.5:
        return Decimal(1 + int(share * 12))
    return Decimal(-1 - int(share * 9) if choice < 0.8 else 13 + int(share * 40))


def positive_in(domain: SymbolDomain) -> list[Node]:
    """What is positive at every point of a domain that has ends."""
    symbol = Name(domain.name)
    match domain.kind:
        case "positive" | "nonnegative":
            return [symbol]
        case "interval" if domain.low is not None and domain.high is not None:
            return [subtract(symbol, number(domain.low)), subtract(number(domain.high), symbol)]
        case _:
            return []


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
        case "integer":
            return np.isfinite(values) & (np.floor(values) == values)
        case "label":
            return np.abs(values) == 1
        case _:
            return np.isfinite(values)


def _mask(condition: Node, environment: Mapping[str, Value]) -> Column:
    match condition:
        case Logical("and", left, right):
            return _mask(left, environment) & _mask(right, environment)
        case Logical(_, left, right):
            return _mask(left, environment) | _mask(right, environment)
        case Not(operand):
            return ~_mask(operand, environment)
        case _:
            return np.asarray(evaluate(condition, environment, POINTS), dtype=bool)
