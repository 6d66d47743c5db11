"""Many digits with an end: mpmath, where a result whose computation would not end is refused beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from studyapp.domain.expression import Node, Relation
from studyapp.engine.algebras.algebra import GROWING, Inexact, Problem, Value, vectorised
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.algebras.precision import HighPrecision
from studyapp.engine.interpretation import evaluate

DIGITS = (50, 100, 200)
"""Digits at which agreement is confirmed, one after the other."""
GUARD = 10
"""Digits carried beyond those that are promised."""
MOST_PLACES = 10_000
"""Places before or after the point of an exact value: exp(1e9) would fit no memory."""

_STEPS = frozenset({"sign", "floor", "round"})


class TooLarge(Problem):
    """A result would be too large to be worth computing."""

    def __init__(self) -> None:
        super().__init__("a value is too large to be computed")


class Careful(HighPrecision):
    """mpmath with that many digits; `TooLarge` is raised instead of an endless computation."""

    def __init__(self, digits: int) -> None:
        super().__init__(digits)
        # What is left of digits that cancelled has no sign: sin(8*pi) is 0.
        self._noise = self.context.mpf(10) ** (GUARD - 2 - digits)
        self._whole = vectorised(self._without_noise, 1)

    def apply(self, function: str, value: Value) -> Value:
        """One of `ELEMENTARY`, of arguments that are not huge."""
        if function in GROWING:
            self._check(value)
        if function in _STEPS:
            value = self._whole(value)
        return super().apply(function, value)

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        """Whether a relation holds; what differs by noise alone is equal."""
        return super().compare(relation, self._whole(left - right), self.context.zero)

    def _without_noise(self, value: Any) -> Any:
        if not self.context.isfinite(value) or abs(value) > 1 / self._noise:
            return value
        nearest = self.context.nint(value)
        return nearest if abs(value - nearest) <= self._noise * max(1, abs(nearest)) else value

    def power(self, base: Value, exponent: Value) -> Value:
        """A power whose exponent is not huge."""
        self._check(exponent)
        return super().power(base, exponent)

    def _check(self, value: Value) -> None:
        for element in value.flat if isinstance(value, np.ndarray) else (value,):
            if not self._is_moderate(element):
                raise TooLarge


@cache
def careful(digits: int) -> Careful:
    """The algebra that promises that many digits, made once."""
    return Careful(digits + GUARD)


def decimal_of(value: Any) -> Decimal | None:
    """The decimal of 50 digits nearest to a number of mpmath, None where it is not finite."""
    context = careful(DIGITS[0]).context
    if not abs(value) < context.inf:
        return None
    return Decimal(context.nstr(value, DIGITS[0], strip_zeros=True))


def exact_value(node: Node, known: Mapping[str, Fraction] | None = None) -> Fraction | None:
    """The value of an expression: exact where it is rational, to 50 digits otherwise; None where it has none."""
    try:
        value = evaluate(node, known or {}, FRACTIONS)
        return value if isinstance(value, Fraction) else None
    except (Inexact, Problem, TypeError):
        pass
    algebra = careful(DIGITS[0])
    try:
        value = evaluate(node, {name: algebra.number(number) for name, number in (known or {}).items()}, algebra)
    except (TypeError, ValueError):  # `Problem` is a ValueError
        return None
    decimal = decimal_of(value) if isinstance(value, algebra.context.mpf) else None
    return None if decimal is None or abs(decimal.adjusted()) > MOST_PLACES else Fraction(decimal)
