"""The quantities of a network under the names that pages and answers use."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.engine.algebra import Problem
from studyapp.engine.arguments import Array
from studyapp.engine.network import Gradients, Network, Pass


def named_values(network: Network, passed: Pass, gradients: Gradients | None = None) -> dict[str, float]:
    """Every number of a pass by its name, for one example.

    `x_1`, `w2_1_3` (layer 2, to unit 1, from unit 3), `b2_1`, `u1_2`, `z1_2` (of the last layer: `y_2`);
    with gradients also `delta1_2` and `dE/dw2_1_3`, `dE/db2_1`. All count from 1. A batch is a `Problem`.
    """
    if passed.x.ndim != 1:
        raise Problem(f"names are for one example, found a batch of shape {passed.x.shape}")
    names = dict(_entries("x", passed.x))
    for place, layer in enumerate(network.layers, start=1):
        names |= _entries(f"w{place}", layer.weights)
        names |= {} if layer.bias is None else dict(_entries(f"b{place}", layer.bias))
        names |= _entries(f"u{place}", passed.u[place - 1])
        last = place == len(network.layers)
        names |= _entries("y" if last else f"z{place}", passed.z[place - 1])
    return names if gradients is None else names | named_gradients(gradients)


def named_gradients(gradients: Gradients) -> dict[str, float]:
    """δ and the gradients of weights and biases by name, for one example."""
    names: dict[str, float] = {}
    for place, (delta, weights, bias) in enumerate(
        zip(gradients.delta, gradients.weights, gradients.bias, strict=True), start=1
    ):
        names |= _entries(f"delta{place}", delta)
        names |= _entries(f"dE/dw{place}", weights)
        names |= {} if bias is None else dict(_entries(f"dE/db{place}", bias))
    return names


def _entries(name: str, values: Array) -> Iterator[tuple[str, float]]:
    if values.ndim == 1:
        yield from ((f"{name}_{j}", float(value)) for j, value in enumerate(values, start=1))
        return
    for j, row in enumerate(values, start=1):
        yield from ((f"{name}_{j}_{i}", float(value)) for i, value in enumerate(row, start=1))
