"""Curves and surfaces with axes, as rows of text, and the canvas of braille dots that they are drawn on."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from itertools import cycle, groupby, pairwise
from operator import itemgetter

from studyapp.domain.values import dataclass
from studyapp.typeset.lines import Line, Span
from studyapp.typeset.width import cells, clip, pad

Dot = tuple[int, int]
Point = tuple[float, float]
Range = tuple[float, float]

SMALLEST_WIDTH = 16
SMALLEST_HEIGHT = 5
STYLES = ("#", "######......", "#...", "#######..#..")
"""How the curves are drawn, one after the other: which dots along the line are set."""
ROLES = ("math", "curve2", "curve3", "curve4")
"""Their roles, which screens give other colours."""
ASCII_SIGNS = ("", "o", "+", "x")
"""The sign of each curve where there are no dots; the first has signs that follow its line."""
SAMPLE = 4
FILL = ":"
"""The sign of an area where there are no dots."""
POINTS, ASCII_POINTS = "●○▲□◆△■◇", "OXAHDVUC"
"""The signs of groups of points, one after the other."""
SHADES = " .:-=+*#"
"""From the lowest heights to the highest: even steps of the square root, which space the bands of a bowl evenly."""
PATH, POINT, START, NOW = "~", "o", "S", "@"
_MARKS = frozenset({PATH, POINT, START, NOW})
_LARGEST = 1e100
"""A number beyond is as good as infinite in a picture, and its squares and differences must stay numbers."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in a braille character, by row and column (Unicode, block Braille Patterns)."""
_ASCII_LEVELS = ("'", "-", ".", ".")  # an ASCII sign for the highest dot row that is set in a cell


