"""A derivation in sentences: what is given, what is asked, hints factor by factor, the worked solution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from studyapp.domain.exercise import Exercise, WrittenOption
from studyapp.domain.expression import Binary, Call, Name, Negate, Node, names_in
from studyapp.domain.kind import Kind
from studyapp.domain.network import Target
from studyapp.domain.question import ChoiceKey, ShownOption
from studyapp.domain.words.derivation import DerivationWords
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.derivations.networks import (
    FINE_PLACES,
    RATE_WHERE_NONE_IS_GIVEN,
    drawn_network,
    drawn_numbers,
    drawn_targets,
)
from studyapp.engine.derivations.slips import living_slips
from studyapp.engine.derivations.writing import RATE, Architecture, Derived, Factor, derivation, name_of
from studyapp.engine.questions.choices import LABELS, order
from studyapp.engine.questions.filling import Filler, Printer
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.values import Draft, Rejected
from studyapp.engine.rewriting import substituted


@dataclass(frozen=True, slots=True)
class Teller:
    """Says everything about one network; `shown` gives names the numbers that a learner sees, if any."""

    network: Architecture
    words: DerivationWords
    printer: Printer
    shown: Mapping[str, Node] = field(default_factory=dict)

    def tex(self, name: str) -> str:
        """A name as TeX."""
        return self.printer.tex(Name(name))

    def derivative(self, upper: str, lower: str) -> str:
        """∂upper/∂lower as TeX."""
        return rf"\frac{{\partial {self.tex(upper)}}}{{\partial {self.tex(lower)}}}"

    def symbol(self, target: Target) -> str:
        """What a target is called, as TeX."""
        match target.kind:
            case "value":
                return self.tex(target.lower.name)
            case "update":
                return self.tex(target.lower.name)
            case _:
                return self.derivative(target.upper.name, target.lower.name)

    def description(self) -> str:
        """The network in sentences: layers, relations, loss, notation."""
        network, words = self.network, self.words
        names = words.activations
        layers = [words.inputs.format(count=network.sizes[0])]
        for layer, (count, activation) in enumerate(zip(network.sizes[1:], network.activations, strict=True), 1):
            template = words.output if layer == network.depth else words.hidden
            layers.append(template.format(layer=layer, count=count, activation=names[activation]))
        bias = " + b^{(l)}_j" if network.bias else ""
        weighted = rf"$u^{{(l)}}_j = \sum_i w^{{(l)}}_{{ji}} z^{{(l-1)}}_i{bias}$"
        outlet = [self._activation(layer) for layer in range(1, network.depth + 1)]
        parts = [
            words.parting.join(layers) + words.stop,
            words.weighted.format(formula=weighted, activated=words.listed(outlet)),
            words.error.format(formula=f"$E = {self.printer.tex(network.error())}$"),
        ]
        if network.activations[-1] == "softmax":
            targets = " + ".join(self.tex(name) for name in network.targets())
            parts.append(words.one_hot.format(formula=f"${targets} = 1$"))
        return "\n".join(parts)

    def notation(self, *, usable: bool) -> str:
        """What δ means, and that answers may use it."""
        formula = r"$\delta^{(l)}_j = \frac{\partial E}{\partial u^{(l)}_j}$"
        return (self.words.delta if usable else self.words.delta_numbers).format(formula=formula)

    def line(self, target: Target) -> str:
        """The left side of a line of a derivation; δ is followed by what it is."""
        symbol = self.symbol(target)
        is_delta = target.kind == "gradient" and target.lower.kind == "u"
        if target.kind == "update":
            return rf"{symbol}^{{\prime}}" if "^" not in symbol else rf"\left({symbol}\right)'"
        return f"{self.tex(name_of(target))} = {symbol}" if is_delta else symbol

    def _activation(self, layer: int) -> str:
        """The activation of a layer, for any of its units."""
        activation = self.network.activations[layer - 1]
        unit = "k" if layer == self.network.depth else "j"
        z, u = f"y_{unit}" if layer == self.network.depth else f"z{layer}_{unit}", f"u{layer}_{unit}"
        if activation == "softmax":
            upper, lower = rf"\exp({self.tex(u)})", rf"\sum_m \exp({self.tex(f'u{layer}_m')})"
            return rf"{self.tex(z)} = \frac{{{upper}}}{{{lower}}}"
        formula: Node = Name(u) if activation == "identity" else Call(activation, (Name(u),))
        return f"{self.tex(z)} = {self.printer.tex(formula)}"

    def numbers(self, names: list[str]) -> list[str]:
        """`name = value` as TeX for each name."""
        return [f"{self.tex(name)} = {self.printer.tex(self.shown[name])}" for name in names]

    def ask(self, target: Target) -> str:
        """The sentence that asks for a target."""
        words, what = self.words, f"${self.symbol(target)}$"
        match target.kind, target.lower.kind:
            case "value", _:
                return words.ask_value.format(what=what)
            case "update", _:
                return words.ask_update.format(what=what)
            case "local", _:
                return words.ask_local.format(what=what)
            case "gradient", "u":
                last = target.lower.layer == self.network.depth
                template = words.ask_output_delta if last else words.ask_hidden_delta
                return template.format(delta=f"${self.tex(name_of(target))}$", what=what)
            case _:
                return words.ask.format(what=what)

    def chain(self, derived: Derived) -> str:
        """The statement of the chain rule: the target as a sum over paths of products of derivatives."""
        paths = [r" \cdot ".join(self._link(factor, derived) for factor in path) for path in derived.paths]
        return f"{self.symbol(derived.target)} = {' + '.join(paths)}"

    def _link(self, factor: Factor, derived: Derived) -> str:
        known = isinstance(factor.formula, Name) and factor.formula.name.startswith("delta")
        if known and factor.lower != derived.target.lower.name:
            return self.derivative("E", factor.lower)
        return self.derivative(factor.upper, factor.lower)

    def factor(self, factor: Factor) -> str:
        """One factor and its formula."""
        formula = self.printer.tex(factor.formula)
        return f"{self.derivative(factor.upper, factor.lower)} = {formula}"

    def hints(self, derived: Derived) -> tuple[str, ...]:
        """The statement, then one factor after the other, each once."""
        words, target = self.words, derived.target
        if target.kind == "value":
            formula = f"${self.symbol(target)} = {self._schema(target)}$"
            return (words.hint_value.format(formula=formula),)
        if target.kind == "update":
            gradient = self.derivative("E", target.lower.name)
            formula = rf"${self.tex(target.lower.name)} - {self.tex(RATE)} {gradient}$"
            return (words.hint_update.format(formula=formula),)
        factors = list(dict.fromkeys(factor for path in derived.paths for factor in path))
        factor_hints = [words.hint_factor.format(formula=f"${self.factor(factor)}$") for factor in factors[:-1] or ()]
        if len(factors) == 1:
            return (words.hint_value.format(formula=f"${self._schema(target)}$"),)
        statement = f"${self.chain(derived)}$"
        template = words.hint_paths if len(derived.paths) > 1 else words.hint_chain
        return (template.format(statement=statement, count=len(derived.paths)), *factor_hints)

    def _schema(self, target: Target) -> str:
        """The relation behind a value or a local derivative, without the derivative carried out."""
        name = target.lower.name if target.kind == "value" else target.upper.name
        if name == "E":
            return "E = " + self.printer.tex(self.network.error())
        formula = self.network.forward()[name]
        return (
            self.printer.tex(formula) if target.kind == "value" else f"{self.tex(name)} = {self.printer.tex(formula)}"
        )

    def solution(self, derived: Derived, value: str = "") -> str:
        """The step worked out: statement, factors put in, simplified, and with numbers."""
        parts = [self.symbol(derived.target)]
        if derived.paths and len(derived.paths[0]) + len(derived.paths) > 2:
            parts.append(self.chain(derived).partition(" = ")[2])
            parts.append(" + ".join(self._product(path) for path in derived.paths))
        simple = self.printer.tex(derived.result)
        if simple != parts[-1]:
            parts.append(simple)
        if value:
            put_in = self.printer.tex(substituted(derived.result, self.shown))
            if put_in != simple and names_in(derived.result) <= self.shown.keys():
                parts.append(put_in)
        sign = r" \leftarrow " if derived.target.kind == "update" else " = "
        text = sign.join([parts[0], " = ".join(parts[1:])])
        if value and not parts[-1].endswith(value):
            text += rf" \approx {value}"
        return f"${text}$"

    def _product(self, path: tuple[Factor, ...]) -> str:
        return r" \cdot ".join(_bracketed(factor.formula, self.printer) for factor in path)


def _bracketed(node: Node, printer: Printer) -> str:
    tex = printer.tex(node)
    loose = isinstance(node, Negate) or (isinstance(node, Binary) and node.operator in "+-")
    return rf"\left({tex}\right)" if loose else tex


def about_derivation(exercise: Exercise, stream: Stream, filler: Filler, words: DerivationWords) -> Draft | Rejected:
    """The question of one drawn network. Raises `Problem` for targets that the network does not have."""
    key = exercise.key
    if key.network is None or not key.steps:
        raise Problem("no network, or no steps")
    network = drawn_network(key.network, stream)
    targets = [target for _, target in drawn_targets(network, key.steps, stream)]
    teller = Teller(network, words, filler.printer)
    if key.kind == Kind.ORDER:
        entries = tuple(WrittenOption((entry,), None) for entry in _procedure(teller, targets[-1]))
        listed = replace(exercise, sentences=replace(exercise.sentences, options=entries))
        chosen = order(listed, stream, filler)
        if isinstance(chosen, Rejected):
            return chosen
        lines = [f"{place}. {entry.text[0]}" for place, entry in enumerate(entries, 1)]
        given = teller.description() + "\n" + teller.notation(usable=False)
        return replace(chosen, given=given, solution="\n".join(lines), network=network.as_json())
    steps = {derived.name: derived for target in targets for derived in derivation(network, target)}
    chosen = _wrong_line(teller, list(steps.values()), stream, exercise)
    if isinstance(chosen, Rejected):
        return chosen
    lines = [f"{place}. {teller.solution(derived)}" for place, derived in enumerate(steps.values(), 1)]
    what = words.wrong_line.format(what=f"${teller.symbol(targets[-1])}$")
    given = teller.description() + "\n" + teller.notation(usable=False) + "\n\n" + what
    return replace(chosen, given=given, solution="\n".join(lines), network=network.as_json())


def _wrong_line(teller: Teller, steps: list[Derived], stream: Stream, exercise: Exercise) -> Draft | Rejected:
    """The lines in their order, one of them with a slip."""
    values = drawn_numbers(teller.network, stream, FINE_PLACES, RATE_WHERE_NONE_IS_GIVEN)
    wrong = stream.below(len(steps))
    slips = living_slips(teller.network, steps[wrong], values)
    if len(steps) < 2 or not slips:
        return Rejected("options", steps[wrong].target.text, exercise.key.place, final=len(steps) < 2)
    name, formula = stream.pick(slips)
    options = []
    for place, derived in enumerate(steps):
        said = teller.words.right_line_said.format(formula=teller.solution(derived))
        if place == wrong:
            said = teller.words.wrong_line_said.format(reason=teller.words.slip(name))
        shown = formula if place == wrong else derived.result
        text = f"${teller.line(derived.target)} = {teller.printer.tex(shown)}$"
        options.append(ShownOption(LABELS[place], text, said, place + 1))
    labels = tuple(option.label for option in options)
    return Draft(ChoiceKey(labels, (labels[wrong],)), labels[wrong], options=tuple(options))


def _procedure(teller: Teller, target: Target) -> list[str]:
    """What is done one after the other for one parameter: forward layer by layer, back again, gradient, update."""
    network, words = teller.network, teller.words
    if target.kind == "value" or target.lower.kind not in ("w", "b"):
        raise Problem(f"{target.text} has no procedure: ask for a weight or a bias")

    def row(names: list[str]) -> str:
        return words.listed([teller.tex(name) for name in names])

    entries = []
    for layer in range(1, network.depth + 1):
        entries.append(words.entry_sum.format(formulas=row([f"u{layer}_{unit}" for unit in network.units(layer)])))
        values = [network.activated(layer, unit) for unit in network.units(layer)]
        entries.append(words.entry_activation.format(formulas=row(values)))
    for layer in range(network.depth, target.lower.layer - 1, -1):
        deltas = [f"delta{layer}_{unit}" for unit in network.units(layer)]
        entries.append(words.entry_delta.format(formulas=row(deltas)))
    gradient = Target("gradient", target.lower)
    entries.append(words.entry_gradient.format(formulas=f"${teller.symbol(gradient)}$"))
    if target.kind == "update":
        name = teller.tex(target.lower.name)
        updated = rf"{name} \leftarrow {name} - {teller.tex(RATE)} {teller.symbol(gradient)}"
        entries.append(words.entry_update.format(formulas=f"${updated}$"))
    return entries
