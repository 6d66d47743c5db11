"""`studyapp restore`: a copy of the history put back in its place."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.words import Words
from studyapp.history.backups import backups, restore
from studyapp.history.errors import Trouble
from studyapp.study.troubles import describe


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("restore", help=said.summary("restore"))
    @click.argument("path", required=False, type=click.Path(path_type=Path))
    @click.pass_obj
    def put_back(context: Context, path: Path | None) -> None:
        if path is None:
            for one in backups(context.data):
                echo(str(one.path))
            echo(said.name_a_backup, err=True)
            sys.exit(2)
        restored = restore(context.data, path, context.clock())
        if isinstance(restored, Trouble):
            echo(describe(restored, words.history), err=True)
            sys.exit(1)
        echo(words.checkup.counted("restored", restored.events))
        if restored.torn:
            echo(words.checkup.restored_torn)
        if restored.lacks:
            days = sorted(event.day.isoformat() for event in restored.lacks)
            echo(words.checkup.counted("lacks", len(days), first=days[0], last=days[-1]))

    return put_back
