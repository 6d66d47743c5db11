"""What the same keys do on every screen: they scroll its text, or choose a row of its list."""

from typing import ClassVar

from textual.containers import VerticalScroll
from textual.dom import DOMNode

from studyapp.screens.actions import bindings
from studyapp.screens.widgets.rows import Rows


class Scrolling(DOMNode):
    """A screen whose `#body` is read; the actions of its `TABLE` are bound to their keys."""

    TABLE: ClassVar[str]

    def __init_subclass__(cls, **options: bool) -> None:
        if "TABLE" in vars(cls):
            cls.BINDINGS = bindings(cls.TABLE)
        super().__init_subclass__(**options)

    @property
    def body(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#body", VerticalScroll)

    def action_scroll_down(self) -> None:
        self.body.scroll_down(animate=False)

    def action_scroll_up(self) -> None:
        self.body.scroll_up(animate=False)

    def action_page_down(self) -> None:
        self.body.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.body.scroll_page_up(animate=False)

    def action_top(self) -> None:
        self.body.scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.body.scroll_end(animate=False)


class Choosing(DOMNode):
    """A screen with `Rows` of which one is chosen."""

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)

    def chosen_changed(self) -> None:
        """Another row is chosen."""

    def action_choose(self) -> None:
        """Act on the chosen row."""

    def on_rows_chosen(self) -> None:
        self.chosen_changed()
        self.action_choose()

    def action_cursor_down(self) -> None:
        self.rows.move(1)
        self.chosen_changed()

    def action_cursor_up(self) -> None:
        self.rows.move(-1)
        self.chosen_changed()

    def action_first(self) -> None:
        self.rows.move_to_end(-1)
        self.chosen_changed()

    def action_last(self) -> None:
        self.rows.move_to_end(1)
        self.chosen_changed()
