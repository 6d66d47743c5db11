"""Penalties on weights that are added to a loss."""

import numpy as np

from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue.entry import FLAG_OFF, Argument, Array, Domain, Entry, Option, Shape

WEIGHTS = (Argument("w"),)
STRENGTH = Option(1.0, Domain.NONNEGATIVE)


@Entry(
    names=Text(ja="L0正則化、L0ノルム", en="L0 penalty, L0 norm"),
    takes=(Shape.WHOLE, *WEIGHTS),
    gradients={"w": lambda w, strength: np.zeros_like(w)},
    options={"strength": STRENGTH},
    topic="learning/overfitting",
)
def l0(algebra: Algebra, w: Value, strength: Value) -> Value:
    """Number of weights that are not 0: how sparse a model is; no gradient leads there.

    Formula: λ · #{w ≠ 0}; derivative 0 almost everywhere.
    Args: w of any shape, strength λ ≥ 0.
    Returns: one number. An empty w is a `Problem`.
    Source: standard usage (best subset selection).
    """
    one, zero = algebra.number(1), algebra.number(0)
    return strength * functions.total(algebra, algebra.where(algebra.compare("==", w, zero), zero, one))


@Entry(
    names=Text(ja="L1正則化、ラッソ、Lasso、L1ノルム", en="L1 penalty, lasso"),
    takes=(Shape.WHOLE, *WEIGHTS),
    gradients={"w": lambda w, strength: strength * np.sign(w)},
    options={"strength": STRENGTH},
    topic="learning/overfitting",
)
def l1(algebra: Algebra, w: Value, strength: Value) -> Value:
    """Sum of absolute weights (lasso): drives weights to exactly 0.

    Formula: λ Σ|w|; derivative λ sign w, 0 at the kink w = 0.
    Args: w of any shape, strength λ ≥ 0.
    Returns: one number. An empty w is a `Problem`.
    Source: Tibshirani 1996.
    """
    return strength * functions.total(algebra, algebra.apply("abs", w))


@Entry(
    names=Text(ja="L2正則化、リッジ、Ridge、荷重減衰、重み減衰", en="L2 penalty, ridge, weight decay"),
    takes=(Shape.WHOLE, *WEIGHTS),
    gradients={"w": lambda w, strength, *, half: (1.0 if half else 2.0) * strength * w},
    options={"strength": STRENGTH, "half": FLAG_OFF},
    topic="learning/overfitting",
)
def l2(algebra: Algebra, w: Value, strength: Value, *, half: bool) -> Value:
    """Sum of squared weights (ridge): draws weights towards 0 in proportion to their size.

    Formula: λ Σw²; derivative 2λw; with half=true ½λ Σw² and λw.
    Args: w of any shape, strength λ ≥ 0, half true or false.
    Returns: one number. An empty w is a `Problem`.
    Source: Tikhonov 1943; Hoerl and Kennard 1970.
    """
    penalty = strength * functions.total(algebra, w**2)
    return penalty / 2 if half else penalty


def _elastic_by_w(w: Array, strength: float, ratio: float, *, half: bool) -> Array:
    return strength * (ratio * np.sign(w) + (1.0 - ratio) * (1.0 if half else 2.0) * w)


@Entry(
    names=Text(ja="Elastic Net、エラスティックネット", en="elastic net"),
    takes=(Shape.WHOLE, *WEIGHTS),
    gradients={"w": _elastic_by_w},
    options={"strength": STRENGTH, "ratio": Option(0.5, Domain.UNIT), "half": FLAG_OFF},
)
def elastic(algebra: Algebra, w: Value, strength: Value, ratio: Value, *, half: bool) -> Value:
    """Elastic net: a mixture of both penalties.

    Formula: λ(ρ Σ|w| + (1 − ρ) Σw²); with half=true ½ before the squares.
    Args: w of any shape, strength λ ≥ 0, ratio ρ between 0 and 1, half true or false.
    Returns: one number. An empty w is a `Problem`.
    Source: Zou and Hastie 2005.
    """
    return l1.formula(algebra, w, strength * ratio) + l2.formula(algebra, w, strength * (1 - ratio), half=half)
