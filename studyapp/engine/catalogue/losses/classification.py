"""Cross-entropy in its forms: from probabilities y or logits z, with a distribution t or a label as target."""

from __future__ import annotations

import math

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction

EPSILON = Option(0.0, Domain.NONNEGATIVE)
BASE = Option("e", Domain.BASE)


def cross_entropy(y: Array, t: Array, epsilon: float = 0.0, base: float = math.e) -> Array:
    """Cross-entropy of a target distribution and predicted probabilities.

    Formula: −Σ t log(y + ε), with 0 · log 0 = 0; for a one-hot target −log of the true class's probability.
    Args: y, t rows of one length K (N×K, or one row); epsilon ≥ 0 stands inside the logarithm; base of the logarithm.
    Returns: one value a row, in nats (base 2: bits), inf where t > 0 meets y + ε = 0; the entry takes the mean over
    rows. Different shapes are a `Problem`.
    Source: Shannon 1948; as a loss on softmax outputs Bridle 1990.
    """
    return np.asarray(-np.sum(stable.times_log(t, y + epsilon), axis=-1) / math.log(base))


def _cross_entropy_formula(algebra: Algebra, y: Value, t: Value, epsilon: Value, base: Value) -> Value:
    return -notation.total(algebra, notation.times_log(algebra, t, y + epsilon, base))


def _cross_entropy_by_y(y: Array, t: Array, epsilon: float, base: float) -> Array:
    return -stable.over(t, y + epsilon) / math.log(base)


def _cross_entropy_by_t(y: Array, t: Array, epsilon: float, base: float) -> Array:
    return -np.log(y + epsilon + 0.0 * t) / math.log(base)


CROSS_ENTROPY = Entry(
    name="cross_entropy",
    ja=(
        "交差エントロピー誤差",
        "交差エントロピー",
        "交差エントロピー損失",
        "クロスエントロピー",
        "クロスエントロピー誤差",
        "クロスエントロピー損失",
        "交叉熵",
        "多クラス交差エントロピー",
    ),
    en=("cross-entropy", "cross entropy", "cross-entropy loss", "CE", "log loss", "categorical cross-entropy"),
    arguments=(Argument("y", Domain.PROBABILITY, "nk"), Argument("t", Domain.PROBABILITY, "nk")),
    shape=Shape.ROW,
    value=cross_entropy,
    formula=_cross_entropy_formula,
    gradients={"y": _cross_entropy_by_y, "t": _cross_entropy_by_t},
    options={"epsilon": EPSILON, "base": BASE},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.MULTICLASS,),
        target=Target.ONE_HOT,
        output=OutputUnit.SOFTMAX,
        usual=True,
        serves=(Task.SELF_SUPERVISED, Task.SEGMENTATION),
    ),
    topic="losses/cross-entropy",
)


def cross_entropy_with_logits(z: Array, t: Array) -> Array:
    """Cross-entropy of a target distribution and the softmax of logits, in one stable step.

    Formula: Σ t · ln Σ e^z − Σ t z, that is −Σ t ln softmax(z); derivative softmax(z) − t where Σ t = 1.
    Args: z any logits, t distributions, rows of one length K (N×K, or one row).
    Returns: one value a row, in nats, finite for finite logits; the entry takes the mean over rows. Different shapes
    are a `Problem`.
    Source: Bridle 1990.
    """
    return stable.expected_surprise(z, t)


def _cross_entropy_with_logits_formula(algebra: Algebra, z: Value, t: Value) -> Value:
    return notation.total(algebra, t * (notation.log_sum_exp(algebra, z) - z))


def _cross_entropy_with_logits_by_z(z: Array, t: Array) -> Array:
    slope = stable.softmax(z)
    slope *= np.sum(t, axis=-1, keepdims=True)
    slope -= t
    return slope


def _cross_entropy_with_logits_by_t(z: Array, t: Array) -> Array:
    return stable.surprise(z) + 0.0 * t


