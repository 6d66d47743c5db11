"""Code as an answer: the part of NumPy that an answer may call, and the arrays that it is tried on.

An answer is one expression. Nothing outside of these tables can be named in it; `language.code` reads it, and
`engine.code` computes it without ever executing it.
"""

import ast
import re
from typing import Literal

from studyapp.domain.limits import AUTHOR_CHARACTERS
from studyapp.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """How a function is called: the arguments in their order, of which `needed` must be there, and those by name alone.

    A function that is a `method`, too, may be written behind the array that is its first argument. One that is
    `variadic` takes its last argument spread out where it is a method: `x.reshape(2, 3)`.
    """

    arguments: tuple[str, ...]
    needed: int = 1
    named: tuple[str, ...] = ()
    method: bool = False
    variadic: bool = False


_ELEMENTWISE = (
    "exp log log1p expm1 log2 log10 sqrt tanh sinh cosh sin cos abs sign square floor ceil isnan isinf isfinite "
    "reciprocal negative logical_not"
)
_PAIRED = (
    "maximum minimum add subtract multiply divide power greater greater_equal less less_equal equal not_equal "
    "logical_and logical_or logical_xor"
)
TYPES = ("float64", "float32", "int64", "int32", "bool_")
"""Kinds of numbers by NumPy's names; `float`, `int` and `bool` are Python's."""
CONSTANTS = ("pi", "e", "inf", "nan", "newaxis", *TYPES)
"""What may follow `np.` without being called; kinds of numbers may be called, too."""
ATTRIBUTES = ("T", "shape", "size", "ndim")
PLAIN = ("len", "abs", "float", "int", "bool")
"""Functions of Python itself."""
DTYPE_WORDS = ("float", "int", "bool", *TYPES)
"""Kinds of numbers as they may be written in quotes."""

_REDUCTION = Call(("a", "axis", "dtype"), named=("keepdims",), method=True)
_EXTREME = Call(("a", "axis"), named=("keepdims",), method=True)
_SPREAD = Call(("a", "axis", "dtype"), named=("keepdims", "ddof"), method=True)

CALLS: dict[str, Call] = {
    **dict.fromkeys(_ELEMENTWISE.split(), Call(("x",))),
    **dict.fromkeys(_PAIRED.split(), Call(("x1", "x2"), 2)),
    **dict.fromkeys(("sum", "prod", "mean"), _REDUCTION),
    **dict.fromkeys(("max", "min", "amax", "amin", "any", "all", "argmax", "argmin"), _EXTREME),
    **dict.fromkeys(("std", "var"), _SPREAD),
    "cumsum": Call(("a", "axis", "dtype"), method=True),
    "count_nonzero": Call(("a", "axis"), named=("keepdims",)),
    "sort": Call(("a", "axis")),
    "argsort": Call(("a", "axis"), method=True),
    "diff": Call(("a", "n", "axis")),
    "dot": Call(("a", "b"), 2, method=True),
    "matmul": Call(("x1", "x2"), 2),
    "outer": Call(("a", "b"), 2),
    "einsum": Call(("subscripts", "a", "b", "c"), 2),
    "trace": Call(("a", "offset", "axis1", "axis2"), method=True),
    "diag": Call(("v", "k")),
    "linalg.norm": Call(("x", "ord", "axis"), named=("keepdims",)),
    "linalg.inv": Call(("a",)),
    "linalg.solve": Call(("a", "b"), 2),
    "where": Call(("condition", "x", "y"), 3),
    "clip": Call(("a", "a_min", "a_max"), 3, method=True),
    "zeros": Call(("shape", "dtype")),
    "ones": Call(("shape", "dtype")),
    "full": Call(("shape", "fill_value", "dtype"), 2),
    "eye": Call(("N", "M", "k", "dtype")),
    "arange": Call(("start", "stop", "step"), named=("dtype",)),
    "linspace": Call(("start", "stop", "num"), 2),
    "zeros_like": Call(("a", "dtype")),
    "ones_like": Call(("a", "dtype")),
    "full_like": Call(("a", "fill_value", "dtype"), 2),
    "array": Call(("object", "dtype")),
    "asarray": Call(("a", "dtype")),
    "reshape": Call(("a", "shape"), 2, method=True, variadic=True),
    "transpose": Call(("a", "axes"), method=True, variadic=True),
    "swapaxes": Call(("a", "axis1", "axis2"), 3, method=True),
    "ravel": Call(("a",), method=True),
    "flatten": Call(("a",), method=True),
    "squeeze": Call(("a", "axis"), method=True),
    "expand_dims": Call(("a", "axis"), 2),
    "broadcast_to": Call(("array", "shape"), 2),
    "tile": Call(("A", "reps"), 2),
    "repeat": Call(("a", "repeats", "axis"), 2, method=True),
    "concatenate": Call(("arrays", "axis")),
    "stack": Call(("arrays", "axis")),
    "hstack": Call(("tup",)),
    "vstack": Call(("tup",)),
    "pad": Call(("array", "pad_width", "mode"), 2, named=("constant_values",)),
    "astype": Call(("a", "dtype"), 2, method=True),
    "item": Call(("a",), method=True),
    "copy": Call(("a",), method=True),
    **dict.fromkeys((*TYPES, "len", "float", "int", "bool"), Call(("x",))),
}
"""Every function that an answer may call: `sum` is `np.sum`, `linalg.inv` is `np.linalg.inv`."""
NUMPY = ("np", "numpy")
METHODS_ALONE = frozenset({"flatten", "astype", "item"})
"""Functions that are written behind an array and nowhere else."""
BEHIND_NP = (*(name for name in CALLS if name not in METHODS_ALONE and name not in PLAIN), "abs")

