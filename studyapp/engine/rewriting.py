"""Trees taken apart and put together again: children replaced, names substituted, formulas made pointwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Index,
    Logical,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Vector,
    Word,
    children,
    walk,
)
from studyapp.engine.algebras.algebra import ELEMENTARY, Problem, Value
from studyapp.engine.algebras.functions import RECIPROCALS
from studyapp.engine.interpretation import written_out

_ARITHMETIC = (Number, Name, Negate, Binary, Comparison)

ELEMENTWISE = frozenset({*ELEMENTARY, *RECIPROCALS, "cot", "log2", "log10", "minimum", "maximum", "if"}) - {"round"}
"""Plain functions that act on each element alone, whatever their arguments."""


def with_children(node: Node, parts: Sequence[Node]) -> Node:
    """The same node over other operands, given in the order of `children`."""
    match node:
        case Number() | Name() | Word():
            return node
        case Negate():
            return Negate(parts[0])
        case Not():
            return Not(parts[0])
        case Binary(operator):
            return Binary(operator, parts[0], parts[1])
        case Comparison(relation):
            return Comparison(relation, parts[0], parts[1])
        case Logical(joint):
            return Logical(joint, parts[0], parts[1])
        case Call(function, arguments, options, primes):
            count = len(arguments)
            named = tuple((name, part) for (name, _), part in zip(options, parts[count:], strict=True))
            return Call(function, tuple(parts[:count]), named, primes)
        case Index():
            return Index(parts[0], tuple(parts[1:]))
        case Vector():
            return Vector(tuple(parts))


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with `change` applied to every node, operands first; untouched parts are kept as they are."""
    old = children(node)
    new = [rebuilt(child, change) for child in old]
    same = all(one is other for one, other in zip(old, new, strict=True))
    return change(node if same else with_children(node, new))


def substituted(node: Node, values: Mapping[str, Node]) -> Node:
    """The tree with names replaced, all at once."""
    return rebuilt(node, lambda part: values.get(part.name, part) if isinstance(part, Name) else part)


def size(node: Node) -> int:
    """How many nodes the tree has."""
    return sum(1 for _ in walk(node))


def plain_conditions(node: Node) -> Node:
    """The tree with `and`, `or` and `not` in conditions written as nested choices."""
    if not any(isinstance(part, Logical | Not) for part in walk(node)):
        return node
    return rebuilt(node, _choice)


def _choice(node: Node) -> Node:
    match node:
        case Call("if", (Logical("and", first, second), yes, no)):
            return _choice(Call("if", (first, _choice(Call("if", (second, yes, no))), no)))
        case Call("if", (Logical("or", first, second), yes, no)):
            return _choice(Call("if", (first, yes, _choice(Call("if", (second, yes, no))))))
        case Call("if", (Not(condition), yes, no)):
            return _choice(Call("if", (condition, no, yes)))
        case _:
            return node


def is_pointwise(node: Node) -> bool:
    """Whether the value at many points at once is the values at each, so that names may stand for arrays of points."""
    return all(_acts_pointwise(part) for part in walk(node))


def is_elementary(nodes: Sequence[Node], functions: Sequence[str]) -> bool:
    """Whether the nodes of a tree are arithmetic and plain functions alone, none of them open: most answers are."""
    return all(
        isinstance(part, _ARITHMETIC)
        or (
            isinstance(part, Call)
            and part.function in ELEMENTWISE
            and not part.primes
            and part.function not in functions
        )
        for part in nodes
    )


def pointwise(node: Node) -> Node:
    """An equal tree that is pointwise; raises `Problem` where the tree is not one number."""
    plain = plain_conditions(node)
    if is_pointwise(plain):
        return plain
    written: Value = written_out(plain, {})
    if isinstance(written, np.ndarray):
        raise Problem("a vector where one number is needed")
    return written  # type: ignore[no-any-return]  # one tree


def _acts_pointwise(node: Node) -> bool:
    match node:
        case Number() | Name() | Negate() | Binary() | Comparison() | Word():
            return True
        case Call(function, arguments, _, 0):
            return function in ELEMENTWISE or (function in {"min", "max"} and len(arguments) > 1)
        case _:
            return False
