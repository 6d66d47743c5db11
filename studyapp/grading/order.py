"""Orders: labels in sequence; the first that is out of place is told."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.question import KnownMistake, OrderKey
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading.choice import UNKNOWN_LABEL
from studyapp.grading.saying import asked_back, inert, known, listed, slipped
from studyapp.grading.slip_texts import slip_sentence
from studyapp.language.labels import read_labels

EACH_LABEL = Text(ja="{labels} を、それぞれ一度ずつ並べてください。", en="Put {labels} in order, each of them once.")


def grade_order(key: OrderKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on labels in a row."""
    labels = sorted(key.right)
    typed = read_labels(answer, labels)
    if isinstance(typed, str):
        if not typed:
            return asked_back(EACH_LABEL(labels=listed(labels)), "empty")
        told = UNKNOWN_LABEL(found=inert(typed, 20), labels=listed(labels))
        return asked_back(told, "unknown-label")
    reading = listed(typed)
    if sorted(typed) != labels:
        return asked_back(EACH_LABEL(labels=listed(labels)), "each-label", reading)
    if tuple(typed) == key.right:
        return Verdict(Outcome.CORRECT, reading=reading)
    for mistake in mistakes:
        if read_labels(mistake.answer, labels) == typed:
            return known(mistake, reading)
    place = next(at for at, (one, right) in enumerate(zip(typed, key.right, strict=True)) if one != right)
    details = (str(place + 1),) if place else ()
    return slipped("position", str(place + 1), slip_sentence("position", *details), reading)
