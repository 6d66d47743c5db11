"""A TeX subset read into a tree; what it does not know is an error with its position, never dropped."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, NoReturn

from studyapp.domain.limits import TEX_CELLS, TEX_CHARACTERS, TEX_DEPTH
from studyapp.typeset import tree
from studyapp.typeset.signs import COMMANDS, DELIMITERS, SPACES, plain_fence, restyled, sign_of
from studyapp.typeset.tree import Kind
from studyapp.typeset.width import cells, inert

_LEXEME = re.compile(r"\\operatorname\*|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
# The characters of these are a lexeme each.
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAME = re.compile(r"[A-Za-z*]*")
_LENGTH = re.compile(r"\[-?[0-9.]+(?:pt|em|ex|mm|cm)\]")
_ESCAPES = {"~": " ", "\\ ": " ", "\\,": " ", "\\;": " ", "\\:": " ", "\\!": ""} | {f"\\{c}": c for c in "_%#&${}"}
_REFUSED_IN_TEXT = frozenset(["", "$", "#", "%", "^", "_"])
_ENDS = frozenset(["}", "&", "\\\\", "\\right", "\\middle", "\\end", ""])
_SCRIPTS = frozenset(["^", "_", "'"])
_LIMITS = frozenset(["\\limits", "\\nolimits"])
_SILENT = frozenset(["displaystyle", "textstyle", "scriptstyle", "nonumber", "notag"])
_SIZES = re.compile(r"[bB]igg?([lrm]?)")
_SIDES = {"l": Kind.OPEN, "r": Kind.CLOSE, "m": Kind.RELATION, "": Kind.ORDINARY}
_ENVIRONMENTS: Mapping[str, tuple[tree.GridStyle, str, str]] = {
    "matrix": ("matrix", "", ""), "smallmatrix": ("matrix", "", ""), "array": ("matrix", "", ""),
    "pmatrix": ("matrix", "(", ")"), "bmatrix": ("matrix", "[", "]"), "Bmatrix": ("matrix", "{", "}"),
    "vmatrix": ("matrix", "|", "|"), "Vmatrix": ("matrix", "‖", "‖"), "cases": ("cases", "{", ""),
    "aligned": ("aligned", "", ""), "align": ("aligned", "", ""), "align*": ("aligned", "", ""),
    "split": ("aligned", "", ""), "gathered": ("gathered", "", ""), "gather": ("gathered", "", ""),
    "gather*": ("gathered", "", ""), "equation": ("gathered", "", ""), "equation*": ("gathered", "", ""),
}  # fmt: skip
_ALIGNS: Mapping[tree.GridStyle, str] = {"matrix": "c", "cases": "l", "aligned": "rl", "gathered": "c"}
_FRACTIONS: Mapping[str, Literal["small", "large", "fitting"]] = {
    "frac": "fitting", "cfrac": "fitting", "tfrac": "small", "dfrac": "large",
}  # fmt: skip
_UPRIGHT = frozenset(["mathrm", "mathsf", "mathtt"])
_STYLES = ("rm", "bf", "it", "sf", "tt", "normal", "cal", "scr", "bb", "frak")
_SMALL_ACCENTS = frozenset(["hat", "bar", "tilde", "vec", "dot", "ddot", "check", "breve", "acute", "grave"])
_WIDE_ACCENTS = ("overline", "underline", "widehat", "widetilde", "overrightarrow", "underbrace", "overbrace")
_TEXTS = ("text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "mbox")


class BrokenError(Exception):
    """The formula cannot be read on from a lexeme; it never leaves the reader."""

    def __init__(self, position: int, found: str) -> None:
        super().__init__(found)
        self.error = tree.TexError(position, found)


def parse(tex: str) -> tree.Node | tree.TexError:
    """The tree of a formula (TeX without its dollars), or where it breaks."""
    if len(tex) > TEX_CHARACTERS:
        return tree.TexError(TEX_CHARACTERS, tex[TEX_CHARACTERS : TEX_CHARACTERS + 20])
    try:
        return _Reader(tex).row("")
    except BrokenError as broken:
        return broken.error


class _Reader:
    """Recursive descent; its place, its depth and the shape of letters are its only state."""

    def __init__(self, tex: str) -> None:
        self._tex = tex
        self._lexemes = [(match[0], match.start()) for match in _LEXEME.finditer(tex)] + [("", len(tex))]
        self._index = 0
        self._depth = 0
        self._style = ""

    def _raw(self) -> str:
        """The next lexeme, white space too; the empty text at the end."""
        return self._lexemes[self._index][0]

    def _peek(self) -> str:
        while self._raw().isspace():
            self._index += 1
        return self._raw()

    def _take(self) -> str:
        lexeme = self._peek()
        self._index += bool(lexeme)
        return lexeme

    def _position(self) -> int:
        return self._lexemes[self._index][1]

    def _broken(self) -> NoReturn:
        raise BrokenError(self._position(), self._raw())

    def _expect(self, lexeme: str) -> None:
        if self._peek() != lexeme:
            self._broken()
        self._take()

    def _pass(self, pattern: re.Pattern[str]) -> str:
        """What a pattern finds here, empty for nothing."""
        match = pattern.match(self._tex, self._position())
        text = match[0] if match else ""
        self._index += len(text)
        return text

    def _name(self) -> tuple[str, int]:
        self._expect("{")
        begin, name = self._position(), self._pass(_NAME)
        if self._raw() != "}":
            self._broken()
        self._take()
        return name, begin

    def _text(self) -> str:
        self._expect("{")
        depth, text = 1, ""
        while True:
            lexeme = self._raw()
            depth += (lexeme == "{") - (lexeme == "}")
            if lexeme in _REFUSED_IN_TEXT or (lexeme.startswith("\\") and lexeme not in _ESCAPES):
                self._broken()
            self._index += 1
            if depth == 0:
                return inert(text)
            if lexeme not in {"{", "}"}:
                text += " " if lexeme.isspace() else _ESCAPES.get(lexeme, lexeme)

    def row(self, *stops: str) -> tree.Row:
        """Parts up to one of the `stops`, which is left to be taken."""
        items: list[tree.Node] = []
        while (lexeme := self._peek()) not in stops:
            if lexeme in _ENDS:
                self._broken()
            if (item := self._item()) is not None:
                items.append(item)
        return tree.Row(tuple(items))

    def _item(self) -> tree.Node | None:
        base = tree.Row(()) if self._peek() in _SCRIPTS else self._atom(whole_numbers=True)
        if base is None or isinstance(base, tree.Space):
            return base
        while self._peek() in _LIMITS:
            if not isinstance(base, tree.Sign):
                self._broken()
            base = replace(base, limits=self._take() == "\\limits")
        return self._with_scripts(base)

    def _with_scripts(self, base: tree.Node) -> tree.Node:
        below: tree.Node | None = None
        above: tree.Node | None = None
        primes: tuple[tree.Node, ...] = ()
        while (lexeme := self._peek()) in _SCRIPTS:
            if below if lexeme == "_" else above:
                self._broken()
            self._take()
            if lexeme == "^":
                above = self._argument()
            elif lexeme == "_":
                below = self._argument()
            else:
                primes += (COMMANDS["prime"],)
        if primes:
            above = tree.Row((*primes, above)) if above else tree.Row(primes)
        return tree.Scripts(base, below, above) if below or above else base

    def _argument(self) -> tree.Node:
        """What a command or script applies to: a group in braces or a single lexeme."""
        argument: tree.Node | None = None
        while argument is None:
            if self._peek() in _ENDS | _SCRIPTS:
                self._broken()
            argument = self._atom(whole_numbers=False)
        if isinstance(argument, tree.Row) and len(argument.items) == 1:
            return argument.items[0]
        return argument

    def _atom(self, *, whole_numbers: bool) -> tree.Node | None:
        """One part; None for a command that says nothing to be seen."""
        self._depth += 1
        if self._depth > TEX_DEPTH:
            self._broken()
        lexeme = self._peek()
        node: tree.Node | None
        if lexeme == "{":
            self._take()
            node = self.row("}")
            self._take()
        elif _NUMBER.fullmatch(lexeme):
            digits = self._pass(_NUMBER) if whole_numbers else self._take()
            node = tree.Sign(digits, "".join(restyled(digit, self._style) for digit in digits), digits)
        elif lexeme == "~":
            self._take()
            node = tree.Space(1)
        elif lexeme.startswith("\\"):
            node = self._command(lexeme[1:])
        else:
            node = self._character(lexeme)
        self._depth -= 1
        return node

    def _character(self, character: str) -> tree.Node:
        sign = sign_of(character)
        if sign is None and not (character.isalnum() and cells(character)):
            self._broken()
        self._take()
        return self._shaped(sign) if sign else tree.TextRun(character)

    def _shaped(self, sign: tree.Sign) -> tree.Sign:
        return replace(sign, text=restyled(sign.text, self._style)) if self._style else sign

    def _command(self, name: str) -> tree.Node | None:
        size = _SIZES.fullmatch(name)
        construct = _CONSTRUCTS.get(name)
        if not (size or construct or name in SPACES or name in COMMANDS or name in _SILENT):
            self._broken()
        self._take()
        if name in SPACES:
            return tree.Space(SPACES[name])
        if name in COMMANDS:
            return self._shaped(COMMANDS[name])
        if size:  # here a fence is as large as its row
            fence = self._delimiter()
            return tree.Sign(fence, fence, plain_fence(fence), _SIDES[size[1]])
        return construct(self, name) if construct else None

    def _delimiter(self) -> str:
        if self._peek() not in DELIMITERS:
            self._broken()
        return DELIMITERS[self._take()]

    def fraction(self, name: str) -> tree.Fraction:
        return tree.Fraction(self._argument(), self._argument(), size=_FRACTIONS[name])

    def binomial(self, _: str) -> tree.Fenced:
        return tree.Fenced(("(", ")"), (tree.Fraction(self._argument(), self._argument(), ruled=False),))

    def root(self, _: str) -> tree.Root:
        degree = None
        if self._peek() == "[":
            self._take()
            degree = self.row("]")
            self._take()
        return tree.Root(self._argument(), degree)

    def accent(self, name: str) -> tree.Node:
        """A mark; on a body with scripts it sits on the base alone."""
        body = self._argument()
        if isinstance(body, tree.Scripts) and isinstance(body.base, tree.Sign) and name in _SMALL_ACCENTS:
            return replace(body, base=tree.Accent(name, body.base))
        return tree.Accent(name, body)

    def stacked(self, name: str) -> tree.Scripts:
        """`overset` and `underset`."""
        script, body = self._argument(), self._argument()
        below, above = (script, None) if name == "underset" else (None, script)
        return tree.Scripts(tree.Accent(name, body), below, above)

    def styled(self, name: str) -> tree.Node:
        """Letters in another shape, which is put on while they are read; upright letters alone are a word."""
        outer, self._style = self._style, name
        body = self._argument()
        self._style = outer
        if name in _UPRIGHT and isinstance(body, tree.Row):
            letters = [item.text for item in body.items if isinstance(item, tree.Sign) and item.text.isalnum()]
            return tree.TextRun("".join(letters)) if len(letters) == len(body.items) else body
        return body

    def text(self, _: str) -> tree.TextRun:
        return tree.TextRun(self._text())

    def operator(self, name: str) -> tree.Sign:
        word = self._text().strip()
        return tree.Sign(word, word, word, Kind.OPERATOR, limits=name.endswith("*"))

    def fenced(self, _: str) -> tree.Fenced:
        """`left … middle … right`."""
        fences, last = [self._delimiter()], ""
        parts: list[tree.Node] = []
        while last != "\\right":
            parts.append(self.row("\\right", "\\middle"))
            last = self._take()
            fences.append(self._delimiter())
        return tree.Fenced(tuple(fences), tuple(parts))

    def environment(self, _: str) -> tree.Node:
        """`begin … end`."""
        name, begin = self._name()
        if name not in _ENVIRONMENTS:
            raise BrokenError(begin, name)
        style, left, right = _ENVIRONMENTS[name]
        aligns = self._name()[0] if name == "array" else ""
        if set(aligns) - set("lcr"):
            raise BrokenError(begin, name)
        rows = self._grid_rows()
        self._expect("\\end")
        ended, end = self._name()
        if ended != name:
            raise BrokenError(end, ended)
        columns = max(len(row) for row in rows)
        if columns * len(rows) > TEX_CELLS:
            raise BrokenError(begin, name)
        grid = tree.Grid(tuple(rows), (aligns + _ALIGNS[style] * columns)[:columns], style)
        return tree.Fenced((left, right), (grid,)) if left or right else grid

    def _grid_rows(self) -> list[tuple[tree.Node, ...]]:
        """Cells up to `end`; a line end before it opens no further row."""
        rows: list[tuple[tree.Node, ...]] = []
        row: list[tree.Node] = []
        while True:
            row.append(self.row("&", "\\\\", "\\end"))
            lexeme = self._peek()
            if lexeme != "&":
                if lexeme == "\\\\" or row != [tree.Row(())] or not rows:
                    rows.append(tuple(row))
                row = []
            if lexeme == "\\end":
                return rows
            self._take()
            if lexeme == "\\\\" and self._raw() == "[" and not self._pass(_LENGTH):  # its extra height: `[4pt]`
                self._broken()


_CONSTRUCTS: Mapping[str, Callable[[_Reader, str], tree.Node]] = (
    dict.fromkeys(_FRACTIONS, _Reader.fraction)
    | dict.fromkeys(("binom", "dbinom", "tbinom"), _Reader.binomial)
    | dict.fromkeys((*_SMALL_ACCENTS, *_WIDE_ACCENTS), _Reader.accent)
    | dict.fromkeys((*(f"math{style}" for style in _STYLES), "boldsymbol", "bm"), _Reader.styled)
    | dict.fromkeys(_TEXTS, _Reader.text)
    | dict.fromkeys(("operatorname", "operatorname*"), _Reader.operator)
    | dict.fromkeys(("overset", "underset"), _Reader.stacked)
    | {"sqrt": _Reader.root, "left": _Reader.fenced, "begin": _Reader.environment}
)
