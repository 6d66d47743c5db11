"""The value of code: its tree walked part by part, every function looked up in a table. Nothing is executed.

What a part would make is counted before it is made; an error is NumPy's own, in its words.
"""

import ast
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np

from studyapp.domain.code import CALLS, behind_np, called
from studyapp.domain.limits import CODE_AXES, CODE_BITS, CODE_NUMBERS, CODE_WORK
from studyapp.domain.values import dataclass
from studyapp.engine.code.functions import (
    CONSTANTS,
    COUNTING,
    FUNCTIONS,
    OPERATORS,
    CodeError,
    Size,
    entries,
    indexed,
)

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class NoValue:
    """Why code has no value: the name of the error that NumPy or Python would raise, and its message.

    The name is empty, and the message the code of a `CodeError`, where a bound of ours was met.
    """

    error: str
    message: str
    shapes: tuple[tuple[int, ...], ...] = ()
    """Of the arrays that did not fit together, where the error is about some."""


def evaluate(tree: ast.expr, arrays: Mapping[str, Any]) -> Array | NoValue:
    """The value of a tree that `read_code` gave, as an array (of no axes for a number). Never raises."""
    evaluation = _Evaluation(arrays)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return _array(evaluation.value(tree))
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError) as error:
        name = "" if isinstance(error, CodeError) else type(error).__name__.lstrip("_")
        return NoValue(name, str(error).strip(), evaluation.operands)


def _array(value: Any) -> Array:
    """A value as an array of numbers or of truth values."""
    if entries(value) > CODE_NUMBERS:
        raise CodeError("numbers")
    if isinstance(value, str | type) or value is None or value is ...:
        raise TypeError(f"no array of numbers: {value!r}")
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"no array of numbers: dtype {array.dtype}")
    return array


