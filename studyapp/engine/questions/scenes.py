"""A scene and the losses that are offered for it: the one that is right, and near ones that break a fact."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studyapp.domain.exercise import Exercise, Hole, Sentences, Template
from studyapp.domain.expression import Name
from studyapp.domain.facts import Scene, Task
from studyapp.domain.question import ChoiceKey, ShownOption
from studyapp.domain.words.scenes import ScenesWords
from studyapp.engine.catalogue.choosing import choice_for, offered
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.questions.choices import LABELS, Chosen
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.rejection import Rejected

SHOWN = 4
"""Options of a question, unless the key says otherwise."""
NEAR = 6
"""Wrong losses among which some are drawn: those that break the fewest facts."""
IN_PAIRS = (Task.BINARY, Task.MULTICLASS, Task.MULTILABEL)
"""Tasks for which a loss is chosen together with the output unit."""
SCENE = Name("scene")


@dataclass(frozen=True, slots=True)
class Fitting:
    """What is offered for a scene, and what is said of it afterwards."""

    chosen: Chosen
    solution: str


def scene_of(exercise: Exercise, seed: int) -> Scene | None:
    """The scene of a seed, None where the exercise has none."""
    scenes = exercise.key.scenes
    return Stream(exercise.id, seed, "(scene)").pick(scenes) if scenes else None


def in_scene(sentences: Sentences, scene: Scene) -> Sentences | Rejected:
    """The sentences with the scene's own in their holes."""
    told = next((item.text for item in sentences.scenes if item.name == scene.name), None)
    if told is None:
        return Rejected("scene", scene.name, scene.place, final=True)
    return replace(
        sentences,
        prompt=_spliced(sentences.prompt, told),
        hints=tuple(replace(item, text=_spliced(item.text, told)) for item in sentences.hints),
        solution=tuple(replace(item, text=_spliced(item.text, told)) for item in sentences.solution),
    )


def _spliced(template: Template, told: Template) -> Template:
    parts = [told if isinstance(part, Hole) and part.expression == SCENE else (part,) for part in template]
    return tuple(part for some in parts for part in some)


def losses_for(
    exercise: Exercise, scene: Scene, arranging: Stream, filler: Filler, words: ScenesWords
) -> Fitting | Rejected:
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
    chosen = Chosen(ChoiceKey(tuple(option.label for option in options), (label,)), label, options)
    return Fitting(chosen, words.solution(scene.facts, names.option(right)))


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
