"""`studyapp read TOPIC`: a page as plain lines."""

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
    @click.argument("topic")
    @click.pass_obj
    def read(context: Context, topic: str) -> None:
        library = load_library(context)
        entry = library.topic(topic)
        if entry is None:
            refuse_unknown(topic, library.nearest(topic), context)
        service = Service()
        page = service.topic(entry.source)
        tell_complaints(library, topic)
        if page is None:
            raise click.exceptions.Exit(1)
        if page.language != context.words.code:
            echo(said.translated(page.title) + "\n")
        body = page.body
        if not (body and isinstance(body[0], Heading)):
            body = (Heading(1, (Text(page.title),)), *body)
        echo(blocks_text(body, context, service))

    return read
