"""Functions without a formula: those an exercise leaves open (`f`, `f'`), and primes of known ones (`sigmoid'(u)`).

An open function is stood in for by a fixed one without special properties. Its derivative is stood in for by another,
unrelated one, so that no identity holds which would not hold for every f.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from studyapp.domain.expression import Binary, Call, Name, Node, Number, walk
from studyapp.engine.algebra import Problem
from studyapp.engine.catalogue import CATALOGUE
from studyapp.engine.functions import FUNCTIONS
from studyapp.engine.interpretation import derivative_of
from studyapp.engine.rewriting import rebuilt, substituted

_ARGUMENT = "argument of a primed function"
LARGEST_ORDER = 4


def opened(node: Node, functions: Sequence[str] = ()) -> Node:
    """The tree without primes and open functions; raises `Problem` for a function that is neither known nor open."""
    if not any(isinstance(part, Call) and (part.primes or part.function in functions) for part in walk(node)):
        return node
    return rebuilt(node, _opener(functions))


def _opener(functions: Sequence[str]) -> Callable[[Node], Node]:
    def change(node: Node) -> Node:
        if not isinstance(node, Call):
            return node
        if node.function in functions:
            return _stand_in(node, functions.index(node.function))
        if node.primes and len(node.arguments) == 1:
            return substituted(_primed(node.function, node.primes), {_ARGUMENT: node.arguments[0]})
        return node

    return change


@lru_cache(maxsize=128)
def _primed(function: str, primes: int) -> Node:
    if primes > LARGEST_ORDER or (function not in CATALOGUE and function not in FUNCTIONS):
        raise Problem(f"{function} has no derivative of order {primes}")
    formula: Node = Call(function, (Name(_ARGUMENT),))
    for _ in range(primes):
        formula = derivative_of(formula, Name(_ARGUMENT), {})
    return formula


def _stand_in(call: Call, which: int) -> Node:
    """A wave of each argument, with constants of its own for each function and each order of derivative."""
    salt = Decimal(which) * Decimal("0.37") + Decimal(call.primes) * Decimal("0.59")
    formula: Node = Number(Decimal("0.23") + salt / 4)
    for place, argument in enumerate(call.arguments):
        frequency, phase = Decimal("1.31") + salt + Decimal(place) / 3, Decimal("0.47") + salt * 2
        frequency = frequency.quantize(Decimal("0.0001"))
        wave = Call("sin", (Binary("+", Binary("*", Number(frequency), argument), Number(phase)),))
        formula = Binary("+", formula, wave)
    return formula
