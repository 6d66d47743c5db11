"""`studyapp import history`: the events of another history taken into this one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.doctor import lines_left_out
from studyapp.cli.lines import echo
from studyapp.domain.text import Text
from studyapp.history.backups import merge
from studyapp.history.errors import Trouble
from studyapp.study.troubles import describe

MERGED = Text(
    ja="{count} 件を取り込みました（{known} 件は取り込み済み）。",
    en="{count} event was taken in ({known} known already).|{count} events were taken in ({known} known already).",
)
LEFT_OUT = Text(
    ja="取り込まなかった行が {count} 行あります。",
    en="{count} line was left out:|{count} lines were left out:",
)


def command() -> click.Command:
    """The command in one language."""

    @click.group("import", help=SUMMARIES["import"]())
    def imports() -> None:
        pass

    @imports.command("history", help=SUMMARIES["import"]())
    @click.argument("path", type=click.Path(path_type=Path))
    @click.pass_obj
    def history(context: Context, path: Path) -> None:
        merged = merge(context.data, path, context.clock())
        if isinstance(merged, Trouble):
            echo(describe(merged), err=True)
            sys.exit(1)
        echo(MERGED(count=merged.added, known=merged.known))
        if merged.left_out:
            echo(LEFT_OUT(count=len(merged.left_out)), err=True)
            for line in lines_left_out(merged.left_out):
                echo(line, err=True)

    return imports
