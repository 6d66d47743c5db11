"""The outline of a page: which blocks are prose of the topic, and which sections are exercises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice, takewhile

from markdown_it.token import Token

from studyapp.domain.place import Severity
from studyapp.pages.blocks import closing
from studyapp.pages.inlines import without_comments
from studyapp.pages.report import Report


class Part(StrEnum):
    """The parts of an exercise that have a heading of their own."""

    HINTS = "hints"
    MISTAKES = "mistakes"
    SOLUTION = "solution"
    SCENES = "scenes"


PART_HEADINGS = {
    "ヒント": Part.HINTS,
    "Hints": Part.HINTS,
    "誤答": Part.MISTAKES,
    "Mistakes": Part.MISTAKES,
    "解説": Part.SOLUTION,
    "Solution": Part.SOLUTION,
    "場面": Part.SCENES,
    "Scenes": Part.SCENES,
}


def _folded(heading: str) -> str:
    """A heading without what is easily written otherwise: kana, width, case, plural, marks around it."""
    text = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading).casefold())
    return "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in text).removesuffix("s")


NEAR_HEADINGS = {_folded(heading): part for heading, part in PART_HEADINGS.items()} | {
    "誤答例": Part.MISTAKES,
    "誤り": Part.MISTAKES,
    "間違い": Part.MISTAKES,
    "解答": Part.SOLUTION,
    "解答例": Part.SOLUTION,
    "解き方": Part.SOLUTION,
    "answer": Part.SOLUTION,
    "explanation": Part.SOLUTION,
}
"""What is written where one of them is meant."""

FENCES = ("yaml key", "yaml figure")
"""The info of fences whose content is facts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block at the top level of a page: its tokens, and its lines from `first` to `last`, not included."""

    tokens: Sequence[Token]
    first: int
    last: int

    @property
    def type(self) -> str:
        """The type of the opening token."""
        return self.tokens[0].type

    @property
    def level(self) -> int:
        """The level of a heading, 0 for anything else."""
        return int(self.tokens[0].tag[1:]) if self.type == "heading_open" else 0

    @property
    def heading(self) -> str:
        """The Markdown source of a heading, empty for anything else."""
        return self.tokens[1].content if self.level else ""

    @property
    def part(self) -> Part | None:
        """The part of an exercise that a heading opens."""
        return PART_HEADINGS.get(self.heading.strip()) if self.level >= 2 else None

    @property
    def near_part(self) -> Part | None:
        """The part that a sub-heading seems to mean but does not name."""
        return NEAR_HEADINGS.get(_folded(self.heading)) if self.level >= 3 and self.part is None else None

    @property
    def is_key(self) -> bool:
        """Whether this is a `yaml key` fence."""
        return is_key(self.tokens[0])

    @property
    def is_silent(self) -> bool:
        """Whether nothing of this block is shown as prose: a rule, or comments alone."""
        token = self.tokens[0]
        return token.type == "hr" or (token.type == "html_block" and not without_comments(token.content).strip())


@dataclass(frozen=True, slots=True)
class Section:
    """A section that ends in a `yaml key` fence: its heading, the pieces between, the fence.

    `after` is prose that follows the fence and so belongs to nothing.
    """

    heading: Piece
    pieces: tuple[Piece, ...]
    fence: Piece
    after: Piece | None


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page consists of, in written order; `heading` is its title."""

    front_matter: Piece | None
    title: Piece | None
    parts: tuple[Piece | Section, ...]


def is_key(token: Token) -> bool:
    """Whether a token is a `yaml key` fence, or one that seems to be meant: its name has a complaint then, not more."""
    return token.type == "fence" and meant_fence(token.info) == "yaml key"


def meant_fence(info: str) -> str:
    """Which fence of facts the info of a fence names or seems to, as `yaml-key` and `YAML Key` do; empty for none."""
    words = " ".join(re.sub(r"[\W_]+", " ", info).casefold().split()[:2])
    if not words.startswith(("yaml", "yml")) or words in ("yaml", "yml"):
        return ""
    return next(iter(get_close_matches(words, FENCES, n=1, cutoff=0.75)), "")


def outline(tokens: Sequence[Token], report: Report) -> Outline:
    """The outline of a page's tokens; sections that are not whole are complaints."""
    pieces = _pieces(tokens)
    sections = _sections(pieces, report)
    front_matter = title = None
    parts: list[Piece | Section] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if index in sections:
            end, section = sections[index]
            parts.append(section)
            index = end + 1
            continue
        index += 1
        if piece.type == "front_matter":
            front_matter = piece
        elif piece.level == 1 and title is None:
            title = piece
        elif not piece.is_key:
            _check_heading(piece, report)
            parts.append(piece)
    if title is None:
        report.add(0, "no-title")
    return Outline(front_matter, title, tuple(parts))


def _pieces(tokens: Sequence[Token]) -> list[Piece]:
    pieces = []
    index = 0
    while index < len(tokens):
        end = closing(tokens, index)
        first, last = tokens[index].map or (0, 0)
        pieces.append(Piece(tokens[index : end + 1], first, last))
        index = end + 1
    return pieces


def _sections(pieces: Sequence[Piece], report: Report) -> dict[int, tuple[int, Section]]:
    """Exercises by the index of their heading, each with the index of its fence."""
    found: dict[int, tuple[int, Section]] = {}
    owner: int | None = None
    for index, piece in enumerate(pieces):
        if piece.level and piece.part is None and not (owner is not None and piece.near_part):
            owner = index if piece.level >= 2 else None
        if not piece.is_key:
            continue
        if owner is None:
            report.add(report.source.start(piece.first), "key-without-section")
        elif owner in found:
            report.add(report.source.start(piece.first), "second-key")
        else:
            after = _after(pieces, index + 1)
            found[owner] = (index, Section(pieces[owner], tuple(pieces[owner + 1 : index]), piece, after))
    return found


def _after(pieces: Sequence[Piece], index: int) -> Piece | None:
    """The first block of prose between a fence and the next heading."""
    following = takewhile(lambda piece: not piece.level and not piece.is_key, islice(pieces, index, None))
    return next((piece for piece in following if not piece.is_silent), None)


def _check_heading(piece: Piece, report: Report) -> None:
    start = report.source.start(piece.first)
    if piece.level == 1:
        report.add(start, "second-title", piece.heading)
    elif piece.part is not None and piece.level >= 3:
        report.add(start, "stray-part", piece.heading, severity=Severity.WARNING)
