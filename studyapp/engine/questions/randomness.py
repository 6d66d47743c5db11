"""Random values for an exercise: exact, the same in every version, each name with a stream of its own.

Every value comes from `random.Random(f"{exercise}:{seed}:{name}").random()` alone, so that a line added to a key
changes no other value.
"""

import itertools
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TypeVar

import numpy as np

from studyapp.domain.expression import Call, Name, Node, Number, Vector, Word
from studyapp.domain.limits import ARRAY_ELEMENTS, DRAW_DIGITS, MATRIX_ROWS, REDRAWS
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.algebras.matrices import det
from studyapp.engine.interpretation import Environment, evaluate

Item = TypeVar("Item")
NORMAL_PARTS = 10**6  # of a uniform number within a normal one
Drawn = Decimal | str | tuple["Drawn", ...]  # an exact number, a word, or a vector or matrix of them


class Stream:
    """The random numbers of one name; a redraw goes on where the last drawing stopped."""

    def __init__(self, exercise: str, seed: int, name: str) -> None:
        self._source = random.Random(f"{exercise}:{seed}:{name}")

    def uniform(self) -> float:
        """A number from 0 to 1."""
        return self._source.random()

    def below(self, count: int) -> int:
        """A whole number from 0 to count − 1."""
        return int(self._source.random() * count)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """The items in random order (Fisher–Yates)."""
        row = list(items)
        for last in range(len(row) - 1, 0, -1):
            other = self.below(last + 1)
            row[last], row[other] = row[other], row[last]
        return row

    def grid(self, low: Decimal, high: Decimal, digits: int) -> Decimal:
        """A decimal from low to high, both included, with that many places."""
        step = Decimal(1).scaleb(-digits)
        count = int((high - low) / step) + 1
        if count < 1:
            raise Problem(f"no number from {low} to {high}")
        return low + step * self.below(count)


def draw_value(call: Node, stream: Stream, known: Environment) -> Drawn:
    """The value of one `draw:` line; `known` are the exact values drawn before. Raises `Problem`."""
    if not isinstance(call, Call) or call.function not in DRAWS:
        raise Problem(f"draw knows {', '.join(DRAWS)}")
    options = {name: int(_exact(value, known)) for name, value in call.options}
    if sum(len(str(option)) for option in options.values()) > DRAW_DIGITS:
        raise Problem(f"{call.function}: an option is too large")
    if call.function in ("pick", "sample"):
        return DRAWS[call.function](stream, *(_item(argument, known) for argument in call.arguments))
    numbers = [_exact(argument, known) for argument in call.arguments]
    try:
        return DRAWS[call.function](stream, *numbers, **options)
    except TypeError as error:
        raise Problem(f"{call.function}: wrong number of values, or an unknown option") from error
    except (ArithmeticError, ValueError) as error:
        raise error if isinstance(error, Problem) else Problem(f"{call.function}: the bounds are too large") from error


def _exact(node: Node, known: Environment) -> Decimal:
    if isinstance(node, Number):  # most bounds are plain numbers
        return node.value
    value = evaluate(node, known, FRACTIONS)
    if not isinstance(value, Fraction):
        raise Problem("a draw takes plain numbers")
    return Decimal(value.numerator) / value.denominator


def _item(node: Node, known: Mapping[str, object]) -> Drawn:
    """A word, a number, or a vector or matrix of them."""
    match node:
        case Word(text):
            return text
        case Name(name) if name not in known:
            return name
        case Vector(items):
            return tuple(_item(item, known) for item in items)
        case _:
            return _exact(node, known)


def _size(count: Decimal) -> int:
    if count != int(count) or not 1 <= count <= ARRAY_ELEMENTS:
        raise Problem(f"a size is a whole number from 1 to {ARRAY_ELEMENTS}, found {count}")
    return int(count)


def _digits(digits: int) -> int:
    if not 0 <= digits <= DRAW_DIGITS:
        raise Problem(f"digits go from 0 to {DRAW_DIGITS}, found {digits}")
    return digits


def _decimals(stream: Stream, count: Decimal, low: Decimal, high: Decimal, digits: int = 1) -> Drawn:
    return tuple(stream.grid(low, high, _digits(digits)) for _ in range(_size(count)))


