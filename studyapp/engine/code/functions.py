"""The functions that code may call, each with the size of what it makes, which is known before it is made."""

import math
import operator
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from studyapp.domain.limits import CODE_BITS, CODE_NUMBERS, CODE_ROWS

Size = Callable[..., tuple[int, int]]
"""Numbers in the result, and operations on numbers that it takes, for the arguments of a call."""


class CodeError(ValueError):
    """What is not computed for a reason of our own: `numbers`, `work`, `digits`, `conversion`, `complex`, `axes`."""


def _shape(value: Any) -> tuple[int, ...]:
    return np.shape(value) if isinstance(value, np.ndarray | list | tuple) else ()


def entries(value: Any) -> int:
    """How many numbers a value has; of lists, those of what is in them."""
    if isinstance(value, np.ndarray):
        return value.size
    return sum(map(entries, value)) if isinstance(value, list | tuple) else 1


def alike(*arguments: Any, **_options: Any) -> tuple[int, int]:
    """Of functions that work entry by entry, or make less: the shape to which all are broadcast."""
    shapes = {argument.shape for argument in arguments if isinstance(argument, np.ndarray)}
    size = max(1, *map(entries, arguments))
    if len(shapes) > 1:
        with suppress(ValueError):  # NumPy will say so in its own words
            size = max(size, math.prod(np.broadcast_shapes(*shapes)))
    return size, size


