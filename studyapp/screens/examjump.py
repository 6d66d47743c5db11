"""A number to go to, typed in a box."""

from __future__ import annotations

import unicodedata

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.widgets.answer import AnswerInput

JUMP_TITLE = Text(ja="番号へ移る", en="Go to an item")
JUMP_HINT = Text(ja="番号を入力して Enter", en="Type a number, then Enter")

LONGEST = 5
"""Signs of a number that anybody types."""


class JumpScreen(ModalScreen[int | None]):
    """It gives a number from 1 to the count, or None."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("jump")

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        """One line to type in."""
        with Vertical(id="box") as box:
            box.border_title = JUMP_TITLE()
            box.border_subtitle = JUMP_HINT()
            yield AnswerInput(placeholder=f"1–{self._count}", id="number")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(AnswerInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the number, full-width digits as well; anything else stays to be corrected."""
        text = unicodedata.normalize("NFKC", event.value).strip()
        if text.isascii() and text.isdigit() and len(text) <= LONGEST and 1 <= int(text) <= self._count:
            self.dismiss(int(text))
        elif not text:
            self.dismiss(None)

    def action_back(self) -> None:
        """Stay where one is."""
        self.dismiss(None)
