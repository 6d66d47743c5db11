"""The steps of a derivation in a drawn network, in symbols or with numbers, checked by two other routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from studyapp.domain.exercise import Binding, Key, StepFacts
from studyapp.domain.expression import Node
from studyapp.domain.kind import Kind
from studyapp.domain.network import Target, slip_text
from studyapp.domain.question import ExpressionKey, KnownMistake, NumberKey, Step
from studyapp.domain.text import Text
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.algebras.trees import number
from studyapp.engine.derivations.networks import (
    CLOSE,
    FINE_PLACES,
    RATE_WHERE_NONE_IS_GIVEN,
    SHOWN_PLACES,
    drawn_network,
    drawn_numbers,
    drawn_targets,
    numpy_gradients,
)
from studyapp.engine.derivations.slips import living_slips, planted
from studyapp.engine.derivations.texts import Teller, listed
from studyapp.engine.derivations.writing import (
    RATE,
    Architecture,
    Derived,
    definitions,
    derivation,
    derive,
    relation,
    usable,
)
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions import numbers
from studyapp.engine.questions.filling import Printer
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.shown import shown_number, told_apart, typed
from studyapp.engine.questions.values import Draft, Rejected, Values, fraction_of, stepwise

NUMBERS = Text(ja="値は {formulas} 。", en="The values are {formulas}.")
FORWARD = Text(ja="順伝播の値は {formulas} 。", en="The forward pass gave {formulas}.")
RATE_GIVEN = Text(ja="学習率は {formula} 。", en="The learning rate is {formula}.")

SPARE_PLACES = 2
"""Places that shown forward values have more than the answers."""


Wanted = tuple[tuple[StepFacts, Target], ...]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every step of one question is made with."""

    key: Key
    network: Architecture
    values: Values
    teller: Teller
    gradients: Mapping[str, float]
    domains: Mapping[str, str]
    given: Mapping[str, str]

    @property
    def numeric(self) -> bool:
        return self.key.is_numeric


def network_derivation(key: Key, stream: Stream, printer: Printer) -> Draft | Rejected:
    """The derivation of one drawn network. Raises `Problem` for targets that the network does not have."""
    if key.network is None:
        raise Problem("no network")
    network = drawn_network(key.network, stream)
    wanted = drawn_targets(network, key.steps, stream)
    setting = _setting(key, network, stream, printer)
    hidden = any(target.kind == "value" for _, target in wanted)
    steps: list[Step] = []
    asked: frozenset[str] = frozenset()
    for facts, target in wanted:
        derived = derive(network, target)
        step = _step(setting, facts, derived, asked)
        if isinstance(step, Rejected):
            return step
        steps.append(step)
        asked |= {derived.name}
    if setting.numeric and not hidden and (unsteady := _unsteady(setting, wanted)):
        return Rejected("rounding", unsteady, key.place)
    return stepwise(
        steps,
        network=network.as_json(_json_numbers(network, setting.values) if setting.numeric else None),
        given=_given(setting, wanted, forward_shown=setting.numeric and not hidden),
        solution=_solution(setting, wanted),
    )


def _setting(key: Key, network: Architecture, stream: Stream, printer: Printer) -> _Setting:
    rate = RATE_WHERE_NONE_IS_GIVEN if key.rate is None else key.rate
    values = drawn_numbers(network, stream, SHOWN_PLACES if key.is_numeric else FINE_PLACES, rate)
    shown = _shown_numbers(network, values, key) if key.is_numeric else {}
    relations = definitions(network)
    return _Setting(
        key,
        network,
        values,
        Teller(network, printer, shown),
        numpy_gradients(network, values),
        _domains(network, relations),
        {name: printer.text(formula) for name, formula in relations.items()},
    )


def _domains(network: Architecture, relations: Mapping[str, Node]) -> dict[str, str]:
    """The domains of the symbols that nothing else gives; moderate, so that no unit is saturated."""
    last = network.activations[-1]
    wide = {"identity": "-2..2", "tanh": "-1..1"}.get(last, "0..1")
    domains = dict.fromkeys((*network.inputs(), *network.parameters()), "-2..2")
    domains |= dict.fromkeys((name for name in network.targets() if name not in relations), wide)
    return {**domains, RATE: "0..1"}


def _shown_numbers(network: Architecture, values: Values, key: Key) -> dict[str, Node]:
    """Every number that a learner may see; computed ones are rounded."""
    places = (key.digits if key.digits is not None else key.significant or 4) + SPARE_PLACES
    names = [*network.inputs(), *network.targets(), *network.parameters(), RATE, *definitions(network), "E"]
    best = {name: values.exact.get(name, values.precise[name]) for name in names}
    return {name: number(Decimal(shown_number(value, places)[0])) for name, value in best.items()}


