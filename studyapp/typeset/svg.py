"""Curves, surfaces and networks as SVG: for pages that are read outside of a terminal."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from studyapp.domain.document import Part, Rows
from studyapp.domain.values import dataclass
from studyapp.typeset.diagram import cell_texts, depths, joined, levels, lit_cells, node_texts
from studyapp.typeset.plot import Range, let_out, range_of, tick_label, ticks_of
from studyapp.typeset.width import cells

WIDTH, HEIGHT = 480, 300
SIZE = 13  # of letters
COLOURS = ("#1f4e9c", "#b3451f", "#2f7d32", "#6a3d9a", "#7a5c00", "#00707a", "#a0256a", "#555555", "#000000")
DASHES = ("", "7 3", "2 3", "9 3 2 3")
SHADES = tuple(f"#{255 - 18 * band:02x}{255 - 14 * band:02x}{255 - 8 * band:02x}" for band in range(10))
"""Of heights, from the lowest to the highest: light to dark, so that a printer without colours shows them."""
_LETTER = SIZE * 0.6  # how wide a narrow letter is, about
_RIGHT, _ABOVE, _BELOW = 12, 10, 24
_LEGEND = 20
_ROUND, _UP = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "m0-5l5 8.5h-10"
_SQUARE, _DIAMOND = "m-4-4h8v8h-8", "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5"
_SIGNS = (
    *((_ROUND, False), (_ROUND, True), (_UP, False), (_SQUARE, True)),
    *((_DIAMOND, False), (_UP, True), (_SQUARE, False), (_DIAMOND, True)),
)
"""The signs of groups of points: a shape, and whether it is hollow."""
_SIDE = 26  # of a cell of a grid
_NUMBERED = 16  # columns up to which a grid shows its numbers
_RADIUS, _ACROSS, _DOWN = 24, 190, 92
Points = Sequence[tuple[float, float | None]]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from point to point, parted where one has no height; with `dots`, every point is marked.

    With a `sign`, by its number, it is a group of points without a line.
    """

    label: str
    points: Points
    dots: bool = False
    sign: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a network: its name, and the numbers below it."""

    name: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the plane that is shown, within a margin at the left."""

    x: Range
    y: Range
    left: float

    def across(self, x: float) -> float:
        return (x - self.x[0]) / (self.x[1] - self.x[0]) * (WIDTH - self.left - _RIGHT)

    def down(self, y: float) -> float:
        """Far outside, a height is brought near: what draws SVG has small numbers."""
        height = HEIGHT - _ABOVE - _BELOW
        return min(max((self.y[1] - y) / (self.y[1] - self.y[0]) * height, -10 * height), 10 * height)

    def holds(self, x: float, y: float) -> bool:
        return self.x[0] <= x <= self.x[1] and self.y[0] <= y <= self.y[1]

    def axes(self) -> Iterator[str]:
        width, height = WIDTH - self.left - _RIGHT, HEIGHT - _ABOVE - _BELOW
        corner = f"translate({self.left:g} {_ABOVE})"
        yield f'<g transform="{corner}" stroke="#999" fill="none"><rect width="{width:g}" height="{height:g}"/>'
        columns = [(self.across(float(tick)), tick_label(tick)) for tick in ticks_of(self.x, 8)]
        rows = [(self.down(float(tick)), tick_label(tick)) for tick in ticks_of(self.y, 6)]
        yield "".join(f'<path d="M{x:.1f} {height:g}v4"/>' for x, _ in columns)
        yield "".join(f'<path d="M0 {y:.1f}h-4"/>' for y, _ in rows)
        yield "</g>"
        for x, label in columns:
            yield _text(self.left + x, HEIGHT - 6, label)
        for y, label in rows:
            yield _text(self.left - 7, _ABOVE + y + SIZE / 3, label, "end")

    def inside(self, *drawn: str, cut: bool = True) -> str:
        """What is drawn within the axes, and cut off at them or not."""
        size = f'width="{WIDTH - self.left - _RIGHT:g}" height="{HEIGHT - _ABOVE - _BELOW:g}"'
        way = "" if cut else ' overflow="visible"'
        return f'<svg x="{self.left:g}" y="{_ABOVE}" {size}{way}>{"".join(drawn)}</svg>'


