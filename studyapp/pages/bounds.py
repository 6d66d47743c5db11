"""How much Markdown a page may hold: what the reader's time grows with is counted before it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from studyapp.domain.limits import (
    LINK_DEFINITIONS,
    PAGE_HOLES,
    PAGE_LINES,
    PAGE_MARK_PAIRS,
    PAGE_MARKS,
    PAGE_SIGNS,
    TABLE_CELLS,
    YAML_VALUES,
)
from studyapp.pages.outline import meant_fence
from studyapp.pages.source import Source

_MARK = re.compile(r"[*_\[\]<`!\\$&~\n]")
_SIGN = re.compile(r"[-\n!#$%&*+:<=>@\[\\\]^_`{}~]")
_BLANK = re.compile(r"\n[ \t>]*\n")
_DEFINITION = re.compile(r"^[ \t>*+-]*\[[^\]\n]*\]:", re.MULTILINE)
_COLUMNS = re.compile(r"^[ \t>]*+([-:|][-:| \t]*+)$", re.MULTILINE)
_HOLE = re.compile(r"\{\{")


@dataclass(frozen=True, slots=True)
class Excess:
    """What there is too much of: where it becomes too much, how much may be."""

    offset: int
    code: str
    limit: int


def excess(source: Source) -> Excess | None:
    """The first bound that a text breaks; None where its blocks may be read."""
    if len(source.starts) > PAGE_LINES:
        return Excess(source.start(PAGE_LINES), "too-many-lines", PAGE_LINES)
    counted: tuple[tuple[re.Pattern[str], int, str], ...] = (
        (_DEFINITION, LINK_DEFINITIONS, "too-many-definitions"),
        (_HOLE, PAGE_HOLES, "too-many-holes"),
    )
    for pattern, limit, code in counted:
        found = [one.start() for one in pattern.finditer(source.text)]
        if len(found) > limit:
            return Excess(found[limit], code, limit)
    for start, block in _blocks(source.text):
        table = _COLUMNS.search(block)
        if table and table[1].count("|") * block.count("\n", table.end()) > TABLE_CELLS:
            return Excess(start + table.start(), "too-many-cells", TABLE_CELLS)
    return None


def dense(tokens: Sequence[Token], source: Source) -> Excess | None:
    """The first block with which there are too many marks or facts; None where what is in the blocks may be read."""
    signs = marks = pairs = facts = 0
    for token in tokens:
        if token.type == "front_matter" or (token.type == "fence" and meant_fence(token.info)):
            facts += token.content.count("\n") + token.content.count(",")
            if facts > YAML_VALUES:
                return Excess(source.start(token.map[0] if token.map else 0), "too-many-facts", YAML_VALUES)
        if token.type == "inline":
            count = len(_MARK.findall(token.content))
            signs += len(_SIGN.findall(token.content))
            marks += count
            pairs += count * count
            if signs > PAGE_SIGNS or marks > PAGE_MARKS or pairs > PAGE_MARK_PAIRS:
                return Excess(source.start(token.map[0] if token.map else 0), "too-many-marks", PAGE_MARKS)
    return None


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The runs of lines between blank ones, with their offsets."""
    done = 0
    for blank in _BLANK.finditer(text):
        yield done, text[done : blank.start()]
        done = blank.end()
    yield done, text[done:]
