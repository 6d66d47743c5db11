"""Whether two formulas mean the same on their symbols' domains.

Equal trees are equal. Otherwise the points of the domains decide, then, where a branch may change behind a kink, both
sides of every kink. The work is a fixed number of evaluations, so a verdict never depends on time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Node
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.deciding.comparison import (
    CONFIRMED,
    EQUAL,
    UNDECIDED,
    Decision,
    Domain,
    State,
    compared,
)
from studyapp.engine.deciding.kinks import across_kinks
from studyapp.engine.deciding.normalform import same_form
from studyapp.engine.deciding.ranges import is_nowhere_defined
from studyapp.engine.deciding.setting import Formula, Setting

__all__ = ["Decision", "Domain", "State", "compare", "decide"]


def decide(
    reference: Node,
    answer: Node,
    symbols: Mapping[str, SymbolDomain],
    given: Mapping[str, Node],
    functions: Sequence[str] = (),
    where: Sequence[Node] = (),
) -> Decision:
    """Whether an answer means the same as the reference; makes both ready for this one comparison."""
    try:
        setting = Setting(symbols, given, functions, where)
        return compare(Formula(reference, setting), Formula(answer, setting))
    except Problem:
        return UNDECIDED


def compare(reference: Formula, answer: Formula) -> Decision:
    """Whether an answer means the same as the reference of the same setting."""
    same = reference.tree == answer.tree
    if same and not is_nowhere_defined(reference.tree, reference.setting.boxes):
        return EQUAL
    decision = compared(reference, answer)
    if np.count_nonzero(reference.defined & answer.defined) < CONFIRMED and decision.state != State.DIFFERENT:
        far = compared(reference.far, answer.far)
        decision = decision if far.state == State.UNDECIDED else far
    match decision:
        case Decision(State.EQUAL) if reference.has_kinks or answer.has_kinks:
            return across_kinks(reference, answer, decision)
        case Decision(State.UNDECIDED, domain=Domain.SAME) if not same and same_form(reference.tree, answer.tree):
            return EQUAL
        case _:
            return decision
