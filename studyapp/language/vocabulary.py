"""The names that an answer may contain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DEFAULT_FUNCTIONS = frozenset(
    {"exp", "ln", "log", "log2", "log10", "sqrt", "abs", "tanh", "sigmoid", "sin", "cos", "max", "min"}
    | {"softplus", "relu", "sign"}
)

NUMBER_FUNCTIONS = frozenset({"exp", "ln", "log", "log2", "log10", "sqrt"})
"""What a number field takes: arithmetic and these, no names, no catalogue."""

ACTIVATIONS = frozenset({"sigmoid", "tanh", "relu", "softplus", "swish", "gelu", "step"})
"""Functions whose derivative may be written with a prime wherever a formula is asked for."""

ARITY: dict[str, tuple[int, int]] = dict.fromkeys(
    ("exp", "log2", "log10", "sqrt", "abs", "tanh", "sigmoid", "sin", "cos", "softplus", "relu", "sign"), (1, 1)
) | {"log": (1, 2), "max": (1, 20), "min": (1, 20)}
"""The fewest and the most arguments of the functions that every learner may use."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Symbols and functions of one question; `primed` are the functions whose derivatives `f'(u)` may be written.

    `vectors` says whether an answer may hold vectors and indices.
    """

    symbols: frozenset[str] = frozenset()
    functions: frozenset[str] = DEFAULT_FUNCTIONS
    primed: frozenset[str] = frozenset()
    vectors: bool = False


def vocabulary_of(symbols: Iterable[str], functions: Iterable[str] = ()) -> Vocabulary:
    """What an answer in symbols may contain: the usual functions, those left open, and primes of activations."""
    opened = frozenset(functions)
    return Vocabulary(frozenset(symbols), DEFAULT_FUNCTIONS | opened, opened | ACTIVATIONS)
