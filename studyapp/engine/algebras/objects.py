"""What the algebras over Python objects share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studyapp.engine.algebras.algebra import Value, vectorised, whole


class Objects:
    """Powers, quotients and functions by what an algebra was made with; elementwise comparison and choice."""

    _power: Callable[..., Value]
    _divide: Callable[..., Value]
    _functions: Mapping[str, Callable[..., Value]]

    def power(self, base: Value, exponent: Value) -> Value:
        return self._power(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        return self._divide(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        return self._functions[function](value)

    def compare(self, relation: str, left: Value, right: Value) -> Value:
        return _COMPARE[relation](left, right)

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        return _CHOOSE(condition, yes, no)

    def maximum(self, left: Value, right: Value) -> Value:
        return _LARGER(left, right)

    def minimum(self, left: Value, right: Value) -> Value:
        return _SMALLER(left, right)

    def integer(self, value: Value) -> int:
        return whole(value)


_COMPARE: dict[str, Callable[..., Value]] = {
    "<": vectorised(lambda a, b: a < b, 2),
    "<=": vectorised(lambda a, b: a <= b, 2),
    ">": vectorised(lambda a, b: a > b, 2),
    ">=": vectorised(lambda a, b: a >= b, 2),
    "==": vectorised(lambda a, b: a == b, 2),
    "!=": vectorised(lambda a, b: a != b, 2),
}
_CHOOSE = vectorised(lambda condition, yes, no: yes if condition else no, 3)
_LARGER = vectorised(lambda a, b: a if a >= b or a != a else b, 2)
_SMALLER = vectorised(lambda a, b: a if a <= b or a != a else b, 2)
