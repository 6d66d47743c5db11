"""What formulas are compared over, and a formula made ready to be compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import (
    Binary,
    Call,
    Name,
    Node,
    Number,
    children,
    names_in,
    rebuilt,
    substituted,
    walk,
    with_children,
)
from studyapp.engine.algebras.algebra import Inexact, Problem
from studyapp.engine.algebras.exact import FRACTIONS, RESIDUES, Fractions, Residues
from studyapp.engine.algebras.functions import FUNCTIONS
from studyapp.engine.algebras.precision import DIGITS, careful, decimal_of
from studyapp.engine.catalogue.entry import Shape
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.equivalence.ranges import Range, range_of
from studyapp.engine.equivalence.sampling import FAR, POINTS, Column, Sample, as_floats, in_order
from studyapp.engine.equivalence.switches import has_kinks
from studyapp.engine.interpretation import CONSTANTS, derivative_of, evaluate, written_out
from studyapp.engine.rewriting import is_elementary, pointwise

_ARGUMENT = "argument of a primed function"
LARGEST_ORDER = 4


def opened(node: Node, functions: Sequence[str] = ()) -> Node:
    """The tree without primes, activations and open functions; raises `Problem` for primes of an unknown function."""
    if not any(isinstance(part, Call) and _is_opened(part, functions) for part in walk(node)):
        return node

    def change(part: Node) -> Node:
        if not isinstance(part, Call) or not _is_opened(part, functions):
            return part
        if part.function in functions:
            return _stand_in(part, functions.index(part.function))
        return substituted(_primed(part.function, part.primes), {_ARGUMENT: part.arguments[0]})

    return rebuilt(node, change)


def _is_opened(call: Call, functions: Sequence[str]) -> bool:
    """Whether a call is replaced by a formula: open, primed, or an activation (a formula costs less)."""
    if call.function in functions or call.primes:
        return True
    if call.function in FUNCTIONS or call.function not in CATALOGUE or call.options or len(call.arguments) != 1:
        return False
    entry = CATALOGUE[call.function]
    return entry.shape == Shape.MAP and len(entry.arguments) == 1


@lru_cache(maxsize=128)
def _primed(function: str, primes: int) -> Node:
    if primes > LARGEST_ORDER or (function not in CATALOGUE and function not in FUNCTIONS):
        raise Problem(f"{function} has no derivative of order {primes}")
    formula: Node = written_out(Call(function, (Name(_ARGUMENT),)), {})
    for _ in range(primes):
        formula = derivative_of(formula, Name(_ARGUMENT), {})
    return formula


def _stand_in(call: Call, which: int) -> Node:
    """A wave of each argument, with constants of its own for each function and each order of derivative."""
    salt = Decimal(which) * Decimal("0.37") + Decimal(call.primes) * Decimal("0.59")
    formula: Node = Number(Decimal("0.23") + salt / 4)
    for place, argument in enumerate(call.arguments):
        frequency, phase = Decimal("1.31") + salt + Decimal(place) / 3, Decimal("0.47") + salt * 2
        frequency = frequency.quantize(Decimal("0.0001"))
        wave = Call("sin", (Binary("+", Binary("*", Number(frequency), argument), Number(phase)),))
        formula = Binary("+", formula, wave)
    return formula


LARGEST_TREE = 4000  # nodes in a tree whose equality is decided
HIGHEST_DEGREE = 100  # the degree up to which rational functions are compared exactly

_RATIONAL = frozenset({"abs", "sign", "minimum", "maximum", "min", "max", "if"})


class Setting:
    """Symbols with their domains, relations between them, functions left open, and the sample points."""

    def __init__(
        self,
        symbols: Mapping[str, SymbolDomain],
        given: Mapping[str, Node],
        functions: Sequence[str] = (),
        where: Sequence[Node] = (),
    ) -> None:
        """Raises `Problem` where relations go in a circle, have no meaning, or leave no point."""
        self.functions = tuple(functions)
        self.written = in_order(given)
        self._names: dict[Node, Node] = {}
        self.given = {name: self.readied(formula) for name, formula in self.written.items()}
        self._names = {formula: Name(name) for name, formula in self.written.items() if isinstance(formula, Call)}
        self.sample = Sample(list(symbols.values()), self.given, where)
        self.exact = all(degree(formula) is not None for formula in self.given.values())
        self.kinked: set[str] = set()
        for name, formula in self.given.items():
            if names_in(formula) & self.kinked or has_kinks(formula, self.boxes):
                self.kinked.add(name)
        self.sizes = tuple(name for name, domain in symbols.items() if domain.kind == "integer")

    def readied(self, tree: Node) -> Node:
        """The tree in operations that act point by point; raises `Problem` where it is too large or has no meaning."""
        nodes = tuple(walk(tree))
        if len(nodes) > LARGEST_TREE:
            raise Problem(f"a formula of more than {LARGEST_TREE} terms")
        if is_elementary(nodes, self.functions):
            return tree
        return pointwise(opened(rebuilt(self.expanded(tree), self._named), self.functions))

    def _named(self, node: Node) -> Node:
        """The symbol that a relation gives to a formula (`y` for `sigmoid(z)`): its value is already known."""
        return self._names.get(node, node) if isinstance(node, Call) else node

    def expanded(self, tree: Node) -> Node:
        """The tree with relations written into what `D` differentiates, so that all paths count."""
        if isinstance(tree, Call) and tree.function == "D" and len(tree.arguments) == 2:
            formula, by = tree.arguments
            for name in reversed([name for name in self.written if Name(name) != by]):
                formula = substituted(formula, {name: self.written[name]})
            return Call("D", (opened(formula, self.functions), by))
        parts = children(tree)
        if not any(isinstance(part, Call) and part.function == "D" for part in walk(tree)):
            return tree
        return with_children(tree, [self.expanded(part) for part in parts])

    def values_at(self, point: Mapping[str, Decimal]) -> dict[str, Decimal | None]:
        """Every symbol at a point of the free ones, those that relations give included; None where it has no value."""
        algebra = careful(DIGITS[0])
        values: dict[str, Any] = {name: algebra.number(value) for name, value in point.items()}
        decimals: dict[str, Decimal | None] = dict(point)
        for name, formula in self.given.items():
            values[name] = evaluate(formula, values, algebra)
            decimals[name] = decimal_of(values[name])
        return decimals

    @cached_property
    def far(self) -> Setting:
        """The same setting at points over all scales."""
        far = {name: [Decimal(value) for value in values] for name, values in self.sample.far().items()}
        return self.moved(self.sample.at(far, FAR))

    @cached_property
    def boxes(self) -> dict[str, Range]:
        """The bounds of every symbol."""
        boxes = {domain.name: _bounds(domain) for domain in self.sample.free}
        for name, formula in self.given.items():
            boxes[name] = range_of(formula, boxes)
        return boxes

    def moved(self, sample: Sample) -> Setting:
        """The same setting with other sample points."""
        setting = copy(self)
        setting.__dict__.pop("far", None)
        setting.sample = sample
        return setting

    def floats_of(self, tree: Node) -> Column:
        """The value at every point, nan where there is none; raises `Problem` where the tree has no meaning."""
        return as_floats(evaluate(tree, self.sample.floats, POINTS), len(self.sample))


class Formula:
    """A formula made ready in its setting: a reference, or an answer that is compared with one."""

    def __init__(self, tree: Node, setting: Setting) -> None:
        """Raises `Problem` where the formula has no meaning in its setting."""
        self.setting = setting
        self.source = tree
        self.tree = setting.readied(tree)
        self.values = setting.floats_of(self.tree)
        self.defined = np.isfinite(self.values)
        self.digits: dict[tuple[int, int], Any] = {}
        self.exactly: dict[tuple[int, str], Any] = {}

    @cached_property
    def exact(self) -> bool:
        """Whether its values are compared as fractions."""
        highest = degree(self.tree) if self.setting.exact else None
        return highest is not None and highest <= HIGHEST_DEGREE

    @cached_property
    def has_kinks(self) -> bool:
        """Whether the formula, or a relation of its setting, may change its branch somewhere."""
        return has_kinks(self.tree, self.setting.boxes) or bool(
            self.setting.kinked and names_in(self.tree) & self.setting.kinked
        )

    @cached_property
    def far(self) -> Formula:
        """The same formula at points over all scales."""
        return self.moved(self.setting.far)

    def moved(self, setting: Setting) -> Formula:
        """The same formula at the points of another setting."""
        formula = copy(self)
        formula.__dict__.pop("far", None)
        formula.setting = setting
        formula.values = setting.floats_of(self.tree)
        formula.defined = np.isfinite(formula.values)
        formula.digits, formula.exactly = {}, {}
        return formula

    def at(self, place: int, digits: int) -> Any:
        """The value at a point, kept once computed; raises `Problem` where it cannot be computed."""
        known = self.digits.get((place, digits))
        if known is None:
            algebra = careful(digits)
            known = evaluate(self.tree, self.setting.sample.environment(algebra, digits, place), algebra)
            self.digits[(place, digits)] = known
        return known

    def equals_at(self, place: int, other: Formula) -> bool:
        """Whether the exact values at a point are equal; raises `Inexact` where there is none."""
        try:
            return bool((self._exactly_at(place, RESIDUES) - other._exactly_at(place, RESIDUES)) % RESIDUES.prime == 0)
        except Inexact:  # an order is asked for, or a divisor is 0
            return bool(self._exactly_at(place, FRACTIONS) == other._exactly_at(place, FRACTIONS))

    def _exactly_at(self, place: int, algebra: Fractions | Residues) -> Any:
        known = self.exactly.get((place, algebra.name))
        if known is None:
            known = evaluate(self.tree, self.setting.sample.environment(algebra, 0, place), algebra)
            self.exactly[(place, algebra.name)] = known
        return known


def _bounds(domain: SymbolDomain) -> Range:
    low, high = -np.inf, np.inf
    match domain.kind:
        case "positive" | "nonnegative":
            low = 0.0
        case "label":
            low, high = -1.0, 1.0
        case "interval" if domain.low is not None and domain.high is not None:
            low, high = float(domain.low), float(domain.high)
    return np.float64(low), np.float64(high)


def degree(tree: Node) -> int | None:
    """A bound on the degree of a rational function, None for a tree that fractions cannot compute."""
    if isinstance(tree, Number):
        return 0
    if isinstance(tree, Name):
        return None if tree.name in CONSTANTS else 1
    if isinstance(tree, Binary) and tree.operator == "**":
        inner = degree(tree.left)
        exponent = tree.right.value if isinstance(tree.right, Number) else Decimal("0.5")
        return None if inner is None or exponent != int(exponent) else inner * int(exponent)
    if isinstance(tree, Call) and tree.function not in _RATIONAL:
        return None
    whole = 0
    for part in children(tree):
        inner = degree(part)
        if inner is None:
            return None
        whole += inner
    return whole
