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

    def catches(self, token: Token, *, operand: bool) -> bool:
        """Whether a token could belong here; `operand` says that it begins a factor."""
        match self.kind:
            case "quotient" | "root":
                return operand
            case "power":
                name = token.kind in {"name", "function"}
                tight = not token.spaced and (name or not isinstance(self.right, Number))
                return (operand and tight) or (self._is_one and token.is_sign("/"))
            case "argument":
                return operand or token.is_sign("*", "/") or (self._is_one and token.is_sign("+", "-"))

    @property
    def _is_one(self) -> bool:
        """Whether it ends in 1: nobody means `log 1 - y` or `x^1/2` as they stand."""
        return isinstance(self.right, Number) and self.right.value == Decimal(1)

    def readings(self, sign: Operator, following: Node) -> tuple[str, str]:
        """The two readings, with what follows outside and inside."""
        inside = Binary(sign, self.right, following)
        if self.left is None:
            outside = Binary(sign, Call(self.function, (self.right,)), following)
            return to_text(outside), to_text(Call(self.function, (inside,)))
        operator: Operator = "/" if self.kind == "quotient" else "**"
        whole = to_text(Binary(operator, self.left, self.right))
        factor = to_text(Binary(sign, Name("x"), following)).removeprefix("x")
        return f"({whole}){factor}", to_text(Binary(operator, self.left, inside))
