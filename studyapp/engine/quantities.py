"""The quantities of a network, for one example, under the names that pages and answers use; all count from 1."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.engine.algebra import Problem, Value
from studyapp.engine.network import Gradients, Network, Pass


def named_values(network: Network, passed: Pass) -> dict[str, Value]:
    """Inputs, parameters, weighted sums and activated values, in the algebra of the pass.

    `x_1`, `w2_1_3` (layer 2, to unit 1, from unit 3), `b2_1`, `u1_2`, `z1_2`, for the last layer `y_2`. Raises
    `Problem` for more than one example.
    """
    _one(len(passed.x))
    names = dict(_entries("x", passed.x[0]))
    last = len(network.layers)
    for number, layer in enumerate(network.layers, start=1):
        names |= _entries(f"w{number}", layer.weights)
        names |= {} if layer.bias is None else dict(_entries(f"b{number}", layer.bias))
        names |= _entries(f"u{number}", passed.u[number - 1][0])
        names |= _entries("y" if number == last else f"z{number}", passed.z[number - 1][0])
    return names


def named_gradients(gradients: Gradients) -> dict[str, float]:
    """What a backward pass found: `delta1_2`, the same as `dE/du1_2`, `dE/dw2_1_3`, `dE/db2_1`."""
    _one(len(gradients.delta[0]))
    names: dict[str, float] = {}
    for number, (delta, weights, bias) in enumerate(
        zip(gradients.delta, gradients.weights, gradients.bias, strict=True), start=1
    ):
        names |= _entries(f"delta{number}", delta[0])
        names |= _entries(f"dE/du{number}", delta[0])
        names |= _entries(f"dE/dw{number}", weights)
        names |= {} if bias is None else dict(_entries(f"dE/db{number}", bias))
    return {name: float(value) for name, value in names.items()}


def _one(count: int) -> None:
    if count != 1:
        raise Problem(f"names are for one example, found a batch of {count}")


def _entries(name: str, values: Value) -> Iterator[tuple[str, Value]]:
    if values.ndim == 1:
        yield from ((f"{name}_{j}", value) for j, value in enumerate(values, start=1))
        return
    for j, row in enumerate(values, start=1):
        yield from _entries(f"{name}_{j}", row)
