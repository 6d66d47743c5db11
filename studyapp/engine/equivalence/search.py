"""A formula laid out for slips: its subterms, its value when one is replaced, and the values that one would need.

What is beside the path from a subterm to the root does not change: its values are computed once and have a name of
their own. A changed formula costs the operations along the path alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Name,
    Negate,
    Node,
    Number,
    Word,
    children,
    substituted,
    with_children,
)
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.equivalence.sampling import POINTS, Column, as_floats
from studyapp.engine.equivalence.setting import Formula, Setting, opened
from studyapp.engine.interpretation import evaluate
from studyapp.engine.rewriting import is_pointwise, plain_conditions

MOST_SUBTERMS = 80
HOLE = Name("changed value")  # what takes the place of a subterm; names with a blank are no symbols

Replacements = Sequence[tuple[tuple[Node, ...], Node]]
"""Subjects and replacement, for each way in which a rule changes a node."""


@dataclass(frozen=True, slots=True)
class Subterm:
    """A node of a formula, the subterm above it (None at the root), and which operand of that it is.

    `shallow` is the same node over names that stand for the values of its operands.
    """

    node: Node
    shallow: Node
    above: Subterm | None
    index: int

    @property
    def parent(self) -> Node | None:
        """The node of which this is an operand, None at the root."""
        return None if self.above is None else self.above.node

    def put(self, new: Node) -> Node:
        """The whole formula with something else in this place."""
        return new if self.above is None else self.above.put(_with_operand(self.above.node, self.index, new))


class Change:
    """A changed formula: what completes the sentence of its slip, and its floats at the points."""

    def __init__(self, subjects: tuple[Node, ...], tree: Callable[[], Node], values: Column, setting: Setting) -> None:
        self.subjects = subjects
        self.values = values
        self._tree = tree
        self._setting = setting

    @cached_property
    def formula(self) -> Formula | None:
        """The changed formula, prepared when it is first needed; None where it has no meaning."""
        try:
            return Formula(self._tree(), self._setting)
        except Problem:
            return None


class SlipSearch:
    """A reference with all its subterms."""

    def __init__(self, reference: Formula) -> None:
        self.reference = reference
        self.setting = reference.setting
        self.tree = _as_written(reference)
        self.values = reference.values
        self.environment = dict(reference.setting.sample.floats)
        self._names: dict[int, Node] = {}
        self._values: dict[int, Column] = {}
        self._paths: dict[int, Node] = {}
        self._opened = opened(self.tree, self.setting.functions)
        self._cover(self.tree)
        self.subterms = tuple(self._subterms())

    def floats(self, node: Node) -> Column:
        """The values of a tree over symbols and covering names; raises `Problem` where there are none."""
        return as_floats(self._value(node), len(self.setting.sample))

    def _value(self, node: Node) -> Any:
        return evaluate(opened(node, self.setting.functions), self.environment, POINTS)

    def values_of(self, node: Node) -> Column:
        """The values of a node of the tree, kept once computed."""
        values = self._values.get(id(node))
        if values is None:
            values = self._values[id(node)] = self.floats(self.cover(node))
        return values

    def cover(self, node: Node) -> Node:
        """The name of the values of a node of the tree."""
        return self._names[id(node)]

    def changes(self, rule: Callable[[Node], Replacements], applies: Callable[[Subterm], bool]) -> Iterator[Change]:
        """The tree changed by a rule at each subterm where it applies."""
        for subterm in filter(applies, self.subterms):
            for (subjects, new), (_, shallow) in zip(rule(subterm.node), rule(subterm.shallow), strict=True):
                yield from self.change(subjects, subterm, new, shallow)

    def change(self, subjects: tuple[Node, ...], subterm: Subterm, new: Node, shallow: Node) -> Iterator[Change]:
        """The tree with something else in place of a subterm, where that has a meaning."""
        try:
            values = self._columns(self._path(subterm), {HOLE.name: self._value(shallow)})
        except Problem:
            return
        yield Change(subjects, lambda: subterm.put(new), values, self.setting)

    def exchanged(self, subjects: tuple[Node, ...], names: Mapping[str, Node]) -> Iterator[Change]:
        """The tree with other formulas for some of its symbols, where that has a meaning."""
        try:
            values = self._columns(self._opened, {name: self._value(node) for name, node in names.items()})
        except Problem:
            return
        yield Change(subjects, lambda: substituted(self.tree, names), values, self.setting)

    def _columns(self, tree: Node, values: Mapping[str, Any]) -> Column:
        return as_floats(evaluate(tree, {**self.environment, **values}, POINTS), len(self.setting.sample))

    def required(self, whole: Column) -> Iterator[tuple[Subterm, Column]]:
        """Each subterm with the values it would need for the whole to have those: operations undone from the root."""
        needed: dict[int, Column] = {}
        with np.errstate(all="ignore"):
            for subterm in self.subterms:
                if subterm.above is None:
                    values: Column | None = whole
                else:
                    above = needed.get(id(subterm.above))
                    values = None if above is None else self._undone(subterm, subterm.above.node, above)
                if values is not None:
                    needed[id(subterm)] = values
                    yield subterm, values

    def _undone(self, subterm: Subterm, parent: Node, value: Column) -> Column | None:
        """The operand that gives a value to the node above it, the other operand being what it is."""
        match parent:
            case Negate():
                return -value
            case Binary("**", left, right) if subterm.index == 0:
                odd = isinstance(right, Number) and right.value % 2 == 1
                # A root of an even power has the sign of what is there.
                sign = value if odd else self.values_of(left)
                return np.copysign(np.abs(value) ** (1 / self.values_of(right)), sign)
            case Binary(operator, _, right) if subterm.index == 0:
                return _LEFT[operator](value, self.values_of(right))
            case Binary(operator, left, _):
                return _RIGHT[operator](value, self.values_of(left))
            case Call(function, (_,)) if function in _INVERSES:
                return _INVERSES[function](value)
            case _:
                return None

    def _cover(self, node: Node) -> Node:
        if isinstance(node, Number | Name | Word):
            self._names[id(node)] = node
            return node
        shallow = with_children(node, [self._cover(child) for child in children(node)])
        name = Name(f"value {len(self._names)}")
        self.environment[name.name] = self._value(shallow)
        self._names[id(node)] = name
        return name

    def _subterms(self) -> Iterator[Subterm]:
        waiting = [Subterm(self.tree, self._shallow(self.tree), None, 0)]
        count = 0
        while waiting and count < MOST_SUBTERMS:
            subterm = waiting.pop(0)
            yield subterm
            count += 1
            waiting.extend(self._below(subterm))

    def _shallow(self, node: Node) -> Node:
        return with_children(node, [self.cover(part) for part in children(node)])

    def _below(self, above: Subterm) -> Iterator[Subterm]:
        for index, part in enumerate(children(above.node)):
            if not isinstance(part, Comparison):  # it says where a formula holds; slips are made in the formula
                yield Subterm(part, self._shallow(part), above, index)

    def _path(self, subterm: Subterm) -> Node:
        """The formula over names of values, with a hole in the subterm's place."""
        if subterm.above is None:
            return HOLE
        if id(subterm) not in self._paths:
            frame = opened(_with_operand(subterm.above.shallow, subterm.index, HOLE), self.setting.functions)
            self._paths[id(subterm)] = substituted(self._path(subterm.above), {HOLE.name: frame})
        return self._paths[id(subterm)]


