"""Answers to keys in symbols: one formula, a vector or matrix of formulas, or a formula in matrix symbols."""

from functools import lru_cache

from studyapp.domain.expression import Node, Vector
from studyapp.domain.question import ExpressionKey
from studyapp.domain.shapes import has_matrices
from studyapp.domain.verdict import Unreadable
from studyapp.language.answers import read_answer
from studyapp.language.grammar import read_strict
from studyapp.language.matrices import matrices_of, read_in
from studyapp.language.names import vocabulary_of
from studyapp.language.printing import to_tex
from studyapp.language.vectors import read_vector


def read_formula(key: ExpressionKey, text: str) -> Node | Unreadable:
    """The tree of an answer to that key."""
    if has_matrices(key.symbols):
        matrices = matrices_of(tuple(key.symbols.items()), tuple(key.given.items()), tuple(key.functions))
        return read_in(matrices, text)
    vocabulary = vocabulary_of((*key.symbols, *key.given), key.functions)
    table = table_of(key.reference)
    return read_answer(text, vocabulary) if table is None else read_vector(text, vocabulary, matrix=is_matrix(table))


@lru_cache(maxsize=256)
def table_of(reference: str) -> Vector | None:
    """The vector or matrix of formulas that a key is, None where it is one formula."""
    tree = read_strict(reference) if reference.lstrip().startswith(("(", "[")) else None
    if not isinstance(tree, Vector):
        return None
    lengths = {len(item.items) if isinstance(item, Vector) else 0 for item in tree.items}
    return tree if len(lengths) == 1 else None


def is_matrix(table: Vector) -> bool:
    """Whether a vector is a matrix by rows."""
    return isinstance(table.items[0], Vector)


def key_tex(key: ExpressionKey, answer: str) -> str | None:
    """TeX of a key that is typed as `answer`, None where it cannot be read."""
    matrices = has_matrices(key.symbols)
    node = read_formula(key, answer) if matrices else read_strict(answer)
    return None if isinstance(node, Unreadable) else to_tex(node)
