"""Arrays made, arranged anew and multiplied; determinants, inverses, equations and eigenvalues.

Numbers are eliminated; symbols are expanded by cofactors, which divide by nothing that may be zero, for a few rows.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

import numpy as np

from studyapp.domain.limits import MATRIX_ROWS
from studyapp.engine.algebras.algebra import Algebra, Inexact, Problem, Value
from studyapp.engine.algebras.arrays import Array, array_of, bounded, decided, elements, shape_from, shape_together

MOST_SYMBOLS = 4
"""Rows of a matrix of symbols: the terms of a determinant grow with the factorial."""


def dot(algebra: Algebra, left: Value, right: Value) -> Value:
    """Σ over the last axis of `left` and the first but one of `right`; truth values count as 1 and 0."""
    left, right = _as_numbers(algebra, left), _as_numbers(algebra, right)
    shapes = np.shape(left), np.shape(right)
    inner = 0 if len(shapes[1]) < 2 else -2
    if not shapes[0] or not shapes[1] or shapes[0][-1] != shapes[1][inner]:
        raise Problem(f"dot: shapes do not fit: {shapes[0]} and {shapes[1]}")
    rows, columns = shapes[0][-2:-1], shapes[1][-1:] if len(shapes[1]) > 1 else ()
    if max(map(len, shapes)) <= 2:
        bounded(rows + columns)
        return np.dot(left, right)
    bounded(shape_together(shapes[0][:-2], shapes[1][:-2]) + rows + columns)
    return np.matmul(left, right)


def _as_numbers(algebra: Algebra, x: Value) -> Value:
    holds_truths = isinstance(x, np.ndarray) and x.size and isinstance(x.flat[0], bool | np.bool_)
    return x * algebra.number(1) if holds_truths else x


def outer(_: Algebra, left: Value, right: Value) -> Value:
    """All products of an element of each."""
    first, second = elements(left), elements(right)
    bounded((first.size, second.size))
    return first[:, np.newaxis] * second


def reshape(algebra: Algebra, x: Value, *sizes: Value) -> Value:
    """The elements in another shape; one size may be −1."""
    row = elements(x)
    shape = [algebra.integer(size) for size in elements(*sizes)]
    known = reduce(mul, (size for size in shape if size != -1), 1)
    if shape.count(-1) == 1 and known > 0 and row.size % known == 0:
        shape[shape.index(-1)] = row.size // known
    if any(size < 0 for size in shape) or reduce(mul, shape, 1) != row.size:
        raise Problem(f"reshape: {row.size} elements do not fit the shape {tuple(shape)}")
    return row.reshape(bounded(tuple(shape)))


def concat(_: Algebra, *values: Value) -> Value:
    """All elements in one vector."""
    return elements(*values)


def transpose(_: Algebra, matrix: Value) -> Value:
    """The axes in the opposite order."""
    return matrix.T if isinstance(matrix, np.ndarray) else matrix


def size_of(algebra: Algebra, x: Value) -> Value:
    """The entries of a vector, the rows of a matrix."""
    return algebra.number(len(x) if isinstance(x, np.ndarray) else 1)


def zeros(algebra: Algebra, *sizes: Value) -> Value:
    """An array of zeros."""
    return _constant(algebra, sizes, 0)


def ones(algebra: Algebra, *sizes: Value) -> Value:
    """An array of ones."""
    return _constant(algebra, sizes, 1)


def _constant(algebra: Algebra, sizes: tuple[Value, ...], value: int) -> Value:
    shape = shape_from(algebra, sizes)
    return array_of(algebra, [algebra.number(value)] * int(np.prod(shape)), shape)


def numbers(algebra: Algebra, first: Value, last: Value = None) -> Value:
    """Whole numbers from the first to before the last; from 0 where one is given."""
    low, high = (0, first) if last is None else (algebra.integer(first), last)
    count = algebra.integer(high) - low
    if count < 0:
        raise Problem(f"range from {low} to {low + count} has no numbers")
    bounded((count,))
    return array_of(algebra, [algebra.number(low + step) for step in range(count)])


def eye(algebra: Algebra, size: Value) -> Value:
    """Ones on the diagonal."""
    count = shape_from(algebra, [size])[0]
    bounded((count, count))
    one, zero = algebra.number(1), algebra.number(0)
    return array_of(algebra, [one if i == j else zero for i in range(count) for j in range(count)], (count, count))


def one_hot(algebra: Algebra, index: Value, size: Value) -> Value:
    """1 at the index, 0 elsewhere; of a vector of indices a row each."""
    length = algebra.integer(size)
    labels = [algebra.integer(label) for label in elements(index)]
    if length < 1 or any(not 0 <= label < length for label in labels):
        raise Problem(f"one_hot: labels {labels} for {length} classes")
    bounded((len(labels), length))
    one, zero = algebra.number(1), algebra.number(0)
    rows = [[one if place == label else zero for place in range(length)] for label in labels]
    whole = array_of(algebra, [entry for row in rows for entry in row], (len(labels), length))
    return whole if isinstance(index, np.ndarray) else whole[0]


def diag(algebra: Algebra, x: Value) -> Value:
    """The diagonal of a matrix; of a vector the matrix that has it."""
    if np.ndim(x) == 2:
        return np.diagonal(x)
    row = elements(x)
    bounded((row.size, row.size))
    zero = algebra.number(0)
    entries = [entry if i == j else zero for i, entry in enumerate(row) for j in range(row.size)]
    return array_of(algebra, entries, (row.size, row.size))


def trace(algebra: Algebra, matrix: Value) -> Value:
    """The sum of the diagonal."""
    return np.sum(np.diagonal(_square("trace", matrix))) + algebra.number(0)


def _square(function: str, matrix: Value) -> Array:
    shape = np.shape(matrix)
    if len(shape) != 2 or shape[0] != shape[1] or not shape[0]:
        raise Problem(f"{function}: a square matrix is needed, found the shape {shape}")
    if shape[0] > MATRIX_ROWS:
        raise Problem(f"{function}: {MATRIX_ROWS} rows at most, found {shape[0]}")
    square: Array = matrix
    return square


def det(algebra: Algebra, matrix: Value) -> Value:
    """The determinant."""
    square = _square("det", matrix)
    if algebra.name == "numpy":
        return np.linalg.det(square)
    if algebra.name in _SYMBOLIC:
        return _expanded(algebra, _few("det", square))
    return _eliminated(algebra, square, np.empty((len(square), 0), dtype=object))[0]


_SYMBOLIC = ("sympy", "trees")


def _few(function: str, square: Array) -> Array:
    if len(square) > MOST_SYMBOLS:
        raise Problem(f"{function} by formula: {MOST_SYMBOLS} rows at most, found {len(square)}")
    return square


def _expanded(algebra: Algebra, square: Array) -> Value:
    """The determinant by its first row."""
    if not len(square):
        return algebra.number(1)
    terms = [
        (-1) ** j * entry * _expanded(algebra, np.delete(square[1:], j, axis=1)) for j, entry in enumerate(square[0])
    ]
    return reduce(lambda left, right: left + right, terms)


def _eliminated(algebra: Algebra, square: Array, right: Array) -> tuple[Value, Array]:
    """The determinant of a matrix of numbers, and the right sides under its inverse (nothing where it has none)."""
    rows, size = np.concatenate([square, right], axis=1), len(square)
    value = algebra.number(1)
    for i in range(size):
        best = max(range(i, size), key=lambda row: abs(rows[row, i]))
        if rows[best, i] == 0:
            return algebra.number(0), right[:0]
        if best != i:
            rows[[i, best]] = rows[[best, i]]
            value = -value
        value = value * rows[i, i]
        for j in range(size):
            if j != i:
                rows[j] = rows[j] - algebra.divide(rows[j, i], rows[i, i]) * rows[i]
    diagonal = np.diagonal(rows)[:, np.newaxis]
    return value, algebra.divide(rows[:, size:], diagonal)


def inverse(algebra: Algebra, matrix: Value) -> Value:
    """The inverse."""
    square = _square("inverse", matrix)
    return _under("inverse", algebra, square, eye(algebra, algebra.number(len(square))))


def solve(algebra: Algebra, matrix: Value, right: Value) -> Value:
    """X with `matrix` x = `right`, a vector or a matrix of columns."""
    square, shape = _square("solve", matrix), np.shape(right)
    if len(shape) not in (1, 2) or shape[0] != len(square):
        raise Problem(f"solve: shapes do not fit: {np.shape(square)} and {shape}")
    return _under("solve", algebra, square, right.reshape(len(square), -1)).reshape(shape)


def _under(function: str, algebra: Algebra, square: Array, right: Array) -> Array:
    if algebra.name == "numpy":
        try:
            return np.linalg.solve(square, right)
        except np.linalg.LinAlgError:
            raise Problem(f"{function}: the matrix has no inverse: {square.tolist()}") from None
    if algebra.name in _SYMBOLIC:
        return _by_cofactors(function, algebra, _few(function, square), right)
    _, solved = _eliminated(algebra, square, right)
    if not len(solved):
        raise Problem(f"{function}: the matrix has no inverse: {[[float(entry) for entry in row] for row in square]}")
    return solved


def _by_cofactors(function: str, algebra: Algebra, square: Array, right: Array) -> Array:
    whole = _expanded(algebra, square)
    if algebra.name == "sympy" and whole == 0:
        raise Problem(f"{function}: the matrix has no inverse: {square.tolist()}")
    places = range(len(square))
    minors = [
        [(-1) ** (i + j) * _expanded(algebra, np.delete(np.delete(square, j, axis=0), i, axis=1)) for j in places]
        for i in places
    ]
    adjugate = array_of(algebra, [entry for row in minors for entry in row], square.shape)
    solved: Array = algebra.divide(np.dot(adjugate, right), whole)
    return solved


def eigenvalues(algebra: Algebra, matrix: Value) -> Value:
    """The eigenvalues of a symmetric matrix, ascending; of symbols those of 2 rows."""
    square = _square("eigenvalues", matrix)
    if algebra.name == "trees":
        return _by_formula(algebra, square)
    for i, j in zip(*np.triu_indices(len(square), 1), strict=True):
        if not decided(algebra, "==", square[i, j], square[j, i]):
            raise Problem(f"eigenvalues: not symmetric: {square.tolist()}")
    match algebra.name:
        case "numpy":
            return np.linalg.eigvalsh(square)
        case "mpmath":
            context: Any = getattr(algebra, "context", None)
            values = context.eigsy(context.matrix(square.tolist()), eigvals_only=True)
            return array_of(algebra, sorted(values))
        case "exact":
            raise Inexact("eigenvalues")
        case _:
            return _by_formula(algebra, square)


def _by_formula(algebra: Algebra, square: Array) -> Value:
    """Half the trace, less and more the root of what it is squared beyond the determinant."""
    if len(square) > 2:
        raise Problem(f"eigenvalues by formula: 2 rows at most, found {len(square)}")
    if len(square) == 1:
        return square[0]
    half = algebra.number(Fraction(1, 2))
    (a, b), (c, d) = square
    root = algebra.apply("sqrt", (half * (a - d)) ** algebra.number(2) + b * c)
    return array_of(algebra, [half * (a + d) - root, half * (a + d) + root])


MATRICES: dict[str, Callable[..., Value]] = {
    "dot": dot,
    "outer": outer,
    "reshape": reshape,
    "concat": concat,
    "transpose": transpose,
    "len": size_of,
    "zeros": zeros,
    "ones": ones,
    "range": numbers,
    "eye": eye,
    "one_hot": one_hot,
    "diag": diag,
    "trace": trace,
    "det": det,
    "inverse": inverse,
    "solve": solve,
    "eigenvalues": eigenvalues,
}
