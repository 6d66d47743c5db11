"""The steps of a derivation that an author wrote, in symbols or with numbers, each held against its check."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from studyapp.domain.exercise import Binding, Exercise, StepFacts
from studyapp.domain.expression import Call, Name, Node, Number, names_in
from studyapp.domain.kind import Kind
from studyapp.domain.question import KnownMistake, NumberKey, Step
from studyapp.engine.algebras.derivative import differentiate
from studyapp.engine.algebras.trees import multiply, total
from studyapp.engine.derivations.writing import slope
from studyapp.engine.interpretation import written_out
from studyapp.engine.questions import numbers
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.formulas import Relations
from studyapp.engine.questions.values import Draft, Rejected, stepwise
from studyapp.engine.rewriting import rebuilt, simplified


@dataclass(slots=True)
class _Progress(Relations):
    """The relations known so far, those of earlier steps included."""

    names: frozenset[str] = frozenset()
    """The symbols and the results that a step may be answered in."""
    results: dict[str, Node] = field(default_factory=dict)
    """The results of the steps so far by name."""
    relation: str = ""
    """The latest result by those of earlier steps."""

    def drawn(self, node: Node) -> Node:
        """The tree with the drawn numbers put in, and every `D(f, x)` carried out over all paths of the relations."""
        return rebuilt(self._put_in(node), self._differentiated)

    def add(self, name: str, result: Node) -> None:
        """Keep a result, and how it comes of those before it."""
        names = {formula: earlier for earlier, formula in self.results.items() if not isinstance(formula, Number)}
        node = result
        for formula, earlier in reversed(names.items()):
            node = _called(node, formula, earlier)
        self.relation = self.filler.printer.text(node)
        self.results[name] = result

    def _differentiated(self, node: Node) -> Node:
        if isinstance(node, Call) and node.function == "D" and len(node.arguments) == 2:
            return self._total(node.arguments[0], node.arguments[1], "")
        return node

    def _total(self, formula: Node, by: Node, name: str) -> Node:
        """The derivative over every path: directly, and through each relation; `name` is what the formula is called."""
        through = [step for step in sorted(names_in(formula) & self.given.keys()) if Name(step) != by]
        paths = [
            multiply(_partial(formula, Name(step), name), self._total(self.given[step], by, step)) for step in through
        ]
        return total([_partial(formula, by, name), *paths])


def _called(node: Node, formula: Node, name: str) -> Node:
    return rebuilt(node, lambda part: Name(name) if part == formula else part)


def _partial(formula: Node, by: Node, name: str) -> Node:
    """∂formula/∂by, every other name held fixed; f′ is written by the value where the value has a name."""
    match formula:
        case Call("sigmoid" | "tanh" | "softplus" as function, (argument,)) if name:
            return multiply(slope(function, argument, Name(name)), differentiate(written_out(argument, {}), by))
        case _:
            return differentiate(written_out(formula, {}), by)


def authored_steps(exercise: Exercise, filler: Filler) -> Draft | Rejected:
    """The steps in order; `name` makes a step's result a symbol of the later ones. Raises `Problem`."""
    key = exercise.key
    progress = _Progress(key, filler)
    progress.names = key.free_names | progress.given.keys()
    if not key.is_numeric:
        filler.symbols, filler.formulas = key.free_names, dict(progress.given)
        filler.carry_out = lambda node: simplified(progress.drawn(node))
    steps: list[Step] = []
    for place, facts in enumerate(key.steps):
        step = _step(exercise, place, facts, progress)
        if isinstance(step, Rejected):
            return step
        steps.append(step)
        progress.names |= {facts.name} if facts.name else frozenset()
    return stepwise(steps)


def _step(exercise: Exercise, place: int, facts: StepFacts, progress: _Progress) -> Step | Rejected:
    key, sentences, fill = exercise.key, exercise.sentences, progress.filler.fill
    if facts.answer is None:
        return Rejected("answer", facts.target, facts.place, final=True)
    made = (_number if key.is_numeric else _formula)(place, facts, facts.answer, progress)
    if isinstance(made, Rejected):
        return made
    said = {item.name: fill(item.text).strip() for item in sentences.mistakes}
    asks, hints = sentences.options, sentences.hints
    return Step(
        ask=fill(asks[place].text).strip() if place < len(asks) else "",
        key=made.key,
        answer=made.answer,
        skill=facts.skill or key.skill,
        name=_called_as(place, facts),
        relation=progress.relation,
        mistakes=tuple(KnownMistake(name, text, said.get(name, "")) for name, text in made.mistakes),
        hints=(fill(hints[place].text).strip(),) if place < len(hints) else (),
    )


def _called_as(place: int, facts: StepFacts) -> str:
    """The name of a step's result; an internal one where the author gives none."""
    return facts.name or f"step_{place + 1}"


def _formula(place: int, facts: StepFacts, answer: Binding, progress: _Progress) -> Draft | Rejected:
    """A formula in the symbols so far."""
    draft = progress.draft(answer, facts.check, facts.mistakes, facts.using or tuple(sorted(progress.names)))
    reference = progress.drawn(answer.expression)
    if facts.name:
        progress.given = {**progress.given, facts.name: reference}
        progress.filler.formulas[facts.name] = reference
    progress.add(_called_as(place, facts), reference)
    return draft


def _number(place: int, facts: StepFacts, answer: Binding, progress: _Progress) -> Draft | Rejected:
    """A number, computed by floats and with 50 digits."""
    asked = replace(progress.key, kind=Kind.NUMBER, answer=answer, check=facts.check, mistakes=facts.mistakes)
    draft = numbers.computed(asked, progress.filler.values)
    if isinstance(draft, Draft) and not isinstance(draft.key, NumberKey):
        return Rejected("shape-number", answer.text, answer.place, final=True)
    if isinstance(draft, Draft):
        if facts.name:
            progress.filler.values.bind(facts.name, answer.expression)
        progress.add(_called_as(place, facts), answer.expression)
    return draft
