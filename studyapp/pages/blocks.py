"""Markdown to blocks of the document: CommonMark with tables, dollar mathematics, emphasis beside Japanese brackets."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, inline, text_join
from markdown_it.token import Token
from mdit_py_cjk_friendly import cjk_friendly, is_cjk
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from studyapp.domain import document
from studyapp.pages.source import Source
from studyapp.typeset.width import visible

FigureReader = Callable[[Token], document.Figure | None]
References = MutableMapping[str, Any]  # what a page defines at its end for its links
MARKS: dict[str, type[document.Strong | document.Emphasis]] = {
    "strong_close": document.Strong,
    "em_close": document.Emphasis,
}


@cache
def prose_parser() -> MarkdownIt:
    """The parser of a piece of a page: a prompt, a solution."""
    return _parser()


def page_tokens(text: str) -> tuple[list[Token], References]:
    """The blocks of a whole page, with its front matter; the text in their lines is not parsed yet."""
    references: References = {}
    return _page_parser().parse(text, references), references


def parse_lines(tokens: Sequence[Token], references: References) -> None:
    """Parse the text in the lines of a page's blocks."""
    state = StateCore("", prose_parser(), references, list(tokens))
    inline(state)
    text_join(state)


@cache
def _page_parser() -> MarkdownIt:
    return _parser().use(front_matter_plugin).disable(["inline", "text_join"])


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False, double_inline=True)
    return parser.use(cjk_friendly)


def read_blocks(markdown: str) -> tuple[document.Block, ...]:
    """The blocks of a Markdown text without holes, for showing. Nothing is complained about; nothing is raised."""
    source = Source.of(markdown)

    def figure(token: Token) -> document.Figure | None:
        # Most questions have no figure, so the app does without what reads them until one is shown.
        from studyapp.pages.figures import read_figure
        from studyapp.pages.report import Report

        return read_figure(token, Report(source))  # lint has its complaints; here they are dropped

    return blocks(prose_parser().parse(source.text), figure)


def blocks(tokens: Sequence[Token], figure: FigureReader) -> tuple[document.Block, ...]:
    """The blocks of a run of complete tokens."""
    read = (_block(run[0], run[1:-1], figure) for run in runs(tokens))
    return tuple(block for block in read if block is not None)


def runs(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens cut into blocks, each with all that is inside it."""
    start = depth = 0
    for end, token in enumerate(tokens, 1):
        depth += token.nesting
        if depth <= 0:
            yield tokens[start:end]
            start, depth = end, 0
    if start < len(tokens):
        yield tokens[start:]


def _block(token: Token, inner: Sequence[Token], figure: FigureReader) -> document.Block | None:
    match token.type:
        case "heading_open":
            return document.Heading(int(token.tag[1:]), _content(inner))
        case "paragraph_open":
            content = _content(inner)
            return document.Paragraph(content) if content else None
        case "math_block":
            return document.MathBlock(tex(token.content))
        case "fence" | "code_block":
            return _fence(token, figure)
        case "bullet_list_open":
            return document.List(_items(inner, figure))
        case "ordered_list_open":
            return document.List(_items(inner, figure), int(token.attrs.get("start", 1)))
        case "blockquote_open":
            return document.Quotation(blocks(inner, figure))
        case "table_open":
            return _table(inner)
        case "hr":
            return document.ThematicBreak()
        case "html_block":
            text = without_comments(token.content).strip()
            return document.Paragraph((document.Plain(text),)) if text else None
        case _:
            return None


def _content(inner: Sequence[Token]) -> tuple[document.Inline, ...]:
    return inlines(inner[0].children or ()) if inner else ()


def _fence(token: Token, figure: FigureReader) -> document.Block | None:
    info = token.info.split()
    if info == ["math"]:
        return document.MathBlock(token.content.strip())
    if info == ["yaml", "figure"]:
        return figure(token)
    return document.CodeBlock(token.content.removesuffix("\n"), info[0] if info else "")


def _items(inner: Sequence[Token], figure: FigureReader) -> tuple[tuple[document.Block, ...], ...]:
    return tuple(blocks(item[1:-1], figure) for item in runs(inner))


def _table(inner: Sequence[Token]) -> document.Table:
    rows: list[list[tuple[document.Inline, ...]]] = []
    alignments: list[str] = []
    for index, token in enumerate(inner):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(_content(inner[index + 1 : index + 2]))
            if token.type == "th_open":
                alignments.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
    header, *body = (tuple(row) for row in rows)
    return document.Table(header, tuple(body), tuple(alignments))


def inlines(tokens: Sequence[Token]) -> tuple[document.Inline, ...]:
    """The values of one run of inline tokens; comments are dropped, other HTML is text."""
    breaks = _soft_breaks(tokens)
    levels: list[list[document.Inline | str]] = [[]]
    targets: list[str] = []
    for index, token in enumerate(tokens):
        current = levels[-1]
        match token.type:
            case "strong_open" | "em_open" | "link_open":
                levels.append([])
                targets.append(str(token.attrs.get("href", "")))
            case "strong_close" | "em_close" | "link_close":
                content, target = _merged(levels.pop()), targets.pop()
                mark = MARKS.get(token.type)
                levels[-1].append(mark(content) if mark else document.Link(content, target))
            case "code_inline":
                current.append(document.CodeSpan(token.content))
            case "math_inline" | "math_inline_double":
                current.append(document.Math(tex(token.content)))
            case "hardbreak":
                current.append(document.Break())
            case "softbreak":
                current.append(breaks.get(index, " "))
            case "html_inline" if not without_comments(token.content):
                if current and isinstance(last := current[-1], str):
                    current[-1] = last.rstrip(" ")  # a comment goes with the blank before it
            case "image":
                parts = token.children or ()
                text = "".join(" " if part.type == "softbreak" else part.content for part in parts)
                current.append(document.Image(visible(text), visible(unquote(str(token.attrs.get("src", ""))))))
            case _:
                current.append(token.content)
    return _merged(levels[0])


def _merged(parts: Sequence[document.Inline | str]) -> tuple[document.Inline, ...]:
    merged: list[document.Inline] = []
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if not is_text:
            merged += [part for part in run if not isinstance(part, str)]
        elif text := "".join(part for part in run if isinstance(part, str)):
            merged.append(document.Plain(visible(text)))  # an entity may have named what a terminal obeys
    return tuple(merged)


def _soft_breaks(tokens: Sequence[Token]) -> dict[int, str]:
    """What each line end of the source becomes: nothing between two Japanese characters, else a blank."""
    breaks: dict[int, str] = {}
    pending: list[int] = []
    last = ""
    for index, token in enumerate(tokens):
        if token.type == "softbreak":
            pending.append(index)
        elif token.content.strip() and token.nesting == 0 and (shown := without_comments(token.content)):
            joined = is_cjk(last) and is_cjk(shown[:1]) and token.type == "text"
            breaks.update(dict.fromkeys(pending, "" if joined else " "))
            pending = []
            last = shown.rstrip(" ")[-1:] if token.type == "text" else " "
    return breaks


def without_comments(html: str) -> str:
    """HTML without its comments; one that is not closed stays."""
    kept: list[str] = []
    done = 0
    while (start := html.find("<!--", done)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[done:start])
        done = end + 3
    return "".join(kept) + html[done:]


def tex(content: str) -> str:
    """The TeX of a formula; the sturdier form of GitHub, $`…`$, loses its backticks."""
    content = content.strip()
    return content[1:-1].strip() if len(content) > 2 and content[0] == content[-1] == "`" else content
