"""A step of any optimiser of the catalogue, taken by all parameters of a network together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.floats import FLOATS
from studyapp.engine.catalogue.arguments import Array
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.families import FAMILIES
from studyapp.engine.networks.network import Gradients, Network

STEPS: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in FAMILIES["optimiser"]})
CHOSEN = ("w", "g", "t", "rate", "decay")
"""Arguments of steps that are no memory: weights, gradients, the number of the step, and two numbers one chooses."""


@dataclass(frozen=True, slots=True)
class Optimiser:
    """A step by its name, the learning rate, and whatever else the step takes (`mu`, `decay`, …)."""

    step: str = "sgd_step"
    rate: float = 0.1
    options: Mapping[str, float | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.step not in STEPS:
            raise Problem(f"unknown optimiser step {self.step!r}")

    @property
    def remembered(self) -> tuple[str, ...]:
        """The names of what the step carries from one time to the next."""
        return tuple(name for name in STEPS[self.step].argument_names if name not in CHOSEN)


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What an optimiser carries along: how many steps it took, and one vector for each remembered name."""

    taken: int
    states: tuple[Array, ...]


def fresh(optimiser: Optimiser, network: Network) -> Memory:
    """The memory before the first step: zeros."""
    size = _flat_parameters(network).size
    return Memory(0, tuple(np.zeros(size) for _ in optimiser.remembered))


def stepped(network: Network, gradients: Gradients, optimiser: Optimiser, memory: Memory) -> tuple[Network, Memory]:
    """The network after one step against the gradients, and what the optimiser remembers then.

    Raises `Problem` for options that the step does not take.
    """
    entry = STEPS[optimiser.step]
    known: dict[str, Any] = {
        **optimiser.options,
        **dict(zip(optimiser.remembered, memory.states, strict=True)),
        "w": _flat_parameters(network),
        "g": _flat(gradients.weights, gradients.bias),
        "rate": optimiser.rate,
    }
    if "t" in entry.argument_names:
        known["t"] = memory.taken + 1
    moved = entry.evaluate(FLOATS, [], known)
    weights, states = (moved[0], tuple(moved[1:])) if optimiser.remembered else (moved, ())
    return _with_parameters(network, weights), Memory(memory.taken + 1, states)


def _flat_parameters(network: Network) -> Array:
    return _flat([layer.weights for layer in network.layers], [layer.bias for layer in network.layers])


def _flat(weights: tuple[Array, ...] | list[Array], biases: tuple[Array | None, ...] | list[Array | None]) -> Array:
    """All weights, then all biases, as one vector."""
    return np.concatenate([*map(np.ravel, weights), *(bias for bias in biases if bias is not None)])


def _with_parameters(network: Network, vector: Array) -> Network:
    """The network with the parameters of a vector in the order of `_flat`."""
    shapes = [layer.weights.shape for layer in network.layers]
    ends = np.cumsum([*(rows * columns for rows, columns in shapes), *(_biases(network))])
    parts = np.split(vector, ends[:-1])
    weights = [part.reshape(shape) for part, shape in zip(parts, shapes, strict=False)]
    biases = parts[len(shapes) :]
    layers = tuple(
        replace(layer, weights=matrix, bias=None if layer.bias is None else bias)
        for layer, matrix, bias in zip(network.layers, weights, biases, strict=True)
    )
    return replace(network, layers=layers)


def _biases(network: Network) -> list[int]:
    return [0 if layer.bias is None else layer.bias.size for layer in network.layers]
