"""The symbols that an answer must be written in."""

from __future__ import annotations

from studyapp.domain.expression import Call, Node, names_in, walk
from studyapp.domain.network import families
from studyapp.domain.question import ExpressionKey
from studyapp.domain.verdict import Verdict
from studyapp.domain.words import Words
from studyapp.engine.interpretation import CONSTANTS
from studyapp.grading.saying import asked_back
from studyapp.language import to_text


def asked_otherwise(key: ExpressionKey, node: Node, reading: str, words: Words) -> Verdict | None:
    """The answer asked back where it holds a symbol that it may not, or `f'(u)` where f is known; else None."""
    if not key.using:
        return None
    for part in walk(node):
        if isinstance(part, Call) and part.primes and part.function not in key.functions:
            return asked_back(words.grading.derivative_left.format(found=to_text(part)), "derivative-left", reading)
    beyond = sorted(names_in(node) - {*key.using, *CONSTANTS})
    if beyond:
        return asked_back(words.grading.only_using(beyond, list(families(key.using))), "using", reading)
    return None
