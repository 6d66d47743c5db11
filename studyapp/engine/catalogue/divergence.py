"""Entropy, and distances between distributions or samples; p and q are rows of probabilities."""

import math
from dataclasses import replace

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.entry import FLAG_ON, Argument, Array, Domain, Entry, Option, Shape

FACTS = Facts((Task.DISTRIBUTION, Task.GENERATION), Target.DISTRIBUTION, OutputUnit.NONE, symmetric=True)
BASE = Option("e", Domain.BASE)
P_AND_Q = (Argument("p", Domain.PROBABILITY, "nk"), Argument("q", Domain.PROBABILITY, "nk"))


@Entry(
    names=Text(ja="エントロピー、情報エントロピー、シャノンエントロピー、平均情報量", en="entropy, Shannon entropy"),
    takes=(Shape.ROW, Argument("p", Domain.PROBABILITY, "nk")),
    formula=lambda algebra, p, base: -functions.total(algebra, functions.times_log(algebra, p, p, base)),
    gradients={"p": lambda p, base: -(np.log(p) + 1.0) / math.log(base)},
    options={"base": BASE},
    topic="losses/divergences",
)
def entropy(p: Array, base: float = math.e) -> Array:
    """Shannon's entropy: the uncertainty of a distribution.

    Formula: −Σ p log p, with 0 · log 0 = 0; at most log K, for the uniform distribution.
    Args: p rows of K probabilities (N×K, or one row); base of the logarithm.
    Returns: one value a row, in nats (base 2: bits); the entry takes the mean over rows. An empty row is a `Problem`.
    Source: Shannon 1948.
    """
    return np.asarray(-np.sum(stable.times_log(p, p), axis=-1) / math.log(base))


def _kl_divergence_formula(algebra: Algebra, p: Value, q: Value, base: Value) -> Value:
    return functions.total(algebra, functions.times_log(algebra, p, algebra.divide(p, q), base))


@Entry(
    names=Text(
        ja="KL情報量、KLダイバージェンス、カルバック・ライブラー情報量、カルバック・ライブラ情報量、"
        "カルバック・ライブラー・ダイバージェンス、相対エントロピー",
        en="KL divergence, Kullback–Leibler divergence, relative entropy",
    ),
    takes=(Shape.ROW, *P_AND_Q),
    formula=_kl_divergence_formula,
    gradients={
        "p": lambda p, q, base: (np.log(p) - np.log(q) + 1.0) / math.log(base),
        "q": lambda p, q, base: -stable.over(p, q) / math.log(base),
    },
    options={"base": BASE},
    facts=Facts(
        (Task.DISTRIBUTION, Task.GENERATION, Task.MULTICLASS), Target.DISTRIBUTION, OutputUnit.SOFTMAX, usual=True
    ),
    topic="losses/divergences",
)
def kl_divergence(p: Array, q: Array, base: float = math.e) -> Array:
    """Kullback–Leibler divergence of q from p: what one loses by taking q for p; not symmetric, so no distance.

    Formula: Σ p log(p / q), with 0 · log 0 = 0; cross-entropy minus entropy, 0 only where p = q.
    Args: p (the truth), q (the model), rows of one length K (N×K, or one row); base of the logarithm.
    Returns: one value a row, in nats (base 2: bits), inf where p > 0 meets q = 0; the entry takes the mean over rows.
    Source: Kullback and Leibler 1951.
    """
    return np.asarray(np.sum(stable.times_log(p, p) - stable.times_log(p, q), axis=-1) / math.log(base))


def _js_divergence_formula(algebra: Algebra, p: Value, q: Value, base: Value) -> Value:
    middle = (p + q) / 2
    return (_kl_divergence_formula(algebra, p, middle, base) + _kl_divergence_formula(algebra, q, middle, base)) / 2


def _js_divergence_by_p(p: Array, q: Array, base: float) -> Array:
    return 0.5 * (np.log(p) - np.log(0.5 * (p + q))) / math.log(base)


