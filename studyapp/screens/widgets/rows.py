"""A list of rows of which one is chosen. It never has the focus; the screen's keys move it, a click chooses.

Only what is seen is made into lines, so that a list of thousands is as quick as a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from studyapp.screens.look import content_of
from studyapp.typeset.lines import Line, Span
from studyapp.typeset.width import cells, clip

SHORT_TEXT = 24
"""Cells of a text that are worth more than what stands at the right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a sign, a text, and what stands at the right end. A heading (`id` is None) cannot be chosen.

    Where texts would be cut short, the spans at the right give way, the first of them first, the last never.
    """

    id: str | None
    sign: str = ""
    text: str = ""
    right: tuple[Span, ...] = ()
    role: str = ""


def _fixed(sign: str, right: Sequence[Span]) -> int:
    """The cells of a row that are not its text."""
    return 2 + cells(sign) + sum(cells(span.text) for span in right)


class Rows(Widget):
    """Rows in a column."""

    DEFAULT_CSS = "Rows { height: auto; }"
    ALLOW_SELECT = False  # dragging over a list chooses in it

    class Chosen(Message):
        """A row was chosen with the mouse."""

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._rows = tuple(rows)
        self._at = self._nearest(0, 1)
        self._given_way: tuple[int, int] | None = None

    @property
    def chosen(self) -> str | None:
        """The id of the chosen row."""
        return self._rows[self._at].id if self._at < len(self._rows) else None

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; the chosen one stays chosen where it is still there."""
        chosen = self.chosen
        self._rows = tuple(rows)
        self._given_way = None
        places = [place for place, row in enumerate(self._rows) if row.id is not None and row.id == chosen]
        self._at = places[0] if places else self._nearest(0, 1)
        self.refresh(layout=True)

    def move(self, step: int) -> None:
        """Choose the next row (1) or the one before (-1)."""
        self._choose(self._nearest(self._at + step, step))

    def move_to_end(self, step: int) -> None:
        """Choose the last row (1) or the first (-1)."""
        self._choose(self._nearest(len(self._rows) - 1, -1) if step > 0 else self._nearest(0, 1))

    def on_click(self, event: Click) -> None:
        """Choose what was clicked."""
        if 0 <= event.y < len(self._rows) and self._rows[event.y].id is not None:
            self._choose(event.y)
            self.post_message(self.Chosen())

    def render(self) -> Content:
        """All rows at the present width."""
        return content_of(self._set(place) for place in range(len(self._rows)))

    def render_line(self, y: int) -> Strip:
        """One row at the present width."""
        content = content_of((self._set(y),)) if y < len(self._rows) else Content("")
        strips = Visual.to_strips(self, content, self.content_size.width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(self.content_size.width, self.visual_style.rich_style)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each row."""
        return len(self._rows)

    def _set(self, place: int) -> Line:
        width = self.content_size.width
        if self._given_way is None or self._given_way[0] != width:
            self._given_way = (width, self._dropped(width))
        return self._line(self._rows[place], width, self._given_way[1], chosen=place == self._at)

    def _dropped(self, width: int) -> int:
        """How many spans at the right give way: the same number in every row, so that columns stay columns."""
        spans = max((len(row.right) for row in self._rows), default=0)
        return next((count for count in range(spans - 1) if self._fits(width, count)), max(0, spans - 1))

    def _fits(self, width: int, dropped: int) -> bool:
        """Whether every text has enough room when so many spans have given way."""
        return all(
            width - _fixed(f"{row.sign} ", row.right[dropped:]) - 2 >= min(cells(row.text), SHORT_TEXT)
            for row in self._rows
            if row.id is not None
        )

    def _line(self, row: Row, width: int, dropped: int, *, chosen: bool) -> Line:
        if row.id is None:
            taken = sum(cells(span.text) for span in row.right[dropped:])
            head = Span(clip(row.text, width - taken), row.role or "heading")
            return (head, Span(" " * (width - taken - cells(head.text))), *row.right[dropped:]) if taken else (head,)
        sign = f"{row.sign} " if row.sign else ""
        right = row.right[dropped:]
        fixed = _fixed(sign, right)
        text = clip(row.text, max(8, width - fixed - 2), "…")
        mark = Span("▸ " if chosen else "  ", "mark")
        body = Span(text + " " * max(1, width - fixed - cells(text)), "strong" if chosen else "")
        return (mark, Span(sign, row.role), body, *right)

    def _nearest(self, at: int, step: int) -> int:
        place = at
        while 0 <= place < len(self._rows):
            if self._rows[place].id is not None:
                return place
            place += step
        return getattr(self, "_at", 0)

    def _choose(self, at: int) -> None:
        self._at = at
        self.refresh()
        if self.parent is not None and self.is_attached:
            offset = self.virtual_region.y
            self.screen.query_one("#body").scroll_to_region(Region(0, offset + at, 1, 1), animate=False)
