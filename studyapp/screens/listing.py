"""A screen that is a list of rows of which one is chosen."""

from __future__ import annotations

from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.widgets.rows import Rows


class Listing(DeskScreen):
    """Keys move through the rows, a click chooses one."""

    def moved(self) -> None:
        """Another row may be chosen now."""

    def action_choose(self) -> None:
        """Act on the chosen row."""

    def on_rows_chosen(self) -> None:
        """A click on a row acts on it."""
        self.moved()
        self.action_choose()

    def action_cursor_down(self) -> None:
        """Choose the next row."""
        self._move(1)

    def action_cursor_up(self) -> None:
        """Choose the row before."""
        self._move(-1)

    def action_first(self) -> None:
        """Choose the first row."""
        self.query_one(Rows).move_to_end(-1)
        self.moved()

    def action_last(self) -> None:
        """Choose the last row."""
        self.query_one(Rows).move_to_end(1)
        self.moved()

    def _move(self, step: int) -> None:
        self.query_one(Rows).move(step)
        self.moved()