@dataclass(slots=True)
class Canvas:
    """Dots `(column, line)` from the top left, two across and four down in a cell; those outside are left out."""

    width: int
    height: int
    _cells: dict[Dot, int] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """Dots across."""
        return self.width * 2

    def plot(self, dots: Iterable[Dot]) -> None:
        """Set dots."""
        for column, line in dots:
            if 0 <= column < self.columns and 0 <= line < self.height * 4:
                cell = (column // 2, line // 4)
                self._cells[cell] = self._cells.get(cell, 0) | _DOTS[line % 4][column % 2]

    def rows(self, *, ascii_only: bool = False) -> tuple[str, ...]:
        """The picture, `width` cells in each of `height` rows; where no dot is set there is a space."""
        sign = _ascii_sign if ascii_only else lambda dots: chr(0x2800 + dots) if dots else " "
        dots = [[self._cells.get((column, row), 0) for column in range(self.width)] for row in range(self.height)]
        return tuple("".join(map(sign, row)) for row in dots)


def between(start: Dot, end: Dot) -> Iterator[Dot]:
    """The dots of a straight line, both ends with it."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        column, line = (first + (last - first) * step / steps for first, last in zip(start, end, strict=True))
        yield round(column), round(line)


def _ascii_sign(dots: int) -> str:
    filled = [row for row, bits in enumerate(_DOTS) if dots & (bits[0] | bits[1])]
    if len(filled) > 2:
        return "|"
    return _ASCII_LEVELS[filled[0]] if filled else " "


@dataclass(frozen=True, slots=True)
class _Axes:
    """The part of the plane that is shown, and on how many columns and lines of dots, or of cells."""

    x: Range
    y: Range
    columns: int
    lines: int

    def dot(self, point: Point) -> Dot:
        """The dot of a point; far outside it is brought near, so that strokes stay short."""
        across = (point[0] - self.x[0]) / (self.x[1] - self.x[0]) * (self.columns - 1)
        down = (self.y[1] - point[1]) / (self.y[1] - self.y[0]) * (self.lines - 1)
        near = ((across, self.columns), (down, self.lines))
        column, line = (round(min(max(position, -size), 2.0 * size)) for position, size in near)
        return column, line

    def holds(self, dot: Dot) -> bool:
        return 0 <= dot[0] < self.columns and 0 <= dot[1] < self.lines


def nice_ticks(low: float, high: float, most: int) -> tuple[Decimal, ...]:
    """At most `most` multiples of 1, 2 or 5 times a power of ten within `low..high`; none where that is no range."""
    if not (math.isfinite(low) and math.isfinite(high) and low < high) or most < 1:
        return ()
    exponent = math.floor(math.log10((high - low) / most)) if high - low > 0 else 0
    for power in (exponent, exponent + 1):
        for factor in (1, 2, 5):
            step = Decimal(factor).scaleb(power)
            ticks = _multiples(step, low, high)
            if len(ticks) <= most:
                return ticks
    return ()


def tick_label(tick: Decimal) -> str:
    """A tick as it is written, without needless zeros."""
    if tick and not -4 <= tick.adjusted() <= 5:
        return f"{tick.normalize():e}".replace("e+", "e")
    return f"{tick.normalize():f}"


def _multiples(step: Decimal, low: float, high: float) -> tuple[Decimal, ...]:
    slack = Decimal("1e-9")
    first = math.ceil(Decimal(low) / step - slack)
    last = math.floor(Decimal(high) / step + slack)
    return tuple(step * count for count in range(first, last + 1)) if last - first < 1000 else (step,) * 1001


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is added to curves: groups of points, marks `(x, y, sign)`, the bounds of an area below the first curve."""

    groups: Sequence[Sequence[Point]] = ()
    marks: Sequence[tuple[float, float, str]] = ()
    area: Range | None = None


def curve_picture(
    curves: Sequence[Sequence[Point]],
    width: int,
    height: int,
    *,
    x_range: Range | None = None,
    y_range: Range | None = None,
    over: Overlay | None = None,
    ascii_only: bool = False,
) -> tuple[Line, ...]:
    """One or more curves with axes and tick labels: `height` rows of exactly `width` cells; none without finite points.

    Curves differ by their strokes (`STYLES`) and roles (`ROLES`), as the samples of `legend` show. A point that is not
    finite parts its curve. Ranges that are not given are taken from the points.
    """
    over = over or Overlay()
    width, height = max(width, SMALLEST_WIDTH), max(height, SMALLEST_HEIGHT)
    points = [point for curve in (*curves, *over.groups) for point in curve if _is_finite(point)]
    points += [(x, y) for x, y, _ in over.marks if _is_finite((x, y))]
    if not points:
        return ()
    x = range_of([point[0] for point in points], x_range)
    rows = height - 2
    y = range_of([point[1] for point in points], y_range)
    y = y if y_range else let_out(y, rows)
    labels = {_row(tick, y, rows): tick_label(tick) for tick in ticks_of(y, max(3, (rows + 1) // 3))}
    margin = min(max((cells(label) for label in labels.values()), default=0), width // 3)
    canvas = Canvas(width - margin - 1, rows)
    axes = _Axes(x, y, canvas.columns, rows * 4)
    signs = [(*point, point_sign(at, ascii_only=ascii_only)) for at, group in enumerate(over.groups) for point in group]
    below = list(_below(curves[0], over.area, axes)) if over.area else []
    drawn = _marked(_drawn(curves, canvas, axes, below, ascii_only=ascii_only), (*signs, *over.marks), axes)
    beside, ticked = ("|", "+") if ascii_only else ("│", "┤")
    owners = _owners(curves, axes)
    for number, group in enumerate(over.groups):
        dots = map(axes.dot, filter(_is_finite, group))
        owners |= {(column // 2, line // 4): _group_role(number) for column, line in dots}
    framed: list[Line] = []
    for row, text in enumerate(drawn):
        edge = pad(clip(labels.get(row, ""), margin), margin, "right") + (ticked if row in labels else beside)
        roles = [owners.get((column, row), ROLES[0]) for column in range(len(text))]
        runs = groupby(zip(text, roles, strict=True), key=itemgetter(1))
        framed.append((Span(edge, ROLES[0]), *(Span("".join(sign for sign, _ in run), role) for role, run in runs)))
    return (*framed, *((Span(line, ROLES[0]),) for line in x_axis(x, margin, canvas.width, ascii_only=ascii_only)))


def _owners(curves: Sequence[Sequence[Point]], axes: _Axes) -> dict[Dot, str]:
    """The role of each cell that a curve goes through; the first curve lies on top."""
    owners: dict[Dot, str] = {}
    for number, curve in reversed(list(enumerate(curves))):
        owners |= {(column // 2, line // 4): ROLES[number % len(ROLES)] for column, line in _line(curve, axes)}
    return owners


def _is_finite(point: Point) -> bool:
    return abs(point[0]) <= _LARGEST and abs(point[1]) <= _LARGEST


def range_of(values: Sequence[float], given: Range | None) -> Range:
    """The range that is shown: the given one, else from least to greatest, widened where they are (nearly) one."""
    low, high = given or (min(values), max(values))
    if high - low > 1e-12 * max(abs(low), abs(high), 1e-250):
        return low, high
    middle = (low + high) / 2
    reach = abs(middle) / 10 if abs(middle) > 1e-200 else 1.0
    return middle - reach, middle + reach


def ticks_of(values: Range, most: int) -> tuple[Decimal, ...]:
    """Round numbers within a range: few, and more where it would be one alone, which gives no scale."""
    ticks = nice_ticks(*values, most=most)
    return ticks if len(ticks) > 1 else nice_ticks(*values, most=2 * most)


def let_out(values: Range, rows: int) -> Range:
    """The range let out to tenths of the distance between ticks, so that a curve from 0.01 to 0.99 shows 0 and 1."""
    ticks = ticks_of(values, max(3, (rows + 1) // 3))
    if len(ticks) < 2:
        return values
    step = float(ticks[1] - ticks[0]) / 10
    return math.floor(values[0] / step) * step, math.ceil(values[1] / step) * step


def _row(tick: Decimal, y: Range, rows: int) -> int:
    return min(rows - 1, max(0, math.floor((y[1] - float(tick)) / (y[1] - y[0]) * (rows * 4 - 1) / 4)))


def point_sign(group: int, *, ascii_only: bool) -> str:
    """The sign of a group of points, by its number."""
    signs = ASCII_POINTS if ascii_only else POINTS
    return signs[group % len(signs)]


def _group_role(group: int) -> str:
    return ROLES[(group + 1) % len(ROLES)]  # the first colour is that of a line through the points


def legend(
    labels: Sequence[str], width: int, *, groups: Sequence[str] = (), ascii_only: bool = False
) -> tuple[Line, ...]:
    """A sample of each curve's stroke, or the sign of each group, with its label, in as many rows as they need."""
    rows: list[Line] = []
    filled = width
    samples = [(_sample(at, ascii_only=ascii_only), ROLES[at % len(ROLES)]) for at in range(len(labels))]
    samples += [(point_sign(at, ascii_only=ascii_only), _group_role(at)) for at in range(len(groups))]
    for (sample, role), label in zip(samples, (*labels, *groups), strict=True):
        text = clip(f" {label}", width - cells(sample))
        item = Span(sample, role), Span(text, "muted")
        if filled + 3 + cells(sample + text) <= width:
            rows[-1] = (*rows[-1], Span("   "), *item)
            filled += 3 + cells(sample + text)
        else:
            rows.append(item)
            filled = cells(sample + text)
    return tuple(rows)


def _sample(number: int, *, ascii_only: bool) -> str:
    if ascii_only:
        return (ASCII_SIGNS[number % len(ASCII_SIGNS)] or "-") * SAMPLE
    canvas = Canvas(SAMPLE, 1)
    canvas.plot(_set([(column, 2) for column in range(canvas.columns)], number))
    return canvas.rows()[0].replace(" ", "\u2800")


def _set(dots: Sequence[Dot], number: int) -> list[Dot]:
    return [dot for dot, sign in zip(dots, cycle(STYLES[number % len(STYLES)]), strict=False) if sign == "#"]


def _below(curve: Sequence[Point], area: Range, axes: _Axes) -> Iterator[Dot]:
    """The dots between a curve and zero, within two bounds; every other one across and down."""
    base = axes.dot((axes.x[0], 0.0))[1]
    first, last = sorted(axes.dot((bound, 0.0))[0] for bound in area)
    for column, line in _line(curve, axes):
        if first <= column <= last and column % 2 == 0:
            yield from ((column, at) for at in range(min(line, base), max(line, base) + 1) if at % 2 == 0)


def _drawn(
    curves: Sequence[Sequence[Point]], canvas: Canvas, axes: _Axes, below: Sequence[Dot], *, ascii_only: bool
) -> Sequence[str]:
    if not ascii_only:
        canvas.plot(below)
        for number, curve in enumerate(curves):
            canvas.plot(_set(_line(curve, axes), number))
        return canvas.rows()
    filled = {(column // 2, line // 4) for column, line in below}
    rows = ["".join(FILL if (at, row) in filled else " " for at in range(canvas.width)) for row in range(canvas.height)]
    for number, curve in reversed(list(enumerate(curves))):
        layer = Canvas(canvas.width, canvas.height)
        layer.plot(_line(curve, axes))
        sign = ASCII_SIGNS[number % len(ASCII_SIGNS)]
        for index, row in enumerate(layer.rows(ascii_only=True)):
            signs = (sign or new if new != " " else old for new, old in zip(row, rows[index], strict=True))
            rows[index] = "".join(signs)
    return rows


def _line(curve: Sequence[Point], axes: _Axes) -> list[Dot]:
    """The dots from point to point, parted where a point is not finite; a lone point is a dot."""
    dots: list[Dot] = []
    last: Dot | None = None
    for point in curve:
        dot = axes.dot(point) if _is_finite(point) else None
        if dot is not None:
            dots += [step for step in between(last or dot, dot) if not dots or step != dots[-1]]
        last = dot
    return dots


def _marked(rows: Sequence[str], marks: Sequence[tuple[float, float, str]], axes: _Axes) -> list[str]:
    marked = list(rows)
    for x, y, sign in marks:
        if not _is_finite((x, y)) or cells(sign) != 1:
            continue
        if axes.holds(dot := axes.dot((x, y))):
            column, line = dot[0] // 2, dot[1] // 4
            marked[line] = marked[line][:column] + sign + marked[line][column + 1 :]
    return marked


def x_axis(x: Range, margin: int, width: int, *, ascii_only: bool) -> tuple[str, str]:
    """The line below a canvas and its labels; a label that finds no room is left out with its tick."""
    corner, plain, ticked = ("+", "-", "+") if ascii_only else ("└", "─", "┬")
    line = [plain] * width
    labels = ""
    whole = margin + 1 + width
    for tick in ticks_of(x, max(3, width // 10)):
        column = min(width - 1, max(0, round((float(tick) - x[0]) / (x[1] - x[0]) * (width * 2 - 1) / 2 - 0.25)))
        label = tick_label(tick)
        start = max(0, min(margin + 1 + column - cells(label) // 2, whole - cells(label)))
        if labels and start <= cells(labels):
            continue
        line[column] = ticked
        labels = pad(labels, start) + label
    return " " * margin + corner + "".join(line), pad(labels, whole)


def contour_picture(
    heights: Sequence[Sequence[float | None]],
    x_range: Range,
    y_range: Range,
    path: Sequence[Point] = (),
    *,
    groups: Sequence[Sequence[Point]] = (),
    ascii_only: bool = True,
) -> tuple[Line, ...]:
    """Bands of height with axes, a cell a height, the first row at the top; over them a path from S by o to @.

    Groups of points lie over them, too. Where there are two heights alone, one is left blank.
    """
    levels = [height for row in heights for height in row if height is not None]
    if not levels:
        return ()
    low, high = min(levels), max(levels)
    shade = _shade if len(set(levels)) > 2 else _side
    grid = [[shade(height, low, high) for height in row] for row in heights]
    axes = _Axes(x_range, y_range, len(grid[0]), len(grid))
    _trace(grid, axes, path)
    signs = [(*point, point_sign(at, ascii_only=ascii_only)) for at, group in enumerate(groups) for point in group]
    held = {dot: sign for x, y, sign in signs if _is_finite((x, y)) and axes.holds(dot := axes.dot((x, y)))}
    for (column, line), sign in held.items():
        grid[line][column] = sign
    labels = {
        axes.dot((x_range[0], float(tick)))[1]: tick_label(tick) for tick in ticks_of(y_range, max(3, len(grid) // 3))
    }
    margin = max((cells(label) for label in labels.values()), default=0)
    lines = []
    for number, row in enumerate(grid):
        edge = pad(labels.get(number, ""), margin, "right") + ("+" if number in labels else "|")
        roles = ["lit" if one in _MARKS or (at, number) in held else "muted" for at, one in enumerate(row)]
        marked = groupby(zip(row, roles, strict=True), key=itemgetter(1))
        spans = (Span("".join(one for one, _ in run), role) for role, run in marked)
        lines.append((Span(edge, "math"), *spans))
    below = x_axis(x_range, margin, len(grid[0]), ascii_only=True)
    return (*lines, *((Span(row, "math"),) for row in below))


def _shade(height: float | None, low: float, high: float) -> str:
    if height is None:
        return SHADES[-1]
    part = math.sqrt((height - low) / (high - low)) if high > low else 0.0
    return SHADES[min(len(SHADES) - 1, int(part * len(SHADES)))]


def _side(height: float | None, low: float, high: float) -> str:
    return SHADES[1] if height is not None and height == high > low else SHADES[0]


def _trace(grid: list[list[str]], axes: _Axes, path: Sequence[Point]) -> None:
    stops = [axes.dot(point) for point in path]
    steps = [(dot, PATH) for before, after in pairwise(stops) for dot in between(before, after)]
    ends = [(stops[0], START), (stops[-1], NOW)] if stops else []
    for dot, sign in (*steps, *((stop, POINT) for stop in stops), *ends):
        if axes.holds(dot):
            grid[dot[1]][dot[0]] = sign
