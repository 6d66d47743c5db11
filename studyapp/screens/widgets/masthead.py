"""The thin line at the top: what this is, where one is, and how the day stands."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from studyapp.screens.look import STYLES
from studyapp.typeset.width import cells, clip, inert

NAME = "studyapp"
GAP = 3
PARTING = "   "
"""What stands between the parts of a state."""


class Masthead(Widget):
    """One line: the name of the app and of the place at the left, a state at the right.

    Where it is too long, the first parts of the state give way, but for the `kept` last ones; then the place.
    """

    DEFAULT_CSS = "Masthead { height: 1; padding: 0 2; margin-bottom: 1; }"

    def __init__(self, place: str = "", state: str = "", *, kept: int = 0) -> None:
        super().__init__(markup=False)
        self._kept = kept
        self._place, self._state = inert(place), inert(state)

    def show(self, place: str | None = None, state: str | None = None) -> None:
        """Say another place or state."""
        self._place = self._place if place is None else inert(place)
        self._state = self._state if state is None else inert(state)
        self.refresh()

    def render(self) -> Content:
        """The line at the present width."""
        width = self.content_size.width
        room = max(0, width - len(NAME) - GAP)
        state = self._state
        while PARTING in state and state.count(PARTING) >= self._kept and cells(self._place) + 2 + cells(state) > room:
            state = state.partition(PARTING)[2]
        state = clip(state, room)
        room = width - len(NAME) - 2 - cells(state) - GAP
        place = clip(self._place, room, "…") if room > 0 else ""
        left = len(NAME) + 2 + cells(place)
        return Content.assemble(
            (NAME, STYLES["heading"]),
            "  ",
            (place, ""),
            " " * max(1, width - left - cells(state)),
            (state, STYLES["muted"]),
        )
