"""The line at the bottom: the few keys that matter now. A click on one is the key."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from studyapp.domain.words.screens import ScreensWords
from studyapp.screens.actions import actions, key_name
from studyapp.screens.look import STYLES
from studyapp.typeset import cells

MOST = 5
GAP = "   "


class KeyLine(Widget):
    """At most five actions with their keys; what does not fit is left to the help."""

    DEFAULT_CSS = "KeyLine { height: 1; padding: 0 2; }"

    def __init__(self, screen: str, words: ScreensWords, names: Sequence[str] = ()) -> None:
        super().__init__(markup=False)
        self._actions = actions(screen)
        self._words = words
        self._names = tuple(names)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the actions that are shown."""
        return self._names

    def show(self, names: Sequence[str]) -> None:
        """Show these actions."""
        self._names = tuple(names)
        self.refresh()

    def render(self) -> Content:
        """The keys at the present width."""
        parts: list[Content] = []
        used = 0
        for name in self._names[:MOST]:
            key, label = key_name(self._actions[name].keys[0]), self._words.label(name)
            used += cells(key) + 1 + cells(label) + (len(GAP) if parts else 0)
            if used > self.content_size.width:
                break
            click = f"@click=screen.{name}"
            parts.append(Content.assemble((key, f"bold $accent {click}"), (" " + label, f"{STYLES['muted']} {click}")))
        return Content(GAP).join(parts)
