"""Two formulas compared at the points of their setting: numbers refute, agreement at many digits accepts.

Floats at fixed points look for a difference. Where both sides are rational, exact values modulo a prime of 127 bits
confirm it, or agreement. Otherwise a difference is confirmed at 50 digits, and agreement at 50, 100 and 200 digits,
where the difference must shrink with the digits. The work is a fixed number of evaluations: a verdict never depends on
time.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np

from studyapp.domain.expression import Binary, Call, Node, names_in, walk
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Inexact, Problem
from studyapp.engine.algebras.precision import DIGITS, careful, decimal_of
from studyapp.engine.equivalence.sampling import Column
from studyapp.engine.equivalence.setting import Formula
from studyapp.engine.interpretation import exact_value

CLOSE = 1e-9  # the relative difference of floats below which they do not refute
READABLE = 1e-2  # the relative difference from which a counter-example is worth showing
TRIES = 4  # points at which a suspicion is looked into
CONFIRMED = 2  # points at which agreement is confirmed, at the first of them with all digits
CANDIDATES = 8  # points tried for that, where some of them would be too costly


class State(StrEnum):
    """What is known of two formulas."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Domain(StrEnum):
    """Where one of the two formulas is defined and the other is not."""

    SAME = "same"
    ANSWER_UNDEFINED = "answer-undefined"
    KEY_UNDEFINED = "key-undefined"
    ANSWER_NOWHERE = "answer-nowhere"


Values = tuple[Decimal | None, Decimal | None]


def _no_values() -> Values:
    return None, None


@dataclass(frozen=True, slots=True)
class Decision:
    """The state; for a difference a point (exact decimals), and what computes both values there when they are shown."""

    state: State
    point: Mapping[str, Decimal] = field(default_factory=dict)
    values: Callable[[], Values] = _no_values
    domain: Domain = Domain.SAME

    @property
    def answer(self) -> Decimal | None:
        """The answer at the point, None where it is undefined."""
        return self.values()[0]

    @property
    def key(self) -> Decimal | None:
        """The key at the point, None where it is undefined."""
        return self.values()[1]


UNDECIDED = Decision(State.UNDECIDED)
EQUAL = Decision(State.EQUAL)


def compared(reference: Formula, answer: Formula) -> Decision:
    """What the points of the setting say of two formulas."""
    return refuted(reference, answer) or _confirmation(reference, answer)


def refuted(reference: Formula, answer: Formula) -> Decision | None:
    """A counter-example, or a point at which the answer alone is undefined; None where floats find neither."""
    for place in _suspicions(reference.values, answer.values, reference.defined & answer.defined):
        if _differ_at(reference, answer, place):
            return counter_example(reference, answer, place)
    if (answer.defined != reference.defined).any():
        return _domain_gap(reference, answer)
    return None


def _differ_at(reference: Formula, answer: Formula, place: int) -> bool:
    """Whether two values that floats tell apart are different: exactly where both sides are rational."""
    if reference.exact and answer.exact:
        with contextlib.suppress(Inexact):
            return not answer.equals_at(place, reference)
    return settled(reference, answer, place, DIGITS) == State.DIFFERENT


def _suspicions(key: Column, answer: Column, both: Column) -> list[int]:
    """Where floats differ: first the earliest point with a difference worth showing, then the largest."""
    with np.errstate(all="ignore"):
        gaps, sizes = np.abs(key - answer), np.maximum(np.abs(key), np.abs(answer))
        far = both & (gaps > CLOSE * sizes)
        if not far.any():
            return []
        relative = np.where(far, gaps / sizes, 0.0)
    first = int(np.argmax(relative > READABLE))
    largest = [int(place) for place in np.argsort(-relative, kind="stable")[:TRIES] if relative[place] > 0]
    return [first, *(place for place in largest if place != first)] if relative[first] > READABLE else largest


