"""How far apart two distributions or samples are when places matter, and how much two variables share."""

from __future__ import annotations

import math

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import FLAG_ON, Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction
from studyapp.engine.catalogue.losses.divergence import P_AND_Q


def wasserstein_1d(p: Array, q: Array, step: float = 1.0) -> Array:
    """Wasserstein-1 distance of two histograms on one line: the least work of moving p to q.

    Formula: Σ |F_p − F_q| · step, F the cumulative sums; derivative by p_i step · Σ_{k≥i} sign(F_p − F_q)_k, kinks 0.
    Args: p, q rows over the same equally spaced bins (N×K, or one row); step the distance of two bins, positive.
    Returns: one value a row, in the unit of step; the entry takes the mean over rows. Different shapes are a `Problem`.
    Source: Kantorovich 1942.
    """
    return np.asarray(np.sum(np.abs(np.cumsum(p - q, axis=-1)), axis=-1) * step)


def _wasserstein_1d_formula(algebra: Algebra, p: Value, q: Value, step: Value) -> Value:
    return notation.total(algebra, notation.absolute(algebra, np.cumsum(p - q))) * step


def _wasserstein_1d_by_p(p: Array, q: Array, step: float) -> Array:
    signs = np.sign(np.cumsum(p - q, axis=-1))
    return step * np.flip(np.cumsum(np.flip(signs, -1), axis=-1), -1)


def _wasserstein_1d_by_q(p: Array, q: Array, step: float) -> Array:
    return -_wasserstein_1d_by_p(p, q, step)


WASSERSTEIN_1D = Entry(
    name="wasserstein_1d",
    ja=("ワッサースタイン距離", "Wasserstein距離", "EMD", "地球移動距離", "輸送距離"),
    en=("Wasserstein-1 distance", "earth mover's distance", "EMD"),
    arguments=P_AND_Q,
    shape=Shape.ROW,
    value=wasserstein_1d,
    formula=_wasserstein_1d_formula,
    gradients={"p": _wasserstein_1d_by_p, "q": _wasserstein_1d_by_q},
    options={"step": Option(1.0, Domain.POSITIVE)},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.DISTRIBUTION, Task.GENERATION),
        target=Target.DISTRIBUTION,
        output=OutputUnit.NONE,
        symmetric=True,
        robust=True,
        smooth=False,
    ),
    topic="losses/divergences",
)


MOST_POINTS = 200
"""Points in a sample: the kernel is taken of all pairs."""


def mmd2(x: Array, y: Array, bandwidth: float = 1.0, *, biased: bool = True) -> Array:
    """Squared maximum mean discrepancy of two samples under a Gaussian kernel.

    Formula: mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y), k(a, b) = e^(−‖a − b‖² / (2σ²)); unbiased: x ≠ x′, y ≠ y′.
    Args: x (N×D), y (M×D) points, one a row; bandwidth σ > 0 in their unit; biased true or false.
    Returns: one number, unbiased possibly below 0. Different D, an empty sample, and unbiased with one point are a
    `Problem`.
    Source: Gretton and others 2012.
    """
    _check_samples(x, y, biased=biased)
    within = _mean_kernel(x, bandwidth, biased=biased) + _mean_kernel(y, bandwidth, biased=biased)
    return np.asarray(within - 2.0 * np.mean(_kernel(x, y, bandwidth)))


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
            notation.exp(algebra, algebra.divide(-notation.total(algebra, (a - b) ** 2), 2 * bandwidth**2))
            for i, a in enumerate(left)
            for j, b in enumerate(right)
            if not distinct or i != j
        ]
        return algebra.divide(sum(pairs), algebra.number(len(pairs)))

    within = kernels(x, x, distinct=not biased) + kernels(y, y, distinct=not biased)
    return within - 2 * kernels(x, y, distinct=False)


def _mmd2_by_x(x: Array, y: Array, bandwidth: float, *, biased: bool) -> Array:
    count = len(x)
    pairs = count**2 if biased else count * (count - 1)
    return 2.0 * _pull(x, x, bandwidth) / pairs - 2.0 * _pull(x, y, bandwidth) / (count * len(y))


def _mmd2_by_y(x: Array, y: Array, bandwidth: float, *, biased: bool) -> Array:
    return _mmd2_by_x(y, x, bandwidth, biased=biased)


def _pull(x: Array, y: Array, bandwidth: float) -> Array:
    """Σ_j ∂k(x_i, y_j)/∂x_i."""
    apart = x[:, np.newaxis] - y[np.newaxis]
    return np.asarray(np.sum(-apart * _kernel(x, y, bandwidth)[..., np.newaxis], axis=1) / bandwidth**2)


MMD2 = Entry(
    name="mmd2",
    ja=("最大平均差異", "MMD", "MMDの二乗"),
    en=("squared maximum mean discrepancy", "MMD²"),
    arguments=(Argument("x", Domain.REAL, "nd"), Argument("y", Domain.REAL, "md")),
    shape=Shape.WHOLE,
    value=mmd2,
    formula=_mmd2_formula,
    gradients={"x": _mmd2_by_x, "y": _mmd2_by_y},
    options={"bandwidth": Option(1.0, Domain.POSITIVE), "biased": FLAG_ON},
    facts=Facts(
        tasks=(Task.DISTRIBUTION, Task.GENERATION),
        target=Target.DISTRIBUTION,
        output=OutputUnit.NONE,
        bounded=True,
        symmetric=True,
        convex=False,
    ),
)


def mutual_information(joint: Array, base: float = math.e) -> Array:
    """What two variables tell of each other: the divergence of their joint distribution from independence.

    Formula: Σ_ij p_ij log(p_ij / (p_i· p_·j)), with 0 · log 0 = 0; 0 where they are independent.
    Args: joint a matrix of probabilities of sum 1, one variable a row, the other a column; base of the logarithm.
    Returns: one number, in nats (base 2: bits). What is no matrix, or empty, is a `Problem`.
    Source: Shannon 1948.
    """
    rows, columns = np.sum(joint, axis=1), np.sum(joint, axis=0)
    parts = np.sum(stable.times_log(joint, joint))
    margins = np.sum(stable.times_log(rows, rows)) + np.sum(stable.times_log(columns, columns))
    return np.asarray((parts - margins) / math.log(base))


def _mutual_information_formula(algebra: Algebra, joint: Value, base: Value) -> Value:
    rows, columns = np.sum(joint, axis=1), np.sum(joint, axis=0)
    terms = [
        notation.times_log(algebra, cell, algebra.divide(cell, rows[i] * columns[j]), base)
        for (i, j), cell in np.ndenumerate(joint)
    ]
    return notation.total(algebra, terms)


def _mutual_information_by_joint(joint: Array, base: float) -> Array:
    rows, columns = np.sum(joint, axis=1, keepdims=True), np.sum(joint, axis=0, keepdims=True)
    return np.asarray((np.log(joint) - np.log(rows) - np.log(columns) - 1.0) / math.log(base))


MUTUAL_INFORMATION = Entry(
    name="mutual_information",
    ja=("相互情報量",),
    en=("mutual information",),
    arguments=(Argument("joint", Domain.JOINT, "rc"),),
    shape=Shape.WHOLE,
    value=mutual_information,
    formula=_mutual_information_formula,
    gradients={"joint": _mutual_information_by_joint},
    options={"base": Option("e", Domain.BASE)},
)

ENTRIES = (WASSERSTEIN_1D, MMD2, MUTUAL_INFORMATION)
