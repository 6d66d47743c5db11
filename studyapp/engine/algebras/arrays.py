"""Arrays of elements of any algebra: their shapes, which are bounded, and the words given with them."""

from collections.abc import Collection, Iterable, Sequence
from math import prod
from typing import Any

import numpy as np

from studyapp.domain.expression import Name, Relation
from studyapp.domain.limits import ARRAY_AXES, ARRAY_ELEMENTS
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.trees import Term

Array = np.ndarray[Any, Any]
Shape = tuple[int, ...]


def stacked(*parts: Value) -> Value:
    """Values of one shape as the entries of a vector, or vectors as the rows of a matrix."""
    if parts and np.shape(parts[0]):
        return np.stack(parts)
    column = np.empty(len(parts), dtype=object)
    column[:] = parts
    return column


def array_of(algebra: Algebra, entries: Iterable[Value], shape: Shape | None = None) -> Array:
    """Elements as an array of the algebra: a vector, or in the shape."""
    row: Array = stacked(*entries)
    if algebra.name == "numpy":
        row = row.astype(np.float64)
    return row if shape is None else row.reshape(shape)


def elements(*values: Value) -> Array:
    """All elements of the values in one row."""
    if not values:
        raise Problem("nothing to gather")
    parts = [np.ravel(value) if isinstance(value, np.ndarray) else _single(value) for value in values]
    bounded((sum(part.size for part in parts),))
    return np.concatenate(parts)


def _single(value: Value) -> Array:
    row = np.empty(1, dtype=np.float64 if isinstance(value, float | int | np.generic) else object)
    row[0] = value
    return row


def bounded(shape: Shape) -> Shape:
    """The shape; raises `Problem` where it has too many elements or axes, before there is anything of that size."""
    if prod(shape) > ARRAY_ELEMENTS:
        raise Problem(f"more than {ARRAY_ELEMENTS} elements")
    if len(shape) > ARRAY_AXES:
        raise Problem(f"more than {ARRAY_AXES} axes")
    return shape


def together(*values: Value) -> Shape:
    """The shape of an elementwise result, by NumPy's rules of broadcasting; raises `Problem` where they do not fit."""
    shapes = [value.shape for value in values if isinstance(value, np.ndarray)]  # of plain elements NumPy takes 5 µs
    if len(shapes) < 2 or all(shape == shapes[0] for shape in shapes):
        return shapes[0] if shapes else ()
    return shape_together(*shapes)


def shape_together(*shapes: Shape) -> Shape:
    """The shape that shapes are broadcast to."""
    try:
        return bounded(np.broadcast_shapes(*shapes))
    except ValueError as error:
        if isinstance(error, Problem):
            raise
        raise Problem(f"shapes do not fit: {' and '.join(map(str, shapes))}") from None


def shape_from(algebra: Algebra, sizes: Sequence[Value]) -> Shape:
    """The shape that numbers, or one vector of them, say."""
    shape = tuple(algebra.integer(size) for size in elements(*sizes))
    if any(size < 0 for size in shape):
        raise Problem(f"a size is a whole number from 1 to {ARRAY_ELEMENTS}, found {min(shape)}")
    return bounded(shape)


def axis_of(algebra: Algebra, axis: Value, array: Value) -> int:
    """The axis that a number names, counted from 0; −1 is the last."""
    count, place = np.ndim(array), algebra.integer(axis)
    if not -count <= place < count:
        raise Problem(f"there is no axis {place} in the shape {np.shape(array)}")
    return place % count


def word_of(value: Any, words: Collection[str], what: str) -> str:
    """The word that an option is; raises `Problem` where it is none of `words`."""
    if isinstance(value, Term) and isinstance(value.node, Name):
        value = value.node.name
    word = str(value).lower() if isinstance(value, bool | str) else ""
    if word not in words:
        raise Problem(f"{what} is {' or '.join(words)}, found {value}")
    return word


def decided(algebra: Algebra, relation: Relation, left: Value, right: Value) -> bool:
    """Whether a relation between two elements holds; raises `Problem` where only values of symbols would decide it."""
    verdict = algebra.compare(relation, left, right)
    if isinstance(verdict, Term):
        return algebra.integer(algebra.where(verdict, algebra.number(1), algebra.number(0))) == 1
    try:
        return bool(verdict)
    except TypeError as error:
        raise Problem("symbols have no order") from error
