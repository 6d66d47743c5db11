"""Metrics, none a loss: of classification from counts of true and false positives and negatives; areas; R², MAPE."""

import numpy as np

from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape

COUNTS = tuple(Argument(name, Domain.COUNT) for name in ("tp", "fp", "fn", "tn"))


@Entry(names=Text(ja="正解率、正確度", en="accuracy"), takes=(Shape.MAP, *COUNTS), topic="losses/why-not-accuracy")
def accuracy(algebra: Algebra, tp: Value, fp: Value, fn: Value, tn: Value) -> Value:
    """Share of right answers.

    Formula: (TP + TN) / (TP + FP + FN + TN).
    Args: tp, fp, fn, tn counts, of one shape.
    Returns: the same shape, from 0 to 1. No count above 0 is a `Problem`.
    Source: standard usage.
    """
    return algebra.divide(tp + tn, tp + fp + fn + tn)


@Entry(
    names=Text(ja="適合率、精度(precision)、陽性的中率", en="precision, positive predictive value"),
    takes=(Shape.MAP, *COUNTS),
    topic="evaluation/confusion",
)
def precision(algebra: Algebra, tp: Value, fp: Value, _fn: Value, _tn: Value) -> Value:
    """Share of what was called positive that is positive.

    Formula: TP / (TP + FP).
    Args: tp, fp, fn, tn counts, of one shape; fn and tn do not matter.
    Returns: the same shape, from 0 to 1. Nothing called positive is a `Problem`.
    Source: Kent and others 1955.
    """
    return algebra.divide(tp, tp + fp)


@Entry(
    names=Text(ja="再現率、感度、真陽性率、TPR", en="recall, sensitivity, true positive rate, TPR"),
    takes=(Shape.MAP, *COUNTS),
    topic="evaluation/confusion",
)
def recall(algebra: Algebra, tp: Value, _fp: Value, fn: Value, _tn: Value) -> Value:
    """Share of the positive that was called positive.

    Formula: TP / (TP + FN).
    Args: tp, fp, fn, tn counts, of one shape; fp and tn do not matter.
    Returns: the same shape, from 0 to 1. Nothing positive is a `Problem`.
    Source: Kent and others 1955.
    """
    return algebra.divide(tp, tp + fn)


@Entry(
    names=Text(ja="特異度、真陰性率、TNR", en="specificity, true negative rate, TNR"),
    takes=(Shape.MAP, *COUNTS),
    topic="evaluation/confusion",
)
def specificity(algebra: Algebra, _tp: Value, fp: Value, _fn: Value, tn: Value) -> Value:
    """Share of the negative that was called negative.

    Formula: TN / (TN + FP).
    Args: tp, fp, fn, tn counts, of one shape; tp and fn do not matter.
    Returns: the same shape, from 0 to 1. Nothing negative is a `Problem`.
    Source: Yerushalmy 1947.
    """
    return algebra.divide(tn, tn + fp)


@Entry(
    names=Text(ja="偽陽性率、FPR", en="false positive rate, FPR"),
    takes=(Shape.MAP, *COUNTS),
    topic="evaluation/confusion",
)
def false_positive_rate(algebra: Algebra, _tp: Value, fp: Value, _fn: Value, tn: Value) -> Value:
    """Share of the negative that was called positive: the horizontal axis of the ROC curve.

    Formula: FP / (FP + TN) = 1 − specificity.
    Args: tp, fp, fn, tn counts, of one shape; tp and fn do not matter.
    Returns: the same shape, from 0 to 1. Nothing negative is a `Problem`.
    Source: standard usage.
    """
    return algebra.divide(fp, tn + fp)


@Entry(
    names=Text(ja="F値、F1スコア、Fβ値、F-measure", en="F-score, F1, F-beta"),
    takes=(Shape.MAP, *COUNTS),
    options={"beta": Option(1.0, Domain.POSITIVE)},
    topic="evaluation/confusion",
)
def f_beta(algebra: Algebra, tp: Value, fp: Value, fn: Value, _tn: Value, beta: Value) -> Value:
    """Harmonic mean of precision and recall, recall counting β times as much; F1 for β = 1.

    Formula: (1 + β²) TP / ((1 + β²) TP + β² FN + FP).
    Args: tp, fp, fn, tn counts, of one shape; tn does not matter; beta > 0.
    Returns: the same shape, from 0 to 1. Nothing positive or called so is a `Problem`.
    Source: van Rijsbergen 1979.
    """
    weighted = (1 + beta**2) * tp
    return algebra.divide(weighted, weighted + beta**2 * fn + fp)


SCORES = (Argument("score"), Argument("label", Domain.BIT))


def _both_classes(score: Value, label: Value) -> tuple[Value, Value]:
    sides = [[s for s, t in zip(np.ravel(score), np.ravel(label), strict=True) if t == kind] for kind in (1, 0)]
    if not all(sides):
        raise Problem("examples of both classes are needed")
    return sides[0], sides[1]


MOST_EXAMPLES = 400  # examples for which the formula looks at all pairs; NumPy sorts and takes any number


def _labels(algebra: Algebra, label: Value) -> list[int]:
    labels = [algebra.integer(element) for element in np.ravel(label)]
    if len(labels) > MOST_EXAMPLES:
        raise Problem(f"by formula {MOST_EXAMPLES} examples at most, found {len(labels)}")
    return labels


