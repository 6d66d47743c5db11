"""A `yaml figure` fence read into a figure: curves or contours, a descent, a training run, or computed numbers."""

import re
from collections.abc import Iterable, Set
from collections.abc import Mapping as Names
from dataclasses import field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from studyapp.domain.document import Axis, Curve, Descent, Figure, Parameter, Part, Training, Wired
from studyapp.domain.exercise import Binding, SymbolDomain
from studyapp.domain.expression import names_in
from studyapp.domain.limits import (
    DESCENT_STEPS,
    FIGURE_CHOICES,
    GRID_SIDE,
    LABEL_CHARACTERS,
    TRAINING_EPOCHS,
    TRAINING_UNITS,
)
from studyapp.domain.place import Problem
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.pages import readers
from studyapp.pages.facts import Mapping, Value, read_facts
from studyapp.pages.keys import Fields, read_network, read_rate
from studyapp.pages.readers import Reader, Shape
from studyapp.pages.report import Refused, Report


class Drawing(Problem):
    """What is wrong with a figure."""

    UNCLOSED_FENCE = Text(
        ja="コードブロックが閉じられていません。\n同じ長さの ``` の行で閉じてください。",
        en="The code block is not closed.\nClose it with a line of as many backticks.",
    )
    NESTED_FENCE = Text(
        ja="yaml のブロックがリストや引用の中にあります。\n行頭から書いてください。",
        en="A yaml block is inside a list or a quote.\nBegin it at the first column.",
    )
    FIGURE_OVER = Text(
        ja="over には、変数と区間を一つか二つ書きます。\n"
        "over: {{y: 0.01..1}} のように書いてください。二つ書くと等高線になります。",
        en="`over` takes one variable or two, each with an interval.\n"
        "Write it like over: {{y: 0.01..1}}; two variables give contours.",
    )
    FIGURE_SURFACE = Text(
        ja="等高線の図に書ける curves の式は一つだけです。\n式を一つにしてください。",
        en="Contours take exactly one expression in `curves`.\nLeave one expression.",
    )
    FIGURE_PARAMETER = Text(
        ja="parameter の名前「{found}」は使えません。\n"
        "over の変数とは別の名前にし、descent とは別の図に書いてください。",
        en="The parameter cannot be named `{found}` here.\n"
        "Take a name that `over` does not have, and give a descent a figure of its own.",
    )
    FIGURE_AREA = Text(
        ja="area は一つの変数の曲線の下に取ります。\ncurves に式を書き、over の変数を一つにしてください。",
        en="An area lies below a curve over one variable.\n"
        "Write an expression in `curves`, and one variable in `over`.",
    )
    FIGURE_START = Text(
        ja="descent の start は over の区間の中に取ります。\n変数ごとに数を一つ書いてください。",
        en="The start of a descent lies within `over`.\nWrite one number for each variable.",
    )
    FIGURE_ALONE = Text(
        ja="{kind} の図に「{found}」は書けません。\n{kind} だけの図にしてください。",
        en="A {kind} figure takes no `{found}`.\nLeave the {kind} alone in its figure.",
    )
    FIGURE_ASKED = Text(
        ja="問題には training の図を置けません。\n学習の図は本文に置き、問題には結果の数か曲線を書いてください。",
        en="A question has no training to run.\nPut it into the prose, and give numbers or curves in the question.",
    )
    FIGURE_NETWORK = Text(
        ja="network の図の数が決まりません（{found}）。\n"
        "layers の大きさ、hidden と output を一つに決め、numbers に入力と重みをすべて書いてください。"
        "バイアスと正解は、書くならすべて書きます。",
        en="The numbers of the network are not settled ({found}).\n"
        "Give one size a layer, one hidden activation and one output, and write every input and weight under numbers; "
        "biases and targets all or none.",
    )


CONSTANTS = frozenset({"e", "pi"})
SMALLEST_BATCH, LARGEST_BATCH = 4, 1438  # a batch of 4 keeps an epoch short; 1438 of the digits are learnt from
_CLOSER = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")
_NUMBER = re.compile(r"-?(?:\d{1,6}(?:\.\d{1,12})?|\.\d{1,12})")


def _several(read: Reader) -> Reader:
    return readers.filled(readers.list_of(read), FIGURE_CHOICES)


