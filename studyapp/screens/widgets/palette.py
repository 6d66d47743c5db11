"""The palette of an exam: every item with its state; a click goes there."""

from __future__ import annotations

from textual.events import Click
from textual.message import Message

from studyapp.screens.examview import CELL, in_a_row, palette_lines
from studyapp.screens.widgets.lines import Lines
from studyapp.study.mock import Taking


class Palette(Lines):
    """The items of one exam."""

    class Picked(Message):
        """An item was clicked; its number, from 0."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, taking: Taking, *, id: str | None = None) -> None:
        super().__init__(lambda width: palette_lines(taking.exam, taking.number, width), id=id)
        self._taking = taking

    def on_click(self, event: Click) -> None:
        """Go to the item that was clicked."""
        count = in_a_row(self.content_size.width)
        number = event.y * count + event.x // CELL
        if event.x // CELL < count and number < len(self._taking.exam.items):
            self.post_message(self.Picked(number))