def _as_written(reference: Formula) -> Node:
    """The formula with its open functions and primes, where it is pointwise otherwise; else written out."""
    functions = reference.setting.functions
    plain = plain_conditions(reference.setting.expanded(reference.source))
    return plain if is_pointwise(opened(plain, functions)) else reference.tree


def _with_operand(node: Node, index: int, new: Node) -> Node:
    return with_children(node, [new if at == index else part for at, part in enumerate(children(node))])


_LEFT: Mapping[str, Callable[[Column, Column], Column]] = {
    "+": lambda value, right: value - right,
    "-": lambda value, right: value + right,
    "*": lambda value, right: value / right,
    "/": lambda value, right: value * right,
}
_RIGHT: Mapping[str, Callable[[Column, Column], Column]] = {
    "+": lambda value, left: value - left,
    "-": lambda value, left: left - value,
    "*": lambda value, left: value / left,
    "/": lambda value, left: left / value,
    "**": lambda value, left: np.log(value) / np.log(left),
}
_INVERSES: Mapping[str, Callable[[Column], Column]] = {
    "exp": np.log,
    "log": np.exp,
    "log2": np.exp2,
    "log10": lambda value: 10.0**value,
    "sqrt": np.square,
    "tanh": np.arctanh,
    "atanh": np.tanh,
    "sinh": np.arcsinh,
    "asinh": np.sinh,
    "atan": np.tan,
    "log1p": np.expm1,
    "expm1": np.log1p,
    "sigmoid": lambda value: np.log(value / (1 - value)),
}
