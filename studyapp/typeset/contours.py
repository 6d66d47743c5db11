"""A surface as shaded cells, with a path over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, pairwise

from studyapp.typeset.canvas import between
from studyapp.typeset.plot import ticks_of, x_axis
from studyapp.typeset.spans import Line, Span
from studyapp.typeset.ticks import tick_label
from studyapp.typeset.width import cells, pad

Place = tuple[float, float]
Range = tuple[float, float]

SHADES = " .:-=+*#"
"""From the lowest heights to the highest: even steps of the square root, which space the bands of a bowl evenly."""
PATH, POINT, START, NOW = "~", "o", "S", "@"
_MARKS = frozenset({PATH, POINT, START, NOW})


def contour_picture(
    heights: Sequence[Sequence[float | None]],
    x_range: Range,
    y_range: Range,
    path: Sequence[Place] = (),
) -> tuple[Line, ...]:
    """Bands of height with axes, a cell a height, the first row at the top; plain ASCII.

    The path is drawn over them: its start is S, its places are o, and its end is @.
    """
    found = [height for row in heights for height in row if height is not None]
    if not found:
        return ()
    low, high = min(found), max(found)
    grid = [[_shade(height, low, high) for height in row] for row in heights]
    _trace(grid, x_range, y_range, path)
    labels = {
        min(len(grid) - 1, round((y_range[1] - float(tick)) / (y_range[1] - y_range[0]) * (len(grid) - 1))): tick_label(
            tick
        )
        for tick in ticks_of(y_range, max(3, len(grid) // 3))
    }
    margin = max((cells(label) for label in labels.values()), default=0)
    lines = []
    for number, row in enumerate(grid):
        edge = pad(labels.get(number, ""), margin, "right") + ("+" if number in labels else "|")
        lines.append((Span(edge, "math"), *_spans(row)))
    below = x_axis(x_range, margin, len(grid[0]), ascii_only=True)
    return (*lines, *((Span(row, "math"),) for row in below))


def _shade(height: float | None, low: float, high: float) -> str:
    if height is None:
        return SHADES[-1]
    part = math.sqrt((height - low) / (high - low)) if high > low else 0.0
    return SHADES[min(len(SHADES) - 1, int(part * len(SHADES)))]


def _trace(grid: list[list[str]], x_range: Range, y_range: Range, path: Sequence[Place]) -> None:
    """Put the path on the grid; what lies outside is left out."""
    rows, columns = len(grid), len(grid[0])

    def cell(place: Place) -> tuple[int, int]:
        across = (place[0] - x_range[0]) / (x_range[1] - x_range[0]) * (columns - 1)
        down = (y_range[1] - place[1]) / (y_range[1] - y_range[0]) * (rows - 1)
        return round(min(max(across, -columns), 2.0 * columns)), round(min(max(down, -rows), 2.0 * rows))

    def put(at: tuple[int, int], sign: str) -> None:
        if 0 <= at[0] < columns and 0 <= at[1] < rows:
            grid[at[1]][at[0]] = sign

    for before, after in pairwise(path):
        for at in between(cell(before), cell(after)):
            put(at, PATH)
    for place in path:
        put(cell(place), POINT)
    if path:
        put(cell(path[0]), START)
        put(cell(path[-1]), NOW)


def _spans(row: Sequence[str]) -> Line:
    return tuple(
        Span("".join(signs), "lit" if lit else "muted") for lit, signs in groupby(row, key=lambda sign: sign in _MARKS)
    )
