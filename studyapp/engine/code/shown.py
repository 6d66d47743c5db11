"""Arrays as they are shown: with few digits, in NumPy's brackets, and shapes in the names of sizes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studyapp.engine.code.evaluation import Array

DIGITS = 4
"""Significant digits of an entry."""
MOST_ENTRIES = 24
"""Entries that are shown in full."""


def array_text(value: Array) -> str:
    """An array on one line, `[[1, 2], [0.5, -1]]`; of a large one its shape."""
    if value.size > MOST_ENTRIES:
        return f"shape {shape_text(value.shape, {})}"
    return _text(value.tolist())


def _text(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return str(value) if isinstance(value, bool | int) else f"{value:.{DIGITS}g}"


def shape_text(shape: tuple[int, ...], sizes: Mapping[str, int]) -> str:
    """A shape as NumPy writes it; a size that has one name, as that: `(N, 1)`."""
    names = {size: name for name, size in sizes.items() if list(sizes.values()).count(size) == 1}
    texts = [names.get(axis, str(axis)) for axis in shape]
    return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"


def as_lists(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Arrays as lists of plain numbers, which travel as JSON."""
    return {name: np.asarray(value).tolist() for name, value in arrays.items()}


def as_arrays(lists: Mapping[str, Any]) -> dict[str, Any]:
    """The same the other way; a number stays a plain one."""
    return {name: np.array(value) if isinstance(value, list) else value for name, value in lists.items()}
