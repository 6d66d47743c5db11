"""What a way to compute with a formula is; and the quickest of the four, NumPy's floats.

A formula of the catalogue is written once, over the operations of an `Algebra`. Its elements are then floats, numbers
of 50 digits, exact fractions, or SymPy expressions. A value is one element or a NumPy array of them (dtype object
except for floats). What is not defined is `nan` in the numeric algebras, never an exception.
"""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar, Protocol

import numpy as np

from studyapp.domain.expression import Relation
from studyapp.domain.limits import COUNTED

Value = Any  # one element, or a NumPy array of elements
Operation = Callable[..., Value]

MOST_POWER_BITS = 65_536  # bits of an exact power
MOST_LITERALS = 4096  # written numbers that an algebra keeps


class Inexact(ArithmeticError):
    """An operation has no exact rational result."""


class Problem(ValueError):
    """A value that mathematics or an author's text does not allow; the message says which, in English."""


COUNTING: Mapping[str, Callable[..., int]] = {"factorial": math.factorial, "comb": math.comb}
"""Functions of whole numbers from 0 on that every algebra knows under `count`."""


def counted(function: str, *values: Any) -> int | None:
    """The value of a function of whole numbers, None where one of them is none; raises `Problem` for a large one."""
    if any(value > COUNTED for value in values):
        raise Problem("a value is too large to be computed")
    if not all(value >= 0 and value == int(value) for value in values):  # nan is neither
        return None
    return COUNTING[function](*map(int, values))


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

    def count(self, function: str, *values: Value) -> Value:
        """One of `COUNTING`, elementwise."""

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


def vectorised(function: Callable[..., Any], arity: int) -> Operation:
    """A function of elements, made to act elementwise on arrays of objects; plain elements stay plain."""
    elementwise = np.frompyfunc(function, arity, 1)

    def apply(*values: Any) -> Any:
        # NumPy takes longer to look at plain elements than most functions take: 5 µs.
        return elementwise(*values) if any(isinstance(value, np.ndarray) for value in values) else function(*values)

    return apply


class ElementwiseAlgebra:
    """Powers, quotients and functions by what an algebra was made with; elementwise comparison and choice."""

    # Only nan differs from itself.
    where: Operation = staticmethod(vectorised(lambda condition, yes, no: yes if condition else no, 3))
    maximum: Operation = staticmethod(vectorised(lambda a, b: a if a >= b or a != a else b, 2))
    minimum: Operation = staticmethod(vectorised(lambda a, b: a if a <= b or a != a else b, 2))
    integer = staticmethod(whole)
    _power: Operation
    _divide: Operation
    _functions: Mapping[str, Operation]

    def power(self, base: Value, exponent: Value) -> Value:
        return self._power(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        return self._divide(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        return self._functions[function](value)

    def count(self, function: str, *values: Value) -> Value:
        return vectorised(partial(self._counted, function), len(values))(*values)

    def _counted(self, function: str, *values: Any) -> Any:
        """Of one element each; what has no value is what the algebra says."""
        raise NotImplementedError

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        return _COMPARE[relation](left, right)


_COMPARE: dict[str, Operation] = {
    "<": vectorised(lambda a, b: a < b, 2),
    "<=": vectorised(lambda a, b: a <= b, 2),
    ">": vectorised(lambda a, b: a > b, 2),
    ">=": vectorised(lambda a, b: a >= b, 2),
    "==": vectorised(lambda a, b: a == b, 2),
    "!=": vectorised(lambda a, b: a != b, 2),
}


_ERF = np.vectorize(math.erf, otypes=[float])  # of one number it makes an array without axes, which is no element


def _float_counted(function: str, *values: Any) -> float:
    number = counted(function, *values)
    try:
        return math.nan if number is None else float(number)
    except OverflowError:
        return math.inf


_COUNT = {
    "factorial": vectorised(partial(_float_counted, "factorial"), 1),
    "comb": vectorised(partial(_float_counted, "comb"), 2),
}


class Floats:
    """NumPy, float64; nothing here silences NumPy: overflow and division by zero are values."""

    name = "numpy"
    power = staticmethod(np.power)
    divide = staticmethod(np.true_divide)
    maximum = staticmethod(np.maximum)
    minimum = staticmethod(np.minimum)
    integer = staticmethod(whole)

    _functions: ClassVar[dict[str, Operation]] = {
        **{name: getattr(np, name) for name in ELEMENTARY if name != "erf"},
        "erf": lambda x: _ERF(x)[()],
        "round": lambda x: np.sign(x) * np.floor(np.abs(x) + 0.5),
    }
    _relations: ClassVar[dict[str, Operation]] = {
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

    def apply(self, function: str, value: Value) -> Value:
        return self._functions[function](value)

    def count(self, function: str, *values: Value) -> Value:
        return np.asarray(_COUNT[function](*values), dtype=np.float64)[()]

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        return self._relations[relation](left, right)

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        chosen = np.asarray(np.where(condition, yes, no))
        return chosen[()] if chosen.ndim == 0 else chosen


FLOATS = Floats()
