"""A topic: the facts and Japanese prose of one page, and another language's prose where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from studyapp.domain.exercise import Exercise, Kind
from studyapp.domain.place import Complaint, Severity
from studyapp.domain.topic import PageSource, Topic
from studyapp.domain.words import Words
from studyapp.domain.words.pages import Code
from studyapp.pages.page import Page, WrittenExercise, read_page

VERSION_LENGTH = 12


def read_topic(source: PageSource, words: Words) -> tuple[Topic | None, tuple[Complaint, ...]]:
    """The topic of a page, without the exercises that have errors, and every complaint about its files.

    There is no topic only where the page itself is no text.
    """
    page = read_page(Path(source.page), source.page, words)
    complaints = [*page.complaints, *_bare(page, words)]
    if not page.readable:
        return None, tuple(complaints)
    kinds = {exercise.id: exercise.key.kind for exercise in page.exercises if exercise.key}
    translation = _translation(source, kinds, words)
    translated: dict[str, WrittenExercise] = {}
    if translation is not None:
        complaints += [*translation.complaints, *_facts_in(translation, words)]
        translated = {exercise.id: exercise for exercise in translation.exercises}
    exercises = []
    for written in page.exercises:
        prose = written
        if other := translated.get(written.id):
            if _alike(written, other):
                prose = other if other.sound else written
            else:
                complaints.append(_complaint("options-differ", other, words))
        if written.key is not None and written.sound:
            exercises.append(_exercise(source.topic, written, prose))
    prose_page = translation if translation is not None and translation.readable else page
    topic = Topic(
        id=source.topic,
        title=prose_page.title,
        language=source.language if prose_page is translation else "ja",
        item=page.item,
        requires=page.requires,
        covers=page.covers,
        body=prose_page.body,
        exercises=tuple(exercises),
    )
    return topic, tuple(complaints)


def _translation(source: PageSource, kinds: Mapping[str, Kind], words: Words) -> Page | None:
    if source.translation is None:
        return None
    return read_page(Path(source.translation), source.translation, words, kinds)


def _exercise(topic: str, written: WrittenExercise, prose: WrittenExercise) -> Exercise:
    assert written.key is not None  # noqa: S101 - the caller has looked
    digest = sha256(f"{written.facts}\0{prose.prose}".encode()).hexdigest()
    return Exercise(topic, written.key, prose.sentences, digest[:VERSION_LENGTH])


def _alike(one: WrittenExercise, other: WrittenExercise) -> bool:
    """Whether two languages have the same options with the same boxes: `right` and ticks count on their order."""
    ticks = [option.ticked for option in one.sentences.options]
    return ticks == [option.ticked for option in other.sentences.options]


def _bare(page: Page, words: Words) -> list[Complaint]:
    """Exercises of the page of facts that state none."""
    return [_complaint("no-facts", exercise, words) for exercise in page.exercises if exercise.bare]


def _facts_in(page: Page, words: Words) -> list[Complaint]:
    """Facts in a translation, which nobody reads."""
    found = [_complaint("facts-in-translation", one, words, Severity.WARNING) for one in page.exercises if not one.bare]
    if page.item or page.requires or page.covers:
        place = page.facts_place
        if place is not None:
            message, hint = words.pages.complaint("facts-in-translation", found="", nearest="")
            found.append(Complaint(place, "facts-in-translation", message, hint, Severity.WARNING))
    return found


def _complaint(code: Code, exercise: WrittenExercise, words: Words, severity: Severity = Severity.ERROR) -> Complaint:
    message, hint = words.pages.complaint(code, found=exercise.id, nearest="")
    return Complaint(exercise.sentences.place, code, message, hint, severity)
