"""`studyapp export`: questions for elsewhere, and the history."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from studyapp.cli.commands import COMMANDS, COUNT, Group, option, seed_option
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, load_library
from studyapp.cli.learner import sound
from studyapp.cli.lines import echo, fail
from studyapp.cli.shown import draw
from studyapp.domain.files import write_whole
from studyapp.domain.question import Question
from studyapp.domain.text import Text
from studyapp.history.backups import export as export_log
from studyapp.kernel.service import Service
from studyapp.study.checkup import NO_HISTORY
from studyapp.study.pagefiles import real
from studyapp.workshop.export import to_anki, to_html, to_moodle

FORMS = {
    "html": ("html", Text(ja="1 つの HTML ファイルに書き出す", en="Write questions as one HTML file")),
    "anki": ("apkg", Text(ja="Anki のパッケージに書き出す", en="Write questions as an Anki package")),
    "moodle": ("xml", Text(ja="Moodle の XML に書き出す", en="Write questions as Moodle XML")),
}
"""The ending of a file of each form, and what its command says of itself."""
HISTORY_HELP = Text(
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

FILE = click.Path(path_type=Path, dir_okay=False)
force_option = option("--force", is_flag=True, about=FORCE_HELP)
export_command = Group("export", about=COMMANDS["export"])


def _add_form(form: str, ending: str, about: Text) -> None:
    @export_command.command(form, about=about)
    @click.argument("names", nargs=-1, required=True, metavar="ID...")
    @option("-n", "--count", type=click.IntRange(min=1, max=1000), default=5, about=COUNT)
    @seed_option
    @option("-o", "--output", type=FILE, default=f"studyapp.{ending}", about=OUTPUT_HELP)
    @force_option
    @click.pass_obj
    def export_questions(
        context: Context, names: tuple[str, ...], count: int, seed: int, output: Path, force: bool
    ) -> None:
        _refuse_to_replace(output, context, force=force)
        questions = _drawn(context, names, range(seed, seed + count))
        try:
            _write(form, questions, output)
        except ImportError:
            raise click.UsageError(NO_GENANKI()) from None
        except OSError as error:
            fail(str(error))
        echo(EXPORTED_QUESTIONS(count=len(questions), path=output))


for _form, (_ending, _about) in FORMS.items():
    _add_form(_form, _ending, _about)


@export_command.command("history", about=HISTORY_HELP)
@click.argument("path", type=FILE)
@force_option
@click.pass_obj
def export_history(context: Context, path: Path, force: bool) -> None:
    """Write the learning history."""
    if not context.has_history:
        fail(NO_HISTORY())
    _refuse_to_replace(path, context, force=force)
    events = sound(export_log(context.data, path))
    echo(EXPORTED_EVENTS(count=events, path=path))


def _refuse_to_replace(path: Path, context: Context, *, force: bool) -> None:
    """End the command where a file is there already and not meant to be replaced, and always at the history itself."""
    log = context.data / "history.jsonl"
    if real(path) == real(log) or (path.exists() and log.exists() and path.samefile(log)):
        fail(OWN_HISTORY(path=path))
    if os.path.lexists(path) and not force:
        fail(FILE_EXISTS(path=path))


def _drawn(context: Context, names: tuple[str, ...], seeds: range) -> list[Question]:
    service, questions = Service(), []
    for entry in exercises_named(load_library(context), names):
        for seed in seeds:
            question = draw(service, entry, seed)
            if question is None:
                sys.exit(1)
            questions.append(question)
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
