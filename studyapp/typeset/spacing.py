"""The gaps between neighbours in a formula, in cells (The TeXbook, chapter 18, coarsened to whole cells)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studyapp.typeset.tree import Accent, Fenced, Fraction, Grid, Kind, Node, Root, Scripts, Sign, Space

_NO_LEFT_OPERAND = {
    Kind.BINARY, Kind.UNARY, Kind.OPERATOR, Kind.LARGE, Kind.RELATION, Kind.OPEN, Kind.PUNCTUATION,
}  # fmt: skip
_NO_RIGHT_OPERAND = {Kind.RELATION, Kind.CLOSE, Kind.PUNCTUATION}

_WORD_AT_END = re.compile(r"(?:[A-Za-z]{2,}|[_^][^\s()]+|[_^]\([^()]*\))$")
_WORD_AT_START = re.compile(r"[A-Za-z]{2,}")


def kind_of(node: Node) -> Kind:
    """What a part is to its neighbours."""
    match node:
        case Sign(kind=kind):
            return kind
        case Scripts(base=base):
            return kind_of(base)
        case Accent(body=body) if node.stacks:
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
    """The kinds of a row's parts: a sign without a left operand is unary, a bar there opens and the next one closes."""
    parts = [node for node in nodes if not isinstance(node, Space)]
    kinds: list[Kind] = []
    previous, open_bar = Kind.OPEN, ""
    for index, node in enumerate(parts):
        following = kind_of(parts[index + 1]) if index + 1 < len(parts) else Kind.CLOSE
        bar = _bar(node)
        kind = kind_of(node)
        if bar and bar == open_bar:
            kind, open_bar = Kind.CLOSE, ""
        elif bar and previous in _NO_LEFT_OPERAND:
            kind, open_bar = Kind.OPEN, bar
        elif kind is Kind.BINARY and following in _NO_RIGHT_OPERAND:
            kind = Kind.ORDINARY
        elif kind is Kind.BINARY and previous in _NO_LEFT_OPERAND:
            kind = Kind.UNARY
        kinds.append(kind)
        previous = kind
    remaining = iter(kinds)
    return [Kind.ORDINARY if isinstance(node, Space) else next(remaining) for node in nodes]


def _bar(node: Node) -> str:
    """The text of a bar that has no side of its own, with or without scripts."""
    base = node.base if isinstance(node, Scripts) else node
    return base.text if isinstance(base, Sign) and base.text in {"|", "‖"} and base.kind is Kind.ORDINARY else ""


def gap(left: Kind, right: Kind, *, tight: bool) -> int:
    """The cells between two neighbours; in scripts (`tight`) operators and relations get none."""
    match left, right:
        case (Kind.OPEN, _) | (_, Kind.CLOSE | Kind.PUNCTUATION):
            return 0
        case (Kind.UNARY, Kind.INNER):
            return 1
        case (Kind.UNARY, _):
            return 0
        case (Kind.RELATION, Kind.RELATION):
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
