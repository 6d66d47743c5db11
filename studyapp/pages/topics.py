"""A topic: the facts and Japanese prose of one page, and another language's prose where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from studyapp.domain.document import Block, ExerciseMark
from studyapp.domain.exercise import Exercise, Topic
from studyapp.domain.place import Complaint, PageSource, Severity
from studyapp.pages.page import Page, Wanted, WrittenExercise, read_file
from studyapp.pages.report import message_and_hint

VERSION_LENGTH = 12
FACTS_LANGUAGE = "ja"


def read_topic(source: PageSource) -> tuple[Topic | None, tuple[Complaint, ...]]:
    """The topic of a page, without the exercises that have errors, and every complaint about its files.

    There is no topic only where the page itself is no text.
    """
    return topic_of(source, *read_pages(source))


def read_pages(source: PageSource) -> tuple[Page, Page | None]:
    """The page of facts, and the translation where the source names one."""
    page = read_file(Path(source.page), source.page, Wanted(source.topic, FACTS_LANGUAGE))
    return page, _translation(source, page)


def topic_of(source: PageSource, page: Page, translation: Page | None) -> tuple[Topic | None, tuple[Complaint, ...]]:
    """The same from pages that have been read."""
    complaints = [*page.complaints, *_bare(page)]
    if translation is not None:
        complaints += [*translation.complaints, *_facts_in(translation), *_unlike(page, translation)]
    if not page.readable:
        return None, tuple(complaints)
    prose = translation if translation is not None and translation.readable else page
    exercises = _exercises(source.topic, page, prose)
    topic = Topic(
        id=source.topic,
        title=prose.title,
        language=prose.language,
        item=page.item,
        requires=page.requires,
        covers=page.covers,
        body=_body(prose, exercises),
        exercises=exercises,
        requires_at=tuple(page.fields[f"requires {name}"] for name in page.requires),
    )
    return topic, tuple(complaints)


def versions_of(
    source: PageSource, page: Page, translation: Page | None
) -> tuple[Mapping[str, Topic], tuple[Complaint, ...]]:
    """The topic in each language that it is written in, and every complaint about its files."""
    plain, complaints = topic_of(replace(source, translation=None, language=FACTS_LANGUAGE), page, None)
    if plain is None:
        return {}, complaints
    versions = {FACTS_LANGUAGE: plain}
    if translation is not None:
        # What is said of both files holds what is said of the first one.
        translated, complaints = topic_of(source, page, translation)
        versions |= {} if translated is None else {translated.language: translated}
    return versions, complaints


def _translation(source: PageSource, page: Page) -> Page | None:
    if source.translation is None:
        return None
    kinds = {exercise.id: exercise.key.kind for exercise in page.exercises if exercise.key}
    return read_file(Path(source.translation), source.translation, Wanted(source.topic, source.language, kinds))


def _exercises(topic: str, page: Page, prose: Page) -> tuple[Exercise, ...]:
    """The sound exercises, with the sentences of the prose page where they are sound and have the same options."""
    translated = {exercise.id: exercise for exercise in prose.exercises}
    exercises = []
    for written in page.exercises:
        if written.key is None or not written.sound:
            continue
        told = translated.get(written.id, written)
        if not told.sound or not _alike(written, told):
            told = written
        exercises.append(Exercise(topic, written.key, told.sentences, _version(written, told)))
    return tuple(exercises)


def _version(written: WrittenExercise, told: WrittenExercise) -> str:
    """A digest of the source of the facts and of the sentences that are used."""
    return sha256(f"{written.facts}\0{told.prose}".encode()).hexdigest()[:VERSION_LENGTH]


def _alike(one: WrittenExercise, other: WrittenExercise) -> bool:
    """Whether two languages have the same options with the same boxes: `right` and ticks count on their order."""
    ticks = [option.ticked for option in one.sentences.options]
    return ticks == [option.ticked for option in other.sentences.options]


def _body(page: Page, exercises: tuple[Exercise, ...]) -> tuple[Block, ...]:
    """The prose with a mark for each exercise that there is; those that the page does not have come last."""
    marks = {exercise.id: ExerciseMark(exercise.id, exercise.sentences.heading) for exercise in exercises}
    body: list[Block] = []
    for block in page.body:
        if not isinstance(block, ExerciseMark):
            body.append(block)
        elif block.exercise in marks:
            body.append(marks.pop(block.exercise))
    return (*body, *marks.values())


def _bare(page: Page) -> list[Complaint]:
    """Exercises of the page of facts that state none."""
    return [_complaint("no-facts", one) for one in page.exercises if one.bare and one.sound]


def _unlike(page: Page, translation: Page) -> list[Complaint]:
    """Exercises whose options are not the same in both languages."""
    written = {one.id: one for one in page.exercises if one.key}
    pairs = ((written.get(other.id), other) for other in translation.exercises)
    return [_complaint("options-differ", other) for one, other in pairs if one and not _alike(one, other)]


def _facts_in(page: Page) -> list[Complaint]:
    """Facts in a translation, which nobody reads."""
    found = [(page.fields[field], field) for field in ("item", "requires", "covers") if getattr(page, field)]
    found += [
        (min(place for field, place in one.fields.items() if field != "id"), one.id)
        for one in page.exercises
        if not one.bare and one.fields.keys() - {"id"}
    ]
    return [
        Complaint(
            place,
            "facts-in-translation",
            *message_and_hint("facts-in-translation", found=name, nearest=""),
            Severity.WARNING,
        )
        for place, name in found
    ]


def _complaint(code: str, exercise: WrittenExercise) -> Complaint:
    message, hint = message_and_hint(code, found=exercise.id, nearest="")
    place = exercise.fields.get("id", exercise.place) if code == "no-facts" else exercise.place
    return Complaint(place, code, message, hint)