_number = readers.scalar(lambda text: float(Decimal(text)) if _NUMBER.fullmatch(text) else None, Shape.NOT_A_NUMBER)

_DESCENT: dict[str, Reader] = {
    "start": readers.one_or_several(_number, FIGURE_CHOICES),
    "rates": _several(read_rate),
    "steps": readers.whole(1, DESCENT_STEPS),
}
_TRAINING: dict[str, Reader] = {
    "hidden": _several(readers.whole(1, TRAINING_UNITS)),
    "rate": read_rate,
    "batches": _several(readers.whole(SMALLEST_BATCH, LARGEST_BATCH)),
    "epochs": readers.whole(1, TRAINING_EPOCHS),
}


def _descent(value: Value, report: Report) -> Descent:
    fields = readers.read_record(value, _DESCENT, report, required=_DESCENT)
    return Descent(fields["start"], tuple(map(float, fields["rates"])), fields["steps"])


def _training(value: Value, report: Report) -> Training:
    fields = readers.read_record(value, _TRAINING, report, required=_TRAINING)
    return Training(fields["hidden"], float(fields["rate"]), fields["batches"], fields["epochs"])


def _is_label(name: str) -> bool:
    return 0 < len(name) <= LABEL_CHARACTERS and name.isprintable()


_labelled = readers.named(_is_label)


