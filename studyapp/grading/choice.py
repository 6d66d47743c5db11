"""Choices: one label, or all that apply."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.question import ChoiceKey, KnownMistake
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading.saying import asked_back, inert, known, listed
from studyapp.language.labels import labels_for, read_labels

NO_LABEL = Text(ja="記号で答えてください({labels})。", en="Answer with a label ({labels}).")
UNKNOWN_LABEL = Text(
    ja="「{found}」という選択肢はありません。{labels} から選んでください。",
    en="There is no option “{found}”. Choose from {labels}.",
)
ONE_LABEL = Text(ja="ひとつだけ選んでください。", en="Choose one only.")
MISSING_CHOICES = Text(
    ja="選んだものはどれも当てはまりますが、あと {missing} 個足りません。",
    en="All that you chose is right; still missing: {missing}.",
)
EXTRA_CHOICES = Text(
    ja="当てはまるものはすべて選べていますが、当てはまらないものが {extra} 個あります。",
    en="All that fits is chosen; too many: {extra}.",
)
MIXED_CHOICES = Text(
    ja="当てはまらないものが {extra} 個あり、当てはまるものが {missing} 個足りません。",
    en="Chosen but wrong: {extra}. Right but missing: {missing}.",
)


def grade_choice(key: ChoiceKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on typed labels, or on the text of one option."""
    labels = labels_of(key)
    several = key.several or len(key.right) > 1
    picked = _by_text(key, answer, labels) or read_labels(answer, labels)
    if isinstance(picked, str):
        return _no_label(picked, labels)
    chosen = tuple(label for label in labels if label in picked)
    reading = listed(chosen)
    if not several and len(chosen) > 1:
        return asked_back(ONE_LABEL(), "one-label", reading)
    if set(chosen) == set(key.right):
        return Verdict(Outcome.CORRECT, reading=reading)
    mistake = _mistake(chosen, key, mistakes)
    if mistake is not None:
        return known(mistake, reading)
    return Verdict(Outcome.WRONG, message=_insight(chosen, key) if several else "", reading=reading)


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


def _insight(chosen: Sequence[str], key: ChoiceKey) -> str:
    """How a choice of several falls short, without giving it away."""
    missing, extra = len(set(key.right) - set(chosen)), len(set(chosen) - set(key.right))
    if missing and extra:
        return MIXED_CHOICES(missing=missing, extra=extra)
    return (MISSING_CHOICES if missing else EXTRA_CHOICES)(missing=missing, extra=extra)


def _no_label(found: str, labels: Sequence[str]) -> Verdict:
    if not found:
        return asked_back(NO_LABEL(labels=listed(labels)), "empty")
    told = UNKNOWN_LABEL(found=inert(found, 20), labels=listed(labels))
    return asked_back(told, "unknown-label")
