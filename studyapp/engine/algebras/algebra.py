"""What a way to compute with a formula is; there are four.

A formula of the catalogue is written once, over the operations of an `Algebra`. Its elements are then floats, numbers
of 50 digits, exact fractions, or SymPy expressions. A value is one element or a NumPy array of them (dtype object
except for floats). What is not defined is `nan` in the numeric algebras, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from studyapp.domain.expression import Relation

Value = Any
"""One element, or a NumPy array of elements."""

MOST_POWER_BITS = 65_536
"""Bits of an exact power."""
MOST_LITERALS = 4096
"""Written numbers that an algebra keeps."""


class Inexact(ArithmeticError):
    """An operation has no exact rational result."""


class Problem(ValueError):
    """A value that mathematics or an author's text does not allow; the message says which, in English."""


def whole(value: Any) -> int:
    """The whole number that a value is; raises `Problem` where it is none."""
    if isinstance(value, np.ndarray) or value != int(value):
        raise Problem(f"a whole number is needed, found {value}")
    return int(value)


class Algebra(Protocol):
    """The operations that formulas are written in; all act elementwise on arrays."""

    name: str

    def number(self, value: Decimal | Fraction | float) -> Value:
        """The element for an exact number."""

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

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        """Whether `<`, `<=`, `>`, `>=`, `==` or `!=` holds, elementwise."""

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        """`yes` where the condition holds, `no` elsewhere; both are computed."""

    def integer(self, value: Value) -> int:
        """The whole number that a size or an index is; raises `Problem` where it is none."""


_CIRCULAR = ("sin", "cos", "tan", "asin", "acos", "atan")
_HYPERBOLIC = ("sinh", "cosh", "tanh", "asinh", "acosh", "atanh")
ELEMENTARY = (
    *("abs", "sqrt", "exp", "log", "expm1", "log1p", *_CIRCULAR, *_HYPERBOLIC),
    *("sign", "erf", "floor", "round"),
)
"""Functions of one variable that every algebra knows under `apply`; `log` is the natural logarithm."""

GROWING = frozenset({"exp", "expm1", "sin", "cos", "tan", "sinh", "cosh"})
"""Those whose computation grows with the size of the argument."""


def vectorised(function: Callable[..., Any], arity: int) -> Callable[..., Value]:
    """A function of elements, made to act elementwise on arrays of objects; plain elements stay plain."""
    made: Callable[..., Value] = np.frompyfunc(function, arity, 1)
    return made


class Objects:
    """Powers, quotients and functions by what an algebra was made with; elementwise comparison and choice."""

    where = staticmethod(vectorised(lambda condition, yes, no: yes if condition else no, 3))
    maximum = staticmethod(vectorised(lambda a, b: a if a >= b or a != a else b, 2))  # only nan differs from itself
    minimum = staticmethod(vectorised(lambda a, b: a if a <= b or a != a else b, 2))
    integer = staticmethod(whole)
    _power: Callable[..., Value]
    _divide: Callable[..., Value]
    _functions: Mapping[str, Callable[..., Value]]

    def power(self, base: Value, exponent: Value) -> Value:
        return self._power(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        return self._divide(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        return self._functions[function](value)

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        return _COMPARE[relation](left, right)


_COMPARE: dict[str, Callable[..., Value]] = {
    "<": vectorised(lambda a, b: a < b, 2),
    "<=": vectorised(lambda a, b: a <= b, 2),
    ">": vectorised(lambda a, b: a > b, 2),
    ">=": vectorised(lambda a, b: a >= b, 2),
    "==": vectorised(lambda a, b: a == b, 2),
    "!=": vectorised(lambda a, b: a != b, 2),
}
