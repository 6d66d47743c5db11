"""Overlap of masks and boxes: Dice, IoU (Jaccard)."""

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape


def _dice_loss_by_y(y: Array, t: Array, smooth: float) -> Array:
    whole = np.sum(y) + np.sum(t) + smooth
    return (2.0 * np.sum(y * t) + smooth) / whole**2 - 2.0 * t / whole


@Entry(
    names=Text(ja="Dice損失、ダイス損失", en="Dice loss"),
    takes=(Shape.WHOLE, Argument("y", Domain.UNIT), Argument("t", Domain.UNIT)),
    gradients={"y": _dice_loss_by_y, "t": lambda y, t, smooth: _dice_loss_by_y(t, y, smooth)},
    options={"smooth": Option(0.0, Domain.NONNEGATIVE)},
    facts=Facts(
        (Task.SEGMENTATION,), Target.MASK, OutputUnit.SIGMOID, bounded=True, symmetric=True, convex=False, usual=True
    ),
)
def dice_loss(algebra: Algebra, y: Value, t: Value, smooth: Value) -> Value:
    """One minus the Dice coefficient (F1) of a soft mask and the true one: indifferent to a large background.

    Formula: 1 − (2 Σ y t + ε) / (Σ y + Σ t + ε); derivative by y −(2t(A + B + ε) − (2I + ε)) / (A + B + ε)².
    Args: y probabilities, t of 0 or 1, of one shape; smooth ε ≥ 0.
    Returns: one number, from 0 to 1. An empty shape, and two empty masks without smoothing, are a `Problem`.
    Source: Milletari and others 2016 (there with squares in the denominator).
    """
    whole = functions.total(algebra, y) + functions.total(algebra, t) + smooth
    return 1 - algebra.divide(2 * functions.total(algebra, y * t) + smooth, whole)


@Entry(
    names=Text(ja="IoU、ジャッカード係数、Jaccard係数", en="intersection over union, IoU, Jaccard index"),
    takes=(Shape.WHOLE, Argument("a", Domain.UNIT), Argument("b", Domain.UNIT)),
)
def iou(algebra: Algebra, a: Value, b: Value) -> Value:
    """Intersection over union of two masks (Jaccard index); 1 − IoU serves as a loss.

    Formula: Σ a b / (Σ a + Σ b − Σ a b); the Dice coefficient is 2 IoU / (1 + IoU).
    Args: a, b masks of one shape, entries from 0 to 1.
    Returns: one number, from 0 to 1. An empty shape, and two masks without any area, are a `Problem`.
    Source: Jaccard 1912; as a loss Rahman and Wang 2016.
    """
    common = functions.total(algebra, a * b)
    return algebra.divide(common, functions.total(algebra, a) + functions.total(algebra, b) - common)


@Entry(
    names=Text(ja="矩形のIoU、バウンディングボックスのIoU", en="IoU of boxes"),
    takes=(Shape.WHOLE, Argument("a", Domain.BOX, "x"), Argument("b", Domain.BOX, "x")),
)
def box_iou(algebra: Algebra, a: Value, b: Value) -> Value:
    """Intersection over union of two upright boxes.

    Formula: I / (A + B − I), I = max(0, min(rights) − max(lefts)) · max(0, min(bottoms) − max(tops)).
    Args: a, b boxes (left, top, right, bottom), y growing downwards, in one unit.
    Returns: one number, from 0 to 1. A box without area and what is no box are a `Problem`.
    Source: Everingham and others 2010 (PASCAL VOC).
    """
    if len(a) != 4 or len(b) != 4 or (algebra.name == "numpy" and min(*(a[2:] - a[:2]), *(b[2:] - b[:2])) <= 0):
        raise Problem(f"box_iou: boxes are (left, top, right, bottom), found {a.tolist()} and {b.tolist()}")
    width = functions.relu(algebra, algebra.minimum(a[2], b[2]) - algebra.maximum(a[0], b[0]))
    height = functions.relu(algebra, algebra.minimum(a[3], b[3]) - algebra.maximum(a[1], b[1]))
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return algebra.divide(width * height, areas - width * height)
