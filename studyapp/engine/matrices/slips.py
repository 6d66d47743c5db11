"""The slip behind a wrong formula in matrix symbols: the key changed once, and looked up by its values at the draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import combinations, permutations, product
from typing import Any

import numpy as np

from studyapp.domain.exercise import ONES
from studyapp.domain.expression import (
    Binary,
    Call,
    Name,
    Negate,
    Node,
    Number,
    children,
    names_in,
    substituted,
    walk,
    with_children,
)
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.algebras.trees import ONE, TWO, divide
from studyapp.engine.equivalence.comparison import State
from studyapp.engine.equivalence.slips import LEAST_FACTOR, Slip, constant_tree
from studyapp.engine.matrices.deciding import NEAR, MatrixFormula, compare, is_near

MOST_CHANGES = 400
"""Changes of one key that are tried; a key of ten symbols has some 150."""
MOST_COMPARED = 3
"""Changes with the answer's floats that are compared with it exactly."""
LONGEST_CHAIN = 4
"""Factors of a product whose orders are all tried."""
ZERO = Number(Decimal(0))

Change = tuple[tuple[Node, ...], Node]
"""The subjects that complete a slip, and the changed tree."""
Site = tuple[Node, Callable[[Node], Node]]
"""A part of a tree, and the tree with another part in its place."""


@dataclass(frozen=True, slots=True)
class _Changed:
    slip: Slip
    formula: MatrixFormula


class MatrixDiagnosis:
    """The slips of one key, made once."""

    def __init__(self, reference: MatrixFormula) -> None:
        self.reference = reference

    def slip_behind(self, answer: MatrixFormula) -> Slip | None:
        """The first slip of the list that gives a formula equal to the answer; None where none does."""
        compared = 0
        for changed in self._changed:
            if changed.slip.name == "factor" and not changed.slip.subjects:
                constant = _constant(self.reference, answer)
                if constant is not None:
                    return Slip("factor", (constant_tree(constant),))
            elif compared < MOST_COMPARED and _near(changed.formula, answer):
                compared += 1
                if compare(changed.formula, answer).state == State.EQUAL:
                    return changed.slip
        return Slip("shape", ()) if answer.shapes != self.reference.shapes else None

    @cached_property
    def _changed(self) -> list[_Changed]:
        """The changes that can be computed and change something, in the order of the list."""
        made: list[_Changed] = []
        for name, maker in MAKERS:
            if maker is None:
                made.append(_Changed(Slip(name, ()), self.reference))
                continue
            for subjects, tree in maker(self.reference):
                if len(made) == MOST_CHANGES:
                    return made
                try:
                    formula = MatrixFormula(tree, self.reference.setting)
                except Problem:
                    continue
                if not _near(formula, self.reference):
                    made.append(_Changed(Slip(name, subjects), formula))
        return made


def _near(left: MatrixFormula, right: MatrixFormula) -> bool:
    """Whether two formulas have the same floats at every draw."""
    if left.shapes != right.shapes:
        return False
    return all(is_near(a, b) for a, b in zip(left.values, right.values, strict=True))


def _constant(reference: MatrixFormula, answer: MatrixFormula) -> float | None:
    """The number that the answer is of the key, the same at every draw."""
    if reference.shapes != answer.shapes:
        return None
    key = np.concatenate([value.reshape(-1) for value in reference.values])
    typed = np.concatenate([value.reshape(-1) for value in answer.values])
    zero = np.abs(key) < NEAR  # as entries of Z ⊙ (1 - Z) are, where Z has a 0 or 1
    if zero.all() or not np.all(np.abs(typed[zero]) < NEAR):
        return None
    with np.errstate(all="ignore"):
        ratios: Any = typed[~zero] / key[~zero]
    if not np.isfinite(ratios).all() or abs(ratios[0]) < NEAR:
        return None
    same = np.ptp(ratios) <= NEAR * abs(ratios[0]) and abs(ratios[0] - 1) > LEAST_FACTOR
    return float(ratios[0]) if same else None


