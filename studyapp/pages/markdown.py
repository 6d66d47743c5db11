"""The Markdown parsers: CommonMark with tables, dollar mathematics, and emphasis beside Japanese brackets."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_cjk_friendly import cjk_friendly  # type: ignore[import-untyped]  # ships no types
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin


@cache
def prose_parser() -> MarkdownIt:
    """The parser of a piece of a page: a prompt, a solution."""
    return _parser()


@cache
def page_parser() -> MarkdownIt:
    """The parser of a whole page, with its front matter."""
    return _parser().use(front_matter_plugin)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False, double_inline=True)
    return parser.use(cjk_friendly)