CROSS_ENTROPY_WITH_LOGITS = Entry(
    name="cross_entropy_with_logits",
    ja=("ロジットからの交差エントロピー誤差", "ソフトマックス交差エントロピー", "Softmax-with-Loss"),
    en=("cross-entropy with logits", "softmax cross-entropy"),
    arguments=(Argument("z", Domain.REAL, "nk"), Argument("t", Domain.PROBABILITY, "nk")),
    shape=Shape.ROW,
    value=cross_entropy_with_logits,
    formula=_cross_entropy_with_logits_formula,
    gradients={"z": _cross_entropy_with_logits_by_z, "t": _cross_entropy_with_logits_by_t},
    together={"z": stable.expected_surprise_and_excess},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.MULTICLASS,),
        target=Target.ONE_HOT,
        output=OutputUnit.IDENTITY,
        serves=(Task.SELF_SUPERVISED, Task.SEGMENTATION),
    ),
    topic="losses/logits",
)


def sparse_cross_entropy(y: Array, labels: Array) -> Array:
    """Cross-entropy of predicted probabilities where the target is given as the number of the true class.

    Formula: −ln y_c, c the label.
    Args: y rows of K probabilities (N×K, or one row); labels from 0, one a row.
    Returns: one value a row, in nats, inf where y_c = 0; the entry takes the mean over rows. A label outside 0 … K − 1
    is a `Problem`.
    Source: Shannon 1948.
    """
    return np.asarray(-np.log(stable.picked(y, labels)))


def _sparse_cross_entropy_formula(algebra: Algebra, y: Value, labels: Value) -> Value:
    return -notation.log(algebra, y[notation.label(algebra, labels, len(y))])


def _sparse_cross_entropy_by_y(y: Array, labels: Array) -> Array:
    return -stable.over(stable.one_hot(labels, y.shape[-1]), y)


SPARSE_CROSS_ENTROPY = Entry(
    name="sparse_cross_entropy",
    ja=("ラベル形式の交差エントロピー誤差", "スパース交差エントロピー"),
    en=("sparse cross-entropy", "sparse categorical cross-entropy"),
    arguments=(Argument("y", Domain.PROBABILITY, "nk"), Argument("labels", Domain.INDEX, "n")),
    shape=Shape.ROW,
    value=sparse_cross_entropy,
    formula=_sparse_cross_entropy_formula,
    gradients={"y": _sparse_cross_entropy_by_y},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.MULTICLASS,),
        target=Target.INDEX,
        output=OutputUnit.SOFTMAX,
        usual=True,
        serves=(Task.SELF_SUPERVISED, Task.SEGMENTATION),
    ),
    topic="losses/cross-entropy",
)


def sparse_cross_entropy_with_logits(z: Array, labels: Array) -> Array:
    """Cross-entropy of the softmax of logits where the target is the number of the true class.

    Formula: ln Σ e^z − z_c, c the label; derivative softmax(z) − one-hot(c).
    Args: z rows of K logits (N×K, or one row); labels from 0, one a row.
    Returns: one value a row, in nats; the entry takes the mean over rows. A label outside 0 … K − 1 is a `Problem`.
    Source: Bridle 1990.
    """
    return np.asarray(stable.log_sum_exp(z - stable.picked(z, labels)[..., np.newaxis]))


def _sparse_cross_entropy_with_logits_formula(algebra: Algebra, z: Value, labels: Value) -> Value:
    return notation.log_sum_exp(algebra, z) - z[notation.label(algebra, labels, len(z))]


def _sparse_cross_entropy_with_logits_by_z(z: Array, labels: Array) -> Array:
    slope = stable.softmax(z)
    slope -= stable.one_hot(labels, z.shape[-1])
    return slope


SPARSE_CROSS_ENTROPY_WITH_LOGITS = Entry(
    name="sparse_cross_entropy_with_logits",
    ja=("ロジットとラベルからの交差エントロピー誤差",),
    en=("sparse cross-entropy with logits",),
    arguments=(Argument("z", Domain.REAL, "nk"), Argument("labels", Domain.INDEX, "n")),
    shape=Shape.ROW,
    value=sparse_cross_entropy_with_logits,
    formula=_sparse_cross_entropy_with_logits_formula,
    gradients={"z": _sparse_cross_entropy_with_logits_by_z},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.MULTICLASS,),
        target=Target.INDEX,
        output=OutputUnit.IDENTITY,
        serves=(Task.SELF_SUPERVISED, Task.SEGMENTATION),
    ),
)

ENTRIES = (
    CROSS_ENTROPY,
    CROSS_ENTROPY_WITH_LOGITS,
    SPARSE_CROSS_ENTROPY,
    SPARSE_CROSS_ENTROPY_WITH_LOGITS,
)
