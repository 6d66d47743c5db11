"""The course behind a command: finding names in it, what is wrong with its pages; `studyapp topics` and `search`."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import click

from studyapp.cli.commands import command, json_option, option
from studyapp.cli.context import Context, context_from
from studyapp.cli.lines import echo, echo_json, fail
from studyapp.domain.place import Severity
from studyapp.domain.text import Text, language
from studyapp.study.entries import ExerciseEntry, TopicEntry
from studyapp.study.library import Library
from studyapp.study.searching import DID_YOU_MEAN, Wanted, spot_in, unknown
from studyapp.typeset.width import cells, pad

COVERAGE_HELP = Text(
    ja="シラバスの項目ごとに、扱うページ、問う技能、模試に出るかどうかを並べる",
    en="Print by syllabus item the pages and skills on it, and whether a mock exam asks about it",
)
EXAMS: Mapping[str, Text] = {
    "g": Text(ja="G検定（バージョン 1.3）", en="G検定 (version 1.3)"),
    "e": Text(ja="E資格（2026）", en="E資格 (2026)"),
}
COLUMNS = (Text(ja="ページ", en="pages"), Text(ja="技能", en="skills"), Text(ja="模試", en="mock exam"))
NONE = "–"
EXAMINED, OPTIONAL = Text(ja="出る", en="yes"), Text(ja="（出題対象外）", en=" (not asked)")
NOT_COVERED = Text(
    ja="– の項目は扱っていません。計算で問われない歴史・開発の進め方・法律・倫理などです。",
    en="Items with – are not covered: they ask nothing that is computed, such as history, projects, law and ethics.",
)
NOTHING_FOUND = Text(ja="「{text}」は見つかりませんでした。", en="Nothing was found for “{text}”.")


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
            fail(unknown(name, library.nearest(name)), 2)
        entries |= {exercise.id: exercise for exercise in exercises}
    return tuple(entries.values())


def _ids(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The topics and exercises of the course whose ids begin so; for completion by the shell."""
    try:
        library = load_library(context_from(**context.find_root().params))
    except click.UsageError:  # no such course: there is nothing to complete
        return []
    names = [topic.id for topic in library.topics] + [entry.id for topic in library.topics for entry in topic.exercises]
    return [name for name in names if name.startswith(incomplete)]


id_argument = partial(click.argument, shell_complete=_ids)
"""The decorator for an argument that takes ids of topics and exercises."""


@command("topics")
@option("--coverage", is_flag=True, about=COVERAGE_HELP)
@json_option
def topics_command(context: Context, coverage: bool, as_json: bool) -> None:
    """Print every topic with its exercises, or what there is on each item of the syllabuses."""
    library = load_library(context)
    show_complaints(library)
    if coverage:
        _show_coverage(library, as_json=as_json)
        return
    topics = [
        {name: getattr(topic, name) for name in ("id", "title", "requires")}
        | {"item": [*topic.item, *topic.sections], "exercises": [exercise.id for exercise in topic.exercises]}
        for topic in library.topics
    ]
    if as_json:
        echo_json(topics)
        return
    progress: dict[str, str] = {}
    if context.has_history:
        from studyapp.cli.learner import progress_by_topic

        progress = progress_by_topic(context, library)
    for topic in library.topics:
        echo(f"{topic.id}  {topic.title}{progress.get(topic.id, '')}")
        echo("    " + " ".join(exercise.id for exercise in topic.exercises))


def _show_coverage(library: Library, *, as_json: bool) -> None:
    from studyapp.study.blueprint import coverage

    rows = coverage(library)
    if as_json:
        echo_json({"syllabus": [asdict(row) | {"taught": row.taught, "drilled": row.drilled} for row in rows]})
        return
    for exam, title in EXAMS.items():
        lines = [[title(), *(column() for column in COLUMNS)]]
        for row in (row for row in rows if row.exam == exam):
            name = f"{row.item:>4} {row.title}{OPTIONAL() if row.optional else ''}"
            counts = [str(len(named) or NONE) for named in (row.topics, row.skills)]
            lines.append([name, *counts, EXAMINED() if row.examined else NONE])
        widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
        for name, *counts in lines:
            padded = (" " * (width - cells(count)) + count for width, count in zip(widths[1:], counts, strict=True))
            echo("  ".join([pad(name, widths[0]), *padded]))
        echo()
    echo(NOT_COVERED())


@command("search")
@click.argument("text", nargs=-1, required=True, metavar="WORD...")
@json_option
def search_command(context: Context, text: tuple[str, ...], as_json: bool) -> None:
    """Print the topics and exercises that mention every word; exit with 1 where there is none."""
    library, words = load_library(context), " ".join(text)
    hits = [_hit(entry, library.wanted(words)) for entry in library.search(words)]
    if as_json:
        echo_json(hits)
    for hit in () if as_json else hits:
        echo("  ".join(hit[name] for name in ("topic", "exercise", "heading") if name in hit))
        if "exercise" not in hit:
            echo(f"    {hit['line']}: {hit['snippet']}")
    if not hits:
        near = library.terms_near(words)
        sentence = NOTHING_FOUND(text=words) + (DID_YOU_MEAN(names=", ".join(near)) if near else "")
        echo(sentence, err=True)
    sys.exit(not hits)


def _hit(entry: TopicEntry | ExerciseEntry, wanted: Wanted) -> dict[str, Any]:
    if isinstance(entry, ExerciseEntry):
        names = {"topic": entry.topic, "exercise": entry.id, "heading": entry.heading}
        return {**names, "line": entry.line, "snippet": entry.heading}
    spot = spot_in(entry.source, wanted)
    return {"topic": entry.id, "heading": spot.heading, "line": spot.line, "snippet": spot.snippet}
