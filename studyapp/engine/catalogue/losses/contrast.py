"""Metric learning as classification: contrast among many, and logits with an angular margin."""

from __future__ import annotations

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction


def info_nce(s: Array, positive: Array, tau: float = 0.07) -> Array:
    """Contrast of the one positive among all candidates (InfoNCE, NT-Xent).

    Formula: −ln(e^(s_+/τ) / Σ_k e^(s_k/τ)); the positive stays in the sum, the anchor's similarity to itself is not
    in s; derivative (softmax(s/τ) − one-hot(+)) / τ.
    Args: s rows of K similarities (N×K, or one row), positive the place of the positive from 0, one a row; tau > 0.
    Returns: one value a row, in nats; the entry takes the mean over rows. A place outside 0 … K − 1 is a `Problem`.
    Source: Oord and others 2018; Chen and others 2020.
    """
    return np.asarray(stable.log_sum_exp((s - stable.picked(s, positive)[..., np.newaxis]) / tau))


def _info_nce_formula(algebra: Algebra, s: Value, positive: Value, tau: Value) -> Value:
    scaled = algebra.divide(s, tau)
    return notation.log_sum_exp(algebra, scaled) - scaled[notation.label(algebra, positive, len(s))]


def _info_nce_by_s(s: Array, positive: Array, tau: float) -> Array:
    return (stable.softmax(s / tau) - stable.one_hot(positive, s.shape[-1])) / tau


INFO_NCE = Entry(
    name="info_nce",
    ja=("InfoNCE損失", "NT-Xent損失", "InfoNCE"),
    en=("InfoNCE", "NT-Xent", "normalized temperature-scaled cross-entropy"),
    arguments=(Argument("s", Domain.COSINE, "nk"), Argument("positive", Domain.INDEX, "n")),
    shape=Shape.ROW,
    value=info_nce,
    formula=_info_nce_formula,
    gradients={"s": _info_nce_by_s},
    options={"tau": Option(0.07, Domain.POSITIVE)},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.SELF_SUPERVISED, Task.METRIC_LEARNING), target=Target.PAIR, output=OutputUnit.EMBEDDING, usual=True
    ),
    topic="metric/embeddings",
)

ANGLE = (
    Argument("theta", Domain.ANGLE),
    Argument("margin", Domain.NONNEGATIVE, ""),
    Argument("scale", Domain.POSITIVE, ""),
)


def arcface_logit(theta: Array, margin: Array, scale: Array) -> Array:
    """ArcFace's logit of the true class: the margin is added to the angle.

    Formula: s · cos(θ + m); derivative by θ −s · sin(θ + m).
    Args: theta angles to the class centre in radians, of any shape; margin m in radians; scale s > 0.
    Returns: the same shape; cross-entropy follows. A margin or scale that is no single number is a `Problem`.
    Source: Deng and others 2019.
    """
    return scale * np.cos(theta + margin)


def _arcface_logit_by_theta(theta: Array, margin: Array, scale: Array) -> Array:
    return -scale * np.sin(theta + margin)


ARCFACE_LOGIT = Entry(
    name="arcface_logit",
    ja=("ArcFace", "ArcFaceのロジット"),
    en=("ArcFace logit", "additive angular margin"),
    arguments=ANGLE,
    shape=Shape.MAP,
    value=arcface_logit,
    formula=lambda algebra, theta, margin, scale: scale * algebra.apply("cos", theta + margin),
    gradients={"theta": _arcface_logit_by_theta},
    topic="metric/embeddings",
)


def cosface_logit(theta: Array, margin: Array, scale: Array) -> Array:
    """CosFace's logit of the true class: the margin is taken from the cosine.

    Formula: s · (cos θ − m); derivative by θ −s · sin θ.
    Args: theta angles to the class centre in radians, of any shape; margin m; scale s > 0.
    Returns: the same shape; cross-entropy follows. A margin or scale that is no single number is a `Problem`.
    Source: Wang and others 2018.
    """
    return scale * (np.cos(theta) - margin)


def _cosface_logit_by_theta(theta: Array, margin: Array, scale: Array) -> Array:
    return -scale * np.sin(theta) + 0.0 * margin


COSFACE_LOGIT = Entry(
    name="cosface_logit",
    ja=("CosFace", "CosFaceのロジット"),
    en=("CosFace logit", "large margin cosine"),
    arguments=ANGLE,
    shape=Shape.MAP,
    value=cosface_logit,
    formula=lambda algebra, theta, margin, scale: scale * (algebra.apply("cos", theta) - margin),
    gradients={"theta": _cosface_logit_by_theta},
    topic="metric/embeddings",
)

ENTRIES = (INFO_NCE, ARCFACE_LOGIT, COSFACE_LOGIT)
