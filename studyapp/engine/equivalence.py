"""Whether two formulas mean the same on their symbols' domains: numbers refute, agreement at many digits accepts.

Floats at fixed points look for a difference; one counts as a refutation only where 50 digits confirm it. Agreement is
confirmed exactly over fractions where both sides are rational, otherwise at 50, 100 and 200 digits, where the
difference must shrink with the digits. The work is a fixed number of evaluations, so a verdict never depends on time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Call, Name, Node, children, walk
from studyapp.engine.algebra import FLOATS, FRACTIONS, Inexact, Problem
from studyapp.engine.careful import DIGITS, TooLarge, careful, decimal_of
from studyapp.engine.interpretation import CONSTANTS, evaluate
from studyapp.engine.opening import opened
from studyapp.engine.rewriting import pointwise, size, substituted, with_children
from studyapp.engine.sampling import Floats, Sample, in_order

LARGEST_TREE = 4000
"""Nodes in a tree whose equality is decided."""
CLOSE = 1e-9
"""The relative difference of floats below which they do not refute."""
TRIES = 4
"""Points at which a suspicion is looked into."""
CONFIRMED = 3
"""Points at which agreement is confirmed."""

_RATIONAL = frozenset({"abs", "sign", "minimum", "maximum", "min", "max", "if", "relu", "step", "identity"})


class State(StrEnum):
    """What is known of two formulas."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Domain(StrEnum):
    """Which of the two formulas is defined on less of the declared domains."""

    SAME = "same"
    ANSWER_UNDEFINED = "answer-undefined"
    KEY_UNDEFINED = "key-undefined"
    ANSWER_NOWHERE = "answer-nowhere"


@dataclass(frozen=True, slots=True)
class Decision:
    """The state; for a difference a point (exact decimals) with both values there, None where one is undefined."""

    state: State
    point: Mapping[str, Decimal] = field(default_factory=dict)
    answer: Decimal | None = None
    key: Decimal | None = None
    domain: Domain = Domain.SAME


UNDECIDED = Decision(State.UNDECIDED)


class Setting:
    """What formulas are compared over: symbols with their domains, relations, functions left open, sample points."""

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
        self.given = {name: self.readied(formula) for name, formula in self.written.items()}
        self.sample = Sample(list(symbols.values()), self.given, where)
        self.sizes = tuple(name for name, domain in symbols.items() if domain.kind == "integer")

    def readied(self, tree: Node) -> Node:
        """The tree in operations that act point by point; raises `Problem` where it is too large or has no meaning."""
        if size(tree) > LARGEST_TREE:
            raise Problem(f"a formula of more than {LARGEST_TREE} terms")
        return pointwise(opened(self.expanded(tree), self.functions))

    def expanded(self, tree: Node) -> Node:
        """The tree with relations written into what `D` differentiates, so that all paths count."""
        if isinstance(tree, Call) and tree.function == "D" and len(tree.arguments) == 2:
            formula, by = tree.arguments
            for name in reversed([name for name in self.written if Name(name) != by]):
                formula = substituted(formula, {name: self.written[name]})
            return Call("D", (opened(formula, self.functions), by))
        parts = children(tree)
        if not parts or not _has_derivative(tree):
            return tree
        return with_children(tree, [self.expanded(part) for part in parts])

    def floats_of(self, tree: Node) -> Floats:
        """The value at every point, nan where there is none; raises `Problem` where the tree has no meaning."""
        return as_floats(evaluated(tree, self.sample.floats), len(self.sample))

    def value_at(self, tree: Node, place: int, digits: int) -> Any:
        """A tree's value at a point; raises `TooLarge` where computing it would not be worth it."""
        algebra = careful(digits)
        return evaluate(tree, self.sample.environment(algebra, digits, place), algebra)