def _domain_gap(reference: Formula, answer: Formula) -> Decision | None:
    """A point of the domains at which the key has a value and the answer, to 50 digits, has none."""
    if not answer.defined.any() and is_senseless(answer.tree):
        return Decision(State.UNDECIDED, domain=Domain.ANSWER_NOWHERE)
    for place in np.flatnonzero(reference.defined & ~answer.defined)[:TRIES]:
        if undefined(answer, int(place)):
            return counter_example(reference, answer, int(place), Domain.ANSWER_UNDEFINED)
    return None


def _confirmation(reference: Formula, answer: Formula) -> Decision:
    """Equal where enough points confirm it; the later points have more digits and are tried first."""
    places = np.flatnonzero(answer.defined & reference.defined)[::-1]
    if reference.exact and answer.exact:
        exact = _exactly(reference, answer, places)
        if exact is not None:
            return exact
    confirmed = 0
    for place in places[:CANDIDATES]:
        state = settled(reference, answer, int(place), DIGITS if confirmed == 0 else DIGITS[:1])
        if state == State.DIFFERENT:
            return counter_example(reference, answer, int(place))
        confirmed += state == State.EQUAL
        if confirmed == min(CONFIRMED, len(places)):
            return _agreement(reference, answer)
    return UNDECIDED


def _exactly(reference: Formula, answer: Formula, places: Column) -> Decision | None:
    """The decision over exact values, None where too few points have exact values."""
    confirmed = 0
    for place in places[:CANDIDATES]:
        try:
            if not answer.equals_at(int(place), reference):
                return counter_example(reference, answer, int(place))
        except Inexact:
            continue
        confirmed += 1
        if confirmed > CONFIRMED or confirmed == len(places):
            return _agreement(reference, answer)
    return None


def settled(reference: Formula, answer: Formula, place: int, digits: Sequence[int]) -> State:
    """What more and more digits say of two values at a point."""
    before: Any = None
    for count in digits:
        try:
            key, typed = reference.at(place, count), answer.at(place, count)
        except Problem:
            return State.UNDECIDED
        gap, scale = abs(key - typed), max(abs(key), abs(typed))
        if not _finite(gap):
            return State.UNDECIDED
        if before is None and gap > scale * 1e-25 and gap > 1e-40:
            return State.DIFFERENT
        # Where both vanish exactly, what is left is noise: it stays below the digits, however it changes with them.
        far = gap > scale * 10 ** -(0.88 * count) and gap > 10 ** -(0.8 * count)
        if before is not None and gap > before * 1e-30 and far:
            return State.DIFFERENT if gap > before * 0.5 else State.UNDECIDED
        before = gap
    return State.EQUAL


def _agreement(reference: Formula, answer: Formula) -> Decision:
    """Equal; with a note where the key alone is undefined at a point of the domains."""
    for place in np.flatnonzero(answer.defined & ~reference.defined)[:1]:
        if undefined(reference, int(place)):
            return Decision(State.EQUAL, domain=Domain.KEY_UNDEFINED)
    return EQUAL


def undefined(formula: Formula, place: int) -> bool:
    """Whether 50 digits, too, find no value there."""
    try:
        return not _finite(formula.at(place, DIGITS[0]))
    except Problem:
        return False


def is_senseless(tree: Node) -> bool:
    """Whether a part without symbols has no value: a division by zero, a logarithm of a negative number."""
    for part in walk(tree):
        divisor = part.right if isinstance(part, Binary) and part.operator == "/" else None
        if divisor is not None and not names_in(divisor) and exact_value(divisor) in (None, 0):
            return True
        if isinstance(part, Call) and not names_in(part) and exact_value(part) is None:
            return True
    return False


def _finite(value: Any) -> bool:
    return bool(abs(value) < careful(DIGITS[0]).context.inf)


def counter_example(reference: Formula, answer: Formula, place: int, domain: Domain = Domain.SAME) -> Decision:
    """The formulas differ, as a point shows."""
    return Decision(
        State.DIFFERENT,
        dict(reference.setting.sample.points[place]),
        partial(_values_at, answer, reference, place),
        domain,
    )


def _values_at(answer: Formula, key: Formula, place: int) -> Values:
    return decimal_of(answer.at(place, DIGITS[0])), decimal_of(key.at(place, DIGITS[0]))
