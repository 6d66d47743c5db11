"""`studyapp preview FILE`: a page while it is written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.commands import command, seed_option
from studyapp.cli.context import Context
from studyapp.cli.lines import fail, has_screen
from studyapp.cli.lint import NOT_A_PAGE
from studyapp.domain.text import Text, language
from studyapp.study.pagefiles import files_of

NO_TERMINAL = Text(
    ja="ここは端末ではないので、画面を開けません。代わりに studyapp lint FILE を使ってください。",
    en="There is no terminal here, so the screen cannot open. Use studyapp lint FILE instead.",
)
MISSING = Text(
    ja="{path} がありません。studyapp new topic area/name でページを作れます。",
    en="{path} is not there. studyapp new topic area/name begins a page.",
)


@command("preview")
@click.argument("page", metavar="FILE", type=click.Path(path_type=Path))
@seed_option
@click.pass_obj
def preview_command(context: Context, page: Path, seed: int) -> None:
    """Open the page in the app of an author."""
    files = files_of(page)
    if files is None:
        raise click.UsageError(NOT_A_PAGE(path=page))
    if not page.is_file():
        raise click.UsageError(MISSING(path=page))
    if not has_screen():
        fail(NO_TERMINAL(), 2)
    from studyapp.screens.previewapp import run_preview
    from studyapp.screens.setup import Setup

    setup = Setup(
        language="en" if files.language == "en" else language(),
        content=context.content,
        data=context.data,
        cache=None,
        now=context.clock,
        new_id=str,
        seed=lambda: seed,
        ascii_only=context.ascii_math,
        log=context.cache / "kernel.log",
    )
    sys.exit(run_preview(setup, files, seed))
