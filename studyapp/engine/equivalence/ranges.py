"""Bounds of a formula over boxes of its symbols: interval arithmetic on many boxes at once, rounded outwards."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, walk
from studyapp.engine.equivalence.sampling import Column

MOST_BOXES = 512
MOST_SPLITS = 12

Range = tuple[Column, Column]  # lower and upper bounds, one element a box

_WIDER = 8 * np.finfo(np.float64).eps
_CONSTANTS = {"e": math.e, "pi": math.pi}
_EVERYTHING = (np.float64(-np.inf), np.float64(np.inf))


def range_of(node: Node, boxes: Mapping[str, Range]) -> Range:
    """Bounds of the values that a formula takes where it is defined; infinite where nothing is known."""
    with np.errstate(all="ignore"):
        return _range(node, boxes)


def is_refuted(trees: Sequence[tuple[Node, bool]], boxes: dict[str, Range]) -> bool:
    """Whether on every small enough box a formula is never positive; a weak one (True) must be negative."""
    for _ in range(MOST_SPLITS):
        kept = np.ones(len(next(iter(boxes.values()))[0]), dtype=bool)
        for tree, weak in trees:
            high = range_of(tree, boxes)[1]
            kept &= (high >= 0) if weak else (high > 0)
        if not kept.any():
            return True
        if 2 * np.count_nonzero(kept) > MOST_BOXES:
            return False
        boxes = _split({name: (low[kept], high[kept]) for name, (low, high) in boxes.items()})
    return False


def first_boxes(names: Sequence[str], bounds: Mapping[str, Range]) -> dict[str, Range]:
    """The domains cut at zero and at both sides of what numbers in formulas usually are."""
    cuts = []
    for name in names:
        low, high = (float(end) for end in bounds[name])
        inner = [cut for cut in (-100.0, -1.0, 0.0, 1.0, 100.0) if low < cut < high]
        ends = [low, *inner, high] if not (math.isfinite(low) and math.isfinite(high)) else [low, high]
        cuts.append(list(pairwise(ends)))
    grid = np.meshgrid(*(np.arange(len(cut)) for cut in cuts), indexing="ij")
    boxes: dict[str, Range] = {}
    for places, name, cut in zip(grid, names, cuts, strict=True):
        lows, highs = np.array(cut)[places.ravel()].T
        boxes[name] = lows, highs
    return boxes


def _split(boxes: dict[str, Range]) -> dict[str, Range]:
    """Every box in two, along its widest side; a side without end is cut at ten times its other end."""
    names = list(boxes)
    lows, highs = (np.stack([boxes[name][end] for name in names]) for end in range(2))
    with np.errstate(all="ignore"):
        widths = np.where(np.isfinite(highs - lows), highs - lows, np.inf)
        middles = (lows + highs) / 2
    middles = np.where(np.isinf(highs) & np.isfinite(lows), np.abs(lows) * 10 + 1, middles)
    middles = np.where(np.isinf(lows) & np.isfinite(highs), -np.abs(highs) * 10 - 1, middles)
    widest = np.argmax(widths, axis=0)
    columns = np.arange(lows.shape[1])
    left_highs, right_lows = highs.copy(), lows.copy()
    left_highs[widest, columns] = right_lows[widest, columns] = middles[widest, columns]
    both_lows = np.concatenate([lows, right_lows], axis=1)
    both_highs = np.concatenate([left_highs, highs], axis=1)
    return {name: (both_lows[i], both_highs[i]) for i, name in enumerate(names)}


def is_nowhere_defined(node: Node, boxes: Mapping[str, Range]) -> bool:
    """Whether a root or a logarithm of negative numbers alone is part of a formula."""
    for part in walk(node):
        if isinstance(part, Call) and part.function in ("log", "log2", "log10", "sqrt"):
            _, high = range_of(part.arguments[0], boxes)
            if np.max(high) < 0 or (np.max(high) == 0 and part.function != "sqrt"):
                return True
    return False


def _range(node: Node, boxes: Mapping[str, Range]) -> Range:
    match node:
        case Number(value):
            number = np.float64(value)
            return (number, number) if number == value else _outwards(number, number)
        case Name(name):
            if name in boxes:
                return boxes[name]
            constant = _CONSTANTS.get(name)
            return _EVERYTHING if constant is None else _outwards(np.float64(constant), np.float64(constant))
        case Negate(operand):
            low, high = _range(operand, boxes)
            return -high, -low
        case Binary("**", base, exponent):
            return _power(base, exponent, boxes)
        case Binary("*", left, right) if left == right:
            return _even(_range(left, boxes), 2)
        case Binary(operator, left, right):
            return _ARITHMETIC[operator](_range(left, boxes), _range(right, boxes))
        case Call("if", (_, yes, no)):
            first, second = _range(yes, boxes), _range(no, boxes)
            return np.minimum(first[0], second[0]), np.maximum(first[1], second[1])
        case Call(function, (argument,)) if function in _FUNCTIONS:
            return _known(*_FUNCTIONS[function](*_range(argument, boxes)))
        case Call(function, (first, second)) if function in _EXTREMES:
            (a, b), (c, d) = _range(first, boxes), _range(second, boxes)
            return _EXTREMES[function](a, c), _EXTREMES[function](b, d)
        case _:
            return _EVERYTHING


def _known(low: Column, high: Column) -> Range:
    """Nothing is known where arithmetic with infinite bounds has no result."""
    return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


def _outwards(low: Column, high: Column, room: tuple[Column, Column] | None = None) -> Range:
    """The bounds with room for rounding; whole numbers, 0 before all, come out of whole numbers and stay."""
    below, above = (np.abs(low), np.abs(high)) if room is None else room
    return _known(
        np.where(np.floor(low) == low, low, low - below * _WIDER),
        np.where(np.floor(high) == high, high, high + above * _WIDER),
    )


def _sum(left: Range, right: Range) -> Range:
    # Of large terms the rounding may be larger than the sum.
    room = tuple(np.maximum(np.abs(left[i]), np.abs(right[i])) for i in range(2))
    return _outwards(left[0] + right[0], left[1] + right[1], (room[0], room[1]))


def _product(left: Range, right: Range) -> Range:
    # Zero times a bound at infinity is zero: the bound is no value.
    products = [np.where((a == 0) | (b == 0), 0.0, a * b) for a in left for b in right]
    low, high = products[0], products[0]
    for bound in products[1:]:
        low, high = np.minimum(low, bound), np.maximum(high, bound)
    return _outwards(low, high)


def _quotient(left: Range, right: Range) -> Range:
    low, high = right
    one_signed = (low >= 0) | (high <= 0)
    inverse = (
        np.where(one_signed, np.where(high == 0, -np.inf, 1 / high), -np.inf),
        np.where(one_signed, np.where(low == 0, np.inf, 1 / low), np.inf),
    )
    return _product(left, _outwards(*inverse))


def _power(base: Node, exponent: Node, boxes: Mapping[str, Range]) -> Range:
    inner = _range(base, boxes)
    match exponent:
        case Number(value) if value == int(value) and 0 <= value <= 64:
            whole = int(value)
            return _even(inner, whole) if whole % 2 == 0 else _outwards(inner[0] ** whole, inner[1] ** whole)
        case Number(value) if value > 0:
            low, high = np.maximum(inner[0], 0.0), np.maximum(inner[1], 0.0)
            return _outwards(low ** float(value), high ** float(value))
        case Negate(Number(value)):
            positive = _power(base, Number(value), boxes)
            return _quotient((np.float64(1), np.float64(1)), positive)
        case _:  # the base is positive, or there is a value at single points alone
            return np.where(inner[0] >= 0, 0.0, -np.inf), np.where(inner[0] >= 0, np.inf, np.inf)


def _even(inner: Range, exponent: int) -> Range:
    low, high = inner
    outer = np.maximum(np.abs(low), np.abs(high)) ** exponent
    least = np.where((low <= 0) & (high >= 0), 0.0, np.minimum(np.abs(low), np.abs(high)) ** exponent)
    return _outwards(least, outer)


def _wave(function: Callable[[Any], Any], shift: float) -> Callable[[Column, Column], Range]:
    """Bounds of a wave whose crests are at `shift` and every period later."""

    def bounds(low: Column, high: Column) -> Range:
        turns = (low - shift) / (2 * math.pi), (high - shift) / (2 * math.pi)
        known = np.isfinite(low) & np.isfinite(high) & (np.maximum(np.abs(low), np.abs(high)) < 1e6)
        top = ~known | (np.floor(turns[1] + 1e-9) >= np.ceil(turns[0] - 1e-9))
        bottom = ~known | (np.floor(turns[1] + 0.5 + 1e-9) >= np.ceil(turns[0] + 0.5 - 1e-9))
        ends = function(np.where(known, low, 0.0)), function(np.where(known, high, 0.0))
        least, most = _outwards(np.minimum(*ends), np.maximum(*ends))
        return np.where(bottom, -1.0, least), np.where(top, 1.0, most)

    return bounds


def _rising(
    function: Callable[[Any], Any], least: float = -np.inf, most: float = np.inf
) -> Callable[[Column, Column], Range]:
    def bounds(low: Column, high: Column) -> Range:
        inner, outer = _outwards(function(low), function(high))
        return np.maximum(inner, least), np.minimum(outer, most)

    return bounds


def _absolute(low: Column, high: Column) -> Range:
    least = np.where((low <= 0) & (high >= 0), 0.0, np.minimum(np.abs(low), np.abs(high)))
    return least, np.maximum(np.abs(low), np.abs(high))


_ARITHMETIC: Mapping[str, Callable[[Range, Range], Range]] = {
    "+": _sum,
    "-": lambda left, right: _sum(left, (-right[1], -right[0])),
    "*": _product,
    "/": _quotient,
}
_EXTREMES = {"min": np.minimum, "minimum": np.minimum, "max": np.maximum, "maximum": np.maximum}
_FUNCTIONS: Mapping[str, Callable[[Column, Column], Range]] = {
    "exp": _rising(np.exp, least=0.0),
    "log": _rising(lambda x: np.log(np.maximum(x, 0.0))),
    "log2": _rising(lambda x: np.log2(np.maximum(x, 0.0))),
    "log10": _rising(lambda x: np.log10(np.maximum(x, 0.0))),
    "sqrt": _rising(lambda x: np.sqrt(np.maximum(x, 0.0)), least=0.0),
    "tanh": _rising(np.tanh, -1.0, 1.0),
    "sinh": _rising(np.sinh),
    "cosh": lambda low, high: _rising(np.cosh, least=1.0)(*_absolute(low, high)),
    "asinh": _rising(np.arcsinh),
    "atan": _rising(np.arctan, -math.pi / 2, math.pi / 2),
    "expm1": _rising(np.expm1, least=-1.0),
    "log1p": _rising(lambda x: np.log1p(np.maximum(x, -1.0))),
    "erf": lambda low, high: (np.where(low >= 0, 0.0, -1.0), np.where(high <= 0, 0.0, 1.0)),
    "sign": lambda low, high: (np.sign(low), np.sign(high)),
    "floor": lambda low, high: (np.floor(low), np.floor(high)),
    "abs": _absolute,
    "sin": _wave(np.sin, math.pi / 2),
    "cos": _wave(np.cos, 0.0),
}
