"""The multilayer perceptron: forward and backward as pure functions over frozen values.

Notation, the same everywhere: u is a weighted sum, z = f(u) the activated value, w_ji the weight from unit i to unit j,
δ_j = ∂E/∂u_j. For each layer, z_i being what the layer before gives (x at first, y at last):

    forward     u_j = Σ_i w_ji z_i + b_j            z_j = f(u_j)
    backward    δ_j = f′(u_j) Σ_k w_kj δ_k          at the output  δ_j = f′(u_j) ∂E/∂y_j
    gradients   ∂E/∂w_ji = δ_j z_i                  ∂E/∂b_j = δ_j

A batch is a matrix with one example a row. E of one example is the catalogue's loss of its row, and δ its derivative; E
of a batch, and the gradients by weights and biases, are means over the examples.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.catalogue.entry import Array, Entry, Reduction, Shape
from studyapp.engine.catalogue.families import CATALOGUE

FROM_LOGITS = {
    ("sigmoid", "binary_cross_entropy"): "binary_cross_entropy_with_logits",
    ("softmax", "cross_entropy"): "cross_entropy_with_logits",
}
"""Canonical pairs with the loss that takes the last u at once: δ = y − t. (identity and half_sse need no other.)"""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Weights with one row a unit (`weights[j, i]` is w_ji), biases or None, and the activation's name."""

    weights: Array
    bias: Array | None
    activation: str


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Layers from the inputs on, and the name of the loss: of a prediction and a target."""

    layers: tuple[Layer, ...]
    loss: str


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What a forward pass leaves: the inputs, and u and z of each layer, one example a row."""

    x: Array
    u: tuple[Array, ...]
    z: tuple[Array, ...]

    @property
    def y(self) -> Array:
        """The prediction: z of the last layer."""
        return self.z[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """What a backward pass leaves for each layer: δ, one example a row, and the mean ∂E/∂W, ∂E/∂b (None without)."""

    delta: tuple[Array, ...]
    weights: tuple[Array, ...]
    bias: tuple[Array | None, ...]


def initial(sizes: Sequence[int], activations: Sequence[str], loss: str, random: "np.random.Generator") -> Network:
    """A network to begin with, in which signals neither fade nor grow: normal weights, biases 0.

    Formula: variance 2 / n_in before ReLU (He), which lets half of the signal pass, else 1 / n_in (Xavier).
    Source: He and others 2015; Glorot and Bengio 2010.
    """
    # The generator's type is quoted: NumPy loads its random numbers, and OpenSSL with them, when they are named (7 MB).
    layers = []
    for (ins, units), activation in zip(pairwise(sizes), activations, strict=True):
        spread = np.sqrt((2.0 if activation == "relu" else 1.0) / ins)
        # Drawn as a column for each unit, as programs with x @ W do: the same numbers train the same network.
        layers.append(Layer(random.normal(0.0, spread, (ins, units)).T, np.zeros(units), activation))
    return Network(tuple(layers), loss)


def forward(network: Network, x: Array) -> Pass:
    """Every u and z of a batch.

    Formula: u = W z + b with the z of the layer before, z = f(u).
    Args: x of N examples (N×n), one or more.
    Returns: the pass. A u that is not finite is a `Problem`.
    Source: Rosenblatt 1958.
    """
    z, us, zs = x, [], []
    for number, layer in enumerate(network.layers, start=1):
        with np.errstate(over="ignore", invalid="ignore"):
            u = z @ layer.weights.T
            u = u if layer.bias is None else u + layer.bias
        if not np.all(np.isfinite(u)):
            raise Problem(f"u of layer {number} is not finite: inputs or weights have grown beyond all bounds")
        z = CATALOGUE[layer.activation].evaluate(FLOATS, [u], {})
        us.append(u)
        zs.append(z)
    return Pass(x, tuple(us), tuple(zs))


def error(network: Network, passed: Pass, t: Array) -> float:
    """E of a pass: the mean over the examples, from the last u where the pair of output unit and loss is canonical."""
    entry, prediction = _judge(network, passed)
    value = float(entry.evaluate(FLOATS, [prediction, t], {}))
    return value / len(passed.x) if entry.reduction == Reduction.SUM else value


def backward(network: Network, passed: Pass, t: Array) -> Gradients:
    """Every δ, and the gradients of E, from the output back to the inputs.

    Formula: δ = ∂E/∂u at the output (y − t for canonical pairs), δ_j = f′(u_j) Σ_k w_kj δ_k before; ∂E/∂w_ji and
    ∂E/∂b_j are the means of δ_j z_i and δ_j over the examples. At a kink f′ is what the catalogue states.
    Args: passed a forward pass, t the targets in the shape of y.
    Returns: the gradients. Targets of another shape are a `Problem`.
    Source: Rumelhart, Hinton and Williams 1986.
    """
    entry, prediction = _judge(network, passed)
    slope = entry.gradient_of(entry.argument_names[0], [prediction, t], {"reduction": "none"})
    if entry.shape == Shape.ELEMENT and entry.reduction == Reduction.MEAN:
        slope = slope / slope.shape[1]  # one example's E is a mean over its outputs
    fused = prediction is passed.u[-1]
    deltas = [slope if fused else _through(network.layers[-1].activation, passed.u[-1], slope)]
    for (layer, after), u in zip(reversed(list(pairwise(network.layers))), reversed(passed.u[:-1]), strict=True):
        deltas.insert(0, _through(layer.activation, u, deltas[0] @ after.weights))
    count, inputs = len(passed.x), (passed.x, *passed.z[:-1])
    weights = tuple(delta.T @ z / count for delta, z in zip(deltas, inputs, strict=True))
    biases = tuple(
        None if layer.bias is None else np.asarray(np.sum(delta, axis=0) / count)
        for layer, delta in zip(network.layers, deltas, strict=True)
    )
    return Gradients(tuple(deltas), weights, biases)


def updated(network: Network, gradients: Gradients, rate: float) -> Network:
    """The network after one step of gradient descent, all weights and biases at once: w′ = w − η ∂E/∂w."""
    layers = tuple(
        replace(
            layer,
            weights=layer.weights - rate * by_weights,
            bias=None if layer.bias is None or by_bias is None else layer.bias - rate * by_bias,
        )
        for layer, by_weights, by_bias in zip(network.layers, gradients.weights, gradients.bias, strict=True)
    )
    return replace(network, layers=layers)


def _judge(network: Network, passed: Pass) -> tuple[Entry, Array]:
    """The entry that gives E, and what it is taken of: the last u for a canonical pair, else y."""
    fused = FROM_LOGITS.get((network.layers[-1].activation, network.loss))
    return (CATALOGUE[fused], passed.u[-1]) if fused else (CATALOGUE[network.loss], passed.y)


def _through(activation: str, u: Array, by_z: Array) -> Array:
    """∂E/∂u from ∂E/∂z: times f′(u), or, where a row is activated as a whole, times its Jacobian."""
    entry = CATALOGUE[activation]
    slope = entry.gradient_of(entry.argument_names[0], [u], {})
    with np.errstate(over="ignore", invalid="ignore"):
        by_u: Array = np.einsum("nk,nkj->nj", by_z, slope) if entry.shape == Shape.ROW_MAP else by_z * slope
    return by_u
