"""The value of a formula as the prose of a page writes it, read from its TeX by the usual rules of printed mathematics.

It shares nothing with the engine: the tree of signs is the one that pages are set from, the rest is plain arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from studyapp.typeset.tex import parse
from studyapp.typeset.tree import Accent, Fenced, Fraction, Kind, Node, Root, Row, Scripts, Sign, Space

FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "log": math.log,
    "exp": math.exp,
    "tanh": math.tanh,
    "cosh": math.cosh,
    "cos": math.cos,
    "sin": math.sin,
}
LARGEST = {"max": max, "min": min}
SEPARATORS = (",", "parallel")
CLOSING = {"(": ")", "[": "]", "lvert": "rvert", "lVert": "rVert", "lfloor": "rfloor"}


class NotReadError(Exception):
    """The formula says something that is not known here."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the letters of a formula stand for.

    `values` are numbers, lists of them (indexed from 0), or functions, by name; a subscripted name such as `d_p` may
    be a name of its own, and a list read at its index. `ranges` are what sums and means run over, by letter; `indices`
    letters with a value.
    """

    values: Mapping[str, Any]
    ranges: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    indices: Mapping[str, Any] = field(default_factory=dict)

    def at(self, index: str, value: Any) -> Meaning:
        """The same with one more letter bound."""
        return replace(self, indices={**self.indices, index: value})


def value_of(tex: str, meaning: Meaning) -> float:
    """The value of a formula; of an equation, of its last side."""
    tree = parse(tex)
    if not isinstance(tree, Node):
        raise NotReadError(f"not TeX: {tex}")
    signs = list(_signs(tree))
    sides = [at for at, sign in enumerate(signs) if _is_relation(sign)]
    reader = _Reader(signs[sides[-1] + 1 :] if sides else signs, meaning)
    value = reader.sum()
    if reader.rest:
        raise NotReadError(f"{tex} goes on with {reader.rest[0]}")
    return value


def _signs(node: Node) -> Iterator[Node]:
    """The parts of a formula side by side, without gaps; fences that grow are fences like others."""
    match node:
        case Row(items):
            for item in items:
                yield from _signs(item)
        case Fenced(fences, (body,)):
            yield Sign(fences[0], fences[0], fences[0], Kind.OPEN)
            yield from _signs(body)
            yield Sign(fences[1], fences[1], fences[1], Kind.CLOSE)
        case Space():
            return
        case _:
            yield node


def _is_relation(node: Node) -> bool:
    """Whether a side of an equation ends here; the bars of a divergence stand between its arguments."""
    return isinstance(node, Sign) and node.kind is Kind.RELATION and node.name not in SEPARATORS


def _name(node: Node | None) -> str:
    """A letter, or a few, as a name."""
    match node:
        case None:
            return ""
        case Sign(name):
            return name
        case Row(items):
            return "".join(_name(item) for item in items)
        case Accent(name, body):
            return f"{name} {_name(body)}"
        case _:
            raise NotReadError(f"no name: {node}")


@dataclass
class _Reader:
    """Reads from the front of `rest`; one sign ahead decides what comes next."""

    rest: list[Node]
    meaning: Meaning

    def sum(self) -> float:
        """Terms with + and − between them."""
        total = 0.0
        sign = -1.0 if self._take("-") else 1.0
        while sign:
            total += sign * self._product()
            sign = 1.0 if self._take("+") else -1.0 if self._take("-") else 0.0
        return total

    def _product(self) -> float:
        product = self._factor()
        while self.rest:
            if self._take("cdot"):
                product *= self._factor()
            elif self._take("/"):
                product /= self._factor()
            elif self._begins_a_factor():
                product *= self._factor()
            else:
                break
        return product

    def _begins_a_factor(self) -> bool:
        kinds = (Kind.ORDINARY, Kind.OPEN, Kind.OPERATOR, Kind.LARGE)
        head = self._head()
        return not isinstance(head, Sign) or head.kind in kinds

    def _head(self) -> Node:
        """The next part without its scripts."""
        return self.rest[0].base if isinstance(self.rest[0], Scripts) else self.rest[0]

    def _take(self, name: str) -> bool:
        if taken := self._head_is(name):
            self.rest.pop(0)
        return taken

    def _head_is(self, name: str) -> bool:
        return bool(self.rest) and isinstance(self.rest[0], Sign) and self.rest[0].name == name

    def _factor(self) -> float:
        if not self.rest:
            raise NotReadError("a factor is missing")
        head = self._head()
        if isinstance(head, Sign) and head.kind in (Kind.OPERATOR, Kind.LARGE):
            return self._applied(head.name)
        if isinstance(head, Sign) and head.kind is Kind.OPEN:
            (value,), power = self._group()
            return float(value if power is None else value ** self._inner(power))
        return self._quantity(self.rest.pop(0))

    def _argument(self) -> Any:
        """One of the parts between fences: a sum, or a list by its name."""
        listed = self.meaning.values.get(_name(self.rest[0])) if isinstance(self.rest[0], Sign) else None
        if isinstance(listed, list):
            self.rest.pop(0)
            return listed
        return self.sum()

    def _group(self) -> tuple[list[Any], Node | None]:
        """What is between fences, cut at commas, with the power at the closing one."""
        opening = self.rest.pop(0)
        assert isinstance(opening, Sign)
        values = [self._argument()]
        while any(self._take(separator) for separator in SEPARATORS):
            values.append(self._argument())
        closing = self.rest.pop(0)
        base = closing.base if isinstance(closing, Scripts) else closing
        if not isinstance(base, Sign) or base.name != CLOSING[opening.name]:
            raise NotReadError(f"{opening.name} is not closed: {closing}")
        if opening.name == "lvert":
            values = [abs(value) for value in values]
        elif opening.name == "lfloor":
            values = [math.floor(value) for value in values]
        return values, closing.above if isinstance(closing, Scripts) else None

    def _applied(self, name: str) -> float:
        """A function or a sum over a range: of the group behind it, else of the rest of the product."""
        part = self.rest.pop(0)
        below = part.below if isinstance(part, Scripts) else None
        if name in FUNCTIONS:
            if not self._head_is("("):
                return FUNCTIONS[name](self._product())
            (value,), power = self._group()
            return float(FUNCTIONS[name](value if power is None else value ** self._inner(power)))
        if name in LARGEST:
            values, power = self._group() if below is None else (self._over(below), None)
            return float(LARGEST[name](values) if power is None else LARGEST[name](values) ** self._inner(power))
        if name == "sum":
            return math.fsum(self._over(below))
        raise NotReadError(f"{name} is not known")

    def _over(self, below: Node | None) -> list[float]:
        """The values of what follows for each value of the letter below, all of the range or all but one of it."""
        letters = list(_signs(below)) if below is not None else []
        index, without = _name(letters[0]) if letters else "", []
        if len(letters) == 3 and _name(letters[1]) == "ne":
            without = [self.meaning.indices[_name(letters[2])]]
        return self._for_each(index, _Reader._product, without)

    def _for_each(self, index: str, read: Callable[[_Reader], float], without: Sequence[Any] = ()) -> list[float]:
        """What follows, read for each value of a letter but some."""
        values, rest = [], list(self.rest)
        for value in self.meaning.ranges[index]:
            reader = _Reader(list(rest), self.meaning.at(index, value))
            if value not in without:
                values.append(read(reader))
                self.rest = reader.rest
        return values

    def _inner(self, node: Node) -> float:
        reader = _Reader(list(_signs(node)), self.meaning)
        value = reader.sum()
        if reader.rest:
            raise NotReadError(f"what is {reader.rest[0]}?")
        return value

    def _quantity(self, part: Node) -> float:
        match part:
            case Fraction(top, bottom):
                return self._inner(top) / self._inner(bottom)
            case Root(body, None):
                return math.sqrt(self._inner(body))
            case Scripts(base, below, above):
                if _name(base) == "E" and below is not None and self._head_is("["):
                    values = self._for_each(_name(below), lambda reader: float(reader._group()[0][0]))
                    return math.fsum(values) / len(values)
                value = self._named(base, below)
                return float(value if above is None else value ** self._inner(above))
            case Sign() | Accent():
                return float(self._named(part, None))
            case _:
                raise NotReadError(f"{type(part).__name__} has no value")

    def _named(self, base: Node, below: Node | None) -> Any:
        """A number, a letter, an entry of a list, or a function of what follows it in brackets."""
        name, low, values = _name(base), _name(below), self.meaning.values
        whole = f"{name}_{low}" if low else name
        if whole in values:
            value = values[whole]
            if isinstance(value, list):
                return value[self.meaning.indices[low]]
            return value(*self._group()[0]) if callable(value) else value
        if not low:
            if name in self.meaning.indices:
                return self.meaning.indices[name]
            if name == "e":
                return math.e
            try:
                return float(name)
            except ValueError:
                raise NotReadError(f"{name} has no meaning") from None
        value = values[name]
        for letter in _signs(below) if below is not None else ():
            value = value[self.meaning.indices[_name(letter)]]
        return value
