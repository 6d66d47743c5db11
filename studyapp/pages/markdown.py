"""The Markdown parsers: CommonMark with tables, dollar mathematics, and emphasis beside Japanese brackets."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, inline, text_join
from markdown_it.token import Token
from mdit_py_cjk_friendly import cjk_friendly
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin


@cache
def prose_parser() -> MarkdownIt:
    """The parser of a piece of a page: a prompt, a solution."""
    return _parser()


References = MutableMapping[str, Any]
"""What a page defines at its end for its links."""


def page_tokens(text: str) -> tuple[list[Token], References]:
    """The blocks of a whole page, with its front matter; what stands in their lines is not looked at yet."""
    references: References = {}
    return _page_parser().parse(text, references), references


def parse_lines(tokens: Sequence[Token], references: References) -> None:
    """Give the blocks of a page what stands in their lines."""
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
