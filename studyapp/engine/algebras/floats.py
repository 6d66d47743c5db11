"""NumPy's floats: quick, and good to some fifteen digits.

Nothing here silences NumPy: overflow and division by zero are values, and `evaluate` runs under one `errstate`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import numpy as np

from studyapp.domain.expression import Relation
from studyapp.engine.algebras.algebra import Value, whole

_ERF = np.vectorize(math.erf, otypes=[float])
"""Of one number it makes an array without axes, which is no element."""


class Floats:
    """NumPy, float64."""

    name = "numpy"
    power = staticmethod(np.power)
    divide = staticmethod(np.true_divide)
    maximum = staticmethod(np.maximum)
    minimum = staticmethod(np.minimum)
    integer = staticmethod(whole)

    _functions: ClassVar[dict[str, Callable[[Value], Value]]] = {
        "abs": np.abs,
        "sqrt": np.sqrt,
        "exp": np.exp,
        "log": np.log,
        "expm1": np.expm1,
        "log1p": np.log1p,
        "sin": np.sin,
        "cos": np.cos,
        "tan": np.tan,
        "asin": np.arcsin,
        "acos": np.arccos,
        "atan": np.arctan,
        "sinh": np.sinh,
        "cosh": np.cosh,
        "tanh": np.tanh,
        "asinh": np.arcsinh,
        "acosh": np.arccosh,
        "atanh": np.arctanh,
        "sign": np.sign,
        "erf": lambda x: _ERF(x)[()],
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

    def apply(self, function: str, value: Value) -> Value:
        return self._functions[function](value)

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        return self._relations[relation](left, right)

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        chosen = np.asarray(np.where(condition, yes, no))
        return chosen[()] if chosen.ndim == 0 else chosen


FLOATS = Floats()
