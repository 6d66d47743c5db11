"""What the library knows of a page without reading it again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from studyapp.domain.course import Course, ExamForm
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, PageSource, Place, Severity
from studyapp.domain.values import dataclass


class ExerciseEntry(NamedTuple):
    """An exercise as the library lists it. A tuple is made faster than a dataclass: home waits for ten thousand."""

    topic: str
    source: PageSource
    id: str
    skill: str
    kind: Kind
    headings: Mapping[str, str]
    aliases: tuple[str, ...]
    confuses: tuple[str, ...]
    line: int
    column: int
    exam: str = ""
    item: int | None = None
    aliases_at: tuple[tuple[int, int], ...] = ()

    @property
    def place(self) -> Place:
        """Where its id is written."""
        return Place(self.source.page, self.line, self.column)

    def alias_at(self, alias: str) -> Place:
        """Where an alias is written."""
        return Place(self.source.page, *dict(zip(self.aliases, self.aliases_at, strict=False)).get(alias, (1, 1)))

    @property
    def heading(self) -> str:
        """The heading in the language asked for, else in that of the page."""
        return self.headings.get(self.source.language) or self.headings[self.source.facts]


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
    sections: tuple[str, ...] = ()
    optional: bool = False
    course: int = 0
    """The number of its course among those of the library."""
    area_order: int = 0
    """The place of its area in that course."""

    @property
    def title(self) -> str:
        """The title in the language asked for, else in that of the page."""
        return self.titles.get(self.source.language) or self.titles[self.source.facts]

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
        return tuple(dict.fromkeys([exercise.skill for exercise in self.exercises]))


def area_of(topic: str) -> str:
    """The area of a topic id: `losses` of `losses/softmax`; empty where there is none."""
    return topic.rpartition("/")[0]


PageEntry = tuple[TopicEntry | None, tuple[Complaint, ...]]
"""A page as the library lists it: its topic if it has one, and what is wrong with it."""
_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


def page_entry(values: Any, source: PageSource, course: int = 0, area_order: int = 0) -> PageEntry:
    """The entry of a page, of what `indexing` made. Errors: KeyError, TypeError, ValueError or AttributeError."""
    topic = values["topic"]
    return None if topic is None else _topic_entry(topic, source, course, area_order), _complaints(values)


def course_entry(values: Any, folder: Path) -> tuple[Course, tuple[Complaint, ...]]:
    """The course of a folder, of what `indexing` made. Errors: as of pages."""
    course = values["course"]
    exams = tuple(
        ExamForm(**form | {"quotas": {int(item): quota for item, quota in form["quotas"].items()}})
        for form in course["exams"]
    )
    plain = course | {"folder": str(folder), "languages": tuple(course["languages"]), "exams": exams}
    return Course(**plain), _complaints(values)


def _complaints(values: Any) -> tuple[Complaint, ...]:
    return tuple(
        Complaint(Place(*place), code, message, hint, Severity(severity))
        for place, code, message, hint, severity in values["complaints"]
    )


def _topic_entry(values: Any, source: PageSource, course: int, area_order: int) -> TopicEntry:
    return TopicEntry(
        id=source.topic,
        titles=dict(values["titles"]),
        item=tuple(values["item"]),
        sections=tuple(values["sections"]),
        optional=values["optional"],
        requires=tuple(values["requires"]),
        requires_at=_spots(values["requires_at"]),
        covers=tuple(values["covers"]),
        source=source,
        exercises=_exercise_entries(values["exercises"], source),
        course=course,
        area_order=area_order,
    )


def _exercise_entries(rows: Any, source: PageSource) -> tuple[ExerciseEntry, ...]:
    topic = source.topic
    fields = [
        (topic, source, name, skill, _KINDS[kind], text, tuple(also), tuple(near), line, column, exam, item, _spots(at))
        for name, skill, kind, text, also, near, line, column, exam, item, at in rows
    ]
    return tuple(map(ExerciseEntry._make, fields))  # half the time of ten thousand calls, for which home waits


def _spots(values: Any) -> tuple[tuple[int, int], ...]:
    return tuple([(line, column) for line, column in values]) if values else ()
