"""A layered network without its numbers: sizes, activations, loss; and the relations between its quantities.

Notation: u weighted sum, z = f(u) activated value, w_ji the weight from unit i to unit j, δ_j = ∂E/∂u_j.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from types import MappingProxyType

from studyapp.domain.expression import Binary, Call, Name, Node
from studyapp.engine.algebras.trees import ONE, TWO, ZERO, add, divide, multiply, negate, power, subtract

HALF = Binary("/", ONE, TWO)


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes (inputs first), the activation of each layer behind the inputs, the loss, biases or none."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    bias: bool = True

    @property
    def depth(self) -> int:
        """Layers with weights."""
        return len(self.activations)

    @property
    def canonical(self) -> bool:
        """Whether ∂E/∂u of an output unit is y − t: its derivative is what the loss divides by."""
        return (self.activations[-1], self.loss) in {
            ("identity", "half_sse"),
            ("sigmoid", "binary_cross_entropy"),
            ("softmax", "cross_entropy"),
        }

    def units(self, layer: int) -> range:
        """The numbers of the units of a layer; layer 0 are the inputs."""
        return range(1, self.sizes[layer] + 1)

    def activated(self, layer: int, unit: int) -> str:
        """The name of what leaves a unit: an input, z, or y."""
        if layer == 0:
            return f"x_{unit}"
        return f"y_{unit}" if layer == self.depth else f"z{layer}_{unit}"

    def parameters(self) -> tuple[str, ...]:
        """The names of weights and biases, layer by layer."""
        names: list[str] = []
        for layer in range(1, self.depth + 1):
            for unit in self.units(layer):
                names += [f"w{layer}_{unit}_{source}" for source in self.units(layer - 1)]
            names += [f"b{layer}_{unit}" for unit in self.units(layer) if self.bias]
        return tuple(names)

    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return tuple(f"x_{unit}" for unit in self.units(0))

    def targets(self) -> tuple[str, ...]:
        """The names of the targets."""
        return tuple(f"t_{unit}" for unit in self.units(self.depth))

    def forward(self) -> Mapping[str, Node]:
        """Every u and z (the last ones y) by the names that it is computed from, in the order of computing."""
        return _forward(self)

    def weighted_sum(self, layer: int, unit: int) -> Node:
        """The weighted sum u of a unit."""
        terms = [
            multiply(Name(f"w{layer}_{unit}_{source}"), Name(self.activated(layer - 1, source)))
            for source in self.units(layer - 1)
        ]
        return total([*terms, Name(f"b{layer}_{unit}")] if self.bias else terms)

    def activation(self, layer: int, unit: int) -> Node:
        """The activated value z of a unit as a function of u."""
        u = Name(f"u{layer}_{unit}")
        match self.activations[layer - 1]:
            case "identity":
                return u
            case "softmax":
                every: list[Node] = [Call("exp", (Name(f"u{layer}_{one}"),)) for one in self.units(layer)]
                return divide(Call("exp", (u,)), total(every))
            case function:
                return Call(function, (u,))

    def error(self) -> Node:
        """E by outputs and targets."""
        pairs: list[tuple[Node, Node]] = [(Name(f"y_{unit}"), Name(f"t_{unit}")) for unit in self.units(self.depth)]
        if self.loss == "half_sse":
            return multiply(HALF, total([power(subtract(y, t), TWO) for y, t in pairs]))
        if self.loss == "cross_entropy":
            return negate(total([multiply(t, Call("log", (y,))) for y, t in pairs]))
        return total(
            [
                subtract(
                    negate(multiply(t, Call("log", (y,)))),
                    multiply(subtract(ONE, t), Call("log", (subtract(ONE, y),))),
                )
                for y, t in pairs
            ]
        )

    def as_json(self, numbers: dict[str, float] | None = None) -> dict[str, object]:
        """The network as scripts know it."""
        return {
            "layers": list(self.sizes),
            "activations": list(self.activations),
            "loss": self.loss,
            "bias": self.bias,
            "numbers": numbers,
        }


@lru_cache(maxsize=64)
def _forward(network: Architecture) -> Mapping[str, Node]:
    relations: dict[str, Node] = {}
    for layer in range(1, network.depth + 1):
        for unit in network.units(layer):
            relations[f"u{layer}_{unit}"] = network.weighted_sum(layer, unit)
        for unit in network.units(layer):
            relations[network.activated(layer, unit)] = network.activation(layer, unit)
    return MappingProxyType(relations)


def total(terms: list[Node]) -> Node:
    """The sum of terms, 0 of none."""
    return reduce(add, terms) if terms else ZERO


def slope(activation: str, u: Node, z: Node) -> Node:
    """f′(u) by the activated value where that is possible."""
    match activation:
        case "identity":
            return ONE
        case "sigmoid":
            return multiply(z, subtract(ONE, z))
        case "tanh":
            return subtract(ONE, power(z, TWO))
        case "softplus":
            return Call("sigmoid", (u,))
        case _:
            raise ValueError(f"{activation} has no derivative here")
