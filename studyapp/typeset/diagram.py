"""Pictures in cells: a layered network, with a box for each unit and names of weights, grids of numbers, and trees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, product
from operator import itemgetter

from studyapp.domain.document import Part, Rows
from studyapp.domain.values import dataclass
from studyapp.typeset.lines import Line, Span
from studyapp.typeset.plot import Canvas, between, x_axis
from studyapp.typeset.width import cells, clip, pad

WIDEST_GAP = 20
NARROWEST_GAP = 4
LABEL_SPARE = 4  # cells that an edge keeps beside the name of its weight
MOST_LABELS = 9
_PLACES = (0.5, 0.3, 0.7, 0.15, 0.85, 0.4, 0.6, 0.05, 0.95)
"""Where along an edge its name may be, the first that is free."""

LONGEST_NAME = 12  # cells of the name of a row
BETWEEN_GRIDS = 3
WIDEST_JOINS = 60
SHADES, ASCII_SHADES = " ░▒▓█", " .:*#"
"""From the least number of a grid to the greatest."""

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its name, and what is shown under it, each text with its role (`value`, `delta`)."""

    name: str
    shown: tuple[Cell, ...] = ()
    lit: bool = False


class _Page:
    def __init__(self, width: int, height: int) -> None:
        self.rows: list[list[Cell]] = [[(" ", "")] * width for _ in range(height)]

    def write(self, row: int, column: int, text: str, role: str) -> None:
        """A text of one-cell characters; what falls outside is left out."""
        for index, sign in enumerate(text, column):
            if 0 <= row < len(self.rows) and 0 <= index < len(self.rows[row]):
                self.rows[row][index] = (sign, role)

    def lines(self) -> Iterator[Line]:
        for row in self.rows:
            runs = groupby(row, key=itemgetter(1))
            spans = [Span("".join(sign for sign, _ in run), role) for role, run in runs]
            while spans and not spans[-1].text.strip():
                spans.pop()
            yield tuple(spans)


