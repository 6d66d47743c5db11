"""Markdown source cut at its holes `{{ expression }}`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from studyapp.domain.exercise import Hole, Template
from studyapp.domain.limits import HOLE_DIGITS
from studyapp.domain.place import Problem
from studyapp.domain.text import Text
from studyapp.pages.readers import Shape
from studyapp.pages.report import Refused, Report
from studyapp.pages.source import Fragment

Context = Literal["math", "text", "code"]


class Holes(Problem):
    """What is wrong with a hole."""

    UNCLOSED_HOLE = Text(
        ja="穴 {{{{ が同じ行で閉じられていません。\n"
        "}}}} で閉じてください。TeX の括弧なら、{{ {{ と離して書いてください。",
        en="The hole {{{{ is not closed on its line.\nClose it with }}}}; for TeX braces leave a blank between: {{ {{.",
    )
    EMPTY_HOLE = Text(
        ja="穴の中に式がありません。\n式を書くか、穴を取り除いてください。",
        en="The hole is empty.\nWrite an expression, or take the hole out.",
    )


_OPENING = re.compile(r"\{\{(?!\{)")
_OPENER = re.compile(
    r"(?=[<`~$\\ ])(?:"  # what none of them begins with is passed over at once
    r"(?P<comment><!--)"
    r"|(?P<fence>^[ ]{0,3}(?P<marks>`{3,}|~{3,})[^`\n]*$)"
    r"|(?P<escape>\\[\\$`])"
    r"|(?P<ticks>`+)"
    r"|(?P<dollars>\${1,2}))",
    re.MULTILINE,
)
_DIGITS = re.compile(r":\s*(\d+)\s*$")


def read_template(fragment: Fragment, report: Report) -> Template:
    """The template of a fragment; holes that cannot be read are complaints and stay as text."""
    text = fragment.text
    offsets = fragment.offsets()
    indices = [index for index, _ in offsets]

    def offset(index: int) -> int:
        first, start = offsets[bisect_right(indices, index) - 1]
        return start + index - first

    parts: list[str | Hole] = []
    done = 0
    for context, start, end in regions(text):
        position = start
        while opened := _OPENING.search(text, position, end):
            first = opened.end()
            line_end = text.find("\n", first, end)
            last = text.find("}}", first, line_end if line_end >= 0 else end)
            again = text.rfind("{{", first, max(first, last))
            if last < 0 or again >= 0:
                if context != "code":
                    report.add(offset(opened.start()), Holes.UNCLOSED_HOLE)
                position = again if again >= 0 else line_end if line_end >= 0 else end
                continue
            position = last + 2
            with suppress(Refused):
                parts += [text[done : opened.start()], _hole(text[first:last], offset(first), context, report)]
                done = position
    parts.append(text[done:])
    return tuple(part for part in parts if part)


def _hole(inside: str, start: int, context: Context, report: Report) -> Hole:
    digits = None
    if written := _DIGITS.search(inside):
        digits = int(written[1][:3])
        if digits > HOLE_DIGITS:
            raise report.refuse(start + written.start(1), Shape.OUT_OF_RANGE, written[1], low=0, high=HOLE_DIGITS)
        inside = inside[: written.start()]
    text = inside.strip()
    if not text:
        raise report.refuse(start - 2, Holes.EMPTY_HOLE)
    start += len(inside) - len(inside.lstrip())
    return Hole(report.expression(text, start), text, context, report.source.place(start), digits)


def regions(text: str) -> Iterator[tuple[Context, int, int]]:
    """What surrounds each stretch of Markdown source. Comments belong to none: nothing is filled there."""
    position = 0
    plain = 0
    while opener := _OPENER.search(text, position):
        region = _region(text, opener)
        if region is None:
            position = opener.end()
            continue
        context, end = region
        yield "text", plain, opener.start()
        if context is not None:
            yield context, opener.start(), end
        position = plain = end
    yield "text", plain, len(text)


def _region(text: str, opener: re.Match[str]) -> tuple[Context | None, int] | None:
    match opener.lastgroup:
        case "comment":
            closed_at = text.find("-->", opener.end())
            return None, closed_at + 3 if closed_at >= 0 else len(text)
        case "fence":
            marks = opener["marks"]
            closer = re.compile(rf"^ {{0,3}}{re.escape(marks[0])}{{{len(marks)},}}[ \t]*$", re.MULTILINE)
            closed = closer.search(text, opener.end())
            return "code", closed.end() if closed else len(text)
        case "ticks":
            closed = re.compile(rf"(?<!`){opener['ticks']}(?!`)").search(text, opener.end())
            return _inline("code", text, opener, closed)
        case "dollars":
            dollars = opener["dollars"]
            closed = re.compile(rf"(?<!\\)(?:\\\\)*({re.escape(dollars)})").search(text, opener.end())
            return _inline("math", text, opener, closed)
        case _:
            return None


def _inline(
    context: Context, text: str, opener: re.Match[str], closed: re.Match[str] | None
) -> tuple[Context, int] | None:
    """An inline region, unless it would reach over a blank line."""
    if closed is None or "\n\n" in text[opener.end() : closed.start()]:
        return None
    return context, closed.end()
