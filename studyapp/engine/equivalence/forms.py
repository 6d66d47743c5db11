"""The form of a formula, apart from its value: simplified, factored, one fraction."""

from __future__ import annotations

from studyapp.domain.expression import Binary, Call, Negate, Node, Number, children, walk
from studyapp.engine.rewriting import size

FORMS = ("simplified", "factored", "fraction")
SPARE = 3
"""Nodes that a simplified formula may have more than the reference."""


def has_form(node: Node, form: str, reference: Node) -> bool:
    """Whether a formula equal to the reference has the form that was asked for."""
    match form:
        case "factored":
            return _factors(node) >= max(1, _factors(reference)) and not _is_sum(node)
        case "fraction":
            return _is_fraction(node)
        case _:
            return size(node) <= size(reference) + SPARE and not any(_is_idle(part) for part in walk(node))


def _is_sum(node: Node) -> bool:
    match node:
        case Negate(operand):
            return _is_sum(operand)
        case Binary("+" | "-", _, _):
            return True
        case _:
            return False


def _factors(node: Node) -> int:
    """How many factors with symbols stand in a product; a whole power counts as that many."""
    match node:
        case Number():
            return 0
        case Negate(operand):
            return _factors(operand)
        case Binary("*" | "/", left, right):
            return _factors(left) + _factors(right)
        case Binary("**", base, Number(exponent)) if exponent == int(exponent) and 0 < exponent < 100:
            return _factors(base) * int(exponent)
        case _:
            return 1


def _is_fraction(node: Node) -> bool:
    """One fraction bar, with none above or below it; arguments of functions may have their own."""
    match node:
        case Negate(operand):
            return _is_fraction(operand)
        case Binary("/", upper, lower):
            return not _has_bar(upper) and not _has_bar(lower)
        case _:
            return False


def _has_bar(node: Node) -> bool:
    match node:
        case Call():
            return False
        case Binary("/", _, _) | Binary("**", _, Negate()):
            return True
        case _:
            return any(_has_bar(child) for child in children(node))


def _is_idle(node: Node) -> bool:
    """What could be left out or worked out at sight: `2*3`, `1*x`, `x + 0`, `x - x`, `x/x`, `x*x`, two minus signs."""
    match node:
        case Binary(operator, Number(), Number()):
            return operator != "/"
        case Binary("*", left, right):
            return any(isinstance(part, Number) and part.value in (0, 1) for part in (left, right)) or left == right
        case Binary("+" | "-", left, right):
            return any(isinstance(part, Number) and part.value == 0 for part in (left, right)) or left == right
        case Binary("/", left, right):
            return left == right or (isinstance(right, Number) and right.value == 1)
        case Negate(Negate()):
            return True
        case _:
            return False
