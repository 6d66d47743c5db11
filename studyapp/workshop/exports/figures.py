"""Figures of pages and networks of questions as SVG: what the app draws at the choice of its reader, all at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studyapp.domain.document import Axis, Figure, Parameter, Training, Wired
from studyapp.domain.question import Question
from studyapp.domain.text import Text, language
from studyapp.engine.rounding import PLACES
from studyapp.kernel import requests
from studyapp.kernel.service import Service
from studyapp.language import name_tex
from studyapp.typeset import svg
from studyapp.typeset.inline import set_inline

LOSS = Text(ja="損失（{data}）", en="loss ({data})")
ACCURACY = Text(ja="正解率（{data}）", en="accuracy ({data})")
KNOWN = Text(ja="訓練データ", en="training data")
UNSEEN = Text(ja="未知のデータ", en="unseen data")
TRAINED = Text(
    ja="バッチサイズ {batch}、{epochs} エポックの学習", en="training with batches of {batch}, {epochs} epochs"
)
NETWORK = Text(ja="ニューラルネットワーク（{layers}）", en="neural network ({layers})")
AREA = Text(ja="{low} から {high} までの面積 {size}", en="area from {low} to {high}: {size}")
JOINED = Text(ja="、", en=", ")
RATE = "η"
POINTS = 241
COLUMNS, ROWS = 64, 40
FORMS = {"grid": svg.grids, "joins": svg.joins, "tree": svg.tree}
"""The forms of computed numbers that have no axes, each with what draws it."""


def figure_svgs(figure: Figure, service: Service) -> tuple[tuple[str, str, str], ...]:
    """The figure as SVG, what it shows in words, and what stands below it.

    It is one picture, or, of computed numbers, one for each value of the parameter. Errors: `Problem` for a function
    that has no value anywhere.
    """
    if figure.training is not None:
        return ((*_training(figure.training, service), ""),)
    if figure.network is not None:
        return ((*_walked(figure.network, service), ""),)
    if figure.parameter is None or not (figure.form or figure.area):
        return ((*_drawn(figure, service), _size(figure, service)),)
    name, frames = figure.parameter.name, []
    for value in figure.parameter.values:
        at = replace(figure, parameter=Parameter(name, (value,)))
        below = (f"{_shown(name)} = {value:g}", _size(at, service))
        frames.append((*_drawn(at, service), JOINED().join(filter(None, below))))
    return tuple(frames)


def _drawn(figure: Figure, service: Service) -> tuple[str, str]:
    title = JOINED().join(
        (
            *(curve.text for curve in figure.curves),
            *(part.label for part in figure.parts),
            *(f"{axis.variable} = {axis.low:g}..{axis.high:g}" for axis in figure.axes),
        )
    )
    if figure.form in FORMS:
        computed = service.answer(requests.Compute.of(figure, _first_value(figure)[1]))
        return FORMS[figure.form](figure.dealt(computed.matrices), title=title), title
    drawn = (
        _curves(figure, service, title) if figure.upright is None else _surface(figure, figure.upright, service, title)
    )
    return drawn, title


def question_svg(question: Question) -> tuple[str, str] | None:
    """The network of a question with what the question gives of it; None where it has none."""
    if question.network is None:
        return None
    numbers: dict[str, float] = question.network.get("numbers") or {}
    # Where a number is asked for, only the inputs are told.
    if {step.target for step in question.steps} & numbers.keys():
        numbers = {name: value for name, value in numbers.items() if name.startswith("x_")}
    return _network(question.network, numbers)


def _curves(figure: Figure, service: Service, title: str) -> str:
    name = figure.parameter.name if figure.parameter else ""
    texts = tuple(curve.text for curve in figure.curves)
    values = figure.parameter.values if figure.parameter else (0.0,)
    ends = figure.low, figure.high
    asked = (requests.Plot(texts, figure.variable, *ends, POINTS, name, value, let=figure.let) for value in values)
    drawn: list[svg.Curve] = []
    for curve, shapes in zip(
        figure.curves, zip(*(service.answer(plot).curves for plot in asked), strict=True), strict=True
    ):
        label = curve.label or (curve.text if len(texts) > 1 else "")
        if len(set(shapes)) == 1:  # the parameter is not in it
            drawn.append(svg.Curve(label, shapes[0]))
        else:
            named = (f"{label} {_shown(name)} = {value:g}".strip() for value in values)
            drawn += [svg.Curve(text, points) for text, points in zip(named, shapes, strict=True)]
    span = figure.span
    if figure.descent is not None:
        heights = [height for _, height in drawn[0].points if height is not None]
        span = span or ((min(heights), max(heights)) if heights else None)
        drawn += _paths(figure, service)
    return svg.chart([*drawn, *_points(figure, service)], ends, span, areas=_areas(figure, service), title=title)


def _area(figure: Figure, service: Service) -> tuple[float, float, float] | None:
    """The bounds and the size of the area below the first curve, where one is asked for."""
    if not figure.area:
        return None
    texts, over = (figure.curves[0].text,), (figure.variable, figure.low, figure.high)
    asked = requests.Plot(texts, *over, 2, *_first_value(figure), let=figure.let, area=figure.area)
    return service.answer(asked).area


def _size(figure: Figure, service: Service) -> str:
    area = _area(figure, service)
    return AREA(low=f"{area[0]:.4g}", high=f"{area[1]:.4g}", size=f"{area[2]:.4g}") if area else ""


def _areas(figure: Figure, service: Service) -> list[svg.Points]:
    """The points of the first curve above the area that is asked for."""
    area = _area(figure, service)
    if area is None:
        return []
    over = (figure.curves[0].text,), figure.variable, area[0], area[1]
    return [service.answer(requests.Plot(*over, POINTS, *_first_value(figure), let=figure.let)).curves[0]]


def _surface(figure: Figure, upright: Axis, service: Service, title: str) -> str:
    (curve,) = figure.curves
    lows, highs = (figure.low, upright.low), (figure.high, upright.high)
    over, at = (figure.variable, upright.variable), _first_value(figure)
    survey = requests.Survey(curve.text, over, lows, highs, COLUMNS, ROWS, *at, figure.let)
    ends = (figure.low, figure.high), (upright.low, upright.high)
    signs = [*_paths(figure, service), *_points(figure, service)]
    return svg.contours(service.answer(survey).rows, *ends, signs, title=title)


def _first_value(figure: Figure) -> tuple[str, float]:
    return (figure.parameter.name, figure.parameter.values[0]) if figure.parameter else ("", 0.0)


def _points(figure: Figure, service: Service) -> list[svg.Curve]:
    """The groups of points of a figure, and the lines of those that are joined."""
    if not figure.parts:
        return []
    groups = figure.groups(service.answer(requests.Compute.of(figure, _first_value(figure)[1])).matrices)
    joined = [svg.Curve("", group) for part, group in zip(figure.parts, groups, strict=True) if part.joined]
    labelled = enumerate(zip(figure.parts, groups, strict=True))
    return [*joined, *(svg.Curve(part.label, group, sign=number) for number, (part, group) in labelled)]


def _paths(figure: Figure, service: Service) -> list[svg.Curve]:
    """The steps of a descent at each of its rates."""
    descent = figure.descent
    if descent is None:
        return []
    texts, variables = figure.curves[0].text, tuple(axis.variable for axis in figure.axes)
    paths = []
    for rate in descent.rates:
        asked = requests.Descend(texts, variables, descent.start, rate, descent.steps)
        # Of a surface the first two numbers of a step are its place; of a curve the second is the height.
        points = [(step[0], step[1]) for step in service.answer(asked).path]
        paths.append(svg.Curve(f"{RATE} = {rate:g}", points, dots=True))
    return paths


def _training(training: Training, service: Service) -> tuple[str, str]:
    """The course of a run with the first of its batch sizes."""
    batch, title = training.batches[0], TRAINED(batch=training.batches[0], epochs=training.epochs)
    runs = [service.answer(requests.Train(training, batch, epoch)) for epoch in range(training.epochs + 1)]
    scored = [(float(run.epoch), run.scores) for run in runs if run.scores]
    names = (LOSS(data=KNOWN()), ACCURACY(data=KNOWN()), LOSS(data=UNSEEN()), ACCURACY(data=UNSEEN()))
    curves = [svg.Curve(name, [(at, scores[column]) for at, scores in scored]) for column, name in enumerate(names)]
    return svg.chart(curves, (0, training.epochs), (0, 2.5), title=title), title


def _walked(wired: Wired, service: Service) -> tuple[str, str]:
    """A network with every number that is computed in it, forward and back."""
    network = wired.as_json
    numbers: dict[str, float] = dict(wired.numbers)
    for stop in service.answer(requests.Walk(network, language())).layers[: wired.stops]:
        numbers |= stop.numbers
    return _network(network, numbers, weighed=True)


def _network(network: Mapping[str, Any], numbers: Mapping[str, float], *, weighed: bool = False) -> tuple[str, str]:
    sizes: list[int] = network["layers"]
    layers = [
        [_unit(_unit_name(layer, unit, len(sizes) - 1), f"delta{layer}_{unit}", numbers) for unit in range(1, size + 1)]
        for layer, size in enumerate(sizes)
    ]
    edges = {
        (layer, to, source): f"w{layer}_{to}_{source}"
        for layer in range(1, len(sizes))
        for to in range(1, sizes[layer] + 1)
        for source in range(1, sizes[layer - 1] + 1)
    }
    weights = {edge: f"{numbers[name]:g}" if weighed else _shown(name) for edge, name in edges.items()}
    title = NETWORK(layers="-".join(map(str, sizes)))
    return svg.network(layers, weights, title=title), title


def _unit(name: str, delta: str, numbers: Mapping[str, float]) -> svg.Unit:
    known = [(numbers.get(name), ""), (numbers.get(delta), "δ ")]
    return svg.Unit(_shown(name), tuple(f"{sign}{value:.{PLACES}f}" for value, sign in known if value is not None))


def _unit_name(layer: int, unit: int, last: int) -> str:
    if layer == 0:
        return f"x_{unit}"
    return f"y_{unit}" if layer == last else f"z{layer}_{unit}"


def _shown(name: str) -> str:
    """A name as formulas have it."""
    shown = set_inline(name_tex(name)) if name else name
    return shown if isinstance(shown, str) else name