def chart(
    curves: Sequence[Curve], x: Range, y: Range | None = None, *, areas: Sequence[Points] = (), title: str = ""
) -> str:
    """Curves with axes; those with a label are in the legend below. `title` is for who does not see it.

    `areas` are between some points and zero.
    """
    finite = [height for curve in curves for _, height in curve.points if height is not None and math.isfinite(height)]
    seen = range_of(finite or [0.0], y)
    frame = _framed(x, y or let_out(seen, 12))
    drawn = [_area(points, frame, number) for number, points in enumerate(areas)]
    drawn += [_line(curve, frame, number) for number, curve in enumerate(curves)]
    return _whole([*frame.axes(), frame.inside(*drawn), *_signs(curves, frame)], curves, title)


def contours(
    rows: Sequence[Sequence[float | None]], x: Range, y: Range, paths: Sequence[Curve] = (), *, title: str = ""
) -> str:
    """Bands of height over a plane, the first row at the top, and paths over them."""
    frame = _framed(x, y)
    heights = [height for row in rows for height in row if height is not None]
    low, high = min(heights, default=0.0), max(heights, default=1.0)
    tall, wide = (HEIGHT - _ABOVE - _BELOW) / len(rows), (WIDTH - frame.left - _RIGHT) / len(rows[0])
    bands = []
    for number, row in enumerate(rows):
        start = 0
        for shade, run in groupby(_shade(height, low, high) for height in row):
            length = len(list(run))
            place = f'x="{start * wide:.2f}" y="{number * tall:.2f}" width="{length * wide + 0.3:.2f}"'
            bands.append(f'<rect {place} height="{tall + 0.3:.2f}" fill="{shade}"/>')
            start += length
    drawn = [_line(path, frame, number) for number, path in enumerate(paths)]
    return _whole([frame.inside(*bands), *frame.axes(), frame.inside(*drawn), *_signs(paths, frame)], paths, title)


def network(layers: Sequence[Sequence[Unit]], weights: Mapping[tuple[int, int, int], str], *, title: str = "") -> str:
    """A network from left to right; `weights` names the edges `(layer, to, from)`, layers and units from 1."""
    tallest = max(map(len, layers))
    down = _DOWN + SIZE * max(0, max(len(unit.numbers) for layer in layers for unit in layer) - 1)
    width, height = _ACROSS * (len(layers) - 1) + 4 * _RADIUS, down * tallest

    def place(layer: int, unit: int) -> tuple[float, float]:
        return 2 * _RADIUS + _ACROSS * layer, height / 2 + down * (unit - (len(layers[layer]) - 1) / 2) - SIZE

    drawn, labels = [], []
    for layer in range(1, len(layers)):
        for to in range(len(layers[layer])):
            for source in range(len(layers[layer - 1])):
                (x, y), (end, bottom) = place(layer - 1, source), place(layer, to)
                drawn.append(f'<path d="M{x:g} {y:g}L{end:g} {bottom:g}" stroke="#999"/>')
                if label := weights.get((layer, to + 1, source + 1)):
                    # Each at another share of its edge, so that those of crossing edges stay apart.
                    share = (0.68, 0.32, 0.5)[source % 3]
                    labels.append(_halo(x + (end - x) * share, y + (bottom - y) * share + SIZE / 3, label))
    for layer, units in enumerate(layers):
        for number, unit in enumerate(units):
            x, y = place(layer, number)
            drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="{_RADIUS}" fill="#fff" stroke="{COLOURS[0]}"/>')
            labels.append(_text(x, y + SIZE / 3, unit.name))
            below = y + _RADIUS + SIZE + 2
            labels += [_halo(x, below + SIZE * row, text) for row, text in enumerate(unit.numbers)]
    return _svg(width, height + SIZE, [*drawn, *labels], title)


