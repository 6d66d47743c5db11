"""`studyapp export`: questions for elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, load_library
from studyapp.cli.lines import echo
from studyapp.cli.undrawn import tell_undrawable
from studyapp.domain.question import Question, Undrawable
from studyapp.domain.words import Words
from studyapp.history.backups import export as export_log
from studyapp.history.errors import Trouble
from studyapp.kernel.requests import Draw
from studyapp.kernel.service import Service
from studyapp.study.files import write_whole
from studyapp.study.pagefiles import real
from studyapp.study.troubles import describe
from studyapp.workshop.export.anki import to_anki
from studyapp.workshop.export.html import to_html
from studyapp.workshop.export.moodle import to_moodle

ENDINGS = {"html": "html", "anki": "apkg", "moodle": "xml"}


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.group("export", help=said.summary("export"))
    def export() -> None:
        pass

    for form in ENDINGS:
        export.add_command(_questions(form, words))
    export.add_command(_history(words))
    return export


def _questions(form: str, words: Words) -> click.Command:
    """The subcommand that writes questions in one form."""
    said = words.cli

    @click.command(form, help=said.help(f"export_{form}"))
    @click.argument("names", nargs=-1, required=True, metavar="ID...")
    @click.option("-n", "--count", type=click.IntRange(min=1, max=1000), default=5, help=said.help("count"))
    @click.option("--seed", type=int, default=0, show_default=True, help=said.help("seed"))
    @click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=said.help("output"))
    @click.option("--force", is_flag=True, help=said.help("force"))
    @click.pass_obj
    def questions(
        context: Context,
        names: tuple[str, ...],
        count: int,
        seed: int,
        output: Path | None,
        force: bool,
    ) -> None:
        path = output or Path(f"studyapp.{ENDINGS[form]}")
        _refuse_to_replace(path, context, force=force)
        drawn = _drawn(context, names, range(seed, seed + count))
        try:
            _write(form, drawn, words, path)
        except ImportError:
            raise click.UsageError(said.no_genanki) from None
        except OSError as error:
            echo(str(error), err=True)
            sys.exit(1)
        echo(said.exported(len(drawn), path))

    return questions


def _history(words: Words) -> click.Command:
    """The subcommand that writes the learning history."""
    said = words.cli

    @click.command("history", help=said.help("export_history"))
    @click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
    @click.option("--force", is_flag=True, help=said.help("force"))
    @click.pass_obj
    def history(context: Context, path: Path, force: bool) -> None:
        if not context.has_history:
            echo(said.no_history, err=True)
            sys.exit(1)
        _refuse_to_replace(path, context, force=force)
        written = export_log(context.data, path)
        if isinstance(written, Trouble):
            echo(describe(written, words.history), err=True)
            sys.exit(1)
        echo(said.exported_history(written, path))

    return history


def _refuse_to_replace(path: Path, context: Context, *, force: bool) -> None:
    """End the command where a file is there already and not meant to be replaced, and always at the history itself."""
    log = context.data / "history.jsonl"
    if real(path) == real(log) or (path.exists() and log.exists() and path.samefile(log)):
        echo(context.words.cli.own_history.format(path=path), err=True)
        sys.exit(1)
    if os.path.lexists(path) and not force:
        echo(context.words.cli.file_exists.format(path=path), err=True)
        sys.exit(1)


def _drawn(context: Context, names: tuple[str, ...], seeds: range) -> list[Question]:
    """The questions of exercises, and of every exercise of the topics among the names."""
    service = Service()
    questions = []
    for entry in exercises_named(load_library(context), names, context):
        for seed in seeds:
            drawn = service.answer(Draw(entry.source, entry.id, seed))
            if isinstance(drawn, Undrawable):
                tell_undrawable(drawn, context)
                sys.exit(1)
            questions.append(drawn)
    return questions


def _write(form: str, questions: list[Question], words: Words, path: Path) -> None:
    if form == "anki":
        with TemporaryDirectory() as folder:
            package = Path(folder) / "deck.apkg"
            to_anki(questions, words, package)
            write_whole(path, package.read_bytes())
        return
    text = to_html(questions, words) if form == "html" else to_moodle(questions)
    write_whole(path, text.encode("utf-8"))