class Reference:
    """A formula prepared to be compared with many answers."""

    def __init__(self, tree: Node, setting: Setting) -> None:
        """Raises `Problem` where the formula has no meaning in its setting."""
        self.setting = setting
        self.source = tree
        self.tree = setting.readied(tree)
        self.values = setting.floats_of(self.tree)
        self.rational = is_rational(self.tree)
        self._digits: dict[tuple[int, int], Any] = {}

    def key_at(self, place: int, digits: int) -> Any:
        """The value at a point, kept once computed."""
        known = self._digits.get((place, digits))
        if known is None:
            known = self._digits[(place, digits)] = self.setting.value_at(self.tree, place, digits)
        return known


def evaluated(tree: Node, environment: Mapping[str, Any]) -> Any:
    """The value in floats; raises `Problem` where the tree has no meaning there."""
    with np.errstate(all="ignore"):
        try:
            return evaluate(tree, environment, FLOATS)
        except (TypeError, ValueError, AttributeError) as wrong:
            raise Problem(str(wrong)) from wrong


def as_floats(value: Any, count: int) -> Floats:
    """A value at so many points as an array; raises `Problem` where it is not a number."""
    if isinstance(value, str) or np.asarray(value).dtype == bool or np.ndim(value) > 1:
        raise Problem("the formula is not a number")
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,))


def decide(
    reference: Node,
    answer: Node,
    symbols: Mapping[str, SymbolDomain],
    given: Mapping[str, Node],
    functions: Sequence[str] = (),
) -> Decision:
    """Whether an answer means the same as the reference; prepares the reference for this one comparison."""
    try:
        prepared = Reference(reference, Setting(symbols, given, functions))
    except Problem:
        return UNDECIDED
    return compare(prepared, answer)


def compare(reference: Reference, answer: Node) -> Decision:
    """Whether an answer means the same as the prepared reference."""
    try:
        tree = reference.setting.readied(answer)
        return compare_values(reference, tree, reference.setting.floats_of(tree))
    except Problem:
        return UNDECIDED


def compare_values(reference: Reference, tree: Node, values: Floats) -> Decision:
    """The same for a readied tree whose floats are already known."""
    if not np.isfinite(values).any() and np.isfinite(reference.values).any() and _undefined(reference, tree, 0):
        return Decision(State.UNDECIDED, domain=Domain.ANSWER_NOWHERE)
    refuted = _refutation(reference, tree, values)
    if refuted is not None:
        return refuted
    both = np.flatnonzero(np.isfinite(values) & np.isfinite(reference.values))
    if not both.size:
        return UNDECIDED
    # The later points have more digits and are less likely to be special.
    places = [int(place) for place in both[::-1][:CONFIRMED]]
    return _confirmation(reference, tree, places)


def _refutation(reference: Reference, tree: Node, values: Floats) -> Decision | None:
    """A counter-example that floats suspect and 50 digits confirm."""
    for place in _suspicions(reference.values, values):
        verdict = _settled(reference, tree, place)
        if verdict == State.DIFFERENT:
            return _counter_example(reference, tree, place)
    key_only = np.isfinite(reference.values) & ~np.isfinite(values)
    for place in np.flatnonzero(key_only)[:TRIES]:
        if _undefined(reference, tree, int(place)):
            return _counter_example(reference, tree, int(place), Domain.ANSWER_UNDEFINED)
    return None


def _suspicions(key: Floats, answer: Floats) -> list[int]:
    """Where floats differ: first the earliest plain points with a difference worth showing, then the largest."""
    both = np.isfinite(key) & np.isfinite(answer)
    with np.errstate(all="ignore"):
        relative = np.where(both, np.abs(key - answer) / np.maximum(np.abs(key), np.abs(answer)), 0.0)
    relative = np.nan_to_num(relative, nan=0.0)
    plain = [int(place) for place in np.flatnonzero(relative > 1e-2)[:1]]
    largest = [int(place) for place in np.argsort(-relative, kind="stable")[:TRIES] if relative[place] > CLOSE]
    return [*plain, *(place for place in largest if place not in plain)]