def grids(parts: Iterable[tuple[Part, Rows, Rows]], *, title: str = "") -> str:
    """Grids of numbers beside each other as far as there is room; cells that are picked out have a frame."""
    drawn: list[str] = []
    across = top = low = widest = 0.0
    for part, rows, picked in parts:
        texts, shades, lit = cell_texts(rows, ""), levels(rows, len(SHADES) - 2), lit_cells(picked)
        longest = max(cells(text) for row in [*texts, part.columns] for text in row)
        numbered = len(rows[0]) <= _NUMBERED
        wide = max(_SIDE, _LETTER * (longest + 1)) if numbered else _SIDE / 2
        margin = 10 + _LETTER * max((cells(name) + 1 for name in part.rows), default=0)
        whole = margin + max(wide * len(rows[0]), _LETTER * cells(part.label)) + 10
        if across and across + whole > WIDTH:
            across, top = 0.0, low
        left, head = across + margin, top + _LEGEND * (2 if part.columns else 1)
        drawn.append(_text(left, top + SIZE + 2, part.label, "start"))
        drawn += [_text(left + wide * (at + 0.5), head - 6, name) for at, name in enumerate(part.columns)]
        frames = []
        for at, row in enumerate(texts):
            middle = head + _SIDE * (at + 0.5) + SIZE / 3
            drawn += [_text(left - 6, middle, name, "end") for name in part.rows[at : at + 1]]
            for column, text in enumerate(row):
                fill = SHADES[shades[at][column]] if part.shaded or not numbered else "#fff"
                place = (
                    f'x="{left + wide * column:.1f}" y="{head + _SIDE * at:.1f}" width="{wide:.1f}" height="{_SIDE}"'
                )
                drawn.append(f'<rect {place} fill="{fill}" stroke="#999"/>')
                drawn += [_text(left + wide * (column + 0.5), middle, text)] if numbered else []
                if (at, column) in lit:
                    frames.append(f'<rect {place} fill="none" stroke="{COLOURS[1]}" stroke-width="2.5"/>')
        drawn += frames
        across, low = across + whole, max(low, head + _SIDE * len(rows) + 10)
        widest = max(widest, across)
    return _svg(widest, low, drawn, title)


def joins(parts: Iterable[tuple[Part, Rows, Rows]], *, title: str = "") -> str:
    """What is joined at which height, from left to right, with an axis of heights."""
    drawn, base = [], 0.0
    for part, rows, picked in parts:
        order, made = joined(rows)
        names = [part.rows[leaf] if leaf < len(part.rows) else str(leaf + 1) for leaf in order]
        left, cut = 16 + _LETTER * max(map(cells, names)), picked[0][0] if picked else None
        top = max([*(height for *_, height in made), cut or 0.0]) * 1.05 or 1.0
        scale = (WIDTH - left - _RIGHT) / top
        drawn.append(_text(left, base + SIZE + 2, part.label, "start"))
        base += _LEGEND
        drawn += [_text(left - 6, base + _SIDE * (at + 0.5) + SIZE / 3, name, "end") for at, name in enumerate(names)]
        for upper, start, low, begin, height in made:
            high, deep = (base + _SIDE * (at + 0.5) for at in (upper, low))
            there, back = left + start * scale, left + begin * scale
            path = f"M{there:.1f} {high:.1f}H{left + height * scale:.1f}V{deep:.1f}H{back:.1f}"
            drawn.append(f'<path d="{path}" fill="none" stroke="{COLOURS[0]}" stroke-width="2"/>')
        down = _SIDE * len(order)
        if cut is not None:
            path = f'd="M{left + cut * scale:.1f} {base}v{down}"'
            drawn.append(f'<path {path} stroke="{COLOURS[1]}" stroke-width="2" stroke-dasharray="{DASHES[1]}"/>')
        base += down
        drawn.append(f'<path d="M{left:.1f} {base}H{WIDTH - _RIGHT}" stroke="#999"/>')
        ticks = [(left + float(tick) * scale, tick_label(tick)) for tick in ticks_of((0.0, top), 8)]
        drawn += [_text(x, base + SIZE + 4, label) for x, label in ticks]
        base += 24
    return _svg(WIDTH, base, drawn, title)


def tree(parts: Iterable[tuple[Part, Rows, Rows]], *, title: str = "") -> str:
    """Nodes below each other, those under one set in, with their numbers."""
    nodes = depths(parts)
    heads = next((part.columns for part, *_ in nodes if part.columns), ())
    numbers = node_texts(nodes)
    wide = _LETTER * (max(cells(text) for row in (*numbers, heads) for text in row) + 2)
    room = max(_SIDE * deep + _LETTER * (cells(part.label) + 3) for part, _, _, deep in nodes)
    drawn = [_text(room + wide * (at + 1), SIZE + 4, name, "end") for at, name in enumerate(heads)]
    above: dict[int, float] = {}
    for at, ((part, _, picked, deep), row) in enumerate(zip(nodes, numbers, strict=True), 1):
        left, middle = 10 + _SIDE * deep, _SIDE * (at + 0.5)
        above[deep] = middle
        if deep:
            path = f"M{left - _SIDE + 6} {above[deep - 1] + 8:.1f}V{middle:.1f}h{_SIDE - 10}"
            drawn.append(f'<path d="{path}" fill="none" stroke="#999"/>')
        weight = ' font-weight="bold"' if picked and picked[0][0] else ""
        drawn.append(f"<g{weight}>{_text(left, middle + SIZE / 3, part.label, 'start')}</g>")
        drawn += [_text(room + wide * (column + 1), middle + SIZE / 3, one, "end") for column, one in enumerate(row)]
    return _svg(room + wide * max(map(len, numbers)) + 10, _SIDE * (len(nodes) + 1), drawn, title)


