"""Choosing a row by keyboard: the same keys move every list."""

from __future__ import annotations

from textual.dom import DOMNode

from studyapp.screens.widgets.rows import Rows


class Choosing(DOMNode):
    """A screen with `Rows` of which one is chosen; the keys are in the table of actions."""

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)

    def action_cursor_down(self) -> None:
        """Choose the next row."""
        self.rows.move(1)
        self.chosen_changed()

    def action_cursor_up(self) -> None:
        """Choose the row before."""
        self.rows.move(-1)
        self.chosen_changed()

    def action_first(self) -> None:
        """Choose the first row."""
        self.rows.move_to_end(-1)
        self.chosen_changed()

    def action_last(self) -> None:
        """Choose the last row."""
        self.rows.move_to_end(1)
        self.chosen_changed()

    def chosen_changed(self) -> None:
        """Another row is chosen; screens that tell more about it do so here."""
