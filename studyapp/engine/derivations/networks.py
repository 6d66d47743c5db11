"""A network drawn from a family, its targets, and numbers for it: exact, with 50 digits, and as floats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from studyapp.domain.exercise import NetworkFamily, StepFacts
from studyapp.domain.network import Quantity, Target, read_target
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.derivations.writing import RATE, Architecture, definitions
from studyapp.engine.networks.network import Layer, Network, backward, forward
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.values import Values

SHOWN_PLACES = 1
FINE_PLACES = 3
"""Decimals of the hidden numbers at which a derivation in symbols is compared with NumPy."""
CLOSE = 1e-9
RATE_WHERE_NONE_IS_GIVEN = Decimal("0.1")


def drawn_network(family: NetworkFamily, stream: Stream) -> Architecture:
    """One network of the family. Raises `Problem` where the pair of output and loss fits no size of the family."""
    activation, loss = stream.pick(family.output)
    sizes = [low + stream.below(high - low + 1) for low, high in family.layers]
    low, high = family.layers[-1]
    if loss == "binary_cross_entropy":
        low = high = 1 if low == 1 else 0
    elif activation == "softmax":
        low = max(2, low)
    if not 1 <= low <= high:
        raise Problem(f"{activation}, {loss} does not fit {family.layers[-1][0]}..{family.layers[-1][1]} outputs")
    sizes[-1] = low + stream.below(high - low + 1)
    hidden = [stream.pick(family.hidden) for _ in sizes[1:-1]]
    return Architecture(tuple(sizes), (*hidden, activation), loss, stream.pick(family.bias))


def layer_of(network: Architecture, quantity: Quantity) -> int:
    """The layer of a quantity's first unit."""
    return {"x": 0, "t": network.depth, "y": network.depth}.get(quantity.kind, quantity.layer)


def drawn_targets(
    network: Architecture, steps: Sequence[StepFacts], stream: Stream
) -> tuple[tuple[StepFacts, Target], ...]:
    """The targets of the steps: each letter one drawn unit, each star every unit. Raises `Problem` for no target."""
    found: list[tuple[StepFacts, Target]] = []
    chosen: dict[str, str] = {}
    for step in steps:
        target = read_target(step.target)
        if target is None:
            raise Problem(f"{step.target!r} is no target")
        for quantity in (target.upper, target.lower):
            for place, unit in enumerate(quantity.units):
                if unit.isalpha() and unit not in chosen:
                    chosen[unit] = str(1 + stream.below(_fewest(network, steps, unit, quantity, place)))
        found += [(step, spread) for spread in _spread(network, target.with_units(chosen))]
    return tuple(found)


def _fewest(network: Architecture, steps: Sequence[StepFacts], unit: str, quantity: Quantity, place: int) -> int:
    """How many units a letter may stand for: those of the smallest layer that it is used in."""
    counts = [network.sizes[layer_of(network, quantity) - place]]
    for step in steps:
        target = read_target(step.target)
        for used in (target.upper, target.lower) if target else ():
            counts += [
                network.sizes[layer_of(network, used) - at]
                for at, name in enumerate(used.units)
                if name == unit and 0 <= layer_of(network, used) - at <= network.depth
            ]
    return min(counts)


def _spread(network: Architecture, target: Target) -> tuple[Target, ...]:
    """The target for every unit where it has a star."""
    lower = target.lower
    if "*" not in lower.units:
        return (target,)
    place = lower.units.index("*")
    units = network.units(layer_of(network, lower) - place)
    return tuple(target.with_units({"*": str(unit)}) for unit in units)


def drawn_numbers(network: Architecture, stream: Stream, places: int, rate: Decimal) -> Values:
    """Numbers for every quantity: inputs, targets, weights and biases are drawn, the others computed from them."""
    values = Values()
    low, high = Decimal(-1), Decimal(1)
    for name in (*network.inputs(), *network.parameters()):
        value = stream.grid(low, high, places)
        values.bind_exact(name, Fraction(value if value else Decimal(1).scaleb(-places)))
    for name, value in zip(network.targets(), _targets(network, stream, places), strict=True):
        values.bind_exact(name, Fraction(value))
    values.bind_exact(RATE, Fraction(rate))
    relations = definitions(network)
    for name, formula in relations.items():
        if name not in values.exact:
            values.bind(name, formula)
    values.bind("E", network.error())
    return values


def _targets(network: Architecture, stream: Stream, places: int) -> list[Decimal]:
    count = network.sizes[-1]
    if network.activations[-1] == "softmax":
        one = stream.below(count)
        return [Decimal(int(place == one)) for place in range(count)]
    if network.activations[-1] == "sigmoid":
        return [Decimal(stream.below(2)) for _ in range(count)]
    return [stream.grid(Decimal(-1), Decimal(1), places) for _ in range(count)]


def numpy_gradients(network: Architecture, values: Values) -> dict[str, float]:
    """Every δ and every gradient by NumPy's backpropagation: the second route to each of them."""

    def number(name: str) -> float:
        return float(values.floats[name])

    layers = []
    for layer in range(1, network.depth + 1):
        units, sources = network.units(layer), network.units(layer - 1)
        weights = np.array([[number(f"w{layer}_{unit}_{source}") for source in sources] for unit in units])
        bias = np.array([number(f"b{layer}_{unit}") for unit in units]) if network.bias else None
        layers.append(Layer(weights, bias, network.activations[layer - 1]))
    machine = Network(tuple(layers), network.loss)
    passed = forward(machine, np.array([[number(name) for name in network.inputs()]]))
    found = backward(machine, passed, np.array([[number(name) for name in network.targets()]]))
    gradients: dict[str, float] = {}
    for layer in range(1, network.depth + 1):
        for unit in network.units(layer):
            gradients[f"u{layer}_{unit}"] = float(found.delta[layer - 1][0, unit - 1])
            for source in network.units(layer - 1):
                gradients[f"w{layer}_{unit}_{source}"] = float(found.weights[layer - 1][unit - 1, source - 1])
            if network.bias:
                gradients[f"b{layer}_{unit}"] = gradients[f"u{layer}_{unit}"]
        arriving = found.delta[layer - 1][0] @ layers[layer - 1].weights
        for source in network.units(layer - 1):
            gradients[f"z{layer - 1}_{source}" if layer > 1 else f"x_{source}"] = float(arriving[source - 1])
    return gradients
