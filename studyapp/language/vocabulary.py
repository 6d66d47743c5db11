"""The names that an answer may contain, and Greek letters: `δ` and `delta` are one name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studyapp.domain.functions import BY_NAME, ROWS
from studyapp.domain.limits import OPEN_ARGUMENTS

DEFAULT_FUNCTIONS = frozenset(BY_NAME)

NUMBER_FUNCTIONS = frozenset(row.name for row in ROWS if row.in_numbers)
"""What a number field takes: arithmetic and these, no names, no catalogue."""

ACTIVATIONS = frozenset(row.name for row in ROWS if row.activation)


def arity(function: str) -> tuple[int, int]:
    """The fewest and the most arguments of a function."""
    row = BY_NAME.get(function)
    return (row.fewest, row.most) if row else (1, OPEN_ARGUMENTS)


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


_SMALL = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"
_REST = "phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"

LETTERS = dict(zip("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", f"{_SMALL} {_REST}".split(), strict=True))
"""The name of each letter."""

SPELT = frozenset(LETTERS.values())
"""The names of all letters."""


def spelt(text: str) -> str:
    """The text with every Greek letter spelt out."""
    if text.isascii():
        return text
    return "".join(LETTERS.get(char, char) for char in text)
