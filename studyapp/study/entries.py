"""What the library knows of a page without reading it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.source import PageSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseEntry:
    """An exercise as the library lists it. `headings` are by language; `place` is where its facts begin."""

    id: str
    topic: str
    skill: str
    kind: Kind
    headings: Mapping[str, str]
    aliases: tuple[str, ...]
    confuses: tuple[str, ...]
    place: Place
    source: PageSource
    exam: str = ""
    """The form in which an exam asks it, where that is not its own."""

    @property
    def heading(self) -> str:
        """The heading in the language asked for, else in Japanese."""
        return self.headings.get(self.source.language) or self.headings["ja"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry:
    """A topic as the library lists it. Titles are by language."""

    id: str
    titles: Mapping[str, str]
    item: tuple[int, ...]
    requires: tuple[str, ...]
    covers: tuple[str, ...]
    exercises: tuple[ExerciseEntry, ...]
    source: PageSource

    @property
    def title(self) -> str:
        """The title in the language asked for, else in Japanese."""
        return self.titles.get(self.source.language) or self.titles["ja"]

    @property
    def translated(self) -> bool:
        """Whether the page exists in the language asked for."""
        return self.source.language in self.titles

    @property
    def area(self) -> str:
        """The folder of the page."""
        return area_of(self.id)


def area_of(topic: str) -> str:
    """The area of a topic id: `losses` of `losses/softmax`; empty where there is none."""
    return topic.rpartition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One page as it is kept: its topic if it has one, and what is wrong with it.

    `texts`, by language, are what a search looks through; they are there where the page has just been read.
    """

    topic: TopicEntry | None
    complaints: tuple[Complaint, ...]
    texts: Mapping[str, str] = field(default_factory=dict)


def to_json(entry: PageEntry) -> dict[str, Any]:
    """An entry as JSON values; its source is left out, known where the entry is looked up, and so are its texts."""
    topic = entry.topic
    return {
        "topic": topic
        and {
            "titles": dict(topic.titles),
            "item": topic.item,
            "requires": topic.requires,
            "covers": topic.covers,
            "exercises": [_exercise_to_json(exercise) for exercise in topic.exercises],
        },
        "complaints": [
            [*_place_to_json(one.place), one.code, one.message, one.hint, one.severity] for one in entry.complaints
        ],
    }


def from_json(values: Any, source: PageSource) -> PageEntry:
    """The entry in JSON values.

    Errors: KeyError, TypeError, ValueError or AttributeError for values of another shape.
    """
    topic = values["topic"]
    return PageEntry(
        topic=None if topic is None else _topic_from_json(topic, source),
        complaints=tuple(
            Complaint(Place(path, line, column), code, message, hint, Severity(severity))
            for path, line, column, code, message, hint, severity in values["complaints"]
        ),
    )


def _place_to_json(place: Place) -> list[Any]:
    return [place.path, place.line, place.column]


def _exercise_to_json(exercise: ExerciseEntry) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "skill": exercise.skill,
        "kind": exercise.kind,
        "headings": dict(exercise.headings),
        "aliases": exercise.aliases,
        "confuses": exercise.confuses,
        "exam": exercise.exam,
        "place": [exercise.place.line, exercise.place.column],
    }


def _topic_from_json(values: Any, source: PageSource) -> TopicEntry:
    return TopicEntry(
        id=source.topic,
        titles=dict(values["titles"]),
        item=tuple(values["item"]),
        requires=tuple(values["requires"]),
        covers=tuple(values["covers"]),
        source=source,
        exercises=tuple(
            ExerciseEntry(
                id=one["id"],
                topic=source.topic,
                skill=one["skill"],
                kind=Kind(one["kind"]),
                headings=dict(one["headings"]),
                aliases=tuple(one["aliases"]),
                confuses=tuple(one["confuses"]),
                place=Place(source.page, *one["place"]),
                source=source,
                exam=one["exam"],
            )
            for one in values["exercises"]
        ),
    )
