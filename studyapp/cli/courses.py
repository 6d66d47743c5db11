"""`studyapp course`: the courses at hand, listed, added, removed, turned on and off."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from studyapp.cli.commands import COMMANDS, Group, json_option, option
from studyapp.cli.context import Context, shipped_content
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo, echo_json, fail
from studyapp.domain.course import Course
from studyapp.domain.place import Severity
from studyapp.domain.text import Text, language
from studyapp.study.courses import AtHand, add, courses_at_hand, remove, switch
from studyapp.study.library import Library
from studyapp.study.searching import nearest_names

LIST = Text(ja="教材と置き場所を並べる", en="List the courses, and where they lie")
ADD = Text(ja="教材のフォルダーか ZIP ファイルを加える", en="Add the course in a folder or a ZIP file")
REMOVE = Text(ja="加えた教材を削除する（解答の記録は残る）", en="Remove an added course (your answers are kept)")
ON = Text(ja="教材を使う", en="Turn a course on")
OFF = Text(ja="教材を使わない（解答の記録は残る）", en="Turn a course off (your answers are kept)")
NAME_HELP = Text(ja="教材の名前（既定はフォルダーの名前）", en="Name of the course (by default that of the folder)")
REPLACE_HELP = Text(ja="同じ名前の教材と入れ替える", en="Put it in the place of the course of that name")
STATES = {True: Text(ja="使用中", en="on"), False: Text(ja="切", en="off")}
LISTED = Text(
    ja="{mark} {name}  {title}（{state}、{pages} ページ・{exercises} 問）",
    en="{mark} {name}  {title} ({state}; pages: {pages}, exercises: {exercises})",
)
FURTHER = Text(ja="    {about}", en="    {about}")
ADDED = Text(
    ja="教材 {name} を {folder} に加えました（{pages} ページ・{exercises} 問）。",
    en="The course {name} was added as {folder} (pages: {pages}, exercises: {exercises}).",
)
FAULTS = Text(
    ja="{count} か所に誤りがあります。studyapp lint {folder} で確かめてください。",
    en="{count} error was found: studyapp lint {folder} shows it.|{count} errors were found: studyapp lint {folder} "
    "shows them.",
)
REMOVED = Text(
    ja="教材 {name} を削除しました。解答の記録は残っています。",
    en="The course {name} was removed. Your answers are kept.",
)
SWITCHED = Text(ja="{name}: {state}", en="{name}: {state}")
VANISHED_HEAD = Text(
    ja="解答の記録があり、教材にはもうない練習:", en="Exercises that were answered and are in no course any more:"
)
VANISHED = Text(
    ja="  {exercise}  解答 {count} 件。名前を変えたのなら、新しい練習に aliases: [{exercise}] "
    "と書けば、記録が引き継がれます。{near}",
    en="  {exercise}  {count} answer. Renamed? Then aliases: [{exercise}] in the new exercise takes it over.{near}|"
    "  {exercise}  {count} answers. Renamed? Then aliases: [{exercise}] in the new exercise takes them over.{near}",
)
NEAR = Text(ja="近い名前: {names}", en=" Near names: {names}")

course_command = Group("course", about=COMMANDS["course"])


def _counts(library: Library, at: int = 0) -> dict[str, int]:
    topics = [topic for topic in library.topics if topic.course == at]
    return {"pages": len(topics), "exercises": sum(len(topic.exercises) for topic in topics)}


@course_command.command("list", about=LIST)
@json_option
@click.pass_obj
def list_courses(context: Context, as_json: bool) -> None:
    """Print every course at hand, and the answered exercises that are in none."""
    at_hand = courses_at_hand(context.data, shipped_content())
    library = Library.load(tuple(course.folder for course in at_hand), context.cache / "library.json", language())
    pairs = zip(at_hand, library.courses, strict=True)
    rows = [(course, file, _counts(library, at)) for at, (course, file) in enumerate(pairs)]
    vanished = vanished_exercises(context, library)
    if as_json:
        echo_json({"courses": [_shape(course, file) | counts for course, file, counts in rows], "vanished": vanished})
        return
    for course, file, counts in rows:
        state, mark = STATES[course.on](), "○" if course.on else "−"
        echo(LISTED(mark=mark, name=course.name, title=file.title, state=state, **counts))
        details = (course.folder, file.version, file.author, file.licence, " ".join(file.languages))
        echo(FURTHER(about=" ・ ".join(filter(None, map(str, details)))))
    echo(vanished_text(vanished, library), nl=bool(vanished))


def _shape(course: AtHand, file: Course) -> dict[str, object]:
    about = {name: value for name, value in asdict(file).items() if name not in ("folder", "exams", "areas")}
    return {
        "name": course.name,
        "on": course.on,
        "folder": str(course.folder),
        **about,
        "exams": [e.id for e in file.exams],
    }


def vanished_exercises(context: Context, library: Library) -> dict[str, int]:
    """The exercises that were answered and are in no course any more, with the number of their answers.

    Courses that are off, or left out by `--course`, have not lost theirs, nor have pages of one's own.
    """
    if not context.has_history:
        return {}
    with open_learner(context, library) as history:
        answered = history.exercises()
    vanished = {name: count for name, count in answered.items() if not library.exercise(name)}
    if not vanished:
        return {}
    at_hand = (course.folder for course in courses_at_hand(context.data, shipped_content()))
    everywhere = dict.fromkeys((*at_hand, context.data / "content", *context.content))
    folders = tuple(folder for folder in everywhere if folder.is_dir())
    other = Library.load(folders, context.cache / "library.json", language())
    return {name: count for name, count in vanished.items() if not other.exercise(name)}


def vanished_text(vanished: Mapping[str, int], library: Library) -> str:
    """The same as lines, with what would take the answers over."""
    if not vanished:
        return ""
    known = [entry.id for topic in library.topics for entry in topic.exercises]
    near = {name: ", ".join(nearest_names(name, known)) for name in vanished}
    lines = [
        VANISHED(exercise=name, count=count, near=NEAR(names=near[name]) if near[name] else "")
        for name, count in vanished.items()
    ]
    return "\n".join((VANISHED_HEAD(), *lines))


@course_command.command("add", about=ADD)
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@option("--name", default="", about=NAME_HELP)
@option("--replace", "replacing", is_flag=True, about=REPLACE_HELP)
@click.pass_obj
def add_course(context: Context, source: Path, name: str, replacing: bool) -> None:
    """Copy a course to the data folder."""
    added = add(source, context.data, name, replacing=replacing)
    if isinstance(added, str):
        fail(added)
    library = Library.load((added.folder,), None, language())
    echo(ADDED(name=added.name, folder=added.folder, **_counts(library)))
    errors = sum(complaint.severity == Severity.ERROR for complaint in library.complaints)
    if errors:
        echo(FAULTS(count=errors, folder=os.fspath(added.folder)), err=True)


@course_command.command("remove", about=REMOVE)
@click.argument("name")
@click.pass_obj
def remove_course(context: Context, name: str) -> None:
    """Take an added course away."""
    trouble = remove(context.data, shipped_content(), name)
    if trouble:
        fail(trouble)
    echo(REMOVED(name=name))


@course_command.command("on", about=ON)
@click.argument("name")
@click.pass_obj
def turn_on(context: Context, name: str) -> None:
    """Turn a course on."""
    _switch(context, name, on=True)


@course_command.command("off", about=OFF)
@click.argument("name")
@click.pass_obj
def turn_off(context: Context, name: str) -> None:
    """Turn a course off."""
    _switch(context, name, on=False)


def _switch(context: Context, name: str, *, on: bool) -> None:
    trouble = switch(context.data, shipped_content(), name, on=on)
    if trouble:
        fail(trouble)
    echo(SWITCHED(name=name, state=STATES[on]()))
