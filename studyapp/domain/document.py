"""Prose as values: what a Markdown page says, without a Markdown library.

`pages` makes these from text; `screens` and `cli` show them.
"""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.expression import Node
from studyapp.domain.place import Place


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; it may hold line ends that the author wrote as soft breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words with weight: a term where it is introduced."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with stress."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Code in a sentence."""

    code: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in a sentence, as TeX without its dollars."""

    tex: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a topic or to a web page."""

    content: tuple[Inline, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line end that the author asked for."""


Inline = Text | Strong | Emphasis | CodeSpan | Math | Link | Break


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula, as TeX without its dollars."""

    tex: str


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced block of code; `language` is the first word of its info string."""

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list; `start` is the first number of an ordered one and None of a bulleted one."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quote."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `alignments` holds `left`, `right`, `center` or an empty text, a column each."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve of a figure: the expression as written, and as read."""

    text: str
    expression: Node


@dataclass(frozen=True, slots=True)
class Figure:
    """Curves over an interval of one variable (`over: {y: 0.01..1}`); the caption is the paragraph that follows."""

    curves: tuple[Curve, ...]
    variable: str
    low: float
    high: float
    place: Place


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A rule across the page."""


@dataclass(frozen=True, slots=True)
class ExerciseMark:
    """The point of a page at which an exercise stands; the exercise itself is in the topic."""

    exercise: str
    heading: str


Block = Heading | Paragraph | MathBlock | CodeBlock | List | Quotation | Table | Figure | ThematicBreak | ExerciseMark
