"""The steps of a derivation that an author wrote, in symbols or with numbers, each held against its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from studyapp.domain.exercise import Binding, Exercise, Key, StepFacts, SymbolDomain
from studyapp.domain.expression import Call, Name, Node, Number, names_in
from studyapp.domain.kind import Kind
from studyapp.domain.question import ExpressionKey, KnownMistake, NumberKey, Step
from studyapp.engine.algebras.derivative import differentiate
from studyapp.engine.algebras.trees import multiply, total
from studyapp.engine.derivations.writing import slope
from studyapp.engine.equivalence.deciding import Decision, State, decide
from studyapp.engine.interpretation import written_out
from studyapp.engine.questions import numbers
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.formulas import differing, domain_text, living_formulas, put_in
from studyapp.engine.questions.values import Rejected, Values
from studyapp.engine.rewriting import rebuilt, simplified


@dataclass(slots=True)
class _Progress:
    """What every step is made with: the relations known so far, those of earlier steps included."""

    key: Key
    values: Values
    filler: Filler
    given: dict[str, Node]
    names: frozenset[str]
    where: tuple[Node, ...]
    found: dict[str, Node] = field(default_factory=dict)
    """What the steps so far have found, by name."""

    @property
    def symbols(self) -> dict[str, SymbolDomain]:
        """The declared symbols by name."""
        return {symbol.name: symbol for symbol in self.key.symbols}

    def drawn(self, node: Node) -> Node:
        """The tree with the drawn numbers put in, and every `D(f, x)` carried out over all paths of the relations."""
        return rebuilt(put_in(node, self.values.exact, self.key.free_names), self._differentiated)

    def _differentiated(self, node: Node) -> Node:
        if isinstance(node, Call) and node.function == "D" and len(node.arguments) == 2:
            return self._total(node.arguments[0], node.arguments[1], "")
        return node

    def _total(self, formula: Node, by: Node, name: str) -> Node:
        """The derivative over every path: directly, and through each relation; `name` is what the formula is called."""
        through = sorted(names_in(formula) & self.given.keys())
        paths = [_partial(formula, by, name)] + [
            multiply(_partial(formula, Name(one), name), self._total(self.given[one], by, one))
            for one in through
            if Name(one) != by
        ]
        return total(paths)

    def compare(self, left: Node, right: Node) -> Decision:
        """Whether two formulas are equal on the declared domains."""
        return decide(left, right, self.symbols, self.given, self.key.functions, self.where)

    def state(self, left: Node, right: Node) -> State:
        """What is known of two formulas on the declared domains."""
        return self.compare(left, right).state


def _by_earlier(node: Node, found: Mapping[str, Node]) -> Node:
    """The tree with the results of earlier steps, where they stand in it, called by their names; the latest first."""
    names = {formula: name for name, formula in found.items() if not isinstance(formula, Number)}
    for formula, name in reversed(names.items()):
        node = _called(node, formula, name)
    return node


def _called(node: Node, formula: Node, name: str) -> Node:
    return rebuilt(node, lambda part: Name(name) if part == formula else part)


def _partial(formula: Node, by: Node, name: str) -> Node:
    """∂formula/∂by, every other name held fixed; f′ is written by the value where the value has a name."""
    match formula:
        case Call("sigmoid" | "tanh" | "softplus" as function, (argument,)) if name:
            return multiply(slope(function, argument, Name(name)), differentiate(written_out(argument, {}), by))
        case _:
            return differentiate(written_out(formula, {}), by)


def authored_steps(exercise: Exercise, values: Values, filler: Filler) -> tuple[Step, ...] | Rejected:
    """The steps in order; `name` makes a step's result a symbol of the later ones. Raises `Problem`."""
    key, free = exercise.key, exercise.key.free_names
    given = {one.name: put_in(one.expression, values.exact, free) for one in key.given}
    where = tuple(put_in(one.expression, values.exact, free) for one in key.where if names_in(one.expression) & free)
    progress = _Progress(key, values, filler, given, free | given.keys(), where)
    if not _is_numeric(key):
        filler.symbols, filler.formulas = free, dict(given)
        filler.carry_out = lambda node: simplified(progress.drawn(node))
    steps: list[Step] = []
    for place, facts in enumerate(key.steps):
        step = _step(exercise, place, facts, progress)
        if isinstance(step, Rejected):
            return step
        steps.append(step)
        progress.names |= {facts.name} if facts.name else frozenset()
    return tuple(steps)


def _step(exercise: Exercise, place: int, facts: StepFacts, progress: _Progress) -> Step | Rejected:
    key, sentences, fill = exercise.key, exercise.sentences, progress.filler.fill
    if facts.answer is None:
        return Rejected("answer", facts.target, facts.place, final=True)
    made = (_number if _is_numeric(key) else _formula)(place, facts, facts.answer, progress)
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
        relation=made.relation,
        mistakes=tuple(KnownMistake(name, text, said.get(name, "")) for name, text in made.mistakes),
        hints=(fill(hints[place].text).strip(),) if place < len(hints) else (),
    )


def _is_numeric(key: Key) -> bool:
    """Whether every step asks for a number."""
    return key.digits is not None or key.significant is not None


def _called_as(place: int, facts: StepFacts) -> str:
    """The name of a step's result; one that nobody types where the author gives none."""
    return facts.name or f"step_{place + 1}"


@dataclass(frozen=True, slots=True)
class _Made:
    key: ExpressionKey | NumberKey
    answer: str
    relation: str
    mistakes: tuple[tuple[str, str], ...]


def _formula(place: int, facts: StepFacts, answer: Binding, progress: _Progress) -> _Made | Rejected:
    """A formula in the symbols that stand so far, held against its check where they are equal by all relations."""
    key, text = progress.key, progress.filler.printer.text
    written = progress.values.written
    reference = progress.drawn(written(answer))
    if facts.check is not None:
        decision = progress.compare(reference, progress.drawn(written(facts.check)))
        if decision.state != State.EQUAL:
            return differing(facts.check, decision)
    wrong = [(mistake.name, progress.drawn(written(mistake))) for mistake in facts.mistakes]
    living = tuple((name, text(simplified(node))) for name, node in living_formulas(reference, wrong, progress.state))
    shown = text(simplified(reference))
    made = ExpressionKey(
        shown,
        {symbol.name: domain_text(symbol) for symbol in key.symbols},
        {name: text(progress.drawn(node)) for name, node in progress.given.items()},
        key.functions,
        using=facts.using or tuple(sorted(progress.names)),
        where=tuple(text(condition) for condition in progress.where),
    )
    if facts.name:
        progress.given = {**progress.given, facts.name: reference}
        progress.filler.formulas[facts.name] = reference
    relation = text(_by_earlier(reference, progress.found))
    progress.found[_called_as(place, facts)] = reference
    return _Made(made, shown, relation, living)


def _number(place: int, facts: StepFacts, answer: Binding, progress: _Progress) -> _Made | Rejected:
    """A number, computed by floats and with 50 digits, held against its check and clear of its mistakes."""
    asked = replace(progress.key, kind=Kind.NUMBER, answer=answer, check=facts.check, mistakes=facts.mistakes)
    made = numbers.computed(asked, progress.values)
    if isinstance(made, Rejected):
        return made
    if not isinstance(made.key, NumberKey):
        return Rejected("shape-number", answer.text, answer.place, final=True)
    if facts.name:
        progress.values.bind(facts.name, answer.expression)
    relation = progress.filler.printer.text(_by_earlier(answer.expression, progress.found))
    progress.found[_called_as(place, facts)] = answer.expression
    return _Made(made.key, made.answer, relation, made.mistakes)
