"""How a reader gives up, and the bounds beyond which it does: on a text, and on the size of what it computes to.

The size of a constant is estimated, never computed, by its sign, the binary logarithm of its magnitude, and the bits of
its exact fraction; a symbol counts as a number of a few bits. What is beyond a bound is refused before anything runs.
"""

import math
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, NoReturn

from studyapp.domain import limits
from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, Span, children
from studyapp.domain.functions import BY_NAME
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable

_LONGEST = 40  # characters of what was found that a sentence repeats


class RefusalError(Exception):
    """Carries an `Unreadable` from the depth of a reader to its door, where it becomes a value."""

    def __init__(self, unreadable: Unreadable) -> None:
        super().__init__(unreadable.code)
        self.unreadable = unreadable

    def in_signs_of(self, text: str) -> Unreadable:
        """What is wrong with a typed text, powers written with `^` unless the text has `**`."""
        unreadable = self.unreadable
        if "**" in text:
            return unreadable
        readings = tuple(reading.replace("**", "^") for reading in unreadable.readings)
        return replace(unreadable, nearest=unreadable.nearest.replace("**", "^"), readings=readings)


def refuse(code: str, span: Span, found: str = "", *, nearest: str = "", readings: tuple[str, ...] = ()) -> NoReturn:
    """Give the text up, saying where and why; what was found is no suggestion for itself."""
    short = found if len(found) <= _LONGEST else found[: _LONGEST - 1] + "…"
    raise RefusalError(Unreadable(code, span, visible(short), "" if nearest == found else nearest, readings))


def visible(text: str) -> str:
    """The text with control and formatting characters spelt out (`U+001B`), so that a terminal shows them inert."""
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a text may be, in characters and in tokens."""

    characters: int
    tokens: int


AUTHOR = Limits(limits.AUTHOR_CHARACTERS, limits.AUTHOR_TOKENS)
LEARNER = Limits(limits.ANSWER_CHARACTERS, limits.ANSWER_TOKENS)


class _Size(NamedTuple):
    sign: float
    log2: float
    bits: float

    @property
    def value(self) -> float:
        if self.log2 > 1000:
            return self.sign * math.inf
        return self.sign * 2.0**self.log2 if self.log2 > -1000 else 0.0


_SMALL = frozenset("+-*/")
_SYMBOL, _E = _Size(1.0, 1.0, 8.0), _Size(1.0, math.log2(math.e), 8.0)


def check_size(node: Node) -> None:
    """Refuse a tree that is too deep, or one of whose constant results would be too large (or too near 0)."""
    level, nodes = [node], [node]
    for _ in range(limits.TREE_DEPTH):
        level = list(chain.from_iterable(map(children, level)))
        if not level:
            if not _are_small(nodes):
                _size(node)
            return
        nodes += level
    refuse("too-deep", node.span, str(limits.TREE_DEPTH))


def check_length(text: str, most: Limits) -> None:
    """Refuse an empty text and one beyond the limit."""
    if len(text) > most.characters:
        refuse("too-long", (most.characters, len(text)), str(most.characters))
    if not text.strip():
        refuse("empty", (0, len(text)))


def _are_small(nodes: Iterable[Node]) -> bool:
    """Whether the digits of a tree's numbers alone, with all its powers, keep it small: it is for almost every one."""
    bits, power = 0.0, 1.0
    for node in nodes:
        if isinstance(node, Name):
            bits += _SYMBOL.bits
        elif isinstance(node, Number):
            bits += _of_decimal(node.value).bits
        elif isinstance(node, Binary) and node.operator in _SMALL:
            bits += 1
        elif isinstance(node, Binary) and node.operator == "**" and isinstance(node.right, Number):
            power *= max(1.0, abs(float(node.right.value)))
        elif not isinstance(node, Negate):
            return False
    return bits * power <= min(limits.RESULT_BITS, limits.RESULT_LOG2)


