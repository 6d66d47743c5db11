"""Formula keys made ready: texts read once, trees prepared once, whatever number of answers follows."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property, lru_cache

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.question import ExpressionKey
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebra import Problem
from studyapp.engine.setting import Formula, Setting
from studyapp.engine.slips import Diagnosis
from studyapp.language import DEFAULT_FUNCTIONS, Vocabulary, read_strict

_INTERVAL = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*\.\.\s*(-?\d+(?:\.\d+)?)\s*")
ACTIVATIONS = frozenset({"sigmoid", "tanh", "relu", "softplus", "swish", "gelu", "step"})


class Prepared:
    """A key ready to be compared with: its formula, its slips, and the names that an answer may use."""

    def __init__(self, reference: Formula, vocabulary: Vocabulary) -> None:
        self.reference = reference
        self.vocabulary = vocabulary
        self._foreseen: dict[str, Formula | None] = {}

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """The general slips of the key."""
        return Diagnosis(self.reference)

    def foreseen(self, text: str) -> Formula | None:
        """A wrong formula that the author foresaw, None where it cannot be read or has no meaning."""
        if text not in self._foreseen:
            self._foreseen[text] = _reference(text, self.reference.setting)
        return self._foreseen[text]


def domain_of(name: str, text: str) -> SymbolDomain | None:
    """The domain that a word or an open interval `a..b` stands for, None where it is neither."""
    match text.strip():
        case "real" | "positive" | "nonnegative" | "integer" | "label" as word:
            return SymbolDomain(name, word)
        case interval:
            ends = _INTERVAL.fullmatch(interval)
            if ends is None or Decimal(ends[1]) >= Decimal(ends[2]):
                return None
            return SymbolDomain(name, "interval", Decimal(ends[1]), Decimal(ends[2]))


def prepared(key: ExpressionKey) -> Prepared | str:
    """The key made ready, or what is wrong with it."""
    return _prepared(key.reference, tuple(key.symbols.items()), tuple(key.given.items()), tuple(key.functions))


@lru_cache(maxsize=512)
def _prepared(
    reference: str, symbols: tuple[tuple[str, str], ...], given: tuple[tuple[str, str], ...], functions: tuple[str, ...]
) -> Prepared | str:
    domains = {name: domain_of(name, text) for name, text in symbols}
    known = {name: domain for name, domain in domains.items() if domain is not None}
    if len(known) < len(domains):
        return f"domain: {next(name for name in domains if name not in known)}"
    relations = {name: read_strict(text) for name, text in given}
    readable = {name: node for name, node in relations.items() if not isinstance(node, Unreadable)}
    tree = read_strict(reference)
    if isinstance(tree, Unreadable) or len(readable) < len(relations):
        return "reference" if isinstance(tree, Unreadable) else "given"
    try:
        ready = Formula(tree, Setting(known, readable, functions))
    except Problem as problem:
        return str(problem)
    names = frozenset(known) | frozenset(readable)
    open_functions = frozenset(functions)
    return Prepared(ready, Vocabulary(names, DEFAULT_FUNCTIONS | open_functions, open_functions | ACTIVATIONS))


def _reference(text: str, setting: Setting) -> Formula | None:
    node = read_strict(text)
    if isinstance(node, Unreadable):
        return None
    try:
        return Formula(node, setting)
    except Problem:
        return None
