"""The course behind a command: finding names in it, and what is wrong with its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, fail
from studyapp.domain.place import Severity
from studyapp.domain.text import language
from studyapp.study.entries import ExerciseEntry
from studyapp.study.library import Library
from studyapp.study.searching import unknown


def load_library(context: Context, known: Sequence[str] = ()) -> Library:
    """The course in the language of the interface; `known` are topics elsewhere that its pages may require."""
    return Library.load(context.content, context.cache / "library.json", language(), known=known)


def show_complaints(library: Library, topic: str | None = None) -> None:
    """Errors in pages, on the error stream, where they do not disturb what is printed; of one topic or of all."""
    entry = library.topic(topic) if topic else None
    for complaint in library.complaints:
        if complaint.severity == Severity.ERROR and (entry is None or complaint.place.path == entry.source.page):
            echo(str(complaint), err=True)


def exercises_named(library: Library, names: Sequence[str]) -> tuple[ExerciseEntry, ...]:
    """The exercises with those ids, or of the topics with those ids, each once; an unknown id ends the command."""
    entries: dict[str, ExerciseEntry] = {}
    for name in names:
        exercises = library.exercises_of(name)
        if exercises is None:
            refuse_unknown(name, library.nearest(name))
        entries |= {exercise.id: exercise for exercise in exercises}
    return tuple(entries.values())


def refuse_unknown(name: str, nearest: Sequence[str]) -> NoReturn:
    """End the command where there is no such id, and name those that are near."""
    fail(unknown(name, nearest), 2)