def _matrix(stream: Stream, rows: Decimal, columns: Decimal, low: Decimal, high: Decimal, digits: int = 1) -> Drawn:
    _size(rows * columns)
    return tuple(_decimals(stream, columns, low, high, digits) for _ in range(_size(rows)))


def _probabilities(stream: Stream, count: Decimal, digits: int = 2) -> Drawn:
    """Strictly positive decimals with sum 1: the gaps between distinct cuts of the unit interval."""
    size, parts = _size(count), 10 ** _digits(digits)
    if size > parts:
        raise Problem(f"{size} probabilities need more digits than {digits}")
    cuts: set[int] = set()
    while len(cuts) < size - 1:
        cuts.add(1 + stream.below(parts - 1))
    ends = [0, *sorted(cuts), parts]
    return tuple(Decimal(b - a).scaleb(-digits) for a, b in itertools.pairwise(ends))


def _normal(stream: Stream, mean: Decimal, std: Decimal, digits: int = 1) -> Drawn:
    """The sum of twelve uniform numbers, less six: nearly normal, within six deviations, and exact everywhere."""
    parts = sum(stream.below(NORMAL_PARTS) for _ in range(12))
    step = Decimal(1).scaleb(-_digits(digits))
    return (mean + std * (Decimal(parts) / NORMAL_PARTS - 6)).quantize(step, ROUND_HALF_EVEN)


def _distinct(stream: Stream, count: Decimal, low: Decimal, high: Decimal) -> Drawn:
    """The first places of a shuffling of all integers between, of which only those exchanged are kept."""
    size, start = _size(count), low.to_integral_value(ROUND_CEILING)
    total = int(high.to_integral_value(ROUND_FLOOR) - start) + 1
    if size > total:
        raise Problem(f"{size} different integers are more than there are from {low} to {high}")
    exchanged: dict[int, int] = {}
    drawn = []
    for place in range(size):
        other = place + stream.below(total - place)
        drawn.append(start + exchanged.get(other, other))
        exchanged[other] = exchanged.get(place, place)
    return tuple(drawn)


def _permutation(stream: Stream, count: Decimal) -> Drawn:
    return tuple(map(Decimal, stream.shuffled(range(_size(count)))))


def _symmetric(stream: Stream, size: Decimal, low: Decimal, high: Decimal) -> Drawn:
    rows = range(_rows(size))
    upper = {(i, j): stream.grid(low, high, 0) for i in rows for j in rows if i <= j}
    return tuple(tuple(upper[min(i, j), max(i, j)] for j in rows) for i in rows)


def _invertible(stream: Stream, size: Decimal, low: Decimal, high: Decimal) -> Drawn:
    rows = range(_rows(size))
    for _ in range(REDRAWS):
        drawn = tuple(tuple(stream.grid(low, high, 0) for _ in rows) for _ in rows)
        matrix = np.array([[Fraction(entry) for entry in row] for row in drawn], dtype=object)
        if det(FRACTIONS, matrix):
            return drawn
    raise Problem(f"no matrix from {low} to {high} has an inverse")


def _rows(size: Decimal) -> int:
    if _size(size) > MATRIX_ROWS:
        raise Problem(f"a matrix of {MATRIX_ROWS} rows at most, found {size}")
    return int(size)


def _pick(stream: Stream, *items: Drawn) -> Drawn:
    if not items:
        raise Problem("pick of nothing")
    return stream.pick(items)


def _sample(stream: Stream, count: Drawn, *items: Drawn) -> Drawn:
    if not isinstance(count, Decimal) or not 1 <= count <= len(items):
        raise Problem(f"sample of {count} from {len(items)}")
    return tuple(stream.shuffled(items)[: int(count)])


DRAWS: dict[str, Callable[..., Drawn]] = {
    "decimal": lambda stream, low, high, digits=1: stream.grid(low, high, _digits(digits)),
    "decimals": _decimals,
    "matrix": _matrix,
    "normal": _normal,
    "distinct": _distinct,
    "permutation": _permutation,
    "symmetric": _symmetric,
    "invertible": _invertible,
    "integer": lambda stream, low, high: stream.grid(low, high, 0),
    "integers": lambda stream, count, low, high: _decimals(stream, count, low, high, 0),
    "index": lambda stream, count: Decimal(stream.below(_size(count))),
    "probabilities": _probabilities,
    "pick": _pick,
    "sample": _sample,
    "sign": lambda stream: stream.pick((Decimal(1), Decimal(-1))),
}
