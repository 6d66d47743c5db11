"""Floor 2: one file per kind of answer: reading, verdict, and the diagnosis of slips."""

from collections.abc import Callable, Sequence
from typing import Any

from studyapp.domain import question
from studyapp.domain.question import AnswerKey, KnownMistake
from studyapp.domain.shapes import has_matrices
from studyapp.domain.verdict import Verdict
from studyapp.grading.code import grade_code
from studyapp.grading.expression import grade_expression
from studyapp.grading.labels import grade_choice, grade_order
from studyapp.grading.matrices import grade_matrix
from studyapp.grading.number import grade_number
from studyapp.grading.tables import grade_table
from studyapp.grading.term import grade_term
from studyapp.grading.vector import grade_vector
from studyapp.grading.verdicts import bounded
from studyapp.language.formulas import table_of

__all__ = ["grade"]


def _grade_symbols(key: question.ExpressionKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on one formula, on a vector or matrix of formulas, or on a formula in matrix symbols."""
    if has_matrices(key.symbols):
        return grade_matrix(key, answer, mistakes)
    return (grade_expression if table_of(key.reference) is None else grade_table)(key, answer, mistakes)


GRADERS: dict[type[AnswerKey], Callable[[Any, str, Sequence[KnownMistake]], Verdict]] = {
    question.NumberKey: grade_number,
    question.VectorKey: grade_vector,
    question.ExpressionKey: _grade_symbols,
    question.CodeKey: grade_code,
    question.ChoiceKey: grade_choice,
    question.OrderKey: grade_order,
    question.TermKey: grade_term,
}


def grade(key: AnswerKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed answer; the same answer always gets the same one, and any text gets one."""
    return bounded(GRADERS[type(key)](key, answer, mistakes))
