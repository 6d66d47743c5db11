"""The kinks of formulas: what decides at each which branch holds, and the formulas with a branch chosen at each.

`abs(u)` is `u` or `-u`, by the sign of `u`; `max(a, b)` is `a` or `b`, by the sign of `a - b`; a comparison is true or
false. A switch is such a sign: of a formula without factors, powers and constant multiples, so that kinks that turn
together share one. Roots and logarithms of what touches zero have hidden switches, that no branch names:
`sqrt((x - 50)**2)` is `x - 50` or `50 - x`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction

import numpy as np

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Name,
    Negate,
    Node,
    Number,
    children,
    names_in,
    walk,
    with_children,
)
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.trees import ONE, TWO, ZERO, divide, multiply, negate, number, rational, subtract
from studyapp.engine.equivalence import polynomials
from studyapp.engine.equivalence.ranges import Range, range_of
from studyapp.engine.interpretation import CONSTANTS, exact_value

KINKED = frozenset({"abs", "sign", "max", "min", "maximum", "minimum", "if", "floor", "round"})
ODD = frozenset({"tanh", "erf", "sinh", "asinh", "atan", "asin", "atanh", "expm1", "log1p"})
"""Rising functions that have the sign of their argument."""
RISING = ODD | {"exp", "log", "log2", "log10", "sqrt"}
TURNING = RISING | {"abs"}
RAMIFIED: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(("sqrt", "log", "log2", "log10"), (0,)),
    "log1p": (-1,),
    "acosh": (1,),
    "asin": (1, -1),
    "acos": (1, -1),
    "atanh": (1, -1),
}
"""Where functions have two branches beside each other: an argument that touches such a value may have changed sides."""
HALF = divide(ONE, TWO)

Signs = tuple[int, ...]  # the signs of the first switches, in their order


@dataclass(frozen=True, slots=True)
class Product:
    """A sign that is a product of switches' signs: a factor, 0 for what is always zero, and their places."""

    factor: int
    places: frozenset[int] = frozenset()

    def __mul__(self, other: Product) -> Product:
        return Product(self.factor * other.factor, self.places ^ other.places)

    def under(self, signs: Sequence[int]) -> int:
        """The sign where the switches have such signs."""
        factor = self.factor
        for place in self.places:
            factor *= signs[place]
        return factor


POSITIVE, NEGATIVE = Product(1), Product(-1)


def constant_sign(value: Fraction | int) -> Product:
    """The sign of a number."""
    return Product((value > 0) - (value < 0))


def has_kinks(tree: Node, boxes: Mapping[str, Range]) -> bool:
    """Whether a formula may change its branch somewhere; most formulas do not, and no more is done for them."""
    for part in walk(tree):
        if isinstance(part, Binary):  # the most frequent first, and no pattern: it takes twice as long
            if part.operator == "**" and not _is_whole(part.right) and _touches_zero(part.left, boxes):
                return True
        elif isinstance(part, Call):
            edges = _edges(part.function, part.arguments)
            if part.function in KINKED or any(_touches_zero(edge, boxes) for edge in edges):
                return True
        elif isinstance(part, Comparison):
            return True
    return False


def _is_whole(exponent: Node) -> bool:
    match exponent:
        case Number(value):
            return value == int(value)
        case Negate(operand):
            return _is_whole(operand)
        case _:
            return False


def _edges(function: str, arguments: Sequence[Node]) -> list[Node]:
    """What is zero where the argument of a function meets one of its edges."""
    return [subtract(arguments[0], number(edge)) for edge in RAMIFIED.get(function, ())]


def _touches_zero(tree: Node, boxes: Mapping[str, Range]) -> bool:
    """Whether a formula may be zero along a line and positive at both its sides."""
    if not _may_touch_zero(tree) or np.min(range_of(tree, boxes)[0]) > 0:
        return False
    form = polynomials.NormalForms().of(tree)
    return form is None or polynomials.square_root(form) != {}


def _may_touch_zero(tree: Node) -> bool:
    """Whether a power, a product of what has symbols in common, or a function with a minimum is part of it."""
    for part in walk(tree):
        match part:
            case Binary("**", base, Number(exponent)) if exponent % 2 == 0 and names_in(base):
                return True
            case Binary("*", left, right) if names_in(left) & names_in(right):
                return True
            case Call("cosh", (inner,)) if names_in(inner):
                return True
    return False


