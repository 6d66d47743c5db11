"""A walk through the network of a question: forward layer by layer, then backward, with formulas and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.domain.expression import Node
from studyapp.domain.network import Quantity, Target
from studyapp.domain.question import LayerTrace, Question, Trace
from studyapp.domain.words import words_for
from studyapp.engine.derivations.architecture import Architecture
from studyapp.engine.derivations.proof import architecture_of, values_of
from studyapp.engine.derivations.texts import Teller, numeral
from studyapp.engine.derivations.writing import derive
from studyapp.engine.questions.filling import Printer
from studyapp.engine.questions.shown import shown_number
from studyapp.engine.questions.values import Values
from studyapp.engine.rewriting import substituted

PLACES = 4


def walk(question: Question, printer: Printer) -> Trace:
    """The layers in order; formulas alone where the question has no numbers, no layers without a network."""
    if question.network is None:
        return Trace(())
    network = architecture_of(question.network)
    values = values_of(question, network) if question.network.get("numbers") else None
    teller = Teller(network, words_for(question.language).derivation, printer)
    return Trace(tuple(_layers(network, values, teller)))


def _layers(network: Architecture, values: Values | None, teller: Teller) -> Iterator[LayerTrace]:
    for layer in range(1, network.depth + 1):
        names = [f"u{layer}_{unit}" for unit in network.units(layer)]
        names += [network.activated(layer, unit) for unit in network.units(layer)]
        told = [_told(teller.tex(name), network.forward()[name], name, values, teller) for name in names]
        yield LayerTrace("forward", layer, tuple(told), _numbers(names, values))
    for layer in range(network.depth, 0, -1):
        names = [f"delta{layer}_{unit}" for unit in network.units(layer)]
        targets = [Target("gradient", Quantity("u", layer, (str(unit),))) for unit in network.units(layer)]
        told = [
            _told(teller.line(target), derive(network, target).result, name, values, teller)
            for name, target in zip(names, targets, strict=True)
        ]
        yield LayerTrace("backward", layer, tuple(told), _numbers(names, values))


def _told(left: str, formula: Node, name: str, values: Values | None, teller: Teller) -> str:
    """One equation as TeX: the formula, the numbers put in, the value."""
    parts = [left, teller.printer.tex(formula)]
    if values is None:
        return " = ".join(parts)
    best = {**values.precise, **values.exact}
    shown = {one: numeral(shown_number(value, PLACES)[0]) for one, value in best.items()}
    parts.append(teller.printer.tex(substituted(formula, shown)))
    value = teller.printer.tex(shown[name])
    return " = ".join(parts) + ("" if parts[-1] == value else rf" \approx {value}")


def _numbers(names: list[str], values: Values | None) -> dict[str, float]:
    return {} if values is None else {name: float(values.floats[name]) for name in names}
