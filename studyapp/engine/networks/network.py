"""The multilayer perceptron: forward and backward as pure functions over frozen values.

Notation, the same everywhere: u is a weighted sum, z = f(u) the activated value, w_ji the weight from unit i to unit j,
δ_j = ∂E/∂u_j. For each layer, z_i being what the layer before gives (x at first, y at last):

    forward     u_j = Σ_i w_ji z_i + b_j            z_j = f(u_j)
    backward    δ_j = f′(u_j) Σ_k w_kj δ_k          at the output  δ_j = f′(u_j) ∂E/∂y_j
    gradients   ∂E/∂w_ji = δ_j z_i                  ∂E/∂b_j = δ_j

A batch is a matrix with one example a row. E of one example is the catalogue's loss of its row, and δ its derivative; E
of a batch, and the gradients by weights and biases, are means over the examples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.floats import FLOATS
from studyapp.engine.catalogue.entry import Array, Entry, Reduction, Shape
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES

ACTIVATIONS: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in FAMILIES["activation"]})
"""What a layer may do with its weighted sums."""

LOSSES: Mapping[str, Entry] = MappingProxyType(
    {
        name: entry
        for name, entry in CATALOGUE.items()
        if entry.facts and entry.reduction and len(entry.arguments) == 2 and entry.argument_names[0] in entry.gradients
    }
)
"""What a network may be trained on: a prediction and a target, with a value for each example."""

FROM_LOGITS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("sigmoid", "binary_cross_entropy"): "binary_cross_entropy_with_logits",
        ("softmax", "cross_entropy"): "cross_entropy_with_logits",
        ("softmax", "sparse_cross_entropy"): "sparse_cross_entropy_with_logits",
    }
)
"""Canonical pairs with the loss that takes the last u at once: δ = y − t. (identity and half_sse need no other.)"""

HE = frozenset({"relu", "leaky_relu", "elu", "softplus", "swish", "gelu"})
"""Activations that let about half of the signal pass: the weights before them have twice the variance."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Weights with one row a unit (`weights[j, i]` is w_ji), biases or None, and the activation's name."""

    weights: Value
    bias: Value | None
    activation: str

    def __post_init__(self) -> None:
        if self.activation not in ACTIVATIONS:
            raise Problem(f"unknown activation {self.activation!r}")
        if self.bias is not None and np.shape(self.bias) != self.weights.shape[:1]:
            raise Problem(f"shapes do not fit: weights {self.weights.shape} and biases {np.shape(self.bias)}")


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Layers from the inputs on, and the name of the loss. Raises `Problem` where they do not fit each other."""

    layers: tuple[Layer, ...]
    loss: str

    def __post_init__(self) -> None:
        if self.loss not in LOSSES or not self.layers:
            raise Problem(f"a network has a layer and a loss of a prediction and a target, found {self.loss!r}")
        for before, after in pairwise(layer.weights.shape for layer in self.layers):
            if after[1] != before[0]:
                raise Problem(f"shapes do not fit: weights {before} and then {after}")
        if self.layers[-1].activation == "softmax" and len(self.layers[-1].weights) == 1:
            raise Problem("softmax of one unit is always 1: a single output takes sigmoid")


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What a forward pass leaves: the inputs, and u and z of each layer, one example a row."""

    x: Value
    u: tuple[Value, ...]
    z: tuple[Value, ...]

    @property
    def y(self) -> Value:
        """The prediction: z of the last layer."""
        return self.z[-1]

    @property
    def inputs(self) -> tuple[Value, ...]:
        """What enters each layer: x, then the z of the layer before."""
        return (self.x, *self.z[:-1])


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """What a backward pass leaves for each layer: δ, one example a row, and the mean ∂E/∂W, ∂E/∂b (None without)."""

    delta: tuple[Array, ...]
    weights: tuple[Array, ...]
    bias: tuple[Array | None, ...]


def initial(
    sizes: Sequence[int], activations: Sequence[str], loss: str, random: np.random.Generator, *, bias: bool = True
) -> Network:
    """A network to begin with, in which signals neither fade nor grow: normal weights, biases 0.

    Formula: variance 2 / n_in before a rectifier (He), else 1 / n_in (Xavier).
    Source: He and others 2015; Glorot and Bengio 2010.
    """
    if len(activations) != len(sizes) - 1:
        raise Problem(f"{len(sizes)} layer sizes need {len(sizes) - 1} activations, found {len(activations)}")
    layers = []
    for (ins, units), activation in zip(pairwise(sizes), activations, strict=True):
        spread = np.sqrt((2.0 if activation in HE else 1.0) / ins)
        layers.append(Layer(random.normal(0.0, spread, (units, ins)), np.zeros(units) if bias else None, activation))
    return Network(tuple(layers), loss)


