"""Kinds of exercises; apart, since lists of exercises know them without what is inside an exercise."""

from enum import StrEnum


class Kind(StrEnum):
    """The closed list of exercise kinds."""

    NUMBER = "number"
    VECTOR = "vector"
    EXPRESSION = "expression"
    CODE = "code"
    DERIVATION = "derivation"
    CHOICE = "choice"
    ORDER = "order"
    TERM = "term"


NUMERIC = frozenset({Kind.NUMBER, Kind.VECTOR})
ANSWERED = NUMERIC | {Kind.EXPRESSION, Kind.CODE}
"""Kinds whose key has an `answer`."""
