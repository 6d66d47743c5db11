"""The text of a page that a search looks through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from studyapp.domain.document import (
    Block,
    CodeBlock,
    CodeSpan,
    Emphasis,
    ExerciseMark,
    Heading,
    Inline,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Plain,
    Quotation,
    Strong,
    Table,
)
from studyapp.study.searching import searchable


def search_text(title: str, body: Iterable[Block]) -> str:
    """Everything on a page that a learner may look for, one block a line."""
    return searchable("\n".join([title, *(text for block in body for text in _texts(block))]))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, content) | Paragraph(content):
            yield _plain(content)
        case MathBlock(tex):
            yield tex
        case CodeBlock(code):
            yield code
        case List(items):
            for item in items:
                for inner in item:
                    yield from _texts(inner)
        case Quotation(inside):
            for inner in inside:
                yield from _texts(inner)
        case Table(header, rows):
            yield " ".join(_plain(cell) for cell in header)
            for row in rows:
                yield " ".join(_plain(cell) for cell in row)
        case ExerciseMark(_, heading):
            yield heading
        case _:
            return


def _plain(content: Iterable[Inline]) -> str:
    parts = []
    for one in content:
        match one:
            case Plain(text) | CodeSpan(text) | Math(text):
                parts.append(text)
            case Strong(inside) | Emphasis(inside) | Link(inside):
                parts.append(_plain(inside))
            case _:
                parts.append(" ")
    return "".join(parts)
