"""The contents of a page, over the page."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from studyapp.domain.text import Text
from studyapp.screens.actions import CLOSE_HELP, bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.widgets.rows import Row, Rows

CONTENTS_TITLE = Text(ja="目次", en="Contents")


class ContentsScreen(Choosing, ModalScreen[int | None]):
    """It gives the number of the row that was picked, or None."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("contents")

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = tuple(rows)

    def compose(self) -> ComposeResult:
        """A box with the rows."""
        with Vertical(id="box") as box:
            box.border_title = CONTENTS_TITLE()
            box.border_subtitle = CLOSE_HELP()
            with VerticalScroll(id="body", can_focus=False):
                yield Rows(self._rows)

    def action_choose(self) -> None:
        """Go there."""
        self.dismiss(int(self.rows.chosen) if self.rows.chosen is not None else None)

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)
