"""`studyapp preview FILE`: a page while it is written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, has_screen
from studyapp.domain.words import Words
from studyapp.study.pagefiles import files_of


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.preview

    @click.command("preview", help=words.cli.summary("preview"))
    @click.argument("page", metavar="FILE", type=click.Path(path_type=Path))
    @click.option("--seed", type=int, default=0, show_default=True, help=words.cli.help("seed"))
    @click.pass_obj
    def preview(context: Context, page: Path, seed: int) -> None:
        files = files_of(page)
        if files is None:
            raise click.UsageError(said.not_a_page.format(path=page))
        if not page.is_file():
            raise click.UsageError(said.missing.format(path=page))
        if not has_screen():
            echo(said.no_terminal, err=True)
            sys.exit(2)
        from studyapp.screens.previewapp import run_preview
        from studyapp.screens.setup import Setup

        setup = Setup(
            words=words,
            language="en" if files.language == "en" else words.code,
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

    return preview
