"""Formulas as sums of monomials with exact coefficients: what is equal by commuting and distributing alone.

What is no sum, product or whole power becomes a variable of its own, known by its function and the forms of its
arguments; division is a negative exponent.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from fractions import Fraction
from functools import lru_cache

from studyapp.domain.expression import Binary, Call, Comparison, Name, Negate, Node, Number
from studyapp.engine.algebras.trees import ZERO, add, divide, multiply, number, rational

Variable = Hashable
"""The name of a symbol, or the key of a part that no monomial describes."""
Monomial = frozenset[tuple[Variable, int]]
Polynomial = dict[Monomial, Fraction]

UNIT: Monomial = frozenset()
MOST_TERMS = 60
HIGHEST_POWER = 12
LARGEST_EXPONENT = 400
"""Decimal exponent of a literal beyond which a formula has no normal form: its fraction would be too large."""


class NoForm(ArithmeticError):
    """The formula has no normal form, or one that is too long."""


@lru_cache(maxsize=4096)
def order(key: Hashable) -> str:
    """A text to sort monomials and variables by, which does not depend on the hashes of one process."""
    if isinstance(key, frozenset | tuple):
        parts = map(order, key)
        return f"({','.join(sorted(parts) if isinstance(key, frozenset) else parts)})"
    return str(key)


def leading(polynomial: Polynomial) -> Fraction:
    """The factor of the first monomial."""
    return polynomial[min(polynomial, key=order)]


def scaled(polynomial: Polynomial, factor: Fraction | int) -> Polynomial:
    """The polynomial times a constant."""
    return {monomial: value * factor for monomial, value in polynomial.items()} if factor else {}


def added(left: Polynomial, right: Polynomial, factor: Fraction | int = 1) -> Polynomial:
    """`left + factor * right`."""
    total = dict(left)
    for monomial, value in right.items():
        new = total.get(monomial, 0) + value * factor
        if new:
            total[monomial] = Fraction(new)
        else:
            total.pop(monomial, None)
    if len(total) > MOST_TERMS:
        raise NoForm
    return total


def multiplied(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product, expanded."""
    if len(left) * len(right) > MOST_TERMS * 4:
        raise NoForm
    total: Polynomial = {}
    for one, first in left.items():
        total = added(total, {joined(one, other): first * second for other, second in right.items()})
    return total


