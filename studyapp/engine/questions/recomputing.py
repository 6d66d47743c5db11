"""The value of a formula at known numbers: exact where it is rational, else to 50 digits; and numbers as shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from studyapp.domain.expression import Node
from studyapp.engine.algebras.algebra import Inexact, Problem, Value
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions.values import PRECISE, fraction_of


def value_of(node: Node, known: Mapping[str, Fraction]) -> Fraction | None:
    """The value, None where there is none."""
    try:
        return fraction_of(evaluate(node, known, FRACTIONS))
    except Inexact:
        pass
    except (Problem, TypeError):
        return None
    try:
        numbers = {name: PRECISE.number(value) for name, value in known.items()}
        return fraction_of(evaluate(node, numbers, PRECISE))
    except (Problem, TypeError):
        return None


def in_shape(entries: Iterable[object], shape: tuple[int, ...]) -> Value:
    """Numbers, or texts of numbers, as floats in a shape."""
    return np.array([float(one) for one in entries]).reshape(shape)[()]  # type: ignore[arg-type]  # float reads each


def entries_of(value: Value) -> list[float]:
    """The entries of a value as floats."""
    return [float(one) for one in np.ravel(value)]


def are_near(left: Value, right: Value, slack: Value, relative: float) -> bool:
    """Whether two values of one shape differ by no more than a slack, entry by entry; other shapes are not compared."""
    if np.shape(left) != np.shape(right):
        return True
    return bool(np.all(np.abs(left - right) <= slack + relative * (1 + np.abs(left))))


def larger(left: Value, right: Value) -> Value:
    """The larger of two values, entry by entry."""
    return np.maximum(left, right)