@Entry(
    names=Text(
        ja="JS情報量、JSダイバージェンス、イェンセン・シャノン・ダイバージェンス、イェンゼン・シャノン・ダイバージェンス、"
        "ジェンセン・シャノン・ダイバージェンス",
        en="JS divergence, Jensen–Shannon divergence",
    ),
    takes=(Shape.ROW, *P_AND_Q),
    formula=_js_divergence_formula,
    gradients={"p": _js_divergence_by_p, "q": lambda p, q, base: _js_divergence_by_p(q, p, base)},
    options={"base": BASE},
    facts=replace(FACTS, output=OutputUnit.SOFTMAX, bounded=True),
    topic="losses/divergences",
)
def js_divergence(p: Array, q: Array, base: float = math.e) -> Array:
    """Jensen–Shannon divergence: symmetric, finite, at most log 2; its root is a metric.

    Formula: ½ KL(p, m) + ½ KL(q, m), m = ½(p + q); derivative by p ½ log(p / m).
    Args: p, q rows of one length K (N×K, or one row); base of the logarithm.
    Returns: one value a row, in nats (base 2: bits); the entry takes the mean over rows.
    Source: Lin 1991.
    """
    middle = 0.5 * (p + q)
    return 0.5 * (kl_divergence.unreduced(p, middle, base) + kl_divergence.unreduced(q, middle, base))


def _wasserstein_1d_formula(algebra: Algebra, p: Value, q: Value, step: Value) -> Value:
    return functions.total(algebra, algebra.apply("abs", np.cumsum(p - q))) * step


def _wasserstein_1d_by_p(p: Array, q: Array, step: float) -> Array:
    signs = np.sign(np.cumsum(p - q, axis=-1))
    return step * np.flip(np.cumsum(np.flip(signs, -1), axis=-1), -1)


@Entry(
    names=Text(
        ja="ワッサースタイン距離、Wasserstein距離、EMD、地球移動距離、輸送距離",
        en="Wasserstein-1 distance, earth mover's distance, EMD",
    ),
    takes=(Shape.ROW, *P_AND_Q),
    formula=_wasserstein_1d_formula,
    gradients={"p": _wasserstein_1d_by_p, "q": lambda p, q, step: -_wasserstein_1d_by_p(p, q, step)},
    options={"step": Option(1.0, Domain.POSITIVE)},
    facts=replace(FACTS, robust=True, smooth=False),
    topic="losses/divergences",
)
def wasserstein_1d(p: Array, q: Array, step: float = 1.0) -> Array:
    """Wasserstein-1 distance of two histograms on one line: the least work of moving p to q.

    Formula: Σ |F_p − F_q| · step, F the cumulative sums; derivative by p_i step · Σ_{k≥i} sign(F_p − F_q)_k, kinks 0.
    Args: p, q rows over the same equally spaced bins (N×K, or one row); step the distance of two bins, positive.
    Returns: one value a row, in the unit of step; the entry takes the mean over rows.
    Source: Kantorovich 1942.
    """
    return np.asarray(np.sum(np.abs(np.cumsum(p - q, axis=-1)), axis=-1) * step)


MOST_POINTS = 200  # points in a sample: the kernel is taken of all pairs


def _check_samples(x: Value, y: Value, *, biased: bool) -> None:
    if max(len(x), len(y)) > MOST_POINTS:
        raise Problem(f"mmd2: {MOST_POINTS} points at most in a sample, found {len(x)} and {len(y)}")
    if not biased and min(len(x), len(y)) < 2:
        raise Problem("mmd2: the unbiased estimate needs two points in each sample")


def _kernel(x: Array, y: Array, bandwidth: float) -> Array:
    apart = np.sum(np.square(x[:, np.newaxis] - y[np.newaxis]), axis=-1)
    return np.asarray(np.exp(-apart / (2.0 * bandwidth**2)))


def _mean_kernel(x: Array, bandwidth: float, *, biased: bool) -> float:
    count = len(x)
    whole = float(np.sum(_kernel(x, x, bandwidth)))
    return whole / count**2 if biased else (whole - count) / (count * (count - 1))


