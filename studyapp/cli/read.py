"""`studyapp read ID`: a page as plain lines, by its own id or by that of one of its exercises."""

from __future__ import annotations

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library, refuse_unknown, tell_complaints
from studyapp.cli.lines import echo
from studyapp.cli.shown import blocks_text
from studyapp.domain.document import Heading, Text
from studyapp.domain.words import Words
from studyapp.kernel.service import Service


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("read", help=said.summary("read"))
    @click.argument("name", metavar="ID")
    @click.pass_obj
    def read(context: Context, name: str) -> None:
        library = load_library(context)
        exercise = library.exercise(name)
        entry = library.topic(name if exercise is None else exercise.topic)
        if entry is None:
            refuse_unknown(name, library.nearest(name), context)
        service = Service()
        page = service.topic(entry.source)
        tell_complaints(library, entry.id)
        if page is None:
            raise click.exceptions.Exit(1)
        if page.language != context.words.code:
            echo(said.translated(page.title) + "\n")
        body = page.body
        if not (body and isinstance(body[0], Heading)):
            body = (Heading(1, (Text(page.title),)), *body)
        echo(blocks_text(body, context, service))

    return read
