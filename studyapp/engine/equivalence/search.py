"""A formula laid out for changes: every place in it, and its value when that place holds something else.

What stands beside the path from a place to the root does not change, so its values are computed once and stand there
under a name of their own; a changed formula costs the operations along the path alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from studyapp.domain.expression import Binary, Call, Comparison, Name, Negate, Node, Number, Word, children
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.equivalence.sampling import POINTS, Column, as_floats
from studyapp.engine.equivalence.setting import Formula, Setting, opened
from studyapp.engine.interpretation import evaluate
from studyapp.engine.rewriting import is_pointwise, plain_conditions, with_children

MOST_PLACES = 80


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a formula: what stands there, the place above (None at the root), how to put something else there.

    `shallow` is the same node over names that stand for the values of its operands.
    """

    node: Node
    shallow: Node
    above: Spot | None
    index: int
    put: Callable[[Node], Node]
    put_shallow: Callable[[Node], Node]

    @property
    def parent(self) -> Node | None:
        """The node of which this is an operand, None at the root."""
        return None if self.above is None else self.above.node


class Change:
    """A changed formula: the slip that makes it, what completes its sentence, and its floats at the points."""

    def __init__(
        self, slip: str, subjects: tuple[Node, ...], tree: Callable[[], Node], values: Column, setting: Setting
    ) -> None:
        self.slip = slip
        self.subjects = subjects
        self.values = values
        self._tree = tree
        self._setting = setting

    @cached_property
    def formula(self) -> Formula | None:
        """The changed formula, made ready when it is first needed; None where it has no meaning."""
        try:
            return Formula(self._tree(), self._setting)
        except Problem:
            return None


class Bench:
    """A reference with all its places."""

    def __init__(self, reference: Formula) -> None:
        self.reference = reference
        self.setting = reference.setting
        self.tree = _as_written(reference)
        self.values = reference.values
        self.environment = dict(reference.setting.sample.floats)
        self._names: dict[int, Node] = {}
        self._values: dict[int, Column] = {}
        self._cover(self.tree)
        self.spots = tuple(self._spots())

    def floats(self, node: Node) -> Column:
        """The values of a tree over symbols and covering names; raises `Problem` where there are none."""
        return as_floats(self._value(node), len(self.setting.sample))

    def _value(self, node: Node) -> Any:
        return evaluate(opened(node, self.setting.functions), self.environment, POINTS)

    def values_of(self, node: Node) -> Column:
        """The values of a part of the tree, kept once computed."""
        known = self._values.get(id(node))
        if known is None:
            known = self._values[id(node)] = self.floats(self.cover(node))
        return known

    def cover(self, node: Node) -> Node:
        """The name that stands for the values of a part of the tree."""
        return self._names[id(node)]

    def changes(
        self, slip: str, rule: Callable[[Node], Sequence[tuple[tuple[Node, ...], Node]]], wanted: Callable[[Spot], bool]
    ) -> Iterator[Change]:
        """The tree changed by a rule at each wanted place; a rule gives subjects and replacements of a node."""
        for spot in self.spots:
            if not wanted(spot):
                continue
            for (subjects, new), (_, shallow) in zip(rule(spot.node), rule(spot.shallow), strict=True):
                change = self.change(slip, subjects, spot, new, shallow)
                if change is not None:
                    yield change

    def change(self, slip: str, subjects: tuple[Node, ...], spot: Spot, new: Node, shallow: Node) -> Change | None:
        """The tree with something else at a place, None where that has no meaning."""
        try:
            values = self.floats(spot.put_shallow(shallow))
        except Problem:
            return None
        return Change(slip, subjects, lambda: spot.put(new), values, self.setting)

    def _cover(self, node: Node) -> Node:
        if isinstance(node, Number | Name | Word):
            self._names[id(node)] = node
            return node
        shallow = with_children(node, [self._cover(child) for child in children(node)])
        name = Name(f"value {len(self._names)}")
        self.environment[name.name] = self._value(shallow)
        self._names[id(node)] = name
        return name

    def _spots(self) -> Iterator[Spot]:
        waiting = [Spot(self.tree, self._shallow(self.tree), None, 0, lambda new: new, lambda new: new)]
        count = 0
        while waiting and count < MOST_PLACES:
            spot = waiting.pop(0)
            yield spot
            count += 1
            waiting.extend(self._below(spot))

    def _shallow(self, node: Node) -> Node:
        parts = children(node)
        return with_children(node, [self.cover(part) for part in parts]) if parts else node

    def _below(self, spot: Spot) -> Iterator[Spot]:
        parts = children(spot.node)
        covers = [self.cover(part) for part in parts]
        for index, part in enumerate(parts):
            if isinstance(part, Comparison):
                continue  # a condition says where a formula holds; slips are made in the formula
            yield Spot(
                part,
                self._shallow(part),
                spot,
                index,
                _putter(spot.node, parts, index, spot.put),
                _putter(spot.node, covers, index, spot.put_shallow),
            )


