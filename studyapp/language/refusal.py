"""How a reader's inner functions give up: an exception that never leaves this room."""

from __future__ import annotations

from typing import NoReturn

from studyapp.domain.expression import Span
from studyapp.domain.verdict import Unreadable

_LONGEST = 24
"""Characters of what was found that a sentence repeats."""


class RefusalError(Exception):
    """Carries an `Unreadable` from the depth of a reader to its door, where it becomes a value."""

    def __init__(self, unreadable: Unreadable) -> None:
        super().__init__(unreadable.code)
        self.unreadable = unreadable


def refuse(code: str, span: Span, found: str = "", *, nearest: str = "", readings: tuple[str, ...] = ()) -> NoReturn:
    """Give the text up, saying where and why."""
    raise RefusalError(Unreadable(code, span, visible(_short(found)), nearest, readings))


def visible(text: str) -> str:
    """The text with control and formatting characters spelt out (`U+001B`), so that a terminal shows them inert."""
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