def _roc_auc_formula(algebra: Algebra, score: Value, label: Value) -> Value:
    positive, negative = _both_classes(score, _labels(algebra, label))
    one, half, zero = algebra.number(1), algebra.number(1) / 2, algebra.number(0)
    wins = [
        algebra.where(algebra.compare(">", p, n), one, algebra.where(algebra.compare("==", p, n), half, zero))
        for p in positive
        for n in negative
    ]
    return functions.mean(algebra, wins)


@Entry(
    names=Text(ja="ROC曲線下面積、AUC、ROC-AUC", en="area under the ROC curve, AUC, ROC AUC"),
    takes=(Shape.WHOLE, *SCORES),
    formula=_roc_auc_formula,
    topic="evaluation/curves",
)
def roc_auc(score: Array, label: Array) -> Array:
    """Area under the ROC curve: how often a positive example scores above a negative one, ties counting half.

    Formula: Σ over pairs of ([s₊ > s₋] + ½[s₊ = s₋]) / (P · N).
    Args: score any numbers, label 0 or 1, of one shape.
    Returns: one number, from 0 to 1. Other labels, and labels of one class only, are a `Problem`.
    Source: Hanley and McNeil 1982.
    """
    positive, negative = _both_classes(score, label)
    ordered = np.sort(negative)
    below, up_to = np.searchsorted(ordered, positive, "left"), np.searchsorted(ordered, positive, "right")
    return np.asarray(np.sum(below + up_to) / (2.0 * len(positive) * len(negative)))


def _average_precision_formula(algebra: Algebra, score: Value, label: Value) -> Value:
    positive, negative = _both_classes(score, _labels(algebra, label))

    def reaching(scores: Value, threshold: Value) -> Value:
        one, zero = algebra.number(1), algebra.number(0)
        reached = [algebra.where(algebra.compare(">=", s, threshold), one, zero) for s in scores]
        return functions.total(algebra, reached)

    hits = [reaching(positive, threshold) for threshold in positive]
    false = [reaching(negative, threshold) for threshold in positive]
    return functions.mean(algebra, [algebra.divide(h, h + f) for h, f in zip(hits, false, strict=True)])


@Entry(
    names=Text(ja="平均適合率、AP", en="average precision, AP"),
    takes=(Shape.WHOLE, *SCORES),
    formula=_average_precision_formula,
    topic="evaluation/curves",
)
def average_precision(score: Array, label: Array) -> Array:
    """Area under the precision–recall steps: the mean, over the positive examples, of the precision at their scores.

    Formula: mean over positive i of #{positive with s ≥ s_i} / #{all with s ≥ s_i}; ties share one threshold.
    Args: score any numbers, label 0 or 1, of one shape.
    Returns: one number, above 0, at most 1. Other labels, and labels of one class only, are a `Problem`.
    Source: Buckley and Voorhees 2000.
    """
    positive, negative = _both_classes(score, label)
    hits = len(positive) - np.searchsorted(np.sort(positive), positive, "left")
    false = len(negative) - np.searchsorted(np.sort(negative), positive, "left")
    return np.asarray(np.mean(hits / (hits + false)))


@Entry(
    names=Text(ja="決定係数、R²", en="coefficient of determination, R²"),
    takes=(Shape.WHOLE, Argument("y"), Argument("t")),
    gradients={"y": lambda y, t: 2.0 * (t - y) / np.sum(np.square(t - np.mean(t)))},
    topic="evaluation/selection",
)
def r2(algebra: Algebra, y: Value, t: Value) -> Value:
    """Coefficient of determination: the share of the target's variance that is explained; may be below 0.

    Formula: 1 − Σ(t − y)² / Σ(t − mean t)²; derivative by y 2(t − y) / Σ(t − mean t)².
    Args: y predictions, t targets, of one shape.
    Returns: one number, at most 1. An empty shape is a `Problem`; a constant target gives −inf, or a `Problem` where it
    is met exactly.
    Source: Wright 1921.
    """
    spread = functions.total(algebra, (t - functions.mean(algebra, t)) ** 2)
    return 1 - algebra.divide(functions.total(algebra, (t - y) ** 2), spread)


@Entry(
    name="mape",
    names=Text(ja="平均絶対パーセント誤差、平均絶対誤差率、MAPE", en="mean absolute percentage error, MAPE"),
    takes=(Shape.ELEMENT, Argument("y"), Argument("t", Domain.POSITIVE)),
    gradients={"y": lambda y, t: np.sign(y - t) / np.abs(t)},
    topic="evaluation/selection",
)
def absolute_relative_error(algebra: Algebra, y: Value, t: Value) -> Value:
    """Absolute error as a share of the target, the core of MAPE.

    Formula: |y − t| / |t| (not times 100); derivative by y sign(y − t) / |t|, 0 at the kink.
    Args: y predictions, t targets other than 0, of one shape.
    Returns: the same shape, without unit, inf where t = 0 is missed; the entry takes the mean.
    Source: no single one.
    """
    return algebra.divide(algebra.apply("abs", y - t), algebra.apply("abs", t))
