"""Blocks of a page as HTML with MathML; what an author wrote never becomes markup of its own."""

from __future__ import annotations

from html import escape

from studyapp.domain.document import (
    Block,
    Break,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Figure,
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
    ThematicBreak,
)
from studyapp.pages.blocks import read_blocks
from studyapp.typeset.mathml import mathml
from studyapp.typeset.tree import TexError

CLOSING = tuple("、。）」』】・：；？！")
"""Marks before which Japanese leaves no space."""


def html_of(markdown: str) -> str:
    """Markdown without holes as HTML."""
    return "\n".join(_block(block) for block in read_blocks(markdown))


def html_inline(markdown: str) -> str:
    """The same for one line, without a paragraph around it."""
    found = html_of(markdown)
    inside = found.removeprefix("<p>").removesuffix("</p>")
    return inside if found.startswith("<p>") and "<p>" not in inside else found


def _block(block: Block) -> str:
    match block:
        case Heading(level, content):
            return f"<h{level}>{_inlines(content)}</h{level}>"
        case Paragraph(content):
            return f"<p>{_inlines(content)}</p>"
        case MathBlock(tex):
            return f"<p>{_formula(tex, display=True)}</p>"
        case CodeBlock(code):
            return f"<pre><code>{escape(code)}</code></pre>"
        case List(items, start):
            inside = "".join(f"<li><div>{''.join(map(_block, item))}</div></li>" for item in items)
            return f"<ul>{inside}</ul>" if start is None else f'<ol start="{start}">{inside}</ol>'
        case Quotation(content):
            return f"<blockquote>{''.join(map(_block, content))}</blockquote>"
        case Table():
            return _table(block)
        case ThematicBreak():
            return "<hr/>"
        case Figure(curves=curves, axes=axes):
            # What the app draws stays as text, so that its absence shows.
            named = [f"<code>{escape(curve.text)}</code>" for curve in curves]
            over = [f"{escape(axis.variable)} = {axis.low}..{axis.high}" for axis in axes]
            return f"<p>[{', '.join(named + over)}]</p>"
        case _:
            return ""


def _table(table: Table) -> str:
    head = "".join(f"<th>{_inlines(cell)}</th>" for cell in table.header)
    rows = "".join(f"<tr>{''.join(f'<td>{_inlines(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _inlines(content: tuple[Inline, ...]) -> str:
    """The parts one after the other; the space that Markdown needs after `$` is none before a Japanese mark."""
    made: list[str] = []
    for before, part in zip((None, *content), content, strict=False):
        after_formula = isinstance(before, Math) and isinstance(part, Plain) and part.text.lstrip(" ")[:1] in CLOSING
        made.append(escape(part.text.lstrip(" ")) if after_formula and isinstance(part, Plain) else _inline(part))
    return "".join(made)


def _inline(part: Inline) -> str:
    match part:
        case Plain(text):
            return escape(text)
        case Strong(content):
            return f"<strong>{_inlines(content)}</strong>"
        case Emphasis(content):
            return f"<em>{_inlines(content)}</em>"
        case CodeSpan(code):
            return f"<code>{escape(code)}</code>"
        case Math(tex):
            return _formula(tex, display=False)
        case Link(content):
            return _inlines(content)  # pages that are linked to are not there
        case Break():
            return "<br/>"


def _formula(tex: str, *, display: bool) -> str:
    made = mathml(tex, display=display)
    return f"<code>{escape(tex)}</code>" if isinstance(made, TexError) else made
