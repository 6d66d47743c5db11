"""Choices and orders: which options are shown, where they stand, which are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyapp.domain.exercise import Exercise, WrittenOption
from studyapp.domain.question import ChoiceKey, OrderKey, ShownOption
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.rejection import Rejected
from studyapp.engine.questions.values import Values

LABELS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options as shown, and which labels are right."""

    key: ChoiceKey | OrderKey
    answer: str
    options: tuple[ShownOption, ...]


def choice(exercise: Exercise, values: Values, arranging: Stream, filler: Filler) -> Chosen | Rejected:
    """The options of a drawing in random order; without `several`, exactly one of them is right."""
    key, written = exercise.key, exercise.sentences.options
    if key.right:
        if len(key.right) != len(written):
            return Rejected("right-count", f"{len(key.right)} / {len(written)}", key.at("right"), final=True)
        marked = [(one, values.meets(values.written(true))) for one, true in zip(written, key.right, strict=True)]
    else:
        marked = [(one, bool(one.ticked)) for one in written]
    shown = _some(marked, key.shown, several=key.several, arranging=arranging)
    right = sum(is_right for _, is_right in shown)
    if right == 0 or (right > 1 and not key.several):
        return Rejected("right", str(right), key.right[0].place if key.right else key.place)
    options = _labelled([one for one, _ in shown], written, filler)
    texts = [one.text for one in options]
    if repeated := [one for place, one in enumerate(options) if one.text in texts[:place]]:
        return Rejected("options-equal", repeated[0].text, written[repeated[0].number - 1].place)
    labels = tuple(one.label for one, (_, is_right) in zip(options, shown, strict=True) if is_right)
    every = tuple(one.label for one in options)
    return Chosen(ChoiceKey(every, labels, key.several), ", ".join(labels), options)


def _some(
    marked: list[tuple[WrittenOption, bool]], shown: int | None, *, several: bool, arranging: Stream
) -> list[tuple[WrittenOption, bool]]:
    """All options, or a hand from the pool: one right (of several: at least one) and the others wrong, shuffled."""
    if shown is None or shown >= len(marked):
        return arranging.shuffled(marked)
    right = arranging.shuffled([one for one in marked if one[1]])
    wrong = arranging.shuffled([one for one in marked if not one[1]])
    count = 1
    if several:
        least = max(1, shown - len(wrong))
        count = least + arranging.below(min(len(right), shown - 1) - least + 1)
    return arranging.shuffled(right[:count] + wrong[: shown - count])


def order(exercise: Exercise, arranging: Stream, filler: Filler) -> Chosen | Rejected:
    """Some of the entries, shuffled; the key lists their labels in the written order."""
    written = list(enumerate(exercise.sentences.options))
    count = exercise.key.shown or len(written)
    if len(written) < 2 or count < 2:
        return Rejected("options", str(len(written)), exercise.sentences.place, final=True)
    shuffled = arranging.shuffled(sorted(arranging.shuffled(written)[:count]))
    options = _labelled([one for _, one in shuffled], exercise.sentences.options, filler)
    by_rank = sorted(zip(shuffled, options, strict=True), key=lambda pair: pair[0][0])
    labels = tuple(option.label for _, option in by_rank)
    if labels == tuple(sorted(labels)):
        return Rejected("already-ordered", "", exercise.key.at("shown"))
    return Chosen(OrderKey(labels), " ".join(labels), options)


def _labelled(shown: list[WrittenOption], written: Sequence[WrittenOption], filler: Filler) -> tuple[ShownOption, ...]:
    numbers = {id(one): number for number, one in enumerate(written, 1)}
    return tuple(
        ShownOption(label, filler.fill(one.text).strip(), filler.fill(one.said).strip(), numbers[id(one)])
        for label, one in zip(LABELS, shown, strict=False)
    )
