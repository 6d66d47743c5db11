"""Random arguments for an entry, drawn from the domains that it declares: for tests, checks and demonstrations.

Every number is a fraction with a denominator that is a power of two, so that it is the same in every algebra.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from studyapp.engine.algebras.algebra import FLOATS, Algebra, Problem, Value
from studyapp.engine.catalogue.entry import ANY, Argument, Array, Domain, Entry, Option, Shape

FINE = 2**16
"""Parts of a unit in which numbers are drawn: kinks are met almost never."""
TRIES = 2000
SIZES = {"n": 2, "k": 3, "d": 2, "m": 3, "p": 2, "q": 3, "r": 2, "c": 3, "f": 4, "l": 3, "x": 4, "g": 8, "u": 6}
"""Sizes of the axes, unless a call says others."""


def sample(
    entry: Entry, random: Random, sizes: Mapping[str, int] = SIZES, *, options: bool = False
) -> tuple[list[Array], dict[str, Any]]:
    """Arguments for which the entry has a finite value, and options: other than the defaults if asked for.

    Where any shape is allowed it is a number, a vector or a matrix; where a batch of rows is, also one row. Raises
    `Problem` where `TRIES` drawings find none.
    """
    for _ in range(TRIES):
        rank, batched = int(random.random() * 3), random.random() < 0.5
        shapes = [_axes(argument, entry.shape, rank, batched=batched) for argument in entry.arguments]
        arguments = [
            _argument(argument, tuple(sizes[axis] for axis in axes), random, sizes)
            for argument, axes in zip(entry.arguments, shapes, strict=True)
        ]
        chosen = {name: _option(option, random) for name, option in entry.options.items()} if options else {}
        try:
            if np.all(np.isfinite(entry.evaluate(FLOATS, arguments, chosen))):
                return arguments, chosen
        except Problem:
            continue
    raise Problem(f"no arguments found for {entry.name}")


def carried(values: Array | float, algebra: Algebra) -> Value:
    """The same numbers, exactly, as elements of an algebra."""
    if algebra.name == "numpy":
        return np.asarray(values)[()]
    made = np.empty(np.shape(values), dtype=object)
    for place, value in np.ndenumerate(values):
        made[place] = algebra.number(Fraction(float(value)))
    return made[()]


def carried_options(options: Mapping[str, Any], algebra: Algebra) -> dict[str, Any]:
    """Options as elements of an algebra; words stay words."""
    return {name: value if isinstance(value, str) else carried(value, algebra) for name, value in options.items()}


def _axes(argument: Argument, shape: Shape, rank: int, *, batched: bool) -> str:
    if argument.axes.startswith(ANY):
        return ("", argument.axes[len(ANY) :] or "k", "nk")[rank]
    one_row = shape in (Shape.ROW, Shape.ROW_MAP) and not batched
    return argument.axes.removeprefix("n") if one_row else argument.axes


def _argument(argument: Argument, dimensions: tuple[int, ...], random: Random, sizes: Mapping[str, int]) -> Array:
    if argument.domain in _WHOLE:
        return _WHOLE[argument.domain](random, dimensions)
    draw = _labels(sizes["k"]) if argument.domain == Domain.INDEX else _ELEMENTS[argument.domain]
    numbers = [draw(random) for _ in range(int(np.prod(dimensions)))]
    drawn: Array = np.array(numbers, dtype=np.float64).reshape(dimensions)[()]
    return drawn


def _option(option: Option, random: Random) -> float | str:
    if option.words and (option.words != ("none",) or random.random() < 0.5):
        return random.choice(option.words)
    return _ELEMENTS[option.domain](random)


def _between(low: int, high: int) -> Callable[[Random], float]:
    """Numbers strictly between two whole ones."""
    return lambda random: low + (1 + int(random.random() * ((high - low) * FINE - 1))) / FINE


def _labels(count: int) -> Callable[[Random], float]:
    return lambda random: float(int(random.random() * count))


_ELEMENTS: dict[Domain, Callable[[Random], float]] = {
    Domain.REAL: _between(-3, 3),
    Domain.POSITIVE: _between(0, 4),
    Domain.NONNEGATIVE: _between(0, 4),
    Domain.ABOVE_MINUS_ONE: _between(-1, 4),
    Domain.UNIT: _between(0, 1),
    Domain.COSINE: _between(-1, 1),
    Domain.ANGLE: _between(0, 3),
    Domain.LABEL: lambda random: 1.0 if random.random() < 0.5 else -1.0,
    Domain.BIT: lambda random: 1.0 if random.random() < 0.5 else 0.0,
    Domain.SYMBOLS: _labels(3),
    Domain.COUNT: _labels(12),
    Domain.SIZE: lambda random: 1.0 + _labels(6)(random),
    Domain.BASE: _between(1, 11),
}


def _probabilities(random: Random, dimensions: tuple[int, ...]) -> Array:
    """Positive rows of sum 1."""
    *batch, length = dimensions
    rows = []
    for _ in range(int(np.prod(batch, dtype=int))):
        cuts = sorted(random.sample(range(1, FINE), length - 1))
        rows.append(np.diff([0, *cuts, FINE]) / FINE)
    drawn: Array = np.array(rows).reshape(dimensions)
    return drawn


def _joint(random: Random, dimensions: tuple[int, ...]) -> Array:
    drawn: Array = _probabilities(random, (int(np.prod(dimensions)),)).reshape(dimensions)
    return drawn


def _box(random: Random, _: tuple[int, ...]) -> Array:
    draw = _between(0, 4)
    (left, right), (top, bottom) = sorted((draw(random), draw(random))), sorted((draw(random), draw(random)))
    return np.array([left, top, right, bottom])


def _covariance(random: Random, dimensions: tuple[int, ...]) -> Array:
    """A matrix times its transpose, and more on the diagonal."""
    size = dimensions[0]
    factor = np.array([[int(random.random() * 64) / 32 - 1 for _ in range(size)] for _ in range(size)])
    return np.asarray(factor @ factor.T + np.eye(size))


_WHOLE: dict[Domain, Callable[[Random, tuple[int, ...]], Array]] = {
    Domain.PROBABILITY: _probabilities,
    Domain.JOINT: _joint,
    Domain.BOX: _box,
    Domain.COVARIANCE: _covariance,
}
