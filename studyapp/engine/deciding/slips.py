"""The slip behind a wrong formula: the first of the closed list that gives an expression equal to it.

The changes that general slips make of a key depend on the key alone: they are made once, in the order of the list and
only as far as needed, and kept with their values at the sample points. An answer is looked up among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice

import numpy as np

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number
from studyapp.engine.algebras.trees import multiply
from studyapp.engine.deciding.backsolving import required
from studyapp.engine.deciding.bench import Bench, Change, Spot
from studyapp.engine.deciding.equivalence import agree_closely
from studyapp.engine.deciding.sampling import Column
from studyapp.engine.deciding.setting import Formula
from studyapp.engine.deciding.slip_activations import Derivatives, activation_with, activations, derivatives
from studyapp.engine.deciding.slip_factors import directions, dropped_terms, extra_factors, missing_factors
from studyapp.engine.deciding.slip_rules import complements, log_bases, reciprocals, reductions, signs, swaps
from studyapp.engine.rewriting import size

LARGEST_DENOMINATOR = 1000
WORK = 6000
"""Nodes in all the changes that one slip makes of a formula, about."""
MOST_CHANGES, FEWEST_CHANGES = 150, 12
NEAR = 1e-8
UNDEFINED = 1e300
"""Stands for no value where rows of floats are compared."""

Makers = tuple[tuple[str, Callable[[Bench], Iterator[Change]] | None], ...]

ORDER: Makers = (
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


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip by name, with the trees that complete its sentence."""

    name: str
    subjects: tuple[Node, ...]


class _Group:
    """The changes that one slip makes, with their floats as rows of one matrix."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.values = np.stack([change.values for change in changes]) if changes else np.empty((0, 3))
        self.probes = np.nan_to_num(self.values[:, -3:], nan=UNDEFINED)

    def near(self, values: Column, probe: Column) -> Iterator[Change]:
        """The changes whose floats are those values, defined at the same points; the last points decide most cases."""
        if not self.changes:
            return
        close = (np.abs(self.probes - probe) <= NEAR * np.abs(probe)).all(axis=1)
        for row in np.flatnonzero(close):
            if _same(self.values[row], values):
                yield self.changes[int(row)]


class Diagnosis:
    """The slips of one reference, made as far as they have been needed."""

    def __init__(self, reference: Formula) -> None:
        self.bench = Bench(reference)
        self._groups: dict[str, _Group] = {}
        self._most = min(MOST_CHANGES, max(FEWEST_CHANGES, WORK // size(self.bench.tree)))

    def slip_behind(self, answer: Formula) -> Slip | None:
        """The first slip that gives an expression equal to the answer; None where none does."""
        probe = np.nan_to_num(answer.values[-3:], nan=UNDEFINED)
        with np.errstate(all="ignore"):
            for name, make in ORDER:
                for change in self._candidates(name, make, answer.values, probe):
                    if change.formula is not None and agree_closely(change.formula, answer):
                        return Slip(name, self._completed(change))
        return None

    def _candidates(
        self, name: str, make: Callable[[Bench], Iterator[Change]] | None, values: Column, probe: Column
    ) -> Iterator[Change]:
        if make is None:
            yield from self._factors(values)
            return
        if name not in self._groups:
            self._groups[name] = _Group(list(islice(make(self.bench), self._most)))
        yield from self._groups[name].near(values, probe)

    @cached_property
    def _derivatives(self) -> Derivatives:
        return derivatives(self.bench)

    def _completed(self, change: Change) -> tuple[Node, ...]:
        """The subjects of a slip; a missing derivative of an activation also names the activation."""
        if change.slip != "missing-factor":
            return change.subjects
        activation = activation_with(self.bench, self._derivatives, change.subjects[0])
        return change.subjects if activation is None else (*change.subjects, Name(activation))

    def _factors(self, values: Column) -> Iterator[Change]:
        """The key, one of its terms or of its arguments times a constant, where that gives the answer's floats."""
        for spot, needed in required(self.bench, values):
            constant = _constant(needed, self.bench.values_of(spot.node)) if _has_own_factor(spot) else None
            if constant is None or min(abs(constant), abs(constant - 1)) < NEAR:
                continue
            factor = constant_tree(constant)
            subjects = (factor,) if spot.parent is None else (factor, spot.node)
            new, shallow = multiply(factor, spot.node), multiply(factor, self.bench.cover(spot.node))
            change = self.bench.change("factor", subjects, spot, new, shallow)
            if change is not None and _same(change.values, values):
                yield change


def _has_own_factor(spot: Spot) -> bool:
    """The whole, a term, an argument: a constant within a product is one of the product that it is part of."""
    match spot.parent:
        case None | Call():
            return True
        case Binary("+" | "-", _, _):
            return True
        case _:
            return False


def _same(left: Column, right: Column) -> bool:
    """Whether floats agree and are defined at the same points."""
    both = np.isfinite(left)
    if not both.any() or (both != np.isfinite(right)).any():
        return False
    return bool((np.abs(left - right)[both] <= NEAR * np.abs(right)[both] + 1e-300).all())


def _constant(values: Column, others: Column) -> float | None:
    """The constant that most elements of one array are of another's, None where there is none."""
    ratios = values / others
    for ratio in ratios[-4:-1]:
        if np.isfinite(ratio) and np.count_nonzero(np.abs(ratios - ratio) <= 1e-6 * abs(ratio)) > len(ratios) / 3:
            return float(ratio)
    return None


def constant_tree(value: float) -> Node:
    """A constant as a tree: a simple fraction where it is one, else the float itself."""
    exact = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(exact) - value) > 1e-9 * abs(value):
        exact = Fraction(value)
    size: Node = Number(Decimal(abs(exact.numerator)))
    if exact.denominator != 1:
        size = Binary("/", size, Number(Decimal(exact.denominator)))
    return Negate(size) if exact < 0 else size
