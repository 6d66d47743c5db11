"""`studyapp import history`: the events of another history taken into this one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.doctor import lines_left_out
from studyapp.cli.lines import echo
from studyapp.domain.words import Words
from studyapp.history.backups import merge
from studyapp.history.errors import Trouble
from studyapp.study.troubles import describe


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.group("import", help=said.summary("import"))
    def imports() -> None:
        pass

    @imports.command("history", help=said.summary("import"))
    @click.argument("path", type=click.Path(path_type=Path))
    @click.pass_obj
    def history(context: Context, path: Path) -> None:
        merged = merge(context.data, path, context.clock())
        if isinstance(merged, Trouble):
            echo(describe(merged, words.history), err=True)
            sys.exit(1)
        echo(words.checkup.counted("merged", merged.added, known=merged.known))
        if merged.left_out:
            echo(words.checkup.counted("left_out", len(merged.left_out)), err=True)
            for line in lines_left_out(merged.left_out, words):
                echo(line, err=True)

    return imports
