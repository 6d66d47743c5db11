"""Cross-entropy in its forms: from probabilities y or logits z; the target t a yes or no, a distribution, or a label.

And its variants: softened targets, and weights that favour hard examples.
"""

import math

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape

OF_PIXELS = (Task.GENERATION, Task.RECONSTRUCTION, Task.SEGMENTATION)  # what a loss of many a yes or no serves as well
OF_CLASSES = (Task.SELF_SUPERVISED, Task.SEGMENTATION)  # what a loss of one class among several serves as well


def _binary_cross_entropy_formula(algebra: Algebra, y: Value, t: Value, epsilon: Value) -> Value:
    one = algebra.number(1)
    yes, no = functions.times_log(algebra, t, y + epsilon), functions.times_log(algebra, one - t, one - y + epsilon)
    return -(yes + no)


@Entry(
    names=Text(
        ja="二値交差エントロピー誤差、二値交差エントロピー、バイナリクロスエントロピー、2値交差エントロピー、BCE",
        en="binary cross-entropy, binary cross entropy, BCE, log loss",
    ),
    takes=(Shape.ELEMENT, Argument("y", Domain.UNIT), Argument("t", Domain.UNIT)),
    formula=_binary_cross_entropy_formula,
    gradients={
        "y": lambda y, t, epsilon: stable.over(1.0 - t, 1.0 - y + epsilon) - stable.over(t, y + epsilon),
        "t": lambda y, t, epsilon: np.log1p(epsilon - y) - np.log(y + epsilon),
    },
    options={"epsilon": Option(0.0, Domain.NONNEGATIVE)},
    facts=Facts((Task.BINARY, Task.MULTILABEL), Target.BIT, OutputUnit.SIGMOID, usual=True, serves=OF_PIXELS),
    topic="losses/binary-cross-entropy",
)
def binary_cross_entropy(y: Array, t: Array, epsilon: float = 0.0) -> Array:
    """Cross-entropy of a yes-or-no target and a predicted probability.

    Formula: −(t ln(y + ε) + (1 − t) ln(1 − y + ε)), with 0 · ln 0 = 0; at ε = 0 the derivative is (y − t) / (y(1 − y)).
    Args: y probabilities, t targets between 0 and 1, of one shape; epsilon ≥ 0 is added inside both logarithms.
    Returns: the same shape, in nats, inf where a sure answer is wrong; the entry takes the mean over elements.
    Source: Good 1952.
    """
    yes = stable.times_log(t, y + epsilon)
    no = np.where(np.equal(t, 1), 0.0, (1.0 - t) * np.log1p(epsilon - y))
    return -(yes + no)


def _binary_cross_entropy_with_logits_formula(algebra: Algebra, z: Value, t: Value) -> Value:
    return t * functions.softplus(algebra, -z) + (algebra.number(1) - t) * functions.softplus(algebra, z)


@Entry(
    names=Text(
        ja="ロジットからの二値交差エントロピー誤差、シグモイド交差エントロピー",
        en="binary cross-entropy with logits, sigmoid cross-entropy",
    ),
    takes=(Shape.ELEMENT, Argument("z"), Argument("t", Domain.UNIT)),
    formula=_binary_cross_entropy_with_logits_formula,
    gradients={"z": lambda z, t: (1.0 - t) * stable.sigmoid(z) - t * stable.sigmoid(-z), "t": lambda z, t: -z},
    facts=Facts((Task.BINARY, Task.MULTILABEL), Target.BIT, OutputUnit.IDENTITY, serves=OF_PIXELS),
    topic="losses/logits",
)
def binary_cross_entropy_with_logits(z: Array, t: Array) -> Array:
    """Binary cross-entropy of the sigmoid of a logit, in one stable step.

    Formula: max(z, 0) − z t + ln(1 + e^−|z|), that is t · softplus(−z) + (1 − t) · softplus(z); derivative σ(z) − t.
    Args: z any logits, t targets between 0 and 1, of one shape.
    Returns: the same shape, in nats, finite for finite logits; the entry takes the mean over elements.
    Source: Good 1952.
    """
    return t * stable.softplus(-z) + (1.0 - t) * stable.softplus(z)


EPSILON = Option(0.0, Domain.NONNEGATIVE)
BASE = Option("e", Domain.BASE)


def _cross_entropy_formula(algebra: Algebra, y: Value, t: Value, epsilon: Value, base: Value) -> Value:
    return -functions.total(algebra, functions.times_log(algebra, t, y + epsilon, base))


