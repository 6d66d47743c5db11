"""Losses for continuous targets: prediction y, target t, residual r = y − t.

Squared and absolute errors; losses that an outlier pulls less, and the quantile loss; losses for positive targets and
for noise of a known form.
"""

import math
from dataclasses import replace

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Reduction, Shape

Y_AND_T = (Argument("y"), Argument("t"))
FACTS = Facts((Task.REGRESSION,), Target.REAL, OutputUnit.IDENTITY, symmetric=True)


@Entry(
    name="sse",
    names=Text(ja="残差平方和、二乗誤差の和、SSE", en="sum of squared errors, residual sum of squares, SSE, RSS"),
    takes=(Shape.ELEMENT, *Y_AND_T),
    gradients={"y": lambda y, t: 2.0 * (y - t), "t": lambda y, t: 2.0 * (t - y)},
    reduction=Reduction.SUM,
    facts=FACTS,
    topic="losses/squared-error",
)
def squared_error(_: Algebra, y: Value, t: Value) -> Value:
    """Squared residual, the core of MSE and of the sum of squared errors.

    Formula: r², r = y − t.
    Args: y, t of one shape, in any unit.
    Returns: the same shape, in the unit squared; the entry reduces it.
    Source: Legendre 1805; Gauss 1809.
    """
    return (y - t) ** 2


@Entry(
    name="half_sse",
    names=Text(
        ja="二乗和誤差、2乗和誤差、二乗和誤差(½Σ)", en="half the sum of squared errors, sum of squared errors with ½"
    ),
    takes=(Shape.ELEMENT, *Y_AND_T),
    gradients={"y": lambda y, t: y - t, "t": lambda y, t: t - y},
    reduction=Reduction.SUM,
    facts=FACTS,
    topic="losses/squared-error",
)
def half_squared_error(_: Algebra, y: Value, t: Value) -> Value:
    """Half of the squared residual: its derivative is the residual itself.

    Formula: ½r², r = y − t.
    Args: y, t of one shape, in any unit.
    Returns: the same shape, in the unit squared; the entry sums it.
    Source: Legendre 1805; Gauss 1809; the ½ is custom in derivations of backpropagation.
    """
    return (y - t) ** 2 / 2


MSE = replace(
    squared_error,
    name="mse",
    names=Text(ja="平均二乗誤差、平均2乗誤差、平均自乗誤差、MSE、L2損失", en="mean squared error, MSE, L2 loss"),
    reduction=Reduction.MEAN,
    facts=replace(FACTS, tasks=(Task.REGRESSION, Task.RECONSTRUCTION), usual=True, serves=(Task.GENERATION,)),
)


@Entry(
    name="mae",
    names=Text(ja="平均絶対誤差、MAE、L1損失", en="mean absolute error, MAE, L1 loss"),
    takes=(Shape.ELEMENT, *Y_AND_T),
    gradients={"y": lambda y, t: np.sign(y - t), "t": lambda y, t: np.sign(t - y)},
    facts=replace(FACTS, tasks=(Task.REGRESSION, Task.RECONSTRUCTION), robust=True, smooth=False, usual=True),
    topic="losses/absolute-error",
)
def absolute_error(algebra: Algebra, y: Value, t: Value) -> Value:
    """Absolute residual; the median minimises its mean.

    Formula: |r|, r = y − t; derivative sign r, 0 at the kink r = 0.
    Args: y, t of one shape, in any unit.
    Returns: the same shape, in the same unit; the entry takes the mean.
    Source: Boscovich 1757.
    """
    return algebra.apply("abs", y - t)


def _rmse_by_y(y: Array, t: Array) -> Array:
    root = rmse.unreduced(y, t)
    return np.zeros_like(y - t) if root == 0 else (y - t) / (np.size(y) * root)


@Entry(
    names=Text(ja="二乗平均平方根誤差、平均二乗誤差平方根、RMSE", en="root mean squared error, RMSE"),
    takes=(Shape.WHOLE, *Y_AND_T),
    formula=lambda algebra, y, t: algebra.apply("sqrt", functions.mean(algebra, (y - t) ** 2)),
    gradients={"y": _rmse_by_y, "t": lambda y, t: -_rmse_by_y(y, t)},
    facts=replace(FACTS, smooth=False),
    topic="losses/absolute-error",
)
def rmse(y: Array, t: Array) -> Array:
    """Root of the mean squared error: an error in the target's own unit.

    Formula: √(mean r²), r = y − t; derivative r / (n · RMSE), 0 at the kink r = 0.
    Args: y, t of one shape, in any unit.
    Returns: one number, in the same unit. An empty shape is a `Problem`.
    Source: the standard deviation's form, Pearson 1894.
    """
    residual = np.abs(y - t)
    scale = np.max(residual)  # squares of very large or very small residuals would leave float64
    if scale == 0 or not np.isfinite(scale):
        return np.asarray(scale)
    return np.asarray(scale * np.sqrt(np.mean(np.square(residual / scale))))


