"""A multilayer perceptron with every quantity of backpropagation kept: u, z, δ and the gradients.

Notation: u weighted sum, z = f(u) activated value, w_ji the weight from unit i to unit j, δ_j = ∂E/∂u_j. Layers count
from 1 in names, and the last layer's z is the output y. x is one example or a batch of rows; E is the loss summed over
the outputs of an example, and averaged over the examples of a batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studyapp.engine.algebra import FLOATS, Algebra, Problem, Value
from studyapp.engine.arguments import Array, Shape
from studyapp.engine.catalogue import CATALOGUE
from studyapp.engine.entry import Entry

FUSED = {
    ("softmax", "cross_entropy"): "cross_entropy_with_logits",
    ("softmax", "sparse_cross_entropy"): "sparse_cross_entropy_with_logits",
    ("sigmoid", "binary_cross_entropy"): "binary_cross_entropy_with_logits",
}
"""Pairs of output unit and loss that are computed in one stable step from u: their δ is y − t."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Weights with one row a unit (`weights[j, i]` is w_ji), biases or None, and the activation's name."""

    weights: Array
    bias: Array | None
    activation: str


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Layers from the inputs on, and the name of the loss."""

    layers: tuple[Layer, ...]
    loss: str = "half_sse"


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What a forward pass leaves: the inputs, and u and z of each layer."""

    x: Array
    u: tuple[Array, ...]
    z: tuple[Array, ...]

    @property
    def y(self) -> Array:
        """The output."""
        return self.z[-1]

    def into(self, layer: int) -> Array:
        """What enters a layer (from 0): the inputs, or the z of the layer before."""
        return self.z[layer - 1] if layer else self.x


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """What a backward pass leaves for each layer: δ, ∂E/∂W, ∂E/∂b (None without biases)."""

    delta: tuple[Array, ...]
    weights: tuple[Array, ...]
    bias: tuple[Array | None, ...]


def initial(
    sizes: Sequence[int],
    activations: Sequence[str],
    loss: str,
    random: np.random.Generator,
    *,
    bias: bool = True,
) -> Network:
    """A network with normal weights of variance 2/n_in before a rectifier (He), else 1/n_in (Xavier), and biases 0."""
    if len(activations) != len(sizes) - 1:
        raise Problem(f"{len(sizes)} layer sizes need {len(sizes) - 1} activations, found {len(activations)}")
    layers = []
    for count, units, activation in zip(sizes, sizes[1:], activations, strict=False):
        scale = np.sqrt((2.0 if "relu" in activation else 1.0) / count)
        weights = random.normal(size=(units, count)) * scale
        layers.append(Layer(weights, np.zeros(units) if bias else None, activation))
    return Network(tuple(layers), loss)


def forward(network: Network, x: Array) -> Pass:
    """Every u and z, from the inputs to the output.

    Formula: u = W z + b with the z of the layer before, z = f(u).
    Args: x one example (n) or a batch (N×n).
    Returns: the pass, each u and z with one row an example. Another number of inputs is a `Problem`.
    Source: Rosenblatt 1958.
    """
    z, us, zs = np.asarray(x, dtype=np.float64), [], []
    for layer in network.layers:
        if z.shape[-1:] != layer.weights.shape[1:]:
            raise Problem(f"shapes do not fit: weights {layer.weights.shape} and inputs {z.shape}")
        u = z @ layer.weights.T + (0.0 if layer.bias is None else layer.bias)
        z = CATALOGUE[layer.activation].evaluate(FLOATS, [u], {})
        us.append(u)
        zs.append(z)
    return Pass(np.asarray(x, dtype=np.float64), tuple(us), tuple(zs))


def error(network: Network, passed: Pass, t: Array) -> float:
    """E of a pass: the loss summed over outputs, averaged over examples; t as the outputs, or a label an example."""
    entry, given, _ = _judge(network, passed, t)
    return float(entry.evaluate(FLOATS, [given, t], {"reduction": "sum"}) / _examples(passed))


