"""Whether two formulas in matrix symbols are equal: at matrices of two different sets of sizes, floats first.

Sizes are different primes, so that a formula of other dimensions has another shape, and 1/N is no number that could be
typed. Floats refute; agreement is confirmed exactly over fractions, or at 100 digits where a value is not rational: at
the smaller sizes always, at the others where floats leave a doubt.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Call, Node, walk
from studyapp.domain.shapes import dimensions_in, reserved_names
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import FLOATS, Algebra, Inexact, Problem, Value
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.algebras.precision import careful
from studyapp.engine.equivalence.comparison import UNDECIDED, Decision, State
from studyapp.engine.equivalence.setting import LARGEST_TREE, opened
from studyapp.engine.matrices.meaning import value_of

PRIMES = (2, 3, 5, 7, 11, 13)
SETS = 2  # sets of sizes; in the second each size is the next prime
LARGEST, PARTS = 97, 40  # an entry is k/40 with k up to 97
DIGITS = 100
AGREEMENT = 1e-85  # the relative difference up to which numbers of 100 digits are the same
NEAR = 1e-9  # of floats
REFUTED = 1e-4  # the relative difference from which floats refute, however badly an inverse is conditioned
MOST_INVERSES = 2  # inverses of an exact computation; more have fractions of too many digits


@dataclass(frozen=True, slots=True)
class Gap:
    """An entry in which two formulas differ: its place, both values, and the sizes of the matrices."""

    place: tuple[int, ...]
    answer: float
    key: float
    sizes: Mapping[str, int]


class Draw:
    """Matrices for all symbols of a question, of one set of sizes; the same for the same question."""

    def __init__(self, setting: MatrixSetting, which: int) -> None:
        self.setting = setting
        names = setting.dimensions if setting.rising else setting.dimensions[::-1]
        self.sizes = {name: PRIMES[place + which] for place, name in enumerate(names)}
        self.drawn = {name: self._drawn(domain, which) for name, domain in setting.symbols.items()}
        self._environments: dict[str, dict[str, Value]] = {}

    def _drawn(self, domain: SymbolDomain, which: int) -> Any:
        if domain.kind == "size":
            return Fraction(self.sizes.get(domain.name, PRIMES[-1 - which]))
        draws = random.Random(f"matrix:{domain.name}:{which}")
        if domain.kind not in ("matrix", "vector"):
            return _number(domain, draws.random())
        shape = tuple(self.sizes[name] for name in domain.dimensions)
        entries = np.empty(shape, dtype=object)
        for place in np.ndindex(shape):
            entries[place] = _entry(draws.random(), positive=domain.positive)
        return entries

    def environment(self, algebra: Algebra) -> dict[str, Value]:
        """Every name in an algebra: symbols, identities, ones, and what the relations give."""
        if algebra.name not in self._environments:
            number = np.frompyfunc(algebra.number, 1, 1)
            # Of whole numbers fractions are computed in half the time.
            scale = PARTS if algebra.name == FRACTIONS.name else 1
            arrays = {name for name, domain in self.setting.symbols.items() if domain.dimensions}
            names = {name: number(value * scale if name in arrays else value) for name, value in self.drawn.items()}
            for name, shape in reserved_names(self.setting.dimensions).items():
                sizes = [self.sizes[dimension] for dimension in shape]
                names[name] = number(np.eye(sizes[0], dtype=int) if len(sizes) == 2 else np.ones(sizes, dtype=int))
            if algebra.name == FLOATS.name:
                names = {name: np.asarray(value, dtype=np.float64)[()] for name, value in names.items()}
            for name, node in self.setting.given.items():
                names[name] = value_of(node, names, algebra)
            self._environments[algebra.name] = names
        return self._environments[algebra.name]


def _number(domain: SymbolDomain, share: float) -> Fraction:
    """A number inside a domain."""
    match domain.kind:
        case "label":
            return Fraction(1 if share < 0.5 else -1)
        case "integer":
            return Fraction(2 + int(share * 6))
        case "interval" if domain.low is not None and domain.high is not None:
            low, high = Fraction(domain.low), Fraction(domain.high)
            return low + (high - low) * Fraction(1 + int(share * 95), LARGEST)
        case kind:
            return _entry(share, positive=kind in ("positive", "nonnegative"))


def _entry(share: float, *, positive: bool) -> Fraction:
    """An entry that is not 0; both signs are as frequent, where both are allowed."""
    place = int(share * (LARGEST if positive else 2 * LARGEST))
    return Fraction(place + 1 if place < LARGEST else LARGEST - 1 - place, PARTS)


class MatrixSetting:
    """What formulas are compared over: symbols with their domains, relations between them, functions left open."""

    def __init__(
        self,
        symbols: Mapping[str, SymbolDomain],
        given: Mapping[str, Node],
        functions: Sequence[str] = (),
        *,
        rising: bool = False,
    ) -> None:
        """`given` are fitted trees, each over the symbols and those before it; sizes fall, or are `rising`.

        Raises `Problem` without a meaning.
        """
        self.rising = rising
        self.symbols = dict(symbols)
        self.functions = tuple(functions)
        self.dimensions = dimensions_in(domain.dimensions for domain in symbols.values())
        if len(self.dimensions) + SETS - 1 > len(PRIMES):
            raise Problem(f"more than {len(PRIMES) - SETS + 1} dimensions")
        self.given = {name: self.readied(node) for name, node in given.items()}
        self.draws = tuple(Draw(self, which) for which in range(SETS))

    def readied(self, tree: Node) -> Node:
        """The tree without primes and open functions; raises `Problem` where it is too large."""
        if sum(1 for _ in walk(tree)) > LARGEST_TREE:
            raise Problem(f"a formula of more than {LARGEST_TREE} terms")
        return opened(tree, self.functions)


class MatrixFormula:
    """A formula made ready: its floats at every draw, and its exact values as they are needed."""

    def __init__(self, tree: Node, setting: MatrixSetting) -> None:
        """Raises `Problem` where the formula has no meaning in its setting."""
        self.source = tree
        self.setting = setting
        self.tree = setting.readied(tree)
        self.values = [_flat(value_of(self.tree, draw.environment(FLOATS), FLOATS)) for draw in setting.draws]
        self._precise: dict[tuple[int, str], Any] = {}

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shape at every draw; a row of one line is a vector."""
        return tuple(value.shape for value in self.values)

    @property
    def is_defined(self) -> bool:
        """Whether the formula has finite values at every draw."""
        return all(bool(np.isfinite(value).all()) for value in self.values)

    @cached_property
    def is_simple(self) -> bool:
        """Whether exact fractions keep few digits."""
        inverses = sum(isinstance(part, Call) and part.function == "inverse" for part in walk(self.tree))
        return inverses <= MOST_INVERSES

    def at(self, which: int, algebra: Algebra) -> Any:
        """The value at a draw in an algebra, kept once computed; raises `Inexact` and `Problem`."""
        name = (which, algebra.name)
        if name not in self._precise:
            environment = self.setting.draws[which].environment(algebra)
            self._precise[name] = _flat(value_of(self.tree, environment, algebra))
        return self._precise[name]


