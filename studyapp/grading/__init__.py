"""Floor 2: one file per kind of answer: reading, verdict, and the diagnosis of slips."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.question import (
    AnswerKey,
    ChoiceKey,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    OrderKey,
    TermKey,
    VectorKey,
)
from studyapp.domain.verdict import Verdict
from studyapp.grading.choice import grade_choice
from studyapp.grading.expression import grade_expression
from studyapp.grading.number import grade_number
from studyapp.grading.order import grade_order
from studyapp.grading.saying import bounded
from studyapp.grading.term import grade_term
from studyapp.grading.vector import grade_vector

__all__ = ["grade"]


def grade(key: AnswerKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed answer; the same answer always gets the same one, and any text gets one."""
    return bounded(_graded(key, answer, mistakes))


def _graded(key: AnswerKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    match key:
        case NumberKey():
            return grade_number(key, answer, mistakes)
        case VectorKey():
            return grade_vector(key, answer, mistakes)
        case ExpressionKey():
            return grade_expression(key, answer, mistakes)
        case ChoiceKey():
            return grade_choice(key, answer, mistakes)
        case OrderKey():
            return grade_order(key, answer, mistakes)
        case TermKey():
            return grade_term(key, answer, mistakes)
