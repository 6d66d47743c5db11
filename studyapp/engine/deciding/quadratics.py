"""Quadratic polynomials as sums of squares, exactly: whether one has a sign, whether it is the square of a line."""

from __future__ import annotations

from fractions import Fraction

from studyapp.engine.deciding.normalform import UNIT, Polynomial, Variable, added, scaled

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


def sign_of(form: Polynomial) -> int:
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
        return {} if sign_of(form) else None
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
