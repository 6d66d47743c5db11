"""Formulas as sums of monomials with exact coefficients: what is equal by commuting and distributing alone.

What is no sum, product or whole power becomes a variable of its own, known by its function and the forms of its
arguments; division is a negative exponent.
"""

import math
from collections.abc import Hashable, Mapping
from fractions import Fraction
from functools import lru_cache

from studyapp.domain.expression import Binary, Call, Comparison, Name, Negate, Node, Number
from studyapp.engine.algebras.trees import ZERO, add, divide, multiply, number, rational
from studyapp.engine.interpretation import CONSTANTS

Variable = Hashable  # the name of a symbol, or the key of a part that no monomial describes
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
    for monomial, first in left.items():
        total = added(total, {joined(monomial, other): first * second for other, second in right.items()})
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
            slope = value_at({joined(monomial, power_of(variable, -1)): value * exponent}, point)
            slopes = added(slopes, {power_of(variable): slope})
    constant = value_at(form, point) - value_at(slopes, point)
    return added(slopes, {UNIT: constant})


def power_of(variable: Variable, exponent: int = 1) -> Monomial:
    """A power of one variable."""
    return frozenset({(variable, exponent)})


def symbol_of(monomial: Monomial) -> str | None:
    """The symbol that a monomial is, None where it is more, or a constant."""
    match list(monomial):
        case [(str() as name, 1)] if name not in CONSTANTS:
            return name
        case _:
            return None


def is_linear(form: Polynomial) -> bool:
    """Whether a form is a sum of symbols."""
    return all(monomial == UNIT or symbol_of(monomial) for monomial in form)


def is_polynomial(form: Polynomial) -> bool:
    """Whether a form is a sum of products of symbols."""
    return all(
        isinstance(variable, str) and variable not in CONSTANTS and exponent > 0
        for monomial in form
        for variable, exponent in monomial
    )


def common_factor(form: Polynomial) -> Monomial:
    """The largest monomial that divides all terms."""
    exponents = [dict(monomial) for monomial in form]
    least = {
        variable: min(powers.get(variable, 0) for powers in exponents) for powers in exponents for variable in powers
    }
    return frozenset((variable, exponent) for variable, exponent in least.items() if exponent)


def divided(form: Polynomial, divisor: Monomial) -> Polynomial:
    """Every term divided by a monomial."""
    inverse = frozenset((variable, -exponent) for variable, exponent in divisor)
    return {joined(monomial, inverse): value for monomial, value in form.items()}


class NormalForms:
    """Makes normal forms; keeps the node behind every variable that is no symbol, and what was divided by."""

    def __init__(self) -> None:
        self.parts: dict[Variable, Node] = {}
        self.divisors: set[Hashable] = set()

    def of(self, node: Node) -> Polynomial | None:
        """The normal form, None where there is none or it is too long."""
        try:
            return self._of(node)
        except NoForm:
            return None

    def _of(self, node: Node) -> Polynomial:
        match node:
            case Number(value):
                if abs(value.adjusted()) > LARGEST_EXPONENT:
                    raise NoForm
                return {UNIT: Fraction(value)} if value else {}
            case Name(name):
                return {power_of(name): Fraction(1)}
            case Negate(operand):
                return scaled(self._of(operand), -1)
            case Binary("+", left, right):
                return added(self._of(left), self._of(right))
            case Binary("-", left, right):
                return added(self._of(left), self._of(right), -1)
            case Binary("*", left, right):
                return multiplied(self._of(left), self._of(right))
            case Binary("/", left, right):
                return multiplied(self._of(left), self._power(self._of(right), -1, right))
            case Binary("**", base, exponent):
                return self._raised(node, base, exponent)
            case Comparison(operator, left, right):
                return self._variable((operator, self._key(left), self._key(right)), node)
            case Call(function, arguments):
                return self._variable((function, *map(self._key, arguments)), node)
            case _:
                raise NoForm

    def _key(self, node: Node) -> Hashable:
        return frozenset(self._of(node).items())

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
        factor = power_of(commonest, min(dict(monomial)[commonest] for monomial in inside))
        outside = {monomial: value for monomial, value in form.items() if monomial not in inside}
        product = multiply(self.tree({factor: Fraction(1)}), self.nested(divided(inside, factor)))
        return add(product, self.tree(outside))

    def _variable(self, key: Variable, node: Node) -> Polynomial:
        self.parts.setdefault(key, node)
        return {power_of(key): Fraction(1)}

    def _raised(self, node: Node, base: Node, exponent: Node) -> Polynomial:
        lower, upper = self._of(base), self._of(exponent)
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
                self.parts.setdefault(key, divide(node, rational(factor)))
                return {power_of(key, exponent): factor**exponent}
        if len(polynomial) == 1 and exponent:
            ((monomial, value),) = polynomial.items()
            return {frozenset((variable, power * exponent) for variable, power in monomial): value**exponent}
        result: Polynomial = {UNIT: Fraction(1)}
        for _ in range(exponent):
            result = multiplied(result, polynomial)
        return result


def same_form(left: Node, right: Node) -> bool:
    """Whether two formulas are equal by commuting and distributing, and are defined at the same points."""
    forms, others = NormalForms(), NormalForms()
    form = forms.of(left)
    if form is None or form != others.of(right):
        return False
    return forms.parts.keys() == others.parts.keys() and forms.divisors == others.divisors


Squares = list[tuple[Fraction, Polynomial]]  # weights, and the linear polynomials whose weighted squares make a sum


def squares(form: Polynomial) -> Squares | None:
    """The weights and lines of a quadratic polynomial, a constant as the square of 1; None for any other polynomial."""
    if any(sum(map(abs, dict(m).values())) > 2 or any(exponent < 0 for _, exponent in m) for m in form):
        return None
    rest, result = dict(form), Squares()
    while squared := next((variable for m in rest for variable, exponent in m if exponent == 2), None):
        weight = rest[power_of(squared, 2)]
        lines = {m: value / (2 * weight) for m, value in rest.items() if dict(m).get(squared) == 1}
        line = {power_of(squared): Fraction(1), **divided(lines, power_of(squared))}
        result.append((weight, line))
        try:
            rest = added(rest, multiplied(line, line), -weight)
        except NoForm:
            return None
    if any(rest.keys() - {UNIT}):
        return None  # a product of two variables, or a line: both signs occur
    constant = rest.get(UNIT)
    return [*result, (constant, {UNIT: Fraction(1)})] if constant else result


def quadratic_sign(form: Polynomial) -> int:
    """1 or -1 where a quadratic polynomial is nowhere of the other sign, 0 where that is not known."""
    signs = {weight > 0 for weight, _ in squares(form) or ()}
    return 0 if len(signs) != 1 else 1 if signs.pop() else -1


def square_root(form: Polynomial) -> Polynomial | None:
    """The line whose square a quadratic polynomial is, but for a factor; empty where it touches zero in no line."""
    parts = squares(form)
    if parts is None:
        return None
    if len(parts) != 1:
        return {} if quadratic_sign(form) else None
    return parts[0][1] if parts[0][1].keys() - {UNIT} else {}
