"""Activations that are S-shaped or give probabilities: sigmoid, tanh, softmax; and the two simplest, identity, step."""

from __future__ import annotations

import numpy as np

from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry

X = (Argument("x"),)


def identity(x: Array) -> Array:
    """The value itself: the output unit of regression.

    Formula: x; derivative 1.
    Args: x of any shape, in any unit.
    Returns: the same shape; no errors.
    Source: the linear neuron, Widrow and Hoff 1960.
    """
    return np.asarray(x)[()]


IDENTITY = Entry(
    name="identity",
    ja=("恒等関数", "恒等写像"),
    en=("identity", "linear activation"),
    arguments=X,
    shape=Shape.MAP,
    value=identity,
    formula=lambda _, x: x,
    gradients={"x": np.ones_like},
    topic="backprop/forward",
)


def step(x: Array) -> Array:
    """1 above 0, else 0: the perceptron's unit.

    Formula: 1 if x > 0 else 0; derivative 0 (also at the jump, where there is none).
    Args: x of any shape.
    Returns: the same shape, 0 or 1; no errors.
    Source: McCulloch and Pitts 1943; Rosenblatt 1958.
    """
    return np.where(np.greater(x, 0), 1.0, 0.0)[()]


def _step_formula(algebra: Algebra, x: Value) -> Value:
    return algebra.where(algebra.compare(">", x, algebra.number(0)), algebra.number(1), algebra.number(0))


STEP = Entry(
    name="step",
    ja=("ステップ関数", "階段関数"),
    en=("step function", "Heaviside function"),
    arguments=X,
    shape=Shape.MAP,
    value=step,
    formula=_step_formula,
    gradients={"x": np.zeros_like},
    topic="losses/why-not-accuracy",
)


def sigmoid(x: Array) -> Array:
    """The logistic function: any number to a probability.

    Formula: y = 1 / (1 + e⁻ˣ); derivative y(1 − y), at most ¼.
    Args: x of any shape (a logit).
    Returns: the same shape, between 0 and 1; no errors.
    Source: Verhulst 1838.
    """
    return stable.sigmoid(x)


def _sigmoid_by_x(x: Array) -> Array:
    return stable.sigmoid(x) * stable.sigmoid(-x)


SIGMOID = Entry(
    name="sigmoid",
    ja=("シグモイド関数", "ロジスティック関数", "シグモイド"),
    en=("sigmoid", "logistic function"),
    arguments=X,
    shape=Shape.MAP,
    value=sigmoid,
    formula=notation.sigmoid,
    gradients={"x": _sigmoid_by_x},
    topic="losses/binary-cross-entropy",
)


def tanh(x: Array) -> Array:
    """The hyperbolic tangent: a sigmoid centred on 0.

    Formula: y = tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ); derivative 1 − y², at most 1.
    Args: x of any shape.
    Returns: the same shape, between −1 and 1; no errors.
    Source: Riccati 1757; as an activation LeCun and others 1998.
    """
    return np.tanh(x)


def _tanh_by_x(x: Array) -> Array:
    return 4.0 * stable.sigmoid(2.0 * x) * stable.sigmoid(-2.0 * x)  # 1 − tanh² loses its digits for large |x|


TANH = Entry(
    name="tanh",
    ja=("tanh関数", "双曲線正接関数", "ハイパボリックタンジェント"),
    en=("tanh", "hyperbolic tangent"),
    arguments=X,
    shape=Shape.MAP,
    value=tanh,
    formula=lambda algebra, x: algebra.apply("tanh", x),
    gradients={"x": _tanh_by_x},
    topic="backprop/forward",
)


def softmax(z: Array, temperature: float = 1.0) -> Array:
    """A row of logits as probabilities.

    Formula: p_i = e^(z_i/T) / Σ_k e^(z_k/T); derivative ∂p_i/∂z_j = p_i(δ_ij − p_j) / T; a shift of z changes nothing.
    Args: z rows of K logits (N×K, or one row); temperature T > 0, high for flat rows, low for sharp ones.
    Returns: the same shape, rows of sum 1. An empty row or a temperature that is not positive is a `Problem`.
    Source: Boltzmann 1868; as an output layer Bridle 1990.
    """
    return stable.softmax(z / temperature)


def _softmax_formula(algebra: Algebra, z: Value, temperature: Value) -> Value:
    weights = notation.exp(algebra, algebra.divide(z, temperature))
    return algebra.divide(weights, notation.total(algebra, weights))


LARGEST_JACOBIAN = 10_000_000
"""Entries; every row of K has K·K."""


def _softmax_by_z(z: Array, temperature: float) -> Array:
    if z.size * z.shape[-1] > LARGEST_JACOBIAN:
        raise Problem(f"softmax: a Jacobian of more than {LARGEST_JACOBIAN} entries, for the shape {z.shape}")
    p = softmax(z, temperature)
    return (p[..., :, np.newaxis] * (np.eye(p.shape[-1]) - p[..., np.newaxis, :])) / temperature


SOFTMAX = Entry(
    name="softmax",
    ja=("ソフトマックス関数", "ソフトマックス"),
    en=("softmax",),
    arguments=(Argument("z", Domain.REAL, "nk"),),
    shape=Shape.ROW_MAP,
    value=softmax,
    formula=_softmax_formula,
    gradients={"z": _softmax_by_z},
    options={"temperature": Option(1.0, Domain.POSITIVE)},
    topic="losses/softmax",
)

ENTRIES = (IDENTITY, STEP, SIGMOID, TANH, SOFTMAX)
