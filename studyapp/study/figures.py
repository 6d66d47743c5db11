"""Figures of a page, and the network of a question, as lines: a picture, a legend, the chosen value, and a sentence."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from studyapp.domain.document import Axis, Descent, Figure, Part, Rows, Training, Wired
from studyapp.domain.question import LayerTrace, Question, Trace
from studyapp.domain.text import Text, language
from studyapp.domain.values import dataclass
from studyapp.kernel.messages import Request
from studyapp.kernel.requests import (
    Compute,
    CurvePoints,
    Descend,
    DescentPath,
    Matrices,
    Plot,
    Surface,
    Survey,
    Train,
    TrainingScores,
    Walk,
)
from studyapp.language import name_tex
from studyapp.typeset.diagram import (
    Unit,
    cell_texts,
    depths,
    grid_picture,
    joined_picture,
    network_picture,
    node_texts,
    tree_picture,
)
from studyapp.typeset.document import Line, Span
from studyapp.typeset.inline import set_inline
from studyapp.typeset.lines import divide_line
from studyapp.typeset.plot import Overlay, contour_picture, curve_picture, legend
from studyapp.typeset.width import pad

CHOICE = Text(ja="{name} = {value}（{count} 個のうち {at} 番目）", en="{name} = {value} ({at} of {count})")
RATE = Text(ja="η", en="η")
BATCH = Text(ja="バッチサイズ", en="batch size")
BETWEEN = Text(
    ja="{label}：{variable} = {low} で {first}、{variable} = {high} で {last}、最小 {least}、最大 {most}",
    en="{label}: {first} at {variable} = {low}, {last} at {variable} = {high}, least {least}, greatest {most}",
)
POINT = Text(ja="{label} {value}", en="{label} is {value}")
SLOPE = Text(ja="（傾き {slope}）", en=" (slope {slope})")
STEP = Text(ja="{step} 歩目 {place}、値 {value}", en="step {step}: {place}, value {value}")
DESCENDED = Text(ja="{first} → {last}", en="{first} → {last}")
ASTRAY = Text(ja="（発散して範囲の外へ出る）", en=" (it diverges and leaves all bounds)")
EPOCH = Text(
    ja="{epoch}/{epochs} エポック：訓練データの損失 {error}、正解率 {accuracy}。未知のデータの損失 {unseen}、"
    "正解率 {unseen_accuracy}",
    en="epoch {epoch}/{epochs}: on training data loss {error}, accuracy {accuracy}; on unseen data loss {unseen}, "
    "accuracy {unseen_accuracy}",
)
NOT_BEGUN = Text(
    ja="まだ始めていない。この図を選んで s を押すと学習が始まる。",
    en="Not begun yet. Go to this figure and press s to train.",
)
DIVERGED = Text(
    ja="{epoch} エポック：値が大きくなりすぎ、学習は発散した。",
    en="Epoch {epoch}: the numbers grew beyond all bounds; the training diverged.",
)
LOSS = Text(ja="損失", en="loss")
ACCURACY = Text(ja="正解率", en="accuracy")
KNOWN = Text(ja="訓練データ", en="training data")
UNSEEN = Text(ja="未知のデータ", en="unseen data")
LISTED = Text(ja="{label}：{points}", en="{label}: {points}")
MORE = Text(ja="ほか {count} 点", en="{count} more")
AREA = Text(ja="{variable} = {low} から {high} までの面積 {size}", en="area from {variable} = {low} to {high}: {size}")
LARGE = Text(
    ja="{label}：{rows} 行 {columns} 列、最小 {least}、最大 {most}",
    en="{label}: {rows} rows and {columns} columns, least {least}, greatest {most}",
)
WINDOW = Text(ja="（{top}–{low} 行目、{left}–{right} 列目）", en=" (rows {top} to {low}, columns {left} to {right})")
COMMA = Text(ja="、", en=", ")
VALUE = Text(ja="値", en="the value")
WAYS = {
    "forward": Text(ja="順伝播: 第 {layer} 層", en="Forward: layer {layer}"),
    "backward": Text(ja="逆伝播: 第 {layer} 層の δ", en="Backward: δ of layer {layer}"),
}
WHOLE = Text(ja="すべての値", en="all values")

HEIGHT = 12
WIDEST = 64
POINTS = 2 * WIDEST + 1
"""Points asked of each curve: two for a cell, which is what braille can show, and one in the middle."""
COLUMNS, ROWS = 48, 13  # cells of a surface, about square in the plane
SIDE_BY_SIDE = 56  # cells from which loss and accuracy stand beside each other
SPOKEN = 12  # points of a group that are listed in a sentence
MOST_TOLD = 64  # cells of a grid that are read out, each with its number
PLACES = 4  # decimals of the numbers in a network
_PLAIN = str.maketrans({"−": "-", "η": "eta", "→": "->", "–": "?"})

FORMS = {"grid": grid_picture, "joins": joined_picture, "tree": tree_picture}
"""The forms of computed numbers that have no axes, each with what draws it."""
Kind = TypeVar("Kind")
Dealt = Sequence[tuple[Part, Rows, Rows]]
Path = Sequence[Sequence[float]]  # the steps of a descent: the values of the variables, and last that of the function


@dataclass(frozen=True, slots=True)
class View:
    """What a reader has chosen: a value by its place, and the point or step that is on (None: none)."""

    choice: int = 0
    at: int | None = None


def requests_for(figure: Figure, choice: int = 0, *, slopes: bool = False) -> tuple[Request[Any], ...]:
    """What to ask of the kernel for a figure at one of its choices; a training run is asked for all its epochs."""
    value = figure.choices[choice] if figure.choices else 0.0
    run, descent, axes = figure.training, figure.descent, figure.axes
    if run is not None:
        return tuple(Train(run, int(value), epoch) for epoch in range(run.epochs + 1))
    if figure.network is not None:
        return (Walk(figure.network.as_json, language()),)
    texts, variables = tuple(curve.text for curve in figure.curves), tuple(axis.variable for axis in axes)
    name = figure.parameter.name if figure.parameter else ""
    asked: list[Request[Any]] = []
    if figure.parts:
        asked.append(Compute.of(figure, value))
    if not axes:
        return tuple(asked)
    if figure.upright is not None:
        lows, highs = tuple(axis.low for axis in axes), tuple(axis.high for axis in axes)
        asked.append(Survey(texts[0], variables, lows, highs, COLUMNS, ROWS, name, value, figure.let))
    else:
        asked.append(
            Plot(texts, figure.variable, figure.low, figure.high, POINTS, name, value, slopes, figure.let, figure.area)
        )
    if descent is not None:
        asked.append(Descend(texts[0], variables, descent.start, value, descent.steps))
    return tuple(asked)


def last_point(figure: Figure, replies: Iterable[object]) -> int:
    """The number of the last point or step that can be on, from 0."""
    if figure.descent is not None:
        return max(0, len(_path(replies)) - 1)
    return POINTS - 1 if figure.has_point else 0


def figure_lines(
    figure: Figure,
    view: View,
    replies: Sequence[object],
    width: int,
    *,
    ascii_only: bool = False,
    described: bool = False,
    drawn: bool = True,
) -> tuple[Line, ...]:
    """The figure as lines; what is not known yet keeps its room. `described`: with a sentence about its course.

    Without `drawn` it is sentences alone, for speech.
    """
    room = min(width, WIDEST) if figure.variable or figure.training is not None else width
    known = _Known(figure, view, replies, room, ascii_only=ascii_only)
    texts = []
    if figure.network is not None:
        texts.append(known.stop(figure.network.stops))
    elif figure.choices:
        value, count = number(figure.choices[view.choice]), len(figure.choices)
        texts.append(CHOICE(name=known.choice_name(), value=value, at=view.choice + 1, count=count))
    texts += known.area()
    if figure.training is not None or view.at is not None or described:
        texts += known.sentences()
    lines = [*known.picture(), *known.legend()] if drawn else []
    for text in texts:
        plain = text.translate(_PLAIN) if ascii_only else text
        cuts = [0, *divide_line(plain, width), len(plain)]
        lines += [(Span(plain[start:end].rstrip(), "muted"),) for start, end in pairwise(cuts)]
    return tuple(lines)


def _first(kind: type[Kind], replies: Iterable[object]) -> Kind | None:
    return next((reply for reply in replies if isinstance(reply, kind)), None)


def _path(replies: Iterable[object]) -> Path:
    descent = _first(DescentPath, replies)
    return descent.path if descent else ()


class _Known:
    """A figure, what its reader has chosen, and what the kernel has said of it."""

    def __init__(self, figure: Figure, view: View, replies: Sequence[object], width: int, *, ascii_only: bool) -> None:
        self.figure, self.view, self.width, self.ascii_only = figure, view, width, ascii_only
        self.surface = _first(Surface, replies)
        self.plotted = _first(CurvePoints, replies)
        self.path = _path(replies)
        self.runs = [reply for reply in replies if isinstance(reply, TrainingScores)]
        self.trace = _first(Trace, replies)
        self.computed = _first(Matrices, replies)

    def choice_name(self) -> str:
        if self.figure.training is not None:
            return BATCH()
        if self.figure.parameter is None:
            return RATE()
        name = self.figure.parameter.name
        sign = set_inline("\\" + name, ascii_only=self.ascii_only) if name.isascii() and len(name) > 1 else name
        return sign if isinstance(sign, str) else name  # δ for delta, as in formulas

    def stop(self, count: int) -> str:
        """Which layer a network is at, forward or back."""
        at = self.view.choice
        if self.trace is None or at == 0:
            return WHOLE()
        stop = self.trace.layers[at - 1]
        return f"{WAYS[stop.direction](layer=stop.layer)}  {at}/{count}"

    def picture(self) -> Sequence[Line]:
        if self.figure.training is not None:
            return self._training(self.figure.training)
        if self.figure.network is not None:
            return self._network(self.figure.network)
        if self.figure.form in FORMS:
            return self._computed()
        steps = self.path if self.view.at is None else self.path[: self.view.at + 1]
        return self._curves(steps) if self.figure.upright is None else self._contours(self.figure.upright, steps)

    def area(self) -> list[str]:
        """How large the area below the first curve is."""
        if not self.figure.area:
            return []
        if self.plotted is None or self.plotted.area is None:
            return [""]  # the room that it takes
        low, high, size = self.plotted.area
        return [AREA(variable=self.figure.variable, low=number(low), high=number(high), size=number(size))]

    def _computed(self) -> Sequence[Line]:
        dealt = self._dealt()
        return FORMS[self.figure.form](dealt, self.width, ascii_only=self.ascii_only) if dealt else ((),) * HEIGHT

    def _dealt(self) -> list[tuple[Part, Rows, Rows]]:
        """The parts with their numbers, as far as these are known."""
        return [] if self.computed is None else list(self.figure.dealt(self.computed.matrices))

    def _network(self, wired: Wired) -> Sequence[Line]:
        known = self.trace.layers[: wired.stops] if self.trace else ()
        at = self.view.choice or len(known)
        rows = walked_picture(
            wired.as_json, known[:at], self.width, lit=self.view.choice > 0, weighed=True, ascii_only=self.ascii_only
        )
        height = max(wired.layers) * (4 + wired.stops // len(wired.activations)) - 1
        return (*rows, *((),) * (height - len(rows)))  # the room that it takes with all its numbers

    def _groups(self) -> list[list[tuple[float, float]]]:
        """The points of each part, as far as they are known."""
        return [] if self.computed is None else self.figure.groups(self.computed.matrices)

    def _joined(self) -> list[list[tuple[float, float]]]:
        return [group for part, group in zip(self.figure.parts, self._groups(), strict=False) if part.joined]

    def _contours(self, upright: Axis, path: Path) -> Sequence[Line]:
        if self.surface is None or (self.figure.parts and self.computed is None):
            return ((),) * (ROWS + 2)
        rows = [row[: max(8, self.width - 8)] for row in self.surface.rows]
        low, high = self.figure.low, self.figure.high
        shown = low, low + (high - low) * (len(rows[0]) - 1) / (COLUMNS - 1)  # what there is room for
        return contour_picture(
            rows,
            shown,
            (upright.low, upright.high),
            [(step[0], step[1]) for step in path],
            groups=self._groups(),
            ascii_only=self.ascii_only,
        )

    def _curves(self, path: Path) -> Sequence[Line]:
        if self.plotted is None or (self.figure.parts and self.computed is None):
            return ((),) * HEIGHT
        on, passed = ("@", "o") if self.ascii_only else ("●", "○")
        curves = [[(x, math.nan if y is None else y) for x, y in curve] for curve in self.plotted.curves]
        ends, span = (self.figure.low, self.figure.high), self.figure.span
        marks: list[tuple[float, float, str]] = []
        if path:
            steps = [(step[0], step[-1]) for step in path]
            heights = [y for _, y in curves[0] if not math.isnan(y)]
            span = span or ((min(heights), max(heights)) if heights else None)
            curves = [curves[0], [], steps]
            marks = [(*step, passed) for step in steps[:-1]] + [(*steps[-1], on)]
        elif self.view.at is not None:
            marks = [(*curve[self.view.at], on) for curve in curves if self.view.at < len(curve)]
        return curve_picture(
            [*curves, *self._joined()],
            self.width,
            HEIGHT,
            x_range=ends,
            y_range=span,
            over=Overlay(self._groups(), marks, self.plotted.area[:2] if self.plotted.area else None),
            ascii_only=self.ascii_only,
        )

    def _training(self, training: Training) -> Sequence[Line]:
        scores = [(float(run.epoch), run.scores) for run in self.runs if run.scores]
        beside = self.width >= SIDE_BY_SIDE
        size = (self.width - 2) // 2 if beside else self.width
        most = max([2.5, *(score[column] for _, score in scores for column in (0, 2))])
        panels = []
        for title, first, top in ((LOSS(), 0, most), (ACCURACY(), 1, 1.0)):
            curves = [[(epoch, score[column]) for epoch, score in scores] for column in (first, first + 2)]
            curves.append([(0.0, -1.0)])  # a corner that no curve has: there is a frame before the first epoch, too
            ends, span = (0, training.epochs), (0, top)
            rows = curve_picture(curves, size, HEIGHT - 1, x_range=ends, y_range=span, ascii_only=self.ascii_only)
            panels.append(((Span(pad(title, size), "math"),), *rows))
        if not beside:
            return tuple(row for panel in panels for row in panel)
        return tuple((*left, Span("  "), *right) for left, right in zip(*panels, strict=True))

    def legend(self) -> Sequence[Line]:
        figure, groups = self.figure, [part.label for part in self.figure.parts]
        labels = [curve.label or curve.text for curve in figure.curves]
        if figure.form in FORMS:
            return ()
        if figure.training is not None:
            labels = [KNOWN(), UNSEEN()]
        elif figure.upright or figure.descent or [curve.label for curve in figure.curves] == [""]:
            labels = []
        return legend(labels, self.width, groups=groups, ascii_only=self.ascii_only)

    def sentences(self) -> list[str]:
        if self.figure.training is not None:
            return [self._epoch(self.figure.training)]
        if self.figure.network is not None:
            return self._layers(self.figure.network)
        if self.figure.descent is not None:
            return self._descent(self.figure.descent) if self.path else []
        if self.figure.form in FORMS:
            return IN_WORDS[self.figure.form](self._dealt())
        listed = [
            LISTED(label=part.label, points=self._list(group))
            for part, group in zip(self.figure.parts, self._groups(), strict=False)
        ]
        if self.plotted is None or self.figure.upright is not None:
            return listed
        if self.view.at is None:
            return [*(self._course(number, curve) for number, curve in enumerate(self.plotted.curves)), *listed]
        return [self._point(self.plotted, self.view.at)]

    def _list(self, points: Sequence[tuple[float, float]]) -> str:
        texts = [f"({number(x)}, {number(y)})" for x, y in points[:SPOKEN]]
        rest = len(points) - SPOKEN
        return COMMA().join([*texts, MORE(count=rest)] if rest > 0 else texts)

    def _layers(self, wired: Wired) -> list[str]:
        """The numbers of a network, layer by layer, each with its name."""
        stops = self.trace.layers[: wired.stops] if self.trace else ()
        named = ([f"{name} = {number(value)}" for name, value in stop.numbers.items()] for stop in stops)
        return [COMMA().join(names) for names in named]

    def _epoch(self, training: Training) -> str:
        if not self.runs:
            return NOT_BEGUN()
        epoch, scores = self.runs[-1].epoch, self.runs[-1].scores
        if not scores:
            return DIVERGED(epoch=epoch)
        error, accuracy, unseen, unseen_accuracy = scores
        return EPOCH(
            epoch=epoch,
            epochs=training.epochs,
            error=number(error),
            accuracy=f"{accuracy:.1%}",
            unseen=number(unseen),
            unseen_accuracy=f"{unseen_accuracy:.1%}",
        )

    def _descent(self, descent: Descent) -> list[str]:
        last = len(self.path) - 1
        if self.view.at is not None:
            return [self._step(min(self.view.at, last))]
        within = all(
            axis.low <= value <= axis.high for axis, value in zip(self.figure.axes, self.path[-1], strict=False)
        )
        astray = last < descent.steps or not within
        return [DESCENDED(first=self._step(0), last=self._step(last)) + (ASTRAY() if astray else "")]

    def _step(self, at: int) -> str:
        *values, height = self.path[at]
        where = (f"{axis.variable} = {number(value)}" for axis, value in zip(self.figure.axes, values, strict=True))
        return STEP(step=at, place=COMMA().join(where), value=number(height))

    def _course(self, curve: int, points: Sequence[tuple[float, float | None]]) -> str:
        heights = [y for _, y in points]
        finite = [y for y in heights if y is not None]
        return BETWEEN(
            label=self._label(curve),
            variable=self.figure.variable,
            low=number(self.figure.low),
            high=number(self.figure.high),
            first=number(heights[0]),
            last=number(heights[-1]),
            least=number(min(finite, default=None)),
            most=number(max(finite, default=None)),
        )

    def _point(self, plotted: CurvePoints, at: int) -> str:
        texts = [f"{self.figure.variable} = {number(plotted.curves[0][at][0])}"]
        for curve, points in enumerate(plotted.curves):
            value = points[at][1]
            slope = plotted.slopes[curve][at][1] if curve < len(plotted.slopes) else None
            text = POINT(label=self._label(curve), value=number(value))
            texts.append(text if slope is None or value is None else text + SLOPE(slope=number(slope)))
        return COMMA().join(texts)

    def _label(self, at: int) -> str:
        curve = self.figure.curves[at]
        return curve.label or (VALUE() if len(self.figure.curves) == 1 else curve.text)


def _grids_in_words(parts: Dealt) -> list[str]:
    """The numbers of each grid, row by row, and what is picked out of it."""
    texts = []
    for part, rows, picked in parts:
        text = LISTED(label=part.label, points=COMMA().join(f"({' '.join(row)})" for row in cell_texts(rows, "–")))
        if len(rows) * len(rows[0]) > MOST_TOLD:
            finite = [one for row in rows for one in row if one is not None]
            ends = number(min(finite, default=None)), number(max(finite, default=None))
            text = LARGE(label=part.label, rows=len(rows), columns=len(rows[0]), least=ends[0], most=ends[1])
        if picked:
            row, column, tall, wide = (round(one or 0) for one in picked[0])
            text += WINDOW(top=row + 1, low=row + tall, left=column + 1, right=column + wide)
        texts.append(text)
    return texts


def _joins_in_words(parts: Dealt) -> list[str]:
    """What is joined, by the names of its leaves, and at which height."""
    texts = []
    for part, rows, _ in parts:
        names = [part.rows[leaf] if leaf < len(part.rows) else str(leaf + 1) for leaf in range(len(rows) + 1)]
        joins = []
        for one, other, height in rows:
            left, right = names[int(one or 0)], names[int(other or 0)]
            names.append(f"{left} {right}")
            joins.append(f"{left} + {right} ({number(height)})")
        texts.append(LISTED(label=part.label, points=COMMA().join(joins)))
    return texts


def _tree_in_words(parts: Dealt) -> list[str]:
    """Each node with what it lies under, and its numbers."""
    nodes = depths(parts)
    names = [" < ".join(filter(None, (part.label, part.under))) for part, *_ in nodes]
    return [LISTED(label=name, points=COMMA().join(row)) for name, row in zip(names, node_texts(nodes), strict=True)]


IN_WORDS: Mapping[str, Callable[[Dealt], list[str]]] = {
    "grid": _grids_in_words,
    "joins": _joins_in_words,
    "tree": _tree_in_words,
}
"""The same forms, each with what says in words what it draws."""


def number(value: float | None) -> str:
    """A number as it is read from a figure: four digits that count."""
    if value is None:
        return "–"
    return f"{value:.4g}".replace("-", "−").replace("e+0", "e").replace("e−0", "e−") if value else "0"


def network_row(network: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    """A network in a row, layer by layer, with how many units there are: `x (2) » u⁽¹⁾ » tanh » z⁽¹⁾ (2) » … » E`."""
    *hidden, last = network["layers"][1:]
    nodes = [f"x ({network['layers'][0]})"]
    for layer, (size, activation) in enumerate(zip((*hidden, last), network["activations"], strict=True), 1):
        names = [f"u^{{({layer})}}", f"z^{{({layer})}}" if layer <= len(hidden) else "y"]
        weighted, out = (str(set_inline(name, ascii_only=ascii_only)) for name in names)
        nodes += [weighted, *([] if activation == "identity" else [activation]), f"{out} ({size})"]
    return (" > " if ascii_only else " » ").join((*nodes, "E"))


def question_picture(question: Question, width: int = 80, *, ascii_only: bool = False) -> tuple[Line, ...]:
    """The network of a question, with the values that the question gives; no lines where it has none."""
    if question.network is None:
        return ()
    numbers: dict[str, float] = question.network.get("numbers") or {}
    asked = {step.target for step in question.steps}
    if asked & numbers.keys():
        numbers = {name: value for name, value in numbers.items() if name.startswith("x_")}
    return picture_of(question.network, width, values=numbers, ascii_only=ascii_only)


def walked_picture(
    network: Mapping[str, Any],
    stops: Sequence[LayerTrace],
    width: int,
    *,
    lit: bool = True,
    weighed: bool = False,
    ascii_only: bool = False,
) -> tuple[Line, ...]:
    """The network with what is computed by the last of some stops of a walk, whose units are picked out if `lit`."""
    sizes = network["layers"]
    computed = {name: number for name, number in (network.get("numbers") or {}).items() if name.startswith("x_")}
    for stop in stops:
        computed |= stop.numbers
    at = stops[-1].layer if stops and lit else None
    units = () if at is None else (unit_name(at, unit, len(sizes) - 1) for unit in range(1, sizes[at] + 1))
    return picture_of(
        network,
        width,
        values=computed,
        deltas=computed,
        lit=frozenset(units),
        weighed=weighed,
        ascii_only=ascii_only,
    )


def picture_of(
    network: Mapping[str, Any],
    width: int = 80,
    *,
    values: Mapping[str, float] | None = None,
    deltas: Mapping[str, float] | None = None,
    lit: frozenset[str] = frozenset(),
    weighed: bool = False,
    ascii_only: bool = False,
) -> tuple[Line, ...]:
    """The network as lines; `values` and `deltas` are by name (`z1_2`, `delta1_2`), `lit` units are picked out.

    Weights show their names, or, if `weighed`, their numbers.
    """
    sizes: list[int] = network["layers"]
    layers = []
    for layer, size in enumerate(sizes):
        units = []
        for unit in range(1, size + 1):
            name, delta, shown = unit_name(layer, unit, len(sizes) - 1), f"delta{layer}_{unit}", []
            if values and name in values:
                shown.append((f"{values[name]:.{PLACES}f}", "value"))
            if deltas and delta in deltas:
                shown.append((f"{'d' if ascii_only else 'δ'} {deltas[delta]:.{PLACES}f}", "delta"))
            units.append(Unit(_typeset(name, ascii_only=ascii_only), tuple(shown), name in lit))
        layers.append(units)
    weights = {
        (layer, to, source): f"w{layer}_{to}_{source}"
        for layer in range(1, len(sizes))
        for to in range(1, sizes[layer] + 1)
        for source in range(1, sizes[layer - 1] + 1)
    }
    texts = {
        edge: f"{network['numbers'][name]:g}" if weighed else _typeset(name, ascii_only=ascii_only)
        for edge, name in weights.items()
    }
    return network_picture(layers, texts, width, ascii_only=ascii_only)


def _typeset(name: str, *, ascii_only: bool) -> str:
    """A name as formulas have it; as it is typed where there are no other signs."""
    shown = name if ascii_only else set_inline(name_tex(name))
    return shown if isinstance(shown, str) else name


def unit_name(layer: int, unit: int, last: int) -> str:
    """What leaves a unit: `x_1`, `z1_2` or `y_1`."""
    if layer == 0:
        return f"x_{unit}"
    return f"y_{unit}" if layer == last else f"z{layer}_{unit}"
