"""Fences that grow with what they enclose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studyapp.typeset.boxes import Box, line
from studyapp.typeset.signs import plain_fence
from studyapp.typeset.width import cells


@dataclass(frozen=True, slots=True)
class _Pieces:
    """What a tall fence is built of; braces have a middle and a form of their own for two rows."""

    top: str
    shaft: str
    bottom: str
    middle: str = ""
    pair: str = ""


_PIECES: Mapping[str, _Pieces] = {
    "(": _Pieces("⎛", "⎜", "⎝"),
    ")": _Pieces("⎞", "⎟", "⎠"),
    "[": _Pieces("⎡", "⎢", "⎣"),
    "]": _Pieces("⎤", "⎥", "⎦"),
    "{": _Pieces("⎧", "⎪", "⎩", "⎨", "⎰⎱"),
    "}": _Pieces("⎫", "⎪", "⎭", "⎬", "⎱⎰"),
    "|": _Pieces("│", "│", "│"),
    "‖": _Pieces("║", "║", "║"),
    "⌊": _Pieces("⎢", "⎢", "⎣"),
    "⌋": _Pieces("⎥", "⎥", "⎦"),
    "⌈": _Pieces("⎡", "⎢", "⎢"),
    "⌉": _Pieces("⎤", "⎥", "⎥"),
    "⟨": _Pieces("╱", "│", "╲", "⟨", "╱╲"),
    "⟩": _Pieces("╲", "│", "╱", "⟩", "╲╱"),
}
_PLAIN_PIECES: Mapping[str, _Pieces] = {
    "(": _Pieces("/", "|", "\\"),
    ")": _Pieces("\\", "|", "/"),
    "[": _Pieces("[", "[", "["),
    "]": _Pieces("]", "]", "]"),
    "{": _Pieces("/", "|", "\\", "<", "/\\"),
    "}": _Pieces("\\", "|", "/", ">", "\\/"),
    "|": _Pieces("|", "|", "|"),
    "‖": _Pieces("||", "||", "||"),
    "⌊": _Pieces("| ", "| ", "|_"),
    "⌋": _Pieces(" |", " |", "_|"),
    "⌈": _Pieces("|^", "| ", "| "),
    "⌉": _Pieces("^|", " |", " |"),
    "⟨": _Pieces("/", "|", "\\", "<", "/\\"),
    "⟩": _Pieces("\\", "|", "/", ">", "\\/"),
}


def fence(text: str, above: int, below: int, *, ascii_only: bool) -> Box:
    """A fence that spans so many rows above and below the baseline; no cells wide for the empty fence."""
    height = above + 1 + below
    pieces = (_PLAIN_PIECES if ascii_only else _PIECES).get(text)
    if height == 1 or pieces is None:
        return _single(plain_fence(text) if ascii_only else text, above, below)
    if height == 2 and pieces.pair:
        return Box(tuple(pieces.pair), above)
    rows = [pieces.top, *[pieces.shaft] * (height - 2), pieces.bottom]
    if pieces.middle:
        rows[min(max(above, 1), height - 2)] = pieces.middle
    return Box(tuple(rows), above)


def _single(text: str, above: int, below: int) -> Box:
    """A fence that does not grow, on the baseline."""
    empty = (" " * cells(text),)
    box = line(text)
    return Box(empty * above + box.rows + empty * below, above)
