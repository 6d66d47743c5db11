"""Slips that leave something out or put something in: factors and terms; and a loss taken the other way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, walk
from studyapp.engine.algebras.trees import ONE, TWO, divide, multiply, negate, power
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.deciding.bench import Bench, Change, Spot
from studyapp.engine.deciding.changing import (
    MOST_PAIRS,
    Made,
    exchanged,
    factors_of,
    families,
    has_symbols,
    mentioned,
    rewritten,
    whole,
)
from studyapp.engine.rewriting import rebuilt


def missing_factors(bench: Bench) -> Iterator[Change]:
    """A factor left out: one at any place, or two of one product."""
    yield from bench.changes("missing-factor", _without_factor, lambda spot: isinstance(spot.node, Binary))
    factors = factors_of(bench.tree)
    for one, other in list(combinations(factors, 2))[: MOST_PAIRS if len(factors) > 2 else 0]:  # not all of them
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
        if factor != bench.tree:  # the key divided by itself is no answer to it
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
    return [spot.node for spot in bench.spots if spot.parent is not None and has_symbols(spot)]


def _is_whole_part(spot: Spot) -> bool:
    """A term, an argument, a base: a factor more in a product is one more in the product that it is part of."""
    if not has_symbols(spot):
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
    members = families(mentioned(bench.tree))
    for one, other in combinations(members, 2):
        mapping = {name: other + name[len(one) :] for name in members[one]}
        mapping |= {name: one + name[len(other) :] for name in members[other]}
        yield from rewritten(bench, "direction", (Name(one), Name(other)), exchanged(bench.tree, mapping))


def _turned(node: Node) -> Node:
    match node:
        case Call(function, (first, second, *rest), options) if function in CATALOGUE and CATALOGUE[function].reduction:
            return Call(function, (second, first, *rest), options)
        case _:
            return node
