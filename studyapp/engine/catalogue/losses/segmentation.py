"""Overlap of masks and boxes: Dice, IoU (Jaccard)."""

from __future__ import annotations

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry


def dice_loss(y: Array, t: Array, smooth: float = 0.0) -> Array:
    """One minus the Dice coefficient (F1) of a soft mask and the true one: indifferent to a large background.

    Formula: 1 − (2 Σ y t + ε) / (Σ y + Σ t + ε); derivative by y −(2t(A + B + ε) − (2I + ε)) / (A + B + ε)².
    Args: y probabilities, t of 0 or 1, of one shape; smooth ε ≥ 0.
    Returns: one number, from 0 to 1. Different or empty shapes, and two empty masks without smoothing, are a `Problem`.
    Source: Milletari and others 2016 (there with squares in the denominator).
    """
    return np.asarray(1.0 - (2.0 * np.sum(y * t) + smooth) / (np.sum(y) + np.sum(t) + smooth))


def _dice_loss_formula(algebra: Algebra, y: Value, t: Value, smooth: Value) -> Value:
    whole = notation.total(algebra, y) + notation.total(algebra, t) + smooth
    return 1 - algebra.divide(2 * notation.total(algebra, y * t) + smooth, whole)


def _dice_loss_by_y(y: Array, t: Array, smooth: float) -> Array:
    whole = np.sum(y) + np.sum(t) + smooth
    return (2.0 * np.sum(y * t) + smooth) / whole**2 - 2.0 * t / whole


def _dice_loss_by_t(y: Array, t: Array, smooth: float) -> Array:
    return _dice_loss_by_y(t, y, smooth)


DICE_LOSS = Entry(
    name="dice_loss",
    ja=("Dice損失", "ダイス損失"),
    en=("Dice loss",),
    arguments=(Argument("y", Domain.UNIT), Argument("t", Domain.UNIT)),
    shape=Shape.WHOLE,
    value=dice_loss,
    formula=_dice_loss_formula,
    gradients={"y": _dice_loss_by_y, "t": _dice_loss_by_t},
    options={"smooth": Option(0.0, Domain.NONNEGATIVE)},
    facts=Facts(
        tasks=(Task.SEGMENTATION,),
        target=Target.MASK,
        output=OutputUnit.SIGMOID,
        bounded=True,
        symmetric=True,
        convex=False,
        usual=True,
    ),
)


def iou(a: Array, b: Array) -> Array:
    """Intersection over union of two masks (Jaccard index); 1 − IoU serves as a loss.

    Formula: Σ a b / (Σ a + Σ b − Σ a b); the Dice coefficient is 2 IoU / (1 + IoU).
    Args: a, b masks of one shape, entries from 0 to 1.
    Returns: one number, from 0 to 1. Different or empty shapes, and two masks without any area, are a `Problem`.
    Source: Jaccard 1912; as a loss Rahman and Wang 2016.
    """
    common = np.sum(a * b)
    return np.asarray(common / (np.sum(a) + np.sum(b) - common))


def _iou_formula(algebra: Algebra, a: Value, b: Value) -> Value:
    common = notation.total(algebra, a * b)
    return algebra.divide(common, notation.total(algebra, a) + notation.total(algebra, b) - common)


def _iou_by_a(a: Array, b: Array) -> Array:
    common = np.sum(a * b)
    union = np.sum(a) + np.sum(b) - common
    return (b * union - common * (1.0 - b)) / union**2


def _iou_by_b(a: Array, b: Array) -> Array:
    return _iou_by_a(b, a)


IOU = Entry(
    name="iou",
    ja=("IoU", "ジャッカード係数", "Jaccard係数"),
    en=("intersection over union", "IoU", "Jaccard index"),
    arguments=(Argument("a", Domain.UNIT), Argument("b", Domain.UNIT)),
    shape=Shape.WHOLE,
    value=iou,
    formula=_iou_formula,
    gradients={"a": _iou_by_a, "b": _iou_by_b},
)


def box_iou(a: Array, b: Array) -> Array:
    """Intersection over union of two upright boxes.

    Formula: I / (A + B − I), I = max(0, min(rights) − max(lefts)) · max(0, min(bottoms) − max(tops)).
    Args: a, b boxes (left, top, right, bottom), y growing downwards, in one unit.
    Returns: one number, from 0 to 1. A box without area and what is no box are a `Problem`.
    Source: Everingham and others 2010 (PASCAL VOC).
    """
    if len(a) != 4 or len(b) != 4 or min(a[2] - a[0], a[3] - a[1], b[2] - b[0], b[3] - b[1]) <= 0:
        raise Problem(f"box_iou: boxes are (left, top, right, bottom), found {a.tolist()} and {b.tolist()}")
    sides = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0.0)
    common = np.prod(sides)
    return np.asarray(common / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - common))


def _box_iou_formula(algebra: Algebra, a: Value, b: Value) -> Value:
    width = notation.relu(algebra, algebra.minimum(a[2], b[2]) - algebra.maximum(a[0], b[0]))
    height = notation.relu(algebra, algebra.minimum(a[3], b[3]) - algebra.maximum(a[1], b[1]))
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return algebra.divide(width * height, areas - width * height)


BOX_IOU = Entry(
    name="box_iou",
    ja=("矩形のIoU", "バウンディングボックスのIoU"),
    en=("IoU of boxes",),
    arguments=(Argument("a", Domain.BOX, "x"), Argument("b", Domain.BOX, "x")),
    shape=Shape.WHOLE,
    value=box_iou,
    formula=_box_iou_formula,
)

ENTRIES = (DICE_LOSS, IOU, BOX_IOU)
