"""Exact rational numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from studyapp.engine.algebras.algebra import MOST_LITERALS, MOST_POWER_BITS, Inexact, Value, vectorised
from studyapp.engine.algebras.objects import Objects


def _half_up(value: Fraction) -> Fraction:
    """The nearest integer, ties away from zero: how keys are shown."""
    magnitude = Fraction(math.floor(abs(value) + Fraction(1, 2)))
    return magnitude if value >= 0 else -magnitude


@lru_cache(maxsize=MOST_LITERALS)
def _written_fraction(value: Decimal) -> Fraction:
    return Fraction(value)


class Fractions(Objects):
    """Exact rational numbers; `Inexact` where a result is not one, or would be too large to be worth it."""

    name = "exact"
    largest_exponent = 64

    def __init__(self) -> None:
        self._functions = {
            "abs": vectorised(abs, 1),
            "sign": vectorised(lambda x: Fraction((x > 0) - (x < 0)), 1),
            "floor": vectorised(lambda x: Fraction(math.floor(x)), 1),
            "round": vectorised(_half_up, 1),
        }
        self._power = vectorised(self._integer_power, 2)
        self._divide = vectorised(self._quotient, 2)

    def _integer_power(self, base: Fraction, exponent: Fraction) -> Fraction:
        if exponent.denominator != 1 or abs(exponent) > self.largest_exponent or (base == 0 and exponent < 0):
            raise Inexact
        if (base.numerator.bit_length() + base.denominator.bit_length()) * abs(exponent) > MOST_POWER_BITS:
            raise Inexact
        return base ** int(exponent)

    def _quotient(self, dividend: Fraction, divisor: Fraction) -> Fraction:
        if divisor == 0:
            raise Inexact
        return dividend / divisor

    def number(self, value: Decimal | Fraction | float) -> Value:
        if isinstance(value, Decimal):
            return _written_fraction(value)
        return value if isinstance(value, Fraction) else Fraction(value)

    def constant(self, name: str) -> Value:
        raise Inexact(name)

    def apply(self, function: str, value: Value) -> Value:
        if function not in self._functions:
            raise Inexact(function)
        return super().apply(function, value)


FRACTIONS = Fractions()