def _size(node: Node) -> _Size:
    if isinstance(node, Name):
        return _E if node.name == "e" else _SYMBOL
    match node:
        case Binary(operator, left, right):
            size = _of_binary(operator, _size(left), _size(right))
        case Number(value):
            size = _of_decimal(value)
        case Negate(operand):
            sign, log2, bits = _size(operand)
            size = _Size(-sign, log2, bits)
        case _:
            sizes = [_size(child) for child in children(node)]
            size = _of_call(node.function, sizes[0]) if isinstance(node, Call) and len(sizes) == 1 else _SYMBOL
    if not (abs(size.log2) <= limits.RESULT_LOG2 or size.sign == 0) or size.bits > limits.RESULT_BITS:
        refuse("too-large", node.span)
    return size


@lru_cache(maxsize=1024)
def _of_decimal(value: Decimal) -> _Size:
    _, digits, exponent = value.as_tuple()
    if not value or not isinstance(exponent, int):
        return _Size(0.0, 0.0, 1.0)
    mantissa = float(Decimal((0, digits[:15], 0)))
    log2 = math.log2(mantissa) + (len(digits[15:]) + exponent) * math.log2(10) if mantissa else 0.0
    return _Size(-1.0 if value < 0 else 1.0, log2, (len(digits) + abs(exponent)) * math.log2(10))


def _of_binary(operator: str, left: _Size, right: _Size) -> _Size:
    bits = left.bits + right.bits + 1
    match operator:
        case "+":
            return _sum(left, right, bits)
        case "-":
            return _sum(left, _Size(-right.sign, right.log2, right.bits), bits)
        case "*" | "@" | "⊙":
            return _Size(left.sign * right.sign, left.log2 + right.log2, bits)
        case "/" if right.sign == 0:
            return _SYMBOL
        case "/":
            return _Size(left.sign * right.sign, left.log2 - right.log2, bits)
        case _:
            return _power(left, right)


def _sum(left: _Size, right: _Size, bits: float) -> _Size:
    if left.sign == 0 or right.sign == 0:
        kept = right if left.sign == 0 else left
        return _Size(kept.sign, kept.log2, bits)
    top = max(left.log2, right.log2)
    total = sum(size.sign * 2.0 ** max(size.log2 - top, -1000.0) for size in (left, right))
    if total == 0:
        return _Size(0.0, 0.0, bits)
    return _Size(math.copysign(1.0, total), top + math.log2(abs(total)), bits)


def _power(base: _Size, exponent: _Size) -> _Size:
    if base.sign == 0 or exponent.sign == 0:
        return _Size(1.0, 0.0, 1.0)
    if base.log2 == 0 and base.bits <= 4:
        return _Size(base.sign, 0.0, 1.0)
    times = exponent.value
    return _Size(1.0, base.log2 * times if base.log2 else 0.0, max(base.bits * abs(times), 1.0))


def _of_call(function: str, argument: _Size) -> _Size:
    row = BY_NAME.get(function)
    match row.growth if row else "":
        case "exponential" if function == "exp" or argument.value > 1:
            return _Size(1.0, argument.value * math.log2(math.e), 8.0)
        case "hyperbolic" if abs(argument.value) > 1:
            sign = argument.sign if function == "sinh" else 1.0
            return _Size(sign, abs(argument.value) * math.log2(math.e), 8.0)
        case "root":
            return _Size(argument.sign, argument.log2 / 2, argument.bits)
        case "size":
            return _Size(abs(argument.sign), argument.log2, argument.bits)
        case "factorial" if argument.value > 2:
            log2 = argument.value * argument.log2
            return _Size(1.0, log2, max(log2, 8.0))
        case "logarithm":
            natural = abs(argument.log2) * math.log(2)
            scale = math.log(int(function[3:])) if function != "log" else 1.0
            sign = math.copysign(1.0, argument.log2) if natural else 0.0
            return _Size(sign, math.log2(natural / scale) if natural else 0.0, 64.0)
        case _:
            return _SYMBOL
