"""`studyapp manual [SECTION]`: the author's manual, whole or one section of it."""

from __future__ import annotations

import re

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context, shipped_content
from studyapp.cli.lines import echo
from studyapp.cli.shown import markdown_text
from studyapp.domain.text import language

FILES = {"ja": "README.md", "en": "README.en.md"}
_SECTION = re.compile(r"^<!-- section: (\S+) -->$", re.MULTILINE)


def command() -> click.Command:
    """The command in one language; its argument offers the sections that the manual has."""
    text = (shipped_content() / FILES[language()]).read_text(encoding="utf-8")
    parts = _SECTION.split(text)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))

    @click.command("manual", help=SUMMARIES["manual"]())
    @click.argument("section", required=False, type=click.Choice(list(sections)))
    @click.pass_obj
    def manual(context: Context, section: str | None) -> None:
        echo(markdown_text(text if section is None else sections[section], context))

    return manual
