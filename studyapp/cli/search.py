"""`studyapp search WORD`: where the course mentions something."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import echo
from studyapp.cli.options import JSON_HELP
from studyapp.cli.shapes import document
from studyapp.domain.place import PageSource
from studyapp.domain.text import Text
from studyapp.study.searching import searchable

NOTHING_FOUND = Text(ja="「{text}」は見つかりませんでした。", en="Nothing was found for “{text}”.")

LONGEST_SNIPPET = 120


def command() -> click.Command:
    """The command in one language."""

    @click.command("search", help=SUMMARIES["search"]())
    @click.argument("text", nargs=-1, required=True, metavar="WORD...")
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.pass_obj
    def search(context: Context, text: tuple[str, ...], as_json: bool) -> None:
        library = load_library(context)
        wanted = " ".join(text)
        topics = library.search(wanted)
        exercises = library.exercises_about(wanted)
        if as_json:
            shapes: list[dict[str, Any]] = [{"topic": topic.id, **_line(topic.source, wanted)} for topic in topics]
            for exercise in exercises:
                names = {"topic": exercise.topic, "exercise": exercise.id, "heading": exercise.heading}
                shapes.append({**names, "line": exercise.line, "snippet": exercise.heading})
            echo(document(shapes))
        else:
            for topic in topics:
                echo(f"{topic.id}  {topic.title}")
            for exercise in exercises:
                echo(f"{exercise.topic}  {exercise.id}  {exercise.heading}")
            if not (topics or exercises):
                echo(NOTHING_FOUND(text=wanted), err=True)
        sys.exit(not (topics or exercises))

    return search


def _line(source: PageSource, wanted: str) -> dict[str, Any]:
    """The first line of the page that holds every word, else the first with one of them; the first line for none."""
    words = searchable(wanted).split()
    lines = Path(source.translation or source.page).read_text(encoding="utf-8").splitlines()
    texts = [searchable(line) for line in lines]
    holding = (
        number for enough in (all, any) for number, text in enumerate(texts) if enough(word in text for word in words)
    )
    number = next(holding, 0)
    return {"line": number + 1, "snippet": lines[number].strip()[:LONGEST_SNIPPET]}
