"""How much Markdown a page may hold: what the reader's time grows with is counted before it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from studyapp.domain.words.pages import Code
from studyapp.pages.outline import meant_fence
from studyapp.pages.source import Source

MOST_LINES = 6_000
"""A page of 200 kB as the course writes them has 5,000."""
MOST_MARKS = 12_000
"""The same page has 9,000."""
MOST_SIGNS = 60_000
"""Of all signs at which the reader of a paragraph stops to look; the same page has 20,000."""
MOST_PAIRS = 9_000_000
"""The marks of a paragraph are compared with each other: of every paragraph the square of its count.

The densest page of the course has 110,000."""
MOST_CELLS = 5_000
"""Of a table, short rows filled up. The largest of the course has 50."""
MOST_DEFINITIONS = 100
"""For each link definition the rest of its paragraph is read once more."""
MOST_HOLES = 2_000
"""The page of the course with the most has 100."""

MOST_FACTS = 4_000
"""Lines and commas of the YAML of a page, each at most one value to be read. The course has at most 730 on one."""

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
    code: Code
    limit: int


def excess(source: Source) -> Excess | None:
    """The first bound that a text breaks; None where its blocks may be read."""
    if len(source.starts) > MOST_LINES:
        return Excess(source.start(MOST_LINES), "too-many-lines", MOST_LINES)
    counted: tuple[tuple[re.Pattern[str], int, Code], ...] = (
        (_DEFINITION, MOST_DEFINITIONS, "too-many-definitions"),
        (_HOLE, MOST_HOLES, "too-many-holes"),
    )
    for pattern, limit, code in counted:
        found = [one.start() for one in pattern.finditer(source.text)]
        if len(found) > limit:
            return Excess(found[limit], code, limit)
    for start, block in _blocks(source.text):
        table = _COLUMNS.search(block)
        if table and table[1].count("|") * block.count("\n", table.end()) > MOST_CELLS:
            return Excess(start + table.start(), "too-many-cells", MOST_CELLS)
    return None


def dense(tokens: Sequence[Token], source: Source) -> Excess | None:
    """The first block with which there are too many marks or facts; None where what is in the blocks may be read."""
    signs = marks = pairs = facts = 0
    for token in tokens:
        if token.type == "front_matter" or (token.type == "fence" and meant_fence(token.info)):
            facts += token.content.count("\n") + token.content.count(",")
            if facts > MOST_FACTS:
                return Excess(source.start(token.map[0] if token.map else 0), "too-many-facts", MOST_FACTS)
        if token.type == "inline":
            count = len(_MARK.findall(token.content))
            signs += len(_SIGN.findall(token.content))
            marks += count
            pairs += count * count
            if signs > MOST_SIGNS or marks > MOST_MARKS or pairs > MOST_PAIRS:
                return Excess(source.start(token.map[0] if token.map else 0), "too-many-marks", MOST_MARKS)
    return None


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The runs of lines between blank ones, with their offsets."""
    done = 0
    for blank in _BLANK.finditer(text):
        yield done, text[done : blank.start()]
        done = blank.end()
    yield done, text[done:]
