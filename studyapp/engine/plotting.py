"""Points of curves for figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studyapp.domain.expression import Node
from studyapp.engine.algebras.algebra import FLOATS
from studyapp.engine.interpretation import evaluate

Points = tuple[tuple[float, float | None], ...]
MOST_POINTS = 2_000


def curve_points(curves: Sequence[Node], variable: str, low: float, high: float, count: int) -> tuple[Points, ...]:
    """(x, y) for each curve at `count` places from low to high; y is None where it is not finite.

    Raises `Problem` for a curve that makes no sense.
    """
    places = np.linspace(low, high, min(count, MOST_POINTS))
    return tuple(
        tuple(
            (float(x), float(y) if np.isfinite(y) else None)
            for x, y in ((x, evaluate(curve, {variable: np.float64(x)}, FLOATS)) for x in places)
        )
        for curve in curves
    )