def _flat(value: Value) -> Any:
    """The array, with a row or a column of a matrix as a vector; a number as an array without axes."""
    array = np.asarray(value)
    return array.reshape(-1) if array.ndim == 2 and 1 in array.shape else array


@dataclass(frozen=True, slots=True)
class Decided:
    """The state, and where two formulas of one shape differ an entry."""

    state: State
    gap: Gap | None = None


def key_of(
    tree: Node, symbols: Mapping[str, SymbolDomain], given: Mapping[str, Node], functions: Sequence[str] = ()
) -> MatrixFormula:
    """The formula of a key, in a setting in which it has values: `(X^T X)^-1` needs more rows than columns.

    Raises `Problem` where there is none.
    """
    for rising in (False, True):
        formula = MatrixFormula(tree, MatrixSetting(symbols, given, functions, rising=rising))
        if formula.is_defined:
            return formula
    raise Problem("the key has no value for some matrices of these domains")


def decide_matrices(
    reference: Node,
    answer: Node,
    symbols: Sequence[SymbolDomain],
    given: Mapping[str, Node],
    functions: Sequence[str] = (),
) -> Decision:
    """Whether two fitted trees mean the same; a difference is shown by the sizes and by both values of an entry."""
    try:
        formula = key_of(reference, {symbol.name: symbol for symbol in symbols}, given, functions)
        decided = compare(formula, MatrixFormula(answer, formula.setting))
    except Problem:
        return UNDECIDED
    if (gap := decided.gap) is None or not isfinite(gap.answer):
        return Decision(decided.state)
    point = {name: Decimal(size) for name, size in gap.sizes.items()}
    key, other = (Decimal(repr(value)) for value in (gap.key, gap.answer))
    return Decision(decided.state, point, lambda: (other, key))


