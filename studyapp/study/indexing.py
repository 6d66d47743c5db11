"""What the library keeps of a page, and what a search looks through; imported only where a page has changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, astuple
from typing import Any

from studyapp.domain import document
from studyapp.domain.course import Course
from studyapp.domain.exercise import Exercise, Topic
from studyapp.domain.place import Complaint, PageSource, Place
from studyapp.pages.topics import read_pages, versions_of
from studyapp.study.searching import folded

Reader = Callable[[PageSource], tuple[Mapping[str, Topic], tuple[Complaint, ...]]]
"""What makes a topic and its complaints of the files behind it."""


def indexed(source: PageSource, read: Reader | None = None) -> tuple[dict[str, Any], Mapping[str, str]]:
    """A page in all languages, as JSON values for `entries`, and its texts for searches; `read` replaces the reader."""
    versions, complaints = read(source) if read else versions_of(source, *read_pages(source))
    values = {"topic": _topic(versions) if versions else None, "complaints": list(map(astuple, complaints))}
    return values, {language: _search_text(topic) for language, topic in versions.items()}


def course_values(course: Course, complaints: tuple[Complaint, ...]) -> dict[str, Any]:
    """A course as JSON values for `entries`."""
    return {"course": asdict(course), "complaints": list(map(astuple, complaints))}


def _topic(versions: Mapping[str, Topic]) -> dict[str, Any]:
    plain = next(iter(versions.values()))
    return {
        "titles": {language: topic.title for language, topic in versions.items()},
        "item": plain.item,
        "sections": plain.sections,
        "optional": plain.optional,
        "requires": plain.requires,
        "requires_at": [_spot(place) for place in plain.requires_at],
        "covers": plain.covers,
        "exercises": [_exercise(exercise, versions) for exercise in plain.exercises],
    }


def _exercise(exercise: Exercise, versions: Mapping[str, Topic]) -> list[Any]:
    key = exercise.key
    headings = {
        language: twin.sentences.heading
        for language, topic in versions.items()
        if (twin := topic.exercise(exercise.id)) is not None
    }
    at = [_spot(key.at(f"aliases {alias}")) for alias in key.aliases]
    spot = _spot(key.at("id"))
    return [exercise.id, key.skill, key.kind, headings, key.aliases, key.confuses, *spot, key.exam, key.item, at]


def _spot(place: Place) -> tuple[int, int]:
    return place.line, place.column


def _search_text(topic: Topic) -> str:
    return "\n".join(map(folded, [topic.title, *(text for block in topic.body for text in _texts(block))]))


def _texts(block: document.Block) -> Iterator[str]:
    match block:
        case document.Heading(_, content) | document.Paragraph(content):
            yield document.plain(content)
        case document.MathBlock(text) | document.CodeBlock(text) | document.ExerciseMark(_, text):
            yield text
        case document.List(items):
            yield from (text for item in items for inner in item for text in _texts(inner))
        case document.Quotation(inside):
            yield from (text for inner in inside for text in _texts(inner))
        case document.Table(header, rows):
            yield from (" ".join(map(document.plain, row)) for row in (header, *rows))
        case _:
            return
