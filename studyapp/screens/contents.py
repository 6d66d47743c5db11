"""The contents of a page, over the page."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from studyapp.domain.words import Words
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.widgets.rows import Row, Rows


class ContentsScreen(Choosing, ModalScreen[int | None]):
    """It gives the number of the row that was picked, or None."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("contents")

    def __init__(self, rows: Sequence[Row], words: Words) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._words = words

    def compose(self) -> ComposeResult:
        """A box with the rows."""
        with Vertical(id="box") as box:
            box.border_title = self._words.tools.contents_title
            box.border_subtitle = self._words.screens.close_help
            with VerticalScroll(id="body", can_focus=False):
                yield Rows(self._rows)

    def action_choose(self) -> None:
        """Go there."""
        self.dismiss(int(self.rows.chosen) if self.rows.chosen is not None else None)

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)
