"""Where a learner's formula has two readings: what ended without a bracket may reach on to what follows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from studyapp.domain.expression import Binary, Call, Name, Node, Number, Operator
from studyapp.language.printing import to_text
from studyapp.language.tokens import Token

SIGNS: dict[str, Operator] = {"*": "*", "/": "/", "+": "+", "-": "-"}


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A quotient, a power, a root or a function's argument that ended at token `at`.

    `right` is what could be longer: the denominator, the exponent or the argument; `left` is the numerator or the
    base, and `function` the function.
    """

    kind: Literal["quotient", "power", "root", "argument"]
    at: int
    right: Node
    left: Node | None = None
    function: str = ""
    power: Number | None = None
    """The exponent of `tanh^2 u`."""

    def catches(self, token: Token, *, operand: bool) -> bool:
        """Whether a token could belong here; `operand` says that it begins a factor."""
        match self.kind:
            case "quotient":
                return operand and not (self._is_coefficient and _begins_group(token))
            case "root":
                return operand
            case "power":
                name = token.kind in {"name", "function"}
                tight = not token.spaced and (name or not isinstance(self.right, Number))
                return (operand and tight) or (self._is_one and token.is_sign("/"))
            case "argument":
                return operand or token.is_sign("*", "/") or (self._is_one and token.is_sign("+", "-"))

    @property
    def _is_coefficient(self) -> bool:
        """Whether it is a fraction of two plain numbers: `1/2(y - t)` is half of the bracket in every textbook."""
        return isinstance(self.left, Number) and isinstance(self.right, Number)

    @property
    def _is_one(self) -> bool:
        """Whether it ends in 1: nobody means `log 1 - y` or `x^1/2` as they stand."""
        return isinstance(self.right, Number) and self.right.value == Decimal(1)

    def readings(self, sign: Operator, following: Node) -> tuple[str, str]:
        """The two readings, with what follows outside and inside."""
        inside = Binary(sign, self.right, following)
        if self.left is None:
            applied, wider = self._applied(self.right), self._applied(inside)
            return to_text(Binary(sign, applied, following)), to_text(wider)
        operator: Operator = "/" if self.kind == "quotient" else "**"
        whole = to_text(Binary(operator, self.left, self.right))
        factor = to_text(Binary(sign, Name("x"), following)).removeprefix("x")
        return f"({whole}){factor}", to_text(Binary(operator, self.left, inside))

    def _applied(self, argument: Node) -> Node:
        call = Call(self.function, (argument,))
        return call if self.power is None else Binary("**", call, self.power)


def _begins_group(token: Token) -> bool:
    """Whether a token begins a bracket or a function; a root does not: `1/2√x` may be 1/(2√x), its own derivative."""
    return token.is_sign("(", "[", "{") or (token.kind == "function" and token.text != "sqrt")
