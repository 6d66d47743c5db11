"""What has to stand at a place of a formula for the whole to have a given value: operations undone one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from studyapp.domain.expression import Binary, Call, Negate, Node, Number
from studyapp.engine.deciding.bench import Bench, Spot
from studyapp.engine.deciding.sampling import Column


def required(bench: Bench, whole: Column) -> Iterator[tuple[Spot, Column]]:
    """Every place whose way to the root can be undone, with the values needed there; parents before children."""
    needed: dict[int, Column] = {}
    with np.errstate(all="ignore"):
        for spot in bench.spots:
            if spot.above is None:
                needed[id(spot)] = whole
            else:
                above = needed.get(id(spot.above))
                undone = None if above is None else _undone(bench, spot, spot.above, above)
                if undone is None:
                    continue
                needed[id(spot)] = undone
            yield spot, needed[id(spot)]


def _undone(bench: Bench, spot: Spot, above: Spot, value: Column) -> Column | None:
    """The operand that gives a value to the node above it, the other operand being what it is."""
    match above.node:
        case Negate():
            return -value
        case Binary(operator, left, right):
            if spot.index == 0:
                return _left(operator, value, bench.values_of(right), right, bench.values_of(left))
            return _right(operator, value, bench.values_of(left))
        case Call(function, (_,)):
            return _inverse(function, value)
        case _:
            return None


def _left(operator: str, value: Column, right: Column, exponent: Node, current: Column) -> Column | None:
    """A root of an even power has the sign of what stands there."""
    match operator:
        case "+":
            return value - right
        case "-":
            return value + right
        case "*":
            return value / right
        case "/":
            return value * right
        case _:
            odd = isinstance(exponent, Number) and exponent.value % 2 == 1
            return np.copysign(np.abs(value) ** (1 / right), value if odd else current)


def _right(operator: str, value: Column, left: Column) -> Column | None:
    match operator:
        case "+":
            return value - left
        case "-":
            return left - value
        case "*":
            return value / left
        case "/":
            return left / value
        case _:
            return np.log(value) / np.log(left)


_INVERSES: Mapping[str, Callable[[Column], Column]] = {
    "tanh": np.arctanh,
    "atanh": np.tanh,
    "sinh": np.arcsinh,
    "asinh": np.sinh,
    "atan": np.tan,
    "log1p": np.expm1,
    "expm1": np.log1p,
}


def _inverse(function: str, value: Column) -> Column | None:
    match function:
        case "exp":
            return np.log(value)
        case "log":
            return np.exp(value)
        case "log2":
            return np.exp2(value)
        case "log10":
            return 10.0**value
        case "sqrt":
            return np.square(value)
        case "tanh" | "sinh" | "asinh" | "atanh" | "atan" | "log1p" | "expm1":
            return _INVERSES[function](value)
        case "sigmoid":
            return np.log(value / (1 - value))
        case _:
            return None
