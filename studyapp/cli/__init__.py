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
from typing import Any

import click

from studyapp import __version__
from studyapp.cli.context import LANGUAGES, Context, language_from, option_in, setting_in, shipped_content
from studyapp.cli.lines import close_streams, echo, open_streams
from studyapp.domain.words import Words, words_for

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

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def list_commands(self, _context: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """One command, its help in the language of the interface."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"studyapp.cli.{MODULES.get(name, name)}").command(self.words)
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from their words alone."""
        with formatter.section(self.words.cli.commands):
            formatter.write_dl([(name, self.words.cli.summary(name)) for name in COMMANDS])


def build(words: Words) -> click.Group:
    """The command line in one language."""
    said = words.cli

    @click.pass_context
    def run(
        context: click.Context,
        lang: str | None,  # noqa: ARG001 — read before the commands were built
        data: Path | None,
        content: tuple[Path, ...],
        ascii_math: bool,
        speak: bool,
        now: datetime | None,
    ) -> None:
        folder = data or _data_folder()
        own = folder / "content"
        context.obj = Context(
            words,
            folder,
            (shipped_content(), *([own] if (own / "ja").is_dir() else []), *content),
            ascii_math,
            speak,
            now.astimezone() if now else None,
        )
        if context.invoked_subcommand is None:
            import_module("studyapp.cli.app").launch(context.obj)

    group = Commands(
        words,
        name="studyapp",
        callback=run,
        invoke_without_command=True,
        help=said.about,
        params=[
            click.Option(["--lang"], type=click.Choice(LANGUAGES), help=said.lang),
            click.Option(["--data"], type=click.Path(path_type=Path, file_okay=False), help=said.data),
            click.Option(
                ["--content"],
                type=click.Path(path_type=Path, file_okay=False, exists=True),
                multiple=True,
                help=said.content,
            ),
            click.Option(["--ascii-math"], is_flag=True, help=said.ascii_math),
            click.Option(["--speak"], is_flag=True, help=said.speak),
            click.Option(["--now"], type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S"]), hidden=True),
        ],
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    click.version_option(__version__, prog_name="studyapp", message="%(prog)s %(version)s", help=said.version)(group)
    return group


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. Exits with 0 when fine, 1 when problems were found, 2 for wrong usage."""
    open_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    data = option_in(given, "--data")
    folder = Path(data) if data else _data_folder()
    words = words_for(language_from(given, setting_in(folder, "language")))
    try:
        sys.exit(_status(given, words))
    finally:
        close_streams()


def _status(given: Sequence[str], words: Words) -> int:
    """Run a command; its exit code, whatever ends it."""
    try:
        status = build(words).main(given, prog_name="studyapp", standalone_mode=False)
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
        echo(words.cli.internal_error.format(error=f"{type(error).__name__}: {error}"), err=True)
        return 1
    return status if isinstance(status, int) else 0


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("studyapp", appauthor=False)
