"""The gaps between neighbours in a formula, in cells (The TeXbook, chapter 18, coarsened to whole cells)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studyapp.typeset.tree import Accent, Fenced, Fraction, Grid, Kind, Node, Root, Scripts, Sign, Space

_NO_LEFT_OPERAND = {
    Kind.BINARY, Kind.UNARY, Kind.OPERATOR, Kind.LARGE, Kind.RELATION, Kind.OPEN, Kind.PUNCTUATION,
}  # fmt: skip
_NO_RIGHT_OPERAND = {Kind.RELATION, Kind.CLOSE, Kind.PUNCTUATION}

_WORD_AT_END = re.compile(r"(?:[A-Za-z]{2,}|[_^][^\W_]+)$")
_WORD_AT_START = re.compile(r"[A-Za-z]{2,}")


def kind_of(node: Node) -> Kind:
    """What a part is to its neighbours."""
    match node:
        case Sign(kind=kind):
            return kind
        case Scripts(base=base):
            return kind_of(base)
        case Accent(name, body) if name.endswith("brace"):
            return kind_of(body)
        case Fraction() | Root() | Grid():
            return Kind.INNER
        case Fenced(parts=(Grid(),)):
            return Kind.INNER
        case Fenced():
            return Kind.FENCED
        case _:
            return Kind.ORDINARY


def kinds_in_row(nodes: Sequence[Node]) -> list[Kind]:
    """The kinds of a row's parts, where a binary operator without an operand on either side is unary or plain."""
    kinds: list[Kind] = []
    parts = [kind_of(node) for node in nodes if not isinstance(node, Space)]
    previous = Kind.OPEN
    for index, kind in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else Kind.CLOSE
        if kind is Kind.BINARY and following in _NO_RIGHT_OPERAND:
            kind = Kind.ORDINARY  # noqa: PLW2901 - the kind is put right in place
        elif kind is Kind.BINARY and previous in _NO_LEFT_OPERAND:
            kind = Kind.UNARY  # noqa: PLW2901 - the same
        kinds.append(kind)
        previous = kind
    remaining = iter(kinds)
    return [Kind.ORDINARY if isinstance(node, Space) else next(remaining) for node in nodes]


def gap(left: Kind, right: Kind, *, tight: bool) -> int:
    """The cells between two neighbours; in scripts (`tight`) operators and relations get none."""
    match left, right:
        case (Kind.OPEN, _) | (_, Kind.CLOSE | Kind.PUNCTUATION):
            return 0
        case (Kind.UNARY, Kind.INNER):
            return 1
        case (Kind.UNARY, _):
            return 0
        case (Kind.BINARY | Kind.RELATION | Kind.PUNCTUATION, _) | (_, Kind.BINARY | Kind.RELATION):
            return 0 if tight else 1
        case (Kind.LARGE, _) | (_, Kind.LARGE | Kind.OPERATOR):
            return 1
        case (Kind.OPERATOR, Kind.OPEN | Kind.FENCED):
            return 0
        case (Kind.OPERATOR, _):
            return 1
        case (Kind.FENCED, Kind.FENCED):
            return 0
        case (Kind.INNER, _) | (_, Kind.INNER):
            return 1
        case _:
            return 0


def collides(left: str, right: str) -> bool:
    """Whether two neighbours without a gap would be read as one word: `eta` and `x`, `y_c` and `x`."""
    if not left or not right or left == "d":  # a differential stands close to its variable
        return False
    if _WORD_AT_END.search(left) and right[0].isalnum():
        return True
    return bool(_WORD_AT_START.match(right)) and left[-1].isalnum()
