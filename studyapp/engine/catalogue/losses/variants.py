"""Variants of cross-entropy: softened targets, and weights that favour hard examples."""

from __future__ import annotations

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction


def label_smoothing(t: Array, alpha: Array) -> Array:
    """A target row mixed with the uniform distribution.

    Formula: t(1 − α) + α/K; derivative by t_j of entry i: (1 − α) where i = j, else 0.
    Args: t rows of length K (N×K, or one row), usually one-hot; alpha between 0 and 1.
    Returns: the same shape, rows of the same sum. An empty row is a `Problem`.
    Source: Szegedy and others 2016.
    """
    share: Array = alpha / np.shape(t)[-1]
    return t * (1.0 - alpha) + share


def _label_smoothing_formula(_: Algebra, t: Value, alpha: Value) -> Value:
    return t * (1 - alpha) + alpha / len(t)


def _label_smoothing_by_t(t: Array, alpha: Array) -> Array:
    return (1.0 - alpha) * np.broadcast_to(np.eye(t.shape[-1]), (*t.shape, t.shape[-1]))


LABEL_SMOOTHING = Entry(
    name="label_smoothing",
    ja=("ラベルスムージング", "ラベル平滑化"),
    en=("label smoothing",),
    arguments=(Argument("t", Domain.PROBABILITY, "nk"), Argument("alpha", Domain.UNIT, "")),
    shape=Shape.ROW_MAP,
    value=label_smoothing,
    formula=_label_smoothing_formula,
    gradients={"t": _label_smoothing_by_t},
    topic="losses/imbalance",
)


def focal(p: Array, t: Array, gamma: float = 2.0, alpha: float | None = None) -> Array:
    """Binary cross-entropy with less weight on what is already right.

    Formula: −α_t (1 − p_t)^γ ln p_t, where p_t = p if t = 1 else 1 − p, and α_t = α if t = 1 else 1 − α (1 without α).
    Args: p probabilities, t of 0 or 1, of one shape; gamma ≥ 0; alpha the weight of t = 1, between 0 and 1, or none.
    Returns: the same shape, in nats, inf where a sure answer is wrong; the entry takes the mean. A t that is neither 0
    nor 1 and different shapes are a `Problem`.
    Source: Lin and others 2017.
    """
    right = np.where(np.equal(t, 1), p, 1.0 - p)
    return -_weight(t, alpha) * np.power(1.0 - right, gamma) * _log_right(p, t)


def _weight(t: Array, alpha: float | None) -> Array | float:
    return 1.0 if alpha is None else np.where(np.equal(t, 1), alpha, 1.0 - alpha)


def _log_right(p: Array, t: Array) -> Array:
    return np.where(np.equal(t, 1), np.log(p), np.log1p(-p))


def _focal_formula(algebra: Algebra, p: Value, t: Value, gamma: Value, alpha: Value | None) -> Value:
    right = t * p + (1 - t) * (1 - p)
    weight = 1 if alpha is None else t * alpha + (1 - t) * (1 - alpha)
    return -weight * algebra.power(1 - right, gamma) * notation.log(algebra, right)


def _focal_by_p(p: Array, t: Array, gamma: float, alpha: float | None) -> Array:
    right = np.where(np.equal(t, 1), p, 1.0 - p)
    wrong, direction = 1.0 - right, np.where(np.equal(t, 1), 1.0, -1.0)
    pull = np.power(wrong, gamma) / right
    relief = stable.over(gamma * np.power(wrong, gamma) * _log_right(p, t), wrong)
    return _weight(t, alpha) * direction * (relief - pull)


FOCAL = Entry(
    name="focal",
    ja=("Focal損失", "フォーカル損失", "焦点損失", "Focal Loss"),
    en=("focal loss",),
    arguments=(Argument("p", Domain.UNIT), Argument("t", Domain.BIT)),
    shape=Shape.ELEMENT,
    value=focal,
    formula=_focal_formula,
    gradients={"p": _focal_by_p},
    options={"gamma": Option(2.0, Domain.NONNEGATIVE), "alpha": Option("none", Domain.UNIT, words=("none",))},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.BINARY, Task.MULTILABEL), target=Target.BIT, output=OutputUnit.SIGMOID, imbalance=True, usual=True
    ),
    topic="losses/imbalance",
)

ENTRIES = (LABEL_SMOOTHING, FOCAL)
