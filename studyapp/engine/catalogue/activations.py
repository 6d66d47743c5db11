"""Activations: identity and step; S-shaped ones and softmax, which gives probabilities; ReLU and its relatives."""

import math

import numpy as np

from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape

X = (Argument("x"),)


@Entry(
    names=Text(ja="恒等関数、恒等写像", en="identity, linear activation"),
    takes=(Shape.MAP, *X),
    gradients={"x": np.ones_like},
    topic="backprop/forward",
)
def identity(_: Algebra, x: Value) -> Value:
    """The value itself: the output unit of regression.

    Formula: x; derivative 1.
    Args: x of any shape, in any unit.
    Returns: the same shape; no errors.
    Source: the linear neuron, Widrow and Hoff 1960.
    """
    return x


@Entry(
    names=Text(ja="ステップ関数、階段関数", en="step function, Heaviside function"),
    takes=(Shape.MAP, *X),
    gradients={"x": np.zeros_like},
    topic="losses/why-not-accuracy",
)
def step(algebra: Algebra, x: Value) -> Value:
    """1 above 0, else 0: the perceptron's unit.

    Formula: 1 if x > 0 else 0; derivative 0 (also at the jump, where there is none).
    Args: x of any shape.
    Returns: the same shape, 0 or 1; no errors.
    Source: McCulloch and Pitts 1943; Rosenblatt 1958.
    """
    return algebra.where(algebra.compare(">", x, algebra.number(0)), algebra.number(1), algebra.number(0))


@Entry(
    names=Text(ja="シグモイド関数、ロジスティック関数、シグモイド", en="sigmoid, logistic function"),
    takes=(Shape.MAP, *X),
    formula=functions.sigmoid,
    gradients={"x": lambda x: stable.sigmoid(x) * stable.sigmoid(-x)},
    topic="losses/binary-cross-entropy",
)
def sigmoid(x: Array) -> Array:
    """The logistic function: any number to a probability.

    Formula: y = 1 / (1 + e⁻ˣ); derivative y(1 − y), at most ¼.
    Args: x of any shape (a logit).
    Returns: the same shape, between 0 and 1; no errors.
    Source: Verhulst 1838.
    """
    return stable.sigmoid(x)


@Entry(
    names=Text(ja="tanh関数、双曲線正接関数、ハイパボリックタンジェント", en="tanh, hyperbolic tangent"),
    takes=(Shape.MAP, *X),
    # 1 − tanh² would lose its digits for large |x|.
    gradients={"x": lambda x: 4.0 * stable.sigmoid(2.0 * x) * stable.sigmoid(-2.0 * x)},
    topic="backprop/forward",
)
def tanh(algebra: Algebra, x: Value) -> Value:
    """The hyperbolic tangent: a sigmoid centred on 0.

    Formula: y = tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ); derivative 1 − y², at most 1.
    Args: x of any shape.
    Returns: the same shape, between −1 and 1; no errors.
    Source: Riccati 1757; as an activation LeCun and others 1998.
    """
    return algebra.apply("tanh", x)


def _softmax_formula(algebra: Algebra, z: Value, temperature: Value) -> Value:
    weights = algebra.apply("exp", algebra.divide(z, temperature))
    return algebra.divide(weights, functions.total(algebra, weights))


LARGEST_JACOBIAN = 10_000_000  # entries; every row of K has K·K


def _softmax_by_z(z: Array, temperature: float) -> Array:
    if z.size * z.shape[-1] > LARGEST_JACOBIAN:
        raise Problem(f"softmax: a Jacobian of more than {LARGEST_JACOBIAN} entries, for the shape {z.shape}")
    p = stable.softmax(z / temperature)
    return (p[..., :, np.newaxis] * (np.eye(p.shape[-1]) - p[..., np.newaxis, :])) / temperature


@Entry(
    names=Text(ja="ソフトマックス関数、ソフトマックス", en="softmax"),
    takes=(Shape.ROW_MAP, Argument("z", Domain.REAL, "nk")),
    formula=_softmax_formula,
    gradients={"z": _softmax_by_z},
    options={"temperature": Option(1.0, Domain.POSITIVE)},
    topic="losses/softmax",
)
def softmax(z: Array, temperature: float = 1.0) -> Array:
    """A row of logits as probabilities.

    Formula: p_i = e^(z_i/T) / Σ_k e^(z_k/T); derivative ∂p_i/∂z_j = p_i(δ_ij − p_j) / T; a shift of z changes nothing.
    Args: z rows of K logits (N×K, or one row); temperature T > 0, high for flat rows, low for sharp ones.
    Returns: the same shape, rows of sum 1. An empty row or a temperature that is not positive is a `Problem`.
    Source: Boltzmann 1868; as an output layer Bridle 1990.
    """
    return stable.softmax(z / temperature)


