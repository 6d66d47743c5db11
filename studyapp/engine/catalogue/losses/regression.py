"""Losses for continuous targets: prediction y, target t, residual r = y − t."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.algebras.notation import absolute, mean, sqrt
from studyapp.engine.catalogue.arguments import Argument, Array, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction

Y_AND_T = (Argument("y"), Argument("t"))
FACTS = Facts(tasks=(Task.REGRESSION,), target=Target.REAL, output=OutputUnit.IDENTITY, symmetric=True)


def squared_error(y: Array, t: Array) -> Array:
    """Squared residual, the core of MSE and of the sum of squared errors.

    Formula: r², r = y − t.
    Args: y, t of one shape, in any unit.
    Returns: the same shape, in the unit squared; the entry reduces it. Different shapes are a `Problem`.
    Source: Legendre 1805; Gauss 1809.
    """
    return np.square(np.subtract(y, t))


def _squared_error_formula(_: Algebra, y: Value, t: Value) -> Value:
    return (y - t) ** 2


def _squared_error_by_y(y: Array, t: Array) -> Array:
    return 2.0 * np.subtract(y, t)


def _squared_error_by_t(y: Array, t: Array) -> Array:
    return 2.0 * np.subtract(t, y)


MSE = Entry(
    name="mse",
    ja=("平均二乗誤差", "平均2乗誤差", "平均自乗誤差", "MSE", "L2損失"),
    en=("mean squared error", "MSE", "L2 loss"),
    arguments=Y_AND_T,
    shape=Shape.ELEMENT,
    value=squared_error,
    formula=_squared_error_formula,
    gradients={"y": _squared_error_by_y, "t": _squared_error_by_t},
    reduction=Reduction.MEAN,
    facts=replace(FACTS, tasks=(Task.REGRESSION, Task.RECONSTRUCTION), usual=True, serves=(Task.GENERATION,)),
    topic="losses/squared-error",
)
SSE = replace(
    MSE,
    name="sse",
    ja=("残差平方和", "二乗誤差の和", "SSE"),
    en=("sum of squared errors", "residual sum of squares", "SSE", "RSS"),
    reduction=Reduction.SUM,
    facts=FACTS,
)


def half_squared_error(y: Array, t: Array) -> Array:
    """Half of the squared residual: its derivative is the residual itself.

    Formula: ½r², r = y − t.
    Args: y, t of one shape, in any unit.
    Returns: the same shape, in the unit squared; the entry sums it. Different shapes are a `Problem`.
    Source: Legendre 1805; Gauss 1809; the ½ is custom in derivations of backpropagation.
    """
    return np.square(np.subtract(y, t)) * 0.5


def _half_squared_error_formula(_: Algebra, y: Value, t: Value) -> Value:
    return (y - t) ** 2 / 2


def _half_squared_error_by_y(y: Array, t: Array) -> Array:
    return np.subtract(y, t)


def _half_squared_error_by_t(y: Array, t: Array) -> Array:
    return np.subtract(t, y)


HALF_SSE = Entry(
    name="half_sse",
    ja=("二乗和誤差", "2乗和誤差", "二乗和誤差(½Σ)"),
    en=("half the sum of squared errors", "sum of squared errors with ½"),
    arguments=Y_AND_T,
    shape=Shape.ELEMENT,
    value=half_squared_error,
    formula=_half_squared_error_formula,
    gradients={"y": _half_squared_error_by_y, "t": _half_squared_error_by_t},
    reduction=Reduction.SUM,
    facts=FACTS,
    topic="losses/squared-error",
)


def absolute_error(y: Array, t: Array) -> Array:
    """Absolute residual; the median minimises its mean.

    Formula: |r|, r = y − t; derivative sign r, 0 at the kink r = 0.
    Args: y, t of one shape, in any unit.
    Returns: the same shape, in the same unit; the entry takes the mean. Different shapes are a `Problem`.
    Source: Boscovich 1757.
    """
    return np.abs(np.subtract(y, t))


def _absolute_error_formula(algebra: Algebra, y: Value, t: Value) -> Value:
    return absolute(algebra, y - t)


def _absolute_error_by_y(y: Array, t: Array) -> Array:
    return np.sign(np.subtract(y, t))


def _absolute_error_by_t(y: Array, t: Array) -> Array:
    return np.sign(np.subtract(t, y))


MAE = Entry(
    name="mae",
    ja=("平均絶対誤差", "MAE", "L1損失"),
    en=("mean absolute error", "MAE", "L1 loss"),
    arguments=Y_AND_T,
    shape=Shape.ELEMENT,
    value=absolute_error,
    formula=_absolute_error_formula,
    gradients={"y": _absolute_error_by_y, "t": _absolute_error_by_t},
    reduction=Reduction.MEAN,
    facts=replace(FACTS, tasks=(Task.REGRESSION, Task.RECONSTRUCTION), robust=True, smooth=False, usual=True),
    topic="losses/absolute-error",
)


def rmse(y: Array, t: Array) -> Array:
    """Root of the mean squared error: an error in the target's own unit.

    Formula: √(mean r²), r = y − t; derivative r / (n · RMSE), 0 at the kink r = 0.
    Args: y, t of one shape, in any unit.
    Returns: one number, in the same unit. Different or empty shapes are a `Problem`.
    Source: the standard deviation's form, Pearson 1894.
    """
    residual = np.abs(np.subtract(y, t))
    scale = np.max(residual)  # squares of very large or very small residuals would leave float64
    if scale == 0 or not np.isfinite(scale):
        return np.asarray(scale)
    return np.asarray(scale * np.sqrt(np.mean(np.square(residual / scale))))


def _rmse_formula(algebra: Algebra, y: Value, t: Value) -> Value:
    return sqrt(algebra, mean(algebra, (y - t) ** 2))


def _rmse_by_y(y: Array, t: Array) -> Array:
    root = rmse(y, t)
    return np.zeros_like(np.subtract(y, t)) if root == 0 else np.subtract(y, t) / (np.size(y) * root)


def _rmse_by_t(y: Array, t: Array) -> Array:
    return -_rmse_by_y(y, t)


RMSE = Entry(
    name="rmse",
    ja=("二乗平均平方根誤差", "平均二乗誤差平方根", "RMSE"),
    en=("root mean squared error", "RMSE"),
    arguments=Y_AND_T,
    shape=Shape.WHOLE,
    value=rmse,
    formula=_rmse_formula,
    gradients={"y": _rmse_by_y, "t": _rmse_by_t},
    facts=replace(FACTS, smooth=False),
    topic="losses/absolute-error",
)


ENTRIES = (SSE, HALF_SSE, MSE, MAE, RMSE)
