"""Activations that are 0, or nearly, on one side and linear on the other: ReLU and its smooth relatives."""

from __future__ import annotations

import math

import numpy as np

from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Option, Shape
from studyapp.engine.catalogue.entry import Entry

X = (Argument("x"),)


def relu(x: Array) -> Array:
    """The rectified linear unit.

    Formula: max(0, x); derivative 1 for x > 0, else 0 (also at the kink 0).
    Args: x of any shape.
    Returns: the same shape, not negative; no errors.
    Source: Fukushima 1969; Nair and Hinton 2010.
    """
    return np.maximum(x, 0.0)


def _relu_by_x(x: Array) -> Array:
    return np.where(np.greater(x, 0), 1.0, 0.0)


RELU = Entry(
    name="relu",
    ja=("ReLU", "正規化線形関数", "ランプ関数"),
    en=("ReLU", "rectified linear unit"),
    arguments=X,
    shape=Shape.MAP,
    value=relu,
    formula=notation.relu,
    gradients={"x": _relu_by_x},
    topic="backprop/forward",
)


def leaky_relu(x: Array, slope: float = 0.01) -> Array:
    """ReLU that leaks: a small slope on the negative side keeps units alive.

    Formula: x if x > 0 else a·x; derivative 1 for x > 0, else the slope a (also at the kink 0).
    Args: x of any shape; slope a, usually small.
    Returns: the same shape; no errors.
    Source: Maas and others 2013.
    """
    return np.where(np.greater(x, 0), x, slope * x)


def _leaky_relu_formula(algebra: Algebra, x: Value, slope: Value) -> Value:
    return algebra.where(algebra.compare(">", x, algebra.number(0)), x, slope * x)


def _leaky_relu_by_x(x: Array, slope: float) -> Array:
    return np.where(np.greater(x, 0), 1.0, slope)


LEAKY_RELU = Entry(
    name="leaky_relu",
    ja=("Leaky ReLU", "リーキーReLU"),
    en=("leaky ReLU",),
    arguments=X,
    shape=Shape.MAP,
    value=leaky_relu,
    formula=_leaky_relu_formula,
    gradients={"x": _leaky_relu_by_x},
    options={"slope": Option(0.01)},
)


def elu(x: Array, alpha: float = 1.0) -> Array:
    """Exponential linear unit: falls smoothly to −α.

    Formula: x if x > 0 else α(eˣ − 1); derivative 1 for x > 0, else α eˣ (α at 0).
    Args: x of any shape; alpha the limit on the negative side.
    Returns: the same shape, above −α; no errors.
    Source: Clevert and others 2015.
    """
    return np.where(np.greater(x, 0), x, alpha * np.expm1(np.minimum(x, 0.0)))


def _elu_formula(algebra: Algebra, x: Value, alpha: Value) -> Value:
    return algebra.where(algebra.compare(">", x, algebra.number(0)), x, alpha * (notation.exp(algebra, x) - 1))


def _elu_by_x(x: Array, alpha: float) -> Array:
    return np.where(np.greater(x, 0), 1.0, alpha * np.exp(np.minimum(x, 0.0)))


ELU = Entry(
    name="elu",
    ja=("ELU", "指数線形関数"),
    en=("ELU", "exponential linear unit"),
    arguments=X,
    shape=Shape.MAP,
    value=elu,
    formula=_elu_formula,
    gradients={"x": _elu_by_x},
    options={"alpha": Option(1.0)},
)


def softplus(x: Array) -> Array:
    """Smooth ReLU; its derivative is the sigmoid.

    Formula: ln(1 + eˣ) = max(0, x) + ln(1 + e^−|x|); derivative σ(x).
    Args: x of any shape.
    Returns: the same shape, positive; no errors.
    Source: Dugas and others 2000.
    """
    return stable.softplus(x)


SOFTPLUS = Entry(
    name="softplus",
    ja=("ソフトプラス関数", "softplus"),
    en=("softplus",),
    arguments=X,
    shape=Shape.MAP,
    value=softplus,
    formula=notation.softplus,
    gradients={"x": stable.sigmoid},
    topic="losses/why-not-accuracy",
)


def swish(x: Array) -> Array:
    """The value times its sigmoid (SiLU): smooth, with a dip below 0.

    Formula: x σ(x); derivative σ(x)(1 + x(1 − σ(x))).
    Args: x of any shape.
    Returns: the same shape, above −0.28; no errors.
    Source: Ramachandran and others 2017; Elfwing and others 2017.
    """
    return x * stable.sigmoid(x)


def _swish_by_x(x: Array) -> Array:
    return stable.sigmoid(x) * (1.0 + x * stable.sigmoid(-x))


SWISH = Entry(
    name="swish",
    ja=("Swish", "SiLU", "スウィッシュ関数"),
    en=("swish", "SiLU"),
    arguments=X,
    shape=Shape.MAP,
    value=swish,
    formula=lambda algebra, x: x * notation.sigmoid(algebra, x),
    gradients={"x": _swish_by_x},
)


def gelu(x: Array) -> Array:
    """The value times the probability that a standard normal variable is below it.

    Formula: x Φ(x), Φ(x) = ½(1 + erf(x/√2)), exact; derivative Φ(x) + x e^(−x²/2) / √(2π).
    Args: x of any shape.
    Returns: the same shape, above −0.17; no errors.
    Source: Hendrycks and Gimpel 2016.
    """
    return x * stable.normal_below(x)


def _gelu_formula(algebra: Algebra, x: Value) -> Value:
    scaled = algebra.divide(x, notation.sqrt(algebra, algebra.number(2)))
    return x * (1 + algebra.apply("erf", scaled)) / 2


def _gelu_by_x(x: Array) -> Array:
    return stable.normal_below(x) + x * np.exp(-0.5 * np.square(x)) / math.sqrt(2.0 * math.pi)


GELU = Entry(
    name="gelu",
    ja=("GELU", "ガウス誤差線形ユニット"),
    en=("GELU", "Gaussian error linear unit"),
    arguments=X,
    shape=Shape.MAP,
    value=gelu,
    formula=_gelu_formula,
    gradients={"x": _gelu_by_x},
)

ENTRIES = (RELU, LEAKY_RELU, ELU, SOFTPLUS, SWISH, GELU)
