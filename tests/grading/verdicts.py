"""Answers beside the verdicts that they get: one row for all answers that get the same one."""

from collections.abc import Iterable, Sequence

from studyapp.domain.question import AnswerKey, KnownMistake
from studyapp.domain.verdict import Outcome
from studyapp.grading import grade


def answers(*tables: tuple[AnswerKey, dict[str, Iterable[str] | str]]) -> list[tuple[AnswerKey, str, str]]:
    """Key, answer and verdict, one for each answer; in a text they are parted by ` | `, an empty one first."""
    return [
        (key, answer, verdict)
        for key, rows in tables
        for verdict, row in rows.items()
        for answer in (row.split(" | ") if isinstance(row, str) else row)
    ]


def verdict_of(key: AnswerKey, answer: str, mistakes: Sequence[KnownMistake] = ()) -> str:
    """The outcome, of a wrong answer with the slip and what completes it: `correct`, `wrong factor 2`."""
    verdict = grade(key, answer, mistakes)
    named = verdict.mistake is not None and verdict.outcome is not Outcome.UNREADABLE
    return f"{verdict.outcome} {verdict.mistake} {verdict.detail}".strip() if named else str(verdict.outcome)
