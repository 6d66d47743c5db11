"""Trees as an algebra of their own, and the derivative of a tree.

Interpreting an expression over `Trees` writes every catalogue function out in elementary operations on single
elements; what comes back can be differentiated rule by rule. Kinks follow the field's usual convention: the derivative
of abs at 0 is 0, and maximum and minimum take the branch of the constant where both are equal, so that ReLU has
derivative 0 at 0 and hinge at its margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, Literal

import numpy as np

from studyapp.domain.expression import Binary, Call, Comparison, Index, Name, Negate, Node, Number, Relation, walk
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


Operator = Callable[["Term", Any], Any]


def _operators(operation: Callable[[Node, Node], Node]) -> tuple[Operator, Operator]:
    """An operation on trees as an operator of terms, and with its operands exchanged; arrays have their own."""

    def operator(left: Term, right: Any) -> Any:
        return NotImplemented if isinstance(right, np.ndarray) else Term(operation(left.node, tree_of(right)))

    def exchanged(right: Term, left: Any) -> Any:
        return NotImplemented if isinstance(left, np.ndarray) else Term(operation(tree_of(left), right.node))

    return operator, exchanged


class Term:
    """A tree under the usual operators, so that NumPy can carry it in arrays of objects."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __neg__(self) -> Term:
        return Term(negate(self.node))

    def __abs__(self) -> Term:
        return Term(Call("abs", (self.node,)))

    __add__, __radd__ = _operators(add)
    __sub__, __rsub__ = _operators(subtract)
    __mul__, __rmul__ = _operators(multiply)
    __truediv__, __rtruediv__ = _operators(divide)
    __pow__, _ = _operators(power)


def tree_of(value: Any) -> Node:
    """The tree behind a term or a plain number."""
    if isinstance(value, Term):
        return value.node
    if isinstance(value, int | float | np.generic):
        return rational(Fraction(float(value)))
    raise Problem(f"no tree can be made of {value!r}")


class Trees:
    """The algebra whose elements are trees; `resolve` gives the whole numbers that indices and sizes need."""

    name = "trees"
    power = staticmethod(vectorised(lambda a, b: Term(power(tree_of(a), tree_of(b))), 2))
    divide = staticmethod(vectorised(lambda a, b: Term(divide(tree_of(a), tree_of(b))), 2))
    maximum = staticmethod(vectorised(lambda a, b: Term(Call("maximum", (tree_of(a), tree_of(b)))), 2))
    minimum = staticmethod(vectorised(lambda a, b: Term(Call("minimum", (tree_of(a), tree_of(b)))), 2))
    where = staticmethod(vectorised(lambda c, yes, no: Term(Call("if", (tree_of(c), tree_of(yes), tree_of(no)))), 3))

    def __init__(self, resolve: Callable[[Node], int]) -> None:
        self._resolve = resolve

    def number(self, value: Decimal | Fraction | float) -> Value:
        if isinstance(value, Decimal):
            return Term(number(value))
        return Term(rational(Fraction(value)))

    def constant(self, name: str) -> Value:
        return Term(Name(name))

    def apply(self, function: str, value: Value) -> Value:
        return vectorised(lambda x: Term(Call(function, (tree_of(x),))), 1)(value)

    def count(self, function: str, *values: Value) -> Value:
        return vectorised(lambda *x: Term(Call(function, tuple(map(tree_of, x)))), len(values))(*values)

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        return vectorised(lambda a, b: Term(Comparison(relation, tree_of(a), tree_of(b))), 2)(left, right)

    def integer(self, value: Value) -> int:
        return self._resolve(tree_of(value))


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


def differentiate(node: Node, by: Node) -> Node:
    """d(node)/d(by); raises `Problem` where `by` is no name and no entry, or a function has no rule."""
    if not isinstance(by, Name | Index):
        raise Problem("D differentiates by a symbol, or by an entry of one")
    if node == by:
        return ONE
    if all(part != by for part in walk(node)):
        return ZERO
    match node:
        case Negate(operand):
            return negate(differentiate(operand, by))
        case Binary("+", left, right):
            return add(differentiate(left, by), differentiate(right, by))
        case Binary("-", left, right):
            return subtract(differentiate(left, by), differentiate(right, by))
        case Binary("*", left, right):
            return add(multiply(differentiate(left, by), right), multiply(left, differentiate(right, by)))
        case Binary("/", left, right):
            return _quotient(left, right, by)
        case Binary("**", base, exponent):
            return _power(base, exponent, by)
        case Call("if", (condition, yes, no)):
            return Call("if", (condition, differentiate(yes, by), differentiate(no, by)))
        case Call("maximum", (left, right)):
            return _extreme(">", left, right, by)
        case Call("minimum", (left, right)):
            return _extreme("<", left, right, by)
        case Call(function, (argument,)) if function in _RULES:
            return multiply(_RULES[function](argument), differentiate(argument, by))
        case Number() | Name() | Index():
            return ZERO
        case Call(function):
            raise Problem(f"{function} has no rule of differentiation")
        case _:
            raise Problem("only numbers can be differentiated")


def _quotient(left: Node, right: Node, by: Node) -> Node:
    change, change_below = differentiate(left, by), differentiate(right, by)
    if change_below == ZERO:
        return divide(change, right)
    return subtract(divide(change, right), divide(multiply(left, change_below), power(right, TWO)))


def _power(base: Node, exponent: Node, by: Node) -> Node:
    inner, growth = differentiate(base, by), differentiate(exponent, by)
    lowered = _lowered(exponent)
    by_base = multiply(multiply(exponent, power(base, lowered)), inner)
    if growth == ZERO:
        return by_base
    return add(by_base, multiply(multiply(power(base, exponent), Call("log", (base,))), growth))


def _lowered(exponent: Node) -> Node:
    if isinstance(exponent, Number) and exponent.value == int(exponent.value):
        return number(int(exponent.value) - 1)
    return subtract(exponent, ONE)


def _extreme(relation: Literal["<", ">"], left: Node, right: Node, by: Node) -> Node:
    first, second = differentiate(left, by), differentiate(right, by)
    if second == ZERO:
        return Call("if", (Comparison(relation, left, right), first, second))
    return Call("if", (Comparison(relation, right, left), second, first))


_RULES: dict[str, Callable[[Node], Node]] = {
    "exp": lambda x: Call("exp", (x,)),
    "log": lambda x: divide(ONE, x),
    "sqrt": lambda x: divide(ONE, multiply(TWO, Call("sqrt", (x,)))),
    "abs": lambda x: Call("sign", (x,)),
    "sign": lambda _: ZERO,
    "floor": lambda _: ZERO,
    "round": lambda _: ZERO,
    "sin": lambda x: Call("cos", (x,)),
    "cos": lambda x: negate(Call("sin", (x,))),
    "tan": lambda x: add(ONE, power(Call("tan", (x,)), TWO)),
    "asin": lambda x: divide(ONE, Call("sqrt", (subtract(ONE, power(x, TWO)),))),
    "acos": lambda x: negate(divide(ONE, Call("sqrt", (subtract(ONE, power(x, TWO)),)))),
    "atan": lambda x: divide(ONE, add(ONE, power(x, TWO))),
    "sinh": lambda x: Call("cosh", (x,)),
    "cosh": lambda x: Call("sinh", (x,)),
    "tanh": lambda x: subtract(ONE, power(Call("tanh", (x,)), TWO)),
    "asinh": lambda x: divide(ONE, Call("sqrt", (add(power(x, TWO), ONE),))),
    "acosh": lambda x: divide(ONE, multiply(Call("sqrt", (subtract(x, ONE),)), Call("sqrt", (add(x, ONE),)))),
    "atanh": lambda x: divide(ONE, subtract(ONE, power(x, TWO))),
    "expm1": lambda x: Call("exp", (x,)),
    "log1p": lambda x: divide(ONE, add(ONE, x)),
    "erf": lambda x: multiply(divide(TWO, Call("sqrt", (Name("pi"),))), Call("exp", (negate(power(x, TWO)),))),
}
