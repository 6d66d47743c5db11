"""Inline Markdown tokens to inline values of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token
from mdit_py_cjk_friendly import is_cjk  # type: ignore[import-untyped]  # ships no types

from studyapp.domain.document import Break, CodeSpan, Emphasis, Inline, Link, Math, Strong, Text

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def inlines(tokens: Sequence[Token]) -> tuple[Inline, ...]:
    """The values of one run of inline tokens; comments are dropped, other HTML is text."""
    levels: list[list[Inline]] = [[]]
    targets: list[str] = []
    for index, token in enumerate(tokens):
        current = levels[-1]
        match token.type:
            case "strong_open" | "em_open" | "link_open":
                levels.append([])
                targets.append(str(token.attrs.get("href", "")))
            case "strong_close" | "em_close" | "link_close" if len(levels) > 1:
                content, target = tuple(levels.pop()), targets.pop()
                levels[-1].append(_enclosed(token.type, content, target))
            case "code_inline":
                current.append(CodeSpan(token.content))
            case "math_inline" | "math_inline_double":
                current.append(Math(tex(token.content)))
            case "hardbreak":
                current.append(Break())
            case "softbreak":
                _append(current, soft_break(tokens, index))
            case "html_inline" if is_comment(token.content):
                _trim(current)
            case "image":
                _append(current, _plain(token.children or ()))
            case _:
                _append(current, token.content)
    return tuple(levels[0])


def _enclosed(closer: str, content: tuple[Inline, ...], target: str) -> Inline:
    match closer:
        case "strong_close":
            return Strong(content)
        case "em_close":
            return Emphasis(content)
        case _:
            return Link(content, target)


def _append(content: list[Inline], text: str) -> None:
    """Text added to the text before it, if there is one."""
    if not text:
        return
    if content and isinstance(content[-1], Text):
        text = content.pop().text + text  # type: ignore[union-attr]  # the line above has looked
    content.append(Text(text))


def _trim(content: list[Inline]) -> None:
    """A comment goes with the blanks before it."""
    if content and isinstance(last := content[-1], Text):
        content.pop()
        _append(content, last.text.rstrip(" "))


def soft_break(tokens: Sequence[Token], index: int) -> str:
    """What a line end of the source becomes: nothing between two Japanese characters, else a blank."""
    before = next((token.content for token in reversed(tokens[:index]) if _visible(token)), "")
    after = next((token.content for token in tokens[index + 1 :] if _visible(token)), "")
    return "" if is_cjk(before.rstrip(" ")[-1:]) and is_cjk(after[:1]) else " "


def _visible(token: Token) -> bool:
    return token.nesting == 0 and bool(token.content) and not is_comment(token.content)


def _plain(tokens: Sequence[Token]) -> str:
    """The words of an image's description, without their marks."""
    return "".join(" " if token.type == "softbreak" else token.content for token in tokens)


def is_comment(html: str) -> bool:
    """Whether a piece of HTML is a comment and nothing else."""
    return _COMMENT.fullmatch(html.strip()) is not None


def without_comments(html: str) -> str:
    """HTML without its comments."""
    return _COMMENT.sub("", html)


def tex(content: str) -> str:
    """The TeX of a formula; the sturdier form of GitHub, $`…`$, loses its backticks."""
    content = content.strip()
    return content[1:-1].strip() if len(content) > 2 and content[0] == content[-1] == "`" else content
