"""Losses for a yes or no: probability y or logit z, target t of 0 or 1."""

from __future__ import annotations

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction


def binary_cross_entropy(y: Array, t: Array, epsilon: float = 0.0) -> Array:
    """Cross-entropy of a yes-or-no target and a predicted probability.

    Formula: −(t ln(y + ε) + (1 − t) ln(1 − y + ε)), with 0 · ln 0 = 0; at ε = 0 the derivative is (y − t) / (y(1 − y)).
    Args: y probabilities, t targets between 0 and 1, of one shape; epsilon ≥ 0 stands inside both logarithms.
    Returns: the same shape, in nats, inf where a sure answer is wrong; the entry takes the mean over elements.
    Different shapes are a `Problem`.
    Source: Good 1952.
    """
    yes = stable.times_log(t, y + epsilon)
    no = np.where(np.equal(t, 1), 0.0, (1.0 - t) * np.log1p(epsilon - y))
    return -(yes + no)


def _binary_cross_entropy_formula(algebra: Algebra, y: Value, t: Value, epsilon: Value) -> Value:
    one = algebra.number(1)
    yes, no = notation.times_log(algebra, t, y + epsilon), notation.times_log(algebra, one - t, one - y + epsilon)
    return -(yes + no)


def _binary_cross_entropy_by_y(y: Array, t: Array, epsilon: float) -> Array:
    return stable.over(1.0 - t, 1.0 - y + epsilon) - stable.over(t, y + epsilon)


def _binary_cross_entropy_by_t(y: Array, t: Array, epsilon: float) -> Array:
    return np.log1p(epsilon - y) - np.log(y + epsilon) + 0.0 * t


BINARY_CROSS_ENTROPY = Entry(
    name="binary_cross_entropy",
    ja=("二値交差エントロピー誤差", "二値交差エントロピー", "バイナリクロスエントロピー", "2値交差エントロピー", "BCE"),
    en=("binary cross-entropy", "binary cross entropy", "BCE", "log loss"),
    arguments=(Argument("y", Domain.UNIT), Argument("t", Domain.UNIT)),
    shape=Shape.ELEMENT,
    value=binary_cross_entropy,
    formula=_binary_cross_entropy_formula,
    gradients={"y": _binary_cross_entropy_by_y, "t": _binary_cross_entropy_by_t},
    options={"epsilon": Option(0.0, Domain.NONNEGATIVE)},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.BINARY, Task.MULTILABEL),
        target=Target.BIT,
        output=OutputUnit.SIGMOID,
        usual=True,
        serves=(Task.GENERATION, Task.RECONSTRUCTION, Task.SEGMENTATION),
    ),
    topic="losses/binary-cross-entropy",
)


def binary_cross_entropy_with_logits(z: Array, t: Array) -> Array:
    """Binary cross-entropy of the sigmoid of a logit, in one stable step.

    Formula: max(z, 0) − z t + ln(1 + e^−|z|), that is t · softplus(−z) + (1 − t) · softplus(z); derivative σ(z) − t.
    Args: z any logits, t targets between 0 and 1, of one shape.
    Returns: the same shape, in nats, finite for finite logits; the entry takes the mean over elements. Different
    shapes are a `Problem`.
    Source: Good 1952.
    """
    return t * stable.softplus(-z) + (1.0 - t) * stable.softplus(z)


def _binary_cross_entropy_with_logits_formula(algebra: Algebra, z: Value, t: Value) -> Value:
    return t * notation.softplus(algebra, -z) + (algebra.number(1) - t) * notation.softplus(algebra, z)


def _binary_cross_entropy_with_logits_by_z(z: Array, t: Array) -> Array:
    return (1.0 - t) * stable.sigmoid(z) - t * stable.sigmoid(-z)


def _binary_cross_entropy_with_logits_by_t(z: Array, t: Array) -> Array:
    return -z + 0.0 * t


BINARY_CROSS_ENTROPY_WITH_LOGITS = Entry(
    name="binary_cross_entropy_with_logits",
    ja=("ロジットからの二値交差エントロピー誤差", "シグモイド交差エントロピー"),
    en=("binary cross-entropy with logits", "sigmoid cross-entropy"),
    arguments=(Argument("z"), Argument("t", Domain.UNIT)),
    shape=Shape.ELEMENT,
    value=binary_cross_entropy_with_logits,
    formula=_binary_cross_entropy_with_logits_formula,
    gradients={"z": _binary_cross_entropy_with_logits_by_z, "t": _binary_cross_entropy_with_logits_by_t},
    reduction=Reduction.MEAN,
    facts=Facts(
        tasks=(Task.BINARY, Task.MULTILABEL),
        target=Target.BIT,
        output=OutputUnit.IDENTITY,
        serves=(Task.GENERATION, Task.RECONSTRUCTION, Task.SEGMENTATION),
    ),
    topic="losses/logits",
)

ENTRIES = (BINARY_CROSS_ENTROPY, BINARY_CROSS_ENTROPY_WITH_LOGITS)
