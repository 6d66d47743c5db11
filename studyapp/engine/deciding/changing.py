"""Ways to change a formula that several slips share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from studyapp.domain.expression import Binary, Name, Negate, Node, Number, names_in, walk
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.trees import ONE, divide, multiply
from studyapp.engine.deciding.bench import Bench, Change, Spot
from studyapp.engine.deciding.setting import Formula
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.rewriting import substituted

MOST_PAIRS = 60
"""Pairs of symbols or factors that are tried."""

Made = Sequence[tuple[tuple[Node, ...], Node]]
"""Subjects and replacement, for each way in which a rule changes a node."""

_INDEXED = re.compile(r"(.*?[A-Za-zα-ω])_?(\d[\d_]*)")


def whole(bench: Bench, slip: str, subjects: tuple[Node, ...], scale: Node) -> Change:
    """The reference times a scale."""
    try:
        with np.errstate(all="ignore"):
            values = bench.values * bench.floats(scale)
    except Problem:
        values = np.full_like(bench.values, np.nan)
    return Change(slip, subjects, lambda: multiply(bench.tree, scale), values, bench.setting)


def rewritten(bench: Bench, slip: str, subjects: tuple[Node, ...], tree: Node) -> Iterator[Change]:
    """A tree that replaces the reference, where it has a meaning."""
    try:
        reference = Formula(tree, bench.setting)
    except Problem:
        return
    yield Change(slip, subjects, lambda: tree, reference.values, bench.setting)


def exchanged(node: Node, names: dict[str, str]) -> Node:
    """The tree with names replaced by names, all at once."""
    return substituted(node, {old: Name(new) for old, new in names.items()})


def mentioned(node: Node) -> list[str]:
    """The symbols of a tree in the order in which they are read, constants not counted."""
    found = dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name))
    return [name for name in found if name not in CONSTANTS]


def factors_of(node: Node) -> list[Node]:
    """The factors of the product that a tree is, divisors as reciprocals."""
    match node:
        case Negate(operand):
            return factors_of(operand)
        case Binary("*", left, right):
            return [*factors_of(left), *factors_of(right)]
        case Binary("/", left, right):
            return [*factors_of(left), *(divide(ONE, factor) for factor in factors_of(right))]
        case _:
            return [node]


def has_symbols(spot: Spot) -> bool:
    """Whether something other than a number stands there."""
    return not isinstance(spot.node, Number) and bool(names_in(spot.node) - set(CONSTANTS))


MINUS: Node = Negate(ONE)


def families(names: Iterable[str]) -> dict[str, list[str]]:
    """Symbols with indices (`y_1`, `y_2`), gathered by what stands before the index."""
    found: dict[str, list[str]] = {}
    for name in names:
        parts = _INDEXED.fullmatch(name)
        if parts:
            found.setdefault(parts[1], []).append(name)
    return found
