"""The values of one drawing, three ways: exact where they are, with 50 digits, and as floats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from studyapp.domain.expression import Node, names_in
from studyapp.engine.algebra import FLOATS, FRACTIONS, Inexact, Problem, Value, high_precision
from studyapp.engine.interpretation import CONSTANTS, evaluate, holds
from studyapp.engine.randomness import Drawn

PRECISE = high_precision()


@dataclass(slots=True)
class Values:
    """What the names of a drawing stand for. `exact` lacks the names whose values are not rational."""

    exact: dict[str, Value] = field(default_factory=dict)
    precise: dict[str, Value] = field(default_factory=dict)
    floats: dict[str, Value] = field(default_factory=dict)

    def bind_exact(self, name: str, value: Value) -> None:
        """Let a name stand for a word, an exact number or an array of them."""
        self.exact[name] = value
        self.precise[name] = _converted(value, PRECISE.number)
        self.floats[name] = _as_floats(value)

    def bind(self, name: str, node: Node) -> None:
        """Let a name stand for what an expression gives."""
        exact = self.exactly(node)
        if exact is not None:
            self.bind_exact(name, exact)
        else:
            self.precise[name] = self.precisely(node)
            self.floats[name] = evaluate(node, self.floats, FLOATS)

    def exactly(self, node: Node) -> Value | None:
        """The exact value of an expression, None where it has none."""
        if not names_in(node) <= self.exact.keys():
            known = self.precise.keys() | set(CONSTANTS)
            if names_in(node) <= known:
                return None
        try:
            return evaluate(node, self.exact, FRACTIONS)
        except Inexact:
            return None

    def precisely(self, node: Node) -> Value:
        """The value of an expression to 50 digits."""
        return evaluate(node, self.precise, PRECISE)

    def meets(self, node: Node) -> bool:
        """Whether a condition holds, judged with 50 digits."""
        return holds(self.precisely(node))

    def as_json(self, names: Iterable[str]) -> dict[str, Any]:
        """The named values as numbers, words and lists."""
        return {name: _plain(self.floats[name]) for name in names}


def exact_value(drawn: Drawn) -> Value:
    """A drawn value as fractions."""
    if isinstance(drawn, str):
        return drawn
    if isinstance(drawn, Decimal):
        return Fraction(drawn)
    items = [exact_value(one) for one in drawn]
    if items and isinstance(items[0], np.ndarray):
        return np.stack(items)
    row = np.empty(len(items), dtype=object)
    row[:] = items
    return row


def decimal_of(value: Value, digits: int) -> Decimal:
    """A number of any algebra to that many places, half-up. Raises `Problem` where it is not finite."""
    exact = fraction_of(value)
    scaled = abs(exact) * 10**digits + Fraction(1, 2)
    magnitude = scaled_decimal(scaled.numerator // scaled.denominator, digits)
    return magnitude.copy_negate() if exact < 0 and magnitude else magnitude


def scaled_decimal(whole: int, places: int) -> Decimal:
    """Whole · 10^−places, exact whatever the decimal context says."""
    return Decimal(f"{whole}e-{places}")


def fraction_of(value: Value) -> Fraction:
    """The exact fraction that a number of any algebra holds. Raises `Problem` where it is not finite."""
    if isinstance(value, Fraction | int | Decimal):
        return Fraction(value)
    if isinstance(value, float | np.floating | np.integer):
        if not np.isfinite(value):
            raise Problem(f"the value is {value}")
        return Fraction(float(value))
    if not PRECISE.context.isfinite(value):
        raise Problem(f"the value is {value}")
    mantissa, exponent = PRECISE.context.mpf(value).man_exp
    sign = -1 if value < 0 else 1
    return sign * abs(int(mantissa)) * Fraction(2) ** int(exponent)


def _converted(value: Value, convert: Any) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray):
        if value.size and isinstance(value.flat[0], str):
            return value
        return np.frompyfunc(convert, 1, 1)(value)
    return convert(value)


def _as_floats(value: Value) -> Value:
    converted = _converted(value, lambda x: np.float64(float(x)))
    if isinstance(converted, np.ndarray) and not (converted.size and isinstance(converted.flat[0], str)):
        return converted.astype(np.float64)
    return converted


def _plain(value: Value) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        return value
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
