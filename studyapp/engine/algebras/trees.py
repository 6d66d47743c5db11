"""Trees as an algebra of their own, and the derivative of a tree.

Interpreting an expression over `Trees` writes every catalogue function out in elementary operations on single
elements; what comes back can be differentiated rule by rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from studyapp.domain.expression import Binary, Call, Comparison, Index, Name, Negate, Node, Number
from studyapp.engine.algebras.algebra import Problem, Value, vectorised

ZERO, ONE, TWO = (Number(Decimal(n)) for n in (0, 1, 2))


def number(value: int | Decimal) -> Node:
    """A whole number or a decimal as a tree."""
    return Number(Decimal(value)) if value >= 0 else Negate(Number(Decimal(-value)))


def rational(value: Fraction) -> Node:
    """A fraction as a tree, a whole number where it is one."""
    return divide(number(value.numerator), number(value.denominator))


def add(left: Node, right: Node) -> Node:
    """A sum, without zeros."""
    if left == ZERO:
        return right
    if right == ZERO:
        return left
    if isinstance(right, Negate):
        return Binary("-", left, right.operand)
    return Binary("+", left, right)


def subtract(left: Node, right: Node) -> Node:
    """A difference, without zeros."""
    if right == ZERO:
        return left
    return negate(right) if left == ZERO else Binary("-", left, right)


def negate(node: Node) -> Node:
    """The opposite; two minus signs cancel."""
    if node == ZERO:
        return ZERO
    return node.operand if isinstance(node, Negate) else Negate(node)


def multiply(left: Node, right: Node) -> Node:
    """A product, without ones; zero wins, signs come to the front."""
    if ZERO in (left, right):
        return ZERO
    if left == ONE:
        return right
    if right == ONE:
        return left
    if isinstance(left, Negate):
        return negate(multiply(left.operand, right))
    if isinstance(right, Negate):
        return negate(multiply(left, right.operand))
    return Binary("*", left, right)


def divide(left: Node, right: Node) -> Node:
    """A quotient, without a divisor of one."""
    if left == ZERO or right == ONE:
        return left
    return negate(divide(left.operand, right)) if isinstance(left, Negate) else Binary("/", left, right)


def power(base: Node, exponent: Node) -> Node:
    """A power; the exponents 0 and 1 vanish."""
    if exponent == ONE:
        return base
    return ONE if exponent == ZERO else Binary("**", base, exponent)


def total(terms: Iterable[Node]) -> Node:
    """The sum of terms, 0 of none."""
    start: Node = ZERO
    return reduce(add, terms, start)


def product(factors: Iterable[Node]) -> Node:
    """The product of factors, 1 of none."""
    start: Node = ONE
    return reduce(multiply, factors, start)


class Term:
    """A tree under the usual operators, so that NumPy can carry it in arrays of objects."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __add__(self, other: Any) -> Any:
        return _lift(add, self, other)

    def __radd__(self, other: Any) -> Any:
        return _lift(add, other, self)

    def __sub__(self, other: Any) -> Any:
        return _lift(subtract, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _lift(subtract, other, self)

    def __mul__(self, other: Any) -> Any:
        return _lift(multiply, self, other)

    def __rmul__(self, other: Any) -> Any:
        return _lift(multiply, other, self)

    def __neg__(self) -> Term:
        return Term(negate(self.node))

    def __abs__(self) -> Term:
        return Term(Call("abs", (self.node,)))

    def __pow__(self, other: Any) -> Any:
        return _lift(power, self, other)

    def __truediv__(self, other: Any) -> Any:
        return _lift(divide, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _lift(divide, other, self)


def tree_of(value: Any) -> Node:
    """The tree behind a term or a plain number."""
    if isinstance(value, Term):
        return value.node
    if isinstance(value, int | float | np.generic):
        return rational(Fraction(float(value)))
    raise Problem(f"no tree can be made of {value!r}")


def _lift(operation: Any, left: Any, right: Any) -> Any:
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        return NotImplemented
    return Term(operation(tree_of(left), tree_of(right)))


class Trees:
    """The algebra whose elements are trees; `resolve` gives the whole numbers that indices and sizes need."""

    name = "trees"

    def __init__(self, resolve: Callable[[Node], int]) -> None:
        self._resolve = resolve

    def number(self, value: Decimal | Fraction | float) -> Value:
        if isinstance(value, Decimal):
            return Term(number(value))
        return Term(rational(Fraction(value)))

    def constant(self, name: str) -> Value:
        return Term(Name(name))

    def power(self, base: Value, exponent: Value) -> Value:
        return _POWER(base, exponent)

    def divide(self, dividend: Value, divisor: Value) -> Value:
        return _DIVIDE(dividend, divisor)

    def apply(self, function: str, value: Value) -> Value:
        return vectorised(lambda x: Term(Call(function, (tree_of(x),))), 1)(value)

    def maximum(self, left: Value, right: Value) -> Value:
        return _MAXIMUM(left, right)

    def minimum(self, left: Value, right: Value) -> Value:
        return _MINIMUM(left, right)

    def compare(self, relation: str, left: Value, right: Value) -> Value:
        return vectorised(lambda a, b: Term(Comparison(relation, tree_of(a), tree_of(b))), 2)(left, right)  # type: ignore[arg-type]  # relation is one of six

    def where(self, condition: Value, yes: Value, no: Value) -> Value:
        return _CHOOSE(condition, yes, no)

    def integer(self, value: Value) -> int:
        return self._resolve(tree_of(value))


_POWER = vectorised(lambda a, b: Term(power(tree_of(a), tree_of(b))), 2)
_DIVIDE = vectorised(lambda a, b: Term(divide(tree_of(a), tree_of(b))), 2)
_MAXIMUM = vectorised(lambda a, b: Term(Call("maximum", (tree_of(a), tree_of(b)))), 2)
_MINIMUM = vectorised(lambda a, b: Term(Call("minimum", (tree_of(a), tree_of(b)))), 2)
_CHOOSE = vectorised(lambda c, yes, no: Term(Call("if", (tree_of(c), tree_of(yes), tree_of(no)))), 3)


def as_terms(name: str, value: Value) -> Value:
    """A name as trees: itself, or an array of its indexed entries where the value has entries."""
    if isinstance(value, str):
        return value
    shape = np.shape(value)
    if not shape:
        return Term(Name(name))
    terms = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        terms[place] = Term(Index(Name(name), tuple(number(i) for i in place)))
    return terms
