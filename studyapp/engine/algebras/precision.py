"""mpmath's numbers: as many digits as are asked for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np

from studyapp.engine.algebras.algebra import MOST_LITERALS, Objects, Value, vectorised

LARGEST_MAGNITUDE = 64
"""Binary magnitude of an argument above which no function is computed: its result would fit no memory."""
WORKING_DIGITS = 60
"""Digits carried where 50 are promised."""


class _Context(mpmath.MPContext):  # type: ignore[misc]  # SymPy and mpmath ship no types
    """mpmath's, which leaves sums with arrays to NumPy at once: its own refusal writes the whole array out first."""

    def npconvert(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            raise TypeError("an array is no element")
        return super().npconvert(value)


class HighPrecision(Objects):
    """mpmath with its own context, so that no other precision is touched."""

    name = "mpmath"

    def __init__(self, digits: int = WORKING_DIGITS) -> None:
        self.context = _Context()
        self.context.dps = digits
        self.nan = self.context.nan
        self._literals: dict[Decimal, Any] = {}
        context = self.context
        self._functions = {
            name: vectorised(self._real(function), 1)
            for name, function in {
                "abs": abs,
                "sqrt": context.sqrt,
                "exp": self._exp,
                "log": context.log,
                "expm1": lambda x: context.expm1(x) if self._is_moderate(x) else self._exp(x) - 1,
                "log1p": context.log1p,
                "sin": self._bounded(context.sin),
                "cos": self._bounded(context.cos),
                "tan": self._bounded(context.tan),
                "asin": context.asin,
                "acos": context.acos,
                "atan": context.atan,
                "sinh": lambda x: context.sinh(x) if self._is_moderate(x) else x * context.inf,
                "cosh": lambda x: context.cosh(x) if self._is_moderate(x) else context.inf,
                "tanh": lambda x: context.tanh(x) if self._is_moderate(x) else context.sign(x),
                "asinh": context.asinh,
                "acosh": context.acosh,
                "atanh": context.atanh,
                "sign": context.sign,
                "erf": context.erf,
                "floor": context.floor,
                "round": lambda x: context.sign(x) * context.floor(abs(x) + 0.5),
            }.items()
        }
        self._power = vectorised(self._real(lambda a, b: a**b if self._is_moderate(b) else self.nan), 2)
        self._divide = vectorised(self._real(self._quotient), 2)

    def _is_moderate(self, x: Any) -> bool:
        """Whether |x| is small enough to evaluate quickly."""
        too_large = self.context.mag(x) > LARGEST_MAGNITUDE and self.context.isfinite(x)
        return not too_large

    def _bounded(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda x: function(x) if self._is_moderate(x) else self.nan

    def _exp(self, x: Any) -> Any:
        if self._is_moderate(x):
            return self.context.exp(x)
        return self.context.inf if x > 0 else self.context.zero

    def _real(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function where its result is real, nan elsewhere."""

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
