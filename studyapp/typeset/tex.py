"""A TeX subset read into a tree; what it does not know is an error with its position, never dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

from studyapp.domain.limits import TEX_CELLS, TEX_CHARACTERS, TEX_DEPTH
from studyapp.typeset.signs import COMMANDS, DELIMITERS, SPACES, fence_sign, restyled, sign_of
from studyapp.typeset.tree import (
    Accent,
    Fenced,
    Fraction,
    Grid,
    GridStyle,
    Kind,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    Space,
    TexError,
    TextRun,
)
from studyapp.typeset.width import cells, inert

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


_ENDS = frozenset(["}", "&", "\\\\", "\\right", "\\middle", "\\end", ""])
_SCRIPTS = frozenset(["^", "_", "'"])
_LIMITS = frozenset(["\\limits", "\\nolimits"])
_SILENT = frozenset(["displaystyle", "textstyle", "scriptstyle", "nonumber", "notag"])
_SIZES = re.compile(r"[bB]igg?([lrm]?)")
_SIDES = {"l": Kind.OPEN, "r": Kind.CLOSE, "m": Kind.RELATION, "": Kind.ORDINARY}
_ENVIRONMENTS: Mapping[str, tuple[GridStyle, str, str]] = {
    "matrix": ("matrix", "", ""), "smallmatrix": ("matrix", "", ""), "array": ("matrix", "", ""),
    "pmatrix": ("matrix", "(", ")"), "bmatrix": ("matrix", "[", "]"), "Bmatrix": ("matrix", "{", "}"),
    "vmatrix": ("matrix", "|", "|"), "Vmatrix": ("matrix", "‖", "‖"), "cases": ("cases", "{", ""),
    "aligned": ("aligned", "", ""), "align": ("aligned", "", ""), "align*": ("aligned", "", ""),
    "split": ("aligned", "", ""), "gathered": ("gathered", "", ""), "gather": ("gathered", "", ""),
    "gather*": ("gathered", "", ""), "equation": ("gathered", "", ""), "equation*": ("gathered", "", ""),
}  # fmt: skip
_ALIGNS: Mapping[GridStyle, str] = {"matrix": "c", "cases": "l", "aligned": "rl", "gathered": "c"}


def parse(tex: str) -> Node | TexError:
    """The tree of a formula (TeX without its dollars), or where it breaks."""
    if len(tex) > TEX_CHARACTERS:
        return TexError(TEX_CHARACTERS, tex[TEX_CHARACTERS : TEX_CHARACTERS + 20])
    try:
        return _Reader(tex).row(frozenset([""]))
    except BrokenError as broken:
        return TexError(broken.position, broken.found)


class _Reader:
    """Recursive descent; its place, its depth and the shape of letters are its only state."""

    def __init__(self, tex: str) -> None:
        self._cursor = Cursor(tex)
        self._depth = 0
        self._style = ""

    def row(self, stops: frozenset[str]) -> Row:
        """Parts up to one of the `stops`, which is left to be taken."""
        items: list[Node] = []
        while (lexeme := self._cursor.peek()) not in stops:
            if lexeme in _ENDS:
                self._cursor.broken()
            if (item := self._item()) is not None:
                items.append(item)
        return Row(tuple(items))

    def _item(self) -> Node | None:
        base = Row(()) if self._cursor.peek() in _SCRIPTS else self._atom(whole_numbers=True)
        if base is None or isinstance(base, Space):
            return base
        while self._cursor.peek() in _LIMITS:
            if not isinstance(base, Sign):
                self._cursor.broken()
            base = replace(base, limits=self._cursor.take() == "\\limits")
        return self._with_scripts(base)

    def _with_scripts(self, base: Node) -> Node:
        below: Node | None = None
        above: Node | None = None
        primes: tuple[Node, ...] = ()
        while (lexeme := self._cursor.peek()) in _SCRIPTS:
            if below if lexeme == "_" else above:
                self._cursor.broken()
            self._cursor.take()
            match lexeme:
                case "^":
                    above = self._argument()
                case "_":
                    below = self._argument()
                case _:
                    primes += (COMMANDS["prime"],)
        if primes:
            above = Row((*primes, above)) if above else Row(primes)
        return Scripts(base, below, above) if below or above else base

    def _argument(self) -> Node:
        """What a command or script applies to: a group in braces or a single lexeme."""
        argument: Node | None = None
        while argument is None:
            if self._cursor.peek() in _ENDS | _SCRIPTS:
                self._cursor.broken()
            argument = self._atom(whole_numbers=False)
        if isinstance(argument, Row) and len(argument.items) == 1:
            return argument.items[0]
        return argument

    def _atom(self, *, whole_numbers: bool) -> Node | None:
        """One part; None for a command that says nothing to be seen."""
        self._depth += 1
        if self._depth > TEX_DEPTH:
            self._cursor.broken()
        lexeme = self._cursor.peek()
        node: Node | None
        if lexeme == "{":
            self._cursor.take()
            node = self.row(frozenset(["}"]))
            self._cursor.take()
        elif is_digit(lexeme):
            node = self._number(self._cursor.number() if whole_numbers else self._cursor.take())
        elif lexeme == "~":
            self._cursor.take()
            node = Space(1)
        elif lexeme.startswith("\\"):
            node = self._command(lexeme[1:])
        else:
            node = self._character(lexeme)
        self._depth -= 1
        return node

    def _number(self, digits: str) -> Sign:
        return Sign(digits, "".join(restyled(digit, self._style) for digit in digits), digits)

    def _character(self, character: str) -> Node:
        sign = sign_of(character)
        if sign is None and not (character.isalnum() and cells(character)):
            self._cursor.broken()
        self._cursor.take()
        return self._shaped(sign) if sign else TextRun(character)

    def _shaped(self, sign: Sign) -> Sign:
        return replace(sign, text=restyled(sign.text, self._style)) if self._style else sign

    def _command(self, name: str) -> Node | None:
        size = _SIZES.fullmatch(name)
        construct = _CONSTRUCTS.get(name)
        if not (size or construct or name in SPACES or name in COMMANDS or name in _SILENT):
            self._cursor.broken()
        self._cursor.take()
        if name in SPACES:
            return Space(SPACES[name])
        if name in COMMANDS:
            return self._shaped(COMMANDS[name])
        if size:  # here a fence is as large as its row
            return replace(fence_sign(self._delimiter()), kind=_SIDES[size[1]])
        return construct(self, name) if construct else None

    def _delimiter(self) -> str:
        if self._cursor.peek() not in DELIMITERS:
            self._cursor.broken()
        return DELIMITERS[self._cursor.take()]

    def fraction(self, name: str) -> Node:
        """`frac` and its kin."""
        top, bottom = self._argument(), self._argument()
        if name in {"binom", "dbinom", "tbinom"}:
            return Fenced(("(", ")"), (Fraction(top, bottom, ruled=False),))
        match name:
            case "tfrac":
                return Fraction(top, bottom, size="small")
            case "dfrac":
                return Fraction(top, bottom, size="large")
            case _:
                return Fraction(top, bottom)

    def root(self, _: str) -> Root:
        """`sqrt`, with its degree in brackets."""
        degree = None
        if self._cursor.peek() == "[":
            self._cursor.take()
            degree = self.row(frozenset("]"))
            self._cursor.take()
        return Root(self._argument(), degree)

    def accent(self, name: str) -> Node:
        """A mark; on a body with scripts it sits on the base alone."""
        body = self._argument()
        if isinstance(body, Scripts) and isinstance(body.base, Sign) and name in _SMALL_ACCENTS:
            return replace(body, base=Accent(name, body.base))
        return Accent(name, body)

    def stacked(self, name: str) -> Scripts:
        """`overset` and `underset`."""
        script, body = self._argument(), self._argument()
        base = Accent(name, body)
        return Scripts(base, script, None) if name == "underset" else Scripts(base, None, script)

    def styled(self, name: str) -> Node:
        """Letters in another shape, which is put on while they are read."""
        outer, self._style = self._style, name
        body = self._argument()
        self._style = outer
        return (_as_word(body) or body) if name in _UPRIGHT else body

    def text(self, _: str) -> TextRun:
        """`text` and its kin."""
        return TextRun(self._cursor.text())

    def operator(self, name: str) -> Sign:
        """`operatorname`, with limits where it is starred."""
        word = self._cursor.text().strip()
        return Sign(word, word, word, Kind.OPERATOR, limits=name.endswith("*"))

    def fenced(self, _: str) -> Fenced:
        """`left … middle … right`."""
        fences = [self._delimiter()]
        parts: list[Node] = []
        while True:
            parts.append(self.row(frozenset(["\\right", "\\middle"])))
            last = self._cursor.take() == "\\right"
            fences.append(self._delimiter())
            if last:
                return Fenced(tuple(fences), tuple(parts))

    def environment(self, _: str) -> Node:
        """`begin … end`."""
        name, begin = self._cursor.name()
        if name not in _ENVIRONMENTS:
            raise BrokenError(begin, name)
        style, left, right = _ENVIRONMENTS[name]
        aligns = self._cursor.name()[0] if name == "array" else ""
        if set(aligns) - set("lcr"):
            raise BrokenError(begin, name)
        rows = self._grid_rows()
        self._cursor.expect("\\end")
        ended, end = self._cursor.name()
        if ended != name:
            raise BrokenError(end, ended)
        columns = max(len(row) for row in rows)
        if columns * len(rows) > TEX_CELLS:
            raise BrokenError(begin, name)
        grid = Grid(tuple(rows), (aligns + _ALIGNS[style] * columns)[:columns], style)
        return Fenced((left, right), (grid,)) if left or right else grid

    def _grid_rows(self) -> list[tuple[Node, ...]]:
        """Cells up to `end`; a line end before it opens no further row."""
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        while True:
            row.append(self.row(frozenset(["&", "\\\\", "\\end"])))
            lexeme = self._cursor.peek()
            if lexeme != "&":
                if lexeme == "\\\\" or row != [Row(())] or not rows:
                    rows.append(tuple(row))
                row = []
            if lexeme == "\\end":
                return rows
            self._cursor.take()
            if lexeme == "\\\\":
                self._cursor.skip_length()


def _as_word(body: Node) -> TextRun | None:
    """Upright letters, if they are nothing else, as the word that they spell."""
    if not isinstance(body, Row) or not all(isinstance(item, Sign) and item.text.isalnum() for item in body.items):
        return None
    return TextRun("".join(item.text for item in body.items if isinstance(item, Sign)))


_UPRIGHT = frozenset(["mathrm", "mathsf", "mathtt"])
_SMALL_ACCENTS = frozenset(["hat", "bar", "tilde", "vec", "dot", "ddot", "check", "breve", "acute", "grave"])
_WIDE_ACCENTS = frozenset(
    ["overline", "underline", "widehat", "widetilde", "overrightarrow", "underbrace", "overbrace"]
)
_FRACTIONS = frozenset(["frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom"])
_STYLES = frozenset(["rm", "bf", "it", "sf", "tt", "normal", "cal", "scr", "bb", "frak"])
_TEXTS = frozenset(["text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "mbox"])
_CONSTRUCTS: Mapping[str, Callable[[_Reader, str], Node]] = (
    dict.fromkeys(_FRACTIONS, _Reader.fraction)
    | dict.fromkeys(_SMALL_ACCENTS | _WIDE_ACCENTS, _Reader.accent)
    | dict.fromkeys({f"math{style}" for style in _STYLES} | {"boldsymbol", "bm"}, _Reader.styled)
    | dict.fromkeys(_TEXTS, _Reader.text)
    | dict.fromkeys(["operatorname", "operatorname*"], _Reader.operator)
    | dict.fromkeys(["overset", "underset"], _Reader.stacked)
    | {"sqrt": _Reader.root, "left": _Reader.fenced, "begin": _Reader.environment}
)
