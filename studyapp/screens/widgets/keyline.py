"""The line at the bottom: the few keys that matter now. A click on one is the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from studyapp.screens.actions import LABELS, actions
from studyapp.screens.look import STYLES
from studyapp.typeset.width import cells

MOST = 5
GAP = "   "


class KeyLine(Widget):
    """At most five actions with their keys; what does not fit is left to the help."""

    DEFAULT_CSS = "KeyLine { height: 1; padding: 0 2; }"

    def __init__(self, screen: str, names: Sequence[str] = ()) -> None:
        super().__init__(markup=False)
        self._actions = actions(screen)
        self._names = tuple(names)
        self._labels: Mapping[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the actions that are shown."""
        return self._names

    def show(self, names: Sequence[str], labels: Mapping[str, str] | None = None) -> None:
        """Show these actions; `labels` names those that mean something else just now."""
        self._names = tuple(names)
        self._labels = labels or {}
        self.refresh()

    def render(self) -> Content:
        """The keys at the present width."""
        return Content(GAP).join(
            Content.assemble((key, STYLES["heading"]), (f" {label}", STYLES["muted"]))
            for key, label, _ in self._fitting()
        )

    async def on_click(self, event: Click) -> None:
        """A click on an action does it."""
        offset = event.get_content_offset(self)
        at = 0
        for key, label, name in self._fitting():
            end = at + cells(key) + 1 + cells(label)
            if offset is not None and at <= offset.x < end:
                await self.screen.run_action(name)
            at = end + len(GAP)

    def _fitting(self) -> Iterator[tuple[str, str, str]]:
        """Key, label and name of the actions for which there is room."""
        used = 0
        for name in self._names[:MOST]:
            key, label = self._actions[name].shown[0], LABELS[self._labels.get(name, name)]()
            used += cells(key) + 1 + cells(label) + len(GAP)
            if used - len(GAP) > self.content_size.width:
                return
            yield key, label, name
