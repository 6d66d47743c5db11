"""The general slips as changes of a formula, one function for each name of the closed list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import combinations

import numpy as np

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, names_in, walk
from studyapp.engine.algebra import Problem
from studyapp.engine.bench import Bench, Change, Spot
from studyapp.engine.catalogue import CATALOGUE
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.rewriting import rebuilt, substituted
from studyapp.engine.setting import Formula
from studyapp.engine.trees import ONE, TWO, divide, multiply, negate, power, subtract

MOST_PAIRS = 60
Made = Sequence[tuple[tuple[Node, ...], Node]]
"""Subjects and replacement, for each way in which a rule changes a node."""

_LOGS = ("log", "log2", "log10")
_BASES: dict[str, Node] = {"log": Name("e"), "log2": TWO, "log10": Number(Decimal(10))}
_INDEXED = re.compile(r"(.*?[A-Za-zα-ω])_?(\d[\d_]*)")


def signs(bench: Bench) -> Iterator[Change]:
    """The opposite of the whole, or of one part."""
    yield whole(bench, "sign", (), MINUS)
    yield from bench.changes("sign", lambda node: [((node,), negate(node))], _has_own_sign)


def _has_own_sign(spot: Spot) -> bool:
    """Signs within a product are those of the product; the sign of an exponent makes a reciprocal."""
    match spot.parent:
        case None | Negate() | Binary("*" | "/", _, _):
            return False
        case Binary("**", _, _):
            return spot.index == 0 or not isinstance(spot.node, Number)
        case _:
            return True


def swaps(bench: Bench) -> Iterator[Change]:
    """Two symbols exchanged: everywhere, then within one part."""
    names = mentioned(bench.tree)
    others = [name for name in bench.environment if " " not in name and name not in names]
    pairs = [*combinations(names, 2), *((one, other) for one in names for other in others)]
    for one, other in pairs[:MOST_PAIRS]:
        yield from _swapped(bench, one, other)
    for spot in bench.spots:
        inside = mentioned(spot.node)
        if spot.parent is None or isinstance(spot.node, Name | Number):
            continue
        for one, other in list(combinations(inside, 2))[:6]:
            new = exchanged(spot.node, {one: other, other: one})
            change = bench.change("swap", (Name(one), Name(other)), spot, new, new)
            if change is not None:
                yield change


def _swapped(bench: Bench, one: str, other: str) -> Iterator[Change]:
    new = exchanged(bench.tree, {one: other, other: one})
    yield from rewritten(bench, "swap", (Name(one), Name(other)), new)


def complements(bench: Bench) -> Iterator[Change]:
    """One minus a symbol or a part in its place, or the part where one minus it belongs."""
    for name in mentioned(bench.tree):
        new = substituted(bench.tree, {name: subtract(ONE, Name(name))})
        yield from rewritten(bench, "complement", (Name(name),), new)
    yield from bench.changes("complement", lambda node: [((node,), _complement(node))], _is_no_number)
    yield from rewritten(bench, "complement", (), _complement(bench.tree))


def _complement(node: Node) -> Node:
    match node:
        case Binary("-", Number(one), rest) if one == 1:
            return rest
        case _:
            return subtract(ONE, node)


def reciprocals(bench: Bench) -> Iterator[Change]:
    """A part upside down; dividing where one multiplies, and the other way round."""
    yield from bench.changes("reciprocal", lambda node: [((node,), _reciprocal(node))], _is_no_number)


def _reciprocal(node: Node) -> Node:
    match node:
        case Binary("/", left, right):
            return divide(right, left)
        case Binary("**", base, Negate(exponent)):
            return power(base, exponent)
        case _:
            return divide(ONE, node)


def log_bases(bench: Bench) -> Iterator[Change]:
    """A logarithm to another base: one, all, or a value scaled as if all had it."""
    yield from bench.changes("log-base", _other_bases, lambda spot: isinstance(spot.node, Call))
    for base in _LOGS:
        new = rebuilt(bench.tree, lambda node, base=base: _with_base(node, base))  # type: ignore[misc]  # bound now
        if new != bench.tree:
            yield from rewritten(bench, "log-base", (_BASES[base],), new)
    for base in ("log2", "log10"):
        scale = Call("log", (_BASES[base],))
        yield whole(bench, "log-base", (_BASES[base],), divide(ONE, scale))
        yield whole(bench, "log-base", (_BASES["log"],), scale)


def _other_bases(node: Node) -> Made:
    match node:
        case Call(function, (argument,)) if function in _LOGS:
            return [((_BASES[base],), Call(base, (argument,))) for base in _LOGS if base != function]
        case Call("log", (argument, _)):
            return [((_BASES[base],), Call(base, (argument,))) for base in _LOGS]
        case _:
            return []


def _with_base(node: Node, base: str) -> Node:
    match node:
        case Call(function, (argument,)) if function in _LOGS:
            return Call(base, (argument,))
        case _:
            return node


def reductions(bench: Bench) -> Iterator[Change]:
    """A sum for a mean, a mean for a sum; N or 1/N too many or too few."""
    source = bench.reference.source
    for one, other in (("mean", "sum"), ("sum", "mean")):
        new = rebuilt(source, lambda node, one=one, other=other: _renamed(node, one, other))  # type: ignore[misc]  # bound now
        if new != source:
            yield from rewritten(bench, "reduction", (Name(other),), new)
    for count in counts(bench):
        yield whole(bench, "reduction", (count,), count)
        yield whole(bench, "reduction", (divide(ONE, count),), divide(ONE, count))


def _renamed(node: Node, one: str, other: str) -> Node:
    match node:
        case Call(function, arguments, options) if function == one:
            return Call(other, arguments, options)
        case Call(function, arguments, options) if function in CATALOGUE and (
            CATALOGUE[function].reduction is not None
        ):
            kept = tuple(option for option in options if option[0] != "reduction")
            return Call(function, arguments, (*kept, ("reduction", Name(other))))
        case _:
            return node


def counts(bench: Bench) -> list[Node]:
    """What a mean may divide by: whole-number symbols, and how many members a family of symbols in a sum has."""
    whole_symbols = [Name(name) for name in bench.setting.sizes]
    families: dict[str, int] = {}
    for name in mentioned(bench.reference.source):
        parts = _INDEXED.fullmatch(name)
        if parts:
            families[parts[1]] = families.get(parts[1], 0) + 1
    is_sum = any(isinstance(part, Binary) and part.operator == "+" for part in walk(bench.tree))
    sizes = {size for size in families.values() if size > 1} if is_sum else set()
    return [*whole_symbols, *(Number(Decimal(size)) for size in sorted(sizes))]


def missing_factors(bench: Bench) -> Iterator[Change]:
    """A factor left out: one at any place, or two of one product."""
    yield from bench.changes("missing-factor", _without_factor, lambda spot: isinstance(spot.node, Binary))
    factors = factors_of(bench.tree)
    for one, other in list(combinations(factors, 2))[:MOST_PAIRS]:
        both = multiply(one, other)
        yield whole(bench, "missing-factor", (both,), divide(ONE, both))


def _without_factor(node: Node) -> Made:
    match node:
        case Binary("*", left, right):
            return [((right,), left), ((left,), right)]
        case Binary("/", left, right):
            return [((divide(ONE, right),), left), ((left,), divide(ONE, right))]
        case Binary("**", base, Number(exponent)) if exponent == int(exponent) and exponent >= 2:
            return [((base,), power(base, Number(exponent - 1)))]
        case _:
            return []


def extra_factors(bench: Bench) -> Iterator[Change]:
    """A symbol or a part of the formula multiplied, or divided by, once too often."""
    pool = list(dict.fromkeys([*map(Name, _symbols(bench)), *_parts(bench), bench.tree]))
    for factor in pool[:MOST_PAIRS]:
        yield whole(bench, "extra-factor", (factor,), factor)
        yield whole(bench, "extra-factor", (divide(ONE, factor),), divide(ONE, factor))
    for symbol in map(Name, mentioned(bench.tree)[:8]):
        yield from bench.changes("extra-factor", partial(_with_factor, symbol), _is_whole_part)


def _with_factor(symbol: Name, node: Node) -> Made:
    if node == symbol:
        return [((symbol,), power(node, TWO))]
    return [((symbol,), multiply(node, symbol)), ((divide(ONE, symbol),), divide(node, symbol))]


def _symbols(bench: Bench) -> list[str]:
    return [name for name in bench.environment if " " not in name]


def _parts(bench: Bench) -> list[Node]:
    return [spot.node for spot in bench.spots if spot.parent is not None and _is_no_number(spot)]


def _is_whole_part(spot: Spot) -> bool:
    """A term, an argument, a base: a factor more in a product is one more in the product that it is part of."""
    if not _is_no_number(spot):
        return False
    match spot.parent:
        case None | Negate() | Binary("*" | "/", _, _):
            return False
        case Binary("**", _, _):
            return spot.index == 0
        case _:
            return True


def dropped_terms(bench: Bench) -> Iterator[Change]:
    """A term of a sum left out."""
    yield from bench.changes("dropped-term", _without_term, lambda spot: isinstance(spot.node, Binary))


def _without_term(node: Node) -> Made:
    match node:
        case Binary("+", left, right):
            return [((right,), left), ((left,), right)]
        case Binary("-", left, right):
            return [((right,), left), ((left,), negate(right))]
        case _:
            return []


def directions(bench: Bench) -> Iterator[Change]:
    """The first two arguments of a loss exchanged; two families of symbols exchanged, member by member."""
    source = bench.reference.source
    new = rebuilt(source, _turned)
    if new != source:
        subjects = next(
            part.arguments[:2] for part in walk(source) if isinstance(part, Call) and _turned(part) is not part
        )
        yield from rewritten(bench, "direction", subjects, new)
    families: dict[str, list[str]] = {}
    for name in mentioned(bench.tree):
        parts = _INDEXED.fullmatch(name)
        if parts:
            families.setdefault(parts[1], []).append(name)
    for one, other in combinations(families, 2):
        mapping = {name: other + name[len(one) :] for name in families[one]}
        mapping |= {name: one + name[len(other) :] for name in families[other]}
        yield from rewritten(bench, "direction", (Name(one), Name(other)), exchanged(bench.tree, mapping))


def _turned(node: Node) -> Node:
    match node:
        case Call(function, (first, second, *rest), options) if function in CATALOGUE and CATALOGUE[function].reduction:
            return Call(function, (second, first, *rest), options)
        case _:
            return node


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


def _is_no_number(spot: Spot) -> bool:
    return not isinstance(spot.node, Number) and bool(names_in(spot.node) - set(CONSTANTS))


MINUS: Node = Negate(ONE)
