"""`studyapp read ID` and `studyapp manual`: pages as plain lines."""

import re
from functools import cache

import click

from studyapp.cli.commands import command
from studyapp.cli.context import Context, shipped_content
from studyapp.cli.course import id_argument, load_library, show_complaints
from studyapp.cli.lines import echo, fail
from studyapp.cli.shown import blocks_text, markdown_text
from studyapp.domain.document import Heading, Plain
from studyapp.domain.text import Text, language
from studyapp.kernel.service import Service
from studyapp.study.searching import unknown

UNTRANSLATED = Text(
    ja="「{title}」の日本語のページはまだありません。",
    en="“{title}” has no English page yet; this is the Japanese one.",
)
MANUALS = {"ja": "README.md", "en": "README.en.md"}


@command("read")
@id_argument("name", metavar="ID")
def read_command(context: Context, name: str) -> None:
    """Print a page, named by its own id or by that of one of its exercises."""
    library = load_library(context)
    exercise = library.exercise(name)
    entry = library.topic(name if exercise is None else exercise.topic)
    if entry is None:
        fail(unknown(name, library.nearest(name)), 2)
    service = Service()
    page = service.topic(entry.source)
    show_complaints(library, entry.id)
    if page is None:
        raise click.exceptions.Exit(1)
    if page.language != language():
        echo(UNTRANSLATED(title=page.title) + "\n")
    body = page.body
    if not (body and isinstance(body[0], Heading)):
        body = (Heading(1, (Plain(page.title),)), *body)
    echo(blocks_text(body, context))


@cache
def _sections(language: str) -> dict[str, str]:
    """The sections of the author's manual by name, the whole of it under an empty one."""
    text = (shipped_content() / MANUALS[language]).read_text(encoding="utf-8")
    parts = re.split(r"^<!-- section: (\S+) -->$", text, flags=re.MULTILINE)
    return {"": text, **dict(zip(parts[1::2], parts[2::2], strict=True))}


@command("manual")
@click.argument("section", required=False, type=click.Choice([name for name in _sections("ja") if name]))
def manual_command(context: Context, section: str | None) -> None:
    """Print the author's manual, whole or a section of it."""
    echo(markdown_text(_sections(language())[section or ""], context))
