"""Keys that an author wrote, with the drawn numbers put in: of a formula, and of the steps of a derivation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np

from studyapp.domain.exercise import Binding, Exercise, Key, StepFacts
from studyapp.domain.expression import Call, Index, Name, Negate, Node, Number, Vector, names_in, rebuilt, substituted
from studyapp.domain.kind import ANSWERED, Kind
from studyapp.domain.question import (
    CONDITIONS,
    ChoiceKey,
    CodeKey,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    Step,
    VectorKey,
)
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem, Value
from studyapp.engine.algebras.trees import differentiate, multiply, total
from studyapp.engine.derivations.writing import slope
from studyapp.engine.equivalence.comparison import EQUAL
from studyapp.engine.equivalence.deciding import Decision, State, decide
from studyapp.engine.interpretation import derivative_of, written_out
from studyapp.engine.matrices.deciding import decide_matrices
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.values import Draft, Rejected, Values, stepwise
from studyapp.engine.rewriting import simplified
from studyapp.engine.rounding import plain

Entries = dict[tuple[int, ...], Node]
"""The formulas of a vector or matrix by their places."""


@dataclass(slots=True)
class Relations:
    """What formulas of a question are compared over: its drawn values, its relations, and its conditions."""

    key: Key
    filler: Filler
    given: dict[str, Node] = field(init=False)
    where: tuple[Node, ...] = field(init=False)

    def __post_init__(self) -> None:
        conditions = [condition.expression for condition in self.key.where]
        self.given = {binding.name: self._put_in(binding.expression) for binding in self.key.given}
        self.where = tuple(self._put_in(node) for node in conditions if names_in(node) & self.key.free_names)

    def _put_in(self, node: Node) -> Node:
        return put_in(node, self.filler.values.exact, self.key.free_names)

    def drawn(self, node: Node) -> Node:
        """The tree with the drawn numbers put in."""
        return self._put_in(node)

    def compare(self, left: Node, right: Node) -> Decision:
        """Whether two formulas, or two vectors or matrices of formulas, are equal on the declared domains."""
        if self.key.has_matrices:
            return decide_matrices(left, right, self.key.symbols, self.given, self.key.functions)
        if isinstance(left, Vector) or isinstance(right, Vector):
            return self._compare_entries(entries_of(left), entries_of(right))
        symbols = {symbol.name: symbol for symbol in self.key.symbols}
        return decide(left, right, symbols, self.given, self.key.functions, self.where)

    def _compare_entries(self, left: Entries, right: Entries) -> Decision:
        """The first decision on a pair of entries that is not that they are equal."""
        if left.keys() != right.keys():
            return Decision(State.DIFFERENT)
        decisions = [self.compare(left[place], right[place]) for place in left]
        return next((decision for decision in decisions if decision.state != State.EQUAL), EQUAL)

    def settled(self, node: Node) -> Node:
        """A formula without derivatives to carry out, simplified; one of matrices stays as it was written."""
        return node if self.key.has_matrices else simplified(without_derivatives(node))

    def text(self, node: Node) -> str:
        """A formula as it is typed."""
        return self.filler.printer.text(self.settled(node))

    def draft(
        self, answer: Binding, check: Binding | None, mistakes: Sequence[Binding], using: tuple[str, ...] = ()
    ) -> Draft | Rejected:
        """The key of a formula, equal to its check, with the mistakes that differ from it and from each other."""
        written, text = self.filler.values.written, self.filler.printer.text
        reference = self.drawn(written(answer))
        if check is not None:
            decision = self.compare(reference, through_relations(self.drawn(written(check)), self.given))
            if decision.state != State.EQUAL:
                return _differing(check, decision)
        living: dict[Node, str] = {reference: ""}
        for mistake, wrong in [(mistake, self.drawn(written(mistake))) for mistake in mistakes]:
            if all(self.compare(other, wrong).state == State.DIFFERENT for other in living):
                living[wrong] = mistake.name
        key = ExpressionKey(
            self.text(reference),
            {symbol.name: symbol.text for symbol in self.key.symbols},
            {name: text(self.drawn(node)) for name, node in self.given.items()},
            self.key.functions,
            using=using,
            where=tuple(map(text, self.where)),
        )
        return Draft(key, key.reference, tuple((name, self.text(node)) for node, name in living.items() if name))


def formula(key: Key, filler: Filler) -> Draft | Rejected:
    """The formula of a drawing; the filler learns what names stand for."""
    if key.answer is None:
        return Rejected("answer", "", key.place, final=True)
    relations = Relations(key, filler)
    draft = relations.draft(key.answer, key.check, key.mistakes)
    if isinstance(draft, Draft):
        answer = relations.settled(relations.drawn(key.answer.expression))
        filler.symbols, filler.formulas = key.free_names, {**relations.given, "answer": answer}
        carried = partial(carried_out, key=key, values=filler.values, given=relations.given)
        filler.carry_out = relations.drawn if key.has_matrices else carried
    return draft


def _differing(check: Binding, decision: Decision) -> Rejected:
    if decision.state == State.UNDECIDED:
        return Rejected("check-undecided", check.text, check.place, final=True)
    answer, other = ("" if value is None else plain(value) for value in (decision.key, decision.answer))
    point = ", ".join(f"{name} = {plain(value)}" for name, value in decision.point.items())
    return Rejected("check", check.name, check.place, final=True, answer=answer, other=other, point=point)


def through_relations(node: Node, given: Mapping[str, Node]) -> Node:
    """The tree in which `D(f, x)` differentiates what the relations say of `f`, too: `y` is a function of `u`."""

    def change(part: Node) -> Node:
        if isinstance(part, Call) and part.function == "D" and len(part.arguments) == 2:
            formula = part.arguments[0]
            for _ in given:
                formula = substituted(formula, given)
            return replace(part, arguments=(formula, part.arguments[1]))
        return part

    return rebuilt(node, change) if given else node


def carried_out(node: Node, *, key: Key, values: Values, given: Mapping[str, Node]) -> Node:
    """An expression with the drawn numbers in it, every derivative carried out through the relations, simplified."""
    return simplified(
        rebuilt(through_relations(put_in(node, values.exact, key.free_names), given), without_derivatives)
    )


def without_derivatives(node: Node) -> Node:
    """A tree whose top, or whose entries, may be `D(f, x)`, with derivatives carried out so that they can be typed."""
    match node:
        case Vector(items):
            return Vector(tuple(map(without_derivatives, items)))
        case Call("D", (formula, by)):
            return _as_table(derivative_of(formula, by, {}))
        case _:
            return node


def _as_table(derivative: Value) -> Node:
    """A tree, or trees by many symbols as a vector of them."""
    if isinstance(derivative, np.ndarray):
        return Vector(tuple(map(_as_table, derivative)))
    return derivative  # type: ignore[no-any-return]  # one tree


def entries_of(node: Node) -> Entries:
    """The entries of a vector or matrix of formulas by their places; a formula itself has none."""
    table = without_derivatives(node)
    if not isinstance(table, Vector):
        return {(): table}
    return {(at, *place): entry for at, item in enumerate(table.items) for place, entry in entries_of(item).items()}


def put_in(node: Node, values: dict[str, Value], symbols: frozenset[str]) -> Node:
    """The tree with every drawn number or function in place of its name; symbols of the question stay."""

    def change(part: Node) -> Node:
        match part:
            case Name(name) if name not in symbols and isinstance(values.get(name), Fraction):
                return _number_tree(values[name])
            case Index(Name(name), indices) if name not in symbols and isinstance(values.get(name), np.ndarray):
                return _entry_tree(values[name], indices) or part
            case Call(function) if isinstance(values.get(function), str):
                return replace(part, function=values[function])
            case Call("D", (_, Number() | Negate())):
                raise Problem("D takes a formula and the symbol to differentiate by")  # not by a drawn number
            case _:
                return part

    return rebuilt(node, change)


def _entry_tree(value: Value, indices: Sequence[Node]) -> Node | None:
    """The entry of a drawn vector or matrix, None where it is no single number."""
    places = tuple(int(index.value) for index in indices if isinstance(index, Number))
    inside = len(places) == len(indices) == value.ndim and all(map(int.__lt__, places, value.shape))
    return _number_tree(value[places]) if inside and isinstance(value[places], Fraction) else None


def _number_tree(value: Fraction) -> Node:
    size: Node = Number(Decimal(abs(value.numerator)) / value.denominator)
    return Negate(size) if value < 0 else size


@dataclass(slots=True)
class _Progress(Relations):
    """The relations known so far, those of earlier steps included."""

    names: frozenset[str] = frozenset()
    """The symbols and the results that a step may be answered in."""
    results: dict[str, Node] = field(default_factory=dict)
    """The results of the steps so far by name."""
    relation: str = ""
    """The latest result by those of earlier steps."""
    numbers: frozenset[str] = frozenset()
    """The results that are numbers."""
    code: dict[str, str] = field(default_factory=dict)
    """The results that are code."""

    def drawn(self, node: Node) -> Node:
        """The tree with the drawn numbers put in, and every `D(f, x)` carried out over all paths of the relations."""
        return rebuilt(self._put_in(node), self._differentiated)

    def kept(self, node: Node) -> Node:
        """The same with the numbers that are results of earlier steps left by their names."""
        return rebuilt(put_in(node, self.filler.values.exact, self.key.free_names | self.numbers), self._differentiated)

    def add(self, name: str, result: Node, kept: Node | None = None) -> None:
        """Keep a result, and how it comes of those before it."""
        names = {formula: earlier for earlier, formula in self.results.items() if not isinstance(formula, Number)}
        node = result if kept is None else kept
        for formula, earlier in reversed(names.items()):
            node = rebuilt(node, partial(_called, formula, Name(earlier)))
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


def _called(formula: Node, name: Name, part: Node) -> Node:
    return name if part == formula else part


def _partial(formula: Node, by: Node, name: str) -> Node:
    """∂formula/∂by, every other name held fixed; f′ is written by the value where the value has a name."""
    match formula:
        case Call("sigmoid" | "tanh" | "softplus" as function, (argument,)) if name:
            return multiply(slope(function, argument, Name(name)), differentiate(written_out(argument, {}), by))
        case _:
            return differentiate(written_out(formula, {}), by)


DraftPart = Callable[[Exercise, Mapping[str, str]], "Draft | Rejected"]
"""What draws a part that is no formula, given the code of earlier parts by name."""


def authored_steps(exercise: Exercise, filler: Filler, draft_part: DraftPart) -> Draft | Rejected:
    """The steps in order; `name` makes a step's result a symbol of the later ones. Raises `Problem`."""
    key = exercise.key
    progress = _Progress(key, filler)
    progress.names = key.free_names | progress.given.keys()
    if key.is_symbolic:
        filler.symbols, filler.formulas = key.free_names, dict(progress.given)
        filler.carry_out = lambda node: simplified(progress.drawn(node))
    steps: list[Step] = []
    for place, facts in enumerate(key.steps):
        step = _step(exercise, place, facts, progress, draft_part)
        if isinstance(step, Rejected):
            return step
        steps.append(step)
    return stepwise(steps)


