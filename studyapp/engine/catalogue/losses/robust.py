"""Losses that an outlier pulls less: Huber, log-cosh; and the quantile loss. Residual r = y − t."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.algebras.notation import absolute
from studyapp.engine.catalogue.arguments import Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction
from studyapp.engine.catalogue.losses.regression import FACTS, Y_AND_T


def huber(y: Array, t: Array, delta: float = 1.0) -> Array:
    """Half the squared residual near 0, linear beyond delta.

    Formula: ½r² where |r| ≤ δ, else δ(|r| − ½δ), r = y − t; derivative r clipped to ±δ.
    Args: y, t of one shape, in any unit; delta > 0 in the same unit.
    Returns: the same shape, in the unit squared; the entry takes the mean. A delta that is not positive is a `Problem`.
    Source: Huber 1964.
    """
    size = np.abs(np.subtract(y, t))
    near = np.minimum(size, delta)
    return near * (size - near * 0.5)


def _huber_formula(algebra: Algebra, y: Value, t: Value, delta: Value) -> Value:
    size = absolute(algebra, y - t)
    near, far = (y - t) ** 2 / 2, delta * (size - delta / 2)
    return algebra.where(algebra.compare("<=", size, delta), near, far)


def _huber_by_y(y: Array, t: Array, delta: float) -> Array:
    return np.clip(np.subtract(y, t), -delta, delta)


def _huber_by_t(y: Array, t: Array, delta: float) -> Array:
    return np.clip(np.subtract(t, y), -delta, delta)


HUBER = Entry(
    name="huber",
    ja=("Huber損失", "フーバー損失", "ヒューバー損失", "ハッバー損失"),
    en=("Huber loss",),
    arguments=Y_AND_T,
    shape=Shape.ELEMENT,
    value=huber,
    formula=_huber_formula,
    gradients={"y": _huber_by_y, "t": _huber_by_t},
    options={"delta": Option(1.0, Domain.POSITIVE)},
    reduction=Reduction.MEAN,
    facts=replace(FACTS, robust=True),
    topic="losses/huber",
)


def log_cosh(y: Array, t: Array) -> Array:
    """Logarithm of the residual's hyperbolic cosine: smooth everywhere, ½r² near 0, |r| − ln 2 far away.

    Formula: ln cosh r = |r| + ln(1 + e^(−2|r|)) − ln 2, r = y − t; derivative tanh r.
    Args: y, t of one shape.
    Returns: the same shape; the entry takes the mean. Different shapes are a `Problem`.
    Source: no single one; in use since the 1990s.
    """
    size = np.abs(np.subtract(y, t))
    near = np.log1p(2.0 * np.square(np.sinh(np.minimum(size, 1.0) * 0.5)))  # keeps the digits of small residuals
    return np.where(size < 1.0, near, size + np.log1p(np.exp(-2.0 * size)) - math.log(2.0))


def _log_cosh_formula(algebra: Algebra, y: Value, t: Value) -> Value:
    r = y - t
    return notation.log(algebra, (notation.exp(algebra, r) + notation.exp(algebra, -r)) / 2)


def _log_cosh_by_y(y: Array, t: Array) -> Array:
    return np.tanh(np.subtract(y, t))


def _log_cosh_by_t(y: Array, t: Array) -> Array:
    return np.tanh(np.subtract(t, y))


LOG_COSH = Entry(
    name="log_cosh",
    ja=("log-cosh損失", "対数双曲線余弦損失"),
    en=("log-cosh loss",),
    arguments=Y_AND_T,
    shape=Shape.ELEMENT,
    value=log_cosh,
    formula=_log_cosh_formula,
    gradients={"y": _log_cosh_by_y, "t": _log_cosh_by_t},
    reduction=Reduction.MEAN,
    facts=replace(FACTS, robust=True),
    topic="losses/huber",
)


def pinball(y: Array, t: Array, tau: float = 0.5) -> Array:
    """Quantile loss: its mean is least at the τ-quantile of the targets.

    Formula: τ · max(0, t − y) + (1 − τ) · max(0, y − t); derivative by y −τ below the target, 1 − τ above, 0 at it.
    Args: y, t of one shape, in any unit; tau between 0 and 1.
    Returns: the same shape, in the same unit; the entry takes the mean. Different shapes are a `Problem`.
    Source: Koenker and Bassett 1978.
    """
    return tau * np.maximum(np.subtract(t, y), 0.0) + (1.0 - tau) * np.maximum(np.subtract(y, t), 0.0)


def _pinball_formula(algebra: Algebra, y: Value, t: Value, tau: Value) -> Value:
    return tau * notation.relu(algebra, t - y) + (1 - tau) * notation.relu(algebra, y - t)


def _pinball_by_y(y: Array, t: Array, tau: float) -> Array:
    return np.where(np.less(y, t), -tau, np.where(np.greater(y, t), 1.0 - tau, 0.0))


def _pinball_by_t(y: Array, t: Array, tau: float) -> Array:
    return -_pinball_by_y(y, t, tau)


PINBALL = Entry(
    name="pinball",
    ja=("分位点損失", "ピンボール損失", "分位数損失"),
    en=("pinball loss", "quantile loss"),
    arguments=Y_AND_T,
    shape=Shape.ELEMENT,
    value=pinball,
    formula=_pinball_formula,
    gradients={"y": _pinball_by_y, "t": _pinball_by_t},
    options={"tau": Option(0.5, Domain.UNIT)},
    reduction=Reduction.MEAN,
    facts=replace(FACTS, robust=True, asymmetric=True, symmetric=False, smooth=False, usual=True),
    topic="losses/huber",
)

ENTRIES = (HUBER, LOG_COSH, PINBALL)
