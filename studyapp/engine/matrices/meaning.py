"""The value of a formula in matrix symbols, in any algebra; a vector is an array with one axis and is a column.

Whether operands fit has been judged by the names of their dimensions (`language.fitting`).
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number
from studyapp.engine.algebras.algebra import Algebra, Inexact, Problem, Value
from studyapp.engine.interpretation import CONSTANTS, MISFITS, Environment, evaluate

Array = Any

LARGEST_CONDITION = 1e12  # of a matrix whose inverse is a value

_TWO = Number(Decimal(2))
_ARGUMENT = "argument {}"


def value_of(node: Node, environment: Environment, algebra: Algebra) -> Value:
    """The value of a fitted tree; not finite where it has none.

    Raises `Problem` where it has no meaning, `Inexact` where the algebra cannot give the exact value.
    """
    try:
        with np.errstate(all="ignore"):
            return _Meaning(environment, algebra).of(node)
    except (Problem, Inexact):
        raise
    except MISFITS as error:
        raise Problem(f"this cannot be computed: {error}") from error


class _Meaning:
    def __init__(self, environment: Environment, algebra: Algebra) -> None:
        self.environment = environment
        self.algebra = algebra

    def of(self, node: Node) -> Value:
        match node:
            case Name(name) if name in self.environment:
                return self.environment[name]
            case Name(name) if name in CONSTANTS:
                return self.algebra.constant(name)
            case Number(value):
                return self.algebra.number(value)
            case Negate(operand):
                return -self.of(operand)
            case Binary("**", Call("norm", (inner,)), exponent) if exponent == _TWO:
                return _squares(self.of(inner))  # exact where the norm is not
            case Binary(operator, left, right):
                return self._binary(operator, self.of(left), self.of(right))
            case Call(function, (argument,), options) if function in WHOLE:
                axes = {name: int(axis.value) for name, axis in options if isinstance(axis, Number)}
                kept = {"keepdims": True} if "keepdims" in dict(options) else {}
                return WHOLE[function](self.algebra, self.of(argument), **axes, **kept)
            case Call(function, arguments, primes=0):
                values = {_ARGUMENT.format(place): self.of(argument) for place, argument in enumerate(arguments)}
                return evaluate(Call(function, tuple(map(Name, values))), values, self.algebra)
            case _:
                raise Problem(f"{type(node).__name__} has no meaning in a formula of matrices")

    def _binary(self, operator: str, left: Value, right: Value) -> Value:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*" | "⊙":
                return left * right
            case "@":
                return _product(left, right)
            case "/":
                return self.algebra.divide(left, right)
            case _:
                return self.algebra.power(left, right)


def _product(left: Array, right: Array) -> Value:
    """The product of the textbooks: a number where it has one entry, a vector where it is a column."""
    if np.ndim(left) == 0 or np.ndim(right) == 0:
        return left * right
    rows = left if left.ndim == 2 else left[:, None]
    columns = right if right.ndim == 2 else right[:, None]
    result = rows @ columns
    if result.shape == (1, 1):
        return result[0, 0]
    is_column = right.ndim == 1 or (left.ndim == 1 and result.shape[1] == 1)
    return result[:, 0] if is_column else result


def _transpose(_: Algebra, array: Array) -> Value:
    if np.ndim(array) == 0:
        return array
    if array.ndim == 1:
        return array[None, :]
    return array[0] if len(array) == 1 else array.T


def _inverse(algebra: Algebra, array: Array) -> Value:
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise Problem("only a square matrix has an inverse")
    if array.dtype == object:
        return _eliminated(algebra, array)
    if not np.isfinite(array).all() or np.linalg.cond(array) > LARGEST_CONDITION:
        return np.full_like(array, np.nan)
    return np.linalg.inv(array)


def _eliminated(algebra: Algebra, array: Array) -> Array:
    """The inverse by Gauss and Jordan, with the largest pivot of each column."""
    size = len(array)
    one, zero = algebra.number(1), algebra.number(0)
    work = np.empty((size, 2 * size), dtype=object)
    work[...] = zero
    work[:, :size] = array
    for place in range(size):
        work[place, size + place] = one
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(work[row, column]))
        if not work[pivot, column]:
            raise Problem("a singular matrix has no inverse")
        work[[column, pivot]] = work[[pivot, column]]
        work[column] = work[column] / work[column, column]
        for row in range(size):
            if row != column and work[row, column]:
                work[row] = work[row] - work[column] * work[row, column]
    return work[:, size:]


def _trace(_: Algebra, array: Array) -> Value:
    return np.trace(_square(array))


def _diagonal(algebra: Algebra, array: Array) -> Value:
    if array.ndim == 2:
        return np.diagonal(_square(array)).copy()
    result = np.empty((len(array), len(array)), dtype=array.dtype)
    result[...] = algebra.number(0)
    np.fill_diagonal(result, array)
    return result


def _square(array: Array) -> Array:
    if np.ndim(array) != 2 or array.shape[0] != array.shape[1]:
        raise Problem("a square matrix is needed")
    return array


def _squares(array: Array) -> Value:
    return np.sum(array * array)


def _norm(algebra: Algebra, array: Array) -> Value:
    return algebra.apply("sqrt", _squares(array))


def _sum(_: Algebra, array: Array, **options: int) -> Value:
    return np.sum(array, **options)  # type: ignore[call-overload]  # axis and keepdims


def _mean(algebra: Algebra, array: Array, **options: int) -> Value:
    count = array.shape[options["axis"]] if "axis" in options else np.size(array)
    return algebra.divide(_sum(algebra, array, **options), algebra.number(count))


WHOLE: dict[str, Callable[..., Value]] = {
    "transpose": _transpose,
    "inverse": _inverse,
    "trace": _trace,
    "diag": _diagonal,
    "norm": _norm,
    "sum": _sum,
    "mean": _mean,
}
"""Functions of whole matrices; all others act on each entry, softmax on each row."""
