"""Large batches, a block of rows at a time: what lies between input and result stays in the processor's cache.

An array of megabytes costs more to be made than to be filled, because the system hands its memory out page by page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from studyapp.engine.catalogue.arguments import Argument, Array

BLOCK = 65_536
"""Elements that are worked on at once."""


def by_blocks(work: Callable[..., Array], arguments: Sequence[Argument], values: Sequence[Array]) -> Array:
    """What `work` makes of a batch, row by row independently; a small batch, or one row alone, is taken at once."""
    rows = len(values[0]) if np.ndim(values[0]) else 0
    count = max(1, BLOCK * rows // max(1, *map(np.size, values)))
    pairs = zip(arguments, values, strict=True)
    batched = all(one.axes.startswith("n") and np.ndim(value) == len(one.axes) for one, value in pairs)
    if not batched or rows <= count:
        return work(*values)
    first = work(*(value[:count] for value in values))
    made = np.empty((rows, *first.shape[1:]))
    made[:count] = first
    for start in range(count, rows, count):
        made[start : start + count] = work(*(value[start : start + count] for value in values))
    return made