def network_picture(
    layers: Sequence[Sequence[Unit]],
    weights: Mapping[tuple[int, int, int], str],
    width: int = 80,
    *,
    ascii_only: bool = False,
) -> tuple[Line, ...]:
    """The network from left to right, in at most `width` cells; the roles are `unit lit value delta edge weight`.

    `weights` names the edges `(layer, to, from)`, layers from 1, units from 1; a name is left out where there is no
    room for it. No lines where not even the boxes fit.
    """
    texts = [[text for unit in layer for text in (unit.name, *(text for text, _ in unit.shown))] for layer in layers]
    boxes = [max(map(cells, layer)) + 4 for layer in texts]
    gaps = len(layers) - 1
    gap = min(WIDEST_GAP, (width - sum(boxes)) // gaps) if gaps else 0
    if gaps and gap < NARROWEST_GAP:
        return ()
    tall = 3 + max(len(unit.shown) for layer in layers for unit in layer)
    height = max(len(layer) for layer in layers) * (tall + 1) - 1
    page = _Page(sum(boxes) + gap * gaps, height)
    # The first row of each box, its layer in the middle of the height.
    heads = [(height + 1 - len(layer) * (tall + 1)) // 2 for layer in layers]
    tops = [[head + n * (tall + 1) for n in range(len(layer))] for head, layer in zip(heads, layers, strict=True)]
    middles = [[top + tall // 2 for top in layer] for layer in tops]
    column = 0
    for number, layer in enumerate(layers):
        for top, unit in zip(tops[number], layer, strict=True):
            _box(page, column, top, boxes[number], tall, unit, ascii_only=ascii_only)
        column += boxes[number]
        if number < gaps:
            _edges(page, column, gap, middles[number], middles[number + 1], ascii_only=ascii_only)
            names = {(to, source): name for (at, to, source), name in weights.items() if at == number + 1}
            _labels(page, column, gap, middles[number], middles[number + 1], names)
            column += gap
    return tuple(page.lines())


def _box(page: _Page, column: int, row: int, width: int, tall: int, unit: Unit, *, ascii_only: bool) -> None:
    role = "lit" if unit.lit else "unit"
    left_top, right_top, left_low, right_low, across, down = "++++-|" if ascii_only else "┌┐└┘─│"
    page.write(row, column, left_top + across * (width - 2) + right_top, role)
    page.write(row + tall - 1, column, left_low + across * (width - 2) + right_low, role)
    texts = [(unit.name, role), *unit.shown]
    for index in range(tall - 2):
        page.write(row + 1 + index, column, down, role)
        page.write(row + 1 + index, column + width - 1, down, role)
        if index < len(texts):
            text, own = texts[index]
            page.write(row + 1 + index, column + 2, pad(text, width - 4), own)


def _edges(page: _Page, column: int, gap: int, left: list[int], right: list[int], *, ascii_only: bool) -> None:
    canvas = Canvas(gap, len(page.rows))
    for start, end in product(left, right):
        canvas.plot(between((0, 4 * start + 1), (canvas.columns - 1, 4 * end + 1)))
    for row, text in enumerate(canvas.rows(ascii_only=ascii_only)):
        page.write(row, column, text, "edge")


def _labels(
    page: _Page, column: int, gap: int, left: list[int], right: list[int], names: Mapping[tuple[int, int], str]
) -> None:
    """The name of each weight on its edge, where it covers no other; none at all where one has no room."""
    taken: set[tuple[int, int]] = set()
    placed: list[tuple[int, int, str]] = []
    for (to, source), name in names.items():
        long = cells(name)
        if long + LABEL_SPARE > gap or len(names) > MOST_LABELS:
            return
        for share in _PLACES:
            start = round(share * (gap - long))
            across = (start + long / 2) / gap
            row = round(left[source - 1] + (right[to - 1] - left[source - 1]) * across)
            covered = {(row, start + index) for index in range(-1, long + 1)}
            if not covered & taken:
                placed.append((row, column + start, name))
                taken |= covered
                break
    if len(placed) == len(names):
        for row, start, name in placed:
            page.write(row, start, name, "weight")


def grid_picture(parts: Iterable[tuple[Part, Rows, Rows]], width: int, *, ascii_only: bool = False) -> tuple[Line, ...]:
    """Grids of numbers beside each other as far as there is room; cells that are picked out stand in brackets.

    A grid that is too wide for its numbers has shades alone.
    """
    lines: list[Line] = []
    row: list[Line] = []
    used = 0
    for part, numbers, picked in parts:
        grid = _grid(part, numbers, lit_cells(picked), width, ascii_only=ascii_only)
        wide = max(cells(span_text(line)) for line in grid)
        if row and used + BETWEEN_GRIDS + wide > width:
            lines += row
            row, used = [], 0
        start = used + BETWEEN_GRIDS if row else 0
        row += [()] * (len(grid) - len(row))
        for at, line in enumerate(grid):
            row[at] = (*row[at], Span(" " * (start - cells(span_text(row[at])))), *line)
        used = start + wide
    return (*lines, *row)


def span_text(line: Line) -> str:
    """What a line says."""
    return "".join(span.text for span in line)


def lit_cells(picked: Rows) -> frozenset[tuple[int, int]]:
    """The cells of a window: the first row and column, from 0, and how many rows and columns it has."""
    if not picked:
        return frozenset()
    row, column, rows, columns = (round(number or 0) for number in picked[0])
    return frozenset(product(range(row, row + rows), range(column, column + columns)))


def cell_texts(rows: Rows, blank: str) -> list[list[str]]:
    """The numbers of a grid, all with as many decimals as they need, two at most; `blank` where there is none."""
    finite = [number for row in rows for number in row if number is not None]
    places = next((few for few in (0, 1) if all(abs(one - round(one, few)) < 1e-9 for one in finite)), 2)
    return [[blank if one is None else f"{one + 0:.{places}f}".replace("-", "−") for one in row] for row in rows]


def levels(rows: Rows, count: int) -> list[list[int]]:
    """Which of so many even shades each number has, from the least to the greatest."""
    finite = [number for row in rows for number in row if number is not None]
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    share = (count - 1e-6) / (high - low) if high > low else 0.0
    return [[0 if number is None else int((number - low) * share) for number in row] for row in rows]


def _grid(part: Part, rows: Rows, lit: frozenset[tuple[int, int]], width: int, *, ascii_only: bool) -> list[Line]:
    texts = cell_texts(rows, "." if ascii_only else "·")
    if ascii_only:
        texts = [[text.replace("−", "-") for text in row] for row in texts]
    names = [clip(name, LONGEST_NAME) for name in part.rows[: len(rows)]]
    margin = max((cells(name) + 1 for name in names), default=0)
    wide = max(cells(text) for row in [*texts, part.columns] for text in row)
    columns = len(rows[0])
    numbered = margin + (wide + 2 + part.shaded) * columns <= width
    signs, shaded = ASCII_SHADES if ascii_only else SHADES, part.shaded or not numbered
    wide = wide if numbered else 0
    shown = min(columns, (width - margin) // (wide + 2 + (part.shaded and numbered)))
    lines: list[Line] = [(Span(clip(part.label, width), "math"),)]
    if part.columns:
        step = wide + 2 + (part.shaded and numbered)
        heads = (pad(clip(name, step), step, "right" if numbered else "left") for name in part.columns[:shown])
        lines.append((Span(" " * margin + "".join(heads), "muted"),))
    for at, (row, shades) in enumerate(zip(texts, levels(rows, len(signs)), strict=True)):
        spans = [Span(pad(names[at] if at < len(names) else "", margin), "muted")]
        for column, (text, shade) in enumerate(zip(row[:shown], shades, strict=False)):
            is_lit = (at, column) in lit
            inside = pad(text, wide, "right") + (signs[shade] if shaded else "")
            around = f"[{inside}]" if is_lit else f" {inside} "
            shaded_only = "[]" if is_lit else signs[shade] * 2
            spans.append(Span(around if numbered else shaded_only, "lit" if is_lit else "unit"))
        lines.append(tuple(spans))
    return lines


def joined(rows: Rows) -> tuple[list[int], list[tuple[float, float, float, float, float]]]:
    """The leaves from top to bottom, and of each join where its branches are, where they begin, and its height."""
    leaves: dict[int, list[int]] = {leaf: [leaf] for leaf in range(len(rows) + 1)}
    for made, (one, other, _) in enumerate(rows, len(rows) + 1):
        leaves[made] = leaves[int(one or 0)] + leaves[int(other or 0)]
    order = leaves[2 * len(rows)]
    place = {leaf: (float(at), 0.0) for at, leaf in enumerate(order)}
    joins = []
    for made, (one, other, height) in enumerate(rows, len(rows) + 1):
        (top, start), (low, begin) = sorted((place[int(one or 0)], place[int(other or 0)]))
        joins.append((top, start, low, begin, height or 0.0))
        place[made] = ((top + low) / 2, height or 0.0)
    return order, joins


def joined_picture(
    parts: Iterable[tuple[Part, Rows, Rows]], width: int, *, ascii_only: bool = False
) -> tuple[Line, ...]:
    """Which of the leaves are joined at which height, from left to right, with an axis of heights; a cut crosses it."""
    lines: list[Line] = []
    for part, rows, picked in parts:
        order, joins = joined(rows)
        names = [clip(part.rows[leaf] if leaf < len(part.rows) else str(leaf + 1), LONGEST_NAME) for leaf in order]
        margin = max(map(cells, names))
        long = min(WIDEST_JOINS, width - margin - 1)
        cut, highest = picked[0][0] if picked else None, max((join[-1] for join in joins), default=1.0) or 1.0
        top_height = max(highest, cut or 0.0) * 1.05
        signs = "-|++++:" if ascii_only else "─│┐┘┬├┆"
        page = _Page(long, len(order))
        for top, start, low, begin, height in joins:
            first, last, column = int(top), int(low), round(height / top_height * (long - 1))
            for row, left in ((first, start), (last, begin)):
                begins = round(left / top_height * (long - 1))
                page.write(row, begins + (left > 0), signs[0] * (column - begins - (left > 0)), "edge")
            for row in range(first + 1, last):
                page.write(row, column, signs[1], "edge")
            page.write(first, column, signs[2], "edge")
            page.write(last, column, signs[3], "edge")
            middle = int((top + low) / 2)
            if height < highest:
                page.write(middle, column, signs[4] if middle == first else signs[5], "edge")
        if cut is not None:
            for row in range(len(order)):
                page.write(row, round(cut / top_height * (long - 1)), signs[6], "lit")
        edge = "|" if ascii_only else "│"
        lines.append((Span(clip(part.label, width), "math"),))
        for name, line in zip(names, page.lines(), strict=True):
            lines.append((Span(pad(name, margin) + edge, "math"), *line))
        lines += ((Span(line, "math"),) for line in x_axis((0.0, top_height), margin, long, ascii_only=ascii_only))
    return tuple(lines)


def depths(parts: Iterable[tuple[Part, Rows, Rows]]) -> list[tuple[Part, Rows, Rows, int]]:
    """The nodes of a tree that have numbers, each with how deep it lies."""
    deep: dict[str, int] = {}
    shown = []
    for part, rows, picked in parts:
        deep[part.label] = deep[part.under] + 1 if part.under else 0
        if None not in rows[0]:
            shown.append((part, rows, picked, deep[part.label]))
    return shown


def node_texts(nodes: Iterable[tuple[Part, Rows, Rows, int]]) -> list[list[str]]:
    """The numbers of nodes, those below each other with as many decimals."""
    columns = zip(*(rows[0] for _, rows, _, _ in nodes), strict=False)
    return list(map(list, zip(*(cell_texts((column,), "")[0] for column in columns), strict=True)))


def tree_picture(parts: Iterable[tuple[Part, Rows, Rows]], width: int, *, ascii_only: bool = False) -> tuple[Line, ...]:
    """Nodes below each other, those under one set in, with their numbers in columns."""
    nodes = depths(parts)
    last, down, branch, blank = ("`- ", "|  ", "|- ", "   ") if ascii_only else ("└─ ", "│  ", "├─ ", "   ")
    heads = next((part.columns for part, *_ in nodes if part.columns), ())
    numbers = node_texts(nodes)
    numbers = [[text.replace("−", "-") if ascii_only else text for text in row] for row in numbers]
    wide = max((cells(text) for row in (*numbers, heads) for text in row), default=0) + 2
    most = max(map(len, (*numbers, heads)), default=0) * wide
    rows: list[tuple[str, bool]] = []
    for at, (part, _, picked, deep) in enumerate(nodes):
        ends = []  # for each level above, whether no node of that level follows under the same one
        for level in range(1, deep + 1):
            following = next((other for *_, other in nodes[at + 1 :] if other <= level), 0)
            ends.append(following != level)
        lead = "".join(blank if end else down for end in ends[:-1]) + ((last if ends[-1] else branch) if ends else "")
        rows.append((lead + part.label, bool(picked and picked[0][0])))
    room = min(max((cells(text) for text, _ in rows), default=0), max(8, width - most))
    lines: list[Line] = []
    if heads:
        named = "".join(pad(clip(name, wide - 1), wide, "right") for name in heads)
        lines.append((Span(" " * room + clip(named, max(0, width - room)), "muted"),))
    for (text, lit), row in zip(rows, numbers, strict=True):
        line = "".join(pad(cell, wide, "right") for cell in row)
        lines.append(
            (
                Span(pad(clip(text, room), room), "lit" if lit else "unit"),
                Span(clip(line, max(0, width - room)), "value"),
            )
        )
    return tuple(lines)