@dataclass(slots=True)
class _Evaluation:
    arrays: Mapping[str, Any]
    work: int = 0
    operands: tuple[tuple[int, ...], ...] = ()
    """The shapes of the arrays that are put together right now."""

    def value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value):
                return value
            case ast.Name(name):
                return self.arrays[name] if name in self.arrays else CONSTANTS[name]
            case ast.Attribute(target, attribute):
                constant = behind_np(node)
                return self._attribute(self.value(target), attribute) if constant is None else CONSTANTS[constant]
            case ast.BinOp(left, sign, right):
                return self._operation(sign, self.value(left), self.value(right))
            case ast.UnaryOp(sign, operand):
                return self._operation(sign, self.value(operand))
            case ast.Compare(left, [sign], [right]):
                return self._operation(sign, self.value(left), self.value(right))
            case ast.IfExp(test, right, other):
                return self.value(right if bool(self.value(test)) else other)
            case ast.Tuple(items):
                return tuple(map(self.value, items))
            case ast.List(items):
                return list(map(self.value, items))
            case ast.Subscript(target, index):
                return self._part(self.value(target), self._index(index))
            case ast.Call():
                return self._call(node)
            case _:
                raise TypeError(f"{type(node).__name__} has no value")

    def _attribute(self, value: Any, name: str) -> Any:
        if isinstance(value, np.ndarray | np.generic):
            match name:
                case "T":
                    return np.transpose(value)
                case "shape":
                    return value.shape
                case "size":
                    return value.size
                case _:
                    return value.ndim
        raise AttributeError(f"'{type(value).__name__}' object has no attribute '{name}'")

    def _array_before(self, target: ast.expr, method: str) -> Any:
        value = self.value(target)
        if isinstance(value, np.ndarray | np.generic):
            return value
        raise AttributeError(f"'{type(value).__name__}' object has no attribute '{method}'")

    def _operation(self, sign: ast.AST, *operands: Any) -> Any:
        name = type(sign).__name__
        for operand in operands:
            if not isinstance(operand, int | float | np.ndarray | np.generic | list | tuple):
                raise TypeError(f"unsupported operand type for {name}: '{type(operand).__name__}'")
        function, size = OPERATORS[name]
        return self._applied(name, function, size, operands, {})

    def _call(self, node: ast.Call) -> Any:
        name, target = called(node)
        call = CALLS[name]
        given = [self.value(argument) for argument in node.args]
        if target is not None:
            if call.variadic and len(given) > 1:
                given = [tuple(given)]
            given = [self._array_before(target, name), *given]
        options = {str(keyword.arg): self.value(keyword.value) for keyword in node.keywords}
        for argument, value in (*zip(call.arguments, given, strict=False), *options.items()):
            if isinstance(value, str | type) and argument not in ("dtype", "subscripts", "mode"):
                raise TypeError(f"'{argument}' cannot be {value!r}")
            if value is ... or isinstance(value, slice):
                raise TypeError(f"'{argument}' cannot be {value!r}")
        function, size = FUNCTIONS[name]
        return self._applied(name, function, size, given, options)

    def _applied(self, name: str, function: Any, size: Size, given: Any, options: dict[str, Any]) -> Any:
        """The result of a function, once its size is known to be within bounds."""
        self._check_types(name, given, options)
        numbers, work = size(*given, **options)
        self._spend(numbers, work)
        shapes = [value.shape for value in given if isinstance(value, np.ndarray)]
        self.operands = tuple(shapes) if len(shapes) > 1 else ()
        result = function(*given, **options)
        self.operands = ()
        if isinstance(result, np.ndarray):
            self._check_array(result)
        elif type(result) is int and result.bit_length() > CODE_BITS:
            raise CodeError("digits")
        elif isinstance(result, complex | np.complexfloating):
            raise CodeError("complex")
        if name in COUNTING and isinstance(result, np.ndarray | np.generic) and result.dtype.kind == "i":
            self._check_integers(function, given, options, result)
        return result

    def _spend(self, numbers: int, work: int) -> None:
        self.work += work + 1
        if numbers > CODE_NUMBERS:
            raise CodeError("numbers")
        if self.work > CODE_WORK:
            raise CodeError("work")

    @staticmethod
    def _check_array(array: Array) -> None:
        if array.dtype.kind not in "biuf":
            raise TypeError(f"no array of numbers: dtype {array.dtype}")
        if array.ndim > CODE_AXES:
            raise CodeError("axes")

    @staticmethod
    def _check_types(name: str, given: Any, options: Mapping[str, Any]) -> None:
        """No fraction beyond the integers is made one, for what comes of it differs between machines."""
        kinds = [value for value in (*given, *options.values()) if isinstance(value, str | type)]
        if name in ("int", "int64", "int32"):
            kinds.append(name)
        if not any(str(getattr(kind, "__name__", kind)).startswith("int") for kind in kinds):
            return
        bits = 30 if any("32" in str(getattr(kind, "__name__", kind)) for kind in kinds) else CODE_BITS
        for value in (*given, *options.values()):
            if isinstance(value, int | float | np.ndarray | np.generic | list | tuple):
                numbers = np.asarray(value)
                if numbers.dtype.kind in "if" and not np.all(np.abs(numbers.astype(float)) < 2.0**bits):
                    raise CodeError("conversion")

    @staticmethod
    def _check_integers(function: Any, given: Any, options: Mapping[str, Any], result: Any) -> None:
        """An array of integers wraps around without a word: the same is computed with floats, and held against it."""

        def as_floats(value: Any) -> Any:
            return np.asarray(value, dtype=float) if isinstance(value, np.ndarray | np.generic) else value

        others = {name: value for name, value in options.items() if name != "dtype"}
        try:
            floats = function(*map(as_floats, given), **others)
        except (TypeError, ValueError):
            return
        if not np.all(np.abs(np.asarray(floats, dtype=float)) < 2.0 ** (8 * result.dtype.itemsize - 2)):
            raise CodeError("digits")

    def _index(self, node: ast.expr) -> Any:
        match node:
            case ast.Tuple(items):
                return tuple(map(self._index, items))
            case ast.Slice(start, stop, step):
                return slice(*(None if end is None else self.value(end) for end in (start, stop, step)))
            case _:
                return self.value(node)

    def _part(self, target: Any, index: Any) -> Any:
        if isinstance(target, np.generic):
            target = np.asarray(target)
        if not isinstance(target, np.ndarray | list | tuple):
            raise TypeError(f"'{type(target).__name__}' object is not subscriptable")
        for part in index if isinstance(index, tuple) else (index,):
            if isinstance(part, str | type | float):
                raise IndexError("only integers, slices, ellipsis, numpy.newaxis and arrays are valid indices")
        numbers = indexed(target, index)
        self._spend(numbers, numbers)
        part = target[index]
        if isinstance(part, np.ndarray):
            self._check_array(part)
        return part
