"""What a figure may have besides its curves: a second axis, a parameter, a descent; or a training run alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """A variable and the interval that is shown of it."""

    variable: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name in the curves that takes one of several values, the first one first."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Descent:
    """Gradient descent on the first curve, from a place (a number an axis), at one of several rates."""

    start: tuple[float, ...]
    rates: tuple[float, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class Training:
    """Training of a network on the digits: units of its hidden layers, the rate, a choice of batch sizes, epochs."""

    hidden: tuple[int, ...]
    rate: float
    batches: tuple[int, ...]
    epochs: int
