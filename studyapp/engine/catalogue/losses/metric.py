"""Metric learning by pairs and triplets: what is alike comes near, what differs is pushed away up to a margin."""

from __future__ import annotations

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction

MARGIN = Option(1.0, Domain.NONNEGATIVE)


def contrastive(d: Array, same: Array, margin: float = 1.0) -> Array:
    """Contrastive loss of a pair by its distance.

    Formula: ½d² for a pair of one class, ½ max(0, m − d)² for two classes; derivative d, or −max(0, m − d).
    Args: d distances (≥ 0), same 1 for one class and 0 for two (the original paper has it the other way), of one shape;
    margin m ≥ 0 in the unit of d.
    Returns: the same shape; the entry takes the mean. A `same` that is neither 0 nor 1 and different shapes are a
    `Problem`.
    Source: Hadsell, Chopra and LeCun 2006.
    """
    return 0.5 * np.square(np.where(np.equal(same, 1), d, np.maximum(margin - d, 0.0)))


def _contrastive_formula(algebra: Algebra, d: Value, same: Value, margin: Value) -> Value:
    return (same * d**2 + (1 - same) * notation.relu(algebra, margin - d) ** 2) / 2


def _contrastive_by_d(d: Array, same: Array, margin: float) -> Array:
    return np.where(np.equal(same, 1), d, -np.maximum(margin - d, 0.0))


CONTRASTIVE = Entry(
    name="contrastive",
    ja=("コントラスティブ損失", "対照損失", "コントラスト損失", "Contrastive loss"),
    en=("contrastive loss",),
    arguments=(Argument("d", Domain.NONNEGATIVE), Argument("same", Domain.BIT)),
    shape=Shape.ELEMENT,
    value=contrastive,
    formula=_contrastive_formula,
    gradients={"d": _contrastive_by_d},
    options={"margin": MARGIN},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.METRIC_LEARNING,),
        target=Target.PAIR,
        output=OutputUnit.EMBEDDING,
        margin=True,
        usual=True,
        serves=(Task.SELF_SUPERVISED,),
    ),
    topic="metric/metric-learning",
)


def triplet(dp: Array, dn: Array, margin: float = 1.0) -> Array:
    """Triplet loss by the two distances of an anchor.

    Formula: max(0, d(a, p) − d(a, n) + m); derivative 1 by dp and −1 by dn while positive, else 0 (also at the kink).
    Args: dp to the positive, dn to the negative, of one shape (squared distances, as in FaceNet, are the caller's
    choice); margin m ≥ 0 in their unit.
    Returns: the same shape; the entry takes the mean. Different shapes are a `Problem`.
    Source: Schroff and others 2015; Weinberger and others 2006.
    """
    return np.maximum(np.subtract(dp, dn) + margin, 0.0)


def _triplet_formula(algebra: Algebra, dp: Value, dn: Value, margin: Value) -> Value:
    return notation.relu(algebra, dp - dn + margin)


def _triplet_by_dp(dp: Array, dn: Array, margin: float) -> Array:
    return np.where(triplet(dp, dn, margin) > 0, 1.0, 0.0)


def _triplet_by_dn(dp: Array, dn: Array, margin: float) -> Array:
    return -_triplet_by_dp(dp, dn, margin)


TRIPLET = Entry(
    name="triplet",
    ja=("トリプレット損失", "Triplet loss"),
    en=("triplet loss",),
    arguments=(Argument("dp", Domain.NONNEGATIVE), Argument("dn", Domain.NONNEGATIVE)),
    shape=Shape.ELEMENT,
    value=triplet,
    formula=_triplet_formula,
    gradients={"dp": _triplet_by_dp, "dn": _triplet_by_dn},
    options={"margin": MARGIN},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.METRIC_LEARNING,),
        target=Target.TRIPLET,
        output=OutputUnit.EMBEDDING,
        margin=True,
        smooth=False,
        usual=True,
    ),
    topic="metric/metric-learning",
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


def _circle_exponents(sp: Array, sn: Array, gamma: float, margin: float) -> tuple[Array, Array]:
    negative = gamma * np.maximum(sn + margin, 0.0) * (sn - margin)
    return negative, -gamma * np.maximum(1.0 + margin - sp, 0.0) * (sp - 1.0 + margin)


def _circle_formula(algebra: Algebra, sp: Value, sn: Value, gamma: Value, margin: Value) -> Value:
    near = notation.exp(algebra, -gamma * notation.relu(algebra, 1 + margin - sp) * (sp - 1 + margin))
    far = notation.exp(algebra, gamma * notation.relu(algebra, sn + margin) * (sn - margin))
    return notation.log(algebra, 1 + notation.total(algebra, far) * notation.total(algebra, near))


def _circle_by_sp(sp: Array, sn: Array, gamma: float, margin: float) -> Array:
    negative, positive = _circle_exponents(sp, sn, gamma, margin)
    whole = stable.sigmoid(stable.log_sum_exp(negative) + stable.log_sum_exp(positive))
    slope = np.where(sp < 1.0 + margin, 2.0 * gamma * (sp - 1.0), 0.0)
    return whole * stable.softmax(positive) * slope


def _circle_by_sn(sp: Array, sn: Array, gamma: float, margin: float) -> Array:
    negative, positive = _circle_exponents(sp, sn, gamma, margin)
    whole = stable.sigmoid(stable.log_sum_exp(negative) + stable.log_sum_exp(positive))
    slope = np.where(sn > -margin, 2.0 * gamma * sn, 0.0)
    return whole * stable.softmax(negative) * slope


CIRCLE = Entry(
    name="circle",
    ja=("Circle損失", "サークル損失", "Circle loss"),
    en=("circle loss",),
    arguments=(Argument("sp", Domain.COSINE, "p"), Argument("sn", Domain.COSINE, "q")),
    shape=Shape.WHOLE,
    value=circle,
    formula=_circle_formula,
    gradients={"sp": _circle_by_sp, "sn": _circle_by_sn},
    options={"gamma": Option(80.0, Domain.POSITIVE), "margin": Option(0.4)},
    facts=Facts(tasks=(Task.METRIC_LEARNING,), target=Target.PAIR, output=OutputUnit.EMBEDDING, margin=True),
    topic="metric/embeddings",
)

ENTRIES = (CONTRASTIVE, TRIPLET, CIRCLE)
