"""`studyapp lint`: every complaint about pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import click

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.cli.paths import concerns, course_beside, refuse_loose, roots_of
from studyapp.cli.progress import Progress
from studyapp.cli.shapes import complaint_shape, document
from studyapp.domain.place import Complaint, Severity
from studyapp.domain.words import Words
from studyapp.domain.words.pages import Code
from studyapp.study.library import Library
from studyapp.workshop.lint import Linter
from studyapp.workshop.rules import RULES, manual


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("lint", help=said.summary("lint"))
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
    @click.option("--list", "listed", is_flag=True, help=said.help("list_rules"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
    @click.pass_obj
    def lint(context: Context, paths: tuple[Path, ...], listed: bool, as_json: bool) -> None:
        if listed:
            echo(_manuals(words))
            return
        complaints = complaints_of(context, paths)
        if as_json:
            echo(document({"complaints": [complaint_shape(one) for one in complaints]}))
        else:
            for complaint in complaints:
                echo(str(complaint))
            echo(said.found(len(complaints)))
        sys.exit(any(one.severity == Severity.ERROR for one in complaints))

    return lint


def complaints_of(context: Context, paths: Sequence[Path]) -> list[Complaint]:
    """Every complaint about the named pages, in the order of their places; pages are read in both languages."""
    refuse_loose(context, paths)
    roots = roots_of(context, paths)
    with Progress(sum(1 for root in roots for _ in (root / "ja").rglob("*.md"))) as progress:
        read: set[str] = set()

        def told(page: str) -> None:
            if page not in read:
                read.add(page)
                progress.step()

        linter = Linter(told)
        beside = course_beside(context, roots)
        topics = [topic.id for topic in beside.topics] if beside else ()
        library = Library.load(roots, None, "en", context.words, linter, topics)
    complaints = (*library.complaints, *(library.taken_ids(beside, context.words) if beside else ()))
    once = dict.fromkeys(one for one in complaints if concerns(one.place.path, paths))
    return sorted(once, key=lambda one: (one.place, one.code))


def _manuals(words: Words) -> str:
    """Every rule with its manual, and what the reader of pages says by itself."""
    rules = [f"{code}\n\n{_indented(manual(code))}" for code in RULES]
    codes = [f"{code}\n\n    {words.pages.sentence(code).message}" for code in get_args(Code)]
    return "\n\n".join([*rules, *codes])


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
