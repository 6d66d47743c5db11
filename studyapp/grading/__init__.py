"""Floor 2: one file per kind of answer: reading, verdict, and the diagnosis of slips."""

from collections.abc import Callable, Sequence
from typing import Any

from studyapp.domain import question
from studyapp.domain.question import AnswerKey, KnownMistake
from studyapp.domain.verdict import Verdict
from studyapp.grading.code import grade_code
from studyapp.grading.expression import grade_expression
from studyapp.grading.labels import grade_choice, grade_order
from studyapp.grading.number import grade_number
from studyapp.grading.term import grade_term
from studyapp.grading.vector import grade_vector
from studyapp.grading.verdicts import bounded

__all__ = ["grade"]

GRADERS: dict[type[AnswerKey], Callable[[Any, str, Sequence[KnownMistake]], Verdict]] = {
    question.NumberKey: grade_number,
    question.VectorKey: grade_vector,
    question.ExpressionKey: grade_expression,
    question.CodeKey: grade_code,
    question.ChoiceKey: grade_choice,
    question.OrderKey: grade_order,
    question.TermKey: grade_term,
}


def grade(key: AnswerKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed answer; the same answer always gets the same one, and any text gets one."""
    return bounded(GRADERS[type(key)](key, answer, mistakes))
