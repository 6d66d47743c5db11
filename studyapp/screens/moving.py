"""What the same keys do on every screen: they scroll its text, or choose a row of its list."""

from functools import partialmethod
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.dom import DOMNode

from studyapp.screens.actions import bindings
from studyapp.screens.widgets import Rows


class Scrolling(DOMNode):
    """A screen whose `#body` is read; the actions of its `TABLE` are bound to their keys."""

    TABLE: ClassVar[str]

    def __init_subclass__(cls, **options: bool) -> None:
        if "TABLE" in vars(cls):
            cls.BINDINGS = bindings(cls.TABLE)
        super().__init_subclass__(**options)

    @property
    def body(self) -> VerticalScroll:
        return self.query_one("#body", VerticalScroll)

    @property
    def scrolled(self) -> VerticalScroll:
        """What the keys scroll."""
        return self.body

    def _scroll(self, way: str) -> None:
        getattr(self.scrolled, f"scroll_{way}")(animate=False)

    action_scroll_down = partialmethod(_scroll, "down")
    action_scroll_up = partialmethod(_scroll, "up")
    action_page_down = partialmethod(_scroll, "page_down")
    action_page_up = partialmethod(_scroll, "page_up")
    action_top = partialmethod(_scroll, "home")
    action_bottom = partialmethod(_scroll, "end")


class Choosing(DOMNode):
    """A screen with `Rows` of which one is chosen."""

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    def chosen_changed(self) -> None:
        """Another row is chosen."""

    def action_choose(self) -> None:
        """Act on the chosen row."""

    def on_rows_chosen(self) -> None:
        self.chosen_changed()
        self.action_choose()

    def _choose(self, step: int, *, far: bool = False) -> None:
        if far:
            self.rows.move_to_end(step)
        else:
            self.rows.move(step)
        self.chosen_changed()

    action_cursor_down = partialmethod(_choose, 1)
    action_cursor_up = partialmethod(_choose, -1)
    action_first = partialmethod(_choose, -1, far=True)
    action_last = partialmethod(_choose, 1, far=True)
