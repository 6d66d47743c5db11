"""Small parts that several screens use: typeset text, a list of rows, and the frame of a screen.

Lines are set anew for each width, so that nothing is ever cut, and nothing in them is read as markup.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from studyapp.domain.values import dataclass
from studyapp.screens.actions import LEAVING, MOVEMENT, actions, character_of, label
from studyapp.typeset.lines import Line, Span
from studyapp.typeset.width import cells, clip, inert

STYLES: Mapping[str, str] = {
    "heading": "bold $accent",
    "strong": "bold",
    "emphasis": "italic",
    "code": "$typed",
    "math": "$formula",
    "curve2": "$secondary",
    "curve3": "$success",
    "curve4": "$warning",
    "quote": "$muted",
    "link": "underline",
    "rule": "$muted",
    "mark": "$accent",
    "muted": "$muted",
    "clock": "bold $clock",
    "faint": "$faint",
    **{f"heat{step}": f"$heat-{step}" for step in range(1, 5)},
    "good": "bold $success",
    "bad": "bold $error",
    "near": "bold $warning",
    "good-badge": "bold reverse $success",
    "bad-badge": "bold reverse $error",
    "near-badge": "bold reverse $warning",
    "chosen": "bold on $chosen",
    "unit": "",
    "lit": "bold $accent",
    "value": "$success",
    "delta": "$warning",
    "edge": "$muted",
    "weight": "$formula",
}
"""Styles by role, in the variables of the theme."""

SIGNS: Mapping[str, tuple[str, str]] = {
    "correct": ("○", "good"),
    "rounding": ("△", "near"),
    "wrong": ("×", "bad"),
    "unreadable": ("？", "near"),
    "undecided": ("？", "near"),
}
"""The sign of each `Outcome` and its role; a word comes with it, for a state is never shown by colour alone."""

Maker = Callable[[int], Iterable[Line]]  # lines for a width in cells


class Lines(Widget):
    """Lines of spans from a maker that knows the width."""

    DEFAULT_CSS = "Lines { height: auto; }"

    def __init__(self, make: Maker | None = None, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._make: Maker = make or (lambda _width: ())
        self._set: tuple[int, Content] | None = None

    def show(self, make: Maker) -> None:
        self._make = make
        self._set = None
        self.display = True
        self.refresh(layout=True)

    def show_lines(self, lines: Iterable[Line]) -> None:
        kept = tuple(lines)
        self.show(lambda _width: kept)

    def set_again(self) -> None:
        """Set the lines anew: what their maker looks at has changed."""
        self._set = None
        self.refresh(layout=True)

    def clear(self) -> None:
        self.show_lines(())
        self.display = False

    def render(self) -> Content:
        return self._content(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that the lines take at a width; what is wider (code) is folded, not cut."""
        content = self._content(width)
        return content.get_height({}, width) if content else 0

    def _content(self, width: int) -> Content:
        if self._set is None or self._set[0] != width:
            self._set = (width, content_of(self._make(max(1, width))))
        return self._set[1]


def content_of(lines: Iterable[Line]) -> Content:
    """The lines with their looks."""
    parts: list[str | tuple[str, str]] = []
    for number, line in enumerate(lines):
        if number:
            parts.append("\n")
        parts += [(inert(span.text), STYLES.get(span.role, "")) for span in line]
    return Content.assemble(*parts)


def said(text: str, role: str = "") -> Content:
    """One sentence in a role; its line ends are kept."""
    return Content.styled("\n".join(inert(line) for line in text.split("\n")), STYLES.get(role, ""))


SHORT_TEXT = 24  # cells of a text that are worth more than the spans at the right


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
    """Rows of which one is chosen, by keys of the screen or a click; only those that are seen are made into lines."""

    DEFAULT_CSS = "Rows { height: auto; }"
    ALLOW_SELECT = False  # dragging over a list chooses in it

    class Chosen(Message):
        """A row was chosen with the mouse."""

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows = tuple(rows)
        self._at = 0
        self._at = self._nearest(range(len(rows)))
        self._dropped: dict[int, int] = {}

    @property
    def chosen(self) -> str | None:
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


NAME = "studyapp"
GAP = "   "  # cells between two keys, and between the parts of a state
LEAST_TITLE = 8  # cells of a title, as far as it has so many, for which a state gives way
ROOMY = 60  # cells from which a key line always shows what leaves the screen


def framed(table: str, *parts: Widget, title: str = "", state: str = "", keys: Sequence[str] = ()) -> ComposeResult:
    """The parts of a screen in their frame; `table` and `keys` name its actions and those to show."""
    yield Masthead(title, state)
    yield from parts
    yield Status()
    yield KeyLine(table, keys)


def body(*parts: Widget) -> VerticalScroll:
    """The part of a screen that scrolls."""
    return VerticalScroll(*parts, id="body", can_focus=False)


