"""Rules about formulas and numbers in sentences: what can be set, drawn and computed is held to that."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any

from studyapp.domain.document import Figure, Part, Training, figures_in
from studyapp.domain.expression import Node
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.interpretation import evaluate
from studyapp.engine.plotting import FITS, area_below, curve_points, descent_path, matrices, settled, surface
from studyapp.engine.training import DigitRun
from studyapp.language import read_strict
from studyapp.pages.report import clipped
from studyapp.typeset.inline import set_inline
from studyapp.typeset.tree import TexError
from studyapp.workshop.equalities import false_links, shown_like
from studyapp.workshop.rules.registry import Finding, Sheet, rule

_HOLE = re.compile(r"\{\{[^\n]*?\}\}")
_COMMENT = re.compile(r"\s*=\s*(.+?)\s*", re.DOTALL)
_SHOWN = re.compile(r"([-−]?\d+(?:\.\d+)?(?:[eE]-?\d+)?)\$?[ \n]*$")
_FIGURE_POINTS = 9
_NO_VALUE = (Problem, TypeError, ValueError, OverflowError)
_set_inline = lru_cache(maxsize=4096)(set_inline)


@rule(
    ja="「{found}」は数式として組めません。\n綴りと括弧を確かめ、使える命令だけで書いてください。",
    en="“{found}” cannot be set as a formula.\nCheck spelling and braces; use commands on the list.",
)
def unset_formula(sheet: Sheet) -> Iterator[Finding]:
    r"""Every formula uses TeX commands that the app knows, and its brackets are balanced.

    Bad:  $\fraction{1}{2}$
    Good: $\frac{1}{2}$
    """
    for mark in sheet.marks:
        if mark.kind != "math":
            continue
        tex = _HOLE.sub(lambda hole: "1".ljust(len(hole[0])), mark.content)
        tex = f" {tex[1:-1]} " if len(tex) > 2 and tex[0] == tex[-1] == "`" else tex
        line = _set_inline(tex)
        if isinstance(line, TexError):
            yield Finding(
                sheet.source.place(mark.inner + min(line.position, len(tex))), line.found or clipped(mark.content)
            )


@rule(
    ja="等式 {found} は成り立ちません。\n計算すると {instead} になります。",
    en="The equality {found} does not hold.\nIt computes to {instead}.",
)
def false_equality(sheet: Sheet) -> Iterator[Finding]:
    r"""An equality between numbers holds to the digits shown.

    Bad:  $-\log 0.6 \approx 0.5106$
    Good: $-\log 0.6 \approx 0.5108$
    """
    for mark in sheet.marks:
        if mark.kind != "math" or "{{" in mark.content:
            continue
        for link, left in false_links(mark.content):
            yield Finding(sheet.source.place(mark.inner + link.start), str(link), left)


@rule(
    ja="{found} はコメントの式の値ではありません。\n計算すると {instead} になります。",
    en="{found} is not what the expression in the comment gives.\nIt computes to {instead}.",
)
def false_number(sheet: Sheet) -> Iterator[Finding]:
    """A number followed by its expression in a comment equals the expression, to the digits shown.

    Bad:  4.5 <!-- = huber(3, 0, delta=2) -->
    Good: 4 <!-- = huber(3, 0, delta=2) -->
    """
    for mark in sheet.marks:
        comment = _COMMENT.fullmatch(mark.content) if mark.kind == "comment" else None
        if comment is None:
            continue
        node = read_strict(comment[1])
        value = None if isinstance(node, Unreadable) else _computed(node)
        number = _SHOWN.search(sheet.source.text, max(0, mark.start - 60), mark.start)
        if value is None:
            position = node.span[0] if isinstance(node, Unreadable) else 0
            yield Finding(sheet.source.place(mark.inner + comment.start(1) + position), comment[1])
        elif number is None:
            yield Finding(sheet.source.place(mark.start), comment[1], f"{value:.4g}")
        elif not _agrees(number[1], value):
            yield Finding(sheet.source.place(number.start(1)), number[1], shown_like(Fraction(value), number[1]))


def _computed(node: Node) -> float | None:
    try:
        return float(evaluate(node, {}, FLOATS))
    except _NO_VALUE:
        return None


def _agrees(text: str, value: float) -> bool:
    try:
        shown = Decimal(text.replace("−", "-"))
        exponent = shown.as_tuple().exponent
        half = 0.5 * 10.0**exponent if isinstance(exponent, int) and ("." in text or "e" in text.lower()) else 1e-9
    except (InvalidOperation, OverflowError):
        return False
    return abs(float(shown) - value) <= half * (1 + 1e-6)


@rule(
    ja="図の {found} は描けません。\n関数の名前、over の区間、計算した数の形、学習なら rate を確かめてください。",
    en="{found} cannot be drawn.\n"
    "Check the function's name, the interval of over, the shape of computed numbers, the rate of a training.",
)
def empty_figure(sheet: Sheet) -> Iterator[Finding]:
    """A figure can be drawn: its functions are known, and each curve has values on the interval for every parameter.

    A descent needs a derivative and a first step; the loss of a training run must fall in the first epoch. Computed
    numbers have the shape of their form: points are rows of two numbers, and a window lies within its grid. A join is
    of two that are free, and no lower than the one before. An area has
    two bounds, between which its curve has values.

    Bad:  curves: `log(x)` over {x: -2..-1}
    Good: curves: `log(x)` over {x: 0.01..2}
    """
    asked = (figure for exercise in sheet.page.exercises for figure in exercise.figures)
    for figure in (*figures_in(sheet.page.body), *asked):
        for part in not_drawn(figure):
            yield Finding(figure.place, part)


def not_drawn(figure: Figure) -> Iterator[str]:
    """What of a figure cannot be drawn."""
    known = _known(figure)
    if isinstance(known, str):
        yield known
        return
    yield from (curve.text for curve in figure.curves if not _is_drawn(curve.expression, figure, known))
    yield from (part.label for part in figure.parts if not all(_is_computed(part, figure.form, one) for one in known))
    if figure.area and not all(_has_area(figure, one) for one in known):
        yield figure.area
    if figure.descent is not None and not _descends(figure, figure.descent.start):
        yield figure.curves[0].text
    if figure.training is not None and not _learns(figure.training):
        yield "training"


def _known(figure: Figure) -> list[dict[str, Any]] | str:
    """What is known at each value of the parameter; the name of what has no value, where there is such."""
    parameter, trees = figure.parameter, [(name, read_strict(text)) for name, text in figure.let]
    known = []
    for value in parameter.values if parameter else (0.0,):
        given: dict[str, Any] = {parameter.name: value} if parameter else {}
        for name, tree in trees:
            try:
                given = settled([(name, tree)], given) if not isinstance(tree, Unreadable) else given
            except _NO_VALUE:
                return name
        known.append(given)
    return known


def _is_computed(part: Part, form: str, known: dict[str, Any]) -> bool:
    trees = [tree for text in part.texts if not isinstance(tree := read_strict(text), Unreadable)]
    try:
        rows, *picked = matrices(trees, settled((), known))
    except _NO_VALUE:
        return False
    return FITS[form](rows, picked[0] if picked else ())


def _has_area(figure: Figure, known: dict[str, Any]) -> bool:
    bounds = read_strict(figure.area)
    try:
        return not isinstance(bounds, Unreadable) and bool(
            area_below(figure.curves[0].expression, figure.variable, bounds, known)
        )
    except _NO_VALUE:
        return False


def _is_drawn(curve: Node, figure: Figure, values: list[dict[str, Any]]) -> bool:
    axes = figure.axes
    lows, highs = [axis.low for axis in axes], [axis.high for axis in axes]
    try:
        if figure.upright is not None:
            names, side = [axis.variable for axis in axes], _FIGURE_POINTS
            grids = [surface(curve, names, lows, highs, side, side, known) for known in values]
            return all(any(height is not None for row in grid for height in row) for grid in grids)
        low, high = figure.low, figure.high
        drawn = [curve_points((curve,), figure.variable, low, high, _FIGURE_POINTS, known) for known in values]
    except _NO_VALUE:
        return False
    return all(any(y is not None for _, y in points) for (points,) in drawn)


def _descends(figure: Figure, start: tuple[float, ...]) -> bool:
    """Whether the function can be gone down from the start: a rate too large is no fault, it may be what is shown."""
    variables = [axis.variable for axis in figure.axes]
    try:
        return len(descent_path(figure.curves[0].expression, variables, start, 1e-9, 1)) == 2
    except _NO_VALUE:
        return False


@lru_cache(maxsize=64)
def _learns(run: Training) -> bool:
    """Whether the first epoch leaves the error below where it began, with every batch size."""
    for batch in run.batches:
        digits = DigitRun()
        before, after = digits.scores(run, batch, 0), digits.scores(run, batch, 1)
        if not before or not after or after[0] >= before[0]:
            return False
    return True
