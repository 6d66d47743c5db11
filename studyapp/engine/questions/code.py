"""The key of code: tried on drawn arrays, held against its check, clear of its mistakes; with a small example."""

import ast
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from studyapp.domain.exercise import Binding, Key
from studyapp.domain.question import CodeKey
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebras.algebra import Value
from studyapp.engine.code.arrays import example
from studyapp.engine.code.comparison import CodeReference, Read, reference_of
from studyapp.engine.code.shown import array_text, as_lists
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.values import Draft, Rejected, Values, exact_value

WHOLE = ("labels", "binary", "integer", "size")
"""Entries that are integers."""


def coded(key: Key, values: Values, results: Mapping[str, str], stream: Stream, read: Read) -> Draft | Rejected:
    """The key of code; the values learn the small arrays. `results` are those of earlier parts by name."""
    if key.answer is None:
        return Rejected("answer", "", key.place, final=True)
    known = {array.name: values.floats[array.name] for array in key.arrays if array.name in values.floats}
    whole = {array.name for array in key.arrays if array.entries in WHOLE}
    arrays = example(
        key.arrays, {name: _as_numpy(value, whole=name in whole) for name, value in known.items()}, stream.uniform
    )
    for name, value in as_lists(arrays).items():
        if name not in known:
            values.bind_exact(name, exact_value(_decimals(value)))
    drafted = CodeKey(
        key.answer.text,
        {array.name: array.text for array in key.arrays},
        dict(results),
        None if key.tolerance is None else float(key.tolerance),
        key.epsilon,
        key.dtype,
        as_lists(arrays),
    )
    ready = reference_of(drafted, read)
    if isinstance(ready, str):
        return Rejected("code", ready, key.answer.place, final=True)
    if key.check is not None and (rejected := _differing(key.check, drafted, ready, read)):
        return rejected
    values.bind_exact("answer", key.answer.text)
    return Draft(drafted, key.answer.text, _living_mistakes(key, drafted, ready, read))


def _differing(check: Binding, key: CodeKey, ready: CodeReference, read: Read) -> Rejected | None:
    tree = read(check.text, key.names)
    if isinstance(tree, Unreadable):
        return Rejected("code", check.text, check.place, final=True)
    difference = ready.difference(tree)
    if difference is None:
        return None
    answer, other = (
        array_text(value) if isinstance(value, np.ndarray) else value.message
        for value in (difference.key, difference.answer)
    )
    return Rejected("check", check.name, check.place, final=True, answer=answer, other=other)


def _living_mistakes(key: Key, drafted: CodeKey, ready: CodeReference, read: Read) -> tuple[tuple[str, str], ...]:
    """The mistakes that differ from the key and from each other."""
    living: list[tuple[str, str]] = []
    trees: list[ast.expr] = [ready.tree]
    for mistake in key.mistakes:
        tree = read(mistake.text, drafted.names)
        if not isinstance(tree, Unreadable) and not any(ready.agree(tree, other) for other in trees):
            trees.append(tree)
            living.append((mistake.name, mistake.text))
    return tuple(living)


def _as_numpy(value: Value, *, whole: bool) -> Any:
    array = np.asarray(value, dtype=float)
    return array.astype(int)[()] if whole else array[()]


def _decimals(value: Any) -> Any:
    """Lists of numbers as drawn values: exact decimals, and tuples of them."""
    return tuple(map(_decimals, value)) if isinstance(value, list) else Decimal(str(value))
