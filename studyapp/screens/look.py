"""How typeset text looks: each role of a span gets a style, and nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.content import Content
from textual.content import Span as Styled

from studyapp.typeset.lines import Line
from studyapp.typeset.width import inert

STYLES: Mapping[str, str] = {
    "heading": "bold $accent",
    "strong": "bold",
    "emphasis": "italic",
    "code": "$typed",
    "math": "$formula",
    "quote": "$muted",
    "link": "underline",
    "rule": "$muted",
    "mark": "$accent",
    "muted": "$muted",
    "good": "bold $success",
    "bad": "bold $error",
    "near": "bold $warning",
    "chosen": "bold on $chosen",
    "unit": "",
    "lit": "bold $accent",
    "value": "$success",
    "delta": "$warning",
    "edge": "$muted",
    "weight": "$formula",
}
"""Styles by role, in the variables of the theme."""


def content_of(lines: Iterable[Line]) -> Content:
    """The lines with their looks."""
    text: list[str] = []
    spans: list[Styled] = []
    offset = 0
    for number, line in enumerate(lines):
        if number:
            text.append("\n")
            offset += 1
        for span in line:
            plain = inert(span.text)
            if style := STYLES.get(span.role, ""):
                spans.append(Styled(offset, offset + len(plain), style))
            text.append(plain)
            offset += len(plain)
    return Content("".join(text), spans)


def said(text: str, role: str = "") -> Content:
    """One sentence in a role; its line ends are kept."""
    return Content.styled("\n".join(inert(line) for line in text.split("\n")), STYLES.get(role, ""))
