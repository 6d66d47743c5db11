"""Figures of a page: the kernel gives the points, the terminal gets braille."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studyapp.domain.document import Block, Figure
from studyapp.domain.place import Place
from studyapp.domain.question import Plotted
from studyapp.kernel.requests import Plot
from studyapp.typeset.document import Picture
from studyapp.typeset.plot import curve_picture

HEIGHT = 12
WIDEST = 64
POINTS = 2 * WIDEST
"""Points asked of each curve: two for a cell, which is what braille can show."""


def figures_in(blocks: Sequence[Block]) -> tuple[Figure, ...]:
    """The figures of a page, in their order."""
    return tuple(block for block in blocks if isinstance(block, Figure))


def request_for(figure: Figure) -> Plot:
    """What to ask of the kernel for a figure."""
    return Plot(tuple(curve.text for curve in figure.curves), figure.variable, figure.low, figure.high, POINTS)


def pictures(plots: Mapping[Place, Plotted], *, ascii_only: bool) -> Picture:
    """Who draws the figures whose points are known; the others keep their room, so that the page does not jump."""

    def draw(figure: Figure, width: int) -> Sequence[str]:
        plotted = plots.get(figure.place)
        if plotted is None:
            return ("",) * HEIGHT
        curves = [[(x, y) for x, y in curve if y is not None] for curve in plotted.curves]
        return curve_picture(curves, min(width, WIDEST), HEIGHT, ascii_only=ascii_only)

    return draw
