"""The items of the lists in an exercise, as fragments of their source without markers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from studyapp.pages.outline import Piece
from studyapp.pages.report import Report
from studyapp.pages.source import Fragment, Line

_MARKER = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}|$)")
_NAMED = re.compile(r"`([^`\n]+)`[ \t　]*(?:—+|―+|─+|–|--)[ \t　]*")
_BOX = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_QUOTE = re.compile(r" {0,3}> ?")

LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item. `name` is what stands before the dash of `` `name` — sentence ``, `start` where name or text begins."""

    text: Fragment
    start: int
    lines: tuple[int, int]
    name: str = ""


def list_items(piece: Piece, report: Report) -> tuple[ListItem, ...]:
    """The items of a list at the top level of a page; a name before a dash is taken off."""
    items = []
    for token in piece.tokens:
        if token.type == "list_item_open" and token.level == 1 and token.map:
            lines = (token.map[0], token.map[1])
            fragment = _content(report.source.fragment(*lines))
            found = _NAMED.match(fragment.lines[0].text) if fragment.lines else None
            if found:
                items.append(ListItem(fragment.after(found.end()).stripped(), fragment.start + 1, lines, found[1]))
            else:
                items.append(ListItem(fragment, fragment.start, lines))
    return tuple(items)


def _content(fragment: Fragment) -> Fragment:
    """A list item without its marker and its indentation."""
    first = fragment.lines[0]
    marker = _MARKER.match(first.text)
    width = marker.end() if marker else 0
    lines = [Line(first.text[width:], first.offset + width)]
    for line in fragment.lines[1:]:
        indent = min(width, len(line.text) - len(line.text.lstrip(" ")))
        lines.append(Line(line.text[indent:], line.offset + indent))
    stripped = Fragment(tuple(lines)).stripped()
    return stripped if stripped.lines else Fragment((lines[0],))


def box(item: ListItem) -> tuple[bool, int] | None:
    """Whether the box of an option is ticked, and the length of the box; None where there is no box."""
    found = None if item.name or not item.text.lines else _BOX.match(item.text.lines[0].text)
    return None if found is None else (found[1] != " ", found.end())


def check_boxes(items: Iterable[ListItem], report: Report) -> None:
    """Complaints about boxes of items that are no options."""
    for item in items:
        if box(item):
            report.add(item.start, "stray-box")


def split_quote(fragment: Fragment) -> tuple[Fragment, Fragment]:
    """The text of an option, and the quote under it without its markers."""
    first = next((n for n, line in enumerate(fragment.lines) if n and line.text.lstrip(" ").startswith(">")), None)
    if first is None:
        return fragment, Fragment(())
    said = []
    for line in fragment.lines[first:]:
        marker = _QUOTE.match(line.text)
        width = marker.end() if marker else 0
        said.append(Line(line.text[width:], line.offset + width))
    return Fragment(fragment.lines[:first]).stripped(), Fragment(tuple(said)).stripped()
