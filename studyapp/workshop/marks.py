"""What each stretch of a page's source is: running text, formula, code, fence, comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from studyapp.pages.templates import regions

MarkKind = Literal["text", "math", "code", "fence", "comment"]

_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_DOLLARS = re.compile(r"\${1,2}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch: its kind, its characters from `start` to `end`, and the content without its delimiters."""

    kind: MarkKind
    start: int
    end: int
    content: str
    inner: int
    """The offset of the first character of the content."""

    @property
    def is_display(self) -> bool:
        """Whether a formula stands between double dollars."""
        return self.inner - self.start == 2


def marks_of(text: str) -> tuple[Mark, ...]:
    """The stretches of a page in written order, front matter left out; nothing is lost between them."""
    begin = _after_front_matter(text)
    return tuple(_marks(text[begin:], begin))


def _after_front_matter(text: str) -> int:
    if not text.startswith("---\n"):
        return 0
    closed = text.find("\n---", 3)
    line_end = text.find("\n", closed + 4) if closed >= 0 else -1
    return line_end + 1 if line_end >= 0 else 0


def _marks(text: str, base: int) -> Iterator[Mark]:
    done = 0
    for context, start, end in regions(text):
        if start > done:  # only comments belong to no region
            yield Mark("comment", base + done, base + start, text[done + 4 : start - 3], base + done + 4)
        done = end
        if start == end:
            continue
        width = len(_delimiter(text, context, start))
        if context == "code" and _FENCE.match(text, start):
            first = text.find("\n", start, end) + 1 or end
            yield Mark("fence", base + start, base + end, text[first:end], base + first)
        else:
            yield Mark(context, base + start, base + end, text[start + width : end - width], base + start + width)


def _delimiter(text: str, context: str, start: int) -> str:
    if context == "math":
        found = _DOLLARS.match(text, start)
    elif context == "code":
        found = re.compile("`+").match(text, start)
    else:
        return ""
    return found.group() if found else ""
