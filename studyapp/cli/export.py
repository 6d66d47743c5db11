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

HELPS = {
    "topic": Text(ja="話題の id（例: losses/cross-entropy）", en="Topic id, such as losses/cross-entropy"),
    "exercise": Text(ja="練習の id（例: ce-onehot）", en="Exercise id, such as ce-onehot"),
    "count": Text(ja="問題の数", en="Number of questions"),
    "salvage": Text(
        ja="壊れていない記録をすべて取り出し、新しく書き直す（元のファイルは残す）",
        en="Write the history anew from every undamaged event; the damaged file is kept",
    ),
    "seed": Text(
        ja="最初の問題の種。i 番目（0 から）は 種 + i で作る",
        en="Seed of the first question; the i-th (from 0) is drawn with seed + i",
    ),
    "minutes": Text(
        ja="この時間（分）が過ぎたら、次の問題を出さない",
        en="Ask no further question after this many minutes",
    ),
    "short": Text(ja="短縮版（36 問・25 分）", en="The short one: 36 items in 25 minutes"),
    "result": Text(ja="最後に受けた模試の結果を表示する", en="Show the result of the latest exam"),
    "exam_seed": Text(
        ja="出題を決める種（同じ種なら同じ問題）",
        en="Seed that decides the items (equal seeds, equal items)",
    ),
    "placement": Text(
        ja="まだ出会っていない技能を試し、2 問続けて正解した技能を飛ばす",
        en="Try skills not met yet; two right answers in a row skip one",
    ),
    "with_key": Text(ja="正答・想定した誤答・解き方も出す", en="Also give the key, the known mistakes and the answer"),
    "jsonl": Text(
        ja="標準入力から 1 行に 1 件の JSON を読み、1 行に 1 件で答える",
        en="Read a JSON request a line from standard input, reply a line each",
    ),
    "with": Text(
        ja='名前の値（例: --with y="(0.1, 0.9)"）。何度でも',
        en='The value of a name, such as --with y="(0.1, 0.9)" (repeatable)',
    ),
    "gradient": Text(ja="この名前についての勾配も求める", en="Also give the gradient by this name"),
    "exact": Text(ja="SymPy による厳密な値も求める", en="Also give SymPy's exact value"),
    "list": Text(
        ja="計算できる関数の一覧を Markdown の表で出す",
        en="List every function that can be computed, as Markdown tables",
    ),
    "timing": Text(ja="かかった時間 ms を加える", en="Add the time taken, in ms"),
    "path": Text(ja="ページかフォルダー。なければ教材全体", en="Pages or folders; without any: all content"),
    "seeds": Text(ja="練習ごとに作る問題の数", en="Questions to draw for each exercise"),
    "first_seed": Text(ja="最初の種", en="The first seed"),
    "list_rules": Text(ja="規則の一覧と説明を表示する", en="Print every rule with its manual"),
    "jobs": Text(ja="同時に使うプロセスの数", en="Processes to use at a time"),
    "new_topic": Text(
        ja="新しい話題のページを作る（日本語と英語）",
        en="Write the pages of a new topic (Japanese and English)",
    ),
    "new_exercise": Text(
        ja="新しい練習の節を表示するか、ページの末尾に加える",
        en="Print the section of a new exercise, or append it to a page",
    ),
    "new_id": Text(ja="練習の id", en="Id of the exercise"),
    "new_page": Text(
        ja="この ページ（と対になる言語のページ）の末尾に加える",
        en="Append it to this page, and to its twin in the other language",
    ),
    "into": Text(ja="教材のフォルダー（既定は自分の教材）", en="Content folder (default: your own)"),
    "export_html": Text(ja="1 つの HTML ファイルに書き出す", en="Write questions as one HTML file"),
    "export_anki": Text(ja="Anki のパッケージに書き出す", en="Write questions as an Anki package"),
    "export_moodle": Text(ja="Moodle の XML に書き出す", en="Write questions as Moodle XML"),
    "export_history": Text(
        ja="学習の記録を書き出す（import history で取り込める）",
        en="Write the learning history, which import history takes in",
    ),
    "output": Text(ja="書き出すファイル", en="File to write"),
    "force": Text(ja="すでにあるファイルを上書きする", en="Replace a file that exists already"),
    "exercises": Text(ja="練習か話題の id（いくつでも）", en="Ids of exercises or topics (any number)"),
    "cluster": Text(
        ja="Dask クラスターのアドレス（例: tcp://127.0.0.1:8786）。そこで計算する",
        en="Address of a Dask cluster to work on, such as tcp://127.0.0.1:8786",
    ),
    "expression": Text(
        ja='計算する式（例: "huber(3, 0, delta=2)"）',
        en='The expression to compute, such as "huber(3, 0, delta=2)"',
    ),
}
COUNT_HELP = Text(ja="問題の数", en="Number of questions")
SEED_HELP = Text(
    ja="最初の問題の種。i 番目（0 から）は 種 + i で作る",
    en="Seed of the first question; the i-th (from 0) is drawn with seed + i",
)
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

    @click.command(form, help=HELPS[(f"export_{form}")]())
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