def _curves(value: Value, report: Report) -> Any:
    read = _labelled if isinstance(value, Mapping) else readers.list_of(readers.expression())
    return readers.filled(read)(value, report)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as it is read: what it is called, its values, and what is picked of them, with other facts."""

    label: str
    values: Binding
    picked: Binding | None = None
    facts: Names[str, Any] = field(default_factory=dict)


def _parts(own: Names[str, Reader], picked: str) -> Reader:
    """The reader of the parts of a form: an expression alone, or `values` with its other facts."""
    record = {"values": readers.expression(), picked: readers.expression(), **own}

    def read(entry: readers.Entry, report: Report) -> _Part:
        name, value = entry
        if not _is_label(name.value):
            raise report.refuse(name.start, Shape.BAD_NAME, name.value)
        if not isinstance(value, Mapping):
            return _Part(name.value, readers.expression()(value, report))
        facts = readers.read_record(value, record, report, required=("values",))
        return _Part(name.value, facts.pop("values"), facts.pop(picked, None), facts)

    return readers.filled(
        lambda value, report: readers.each(read, readers.read_mapping(value, report).entries, report), FIGURE_CHOICES
    )


def _nodes(value: Value, report: Report) -> tuple[_Part, ...]:
    """The nodes of a tree, each under one before it."""
    nodes: tuple[_Part, ...] = _parts({"under": readers.read_text, "columns": _words}, "lit")(value, report)
    above: list[str] = []
    for node in nodes:
        under = node.facts.get("under")
        if under is not None and under.value not in above:
            raise report.refuse(under.start, Shape.UNKNOWN_WORD, under.value, known=above)
        above.append(node.label)
    named = ({**node.facts, "under": node.facts["under"].value if "under" in node.facts else ""} for node in nodes)
    return tuple(replace(node, facts=facts) for node, facts in zip(nodes, named, strict=True))


_words = readers.filled(readers.list_of(readers.read_word), GRID_SIDE)
FORMS: dict[str, Reader] = {
    "points": _parts({"joined": readers.read_flag}, "only"),
    "joins": _parts({"rows": _words}, "cut"),
    "tree": _nodes,
    "grid": _parts({"shaded": readers.read_flag, "rows": _words, "columns": _words}, "lit"),
}
"""The forms in which computed numbers are drawn, each with the reader of its parts."""


def _parameter(value: Value, report: Report) -> Parameter:
    entries = readers.read_mapping(value, report).entries
    if len(entries) != 1:
        raise report.refuse(value.start, Shape.OUT_OF_RANGE, str(len(entries)), low=1, high=1)
    name, numbers = entries[0]
    if not readers.is_symbol(name.value):
        raise report.refuse(name.start, Shape.BAD_NAME, name.value)
    return Parameter(name.value, _several(_number)(numbers, report))


def _numbers(value: Value, report: Report) -> tuple[tuple[str, float], ...]:
    entries = readers.read_mapping(value, report).entries
    return tuple((name.value, _number(number, report)) for name, number in entries)


FIGURE: dict[str, Reader] = {
    "curves": _curves,
    "over": readers.read_symbols,
    "span": lambda value, report: tuple(map(float, readers.read_interval(value, report))),
    "parameter": _parameter,
    "descent": _descent,
    "training": _training,
    "network": read_network,
    "numbers": _numbers,
    "area": readers.expression(),
    "let": readers.named(readers.is_symbol),
    **FORMS,
}


def read_figure(token: Token, report: Report) -> Figure | None:
    """The figure of a fence token, None where a complaint was noted."""
    try:
        if token.level or not token.map:
            first = token.map[0] if token.map else 0
            raise report.refuse(report.source.start(first), Drawing.NESTED_FENCE)
        text, base = fence_content(token, report)
        mapping = read_facts(text, base, report)
        values = readers.read_fields(mapping, FIGURE, report, refuse_empty=True)
        starts = mapping.names()
        if "training" in starts:
            return _digits(values, starts, mapping.start, report)
        if "network" in starts:
            return _wired(values, starts, mapping.start, report)
        form = next((name for name in FORMS if name in starts), "")
        if form not in ("", "points"):
            return _shown(form, values, starts, mapping.start, report)
        readers.require(("over",) if form else ("curves", "over"), starts, mapping.start, report)
        return _plot(values, starts, mapping.start, report) if report.sound else None
    except Refused:
        return None


def figure_asked(token: Token, report: Report) -> Figure | None:
    """The figure of a fence in an exercise, where trainings are refused: no key starts one there."""
    figure = read_figure(token, report)
    if figure is None or figure.training is None:
        return figure
    report.add(figure.place, Drawing.FIGURE_ASKED)
    return None


def is_figure(token: Token) -> bool:
    """Whether a token is a `yaml figure` fence."""
    return token.type == "fence" and token.info.split() == ["yaml", "figure"]


def _digits(values: dict[str, Any], starts: dict[str, int], start: int, report: Report) -> Figure | None:
    _refuse_others({"training"}, starts, report)
    if not report.sound:
        return None
    run: Training = values["training"]
    return Figure((), "", 0.0, float(run.epochs), report.source.place(start), training=run)


def _refuse_others(own: Set[str], starts: dict[str, int], report: Report, kind: str = "") -> None:
    for name in sorted(starts.keys() - own & FIGURE.keys()):
        report.add(starts[name], Drawing.FIGURE_ALONE, name, kind=kind or min(own))


def _wired(values: dict[str, Any], starts: dict[str, int], start: int, report: Report) -> Figure | None:
    _refuse_others({"network", "numbers"}, starts, report)
    readers.require(("numbers",), starts, start, report)
    if not report.sound:
        return None
    family, numbers = values["network"], dict(values["numbers"])
    sizes = [low for low, _ in family.layers]
    layers = list(enumerate(pairwise(sizes), 1))
    needed = {f"x_{unit}" for unit in range(1, sizes[0] + 1)}
    needed |= {f"w{at}_{to + 1}_{of + 1}" for at, (ins, outs) in layers for to in range(outs) for of in range(ins)}
    biases = {f"b{at}_{to + 1}" for at, (_, outs) in layers for to in range(outs)}
    targets = {f"t_{unit}" for unit in range(1, sizes[-1] + 1)}
    for several in (biases, targets):
        needed |= several if several & numbers.keys() else set()
    odd = sorted(needed ^ numbers.keys())
    settled = all(low == high for low, high in family.layers) and len(family.hidden) < 2 and len(family.output) == 1
    if odd or not settled:
        report.add(start, Drawing.FIGURE_NETWORK, ", ".join(odd) or "layers, hidden, output")
        return None
    ((activation, loss),) = family.output
    wired = Wired(tuple(sizes), (*family.hidden * (len(sizes) - 2), activation), loss, tuple(numbers.items()))
    return Figure((), "", 0.0, 0.0, report.source.place(start), network=wired)


def _shown(form: str, values: dict[str, Any], starts: dict[str, int], start: int, report: Report) -> Figure | None:
    """A figure of computed numbers without axes."""
    _refuse_others({form, "let", "parameter"}, starts, report, form)
    if not report.sound:
        return None
    figure = Figure((), "", 0.0, 0.0, report.source.place(start), **_computed(form, values, report))
    return figure if report.sound else None


def _computed(form: str, values: dict[str, Any], report: Report) -> dict[str, Any]:
    """The fields of a figure that are computed from its parameter and its named values."""
    parameter: Parameter | None = values.get("parameter")
    known: tuple[str, ...] = (parameter.name,) if parameter else ()
    let: tuple[Binding, ...] = values.get("let", ())
    for binding in let:
        _refuse_unknown([binding], known, report)
        known += (binding.name,)
    parts: tuple[_Part, ...] = values.get(form, ())
    _refuse_unknown([one for part in parts for one in (part.values, part.picked) if one], known, report)
    return {
        "parameter": parameter,
        "let": tuple((binding.name, binding.text) for binding in let),
        "form": form,
        "parts": tuple(
            Part(part.label, part.values.text, part.values.place, part.picked.text if part.picked else "", **part.facts)
            for part in parts
        ),
    }


def _refuse_unknown(bindings: Iterable[Binding], known: tuple[str, ...], report: Report) -> None:
    for binding in bindings:
        for name in sorted(names_in(binding.expression) - CONSTANTS - set(known)):
            report.add(binding.place, Fields.UNKNOWN_NAME, name, known=known)


def _plot(values: dict[str, Any], starts: dict[str, int], start: int, report: Report) -> Figure | None:
    curves: tuple[Binding, ...] = values.get("curves", ())
    form = "points" if "points" in starts else ""
    axes = _axes(values["over"])
    parameter: Parameter | None = values.get("parameter")
    descent: Descent | None = values.get("descent")
    if axes is None:
        report.add(start, Drawing.FIGURE_OVER)
        return None
    if len(axes) == 2 and len(curves) != 1:
        report.add(starts["over"], Drawing.FIGURE_SURFACE)
    if parameter is not None and (descent is not None or parameter.name in {axis.variable for axis in axes}):
        report.add(starts["parameter"], Drawing.FIGURE_PARAMETER, parameter.name)
    if descent is not None:
        _refuse_others(FIGURE.keys() - FORMS.keys() - {"let", "area"}, starts, report, "descent")
    if descent is not None and not (
        len(descent.start) == len(axes)
        and all(axis.low <= start <= axis.high for start, axis in zip(descent.start, axes, strict=True))
    ):
        report.add(starts["descent"], Drawing.FIGURE_START)
    area: Binding | None = values.get("area")
    if area is not None and (len(axes) == 2 or not curves):
        report.add(starts["area"], Drawing.FIGURE_AREA)
    computed = _computed(form, values, report)
    if area is not None:
        _refuse_unknown([area], ((parameter.name,) if parameter else ()) + tuple(dict(computed["let"])), report)
    known = tuple(axis.variable for axis in axes) + ((parameter.name,) if parameter else ())
    _refuse_unknown(curves, known + tuple(name for name, _ in computed["let"]), report)
    if not report.sound:
        return None
    return Figure(
        tuple(Curve(curve.text, curve.expression, curve.name) for curve in curves),
        axes[0].variable,
        axes[0].low,
        axes[0].high,
        report.source.place(start),
        upright=axes[1] if len(axes) == 2 else None,
        span=values.get("span"),
        area=area.text if area else "",
        descent=descent,
        **computed,
    )


def _axes(over: tuple[SymbolDomain, ...]) -> tuple[Axis, ...] | None:
    if len(over) not in (1, 2):
        return None
    ends = [(domain.name, domain.low, domain.high) for domain in over]
    axes = [Axis(name, float(low), float(high)) for name, low, high in ends if low is not None and high is not None]
    return tuple(axes) if len(axes) == len(over) else None


def fence_content(token: Token, report: Report) -> tuple[str, int]:
    """The source of the text inside a fence, and its offset; an unclosed fence is a complaint."""
    first, last = token.map or (0, 0)
    source = report.source
    if is_closed(token, report):
        last -= 1
    else:
        report.add(source.start(first), Drawing.UNCLOSED_FENCE)
    return source.between(first + 1, last), source.start(first + 1)


def is_closed(token: Token, report: Report) -> bool:
    """Whether the last line of a fence is its closing one."""
    first, last = token.map or (0, 0)
    closer = _CLOSER.fullmatch(report.source.between(last - 1, last).strip("\n"))
    return last - 1 > first and closer is not None and closer[1].startswith(token.markup)