@Entry(
    names=Text(
        ja="交差エントロピー誤差、交差エントロピー、交差エントロピー損失、クロスエントロピー、"
        "クロスエントロピー誤差、クロスエントロピー損失、交叉熵、多クラス交差エントロピー",
        en="cross-entropy, cross entropy, cross-entropy loss, CE, log loss, categorical cross-entropy",
    ),
    takes=(Shape.ROW, Argument("y", Domain.PROBABILITY, "nk"), Argument("t", Domain.PROBABILITY, "nk")),
    formula=_cross_entropy_formula,
    gradients={
        "y": lambda y, t, epsilon, base: -stable.over(t, y + epsilon) / math.log(base),
        "t": lambda y, t, epsilon, base: -np.log(y + epsilon) / math.log(base),
    },
    options={"epsilon": EPSILON, "base": BASE},
    facts=Facts((Task.MULTICLASS,), Target.ONE_HOT, OutputUnit.SOFTMAX, usual=True, serves=OF_CLASSES),
    topic="losses/cross-entropy",
)
def cross_entropy(y: Array, t: Array, epsilon: float = 0.0, base: float = math.e) -> Array:
    """Cross-entropy of a target distribution and predicted probabilities.

    Formula: −Σ t log(y + ε), with 0 · log 0 = 0; for a one-hot target −log of the true class's probability.
    Args: y, t rows of one length K (N×K, or one row); epsilon ≥ 0 is added inside the logarithm; base of the logarithm.
    Returns: one value a row, in nats (base 2: bits), inf where t > 0 meets y + ε = 0; the entry takes their mean.
    Source: Shannon 1948; as a loss on softmax outputs Bridle 1990.
    """
    return np.asarray(-np.sum(stable.times_log(t, y + epsilon), axis=-1) / math.log(base))


@Entry(
    names=Text(
        ja="ロジットからの交差エントロピー誤差、ソフトマックス交差エントロピー、Softmax-with-Loss",
        en="cross-entropy with logits, softmax cross-entropy",
    ),
    takes=(Shape.ROW, Argument("z", Domain.REAL, "nk"), Argument("t", Domain.PROBABILITY, "nk")),
    formula=lambda algebra, z, t: functions.total(algebra, t * (functions.log_sum_exp(algebra, z) - z)),
    gradients={"z": lambda z, t: stable.expected_surprise_and_excess(z, t)[1], "t": lambda z, t: stable.surprise(z)},
    together={"z": stable.expected_surprise_and_excess},
    facts=Facts((Task.MULTICLASS,), Target.ONE_HOT, OutputUnit.IDENTITY, serves=OF_CLASSES),
    topic="losses/logits",
)
def cross_entropy_with_logits(z: Array, t: Array) -> Array:
    """Cross-entropy of a target distribution and the softmax of logits, in one stable step.

    Formula: Σ t · ln Σ e^z − Σ t z, that is −Σ t ln softmax(z); derivative softmax(z) − t where Σ t = 1.
    Args: z any logits, t distributions, rows of one length K (N×K, or one row).
    Returns: one value a row, in nats, finite for finite logits; the entry takes the mean over rows.
    Source: Bridle 1990.
    """
    return stable.expected_surprise_and_excess(z, t)[0]


