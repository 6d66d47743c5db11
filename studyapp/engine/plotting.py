"""Numbers for figures: points and slopes of curves, heights of a surface, the path of a descent, matrices."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from studyapp.domain.document import Rows
from studyapp.domain.expression import Name, Node, walk
from studyapp.domain.limits import (
    CURVE_POINTS,
    CURVE_SLOPE_NODES,
    CURVE_TREE_NODES,
    GRID_SIDE,
    PATH_STEPS,
    SURFACE_CELLS,
)
from studyapp.engine.algebras.algebra import FLOATS, Inexact, Problem
from studyapp.engine.interpretation import derivative_of, evaluate

Points = tuple[tuple[float, float | None], ...]
Path = tuple[tuple[float, ...], ...]
Known = Mapping[str, Any]  # numbers, vectors and matrices by name
DIFFERENCE = 1e-6  # of the interval, the distance over which a difference is taken to both sides
AREA_STRIPS = 200
BEYOND = 1e9  # where a descent that goes astray is left alone
FITS: Mapping[str, Callable[[Rows, Rows], bool]] = {
    "points": lambda rows, picked: (
        all(len(row) == 2 for row in rows) and (not picked or [len(one) for one in picked] == [len(rows)])
    ),
    "grid": lambda rows, picked: (
        max(len(rows), len(rows[0])) <= GRID_SIDE and (not picked or _is_window(picked, len(rows), len(rows[0])))
    ),
    "joins": lambda rows, picked: _are_joins(rows) and (not picked or [len(one) for one in picked] == [1]),
    "tree": lambda rows, picked: len(rows) == 1 and (not picked or [len(one) for one in picked] == [1]),
}
"""Whether the values of a part, and what is picked of them, can be drawn in a form."""
_UNDERIVABLE = (Problem, Inexact, RecursionError)


def curve_points(
    curves: Sequence[Node],
    variable: str,
    low: float,
    high: float,
    count: int,
    values: Known | None = None,
) -> tuple[Points, ...]:
    """(x, y) for each curve at `count` places from low to high; y is None where it is not finite.

    `values` are those of parameters and names. Raises `Problem` for a curve that makes no sense.
    """
    places = np.linspace(low, high, min(count, CURVE_POINTS))
    fixed = settled((), values or {})
    return tuple(
        tuple((float(x), _finite(curve, {**fixed, variable: np.float64(x)})) for x in places) for curve in curves
    )


def curve_slopes(
    curves: Sequence[Node],
    variable: str,
    low: float,
    high: float,
    count: int,
    values: Known | None = None,
) -> tuple[Points, ...]:
    """(x, slope) at the same places, from the derivative of each tree; None everywhere where it has no derivative.

    Where that tree is so large that it would keep the reader waiting, central differences stand in for it.
    """
    slopes: list[Points] = []
    for curve in curves:
        try:
            derived = derivative_of(curve, Name(variable), dict(values or {}))
            if not _is_large(derived, CURVE_TREE_NODES):
                slopes += curve_points([derived], variable, low, high, count, values)
            else:
                slopes.append(_differences(curve, variable, low, high, count, values))
        except _UNDERIVABLE:
            slopes += curve_points([curve], variable, low, high, count, values)
            slopes[-1] = tuple((x, None) for x, _ in slopes[-1])
    return tuple(slopes)


def _is_large(tree: Node, most: int) -> bool:
    """Whether a tree has more parts than that; parts that are shared count each time, for so they are computed."""
    return next(islice(walk(tree), most, None), None) is not None


def _differences(curve: Node, variable: str, low: float, high: float, count: int, values: Known | None) -> Points:
    step = (high - low) * DIFFERENCE
    (before,), (at,), (after,) = (
        curve_points([curve], variable, low + shift, high + shift, count, values) for shift in (-step, 0.0, step)
    )
    return tuple(
        (x, None if left is None or right is None else (right - left) / (2 * step))
        for (x, _), (_, left), (_, right) in zip(at, before, after, strict=True)
    )


def area_below(curve: Node, variable: str, bounds: Node, values: Known) -> tuple[float, float, float]:
    """The two bounds, and the integral of a curve from the first to the second, by Simpson's rule; raises `Problem`."""
    ((row,),) = (matrices((bounds,), settled((), values)),)
    if len(row) != 1 or len(row[0]) != 2:
        raise Problem("an area has two bounds")
    low, high = (one if one is not None else math.nan for one in row[0])
    ((*points,),) = curve_points((curve,), variable, low, high, 2 * AREA_STRIPS + 1, values)
    heights = np.array([math.nan if height is None else height for _, height in points])
    if not np.isfinite(heights).all():
        raise Problem("the curve is not finite between the bounds")
    weights = np.array([1, *[4, 2] * (AREA_STRIPS - 1), 4, 1])
    return low, high, float(heights @ weights) * (high - low) / (6 * AREA_STRIPS)


