"""Floor 6: the commands, one thin file each. click lives here.

A command's module is imported when the command is called, so that `studyapp --help` imports none of them.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

import click

from studyapp import __version__
from studyapp.cli.context import LANGUAGES, Context, language_from, option_in, setting_in, shipped_content
from studyapp.cli.lines import close_streams, echo, open_streams
from studyapp.domain.text import Text, set_language

ABOUT = Text(
    ja="損失関数・勾配降下法・誤差逆伝播法を学び、計算できるようになるためのアプリ。\n\n"
    "何も付けずに起動すると画面が開きます。端末でないところでは、下の命令を使ってください。",
    en="Learn loss functions, gradient descent and backpropagation, and be able to compute them.\n\nCalled alone, "
    "it opens the screen. Where there is no terminal, use the commands below.",
)
COMMANDS_HEAD = Text(ja="命令", en="Commands")
LANG = Text(
    ja="表示の言語（既定はロケール、なければ ja）",
    en="Language of the interface (default: the locale's, else ja)",
)
DATA = Text(ja="学習の記録と設定を置くフォルダー", en="Folder of the learning history and settings")
CONTENT = Text(ja="教材のフォルダーを加える（何度でも）", en="A further folder of pages (repeatable)")
ASCII_MATH = Text(ja="数式を ASCII 文字だけで表示する", en="Show formulas in ASCII only")
SPEAK = Text(ja="数式を読み上げの言葉で表示し、図を省く", en="Tell formulas in words, and leave pictures out")
VERSION = Text(ja="版を表示して終わる", en="Show the version and exit")
SUMMARIES = {
    "quiz": Text(
        ja="問題を解く（話題か練習を指定、なければ復習）",
        en="Answer questions (of topics or exercises, else what is due)",
    ),
    "exam": Text(
        ja="模試を受ける（145 問・100 分、短縮版は 36 問・25 分）",
        en="Take a mock exam (145 items in 100 minutes; short: 36 in 25)",
    ),
    "read": Text(ja="話題のページを読む", en="Read a topic page"),
    "topics": Text(ja="話題を読む順に並べる", en="List the topics in reading order"),
    "search": Text(ja="話題と練習から言葉を探す", en="Search topics and exercises for words"),
    "question": Text(ja="練習から 1 問を作って見せる", en="Draw a question of an exercise and show it"),
    "grade": Text(ja="解答を採点する（1 行に 1 件の JSON）", en="Grade answers (a JSON request a line)"),
    "compute": Text(ja="損失関数などの値と勾配を計算する", en="Compute values and gradients of losses and more"),
    "stats": Text(ja="学習の記録をまとめる", en="Sum up the learning history"),
    "config": Text(
        ja="設定を見る・変える（試験日、1 日の時間、目標の保持率、言語）",
        en="See or change the settings (exam date, minutes a day, retention, language)",
    ),
    "lint": Text(ja="教材のページを検査する", en="Check pages"),
    "verify": Text(
        ja="問題を何度も作り、正答を別の経路で確かめる",
        en="Draw many questions and prove their keys by other routes",
    ),
    "new": Text(ja="新しいページや練習のひな形を作る", en="Begin a page or an exercise from a scaffold"),
    "preview": Text(
        ja="書いているページを学ぶ人の画面で見る（保存するたびに読み直す）",
        en="See a page as the learner will, read again as it is saved",
    ),
    "manual": Text(
        ja="教材を書く人の手引きを読む（書式、式の言語、検査、関数一覧）",
        en="Read the author's manual (format, expression language, checks, catalogue)",
    ),
    "export": Text(
        ja="問題を HTML・Anki・Moodle の形で、または学習の記録を書き出す",
        en="Write questions as HTML, for Anki or for Moodle, or the history",
    ),
    "doctor": Text(ja="学習の記録・設定・教材を点検する", en="Check history, settings and pages"),
    "backup": Text(ja="学習の記録の控えを作る", en="Make a verified copy of the history"),
    "restore": Text(ja="控えから学習の記録を戻す", en="Put a copy of the history back"),
    "import": Text(ja="別の学習の記録を取り込む", en="Take in the events of another history"),
}
INTERNAL_ERROR = Text(
    ja="studyapp の不具合のため続けられません（{error}）。python -X dev -m studyapp で詳しく表示します。",
    en="A bug in studyapp ended this command ({error}). python -X dev -m studyapp shows the details.",
)

COMMANDS = (
    "quiz",
    "exam",
    "read",
    "topics",
    "search",
    "question",
    "grade",
    "compute",
    "stats",
    "config",
    "lint",
    "verify",
    "new",
    "preview",
    "manual",
    "export",
    "doctor",
    "backup",
    "restore",
    "import",
)
MODULES = {"import": "imports"}
"""The commands whose name is a word of Python."""
INTERRUPTED = 130


class Commands(click.Group):
    """A group that knows its commands by name, and imports one when it is wanted."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """One command, its help in the language of the interface."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"studyapp.cli.{MODULES.get(name, name)}").command()
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from their words alone."""
        with formatter.section(COMMANDS_HEAD()):
            formatter.write_dl([(name, SUMMARIES[name]()) for name in COMMANDS])


def build() -> click.Group:
    """The command line, its help in the language in force."""

    @click.pass_context
    def run(
        context: click.Context,
        data: Path | None,
        content: tuple[Path, ...],
        ascii_math: bool,
        speak: bool,
        now: datetime | None,
    ) -> None:
        folder = data or _data_folder()
        own = folder / "content"
        context.obj = Context(
            folder,
            (shipped_content(), *([own] if (own / "ja").is_dir() else []), *content),
            ascii_math,
            speak,
            now.astimezone() if now else None,
        )
        if context.invoked_subcommand is None:
            import_module("studyapp.cli.app").launch(context.obj)

    group = Commands(
        name="studyapp",
        callback=run,
        invoke_without_command=True,
        help=ABOUT(),
        params=[
            # read before the commands were built
            click.Option(["--lang"], type=click.Choice(LANGUAGES), help=LANG(), expose_value=False),
            click.Option(["--data"], type=click.Path(path_type=Path, file_okay=False), help=DATA()),
            click.Option(
                ["--content"],
                type=click.Path(path_type=Path, file_okay=False, exists=True),
                multiple=True,
                help=CONTENT(),
            ),
            click.Option(["--ascii-math"], is_flag=True, help=ASCII_MATH()),
            click.Option(["--speak"], is_flag=True, help=SPEAK()),
            click.Option(["--now"], type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S"]), hidden=True),
        ],
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    click.version_option(__version__, prog_name="studyapp", message="%(prog)s %(version)s", help=VERSION())(group)
    return group


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. Exits with 0 when fine, 1 when problems were found, 2 for wrong usage."""
    open_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    data = option_in(given, "--data")
    folder = Path(data) if data else _data_folder()
    set_language(language_from(given, setting_in(folder, "language")))
    try:
        sys.exit(_status(given))
    finally:
        close_streams()


def _status(given: Sequence[str]) -> int:
    """Run a command; its exit code, whatever ends it."""
    try:
        status = build().main(given, prog_name="studyapp", standalone_mode=False)
    except click.Abort:
        echo(err=True)
        return INTERRUPTED
    except click.ClickException as error:
        message = io.StringIO()
        error.show(message)
        echo(message.getvalue(), err=True, nl=False)
        return error.exit_code
    except OSError as error:
        echo(f"{error.strerror}: {error.filename}" if error.filename else str(error.strerror or error), err=True)
        return 1
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        echo(INTERNAL_ERROR(error=f"{type(error).__name__}: {error}"), err=True)
        return 1
    return status if isinstance(status, int) else 0


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("studyapp", appauthor=False)
