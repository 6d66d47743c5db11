"""A list over the whole width with a pane beside its lower part; only what is in sight is made into lines.

A row has the edge of its block in cell 0, the cursor or a sign in cell 2, and its text from cell 4; what has neither
begins in cell 2. Rows and pane are joined line by line, so that there are no widgets to lay out.
"""

from collections.abc import Callable, Iterable, Sequence

from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from studyapp.domain.values import dataclass
from studyapp.screens.keyorder import WIDE
from studyapp.screens.widgets import Row, Rows, content_of
from studyapp.typeset.lines import Line, Span, fitted
from studyapp.typeset.width import cells

EDGE, CURSOR, CUT = "▐", "›", "»"
PLAIN = {EDGE: "|", CURSOR: ">", CUT: ">"}
"""The signs, each with the one of ASCII."""
TEXT = 4  # the cell in which the text of a row begins
MARGIN = 2  # cells at the right that stay blank
BETWEEN = 2  # cells between the list and the pane
LIST, WIDEST_LIST, WIDEST_PANE = 70, 80, 76  # cells

Parts = Line | Callable[[int], Line]  # spans, or what makes them for a width when the row is seen


@dataclass(frozen=True, slots=True)
class BoardRow(Row):
    """A row whose text has spans of its own; `edge` is the role of the edge of its block, empty where it has none.

    `sign` stands where the cursor would. A row without an id and a sign begins two cells further to the left.
    """

    parts: Parts = ()
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """The cells that a board has: of its rows above the pane, of its list, and of the pane; 0 where there is none."""

    whole: int
    list: int
    pane: int
    height: int

    @classmethod
    def of(cls, size: Size) -> "Room":
        """How a size is divided."""
        if size.width < WIDE:
            return cls(size.width, size.width, 0, size.height)
        listed = min(WIDEST_LIST, max(LIST, size.width - BETWEEN - WIDEST_PANE))
        pane = min(WIDEST_PANE, size.width - listed - BETWEEN)
        return cls(listed + BETWEEN + pane, listed, pane, size.height)


