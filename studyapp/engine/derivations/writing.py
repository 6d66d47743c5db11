"""Derivations in layered networks, written factor by factor by the chain rule, summed over all paths.

Each gradient is written by δ of the layer behind it, as backpropagation goes: the derivation of a target is the list of
the δ that it needs, from the output back, and then itself. No computer algebra is used; SymPy is an oracle of tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from studyapp.domain.expression import Binary, Call, Name, Node
from studyapp.domain.network import Quantity, Target
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.trees import (
    ONE,
    TWO,
    ZERO,
    add,
    divide,
    multiply,
    negate,
    number,
    power,
    product,
    subtract,
    total,
)

HALF = Binary("/", ONE, TWO)
LEAK, BEYOND_LEAK = number(Decimal("0.01")), number(Decimal("0.99"))
"""The slope of a leaky ReLU below 0, and how much more it is above."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes (inputs first), the activation of each layer behind the inputs, the loss, biases or none."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    bias: bool = True

    @classmethod
    def of_json(cls, network: Mapping[str, Any]) -> Architecture:
        """The network of a question's JSON."""
        return cls(tuple(network["layers"]), tuple(network["activations"]), network["loss"], network["bias"])

    @property
    def depth(self) -> int:
        """Layers with weights."""
        return len(self.activations)

    @property
    def canonical(self) -> bool:
        """Whether ∂E/∂u of an output unit is y − t: its derivative is what the loss divides by."""
        return (self.activations[-1], self.loss) in {
            ("identity", "half_sse"),
            ("sigmoid", "binary_cross_entropy"),
            ("softmax", "cross_entropy"),
        }

    def layer_of(self, quantity: Quantity) -> int:
        """The layer of a quantity's first unit."""
        return {"x": 0, "t": self.depth, "y": self.depth}.get(quantity.kind, quantity.layer)

    def units(self, layer: int) -> range:
        """The numbers of the units of a layer; layer 0 are the inputs."""
        return range(1, self.sizes[layer] + 1)

    def activated(self, layer: int, unit: int) -> str:
        """The name of what leaves a unit: an input, z, or y."""
        if layer == 0:
            return f"x_{unit}"
        return f"y_{unit}" if layer == self.depth else f"z{layer}_{unit}"

    def z(self, layer: int, unit: int) -> Name:
        """The symbol of what leaves a unit."""
        return Name(self.activated(layer, unit))

    def parameters(self) -> tuple[str, ...]:
        """The names of weights and biases, layer by layer."""
        names: list[str] = []
        for layer in range(1, self.depth + 1):
            for unit in self.units(layer):
                names += [f"w{layer}_{unit}_{source}" for source in self.units(layer - 1)]
            names += [f"b{layer}_{unit}" for unit in self.units(layer) if self.bias]
        return tuple(names)

    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return tuple(f"x_{unit}" for unit in self.units(0))

    def targets(self) -> tuple[str, ...]:
        """The names of the targets."""
        return tuple(f"t_{unit}" for unit in self.units(self.depth))

    def free(self) -> tuple[str, ...]:
        """The names of what nothing is computed for: inputs, targets, parameters."""
        return (*self.inputs(), *self.targets(), *self.parameters())

    def forward(self) -> Mapping[str, Node]:
        """Every u and z (the last ones y) by the names that it is computed from, in the order of computing."""
        return _forward(self)

    def weighted_sum(self, layer: int, unit: int) -> Node:
        """The weighted sum u of a unit."""
        terms = [multiply(w(layer, unit, source), self.z(layer - 1, source)) for source in self.units(layer - 1)]
        return total([*terms, Name(f"b{layer}_{unit}")] if self.bias else terms)

    def activation(self, layer: int, unit: int) -> Node:
        """The activated value z of a unit as a function of u."""
        if self.activations[layer - 1] == "softmax":
            terms = [Call("exp", (u(layer, other),)) for other in self.units(layer)]
            return divide(Call("exp", (u(layer, unit),)), total(terms))
        return activated(self.activations[layer - 1], u(layer, unit))

    def slope(self, layer: int, unit: int) -> Node:
        """f′(u) of a unit, by the activated value where that is possible."""
        return slope(self.activations[layer - 1], u(layer, unit), self.z(layer, unit))

    def arriving(self, layer: int, unit: int) -> Node:
        """∂E/∂z of a unit: Σ δ w over the units behind it."""
        behind = layer + 1
        return total(multiply(delta(behind, other), w(behind, other, unit)) for other in self.units(behind))

    def error(self) -> Node:
        """E by outputs and targets."""
        pairs = [(Name(f"y_{unit}"), Name(f"t_{unit}")) for unit in self.units(self.depth)]
        if self.loss == "half_sse":
            return multiply(HALF, total(power(subtract(y, t), TWO) for y, t in pairs))
        if self.loss == "cross_entropy":
            return negate(total(_t_log_y(t, y) for y, t in pairs))
        return total(subtract(negate(_t_log_y(t, y)), _t_log_y(subtract(ONE, t), subtract(ONE, y))) for y, t in pairs)

    def as_json(self, numbers: dict[str, float] | None = None) -> dict[str, object]:
        """The network as scripts know it."""
        return {
            "layers": list(self.sizes),
            "activations": list(self.activations),
            "loss": self.loss,
            "bias": self.bias,
            "numbers": numbers,
        }


