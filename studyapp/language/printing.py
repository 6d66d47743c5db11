"""Trees as plain text that can be typed in again: reading it strictly gives the same tree."""

from __future__ import annotations

from decimal import Decimal

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
    Word,
)
from studyapp.language.pratt import AND, COMPARISON, NOT, OR, POWER, PRODUCT, SUM, TIGHTER

NEGATION = SUM + 5
"""`-a` binds more loosely than a product, more tightly than a sum."""
ATOM = 100
_PLAIN = 20
"""The largest decimal exponent of a number that is written out with all its zeros."""

NEEDS: dict[Operator, tuple[int, int]] = {
    "+": (SUM, NEGATION + TIGHTER),
    "-": (SUM, NEGATION + TIGHTER),
    "*": (PRODUCT, PRODUCT + TIGHTER),
    "/": (PRODUCT, PRODUCT + TIGHTER),
    "**": (POWER + TIGHTER, POWER),
}
"""How strongly the left and the right operand must bind to stand without brackets."""


def to_text(node: Node) -> str:
    """The tree in the authors' language, with no more brackets than it needs."""
    match node:
        case Number(value):
            return number_text(value)
        case Name(name):
            return name
        case Word(text):
            return f"'{text}'" if '"' in text else f'"{text}"'
        case Negate(operand):
            return "-" + _operand(operand, PRODUCT)
        case Binary(operator, left, right):
            sign = f" {operator} " if operator in {"+", "-"} else operator
            return _operand(left, NEEDS[operator][0]) + sign + _operand(right, NEEDS[operator][1])
        case Comparison(relation, left, right):
            return f"{_operand(left, SUM)} {relation} {_operand(right, SUM)}"
        case Logical(operator, left, right):
            power = AND if operator == "and" else OR
            return f"{_operand(left, power)} {operator} {_operand(right, power + TIGHTER)}"
        case Not(operand):
            return "not " + _operand(operand, NOT)
        case Call(function, arguments, options, primes):
            items = [to_text(argument) for argument in arguments]
            items += [f"{name}={to_text(value)}" for name, value in options]
            return function + "'" * primes + f"({', '.join(items)})"
        case Index(target, indices):
            return f"{_operand(target, ATOM)}[{', '.join(map(to_text, indices))}]"
        case Vector(items):
            return f"[{', '.join(map(to_text, items))}]"


def binding(node: Node) -> int:
    """How strongly the tree's outermost sign binds."""
    match node:
        case Binary(operator):
            return {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}[operator]
        case Negate():
            return NEGATION
        case Number(value) if value.is_signed():
            return NEGATION
        case Comparison():
            return COMPARISON
        case Logical(operator):
            return AND if operator == "and" else OR
        case Not():
            return NOT
        case _:
            return ATOM


def number_text(value: Decimal) -> str:
    """The number with all its written digits: plainly, or as `1e-7` where it is very large or small."""
    if value.is_finite() and not -_PLAIN <= value.adjusted() <= _PLAIN:
        return str(value).replace("E+", "e").replace("E", "e")
    return format(value, "f")


def _operand(node: Node, need: int) -> str:
    text = to_text(node)
    return text if binding(node) >= need else f"({text})"
