"""The slip behind a wrong formula: the first of the closed list that gives an expression equal to it.

The changes that general slips make of a key depend on the key alone: they are made once, in the order of the list and
only as far as needed, and kept with their values at the sample points. An answer is looked up among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number
from studyapp.engine.algebra import Problem
from studyapp.engine.backsolving import required
from studyapp.engine.bench import Bench, Change, Spot
from studyapp.engine.equivalence import agree_closely
from studyapp.engine.sampling import Column
from studyapp.engine.setting import Reference
from studyapp.engine.slip_activations import activation_with, activations
from studyapp.engine.slip_rules import (
    complements,
    directions,
    dropped_terms,
    extra_factors,
    log_bases,
    missing_factors,
    reciprocals,
    reductions,
    signs,
    swaps,
)
from studyapp.engine.trees import multiply

LARGEST_DENOMINATOR = 1000
NEAR = 1e-8

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


class Diagnosis:
    """The slips of one reference, made as far as they have been needed."""

    def __init__(self, reference: Reference) -> None:
        self.bench = Bench(reference)
        self._made: list[Change | None] = []
        self._source = self._changes()

    def slip_behind(self, answer: Node) -> Slip | None:
        """The first slip that gives an expression equal to the answer; None where none does."""
        setting = self.bench.setting
        try:
            tree = setting.readied(answer)
            values = setting.floats_of(tree)
        except Problem:
            return None
        for change in self._all():
            found = change if change is not None else self._factor(values)
            if found is None or not _near(found.values, values):
                continue
            if found.reference is not None and agree_closely(found.reference, tree):
                return Slip(found.slip, self._completed(found))
        return None

    def _completed(self, change: Change) -> tuple[Node, ...]:
        """The subjects of a slip; a missing derivative of an activation also names the activation."""
        if change.slip != "missing-factor":
            return change.subjects
        activation = activation_with(self.bench, change.subjects[0])
        return change.subjects if activation is None else (*change.subjects, Name(activation))

    def _all(self) -> Iterator[Change | None]:
        """The changes in order, kept as they are made; None stands for the answer's own factor."""
        at = 0
        while True:
            if at == len(self._made):
                following = next(self._source, False)
                if following is False:
                    return
                self._made.append(following)  # type: ignore[arg-type]  # not False
            yield self._made[at]
            at += 1

    def _changes(self) -> Iterator[Change | None]:
        for _, make in ORDER:
            if make is None:
                yield None
            else:
                yield from make(self.bench)

    def _factor(self, values: Column) -> Change | None:
        """The key, one of its terms or one of its numbers times a constant, where that gives the answer's floats."""
        for spot, needed in required(self.bench, values):
            if not _has_own_factor(spot):
                continue
            constant = _constant(needed, self.bench.values_of(spot.node))
            if constant is None or min(abs(constant), abs(constant - 1)) < NEAR:
                continue
            factor = constant_tree(constant)
            subjects = (factor,) if spot.parent is None else (factor, spot.node)
            new, shallow = multiply(factor, spot.node), multiply(factor, self.bench.cover(spot.node))
            change = self.bench.change("factor", subjects, spot, new, shallow)
            if change is not None and _near(change.values, values):
                return change
        return None


def _has_own_factor(spot: Spot) -> bool:
    """The whole, a term, an argument: a constant within a product is one of the product that it is part of."""
    match spot.parent:
        case None | Call():
            return True
        case Binary("+" | "-", _, _):
            return True
        case _:
            return False


def _near(left: Column, right: Column) -> bool:
    """Whether floats agree and are defined at the same points; the last points decide most cases."""
    for place in (-1, -2):
        one, other = float(left[place]), float(right[place])
        if abs(one - other) > NEAR * max(abs(one), abs(other)):
            return False
    both = np.isfinite(left)
    if not both.any() or (both != np.isfinite(right)).any():
        return False
    with np.errstate(all="ignore"):
        return bool(np.allclose(left[both], right[both], rtol=NEAR, atol=1e-300))


def _constant(gaps: Column, steps: Column) -> float | None:
    """The constant that one array is of another, None where there is none."""
    both = np.isfinite(gaps) & np.isfinite(steps) & (np.abs(steps) > 1e-12)
    if both.sum() < 3:
        return None
    with np.errstate(all="ignore"):
        ratios = (gaps / steps)[both]
    middle = float(np.median(ratios))
    with np.errstate(all="ignore"):
        spread = np.abs(ratios - middle) <= 1e-6 * max(1.0, abs(middle))
    return middle if bool(spread.mean() > 0.7) else None


def constant_tree(value: float) -> Node:
    """A constant as a tree: a simple fraction where it is one, else the float itself."""
    exact = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(exact) - value) > 1e-9 * abs(value):
        exact = Fraction(value)
    size: Node = Number(Decimal(abs(exact.numerator)))
    if exact.denominator != 1:
        size = Binary("/", size, Number(Decimal(exact.denominator)))
    return Negate(size) if exact < 0 else size
