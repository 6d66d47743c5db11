"""The outline of a page: which blocks are prose of the topic, and which sections are exercises."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache
from itertools import islice, takewhile

from markdown_it.token import Token

from studyapp.domain.place import Problem, Severity
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.pages.blocks import runs, without_comments
from studyapp.pages.report import Report


class Headings(Problem):
    """What is wrong with the headings and sections of a page."""

    NO_TITLE = Text(
        ja="ページの題がありません。\n`# ` で始まる見出しを一つ置いてください。",
        en="The page has no title.\nGive it one heading that begins with `# `.",
    )
    SECOND_TITLE = Text(
        ja="ページの題が二つあります（{found}）。\n節の見出しは `## ` で始めてください。",
        en="There is a second title ({found}).\nHeadings of sections begin with `## `.",
    )
    KEY_WITHOUT_SECTION = Text(
        ja="yaml key のブロックが、どの節にも属していません。\n`## ` の見出しの下に置いてください。",
        en="This yaml key block belongs to no section.\nPut it under a heading `## `.",
    )
    SECOND_KEY = Text(
        ja="この節には yaml key のブロックがもうあります。\n問題ごとに見出しを付けてください。",
        en="This section has a yaml key block already.\nGive each exercise a heading.",
    )
    STRAY_PART = Text(
        ja="「{found}」は問題の一部の見出しですが、この節は yaml key で終わっていません。\n"
        "節の最後に yaml key のブロックを書くか、見出しを変えてください。",
        en="“{found}” heads a part of an exercise, but this section does not end in a yaml key.\n"
        "End the section with a yaml key block, or rename the heading.",
    )


class Part(Enum):
    """The parts of an exercise that have a heading of their own; the values are the headings."""

    HINTS = ("ヒント", "Hints")
    MISTAKES = ("誤答", "Mistakes")
    SOLUTION = ("解説", "Solution")
    SCENES = ("場面", "Scenes")


PART_HEADINGS = {heading: part for part in Part for heading in part.value}


def _folded(heading: str) -> str:
    """A heading without what is easily written otherwise: kana, width, case, plural, marks around it."""
    text = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading).casefold())
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text).removesuffix("s")


NEAR_HEADINGS = {
    **{_folded(heading): part for heading, part in PART_HEADINGS.items()},
    **dict.fromkeys(("誤答例", "誤り", "間違い"), Part.MISTAKES),
    **dict.fromkeys(("解答", "解答例", "解き方", "answer", "explanation"), Part.SOLUTION),
}
"""What is written where one of them is meant."""

FENCES = ("yaml key", "yaml figure")  # the info of fences whose content is facts


@dataclass(frozen=True, slots=True)
class Piece:
    """A block at the top level, with its lines (`last` not included); `near_part` is one that a heading may mean."""

    tokens: Sequence[Token]
    first: int
    last: int
    type: str
    level: int
    heading: str
    part: Part | None
    near_part: Part | None
    is_key: bool
    is_silent: bool


def _piece(tokens: Sequence[Token]) -> Piece:
    token = tokens[0]
    level = int(token.tag[1:]) if token.type == "heading_open" else 0
    heading = tokens[1].content if level else ""
    part = PART_HEADINGS.get(heading.strip()) if level >= 2 else None
    near_part = NEAR_HEADINGS.get(_folded(heading)) if level >= 3 and part is None else None
    is_comment = token.type == "html_block" and not without_comments(token.content).strip()
    is_silent = token.type == "hr" or is_comment
    lines = token.map or (0, 0)
    return Piece(tokens, lines[0], lines[1], token.type, level, heading, part, near_part, is_key(token), is_silent)


@dataclass(frozen=True, slots=True)
class Section:
    """A section that ends in a `yaml key` fence; `after` is prose that follows the fence, and belongs to nothing."""

    heading: Piece
    pieces: Sequence[Piece]
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


@lru_cache(64)
def meant_fence(info: str) -> str:
    """Which fence of facts the info of a fence names or seems to, as `yaml-key` and `YAML Key` do; empty for none."""
    words = " ".join(re.sub(r"[\W_]+", " ", info).casefold().split()[:2])
    if not words.startswith(("yaml", "yml")) or words in ("yaml", "yml"):
        return ""
    return next(iter(get_close_matches(words, FENCES, n=1, cutoff=0.75)), "")


def outline(tokens: Sequence[Token], report: Report) -> Outline:
    """The outline of a page's tokens; sections that are not whole are complaints."""
    pieces = [_piece(run) for run in runs(tokens)]
    sections = _sections(pieces, report)
    front_matter = title = None
    parts: list[Piece | Section] = []
    done = 0
    for index, piece in enumerate(pieces):
        if index < done:
            continue
        if index in sections:
            done, section = sections[index]
            parts.append(section)
        elif piece.type == "front_matter":
            front_matter = piece
        elif piece.level == 1 and title is None:
            title = piece
        elif not piece.is_key:
            if piece.level == 1:
                report.add(report.source.start(piece.first), Headings.SECOND_TITLE, piece.heading)
            elif piece.part is not None and piece.level >= 3:
                start = report.source.start(piece.first)
                report.add(start, Headings.STRAY_PART, piece.heading, severity=Severity.WARNING)
            parts.append(piece)
    if title is None:
        report.add(0, Headings.NO_TITLE)
    return Outline(front_matter, title, tuple(parts))


def _sections(pieces: Sequence[Piece], report: Report) -> dict[int, tuple[int, Section]]:
    sections: dict[int, tuple[int, Section]] = {}
    owner: int | None = None
    for index, piece in enumerate(pieces):
        if piece.level and piece.part is None and not (owner is not None and piece.near_part):
            owner = index if piece.level >= 2 else None
        if not piece.is_key:
            continue
        if owner is None:
            report.add(report.source.start(piece.first), Headings.KEY_WITHOUT_SECTION)
        elif owner in sections:
            report.add(report.source.start(piece.first), Headings.SECOND_KEY)
        else:
            after = _after(pieces, index + 1)
            sections[owner] = (index + 1, Section(pieces[owner], pieces[owner + 1 : index], piece, after))
    return sections


def _after(pieces: Sequence[Piece], index: int) -> Piece | None:
    following = takewhile(lambda piece: not piece.level and not piece.is_key, islice(pieces, index, None))
    return next((piece for piece in following if not piece.is_silent), None)
