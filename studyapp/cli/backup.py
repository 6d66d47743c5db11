"""`studyapp backup`: a verified copy of the history."""

from __future__ import annotations

import sys

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.history.backups import back_up
from studyapp.history.errors import Trouble
from studyapp.study.troubles import describe


def command() -> click.Command:
    """The command in one language."""

    @click.command("backup", help=SUMMARIES["backup"]())
    @click.pass_obj
    def backup(context: Context) -> None:
        made = back_up(context.data, context.clock())
        if isinstance(made, Trouble):
            echo(describe(made), err=True)
            sys.exit(1)
        echo(str(made.path))

    return backup