def surface(
    function: Node,
    variables: Sequence[str],
    lows: Sequence[float],
    highs: Sequence[float],
    columns: int,
    rows: int,
    values: Known | None = None,
) -> Rows:
    """Heights over a grid, a row of cells each, the first row at the top; raises `Problem`."""
    fixed = settled((), values or {})
    across = np.linspace(lows[0], highs[0], min(columns, SURFACE_CELLS))
    upright = np.linspace(highs[1], lows[1], min(rows, SURFACE_CELLS))
    return tuple(
        tuple(_finite(function, {**fixed, variables[0]: np.float64(x), variables[1]: np.float64(y)}) for x in across)
        for y in upright
    )


def _is_window(picked: Rows, rows: int, columns: int) -> bool:
    """Whether it has a first row and column, from 0, and a number of rows and columns, and lies within a grid."""
    if len(picked) != 1 or len(picked[0]) != 4 or any(one is None or one < 0 or one % 1 for one in picked[0]):
        return False
    row, column, tall, wide = (one or 0.0 for one in picked[0])
    return row + tall <= rows and column + wide <= columns


def _are_joins(rows: Rows) -> bool:
    """Whether each joins two of the leaves and of those made before, no lower than the last; all become one."""
    free, last = set(range(len(rows) + 1)), 0.0
    for made, row in enumerate(rows, len(rows) + 1):
        if len(row) != 3 or None in row or row[0] == row[1] or not set(row[:2]) <= free or (row[2] or 0.0) < last:
            return False
        free = free - {row[0], row[1]} | {made}
        last = row[2] or 0.0
    return len(rows) < GRID_SIDE


def settled(let: Sequence[tuple[str, Node]], given: Known) -> dict[str, Any]:
    """The given numbers, and the values of names, each of which may use those before it; raises `Problem`."""
    known = {name: np.asarray(value, float)[()] for name, value in given.items()}
    for name, expression in let:
        known[name] = evaluate(expression, known, FLOATS)
    return known


def matrices(expressions: Sequence[Node], known: Known) -> tuple[Rows, ...]:
    """The values of expressions, row by row; raises `Problem` where one has no value, or more than two axes."""
    arrays = [np.atleast_2d(np.asarray(evaluate(expression, known, FLOATS), float)) for expression in expressions]
    if any(array.ndim > 2 for array in arrays):
        raise Problem("a figure shows matrices, not arrays of more than two axes")
    finite = [[[float(one) if math.isfinite(one) else None for one in row] for row in array] for array in arrays]
    return tuple(tuple(map(tuple, array)) for array in finite)


def descent_path(function: Node, variables: Sequence[str], start: Sequence[float], rate: float, steps: int) -> Path:
    """The places of gradient descent, each followed by the value there; it ends where a number leaves all bounds.

    Raises `Problem` where the function has no derivative, or one too large to be followed.
    """
    gradient = [derivative_of(function, Name(variable), {}) for variable in variables]
    if any(_is_large(slope, CURVE_SLOPE_NODES) for slope in gradient):
        raise Problem("the derivative is too large to be followed")
    place = [float(number) for number in start]
    path = []
    for _ in range(min(steps, PATH_STEPS) + 1):
        environment: Known = {name: np.float64(number) for name, number in zip(variables, place, strict=True)}
        value = _finite(function, environment)
        if value is None or max(abs(number) for number in (*place, value)) > BEYOND:
            break
        path.append((*place, value))
        slopes = [_finite(slope, environment) for slope in gradient]
        place = [
            math.inf if slope is None else number - rate * slope for number, slope in zip(place, slopes, strict=True)
        ]
    return tuple(path)


def _finite(node: Node, environment: Known) -> float | None:
    value = float(evaluate(node, environment, FLOATS))
    return value if math.isfinite(value) else None
