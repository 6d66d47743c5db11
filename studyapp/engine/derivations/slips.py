"""Slips that are made in derivations, planted into the step that they belong to: a name and the wrong result."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.domain.expression import Call, Name, Node
from studyapp.domain.network import Quantity, Target
from studyapp.engine.algebras.trees import ONE, TWO, add, divide, multiply, negate, number, subtract, total
from studyapp.engine.derivations.networks import CLOSE
from studyapp.engine.derivations.writing import RATE, Architecture, Derived, derive, local, slope
from studyapp.engine.questions.values import Values, fraction_of

Slip = tuple[str, Node]


def planted(network: Architecture, derived: Derived) -> tuple[Slip, ...]:
    """The slips of a step, the likeliest first; some may equal the result in special networks."""
    target, lower = derived.target, derived.target.lower
    match target.kind, lower.kind:
        case "gradient", "u" if lower.layer == network.depth:
            found = _at_output(network, derived)
        case "gradient", ("u" | "z" | "x"):
            found = _going_back(network, derived)
        case "gradient", "y":
            found = iter([("sign", negate(derived.result)), ("factor", multiply(TWO, derived.result))])
        case "gradient", _:
            found = _of_parameter(network, derived)
        case "local", _:
            found = _local(network, target)
        case "update", _:
            found = _of_update(network, derived)
        case _:
            found = _of_value(network, lower)
    return tuple(found)


def living_slips(network: Architecture, derived: Derived, values: Values) -> tuple[Slip, ...]:
    """The slips of a step that differ from its result, and from each other, at those numbers."""
    living: list[Slip] = []
    seen = [fraction_of(values.precisely(derived.result))]
    for slip in planted(network, derived):
        wrong = fraction_of(values.precisely(slip[1]))
        if all(abs(wrong - other) > CLOSE * (1 + abs(other)) for other in seen):
            seen.append(wrong)
            living.append(slip)
    return tuple(living)


def _at_output(network: Architecture, derived: Derived) -> Iterator[Slip]:
    unit = derived.target.lower.units[0]
    y, t, u = Name(f"y_{unit}"), Name(f"t_{unit}"), Name(derived.target.lower.name)
    yield "sign", negate(derived.result)
    activation = network.activations[-1]
    own = multiply(y, subtract(ONE, y)) if activation == "softmax" else slope(activation, u, y)
    if network.canonical:
        yield "extra-derivative", multiply(derived.result, own)
        for path in derived.paths[:1] if activation != "identity" else ():
            yield "missing-derivative", path[0].formula
    else:
        yield "missing-derivative", subtract(y, t)
        yield "derivative-at-z", multiply(subtract(y, t), slope(activation, y, Call(activation, (y,))))
        yield "value-for-derivative", multiply(subtract(y, t), y)
    yield "factor", multiply(TWO, derived.result)


def _going_back(network: Architecture, derived: Derived) -> Iterator[Slip]:
    lower = derived.target.lower
    layer, unit, behind = lower.layer, lower.units[0], lower.layer + 1
    deltas = [(one, Name(f"delta{behind}_{one}")) for one in network.units(behind)]
    back = total([multiply(delta, Name(f"w{behind}_{one}_{unit}")) for one, delta in deltas])
    own: Node = ONE
    if lower.kind == "u":
        z, activation = Name(network.activated(layer, int(unit))), network.activations[layer - 1]
        own = slope(activation, Name(lower.name), z)
        if activation != "identity":
            yield "missing-derivative", back
            yield "derivative-at-z", multiply(back, slope(activation, z, Call(activation, (z,))))
            yield "value-for-derivative", multiply(back, z)
    if len(deltas) > 1:
        yield "one-path", multiply(multiply(deltas[0][1], Name(f"w{behind}_1_{unit}")), own)
        yield "average", divide(multiply(back, own), number(len(deltas)))
    yield from _transposed(network, lower, own)
    yield "missing-weight", multiply(total([delta for _, delta in deltas]), own)
    yield "sign", negate(derived.result)


def _transposed(network: Architecture, lower: Quantity, own: Node) -> Iterator[Slip]:
    """The indices of the weights exchanged, where such weights exist."""
    behind, unit = lower.layer + 1, int(lower.units[0])
    fits = unit in network.units(behind) and all(one in network.units(lower.layer) for one in network.units(behind))
    if fits:
        wrong = [
            multiply(Name(f"delta{behind}_{one}"), Name(f"w{behind}_{unit}_{one}")) for one in network.units(behind)
        ]
        yield "transposed", multiply(total(wrong), own)


def _of_parameter(network: Architecture, derived: Derived) -> Iterator[Slip]:
    lower = derived.target.lower
    layer, unit = lower.layer, int(lower.units[0])
    delta = Name(f"delta{layer}_{unit}")
    if lower.kind == "b":
        yield "times-input", multiply(delta, Name(network.activated(layer - 1, 1)))
        yield "times-bias", multiply(delta, Name(lower.name))
        yield "only-local", ONE
    else:
        source = int(lower.units[1])
        yield "missing-input", delta
        yield "wrong-layer", multiply(delta, Name(network.activated(layer, unit)))
        yield "weight-for-input", multiply(delta, Name(lower.name))
        if source in network.units(layer) and unit in network.units(layer - 1) and source != unit:
            crossed = multiply(Name(f"delta{layer}_{source}"), Name(network.activated(layer - 1, unit)))
            yield "transposed", crossed
        yield "only-local", Name(network.activated(layer - 1, source))
    yield "sign", negate(derived.result)


def _local(network: Architecture, target: Target) -> Iterator[Slip]:
    upper, lower = target.upper, target.lower
    right = local(network, upper, lower).formula
    layer = network.depth if upper.kind == "y" else upper.layer
    match upper.kind, lower.kind:
        case "u", ("z" | "x"):
            yield "input-for-weight", Name(lower.name)
            source, unit = int(lower.units[0]), int(upper.units[0])
            if source in network.units(layer) and unit in network.units(layer - 1):
                yield "transposed", Name(f"w{layer}_{source}_{unit}")
            yield "whole-term", multiply(right, Name(lower.name))
        case "u", "w":
            yield "weight-for-input", Name(lower.name)
            yield "whole-term", multiply(right, Name(lower.name))
        case "u", _:
            yield "times-bias", Name(lower.name)
        case _:
            activation, z = network.activations[layer - 1], Name(network.activated(layer, int(upper.units[0])))
            if activation not in ("identity", "softmax"):
                yield "derivative-at-z", slope(activation, z, Call(activation, (z,)))
            yield "value-for-derivative", z
    yield "sign", negate(right)


def _of_update(network: Architecture, derived: Derived) -> Iterator[Slip]:
    lower = derived.target.lower
    parameter, rate = Name(lower.name), Name(RATE)
    gradient = derive(network, Target("gradient", lower)).result
    yield "ascent", add(parameter, multiply(rate, gradient))
    yield "missing-rate", subtract(parameter, gradient)
    yield "change-only", negate(multiply(rate, gradient))


def _of_value(network: Architecture, quantity: Quantity) -> Iterator[Slip]:
    if quantity.kind == "E":
        yield from _of_error(network)
        return
    layer, unit = (network.depth if quantity.kind == "y" else quantity.layer), int(quantity.units[0])
    if quantity.kind == "u":
        sources = network.units(layer - 1)
        terms = [multiply(Name(f"w{layer}_{unit}_{one}"), Name(network.activated(layer - 1, one))) for one in sources]
        if network.bias:
            yield "missing-bias", total(terms)
        if unit in sources and len(sources) <= len(network.units(layer)):
            crossed = [
                multiply(Name(f"w{layer}_{one}_{unit}"), Name(network.activated(layer - 1, one))) for one in sources
            ]
            yield "transposed", total([*crossed, Name(f"b{layer}_{unit}")] if network.bias else crossed)
        return
    if network.activations[layer - 1] != "identity":
        yield "missing-activation", Name(f"u{layer}_{unit}")


def _of_error(network: Architecture) -> Iterator[Slip]:
    if network.loss == "half_sse":
        yield "missing-half", multiply(TWO, network.error())
    else:
        yield "sign", negate(network.error())