def _as_written(reference: Formula) -> Node:
    """The formula with its open functions and primes, where it is pointwise otherwise; else written out."""
    functions = reference.setting.functions
    plain = plain_conditions(reference.setting.expanded(reference.source))
    return plain if is_pointwise(opened(plain, functions)) else reference.tree


def _putter(parent: Node, parts: Sequence[Node], index: int, outer: Callable[[Node], Node]) -> Callable[[Node], Node]:
    def put(new: Node) -> Node:
        return outer(with_children(parent, [*parts[:index], new, *parts[index + 1 :]]))

    return put


def required(bench: Bench, whole: Column) -> Iterator[tuple[Spot, Column]]:
    """Every place whose way to the root can be undone, with the values needed there; parents before children."""
    needed: dict[int, Column] = {}
    with np.errstate(all="ignore"):
        for spot in bench.spots:
            if spot.above is None:
                needed[id(spot)] = whole
            else:
                above = needed.get(id(spot.above))
                undone = None if above is None else _undone(bench, spot, spot.above, above)
                if undone is None:
                    continue
                needed[id(spot)] = undone
            yield spot, needed[id(spot)]


def _undone(bench: Bench, spot: Spot, above: Spot, value: Column) -> Column | None:
    """The operand that gives a value to the node above it, the other operand being what it is."""
    match above.node:
        case Negate():
            return -value
        case Binary(operator, left, right):
            if spot.index == 0:
                return _left(operator, value, bench.values_of(right), right, bench.values_of(left))
            return _right(operator, value, bench.values_of(left))
        case Call(function, (_,)):
            return _inverse(function, value)
        case _:
            return None


def _left(operator: str, value: Column, right: Column, exponent: Node, current: Column) -> Column | None:
    """A root of an even power has the sign of what stands there."""
    match operator:
        case "+":
            return value - right
        case "-":
            return value + right
        case "*":
            return value / right
        case "/":
            return value * right
        case _:
            odd = isinstance(exponent, Number) and exponent.value % 2 == 1
            return np.copysign(np.abs(value) ** (1 / right), value if odd else current)


def _right(operator: str, value: Column, left: Column) -> Column | None:
    match operator:
        case "+":
            return value - left
        case "-":
            return left - value
        case "*":
            return value / left
        case "/":
            return left / value
        case _:
            return np.log(value) / np.log(left)


_INVERSES: Mapping[str, Callable[[Column], Column]] = {
    "tanh": np.arctanh,
    "atanh": np.tanh,
    "sinh": np.arcsinh,
    "asinh": np.sinh,
    "atan": np.tan,
    "log1p": np.expm1,
    "expm1": np.log1p,
}


def _inverse(function: str, value: Column) -> Column | None:
    match function:
        case "exp":
            return np.log(value)
        case "log":
            return np.exp(value)
        case "log2":
            return np.exp2(value)
        case "log10":
            return 10.0**value
        case "sqrt":
            return np.square(value)
        case "tanh" | "sinh" | "asinh" | "atanh" | "atan" | "log1p" | "expm1":
            return _INVERSES[function](value)
        case "sigmoid":
            return np.log(value / (1 - value))
        case _:
            return None
