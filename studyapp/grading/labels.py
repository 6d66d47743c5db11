"""Choices and orders: one label, all labels that apply, or labels in sequence."""

from collections.abc import Sequence

from studyapp.domain.question import ChoiceKey, KnownMistake, OrderKey
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading.verdicts import ask_again, foreseen, inert, slip_sentence
from studyapp.language.labels import LATIN, read_labels

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
EACH_LABEL = Text(ja="{labels} を、それぞれ一度ずつ並べてください。", en="Put {labels} in order, each of them once.")


def grade_choice(key: ChoiceKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on typed labels, or on the text of one option."""
    labels = labels_of(key)
    several = key.several or len(key.right) > 1
    texts = zip(labels, key.options, strict=True)
    by_text = [label for label, text in texts if text.strip() == answer.strip() != ""]
    picked = by_text or read_labels(answer, labels)
    if isinstance(picked, str):
        return _no_label(picked, labels, NO_LABEL)
    chosen = tuple(label for label in labels if label in picked)
    reading = " ".join(chosen)
    if not several and len(chosen) > 1:
        return ask_again(ONE_LABEL(), "one-label", reading)
    if set(chosen) == set(key.right):
        return Verdict(Outcome.CORRECT, reading=reading)
    mistake = _mistake(chosen, key, mistakes)
    if mistake is not None:
        return foreseen(mistake, reading)
    return Verdict(Outcome.WRONG, message=_insight(chosen, key) if several else "", reading=reading)


def labels_of(key: ChoiceKey) -> tuple[str, ...]:
    """The labels: the options where they are labels already, else a, b, c and so on."""
    if set(key.right) <= set(key.options) and all(len(option) <= 2 for option in key.options):
        return key.options
    return tuple(LATIN[: len(key.options)])


def _mistake(chosen: Sequence[str], key: ChoiceKey, mistakes: Sequence[KnownMistake]) -> KnownMistake | None:
    """What was foreseen of exactly this choice, else of one of the options that are wrong in it."""
    by_labels = {frozenset(mistake.answer.replace(",", " ").split()): mistake for mistake in reversed(mistakes)}
    picks = [frozenset(chosen), *(frozenset({label}) for label in chosen if label not in key.right)]
    return next((by_labels[pick] for pick in picks if pick in by_labels), None)


def _insight(chosen: Sequence[str], key: ChoiceKey) -> str:
    missing, extra = len(set(key.right) - set(chosen)), len(set(chosen) - set(key.right))
    sentence = MIXED_CHOICES if missing and extra else MISSING_CHOICES if missing else EXTRA_CHOICES
    return sentence(missing=missing, extra=extra)


def grade_order(key: OrderKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on labels in a row; the first that is out of place is named."""
    labels = sorted(key.right)
    typed = read_labels(answer, labels)
    if isinstance(typed, str):
        return _no_label(typed, labels, EACH_LABEL)
    reading = " ".join(typed)
    if sorted(typed) != labels:
        return ask_again(EACH_LABEL(labels=" ".join(labels)), "each-label", reading)
    if tuple(typed) == key.right:
        return Verdict(Outcome.CORRECT, reading=reading)
    for mistake in mistakes:
        if read_labels(mistake.answer, labels) == typed:
            return foreseen(mistake, reading)
    place = next(at for at, (label, right) in enumerate(zip(typed, key.right, strict=True)) if label != right)
    sentence = slip_sentence("position", *([str(place + 1)] if place else ()))
    return Verdict(Outcome.WRONG, "position", str(place + 1), sentence, reading)


def _no_label(piece: str, labels: Sequence[str], empty: Text) -> Verdict:
    row = " ".join(labels)
    if not piece:
        return ask_again(empty(labels=row), "empty")
    return ask_again(UNKNOWN_LABEL(found=inert(piece, 20), labels=row), "unknown-label")