def sites(node: Node, around: Callable[[Node], Node] = lambda part: part) -> Iterator[Site]:
    """Every part of a tree, the whole first."""
    yield node, around
    parts = children(node)
    if isinstance(node, Call):
        parts = node.arguments
    for place, part in enumerate(parts):

        def inside(new: Node, place: int = place) -> Node:
            return around(with_children(node, [*children(node)[:place], new, *children(node)[place + 1 :]]))

        yield from sites(part, inside)


def _terms(tree: Node) -> Iterator[Site]:
    """The whole, and the terms of sums within it."""
    for place, (node, around) in enumerate(sites(tree)):
        if place == 0:
            yield node, around
        if isinstance(node, Binary) and node.operator in ("+", "-"):
            yield node.left, lambda new, n=node, a=around: a(Binary(n.operator, new, n.right))  # type: ignore[misc]
            yield node.right, lambda new, n=node, a=around: a(Binary(n.operator, n.left, new))  # type: ignore[misc]


def _signs(key: MatrixFormula) -> Iterator[Change]:
    for place, (node, around) in enumerate(_terms(key.source)):
        opposite = node.operand if isinstance(node, Negate) else Negate(node)
        yield (() if place == 0 else (node,)), around(opposite)
    for node, around in sites(key.source):
        if isinstance(node, Negate):
            yield (node.operand,), around(node.operand)
        if isinstance(node, Binary) and node.operator in ("+", "-"):
            other = Binary("-" if node.operator == "+" else "+", node.left, node.right)
            yield (node.right,), around(other)


def _swaps(key: MatrixFormula) -> Iterator[Change]:
    """Two symbols of one shape exchanged, or one in place of the other."""
    symbols = key.setting.symbols
    used = [name for name in symbols if name in names_in(key.source)]
    given = [name for name in key.setting.given if name in names_in(key.source)]
    for first, second in combinations(used, 2):
        if _alike(key, first, second):
            yield (Name(first), Name(second)), substituted(key.source, {first: Name(second), second: Name(first)})
    for first, second in product((*used, *given), (*symbols, *key.setting.given)):
        if first != second and symbols.get(first, None) is not None and _alike(key, first, second):
            yield (Name(first), Name(second)), substituted(key.source, {first: Name(second)})


def _alike(key: MatrixFormula, first: str, second: str) -> bool:
    environment = key.setting.draws[0].environment(FLOATS)
    kinds = [key.setting.symbols[name].kind for name in (first, second) if name in key.setting.symbols]
    return np.shape(environment[first]) == np.shape(environment[second]) and "size" not in kinds


def _reciprocals(key: MatrixFormula) -> Iterator[Change]:
    """An inverse forgotten, or one too many."""
    for node, around in sites(key.source):
        match node:
            case Call("inverse", (inner,)):
                yield (inner,), around(inner)
            case Name() | Call("transpose"):
                yield (node,), around(Call("inverse", (node,)))


def _sizes(key: MatrixFormula) -> list[Node]:
    return [Name(name) for name, domain in key.setting.symbols.items() if domain.kind == "size"]


def _reductions(key: MatrixFormula) -> Iterator[Change]:
    """1/N missing or too many, of another dimension, or a sum for a mean."""
    for node, around in _terms(key.source):
        for size in _sizes(key):
            yield (size,), around(Binary("*", size, node))
            yield (divide(ONE, size),), around(Binary("/", node, size))
    for node, around in sites(key.source):
        if isinstance(node, Name):
            for size in _sizes(key):
                if node in _sizes(key) and size != node:
                    yield (divide(node, size),), around(size)
        if isinstance(node, Call) and node.function in ("sum", "mean"):
            other = "mean" if node.function == "sum" else "sum"
            yield (Name(other),), around(Call(other, node.arguments, node.options))


def _multiples(key: MatrixFormula) -> Iterator[Change]:
    """A term, or the argument of a function, twice or half as large."""
    for node, around in _terms(key.source):
        for factor in (TWO, divide(ONE, TWO)):
            yield (factor, node), around(Binary("*", factor, node))


