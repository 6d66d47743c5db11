"""The keys of a screen, over the screen."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from studyapp.domain.words.screens import ScreensWords
from studyapp.screens.actions import TABLE, bindings
from studyapp.screens.scrolling import Scrolling
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, Span
from studyapp.typeset.lines import wrap
from studyapp.typeset.width import cells, pad


class HelpScreen(Scrolling, ModalScreen[None]):
    """What each key does, from the table of actions."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("help")

    def __init__(self, table: str, words: ScreensWords) -> None:
        super().__init__()
        self._table = table
        self._words = words

    def compose(self) -> ComposeResult:
        """A box with a line for each action."""
        with Vertical(id="box") as box:
            box.border_title = self._words.help_title
            box.border_subtitle = self._words.close_help
            with VerticalScroll(id="body", can_focus=False):
                yield Lines(self._lines)

    def action_back(self) -> None:
        """Close the help."""
        self.dismiss()

    def _lines(self, width: int) -> Iterator[Line]:
        rows = [("  ".join(action.shown), self._words.help(action.name)) for action in TABLE[self._table]]
        column = max(cells(keys) for keys, _ in rows) + 2
        for keys, sentence in rows:
            for number, text in enumerate(wrap(sentence, max(10, width - column))):
                yield (Span(pad(keys if number == 0 else "", column), "mark"), Span(text))
