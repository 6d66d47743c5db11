"""What only many questions show: variety, living mistakes, answers that guessing would find."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from studyapp.domain.exercise import Exercise
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint
from studyapp.domain.words import Words
from studyapp.workshop.complaining import complaint
from studyapp.workshop.tally import Tally

FIXED_KINDS = (Kind.TERM, Kind.DERIVATION)
"""Kinds whose question may always be the same: a word to know, a proof to carry through."""
LEAST_ALIVE = 0.2
LEAST_EXAMINABLE = 0.4
"""Share of questions that can be asked in an exam, where the key says that one may ask them."""
LEAST_DISTINCT = 7
LARGEST_DISTANCE = 1e-9
LARGEST_SHARE = 0.5
LARGEST_RATIO = 1.6
LEAST_DIFFERENCE = 8.0
"""Cells by which options differ before their length tells anything."""
DEVIATIONS = 4.0
"""Standard deviations within which positions count as even: for fixed seeds the verdict is always the same."""


def counted(exercise: Exercise, tally: Tally, words: Words) -> Iterator[Complaint]:
    """Complaints about the questions as a whole; few seeds prove nothing of variety."""
    key = exercise.key
    if tally.distance > LARGEST_DISTANCE:
        yield complaint("distance", key.place, words, distance=f"{tally.distance:.1e}")
    if tally.drawn < 2 * LEAST_DISTINCT:
        return
    is_fixed = key.kind in FIXED_KINDS and not key.draw and key.network is None
    if len(tally.surfaces) < LEAST_DISTINCT and not is_fixed:
        yield complaint("few-distinct", key.place, words, seeds=tally.drawn, count=len(tally.surfaces))
    for mistake in key.mistakes:
        share = tally.alive[mistake.name] / tally.drawn
        if share < LEAST_ALIVE:
            yield complaint("mistake-rare", mistake.place, words, name=mistake.name, share=round(100 * share))
    if key.exam and tally.examinable < LEAST_EXAMINABLE * tally.drawn:
        share = round(100 * tally.examinable / tally.drawn)
        yield complaint("exam-rare", key.place, words, share=share)
    for answer, count in tally.answers.most_common(1):
        if count > LARGEST_SHARE * tally.drawn:
            share = round(100 * count / tally.drawn)
            yield complaint("guessable", key.place, words, answer=answer, share=share)
    yield from _options(exercise, tally, words)


def _options(exercise: Exercise, tally: Tally, words: Words) -> Iterator[Complaint]:
    """The right option stands anywhere, and is not the long one."""
    if not tally.options:
        return
    place, drawn = exercise.key.place, sum(tally.positions.values())
    expected = drawn / tally.options
    spread = sqrt(expected * (1 - 1 / tally.options))
    for position in range(tally.options):
        count = tally.positions[position]
        if abs(count - expected) > DEVIATIONS * spread:
            share = round(100 * count / max(1, drawn))
            yield complaint("uneven-positions", place, words, position=position + 1, share=share)
    right = tally.width_right[0] / max(1, tally.width_right[1])
    wrong = tally.width_wrong[0] / max(1, tally.width_wrong[1])
    shorter, longer = sorted((right, wrong))
    if longer > LARGEST_RATIO * shorter and longer - shorter > LEAST_DIFFERENCE:
        yield complaint("telling-length", place, words, ratio=f"{longer / max(shorter, 1):.1f}")
