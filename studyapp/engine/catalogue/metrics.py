"""Metrics of classification from counts: true and false positives, true and false negatives; none is a loss."""

from __future__ import annotations

from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry

COUNTS = tuple(Argument(name, Domain.COUNT) for name in ("tp", "fp", "fn", "tn"))


def accuracy(tp: Array, fp: Array, fn: Array, tn: Array) -> Array:
    """Share of right answers.

    Formula: (TP + TN) / (TP + FP + FN + TN).
    Args: tp, fp, fn, tn counts, of one shape.
    Returns: the same shape, from 0 to 1. No count above 0, and different shapes, are a `Problem`.
    Source: standard usage.
    """
    return (tp + tn) / (tp + fp + fn + tn)


def _accuracy_formula(algebra: Algebra, tp: Value, fp: Value, fn: Value, tn: Value) -> Value:
    return algebra.divide(tp + tn, tp + fp + fn + tn)


ACCURACY = Entry(
    name="accuracy",
    ja=("正解率", "正確度"),
    en=("accuracy",),
    arguments=COUNTS,
    shape=Shape.MAP,
    value=accuracy,
    formula=_accuracy_formula,
    topic="losses/why-not-accuracy",
)


def precision(tp: Array, fp: Array, fn: Array, tn: Array) -> Array:
    """Share of what was called positive that is positive.

    Formula: TP / (TP + FP).
    Args: tp, fp, fn, tn counts, of one shape; fn and tn do not matter.
    Returns: the same shape, from 0 to 1. Nothing called positive, and different shapes, are a `Problem`.
    Source: Kent and others 1955.
    """
    return tp / (tp + fp) + 0.0 * (fn + tn)


def _precision_formula(algebra: Algebra, tp: Value, fp: Value, _fn: Value, _tn: Value) -> Value:
    return algebra.divide(tp, tp + fp)


PRECISION = Entry(
    name="precision",
    ja=("適合率", "精度(precision)", "陽性的中率"),
    en=("precision", "positive predictive value"),
    arguments=COUNTS,
    shape=Shape.MAP,
    value=precision,
    formula=_precision_formula,
)


def recall(tp: Array, fp: Array, fn: Array, tn: Array) -> Array:
    """Share of the positive that was called positive.

    Formula: TP / (TP + FN).
    Args: tp, fp, fn, tn counts, of one shape; fp and tn do not matter.
    Returns: the same shape, from 0 to 1. Nothing positive, and different shapes, are a `Problem`.
    Source: Kent and others 1955.
    """
    return tp / (tp + fn) + 0.0 * (fp + tn)


def _recall_formula(algebra: Algebra, tp: Value, _fp: Value, fn: Value, _tn: Value) -> Value:
    return algebra.divide(tp, tp + fn)


RECALL = Entry(
    name="recall",
    ja=("再現率", "感度", "真陽性率", "TPR"),
    en=("recall", "sensitivity", "true positive rate", "TPR"),
    arguments=COUNTS,
    shape=Shape.MAP,
    value=recall,
    formula=_recall_formula,
)


def specificity(tp: Array, fp: Array, fn: Array, tn: Array) -> Array:
    """Share of the negative that was called negative.

    Formula: TN / (TN + FP).
    Args: tp, fp, fn, tn counts, of one shape; tp and fn do not matter.
    Returns: the same shape, from 0 to 1. Nothing negative, and different shapes, are a `Problem`.
    Source: Yerushalmy 1947.
    """
    return tn / (tn + fp) + 0.0 * (tp + fn)


def _specificity_formula(algebra: Algebra, _tp: Value, fp: Value, _fn: Value, tn: Value) -> Value:
    return algebra.divide(tn, tn + fp)


SPECIFICITY = Entry(
    name="specificity",
    ja=("特異度", "真陰性率", "TNR"),
    en=("specificity", "true negative rate", "TNR"),
    arguments=COUNTS,
    shape=Shape.MAP,
    value=specificity,
    formula=_specificity_formula,
)


def false_positive_rate(tp: Array, fp: Array, fn: Array, tn: Array) -> Array:
    """Share of the negative that was called positive: the horizontal axis of the ROC curve.

    Formula: FP / (FP + TN) = 1 − specificity.
    Args: tp, fp, fn, tn counts, of one shape; tp and fn do not matter.
    Returns: the same shape, from 0 to 1. Nothing negative, and different shapes, are a `Problem`.
    Source: standard usage.
    """
    return fp / (tn + fp) + 0.0 * (tp + fn)


def _false_positive_rate_formula(algebra: Algebra, _tp: Value, fp: Value, _fn: Value, tn: Value) -> Value:
    return algebra.divide(fp, tn + fp)


FALSE_POSITIVE_RATE = Entry(
    name="false_positive_rate",
    ja=("偽陽性率", "FPR"),
    en=("false positive rate", "FPR"),
    arguments=COUNTS,
    shape=Shape.MAP,
    value=false_positive_rate,
    formula=_false_positive_rate_formula,
)


def f_beta(tp: Array, fp: Array, fn: Array, tn: Array, beta: float = 1.0) -> Array:
    """Harmonic mean of precision and recall, recall counting β times as much; F1 for β = 1.

    Formula: (1 + β²) TP / ((1 + β²) TP + β² FN + FP).
    Args: tp, fp, fn, tn counts, of one shape; tn does not matter; beta > 0.
    Returns: the same shape, from 0 to 1. Nothing positive or called so, and different shapes, are a `Problem`.
    Source: van Rijsbergen 1979.
    """
    weighted = (1.0 + beta**2) * tp
    return weighted / (weighted + beta**2 * fn + fp) + 0.0 * tn


def _f_beta_formula(algebra: Algebra, tp: Value, fp: Value, fn: Value, _tn: Value, beta: Value) -> Value:
    weighted = (1 + beta**2) * tp
    return algebra.divide(weighted, weighted + beta**2 * fn + fp)


F_BETA = Entry(
    name="f_beta",
    ja=("F値", "F1スコア", "Fβ値", "F-measure"),
    en=("F-score", "F1", "F-beta"),
    arguments=COUNTS,
    shape=Shape.MAP,
    value=f_beta,
    formula=_f_beta_formula,
    options={"beta": Option(1.0, Domain.POSITIVE)},
)

ENTRIES = (ACCURACY, PRECISION, RECALL, SPECIFICITY, FALSE_POSITIVE_RATE, F_BETA)
