"""The keys of a screen, over the screen."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from studyapp.domain.text import Text
from studyapp.screens.actions import CLOSE_HELP, TABLE, bindings, help_text
from studyapp.screens.scrolling import Scrolling
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, Span
from studyapp.typeset.lines import wrap
from studyapp.typeset.width import cells, pad

HELP_TITLE = Text(ja="使い方", en="Help")


class HelpScreen(Scrolling, ModalScreen[None]):
    """What each key does, from the table of actions."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("help")

    def __init__(self, table: str) -> None:
        super().__init__()
        self._table = table

    def compose(self) -> ComposeResult:
        """A box with a line for each action."""
        with Vertical(id="box") as box:
            box.border_title = HELP_TITLE()
            box.border_subtitle = CLOSE_HELP()
            with VerticalScroll(id="body", can_focus=False):
                yield Lines(self._lines)

    def action_back(self) -> None:
        """Close the help."""
        self.dismiss()

    def _lines(self, width: int) -> Iterator[Line]:
        rows = [("  ".join(action.shown), help_text(action.name)) for action in TABLE[self._table]]
        column = max(cells(keys) for keys, _ in rows) + 2
        for keys, sentence in rows:
            for number, text in enumerate(wrap(sentence, max(10, width - column))):
                yield (Span(pad(keys if number == 0 else "", column), "mark"), Span(text))
