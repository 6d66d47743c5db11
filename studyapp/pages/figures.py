"""A `yaml figure` fence read into a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markdown_it.token import Token

from studyapp.domain.document import Axis, Curve, Descent, Figure, Parameter, Training
from studyapp.domain.exercise import Binding, SymbolDomain
from studyapp.domain.expression import names_in
from studyapp.pages.facts import read_facts
from studyapp.pages.keys import read_fields
from studyapp.pages.report import Report
from studyapp.pages.schema import FIGURE

CONSTANTS = frozenset({"e", "pi"})
_CLOSER = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")


def read_figure(token: Token, report: Report) -> Figure | None:
    """The figure of a fence token, None where a complaint was noted."""
    if token.level or not token.map:
        first = token.map[0] if token.map else 0
        report.add(report.source.start(first), "nested-fence")
        return None
    text, base = fence_content(token, report)
    mapping = read_facts(text, base, report)
    if mapping is None:
        return None
    values = read_fields(mapping, FIGURE, report)
    starts = {name.value: name.start for name, _ in mapping.entries}
    if "training" in starts:
        return _training(values, starts, mapping.start, report)
    for name in ("curves", "over"):
        if name not in starts:
            report.add(mapping.start, "missing-field", name)
    if not report.sound:
        return None
    return _curves(values, starts, mapping.start, report)


def _training(values: Mapping[str, Any], starts: Mapping[str, int], start: int, report: Report) -> Figure | None:
    """A training run; its axes are epochs, loss and accuracy, so that it takes no curves beside it."""
    for name in sorted(starts.keys() - {"training"} & {field.name for field in FIGURE}):
        report.add(starts[name], "figure-training", name)
    if not report.sound:
        return None
    run: Training = values["training"]
    return Figure((), "", 0.0, float(run.epochs), report.source.place(start), training=run)


def _curves(values: Mapping[str, Any], starts: Mapping[str, int], start: int, report: Report) -> Figure | None:
    curves: tuple[Binding, ...] = values["curves"]
    axes = _axes(values["over"])
    parameter: Parameter | None = values.get("parameter")
    descent: Descent | None = values.get("descent")
    if axes is None:
        report.add(start, "figure-over")
        return None
    if len(axes) == 2 and (len(curves) != 1 or parameter is not None):
        report.add(starts["over"], "figure-surface")
    if parameter is not None and (descent is not None or parameter.name in {axis.variable for axis in axes}):
        report.add(starts["parameter"], "figure-parameter", parameter.name)
    if descent is not None and not _starts_within(descent, axes):
        report.add(starts["descent"], "figure-start")
    known = tuple(axis.variable for axis in axes) + ((parameter.name,) if parameter else ())
    for curve in curves:
        for name in sorted(names_in(curve.expression) - CONSTANTS - set(known)):
            report.add_at(curve.place, "unknown-name", name, known=known)
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
        parameter=parameter,
        descent=descent,
    )


def _axes(over: tuple[SymbolDomain, ...]) -> tuple[Axis, ...] | None:
    """The axes, one or two; None where there are others, or one is no interval."""
    axes = [
        Axis(one.name, float(one.low), float(one.high)) for one in over if one.low is not None and one.high is not None
    ]
    return tuple(axes) if len(axes) == len(over) and len(axes) in (1, 2) else None


def _starts_within(descent: Descent, axes: tuple[Axis, ...]) -> bool:
    return len(descent.start) == len(axes) and all(
        axis.low <= place <= axis.high for place, axis in zip(descent.start, axes, strict=True)
    )


def fence_content(token: Token, report: Report) -> tuple[str, int]:
    """The text inside a fence as it stands in the source, and its offset; an unclosed fence is a complaint."""
    first, last = token.map or (0, 0)
    source = report.source
    if is_closed(token, report):
        last -= 1
    else:
        report.add(source.start(first), "unclosed-fence")
    return source.between(first + 1, last), source.start(first + 1)


def is_closed(token: Token, report: Report) -> bool:
    """Whether the last line of a fence is its closing one."""
    first, last = token.map or (0, 0)
    line = report.source.between(last - 1, last).strip("\n")
    found = _CLOSER.fullmatch(line)
    return last - 1 > first and found is not None and found[1].startswith(token.markup)
