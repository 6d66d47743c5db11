"""`studyapp export`: questions for elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, load_library
from studyapp.cli.lines import echo
from studyapp.cli.options import COUNT_HELP, SEED_HELP
from studyapp.cli.undrawn import tell_undrawable
from studyapp.domain.question import Question, Undrawable
from studyapp.domain.text import Text
from studyapp.history.backups import export as export_log
from studyapp.history.errors import Trouble
from studyapp.kernel.requests import Draw
from studyapp.kernel.service import Service
from studyapp.study.checkup import NO_HISTORY
from studyapp.study.files import write_whole
from studyapp.study.pagefiles import real
from studyapp.study.troubles import describe
from studyapp.workshop.export.anki import to_anki
from studyapp.workshop.export.html import to_html
from studyapp.workshop.export.moodle import to_moodle

FORM_HELPS = {
    "html": Text(ja="1 つの HTML ファイルに書き出す", en="Write questions as one HTML file"),
    "anki": Text(ja="Anki のパッケージに書き出す", en="Write questions as an Anki package"),
    "moodle": Text(ja="Moodle の XML に書き出す", en="Write questions as Moodle XML"),
}
EXPORT_HISTORY_HELP = Text(
    ja="学習の記録を書き出す（import history で取り込める）",
    en="Write the learning history, which import history takes in",
)
OUTPUT_HELP = Text(ja="書き出すファイル", en="File to write")
FORCE_HELP = Text(ja="すでにあるファイルを上書きする", en="Replace a file that exists already")
NO_GENANKI = Text(
    ja="Anki への書き出しには genanki が要ります。pip install 'studyapp[export]' で入ります。",
    en="Anki packages need genanki: pip install 'studyapp[export]'.",
)
EXPORTED_QUESTIONS = Text(
    ja="{path} に {count} 問を書き出しました。",
    en="{count} question was written to {path}.|{count} questions were written to {path}.",
)
EXPORTED_EVENTS = Text(
    ja="{path} に {count} 件の記録を書き出しました。",
    en="{count} event was written to {path}.|{count} events were written to {path}.",
)
FILE_EXISTS = Text(
    ja="{path} はすでにあるため、書き出しませんでした。上書きするには --force を付けてください。",
    en="{path} exists already and was not replaced. Use --force to replace it.",
)
OWN_HISTORY = Text(
    ja="{path} は学習の記録そのものなので、上書きできません。別のファイル名を指定してください。",
    en="{path} is the history itself and cannot be replaced. Name another file.",
)

ENDINGS = {"html": "html", "anki": "apkg", "moodle": "xml"}


def command() -> click.Command:
    """The command in one language."""

    @click.group("export", help=SUMMARIES["export"]())
    def export() -> None:
        pass

    for form in ENDINGS:
        export.add_command(_questions(form))
    export.add_command(_history())
    return export


def _questions(form: str) -> click.Command:
    """The subcommand that writes questions in one form."""

    @click.command(form, help=FORM_HELPS[form]())
    @click.argument("names", nargs=-1, required=True, metavar="ID...")
    @click.option("-n", "--count", type=click.IntRange(min=1, max=1000), default=5, help=COUNT_HELP())
    @click.option("--seed", type=int, default=0, show_default=True, help=SEED_HELP())
    @click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=OUTPUT_HELP())
    @click.option("--force", is_flag=True, help=FORCE_HELP())
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
            _write(form, drawn, path)
        except ImportError:
            raise click.UsageError(NO_GENANKI()) from None
        except OSError as error:
            echo(str(error), err=True)
            sys.exit(1)
        echo(EXPORTED_QUESTIONS(count=len(drawn), path=path))

    return questions


def _history() -> click.Command:
    """The subcommand that writes the learning history."""

    @click.command("history", help=EXPORT_HISTORY_HELP())
    @click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
    @click.option("--force", is_flag=True, help=FORCE_HELP())
    @click.pass_obj
    def history(context: Context, path: Path, force: bool) -> None:
        if not context.has_history:
            echo(NO_HISTORY(), err=True)
            sys.exit(1)
        _refuse_to_replace(path, context, force=force)
        written = export_log(context.data, path)
        if isinstance(written, Trouble):
            echo(describe(written), err=True)
            sys.exit(1)
        echo(EXPORTED_EVENTS(count=written, path=path))

    return history


def _refuse_to_replace(path: Path, context: Context, *, force: bool) -> None:
    """End the command where a file is there already and not meant to be replaced, and always at the history itself."""
    log = context.data / "history.jsonl"
    if real(path) == real(log) or (path.exists() and log.exists() and path.samefile(log)):
        echo(OWN_HISTORY(path=path), err=True)
        sys.exit(1)
    if os.path.lexists(path) and not force:
        echo(FILE_EXISTS(path=path), err=True)
        sys.exit(1)


def _drawn(context: Context, names: tuple[str, ...], seeds: range) -> list[Question]:
    """The questions of exercises, and of every exercise of the topics among the names."""
    service = Service()
    questions = []
    for entry in exercises_named(load_library(context), names):
        for seed in seeds:
            drawn = service.answer(Draw(entry.source, entry.id, seed))
            if isinstance(drawn, Undrawable):
                tell_undrawable(drawn)
                sys.exit(1)
            questions.append(drawn)
    return questions


def _write(form: str, questions: list[Question], path: Path) -> None:
    if form == "anki":
        with TemporaryDirectory() as folder:
            package = Path(folder) / "deck.apkg"
            to_anki(questions, package)
            write_whole(path, package.read_bytes())
        return
    text = to_html(questions) if form == "html" else to_moodle(questions)
    write_whole(path, text.encode("utf-8"))
