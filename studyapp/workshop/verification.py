"""Verification: many questions of an exercise, each held to everything that a learner will rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from studyapp.domain.exercise import Exercise
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.question import Question, Undrawable
from studyapp.domain.topic import PageSource
from studyapp.domain.verdict import Outcome
from studyapp.domain.words import Words
from studyapp.engine.drawing import draw, example_of
from studyapp.kernel.requests import Grade, Prove
from studyapp.kernel.service import PRINTER, Service

LEAST_ALIVE = 0.2
LEAST_DISTINCT = 7
LARGEST_DISTANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Certificate:
    """What verification found of one exercise; `alive` is the share of questions in which each mistake applies.

    `complaints` go with the seed that showed them, None where no seed did.
    """

    id: str
    seeds: int
    distance: float
    distinct: int
    redrawn: int
    alive: dict[str, float]
    complaints: tuple[tuple[Complaint, int | None], ...]


@dataclass(slots=True)
class _Tally:
    """What has been counted so far."""

    complaints: list[tuple[Complaint, int | None]] = field(default_factory=list)
    surfaces: set[str] = field(default_factory=set)
    alive: Counter[str] = field(default_factory=Counter)
    drawn: int = 0
    redrawn: int = 0
    distance: float = 0.0


def verify(source: PageSource, exercise: Exercise, seeds: range, service: Service, words: Words) -> Certificate:
    """Draw a question for each seed, grade its key and its mistakes, count, and prove the first one by SymPy too."""
    tally = _Tally()
    for seed in seeds:
        question = draw(exercise, seed, PRINTER)
        if isinstance(question, Undrawable):
            values = {"seed": seed, "reason": question.code, "detail": question.detail}
            tally.complaints.append((_complaint("undrawable", question.place, words, **values), seed))
            break
        tally.drawn += 1
        tally.redrawn += question.redrawn
        tally.surfaces.add(question.prompt + "\0".join(sorted(option.text for option in question.options)))
        tally.alive.update(mistake.name for mistake in question.mistakes)
        if seed == seeds.start:
            tally.distance = float(service.answer(Prove(source, question)).distance or 0) if question.key else 0.0
        tally.complaints += ((one, seed) for one in _graded(question, exercise.key.place, service, words))
    tally.complaints += ((one, None) for one in _counted(exercise, tally, words))
    tally.complaints += ((one, None) for one in _example(exercise, words))
    return Certificate(
        exercise.id,
        tally.drawn,
        tally.distance,
        len(tally.surfaces),
        tally.redrawn,
        {one.name: round(tally.alive[one.name] / max(1, tally.drawn), 3) for one in exercise.key.mistakes},
        tuple(tally.complaints),
    )


def _graded(question: Question, place: Place, service: Service, words: Words) -> Iterator[Complaint]:
    """The key is accepted as it is shown; each mistake that applies is refused and named."""
    verdict = service.answer(Grade(question, question.answer, words.code))
    if verdict.outcome != Outcome.CORRECT:
        values = {"seed": question.seed, "answer": question.answer, "verdict": verdict.outcome.value}
        yield _complaint("key-refused", place, words, **values)
    for mistake in question.mistakes:
        verdict = service.answer(Grade(question, mistake.answer, words.code))
        values = {"seed": question.seed, "name": mistake.name, "answer": mistake.answer}
        if verdict.outcome != Outcome.WRONG:
            yield _complaint("mistake-accepted", place, words, **values, verdict=verdict.outcome.value)
        elif verdict.mistake != mistake.name:
            yield _complaint("mistake-unnamed", place, words, **values, found=verdict.mistake)


def _counted(exercise: Exercise, tally: _Tally, words: Words) -> Iterator[Complaint]:
    """Enough variety, and mistakes that apply often enough; few seeds prove nothing of either."""
    if tally.drawn < 2 * LEAST_DISTINCT:
        return
    place = exercise.key.place
    if len(tally.surfaces) < LEAST_DISTINCT:
        yield _complaint("few-distinct", place, words, seeds=tally.drawn, count=len(tally.surfaces))
    for mistake in exercise.key.mistakes:
        share = tally.alive[mistake.name] / tally.drawn
        if share < LEAST_ALIVE:
            yield _complaint("mistake-rare", mistake.place, words, name=mistake.name, share=round(100 * share))
    if tally.distance > LARGEST_DISTANCE:
        yield _complaint("distance", place, words, distance=tally.distance)


def _example(exercise: Exercise, words: Words) -> Iterator[Complaint]:
    """The author's worked example comes out as the author worked it out."""
    example = example_of(exercise, PRINTER)
    if example is None:
        return
    question, written = example
    if not isinstance(question, Question):
        place, detail = question.place, f"{question.code}: {question.detail}"
        yield _complaint("example", place, words, written=written, computed=detail)
        return
    service = Service()
    if written and service.answer(Grade(question, written, words.code)).outcome != Outcome.CORRECT:
        yield _complaint("example", exercise.key.place, words, written=written, computed=question.answer)


def _complaint(code: str, place: Place, words: Words, **values: object) -> Complaint:
    message, hint = words.workshop.complaint(code, **values)
    return Complaint(place, code, message, hint, Severity.ERROR)
