"""Slips that are made in derivations, planted into the step that they belong to: a name and the wrong result."""

from collections.abc import Iterator
from dataclasses import replace

from studyapp.domain.expression import Call, Name, Node
from studyapp.domain.network import Quantity, Target
from studyapp.engine.algebras.trees import ONE, TWO, add, divide, multiply, negate, number, subtract, total
from studyapp.engine.derivations.writing import RATE, Architecture, Derived, delta, derive, local, slope, w
from studyapp.engine.questions.values import Values, fraction_of

Slip = tuple[str, Node]
CLOSE = 1e-9  # the relative distance up to which two results are the same


def planted(network: Architecture, derived: Derived) -> tuple[Slip, ...]:
    """The slips of a step, the likeliest first; some may equal the result in special networks."""
    target, lower = derived.target, derived.target.lower
    match target.kind, lower.kind:
        case "gradient", "u" if lower.layer == network.depth:
            slips = _at_output(network, derived)
        case "gradient", ("u" | "z" | "x"):
            slips = _going_back(network, derived)
        case "gradient", "y":
            slips = iter([("sign", negate(derived.result)), ("factor", multiply(TWO, derived.result))])
        case "gradient", _:
            slips = _of_parameter(network, derived)
        case "local", _:
            slips = _local(network, target)
        case "update", _:
            slips = _of_update(network, derived)
        case _:
            slips = _of_value(network, lower)
    return tuple(slips)


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
        if activation != "identity":
            own_error = next(factor for path in derived.paths for factor in path if factor.lower == y.name)
            yield "missing-derivative", own_error.formula
    else:
        yield "missing-derivative", subtract(y, t)
        yield "derivative-at-z", multiply(subtract(y, t), slope(activation, y, Call(activation, (y,))))
        yield "value-for-derivative", multiply(subtract(y, t), y)
    yield "factor", multiply(TWO, derived.result)


def _going_back(network: Architecture, derived: Derived) -> Iterator[Slip]:
    lower = derived.target.lower
    layer, unit, behind = lower.layer, int(lower.units[0]), lower.layer + 1
    back = network.arriving(layer, unit)
    own: Node = ONE
    if lower.kind == "u":
        z, activation = network.z(layer, unit), network.activations[layer - 1]
        own = network.slope(layer, unit)
        if activation != "identity":
            yield "missing-derivative", back
            yield "derivative-at-z", multiply(back, slope(activation, z, Call(activation, (z,))))
            yield "value-for-derivative", multiply(back, z)
    units = network.units(behind)
    if len(units) > 1:
        yield "one-path", multiply(multiply(delta(behind, 1), w(behind, 1, unit)), own)
        yield "average", divide(multiply(back, own), number(len(units)))
    if unit in units and all(other in network.units(layer) for other in units):
        yield (
            "transposed",
            multiply(total(multiply(delta(behind, other), w(behind, unit, other)) for other in units), own),
        )
    yield "missing-weight", multiply(total(delta(behind, other) for other in units), own)
    yield "sign", negate(derived.result)


def _of_parameter(network: Architecture, derived: Derived) -> Iterator[Slip]:
    lower = derived.target.lower
    layer, unit = lower.layer, int(lower.units[0])
    own, parameter = delta(layer, unit), Name(lower.name)
    if lower.kind == "b":
        yield "times-input", multiply(own, network.z(layer - 1, 1))
        yield "times-bias", multiply(own, parameter)
        yield "only-local", ONE
    else:
        source = int(lower.units[1])
        yield "missing-input", own
        yield "wrong-layer", multiply(own, network.z(layer, unit))
        yield "weight-for-input", multiply(own, parameter)
        if source in network.units(layer) and unit in network.units(layer - 1) and source != unit:
            yield "transposed", multiply(delta(layer, source), network.z(layer - 1, unit))
        yield "only-local", network.z(layer - 1, source)
    yield "sign", negate(derived.result)


def _local(network: Architecture, target: Target) -> Iterator[Slip]:
    upper, lower = target.upper, target.lower
    right = local(network, upper, lower).formula
    layer = network.layer_of(upper)
    match upper.kind, lower.kind:
        case "u", ("z" | "x"):
            yield "input-for-weight", Name(lower.name)
            source, unit = int(lower.units[0]), int(upper.units[0])
            if source in network.units(layer) and unit in network.units(layer - 1):
                yield "transposed", w(layer, source, unit)
            yield "whole-term", multiply(right, Name(lower.name))
        case "u", "w":
            yield "weight-for-input", Name(lower.name)
            yield "whole-term", multiply(right, Name(lower.name))
        case "u", _:
            yield "times-bias", Name(lower.name)
        case _:
            activation, z = network.activations[layer - 1], network.z(layer, int(upper.units[0]))
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
        if network.loss == "half_sse":
            yield "missing-half", multiply(TWO, network.error())
        else:
            yield "sign", negate(network.error())
        return
    layer, unit = network.layer_of(quantity), int(quantity.units[0])
    if quantity.kind == "u":
        sources = network.units(layer - 1)
        if network.bias:
            yield "missing-bias", replace(network, bias=False).weighted_sum(layer, unit)
        if unit in sources and len(sources) <= len(network.units(layer)):
            crossed = [multiply(w(layer, source, unit), network.z(layer - 1, source)) for source in sources]
            yield "transposed", total([*crossed, Name(f"b{layer}_{unit}")] if network.bias else crossed)
    elif network.activations[layer - 1] != "identity":
        yield "missing-activation", Name(f"u{layer}_{unit}")