def u(layer: int, unit: int) -> Name:
    """The symbol of a weighted sum."""
    return Name(f"u{layer}_{unit}")


def w(layer: int, unit: int, source: int) -> Name:
    """The symbol of the weight from a unit of the layer before."""
    return Name(f"w{layer}_{unit}_{source}")


def delta(layer: int, unit: int) -> Name:
    """The symbol of ∂E/∂u."""
    return Name(f"delta{layer}_{unit}")


def _t_log_y(t: Node, y: Node) -> Node:
    return multiply(t, Call("log", (y,)))


@lru_cache(maxsize=64)
def _forward(network: Architecture) -> Mapping[str, Node]:
    relations: dict[str, Node] = {}
    for layer in range(1, network.depth + 1):
        for unit in network.units(layer):
            relations[f"u{layer}_{unit}"] = network.weighted_sum(layer, unit)
        for unit in network.units(layer):
            relations[network.activated(layer, unit)] = network.activation(layer, unit)
    return relations


def activated(activation: str, argument: Node) -> Node:
    """The activation f of an argument, written with what a learner may type."""
    match activation:
        case "identity":
            return argument
        case "relu":
            return Call("max", (ZERO, argument))
        case "leaky_relu":
            return Call("max", (multiply(LEAK, argument), argument))
        case _:
            return Call(activation, (argument,))


def slope(activation: str, argument: Node, z: Node) -> Node:
    """f′ at an argument, by the activated value where that is possible."""
    match activation:
        case "identity":
            return ONE
        case "sigmoid":
            return multiply(z, subtract(ONE, z))
        case "tanh":
            return subtract(ONE, power(z, TWO))
        case "softplus":
            return Call("sigmoid", (argument,))
        case "relu":
            return Call("step", (argument,))
        case "leaky_relu":
            return add(LEAK, multiply(BEYOND_LEAK, Call("step", (argument,))))
        case _:
            raise ValueError(f"{activation} has no derivative here")


RATE = "eta"  # the name of the learning rate


@dataclass(frozen=True, slots=True)
class Factor:
    """One derivative of the chain rule: of `upper` by `lower`, and its formula."""

    upper: str
    lower: str
    formula: Node

    @property
    def name(self) -> str:
        """What later steps call it."""
        return f"d_{self.upper}_{self.lower}"

    def within(self, asked: frozenset[str]) -> Node:
        """Its name where an earlier step asked for it, else its formula."""
        return Name(self.name) if self.name in asked else self.formula


Path = tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """One step of a derivation.

    `paths` are the ways from the quantity to E: the result is the sum over them of the products of their factors;
    `product` is that sum, `result` the same simplified. Values and updates have no paths.
    """

    target: Target
    paths: tuple[Path, ...]
    product: Node
    result: Node

    @property
    def name(self) -> str:
        """What later steps call the result."""
        return name_of(self.target)