class Board(Rows, ScrollView):
    """Rows of which one is chosen, and lines beside those from `pane_from` on."""

    DEFAULT_CSS = """
    Board { height: 1fr; overflow: hidden auto; scrollbar-size-vertical: 1; }
    Board > .board--pane { background: $surface; }
    Board > .board--chosen { background: $chosen; }
    """
    COMPONENT_CLASSES = {"board--pane", "board--chosen"}

    class Resized(Message):
        """There is another room for the rows."""

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None, ascii_only: bool = False) -> None:
        super().__init__(rows, id=id)
        self.ascii_only = ascii_only
        self.pane_from = 0
        self._pane: tuple[Line, ...] = ()
        self._strips: dict[tuple[str, int, bool, int], Strip] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows that can be chosen."""
        return tuple(row.id for row in self._rows if row.id is not None)

    @property
    def ids_in_sight(self) -> tuple[str, ...]:
        """Those of the rows that are seen."""
        seen = self._rows[self.scroll_offset.y : self.scroll_offset.y + self.size.height]
        return tuple(row.id for row in seen if row.id is not None)

    def choose(self, row: str) -> None:
        """Choose a row that there is."""
        self._choose(next(number for number, other in enumerate(self._rows) if other.id == row))

    @property
    def room(self) -> Room:
        return Room.of(self.size)

    def show(self, rows: Sequence[Row], *, pane_from: int = 0, chosen: str | None = None) -> None:
        """Show other rows; `chosen` is chosen, or where it is none the row that was."""
        self.pane_from = pane_from
        self._strips.clear()
        super().show(rows)
        numbers = (number for number, row in enumerate(self._rows) if row.id == chosen and chosen is not None)
        self._at = next(numbers, self._at)
        self._measure(self.size)
        self._see()

    def _measure(self, size: Size) -> None:
        """Let the scrollbar know how many rows there are. It asks for a layout itself, where it comes or goes."""
        self.set_reactive(ScrollView.virtual_size, Size(size.width, len(self._rows)))
        self._scroll_update(self.virtual_size)

    def show_pane(self, lines: Iterable[Line]) -> None:
        """Show lines beside the list."""
        self._pane = tuple(lines)
        for key in [key for key in self._strips if key[0] == "pane"]:
            del self._strips[key]
        self.refresh()

    def draw_again(self) -> None:
        """Make the rows anew that are made when they are seen: what they say has changed."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self, event: Resize) -> None:
        self._strips.clear()
        self._measure(event.size)
        self.post_message(self.Resized())

    def on_click(self, event: Click) -> None:
        number = event.y + self.scroll_offset.y
        listed = number < self.pane_from or event.x < self.room.list
        if listed and 0 <= number < len(self._rows) and self._rows[number].id is not None:
            self._choose(number)
            self.post_message(self.Chosen())

    def _choose(self, at: int) -> None:
        before, self._at = self._at, at
        for number in (before, at):
            self.refresh_line(number)
        self._see()

    def _see(self) -> None:
        """Bring the chosen row into sight; before the first of them comes what is above it."""
        first = self._nearest(range(len(self._rows))) == self._at
        self.scroll_to_region(Region(0, 0 if first else self._at, 1, 1), animate=False)

    def render_line(self, y: int) -> Strip:
        number, room = y + self.scroll_offset.y, self.room
        if not room.pane or number < self.pane_from:
            return self._strip("row", number, room.whole).adjust_cell_length(
                self.size.width, self.visual_style.rich_style
            )
        pane = y - max(0, self.pane_from - self.scroll_offset.y)
        gap = Strip.blank(BETWEEN, self.visual_style.rich_style)
        parts = self._strip("row", number, room.list), gap, self._strip("pane", pane, room.pane)
        return Strip.join(parts).adjust_cell_length(self.size.width, self.visual_style.rich_style)

    def _strip(self, kind: str, number: int, width: int) -> Strip:
        """A row, or a line of the pane; it is kept until something changes."""
        chosen = kind == "row" and number == self._at and number < len(self._rows) and self.chosen is not None
        key = (kind, number, chosen, width)
        if key not in self._strips:
            if kind == "row":
                line = self._laid(self._rows[number], width, chosen=chosen) if number < len(self._rows) else ()
            else:
                line = (Span(" "), *self._pane[number]) if number < len(self._pane) else ()
            style = self.visual_style
            if kind == "pane":
                style = self.get_visual_style("board--pane")
            elif chosen:
                style = self.get_visual_style("board--chosen")
            content = content_of((fitted(line, width),))
            self._strips[key] = Visual.to_strips(self, content, width, 1, style)[0]
        return self._strips[key]

    def _laid(self, row: Row, width: int, *, chosen: bool) -> Line:
        """The spans of a row at a width."""
        edge = row.edge if isinstance(row, BoardRow) else ""
        lead: Line = (Span(f"{self._signed(EDGE) if edge else ' '} ", edge),)
        if row.id is not None or row.sign:
            sign = self._signed(CURSOR) if chosen else row.sign
            lead = (
                *lead,
                Span(sign + " " * (TEXT - MARGIN - cells(sign)), "mark" if chosen or not row.role else row.role),
            )
        room = width - MARGIN - sum(cells(span.text) for span in lead)
        right = row.right
        taken = sum(cells(span.text) for span in right)
        parts = row.parts if isinstance(row, BoardRow) else (Span(row.text, row.role),)
        left = fitted(parts(room - taken) if callable(parts) else parts, room - taken, self._signed(CUT))
        if chosen:
            left = tuple(Span(span.text, span.role or "strong") for span in left)
        return (*lead, *left, *right)

    def _signed(self, sign: str) -> str:
        return PLAIN[sign] if self.ascii_only else sign
