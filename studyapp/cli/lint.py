"""`studyapp lint`: every complaint about pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.cli.options import JSON_HELP
from studyapp.cli.paths import concerns, course_beside, refuse_loose, roots_of
from studyapp.cli.progress import Progress
from studyapp.cli.shapes import complaint_shape, document
from studyapp.domain.place import Complaint, Severity
from studyapp.domain.text import Text
from studyapp.pages.report import COMPLAINTS
from studyapp.study.library import Library
from studyapp.workshop.lint import Linter
from studyapp.workshop.rules import RULES, manual

LIST_RULES_HELP = Text(ja="規則の一覧と説明を表示する", en="Print every rule with its manual")
COMPLAINTS_FOUND = Text(ja="{count} 件の指摘があります。", en="Complaints: {count}.")
NO_COMPLAINTS = Text(ja="指摘はありません。", en="No complaints.")


def command() -> click.Command:
    """The command in one language."""

    @click.command("lint", help=SUMMARIES["lint"]())
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
    @click.option("--list", "listed", is_flag=True, help=LIST_RULES_HELP())
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.pass_obj
    def lint(context: Context, paths: tuple[Path, ...], listed: bool, as_json: bool) -> None:
        if listed:
            echo(_manuals())
            return
        complaints = complaints_of(context, paths)
        if as_json:
            echo(document({"complaints": [complaint_shape(one) for one in complaints]}))
        else:
            for complaint in complaints:
                echo(str(complaint))
            echo(found_text(len(complaints)))
        sys.exit(any(one.severity == Severity.ERROR for one in complaints))

    return lint


def complaints_of(context: Context, paths: Sequence[Path]) -> list[Complaint]:
    """Every complaint about the named pages, in the order of their places; pages are read in both languages."""
    refuse_loose(paths)
    roots = roots_of(context, paths)
    with Progress(sum(1 for root in roots for _ in (root / "ja").rglob("*.md"))) as progress:
        read: set[str] = set()

        def step(page: str) -> None:
            if page not in read:
                read.add(page)
                progress.step()

        linter = Linter(step)
        beside = course_beside(context, roots)
        topics = [topic.id for topic in beside.topics] if beside else ()
        library = Library.load(roots, None, "en", linter, topics)
    complaints = (*library.complaints, *(library.taken_ids(beside) if beside else ()))
    once = dict.fromkeys(one for one in complaints if concerns(one.place.path, paths))
    return sorted(once, key=lambda one: (one.place, one.code))


def _manuals() -> str:
    """Every rule with its manual, and what the reader of pages says by itself."""
    rules = [f"{code}\n\n{_indented(manual(code))}" for code in RULES]
    codes = [f"{code}\n\n    {text.message()}" for code, text in COMPLAINTS.items()]
    return "\n\n".join([*rules, *codes])


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def found_text(count: int) -> str:
    """How many complaints there are."""
    return COMPLAINTS_FOUND(count=count) if count else NO_COMPLAINTS()
