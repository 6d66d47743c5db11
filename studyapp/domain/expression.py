"""The tree of the expression language; trees that differ in `span` alone, the characters they came from, are equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Any, Literal

from studyapp.domain.values import dataclass

Span = tuple[int, int]
NOWHERE: Span = (0, 0)

Operator = Literal["+", "-", "*", "/", "**", "@", "⊙"]
Relation = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written: `0.50` keeps its two places."""

    value: Decimal
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol, a constant, or a bare word given to an option (`reduction=sum`)."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in quotes: `form="weston_watkins"`."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands under `+ - * / **`; products are elementwise.

    In formulas of matrices `@` is the product of the textbooks (a vector is a column), `⊙` the one entry by entry.
    """

    operator: Operator
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A relation between two values; a chain `a < b < c` is read as `a < b and b < c`."""

    relation: Relation
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Logical:
    """Two conditions joined by `and` or `or`."""

    operator: Literal["and", "or"]
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """A condition denied."""

    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied: positional arguments, named options, and primes (`f'(u)` has one)."""

    function: str
    arguments: tuple[Node, ...]
    options: tuple[tuple[str, Node], ...] = ()
    primes: int = 0
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Index:
    """Entries of a vector or matrix, counted from 0: `y[c]`, `y[0, 2]`, `A[0:2, 1]`."""

    target: Node
    indices: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Slice:
    """Places `start:stop:step` of an axis, within an index; what is left out is None."""

    start: Node | None = None
    stop: Node | None = None
    step: Node | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Vector:
    """A vector, or, where its items are vectors of one length, a matrix by rows."""

    items: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False)


Node = Number | Name | Word | Negate | Binary | Comparison | Logical | Not | Call | Index | Slice | Vector


# A table, not a match statement: trees are walked more often than anything else is done, and it takes a third.
_CHILDREN: Mapping[type, Callable[[Any], tuple[Node, ...]]] = {
    Number: lambda _: (),
    Name: lambda _: (),
    Word: lambda _: (),
    Negate: lambda node: (node.operand,),
    Not: lambda node: (node.operand,),
    Binary: lambda node: (node.left, node.right),
    Comparison: lambda node: (node.left, node.right),
    Logical: lambda node: (node.left, node.right),
    Call: lambda node: node.arguments + tuple(value for _, value in node.options),
    Index: lambda node: (node.target, *node.indices),
    Slice: lambda node: tuple(part for part in (node.start, node.stop, node.step) if part is not None),
    Vector: lambda node: node.items,
}


def children(node: Node) -> tuple[Node, ...]:
    """The operands of a node, from left to right; options come after arguments."""
    return _CHILDREN[type(node)](node)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents before children."""
    pending = [node]
    while pending:
        part = pending.pop()
        yield part
        if not isinstance(part, Name | Number):
            pending += children(part)[::-1]


def names_in(node: Node) -> frozenset[str]:
    """Every name that the tree mentions, functions not counted."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))


def with_children(node: Node, parts: Sequence[Node]) -> Node:
    """The same node over other operands, given in the order of `children`."""
    match node:
        case Number() | Name() | Word():
            return node
        case Negate() | Not():
            return type(node)(parts[0])
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
        case Slice():
            rest = iter(parts)
            start, stop, step = (None if part is None else next(rest) for part in (node.start, node.stop, node.step))
            return Slice(start, stop, step)
        case Vector():
            return Vector(tuple(parts))


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with `change` applied to every node, operands first; untouched parts are kept as they are."""
    old = children(node)
    new = [rebuilt(child, change) for child in old]
    same = all(before is after for before, after in zip(old, new, strict=True))
    return change(node if same else with_children(node, new))


def substituted(node: Node, values: Mapping[str, Node]) -> Node:
    """The tree with names replaced, all at once."""
    return rebuilt(node, lambda part: values.get(part.name, part) if isinstance(part, Name) else part)
