"""Functions put into formulas: those an exercise leaves open (`f`, `f'`), primes (`sigmoid'(u)`), activations.

An open function is stood in for by a fixed one without special properties. Its derivative is stood in for by another,
unrelated one, so that no identity holds which would not hold for every f.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from studyapp.domain.expression import Binary, Call, Name, Node, Number, walk
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.functions import FUNCTIONS
from studyapp.engine.catalogue.arguments import Shape
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.interpretation import derivative_of, written_out
from studyapp.engine.rewriting import rebuilt, substituted

_ARGUMENT = "argument of a primed function"
LARGEST_ORDER = 4


def opened(node: Node, functions: Sequence[str] = ()) -> Node:
    """The tree without primes, activations and open functions; raises `Problem` for primes of an unknown function."""
    if not any(isinstance(part, Call) and _is_opened(part, functions) for part in walk(node)):
        return node
    return rebuilt(node, _opener(functions))


def _opener(functions: Sequence[str]) -> Callable[[Node], Node]:
    def change(node: Node) -> Node:
        if not isinstance(node, Call):
            return node
        if node.function in functions:
            return _stand_in(node, functions.index(node.function))
        if _is_opened(node, functions):
            return substituted(_primed(node.function, node.primes), {_ARGUMENT: node.arguments[0]})
        return node

    return change


def _is_opened(call: Call, functions: Sequence[str]) -> bool:
    """Whether a call is replaced by a formula: open, primed, or an activation (a formula costs less)."""
    if call.function in functions or call.primes:
        return True
    if call.function in FUNCTIONS or call.function not in CATALOGUE or call.options or len(call.arguments) != 1:
        return False
    entry = CATALOGUE[call.function]
    return entry.shape == Shape.MAP and len(entry.arguments) == 1


@lru_cache(maxsize=128)
def _primed(function: str, primes: int) -> Node:
    if primes > LARGEST_ORDER or (function not in CATALOGUE and function not in FUNCTIONS):
        raise Problem(f"{function} has no derivative of order {primes}")
    formula: Node = written_out(Call(function, (Name(_ARGUMENT),)), {})
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