def forward(network: Network, x: Value, algebra: Algebra = FLOATS) -> Pass:
    """Every u and z of a batch, in any algebra whose elements the inputs and parameters are.

    Formula: u = W z + b with the z of the layer before, z = f(u).
    Args: x of N examples (N×n), one or more.
    Returns: the pass. Another number of inputs, no examples, and a u that is not finite are a `Problem`.
    Source: Rosenblatt 1958.
    """
    width = network.layers[0].weights.shape[1]
    if np.ndim(x) != 2 or not len(x) or np.shape(x)[1] != width:
        raise Problem(f"shapes do not fit: weights {network.layers[0].weights.shape} and inputs {np.shape(x)}")
    z, us, zs = x, [], []
    for number, layer in enumerate(network.layers, start=1):
        with np.errstate(over="ignore", invalid="ignore"):
            u = z @ layer.weights.T
            u = u if layer.bias is None else u + layer.bias
        if algebra.name == "numpy" and not np.all(np.isfinite(u)):
            raise Problem(f"u of layer {number} is not finite: inputs or weights have grown beyond all bounds")
        z = ACTIVATIONS[layer.activation].evaluate(algebra, [u], {})
        us.append(u)
        zs.append(z)
    return Pass(x, tuple(us), tuple(zs))


def error(network: Network, passed: Pass, t: Value, algebra: Algebra = FLOATS) -> Value:
    """E of a pass: the mean over the examples, from the last u where the pair of output unit and loss is canonical.

    t has a target for each example, as the loss takes it: in the shape of y, or labels; cross-entropy takes either.
    Raises `Problem`, naming both shapes, for others.
    """
    entry, prediction = _judge(network, passed, t)
    value = entry.evaluate(algebra, [prediction, t], {})
    return algebra.divide(value, algebra.number(len(passed.x))) if entry.reduction == Reduction.SUM else value


def backward(network: Network, passed: Pass, t: Array) -> Gradients:
    """Every δ, and the gradients of E, from the output back to the inputs.

    Formula: δ = ∂E/∂u at the output (y − t for canonical pairs), δ_j = f′(u_j) Σ_k w_kj δ_k before; ∂E/∂w_ji and
    ∂E/∂b_j are the means of δ_j z_i and δ_j over the examples. At a kink f′ is what the catalogue states.
    Args: passed a forward pass, t the targets as for `error`.
    Returns: the gradients. Targets of another shape, and an infinite slope met by a slope of 0, are a `Problem`.
    Source: Rumelhart, Hinton and Williams 1986.
    """
    deltas = [_output_delta(network, passed, t)]
    for (layer, after), u in zip(reversed(list(pairwise(network.layers))), reversed(passed.u[:-1]), strict=True):
        deltas.insert(0, _through(layer.activation, u, deltas[0] @ after.weights))
    count = len(passed.x)
    weights = tuple(delta.T @ z / count for delta, z in zip(deltas, passed.inputs, strict=True))
    biases = tuple(
        None if layer.bias is None else np.asarray(np.sum(delta, axis=0) / count)
        for layer, delta in zip(network.layers, deltas, strict=True)
    )
    return Gradients(tuple(deltas), weights, biases)


def updated(network: Network, gradients: Gradients, rate: float) -> Network:
    """The network after one step of gradient descent, all weights and biases at once: w′ = w − η ∂E/∂w."""
    layers = tuple(
        replace(layer, weights=layer.weights - rate * by_weights, bias=_moved(layer.bias, by_bias, rate))
        for layer, by_weights, by_bias in zip(network.layers, gradients.weights, gradients.bias, strict=True)
    )
    return replace(network, layers=layers)


def _moved(bias: Array | None, slope: Array | None, rate: float) -> Array | None:
    return None if bias is None or slope is None else bias - rate * slope


def _judge(network: Network, passed: Pass, t: Value) -> tuple[Entry, Value]:
    """The entry that gives E, and what it is taken of: the last u for a canonical pair, else y."""
    labels = network.loss == "cross_entropy" and np.ndim(t) == 1
    loss = "sparse_cross_entropy" if labels else network.loss
    fused = FROM_LOGITS.get((network.layers[-1].activation, loss))
    return (CATALOGUE[fused], passed.u[-1]) if fused else (CATALOGUE[loss], passed.y)


def _output_delta(network: Network, passed: Pass, t: Array) -> Array:
    entry, prediction = _judge(network, passed, t)
    slope = entry.gradient_of(entry.argument_names[0], [prediction, t], {"reduction": "none"})
    if entry.shape == Shape.ELEMENT and entry.reduction == Reduction.MEAN:
        slope = slope / slope.shape[1]  # one example's E is a mean over its outputs
    return slope if prediction is passed.u[-1] else _through(network.layers[-1].activation, passed.u[-1], slope)


def _through(activation: str, u: Array, by_z: Array) -> Array:
    """∂E/∂u from ∂E/∂z: times f′(u), or, where a row is activated as a whole, times its Jacobian."""
    entry = ACTIVATIONS[activation]
    slope = entry.gradient_of(entry.argument_names[0], [u], {})
    with np.errstate(over="ignore", invalid="ignore"):
        by_u: Array = np.einsum("nk,nkj->nj", by_z, slope) if entry.shape == Shape.ROW_MAP else by_z * slope
    if np.any(np.isnan(by_u)):
        raise Problem(f"δ through {activation} is not defined: an infinite slope meets a slope of 0")
    return by_u