def compare(reference: MatrixFormula, answer: MatrixFormula) -> Decided:
    """Whether two formulas of one setting are equal; of different shapes they are not."""
    if reference.shapes != answer.shapes:
        return Decided(State.DIFFERENT)
    if reference.tree == answer.tree and reference.is_defined:
        return Decided(State.EQUAL)
    if not reference.is_defined:
        return Decided(State.UNDECIDED)
    for which, (key, typed) in enumerate(zip(reference.values, answer.values, strict=True)):
        places = _differing(key, typed)
        if places is not None:
            return Decided(State.DIFFERENT, _gap(reference, answer, which, places))
    for which in range(SETS):
        if which == 0 or not is_near(reference.values[which], answer.values[which]):
            state = _confirmed(reference, answer, which)
            if state != State.EQUAL:
                return Decided(state)
    return Decided(State.EQUAL)


def is_near(left: Any, right: Any) -> bool:
    """Whether two arrays of one shape have the same floats."""
    scale = np.abs(right).max(initial=0.0)
    return bool((np.abs(left - right) <= NEAR * (scale + np.abs(left))).all())


def _differing(key: Any, typed: Any) -> tuple[int, ...] | None:
    """The entry in which floats differ most, None where they do not refute."""
    finite = np.isfinite(key)
    if not finite.all():
        return None
    scale = max(float(np.abs(key).max()), 1e-300)
    gaps = np.abs(np.where(np.isfinite(typed), typed, np.inf) - key)
    largest = np.unravel_index(int(np.argmax(gaps)), gaps.shape)
    return tuple(map(int, largest)) if gaps[largest] > REFUTED * scale else None


def _gap(reference: MatrixFormula, answer: MatrixFormula, which: int, place: tuple[int, ...]) -> Gap:
    values = float(answer.values[which][place]), float(reference.values[which][place])
    return Gap(place, *values, sizes=reference.setting.draws[which].sizes)


def _confirmed(reference: MatrixFormula, answer: MatrixFormula, which: int) -> State:
    """What exact values say at one draw; numbers of 100 digits where a value is not rational."""
    try:
        if reference.is_simple and answer.is_simple:
            same = reference.at(which, FRACTIONS) == answer.at(which, FRACTIONS)
            return State.EQUAL if bool(np.all(same)) else State.DIFFERENT
    except (Inexact, Problem):
        pass
    algebra = careful(DIGITS)
    try:
        key, typed = reference.at(which, algebra), answer.at(which, algebra)
    except (Inexact, Problem):
        return State.UNDECIDED
    scale = max(abs(entry) for entry in key.flat)
    gap = max(abs(a - b) for a, b in zip(key.flat, typed.flat, strict=True))
    if not gap < algebra.context.inf:
        return State.UNDECIDED
    return State.EQUAL if gap <= scale * AGREEMENT or gap <= AGREEMENT else State.DIFFERENT
