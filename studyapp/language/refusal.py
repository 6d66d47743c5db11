"""How a reader refuses a text: an exception that never leaves this room, and carets below the range at fault."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
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

    def in_signs_of(self, text: str) -> Unreadable:
        """What is wrong with a typed text, powers written with `^` unless the text has `**`."""
        unreadable = self.unreadable
        if "**" in text:
            return unreadable
        readings = tuple(reading.replace("**", "^") for reading in unreadable.readings)
        return replace(unreadable, nearest=unreadable.nearest.replace("**", "^"), readings=readings)


def refuse(code: str, span: Span, found: str = "", *, nearest: str = "", readings: tuple[str, ...] = ()) -> NoReturn:
    """Give the text up, saying where and why; what was found is no suggestion for itself."""
    raise RefusalError(Unreadable(code, span, visible(_short(found)), "" if nearest == found else nearest, readings))


def visible(text: str) -> str:
    """The text with control and formatting characters spelt out (`U+001B`), so that a terminal shows them inert."""
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def caret(text: str, span: Span) -> str:
    """Two lines: the text, and carets below the characters of `span` (one caret where the span is empty).

    Control characters are shown as their pictures (`␛`), so that the first line is inert and one line.
    """
    start, stop = max(0, min(span[0], len(text))), min(span[1], len(text))
    shown = [_inert(char) for char in text]
    before = sum(map(_cells, shown[:start]))
    marked = sum(map(_cells, shown[start:stop]))
    return "".join(shown) + "\n" + " " * before + "^" * max(marked, 1)


def _inert(char: str) -> str:
    if char == "\u3000" or char.isprintable():
        return char
    if char < " ":
        return chr(0x2400 + ord(char))
    return "␡" if char == "\x7f" else "�"


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
