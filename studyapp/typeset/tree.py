"""The tree of a formula: what the TeX subset says, before anything is drawn or spoken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal


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
class Unset:
    """A formula that cannot be set: at character `position` stands `found`, unknown or out of place."""

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
class Words:
    """Running text in a formula, as it stands."""

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


Node = Sign | Words | Space | Row | Fraction | Root | Scripts | Accent | Fenced | Grid
