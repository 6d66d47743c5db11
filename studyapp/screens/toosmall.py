"""A plain notice while the terminal is too small for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from studyapp.domain.words.screens import ScreensWords
from studyapp.screens.look import said

LEAST = Size(40, 16)


def is_too_small(size: Size) -> bool:
    """Whether nothing can be shown in that many cells."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmall(Screen[None]):
    """The app takes it away when the terminal has grown."""

    def __init__(self, words: ScreensWords) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static("", markup=False, id="notice")

    def on_mount(self) -> None:
        """Say how small it is."""
        self._tell(self.app.size)

    def on_resize(self, event: Resize) -> None:
        """Say it anew."""
        self._tell(event.size)

    def _tell(self, size: Size) -> None:
        sentence = self._words.size(size.width, size.height, LEAST.width, LEAST.height)
        self.query_one("#notice", Static).update(said(sentence))
