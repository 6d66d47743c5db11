"""The value of a formula at known numbers: exact where it is rational, else to 50 digits."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from studyapp.domain.expression import Node
from studyapp.engine.algebras.algebra import Inexact, Problem
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
