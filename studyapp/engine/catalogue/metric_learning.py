"""Metric learning: by pairs and triplets, pushed apart up to a margin; and as classification, by contrast or angle."""

from dataclasses import replace

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape

FACTS = Facts((Task.METRIC_LEARNING,), Target.PAIR, OutputUnit.EMBEDDING, margin=True)
MARGIN = Option(1.0, Domain.NONNEGATIVE)


def _contrastive_formula(algebra: Algebra, d: Value, same: Value, margin: Value) -> Value:
    return (same * d**2 + (1 - same) * functions.relu(algebra, margin - d) ** 2) / 2


@Entry(
    names=Text(ja="コントラスティブ損失、対照損失、コントラスト損失、Contrastive loss", en="contrastive loss"),
    takes=(Shape.ELEMENT, Argument("d", Domain.NONNEGATIVE), Argument("same", Domain.BIT)),
    formula=_contrastive_formula,
    gradients={"d": lambda d, same, margin: np.where(np.equal(same, 1), d, -np.maximum(margin - d, 0.0))},
    options={"margin": MARGIN},
    facts=replace(FACTS, usual=True, serves=(Task.SELF_SUPERVISED,)),
    topic="metric/metric-learning",
)
def contrastive(d: Array, same: Array, margin: float = 1.0) -> Array:
    """Contrastive loss of a pair by its distance.

    Formula: ½d² for a pair of one class, ½ max(0, m − d)² for two classes; derivative d, or −max(0, m − d).
    Args: d distances (≥ 0), same 1 for one class and 0 for two (the original paper has it the other way), of one shape;
    margin m ≥ 0 in the unit of d.
    Returns: the same shape; the entry takes the mean. A `same` that is neither 0 nor 1 is a `Problem`.
    Source: Hadsell, Chopra and LeCun 2006.
    """
    return 0.5 * np.square(np.where(np.equal(same, 1), d, np.maximum(margin - d, 0.0)))


@Entry(
    names=Text(ja="トリプレット損失、Triplet loss", en="triplet loss"),
    takes=(Shape.ELEMENT, Argument("dp", Domain.NONNEGATIVE), Argument("dn", Domain.NONNEGATIVE)),
    gradients={
        "dp": lambda dp, dn, margin: np.where(dp - dn + margin > 0, 1.0, 0.0),
        "dn": lambda dp, dn, margin: np.where(dp - dn + margin > 0, -1.0, 0.0),
    },
    options={"margin": MARGIN},
    facts=replace(FACTS, target=Target.TRIPLET, smooth=False, usual=True),
    topic="metric/metric-learning",
)
def triplet(algebra: Algebra, dp: Value, dn: Value, margin: Value) -> Value:
    """Triplet loss by the two distances of an anchor.

    Formula: max(0, d(a, p) − d(a, n) + m); derivative 1 by dp and −1 by dn while positive, else 0 (also at the kink).
    Args: dp to the positive, dn to the negative, of one shape (squared distances, as in FaceNet, are the caller's
    choice); margin m ≥ 0 in their unit.
    Returns: the same shape; the entry takes the mean.
    Source: Schroff and others 2015; Weinberger and others 2006.
    """
    return functions.relu(algebra, dp - dn + margin)


def _circle_exponents(sp: Array, sn: Array, gamma: float, margin: float) -> tuple[Array, Array]:
    negative = gamma * np.maximum(sn + margin, 0.0) * (sn - margin)
    return negative, -gamma * np.maximum(1.0 + margin - sp, 0.0) * (sp - 1.0 + margin)


def _circle_formula(algebra: Algebra, sp: Value, sn: Value, gamma: Value, margin: Value) -> Value:
    near = algebra.apply("exp", -gamma * functions.relu(algebra, 1 + margin - sp) * (sp - 1 + margin))
    far = algebra.apply("exp", gamma * functions.relu(algebra, sn + margin) * (sn - margin))
    return functions.log(algebra, 1 + functions.total(algebra, far) * functions.total(algebra, near))


def _circle_by_sp(sp: Array, sn: Array, gamma: float, margin: float) -> Array:
    negative, positive = _circle_exponents(sp, sn, gamma, margin)
    whole = stable.sigmoid(stable.log_sum_exp(negative) + stable.log_sum_exp(positive))
    return whole * stable.softmax(positive) * np.where(sp < 1.0 + margin, 2.0 * gamma * (sp - 1.0), 0.0)


def _circle_by_sn(sp: Array, sn: Array, gamma: float, margin: float) -> Array:
    negative, positive = _circle_exponents(sp, sn, gamma, margin)
    whole = stable.sigmoid(stable.log_sum_exp(negative) + stable.log_sum_exp(positive))
    return whole * stable.softmax(negative) * np.where(sn > -margin, 2.0 * gamma * sn, 0.0)


