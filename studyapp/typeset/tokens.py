"""TeX text cut into lexemes, and a cursor over them."""

from __future__ import annotations

import re
from typing import NoReturn

from studyapp.typeset.width import inert

_LEXEME = re.compile(r"\\operatorname\*|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_LENGTH = re.compile(r"\[-?[0-9.]+(?:pt|em|ex|mm|cm)\]")
_ESCAPES = {"~": " ", "\\ ": " ", "\\,": " ", "\\;": " ", "\\:": " ", "\\!": ""} | {f"\\{c}": c for c in "_%#&${}"}
_REFUSED_IN_TEXT = frozenset(["", "$", "#", "%", "^", "_"])


class BrokenError(Exception):
    """The formula cannot be read on from here; it never leaves the reader."""

    def __init__(self, position: int, found: str) -> None:
        super().__init__(found)
        self.position = position
        self.found = found


class Cursor:
    """A place in the lexemes of a formula; white space is passed over except in text."""

    def __init__(self, tex: str) -> None:
        self._lexemes = [(match[0], match.start()) for match in _LEXEME.finditer(tex)]
        self._lexemes.append(("", len(tex)))
        self._index = 0

    def peek(self) -> str:
        """The next lexeme; the empty text at the end."""
        while self._lexemes[self._index][0].isspace():
            self._index += 1
        return self._lexemes[self._index][0]

    def take(self) -> str:
        """The next lexeme, passed."""
        lexeme = self.peek()
        if lexeme:
            self._index += 1
        return lexeme

    def position(self) -> int:
        """The character at which the next lexeme begins."""
        self.peek()
        return self._lexemes[self._index][1]

    def broken(self) -> NoReturn:
        """Ends the reading at the next lexeme."""
        raise BrokenError(self.position(), self.peek())

    def expect(self, lexeme: str) -> None:
        """Passes exactly this lexeme."""
        if self.peek() != lexeme:
            self.broken()
        self.take()

    def number(self) -> str:
        """A whole number or decimal; white space ends it."""
        digits = ""
        while is_digit(lexeme := self._lexemes[self._index][0]):
            digits += lexeme
            self._index += 1
            if (
                "." not in digits
                and self._lexemes[self._index][0] == "."
                and is_digit(self._lexemes[self._index + 1][0])
            ):
                digits += "."
                self._index += 1
        return digits

    def name(self) -> tuple[str, int]:
        """A name in braces, of letters and stars alone, and where it begins."""
        self.expect("{")
        name, begin = "", self._lexemes[self._index][1]
        while (lexeme := self._lexemes[self._index][0]) != "}":
            if not (lexeme == "*" or (lexeme.isascii() and lexeme.isalpha())):
                raise BrokenError(self._lexemes[self._index][1], lexeme)
            name += lexeme
            self._index += 1
        self.expect("}")
        return name, begin

    def skip_length(self) -> None:
        """Passes the extra height that may follow a line end at once: `[4pt]`."""
        if self._lexemes[self._index][0] != "[":
            return
        begin = self._index
        while self._lexemes[self._index][0] not in {"", "]"}:
            self._index += 1
        length = "".join(lexeme for lexeme, _ in self._lexemes[begin : self._index + 1])
        if not _LENGTH.fullmatch(length):
            self._index = begin
            self.broken()
        self._index += 1

    def text(self) -> str:
        """Running text in braces, with its white space."""
        self.expect("{")
        depth, text = 1, ""
        while True:
            lexeme = self._lexemes[self._index][0]
            depth += (lexeme == "{") - (lexeme == "}")
            if lexeme in _REFUSED_IN_TEXT or (lexeme.startswith("\\") and lexeme not in _ESCAPES):
                raise BrokenError(self._lexemes[self._index][1], lexeme)
            self._index += 1
            if depth == 0:
                return inert(text)
            if lexeme not in {"{", "}"}:
                text += " " if lexeme.isspace() else _ESCAPES.get(lexeme, lexeme)


def is_digit(lexeme: str) -> bool:
    """Whether a lexeme is one of 0 to 9."""
    return lexeme.isascii() and lexeme.isdigit()
