"""Floor 6: the commands, one thin file each or one for a family of them. click lives here.

A command's module is imported when the command is called, so that `studyapp --help` imports none of them.
"""

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from platform import python_version
from typing import Any

import click
from click.shell_completion import CompletionItem

from studyapp import __version__
from studyapp.cli.commands import COMMANDS, MODULES, Group, option
from studyapp.cli.context import context_from, data_folder, language_from, option_in, setting_in
from studyapp.cli.lines import close_streams, echo, open_streams
from studyapp.domain.text import LANGUAGES, Text, set_language

ABOUT = Text(
    ja="G検定・E資格で計算して答える内容を学び、導けるようになるためのアプリ。\n\n"
    "何も付けずに起動すると画面が開きます。端末でないところでは、下の命令を使ってください。",
    en="Learn what the G検定 and the E資格 ask that can be computed, and be able to derive it.\n\nCalled alone, "
    "it opens the screen. Where there is no terminal, use the commands below.",
)
COMMANDS_HEAD = Text(ja="命令", en="Commands")
LANG = Text(
    ja="表示の言語（既定はロケール、なければ ja）", en="Language of the interface (default: the locale's, else ja)"
)
DATA = Text(ja="学習の記録と設定を置くフォルダー", en="Folder of the learning history and settings")
COURSE = Text(
    ja="この教材だけを使う（名前は course list で見られる）", en="Use this course alone (course list names them)"
)
CONTENT = Text(ja="教材のフォルダーを加える（何度でも）", en="A further folder of pages (repeatable)")
ASCII_MATH = Text(ja="数式を ASCII 文字だけで表示する", en="Show formulas in ASCII only")
SPEAK = Text(ja="数式を読み上げの言葉で表示し、図を省く", en="Tell formulas in words, and leave pictures out")
VERSION = Text(ja="版を表示して終わる", en="Show the version and exit")
INTERNAL_ERROR = Text(
    ja="studyapp の不具合のため続けられません（{error}）。python -X dev -m studyapp で詳しく表示します。",
    en="A bug in studyapp ended this command ({error}). python -X dev -m studyapp shows the details.",
)
INTERRUPTED = 130
FOLDER = click.Path(path_type=Path, file_okay=False)
EXISTING_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S"])


class Program(Group):
    """A group that knows its commands by name, and imports one when it is wanted."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of a name, in its module as `NAME_command`."""
        if name not in COMMANDS:
            return None
        module = import_module(f"studyapp.cli.{MODULES.get(name, name)}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands and options that begin so; no module of a command is imported for their names."""
        named = [(name, about) for name, about in COMMANDS.items() if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, context, incomplete)
        return [CompletionItem(name, help=about()) for name, about in named] + options

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from their words alone."""
        with formatter.section(COMMANDS_HEAD()):
            formatter.write_dl([(name, about()) for name, about in COMMANDS.items()])


def _show_version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Print what a report of a fault has to name."""
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        echo(f"studyapp {__version__} (Python {python_version()}, Textual {version('textual')})")
        context.exit()


@click.command(
    "studyapp",
    cls=Program,
    about=ABOUT,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",  # as click 8.5 writes it
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@option("--lang", type=click.Choice(LANGUAGES), expose_value=False, about=LANG)  # `main` has read it
@option("--data", type=FOLDER, about=DATA)
@option("--course", about=COURSE)
@option("--content", type=EXISTING_FOLDER, multiple=True, about=CONTENT)
@option("--ascii-math", is_flag=True, about=ASCII_MATH)
@option("--speak", is_flag=True, about=SPEAK)
@click.option("--now", type=MOMENT, hidden=True)
@option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, about=VERSION)
@click.pass_context
def program(context: click.Context, /, **options: Any) -> None:
    """Make the context of the command; without a command, open the app."""
    context.obj = context_from(**options)
    if context.invoked_subcommand is None:
        import_module("studyapp.cli.app").launch(context.obj)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. Exits with 0 when fine, 1 when problems were found, 2 for wrong usage."""
    open_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    data = option_in(given, "--data")
    folder = Path(data) if data else data_folder()
    set_language(language_from(given, setting_in(folder, "language")))
    try:
        sys.exit(_status(given))
    finally:
        close_streams()


def _status(given: Sequence[str]) -> int:
    try:
        status = program.main(given, prog_name="studyapp", standalone_mode=False)
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
