"""The slip behind a wrong formula: the first of the closed list that gives an expression equal to it.

The changes that general slips make of a key depend on the key alone: they are made once, in the order of the list and
only as far as needed, and kept with their values at the sample points. An answer is looked up among them.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, names_in, walk
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.precision import DIGITS
from studyapp.engine.algebras.trees import multiply, rational
from studyapp.engine.equivalence.comparison import CONFIRMED, State
from studyapp.engine.equivalence.deciding import compare
from studyapp.engine.equivalence.sampling import Column
from studyapp.engine.equivalence.search import Change, SlipSearch, Subterm
from studyapp.engine.equivalence.setting import Formula
from studyapp.engine.equivalence.slip_rules import ORDER, Derivatives, Maker, activation_with, derivatives
from studyapp.engine.rewriting import size

LARGEST_DENOMINATOR = 1000
WORK = 6000  # nodes in all the changes that one slip makes of a formula, about
MOST_CHANGES, FEWEST_CHANGES = 150, 12
CLOSE_ENOUGH = 1e-6  # the difference of floats, beside the largest value, from which they are not the same
NEAR = 1e-8  # the relative difference up to which floats may be the same
TINY = 1e-6  # the share of the largest value below which a value may be what is left of a cancellation
FEWEST_POINTS = 8  # points at which floats are compared, however small they are there
MOST_COMPARED = 2
"""Changes with the answer's floats that are compared with it: one comparison over kinks may take 0.1 s."""
LEAST_FACTOR = 1e-4  # the distance from 1 of a constant that is worth being named
OF_NUMBERS = (2.0, 0.5)
"""The constants that are named where the key is one fraction: any fraction is a multiple of another."""
WHOLE = 0.01  # the distance from a whole number that is more than what floats lose
FLOAT_DIGITS = 13  # digits of a float that are sure when two more are looked at
SHOWN_DIGITS = 6  # digits of a constant that is no simple fraction
AGREEMENT = 1e-40  # the relative difference up to which ratios of numbers of 50 digits are the same
LEAVING_PARTS = frozenset({"missing-factor", "dropped-term"})  # slips that leave a part of the key


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip by name, with the trees that complete its sentence."""

    name: str
    subjects: tuple[Node, ...]


class _Group:
    """The changes that one slip makes, with their floats as rows of one matrix; those that change nothing left out."""

    def __init__(self, changes: Sequence[Change], key: Column, *, parts: bool) -> None:
        """`parts`: the changes leave a part of the key, which may be a constant; another one equals too much."""
        values = np.array([change.values for change in changes]).reshape(-1, len(key))
        both = np.isfinite(values) & np.isfinite(key)
        kept = (both & (np.abs(values - key) > NEAR * np.abs(key))).any(axis=1)
        if not parts and not _is_constant(key):
            kept &= ~_is_constant(values)
        self.changes = [change for change, is_kept in zip(changes, kept, strict=True) if is_kept]
        self.values = values[kept]

    def near(self, values: Column, places: Column) -> Iterator[Change]:
        """The changes whose floats are those values at those points."""
        gaps = np.abs(self.values[:, places] - values[places])
        for row in np.flatnonzero((gaps <= NEAR * np.abs(values[places])).all(axis=1)):
            yield self.changes[int(row)]


class Diagnosis:
    """The slips of one reference, made as far as they have been needed."""

    def __init__(self, reference: Formula) -> None:
        self.search = SlipSearch(reference)
        self._groups: dict[str, _Group] = {}
        self._most = min(MOST_CHANGES, max(FEWEST_CHANGES, WORK // size(self.search.tree)))

    def slip_behind(self, answer: Formula) -> Slip | None:
        """The first slip that gives an expression equal to the answer; None where none does."""
        if not names_in(answer.source) and not answer.values.any():
            return None  # nothing can be seen in a zero
        compared, places = 0, _solid(answer.values)
        with np.errstate(all="ignore"):
            for name, make in ORDER:
                for change in self._candidates(name, make, answer, places):
                    if change.formula is None or compared == MOST_COMPARED:
                        continue
                    compared += 1
                    if compare(change.formula, answer).state == State.EQUAL:
                        return Slip(name, self._completed(name, change.subjects))
                if make is None and (constant := self._irrational_factor(answer)) is not None:
                    return Slip(name, (constant,))
        return None

    def _irrational_factor(self, answer: Formula) -> Node | None:
        """The decimal of a constant that is no fraction, where the answer is that many times the key to 50 digits."""
        constant = _constant(answer.values, self.search.values)
        if constant is None or abs(constant - 1) < LEAST_FACTOR or _is_constant(self.search.values):
            return None
        key, places = self.search.reference, [int(place) for place in _solid(self.search.values)[:CONFIRMED]]
        try:
            first, *others = (answer.at(place, DIGITS[0]) / key.at(place, DIGITS[0]) for place in places)
            same = [abs(other / first - 1) < AGREEMENT for other in others]
        except ArithmeticError:
            return None
        return constant_tree(constant) if same and all(same) else None

    def has_rounded_coefficient(self, answer: Formula) -> bool:
        """Whether the answer is the key but for one of its decimals, in place of a number that no decimal equals."""
        with np.errstate(all="ignore"):
            constant = _constant(answer.values, self.search.values)
        if not constant or _is_constant(self.search.values):
            return False
        decimals = [part.value for part in walk(answer.source) if isinstance(part, Number)]
        return any(_is_rounded_from(float(value) / constant, value) for value in decimals)

    def _candidates(self, name: str, make: Maker | None, answer: Formula, places: Column) -> Iterator[Change]:
        if make is None:
            yield from self._factors(answer.values, places)
            return
        if name not in self._groups:
            changes = list(islice(make(self.search), self._most))
            self._groups[name] = _Group(changes, self.search.values, parts=name in LEAVING_PARTS)
        for change in self._groups[name].near(answer.values, places):
            if name != "swap" or self._occur(change.subjects, answer):
                yield change

    def _occur(self, subjects: tuple[Node, ...], answer: Formula) -> bool:
        """Whether symbols occur in the key or in the answer: what occurs nowhere was not exchanged."""
        written = names_in(self.search.tree) | names_in(self.search.reference.source) | names_in(answer.source)
        return all(isinstance(subject, Name) and subject.name in written for subject in subjects)

    @cached_property
    def _derivatives(self) -> Derivatives:
        return derivatives(self.search)

    def _completed(self, name: str, subjects: tuple[Node, ...]) -> tuple[Node, ...]:
        """The subjects of a slip; a missing derivative of an activation also names the activation."""
        activation = None
        if name == "missing-factor":
            activation = activation_with(self.search, self._derivatives, subjects[0])
        return subjects if activation is None else (*subjects, Name(activation))

    def _factors(self, values: Column, places: Column) -> Iterator[Change]:
        """The key, one of its terms or of its arguments times a constant, where that gives the answer's floats."""
        for subterm, needed in self.search.required(values):
            constant = _constant(needed, self.search.values_of(subterm.node)) if _has_own_factor(subterm) else None
            if constant is None or not constant or abs(constant - 1) < LEAST_FACTOR:
                continue
            if self.search.reference.exact and _is_constant(self.search.values) and constant not in OF_NUMBERS:
                continue
            factor = constant_tree(constant)
            subjects = (factor,) if subterm.parent is None else (factor, subterm.node)
            new, shallow = multiply(factor, subterm.node), multiply(factor, self.search.cover(subterm.node))
            for change in self.search.change(subjects, subterm, new, shallow):
                near = np.abs(change.values - values)[places] <= NEAR * np.abs(values[places])
                if len(places) and near.all():
                    yield change


