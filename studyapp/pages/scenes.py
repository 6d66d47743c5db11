"""The scenes of a choice: names, each with the facts that its sentence states."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.exercise import Hole, Key, Sentences
from studyapp.domain.expression import Name
from studyapp.domain.facts import FLAGS, WORDS, Fact, Scene
from studyapp.domain.place import Severity
from studyapp.pages.facts import Scalar, Value
from studyapp.pages.readers import is_item_name, read_entries, read_flag, read_text
from studyapp.pages.report import Report

SCENE = Name("scene")


def read_scenes(value: Value, report: Report) -> tuple[Scene, ...] | None:
    """Scenes by name; a scene without facts asks for nothing and is a complaint."""
    entries = read_entries(value, report)
    if entries is None:
        return None
    scenes = [_scene(name, inner, report) for name, inner in entries]
    return None if None in scenes else tuple(scene for scene in scenes if scene)


def _scene(name: Scalar, value: Value, report: Report) -> Scene | None:
    if not is_item_name(name.value):
        report.add(name.start, "bad-name", name.value)
    entries = read_entries(value, report)
    if entries is None:
        return None
    facts = {fact.value: _fact(fact, inner, report) for fact, inner in entries}
    if None in facts.values():
        return None
    stated = {fact: found for fact, found in facts.items() if found is not None}
    return Scene(name.value, stated, report.source.place(name.start))


def _fact(name: Scalar, value: Value, report: Report) -> Fact | None:
    if name.value in FLAGS:
        return read_flag(value, report)
    if name.value not in WORDS:
        report.add(name.start, "unknown-fact", name.value, known=(*WORDS, *FLAGS), allowed=" ".join((*WORDS, *FLAGS)))
        return None
    scalar = read_text(value, report)
    if scalar is None:
        return None
    words = [str(word) for word in WORDS[name.value]]
    if scalar.value not in words:
        report.add(scalar.start, "unknown-word", scalar.value, known=words, allowed=" ".join(words))
        return None
    return scalar.value


def check_scenes(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    """Whether scenes, their sentences, the prompt and what is said of broken facts fit together."""
    asked = [part for part in sentences.prompt if isinstance(part, Hole) and part.expression == SCENE]
    if asked and not key.scenes:
        report.add_at(asked[0].place, "no-scenes")
    elif key.scenes and not asked:
        report.add_at(sentences.place, "scene-not-asked")
    elif key.options and not key.scenes:
        report.add(starts["options"], "no-scenes")
    names, told = {scene.name for scene in key.scenes}, {item.name for item in sentences.scenes}
    for item in sentences.scenes:
        if item.name not in names:
            report.add_at(item.place, "unknown-scene", item.name, known=names)
    for scene in key.scenes:
        if scene.name not in told:
            report.add_at(scene.place, "scene-without-sentence", scene.name)
    if key.options:
        _check_said(key, sentences, report)


def _check_said(key: Key, sentences: Sentences, report: Report) -> None:
    """Whoever picks a loss that breaks a fact is told about that fact."""
    facts = {fact: scene.place for scene in reversed(key.scenes) for fact in scene.facts}
    said = {item.name for item in sentences.mistakes}
    for item in sentences.mistakes:
        if item.name not in facts:
            report.add_at(item.place, "unknown-mistake", item.name, known=facts)
    for fact, place in facts.items():
        if fact not in said:
            report.add_at(place, "mistake-without-sentence", fact, severity=Severity.WARNING)
