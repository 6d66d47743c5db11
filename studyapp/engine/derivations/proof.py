"""How the steps of a derivation in a network are known: by NumPy, by a difference at 50 digits, and by SymPy."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from studyapp.domain.expression import Node
from studyapp.domain.network import Quantity, Target, read_target
from studyapp.domain.question import LayerTrace, Proof, Question, Route, Trace
from studyapp.domain.text import speaking
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.algebras.trees import number
from studyapp.engine.derivations.networks import FINE_PLACES, RATE_WHERE_NONE_IS_GIVEN, drawn_numbers, numpy_gradients
from studyapp.engine.derivations.texts import Teller
from studyapp.engine.derivations.writing import RATE, Architecture, definitions, derive
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions.filling import Printer
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.shown import key_text, shown_number
from studyapp.engine.questions.values import PRECISE, Values, fraction_of
from studyapp.engine.rewriting import substituted

MOST_SYMBOLIC = 4
"""Steps that SymPy derives: on large networks it takes a second for each."""
CHANGE = Fraction(1, 10**18)


def architecture_of(network: dict[str, Any]) -> Architecture:
    """The network of a question's JSON."""
    return Architecture(tuple(network["layers"]), tuple(network["activations"]), network["loss"], network["bias"])


def prove_derivation(question: Question) -> Proof:
    """Every route to each gradient of a drawn network, at the question's numbers or, without any, at fine ones."""
    if question.network is None:
        return Proof(question.exercise, question.seed, (), "")
    network = architecture_of(question.network)
    values = values_of(question, network)
    machine = numpy_gradients(network, values)
    routes: list[Route] = []
    largest = Fraction(0)
    targets = [target for step in question.steps if (target := read_target(step.target)) and target.kind == "gradient"]
    for place, target in enumerate(targets):
        step, name = derive(network, target), target.lower.name
        found = {
            "mpmath": fraction_of(values.precisely(step.result)),
            "product": fraction_of(values.precisely(step.product)),
            "difference": _difference(network, name, values),
        }
        if name in machine:
            found["numpy"] = Fraction(machine[name])
        if place < MOST_SYMBOLIC:
            found["sympy"] = _symbolic(network, target, values)
        routes += [Route(f"{target.text}: {way}", step.name, key_text(value)) for way, value in found.items()]
        largest = max(largest, *(abs(value - found["mpmath"]) for value in found.values()))
    return Proof(question.exercise, question.seed, tuple(routes), f"{float(largest):.1e}" if largest else "0")


def values_of(question: Question, network: Architecture) -> Values:
    """Everything in a question's network at its numbers, at fine ones where it has none."""
    numbers = (question.network or {}).get("numbers")
    if not numbers:
        stream = Stream(question.exercise, question.seed, "(proof)")
        return drawn_numbers(network, stream, FINE_PLACES, RATE_WHERE_NONE_IS_GIVEN)
    values = Values()
    for name in (*network.inputs(), *network.targets(), *network.parameters(), RATE):
        values.bind_exact(name, Fraction(Decimal(str(numbers[name]))))
    for name, formula in definitions(network).items():
        if name not in values.exact:
            values.bind(name, formula)
    return values


def _composed(network: Architecture, known: dict[str, Value], moved: str, algebra: Algebra) -> Value:
    """E with one quantity as it is in `known`, and everything behind it computed from it."""
    for name, formula in network.forward().items():
        if name != moved:
            known[name] = evaluate(formula, known, algebra)
    return evaluate(network.error(), known, algebra)


def _difference(network: Architecture, name: str, values: Values) -> Fraction:
    """The central difference of E, at 50 digits."""
    ends = []
    for change in (CHANGE, -CHANGE):
        known = {**values.precise, name: values.precise[name] + PRECISE.number(change)}
        ends.append(fraction_of(_composed(network, known, name, PRECISE)))
    return (ends[0] - ends[1]) / (2 * CHANGE)


def _symbolic(network: Architecture, target: Target, values: Values) -> Fraction:
    """SymPy's derivative of the composed loss, at 50 digits."""
    import sympy

    algebra, name, free = symbolic(), target.lower.name, sympy.Symbol("q", real=True)
    known: dict[str, Value] = {symbol: algebra.number(value) for symbol, value in values.exact.items()}
    known[name] = free
    derivative = sympy.diff(_composed(network, known, name, algebra), free)
    point = fraction_of(values.precise[name])
    return Fraction(str(derivative.subs(free, sympy.Rational(point.numerator, point.denominator)).evalf(50)))


PLACES = 4


def walk(question: Question, printer: Printer) -> Trace:
    """The layers in order; formulas alone where the question has no numbers, no layers without a network."""
    if question.network is None:
        return Trace(())
    network = architecture_of(question.network)
    values = values_of(question, network) if question.network.get("numbers") else None
    with speaking(question.language):
        return Trace(tuple(_layers(network, values, Teller(network, printer))))


def _layers(network: Architecture, values: Values | None, teller: Teller) -> Iterator[LayerTrace]:
    for layer in range(1, network.depth + 1):
        names = [f"u{layer}_{unit}" for unit in network.units(layer)]
        names += [network.activated(layer, unit) for unit in network.units(layer)]
        lines = [_equation(teller.tex(name), network.forward()[name], name, values, teller) for name in names]
        yield LayerTrace("forward", layer, tuple(lines), _numbers(names, values))
    for layer in range(network.depth, 0, -1):
        names = [f"delta{layer}_{unit}" for unit in network.units(layer)]
        targets = [Target("gradient", Quantity("u", layer, (str(unit),))) for unit in network.units(layer)]
        lines = [
            _equation(teller.line(target), derive(network, target).result, name, values, teller)
            for name, target in zip(names, targets, strict=True)
        ]
        yield LayerTrace("backward", layer, tuple(lines), _numbers(names, values))


def _equation(left: str, formula: Node, name: str, values: Values | None, teller: Teller) -> str:
    """One equation as TeX: the formula, the numbers put in, the value."""
    parts = [left, teller.printer.tex(formula)]
    if values is None:
        return " = ".join(parts)
    best = {**values.precise, **values.exact}
    shown = {symbol: number(Decimal(shown_number(value, PLACES)[0])) for symbol, value in best.items()}
    parts.append(teller.printer.tex(substituted(formula, shown)))
    value = teller.printer.tex(shown[name])
    return " = ".join(parts) + ("" if parts[-1] == value else rf" \approx {value}")


def _numbers(names: list[str], values: Values | None) -> dict[str, float]:
    return {} if values is None else {name: float(values.floats[name]) for name in names}
