"""A layered network as a picture in cells: a box for each unit, braille edges, names of weights where there is room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from operator import itemgetter

from studyapp.typeset.lines import Line, Span
from studyapp.typeset.plot import Canvas, between
from studyapp.typeset.width import cells, pad

WIDEST_GAP = 20
NARROWEST_GAP = 4
LABEL_SPARE = 4  # cells that an edge keeps beside the name of its weight
MOST_LABELS = 9
_PLACES = (0.5, 0.3, 0.7, 0.15, 0.85, 0.4, 0.6, 0.05, 0.95)
"""Where along an edge its name may be, the first that is free."""

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