def name_of(target: Target) -> str:
    """The symbol for the result of a target: δ for ∂E/∂u, else an internal name."""
    match target.kind:
        case "value":
            return target.lower.name
        case "gradient" if target.lower.kind == "u":
            return f"delta{target.lower.layer}_{target.lower.units[0]}"
        case "update":
            return f"next_{target.lower.name}"
        case _:
            return f"d_{target.upper.name}_{target.lower.name}"


def derivation(network: Architecture, target: Target) -> tuple[Derived, ...]:
    """Every δ that the target needs, from the output back, then the target. Raises `Problem` for what is not there."""
    last = derive(network, target)
    if target.kind not in ("gradient", "update"):
        return (last,)
    lower = target.lower
    steps = [derived for at in range(network.depth, network.layer_of(lower), -1) for derived in deltas(network, at)]
    if lower.kind in ("w", "b"):
        steps.append(derive(network, Target("gradient", Quantity("u", lower.layer, lower.units[:1]))))
        if target.kind == "update":
            steps.append(derive(network, Target("gradient", lower)))
    return (*steps, last)


def deltas(network: Architecture, layer: int) -> list[Derived]:
    """The δ of every unit of a layer."""
    return [derive(network, Target("gradient", Quantity("u", layer, (str(unit),)))) for unit in network.units(layer)]


@lru_cache(maxsize=2048)
def derive(network: Architecture, target: Target) -> Derived:
    """One step: the target by δ of the layer behind it. Raises `Problem` where the network has no such quantity."""
    _check(network, target.lower)
    _check(network, target.upper)
    lower = target.lower
    match target.kind:
        case "value":
            formula = network.error() if lower.kind == "E" else network.forward()[lower.name]
            return Derived(target, (), formula, formula)
        case "update":
            gradient = derive(network, Target("gradient", lower)).result
            updated = subtract(Name(lower.name), multiply(Name(RATE), gradient))
            return Derived(target, (), updated, updated)
        case "local":
            factor = local(network, target.upper, lower)
            return Derived(target, ((factor,),), factor.formula, factor.formula)
        case _:
            paths = _paths(network, lower)
            whole = total(product(factor.formula for factor in path) for path in paths)
            return Derived(target, paths, whole, _simplified(network, lower, whole))


def _paths(network: Architecture, lower: Quantity) -> tuple[Path, ...]:
    unit = int(lower.units[0])
    match lower.kind:
        case "y":
            return ((_of_error(network, unit),),)
        case "u" if lower.layer == network.depth:
            reached = network.units(network.depth) if network.activations[-1] == "softmax" else (unit,)
            return tuple(
                (_of_error(network, other), local(network, Quantity("y", 0, (str(other),)), lower)) for other in reached
            )
        case "u":
            z = Quantity("z", lower.layer, lower.units)
            return tuple((*path, local(network, z, lower)) for path in _paths(network, z))
        case "z" | "x":
            behind = lower.layer + 1
            return tuple(_through(network, behind, other, lower) for other in network.units(behind))
        case _:
            return (_through(network, lower.layer, unit, lower),)


def _through(network: Architecture, layer: int, unit: int, lower: Quantity) -> Path:
    """The path through u of one unit, whose δ is known."""
    upper = Quantity("u", layer, (str(unit),))
    return (Factor("E", upper.name, delta(layer, unit)), local(network, upper, lower))


def _of_error(network: Architecture, unit: int) -> Factor:
    y, t = Name(f"y_{unit}"), Name(f"t_{unit}")
    match network.loss:
        case "half_sse":
            formula = subtract(y, t)
        case "cross_entropy":
            formula = negate(divide(t, y))
        case _:
            formula = divide(subtract(y, t), multiply(y, subtract(ONE, y)))
    return Factor("E", y.name, formula)


def local(network: Architecture, upper: Quantity, lower: Quantity) -> Factor:
    """The derivative of a quantity by one that it is computed from at once; else raises `Problem`."""
    layer, unit = network.layer_of(upper), int(upper.units[0])
    match upper.kind, lower.kind:
        case (("y" | "z"), "u") if lower.layer == layer:
            formula = _activated(network, layer, unit, int(lower.units[0]))
        case "u", "w" if lower.layer == layer and int(lower.units[0]) == unit:
            formula = network.z(layer - 1, int(lower.units[1]))
        case "u", "b" if lower.layer == layer and int(lower.units[0]) == unit:
            formula = ONE
        case "u", ("z" | "x") if lower.layer == layer - 1:
            formula = w(layer, unit, int(lower.units[0]))
        case _:
            raise Problem(f"{upper.name} is not computed from {lower.name} at once")
    return Factor(upper.name, lower.name, formula)


