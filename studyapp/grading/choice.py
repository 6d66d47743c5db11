"""Choices: one label, or all that apply."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.question import ChoiceKey, KnownMistake
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.domain.words import Words
from studyapp.grading.saying import asked_back, inert, known, listed
from studyapp.language.labels import labels_for, read_labels


def grade_choice(key: ChoiceKey, answer: str, mistakes: Sequence[KnownMistake], words: Words) -> Verdict:
    """The verdict on typed labels, or on the text of one option."""
    labels = labels_of(key)
    several = key.several or len(key.right) > 1
    picked = _by_text(key, answer, labels) or read_labels(answer, labels)
    if isinstance(picked, str):
        return _no_label(picked, labels, words)
    chosen = tuple(label for label in labels if label in picked)
    reading = listed(chosen)
    if not several and len(chosen) > 1:
        return asked_back(words.grading.one_label, "one-label", reading)
    if set(chosen) == set(key.right):
        return Verdict(Outcome.CORRECT, reading=reading)
    mistake = _mistake(chosen, key, mistakes)
    if mistake is not None:
        return known(mistake, reading)
    return Verdict(Outcome.WRONG, message=_insight(chosen, key, words) if several else "", reading=reading)


def labels_of(key: ChoiceKey) -> tuple[str, ...]:
    """The labels: the options where they are labels already, else a, b, c and so on."""
    if set(key.right) <= set(key.options) and all(len(option) <= 2 for option in key.options):
        return key.options
    return labels_for(len(key.options))


def _by_text(key: ChoiceKey, answer: str, labels: Sequence[str]) -> list[str]:
    return [label for label, text in zip(labels, key.options, strict=True) if text.strip() == answer.strip() != ""]


def _mistake(chosen: Sequence[str], key: ChoiceKey, mistakes: Sequence[KnownMistake]) -> KnownMistake | None:
    """What was foreseen of exactly this choice, else of one of the options that are wrong in it."""
    foreseen = {frozenset(mistake.answer.replace(",", " ").split()): mistake for mistake in reversed(mistakes)}
    exact = foreseen.get(frozenset(chosen))
    if exact is not None:
        return exact
    wrong = (foreseen.get(frozenset({label})) for label in chosen if label not in key.right)
    return next((mistake for mistake in wrong if mistake is not None), None)


def _insight(chosen: Sequence[str], key: ChoiceKey, words: Words) -> str:
    missing, extra = set(key.right) - set(chosen), set(chosen) - set(key.right)
    return words.grading.choices(len(missing), len(extra))


def _no_label(found: str, labels: Sequence[str], words: Words) -> Verdict:
    if not found:
        return asked_back(words.grading.no_label.format(labels=listed(labels)), "empty")
    told = words.grading.unknown_label.format(found=inert(found, 20), labels=listed(labels))
    return asked_back(told, "unknown-label")
