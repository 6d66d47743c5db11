"""Losses for positive targets and for noise of a known form: logarithmic error, Poisson and Gaussian likelihood."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction

ABOVE = (Argument("y", Domain.ABOVE_MINUS_ONE), Argument("t", Domain.ABOVE_MINUS_ONE))
RATIO = Facts(
    tasks=(Task.REGRESSION,),
    target=Target.POSITIVE,
    output=OutputUnit.EXP,
    relative=True,
    symmetric=True,
    convex=False,
    robust=True,
)


def squared_logarithmic_error(y: Array, t: Array) -> Array:
    """Squared difference of logarithms: relative errors count alike at every scale.

    Formula: Δ², Δ = ln(1 + y) − ln(1 + t); derivative by y 2Δ / (1 + y).
    Args: y, t of one shape, greater than −1.
    Returns: the same shape, without unit; the entry takes the mean. Different shapes, and values below −1, are a
    `Problem`.
    Source: no single one; common for counts and prices.
    """
    gap: Array = np.log1p(y) - np.log1p(t)
    return np.square(gap)


def _log_ratio(algebra: Algebra, y: Value, t: Value) -> Value:
    return notation.log(algebra, 1 + y) - notation.log(algebra, 1 + t)


def _squared_logarithmic_error_formula(algebra: Algebra, y: Value, t: Value) -> Value:
    return _log_ratio(algebra, y, t) ** 2


def _squared_logarithmic_error_by_y(y: Array, t: Array) -> Array:
    return 2.0 * (np.log1p(y) - np.log1p(t)) / (1.0 + y)


def _squared_logarithmic_error_by_t(y: Array, t: Array) -> Array:
    return 2.0 * (np.log1p(t) - np.log1p(y)) / (1.0 + t)


MSLE = Entry(
    name="msle",
    ja=("平均二乗対数誤差", "二乗対数誤差", "MSLE"),
    en=("mean squared logarithmic error", "MSLE"),
    arguments=ABOVE,
    shape=Shape.ELEMENT,
    value=squared_logarithmic_error,
    formula=_squared_logarithmic_error_formula,
    gradients={"y": _squared_logarithmic_error_by_y, "t": _squared_logarithmic_error_by_t},
    reduction=Reduction.MEAN,
    facts=replace(RATIO, usual=True),
    topic="losses/absolute-error",
)


def rmsle(y: Array, t: Array) -> Array:
    """Root of the mean squared logarithmic error.

    Formula: √(mean Δ²), Δ = ln(1 + y) − ln(1 + t); derivative by y Δ / (n(1 + y) · RMSLE), 0 at the kink Δ = 0.
    Args: y, t of one shape, greater than −1.
    Returns: one number, without unit. Different or empty shapes, and values below −1, are a `Problem`.
    Source: no single one; common for counts and prices.
    """
    return np.asarray(np.sqrt(np.mean(squared_logarithmic_error(y, t))))


def _rmsle_formula(algebra: Algebra, y: Value, t: Value) -> Value:
    return notation.sqrt(algebra, notation.mean(algebra, _log_ratio(algebra, y, t) ** 2))


def _rmsle_by_y(y: Array, t: Array) -> Array:
    return stable.over(np.log1p(y) - np.log1p(t), np.size(y) * (1.0 + y) * rmsle(y, t))


def _rmsle_by_t(y: Array, t: Array) -> Array:
    return _rmsle_by_y(t, y)


RMSLE = Entry(
    name="rmsle",
    ja=("対数平均二乗誤差平方根", "RMSLE"),
    en=("root mean squared logarithmic error", "RMSLE"),
    arguments=ABOVE,
    shape=Shape.WHOLE,
    value=rmsle,
    formula=_rmsle_formula,
    gradients={"y": _rmsle_by_y, "t": _rmsle_by_t},
    facts=RATIO,
    topic="losses/absolute-error",
)


def poisson_nll(y: Array, t: Array) -> Array:
    """Negative log likelihood of counts under a Poisson distribution of mean y, without the constant ln t!.

    Formula: y − t ln y, with 0 · ln 0 = 0; derivative 1 − t/y.
    Args: y the predicted mean (a rate, not its logarithm), positive; t counts, of one shape.
    Returns: the same shape; inf where a count meets y = 0; the entry takes the mean. Different shapes are a `Problem`.
    Source: Nelder and Wedderburn 1972.
    """
    return y - stable.times_log(t, y)


def _poisson_nll_formula(algebra: Algebra, y: Value, t: Value) -> Value:
    return y - notation.times_log(algebra, t, y)


def _poisson_nll_by_y(y: Array, t: Array) -> Array:
    return 1.0 - stable.over(t, y)


def _poisson_nll_by_t(y: Array, t: Array) -> Array:
    return -np.log(y) + 0.0 * t


POISSON_NLL = Entry(
    name="poisson_nll",
    ja=("ポアソン損失", "ポアソン負の対数尤度"),
    en=("Poisson loss", "Poisson negative log likelihood"),
    arguments=(Argument("y", Domain.POSITIVE), Argument("t", Domain.NONNEGATIVE)),
    shape=Shape.ELEMENT,
    value=poisson_nll,
    formula=_poisson_nll_formula,
    gradients={"y": _poisson_nll_by_y, "t": _poisson_nll_by_t},
    reduction=Reduction.MEAN,
    facts=Facts(tasks=(Task.COUNTING,), target=Target.COUNT, output=OutputUnit.EXP, usual=True),
    topic="losses/likelihood",
)


def gaussian_nll(y: Array, t: Array, v: Array) -> Array:
    """Negative log likelihood under normal noise of variance v, without the constant ½ ln 2π.

    Formula: ½(ln v + r²/v), r = y − t; derivative r/v by y, ½(1 − r²/v)/v by v; at fixed v a scaled squared error.
    Args: y the mean, t the target, v the variance (σ², not σ), positive; of one shape, or single numbers.
    Returns: the same shape; the entry takes the mean. Different shapes are a `Problem`.
    Source: Nix and Weigend 1994.
    """
    return 0.5 * (np.log(v) + np.square(np.subtract(y, t)) / v)


def _gaussian_nll_formula(algebra: Algebra, y: Value, t: Value, v: Value) -> Value:
    return (notation.log(algebra, v) + algebra.divide((y - t) ** 2, v)) / 2


def _gaussian_nll_by_y(y: Array, t: Array, v: Array) -> Array:
    return np.subtract(y, t) / v


def _gaussian_nll_by_t(y: Array, t: Array, v: Array) -> Array:
    return np.subtract(t, y) / v


def _gaussian_nll_by_v(y: Array, t: Array, v: Array) -> Array:
    return 0.5 * (1.0 - np.square(np.subtract(y, t)) / v) / v


GAUSSIAN_NLL = Entry(
    name="gaussian_nll",
    ja=("ガウス負の対数尤度", "ガウスNLL", "正規分布の負の対数尤度"),
    en=("Gaussian negative log likelihood", "Gaussian NLL"),
    arguments=(Argument("y"), Argument("t"), Argument("v", Domain.POSITIVE)),
    shape=Shape.ELEMENT,
    value=gaussian_nll,
    formula=_gaussian_nll_formula,
    gradients={"y": _gaussian_nll_by_y, "t": _gaussian_nll_by_t, "v": _gaussian_nll_by_v},
    reduction=Reduction.MEAN,
    facts=Facts(tasks=(Task.REGRESSION,), target=Target.REAL, output=OutputUnit.IDENTITY),
    topic="losses/likelihood",
)

ENTRIES = (MSLE, RMSLE, POISSON_NLL, GAUSSIAN_NLL)
