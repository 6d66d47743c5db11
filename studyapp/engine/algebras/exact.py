"""Exact algebras: rational numbers, whole numbers modulo a prime, and SymPy's expressions."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from studyapp.engine.algebras.algebra import (
    ELEMENTARY,
    MOST_LITERALS,
    MOST_POWER_BITS,
    ElementwiseAlgebra,
    Inexact,
    Problem,
    Value,
    counted,
    vectorised,
    whole,
)


def _half_up(value: Fraction) -> Fraction:
    """The nearest integer, ties away from zero: how keys are shown."""
    magnitude = Fraction(math.floor(abs(value) + Fraction(1, 2)))
    return magnitude if value >= 0 else -magnitude


_written: Callable[[Decimal], Fraction] = lru_cache(maxsize=MOST_LITERALS)(Fraction)


class Fractions(ElementwiseAlgebra):
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

    def _counted(self, function: str, *values: Any) -> Fraction:
        number = counted(function, *values)
        if number is None:
            raise Inexact(function)
        return Fraction(number)

    def number(self, value: Decimal | Fraction | float) -> Value:
        if isinstance(value, Decimal):
            return _written(value)
        return value if isinstance(value, Fraction) else Fraction(value)

    def constant(self, name: str) -> Value:
        raise Inexact(name)

    def apply(self, function: str, value: Value) -> Value:
        if function not in self._functions:
            raise Inexact(function)
        return super().apply(function, value)


FRACTIONS = Fractions()


class Residues(ElementwiseAlgebra):
    """Rational numbers modulo a prime of 127 bits, for whether two are equal: whole numbers that need no reducing.

    Different rational functions agree at a point modulo a prime `p` with a probability of about their degree by `p`
    (Schwartz, 1980; Zippel, 1979). `Inexact` where an order is asked for, or a divisor is 0.
    """

    name = "residues"
    prime = 2**127 - 1

    @lru_cache(maxsize=MOST_LITERALS)  # noqa: B019 — there is one of them
    def number(self, value: Decimal | Fraction | float) -> int:
        exact = Fraction(value)
        return exact.numerator * self._inverse(exact.denominator) % self.prime

    def divide(self, dividend: int, divisor: int) -> int:
        return dividend * self._inverse(divisor) % self.prime

    def power(self, base: int, exponent: int) -> int:
        times = exponent % self.prime
        if times > self.prime // 2:
            return pow(self._inverse(base), self.prime - times, self.prime)
        return pow(base, times, self.prime)

    def _inverse(self, value: int) -> int:
        if value % self.prime == 0:
            raise Inexact
        return pow(value, -1, self.prime)

    def _refused(self, *_: Any, **__: Any) -> Any:
        raise Inexact

    constant = apply = count = compare = where = maximum = minimum = _refused


RESIDUES = Residues()


class Symbolic(ElementwiseAlgebra):
    """SymPy; imported when the first one is made, for it costs more than all the rest together."""

    name = "sympy"

    def __init__(self) -> None:
        import sympy

        self._sympy = sympy
        names = {
            "abs": sympy.Abs,
            "round": lambda x: sympy.sign(x) * sympy.floor(sympy.Abs(x) + sympy.Rational(1, 2)),
            "expm1": lambda x: sympy.exp(x) - 1,
            "log1p": lambda x: sympy.log(1 + x),
        }
        self._functions = {name: vectorised(names.get(name) or getattr(sympy, name), 1) for name in ELEMENTARY}
        relations = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne}
        self._relations = {name: vectorised(relation, 2) for name, relation in relations.items()}
        self.maximum = vectorised(sympy.Max, 2)
        self.minimum = vectorised(sympy.Min, 2)
        self.where = vectorised(lambda c, yes, no: sympy.Piecewise((yes, c), (no, True)), 3)
        self._divide = vectorised(lambda a, b: sympy.sympify(a) / b, 2)
        self._power = vectorised(self._bounded_power, 2)

    def _bounded_power(self, base: Any, exponent: Any) -> Any:
        """The power; raises `Problem` where it is a number of too many digits: SymPy writes every one of them out."""
        base, exponent = self._sympy.sympify(base), self._sympy.sympify(exponent)
        if base.is_Rational and exponent.is_Rational:
            bits = int(base.p).bit_length() + int(base.q).bit_length()
            if bits * abs(exponent) > MOST_POWER_BITS:
                raise Problem("a power is too large for an exact value")
        return base**exponent

    def _counted(self, function: str, *values: Any) -> Any:
        number = counted(function, *map(whole, values))
        return self._sympy.nan if number is None else self._sympy.Integer(number)

    def number(self, value: Decimal | Fraction | float) -> Value:
        exact = Fraction(value)
        return self._sympy.Rational(exact.numerator, exact.denominator)

    def constant(self, name: str) -> Value:
        return {"e": self._sympy.E, "pi": self._sympy.pi}[name]

    def compare(self, relation: str, left: Value, right: Value) -> Value:
        return self._relations[relation](left, right)


@cache
def symbolic() -> Symbolic:
    """SymPy's algebra, made once."""
    return Symbolic()
