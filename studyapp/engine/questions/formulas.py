"""The key of an expression exercise: a formula in its symbols, with the drawn numbers put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from studyapp.domain.exercise import Binding, Key, SymbolDomain
from studyapp.domain.expression import Call, Name, Negate, Node, Number, names_in
from studyapp.domain.question import ExpressionKey
from studyapp.engine.algebras.algebra import Problem, Value
from studyapp.engine.equivalence.deciding import Decision, State, decide
from studyapp.engine.interpretation import derivative_of
from studyapp.engine.questions.filling import Printer
from studyapp.engine.questions.shown import plain
from studyapp.engine.questions.values import Rejected, Values
from studyapp.engine.rewriting import rebuilt, simplified, substituted


@dataclass(frozen=True, slots=True)
class Formula:
    """The reference, simplified, as a tree and as a key, the relations, and the mistakes (name, text)."""

    reference: Node
    given: Mapping[str, Node]
    key: ExpressionKey
    answer: str
    mistakes: tuple[tuple[str, str], ...]


def formula(key: Key, values: Values, printer: Printer) -> Formula | Rejected:
    """The formula of a drawing; its check is held against it on the declared domains."""
    if key.answer is None:
        return Rejected("answer", "", key.place, final=True)
    symbols = key.free_names
    reference = put_in(values.written(key.answer), values.exact, symbols)
    given = {binding.name: put_in(binding.expression, values.exact, symbols) for binding in key.given}
    where = [put_in(one.expression, values.exact, symbols) for one in key.where if names_in(one.expression) & symbols]

    def compare(left: Node, right: Node) -> Decision:
        declared = {symbol.name: symbol for symbol in key.symbols}
        return decide(left, right, declared, given, key.functions, where)

    if key.check is not None:
        check = through_relations(put_in(values.written(key.check), values.exact, symbols), given)
        decision = compare(reference, check)
        if decision.state != State.EQUAL:
            return differing(key.check, decision)
    wrong = [(mistake.name, put_in(values.written(mistake), values.exact, symbols)) for mistake in key.mistakes]
    mistakes = [
        (name, printer.text(simplified(without_derivatives(node))))
        for name, node in living_formulas(reference, wrong, lambda left, right: compare(left, right).state)
    ]
    shown = simplified(without_derivatives(reference))
    answer = printer.text(shown)
    return Formula(
        shown,
        given,
        ExpressionKey(
            answer,
            {symbol.name: domain_text(symbol) for symbol in key.symbols},
            {name: printer.text(node) for name, node in given.items()},
            key.functions,
            where=tuple(printer.text(condition) for condition in where),
        ),
        answer,
        tuple(mistakes),
    )


def living_formulas(
    reference: Node, mistakes: Sequence[tuple[str, Node]], state: Callable[[Node, Node], State]
) -> list[tuple[str, Node]]:
    """The mistakes that are known to mean something else than the reference, and than each mistake before them."""
    living: list[tuple[str, Node]] = []
    for name, wrong in mistakes:
        if all(state(other, wrong) == State.DIFFERENT for other in (reference, *(node for _, node in living))):
            living.append((name, wrong))
    return living


def differing(check: Binding, decision: Decision) -> Rejected:
    """A formula and its check that disagree, with both values at a point, or that could not be compared."""
    if decision.state == State.UNDECIDED:
        return Rejected("check-undecided", check.text, check.place, final=True)
    answer, other = ("" if value is None else plain(value) for value in (decision.key, decision.answer))
    point = ", ".join(f"{name} = {plain(value)}" for name, value in decision.point.items())
    return Rejected("check", check.name, check.place, final=True, answer=answer, other=other, point=point)


def domain_text(symbol: SymbolDomain) -> str:
    """A domain as it is written in a key: a word, or `a..b`."""
    return f"{symbol.low}..{symbol.high}" if symbol.kind == "interval" else symbol.kind


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
    """A tree whose top may be `D(f, x)`, with the derivative carried out so that it can be typed."""
    if isinstance(node, Call) and node.function == "D":
        derivative = derivative_of(node.arguments[0], node.arguments[1], {})
        if not isinstance(derivative, np.ndarray):
            return derivative  # type: ignore[no-any-return]  # one tree
    return node


def put_in(node: Node, values: dict[str, Value], symbols: frozenset[str]) -> Node:
    """The tree with every drawn number or function in place of its name; symbols of the question stay."""

    def change(part: Node) -> Node:
        match part:
            case Name(name) if name not in symbols and isinstance(values.get(name), Fraction):
                return _number(values[name])
            case Call(function) if isinstance(values.get(function), str):
                return replace(part, function=values[function])
            case Call("D", (_, Number() | Negate())):
                raise Problem("D takes a formula and the symbol to differentiate by")  # not by a drawn number
            case _:
                return part

    return rebuilt(node, change)


def _number(value: Fraction) -> Node:
    size: Node = Number(Decimal(abs(value.numerator)) / value.denominator)
    return Negate(size) if value < 0 else size