@Entry(
    names=Text(ja="Circle損失、サークル損失、Circle loss", en="circle loss"),
    takes=(Shape.WHOLE, Argument("sp", Domain.COSINE, "p"), Argument("sn", Domain.COSINE, "q")),
    formula=_circle_formula,
    gradients={"sp": _circle_by_sp, "sn": _circle_by_sn},
    options={"gamma": Option(80.0, Domain.POSITIVE), "margin": Option(0.4)},
    facts=FACTS,
    topic="metric/embeddings",
)
def circle(sp: Array, sn: Array, gamma: float = 80.0, margin: float = 0.4) -> Array:
    """Circle loss of one anchor: similarities far from their goal weigh more.

    Formula: ln(1 + Σ_j e^(γ α_n (s_n − m)) · Σ_i e^(−γ α_p (s_p − 1 + m))), α_p = max(0, 1 + m − s_p),
    α_n = max(0, s_n + m); the derivative goes through α (much code holds α fixed and has another gradient).
    Args: sp similarities to the same class, sn to other classes, vectors of their own lengths (cosines); gamma > 0,
    margin m.
    Returns: one number. An empty vector is a `Problem`.
    Source: Sun and others 2020.
    """
    negative, positive = _circle_exponents(sp, sn, gamma, margin)
    return stable.softplus(stable.log_sum_exp(negative) + stable.log_sum_exp(positive))


def _info_nce_formula(algebra: Algebra, s: Value, positive: Value, tau: Value) -> Value:
    scaled = algebra.divide(s, tau)
    return functions.log_sum_exp(algebra, scaled) - scaled[functions.label(algebra, positive, len(s))]


@Entry(
    names=Text(
        ja="InfoNCE損失、NT-Xent損失、InfoNCE", en="InfoNCE, NT-Xent, normalized temperature-scaled cross-entropy"
    ),
    takes=(Shape.ROW, Argument("s", Domain.COSINE, "nk"), Argument("positive", Domain.INDEX, "n")),
    formula=_info_nce_formula,
    gradients={"s": lambda s, positive, tau: (stable.softmax(s / tau) - stable.one_hot(positive, s.shape[-1])) / tau},
    options={"tau": Option(0.07, Domain.POSITIVE)},
    facts=Facts((Task.SELF_SUPERVISED, Task.METRIC_LEARNING), Target.PAIR, OutputUnit.EMBEDDING, usual=True),
    topic="metric/embeddings",
)
def info_nce(s: Array, positive: Array, tau: float = 0.07) -> Array:
    """Contrast of the one positive among all candidates (InfoNCE, NT-Xent).

    Formula: −ln(e^(s_+/τ) / Σ_k e^(s_k/τ)); the positive stays in the sum, the anchor's similarity to itself is not
    in s; derivative (softmax(s/τ) − one-hot(+)) / τ.
    Args: s rows of K similarities (N×K, or one row), positive the place of the positive from 0, one a row; tau > 0.
    Returns: one value a row, in nats; the entry takes the mean over rows. A place outside 0 … K − 1 is a `Problem`.
    Source: Oord and others 2018; Chen and others 2020.
    """
    return np.asarray(stable.log_sum_exp((s - stable.picked(s, positive)[..., np.newaxis]) / tau))


ANGLE = (
    Argument("theta", Domain.ANGLE),
    Argument("margin", Domain.NONNEGATIVE, ""),
    Argument("scale", Domain.POSITIVE, ""),
)


@Entry(
    names=Text(ja="ArcFace、ArcFaceのロジット", en="ArcFace logit, additive angular margin"),
    takes=(Shape.MAP, *ANGLE),
    gradients={"theta": lambda theta, margin, scale: -scale * np.sin(theta + margin)},
    topic="metric/embeddings",
)
def arcface_logit(algebra: Algebra, theta: Value, margin: Value, scale: Value) -> Value:
    """ArcFace's logit of the true class: the margin is added to the angle.

    Formula: s · cos(θ + m); derivative by θ −s · sin(θ + m).
    Args: theta angles to the class centre in radians, of any shape; margin m in radians; scale s > 0.
    Returns: the same shape; cross-entropy follows. A margin or scale that is no single number is a `Problem`.
    Source: Deng and others 2019.
    """
    return scale * algebra.apply("cos", theta + margin)


@Entry(
    names=Text(ja="CosFace、CosFaceのロジット", en="CosFace logit, large margin cosine"),
    takes=(Shape.MAP, *ANGLE),
    gradients={"theta": lambda theta, margin, scale: -scale * np.sin(theta)},
    topic="metric/embeddings",
)
def cosface_logit(algebra: Algebra, theta: Value, margin: Value, scale: Value) -> Value:
    """CosFace's logit of the true class: the margin is taken from the cosine.

    Formula: s · (cos θ − m); derivative by θ −s · sin θ.
    Args: theta angles to the class centre in radians, of any shape; margin m; scale s > 0.
    Returns: the same shape; cross-entropy follows. A margin or scale that is no single number is a `Problem`.
    Source: Wang and others 2018.
    """
    return scale * (algebra.apply("cos", theta) - margin)