def joined(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left or not right:
        return left or right
    exponents = dict(left)
    for variable, exponent in right:
        exponents[variable] = exponents.get(variable, 0) + exponent
    return frozenset((variable, exponent) for variable, exponent in exponents.items() if exponent)


def constant_of(polynomial: Polynomial) -> Fraction | None:
    """The value of a polynomial without variables, None for any other."""
    if not polynomial:
        return Fraction(0)
    return polynomial.get(UNIT) if len(polynomial) == 1 else None


def value_at(form: Polynomial, point: Mapping[str, Fraction]) -> Fraction:
    """The value of a polynomial in symbols."""
    total = Fraction(0)
    for monomial, value in form.items():
        total += value * math.prod(point[str(variable)] ** exponent for variable, exponent in monomial)
    return total


def tangent(form: Polynomial, point: Mapping[str, Fraction]) -> Polynomial:
    """The linear polynomial that touches a polynomial in symbols at a point."""
    slopes: Polynomial = {}
    for monomial, value in form.items():
        for variable, exponent in monomial:
            lowered = joined(monomial, frozenset({(variable, -1)}))
            slope = value_at({lowered: value * exponent}, point)
            slopes = added(slopes, {frozenset({(variable, 1)}): slope})
    constant = value_at(form, point) - value_at(slopes, point)
    return added(slopes, {UNIT: constant})


class NormalForms:
    """Makes normal forms; keeps the node behind every variable that is no symbol, and what was divided by."""

    def __init__(self) -> None:
        self.parts: dict[Variable, Node] = {}
        self.divisors: set[Hashable] = set()

    def of(self, node: Node) -> Polynomial:
        """The normal form; raises `NoForm` where there is none."""
        match node:
            case Number(value):
                if abs(value.adjusted()) > LARGEST_EXPONENT:
                    raise NoForm
                return {UNIT: Fraction(value)} if value else {}
            case Name(name):
                return {frozenset({(name, 1)}): Fraction(1)}
            case Negate(operand):
                return scaled(self.of(operand), -1)
            case Binary("+", left, right):
                return added(self.of(left), self.of(right))
            case Binary("-", left, right):
                return added(self.of(left), self.of(right), -1)
            case Binary("*", left, right):
                return multiplied(self.of(left), self.of(right))
            case Binary("/", left, right):
                return multiplied(self.of(left), self._power(self.of(right), -1, right))
            case Binary("**", base, exponent):
                return self._raised(node, base, exponent)
            case Comparison(relation, left, right):
                return self._variable((relation, *(frozenset(self.of(part).items()) for part in (left, right))), node)
            case Call(function, arguments):
                return self._variable((function, *(frozenset(self.of(part).items()) for part in arguments)), node)
            case _:
                raise NoForm

    def tree(self, form: Polynomial) -> Node:
        """A tree whose normal form this is, of the variables seen so far."""
        whole: Node = ZERO
        for monomial, value in form.items():
            term = rational(value)
            for variable, exponent in sorted(monomial, key=order):
                part = Name(variable) if isinstance(variable, str) else self.parts[variable]
                raised = part if abs(exponent) == 1 else Binary("**", part, number(abs(exponent)))
                term = multiply(term, raised) if exponent > 0 else divide(term, raised)
            whole = add(whole, term)
        return whole

    def nested(self, form: Polynomial) -> Node:
        """The same, with powers of the commonest variable taken out of its terms (Horner): its bounds are closer."""
        counts: dict[Variable, int] = {}
        for monomial in form:
            for variable, exponent in monomial:
                counts[variable] = counts.get(variable, 0) + (exponent > 0)
        commonest = max(counts, key=lambda variable: (counts[variable], order(variable)), default=None)
        if commonest is None or counts[commonest] < 2:
            return self.tree(form)
        inside = {monomial: value for monomial, value in form.items() if dict(monomial).get(commonest, 0) > 0}
        least = min(dict(monomial)[commonest] for monomial in inside)
        factor: Monomial = frozenset({(commonest, least)})
        lowered = {joined(monomial, frozenset({(commonest, -least)})): value for monomial, value in inside.items()}
        outside = {monomial: value for monomial, value in form.items() if monomial not in inside}
        return add(multiply(self.tree({factor: Fraction(1)}), self.nested(lowered)), self.tree(outside))

    def _variable(self, key: Variable, node: Node) -> Polynomial:
        self.parts.setdefault(key, node)
        return {frozenset({(key, 1)}): Fraction(1)}

    def _raised(self, node: Node, base: Node, exponent: Node) -> Polynomial:
        lower, upper = self.of(base), self.of(exponent)
        value = constant_of(upper)
        if value is not None and value.denominator == 1 and abs(value) <= HIGHEST_POWER:
            return self._power(lower, int(value), base)
        return self._variable(("**", frozenset(lower.items()), frozenset(upper.items())), node)

    def _power(self, polynomial: Polynomial, exponent: int, node: Node) -> Polynomial:
        if exponent < 0:
            if not polynomial:
                raise NoForm
            factor = leading(polynomial)
            key = ("sum", frozenset(scaled(polynomial, 1 / factor).items()))
            self.divisors.add(key)
            if len(polynomial) > 1:  # known by its terms up to a constant factor
                part = divide(node, rational(factor))
                self.parts.setdefault(key, part)
                return {frozenset({(key, exponent)}): factor**exponent}
        if len(polynomial) == 1 and exponent:
            ((monomial, value),) = polynomial.items()
            return {frozenset((variable, power * exponent) for variable, power in monomial): value**exponent}
        result: Polynomial = {UNIT: Fraction(1)}
        for _ in range(exponent):
            result = multiplied(result, polynomial)
        return result


def same_form(left: Node, right: Node) -> bool:
    """Whether two formulas are equal by commuting and distributing, and are defined at the same points."""
    forms = NormalForms(), NormalForms()
    try:
        first, second = forms[0].of(left), forms[1].of(right)
    except NoForm:
        return False
    return first == second and forms[0].parts.keys() == forms[1].parts.keys() and forms[0].divisors == forms[1].divisors


Squares = list[tuple[Fraction, Polynomial]]
"""Weights, and the linear polynomials whose weighted squares make a sum."""


def squares(form: Polynomial) -> Squares | None:
    """The weights and lines of a quadratic polynomial, a constant as the square of 1; None for any other polynomial."""
    rest = dict(form)
    result: Squares = []
    for monomial in form:
        if sum(abs(exponent) for _, exponent in monomial) > 2 or any(exponent < 0 for _, exponent in monomial):
            return None
    while True:
        squared = next((v for m in rest for v, exponent in m if exponent == 2), None)
        if squared is None:
            break
        leading, line = _line(rest, squared)
        result.append((leading, line))
        rest = added(rest, _square(line), -leading)
    if any(rest.keys() - {UNIT}):
        return None  # a product of two variables, or a line: both signs occur
    constant = rest.get(UNIT)
    return [*result, (constant, {UNIT: Fraction(1)})] if constant else result


def quadratic_sign(form: Polynomial) -> int:
    """1 or -1 where a quadratic polynomial is nowhere of the other sign, 0 where that is not known."""
    parts = squares(form)
    if not parts:
        return 0
    signs = {weight > 0 for weight, _ in parts}
    return 0 if len(signs) > 1 else 1 if signs.pop() else -1


def square_root(form: Polynomial) -> Polynomial | None:
    """The line whose square a quadratic polynomial is, but for a factor; empty where it touches zero in no line."""
    parts = squares(form)
    if parts is None:
        return None
    if len(parts) != 1:
        return {} if quadratic_sign(form) else None
    return parts[0][1] if parts[0][1].keys() - {UNIT} else {}


def _line(form: Polynomial, variable: Variable) -> tuple[Fraction, Polynomial]:
    """The weight of the square of a variable, and the line that completes it."""
    leading = form[frozenset({(variable, 2)})]
    line: Polynomial = {frozenset({(variable, 1)}): Fraction(1)}
    for monomial, value in form.items():
        exponents = dict(monomial)
        if exponents.get(variable) == 1:
            line[frozenset((other, exponent) for other, exponent in monomial if other != variable)] = value / (
                2 * leading
            )
    return leading, line


def _square(line: Polynomial) -> Polynomial:
    total: Polynomial = {}
    for first, one in line.items():
        for second, other in line.items():
            exponents = dict(first)
            for variable, exponent in second:
                exponents[variable] = exponents.get(variable, 0) + exponent
            total = added(total, scaled({frozenset(exponents.items()): one}, other))
    return total