Entries = Literal["real", "positive", "probabilities", "one_hot", "labels", "binary", "integer", "size"]
ENTRIES: tuple[Entries, ...] = (
    "real",
    "positive",
    "probabilities",
    "one_hot",
    "labels",
    "binary",
    "integer",
    "size",
)
"""What the entries of an array are. `integer` and `size` are single numbers, `real` and `positive` may be."""


@dataclass(frozen=True, slots=True)
class ArrayDomain:
    """The arrays that a name may stand for: what the entries are, and the axes, each a name of a size or a number.

    `labels(N, C)` are N integers below C: their second axis is only counted in. `low` and `high` bound an `integer`.
    """

    name: str
    entries: Entries
    axes: tuple[str | int, ...] = ()
    low: int = 0
    high: int = 0

    @property
    def text(self) -> str:
        """As it is written: `real(N, D)`."""
        inside = (self.low, self.high) if self.entries == "integer" else self.axes
        return f"{self.entries}({', '.join(map(str, inside))})" if inside else self.entries

    @property
    def sizes(self) -> tuple[str, ...]:
        """The names of its sizes; a `size` is one by itself."""
        return (self.name,) if self.entries == "size" else tuple(axis for axis in self.axes if isinstance(axis, str))


def called(node: ast.Call) -> tuple[str, ast.expr | None]:
    """The function of a call by its name in `CALLS`, with the array in front of a method; other names for others."""
    match node.func:
        case ast.Name(name):
            return (name if name in PLAIN else ""), None
        case ast.Attribute(target, method) as function:
            behind = behind_np(function)
            if behind is None:
                return method if method in CALLS else "", target
            return behind if behind in BEHIND_NP else "", None
        case _:
            return "", None


def behind_np(node: ast.Attribute) -> str | None:
    """What follows `np.` (`linalg.inv`); None where it is an attribute of something else."""
    match node:
        case ast.Attribute(ast.Name(module), name) if module in NUMPY:
            return name
        case ast.Attribute(ast.Attribute(ast.Name(module), "linalg"), name) if module in NUMPY:
            return f"linalg.{name}"
        case _:
            return None


_ARRAY = re.compile(r"\s*([a-z_]+)\s*(?:\(([^()]*)\))?\s*")
_AXIS = re.compile(r"[A-Za-z]\w*|[1-9]\d?")
_WHOLE = re.compile(r"[+-]?\d{1,6}")
LARGEST_AXIS = 12
_AXES = {"size": (0, 0), "integer": (2, 2), "probabilities": (1, 3), "one_hot": (2, 2), "labels": (2, 2)}
"""How many axes there may be; of the others from none (a number) to four."""


def read_array(name: str, text: str) -> ArrayDomain | None:
    """The arrays that a name is declared to stand for: `real(N, D)`, `labels(N, C)`, `integer(2, 5)`, `size`."""
    match = _ARRAY.fullmatch(text)
    if match is None or len(text) > AUTHOR_CHARACTERS:
        return None
    entries = next((word for word in ENTRIES if word == match[1]), None)
    axes = [axis.strip() for axis in match[2].split(",")] if match[2] is not None else []
    if entries is None:
        return None
    fewest, most = _AXES.get(entries, (0, 4))
    if not fewest <= len(axes) <= most or (entries == "binary" and not axes):
        return None
    if entries == "integer":
        low, high = (int(end) if _WHOLE.fullmatch(end) else None for end in axes)
        return None if low is None or high is None or low > high else ArrayDomain(name, entries, (), low, high)
    if not all(_AXIS.fullmatch(axis) for axis in axes):
        return None
    sizes = tuple(int(axis) if axis.isdecimal() else axis for axis in axes)
    if any(isinstance(size, int) and size > LARGEST_AXIS for size in sizes):
        return None
    return ArrayDomain(name, entries, sizes)
