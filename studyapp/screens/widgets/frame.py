"""The frame of a screen: where one is at the top; what has just happened, and the keys that matter, at the bottom."""

from collections.abc import Iterator, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widget import Widget
from textual.widgets import Static

from studyapp.screens.actions import actions, label
from studyapp.screens.widgets.lines import STYLES
from studyapp.typeset.width import cells, clip, inert

NAME = "studyapp"
GAP = "   "
"""Cells between two keys, and between the parts of a state."""
MOST_KEYS = 5


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

    Where it is too long, the first parts of the state give way, but for the `kept` last ones; then the title.
    """

    DEFAULT_CSS = "Masthead { height: 1; padding: 0 2; margin-bottom: 1; }"

    def __init__(self, title: str = "", state: str = "", *, kept: int = 0) -> None:
        super().__init__(markup=False)
        self._kept = kept
        self._title, self._state = inert(title), inert(state)

    def show(self, title: str | None = None, state: str | None = None) -> None:
        """Show another title or state."""
        self._title = self._title if title is None else inert(title)
        self._state = self._state if state is None else inert(state)
        self.refresh()

    def render(self) -> Content:
        room = max(0, self.content_size.width - cells(NAME + GAP))
        state = self._state
        while state.count(GAP) >= max(1, self._kept) and cells(self._title) + 2 + cells(state) > room:
            state = state.partition(GAP)[2]
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
    """At most five actions with their keys; what does not fit is left to the help. A click on one is its key."""

    DEFAULT_CSS = "KeyLine { height: 1; padding: 0 2; }"

    def __init__(self, table: str, names: Sequence[str] = ()) -> None:
        super().__init__(markup=False)
        self._actions = actions(table)
        self.names = tuple(names)
        self._labels: Mapping[str, str] = {}

    def show(self, names: Sequence[str], labels: Mapping[str, str] | None = None) -> None:
        """Show these actions; `labels` gives the names of those that mean something else just now."""
        self.names = tuple(names)
        self._labels = labels or {}
        self.refresh()

    def render(self) -> Content:
        return Content(GAP).join(
            Content.assemble((key, STYLES["heading"]), (f" {text}", STYLES["muted"]))
            for key, text, _ in self._fitting()
        )

    async def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        at = 0
        for key, text, name in self._fitting():
            end = at + cells(f"{key} {text}")
            if offset is not None and at <= offset.x < end:
                await self.screen.run_action(name)
            at = end + len(GAP)

    def _fitting(self) -> Iterator[tuple[str, str, str]]:
        """Key, label and name of the actions for which there is room."""
        room = self.content_size.width
        for name in self.names[:MOST_KEYS]:
            key, text = self._actions[name].shown[0], label(self._labels.get(name, name))
            room -= cells(f"{key} {text}")
            if room < 0:
                return
            yield key, text, name
            room -= len(GAP)
