"""The work that one question may cost: pages come from anywhere, and none may draw forever or fill the memory.

Work is counted in operations on elements, estimated before anything is computed; never in time, so that the same page
always gets the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from studyapp.domain.expression import Call, Name, Node, Number, walk
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue.arguments import Shape
from studyapp.engine.catalogue.families import CATALOGUE

MOST_WORK = 1_000_000
MOST_DERIVATIVES = 4
"""Derivatives within each other."""
MOST_KEPT = 4096


class TooMuchWork(Problem):
    """A question would cost more than any question should."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of an expression before its names have values; `sizes` are literal, or the names that hold them."""

    names: frozenset[str]
    nodes: int
    sizes: tuple[int | str, ...]
    pairs: bool


_PLANS: dict[int, tuple[Node, Plan]] = {}


@dataclass(slots=True)
class Budget:
    """What is left of the work that a question may cost, over all its redraws."""

    left: int = MOST_WORK

    def spend(self, node: Node, floats: Mapping[str, Any], largest: int) -> None:
        """Take what evaluating an expression costs, where no name has more than `largest` elements."""
        plan = plan_of(node)
        size = largest
        for one in plan.sizes:
            known = one if isinstance(one, int) else floats.get(one, 1)
            size = max(size, int(known) if np.ndim(known) == 0 and np.isfinite(known) else 1)
        self.take(plan.nodes * size * (size if plan.pairs else 1))

    def take(self, work: int) -> None:
        """Take so many operations; raises `TooMuchWork` where too few are left."""
        self.left -= work
        if self.left < 0:
            raise TooMuchWork(f"more than {MOST_WORK} operations")


def plan_of(node: Node) -> Plan:
    """The plan of an expression, made once."""
    known = _PLANS.get(id(node))
    if known is None or known[0] is not node:
        if len(_PLANS) >= MOST_KEPT:
            _PLANS.clear()
        known = _PLANS[id(node)] = (node, _planned(node))
    return known[1]


def _planned(node: Node) -> Plan:
    parts = tuple(walk(node))
    calls = [part for part in parts if isinstance(part, Call)]
    if sum(call.function == "D" for call in calls) > MOST_DERIVATIVES:
        raise TooMuchWork(f"more than {MOST_DERIVATIVES} derivatives")
    sizes = [
        int(argument.value) if isinstance(argument, Number) else argument.name
        for call in calls
        if call.function == "one_hot"
        for argument in call.arguments[1:]
        if isinstance(argument, Number | Name)
    ]
    names = frozenset(part.name for part in parts if isinstance(part, Name))
    return Plan(names, len(parts), tuple(sizes), any(_takes_pairs(call.function) for call in calls))


def _takes_pairs(function: str) -> bool:
    """Whether the work may grow with the square of the elements."""
    return function in ("dot", "D") or (function in CATALOGUE and CATALOGUE[function].shape == Shape.WHOLE)