def _activated(network: Architecture, layer: int, unit: int, by: int) -> Node:
    z = network.z(layer, unit)
    if network.activations[layer - 1] == "softmax":
        return multiply(z, subtract(ONE, z)) if unit == by else negate(multiply(z, network.z(layer, by)))
    if unit != by:
        raise Problem(f"{z.name} does not depend on u{layer}_{by}")
    return network.slope(layer, unit)


def relation(network: Architecture, derived: Derived, asked: frozenset[str]) -> Node:
    """The result by what earlier steps have found: names of their results in place of the formulas.

    `asked` are the names of the results of earlier steps.
    """
    target, lower = derived.target, derived.target.lower
    gradient = name_of(Target("gradient", lower))
    if target.kind == "update" and gradient in asked:
        return subtract(Name(lower.name), multiply(Name(RATE), Name(gradient)))
    if lower.kind == "u" and lower.layer < network.depth and target.kind == "gradient":
        z = Quantity("z", lower.layer, lower.units)
        name = name_of(Target("gradient", z))
        if name in asked:
            return multiply(Name(name), local(network, z, lower).within(asked))
    if not any(factor.name in asked for path in derived.paths for factor in path if factor.upper != "E"):
        return derived.result
    return total(product(factor.within(asked) for factor in path) for path in derived.paths)


def _simplified(network: Architecture, lower: Quantity, product: Node) -> Node:
    """Canonical pairs leave y − t; at a hidden unit f′ is taken out of the sum."""
    unit = int(lower.units[0])
    if lower.kind != "u":
        return product
    if lower.layer == network.depth:
        return subtract(Name(f"y_{unit}"), Name(f"t_{unit}")) if network.canonical else product
    return multiply(network.arriving(lower.layer, unit), network.slope(lower.layer, unit))


def _check(network: Architecture, quantity: Quantity) -> None:
    if quantity.kind == "E":
        return
    last, layer = network.depth, network.layer_of(quantity)
    here = layer <= last and (layer > 0 or quantity.kind == "x") and not (quantity.kind == "z" and layer == last)
    units = [(layer, quantity.units[0])]
    if quantity.kind == "w":
        units.append((layer - 1, quantity.units[1]))
    here = here and all(unit.isdigit() and int(unit) in network.units(at) for at, unit in units)
    if not here or (quantity.kind == "b" and not network.bias):
        raise Problem(f"the network has no {quantity.name}")


def definitions(network: Architecture) -> dict[str, Node]:
    """Every quantity by those that it is computed from: u, z, y going forward, then δ going back.

    The targets of softmax sum to 1, so that the last one is given by the others.
    """
    relations: dict[str, Node] = {}
    if network.activations[-1] == "softmax":
        *others, last = network.targets()
        relations[last] = subtract(ONE, total(map(Name, others)))
    relations |= network.forward()
    for layer in range(network.depth, 0, -1):
        relations |= {derived.name: derived.result for derived in deltas(network, layer)}
    return relations


def usable(network: Architecture, target: Target) -> tuple[str, ...]:
    """The symbols in which a target may be answered: every value going forward, and δ of the layers behind it."""
    lower = target.lower
    names, forward = list(network.free()), list(network.forward())
    if target.kind == "value":
        return tuple(names + (forward if lower.kind == "E" else forward[: forward.index(lower.name)]))
    names += forward
    if target.kind == "local":
        return tuple(names)
    first = lower.layer if lower.kind in ("w", "b") else lower.layer + 1
    if lower.kind in ("y", "E"):
        first = network.depth + 1
    names += [f"delta{layer}_{unit}" for layer in range(first, network.depth + 1) for unit in network.units(layer)]
    return tuple([*names, RATE] if target.kind == "update" else names)
