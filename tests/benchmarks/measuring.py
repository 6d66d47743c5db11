"""What every benchmark gives: rows, each a figure beside what it is compared with, taken in turns on one machine."""

import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import linear_regression, median
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A promise and what was measured. Without something to compare with, `reference` and `ratio` are None."""

    what: str
    measured: float
    unit: str
    promise: str
    holds: bool
    against: str = ""
    reference: float | None = None
    ratio: float | None = None
    more: Mapping[str, object] = field(default_factory=dict)


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def counted(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """The things, while a terminal shows how many of them are done."""
    for done, thing in enumerate(things):
        if sys.stderr.isatty():
            print(f"\r{done:,} of {len(things):,} {what}", end="\r", file=sys.stderr, flush=True)
        yield thing


@dataclass(frozen=True, slots=True)
class Pair:
    """What two sides took, round by round."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of ours by the median of theirs."""
        return median(self.ours) / median(self.theirs)

    def at_most(self, what: str, against: str, most: float, *, scale: float = 1000, unit: str = "ms") -> Row:
        """The row that promises this ratio or less."""
        ours, theirs = ([scale * taken for taken in side] for side in (self.ours, self.theirs))
        promise, holds = f"≤ {most:g} ×", self.ratio <= most
        figures = median(ours), unit, against, median(theirs)
        return beside(what, *figures, promise=promise, holds=holds, ours=ours, theirs=theirs)


def in_turns(ours: Callable[[], float], theirs: Callable[[], float], rounds: int, *, warm: int = 1) -> Pair:
    """What both sides measure, taking turns; which one begins changes. The first `warm` rounds do not count."""
    found: tuple[list[float], list[float]] = ([], [])
    sides = (ours, theirs)
    for turn in counted(range(rounds + warm), "rounds"):
        for side in sorted((0, 1), reverse=turn % 2 == 1):
            figure = sides[side]()
            if turn >= warm:
                found[side].append(figure)
    return Pair(*map(tuple, found))


def beside(
    what: str, measured: float, unit: str, against: str, reference: float, *, promise: str, holds: bool, **more: object
) -> Row:
    """The row of a figure beside another, with the ratio of the two."""
    sides = {"measured": measured, "unit": unit, "against": against, "reference": reference}
    return Row(what=what, **sides, ratio=measured / reference, promise=promise, holds=holds, more=more)


def limited(what: str, measured: float, unit: str, most: float, **more: object) -> Row:
    """The row that promises a figure by itself."""
    return Row(what=what, measured=measured, unit=unit, promise=f"≤ {most:g} {unit}", holds=measured <= most, more=more)


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The power of size with which cost grows: the slope of the line through the logarithms."""
    return linear_regression([math.log(size) for size in sizes], [math.log(cost) for cost in costs]).slope


def growing(what: str, sizes: Sequence[int], cost: Callable[[int], float], rounds: int, most: float = 1.1) -> Row:
    """How the cost (seconds) of something grows with its size; the median of the rounds counts."""
    costs = [median(cost(size) for _ in range(rounds)) for size in sizes]
    power = exponent(sizes, costs)
    return Row(
        what=what,
        measured=1000 * costs[-1],
        unit="ms",
        against=f"{sizes[0]:,} of {sizes[-1]:,}",
        reference=1000 * costs[0],
        ratio=power,
        promise=f"exponent ≤ {most:g}",
        holds=power <= most,
        more={"sizes": list(sizes), "costs_ms": [1000 * cost for cost in costs]},
    )