def _has_own_factor(subterm: Subterm) -> bool:
    """The whole, a term, an argument: a constant within a product is one of the product that it is part of."""
    match subterm.parent:
        case None | Call() | Binary("+" | "-", _, _):
            return True
        case _:
            return False


def _solid(values: Column) -> Column:
    """The points at which values are large enough for floats to have many right digits of them; eight at least."""
    sizes = np.where(np.isfinite(values), np.abs(values), -1.0)
    large = max(FEWEST_POINTS, int(np.count_nonzero(sizes > TINY * sizes.max(initial=0.0))))
    return np.argsort(-sizes, kind="stable")[: min(large, int(np.count_nonzero(sizes >= 0)))]


def _constant(values: Column, others: Column) -> float | None:
    """The constant that one array is of another where that one is not tiny, None where there is none."""
    ratios = (values / others)[_solid(others)]
    ratios = ratios[np.isfinite(ratios)]
    if not len(ratios):
        return None
    middle = float(np.sort(ratios)[len(ratios) // 2])
    near = ratios[np.abs(ratios - middle) <= 1e-6 * abs(middle)]
    return float(near[0]) if 2 * len(near) > len(ratios) else None


def are_close(left: Formula, right: Formula) -> bool:
    """Whether floats leave it open that two formulas of one setting are equal."""
    both = left.defined & right.defined
    gaps = np.abs(left.values[both] - right.values[both])
    return bool((gaps <= CLOSE_ENOUGH * (np.abs(left.values[both]).max(initial=0.0) + 1)).all())


def common_factor(keys: Sequence[Column], answers: Sequence[Column]) -> float | None:
    """The constant that every array is of its counterpart where that one is not 0, None where there is none."""
    pairs = [(key, answer) for key, answer in zip(keys, answers, strict=True) if key.any() or answer.any()]
    with np.errstate(all="ignore"):
        constants = [_constant(answer, key) for key, answer in pairs]
    first = next(iter(constants), None)
    if first is None or abs(first - 1) < LEAST_FACTOR or not first:
        return None
    return first if all(one is not None and abs(one - first) <= NEAR * abs(first) for one in constants) else None


def constant_tree(value: float) -> Node:
    """A constant as a tree: a simple fraction where it is one, else its decimal with six digits."""
    exact = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(exact) - value) <= 1e-9 * abs(value):
        return rational(exact)
    size = Number(Decimal(f"{abs(value):.{SHOWN_DIGITS}g}"))
    return Negate(size) if value < 0 else size


def _is_constant(values: Column) -> Any:
    """Whether the values of a row are all the same where they are defined."""
    defined = np.isfinite(values)
    first = np.take_along_axis(values, defined.argmax(axis=-1, keepdims=True), axis=-1)
    return (~defined | (np.abs(values - first) <= NEAR * np.abs(first))).all(axis=-1)


def _is_rounded_from(exact: float, value: Decimal) -> bool:
    """Whether a decimal is a number, rounded or cut at its own places, that has many more places."""
    places = -int(value.as_tuple().exponent)
    if not 0 < places < FLOAT_DIGITS or abs(exact) >= 10.0 ** (FLOAT_DIGITS - places):
        return False  # floats do not have the places behind that one
    scaled, gap = exact * 10.0 ** (places + 2), abs(exact) - abs(float(value))
    return exact * float(value) > 0 and -0.5 <= gap * 10.0**places < 1 and abs(scaled - round(scaled)) > WHOLE