@dataclass(slots=True)
class Switches:
    """The switches of formulas over free symbols, by the bounds of the symbols; inner ones come before outer ones."""

    boxes: Mapping[str, Range]
    labels: Sequence[str]
    conditions: list[Node] = field(default_factory=list)
    """What each switch is the sign of; earlier switches stand in it as names."""
    products: dict[str, Product] = field(default_factory=dict)
    """What the names in branched formulas stand for."""
    hidden: set[int] = field(default_factory=set)
    ties: list[int] = field(default_factory=list)
    """The sign of each switch where its condition is zero on a side of another one, as `max(0, x)`; 0: nowhere."""
    _forms: polynomials.NormalForms = field(default_factory=polynomials.NormalForms)
    _places: dict[polynomials.Variable, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, label in enumerate(self.labels):
            self.products[label] = Product(1, frozenset({place}))
            self.conditions.append(Name(label))
            self.ties.append(0)

    def branched(self, node: Node) -> Node:
        """The formula with a named sign in place of every kink."""
        match node:
            case Number() | Name():
                return node
            case Comparison(relation, left, right):
                sign = self._truth(relation, left, right)
                return multiply(HALF, Binary("+", ONE, self._named(sign))) if sign.factor else ZERO
            case Call("abs", (argument,)):
                inner = self.branched(argument)
                return self._signed(self.sign_of(inner), inner)
            case Call("sign", (argument,)):
                inner = self.branched(argument)
                if not self._has_signs(inner):
                    return self._named(self.sign_of(inner))
                ends = [self._named(self.sign_of(inner, tie)) for tie in (1, -1)]
                return ends[0] if ends[0] == ends[1] else multiply(HALF, Binary("+", ends[0], ends[1]))
            case Call("max" | "maximum" | "min" | "minimum" as function, (first, *others)):
                whole = self.branched(first)
                for other in others:
                    new = self.branched(other)
                    sign = self.sign_of(subtract(whole, new))
                    whole = self._choice(sign, whole, new) if function[:3] == "max" else self._choice(sign, new, whole)
                return whole
            case Call("if", (Comparison(relation, left, right), yes, no)):
                truth = self._truth(relation, left, right)
                return self._choice(truth, self.branched(yes), self.branched(no))
            case _:
                parts = [self.branched(part) for part in children(node)]
                if isinstance(node, Call) and node.function == "sqrt" and (root := self._root(parts[0])) is not None:
                    return root
                whole = with_children(node, parts)
                self._hide(whole)
                return whole

    def _truth(self, relation: str, left: Node, right: Node) -> Product:
        """The sign that is positive where a relation holds; on the kink itself nothing is compared."""
        gap = subtract(self.branched(left), self.branched(right))
        if relation in ("==", "!="):
            if not self._has_signs(gap):
                return POSITIVE if (relation == "==") != bool(self.sign_of(gap).factor) else NEGATIVE
            same = self.sign_of(gap, 1) * self.sign_of(gap, -1)  # the two differ at a tie alone
            return same if relation == "!=" else NEGATIVE * same
        if relation in (">", ">="):
            sign = self.sign_of(gap, 1 if relation == ">=" else -1)
        else:
            sign = NEGATIVE * self.sign_of(gap, -1 if relation == "<=" else 1)
        if not sign.factor:
            return POSITIVE if relation in ("<=", ">=") else NEGATIVE
        return sign

    def _has_signs(self, node: Node) -> bool:
        """Whether a branched formula has branches: one of them may be zero throughout."""
        return any(isinstance(part, Name) and part.name in self.products for part in walk(node))

    def _signed(self, sign: Product, inner: Node) -> Node:
        if not sign.places:
            return inner if sign.factor > 0 else negate(inner) if sign.factor else ZERO
        return multiply(self._named(sign), inner)

    def _choice(self, sign: Product, yes: Node, no: Node) -> Node:
        """Yes where the sign is positive."""
        if not sign.places:
            return yes if sign.factor > 0 else no
        if sign.factor < 0:
            return self._choice(NEGATIVE * sign, no, yes)
        return yes if yes == no else Call("if", (Comparison(">", self._named(sign), ZERO), yes, no))

    def _named(self, sign: Product) -> Node:
        if not sign.places:
            return number(sign.factor)
        name = f"sign {sorted(sign.places)}"
        self.products[name] = Product(1, sign.places)
        return Name(name) if sign.factor > 0 else negate(Name(name))

    def sign_of(self, node: Node, tie: int = 0) -> Product:
        """The sign of a branched formula, as a product of switches; `tie` is that of zero, 0 where it makes no odds."""
        if tie and self._has_signs(node):
            return self._tied(node, tie)
        match node:
            case Negate(operand):
                return NEGATIVE * self.sign_of(operand)
            case Binary("*" | "/", left, right):
                return self.sign_of(left) * self.sign_of(right)
            case Binary("**", base, Number(exponent)) if exponent == int(exponent):
                return self.sign_of(base) if exponent % 2 else POSITIVE
            case Binary("**", _, exponent) if not _is_whole(exponent):
                return POSITIVE
            case Call("exp" | "sqrt" | "cosh", _):
                return POSITIVE
            case Call(function, (argument,)) if function in ODD:
                return self.sign_of(argument)
            case Call("log" | "log2" | "log10", (argument,)):
                return self.sign_of(subtract(argument, ONE))
            case Name(name) if name in self.products:
                return self.products[name]
            case _:
                return self._of_sum(node)

    def _tied(self, node: Node, tie: int) -> Product:
        match node:
            case Negate(operand):
                return NEGATIVE * self.sign_of(operand, -tie)
            case Name(name) if name in self.products:
                return self.products[name]
        form = self._forms.of(node)
        if form is None:
            return self._switch(node, node, tie)
        value = polynomials.constant_of(form)
        return self._of_form(form, tie) if value is None else constant_sign(value)

    def _of_sum(self, node: Node) -> Product:
        """A sum is brought to its normal form, common factors are taken out; what is left is a switch."""
        if not names_in(node) - set(CONSTANTS):
            return constant_sign(exact_value(node) or 0)
        form = self._forms.of(node)
        if form is None:
            return self._switch(node, node)
        value = polynomials.constant_of(form)
        if value is not None:
            return constant_sign(value)
        sign, common = POSITIVE, polynomials.common_factor(form)
        for variable, exponent in sorted(common, key=polynomials.order):
            if exponent % 2:
                sign *= self._of_variable(variable)
        rest = polynomials.divided(form, common)
        if len(rest) == 1:
            return sign * constant_sign(polynomials.leading(rest))
        factors = self._factors(rest)
        if factors is None:
            return sign * self._of_form(rest)
        for part in factors:
            sign *= self.sign_of(part)
        return sign

    def _of_form(self, form: polynomials.Polynomial, tie: int = 0) -> Product:
        factor = polynomials.leading(form)
        sign, reduced = constant_sign(factor), polynomials.scaled(form, 1 / factor)
        return sign * self._switch(frozenset(reduced.items()), self._forms.tree(reduced), tie * sign.factor)

    def _factors(self, form: polynomials.Polynomial) -> tuple[Node, ...] | None:
        """Simpler formulas whose product has the sign of a difference of squares, or of values of a rising function."""
        if len(form) != 2:
            return None
        (first, factor), (second, divisor) = form.items()
        if factor * divisor > 0:
            return None
        if factor < 0:
            first, factor, second, divisor = second, divisor, first, factor
        left, right = self._risen(first), self._risen(second)
        if left and right and left[0] == right[0] and factor == -divisor:
            return (subtract(left[1], right[1]),)
        if left and second == polynomials.UNIT:
            return self._inverse(*left, -divisor / factor, falling=False)
        if right and first == polynomials.UNIT:
            return self._inverse(*right, -factor / divisor, falling=True)
        roots = _half(first, factor), _half(second, -divisor)
        if None in roots:
            return None
        larger, smaller = (self._forms.tree(root) for root in roots if root)
        return Binary("-", larger, smaller), Binary("+", larger, smaller)

    def _risen(self, monomial: polynomials.Monomial) -> tuple[str, Node] | None:
        match list(monomial):
            case [(tuple() as variable, 1)]:
                part = self._forms.parts[variable]
                if isinstance(part, Call) and part.function in RISING and len(part.arguments) == 1:
                    return part.function, part.arguments[0]
        return None

    @staticmethod
    def _inverse(function: str, argument: Node, value: Fraction, *, falling: bool) -> tuple[Node, ...] | None:
        """What has the sign of `function(argument) - value`, which is positive, or of its opposite."""
        level = rational(value)
        match function:
            case "exp":
                bound: Node = ZERO if value == 1 else Call("log", (level,))
            case "sqrt":
                bound = Binary("*", level, level)
            case "log":
                bound = Call("exp", (level,))
            case "tanh" if value < 1:
                bound = multiply(HALF, Call("log", (divide(Binary("+", ONE, level), subtract(ONE, level)),)))
            case _:
                return None
        return (subtract(bound, argument),) if falling else (subtract(argument, bound),)

    def _of_variable(self, variable: polynomials.Variable) -> Product:
        part = Name(variable) if isinstance(variable, str) else self._forms.parts[variable]
        if isinstance(part, Name) and part.name in self.products:
            return self.products[part.name]
        if isinstance(part, Call) and part.function in TURNING:
            return self.sign_of(part)
        return self._switch(variable, part)

    def _switch(self, key: polynomials.Variable, condition: Node, tie: int = 0) -> Product:
        """The switch of a condition, unless its bounds leave it one sign alone."""
        tie = (tie or 1) if self._has_signs(condition) else 0
        place = self._places.get((key, tie))
        if place is None:
            low, high = range_of(condition, self._bounds())
            if np.min(low) > 0 or (np.min(low) == 0 and tie >= 0):
                return POSITIVE
            if np.max(high) < 0 or (np.max(high) == 0 and tie <= 0):
                return NEGATIVE
            place = self._places[key, tie] = len(self.conditions)
            self.conditions.append(condition)
            self.ties.append(tie)
        return Product(1, frozenset({place}))

    def _bounds(self) -> dict[str, Range]:
        unit = (np.float64(-1), np.float64(1))
        return {**self.boxes, **dict.fromkeys(self.products, unit)}

    def _root(self, inner: Node) -> Node | None:
        """The root of a square, which is a line or written as one; None for any other formula."""
        match inner:
            case Binary("**", base, Number(exponent)) if exponent == TWO.value:
                return self._signed(self.sign_of(base), base)
            case Binary("*", left, right) if left == right:
                return self._signed(self.sign_of(left), left)
        if not _may_touch_zero(inner):
            return None
        form = self._forms.of(inner)
        match polynomials.squares(form) if form is not None else None:
            case [(weight, line)] if weight > 0:
                base = self._forms.tree(line)
                factor = ONE if weight == 1 else Call("sqrt", (rational(weight),))
                return multiply(factor, self._signed(self.sign_of(base), base))
            case _:
                return None

    def _hide(self, node: Node) -> None:
        """Note the hidden switches of a root, a logarithm, or a step."""
        match node:
            case Call("floor" | "round" as function, (argument, *_)):
                shifts = (ZERO, ONE) if function == "floor" else (HALF, negate(HALF))
                for shift in shifts:
                    self.hidden |= self.sign_of(subtract(argument, shift)).places
            case Call(function, arguments) if function in RAMIFIED:
                for edge in _edges(function, arguments):
                    if _touches_zero(edge, self._bounds()):
                        self._touching(edge)
            case Binary("**", base, exponent) if not _is_whole(exponent) and _touches_zero(base, self._bounds()):
                self._touching(base)

    def _touching(self, argument: Node) -> None:
        form = self._forms.of(argument)
        root = None if form is None else polynomials.square_root(form)
        if root is not None:
            self.hidden |= self._of_sum(self._forms.tree(root)).places
            return
        for part in walk(argument):
            match part:
                case Binary("**", base, Number(exponent)) if exponent % 2 == 0:
                    self.hidden |= self.sign_of(base).places
                case Call("cosh", (inner,)):
                    self.hidden |= self.sign_of(inner).places
                case Binary("*", left, right):
                    self.hidden |= self.sign_of(left).places & self.sign_of(right).places


def _half(monomial: polynomials.Monomial, value: Fraction) -> polynomials.Polynomial | None:
    upper, lower = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if upper**2 != value.numerator or lower**2 != value.denominator or any(exponent % 2 for _, exponent in monomial):
        return None
    return {frozenset((variable, exponent // 2) for variable, exponent in monomial): Fraction(upper, lower)}


def branch(node: Node, products: Mapping[str, Product], signs: Sequence[int], used: set[int]) -> Node:
    """The formula where the switches have such signs; the switches that it depended on are added to `used`."""
    match node:
        case Number():
            return node
        case Name(name):
            product = products.get(name)
            if product is None:
                return node
            used |= product.places
            return number(product.under(signs))
        case Call("if", (Comparison(">", Name(name), _), yes, no)):
            product = products[name]
            used |= product.places
            return branch(yes if product.under(signs) > 0 else no, products, signs, used)
        case Negate(operand):
            return negate(branch(operand, products, signs, used))
        case Binary("*", left, right):
            return multiply(branch(left, products, signs, used), branch(right, products, signs, used))
        case _:
            parts = children(node)
            return with_children(node, [branch(part, products, signs, used) for part in parts])