class Masthead(Widget):
    """One line: the name of the app and a title at the left, a state at the right.

    Where it is too long, the first parts of the state give way, but for the `kept` last ones; then the title. A state
    of which nothing must be kept gives way altogether before a few cells of the title do.
    """

    DEFAULT_CSS = "Masthead { height: 1; padding: 0 2; margin-bottom: 1; }"

    def __init__(self, title: str = "", state: str = "", *, kept: int = 0) -> None:
        super().__init__(markup=False)
        self._kept = kept
        self._title, self._state = inert(title), inert(state)

    def show(self, title: str | None = None, state: str | None = None) -> None:
        self._title = self._title if title is None else inert(title)
        self._state = self._state if state is None else inert(state)
        self.refresh()

    def render(self) -> Content:
        room = max(0, self.content_size.width - cells(NAME + GAP))
        state = self._state
        while state.count(GAP) >= max(1, self._kept) and cells(self._title) + 2 + cells(state) > room:
            state = state.partition(GAP)[2]
        if not self._kept and room - 2 - cells(state) < min(cells(self._title), LEAST_TITLE):
            state = ""
        state = clip(state, room)
        room -= 2 + cells(state)
        title = clip(self._title, room, "…") if room > 0 else ""
        gap = max(1, room + len(GAP) - cells(title))
        return Content.assemble((NAME, STYLES["heading"]), "  ", (title, ""), " " * gap, (state, STYLES["muted"]))


class Status(Static):
    """One or two lines for what has just happened. It keeps its row, so that nothing moves when it speaks."""

    DEFAULT_CSS = "Status { height: auto; min-height: 1; max-height: 4; padding: 0 2; }"

    def __init__(self) -> None:
        super().__init__(markup=False)


class KeyLine(Widget):
    """What works now, as many actions as there is room for, the help last, at the right. A click on one is its key."""

    DEFAULT_CSS = "KeyLine { height: 1; padding: 0 2; }"

    def __init__(self, table: str, names: Sequence[str] = ()) -> None:
        super().__init__(markup=False)
        self._table = table
        self.names = tuple(names)
        self._labels: Mapping[str, str] = {}

    def show(self, names: Sequence[str] = (), labels: Mapping[str, str] | None = None) -> None:
        """Show what works now, these first; `labels` gives the names of what means something else just now."""
        self.names = tuple(names)
        self._labels = labels or {}
        self.refresh()

    def render(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        at = 0
        for start, key, text, _ in self._placed():
            parts += [" " * (start - at), (key, STYLES["heading"]), (f" {text}", STYLES["muted"])]
            at = start + cells(f"{key} {text}")
        return Content.assemble(*parts)

    async def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        for start, key, text, name in self._placed():
            if offset is not None and start <= offset.x < start + cells(f"{key} {text}"):
                await self.screen.run_action(name)
                return

    def _placed(self) -> list[tuple[int, str, str, str]]:
        """Column, key, label and name of the actions for which there is room, some of it kept for what leaves."""
        keys = {name: keys[0] for name, keys in usable_keys(self.screen, self._table).items() if name not in MOVEMENT}
        ordered = [name for name in dict.fromkeys((*self.names, *keys)) if name in keys]
        kept = LEAVING if self.content_size.width >= ROOMY else ()
        last = [name for name in (*kept, "help") if name in keys]
        texts = {name: (keys[name], label(self._labels.get(name, name))) for name in ordered}
        widths = {name: cells(" ".join(texts[name])) for name in ordered}
        room = self.content_size.width - sum(widths[name] for name in last) - len(GAP) * max(0, len(last) - 1)
        shown: list[str] = []
        for name in ordered:
            if name in last or texts[name][1] in {texts[other][1] for other in shown}:
                continue
            if widths[name] + len(GAP) <= room:
                room -= widths[name] + len(GAP)
                shown.append(name)
        placed, at = [], 0
        for name in (*shown, *last):
            start = max(at, self.content_size.width - widths[name]) if name == "help" else at
            placed.append((start, *texts[name], name))
            at = start + widths[name] + len(GAP)
        return placed


def usable_keys(screen: Screen[Any], table: str) -> dict[str, tuple[str, ...]]:
    """The keys, as they are written, of each action that works on a screen now; a line takes letters for itself."""
    applies: Callable[[str], bool] = getattr(screen, "applies", lambda _name: True)
    focused = screen.focused

    def is_free(key: str) -> bool:
        return focused is None or not focused.check_consume_key(key, character_of(key))

    usable = {
        action.name: tuple(key for key, name in zip(action.shown, action.keys, strict=False) if is_free(name))
        for action in actions(table).values()
        if applies(action.name)
    }
    return {name: keys for name, keys in usable.items() if keys}