def _product(left: Any, right: Any) -> tuple[int, int]:
    """Of `dot`: every row of the left with every column of the right."""
    a, b = _shape(left), _shape(right)
    if not a or not b:
        return alike(left, right)
    size = math.prod(a[:-1]) * (math.prod(b) // max(1, b[-2] if len(b) > 1 else b[-1]))
    return size, size * a[-1]


def _matrix_product(left: Any, right: Any) -> tuple[int, int]:
    """Of `@`: the stacks of both are broadcast."""
    a, b = _shape(left), _shape(right)
    if len(a) < 3 and len(b) < 3:
        return _product(left, right)
    try:
        stacks = math.prod(np.broadcast_shapes(a[:-2], b[:-2]))
    except ValueError:
        return 0, 0
    size = stacks * (a[-2] if len(a) > 1 else 1) * (b[-1] if len(b) > 1 else 1)
    return size, size * (a[-1] if a else 1)


def _outer(left: Any, right: Any) -> tuple[int, int]:
    size = entries(left) * entries(right)
    return size, size


def _einsum(subscripts: str, *operands: Any) -> tuple[int, int]:
    """The product of the sizes of all letters is the work."""
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    sizes: dict[str, int] = {}
    for labels, operand in zip(inputs.split(","), operands, strict=False):
        for label, size in zip(labels, _shape(operand), strict=False):
            sizes[label] = max(size, sizes.get(label, 0))
    if not arrow:
        output = "".join(label for label in sizes if inputs.count(label) == 1)
    return math.prod(sizes.get(label, 1) for label in output), math.prod(sizes.values())


def _counted(shape: Any) -> int:
    """The numbers of an array of that shape; a shape that is none is NumPy's matter."""
    axes = shape if isinstance(shape, list | tuple | np.ndarray) else (shape,)
    return math.prod(abs(int(axis)) for axis in axes) if all(map(_is_integer, axes)) else 0


def _is_integer(value: Any) -> bool:
    return isinstance(value, int | np.integer)


def _of_shape(shape: Any, *_rest: Any, **_options: Any) -> tuple[int, int]:
    return (_counted(shape),) * 2


def _second_shape(array: Any, shape: Any) -> tuple[int, int]:
    return (max(entries(array), _counted(shape)),) * 2


def _square(rows: Any, columns: Any = None, *_rest: Any, **_options: Any) -> tuple[int, int]:
    return (_counted(rows) * _counted(rows if columns is None else columns),) * 2


def _range(start: Any, stop: Any = None, step: Any = 1, **_options: Any) -> tuple[int, int]:
    first, last = (0, start) if stop is None else (start, stop)
    try:
        count = abs((float(last) - float(first)) / float(step))
    except ZeroDivisionError:
        return 0, 0
    if not count <= CODE_NUMBERS:
        raise CodeError("numbers")
    return (int(count) + 1,) * 2


def _spaced(start: Any, stop: Any, num: Any = 50) -> tuple[int, int]:
    return (_counted(num) * max(entries(start), entries(stop)),) * 2


def _tiled(array: Any, reps: Any) -> tuple[int, int]:
    return (entries(array) * max(1, _counted(reps)),) * 2


def _repeated(array: Any, repeats: Any, *_rest: Any, **_options: Any) -> tuple[int, int]:
    counts = np.ravel(np.asarray(repeats))
    largest = max((int(abs(count)) for count in counts), default=0) if counts.dtype.kind in "biu" else 0
    return (entries(array) * largest,) * 2


def _padded(array: Any, pad_width: Any, *_rest: Any, **_options: Any) -> tuple[int, int]:
    widths = np.ravel(np.asarray(pad_width))
    widest = max((int(abs(width)) for width in widths), default=0) if widths.dtype.kind in "biu" else 0
    return (math.prod(size + 2 * widest for size in _shape(array)),) * 2


def _diagonal(array: Any, k: Any = 0) -> tuple[int, int]:
    shape = _shape(array)
    size = (shape[0] + abs(int(k))) ** 2 if len(shape) == 1 and _is_integer(k) else entries(array)
    return size, size


def _solved(a: Any, *rest: Any) -> tuple[int, int]:
    rows = max((0, *_shape(a)[-2:]))
    if rows > CODE_ROWS:
        raise CodeError("work")
    size = sum(map(entries, (a, *rest)))
    return size, size * max(1, rows)


def _joined(arrays: Any, *_rest: Any, **_options: Any) -> tuple[int, int]:
    return (entries(arrays),) * 2


def _powered(base: Any, exponent: Any) -> Any:
    """A power of Python's integers only where it is no longer than an integer may be."""
    whole = type(base) is int and type(exponent) is int and exponent > 0 and abs(base) > 1
    if whole and base.bit_length() * min(exponent, 1000) > 2 * CODE_BITS:
        raise CodeError("digits")
    return base**exponent


def _chained(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operation in which a tuple or a list is one only beside its like."""

    def applied(left: Any, right: Any) -> Any:
        if isinstance(left, list | tuple) and isinstance(right, list | tuple):
            if operation is not operator.add or type(left) is not type(right):
                raise TypeError(f"unsupported operand types: '{type(left).__name__}' and '{type(right).__name__}'")
        elif any(
            isinstance(side, list | tuple) and not isinstance(other, np.ndarray | np.generic)
            for side, other in ((left, right), (right, left))
        ):
            raise TypeError(f"unsupported operand types: '{type(left).__name__}' and '{type(right).__name__}'")
        return operation(left, right)

    return applied


OPERATORS: dict[str, tuple[Callable[..., Any], Size]] = {
    "Add": (_chained(operator.add), alike),
    "Sub": (_chained(operator.sub), alike),
    "Mult": (_chained(operator.mul), alike),
    "Div": (_chained(operator.truediv), alike),
    "FloorDiv": (_chained(operator.floordiv), alike),
    "Mod": (_chained(operator.mod), alike),
    "Pow": (_chained(_powered), alike),
    "MatMult": (operator.matmul, _matrix_product),
    "BitAnd": (_chained(operator.and_), alike),
    "BitOr": (_chained(operator.or_), alike),
    "BitXor": (_chained(operator.xor), alike),
    "Lt": (operator.lt, alike),
    "LtE": (operator.le, alike),
    "Gt": (operator.gt, alike),
    "GtE": (operator.ge, alike),
    "Eq": (operator.eq, alike),
    "NotEq": (operator.ne, alike),
    "USub": (operator.neg, alike),
    "UAdd": (operator.pos, alike),
    "Invert": (operator.invert, alike),
}
"""Python's operators by the names of their nodes."""

FUNCTIONS: dict[str, tuple[Callable[..., Any], Size]] = {
    **{
        function.__name__: (function, alike)
        for function in (
            *(np.exp, np.log, np.log1p, np.expm1, np.log2, np.log10, np.sqrt, np.tanh, np.sinh, np.cosh, np.sin),
            *(np.cos, np.sign, np.square, np.floor, np.ceil, np.isnan, np.isinf, np.isfinite, np.reciprocal),
            *(np.negative, np.maximum, np.minimum, np.add, np.subtract, np.multiply, np.divide, np.power),
            *(np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal),
            *(np.logical_and, np.logical_or, np.logical_xor, np.logical_not),
            *(np.sum, np.prod, np.mean, np.max, np.min, np.amax, np.amin, np.any, np.all, np.argmax, np.argmin),
            *(np.std, np.var, np.cumsum, np.count_nonzero, np.sort, np.argsort, np.diff, np.trace, np.where, np.clip),
            *(np.zeros_like, np.ones_like, np.full_like, np.array, np.asarray, np.reshape, np.transpose, np.swapaxes),
            *(np.ravel, np.squeeze, np.expand_dims, np.copy),
        )
    },
    "abs": (abs, alike),
    "dot": (np.dot, _product),
    "matmul": (np.matmul, _matrix_product),
    "outer": (np.outer, _outer),
    "einsum": (np.einsum, _einsum),
    "diag": (np.diag, _diagonal),
    "linalg.norm": (np.linalg.norm, alike),
    "linalg.inv": (np.linalg.inv, _solved),
    "linalg.solve": (np.linalg.solve, _solved),
    "zeros": (np.zeros, _of_shape),
    "ones": (np.ones, _of_shape),
    "full": (np.full, _of_shape),
    "eye": (np.eye, _square),
    "arange": (np.arange, _range),
    "linspace": (np.linspace, _spaced),
    "broadcast_to": (np.broadcast_to, _second_shape),
    "tile": (np.tile, _tiled),
    "repeat": (np.repeat, _repeated),
    "concatenate": (np.concatenate, _joined),
    "stack": (np.stack, _joined),
    "hstack": (np.hstack, _joined),
    "vstack": (np.vstack, _joined),
    "pad": (np.pad, _padded),
    "flatten": (np.ravel, alike),
    "astype": (lambda a, dtype: np.asarray(a).astype(dtype), alike),
    "item": (lambda a: a.item(), alike),
    "float64": (np.float64, alike),
    "float32": (np.float32, alike),
    "int64": (np.int64, alike),
    "int32": (np.int32, alike),
    "bool_": (np.bool_, alike),
    "len": (len, alike),
    "float": (float, alike),
    "int": (int, alike),
    "bool": (bool, alike),
}
"""Every row of `domain.code.CALLS`."""

CONSTANTS: Mapping[str, Any] = {
    "pi": np.pi,
    "e": np.e,
    "inf": np.inf,
    "nan": np.nan,
    "newaxis": None,
    "float64": np.float64,
    "float32": np.float32,
    "int64": np.int64,
    "int32": np.int32,
    "bool_": np.bool_,
    "float": float,
    "int": int,
    "bool": bool,
}

COUNTING = frozenset(
    {
        *("Add", "Sub", "Mult", "Pow", "MatMult", "USub", "add", "subtract", "multiply", "power", "square", "negative"),
        *("sum", "prod", "cumsum", "dot", "matmul", "outer", "einsum", "trace", "diff"),
    }
)
"""Operations by which integers can leave the numbers that an array of integers holds."""


def indexed(target: Any, index: Any) -> int:
    """How many numbers `target[index]` has at most."""
    if not isinstance(target, np.ndarray):
        return 1
    parts = index if isinstance(index, tuple) else (index,)
    left, arrays = list(target.shape), []
    axis = 0
    for place, part in enumerate(parts):
        if part is None:
            continue
        if part is ...:
            behind = sum(_axes(other) for other in parts[place + 1 :])
            axis = max(axis, len(left) - behind)
            continue
        if isinstance(part, np.ndarray | list):
            array = np.asarray(part)
            if array.dtype.kind == "b":
                arrays.append((np.count_nonzero(array),))
            else:
                arrays.append(array.shape)
            left[axis : axis + _axes(part)] = [1] * len(left[axis : axis + _axes(part)])
        axis += _axes(part)
    try:
        picked = math.prod(np.broadcast_shapes(*arrays))
    except ValueError:  # NumPy will say so
        return 0
    return int(picked * math.prod(left))


def _axes(part: Any) -> int:
    """How many axes a part of an index takes up."""
    if part is None or part is ...:
        return 0
    array = np.asarray(part) if isinstance(part, np.ndarray | list) else None
    return array.ndim if array is not None and array.dtype.kind == "b" else 1
