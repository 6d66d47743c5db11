"""The tree of a formula, before anything is drawn or spoken, and the gaps between neighbours in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Literal

from studyapp.domain.values import dataclass


class Kind(Enum):
    """What a part of a formula is to its neighbours; it decides the gaps between them (The TeXbook, chapter 18)."""

    ORDINARY = auto()
    OPERATOR = auto()
    LARGE = auto()
    BINARY = auto()
    UNARY = auto()
    RELATION = auto()
    OPEN = auto()
    CLOSE = auto()
    PUNCTUATION = auto()
    INNER = auto()
    FENCED = auto()


@dataclass(frozen=True, slots=True)
class TexError:
    """A formula that cannot be set: at character `position` there is `found`, unknown or out of place."""

    position: int
    found: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign or a named function: its TeX name, how it looks, how it looks in ASCII."""

    name: str
    text: str
    plain: str
    kind: Kind = Kind.ORDINARY
    limits: bool = False


@dataclass(frozen=True, slots=True)
class TextRun:
    """Running text in a formula, unchanged."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """A gap of so many cells that the author asked for."""

    cells: int


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """Top over bottom, `ruled` with a bar; ½ is `small`, a `fitting` one is so where there is little room."""

    top: Node
    bottom: Node
    ruled: bool = True
    size: Literal["small", "fitting", "large"] = "fitting"


@dataclass(frozen=True, slots=True)
class Root:
    """A root; without a degree the square root."""

    body: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with a subscript, a superscript, or both."""

    base: Node
    below: Node | None
    above: Node | None


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark on a body: `name` is the TeX command (`hat`, `overline`, `underbrace`, …)."""

    name: str
    body: Node

    @property
    def stacks(self) -> bool:
        """Whether scripts stand above and below it, as at a brace."""
        return self.name in {"underbrace", "overbrace", "underset", "overset"}


@dataclass(frozen=True, slots=True)
class Fenced:
    """Parts between fences that grow with them: one fence more than parts; an empty fence draws nothing."""

    fences: tuple[str, ...]
    parts: tuple[Node, ...]


GridStyle = Literal["matrix", "cases", "aligned", "gathered"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in rows and columns; `aligns` has one of `l c r` per column."""

    rows: tuple[tuple[Node, ...], ...]
    aligns: str
    style: GridStyle


Node = Sign | TextRun | Space | Row | Fraction | Root | Scripts | Accent | Fenced | Grid


_NO_LEFT_OPERAND = {
    Kind.BINARY, Kind.UNARY, Kind.OPERATOR, Kind.LARGE, Kind.RELATION, Kind.OPEN, Kind.PUNCTUATION,
}  # fmt: skip
_NO_RIGHT_OPERAND = {Kind.RELATION, Kind.CLOSE, Kind.PUNCTUATION}
_WORD_AT_END = re.compile(r"(?:[A-Za-z]{2,}|[_^][^\s()]+|[_^]\([^()]*\))$")
_WORD_AT_START = re.compile(r"[A-Za-z]{2,}")


def kind_of(node: Node) -> Kind:
    """What a part is to its neighbours."""
    match node:
        case Sign(kind=kind):
            return kind
        case Scripts(base=base):
            return kind_of(base)
        case Accent(body=body) if node.stacks:
            return kind_of(body)
        case Fraction() | Root() | Grid():
            return Kind.INNER
        case Fenced(parts=(Grid(),)):
            return Kind.INNER
        case Fenced():
            return Kind.FENCED
        case _:
            return Kind.ORDINARY


def kinds_in_row(nodes: Sequence[Node]) -> list[Kind]:
    """The kinds of a row's parts: a sign without a left operand is unary, a bar there opens and the next one closes."""
    parts = [node for node in nodes if not isinstance(node, Space)]
    kinds: list[Kind] = []
    previous, open_bar = Kind.OPEN, ""
    for index, node in enumerate(parts):
        following = kind_of(parts[index + 1]) if index + 1 < len(parts) else Kind.CLOSE
        bar = _bar(node)
        kind = kind_of(node)
        if bar and bar == open_bar:
            kind, open_bar = Kind.CLOSE, ""
        elif bar and previous in _NO_LEFT_OPERAND:
            kind, open_bar = Kind.OPEN, bar
        elif kind is Kind.BINARY and following in _NO_RIGHT_OPERAND:
            kind = Kind.ORDINARY
        elif kind is Kind.BINARY and previous in _NO_LEFT_OPERAND:
            kind = Kind.UNARY
        kinds.append(kind)
        previous = kind
    remaining = iter(kinds)
    return [Kind.ORDINARY if isinstance(node, Space) else next(remaining) for node in nodes]


def _bar(node: Node) -> str:
    """The text of a bar that has no side of its own, with or without scripts."""
    base = node.base if isinstance(node, Scripts) else node
    return base.text if isinstance(base, Sign) and base.text in {"|", "‖"} and base.kind is Kind.ORDINARY else ""


def gap(left: Kind, right: Kind, *, tight: bool) -> int:
    """The cells between two neighbours; in scripts (`tight`) operators and relations get none."""
    match left, right:
        case (Kind.OPEN, _) | (_, Kind.CLOSE | Kind.PUNCTUATION):
            return 0
        case (Kind.UNARY, _):
            return int(right is Kind.INNER)
        case (Kind.RELATION, Kind.RELATION):
            return 0
        case (Kind.BINARY | Kind.RELATION | Kind.PUNCTUATION, _) | (_, Kind.BINARY | Kind.RELATION):
            return 0 if tight else 1
        case (Kind.OPERATOR, Kind.OPEN | Kind.FENCED) | (Kind.FENCED, Kind.FENCED):
            return 0
        case (Kind.LARGE | Kind.OPERATOR | Kind.INNER, _) | (_, Kind.LARGE | Kind.OPERATOR | Kind.INNER):
            return 1
        case _:
            return 0


def collides(left: str, right: str) -> bool:
    """Whether two neighbours without a gap would be read as one word: `eta` and `x`, `y_c` and `x`."""
    if not left or not right or left == "d":  # a differential is set close to its variable
        return False
    if _WORD_AT_END.search(left) and right[0].isalnum():
        return True
    return bool(_WORD_AT_START.match(right)) and left[-1].isalnum()
