"""Whether strict linear inequalities have a common solution: exactly, by the simplex method over whole numbers.

By Motzkin's theorem `a_i·x + b_i > 0` has no solution just if some λ ≥ 0, not all zero, give Σ λ_i a_i = 0 and
Σ λ_i b_i ≤ 0. The λ are looked for; where there are none, the multipliers of the search are a solution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST_PIVOTS = 160
MOST_BITS = 2000
"""Bits of a number in the elimination, which doubles them where it must."""
PATIENCE = 40
"""Pivots on the steepest column; then on the first, by Bland's rule, which does not go in circles."""

Row = tuple[Sequence[Fraction], Fraction]
"""The coefficients a and the constant b of `a·x + b > 0`."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A point at which all the inequalities hold."""

    point: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Inequalities, by their places, that have no common solution."""

    rows: tuple[int, ...]


def solve(rows: Sequence[Row], count: int) -> Solution | Conflict | None:
    """A solution of the inequalities over so many unknowns, or some that contradict each other; None: given up."""
    columns = [_column(row) for row in rows]
    columns.append([0] * count + [1, 1])  # 1 > 0, so that a solution can be scaled to a point
    columns.append([0] * count + [1, 0])  # what Σ λ_i b_i is below zero
    height, width = count + 2, len(columns)
    table = [[column[i] for column in columns] + [int(i == j) for j in range(height)] + [0] for i in range(height)]
    table[-1][-1] = 1
    costs = [sum(row[j] for row in table) for j in range(width)] + [0] * height + [1]
    basis = list(range(width, width + height))
    scale = 1
    for pivot in range(MOST_PIVOTS):
        if scale.bit_length() > MOST_BITS or any(value.bit_length() > MOST_BITS for value in costs):
            return None
        entering = _entering(costs, width, steepest=pivot < PATIENCE)
        if entering is None:
            break
        leaving = _leaving(table, basis, entering)
        if leaving is None:
            return None
        scale = _pivot([*table, costs], leaving, entering, scale)
        basis[leaving] = entering
    else:
        return None
    if costs[-1] == 0:
        used = [basis[i] for i in range(height) if table[i][-1] > 0 and basis[i] < len(rows)]
        return Conflict(tuple(sorted(used)))
    multipliers = [costs[width + i] + scale for i in range(height)]
    return Solution(tuple(Fraction(one, multipliers[count]) for one in multipliers[:count]))


def _column(row: Row) -> list[int]:
    """An inequality in whole numbers, its slack weighed by its largest coefficient."""
    common = math.lcm(row[1].denominator, *(value.denominator for value in row[0]))
    whole = [int(value * common) for value in row[0]]
    return [*whole, int(row[1] * common), max((abs(value) for value in whole), default=0) or 1]


def _entering(costs: Sequence[int], width: int, *, steepest: bool) -> int | None:
    if steepest:
        best = max(range(width), key=costs.__getitem__)
        return best if costs[best] > 0 else None
    return next((j for j in range(width) if costs[j] > 0), None)


def _leaving(table: Sequence[Sequence[int]], basis: Sequence[int], entering: int) -> int | None:
    """The row with the smallest ratio; of equal ones that of the first variable."""
    best: int | None = None
    for i, row in enumerate(table):
        if row[entering] <= 0:
            continue
        if best is None:
            best = i
            continue
        gap = row[-1] * table[best][entering] - table[best][-1] * row[entering]
        if gap < 0 or (gap == 0 and basis[i] < basis[best]):
            best = i
    return best


def _pivot(rows: Sequence[list[int]], leaving: int, entering: int, scale: int) -> int:
    """A step of the elimination without fractions; all rows share a denominator, which is given back."""
    chosen = rows[leaving]
    pivot = chosen[entering]
    for i, row in enumerate(rows):
        if i == leaving:
            continue
        factor = row[entering]
        if factor:
            row[:] = [(value * pivot - factor * other) // scale for value, other in zip(row, chosen, strict=True)]
        elif pivot != scale:
            row[:] = [value * pivot // scale for value in row]
    return pivot
