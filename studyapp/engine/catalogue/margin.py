"""Losses that ask for a margin between scores: hinge and its kin, and ranking."""

from dataclasses import replace
from functools import reduce

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape

SCORE_AND_LABEL = (Argument("s"), Argument("t", Domain.LABEL))
FACTS = Facts((Task.BINARY,), Target.LABEL, OutputUnit.IDENTITY, margin=True)
KINKED = replace(FACTS, robust=True, smooth=False, usual=True)


@Entry(
    names=Text(ja="ヒンジ損失", en="hinge loss"),
    takes=(Shape.ELEMENT, *SCORE_AND_LABEL),
    gradients={"s": lambda s, t: np.where(np.less(t * s, 1), -t, 0.0)},
    facts=replace(KINKED, serves=(Task.GENERATION,)),
    topic="losses/hinge",
)
def hinge(algebra: Algebra, s: Value, t: Value) -> Value:
    """Hinge loss of the support vector machine: 0 only where the score is right by a margin of 1.

    Formula: max(0, 1 − t s); derivative by s −t inside the margin, else 0 (also at the margin).
    Args: s scores (no probabilities), t labels −1 or 1, of one shape.
    Returns: the same shape; the entry takes the mean. Other labels are a `Problem`.
    Source: Cortes and Vapnik 1995.
    """
    return functions.relu(algebra, 1 - t * s)


@Entry(
    names=Text(ja="二乗ヒンジ損失", en="squared hinge loss"),
    takes=(Shape.ELEMENT, *SCORE_AND_LABEL),
    gradients={"s": lambda s, t: -2.0 * t * np.maximum(1.0 - t * s, 0.0)},
    facts=FACTS,
    topic="losses/hinge",
)
def squared_hinge(algebra: Algebra, s: Value, t: Value) -> Value:
    """Squared hinge loss: smooth at the margin, harder on large violations.

    Formula: max(0, 1 − t s)²; derivative by s −2t · max(0, 1 − t s).
    Args: s scores, t labels −1 or 1, of one shape.
    Returns: the same shape; the entry takes the mean. Other labels are a `Problem`.
    Source: Tang 2013.
    """
    return functions.relu(algebra, 1 - t * s) ** 2


FORM = Option("crammer_singer", words=("crammer_singer", "weston_watkins"))


def _excess(s: Array, c: Array) -> Array:
    """1 + s_k − s_c, and −inf at the true class."""
    if s.shape[-1] < 2:
        raise Problem("multiclass_hinge needs two classes at least")
    excess = 1.0 + s - stable.picked(s, c)[..., np.newaxis]
    return np.where(stable.one_hot(c, s.shape[-1]) == 1, -np.inf, excess)


def _multiclass_hinge_formula(algebra: Algebra, s: Value, c: Value, form: str) -> Value:
    true = functions.label(algebra, c, len(s))
    wrong = [s[k] for k in range(len(s)) if k != true]
    if form == "weston_watkins":
        return functions.total(algebra, [functions.relu(algebra, 1 + score - s[true]) for score in wrong])
    return functions.relu(algebra, 1 + reduce(algebra.maximum, wrong) - s[true])


def _multiclass_hinge_by_s(s: Array, c: Array, form: str) -> Array:
    excess = _excess(s, c)
    if form == "crammer_singer":
        strongest = np.argmax(excess, axis=-1)
        excess = np.where(stable.one_hot(strongest, s.shape[-1]) == 1, excess, -np.inf)
    violated = np.where(excess > 0, 1.0, 0.0)
    count: Array = np.sum(violated, axis=-1, keepdims=True)
    return violated - stable.one_hot(c, s.shape[-1]) * count


@Entry(
    names=Text(ja="多クラスヒンジ損失", en="multi-class hinge loss"),
    takes=(Shape.ROW, Argument("s", Domain.REAL, "nk"), Argument("c", Domain.INDEX, "n")),
    formula=_multiclass_hinge_formula,
    gradients={"s": _multiclass_hinge_by_s},
    options={"form": FORM},
    facts=replace(KINKED, tasks=(Task.MULTICLASS,), target=Target.INDEX),
    topic="losses/hinge",
)
def multiclass_hinge(s: Array, c: Array, form: str = "crammer_singer") -> Array:
    """Hinge loss for several classes: against the strongest wrong class, or against every wrong class.

    Formula: crammer_singer max(0, 1 + max_{k≠c} s_k − s_c); weston_watkins Σ_{k≠c} max(0, 1 + s_k − s_c).
    Args: s rows of K ≥ 2 scores (N×K, or one row), c the true class from 0, one a row; form one of the two words.
    Returns: one value a row; the entry takes the mean over rows. A class outside 0 … K − 1 and a row of one score are a
    `Problem`.
    Source: Crammer and Singer 2001; Weston and Watkins 1999.
    """
    violations = np.maximum(_excess(s, c), 0.0)
    return np.asarray(np.sum(violations, axis=-1) if form == "weston_watkins" else np.max(violations, axis=-1))


@Entry(
    names=Text(ja="ランキング損失、マージンランキング損失", en="margin ranking loss, ranking loss"),
    takes=(Shape.ELEMENT, Argument("a"), Argument("b"), Argument("sign", Domain.LABEL)),
    gradients={
        "a": lambda a, b, sign, margin: np.where(margin - sign * (a - b) > 0, -sign, 0.0),
        "b": lambda a, b, sign, margin: np.where(margin - sign * (a - b) > 0, sign, 0.0),
    },
    options={"margin": Option(0.0, Domain.NONNEGATIVE)},
    facts=replace(KINKED, tasks=(Task.RANKING,), target=Target.PAIR),
)
def margin_ranking(algebra: Algebra, a: Value, b: Value, sign: Value, margin: Value) -> Value:
    """Loss of two scores that should be in a given order.

    Formula: max(0, −y(a − b) + m), y = 1 where a should be the larger, −1 where b should; derivative by a −y or 0.
    Args: a, b scores, sign of −1 or 1, of one shape; margin ≥ 0.
    Returns: the same shape; the entry takes the mean. Other signs are a `Problem`.
    Source: Joachims 2002.
    """
    return functions.relu(algebra, margin - sign * (a - b))
