"""Texts of questions as lines: Markdown, plain sentences, and what is said of a wrong answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from studyapp.domain.document import Block
from studyapp.domain.question import KnownMistake
from studyapp.domain.verdict import Verdict
from studyapp.typeset.document import Line, Setting, Span, set_document
from studyapp.typeset.layout import set_formula
from studyapp.typeset.lines import wrap
from studyapp.typeset.tree import Unset
from studyapp.typeset.width import pad

NUMBERED = 4
"""Cells before what is numbered."""


@lru_cache(maxsize=256)
def blocks(markdown: str) -> tuple[Block, ...]:
    """A question's text as blocks; read once."""
    from studyapp.pages.blocks import read_blocks

    return tuple(read_blocks(markdown))


def markdown_lines(markdown: str, width: int, setting: Setting) -> tuple[Line, ...]:
    """Markdown as lines."""
    return set_document(blocks(markdown), width, setting)


def worked_lines(markdown: str, width: int, setting: Setting) -> tuple[Line, ...]:
    """A worked step as lines; one that is a formula alone is set in two dimensions, one equality below the other."""
    tex = markdown.strip()
    if not (tex.startswith("$") and tex.endswith("$") and "$" not in tex[1:-1]):
        return markdown_lines(markdown, width, setting)
    whole = _boxes((tex[1:-1],), width, setting)
    parts = [part.strip() for part in re.split(r"(?= = )", tex[1:-1])]
    return whole or _boxes(parts, width, setting) or markdown_lines(markdown, width, setting)


def derivation_lines(markdown: str, width: int, setting: Setting) -> Iterator[Line]:
    """A worked derivation as lines: each numbered formula set as a worked step, anything else as Markdown."""
    for place, row in enumerate(markdown.split("\n")):
        number, dot, formula = row.partition(". ")
        if place:
            yield ()
        if dot and number.isdigit() and formula.startswith("$"):
            lead = f"{number}."
            for at, line in enumerate(worked_lines(formula, width - NUMBERED, setting)):
                yield (Span(pad(lead if at == 0 else "", NUMBERED), "mark"), *line)
        else:
            yield from markdown_lines(row, width, setting)


def _boxes(formulas: Sequence[str], width: int, setting: Setting) -> tuple[Line, ...]:
    """The rows of formulas, none where one of them cannot be set or is too wide."""
    lines: list[Line] = []
    for tex in formulas:
        box = set_formula(tex, setting.ascii_only)
        if isinstance(box, Unset) or box.width > width:
            return ()
        lines += ((Span(row, "math"),) for row in box.rows)
    return tuple(lines)


def plain_lines(text: str, width: int, role: str = "") -> Iterator[Line]:
    """A plain text as lines; nothing in it is Markdown."""
    for line in text.split("\n"):
        for piece in wrap(line, width):
            yield (Span(piece, role),)


def message_lines(verdict: Verdict, mistakes: Sequence[KnownMistake], width: int, setting: Setting) -> Iterator[Line]:
    """What a verdict says: an author's own sentence is Markdown, others may quote the answer and are plain."""
    if not verdict.message:
        return
    if any(known.name == verdict.mistake and known.sentence for known in mistakes):
        yield from markdown_lines(verdict.message, width, setting)
    else:
        yield from plain_lines(verdict.message, width)


def indented(lines: Iterable[Line], cells: int = 2) -> Iterator[Line]:
    """The lines some cells to the right."""
    for line in lines:
        yield (Span(" " * cells), *line) if line else ()