def _step(
    exercise: Exercise, place: int, facts: StepFacts, progress: _Progress, draft_part: DraftPart
) -> Step | Rejected:
    key, sentences, fill = exercise.key.part(facts), exercise.sentences, progress.filler.fill
    asks, hints = sentences.options, sentences.hints
    options = asks[place].options if place < len(asks) else ()
    if key.kind in ANSWERED and facts.answer is None:
        return Rejected("answer", facts.target, facts.place, final=True)
    progress.relation = ""
    if key.kind is Kind.EXPRESSION and facts.answer is not None:
        draft = _formula_step(place, facts, facts.answer, progress)
    else:
        part = replace(exercise, key=key, sentences=replace(sentences, options=options))
        draft = _part_step(place, facts, key, draft_part(part, progress.code), progress)
    if isinstance(draft, Rejected):
        return draft
    reasons = {item.name: fill(item.text).strip() for item in sentences.mistakes}
    return Step(
        ask=fill(asks[place].text).strip() if place < len(asks) else "",
        key=draft.key,
        answer=draft.answer,
        options=draft.options,
        skill=key.skill,
        name=_called_as(place, facts),
        relation=progress.relation,
        mistakes=tuple(KnownMistake(name, text, reasons.get(name, "")) for name, text in draft.mistakes),
        hints=(fill(hints[place].text).strip(),) if place < len(hints) else (),
    )