def _missing(key: MatrixFormula) -> Iterator[Change]:
    """A factor or a function left out."""
    for node, around in sites(key.source):
        match node:
            case Binary("@" | "⊙" | "*", left, right):
                yield (left,), around(right)
                yield (right,), around(left)
            case Binary("/", left, right):
                yield (divide(ONE, right),), around(left)
                yield (left,), around(Binary("/", ONE, right))
            case Binary("**", base, _):
                yield (base,), around(base)
            case Call(function, (argument,)) if function not in _STRUCTURAL:
                yield (node,), around(argument)


_STRUCTURAL = frozenset({"transpose", "inverse", "sum", "mean", "trace", "diag", "norm"})


def _extra(key: MatrixFormula) -> Iterator[Change]:
    """A symbol multiplied with the whole or a term, as a number or entry by entry; a factor taken twice."""
    for node, around in _terms(key.source):
        for name, domain in key.setting.symbols.items():
            if domain.kind != "size" and name in names_in(key.source):
                yield (Name(name),), around(Binary("⊙", node, Name(name)))
    slopes = [part for part in walk(key.source) if isinstance(part, Call) and part.function not in _STRUCTURAL]
    for part in dict.fromkeys(slopes):
        yield (part,), Binary("⊙", key.source, part)


def _dropped(key: MatrixFormula) -> Iterator[Change]:
    for node, around in sites(key.source):
        match node:
            case Binary("+", left, right):
                yield (left,), around(right)
                yield (right,), around(left)
            case Binary("-", left, right):
                yield (left,), around(Negate(right))
                yield (right,), around(left)


def _activations(key: MatrixFormula) -> Iterator[Change]:
    """The function for its derivative, or the other way round."""
    for node, around in sites(key.source):
        if isinstance(node, Call) and node.primes:
            plain = Call(node.function, node.arguments)
            yield (Name(node.function), Name(node.function)), around(plain)
        elif isinstance(node, Call) and node.function in key.setting.functions:
            yield (Name(node.function),), around(Call(node.function, node.arguments, primes=1))


def _factors(node: Node, operator: str = "@") -> list[Node]:
    """The factors of a chain of products, from left to right."""
    if isinstance(node, Binary) and node.operator == operator:
        return [*_factors(node.left, operator), *_factors(node.right, operator)]
    return [node]


def _chained(factors: Iterable[Node]) -> Node:
    first, *rest = factors
    node = first
    for factor in rest:
        node = Binary("@", node, factor)
    return node


def _chains(tree: Node) -> Iterator[tuple[list[Node], Callable[[Node], Node]]]:
    """The products of a tree, each with all of its factors."""
    inner = set[int]()
    for node, around in sites(tree):
        if isinstance(node, Binary) and node.operator == "@":
            inner |= {id(part) for part in (node.left, node.right)}
            if id(node) not in inner:
                yield _factors(node), around


def _orders(key: MatrixFormula) -> Iterator[Change]:
    """The factors of a product in another order."""
    for factors, around in _chains(key.source):
        if len(factors) <= LONGEST_CHAIN:
            for order in list(permutations(factors))[1:]:
                yield (_chained(factors),), around(_chained(order))
    for node, around in sites(key.source):
        if isinstance(node, Binary) and node.operator == "@":
            yield (node,), around(Binary("@", node.right, node.left))


def _entrywise(key: MatrixFormula) -> Iterator[Change]:
    """One product in place of the other."""
    for node, around in sites(key.source):
        if isinstance(node, Binary) and node.operator in ("@", "⊙"):
            yield (node,), around(Binary("⊙" if node.operator == "@" else "@", node.left, node.right))
    for factors, around in _chains(key.source):
        for place in range(1, len(factors)):
            left, right = _chained(factors[:place]), _chained(factors[place:])
            yield (_chained(factors),), around(Binary("⊙", left, right))


def _turned(node: Node) -> Node:
    match node:
        case Call("transpose", (inner,)):
            return inner
        case _:
            return Call("transpose", (node,))