@Entry(
    names=Text(
        ja="ラベル形式の交差エントロピー誤差、スパース交差エントロピー",
        en="sparse cross-entropy, sparse categorical cross-entropy",
    ),
    takes=(Shape.ROW, Argument("y", Domain.PROBABILITY, "nk"), Argument("labels", Domain.INDEX, "n")),
    formula=lambda algebra, y, labels: -functions.log(algebra, y[functions.label(algebra, labels, len(y))]),
    gradients={"y": lambda y, labels: -stable.over(stable.one_hot(labels, y.shape[-1]), y)},
    facts=Facts((Task.MULTICLASS,), Target.INDEX, OutputUnit.SOFTMAX, usual=True, serves=OF_CLASSES),
    topic="losses/cross-entropy",
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


def _sparse_cross_entropy_with_logits_formula(algebra: Algebra, z: Value, labels: Value) -> Value:
    return functions.log_sum_exp(algebra, z) - z[functions.label(algebra, labels, len(z))]


@Entry(
    names=Text(ja="ロジットとラベルからの交差エントロピー誤差", en="sparse cross-entropy with logits"),
    takes=(Shape.ROW, Argument("z", Domain.REAL, "nk"), Argument("labels", Domain.INDEX, "n")),
    formula=_sparse_cross_entropy_with_logits_formula,
    gradients={"z": lambda z, labels: stable.softmax(z) - stable.one_hot(labels, z.shape[-1])},
    facts=Facts((Task.MULTICLASS,), Target.INDEX, OutputUnit.IDENTITY, serves=OF_CLASSES),
)
def sparse_cross_entropy_with_logits(z: Array, labels: Array) -> Array:
    """Cross-entropy of the softmax of logits where the target is the number of the true class.

    Formula: ln Σ e^z − z_c, c the label; derivative softmax(z) − one-hot(c).
    Args: z rows of K logits (N×K, or one row); labels from 0, one a row.
    Returns: one value a row, in nats; the entry takes the mean over rows. A label outside 0 … K − 1 is a `Problem`.
    Source: Bridle 1990.
    """
    return np.asarray(stable.log_sum_exp(z - stable.picked(z, labels)[..., np.newaxis]))


@Entry(
    names=Text(ja="ラベルスムージング、ラベル平滑化", en="label smoothing"),
    takes=(Shape.ROW_MAP, Argument("t", Domain.PROBABILITY, "nk"), Argument("alpha", Domain.UNIT, "")),
    formula=lambda _, t, alpha: t * (1 - alpha) + alpha / len(t),
    gradients={"t": lambda t, alpha: (1.0 - alpha) * np.broadcast_to(np.eye(t.shape[-1]), (*t.shape, t.shape[-1]))},
    topic="losses/imbalance",
)
def label_smoothing(t: Array, alpha: Array) -> Array:
    """A target row mixed with the uniform distribution.

    Formula: t(1 − α) + α/K; derivative by t_j of entry i: (1 − α) where i = j, else 0.
    Args: t rows of length K (N×K, or one row), usually one-hot; alpha between 0 and 1.
    Returns: the same shape, rows of the same sum. An empty row is a `Problem`.
    Source: Szegedy and others 2016.
    """
    share: Array = alpha / np.shape(t)[-1]
    return t * (1.0 - alpha) + share


def _weight(t: Array, alpha: float | None) -> Array | float:
    return 1.0 if alpha is None else np.where(np.equal(t, 1), alpha, 1.0 - alpha)


def _log_right(p: Array, t: Array) -> Array:
    return np.where(np.equal(t, 1), np.log(p), np.log1p(-p))


def _focal_formula(algebra: Algebra, p: Value, t: Value, gamma: Value, alpha: Value | None) -> Value:
    right = t * p + (1 - t) * (1 - p)
    weight = 1 if alpha is None else t * alpha + (1 - t) * (1 - alpha)
    return -weight * algebra.power(1 - right, gamma) * functions.log(algebra, right)


def _focal_by_p(p: Array, t: Array, gamma: float, alpha: float | None) -> Array:
    right = np.where(np.equal(t, 1), p, 1.0 - p)
    wrong, direction = 1.0 - right, np.where(np.equal(t, 1), 1.0, -1.0)
    pull = np.power(wrong, gamma) / right
    relief = stable.over(gamma * np.power(wrong, gamma) * _log_right(p, t), wrong)
    return _weight(t, alpha) * direction * (relief - pull)


@Entry(
    names=Text(ja="Focal損失、フォーカル損失、焦点損失、Focal Loss", en="focal loss"),
    takes=(Shape.ELEMENT, Argument("p", Domain.UNIT), Argument("t", Domain.BIT)),
    formula=_focal_formula,
    gradients={"p": _focal_by_p},
    options={"gamma": Option(2.0, Domain.NONNEGATIVE), "alpha": Option("none", Domain.UNIT, words=("none",))},
    facts=Facts((Task.BINARY, Task.MULTILABEL), Target.BIT, OutputUnit.SIGMOID, imbalance=True, usual=True),
    topic="losses/imbalance",
)
def focal(p: Array, t: Array, gamma: float = 2.0, alpha: float | None = None) -> Array:
    """Binary cross-entropy with less weight on what is already right.

    Formula: −α_t (1 − p_t)^γ ln p_t, where p_t = p if t = 1 else 1 − p, and α_t = α if t = 1 else 1 − α (1 without α).
    Args: p probabilities, t of 0 or 1, of one shape; gamma ≥ 0; alpha the weight of t = 1, between 0 and 1, or none.
    Returns: the same shape, in nats, inf where a sure answer is wrong; the entry takes the mean. A t that is neither 0
    nor 1 is a `Problem`.
    Source: Lin and others 2017.
    """
    right = np.where(np.equal(t, 1), p, 1.0 - p)
    return -_weight(t, alpha) * np.power(1.0 - right, gamma) * _log_right(p, t)
