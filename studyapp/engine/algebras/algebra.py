"""Four ways to compute with the same formula.

A formula of the catalogue is written once, over the operations of an `Algebra`. Its elements are then floats, numbers
of 50 digits, exact fractions, or SymPy expressions. A value is one element or a NumPy array of them (dtype object
except for floats). What is not defined is `nan` in the numeric algebras, never an exception.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, ClassVar, Protocol

import mpmath
import numpy as np

Value = Any
"""One element, or a NumPy array of elements."""

LARGEST_MAGNITUDE = 64
"""Binary magnitude of an argument above which no function is computed: its result would fit no memory."""
MOST_POWER_BITS = 65_536
"""Bits of an exact power."""
MOST_LITERALS = 4096
"""Written numbers that an algebra keeps."""

WORKING_DIGITS = 60
"""Digits carried where 50 are promised."""


class Inexact(ArithmeticError):
    """An operation has no exact rational result."""


class Problem(ValueError):
    """A value that mathematics or an author's text does not allow; the message says which, in English."""


def _integer(value: Any) -> int:
    if isinstance(value, np.ndarray) or value != int(value):
        raise Problem(f"a whole number is needed, found {value}")
    return int(value)


class Algebra(Protocol):
    """The operations that formulas are written in; all act elementwise on arrays."""

    name: str

    def number(self, value: Decimal | Fraction | float) -> Value:
        """The element that stands for an exact number."""

    def constant(self, name: str) -> Value:
        """`e` or `pi`."""

    def power(self, base: Value, exponent: Value) -> Value:
        """`base ** exponent`."""

    def divide(self, dividend: Value, divisor: Value) -> Value:
        """The quotient; by zero: what the algebra says."""

    def apply(self, function: str, value: Value) -> Value:
        """One of `ELEMENTARY`."""

    def maximum(self, left: Value, right: Value) -> Value:
        """The larger, elementwise."""

    def minimum(self, left: Value, right: Value) -> Value:
        """The smaller, elementwise."""

    def compare(self, relation: str, left: Value, right: Value) -> Value:
        """Whether `<`, `<=`, `>`, `>=`, `==` or `!=` holds, elementwise."""

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        """`yes` where the condition holds, `no` elsewhere; both are computed."""

    def integer(self, value: Value) -> int:
        """The whole number that a size or an index is; raises `Problem` where it is none."""


ELEMENTARY = ("abs", "sqrt", "exp", "log", "sin", "cos", "tanh", "sign", "erf", "floor", "round")
"""Functions of one variable that every algebra knows under `apply`; `log` is the natural logarithm."""


def vectorised(function: Callable[..., Any], arity: int) -> Callable[..., Value]:
    """A function of elements, made to act elementwise on arrays of objects; plain elements stay plain."""
    made: Callable[..., Value] = np.frompyfunc(function, arity, 1)
    return made


def _half_up(value: Fraction) -> Fraction:
    """The nearest integer, ties away from zero: how keys are shown."""
    magnitude = Fraction(math.floor(abs(value) + Fraction(1, 2)))
    return magnitude if value >= 0 else -magnitude