def _called_as(place: int, facts: StepFacts) -> str:
    """The name of a step's result; an internal one where the author gives none that can stand in a formula."""
    return facts.name if facts.name.isascii() and facts.name else f"step_{place + 1}"


def _formula_step(place: int, facts: StepFacts, answer: Binding, progress: _Progress) -> Draft | Rejected:
    draft = progress.draft(answer, facts.check, facts.mistakes, facts.using or tuple(sorted(progress.names)))
    reference = progress.drawn(answer.expression)
    if facts.name:
        progress.given = {**progress.given, facts.name: reference}
        progress.filler.formulas[facts.name] = reference
        progress.names |= {facts.name}
    progress.add(_called_as(place, facts), reference, progress.kept(answer.expression))
    return draft


def _part_step(
    place: int, facts: StepFacts, key: Key, draft: Draft | Rejected, progress: _Progress
) -> Draft | Rejected:
    """A part that is no formula, and how an error in an earlier one is carried into it."""
    if isinstance(draft, Rejected):
        return draft
    name, answer = _called_as(place, facts), facts.answer
    match draft.key:
        case NumberKey() | VectorKey() if answer is not None:
            progress.add(name, answer.expression)
            progress.filler.values.bind(name, answer.expression)
            if isinstance(draft.key, NumberKey) and name in progress.filler.values.exact and facts.name:
                progress.numbers |= {name}
                progress.given = {**progress.given, name: _number_tree(progress.filler.values.exact[name])}
                progress.names |= {name}
        case CodeKey(reference) if facts.name:
            progress.code = {**progress.code, name: reference}
        case ChoiceKey() if key.right:
            progress.relation = CONDITIONS.join(key.right[option.number - 1].text for option in draft.options)
    return draft