def _framed(x: Range, y: Range) -> _Frame:
    x, y = range_of(x, None), range_of(y, None)
    return _Frame(x, y, 14 + _LETTER * max((len(tick_label(tick)) for tick in ticks_of(y, 6)), default=0))


def _area(points: Points, frame: _Frame, number: int) -> str:
    """What is between points and zero."""
    ends = [(points[at][0], 0.0) for at in (0, -1)] if points else []
    corners = [(x, y) for x, y in (*ends[:1], *points, *ends[1:]) if y is not None]
    path = "L".join(f"{frame.across(x):.1f} {frame.down(y):.1f}" for x, y in corners)
    return f'<path d="M{path}z" fill="{COLOURS[number % len(COLOURS)]}" fill-opacity="0.25"/>' if path else ""


def _line(curve: Curve, frame: _Frame, number: int) -> str:
    if curve.sign is not None:
        return ""
    colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    path, pen, dots = [], "M", []
    for x, y in curve.points:
        if y is None or not math.isfinite(y):
            pen = "M"
            continue
        at = f"{frame.across(x):.1f} {frame.down(y):.1f}"
        path.append(pen + at)
        pen = "L"
        if curve.dots:
            dots.append('<circle cx="{}" cy="{}" r="3"/>'.format(*at.split()))
    style = f'fill="none" stroke="{colour}" stroke-width="2"{dashed}'
    return f'<path d="{"".join(path)}" {style}/><g fill="{colour}">{"".join(dots)}</g>'


def _signs(curves: Sequence[Curve], frame: _Frame) -> Iterator[str]:
    """The groups of points, whole where they lie on an axis."""
    for number, curve in enumerate(curves):
        places = [(x, y) for x, y in curve.points if y is not None and frame.holds(x, y)]
        if curve.sign is not None:
            signs = (_sign(curve.sign, frame.across(x), frame.down(y), number) for x, y in places)
            yield frame.inside(*signs, cut=False)


def _sign(sign: int, x: float, y: float, number: int) -> str:
    """A point of a group."""
    shape, hollow = _SIGNS[sign % len(_SIGNS)]
    colour = COLOURS[number % len(COLOURS)]
    style = f'fill="{"#fff" if hollow else colour}" stroke="{colour}" stroke-width="1.5"'
    return f'<path d="M{x:.1f} {y:.1f}{shape}z" {style}/>'


def _shade(height: float | None, low: float, high: float) -> str:
    if height is None:
        return "#fff"
    part = math.sqrt((height - low) / (high - low)) if high > low else 0.0
    return SHADES[min(len(SHADES) - 1, int(part * len(SHADES)))]


def _whole(drawn: Sequence[str], curves: Sequence[Curve], title: str) -> str:
    """A chart with the legend below it."""
    labelled = [(number, curve.label) for number, curve in enumerate(curves) if curve.label]
    items, x, y = [], 20.0, HEIGHT + _LEGEND
    for number, label in labelled:
        wide = 46 + _LETTER * cells(label)
        if x > 20 and x + wide > WIDTH:
            x, y = 20.0, y + _LEGEND
        items.append(_sample(curves[number], x, y - 4, number))
        items.append(_text(x + 30, y, label, "start"))
        x += wide
    return _svg(WIDTH, y + 8 if labelled else HEIGHT, [*drawn, *items], title)


def _sample(curve: Curve, x: float, y: float, number: int) -> str:
    if curve.sign is not None:
        return _sign(curve.sign, x + 14, y, number)
    dash = f' stroke-dasharray="{DASHES[number % len(DASHES)]}"' if number % len(DASHES) else ""
    return f'<path d="M{x:g} {y:g}h24" stroke="{COLOURS[number % len(COLOURS)]}" stroke-width="2"{dash}/>'


def _svg(width: float, height: float, drawn: Sequence[str], title: str) -> str:
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    named = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} font-family="sans-serif" font-size="{SIZE}">'
        f"{named}{''.join(drawn)}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _halo(x: float, y: float, text: str) -> str:
    """A text that is readable over lines."""
    style = 'text-anchor="middle" stroke="#fff" stroke-width="4" paint-order="stroke"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'
