"""Choices and orders: which options are shown, where they stand, which are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studyapp.domain.exercise import Exercise, Hole, Sentences, Template, WrittenOption
from studyapp.domain.expression import Name
from studyapp.domain.facts import Scene, Task
from studyapp.domain.question import ChoiceKey, OrderKey, ShownOption
from studyapp.domain.words.scenes import ScenesWords
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.families import CATALOGUE, choice_for, offered
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.values import Draft, Rejected, Values

LABELS = "abcdefghijklmnopqrstuvwxyz"


def choice(exercise: Exercise, values: Values, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """The options of a drawing in random order; without `several`, exactly one of them is right."""
    key, written = exercise.key, exercise.sentences.options
    if key.right:
        if len(key.right) != len(written):
            return Rejected("right-count", f"{len(key.right)} / {len(written)}", key.at("right"), final=True)
        marked = [(option, values.meets(values.written(true))) for option, true in zip(written, key.right, strict=True)]
    else:
        marked = [(option, bool(option.ticked)) for option in written]
    shown = _some(marked, key.shown, several=key.several, arranging=arranging)
    right = sum(is_right for _, is_right in shown)
    if right == 0 or (right > 1 and not key.several):
        return Rejected("right", str(right), key.right[0].place if key.right else key.place)
    options = _labelled([option for option, _ in shown], written, filler)
    texts = [option.text for option in options]
    if repeated := [option for place, option in enumerate(options) if option.text in texts[:place]]:
        return Rejected("options-equal", repeated[0].text, written[repeated[0].number - 1].place)
    labels = tuple(option.label for option, (_, is_right) in zip(options, shown, strict=True) if is_right)
    every = tuple(option.label for option in options)
    return Draft(ChoiceKey(every, labels, key.several), ", ".join(labels), options=options)


def _some(
    marked: list[tuple[WrittenOption, bool]], shown: int | None, *, several: bool, arranging: Stream
) -> list[tuple[WrittenOption, bool]]:
    """All options, or a hand from the pool: one right (of several: at least one) and the others wrong, shuffled."""
    if shown is None or shown >= len(marked):
        return arranging.shuffled(marked)
    right = arranging.shuffled([option for option in marked if option[1]])
    wrong = arranging.shuffled([option for option in marked if not option[1]])
    count = 1
    if several:
        least = max(1, shown - len(wrong))
        count = least + arranging.below(min(len(right), shown - 1) - least + 1)
    return arranging.shuffled(right[:count] + wrong[: shown - count])


def order(exercise: Exercise, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """Some of the entries, shuffled; the key lists their labels in the written order."""
    written = list(enumerate(exercise.sentences.options))
    count = exercise.key.shown or len(written)
    if len(written) < 2 or count < 2:
        return Rejected("options", str(len(written)), exercise.sentences.place, final=True)
    shuffled = arranging.shuffled(sorted(arranging.shuffled(written)[:count]))
    options = _labelled([option for _, option in shuffled], exercise.sentences.options, filler)
    by_rank = sorted(zip(shuffled, options, strict=True), key=lambda pair: pair[0][0])
    labels = tuple(option.label for _, option in by_rank)
    if labels == tuple(sorted(labels)):
        return Rejected("already-ordered", "", exercise.key.at("shown"))
    return Draft(OrderKey(labels), " ".join(labels), options=options)


def _labelled(shown: list[WrittenOption], written: Sequence[WrittenOption], filler: Filler) -> tuple[ShownOption, ...]:
    numbers = {id(option): number for number, option in enumerate(written, 1)}
    return tuple(
        ShownOption(label, filler.fill(option.text).strip(), filler.fill(option.said).strip(), numbers[id(option)])
        for label, option in zip(LABELS, shown, strict=False)
    )


SHOWN = 4
"""Options of a question, unless the key says otherwise."""
NEAR = 6
"""Wrong losses among which some are drawn: those that break the fewest facts."""
IN_PAIRS = (Task.BINARY, Task.MULTICLASS, Task.MULTILABEL)
"""Tasks for which a loss is chosen together with the output unit."""
SCENE = Name("scene")


def scene_of(exercise: Exercise, seed: int) -> Scene | None:
    """The scene of a seed, None where the exercise has none."""
    scenes = exercise.key.scenes
    return Stream(exercise.id, seed, "(scene)").pick(scenes) if scenes else None


def in_scene(sentences: Sentences, scene: Scene) -> Sentences | Rejected:
    """The sentences with the scene's own in their holes."""
    sentence = next((item.text for item in sentences.scenes if item.name == scene.name), None)
    if sentence is None:
        return Rejected("scene", scene.name, scene.place, final=True)
    return replace(
        sentences,
        prompt=_spliced(sentences.prompt, sentence),
        hints=tuple(replace(item, text=_spliced(item.text, sentence)) for item in sentences.hints),
        solution=tuple(replace(item, text=_spliced(item.text, sentence)) for item in sentences.solution),
    )


def _spliced(template: Template, sentence: Template) -> Template:
    parts = [sentence if isinstance(part, Hole) and part.expression == SCENE else (part,) for part in template]
    return tuple(part for some in parts for part in some)


def losses_for(
    exercise: Exercise, scene: Scene, arranging: Stream, filler: Filler, words: ScenesWords
) -> Draft | Rejected:
    """The usual loss that breaks nothing, and near ones that break a fact, in random order.

    Raises `Problem` where no usual loss fits.
    """
    right = choice_for(scene.facts).right
    near = offered(scene.facts)[:NEAR]
    count = (exercise.key.shown or SHOWN) - 1
    if len(near) < count:
        return Rejected("few-losses", scene.name, scene.place, final=True)
    said = {item.name: filler.fill(item.text).strip() for item in exercise.sentences.mistakes}
    names = _Names(exercise.sentences.language, words, pairs=scene.facts.get("task") in IN_PAIRS)
    hand = [(right, ""), *arranging.shuffled(near)[:count]]
    options = tuple(
        ShownOption(
            label,
            names.option(entry),
            " ".join(part for part in (said.get(fact, ""), names.used_for(entry)) if part) if fact else "",
            NUMBERS[entry.name],
        )
        for label, (entry, fact) in zip(LABELS, arranging.shuffled(hand), strict=False)
    )
    label = next(option.label for option in options if option.number == NUMBERS[right.name])
    key = ChoiceKey(tuple(option.label for option in options), (label,))
    return Draft(key, label, options=options, solution=words.solution(scene.facts, names.option(right)))


NUMBERS = {name: number for number, name in enumerate(CATALOGUE, 1)}
"""The place of each entry in the catalogue: what an option is, whatever the language."""


@dataclass(frozen=True, slots=True)
class _Names:
    """How losses are called in a question."""

    language: str
    words: ScenesWords
    pairs: bool

    def loss(self, entry: Entry) -> str:
        return (entry.ja if self.language == "ja" else entry.en)[0]

    def option(self, entry: Entry) -> str:
        if entry.facts is None or not self.pairs:
            return self.loss(entry)
        return self.words.pair(entry.facts.output, self.loss(entry))

    def used_for(self, entry: Entry) -> str:
        return self.words.used_for(self.loss(entry), entry.facts.tasks) if entry.facts else ""
