"""A caret line under a text, aligned in terminal cells."""

from __future__ import annotations

import unicodedata

from studyapp.domain.expression import Span


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
