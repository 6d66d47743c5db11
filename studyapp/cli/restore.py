"""`studyapp restore`: a copy of the history put back in its place."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.words import Words
from studyapp.history import backups, restore


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("restore", help=said.summary("restore"))
    @click.argument("path", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.pass_obj
    def put_back(context: Context, path: Path | None) -> None:
        if path is None:
            for one in backups(context.data):
                echo(str(one.path))
            echo(said.name_a_backup, err=True)
            sys.exit(2)
        trouble = restore(context.data, path, context.clock())
        if trouble is not None:
            echo(trouble.tell(words.history), err=True)
            sys.exit(1)
        echo(said.restored)

    return put_back
