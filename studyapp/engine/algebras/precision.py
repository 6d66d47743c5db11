"""mpmath's numbers: as many digits as are asked for; and, for comparisons, no computation without an end."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np

from studyapp.domain.expression import Relation
from studyapp.engine.algebras.algebra import (
    ELEMENTARY,
    GROWING,
    MOST_LITERALS,
    ElementwiseAlgebra,
    Problem,
    Value,
    counted,
    vectorised,
)

LARGEST_MAGNITUDE = 64
"""Binary magnitude of an argument above which no function is computed: its result would fit no memory."""
WORKING_DIGITS = 60  # digits carried where 50 are promised


class _Context(mpmath.MPContext):  # type: ignore[misc]  # SymPy and mpmath ship no types
    """mpmath's, which leaves sums with arrays to NumPy at once: its own refusal writes the whole array out first."""

    def npconvert(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            raise TypeError("an array is no element")
        return super().npconvert(value)


class HighPrecision(ElementwiseAlgebra):
    """mpmath with its own context, so that no other precision is touched."""

    name = "mpmath"

    def __init__(self, digits: int = WORKING_DIGITS) -> None:
        self.context = _Context()
        self.context.dps = digits
        self.nan = self.context.nan
        self._literals: dict[Decimal, Any] = {}
        context = self.context
        special: dict[str, Callable[[Any], Any]] = {
            "abs": abs,
            "exp": self._exp,
            "expm1": lambda x: context.expm1(x) if self._is_moderate(x) else self._exp(x) - 1,
            **{name: self._bounded(getattr(context, name)) for name in ("sin", "cos", "tan")},
            "sinh": lambda x: context.sinh(x) if self._is_moderate(x) else x * context.inf,
            "cosh": lambda x: context.cosh(x) if self._is_moderate(x) else context.inf,
            "tanh": lambda x: context.tanh(x) if self._is_moderate(x) else context.sign(x),
            "round": lambda x: context.sign(x) * context.floor(abs(x) + 0.5),
        }
        self._functions = {
            name: vectorised(self._real(special.get(name) or getattr(context, name)), 1) for name in ELEMENTARY
        }
        self._power = vectorised(self._real(lambda a, b: a**b if self._is_moderate(b) else self.nan), 2)
        self._divide = vectorised(self._real(self._quotient), 2)

    def _is_moderate(self, x: Any) -> bool:
        too_large = self.context.mag(x) > LARGEST_MAGNITUDE and self.context.isfinite(x)
        return not too_large

    def _bounded(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda x: function(x) if self._is_moderate(x) else self.nan

    def _exp(self, x: Any) -> Any:
        if self._is_moderate(x):
            return self.context.exp(x)
        return self.context.inf if x > 0 else self.context.zero

    def _real(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*values: Any) -> Any:
            try:
                result = function(*values)
            except (ZeroDivisionError, OverflowError, ValueError):
                return self.nan
            return self.nan if isinstance(result, self.context.mpc) else result

        return guarded

    def _quotient(self, dividend: Any, divisor: Any) -> Any:
        if divisor == 0:
            return self.nan if dividend == 0 or dividend != dividend else dividend * self.context.inf
        return dividend / divisor

    def _counted(self, function: str, *values: Any) -> Any:
        number = counted(function, *values)
        return self.nan if number is None else self.context.mpf(number)

    def number(self, value: Decimal | Fraction | float) -> Value:
        if isinstance(value, Decimal):
            return self._written(value)
        if isinstance(value, Fraction):
            return self.context.mpf(value.numerator) / value.denominator
        return self.context.mpf(value)

    def _written(self, value: Decimal) -> Value:
        """A number as it was written, kept: reading digits costs more than adding."""
        known = self._literals.get(value)
        if known is None:
            if len(self._literals) >= MOST_LITERALS:
                self._literals.clear()
            known = self._literals[value] = self.context.mpf(str(value))
        return known

    def constant(self, name: str) -> Value:
        return +{"e": self.context.e, "pi": self.context.pi}[name]


@cache
def high_precision(digits: int = WORKING_DIGITS) -> HighPrecision:
    """The algebra with that many digits, made once."""
    return HighPrecision(digits)


DIGITS = (50, 100, 200)  # digits at which agreement is confirmed, one after the other
GUARD = 10  # digits carried beyond those that are promised


class Careful(HighPrecision):
    """mpmath with that many digits; `Problem` is raised instead of an endless computation."""

    def __init__(self, digits: int) -> None:
        super().__init__(digits)
        # What is left of digits that cancelled has no sign: sin(8*pi) is 0.
        self._noise = self.context.mpf(10) ** (GUARD - 2 - digits)
        self._whole = vectorised(self._without_noise, 1)

    def apply(self, function: str, value: Value) -> Value:
        if function in GROWING:
            self._check(value)
        if function in ("sign", "floor", "round"):
            value = self._whole(value)
        return super().apply(function, value)

    def count(self, function: str, *values: Value) -> Value:
        return super().count(function, *map(self._whole, values))

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        return super().compare(relation, self._whole(left - right), self.context.zero)  # but for noise

    def _without_noise(self, value: Any) -> Any:
        if not self.context.isfinite(value) or abs(value) > 1 / self._noise:
            return value
        nearest = self.context.nint(value)
        return nearest if abs(value - nearest) <= self._noise * max(1, abs(nearest)) else value

    def power(self, base: Value, exponent: Value) -> Value:
        self._check(exponent)
        return super().power(base, exponent)

    def _check(self, value: Value) -> None:
        for element in value.flat if isinstance(value, np.ndarray) else (value,):
            if not self._is_moderate(element):
                raise Problem("a value is too large to be computed")


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
