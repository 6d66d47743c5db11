"""The key of an expression exercise: a formula in its symbols, with the drawn numbers put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from studyapp.domain.exercise import Key, SymbolDomain
from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Index,
    Logical,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Operator,
    Vector,
)
from studyapp.domain.question import ExpressionKey
from studyapp.engine.algebra import Value
from studyapp.engine.equivalence import State, decide
from studyapp.engine.filling import Printer
from studyapp.engine.interpretation import derivative_of
from studyapp.engine.rejection import Rejected
from studyapp.engine.values import Values


@dataclass(frozen=True, slots=True)
class Formula:
    """The reference as a tree and as a key, and the mistakes (name, text)."""

    reference: Node
    key: ExpressionKey
    answer: str
    mistakes: tuple[tuple[str, str], ...]


def formula(key: Key, values: Values, printer: Printer) -> Formula | Rejected:
    """The formula of a drawing; its check is held against it on the declared domains."""
    if key.answer is None:
        return Rejected("answer", "", key.place, final=True)
    symbols = {symbol.name for symbol in key.symbols}
    reference = put_in(key.answer.expression, values.exact, symbols)
    given = {binding.name: put_in(binding.expression, values.exact, symbols) for binding in key.given}
    if key.check is not None:
        check = put_in(key.check.expression, values.exact, symbols)
        if not agree(reference, check, key, given):
            return Rejected("check", key.check.text, key.check.place, final=True)
    mistakes = []
    for mistake in key.mistakes:
        wrong = put_in(mistake.expression, values.exact, symbols)
        if not agree(wrong, reference, key, given):
            mistakes.append((mistake.name, printer.text(without_derivatives(wrong))))
    answer = printer.text(without_derivatives(reference))
    return Formula(
        reference,
        ExpressionKey(
            answer,
            {symbol.name: domain_text(symbol) for symbol in key.symbols},
            {name: printer.text(node) for name, node in given.items()},
            key.functions,
        ),
        answer,
        tuple(mistakes),
    )


def domain_text(symbol: SymbolDomain) -> str:
    """A domain as it is written in a key: a word, or `a..b`."""
    return f"{symbol.low}..{symbol.high}" if symbol.kind == "interval" else symbol.kind


def without_derivatives(node: Node) -> Node:
    """A tree whose top may be `D(f, x)`, with the derivative carried out so that it can be typed."""
    if isinstance(node, Call) and node.function == "D":
        derivative = derivative_of(node.arguments[0], node.arguments[1], {})
        if not isinstance(derivative, np.ndarray):
            return derivative  # type: ignore[no-any-return]  # one tree
    return node


def agree(left: Node, right: Node, key: Key, given: dict[str, Node]) -> bool:
    """Whether two formulas are equal on the declared domains."""
    symbols = {symbol.name: symbol for symbol in key.symbols}
    return decide(left, right, symbols, given).state == State.EQUAL


def put_in(node: Node, values: dict[str, Value], symbols: set[str]) -> Node:
    """The tree with every drawn number in place of its name; symbols of the question stay."""
    match node:
        case Name(name) if name in values and name not in symbols and isinstance(values[name], Fraction):
            exact = values[name]
            size = Decimal(abs(exact.numerator))
            whole: Node = Number(size)
            if exact.denominator != 1:
                whole = Number(size / exact.denominator)
            return Negate(whole) if exact < 0 else whole
        case Call(function):
            named = values.get(function)
            return replace(
                node,
                function=named if isinstance(named, str) else function,
                arguments=tuple(put_in(one, values, symbols) for one in node.arguments),
                options=tuple((name, put_in(one, values, symbols)) for name, one in node.options),
            )
        case Binary(operator, left, right):
            return _folded(operator, put_in(left, values, symbols), put_in(right, values, symbols))
        case Comparison(_, left, right) | Logical(_, left, right):
            return replace(node, left=put_in(left, values, symbols), right=put_in(right, values, symbols))
        case Negate(operand) | Not(operand):
            return replace(node, operand=put_in(operand, values, symbols))
        case Index(target, indices):
            return replace(
                node,
                target=put_in(target, values, symbols),
                indices=tuple(put_in(one, values, symbols) for one in indices),
            )
        case Vector(items):
            return replace(node, items=tuple(put_in(one, values, symbols) for one in items))
        case _:
            return node


def _folded(operator: Operator, left: Node, right: Node) -> Node:
    """Two operands joined; a product of two plain numbers is carried out, as a person would."""
    if operator == "*" and isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value * right.value)
    return Binary(operator, left, right)