def _settled(reference: Reference, tree: Node, place: int, digits: Sequence[int] = DIGITS) -> State:
    """What more and more digits say of two values at a point."""
    gaps: list[Any] = []
    for count in digits:
        try:
            key, answer = reference.key_at(place, count), reference.setting.value_at(tree, place, count)
        except TooLarge:
            return State.UNDECIDED
        gap, scale = abs(key - answer), max(abs(key), abs(answer))
        if not _finite(gap):
            return State.UNDECIDED
        if count == digits[0] and gap > scale * 1e-25 and gap > 1e-40:
            return State.DIFFERENT
        if gaps and gap and gap > gaps[-1] * 1e-30 and gap > scale * 10 ** -(0.75 * count):
            return State.DIFFERENT if gap > gaps[-1] * 0.5 else State.UNDECIDED
        gaps.append(gap)
    return State.EQUAL


def _confirmation(reference: Reference, tree: Node, places: Sequence[int]) -> Decision:
    if reference.rational and is_rational(tree):
        exact = _exactly(reference, tree, places)
        if exact is not None:
            return exact
    for turn, place in enumerate(places):
        state = _settled(reference, tree, place, DIGITS if turn == 0 else DIGITS[:1])
        if state == State.DIFFERENT:
            return _counter_example(reference, tree, place)
        if state == State.UNDECIDED:
            return UNDECIDED
    return _agreement(reference, tree)


def _exactly(reference: Reference, tree: Node, places: Sequence[int]) -> Decision | None:
    """The decision over exact fractions, None where a point has no exact value."""
    for place in places:
        try:
            environment = reference.setting.sample.environment(FRACTIONS, 0, place)
            if evaluate(tree, environment, FRACTIONS) != evaluate(reference.tree, environment, FRACTIONS):
                return _counter_example(reference, tree, place)
        except Inexact:
            return None
    return _agreement(reference, tree)


def _agreement(reference: Reference, tree: Node) -> Decision:
    """Equal; with a note where the key alone is undefined at a point of the domains."""
    values = reference.setting.floats_of(tree)
    for place in np.flatnonzero(np.isfinite(values) & ~np.isfinite(reference.values))[:1]:
        if _undefined(reference, reference.tree, int(place)):
            return Decision(State.EQUAL, domain=Domain.KEY_UNDEFINED)
    return Decision(State.EQUAL)


def is_rational(tree: Node) -> bool:
    """Whether fractions can compute the tree: arithmetic and choices alone."""
    return all(
        (not isinstance(part, Call) or part.function in _RATIONAL)
        and not (isinstance(part, Name) and part.name in CONSTANTS)
        for part in walk(tree)
    )


def _undefined(reference: Reference, tree: Node, place: int) -> bool:
    """Whether 50 digits, too, find no value there."""
    try:
        return not _finite(reference.setting.value_at(tree, place, DIGITS[0]))
    except TooLarge:
        return False


def _finite(value: Any) -> bool:
    return bool(abs(value) < careful(DIGITS[0]).context.inf)


def _counter_example(reference: Reference, tree: Node, place: int, domain: Domain = Domain.SAME) -> Decision:
    return Decision(
        State.DIFFERENT,
        point=dict(reference.setting.sample.points[place]),
        answer=decimal_of(reference.setting.value_at(tree, place, DIGITS[0])),
        key=decimal_of(reference.key_at(place, DIGITS[0])),
        domain=domain,
    )


def _has_derivative(tree: Node) -> bool:
    return any(isinstance(part, Call) and part.function == "D" for part in walk(tree))


def symbols_shown(reference: Node, answer: Node, point: Mapping[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
    """The coordinates of a counter-example that the two formulas mention; all of them where they mention none."""
    names = {part.name for tree in (reference, answer) for part in walk(tree) if isinstance(part, Name)}
    shown = [(name, value) for name, value in point.items() if name in names]
    yield from shown or point.items()
