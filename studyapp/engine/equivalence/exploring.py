"""Points on all sides of switches: over all scales, along lines through them, and uphill where a cell was not met."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.engine.equivalence.polynomials import NormalForms, is_linear
from studyapp.engine.equivalence.sampling import POINTS, Column
from studyapp.engine.equivalence.setting import Setting
from studyapp.engine.equivalence.switches import Signs, Switches
from studyapp.engine.interpretation import evaluate

POINTS_A_CELL = 3
MOST_BASES = 6
"""Points that lines are drawn through, each in a cell of its own."""
ON_A_LINE = 64
MOST_BRACKETS = 128
HALVINGS = 30
CLIMBS = 30
"""Steps uphill, each half as long as the one before."""
STARTS = 6
SMALLEST, LARGEST = 1e-5, 1e6

Floats = dict[str, Column]


class Explorer:
    """The points looked at so far, and the signs that every switch has at them."""

    def __init__(self, switches: Switches, setting: Setting) -> None:
        self.switches = switches
        self.sample = setting.sample
        self.domains = {domain.name: domain for domain in setting.sample.free}
        near, far = setting.sample.floats, setting.far.sample.floats
        self.free: Floats = {name: np.concatenate([near[name], far[name]]) for name in self.domains}
        self._ties = np.array(switches.ties, dtype=float)[:, np.newaxis]
        self.signs = self._signs_of(self.values(self.free))
        self._places: dict[Signs, list[int]] = {}
        self._prefixes: set[Signs] = set()
        self._followed = self._all_linear()
        self._index(0)

    def _signs_of(self, values: Any) -> Any:
        """The signs of conditions, those of zero by their ties."""
        return np.where(values == 0, self._ties, np.sign(values))

    def values(self, free: Floats) -> Any:
        """What the switches are the signs of, a row for each switch."""
        count = len(next(iter(free.values()))) if free else 1
        environment: dict[str, Any] = dict(free)
        rows = np.zeros((len(self.switches.conditions), count))
        products = {name: one for name, one in self.switches.products.items() if name not in free}
        with np.errstate(all="ignore"):
            for place, condition in enumerate(self.switches.conditions):
                rows[place] = evaluate(condition, environment, POINTS)
                for name, product in list(products.items()):
                    if max(product.places) <= place:
                        del products[name]
                        places = list(product.places)
                        signs = np.where(rows[places] == 0, self._ties[places], np.sign(rows[places]))
                        environment[name] = product.factor * np.prod(signs, axis=0)
        return rows

    def has_seen(self, signs: Signs) -> bool:
        """Whether a point was met at which the first switches have these signs."""
        return signs in self._prefixes

    def points(self, signs: Signs) -> list[Mapping[str, Decimal]]:
        """Points met in a cell, the nearest first."""
        places = np.array(self._places.get(signs, ()), dtype=int)
        if not len(places) or not self.free:
            return [{}] if len(places) else []
        size = np.max([np.abs(column[places]) for column in self.free.values()], axis=0)
        nearest = places[np.argsort(size, kind="stable")[:POINTS_A_CELL]]
        return [{name: Decimal(float(column[place])) for name, column in self.free.items()} for place in nearest]

    def _index(self, first: int) -> None:
        """Enter the points from one place on into their cells."""
        signs = self.signs[:, first:]
        valid = np.flatnonzero(np.all(np.abs(signs) == 1, axis=0))
        if not len(valid):
            return
        weights = 2 ** np.arange(len(signs), dtype=np.int64)
        codes = weights @ (signs[:, valid] > 0) if len(signs) else np.zeros(len(valid), dtype=np.int64)
        order = np.argsort(codes, kind="stable")
        kinds, starts = np.unique(codes[order], return_index=True)
        for code, places in zip(kinds, np.split(valid[order], starts[1:]), strict=True):
            key = tuple(1 if int(code) >> i & 1 else -1 for i in range(len(signs)))
            if key not in self._places:
                self._prefixes.update(key[: i + 1] for i in range(len(key)))
            self._places.setdefault(key, []).extend((first + places).tolist())

    def add(self, free: Floats) -> None:
        """Look at more points, those of them that lie in the domains."""
        free = {
            name: np.round(column) if self.domains[name].kind == "integer" else column for name, column in free.items()
        }
        count = len(next(iter(free.values())))
        _, kept = self.sample.completed(free, count)
        if not kept.any():
            return
        inside = {name: column[kept] for name, column in free.items()}
        first = self.signs.shape[1]
        self.signs = np.concatenate([self.signs, self._signs_of(self.values(inside))], axis=1)
        self.free = {name: np.concatenate([self.free[name], inside[name]]) for name in self.free}
        self._index(first)

    def _all_linear(self) -> bool:
        """Whether every switch is one of a sum of symbols: such cells are found exactly."""
        forms = [NormalForms().of(condition) for condition in self.switches.conditions]
        return all(form is not None and is_linear(form) for form in forms)

    # --- lines ---------------------------------------------------------------------------------------------------

    def follow_lines(self) -> None:
        """From a point of each cell along every symbol and a diagonal, once; new cells give new lines."""
        if self._followed:
            return
        self._followed = True
        done: set[Signs] = set()
        while len(done) < MOST_BASES:
            fresh = [signs for signs in self._places if signs not in done][: MOST_BASES - len(done)]
            if not fresh:
                return
            done.update(fresh)
            self._along([self._places[signs][0] for signs in fresh])

    def _along(self, bases: list[int]) -> None:
        moving = [name for name, domain in self.domains.items() if domain.kind != "label"]
        ways: list[tuple[str, ...]] = [(name,) for name in moving]
        if len(moving) > 1:
            ways.append(tuple(moving))
        lines = len(bases) * len(ways)
        if not lines:
            return
        share = np.linspace(0, 1, ON_A_LINE)
        grid: Floats = {}
        for name, column in self.free.items():
            rows = np.repeat(column[bases], len(ways))[:, np.newaxis] * np.ones(ON_A_LINE)
            for place in range(lines):
                if name in ways[place % len(ways)]:
                    rows[place] = _line(self.domains[name], share)
            grid[name] = rows
        flat = {name: rows.ravel() for name, rows in grid.items()}
        values = self.values(flat).reshape(-1, lines, ON_A_LINE)
        self.add(flat)
        self._cross(grid, values)
        self._dip(grid, values)

    def _cross(self, grid: Floats, values: Any) -> None:
        """Close in on every change of sign; points at both sides, and between neighbouring changes of a line."""
        signs = np.sign(values)
        which, line, at = np.nonzero(signs[:, :, 1:] * signs[:, :, :-1] < 0)
        which, line, at = which[:MOST_BRACKETS], line[:MOST_BRACKETS], at[:MOST_BRACKETS]
        if not len(which):
            return
        low, high = np.zeros(len(which)), np.ones(len(which))
        before = signs[which, line, at]
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            same = np.sign(self.values(_between(grid, line, at, middle))[which, np.arange(len(which))]) == before
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        root = (low + high) / 2
        shares = [np.clip(root + step, 0, 1) for step in (-0.3, -0.05, -1e-3, -1e-9, 1e-9, 1e-3, 0.05, 0.3)]
        self.add(_between(grid, np.tile(line, 8), np.tile(at, 8), np.concatenate(shares)))
        order = np.lexsort((at + root, line))
        line, position = line[order], (at + root)[order]
        neighbours = np.flatnonzero((line[1:] == line[:-1]) & (position[1:] > position[:-1]))
        if len(neighbours):
            middle = (position[neighbours] + position[neighbours + 1]) / 2
            whole = np.minimum(np.floor(middle).astype(int), ON_A_LINE - 2)
            self.add(_between(grid, line[neighbours], whole, middle - whole))

    def _dip(self, grid: Floats, values: Any) -> None:
        """Follow every dip towards zero between points of one sign: it may cross for a moment."""
        size = np.abs(values)
        signs = np.sign(values)
        inner = (size[:, :, 1:-1] <= size[:, :, :-2]) & (size[:, :, 1:-1] <= size[:, :, 2:])
        inner &= (signs[:, :, 1:-1] == signs[:, :, :-2]) & (signs[:, :, 1:-1] == signs[:, :, 2:])
        which, line, at = (places[:MOST_BRACKETS] for places in np.nonzero(inner))
        if not len(which):
            return
        sign, count = signs[which, line, at], np.arange(len(which))
        low, high = np.zeros(len(which)), np.full(len(which), 2.0)
        for _ in range(HALVINGS):
            first, second = low + (high - low) / 3, high - (high - low) / 3
            left = sign * self.values(_between(grid, line, at, first))[which, count]
            right = sign * self.values(_between(grid, line, at, second))[which, count]
            low, high = np.where(left <= right, low, first), np.where(left <= right, second, high)
        self.add(_between(grid, line, at, (low + high) / 2))

    # --- uphill --------------------------------------------------------------------------------------------------

    def climbed(self, signs: Signs) -> list[Mapping[str, Decimal]]:
        """Points of a cell that none was met in, found by making its worst condition better; empty where none was."""
        wanted = np.array(signs, dtype=float)[:, np.newaxis]
        fixed = {
            name: float(signs[next(iter(product.places))])
            for name, product in self.switches.products.items()
            if name in self.domains
        }
        moving = [name for name in self.domains if name not in fixed]
        if not moving:
            return []
        height = self._height(self.free, wanted)
        best = np.argsort(-height)[:STARTS]
        starts = {name: column[best].copy() for name, column in self.free.items()}
        for name, value in fixed.items():
            starts[name][:] = value
        for step in 10.0 * 0.5 ** np.arange(CLIMBS):
            tried = {name: [column] for name, column in starts.items()}
            for name in moving:
                for move in (-step, step):
                    for other, column in starts.items():
                        size = np.abs(column) + 1e-6 if other == name else 0.0
                        tried[other].append(column + move * size)
            flat = {name: np.concatenate(columns) for name, columns in tried.items()}
            _, kept = self.sample.completed(flat, len(next(iter(flat.values()))))
            height = np.where(kept, self._height(flat, wanted), -np.inf).reshape(-1, len(best))
            winner = np.argmax(height, axis=0)
            starts = {
                name: column.reshape(-1, len(best))[winner, np.arange(len(best))] for name, column in flat.items()
            }
            if np.max(height) > 0:
                break
        self.add(starts)
        return self.points(signs)

    def _height(self, free: Floats, wanted: Any) -> Column:
        """The least of the conditions, each measured by its usual size."""
        values = self.values(free) * wanted
        with np.errstate(all="ignore"):
            scale = np.mean(np.abs(np.nan_to_num(values, posinf=0.0, neginf=0.0)), axis=1, keepdims=True) + 1e-300
        return np.nan_to_num(np.min(values / scale, axis=0), nan=-np.inf)


def _line(domain: SymbolDomain, share: Column) -> Column:
    """Values of a symbol from one end of its domain to the other, dense near zero or near its ends."""
    match domain.kind:
        case "interval" if domain.low is not None and domain.high is not None:
            low, width = float(domain.low), float(domain.high - domain.low)
            return low + width * (1 - np.cos(np.pi * (share * 0.9998 + 1e-4))) / 2
        case "positive" | "nonnegative":
            return SMALLEST * (LARGEST / SMALLEST) ** share
        case "integer":
            return np.round((share - 0.5) * 2 * ON_A_LINE)
        case _:
            spread = np.abs(2 * share - 1)
            return np.sign(2 * share - 1) * SMALLEST * (LARGEST / SMALLEST) ** spread


def _between(grid: Floats, line: Any, at: Any, share: Column) -> Floats:
    """Points between two neighbours of a line, by how far from the first (up to 2: beyond the second)."""
    beyond = np.minimum(at + np.floor(share).astype(int), ON_A_LINE - 2)
    rest = share - (beyond - at)
    return {
        name: rows[line, beyond] * (1 - rest) + rows[line, beyond + 1] * rest if name in grid else rows
        for name, rows in grid.items()
    }
