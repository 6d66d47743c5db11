"""What only many questions show: variety, living mistakes, answers that guessing would find."""

from __future__ import annotations

from collections.abc import Iterator, Set
from math import sqrt

from studyapp.domain.exercise import Exercise, Key, StepFacts
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint
from studyapp.workshop.complaining import complaint
from studyapp.workshop.tally import Tally, written_mistakes

FIXED_KINDS = (Kind.TERM, Kind.DERIVATION)
"""Kinds whose question may always be the same: a word to know, a proof to carry through."""
LEAST_ALIVE = 0.2
LEAST_EXAMINABLE = 0.4
"""Share of questions that can be asked in an exam, where the key says that one may ask them."""
LEAST_DISTINCT = 7
FEW = 2 * LEAST_DISTINCT
"""Questions below which nothing can be said of variety."""
LARGEST_SHARE = 0.5
LARGEST_RATIO = 1.6
LEAST_DIFFERENCE = 8.0
"""Cells by which options differ before their length tells anything."""
DEVIATIONS = 4.0
"""Standard deviations within which positions count as even: for fixed seeds the verdict is always the same."""


def counted(exercise: Exercise, tally: Tally, never: Set[str]) -> Iterator[Complaint]:
    """Complaints about the questions as a whole; few seeds prove nothing of variety.

    `never` are the mistakes that apply in no question, however many are drawn.
    """
    key = exercise.key
    asked: tuple[Key | StepFacts, ...] = (key, *key.steps)
    for part in asked:
        if part.answer is not None and part.check is None:
            yield complaint("no-check", part.answer.place)
    for name, place in written_mistakes(key):
        share = tally.alive[name] / max(1, tally.drawn)
        if name in never:
            yield complaint("mistake-never", place, name=name)
        elif share < LEAST_ALIVE and tally.drawn >= FEW:
            yield complaint("mistake-rare", place, name=name, share=round(100 * share))
    if tally.drawn < FEW:
        return
    is_fixed = key.kind in FIXED_KINDS and not key.draw and key.network is None
    if len(tally.surfaces) < LEAST_DISTINCT and not is_fixed:
        place = key.at("draw", "network", "scenes", "shown")
        yield complaint("few-distinct", place, seeds=tally.drawn, count=len(tally.surfaces))
    if key.exam and tally.examinable < LEAST_EXAMINABLE * tally.drawn:
        share = round(100 * tally.examinable / tally.drawn)
        yield complaint("exam-rare", key.at("exam"), share=share)
    for answer, count in tally.answers.most_common(1):
        if count > LARGEST_SHARE * tally.drawn:
            share = round(100 * count / tally.drawn)
            yield complaint("guessable", key.at("answer"), answer=answer, share=share)
    yield from _options(exercise, tally)


def _options(exercise: Exercise, tally: Tally) -> Iterator[Complaint]:
    """The right option stands anywhere, and is not the long one."""
    if not tally.options:
        return
    options = exercise.sentences.options
    place = options[0].place if options else exercise.key.at("options", "network")
    drawn = sum(tally.positions.values())
    expected = drawn / tally.options
    spread = sqrt(expected * (1 - 1 / tally.options))
    for position in range(tally.options):
        count = tally.positions[position]
        if abs(count - expected) > DEVIATIONS * spread:
            share = round(100 * count / max(1, drawn))
            yield complaint("uneven-positions", place, position=position + 1, share=share)
    right = tally.width_right[0] / max(1, tally.width_right[1])
    wrong = tally.width_wrong[0] / max(1, tally.width_wrong[1])
    shorter, longer = sorted((right, wrong))
    if longer > LARGEST_RATIO * shorter and longer - shorter > LEAST_DIFFERENCE:
        yield complaint("telling-length", place, ratio=f"{longer / max(shorter, 1):.1f}")
