"""Floor 5: The terminal app, one file per screen. textual lives here."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from studyapp.domain.values import dataclass

# Input methods commit several characters at once; terminals lose them in the kitty keyboard mode that Textual asks
# for. The variables are read when Textual is first imported, so they are set before anything here does.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
# Drawings of the screen in a second: with Textual's 60, a verdict waits 16 ms longer for its two frames.
os.environ.setdefault("TEXTUAL_FPS", "120")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the app is given from outside: places, the clock, and where ids and seeds come from.

    `language` is the one that pages are read in; `data` holds history and settings, `cache` is the file of the
    library's index, `theme` the look that was chosen. `now`, `new_id` and `seed` are the only ways to time and chance.
    For `guard` seconds after a verdict the key that answered does not lead on, so that pressed twice it skips nothing.
    Where `log` is None the kernel's own output is dropped.
    """

    language: str
    content: tuple[Path, ...]
    data: Path
    cache: Path | None
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    seed: Callable[[], int]
    theme: str = ""
    ascii_only: bool = False
    guard: float = 0.3
    log: Path | None = None
