"""`studyapp lint`: every complaint about pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.paths import concerns, library_of
from studyapp.cli.shapes import complaint_shape, document
from studyapp.domain.place import Severity
from studyapp.domain.words import Words


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("lint", help=said.summary("lint"))
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
    @click.option("--json", "as_json", is_flag=True, help=said.json)
    @click.pass_obj
    def lint(context: Context, paths: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001 — click gives options by name
        library = library_of(context, paths)
        complaints = sorted(
            (one for one in library.complaints if concerns(one.place.path, paths)), key=lambda one: one.place
        )
        if as_json:
            click.echo(document({"complaints": [complaint_shape(one) for one in complaints]}))
        else:
            for complaint in complaints:
                click.echo(str(complaint))
            click.echo(said.found(len(complaints)))
        sys.exit(any(one.severity == Severity.ERROR for one in complaints))

    return lint
