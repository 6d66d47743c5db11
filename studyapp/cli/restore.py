"""`studyapp restore`: a copy of the history put back in its place."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.text import Text
from studyapp.history.backups import backups, restore
from studyapp.history.errors import Trouble
from studyapp.study.troubles import describe

RESTORED = Text(
    ja="{count} 件の記録を戻しました。元の記録は backups フォルダーに残してあります。",
    en="{count} event was put back. What was there before is kept in the backups folder.|{count} events were put "
    "back. What was there before is kept in the backups folder.",
)
RESTORED_TORN = Text(
    ja="控えの最後の 1 行は途中で切れていたので、入っていません。",
    en="The last line of the copy was cut off in the middle and is not part of it.",
)
LACKS = Text(
    ja="元の記録にあって控えにない解答が {count} 件あります（{first} から {last}）。",
    en="{count} answer of the history that was replaced is not in the copy ({first}).|{count} answers of the "
    "history that was replaced are not in the copy ({first} to {last}).",
)
NAME_A_BACKUP = Text(ja="戻す控えのパスを指定してください。", en="Name the backup to put back.")


def command() -> click.Command:
    """The command in one language."""

    @click.command("restore", help=SUMMARIES["restore"]())
    @click.argument("path", required=False, type=click.Path(path_type=Path))
    @click.pass_obj
    def put_back(context: Context, path: Path | None) -> None:
        if path is None:
            for one in backups(context.data):
                echo(str(one.path))
            echo(NAME_A_BACKUP(), err=True)
            sys.exit(2)
        restored = restore(context.data, path, context.clock())
        if isinstance(restored, Trouble):
            echo(describe(restored), err=True)
            sys.exit(1)
        echo(RESTORED(count=restored.events))
        if restored.torn:
            echo(RESTORED_TORN())
        if restored.lacks:
            days = sorted(event.day.isoformat() for event in restored.lacks)
            echo(LACKS(count=len(days), first=days[0], last=days[-1]))

    return put_back