def _transposes(key: MatrixFormula) -> Iterator[Change]:
    """The whole turned, or a factor, or two factors of a product; a transpose missing or too many."""
    yield (), _turned(key.source)
    for node, around in sites(key.source):
        if isinstance(node, Name | Call | Binary):
            yield (node,), around(_turned(node))
    for factors, around in _chains(key.source):
        for first, second in combinations(range(len(factors)), 2):
            changed = list(factors)
            changed[first], changed[second] = _turned(factors[first]), _turned(factors[second])
            yield (_chained(factors),), around(_chained(changed))
        turned = [_turned(factor) for factor in factors]
        for order in (turned, [*reversed(factors)], [*reversed(turned)]):
            yield (_chained(factors),), around(_chained(order))
    names = [name for name in key.setting.symbols if Call("transpose", (Name(name),)) in set(walk(key.source))]
    for name in names:  # everywhere in the key
        yield (Name(name),), substituted(key.source, {name: Call("transpose", (Name(name),))})


def _brackets(key: MatrixFormula) -> Iterator[Change]:
    """A bracket left out: a factor, a sign, a divisor or a function reaches one term of a sum only."""
    for node, around in sites(key.source):
        match node:
            case Binary("@" | "⊙" | "*" as sign, left, Binary("+" | "-" as inner, first, second)):
                yield (node.right,), around(Binary(inner, Binary(sign, left, first), second))
            case Binary("@" | "⊙" | "*" | "/" | "**" as sign, Binary("+" | "-" as inner, first, second), right):
                yield (node.left,), around(Binary(inner, first, Binary(sign, second, right)))
            case Binary("-" as sign, left, Binary("+" | "-" as inner, first, second)):
                yield (node.right,), around(Binary(inner, Binary(sign, left, first), second))
            case Negate(Binary("+" | "-" as inner, first, second)):
                yield (node.operand,), around(Binary(inner, Negate(first), second))
            case Call(_, (Binary("+" | "-" as inner, first, second),)) if not node.options:
                yield (node.arguments[0],), around(Binary(inner, with_children(node, [first]), second))
                yield (node.arguments[0],), around(Binary(inner, first, with_children(node, [second])))
            case Call("transpose" | "inverse", (Binary("@", first, second),)):
                yield (node.arguments[0],), around(Binary("@", first, with_children(node, [second])))
            case Binary("**", Binary("@" | "⊙" | "*" as sign, first, second), power):
                yield (node.left,), around(Binary(sign, first, Binary("**", second, power)))


def _axes(key: MatrixFormula) -> Iterator[Change]:
    """A sum along the other axis, over everything, or not taken."""
    for node, around in sites(key.source):
        match node:
            case Call("sum" | "mean" as function, (argument,)):
                for other in ({}, {"axis": ZERO}, {"axis": ONE}):
                    if tuple(other.items()) != node.options:
                        yield (), around(Call(function, (argument,), tuple(other.items())))
                yield (), around(argument)
            case Binary("@", left, right):
                for ones, array in ((left, right), (right, left)):
                    if any(isinstance(part, Name) and part.name.startswith(f"{ONES}_") for part in walk(ones)):
                        inner = _turned(array) if isinstance(array, Call) else array
                        for axis in (ZERO, ONE):
                            yield (), around(Call("sum", (inner,), (("axis", axis),)))
                        yield (), around(Call("sum", (inner,)))
                        yield (), around(inner)


Maker = Callable[[MatrixFormula], Iterator[Change]]
MAKERS: tuple[tuple[str, Maker | None], ...] = (
    ("sign", _signs),
    ("swap", _swaps),
    ("reciprocal", _reciprocals),
    ("reduction", _reductions),
    ("factor", None),
    ("factor", _multiples),
    ("missing-factor", _missing),
    ("dropped-term", _dropped),
    ("activation", _activations),
    ("factor-order", _orders),
    ("entrywise", _entrywise),
    ("axis", _axes),
    ("transposed", _transposes),
    ("bracket", _brackets),
    ("extra-factor", _extra),
)
"""The slips in the order in which they are tried; the constant between key and answer is computed, not guessed."""
