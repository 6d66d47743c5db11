"""Formula keys made ready: texts read once, trees prepared once, whatever number of answers follows."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from studyapp.domain.exercise import domain_of
from studyapp.domain.expression import Node, Vector
from studyapp.domain.question import ExpressionKey
from studyapp.domain.shapes import has_matrices
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.equivalence.deciding import unsettled_kink
from studyapp.engine.equivalence.setting import Formula, Setting
from studyapp.engine.equivalence.slips import Diagnosis
from studyapp.language import Vocabulary, read_answer, read_strict, to_text, vocabulary_of
from studyapp.language.formulas import table_of

_Texts = tuple[tuple[str, str], ...]


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

    def formula(self, node: Node) -> Formula | None:
        """A tree in the setting of the key, None where it has no meaning there."""
        try:
            return Formula(node, self.reference.setting)
        except Problem:
            return None

    def foreseen(self, text: str) -> Formula | None:
        """A wrong formula that the author foresaw, None where it cannot be read or has no meaning."""
        if text not in self._foreseen:
            node = read_strict(text)
            self._foreseen[text] = None if isinstance(node, Unreadable) else self.formula(node)
        return self._foreseen[text]


def unsettled_part(key: ExpressionKey) -> str:
    """The part of a key whose sign decides a branch that could not be settled; empty where every answer is decided."""
    return "" if has_matrices(key.symbols) else _unsettled_part(key.reference, *_facts(key))


@lru_cache(maxsize=1024)  # the steps of drawn networks have few formulas, and one may take a second
def _unsettled_part(reference: str, *facts: Any) -> str:
    entries = _ready(reference, *facts)
    nodes = () if isinstance(entries, str) else (unsettled_kink(ready.reference) for ready in entries)
    return next((to_text(node) for node in nodes if node is not None), "")


def is_one_formula(key: ExpressionKey) -> bool:
    """Whether a key is a formula of numbers: no vector or matrix of formulas, and not in matrix symbols."""
    return not has_matrices(key.symbols) and table_of(key.reference) is None


def prepared(key: ExpressionKey) -> Prepared | str:
    """The key made ready, or the field that is wrong, with the reason behind a colon where there is one."""
    return _prepared(key.reference, *_facts(key))


def prepared_entries(key: ExpressionKey) -> list[Prepared] | str:
    """The entries of a vector or matrix of formulas made ready, of one formula itself; or the field that is wrong."""
    return _ready(key.reference, *_facts(key))


def _facts(key: ExpressionKey) -> tuple[_Texts, _Texts, tuple[str, ...], tuple[str, ...]]:
    """What a formula is compared over, as a key of caches."""
    return tuple(key.symbols.items()), tuple(key.given.items()), tuple(key.functions), tuple(key.where)


def _ready(reference: str, *facts: Any) -> list[Prepared] | str:
    if table_of(reference) is not None:
        return _entries(reference, *facts)
    ready = _prepared(reference, *facts)
    return ready if isinstance(ready, str) else [ready]


@lru_cache(maxsize=64)
def _entries(
    reference: str, symbols: _Texts, given: _Texts, functions: tuple[str, ...], where: tuple[str, ...]
) -> list[Prepared] | str:
    table, shared = table_of(reference), _setting(symbols, given, functions, where)
    if table is None or isinstance(shared, str):
        return shared if isinstance(shared, str) else "reference"
    items = [entry for row in table.items for entry in (row.items if isinstance(row, Vector) else (row,))]
    try:
        return [Prepared(Formula(item, shared[0]), shared[1]) for item in items]
    except Problem as problem:
        return f"reference: {problem}"


def read_for(key: ExpressionKey, answer: str) -> tuple[Prepared, Node] | None:
    """The key made ready, and the tree of an answer to it; None where the key is no good or the answer unreadable."""
    ready = prepared(key) if is_one_formula(key) else "reference"
    if isinstance(ready, str):
        return None
    node = read_answer(answer, ready.vocabulary)
    return None if isinstance(node, Unreadable) else (ready, node)


@lru_cache(maxsize=128)
def _prepared(
    reference: str, symbols: _Texts, given: _Texts, functions: tuple[str, ...], where: tuple[str, ...]
) -> Prepared | str:
    tree = read_strict(reference)
    if isinstance(tree, Unreadable):
        return "reference"
    shared = _setting(symbols, given, functions, where)
    if isinstance(shared, str):
        return shared
    setting, vocabulary = shared
    try:
        return Prepared(Formula(tree, setting), vocabulary)
    except Problem as problem:
        return f"reference: {problem}"


@lru_cache(maxsize=64)
def _setting(
    symbols: _Texts, given: _Texts, functions: tuple[str, ...], where: tuple[str, ...]
) -> tuple[Setting, Vocabulary] | str:
    domains = {name: domain for name, text in symbols if (domain := domain_of(name, text)) is not None}
    relations, conditions = _read(dict(given)), _read({text: text for text in where})
    if len(domains) < len(symbols):
        return "symbols"
    if len(relations) < len(given) or len(conditions) < len(where):
        return "given" if len(relations) < len(given) else "where"
    try:
        setting = Setting(domains, relations, functions, tuple(conditions.values()))
    except Problem as problem:
        return f"given: {problem}"
    return setting, vocabulary_of((*domains, *relations), functions)


def _read(texts: Mapping[str, str]) -> dict[str, Node]:
    nodes = {name: read_strict(text) for name, text in texts.items()}
    return {name: node for name, node in nodes.items() if not isinstance(node, Unreadable)}
