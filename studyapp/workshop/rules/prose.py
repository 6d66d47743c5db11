"""Rules about the prose of a page: what Markdown elsewhere would spoil, and words that are not the field's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from studyapp.domain.place import Severity
from studyapp.workshop.rules.registry import Finding, Sheet, rule
from studyapp.workshop.rules.terms import AVOIDED

_HEADING = re.compile(r"^(#{1,6})[ \t]+\S", re.MULTILINE)
_DOLLAR = re.compile(r"(?<!\\)(?:\\\\)*(\$+)")
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?![\s*])((?:[^*\n]|\n(?!\n))+?)(?<!\s)\1(?!\*)")
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")


@rule
def math_spacing(sheet: Sheet) -> Iterator[Finding]:
    """On both sides of a formula in a sentence there is a half-width space, ASCII punctuation, or the end of the line.

    Other readers do not take a `$` next to a letter or to Japanese punctuation for mathematics.

    Bad:  損失$L$を求める。
    Good: 損失 $L$ を求める。
    """
    text = sheet.source.text
    for mark in sheet.marks:
        if mark.kind != "math" or mark.is_display:
            continue
        if _clings(text[mark.start - 1 : mark.start]):
            yield Finding(sheet.place(mark.start), text[mark.start - 1])
        if _clings(text[mark.end : mark.end + 1]):
            yield Finding(sheet.place(mark.end), text[mark.end])


def _clings(neighbour: str) -> bool:
    """Whether a neighbour of a dollar keeps it from being read as the edge of a formula."""
    return bool(neighbour) and (neighbour.isalnum() or unicodedata.east_asian_width(neighbour) in "WF")


@rule
def unclosed_dollar(sheet: Sheet) -> Iterator[Finding]:
    r"""Every formula is closed by `$` within its paragraph; a plain dollar sign is written `\$`.

    Bad:  損失 $L を求める。
    Good: 損失 $L$ を求める。
    """
    for mark in sheet.marks:
        if mark.kind == "text" and "$" in mark.content:
            for found in _DOLLAR.finditer(mark.content):
                yield Finding(sheet.place(mark.inner + found.start(1)), found[1])


@rule
def broken_emphasis(sheet: Sheet) -> Iterator[Finding]:
    """Emphasis works in every Markdown reader: brackets and quotation marks are outside of the stars.

    CommonMark takes stars between a letter and punctuation for plain stars; this app is more lenient.

    Bad:  これを**「損失」**という。
    Good: これを「**損失**」という。
    """
    for mark in sheet.marks:
        if mark.kind != "text" or "*" not in mark.content:
            continue
        for found in _EMPHASIS.finditer(mark.content):
            start, end = mark.inner + found.start(), mark.inner + found.end()
            if not _opens(sheet.source.text, start, start + len(found[1])):
                yield Finding(sheet.place(start), found[0])
            elif not _opens(sheet.source.text[::-1], *_mirrored(sheet.source.text, end - len(found[1]), end)):
                yield Finding(sheet.place(end - len(found[1])), found[0])


def _mirrored(text: str, start: int, end: int) -> tuple[int, int]:
    return len(text) - end, len(text) - start


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a run of stars is left-flanking, as CommonMark defines it (section 6.2)."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if after.isspace():
        return False
    return not _is_punctuation(after) or before.isspace() or _is_punctuation(before)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


@rule
def heading_order(sheet: Sheet) -> Iterator[Finding]:
    """A heading is at most one level deeper than the one before it.

    Bad:  `## 定義` followed by `#### 例`
    Good: `## 定義` followed by `### 例`
    """
    headings = [
        (mark.inner + found.start(), found[1])
        for mark in sheet.marks
        if mark.kind == "text"
        for found in _HEADING.finditer(mark.content)
        if sheet.source.text[mark.inner + found.start() - 1 : mark.inner + found.start()] in ("", "\n")
    ]
    for (_, upper), (start, marks) in pairwise(headings):
        if len(marks) > len(upper) + 1:
            yield Finding(sheet.place(start), marks, "#" * (len(upper) + 1))


@rule
def avoided_term(sheet: Sheet) -> Iterator[Finding]:
    """Words that are misspelt, or mean something else in the field, are replaced by the standard ones.

    The list is short and holds only words that are wrong in any context.

    Bad:  連鎖率を使う。
    Good: 連鎖律を使う。
    """
    terms = AVOIDED.get(sheet.page.language)
    for mark in sheet.marks:
        if mark.kind != "text" or terms is None:
            continue
        for found in terms.pattern.finditer(mark.content):
            instead = terms.instead.get(found[0].lower(), "") or terms.instead.get(found[0], "")
            yield Finding(sheet.place(mark.inner + found.start()), found[0], instead, Severity.WARNING)


@rule
def broken_link(sheet: Sheet) -> Iterator[Finding]:
    """A link to another page leads to an existing file.

    Bad:  [交差エントロピー](crossentropy.md)
    Good: [交差エントロピー](cross-entropy.md)
    """
    folder = Path(sheet.source.name).parent
    for mark in sheet.marks:
        if mark.kind != "text" or "](" not in mark.content:
            continue
        for found in _LINK.finditer(mark.content):
            target = found[1].partition("#")[0]
            if target.endswith(".md") and ":" not in target and not (folder / target).is_file():
                yield Finding(sheet.place(mark.inner + found.start(1)), found[1])