def _huber_formula(algebra: Algebra, y: Value, t: Value, delta: Value) -> Value:
    size = algebra.apply("abs", y - t)
    near, far = (y - t) ** 2 / 2, delta * (size - delta / 2)
    return algebra.where(algebra.compare("<=", size, delta), near, far)


@Entry(
    names=Text(ja="Huber損失、フーバー損失、ヒューバー損失、ハッバー損失", en="Huber loss"),
    takes=(Shape.ELEMENT, *Y_AND_T),
    formula=_huber_formula,
    gradients={
        "y": lambda y, t, delta: np.clip((y - t), -delta, delta),
        "t": lambda y, t, delta: np.clip((t - y), -delta, delta),
    },
    options={"delta": Option(1.0, Domain.POSITIVE)},
    facts=replace(FACTS, robust=True),
    topic="losses/huber",
)
def huber(y: Array, t: Array, delta: float = 1.0) -> Array:
    """Half the squared residual near 0, linear beyond delta.

    Formula: ½r² where |r| ≤ δ, else δ(|r| − ½δ), r = y − t; derivative r clipped to ±δ.
    Args: y, t of one shape, in any unit; delta > 0 in the same unit.
    Returns: the same shape, in the unit squared; the entry takes the mean. A delta that is not positive is a `Problem`.
    Source: Huber 1964.
    """
    size = np.abs(y - t)
    near = np.minimum(size, delta)
    return near * (size - near * 0.5)


def _log_cosh_formula(algebra: Algebra, y: Value, t: Value) -> Value:
    r = y - t
    return functions.log(algebra, (algebra.apply("exp", r) + algebra.apply("exp", -r)) / 2)


@Entry(
    names=Text(ja="log-cosh損失、対数双曲線余弦損失", en="log-cosh loss"),
    takes=(Shape.ELEMENT, *Y_AND_T),
    formula=_log_cosh_formula,
    gradients={"y": lambda y, t: np.tanh(y - t), "t": lambda y, t: np.tanh(t - y)},
    facts=replace(FACTS, robust=True),
    topic="losses/huber",
)
def log_cosh(y: Array, t: Array) -> Array:
    """Logarithm of the residual's hyperbolic cosine: smooth everywhere, ½r² near 0, |r| − ln 2 far away.

    Formula: ln cosh r = |r| + ln(1 + e^(−2|r|)) − ln 2, r = y − t; derivative tanh r.
    Args: y, t of one shape.
    Returns: the same shape; the entry takes the mean.
    Source: no single one; in use since the 1990s.
    """
    size = np.abs(y - t)
    near = np.log1p(2.0 * np.square(np.sinh(np.minimum(size, 1.0) * 0.5)))  # keeps the digits of small residuals
    return np.where(size < 1.0, near, size + np.log1p(np.exp(-2.0 * size)) - math.log(2.0))


def _pinball_by_y(y: Array, t: Array, tau: float) -> Array:
    return np.where(np.less(y, t), -tau, np.where(np.greater(y, t), 1.0 - tau, 0.0))


@Entry(
    names=Text(ja="分位点損失、ピンボール損失、分位数損失", en="pinball loss, quantile loss"),
    takes=(Shape.ELEMENT, *Y_AND_T),
    gradients={"y": _pinball_by_y, "t": lambda y, t, tau: -_pinball_by_y(y, t, tau)},
    options={"tau": Option(0.5, Domain.UNIT)},
    facts=replace(FACTS, robust=True, asymmetric=True, symmetric=False, smooth=False, usual=True),
    topic="losses/huber",
)
def pinball(algebra: Algebra, y: Value, t: Value, tau: Value) -> Value:
    """Quantile loss: its mean is least at the τ-quantile of the targets.

    Formula: τ · max(0, t − y) + (1 − τ) · max(0, y − t); derivative by y −τ below the target, 1 − τ above, 0 at it.
    Args: y, t of one shape, in any unit; tau between 0 and 1.
    Returns: the same shape, in the same unit; the entry takes the mean.
    Source: Koenker and Bassett 1978.
    """
    return tau * functions.relu(algebra, t - y) + (1 - tau) * functions.relu(algebra, y - t)


ABOVE = (Argument("y", Domain.ABOVE_MINUS_ONE), Argument("t", Domain.ABOVE_MINUS_ONE))
RATIO = Facts(
    (Task.REGRESSION,), Target.POSITIVE, OutputUnit.EXP, relative=True, symmetric=True, convex=False, robust=True
)


def _log_ratio(algebra: Algebra, y: Value, t: Value) -> Value:
    return functions.log(algebra, 1 + y) - functions.log(algebra, 1 + t)


