"""The multilayer perceptron: forward and backward as pure functions over frozen values.

Notation, the same everywhere: u is a weighted sum, z = f(u) the activated value, w_ji the weight from unit i to unit j,
δ_j = ∂E/∂u_j. For each layer l, with z⁰ = x and zᴸ = y:

    forward     u_j = Σ_i w_ji z_i + b_j            z_j = f(u_j)
    backward    δ_j = f′(u_j) Σ_k w_kj δ_k          at the output  δ_j = f′(u_j) ∂E/∂y_j
    gradients   ∂E/∂w_ji = δ_j z_i                  ∂E/∂b_j = δ_j

A batch is a matrix with one example a row. E of one example is the catalogue's loss of its row; E of a batch, and the
gradients, are means over the examples, while each example keeps its own δ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from studyapp.engine.algebra import FLOATS, Algebra, Problem, Value
from studyapp.engine.arguments import Array, Shape
from studyapp.engine.catalogue import CATALOGUE, FAMILIES
from studyapp.engine.entry import Entry, Reduction

ACTIVATIONS: Mapping[str, Entry] = MappingProxyType(
    {entry.name: entry for entry in FAMILIES["activation"] if entry.shape in (Shape.MAP, Shape.ROW_MAP)}
)
"""What a layer may do with its weighted sums."""

LOSSES: Mapping[str, Entry] = MappingProxyType(
    {
        name: entry
        for name, entry in CATALOGUE.items()
        if entry.facts and entry.reduction and len(entry.arguments) == 2 and entry.argument_names[0] in entry.gradients
    }
)
"""What a network may be trained on: a prediction, a target, one value an example."""

FROM_LOGITS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("sigmoid", "binary_cross_entropy"): "binary_cross_entropy_with_logits",
        ("softmax", "cross_entropy"): "cross_entropy_with_logits",
        ("softmax", "sparse_cross_entropy"): "sparse_cross_entropy_with_logits",
    }
)
"""Canonical pairs, δ = y − t, with the loss that takes the last u at once. (identity and half_sse need no other.)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """Sizes of the layers, inputs first; one activation for each layer that computes; the loss; biases or none."""

    layers: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    bias: bool = True

    def __post_init__(self) -> None:
        if len(self.layers) < 2 or any(size < 1 for size in self.layers):
            raise Problem(f"a network has two or more layers of one or more units, found {self.layers}")
        if len(self.activations) != self.depth:
            raise Problem(f"{self.depth} layers compute, found {len(self.activations)} activations")
        for name in self.activations:
            if name not in ACTIVATIONS:
                raise Problem(f"unknown activation {name!r}")
        if self.loss not in LOSSES:
            raise Problem(f"{self.loss!r} is no loss of a prediction and a target")

    @property
    def depth(self) -> int:
        """How many layers compute."""
        return len(self.layers) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """A value for each weight and bias: the parameters themselves, or the gradient by them.

    `weights[l - 1][j, i]` is w_ji of layer l, from unit i to unit j (both from 0); `biases` is empty without bias.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """An architecture and its parameters. Raises `Problem`, naming both shapes, where they do not fit."""

    architecture: Architecture
    parameters: Parameters

    def __post_init__(self) -> None:
        sizes, biases = self.architecture.layers, self.parameters.biases
        _fit("weights", [(j, i) for i, j in zip(sizes, sizes[1:], strict=False)], self.parameters.weights)
        _fit("biases", [(j,) for j in sizes[1:]] if self.architecture.bias else [], biases)


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """Everything that a forward pass finds: `u[l - 1]` and `z[l - 1]` are those of layer l, one example a row."""

    x: Value
    u: tuple[Value, ...]
    z: tuple[Value, ...]

    @property
    def y(self) -> Value:
        """The prediction: z of the last layer."""
        return self.z[-1]

    @property
    def inputs(self) -> tuple[Value, ...]:
        """What each layer reads: x, then z of the layer before."""
        return (self.x, *self.z[:-1])


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """Everything that a backward pass finds: `delta[l - 1]` is δ of layer l, one example a row; means as gradients."""

    delta: tuple[Array, ...]
    gradients: Parameters


def forward(network: Network, x: Value, algebra: Algebra = FLOATS) -> Forward:
    """Every u and z for a batch x of N rows, in any algebra (the parameters and x being its elements).

    Raises `Problem` for a batch of another width or without examples, and where values have grown beyond all bounds.
    """
    if np.ndim(x) != 2 or np.shape(x)[1] != network.architecture.layers[0] or not len(x):
        raise Problem(f"x has N rows of {network.architecture.layers[0]}, found the shape {np.shape(x)}")
    us: list[Value] = []
    zs: list[Value] = []
    z = x
    for layer, (weights, activation) in enumerate(
        zip(network.parameters.weights, network.architecture.activations, strict=True)
    ):
        with np.errstate(all="ignore"):
            u = z @ weights.T
            u = u + network.parameters.biases[layer] if network.architecture.bias else u
        if algebra.name == "numpy" and not np.all(np.isfinite(u)):
            raise Problem(f"u of layer {layer + 1} is not finite: the weights or inputs are too large")
        z = ACTIVATIONS[activation].evaluate(algebra, [u], {})
        us.append(u)
        zs.append(z)
    return Forward(x, tuple(us), tuple(zs))


def loss(network: Network, passed: Forward, t: Value, algebra: Algebra = FLOATS) -> Any:
    """E of a batch: the mean over the examples, from the last u where the pair is canonical.

    t has one target a row: in the shape of y, or class numbers where the loss takes those. Raises `Problem`, naming
    both shapes, where it has not.
    """
    entry, prediction = _judged(network.architecture, passed)
    value = entry.evaluate(algebra, [prediction, t], {})
    summed = entry.reduction == Reduction.SUM
    return algebra.divide(value, algebra.number(len(passed.x))) if summed else value


def backward(network: Network, passed: Forward, t: Array) -> Backward:
    """Every δ, and the gradient by each weight and bias, for the targets t of the batch that passed forward.

    At a kink 0, as the catalogue says. Raises `Problem` for targets of another shape.
    """
    weights, activations = network.parameters.weights, network.architecture.activations
    delta = _output_delta(network.architecture, passed, t)
    deltas = [delta]
    for layer in reversed(range(network.architecture.depth - 1)):
        delta = _through(activations[layer], passed.u[layer], delta @ weights[layer + 1])
        deltas.insert(0, delta)
    count = len(passed.x)
    by_weights = tuple(delta.T @ z / count for delta, z in zip(deltas, passed.inputs, strict=True))
    by_biases = tuple(np.sum(delta, axis=0) / count for delta in deltas) if network.architecture.bias else ()
    return Backward(tuple(deltas), Parameters(by_weights, by_biases))


def _output_delta(architecture: Architecture, passed: Forward, t: Array) -> Array:
    entry, prediction = _judged(architecture, passed)
    slope = entry.gradient_of(entry.argument_names[0], [prediction, t], {"reduction": "none"})
    if entry.shape == Shape.ELEMENT and entry.reduction == Reduction.MEAN:
        slope = slope / architecture.layers[-1]  # one example's E is a mean over its elements
    return slope if prediction is passed.u[-1] else _through(architecture.activations[-1], passed.u[-1], slope)


def _judged(architecture: Architecture, passed: Forward) -> tuple[Entry, Value]:
    """The loss and what it is taken of: the last u for a canonical pair, else y."""
    fused = FROM_LOGITS.get((architecture.activations[-1], architecture.loss))
    return (LOSSES[fused], passed.u[-1]) if fused else (LOSSES[architecture.loss], passed.y)


def _through(activation: str, u: Array, by_z: Array) -> Array:
    """∂E/∂u from ∂E/∂z: times f′(u), or, where a row is activated as a whole, times its Jacobian."""
    slope = ACTIVATIONS[activation].gradient_of(ACTIVATIONS[activation].argument_names[0], [u], {})
    whole_row = ACTIVATIONS[activation].shape == Shape.ROW_MAP
    with np.errstate(all="ignore"):
        by_u: Array = np.einsum("nk,nkj->nj", by_z, slope) if whole_row else by_z * slope
    if np.any(np.isnan(by_u)):
        raise Problem(f"δ through {activation} is not defined: an infinite slope of the loss meets a slope of 0")
    return by_u


def _fit(what: str, expected: list[tuple[int, ...]], found: tuple[Array, ...]) -> None:
    shapes = [np.shape(one) for one in found]
    if shapes != expected:
        raise Problem(f"{what} have the shapes {shapes}, the architecture needs {expected}")
