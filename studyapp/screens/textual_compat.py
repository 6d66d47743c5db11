"""Every use of Textual's internals, each with its reason and a test that fails without it. Tried with Textual 8.2.8."""

import asyncio
import codecs
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import textual.content
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App
from textual.css.query import NoMatches
from textual.events import Paste, ScreenResume
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from studyapp.typeset.lines import divide_line

_FLOOD = re.compile(r"([^\x00-\x1f\x7f]{64,})")
"""More characters in one piece of input than a hand types or a stalled connection keeps back."""
ESCAPE = "\x1b"
LONGEST_SEQUENCE = 32  # characters of a key's escape sequence, at most
GRACE = 15
"""Seconds after which the system ends an app that a signal could not: its terminal may be gone, and take no output."""


def use_japanese_line_breaking() -> None:
    """Let Textual break lines by the rules of Japanese typesetting.

    Textual takes Rich's `divide_line`, which breaks at white space only and then folds anywhere: lines begin with 。
    and words are cut. Every text of every widget goes through this one name.
    """
    textual.content.divide_line = divide_line


def use_forgiving_keyboard() -> None:
    """Let bytes that are not UTF-8 become the replacement character, and a flood of characters be a paste.

    Textual's driver for Linux and macOS decodes strictly, and a byte of another encoding ends the app. It makes an
    event of every character: 20,000 of them keep the app busy for a minute, and Ctrl+C waits behind them.
    """
    with suppress(ImportError):  # a system without termios has another driver
        import textual.drivers.linux_driver as driver

        def replacing(encoding: str) -> partial[codecs.IncrementalDecoder]:
            return partial(codecs.getincrementaldecoder(encoding), "replace")

        driver.getincrementaldecoder = replacing  # type: ignore[assignment]
        driver.XTermParser = FloodParser


def read_styles(app: App[Any], path: Path, widgets: Iterable[Widget]) -> None:
    """Read a style sheet and the styles of kinds of widgets now, not when the first of them is mounted.

    Textual parses everything anew when it meets a kind of widget: 8 of the 45 ms until the first question.
    """
    app.stylesheet.read(path)
    for widget in widgets:
        widget._post_register(app)  # noqa: SLF001 — there is no other way to make them known
    app.stylesheet.parse()


class MendedScreen(Screen[None]):
    """A screen that is not styled anew as it is opened: its widgets were when they were mounted, and it takes 4 ms."""

    def _on_screen_resume(self, event: ScreenResume) -> None:  # Screen's own is called after this one
        event.refresh_styles = False


class FloodParser(XTermParser):
    """Textual's parser of what a terminal sends, in which a flood of plain characters is one paste."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._cut = False

    def feed(self, data: str) -> Iterator[Message]:
        """The events of a piece of input. What may belong to an escape sequence or a marked paste is left as it is."""
        plain = not self._pasting and not self._cut and ESCAPE not in data
        start, end = data.rfind(BRACKETED_PASTE_START), data.rfind(BRACKETED_PASTE_END)
        self._pasting = start > end or (self._pasting and end < 0)
        self._cut = ESCAPE in data[-LONGEST_SEQUENCE:]
        if not plain:
            yield from super().feed(data)
            return
        for number, part in enumerate(_FLOOD.split(data)):
            if number % 2:
                yield Paste(part)
            elif part or not data:
                yield from super().feed(part)


class MendedApp(App[None]):
    """An app with all of this, which can also be left while a screen is opened, and ended by signals."""

    def __init__(self) -> None:
        use_japanese_line_breaking()
        use_forgiving_keyboard()
        super().__init__()

    def on_mount(self) -> None:
        """Let the signals that end a program end the app as its own exit does, which gives the terminal back.

        Textual handles none of them, and leaves the terminal in its alternate screen without an echo.
        """
        # Left to asyncio, an interrupt cancels what runs just now, which a screen that opens may take for its own end.
        for name in () if self.is_headless else ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"):
            with suppress(AttributeError, NotImplementedError):  # signals of POSIX, under a loop that knows them
                number = getattr(signal, name)
                asyncio.get_running_loop().add_signal_handler(number, self._leave, number)

    def _leave(self, number: int) -> None:
        signal.alarm(GRACE)
        self.exit(return_code=0 if number == signal.SIGINT else 128 + number)

    def _handle_exception(self, error: Exception) -> None:
        # Once it exits, Textual mounts nothing any more but calls `on_mount` still, and a screen that looks for its
        # widgets there ended the app with a traceback.
        if not (self._exit and isinstance(error, NoMatches)):
            super()._handle_exception(error)
