"""What the library knows of a page without reading it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, PageSource, Place, Severity


class ExerciseEntry(NamedTuple):
    """An exercise as the library lists it. `headings` are by language; its id is at `line` and `column`.

    A tuple is made faster than a dataclass, and home waits for ten thousand of them.
    """

    id: str
    topic: str
    skill: str
    kind: Kind
    headings: Mapping[str, str]
    aliases: tuple[str, ...]
    confuses: tuple[str, ...]
    line: int
    column: int
    source: PageSource
    exam: str = ""
    """The form in which an exam asks it, where that is not its own."""
    aliases_at: tuple[tuple[int, int], ...] = ()
    """Line and column of each alias."""

    @property
    def place(self) -> Place:
        """Where its id is written."""
        return Place(self.source.page, self.line, self.column)

    def alias_at(self, alias: str) -> Place:
        """Where an alias is written."""
        return Place(self.source.page, *dict(zip(self.aliases, self.aliases_at, strict=False)).get(alias, (1, 1)))

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
    requires_at: tuple[tuple[int, int], ...] = ()
    """Line and column of each topic that it requires."""

    @property
    def title(self) -> str:
        """The title in the language asked for, else in Japanese."""
        return self.titles.get(self.source.language) or self.titles["ja"]

    def required_at(self, topic: str) -> Place:
        """Where a topic that this one requires is written."""
        return Place(self.source.page, *dict(zip(self.requires, self.requires_at, strict=False)).get(topic, (1, 1)))

    @property
    def translated(self) -> bool:
        """Whether the page exists in the language asked for."""
        return self.source.language in self.titles

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that the exercises of the page drill."""
        return tuple(dict.fromkeys(exercise.skill for exercise in self.exercises))

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


_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


def to_json(entry: PageEntry) -> dict[str, Any]:
    """An entry as JSON values; its source is left out, known where the entry is looked up, and so are its texts."""
    topic = entry.topic
    return {
        "topic": topic
        and {
            "titles": dict(topic.titles),
            "item": topic.item,
            "requires": topic.requires,
            "requires_at": topic.requires_at,
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


def _exercise_to_json(exercise: ExerciseEntry) -> list[Any]:
    """A list, in the order in which `_topic_from_json` takes it apart: there may be ten thousand."""
    return [
        exercise.id,
        exercise.skill,
        exercise.kind,
        dict(exercise.headings),
        exercise.aliases,
        exercise.confuses,
        exercise.line,
        exercise.column,
        exercise.exam,
        exercise.aliases_at,
    ]


def _topic_from_json(values: Any, source: PageSource) -> TopicEntry:
    topic = source.topic
    return TopicEntry(
        id=topic,
        titles=dict(values["titles"]),
        item=tuple(values["item"]),
        requires=tuple(values["requires"]),
        requires_at=tuple((line, column) for line, column in values["requires_at"]),
        covers=tuple(values["covers"]),
        source=source,
        exercises=tuple(
            ExerciseEntry(
                name,
                topic,
                skill,
                _KINDS[kind],
                headings,
                tuple(aliases),
                tuple(confuses),
                line,
                column,
                source,
                exam,
                tuple((line, column) for line, column in aliases_at) if aliases_at else (),
            )
            for name, skill, kind, headings, aliases, confuses, line, column, exam, aliases_at in values["exercises"]
        ),
    )
