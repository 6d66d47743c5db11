"""The derivative of another activation in place of the right one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations

import numpy as np

from studyapp.domain.expression import Binary, Call, Comparison, Name, Negate, Node, Number, walk
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.trees import ONE, TWO, divide, multiply, power, subtract
from studyapp.engine.deciding.bench import Bench, Change, Spot
from studyapp.engine.deciding.changing import factors_of
from studyapp.engine.deciding.sampling import Column

ACTIVATIONS = ("sigmoid", "tanh", "relu", "softplus")
MOST_FACTORS = 8
CLOSE, TINY = 1e-9, 1e-300
"""The relative and the absolute difference up to which floats are the same."""


@dataclass(frozen=True, slots=True)
class Derivatives:
    """Formulas of derivatives, each with its activation, and their values at the points: a row each."""

    names: tuple[str, ...]
    formulas: tuple[Node, ...]
    rows: Column

    def named(self, values: Column) -> list[str]:
        """The activations that have a derivative with these values, each once."""
        both = np.isfinite(self.rows) & np.isfinite(values)
        with np.errstate(invalid="ignore"):
            near = np.abs(values - self.rows) <= CLOSE * np.abs(self.rows) + TINY
        same = both.any(axis=1) & (near | ~both).all(axis=1)
        return list(dict.fromkeys(self.names[row] for row in np.flatnonzero(same)))


def activations(bench: Bench) -> Iterator[Change]:
    """The derivative of an activation, found in a product by its value, replaced by that of another."""
    known = derivatives(bench)
    for spot in bench.spots:
        if not _is_product(spot):
            continue
        factors = factors_of(spot.node)[:MOST_FACTORS]
        for chosen in chain(combinations(factors, 1), combinations(factors, 2), combinations(factors, 3)):
            yield from _replaced(bench, spot, chosen, known)


def _is_product(spot: Spot) -> bool:
    """The outermost node of a product."""
    inside = isinstance(spot.parent, Negate) or (isinstance(spot.parent, Binary) and spot.parent.operator in {"*", "/"})
    return not inside and not isinstance(spot.node, Number)


def _replaced(bench: Bench, spot: Spot, chosen: tuple[Node, ...], known: Derivatives) -> Iterator[Change]:
    product: Node = ONE
    for factor in chosen:
        product = multiply(product, factor)
    try:
        values = bench.floats(product)
    except Problem:
        return
    right = known.named(values)
    if not right:
        return
    others = [pair for pair in zip(known.names, known.formulas, strict=True) if pair[0] not in right]
    others += [(right[0], output) for output in _values(bench, right[0])]
    for name, formula in others:
        scale = divide(formula, product)
        new, shallow = multiply(spot.node, scale), multiply(bench.cover(spot.node), scale)
        change = bench.change("activation", (Name(name), Name(right[0])), spot, new, shallow)
        if change is not None:
            yield change


def _values(bench: Bench, function: str) -> list[Node]:
    """The values of an open function, which are mistaken for its derivative."""
    if function not in bench.setting.functions:
        return []
    return [Call(function, (argument,)) for argument in _arguments(bench)[0]]


def activation_with(bench: Bench, known: Derivatives, derivative: Node) -> str | None:
    """The activation whose derivative a factor is, None where it is none."""
    if isinstance(derivative, Name | Number):
        return None
    try:
        values = bench.floats(derivative)
    except Problem:
        return None
    return next(iter(known.named(values)), None)


def derivatives(bench: Bench) -> Derivatives:
    """Derivatives at every argument that an activation has here, and in terms of every activated value."""
    arguments, outputs = _arguments(bench)
    found: list[tuple[str, Node, Column]] = []
    for name in ACTIVATIONS:
        formulas: list[Node] = [Call(name, (argument,), (), 1) for argument in arguments]
        formulas += [formula for output in outputs for formula in by_output(name, output)]
        for formula in formulas:
            with suppress(Problem):
                found.append((name, formula, bench.floats(formula)))
    for function in bench.setting.functions:
        own = [Call(function, (argument,), (), 1) for argument in arguments]
        found += [(function, tree, bench.floats(tree)) for tree in own]
    names, trees, columns = zip(*found, strict=True) if found else ((), (), ())
    rows = np.stack(columns) if columns else np.empty((0, len(bench.setting.sample)))
    return Derivatives(names, trees, rows)


def by_output(name: str, y: Node) -> list[Node]:
    """The derivative of an activation in terms of its value y."""
    match name:
        case "sigmoid":
            return [multiply(y, subtract(ONE, y))]
        case "tanh":
            return [subtract(ONE, power(y, TWO))]
        case "softplus":
            return [subtract(ONE, Call("exp", (Negate(y),)))]
        case _:
            return [Call("if", (_positive(y), ONE, Number(Decimal(0))))]


def _positive(y: Node) -> Node:
    return Comparison(">", y, Number(Decimal(0)))


def _arguments(bench: Bench) -> tuple[list[Node], list[Node]]:
    """What activations are applied to, and what they give, in the formula and its relations."""
    names = {*ACTIVATIONS, *bench.setting.functions}
    arguments: dict[Node, None] = {}
    outputs: dict[Node, None] = {}
    trees = {Name(name): tree for name, tree in bench.setting.written.items()}
    for tree in [*trees.values(), bench.reference.source]:
        for part in walk(tree):
            if isinstance(part, Call) and part.function in names and len(part.arguments) == 1:
                arguments[part.arguments[0]] = None
                outputs[Call(part.function, part.arguments)] = None
    for name, tree in trees.items():
        if isinstance(tree, Call | Binary):
            outputs[name] = None
    for spot in bench.spots:
        if isinstance(spot.node, Name):
            outputs[spot.node] = None
    return list(arguments)[:4], list(outputs)[:6]
