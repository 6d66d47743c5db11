"""Slips that change what stands in a formula: sign, swap, complement, reciprocal, log-base, reduction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, walk
from studyapp.engine.algebras.trees import ONE, TWO, divide, negate, power, subtract
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.deciding.bench import Bench, Change, Spot
from studyapp.engine.deciding.changing import (
    MINUS,
    MOST_PAIRS,
    Made,
    exchanged,
    families,
    has_symbols,
    mentioned,
    rewritten,
    whole,
)
from studyapp.engine.rewriting import rebuilt, substituted

_LOGS = ("log", "log2", "log10")
_BASES: dict[str, Node] = {"log": Name("e"), "log2": TWO, "log10": Number(Decimal(10))}


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
    yield from bench.changes("complement", lambda node: [((node,), _complement(node))], has_symbols)
    yield from rewritten(bench, "complement", (), _complement(bench.tree))


def _complement(node: Node) -> Node:
    match node:
        case Binary("-", Number(one), rest) if one == 1:
            return rest
        case _:
            return subtract(ONE, node)


def reciprocals(bench: Bench) -> Iterator[Change]:
    """A part upside down; dividing where one multiplies, and the other way round."""
    yield from bench.changes("reciprocal", lambda node: [((node,), _reciprocal(node))], has_symbols)


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
    is_sum = any(isinstance(part, Binary) and part.operator == "+" for part in walk(bench.tree))
    members = families(mentioned(bench.reference.source)).values()
    sizes = {len(names) for names in members if len(names) > 1} if is_sum else set()
    return [*whole_symbols, *(Number(Decimal(size)) for size in sorted(sizes))]
