"""Points on all sides of switches: over all scales, and uphill towards a cell that none was met in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from studyapp.engine.equivalence.sampling import POINTS, Column
from studyapp.engine.equivalence.setting import Setting
from studyapp.engine.equivalence.switches import Signs, Switches
from studyapp.engine.interpretation import evaluate

POINTS_A_CELL = 3
CLIMBS = 30
"""Steps uphill, each half as long as the one before."""
STARTS = 6

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
        self._index(0)

    def _signs_of(self, values: Any) -> Any:
        """The signs of conditions, those of zero by their ties."""
        return np.where(values == 0, self._ties, np.sign(values))

    def values(self, free: Floats) -> Any:
        """What the switches are the signs of, a row for each switch."""
        count = len(next(iter(free.values()))) if free else 1
        environment: dict[str, Any] = dict(free)
        rows = np.zeros((len(self.switches.conditions), count))
        products = {name: product for name, product in self.switches.products.items() if name not in free}
        with np.errstate(all="ignore"):
            for place, condition in enumerate(self.switches.conditions):
                rows[place] = evaluate(condition, environment, POINTS)
                for name, product in list(products.items()):
                    if max(product.places) <= place:
                        del products[name]
                        signs = self._signs_of(rows)[list(product.places)]
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
        columns = self.signs[:, first:].T
        valid = np.all(np.abs(columns) == 1, axis=1).tolist()
        for place, (column, is_valid) in enumerate(zip(columns.tolist(), valid, strict=True), first):
            if is_valid:
                key = tuple(map(int, column))
                if key not in self._places:
                    self._prefixes.update(key[: i + 1] for i in range(len(key)))
                self._places.setdefault(key, []).append(place)

    def add(self, free: Floats) -> None:
        """Look at more points, those of them that lie in the domains."""
        integers = {name: np.round(column) for name, column in free.items() if self.domains[name].kind == "integer"}
        free = {**free, **integers}
        _, kept = self.sample.completed(free, len(next(iter(free.values()))))
        if not kept.any():
            return
        inside = {name: column[kept] for name, column in free.items()}
        first = self.signs.shape[1]
        self.signs = np.concatenate([self.signs, self._signs_of(self.values(inside))], axis=1)
        self.free = {name: np.concatenate([self.free[name], inside[name]]) for name in self.free}
        self._index(first)

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
