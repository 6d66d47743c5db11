"""`studyapp read ID`: a page as plain lines, by its own id or by that of one of its exercises."""

from __future__ import annotations

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import load_library, refuse_unknown, tell_complaints
from studyapp.cli.lines import echo
from studyapp.cli.shown import blocks_text
from studyapp.domain.document import Heading, Plain
from studyapp.domain.text import Text, language
from studyapp.kernel.service import Service

UNTRANSLATED = Text(
    ja="「{title}」の日本語のページはまだありません。",
    en="“{title}” has no English page yet; this is the Japanese one.",
)


def command() -> click.Command:
    """The command in one language."""

    @click.command("read", help=SUMMARIES["read"]())
    @click.argument("name", metavar="ID")
    @click.pass_obj
    def read(context: Context, name: str) -> None:
        library = load_library(context)
        exercise = library.exercise(name)
        entry = library.topic(name if exercise is None else exercise.topic)
        if entry is None:
            refuse_unknown(name, library.nearest(name))
        service = Service()
        page = service.topic(entry.source)
        tell_complaints(library, entry.id)
        if page is None:
            raise click.exceptions.Exit(1)
        if page.language != language():
            echo(UNTRANSLATED(title=page.title) + "\n")
        body = page.body
        if not (body and isinstance(body[0], Heading)):
            body = (Heading(1, (Plain(page.title),)), *body)
        echo(blocks_text(body, context, service))

    return read
