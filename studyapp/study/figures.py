"""Figures of a page for readers of any kind: what to ask of the kernel, and the lines that its replies make.

A figure is a picture, a legend, the value that is chosen, and a sentence: the whole course of it for those who cannot
see it, or the point that is on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from studyapp.domain.document import Axis, Block, Figure
from studyapp.domain.text import Text
from studyapp.kernel.messages import Request
from studyapp.kernel.requests import (
    CurvePoints,
    Descend,
    DescentPath,
    Plot,
    Surface,
    Survey,
    Train,
    TrainingScores,
)
from studyapp.typeset.document import Line, Span
from studyapp.typeset.inline import set_inline
from studyapp.typeset.lines import divide_line
from studyapp.typeset.plot import contour_picture, curve_picture, legend
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
COMMA = Text(ja="、", en=", ")
VALUE = Text(ja="値", en="the value")

HEIGHT = 12
WIDEST = 64
POINTS = 2 * WIDEST + 1
"""Points asked of each curve: two for a cell, which is what braille can show, and one in the middle."""
COLUMNS, ROWS = 48, 13
"""Cells of a surface, about square in the plane."""
SIDE_BY_SIDE = 56
"""Cells from which loss and accuracy stand beside each other."""
_PLAIN = str.maketrans({"−": "-", "η": "eta", "→": "->", "–": "?"})

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class View:
    """What a reader has chosen: a value by its place, and the point or step that is on (None: none)."""

    choice: int = 0
    at: int | None = None


def figures_in(blocks: Sequence[Block]) -> tuple[Figure, ...]:
    """The figures of a page, in their order."""
    return tuple(block for block in blocks if isinstance(block, Figure))


def requests_for(figure: Figure, choice: int = 0, *, slopes: bool = False) -> tuple[Request[Any], ...]:
    """What to ask of the kernel for a figure at one of its choices; a training run is asked for all its epochs."""
    value = figure.choices[choice] if figure.choices else 0.0
    run, descent, axes = figure.training, figure.descent, figure.axes
    if run is not None:
        return tuple(Train(run, int(value), epoch) for epoch in range(run.epochs + 1))
    texts, variables = tuple(curve.text for curve in figure.curves), tuple(axis.variable for axis in axes)
    asked: list[Request[Any]] = []
    if figure.upright is not None:
        lows, highs = tuple(axis.low for axis in axes), tuple(axis.high for axis in axes)
        asked.append(Survey(texts[0], variables, lows, highs, COLUMNS, ROWS))
    else:
        name = figure.parameter.name if figure.parameter else ""
        asked.append(Plot(texts, figure.variable, figure.low, figure.high, POINTS, name, value, slopes))
    if descent is not None:
        asked.append(Descend(texts[0], variables, descent.start, value, descent.steps))
    return tuple(asked)


def last_point(figure: Figure, replies: Iterable[object]) -> int:
    """The number of the last point or step that can be on, from 0."""
    if figure.descent is not None:
        return max(0, len(_path(replies)) - 1)
    return 0 if figure.training is not None or figure.upright is not None else POINTS - 1


def figure_lines(
    figure: Figure,
    view: View,
    replies: Sequence[object],
    width: int,
    *,
    ascii_only: bool = False,
    described: bool = False,
) -> tuple[Line, ...]:
    """The figure as lines; what is not known yet keeps its room. `described`: with a sentence about its course."""
    picture = _picture(figure, view, replies, min(width, WIDEST), ascii_only=ascii_only)
    texts = []
    if figure.choices:
        texts.append(
            CHOICE(
                name=_choice_name(figure, ascii_only=ascii_only),
                value=number(figure.choices[view.choice]),
                at=view.choice + 1,
                count=len(figure.choices),
            )
        )
    if figure.training is not None or view.at is not None or described:
        texts += _sentences(figure, view, replies)
    lines = [*picture, *_legend(figure, min(width, WIDEST), ascii_only=ascii_only)]
    for text in texts:
        lines += _wrapped(text.translate(_PLAIN) if ascii_only else text, width)
    return tuple(lines)


def _one(kind: type[Known], replies: Iterable[object]) -> Known | None:
    return next((reply for reply in replies if isinstance(reply, kind)), None)


def _path(replies: Iterable[object]) -> tuple[tuple[float, ...], ...]:
    descended = _one(DescentPath, replies)
    return descended.path if descended else ()


def _choice_name(figure: Figure, *, ascii_only: bool) -> str:
    if figure.training is not None:
        return BATCH()
    return RATE() if figure.parameter is None else _sign(figure.parameter.name, ascii_only=ascii_only)


def _sign(name: str, *, ascii_only: bool) -> str:
    """A name as it is set in formulas: δ for delta."""
    sign = set_inline("\\" + name, ascii_only=ascii_only) if name.isascii() and len(name) > 1 else name
    return sign if isinstance(sign, str) else name


def _picture(figure: Figure, view: View, replies: Sequence[object], width: int, *, ascii_only: bool) -> Sequence[Line]:
    surveyed, plotted = _one(Surface, replies), _one(CurvePoints, replies)
    if figure.training is not None:
        runs = [reply for reply in replies if isinstance(reply, TrainingScores)]
        return _training(figure.training.epochs, runs, width, ascii_only=ascii_only)
    if figure.upright is not None:
        if surveyed is None:
            return ((),) * (ROWS + 2)
        path = [(step[0], step[1]) for step in _gone(_path(replies), view)]
        rows = [row[: max(8, width - 8)] for row in surveyed.rows]
        return contour_picture(rows, _shown(figure.axes[0], len(rows[0])), _ends(figure.upright), path)
    if plotted is None:
        return ((),) * HEIGHT
    return _curves(figure, view, plotted, _gone(_path(replies), view), width, ascii_only=ascii_only)


def _gone(path: Sequence[Sequence[float]], view: View) -> Sequence[Sequence[float]]:
    """The steps of a descent up to the one that is on; all of them where none is."""
    return path if view.at is None else path[: view.at + 1]


def _ends(axis: Axis) -> tuple[float, float]:
    return axis.low, axis.high


def _shown(axis: Axis, columns: int) -> tuple[float, float]:
    """The part of an axis for which there is room."""
    return axis.low, axis.low + (axis.high - axis.low) * (columns - 1) / (COLUMNS - 1)


def _curves(
    figure: Figure, view: View, plotted: CurvePoints, path: Sequence[Sequence[float]], width: int, *, ascii_only: bool
) -> Sequence[Line]:
    on, passed = ("@", "o") if ascii_only else ("●", "○")
    curves = [_numbers(curve) for curve in plotted.curves]
    span = figure.span
    marks: list[tuple[float, float, str]] = []
    if path:
        steps = [(step[0], step[-1]) for step in path]
        heights = [y for _, y in curves[0] if not math.isnan(y)]
        span = span or ((min(heights), max(heights)) if heights else None)
        curves = [curves[0], [], steps]
        marks = [(*step, passed) for step in steps[:-1]] + [(*steps[-1], on)]
    elif view.at is not None:
        marks = [(*curve[view.at], on) for curve in curves if view.at < len(curve)]
    rows = curve_picture(
        curves, width, HEIGHT, x_range=(figure.low, figure.high), y_range=span, marks=marks, ascii_only=ascii_only
    )
    return tuple((Span(row, "math"),) for row in rows)


def _numbers(points: Iterable[tuple[float, float | None]]) -> list[tuple[float, float]]:
    return [(x, float("nan") if y is None else y) for x, y in points]


def _training(epochs: int, runs: Sequence[TrainingScores], width: int, *, ascii_only: bool) -> Sequence[Line]:
    """Loss and accuracy by epoch, each for known and unseen digits."""
    scores = [(float(run.epoch), run.scores) for run in runs if run.scores]
    beside = width >= SIDE_BY_SIDE
    size = (width - 2) // 2 if beside else width
    most = max([2.5, *(score[number] for _, score in scores for number in (0, 2))])
    panels = []
    for title, first, top in ((LOSS(), 0, most), (ACCURACY(), 1, 1.0)):
        curves = [[(epoch, score[place]) for epoch, score in scores] for place in (first, first + 2)]
        # A frame stands before the first epoch, too: its corner is a point that no curve has.
        frame = curve_picture(
            [*curves, [(0.0, -1.0)]], size, HEIGHT - 1, x_range=(0, epochs), y_range=(0, top), ascii_only=ascii_only
        )
        panels.append((pad(title, size), *frame))
    if not beside:
        return tuple((Span(row, "math"),) for panel in panels for row in panel)
    return tuple((Span(f"{left}  {right}", "math"),) for left, right in zip(*panels, strict=True))


def _legend(figure: Figure, width: int, *, ascii_only: bool) -> Sequence[Line]:
    labels = [curve.label or curve.text for curve in figure.curves]
    if figure.training is not None:
        labels = [KNOWN(), UNSEEN()]
    elif figure.descent is not None or (len(labels) < 2 and not figure.curves[0].label):
        return ()
    return tuple((Span(row, "muted"),) for row in legend(labels, width, ascii_only=ascii_only))


def _sentences(figure: Figure, view: View, replies: Sequence[object]) -> list[str]:
    if figure.training is not None:
        runs = [reply for reply in replies if isinstance(reply, TrainingScores)]
        return [trained(runs[-1].epoch, figure.training.epochs, runs[-1].scores) if runs else NOT_BEGUN()]
    if figure.descent is not None:
        return _descent(figure, view, _path(replies))
    plotted = _one(CurvePoints, replies)
    if plotted is None or figure.upright is not None:
        return []
    if view.at is None:
        return [_course(figure, place, plotted) for place in range(len(plotted.curves))]
    return [_point(figure, view.at, plotted)]


def _descent(figure: Figure, view: View, path: Sequence[Sequence[float]]) -> list[str]:
    variables = [axis.variable for axis in figure.axes]
    if not path or figure.descent is None:
        return []

    def step(at: int) -> str:
        return stepped(at, path[at][:-1], path[at][-1], variables)

    if view.at is not None:
        return [step(min(view.at, len(path) - 1))]
    return [path_text(step(0), step(len(path) - 1), astray=_astray(figure, path))]


def _astray(figure: Figure, path: Sequence[Sequence[float]]) -> bool:
    """Whether a descent ended early, or outside of what is shown."""
    steps = figure.descent.steps if figure.descent else 0
    inside = all(axis.low <= place <= axis.high for axis, place in zip(figure.axes, path[-1], strict=False))
    return len(path) <= steps or not inside


def _course(figure: Figure, place: int, plotted: CurvePoints) -> str:
    heights = [y for _, y in plotted.curves[place]]
    finite = [y for y in heights if y is not None]
    least, most = (min(finite), max(finite)) if finite else (None, None)
    ends = (figure.low, figure.high)
    return course(_label(figure, place), figure.variable, ends, (heights[0], heights[-1], least, most))


def _point(figure: Figure, at: int, plotted: CurvePoints) -> str:
    """Value and slope of each curve at one place."""
    said = []
    for place, curve in enumerate(plotted.curves):
        slope = plotted.slopes[place][at][1] if place < len(plotted.slopes) else None
        said.append(at_text(_label(figure, place), curve[at][1], slope))
    x = plotted.curves[0][at][0]
    return COMMA().join([f"{figure.variable} = {number(x)}", *said])


def _label(figure: Figure, place: int) -> str:
    if len(figure.curves) == 1:
        return figure.curves[0].label or VALUE()
    return figure.curves[place].label or figure.curves[place].text


def _wrapped(text: str, width: int) -> list[Line]:
    cuts = [0, *divide_line(text, width), len(text)]
    return [(Span(text[start:end].rstrip(), "muted"),) for start, end in pairwise(cuts)]


def number(value: float | None) -> str:
    """A number as it is read from a figure: four digits that count."""
    if value is None:
        return "–"
    return f"{value:.4g}".replace("-", "−").replace("e+0", "e").replace("e−0", "e−") if value else "0"


def course(label: str, variable: str, ends: tuple[float, float], values: tuple[float | None, ...]) -> str:
    """A curve in words: its values at both ends, its least and its greatest."""
    low, high = (number(end) for end in ends)
    first, last, least, most = (number(value) for value in values)
    return BETWEEN(label=label, variable=variable, low=low, high=high, first=first, last=last, least=least, most=most)


def at_text(label: str, value: float | None, slope: float | None) -> str:
    """One curve at the point that is on."""
    said = POINT(label=label, value=number(value))
    return said if slope is None or value is None else said + SLOPE(slope=number(slope))


def stepped(step: int, place: Sequence[float], value: float, variables: Sequence[str]) -> str:
    """One step of a descent."""
    where = COMMA().join(f"{name} = {number(one)}" for name, one in zip(variables, place, strict=True))
    return STEP(step=step, place=where, value=number(value))


def path_text(first: str, last: str, *, astray: bool) -> str:
    """A descent in words: its first step and its last, and whether it went astray."""
    return DESCENDED(first=first, last=last) + (ASTRAY() if astray else "")


def trained(epoch: int, epochs: int, scores: Sequence[float]) -> str:
    """A training run after an epoch."""
    if not scores:
        return DIVERGED(epoch=epoch)
    error, accuracy, unseen, unseen_accuracy = scores
    return EPOCH(
        epoch=epoch,
        epochs=epochs,
        error=number(error),
        accuracy=f"{accuracy:.1%}",
        unseen=number(unseen),
        unseen_accuracy=f"{unseen_accuracy:.1%}",
    )
