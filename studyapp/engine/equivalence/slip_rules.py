"""The closed list of slips in formulas: for each, the changes that it makes of a reference."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import partial
from itertools import chain, combinations

import numpy as np

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Name,
    Negate,
    Node,
    Number,
    names_in,
    rebuilt,
    substituted,
    walk,
)
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.trees import ONE, TWO, ZERO, divide, multiply, negate, power, product, subtract
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.equivalence.sampling import Column
from studyapp.engine.equivalence.search import Change, Replacements, SlipSearch, Subterm
from studyapp.engine.equivalence.setting import Formula
from studyapp.engine.interpretation import CONSTANTS

MOST_PAIRS = 60  # pairs of symbols or factors that are tried
MOST_FACTORS = 8
CLOSE, TINY = 1e-9, 1e-300  # the relative and the absolute difference up to which floats are the same
ACTIVATIONS = ("sigmoid", "tanh", "relu", "softplus")

_MINUS: Node = Negate(ONE)
_BASES: dict[str, Node] = {"log": Name("e"), "log2": TWO, "log10": Number(Decimal(10))}
_INDEXED = re.compile(r"(.*?[A-Za-zα-ω])_?(\d[\d_]*)")

Changes = Iterator[Change]


def _whole(search: SlipSearch, subjects: tuple[Node, ...], scale: Node, shallow: Node | None = None) -> Change:
    """The reference times a scale, which may be given over names of values, too."""
    try:
        with np.errstate(all="ignore"):
            values = search.values * search.floats(shallow or scale)
    except Problem:
        values = np.full_like(search.values, np.nan)
    return Change(subjects, lambda: multiply(search.tree, scale), values, search.setting)


def _rewritten(search: SlipSearch, subjects: tuple[Node, ...], tree: Node) -> Changes:
    """A tree that replaces the reference, where it has a meaning."""
    with suppress(Problem):
        formula = Formula(tree, search.setting)
        yield Change(subjects, lambda: tree, formula.values, search.setting)


def signs(search: SlipSearch) -> Changes:
    """The opposite of the whole, or of one part."""
    yield _whole(search, (), _MINUS)
    yield from search.changes(lambda node: [((node,), negate(node))], _has_own_sign)


def swaps(search: SlipSearch) -> Changes:
    """Two symbols exchanged: everywhere, then within one part."""
    names = symbols_of(search.tree)
    others = [name for name in _symbols(search) if name not in names]
    pairs = [*combinations(names, 2), *((first, second) for first in names for second in others)]
    for first, second in pairs[:MOST_PAIRS]:
        yield from search.exchanged((Name(first), Name(second)), {first: Name(second), second: Name(first)})
    for subterm in search.subterms:
        if subterm.parent is None or isinstance(subterm.node, Name | Number):
            continue
        for first, second in list(combinations(symbols_of(subterm.node), 2))[:6]:
            node = substituted(subterm.node, {first: Name(second), second: Name(first)})
            yield from search.change((Name(first), Name(second)), subterm, node, node)


def complements(search: SlipSearch) -> Changes:
    """One minus a symbol or a part in its place, or the part where one minus it belongs."""
    for name in symbols_of(search.tree):
        yield from search.exchanged((Name(name),), {name: subtract(ONE, Name(name))})
    yield from search.changes(lambda node: [((node,), _complement(node))], has_symbols)
    yield from _rewritten(search, (), _complement(search.tree))


def _complement(node: Node) -> Node:
    match node:
        case Binary("-", Number(value), rest) if value == 1:
            return rest
        case _:
            return subtract(ONE, node)


def reciprocals(search: SlipSearch) -> Changes:
    """A part upside down; dividing where one multiplies, and the other way round."""
    yield from search.changes(lambda node: [((node,), _reciprocal(node))], has_symbols)


def _reciprocal(node: Node) -> Node:
    match node:
        case Binary("/", left, right):
            return divide(right, left)
        case Binary("**", base, Negate(exponent)):
            return power(base, exponent)
        case _:
            return divide(ONE, node)


def log_bases(search: SlipSearch) -> Changes:
    """A logarithm to another base: one, all, or a value scaled as if all had it."""
    yield from search.changes(_other_bases, lambda subterm: isinstance(subterm.node, Call))
    for base, value in _BASES.items():
        tree = rebuilt(search.tree, partial(_with_base, base))
        if tree != search.tree:
            yield from _rewritten(search, (value,), tree)
    for base in ("log2", "log10"):
        scale = Call("log", (_BASES[base],))
        yield _whole(search, (_BASES[base],), divide(ONE, scale))
        yield _whole(search, (_BASES["log"],), scale)


def _other_bases(node: Node) -> Replacements:
    match node:
        case Call(function, (argument,)) if function in _BASES:
            return [((value,), Call(base, (argument,))) for base, value in _BASES.items() if base != function]
        case Call("log", (argument, _)):
            return [((value,), Call(base, (argument,))) for base, value in _BASES.items()]
        case _:
            return []


def _with_base(base: str, node: Node) -> Node:
    match node:
        case Call(function, (argument,)) if function in _BASES:
            return Call(base, (argument,))
        case _:
            return node


def reductions(search: SlipSearch) -> Changes:
    """A sum for a mean, a mean for a sum; N or 1/N too many or too few."""
    source = search.reference.source
    for right, wrong in (("mean", "sum"), ("sum", "mean")):
        tree = rebuilt(source, partial(_reduced, right, wrong))
        if tree != source:
            yield from _rewritten(search, (Name(wrong),), tree)
    for count in _counts(search):
        yield _whole(search, (count,), count)
        yield _whole(search, (divide(ONE, count),), divide(ONE, count))


def _reduced(right: str, wrong: str, node: Node) -> Node:
    match node:
        case Call(function, arguments, options) if function == right:
            return Call(wrong, arguments, options)
        case Call(function, arguments, options) if function in CATALOGUE and CATALOGUE[function].reduction is not None:
            kept = tuple(option for option in options if option[0] != "reduction")
            return Call(function, arguments, (*kept, ("reduction", Name(wrong))))
        case _:
            return node


def _counts(search: SlipSearch) -> list[Node]:
    """What a mean may divide by: whole-number symbols, and how many members a family of symbols in a sum has."""
    is_sum = any(isinstance(part, Binary) and part.operator == "+" for part in walk(search.tree))
    members = _families(symbols_of(search.reference.source)).values()
    sizes = {len(names) for names in members if len(names) > 1} if is_sum else set()
    return [*map(Name, search.setting.sizes), *(Number(Decimal(size)) for size in sorted(sizes))]


def missing_factors(search: SlipSearch) -> Changes:
    """A factor left out: one at any place, or two of one product."""
    yield from search.changes(_without_factor, lambda subterm: isinstance(subterm.node, Binary))
    factors = factors_of(search.tree)
    for pair in list(combinations(factors, 2))[: MOST_PAIRS if len(factors) > 2 else 0]:  # not all of them
        both = multiply(*pair)
        yield _whole(search, (both,), divide(ONE, both))


def _without_factor(node: Node) -> Replacements:
    match node:
        case Binary("*", left, right):
            return [((right,), left), ((left,), right)]
        case Binary("/", left, right):
            return [((divide(ONE, right),), left), ((left,), divide(ONE, right))]
        case Binary("**", base, Number(exponent)) if exponent == int(exponent) and exponent >= 2:
            return [((base,), power(base, Number(exponent - 1)))]
        case _:
            return []


def extra_factors(search: SlipSearch) -> Changes:
    """A symbol or a part of the formula multiplied, or divided by, once too often."""
    parts = [subterm.node for subterm in search.subterms if subterm.parent is not None and has_symbols(subterm)]
    pool = dict.fromkeys([*map(Name, _symbols(search)), *parts, search.tree])
    for factor in list(pool)[:MOST_PAIRS]:
        cover = factor if isinstance(factor, Name) else search.cover(factor)
        yield _whole(search, (factor,), factor, cover)
        if factor != search.tree:  # the key divided by itself is no answer to it
            yield _whole(search, (divide(ONE, factor),), divide(ONE, factor), divide(ONE, cover))
    for symbol in map(Name, symbols_of(search.tree)[:8]):
        yield from search.changes(partial(_with_factor, symbol), _has_own_factor)


def _with_factor(symbol: Name, node: Node) -> Replacements:
    if node == symbol:
        return [((symbol,), power(node, TWO))]
    return [((symbol,), multiply(node, symbol)), ((divide(ONE, symbol),), divide(node, symbol))]


def dropped_terms(search: SlipSearch) -> Changes:
    """A term of a sum left out."""
    yield from search.changes(_without_term, lambda subterm: isinstance(subterm.node, Binary))


def _without_term(node: Node) -> Replacements:
    match node:
        case Binary("+", left, right):
            return [((right,), left), ((left,), right)]
        case Binary("-", left, right):
            return [((right,), left), ((left,), negate(right))]
        case _:
            return []


def directions(search: SlipSearch) -> Changes:
    """The first two arguments of a loss exchanged; two families of symbols exchanged, member by member."""
    source = search.reference.source
    tree = rebuilt(source, _turned)
    if tree != source:
        subjects = next(
            part.arguments[:2] for part in walk(source) if isinstance(part, Call) and _turned(part) is not part
        )
        yield from _rewritten(search, subjects, tree)
    members = _families(symbols_of(search.tree))
    for first, second in combinations(members, 2):
        names = {name: Name(second + name[len(first) :]) for name in members[first]}
        names |= {name: Name(first + name[len(second) :]) for name in members[second]}
        yield from search.exchanged((Name(first), Name(second)), names)


def _turned(node: Node) -> Node:
    match node:
        case Call(function, (first, second, *rest), options) if function in CATALOGUE and CATALOGUE[function].reduction:
            return Call(function, (second, first, *rest), options)
        case _:
            return node


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


def activations(search: SlipSearch) -> Changes:
    """The derivative of an activation, recognised in a product by its values, replaced by that of another."""
    known = derivatives(search)
    for subterm in search.subterms:
        inside = isinstance(subterm.parent, Negate) or _has_operator(subterm.parent, "*/")
        if inside or isinstance(subterm.node, Number):
            continue
        factors = factors_of(subterm.node)[:MOST_FACTORS]
        for count in range(1, 4):
            for chosen in combinations(factors, count):
                yield from _with_another(search, subterm, product(chosen), known)


def _with_another(search: SlipSearch, subterm: Subterm, factor: Node, known: Derivatives) -> Changes:
    right = _activations_with(search, factor, known)
    if not right:
        return
    others = [pair for pair in zip(known.names, known.formulas, strict=True) if pair[0] not in right]
    if right[0] in search.setting.functions:  # the values of an open function are mistaken for its derivative
        others += [(right[0], Call(right[0], (argument,))) for argument in _arguments(search)[0]]
    for name, formula in others:
        scale = divide(formula, factor)
        node, shallow = multiply(subterm.node, scale), multiply(search.cover(subterm.node), scale)
        yield from search.change((Name(name), Name(right[0])), subterm, node, shallow)


def _activations_with(search: SlipSearch, factor: Node, known: Derivatives) -> list[str]:
    try:
        return known.named(search.floats(factor))
    except Problem:
        return []


def activation_with(search: SlipSearch, known: Derivatives, derivative: Node) -> str | None:
    """The activation whose derivative a factor is, None where it is none."""
    names = [] if isinstance(derivative, Name | Number) else _activations_with(search, derivative, known)
    return names[0] if names else None


def derivatives(search: SlipSearch) -> Derivatives:
    """Derivatives at every argument that an activation has here, and in terms of every activated value."""
    arguments, outputs = _arguments(search)
    rows: list[tuple[str, Node, Column]] = []
    for name in (*ACTIVATIONS, *search.setting.functions):
        formulas: list[Node] = [Call(name, (argument,), (), 1) for argument in arguments]
        if name in ACTIVATIONS:
            formulas += [_by_output(name, output) for output in outputs]
        for formula in formulas:
            with suppress(Problem):
                rows.append((name, formula, search.floats(formula)))
    names, trees, columns = zip(*rows, strict=True) if rows else ((), (), ())
    return Derivatives(names, trees, np.stack(columns) if columns else np.empty((0, len(search.setting.sample))))


def _by_output(name: str, y: Node) -> Node:
    match name:
        case "sigmoid":
            return multiply(y, subtract(ONE, y))
        case "tanh":
            return subtract(ONE, power(y, TWO))
        case "softplus":
            return subtract(ONE, Call("exp", (Negate(y),)))
        case _:
            return Call("if", (Comparison(">", y, ZERO), ONE, ZERO))


def _arguments(search: SlipSearch) -> tuple[list[Node], list[Node]]:
    """What activations are applied to, and what they give, in the formula and its relations."""
    names = {*ACTIVATIONS, *search.setting.functions}
    relations = search.setting.written
    calls = [
        part
        for tree in (*relations.values(), search.reference.source)
        for part in walk(tree)
        if isinstance(part, Call) and part.function in names and len(part.arguments) == 1
    ]
    outputs: Iterable[Node] = chain(
        (Call(call.function, call.arguments) for call in calls),
        (Name(name) for name, tree in relations.items() if isinstance(tree, Call | Binary)),
        (subterm.node for subterm in search.subterms if isinstance(subterm.node, Name)),
    )
    return list(dict.fromkeys(call.arguments[0] for call in calls))[:4], list(dict.fromkeys(outputs))[:6]


def has_symbols(subterm: Subterm) -> bool:
    """Whether something other than a number is there."""
    return not isinstance(subterm.node, Number) and bool(names_in(subterm.node) - set(CONSTANTS))


def _has_operator(node: Node | None, operators: str) -> bool:
    return isinstance(node, Binary) and node.operator in operators


def _is_of_product(subterm: Subterm) -> bool:
    """The whole, or what is multiplied: its sign and its factors are those of the product that it is part of."""
    return subterm.parent is None or isinstance(subterm.parent, Negate) or _has_operator(subterm.parent, "*/")


def _has_own_sign(subterm: Subterm) -> bool:
    """The sign of a number as an exponent makes a reciprocal."""
    exponent = subterm.index == 1 and _has_operator(subterm.parent, "**")
    return not _is_of_product(subterm) and not (exponent and isinstance(subterm.node, Number))


def _has_own_factor(subterm: Subterm) -> bool:
    """A term, an argument, a base."""
    exponent = subterm.index == 1 and _has_operator(subterm.parent, "**")
    return has_symbols(subterm) and not _is_of_product(subterm) and not exponent


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


def symbols_of(node: Node) -> list[str]:
    """The symbols of a tree in the order in which they are read, constants not counted."""
    names = dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name))
    return [name for name in names if name not in CONSTANTS]


def _symbols(search: SlipSearch) -> list[str]:
    """The symbols of the setting; the names that stand for values have spaces."""
    return [name for name in search.environment if " " not in name]


def _families(names: Iterable[str]) -> dict[str, list[str]]:
    """Symbols with indices (`y_1`, `y_2`), gathered by what is before the index."""
    families: dict[str, list[str]] = {}
    for name in names:
        if parts := _INDEXED.fullmatch(name):
            families.setdefault(parts[1], []).append(name)
    return families


Maker = Callable[[SlipSearch], Changes]
ORDER: tuple[tuple[str, Maker | None], ...] = (
    ("sign", signs),
    ("swap", swaps),
    ("complement", complements),
    ("reciprocal", reciprocals),
    ("log-base", log_bases),
    ("reduction", reductions),
    ("factor", None),
    ("missing-factor", missing_factors),
    ("extra-factor", extra_factors),
    ("dropped-term", dropped_terms),
    ("direction", directions),
    ("activation", activations),
)
"""The closed list, as far as it concerns formulas; `factor` is found from the answer, not from the key."""