@Entry(
    names=Text(ja="ReLU、正規化線形関数、ランプ関数", en="ReLU, rectified linear unit"),
    takes=(Shape.MAP, *X),
    gradients={"x": lambda x: np.where(np.greater(x, 0), 1.0, 0.0)},
    topic="backprop/forward",
)
def relu(algebra: Algebra, x: Value) -> Value:
    """The rectified linear unit.

    Formula: max(0, x); derivative 1 for x > 0, else 0 (also at the kink 0).
    Args: x of any shape.
    Returns: the same shape, not negative; no errors.
    Source: Fukushima 1969; Nair and Hinton 2010.
    """
    return functions.relu(algebra, x)


@Entry(
    names=Text(ja="Leaky ReLU、リーキーReLU", en="leaky ReLU"),
    takes=(Shape.MAP, *X),
    gradients={"x": lambda x, slope: np.where(np.greater(x, 0), 1.0, slope)},
    options={"slope": Option(0.01)},
    topic="layers/activations",
)
def leaky_relu(algebra: Algebra, x: Value, slope: Value) -> Value:
    """ReLU that leaks: a small slope on the negative side keeps units alive.

    Formula: x if x > 0 else a·x; derivative 1 for x > 0, else the slope a (also at the kink 0).
    Args: x of any shape; slope a, usually small.
    Returns: the same shape; no errors.
    Source: Maas and others 2013.
    """
    return algebra.where(algebra.compare(">", x, algebra.number(0)), x, slope * x)


def _elu_formula(algebra: Algebra, x: Value, alpha: Value) -> Value:
    return algebra.where(algebra.compare(">", x, algebra.number(0)), x, alpha * (algebra.apply("exp", x) - 1))


@Entry(
    names=Text(ja="ELU、指数線形関数", en="ELU, exponential linear unit"),
    takes=(Shape.MAP, *X),
    formula=_elu_formula,
    gradients={"x": lambda x, alpha: np.where(np.greater(x, 0), 1.0, alpha * np.exp(np.minimum(x, 0.0)))},
    options={"alpha": Option(1.0)},
    topic="layers/activations",
)
def elu(x: Array, alpha: float = 1.0) -> Array:
    """Exponential linear unit: falls smoothly to −α.

    Formula: x if x > 0 else α(eˣ − 1); derivative 1 for x > 0, else α eˣ (α at 0).
    Args: x of any shape; alpha the limit on the negative side.
    Returns: the same shape, above −α; no errors.
    Source: Clevert and others 2015.
    """
    return np.where(np.greater(x, 0), x, alpha * np.expm1(np.minimum(x, 0.0)))


@Entry(
    names=Text(ja="ソフトプラス関数、softplus", en="softplus"),
    takes=(Shape.MAP, *X),
    formula=functions.softplus,
    gradients={"x": stable.sigmoid},
    topic="losses/why-not-accuracy",
)
def softplus(x: Array) -> Array:
    """Smooth ReLU; its derivative is the sigmoid.

    Formula: ln(1 + eˣ) = max(0, x) + ln(1 + e^−|x|); derivative σ(x).
    Args: x of any shape.
    Returns: the same shape, positive; no errors.
    Source: Dugas and others 2000.
    """
    return stable.softplus(x)


@Entry(
    names=Text(ja="Swish、SiLU、スウィッシュ関数", en="swish, SiLU"),
    takes=(Shape.MAP, *X),
    formula=lambda algebra, x: x * functions.sigmoid(algebra, x),
    gradients={"x": lambda x: stable.sigmoid(x) * (1.0 + x * stable.sigmoid(-x))},
    topic="layers/activations",
)
def swish(x: Array) -> Array:
    """The value times its sigmoid (SiLU): smooth, with a dip below 0.

    Formula: x σ(x); derivative σ(x)(1 + x(1 − σ(x))).
    Args: x of any shape.
    Returns: the same shape, above −0.28; no errors.
    Source: Ramachandran and others 2017; Elfwing and others 2017.
    """
    return x * stable.sigmoid(x)


def _gelu_formula(algebra: Algebra, x: Value) -> Value:
    scaled = algebra.divide(x, algebra.apply("sqrt", algebra.number(2)))
    return x * (1 + algebra.apply("erf", scaled)) / 2


@Entry(
    names=Text(ja="GELU、ガウス誤差線形ユニット", en="GELU, Gaussian error linear unit"),
    takes=(Shape.MAP, *X),
    formula=_gelu_formula,
    gradients={"x": lambda x: stable.normal_below(x) + x * np.exp(-0.5 * np.square(x)) / math.sqrt(2.0 * math.pi)},
    topic="layers/activations",
)
def gelu(x: Array) -> Array:
    """The value times the probability that a standard normal variable is below it.

    Formula: x Φ(x), Φ(x) = ½(1 + erf(x/√2)), exact; derivative Φ(x) + x e^(−x²/2) / √(2π).
    Args: x of any shape.
    Returns: the same shape, above −0.17; no errors.
    Source: Hendrycks and Gimpel 2016.
    """
    return x * stable.normal_below(x)
