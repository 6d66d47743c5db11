"""A `yaml figure` fence read into a figure."""

from __future__ import annotations

import re

from markdown_it.token import Token

from studyapp.domain.document import Curve, Figure
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
    names = {name.value for name, _ in mapping.entries}
    for field in FIGURE:
        if field.name not in names:
            report.add(mapping.start, "missing-field", field.name)
    if not report.sound or len(values) < len(FIGURE):
        return None
    return _figure(values["curves"], values["over"], mapping.start, report)


def _figure(curves: tuple[Binding, ...], over: tuple[SymbolDomain, ...], start: int, report: Report) -> Figure | None:
    if len(over) != 1 or over[0].low is None or over[0].high is None:
        report.add(start, "figure-over")
        return None
    variable = over[0].name
    for curve in curves:
        for name in sorted(names_in(curve.expression) - CONSTANTS - {variable}):
            report.add_at(curve.place, "unknown-name", name, known=(variable,))
    drawn = tuple(Curve(curve.text, curve.expression) for curve in curves)
    if not report.sound:
        return None
    return Figure(drawn, variable, float(over[0].low), float(over[0].high), report.source.place(start))


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
