"""Reading by keyboard: the same keys scroll every body of text."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.dom import DOMNode


class Scrolling(DOMNode):
    """A screen whose `#body` is read; the keys are in the table of actions."""

    @property
    def body(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#body", VerticalScroll)

    def action_scroll_down(self) -> None:
        """One line down."""
        self.body.scroll_down(animate=False)

    def action_scroll_up(self) -> None:
        """One line up."""
        self.body.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """One screen down."""
        self.body.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """One screen up."""
        self.body.scroll_page_up(animate=False)

    def action_top(self) -> None:
        """To the first line."""
        self.body.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """To the last line."""
        self.body.scroll_end(animate=False)
