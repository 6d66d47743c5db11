"""The symbols that an answer must be written in."""

from __future__ import annotations

from studyapp.domain.expression import Call, Node, names_in, walk
from studyapp.domain.network import families
from studyapp.domain.question import ExpressionKey
from studyapp.domain.verdict import Verdict
from studyapp.domain.words import Words
from studyapp.grading.saying import asked_back
from studyapp.language import to_text

CONSTANTS = frozenset({"e", "pi"})


def asked_otherwise(key: ExpressionKey, node: Node, reading: str, words: Words) -> Verdict | None:
    """The answer asked back where it holds a symbol that it may not, or `f'(u)` where f is known; else None."""
    if not key.using:
        return None
    for part in walk(node):
        if isinstance(part, Call) and part.primes and part.function not in key.functions:
            return asked_back(words.grading.derivative_left.format(found=to_text(part)), "derivative-left", reading)
    outside = sorted(names_in(node) - set(key.using) - CONSTANTS)
    if outside:
        return asked_back(words.grading.outside(outside[0], families(key.using)), "not-in-these", reading)
    return None