class Floats:
    """NumPy, float64."""

    name = "numpy"

    _functions: ClassVar[dict[str, Callable[[Value], Value]]] = {
        "abs": np.abs,
        "sqrt": np.sqrt,
        "exp": np.exp,
        "log": np.log,
        "sin": np.sin,
        "cos": np.cos,
        "tanh": np.tanh,
        "sign": np.sign,
        "erf": np.vectorize(math.erf, otypes=[float]),
        "floor": np.floor,
        "round": lambda x: np.sign(x) * np.floor(np.abs(x) + 0.5),
    }
    _relations: ClassVar[dict[str, Callable[[Value, Value], Value]]] = {
        "<": np.less,
        "<=": np.less_equal,
        ">": np.greater,
        ">=": np.greater_equal,
        "==": np.equal,
        "!=": np.not_equal,
    }

    def number(self, value: Decimal | Fraction | float) -> Value:
        return np.float64(float(value))

    def constant(self, name: str) -> Value:
        return np.float64({"e": math.e, "pi": math.pi}[name])

    def power(self, base: Value, exponent: Value) -> Value:
        with np.errstate(all="ignore"):
            return np.power(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        with np.errstate(all="ignore"):
            return np.true_divide(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        with np.errstate(all="ignore"):
            return self._functions[function](value)

    def maximum(self, left: Value, right: Value) -> Value:
        return np.maximum(left, right)

    def minimum(self, left: Value, right: Value) -> Value:
        return np.minimum(left, right)

    def compare(self, relation: str, left: Value, right: Value) -> Value:
        return self._relations[relation](left, right)

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        chosen = np.asarray(np.where(condition, yes, no))
        return chosen[()] if chosen.ndim == 0 else chosen

    def integer(self, value: Value) -> int:
        return _integer(value)


class _Objects:
    """What the algebras over Python objects share: elementwise comparison and choice."""

    def compare(self, relation: str, left: Value, right: Value) -> Value:
        return _COMPARE[relation](left, right)

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        return _CHOOSE(condition, yes, no)

    def maximum(self, left: Value, right: Value) -> Value:
        return _LARGER(left, right)

    def minimum(self, left: Value, right: Value) -> Value:
        return _SMALLER(left, right)

    def integer(self, value: Value) -> int:
        return _integer(value)


_COMPARE: dict[str, Callable[..., Value]] = {
    "<": vectorised(lambda a, b: a < b, 2),
    "<=": vectorised(lambda a, b: a <= b, 2),
    ">": vectorised(lambda a, b: a > b, 2),
    ">=": vectorised(lambda a, b: a >= b, 2),
    "==": vectorised(lambda a, b: a == b, 2),
    "!=": vectorised(lambda a, b: a != b, 2),
}
_CHOOSE = vectorised(lambda condition, yes, no: yes if condition else no, 3)
_LARGER = vectorised(lambda a, b: a if a >= b or a != a else b, 2)  # noqa: PLR0124 — only nan differs from itself
_SMALLER = vectorised(lambda a, b: a if a <= b or a != a else b, 2)  # noqa: PLR0124 — only nan differs from itself


class _Context(mpmath.MPContext):  # type: ignore[misc]  # SymPy and mpmath ship no types
    """mpmath's, which leaves sums with arrays to NumPy at once: its own refusal writes the whole array out first."""

    def npconvert(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            raise TypeError("an array is no element")
        return super().npconvert(value)


class HighPrecision(_Objects):
    """mpmath with its own context, so that nobody else's precision is touched."""

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
                "sin": self._bounded(context.sin),
                "cos": self._bounded(context.cos),
                "tanh": lambda x: context.tanh(x) if self._is_moderate(x) else context.sign(x),
                "sign": context.sign,
                "erf": context.erf,
                "floor": context.floor,
                "round": lambda x: context.sign(x) * context.floor(abs(x) + 0.5),
            }.items()
        }
        self._power = vectorised(self._real(lambda a, b: a**b if self._is_moderate(b) else self.nan), 2)
        self._divide = vectorised(self._real(self._quotient), 2)

    def _is_moderate(self, x: Any) -> bool:
        """Whether a function of that argument is computed in a moment: nobody asks for exp of 10^1000."""
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
            return self.nan if dividend == 0 or dividend != dividend else dividend * self.context.inf  # noqa: PLR0124 — nan
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

    def power(self, base: Value, exponent: Value) -> Value:
        return self._power(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        return self._divide(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        return self._functions[function](value)


@lru_cache(maxsize=MOST_LITERALS)
def _written_fraction(value: Decimal) -> Fraction:
    return Fraction(value)


class Fractions(_Objects):
    """Exact rational numbers; `Inexact` where a result is not one, or would be too large to be worth it."""

    name = "exact"
    largest_exponent = 64

    _functions: ClassVar[dict[str, Callable[..., Value]]] = {
        "abs": vectorised(abs, 1),
        "sign": vectorised(lambda x: Fraction((x > 0) - (x < 0)), 1),
        "floor": vectorised(lambda x: Fraction(math.floor(x)), 1),
        "round": vectorised(_half_up, 1),
    }

    def __init__(self) -> None:
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

    def power(self, base: Value, exponent: Value) -> Value:
        return self._power(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        return self._divide(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        if function not in self._functions:
            raise Inexact(function)
        return self._functions[function](value)


class Symbolic:
    """SymPy; imported when the first one is made, for it costs more than all the rest together."""

    name = "sympy"

    def __init__(self) -> None:
        import sympy

        self._sympy = sympy
        names = {"abs": sympy.Abs, "round": lambda x: sympy.sign(x) * sympy.floor(sympy.Abs(x) + sympy.Rational(1, 2))}
        self._functions = {name: vectorised(names.get(name) or getattr(sympy, name), 1) for name in ELEMENTARY}
        relations = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne}
        self._relations = {name: vectorised(relation, 2) for name, relation in relations.items()}
        self._maximum = vectorised(sympy.Max, 2)
        self._minimum = vectorised(sympy.Min, 2)
        self._choose = vectorised(lambda c, yes, no: sympy.Piecewise((yes, c), (no, True)), 3)
        self._divide = vectorised(lambda a, b: sympy.sympify(a) / b, 2)
        self._power = vectorised(lambda a, b: sympy.sympify(a) ** b, 2)

    def number(self, value: Decimal | Fraction | float) -> Value:
        exact = Fraction(value)
        return self._sympy.Rational(exact.numerator, exact.denominator)

    def constant(self, name: str) -> Value:
        return {"e": self._sympy.E, "pi": self._sympy.pi}[name]

    def power(self, base: Value, exponent: Value) -> Value:
        return self._power(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        return self._divide(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        return self._functions[function](value)

    def maximum(self, left: Value, right: Value) -> Value:
        return self._maximum(left, right)

    def minimum(self, left: Value, right: Value) -> Value:
        return self._minimum(left, right)

    def compare(self, relation: str, left: Value, right: Value) -> Value:
        return self._relations[relation](left, right)

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        return self._choose(condition, yes, no)

    def integer(self, value: Value) -> int:
        return _integer(value)


FLOATS = Floats()
FRACTIONS = Fractions()


@cache
def high_precision(digits: int = WORKING_DIGITS) -> HighPrecision:
    """The algebra with that many digits, made once."""
    return HighPrecision(digits)


@cache
def symbolic() -> Symbolic:
    """SymPy's algebra, made once."""
    return Symbolic()
