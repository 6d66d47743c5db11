"""What a learner did as a file for a teacher, and the files of a class summed up by skill and mistake."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from studyapp.domain.limits import RESULTS_BYTES
from studyapp.domain.record import Result
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Help, Outcome

TYPED = "answer"
COLUMNS = tuple(field.name for field in fields(Result))
NOT_TYPED = tuple(name for name in COLUMNS if name != TYPED)
SUMMED = ("skill", "mistake", "learners", "answers", "right")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute rather than show."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d*)?")


@dataclass(frozen=True, slots=True)
class MistakeSum:
    """A mistake of a skill: who made it, how often, and in which exercise of which topic it was met first."""

    mistake: str
    learners: int
    times: int
    exercise: str
    topic: str


@dataclass(frozen=True, slots=True)
class SkillSum:
    """A skill: who answered it, how often, how many answers were right without being shown, and its mistakes."""

    skill: str
    learners: int
    answers: int
    right: int
    mistakes: tuple[MistakeSum, ...]


def results_csv(results: Iterable[Result], *, typed: bool) -> str:
    """The results as CSV with a header."""
    rows = (astuple(result) if typed else astuple(result)[:-1] for result in results)
    return _csv(COLUMNS if typed else NOT_TYPED, rows)


def read_results(path: Path) -> tuple[Result, ...] | None:
    """The results in a file; None where it is no such file. Errors: OSError."""
    with path.open("rb") as file:
        data = file.read(RESULTS_BYTES + 1)
    # A spreadsheet may have written it anew in an encoding of its own: names of exercises are ASCII in most of them.
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=""))
    try:
        if len(data) > RESULTS_BYTES or not set(NOT_TYPED) <= set(reader.fieldnames or ()):
            return None
        return tuple(Result(**{name: row.get(name) or "" for name in COLUMNS}) for row in reader)
    except csv.Error:
        return None


def summed(learners: Mapping[str, Sequence[Result]]) -> tuple[SkillSum, ...]:
    """What a class did, by skill: what most answers were wrong in first, each with its most frequent mistakes."""
    by_skill: dict[str, list[tuple[str, Result]]] = {}
    for learner, results in learners.items():
        for result in results:
            if result.verdict in (Outcome.CORRECT, Outcome.WRONG, Outcome.ROUNDING):
                by_skill.setdefault(result.skill, []).append((learner, result))
    sums = (_skill_sum(skill, answered) for skill, answered in by_skill.items())
    return tuple(sorted(sums, key=lambda one: (one.right - one.answers, one.skill)))


def summed_csv(sums: Iterable[SkillSum]) -> str:
    """The sums as CSV: a row for each skill, and one for each of its mistakes, where `answers` counts those with it."""
    rows: list[tuple[object, ...]] = []
    for one in sums:
        rows.append((one.skill, "", one.learners, one.answers, one.right))
        rows += [(one.skill, slip.mistake, slip.learners, slip.times, 0) for slip in one.mistakes]
    return _csv(SUMMED, rows)


def _skill_sum(skill: str, answered: Sequence[tuple[str, Result]]) -> SkillSum:
    made: dict[str, list[tuple[str, Result]]] = {}
    for learner, result in answered:
        if result.mistake:
            made.setdefault(result.mistake, []).append((learner, result))
    mistakes = (
        MistakeSum(mistake, _count(times), len(times), times[0][1].exercise, times[0][1].topic)
        for mistake, times in made.items()
    )
    right = sum(result.verdict == Outcome.CORRECT and result.help != Help.SHOWN for _, result in answered)
    most_frequent = tuple(sorted(mistakes, key=lambda slip: (-slip.times, slip.mistake)))
    return SkillSum(skill, _count(answered), len(answered), right, most_frequent)


def _count(answered: Iterable[tuple[str, Result]]) -> int:
    return len({learner for learner, _ in answered})


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue()


def _plain(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: a learner's answer is opened on the teacher's computer."""
    is_formula = isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell
