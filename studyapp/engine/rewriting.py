"""Formulas made pointwise, and simplified as a person would.

Simplified: numbers carried out, ones and zeros gone, like terms put together. The arithmetic is exact, nothing is
expanded or factored, and a formula that is already simple stays as it was written. The result has a value exactly where
the formula has one: what may be undefined is never dropped.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import gcd, prod
from typing import Any

import numpy as np

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Logical,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Word,
    rebuilt,
    walk,
)
from studyapp.domain.values import dataclass
from studyapp.engine.algebras import trees
from studyapp.engine.algebras.algebra import ELEMENTARY, Problem
from studyapp.engine.algebras.functions import RECIPROCALS
from studyapp.engine.algebras.trees import ONE, ZERO, divide, negate
from studyapp.engine.interpretation import written_out

_ARITHMETIC = (Number, Name, Negate, Binary, Comparison)

ELEMENTWISE = frozenset({*ELEMENTARY, *RECIPROCALS, "cot", "log2", "log10", "minimum", "maximum", "if"}) - {"round"}
"""Plain functions that act on each element alone, whatever their arguments."""


def size(node: Node) -> int:
    """How many nodes the tree has."""
    return sum(1 for _ in walk(node))


def plain_conditions(node: Node) -> Node:
    """The tree with `and`, `or` and `not` in conditions written as nested choices."""
    if not any(isinstance(part, Logical | Not) for part in walk(node)):
        return node
    return rebuilt(node, _choice)


def _choice(node: Node) -> Node:
    match node:
        case Call("if", (Logical("and", first, second), yes, no)):
            return _choice(Call("if", (first, _choice(Call("if", (second, yes, no))), no)))
        case Call("if", (Logical("or", first, second), yes, no)):
            return _choice(Call("if", (first, yes, _choice(Call("if", (second, yes, no))))))
        case Call("if", (Not(condition), yes, no)):
            return _choice(Call("if", (condition, no, yes)))
        case _:
            return node


def is_pointwise(node: Node) -> bool:
    """Whether the value at many points at once is the values at each, so that names may stand for arrays of points."""
    return all(_acts_pointwise(part) for part in walk(node))


def is_elementary(nodes: Sequence[Node], functions: Sequence[str]) -> bool:
    """Whether the nodes of a tree are arithmetic and plain functions alone, none of them open: most answers are."""
    plain = ELEMENTWISE.difference(functions)
    return all(
        part.function in plain and not part.primes if isinstance(part, Call) else isinstance(part, _ARITHMETIC)
        for part in nodes
    )


def pointwise(node: Node) -> Node:
    """An equal tree that is pointwise; raises `Problem` where the tree is not one number."""
    plain = plain_conditions(node)
    if is_pointwise(plain):
        return plain
    written: Node | np.ndarray[Any, Any] = written_out(plain, {})
    if isinstance(written, np.ndarray):
        raise Problem("a vector where one number is needed")
    return written


def _acts_pointwise(node: Node) -> bool:
    match node:
        case Number() | Name() | Negate() | Binary() | Comparison() | Word():
            return True
        case Call(function, arguments, _, 0):
            return function in ELEMENTWISE or (function in {"min", "max"} and len(arguments) > 1)
        case _:
            return False


HIGHEST_POWER = 12
LARGEST_NUMBER = 10**9  # powers of numbers are carried out up to here
MOST_PLACES = 10  # decimal places of a product or sum of decimals that is written as a decimal

_TOTAL = frozenset({"exp", "sin", "cos", "tanh", "abs", "sign", "erf", "sigmoid", "relu", "softplus", "min", "max"})
"""Functions that have a value everywhere."""


def simplified(node: Node) -> Node:
    """The formula in simpler form, equal to it wherever either has a value."""
    return rebuilt(node, _simpler)


def _simpler(node: Node) -> Node:
    match node:
        case Negate(operand):
            return negate(operand)
        case Binary("**", base, exponent):
            return _power(node, base, exponent)
        case Binary("*" | "/"):
            return _product(node)
        case Binary("+" | "-"):
            return _sum(node)
        case _:
            return node


def _power(node: Node, base: Node, exponent: Node) -> Node:
    raised, by = _value(base), _value(exponent)
    if by == 1:
        return base
    if (by == 0 and is_total(base)) or (raised == 1 and is_total(exponent)):
        return ONE
    if raised is None or by is None or raised.denominator != 1 or by.denominator != 1 or not 2 <= by <= HIGHEST_POWER:
        return node
    power = Fraction(raised ** int(by))
    return _number(power, [base]) if abs(power) <= LARGEST_NUMBER else node


@dataclass(slots=True)
class _Product:
    """A product taken apart: its numbers, and what is above and below the line."""

    above: list[Node]
    below: list[Node]
    numbers_above: list[Node]
    numbers_below: list[Node]
    negative: bool = False
    untidy: bool = False
    """Whether there are signs, ones or brackets within it that it does not need."""

    @property
    def coefficient(self) -> Fraction:
        above, below = (
            prod((_value(number) or Fraction(0) for number in numbers), start=Fraction(1))
            for numbers in (self.numbers_above, self.numbers_below)
        )
        return (-above if self.negative else above) / below

    @property
    def rest(self) -> Hashable:
        """What the coefficient is multiplied with, whatever its order."""
        return frozenset(Counter(self.above).items()), frozenset(Counter(self.below).items())


def _taken_apart(node: Node) -> _Product:
    product = _Product([], [], [], [])
    _gather(node, product, outermost=True)
    return product


def _gather(node: Node, product: _Product, *, above: bool = True, outermost: bool = False) -> None:
    match node:
        case Negate(operand):
            product.negative = not product.negative
            product.untidy |= not outermost
            _gather(operand, product, above=above)
        case Binary("*", left, right):
            product.untidy |= ONE in (left, right) or (isinstance(right, Binary) and right.operator in {"*", "/"})
            _gather(left, product, above=above)
            _gather(right, product, above=above)
        case Binary("/", left, right) if above:  # within a divisor, what divides must not be zero either
            _gather(left, product)
            _gather(right, product, above=False)
        case Number():
            (product.numbers_above if above else product.numbers_below).append(node)
        case _:
            (product.above if above else product.below).append(node)


def _product(node: Node) -> Node:
    product = _taken_apart(node)
    if any(_value(number) == 0 for number in product.numbers_below):
        return node
    if any(_value(number) == 0 for number in product.numbers_above):
        return ZERO if not product.below and all(map(is_total, product.above)) else node
    return _multiple(product.coefficient, product) if _can_be_simpler(product) else node


def _can_be_simpler(product: _Product) -> bool:
    """Whether numbers can be carried out or left away, or signs taken to the front."""
    above, below = product.numbers_above, product.numbers_below
    if product.untidy or len(above) > 1 or len(below) > 1 or ONE in below:
        return True
    if not above or not below:
        return False
    upper, lower = _value(above[0]), _value(below[0])
    if upper is None or lower is None:
        return False
    whole = upper.denominator == lower.denominator == 1
    return not whole or gcd(upper.numerator, lower.numerator) > 1


def _multiple(coefficient: Fraction, product: _Product) -> Node:
    size = _number(abs(coefficient), [*product.numbers_above, *product.numbers_below])
    upper, lower = (size.left, size.right) if isinstance(size, Binary) else (size, ONE)
    whole = divide(trees.product([upper, *product.above]), trees.product([lower, *product.below]))
    return negate(whole) if coefficient < 0 else whole


def _terms(node: Node, *, negative: bool = False) -> Iterator[tuple[bool, Node]]:
    match node:
        case Binary("+" | "-" as sign, left, right):
            yield from _terms(left, negative=negative)
            yield from _terms(right, negative=negative != (sign == "-"))
        case Negate(Binary("+" | "-") as inner):
            yield from _terms(inner, negative=not negative)
        case Negate(operand):
            yield not negative, operand
        case _:
            yield negative, node


def _sum(node: Node) -> Node:
    """A sum with like terms put together, where there are any; else its signs in order."""
    terms = list(_terms(node))
    groups: dict[Hashable, list[tuple[bool, _Product, Node]]] = {}
    for negative, term in terms:
        product = _taken_apart(term)
        if any(_value(number) == 0 for number in product.numbers_below):
            return node
        groups.setdefault(product.rest, []).append((negative, product, term))
    if len(groups) == len(terms):
        return _tidied(node)
    simpler: Node = ZERO
    for members in groups.values():
        if len(members) == 1:
            negative, _, term = members[0]
        else:
            total = sum((-part.coefficient if minus else part.coefficient for minus, part, _ in members), Fraction(0))
            numbers = [number for _, part, _ in members for number in (*part.numbers_above, *part.numbers_below)]
            alike = replace(members[0][1], numbers_above=numbers, numbers_below=[])
            if not total and (alike.below or not all(map(is_total, alike.above))):
                return node
            negative, term = total < 0, _multiple(abs(total), alike) if total else ZERO
        simpler = _added(simpler, term, negative=negative)
    return simpler


def _tidied(node: Node) -> Node:
    match node:
        case Binary(sign, left, Negate(right)):
            return _added(left, right, negative=sign == "+")
        case Binary(sign, left, right) if ZERO in (left, right):
            return _added(left, right, negative=sign == "-")
        case _:
            return node


def _added(left: Node, term: Node, *, negative: bool) -> Node:
    if term == ZERO:
        return left
    if left == ZERO:
        return negate(term) if negative else term
    return Binary("-" if negative else "+", left, term)


def _value(node: Node) -> Fraction | None:
    match node:
        case Number(value):
            return Fraction(value)
        case Negate(Number(value)):
            return -Fraction(value)
        case _:
            return None


def _number(value: Fraction, written: Sequence[Node]) -> Node:
    """A number as a tree: whole, a decimal where it comes of decimals and is a short one, else a fraction."""
    size = abs(value)
    node: Node
    decimals = any((_value(number) or Fraction(0)).denominator != 1 for number in written)
    if size.denominator == 1:
        node = Number(Decimal(size.numerator))
    elif decimals and 10**MOST_PLACES % size.denominator == 0:
        node = Number(Decimal(size.numerator) / Decimal(size.denominator))
    else:
        node = Binary("/", Number(Decimal(size.numerator)), Number(Decimal(size.denominator)))
    return negate(node) if value < 0 else node


def is_total(node: Node) -> bool:
    """Whether a formula is known to have a value wherever its symbols have one."""
    match node:
        case Number() | Name():
            return True
        case Negate(operand):
            return is_total(operand)
        case Binary("/", left, right):
            return bool(_value(right)) and is_total(left)
        case Binary("**", base, Number(exponent)):
            return exponent == int(exponent) and is_total(base)
        case Binary("+" | "-" | "*", left, right):
            return is_total(left) and is_total(right)
        case Call(function, arguments, (), 0):
            return function in _TOTAL and all(map(is_total, arguments))
        case _:
            return False
