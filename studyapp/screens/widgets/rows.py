"""A list of rows of which one is chosen. It never has the focus; the screen's keys move it, a click chooses.

Only what is seen is made into lines, so that a list of thousands is as quick as a short one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from studyapp.screens.widgets.lines import content_of
from studyapp.typeset.lines import Line, Span
from studyapp.typeset.width import cells, clip

SHORT_TEXT = 24
"""Cells of a text that are worth more than the spans at the right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a sign, a text, and spans at the right end. A heading (`id` is None) cannot be chosen.

    Where texts would be cut short, the spans at the right give way, the first of them first, the last never.
    """

    id: str | None
    sign: str = ""
    text: str = ""
    right: tuple[Span, ...] = ()
    role: str = ""


class Rows(Widget):
    """Rows in a column."""

    DEFAULT_CSS = "Rows { height: auto; }"
    ALLOW_SELECT = False  # dragging over a list chooses in it

    class Chosen(Message):
        """A row was chosen with the mouse."""

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._rows = tuple(rows)
        self._at = 0
        self._at = self._nearest(range(len(rows)))
        self._dropped: dict[int, int] = {}

    @property
    def chosen(self) -> str | None:
        """The id of the chosen row."""
        return self._rows[self._at].id if self._at < len(self._rows) else None

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; the chosen one stays chosen where it is still there."""
        chosen = self.chosen
        self._rows = tuple(rows)
        self._dropped.clear()
        same = (number for number, row in enumerate(self._rows) if row.id is not None and row.id == chosen)
        self._at = next(same, self._nearest(range(len(self._rows))))
        self.refresh(layout=True)

    def move(self, step: int) -> None:
        """Choose the next row (1) or the one before (-1)."""
        self._choose(self._nearest(range(self._at + step, len(self._rows) if step > 0 else -1, step)))

    def move_to_end(self, step: int) -> None:
        """Choose the last row (1) or the first (-1)."""
        self._choose(self._nearest(range(len(self._rows))[::-step]))

    def _nearest(self, numbers: Iterable[int]) -> int:
        """The first of those rows that can be chosen; the one that is, where none can."""
        return next((number for number in numbers if self._rows[number].id is not None), self._at)

    def _choose(self, at: int) -> None:
        self._at = at
        self.refresh()
        if self.parent is not None and self.is_attached:
            offset = self.virtual_region.y
            self.screen.query_one("#body").scroll_to_region(Region(0, offset + at, 1, 1), animate=False)

    def on_click(self, event: Click) -> None:
        if 0 <= event.y < len(self._rows) and self._rows[event.y].id is not None:
            self._choose(event.y)
            self.post_message(self.Chosen())

    def render_line(self, y: int) -> Strip:
        content = content_of((self._line(y),)) if y < len(self._rows) else Content("")
        strips = Visual.to_strips(self, content, self.content_size.width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(self.content_size.width, self.visual_style.rich_style)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows)

    def _line(self, number: int) -> Line:
        row, width = self._rows[number], self.content_size.width
        right = row.right[self._dropped_at(width) :]
        if row.id is None:
            taken = _cells_of(right)
            head = Span(clip(row.text, width - taken), row.role or "heading")
            return (head, Span(" " * (width - taken - cells(head.text))), *right) if taken else (head,)
        chosen, sign = number == self._at, f"{row.sign} " if row.sign else ""
        fixed = 2 + cells(sign) + _cells_of(right)
        text = clip(row.text, max(8, width - fixed - 2), "…")
        body = text + " " * max(1, width - fixed - cells(text))
        return (
            Span("▸ " if chosen else "  ", "mark"),
            Span(sign, row.role),
            Span(body, "strong" if chosen else ""),
            *right,
        )

    def _dropped_at(self, width: int) -> int:
        """How many spans at the right give way: the same number in every row, so that columns stay columns."""
        if width not in self._dropped:
            most = max(0, max((len(row.right) for row in self._rows), default=0) - 1)
            fitting = (count for count in range(most) if self._fits(width, count))
            self._dropped[width] = next(fitting, most)
        return self._dropped[width]

    def _fits(self, width: int, dropped: int) -> bool:
        """Whether every text has enough room when so many spans have given way."""
        return all(
            width - 4 - cells(f"{row.sign} ") - _cells_of(row.right[dropped:]) >= min(cells(row.text), SHORT_TEXT)
            for row in self._rows
            if row.id is not None
        )


def _cells_of(spans: Sequence[Span]) -> int:
    return sum(cells(span.text) for span in spans)
