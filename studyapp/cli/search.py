"""`studyapp search WORD`: where the course speaks of something."""

from __future__ import annotations

import sys

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import echo
from studyapp.domain.words import Words


def command(words: Words) -> click.Command:
    """The command in one language."""

    @click.command("search", help=words.cli.summary("search"))
    @click.argument("text", nargs=-1, required=True, metavar="WORD...")
    @click.pass_obj
    def search(context: Context, text: tuple[str, ...]) -> None:
        library = load_library(context)
        wanted = " ".join(text)
        topics = library.search(wanted)
        exercises = library.exercises_about(wanted)
        for topic in topics:
            echo(f"{topic.id}  {topic.title}")
        for exercise in exercises:
            echo(f"{exercise.topic}  {exercise.id}  {exercise.heading}")
        sys.exit(not (topics or exercises))

    return search
