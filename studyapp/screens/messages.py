"""What the app is given from outside, and how a screen asks it for another screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from textual.message import Message

DUE = ""
"""The name of the session of the day."""
PLACEMENT = "?placement"
"""The name of the round that finds out what is known already; no topic's id begins like this."""
EXERCISE = "?exercise "
"""What the name of a round begins with that asks one exercise; no topic's id begins like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the app is given from outside: places, the clock, and where ids and seeds come from.

    `language` is the one that pages are read in; `data` holds history and settings, `cache` is the file of the
    library's index, `theme` the look that was chosen. `now`, `new_id` and `seed` are the only ways to time and chance.
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
    log: Path | None = None


class Open(Message):
    """Open a screen by its name in `studyapp.screens.interior`, with what it is about."""

    def __init__(self, screen: str, *arguments: str) -> None:
        super().__init__()
        self.screen = screen
        self.arguments = arguments