def backward(network: Network, passed: Pass, t: Array) -> Gradients:
    """Every δ and the gradients of E, from the output back to the inputs.

    Formula: δ = ∂E/∂u at the output, δ_j = f′(u_j) Σ_k w_kj δ_k before; ∂E/∂w_ji = Σ δ_j z_i, ∂E/∂b_j = Σ δ_j, the
    sums over the examples.
    Args: passed a forward pass, t the targets: as the outputs, or a label an example for cross-entropy.
    Returns: δ as the u's, gradients as the parameters; δ holds the 1/N of the mean. Other shapes are a `Problem`.
    Source: Rumelhart, Hinton and Williams 1986.
    """
    entry, given, at_sum = _judge(network, passed, t)
    slope = entry.gradient_of(entry.argument_names[0], [given, t], {"reduction": "sum"}) / _examples(passed)
    last = network.layers[-1]
    deltas = [slope if at_sum else _through(last.activation, passed.u[-1], slope)]
    for place in range(len(network.layers) - 1, 0, -1):
        arriving = deltas[0] @ network.layers[place].weights
        deltas.insert(0, _through(network.layers[place - 1].activation, passed.u[place - 1], arriving))
    weights = tuple(np.atleast_2d(delta).T @ np.atleast_2d(passed.into(place)) for place, delta in enumerate(deltas))
    biases = tuple(
        None if layer.bias is None else np.asarray(np.sum(np.atleast_2d(delta), axis=0))
        for layer, delta in zip(network.layers, deltas, strict=True)
    )
    return Gradients(tuple(deltas), weights, biases)


def updated(network: Network, gradients: Gradients, rate: float) -> Network:
    """The network after one step of gradient descent on all weights and biases at once: w − η ∂E/∂w."""
    layers = [
        replace(layer, weights=layer.weights - rate * by_weights, bias=_stepped(layer.bias, by_bias, rate))
        for layer, by_weights, by_bias in zip(network.layers, gradients.weights, gradients.bias, strict=True)
    ]
    return replace(network, layers=tuple(layers))


def _stepped(bias: Array | None, slope: Array | None, rate: float) -> Array | None:
    return None if bias is None or slope is None else bias - rate * slope


def mini_batches(count: int, size: int, random: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """One epoch: the places of all examples, shuffled, in batches of one size (the last may be smaller)."""
    order = random.permutation(count)
    for start in range(0, count, size):
        yield order[start : start + size]


def trained(
    network: Network, x: Array, t: Array, *, rate: float, size: int, epochs: int, random: np.random.Generator
) -> Network:
    """The network after some epochs of mini-batch gradient descent."""
    for _ in range(epochs):
        for batch in mini_batches(len(x), size, random):
            network = updated(network, backward(network, forward(network, x[batch]), t[batch]), rate)
    return network


def error_formula(
    algebra: Algebra, network: Network, parameters: Sequence[tuple[Value, Value | None]], x: Value, t: Value
) -> Value:
    """E of one example over any algebra; `parameters` holds weights and biases of each layer as its elements."""
    z = x
    for layer, (weights, bias) in zip(network.layers, parameters, strict=True):
        u = np.dot(weights, z) + (0 if bias is None else bias)
        z = CATALOGUE[layer.activation].evaluate(algebra, [u], {})
    return CATALOGUE[network.loss].evaluate(algebra, [z, t], {"reduction": "sum"})


def _judge(network: Network, passed: Pass, t: Array) -> tuple[Entry, Array, bool]:
    """The entry that gives E, what it is given, and whether that is the last u (else the output)."""
    labels = network.loss == "cross_entropy" and np.ndim(t) == np.ndim(passed.y) - 1
    loss = "sparse_cross_entropy" if labels else network.loss
    fused = FUSED.get((network.layers[-1].activation, loss))
    if fused:
        return CATALOGUE[fused], passed.u[-1], True
    return CATALOGUE[loss], passed.y, False


def _through(activation: str, u: Array, slope: Array) -> Array:
    """∂E/∂u from ∂E/∂z, elementwise or, for softmax, through its Jacobian."""
    entry = CATALOGUE[activation]
    derivative = entry.gradient_of(entry.argument_names[0], [u], {})
    if entry.shape == Shape.ROW_MAP:
        return np.asarray(np.einsum("...o,...oi->...i", slope, derivative))
    return slope * derivative


def _examples(passed: Pass) -> int:
    return len(passed.x) if passed.x.ndim == 2 else 1
