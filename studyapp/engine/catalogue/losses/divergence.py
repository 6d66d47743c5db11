"""Entropy and distances between distributions; p and q are rows of probabilities."""

from __future__ import annotations

import math

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction

BASE = Option("e", Domain.BASE)
P_AND_Q = (Argument("p", Domain.PROBABILITY, "nk"), Argument("q", Domain.PROBABILITY, "nk"))


def entropy(p: Array, base: float = math.e) -> Array:
    """Shannon's entropy: the uncertainty of a distribution.

    Formula: −Σ p log p, with 0 · log 0 = 0; at most log K, for the uniform distribution.
    Args: p rows of K probabilities (N×K, or one row); base of the logarithm.
    Returns: one value a row, in nats (base 2: bits); the entry takes the mean over rows. An empty row is a `Problem`.
    Source: Shannon 1948.
    """
    return np.asarray(-np.sum(stable.times_log(p, p), axis=-1) / math.log(base))


def _entropy_formula(algebra: Algebra, p: Value, base: Value) -> Value:
    return -notation.total(algebra, notation.times_log(algebra, p, p, base))


def _entropy_by_p(p: Array, base: float) -> Array:
    return -(np.log(p) + 1.0) / math.log(base)


ENTROPY = Entry(
    name="entropy",
    ja=("エントロピー", "情報エントロピー", "シャノンエントロピー", "平均情報量"),
    en=("entropy", "Shannon entropy"),
    arguments=(Argument("p", Domain.PROBABILITY, "nk"),),
    shape=Shape.ROW,
    value=entropy,
    formula=_entropy_formula,
    gradients={"p": _entropy_by_p},
    options={"base": BASE},
    reduction=Reduction.MEAN,
    topic="losses/divergences",
)


def kl_divergence(p: Array, q: Array, base: float = math.e) -> Array:
    """Kullback–Leibler divergence of q from p: what one loses by taking q for p; not symmetric, so no distance.

    Formula: Σ p log(p / q), with 0 · log 0 = 0; cross-entropy minus entropy, 0 only where p = q.
    Args: p (the truth), q (the model), rows of one length K (N×K, or one row); base of the logarithm.
    Returns: one value a row, in nats (base 2: bits), inf where p > 0 meets q = 0; the entry takes the mean over rows.
    Different shapes are a `Problem`.
    Source: Kullback and Leibler 1951.
    """
    return np.asarray(np.sum(stable.times_log(p, p) - stable.times_log(p, q), axis=-1) / math.log(base))


def _kl_divergence_formula(algebra: Algebra, p: Value, q: Value, base: Value) -> Value:
    return notation.total(algebra, notation.times_log(algebra, p, algebra.divide(p, q), base))


def _kl_divergence_by_p(p: Array, q: Array, base: float) -> Array:
    return (np.log(p) - np.log(q) + 1.0) / math.log(base)


def _kl_divergence_by_q(p: Array, q: Array, base: float) -> Array:
    return -stable.over(p, q) / math.log(base)


KL_DIVERGENCE = Entry(
    name="kl_divergence",
    ja=(
        "KLダイバージェンス",
        "カルバック・ライブラー・ダイバージェンス",
        "カルバック・ライブラー情報量",
        "カルバック・ライブラ情報量",
        "KL情報量",
        "相対エントロピー",
    ),
    en=("KL divergence", "Kullback–Leibler divergence", "relative entropy"),
    arguments=P_AND_Q,
    shape=Shape.ROW,
    value=kl_divergence,
    formula=_kl_divergence_formula,
    gradients={"p": _kl_divergence_by_p, "q": _kl_divergence_by_q},
    options={"base": BASE},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.DISTRIBUTION, Task.GENERATION, Task.MULTICLASS),
        target=Target.DISTRIBUTION,
        output=OutputUnit.SOFTMAX,
        usual=True,
    ),
    topic="losses/divergences",
)


def js_divergence(p: Array, q: Array, base: float = math.e) -> Array:
    """Jensen–Shannon divergence: symmetric, finite, at most log 2; its root is a metric.

    Formula: ½ KL(p, m) + ½ KL(q, m), m = ½(p + q); derivative by p ½ log(p / m).
    Args: p, q rows of one length K (N×K, or one row); base of the logarithm.
    Returns: one value a row, in nats (base 2: bits); the entry takes the mean over rows. Different shapes are a
    `Problem`.
    Source: Lin 1991.
    """
    middle = 0.5 * (p + q)
    return 0.5 * (kl_divergence(p, middle, base) + kl_divergence(q, middle, base))


def _js_divergence_formula(algebra: Algebra, p: Value, q: Value, base: Value) -> Value:
    middle = (p + q) / 2
    return (_kl_divergence_formula(algebra, p, middle, base) + _kl_divergence_formula(algebra, q, middle, base)) / 2


def _js_divergence_by_p(p: Array, q: Array, base: float) -> Array:
    return 0.5 * (np.log(p) - np.log(0.5 * (p + q))) / math.log(base)


def _js_divergence_by_q(p: Array, q: Array, base: float) -> Array:
    return _js_divergence_by_p(q, p, base)


JS_DIVERGENCE = Entry(
    name="js_divergence",
    ja=(
        "JSダイバージェンス",
        "イェンセン・シャノン・ダイバージェンス",
        "イェンゼン・シャノン・ダイバージェンス",
        "ジェンセン・シャノン・ダイバージェンス",
        "JS情報量",
    ),
    en=("JS divergence", "Jensen–Shannon divergence"),
    arguments=P_AND_Q,
    shape=Shape.ROW,
    value=js_divergence,
    formula=_js_divergence_formula,
    gradients={"p": _js_divergence_by_p, "q": _js_divergence_by_q},
    options={"base": BASE},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.DISTRIBUTION, Task.GENERATION),
        target=Target.DISTRIBUTION,
        output=OutputUnit.SOFTMAX,
        bounded=True,
        symmetric=True,
    ),
    topic="losses/divergences",
)

ENTRIES = (ENTROPY, KL_DIVERGENCE, JS_DIVERGENCE)