def _step(setting: _Setting, facts: StepFacts, derived: Derived, asked: frozenset[str]) -> Step | Rejected:
    """One step, held against NumPy's backpropagation and against the product of its factors."""
    key, printer, teller = setting.key, setting.teller.printer, setting.teller
    target, values = derived.target, setting.values
    values.bind(derived.name, derived.result)
    known = setting.gradients.get(target.lower.name) if target.kind == "gradient" else None
    found = float(values.floats[derived.name])
    if known is not None and abs(found - known) > CLOSE * (1 + abs(known)):
        shown = told_apart(found, known)
        return Rejected("float", target.text, facts.place, final=True, answer=shown[0], other=shown[1])
    made = (_with_numbers if setting.numeric else _in_symbols)(setting, facts, derived)
    if isinstance(made, Rejected):
        return made
    value = typed(values.precise[derived.name], key.digits, key.significant) if setting.numeric else ""
    return Step(
        ask=teller.ask(target),
        key=made.key,
        answer=made.answer,
        skill=facts.skill or key.skill,
        target=target.text,
        name=derived.name,
        relation=printer.text(relation(setting.network, derived, asked)),
        mistakes=tuple(KnownMistake(name, text, slip_text(name)) for name, text in made.mistakes),
        hints=teller.hints(derived),
        solution=teller.solution(derived, value),
    )


def _in_symbols(setting: _Setting, facts: StepFacts, derived: Derived) -> Draft | Rejected:
    """The key as a formula; slips that differ from it, and from each other, at the hidden numbers."""
    text = setting.teller.printer.text
    values = setting.values
    right, product = (fraction_of(values.precisely(node)) for node in (derived.result, derived.product))
    if abs(right - product) > numbers.PRECISE_TOLERANCE * (1 + abs(right)):
        shown = told_apart(right, product)
        return Rejected("check", derived.target.text, facts.place, final=True, answer=shown[0], other=shown[1])
    living = tuple((name, text(formula)) for name, formula in living_slips(setting.network, derived, values))
    using = facts.using or usable(setting.network, derived.target)
    reference = text(derived.result)
    key = ExpressionKey(reference, dict(setting.domains), dict(setting.given), (), "", tuple(using))
    return Draft(key, reference, living)


def _with_numbers(setting: _Setting, facts: StepFacts, derived: Derived) -> Draft | Rejected:
    """The key as a number, computed by floats and with 50 digits, and by the product of the factors."""
    key = setting.key

    def bound(name: str, formula: Node) -> Binding:
        return Binding(name, formula, derived.target.text, facts.place)

    asked = replace(
        key,
        kind=Kind.NUMBER,
        answer=bound("answer", derived.result),
        check=bound("check", derived.product),
        mistakes=tuple(bound(name, formula) for name, formula in planted(setting.network, derived)),
    )
    made = numbers.computed(asked, setting.values)
    if isinstance(made, Rejected):
        return made
    if not isinstance(made.key, NumberKey):
        return Rejected("shape-number", derived.target.text, facts.place, final=True)
    size = abs(fraction_of(setting.values.precise[derived.name]))
    if key.digits is not None and size < Fraction(1, 10 ** max(0, key.digits - 1)):
        return Rejected("small", derived.target.text, facts.place)
    return made


def _unsteady(setting: _Setting, wanted: Wanted) -> str:
    """The first target whose shown key changes where it is computed from the rounded values that are shown."""
    network, key = setting.network, setting.key
    rounded = Values()
    shown = setting.teller.shown
    forward = network.forward()
    for name in (*network.inputs(), *network.targets(), *network.parameters(), RATE, *forward):
        rounded.bind_exact(name, evaluate(shown[name], {}, FRACTIONS))
    for name, formula in definitions(network).items():
        if name.startswith("delta"):
            rounded.bind(name, formula)
    for _, target in wanted:
        result = derive(network, target).result
        ways = (rounded.precisely(result), setting.values.precisely(result))
        if len({typed(value, key.digits, key.significant) for value in ways}) > 1:
            return target.text
    return ""


def _given(setting: _Setting, wanted: Wanted, *, forward_shown: bool) -> str:
    """The network in sentences, and its numbers where the question has them."""
    teller, network = setting.teller, setting.network
    parts = [teller.description()]
    if any(target.kind != "value" for _, target in wanted):
        parts[0] += "\n" + teller.notation(usable=not setting.numeric)
    if setting.numeric:
        names = [*network.inputs(), *network.targets(), *network.parameters()]
        parts.append(NUMBERS(formulas=listed(teller.numbers(names))))
        if forward_shown:
            forward = [name for name in network.forward() if not name.startswith("u")]
            parts.append(FORWARD(formulas=listed(teller.numbers(forward))))
        if any(target.kind == "update" for _, target in wanted):
            parts.append(RATE_GIVEN(formula=f"${teller.numbers([RATE])[0]}$"))
    return "\n\n".join(parts)


def _solution(setting: _Setting, wanted: Wanted) -> str:
    """The whole derivation as a numbered list: what the targets need, each step once, in order."""
    key, values = setting.key, setting.values
    steps: dict[str, Derived] = {}
    for _, target in wanted:
        steps |= {derived.name: derived for derived in derivation(setting.network, target)}
    lines = []
    for place, derived in enumerate(steps.values(), 1):
        value = typed(values.precisely(derived.result), key.digits, key.significant) if setting.numeric else ""
        lines.append(f"{place}. {setting.teller.solution(derived, value)}")
    return "\n".join(lines)


def _json_numbers(network: Architecture, values: Values) -> dict[str, float]:
    """Parameters, inputs, targets and every forward value as floats."""
    names = (*network.inputs(), *network.targets(), *network.parameters(), RATE, *network.forward())
    return {name: float(values.floats[name]) for name in names}
