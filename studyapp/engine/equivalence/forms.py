"""The form of a formula, apart from its value: simplified, factored, one fraction."""

from __future__ import annotations

from studyapp.domain.expression import Binary, Call, Negate, Node, Number, children, walk
from studyapp.engine.algebras.trees import ONE, ZERO
from studyapp.engine.rewriting import size

FORMS = ("simplified", "factored", "fraction")
SPARE = 3
"""Nodes that a simplified formula may have more than the reference."""


def has_form(node: Node, form: str, reference: Node) -> bool:
    """Whether a formula equal to the reference has the form that was asked for."""
    while form != "simplified" and isinstance(node, Negate):
        node = node.operand
    match form:
        case "factored":
            is_sum = isinstance(node, Binary) and node.operator in "+-"
            return not is_sum and _factors(node) >= max(1, _factors(reference))
        case "fraction":
            is_fraction = isinstance(node, Binary) and node.operator == "/"
            return is_fraction and not any(map(_has_bar, children(node)))
        case _:
            return size(node) <= size(reference) + SPARE and not any(map(_is_idle, walk(node)))


def _factors(node: Node) -> int:
    """How many factors with symbols a product has; a whole power counts as that many."""
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


def _has_bar(node: Node) -> bool:
    """Whether a fraction bar is part of it; arguments of functions may have their own."""
    match node:
        case Call():
            return False
        case Binary("/", _, _) | Binary("**", _, Negate()):
            return True
        case _:
            return any(map(_has_bar, children(node)))


def _is_idle(node: Node) -> bool:
    """What could be left out or worked out at sight: `2*3`, `1*x`, `x + 0`, `x - x`, `x/x`, `x*x`, two minus signs."""
    match node:
        case Binary(operator, Number(), Number()):
            return operator != "/"
        case Binary("**", _, _):
            return False
        case Binary("/", left, right):
            return right in (left, ONE)
        case Binary(operator, left, right):
            idle = (ZERO, ONE) if operator == "*" else (ZERO,)
            return left == right or left in idle or right in idle
        case _:
            return isinstance(node, Negate) and isinstance(node.operand, Negate)