@Entry(
    name="msle",
    names=Text(ja="平均二乗対数誤差、二乗対数誤差、MSLE", en="mean squared logarithmic error, MSLE"),
    takes=(Shape.ELEMENT, *ABOVE),
    formula=lambda algebra, y, t: _log_ratio(algebra, y, t) ** 2,
    gradients={
        "y": lambda y, t: 2.0 * (np.log1p(y) - np.log1p(t)) / (1.0 + y),
        "t": lambda y, t: 2.0 * (np.log1p(t) - np.log1p(y)) / (1.0 + t),
    },
    facts=replace(RATIO, usual=True),
    topic="losses/absolute-error",
)
def squared_logarithmic_error(y: Array, t: Array) -> Array:
    """Squared difference of logarithms: relative errors count alike at every scale.

    Formula: Δ², Δ = ln(1 + y) − ln(1 + t); derivative by y 2Δ / (1 + y).
    Args: y, t of one shape, greater than −1.
    Returns: the same shape, without unit; the entry takes the mean. Values below −1 are a `Problem`.
    Source: no single one; common for counts and prices.
    """
    gap: Array = np.log1p(y) - np.log1p(t)
    return np.square(gap)


def _rmsle_by_y(y: Array, t: Array) -> Array:
    return stable.over(np.log1p(y) - np.log1p(t), np.size(y) * (1.0 + y) * rmsle.unreduced(y, t))


@Entry(
    names=Text(ja="対数平均二乗誤差平方根、RMSLE", en="root mean squared logarithmic error, RMSLE"),
    takes=(Shape.WHOLE, *ABOVE),
    formula=lambda algebra, y, t: algebra.apply("sqrt", functions.mean(algebra, _log_ratio(algebra, y, t) ** 2)),
    gradients={"y": _rmsle_by_y, "t": lambda y, t: _rmsle_by_y(t, y)},
    facts=RATIO,
    topic="losses/absolute-error",
)
def rmsle(y: Array, t: Array) -> Array:
    """Root of the mean squared logarithmic error.

    Formula: √(mean Δ²), Δ = ln(1 + y) − ln(1 + t); derivative by y Δ / (n(1 + y) · RMSLE), 0 at the kink Δ = 0.
    Args: y, t of one shape, greater than −1.
    Returns: one number, without unit. An empty shape, and values below −1, are a `Problem`.
    Source: no single one; common for counts and prices.
    """
    return np.asarray(np.sqrt(np.mean(squared_logarithmic_error.unreduced(y, t))))


@Entry(
    names=Text(ja="ポアソン損失、ポアソン負の対数尤度", en="Poisson loss, Poisson negative log likelihood"),
    takes=(Shape.ELEMENT, Argument("y", Domain.POSITIVE), Argument("t", Domain.NONNEGATIVE)),
    gradients={"y": lambda y, t: 1.0 - stable.over(t, y), "t": lambda y, t: -np.log(y)},
    facts=Facts((Task.COUNTING,), Target.COUNT, OutputUnit.EXP, usual=True),
    topic="losses/likelihood",
)
def poisson_nll(algebra: Algebra, y: Value, t: Value) -> Value:
    """Negative log likelihood of counts under a Poisson distribution of mean y, without the constant ln t!.

    Formula: y − t ln y, with 0 · ln 0 = 0; derivative 1 − t/y.
    Args: y the predicted mean (a rate, not its logarithm), positive; t counts, of one shape.
    Returns: the same shape; inf where a count meets y = 0; the entry takes the mean.
    Source: Nelder and Wedderburn 1972.
    """
    return y - functions.times_log(algebra, t, y)


@Entry(
    names=Text(
        ja="ガウス負の対数尤度、ガウスNLL、正規分布の負の対数尤度", en="Gaussian negative log likelihood, Gaussian NLL"
    ),
    takes=(Shape.ELEMENT, Argument("y"), Argument("t"), Argument("v", Domain.POSITIVE)),
    gradients={
        "y": lambda y, t, v: (y - t) / v,
        "t": lambda y, t, v: (t - y) / v,
        "v": lambda y, t, v: 0.5 * (1.0 - np.square(y - t) / v) / v,
    },
    facts=Facts((Task.REGRESSION,), Target.REAL, OutputUnit.IDENTITY),
    topic="losses/likelihood",
)
def gaussian_nll(algebra: Algebra, y: Value, t: Value, v: Value) -> Value:
    """Negative log likelihood under normal noise of variance v, without the constant ½ ln 2π.

    Formula: ½(ln v + r²/v), r = y − t; derivative r/v by y, ½(1 − r²/v)/v by v; at fixed v a scaled squared error.
    Args: y the mean, t the target, v the variance (σ², not σ), positive; of one shape, or single numbers.
    Returns: the same shape; the entry takes the mean.
    Source: Nix and Weigend 1994.
    """
    return (functions.log(algebra, v) + algebra.divide((y - t) ** 2, v)) / 2