def _mmd2_formula(algebra: Algebra, x: Value, y: Value, bandwidth: Value, *, biased: bool) -> Value:
    _check_samples(x, y, biased=biased)

    def kernels(left: Value, right: Value, *, distinct: bool) -> Value:
        pairs = [
            algebra.apply("exp", algebra.divide(-functions.total(algebra, (a - b) ** 2), 2 * bandwidth**2))
            for i, a in enumerate(left)
            for j, b in enumerate(right)
            if not distinct or i != j
        ]
        return algebra.divide(sum(pairs), algebra.number(len(pairs)))

    within = kernels(x, x, distinct=not biased) + kernels(y, y, distinct=not biased)
    return within - 2 * kernels(x, y, distinct=False)


@Entry(
    names=Text(ja="最大平均差異、MMD、MMDの二乗", en="squared maximum mean discrepancy, MMD²"),
    takes=(Shape.WHOLE, Argument("x", Domain.REAL, "nd"), Argument("y", Domain.REAL, "md")),
    formula=_mmd2_formula,
    options={"bandwidth": Option(1.0, Domain.POSITIVE), "biased": FLAG_ON},
    facts=replace(FACTS, bounded=True, convex=False),
)
def mmd2(x: Array, y: Array, bandwidth: float = 1.0, *, biased: bool = True) -> Array:
    """Squared maximum mean discrepancy of two samples under a Gaussian kernel.

    Formula: mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y), k(a, b) = e^(−‖a − b‖² / (2σ²)); unbiased: x ≠ x′, y ≠ y′.
    Args: x (N×D), y (M×D) points, one a row; bandwidth σ > 0 in their unit; biased true or false.
    Returns: one number, unbiased possibly below 0. An empty sample, and unbiased with one point, are a `Problem`.
    Source: Gretton and others 2012.
    """
    _check_samples(x, y, biased=biased)
    within = _mean_kernel(x, bandwidth, biased=biased) + _mean_kernel(y, bandwidth, biased=biased)
    return np.asarray(within - 2.0 * np.mean(_kernel(x, y, bandwidth)))


def _mutual_information_formula(algebra: Algebra, joint: Value, base: Value) -> Value:
    rows, columns = np.sum(joint, axis=1), np.sum(joint, axis=0)
    terms = [
        functions.times_log(algebra, cell, algebra.divide(cell, rows[i] * columns[j]), base)
        for (i, j), cell in np.ndenumerate(joint)
    ]
    return functions.total(algebra, terms)


def _mutual_information_by_joint(joint: Array, base: float) -> Array:
    rows, columns = np.sum(joint, axis=1, keepdims=True), np.sum(joint, axis=0, keepdims=True)
    return np.asarray((np.log(joint) - np.log(rows) - np.log(columns) - 1.0) / math.log(base))


@Entry(
    names=Text(ja="相互情報量", en="mutual information"),
    takes=(Shape.WHOLE, Argument("joint", Domain.JOINT, "rc")),
    formula=_mutual_information_formula,
    gradients={"joint": _mutual_information_by_joint},
    options={"base": BASE},
    topic="information/quantity",
)
def mutual_information(joint: Array, base: float = math.e) -> Array:
    """What two variables say about each other: the divergence of their joint distribution from independence.

    Formula: Σ_ij p_ij log(p_ij / (p_i· p_·j)), with 0 · log 0 = 0; 0 where they are independent.
    Args: joint a matrix of probabilities of sum 1, one variable a row, the other a column; base of the logarithm.
    Returns: one number, in nats (base 2: bits). What is no matrix, or empty, is a `Problem`.
    Source: Shannon 1948.
    """
    rows, columns = np.sum(joint, axis=1), np.sum(joint, axis=0)
    parts = np.sum(stable.times_log(joint, joint))
    margins = np.sum(stable.times_log(rows, rows)) + np.sum(stable.times_log(columns, columns))
    return np.asarray((parts - margins) / math.log(base))
