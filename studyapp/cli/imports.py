"""`studyapp import history`: the events of another history taken into this one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.words import Words
from studyapp.history import Trouble, merge


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.group("import", help=said.summary("import"))
    def imports() -> None:
        pass

    @imports.command("history", help=said.summary("import"))
    @click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.pass_obj
    def history(context: Context, path: Path) -> None:
        merged = merge(context.data, path, context.clock())
        if isinstance(merged, Trouble):
            echo(merged.tell(words.history), err=True)
            sys.exit(1)
        echo(said.merged(merged.added, merged.known))

    return imports
