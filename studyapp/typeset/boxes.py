"""Boxes of text (rows equally wide in cells, one of them the baseline), and fences that grow with what they enclose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyapp.typeset.signs import plain_fence
from studyapp.typeset.width import Align, cells, pad


@dataclass(frozen=True, slots=True)
class Box:
    """A picture in terminal cells; `rows[baseline]` lines up with the text beside it."""

    rows: tuple[str, ...]
    baseline: int

    @property
    def width(self) -> int:
        """Cells."""
        return cells(self.rows[0])

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.rows)

    @property
    def above(self) -> int:
        """Rows above the baseline."""
        return self.baseline

    @property
    def below(self) -> int:
        """Rows below the baseline."""
        return len(self.rows) - 1 - self.baseline


def line(text: str) -> Box:
    """A box of one row."""
    return Box((text,), 0)


def blank(width: int) -> Box:
    """A box of one row of spaces."""
    return Box((" " * width,), 0)


def hcat(boxes: Sequence[Box]) -> Box:
    """Boxes side by side, baselines in line."""
    if not boxes:
        return line("")
    if len(boxes) == 1:
        return boxes[0]
    above = max(box.above for box in boxes)
    below = max(box.below for box in boxes)
    columns = [grown(box, above, below).rows for box in boxes]
    return Box(tuple("".join(row) for row in zip(*columns, strict=True)), above)


def vcat(boxes: Sequence[Box], base: int, align: Align = "center") -> Box:
    """Boxes one below the other; the baseline is that of `boxes[base]`."""
    width = max(box.width for box in boxes)
    rows = tuple(pad(row, width, align) for box in boxes for row in box.rows)
    return Box(rows, sum(box.height for box in boxes[:base]) + boxes[base].baseline)


def grown(box: Box, above: int, below: int) -> Box:
    """The box with blank rows, so that it has at least so many above and below its baseline."""
    empty = " " * box.width
    top = max(0, above - box.above)
    bottom = max(0, below - box.below)
    return Box((empty,) * top + box.rows + (empty,) * bottom, box.baseline + top)


def shifted(box: Box, bottom: int) -> Box:
    """The box moved so that its last row is `bottom` rows above (below, if negative) the baseline."""
    if bottom >= 0:
        empty = " " * box.width
        return Box(box.rows + (empty,) * bottom, box.height - 1 + bottom)
    empty = " " * box.width
    top = max(0, -bottom - box.height + 1)
    return Box((empty,) * top + box.rows, top + box.height - 1 + bottom)


def padded(box: Box, width: int, align: Align) -> Box:
    """The box widened to so many cells."""
    return Box(tuple(pad(row, width, align) for row in box.rows), box.baseline)


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
