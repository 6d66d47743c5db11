"""Block Markdown tokens to blocks of the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.token import Token

from studyapp.domain.document import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    Inline,
    List,
    MathBlock,
    Paragraph,
    Plain,
    Quotation,
    Table,
    ThematicBreak,
)
from studyapp.pages.inlines import inlines, tex, without_comments
from studyapp.pages.markdown import prose_parser
from studyapp.pages.source import Source

FigureReader = Callable[[Token], Figure | None]


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text without holes, for showing. Nothing is complained about; nothing is raised."""
    source = Source.of(markdown)

    def figure(token: Token) -> Figure | None:
        # Questions have no figures, so the app does without what reads them until a page shows one.
        from studyapp.pages.figures import read_figure
        from studyapp.pages.report import Report

        return read_figure(token, Report(source))  # lint has told the author; nobody hears it here

    return blocks(prose_parser().parse(source.text), figure)


def blocks(tokens: Sequence[Token], figure: FigureReader) -> tuple[Block, ...]:
    """The blocks of a run of complete tokens."""
    found: list[Block] = []
    index = 0
    while index < len(tokens):
        end = closing(tokens, index)
        block = _block(tokens[index], tokens[index + 1 : end], figure)
        if block is not None:
            found.append(block)
        index = end + 1
    return tuple(found)


def closing(tokens: Sequence[Token], index: int) -> int:
    """The index of the token that closes the one at `index`: itself, where it opens nothing."""
    depth = 0
    for position in range(index, len(tokens)):
        depth += tokens[position].nesting
        if depth <= 0:
            return position
    return len(tokens) - 1


def _block(token: Token, inner: Sequence[Token], figure: FigureReader) -> Block | None:
    match token.type:
        case "heading_open":
            return Heading(int(token.tag[1:]), _content(inner))
        case "paragraph_open":
            content = _content(inner)
            return Paragraph(content) if content else None
        case "math_block":
            return MathBlock(tex(token.content))
        case "fence" | "code_block":
            return _fence(token, figure)
        case "bullet_list_open":
            return List(_items(inner, figure))
        case "ordered_list_open":
            return List(_items(inner, figure), int(token.attrs.get("start", 1)))
        case "blockquote_open":
            return Quotation(blocks(inner, figure))
        case "table_open":
            return _table(inner)
        case "hr":
            return ThematicBreak()
        case "html_block":
            text = without_comments(token.content).strip()
            return Paragraph((Plain(text),)) if text else None
        case _:
            return None


def _content(inner: Sequence[Token]) -> tuple[Inline, ...]:
    return inlines(inner[0].children or ()) if inner else ()


def _fence(token: Token, figure: FigureReader) -> Block | None:
    info = token.info.split()
    if info == ["math"]:
        return MathBlock(token.content.strip())
    if info == ["yaml", "figure"]:
        return figure(token)
    return CodeBlock(token.content.removesuffix("\n"), info[0] if info else "")


def _items(inner: Sequence[Token], figure: FigureReader) -> tuple[tuple[Block, ...], ...]:
    items = []
    index = 0
    while index < len(inner):
        end = closing(inner, index)
        items.append(blocks(inner[index + 1 : end], figure))
        index = end + 1
    return tuple(items)


def _table(inner: Sequence[Token]) -> Table:
    rows: list[list[tuple[Inline, ...]]] = []
    alignments: list[str] = []
    for index, token in enumerate(inner):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(_content(inner[index + 1 : index + 2]))
            if token.type == "th_open":
                alignments.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
    header, *body = (tuple(row) for row in rows)
    return Table(header, tuple(body), tuple(alignments))
