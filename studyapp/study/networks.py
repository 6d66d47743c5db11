"""The picture of a question's network: units with their values, gradients where they are known, weights by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studyapp.domain.question import Question
from studyapp.typeset.diagram import Unit, network_picture
from studyapp.typeset.document import Line

PLACES = 4


def question_picture(question: Question, width: int = 80, *, ascii_only: bool = False) -> tuple[Line, ...]:
    """The network of a question, with the values that the question tells; no lines where it has none."""
    if question.network is None:
        return ()
    numbers: dict[str, float] = question.network.get("numbers") or {}
    asked = {step.target for step in question.steps}
    if asked & numbers.keys():
        numbers = {name: value for name, value in numbers.items() if name.startswith("x_")}
    return picture_of(question.network, width, values=numbers, ascii_only=ascii_only)


def picture_of(
    network: Mapping[str, Any],
    width: int = 80,
    *,
    values: Mapping[str, float] | None = None,
    deltas: Mapping[str, float] | None = None,
    lit: frozenset[str] = frozenset(),
    ascii_only: bool = False,
) -> tuple[Line, ...]:
    """The network as lines; `values` and `deltas` are by name (`z1_2`, `delta1_2`), `lit` units are picked out."""
    sizes: list[int] = network["layers"]
    layers = []
    for layer, size in enumerate(sizes):
        units = []
        for unit in range(1, size + 1):
            name = unit_name(layer, unit, len(sizes) - 1)
            shown = [(_told("", values, name), "value"), (_told("δ ", deltas, f"delta{layer}_{unit}"), "delta")]
            units.append(Unit(name, tuple(one for one in shown if one[0]), name in lit))
        layers.append(units)
    weights = {
        (layer, to, source): f"w{layer}_{to}_{source}"
        for layer in range(1, len(sizes))
        for to in range(1, sizes[layer] + 1)
        for source in range(1, sizes[layer - 1] + 1)
    }
    return network_picture(layers, weights, width, ascii_only=ascii_only)


def unit_name(layer: int, unit: int, last: int) -> str:
    """What leaves a unit: `x_1`, `z1_2` or `y_1`."""
    if layer == 0:
        return f"x_{unit}"
    return f"y_{unit}" if layer == last else f"z{layer}_{unit}"


def _told(sign: str, known: Mapping[str, float] | None, name: str) -> str:
    if known is None or name not in known:
        return ""
    return f"{sign}{known[name]:.{PLACES}f}"
