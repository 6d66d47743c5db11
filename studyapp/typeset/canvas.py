"""A small canvas of braille dots: two across and four down in every terminal cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_BLANK = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in a braille character, by row and column (Unicode, block Braille Patterns)."""
_ASCII_LEVELS = ("'", "-", ".", ".")
"""An ASCII sign for the highest dot row that is set in a cell."""

Dot = tuple[int, int]


@dataclass(slots=True)
class Canvas:
    """Dots to be set; `width` and `height` are cells, dots count from the top left; what falls outside is left out."""

    width: int
    height: int
    _cells: dict[Dot, int] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """Dots across."""
        return self.width * 2

    @property
    def lines(self) -> int:
        """Dots down."""
        return self.height * 4

    def plot(self, points: Iterable[Dot]) -> None:
        """Single dots, `(column, line)`."""
        for column, line in points:
            if 0 <= column < self.columns and 0 <= line < self.lines:
                cell = (column // 2, line // 4)
                self._cells[cell] = self._cells.get(cell, 0) | _DOTS[line % 4][column % 2]

    def stroke(self, start: Dot, end: Dot) -> None:
        """A straight line of dots; its ends may lie outside, not farther than the canvas is large."""
        self.plot(between(start, end))

    def rows(self, *, ascii_only: bool = False) -> tuple[str, ...]:
        """The picture, `width` cells in each of `height` rows; where no dot is set there is a space."""
        sign = _ascii_sign if ascii_only else _braille_sign
        return tuple(
            "".join(sign(self._cells.get((column, row), 0)) for column in range(self.width))
            for row in range(self.height)
        )


def between(start: Dot, end: Dot) -> Iterator[Dot]:
    """The dots of a straight line, both ends with it."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        yield (
            round(start[0] + (end[0] - start[0]) * step / steps),
            round(start[1] + (end[1] - start[1]) * step / steps),
        )


def _braille_sign(dots: int) -> str:
    return chr(_BLANK + dots) if dots else " "


def _ascii_sign(dots: int) -> str:
    filled = [row for row, bits in enumerate(_DOTS) if dots & (bits[0] | bits[1])]
    if len(filled) > 2:
        return "|"
    return _ASCII_LEVELS[filled[0]] if filled else " "
