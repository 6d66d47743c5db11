"""What the library keeps of a page; it is imported only where a page has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint, PageSource, Place
from studyapp.pages.topics import read_pages, versions_of
from studyapp.study.entries import ExerciseEntry, PageEntry, TopicEntry
from studyapp.study.searchtext import search_text

Reader = Callable[[PageSource], tuple[Mapping[str, Topic], tuple[Complaint, ...]]]
"""What makes a topic and its complaints of the files behind it."""


def indexed(source: PageSource, read_from: PageSource, read: Reader | None = None) -> PageEntry:
    """The entry of a page, all its languages read; `read` stands in for the plain reader."""
    versions, complaints = (read or _plainly)(read_from)
    if not versions:
        return PageEntry(topic=None, complaints=complaints)
    texts = {language: search_text(topic.title, topic.body) for language, topic in versions.items()}
    return PageEntry(topic=_topic_entry(versions["ja"], versions, source), complaints=complaints, texts=texts)


def _plainly(source: PageSource) -> tuple[Mapping[str, Topic], tuple[Complaint, ...]]:
    return versions_of(source, *read_pages(source))


def _topic_entry(plain: Topic, versions: Mapping[str, Topic], source: PageSource) -> TopicEntry:
    return TopicEntry(
        id=source.topic,
        titles={language: topic.title for language, topic in versions.items()},
        item=plain.item,
        requires=plain.requires,
        requires_at=tuple(_spot(place) for place in plain.requires_at),
        covers=plain.covers,
        source=source,
        exercises=tuple(
            ExerciseEntry(
                id=exercise.id,
                topic=source.topic,
                skill=exercise.key.skill,
                kind=exercise.key.kind,
                headings={
                    language: twin.sentences.heading
                    for language, topic in versions.items()
                    if (twin := topic.exercise(exercise.id)) is not None
                },
                aliases=exercise.key.aliases,
                confuses=exercise.key.confuses,
                line=exercise.key.at("id").line,
                column=exercise.key.at("id").column,
                source=source,
                exam=exercise.key.exam,
                aliases_at=tuple(_spot(exercise.key.at(f"aliases {alias}")) for alias in exercise.key.aliases),
            )
            for exercise in plain.exercises
        ),
    )


def _spot(place: Place) -> tuple[int, int]:
    return place.line, place.column
