"""A plain notice while the terminal is too small for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from studyapp.domain.text import Text
from studyapp.screens.look import said

TOO_SMALL = Text(
    ja="端末が小さすぎます（{width}×{height}）。{least_width}×{least_height} 以上に広げてください。",
    en="The terminal is too small ({width}×{height}). At least {least_width}×{least_height} is needed.",
)

LEAST = Size(40, 16)


def is_too_small(size: Size) -> bool:
    """Whether nothing can be shown in that many cells."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmall(Screen[None]):
    """The app takes it away when the terminal has grown."""

    def __init__(self) -> None:
        super().__init__()

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
        sentence = TOO_SMALL(width=size.width, height=size.height, least_width=LEAST.width, least_height=LEAST.height)
        self.query_one("#notice", Static).update(said(sentence))
