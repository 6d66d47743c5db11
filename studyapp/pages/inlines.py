"""Inline Markdown tokens to inline values of the document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markdown_it.token import Token
from mdit_py_cjk_friendly import is_cjk

from studyapp.domain.document import Break, CodeSpan, Emphasis, Inline, Link, Math, Plain, Strong
from studyapp.typeset.width import visible


def inlines(tokens: Sequence[Token]) -> tuple[Inline, ...]:
    """The values of one run of inline tokens; comments are dropped, other HTML is text."""
    breaks = _soft_breaks(tokens)
    levels: list[list[Inline | str]] = [[]]
    targets: list[str] = []
    for index, token in enumerate(tokens):
        current = levels[-1]
        match token.type:
            case "strong_open" | "em_open" | "link_open":
                levels.append([])
                targets.append(str(token.attrs.get("href", "")))
            case "strong_close" | "em_close" | "link_close":
                content, target = _merged(levels.pop()), targets.pop()
                levels[-1].append(_enclosed(token.type, content, target))
            case "code_inline":
                current.append(CodeSpan(token.content))
            case "math_inline" | "math_inline_double":
                current.append(Math(tex(token.content)))
            case "hardbreak":
                current.append(Break())
            case "softbreak":
                current.append(breaks.get(index, " "))
            case "html_inline" if not without_comments(token.content):
                if current and isinstance(last := current[-1], str):
                    current[-1] = last.rstrip(" ")  # a comment goes with the blank before it
            case "image":
                current.append(_plain(token.children or ()))
            case _:
                current.append(token.content)
    return _merged(levels[0])


def _enclosed(closer: str, content: tuple[Inline, ...], target: str) -> Inline:
    match closer:
        case "strong_close":
            return Strong(content)
        case "em_close":
            return Emphasis(content)
        case _:
            return Link(content, target)


def _merged(parts: Sequence[Inline | str]) -> tuple[Inline, ...]:
    """Neighbouring texts as one."""
    merged: list[Inline] = []
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if not is_text:
            merged += [part for part in run if not isinstance(part, str)]
        elif text := "".join(part for part in run if isinstance(part, str)):
            merged.append(Plain(visible(text)))  # an entity may have named what a terminal obeys
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


def _plain(tokens: Sequence[Token]) -> str:
    """The words of an image's description, without their marks."""
    return "".join(" " if token.type == "softbreak" else token.content for token in tokens)


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
