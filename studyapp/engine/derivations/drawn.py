"""Questions about a drawn network: its derivation, in symbols or with numbers, checked by two other routes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from studyapp.domain.exercise import Binding, Exercise, Key, NetworkFamily, StepFacts, WrittenOption
from studyapp.domain.expression import Node
from studyapp.domain.kind import Kind
from studyapp.domain.network import KINKED, Target, read_target, slip_text
from studyapp.domain.question import ChoiceKey, ExpressionKey, KnownMistake, NumberKey, ShownOption, Step
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.algebras.trees import number
from studyapp.engine.derivations import writing
from studyapp.engine.derivations.slips import CLOSE, living_slips, planted
from studyapp.engine.derivations.texts import Teller, listed
from studyapp.engine.interpretation import evaluate
from studyapp.engine.network import Layer, Network, backward, forward
from studyapp.engine.questions import numbers
from studyapp.engine.questions.choices import LABELS, order
from studyapp.engine.questions.filling import Filler, Printer
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.shown import shown_number, told_apart, typed
from studyapp.engine.questions.values import Draft, Rejected, Values, fraction_of, stepwise
from studyapp.engine.rounding import PLACES

NUMBERS = Text(ja="値は {formulas} とする。", en="The values are {formulas}.")
FORWARD = Text(ja="順伝播の値は {formulas} である。", en="The forward pass gave {formulas}.")
RATE_GIVEN = Text(ja="学習率は {formula} とする。", en="The learning rate is {formula}.")
WRONG_LINE = Text(
    ja="{what} を求める次の計算で、間違っている行はどれか（各行は、それより前の行の記号を使っている）。",
    en="Which line of this derivation of {what} is wrong? Each line uses the symbols of the lines before.",
)
WRONG_LINE_SAID = Text(ja="この行が誤り。{reason}", en="This line is wrong. {reason}")
RIGHT_LINE_SAID = Text(ja="この行は正しい: {formula}", en="This line is right: {formula}")
ENTRY_VALUES = Text(ja="{formulas} を計算する", en="Compute {formulas}")
ENTRY_SLOPES = Text(ja="{formulas} を求める", en="Find {formulas}")
ENTRY_UPDATE = Text(ja="{formulas} と更新する", en="Update {formulas}")
SHOWN_PLACES = 1
FINE_PLACES = 3  # decimals of the hidden numbers at which a derivation in symbols is compared with NumPy
RATE_WHERE_NONE_IS_GIVEN = Decimal("0.1")
SPARE_PLACES = 2  # places that shown forward values have more than the answers

Wanted = Sequence[tuple[StepFacts, Target]]


def drawn_network(family: NetworkFamily, stream: Stream) -> writing.Architecture:
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
    return writing.Architecture(tuple(sizes), (*hidden, activation), loss, stream.pick(family.bias))


def drawn_targets(network: writing.Architecture, steps: Sequence[StepFacts], stream: Stream) -> Wanted:
    """The targets of the steps: each letter one drawn unit, each star every unit. Raises `Problem` for no target."""
    written: list[tuple[StepFacts, Target]] = []
    for step in steps:
        if (target := read_target(step.target)) is None:
            raise Problem(f"{step.target!r} is no target")
        written.append((step, target))
    chosen: dict[str, str] = {}
    for _, target in written:
        for quantity in (target.upper, target.lower):
            for unit in quantity.units:
                if unit.isalpha() and unit not in chosen:
                    chosen[unit] = str(1 + stream.below(_fewest(network, written, unit)))
    return [(step, spread) for step, target in written for spread in _spread(network, target.with_units(chosen))]


def _fewest(network: writing.Architecture, wanted: Wanted, unit: str) -> int:
    """How many units a letter may stand for: those of the smallest layer that it is used in."""
    layers = [
        network.layer_of(used) - place
        for _, target in wanted
        for used in (target.upper, target.lower)
        for place, name in enumerate(used.units)
        if name == unit
    ]
    return min((network.sizes[layer] for layer in layers if 0 <= layer <= network.depth), default=1)


def _spread(network: writing.Architecture, target: Target) -> list[Target]:
    lower = target.lower
    if "*" not in lower.units:
        return [target]
    units = network.units(network.layer_of(lower) - lower.units.index("*"))
    return [target.with_units({"*": str(unit)}) for unit in units]


def drawn_numbers(network: writing.Architecture, stream: Stream, places: int, rate: Decimal) -> Values:
    """Numbers for every quantity: inputs, targets, weights and biases are drawn, the others computed from them."""
    smallest = Decimal(1).scaleb(-places)
    exact = {
        name: Fraction(stream.grid(Decimal(-1), Decimal(1), places) or smallest)
        for name in (*network.inputs(), *network.parameters())
    }
    exact |= zip(network.targets(), map(Fraction, _targets(network, stream, places)), strict=True)
    return completed(network, {**exact, writing.RATE: Fraction(rate)})


def completed(network: writing.Architecture, exact: Mapping[str, Fraction]) -> Values:
    """Every quantity of a network, where some are given."""
    values = Values()
    for name, value in exact.items():
        values.bind_exact(name, value)
    for name, formula in {**writing.definitions(network), "E": network.error()}.items():
        if name not in exact:
            values.bind(name, formula)
    return values


def _targets(network: writing.Architecture, stream: Stream, places: int) -> list[Decimal]:
    count = network.sizes[-1]
    if network.activations[-1] == "softmax":
        right = stream.below(count)
        return [Decimal(place == right) for place in range(count)]
    if network.activations[-1] == "sigmoid":
        return [Decimal(stream.below(2)) for _ in range(count)]
    return [stream.grid(Decimal(-1), Decimal(1), places) for _ in range(count)]


def numpy_gradients(network: writing.Architecture, values: Values) -> dict[str, float]:
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
    slopes = backward(machine, passed, np.array([[number(name) for name in network.targets()]]))
    gradients: dict[str, float] = {}
    for layer in range(1, network.depth + 1):
        for unit in network.units(layer):
            gradients[f"u{layer}_{unit}"] = float(slopes.delta[layer - 1][0, unit - 1])
            for source in network.units(layer - 1):
                gradients[f"w{layer}_{unit}_{source}"] = float(slopes.weights[layer - 1][unit - 1, source - 1])
            if network.bias:
                gradients[f"b{layer}_{unit}"] = gradients[f"u{layer}_{unit}"]
        arriving = slopes.delta[layer - 1][0] @ layers[layer - 1].weights
        for source in network.units(layer - 1):
            gradients[f"z{layer - 1}_{source}" if layer > 1 else f"x_{source}"] = float(arriving[source - 1])
    return gradients


@dataclass(frozen=True, slots=True)
class _Setting:
    key: Key
    network: writing.Architecture
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
    if bent := at_a_kink(network, setting.values):
        return Rejected("small", bent, key.place)
    hidden = any(target.kind == "value" for _, target in wanted)
    steps: list[Step] = []
    asked: frozenset[str] = frozenset()
    for facts, target in wanted:
        derived = writing.derive(network, target)
        step = _step(setting, facts, derived, asked)
        if isinstance(step, Rejected):
            return step
        steps.append(step)
        asked |= {derived.name}
    if not setting.values.precise[steps[-1].name]:
        return Rejected("small", steps[-1].target, key.place)  # units that pass nothing back are met on the way alone
    if setting.numeric and not hidden and (unsteady := _unsteady(setting, wanted)):
        return Rejected("rounding", unsteady, key.place)
    floats = {name: float(setting.values.floats[name]) for name in (*network.free(), writing.RATE, *network.forward())}
    return stepwise(
        steps,
        network=network.as_json(floats if setting.numeric else None),
        given=_given(setting, wanted, forward_shown=setting.numeric and not hidden),
        solution=_solution(setting, wanted),
    )


def at_a_kink(network: writing.Architecture, values: Values) -> str:
    """A weighted sum of exactly 0 where the activation bends, and has no derivative; an empty text for none."""
    names = (
        f"u{layer}_{unit}"
        for layer, activation in enumerate(network.activations, 1)
        if activation in KINKED
        for unit in network.units(layer)
    )
    return next((name for name in names if not values.precise[name]), "")


def _setting(key: Key, network: writing.Architecture, stream: Stream, printer: Printer) -> _Setting:
    rate = RATE_WHERE_NONE_IS_GIVEN if key.rate is None else key.rate
    values = drawn_numbers(network, stream, SHOWN_PLACES if key.is_numeric else FINE_PLACES, rate)
    shown = _shown_numbers(values, key) if key.is_numeric else {}
    relations = writing.definitions(network)
    return _Setting(
        key,
        network,
        values,
        Teller(network, printer, shown),
        numpy_gradients(network, values),
        _domains(network, relations),
        {name: printer.text(formula) for name, formula in relations.items()},
    )


def _domains(network: writing.Architecture, relations: Mapping[str, Node]) -> dict[str, str]:
    """The domains of the symbols that nothing else gives; moderate, so that no unit is saturated."""
    last = network.activations[-1]
    wide = {"identity": "-2..2", "tanh": "-1..1"}.get(last, "0..1")
    domains = dict.fromkeys((*network.inputs(), *network.parameters()), "-2..2")
    domains |= dict.fromkeys((name for name in network.targets() if name not in relations), wide)
    return {**domains, writing.RATE: "0..1"}


def _shown_numbers(values: Values, key: Key) -> dict[str, Node]:
    """Every number that a learner may see; computed ones are rounded."""
    digits, significant = key.digits, key.significant
    if digits is None and significant is None:
        digits = PLACES
    more = [None if count is None else count + SPARE_PLACES for count in (digits, significant)]
    best = {**values.precise, **values.exact}
    return {name: number(Decimal(shown_number(value, *more)[0])) for name, value in best.items()}


def _step(setting: _Setting, facts: StepFacts, derived: writing.Derived, asked: frozenset[str]) -> Step | Rejected:
    key, printer, teller = setting.key, setting.teller.printer, setting.teller
    target, values = derived.target, setting.values
    values.bind(derived.name, derived.result)
    known = setting.gradients.get(target.lower.name) if target.kind == "gradient" else None
    computed = float(values.floats[derived.name])
    if known is not None and abs(computed - known) > CLOSE * (1 + abs(known)):
        shown = told_apart(computed, known)
        return Rejected("float", target.text, facts.place, final=True, answer=shown[0], other=shown[1])
    draft = (_with_numbers if setting.numeric else _in_symbols)(setting, facts, derived)
    if isinstance(draft, Rejected):
        return draft
    value = typed(values.precise[derived.name], key.digits, key.significant) if setting.numeric else ""
    return Step(
        ask=teller.ask(target),
        key=draft.key,
        answer=draft.answer,
        skill=facts.skill or key.skill,
        target=target.text,
        name=derived.name,
        relation=printer.text(writing.relation(setting.network, derived, asked)),
        mistakes=tuple(KnownMistake(name, text, slip_text(name)) for name, text in draft.mistakes),
        hints=teller.hints(derived),
        solution=teller.solution(derived, value),
    )


def _in_symbols(setting: _Setting, facts: StepFacts, derived: writing.Derived) -> Draft | Rejected:
    """The key as a formula; slips that differ from it, and from each other, at the hidden numbers."""
    text = setting.teller.printer.text
    values = setting.values
    right, product = (fraction_of(values.precisely(node)) for node in (derived.result, derived.product))
    if abs(right - product) > numbers.PRECISE_TOLERANCE * (1 + abs(right)):
        shown = told_apart(right, product)
        return Rejected("check", derived.target.text, facts.place, final=True, answer=shown[0], other=shown[1])
    living = tuple((name, text(formula)) for name, formula in living_slips(setting.network, derived, values))
    using = facts.using or writing.usable(setting.network, derived.target)
    reference = text(derived.result)
    key = ExpressionKey(reference, dict(setting.domains), dict(setting.given), (), "", tuple(using))
    return Draft(key, reference, living)


def _with_numbers(setting: _Setting, facts: StepFacts, derived: writing.Derived) -> Draft | Rejected:
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
    draft = numbers.computed(asked, setting.values)
    if isinstance(draft, Rejected):
        return draft
    if not isinstance(draft.key, NumberKey):
        return Rejected("shape-number", derived.target.text, facts.place, final=True)
    size = abs(fraction_of(setting.values.precise[derived.name]))
    if key.digits is not None and 0 < size < Fraction(1, 10 ** max(0, key.digits - 1)):
        return Rejected("small", derived.target.text, facts.place)
    return draft


def _unsteady(setting: _Setting, wanted: Wanted) -> str:
    """The first target whose shown key changes where it is computed from the rounded values that are shown."""
    network, key = setting.network, setting.key
    shown = {name: evaluate(node, {}, FRACTIONS) for name, node in setting.teller.shown.items()}
    given = (*network.free(), writing.RATE, *network.forward())
    # From the forward values alone, and from every δ on the way as it is shown, too.
    ways = completed(network, {name: shown[name] for name in given}), completed(network, shown), setting.values
    for _, target in wanted:
        result = writing.derive(network, target).result
        if len({typed(values.precisely(result), key.digits, key.significant) for values in ways}) > 1:
            return target.text
    return ""


def _given(setting: _Setting, wanted: Wanted, *, forward_shown: bool) -> str:
    teller, network = setting.teller, setting.network
    parts = [teller.description()]
    if any(target.kind != "value" for _, target in wanted):
        parts[0] += "\n" + teller.notation(usable=not setting.numeric)
    if setting.numeric:
        parts.append(NUMBERS(formulas=listed(teller.numbers(network.free()))))
        if forward_shown:
            forward = [name for name in network.forward() if not name.startswith("u")]
            parts.append(FORWARD(formulas=listed(teller.numbers(forward))))
        if any(target.kind == "update" for _, target in wanted):
            parts.append(RATE_GIVEN(formula=f"${teller.numbers([writing.RATE])[0]}$"))
    return "\n\n".join(parts)


def _solution(setting: _Setting, wanted: Wanted) -> str:
    """The whole derivation as a numbered list: what the targets need, each step once, in order."""
    key, values = setting.key, setting.values
    steps: dict[str, writing.Derived] = {}
    for _, target in wanted:
        steps |= {derived.name: derived for derived in writing.derivation(setting.network, target)}
    lines = []
    for derived in steps.values():
        value = typed(values.precisely(derived.result), key.digits, key.significant) if setting.numeric else ""
        lines.append(setting.teller.solution(derived, value))
    return _numbered(lines)


def about_derivation(exercise: Exercise, stream: Stream, filler: Filler) -> Draft | Rejected:
    """The question of one drawn network. Raises `Problem` for targets that the network does not have."""
    key = exercise.key
    if key.network is None or not key.steps:
        raise Problem("no network, or no steps")
    network = drawn_network(key.network, stream)
    targets = [target for _, target in drawn_targets(network, key.steps, stream)]
    teller = Teller(network, filler.printer)
    given = teller.description() + "\n" + teller.notation(usable=False)
    if key.kind == Kind.ORDER:
        lines = _procedure(teller, targets[-1])
        entries = tuple(WrittenOption((line,), None) for line in lines)
        chosen = order(replace(exercise, sentences=replace(exercise.sentences, options=entries)), stream, filler)
    else:
        steps = {derived.name: derived for target in targets for derived in writing.derivation(network, target)}
        lines = [teller.solution(derived) for derived in steps.values()]
        given += "\n\n" + WRONG_LINE(what=f"${teller.symbol(targets[-1])}$")
        chosen = _wrong_line(teller, list(steps.values()), stream, exercise)
    if isinstance(chosen, Rejected):
        return chosen
    return replace(chosen, given=given, solution=_numbered(lines), network=network.as_json())


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))


def _wrong_line(teller: Teller, steps: list[writing.Derived], stream: Stream, exercise: Exercise) -> Draft | Rejected:
    values = drawn_numbers(teller.network, stream, FINE_PLACES, RATE_WHERE_NONE_IS_GIVEN)
    wrong = stream.below(len(steps))
    slips = living_slips(teller.network, steps[wrong], values)
    if len(steps) < 2 or not slips:
        return Rejected("options", steps[wrong].target.text, exercise.key.place, final=len(steps) < 2)
    name, formula = stream.pick(slips)
    options = []
    for place, derived in enumerate(steps):
        shown, reason = derived.result, RIGHT_LINE_SAID(formula=teller.solution(derived))
        if place == wrong:
            shown, reason = formula, WRONG_LINE_SAID(reason=slip_text(name))
        text = f"${teller.line(derived.target)} = {teller.printer.tex(shown)}$"
        options.append(ShownOption(LABELS[place], text, reason, place + 1))
    labels = tuple(option.label for option in options)
    return Draft(ChoiceKey(labels, (labels[wrong],)), labels[wrong], options=tuple(options))


def _procedure(teller: Teller, target: Target) -> list[str]:
    """What is done one after the other for one parameter: forward layer by layer, back again, gradient, update."""
    network = teller.network
    if target.kind == "value" or target.lower.kind not in ("w", "b"):
        raise Problem(f"{target.text} has no procedure: ask for a weight or a bias")

    def row(names: list[str]) -> str:
        return listed([teller.tex(name) for name in names])

    entries = []
    for layer in range(1, network.depth + 1):
        entries.append(ENTRY_VALUES(formulas=row([f"u{layer}_{unit}" for unit in network.units(layer)])))
        values = [network.activated(layer, unit) for unit in network.units(layer)]
        entries.append(ENTRY_VALUES(formulas=row(values)))
    for layer in range(network.depth, target.lower.layer - 1, -1):
        deltas = [f"delta{layer}_{unit}" for unit in network.units(layer)]
        entries.append(ENTRY_SLOPES(formulas=row(deltas)))
    gradient = Target("gradient", target.lower)
    entries.append(ENTRY_SLOPES(formulas=f"${teller.symbol(gradient)}$"))
    if target.kind == "update":
        name = teller.tex(target.lower.name)
        updated = rf"{name} \leftarrow {name} - {teller.tex(writing.RATE)} {teller.symbol(gradient)}"
        entries.append(ENTRY_UPDATE(formulas=f"${updated}$"))
    return entries
