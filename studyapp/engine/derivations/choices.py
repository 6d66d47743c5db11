"""Questions about a whole derivation: which of its lines is wrong, and in which order it goes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studyapp.domain.exercise import Exercise, WrittenOption
from studyapp.domain.kind import Kind
from studyapp.domain.network import Target
from studyapp.domain.question import ChoiceKey, ShownOption
from studyapp.domain.words.derivation import DerivationWords
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.derivations.drawn import RATE_WHERE_NONE_IS_GIVEN, living_slips
from studyapp.engine.derivations.networks import FINE_PLACES, drawn_network, drawn_numbers, drawn_targets
from studyapp.engine.derivations.texts import Teller
from studyapp.engine.derivations.writing import RATE, Derived, derivation
from studyapp.engine.questions.choices import LABELS, Chosen, order
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.rejection import Rejected


@dataclass(frozen=True, slots=True)
class About:
    """A choice or an order about a derivation, with what to say of its network."""

    chosen: Chosen
    given: str
    solution: str
    json: dict[str, object]


def about_derivation(exercise: Exercise, stream: Stream, filler: Filler, words: DerivationWords) -> About | Rejected:
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
        return About(chosen, given, "\n".join(lines), network.as_json())
    steps = {one.name: one for target in targets for one in derivation(network, target)}
    chosen = _wrong_line(teller, list(steps.values()), stream, exercise)
    if isinstance(chosen, Rejected):
        return chosen
    lines = [f"{place}. {teller.solution(derived)}" for place, derived in enumerate(steps.values(), 1)]
    what = words.wrong_line.format(what=f"${teller.symbol(targets[-1])}$")
    given = teller.description() + "\n" + teller.notation(usable=False) + "\n\n" + what
    return About(chosen, given, "\n".join(lines), network.as_json())


def _wrong_line(teller: Teller, steps: list[Derived], stream: Stream, exercise: Exercise) -> Chosen | Rejected:
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
    return Chosen(ChoiceKey(labels, (labels[wrong],)), labels[wrong], tuple(options))


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
