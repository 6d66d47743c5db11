"""The arrays on which code is tried: drawn so that slips show, the same at every time.

A wrong axis shows where sizes differ, a missing `keepdims` where N = 1, a lost ε where an entry is 0, `>` for `>=`
where entries are equal, a sum for a mean where some predictions are right and some are not.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np

from studyapp.domain.code import ArrayDomain
from studyapp.domain.values import dataclass

Arrays = dict[str, Any]
Uniform = Callable[[], float]
"""A source of numbers from 0 to 1."""
Special = Literal["", "zeros", "ties", "free"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One set of arrays: the sizes in the order in which they are declared, and what is special about the entries."""

    name: str
    sizes: tuple[int, ...]
    special: Special = ""
    single: bool = False
    """Whether N, or the first size where there is no N, is 1."""


TRIALS = (
    Trial("wide", (4, 6, 3, 5, 2, 7)),
    Trial("tall", (5, 3, 4, 2, 7, 6)),
    Trial("other", (6, 4, 5, 7, 3, 2)),
    Trial("equal", (3, 3, 3, 3, 3, 3)),
    Trial("one", (1, 4, 3, 5, 2, 6), single=True),
    Trial("zeros", (4, 3, 5, 2, 6, 7), "zeros"),
    Trial("ties", (5, 4, 2, 3, 7, 6), "ties"),
)
"""The trials of every answer, in order: an answer that has no value in the first one does not fit together."""
FREE = tuple(
    Trial(f"free {number}", sizes, special)
    for special in ("free", "", "zeros", "ties")
    for number, sizes in enumerate(((4, 6, 3, 5, 2, 7), (7, 3, 5, 2, 6, 4), (2, 5, 7, 3, 4, 6), (6, 7, 4, 3, 5, 2)))
)
"""Further trials of what no trial tells from the key: entries of any value, whatever the arrays are declared to be."""
BEYOND = 7
"""How far beyond its bounds an integer may be where it may have any value."""
SMALL = (2, 3, 2, 3, 2, 3)
"""The sizes of an example that is shown."""


def drawn(domains: Sequence[ArrayDomain], trial: Trial) -> Arrays:
    """The arrays of a trial by name."""
    uniform = random.Random(f"{trial.name}:{','.join(domain.name for domain in domains)}").random
    sizes = sizes_of(domains, trial)
    arrays: Arrays = {}
    for domain in domains:
        arrays[domain.name] = _drawn(domain, sizes, trial.special, uniform)
        _agree(domain, domains, arrays, trial.special)
    return arrays


def sizes_of(domains: Sequence[ArrayDomain], trial: Trial) -> dict[str, int]:
    """The sizes of a trial by name, in the order in which they are declared."""
    names = list(dict.fromkeys(size for domain in domains for size in domain.sizes))
    if trial.single and "N" in names:
        names.remove("N")
        names.insert(0, "N")
    return {name: trial.sizes[place % len(trial.sizes)] for place, name in enumerate(names)}


def _drawn(domain: ArrayDomain, sizes: Mapping[str, int], special: Special, uniform: Uniform) -> Any:
    shape = tuple(sizes[axis] if isinstance(axis, str) else axis for axis in domain.axes)
    count = int(np.prod(shape)) if shape else 1
    match domain.entries:
        case "size":
            return sizes[domain.name]
        case "integer":
            high = domain.high + BEYOND if special == "free" else domain.high
            return domain.low + int(uniform() * (high - domain.low + 1))
        case "labels":
            low = -shape[1] if special == "free" else 0
            return np.array([low + int(uniform() * (shape[1] - low)) for _ in range(shape[0])])
        case "one_hot" if special != "free":
            return np.eye(shape[1])[[int(uniform() * shape[1]) for _ in range(shape[0])]]
        case "binary" if special != "free":
            return np.array([int(uniform() * 2) for _ in range(count)]).reshape(shape)
        case "positive" | "probabilities":
            numbers = np.array([_positive(special, uniform) for _ in range(count)]).reshape(shape)
        case _:
            numbers = np.array([_real(special, uniform) for _ in range(count)]).reshape(shape)
    if domain.entries == "probabilities" and special != "free":
        numbers = _normalised(numbers, special)
    return numbers if shape else float(numbers)


def _real(special: Special, uniform: Uniform) -> float:
    sign, size = (1 if uniform() < 0.5 else -1), 0.1 + 2.4 * uniform()
    if special == "zeros" and uniform() < 0.35:
        return 0.0
    return float(sign * (1 + int(size))) if special == "ties" else sign * size


def _positive(special: Special, uniform: Uniform) -> float:
    size = 0.05 + 1.9 * uniform()
    return float(1 + int(size)) if special == "ties" else size


def _normalised(numbers: Any, special: Special) -> Any:
    """Rows that sum to 1, with a 0 in every other one of those with zeros."""
    if special == "zeros" and numbers.shape[-1] > 1:
        rows = numbers.reshape(-1, numbers.shape[-1])
        rows[::2, 0] = 0.0
        numbers = rows.reshape(numbers.shape)
    return numbers / numbers.sum(axis=-1, keepdims=True)


def _agree(domain: ArrayDomain, domains: Sequence[ArrayDomain], arrays: Arrays, special: Special) -> None:
    """Every other label is what a score of the same axes is largest for: some predictions are right, some are not."""
    if domain.entries not in ("labels", "one_hot", "real", "positive", "probabilities") or special == "free":
        return
    for other in domains[: domains.index(domain)]:
        pair = {domain.entries, other.entries}
        if other.axes != domain.axes or not pair & {"labels", "one_hot"} or not pair - {"labels", "one_hot"}:
            continue
        target, scores = (domain, other) if domain.entries in ("labels", "one_hot") else (other, domain)
        best = np.argmax(arrays[scores.name], axis=-1)[::2]
        if target.entries == "labels":
            arrays[target.name][::2] = best
        else:
            arrays[target.name][::2] = np.eye(arrays[target.name].shape[1])[best]


def example(domains: Sequence[ArrayDomain], known: Mapping[str, Any], uniform: Uniform) -> Arrays:
    """Small arrays of short numbers, to be shown and to see what code gives on them; the known ones are as they are."""
    sizes = sizes_of(domains, Trial("example", SMALL))
    for domain in domains:
        shape = np.shape(known[domain.name]) if domain.name in known else ()
        sizes |= {axis: size for axis, size in zip(domain.axes, shape, strict=False) if isinstance(axis, str)}
        if domain.entries == "size" and domain.name in known:
            sizes[domain.name] = int(known[domain.name])
    return {domain.name: known.get(domain.name, _short(domain, sizes, uniform)) for domain in domains}


def _short(domain: ArrayDomain, sizes: Mapping[str, int], uniform: Uniform) -> Any:
    """A drawn array in tenths; probabilities still sum to 1."""
    value = _drawn(domain, sizes, "", uniform)
    match domain.entries:
        case "real":
            return np.round(value, 1)
        case "positive":
            return np.maximum(np.round(value, 1), 0.1)
        case "probabilities":
            tenths = np.maximum(1, np.floor(value * 10))
            tenths[..., -1] += 10 - tenths.sum(axis=-1)
            return np.round(tenths / 10, 1)
        case _:
            return value
