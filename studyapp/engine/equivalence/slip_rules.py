"""Slips that change what stands in a formula: sign, swap, complement, reciprocal, log-base, reduction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain, combinations

import numpy as np

from studyapp.domain.expression import Binary, Call, Comparison, Name, Negate, Node, Number, names_in, walk
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.trees import ONE, TWO, divide, multiply, negate, power, subtract
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.equivalence.sampling import Column
from studyapp.engine.equivalence.search import Bench, Change, Spot
from studyapp.engine.equivalence.setting import Formula
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.rewriting import rebuilt, substituted

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
