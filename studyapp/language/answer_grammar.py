"""The grammar of learners' formulas: products without signs, bars, roots, functions without brackets, TeX fractions."""

from dataclasses import replace
from decimal import Decimal
from typing import Literal, NoReturn

from studyapp.domain.expression import Binary, Call, Index, Name, Node, Number, Operator, Span, Vector
from studyapp.domain.functions import BY_NAME, ROWS
from studyapp.domain.values import dataclass
from studyapp.language.names import Vocabulary, arity
from studyapp.language.pratt import CLOSING, POWER, PRODUCT, TIGHTER, Pratt, Token, called
from studyapp.language.printing import to_text
from studyapp.language.refusal import refuse

_GATHERING = frozenset(row.name for row in ROWS if row.gathers)
_RELATIONS = ("<", ">", "<=", ">=", "==", "!=")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a field reads: the names it knows, and whether it is for numbers alone (`2e-3` and `50%` are numbers)."""

    vocabulary: Vocabulary
    numeric: bool = False


def _ambiguous(first: Token | Node, last: Token | Node, found: str, *readings: str) -> NoReturn:
    refuse("ambiguous", (first.span[0], last.span[1]), found, readings=readings)


_OPENING = frozenset(("(", "[", "{", "√", "\\frac"))


class AnswerGrammar(Pratt):
    """The reader of learners' tokens. `bars` counts the open `|`, `loose` remembers what ended without a bracket."""

    def __init__(self, tokens: list[Token], dialect: Dialect, typed: str) -> None:
        super().__init__(tokens, typed)
        self.dialect = dialect
        self.bars = 0
        self.loose: list[LooseEnd] = []

    def prefix(self, minimum: int) -> Node:
        """A value with the sign before it."""
        token = self.next
        match token.kind, token.text:
            case "sign", "-":
                self.check_signs()
                return self.negation(minimum)
            case "sign", "+":
                self.check_signs()
                self.take()
                return self.expression(max(minimum, PRODUCT))
            case "number", _:
                return self.number()
            case "name", text:
                self.take()
                name = Name(text, token.span)
                return self._index(name) if self.next.is_sign("[") and not self.next.spaced else name
            case "function", _:
                return self._application()
            case "sign", "(" | "[" | "{":
                return self._bracket()
            case "sign", "|":
                return self._absolute()
            case "sign", "\\frac":
                return self._fraction()
            case "sign", "√":
                return self._radical()
            case "sign", "=" | "<" | ">" | "<=" | ">=" | "==" | "!=":
                return self.leftover(token)
            case _:
                return self.missing_operand()

    def _items(self, *, several: bool) -> tuple[list[Node], Span, int]:
        opening, outer_bars, start = self.take(), self.bars, self.at
        self.bars = 0
        items = self.listed(CLOSING[opening.text])
        if len(items) > 1 and not several:
            self._stray_comma(self._first_comma(start))
        closing = self.close(opening)
        self.bars = outer_bars
        return items, (opening.span[0], closing.span[1]), start

    def _bracket(self) -> Node:
        opening = self.next
        items, span, _ = self._items(several=opening.text != "{" and self.dialect.vocabulary.vectors)
        if len(items) == 1 and not (opening.text == "[" and self.dialect.vocabulary.vectors):
            return replace(items[0], span=span)
        return Vector(tuple(items), span)

    def _index(self, name: Name) -> Node:
        opening = self.take()
        indices = self.listed("]")
        closing = self.close(opening)
        span = (name.span[0], closing.span[1])
        if not self.dialect.vocabulary.vectors:
            inner = ", ".join(map(to_text, indices))
            _ambiguous(name, closing, name.name, f"{name.name}*({inner})", f"{name.name}[{inner}]")
        return Index(name, tuple(indices), span)

    def _absolute(self) -> Node:
        opening, first = self.take(), self.next
        if first.kind == "end":
            refuse("unbalanced", opening.span, "|")
        if first.is_sign("|") and not first.spaced:
            refuse("unsupported-sign", (opening.span[0], first.span[1]), "||")
        self.bars += 1
        inner = self.expression(0)
        self.bars -= 1
        if self.next.kind == "end" or self.next.is_sign(")", "]", "}"):
            refuse("unbalanced", opening.span, "|")
        if not self.next.is_sign("|"):
            self.leftover(self.next)
        closing = self.take()
        if self._begins_operand(self.next) and not self.next.is_sign("|") and self._bars_ahead() > 1:
            _ambiguous(opening, self.next, "|")
        return Call("abs", (inner,), span=(opening.span[0], closing.span[1]))

    def _bars_ahead(self) -> int:
        depth = count = 0
        for token in self.tokens[self.at :]:
            depth += token.is_sign(*CLOSING) - token.is_sign(*CLOSING.values())
            if depth < 0:
                break
            count += depth == 0 and token.is_sign("|")
        return count

    def _fraction(self) -> Node:
        before, start = self.tokens[max(self.at - 1, 0)], self.take()
        parts: list[Node] = []
        for _ in range(2):
            if not self.next.is_sign("{"):
                refuse("incomplete", start.span, "\\frac")
            parts.append(self._bracket())
        fraction = Binary("/", parts[0], parts[1], (start.span[0], parts[1].span[1]))
        if before.kind == "number" and all(isinstance(part, Number) for part in parts):
            shown, text = self.shown(before, self.tokens[self.at - 1]), to_text(fraction)
            _ambiguous(before, fraction, shown, f"{before.text} + {text}", f"{before.text}*{text}")
        return fraction

    def _radical(self) -> Node:
        sign = self.take()
        operand = self.expression(POWER + TIGHTER)
        root = Call("sqrt", (operand,), span=(sign.span[0], operand.span[1]))
        if self.tokens[self.at - 1].is_sign(*CLOSING.values()):
            return root
        if self.next.is_sign("**"):
            text = to_text(operand)
            _ambiguous(sign, self.next, "√", f"sqrt({text})**…", f"sqrt({text}**…)")
        self.loose.append(LooseEnd("root", self.at, operand, function="sqrt"))
        return root

    def _application(self) -> Node:
        function = self.take()
        if not self.next.is_sign("**"):
            return self._argument(function, None)
        exponent = self._function_power(function)
        applied = self._argument(function, exponent)
        if self.next.is_sign("**") and self.tokens[self.at - 1].is_sign(*CLOSING.values()):
            refuse("function-power", (function.span[0], self.next.span[1]), self.shown(function))
        return Binary("**", applied, exponent, applied.span)

    def _function_power(self, function: Token) -> Number:
        """The exponent of `tanh^2(u)`: a whole number from 2 on; `f^-1` and `f^n` have other readings."""
        sign, start = self.take(), self.next
        braced = start.is_sign("{")
        if braced:
            self.take()
        is_whole = self.next.kind == "number" and self.next.text.isdigit() and int(self.next.text) > 1
        if not is_whole or function.text not in BY_NAME or (braced and not self.tokens[self.at + 1].is_sign("}")):
            refuse("function-power", (function.span[0], sign.span[1]), self.shown(function))
        exponent = self.number()
        if braced:
            self.take()
        return exponent

    def _argument(self, function: Token, power: Number | None) -> Node:
        token = self.next
        if token.is_sign("(") or (token.is_sign("{", "[") and function.text in _GATHERING):
            return self._call(function)
        if token.is_sign("[", "{"):
            return self._root(function) if token.text == "[" and function.text == "sqrt" else self._braced(function)
        tight_minus = token.is_sign("-") and token.spaced and not self.tokens[self.at + 1].spaced
        if not (tight_minus or token.kind in {"number", "name", "function"} or token.is_sign("|", "√", "\\frac")):
            refuse("missing-argument", function.span, self.shown(function))
        argument = self.expression(POWER)
        self.loose.append(LooseEnd("argument", self.at, argument, function=function.text, power=power))
        return self._applied(function, (argument,), argument.span[1])

    def _braced(self, function: Token) -> Node:
        bracketed = self._bracket()
        if self.next.is_sign("{") and self.tokens[self.at - 1].is_sign("]"):
            refuse("unsupported-sign", bracketed.span, f"{function.text}[…]")
        return self._applied(function, (bracketed,), bracketed.span[1])

    def _root(self, function: Token) -> Node:
        r"""`\sqrt[n]{x}`, or `sqrt[x]`."""
        opening = self.take()
        index = self.expression(0)
        closing = self.close(opening)
        if not self.next.is_sign("{"):
            return self._applied(function, (replace(index, span=(opening.span[0], closing.span[1])),), closing.span[1])
        radicand = self._bracket()
        exponent = Binary("/", Number(Decimal(1), index.span), index, index.span)
        return Binary("**", radicand, exponent, (function.span[0], radicand.span[1]))

    def _call(self, function: Token) -> Node:
        arguments, (_, stop), start = self._items(several=True)
        low, high = (1, 1) if function.text.startswith("log_") else arity(function.text)
        if len(arguments) > 1 and function.text not in _GATHERING:
            self._check_comma(function, self._first_comma(start))
        if not low <= len(arguments) <= high:
            refuse("wrong-arguments", (function.span[0], stop), self.shown(function))
        return self._applied(function, tuple(arguments), stop)

    def _check_comma(self, function: Token, at: int) -> None:
        """Refuse `exp(0,5)`, and `log(8,2)`, which may be log 8.2 and the logarithm of 8 to base 2."""
        if not self._is_decimal_comma(at):
            return
        before, after, end = self.tokens[at - 1].text, self.tokens[at + 1].text, self.tokens[at + 2]
        if function.text == "log" and before.strip("0") and self.tokens[at - 2].is_sign("(") and end.is_sign(")"):
            _ambiguous(function, end, self.shown(function), f"log({before}.{after})", f"log({before}, {after})")
        self._stray_comma(at)

    def _applied(self, function: Token, arguments: tuple[Node, ...], stop: int) -> Node:
        span = (function.span[0], stop)
        if function.text.startswith("log_") and function.text not in self.dialect.vocabulary.functions:
            base = function.text[4:]
            arguments += (Number(Decimal(base), function.span) if base.isdigit() else Name(base, function.span),)
            return Call("log", arguments, primes=function.primes, span=span)
        return called(function.text, arguments, (), function.primes, span)

    def infix(self, left: Node, minimum: int) -> Node | None:
        """`left` under the next sign, or multiplied by what follows without one."""
        token = self.next
        sign = token.text if token.kind == "sign" else ""
        if token.kind == "end":
            return None
        if sign == "!":
            refuse("factorial", token.span, "!")
        if sign == "%":
            if not self.dialect.numeric:
                refuse("percent", token.span, "%")
            self.take()
            return Binary("/", left, Number(Decimal(100), token.span), (left.span[0], token.span[1]))
        if minimum > PRODUCT and sign != "**":
            return None
        if self.loose:
            self._check_loose(token)
        if token.kind == "number":
            self._check_mixed()
            self.leftover(token)
        if self._begins_operand(token):
            self._check_exponent(token)
            self._check_scientific(token)
            right = self.expression(PRODUCT + TIGHTER)
            return Binary("*", left, right, (left.span[0], right.span[1]))
        return self._arithmetic(left, minimum)

    def _arithmetic(self, left: Node, minimum: int) -> Node | None:
        start = self.at
        node = self.arithmetic(left, minimum)
        if isinstance(node, Binary) and self.at > start:
            if node.operator == "/":
                self.loose.append(LooseEnd("quotient", self.at, node.right, node.left))
            if node.operator == "**" and not self.tokens[start + 1].is_sign("(", "{", "["):
                self.loose.append(LooseEnd("power", self.at, node.right, node.left))
        return node

    def _begins_operand(self, token: Token) -> bool:
        if token.kind == "sign":
            return token.text in _OPENING or (token.text == "|" and self.bars == 0)
        return token.kind in {"name", "function"}

    def _check_mixed(self) -> None:
        """Refuse `1 1/2`: a mixed number, or a product without its sign."""
        whole, upper, sign, lower = (self.tokens + self.tokens[-1:] * 2)[self.at - 1 : self.at + 3]
        texts = (whole.text, upper.text, lower.text)
        if sign.is_sign("/") and all(text.isdigit() for text in texts) and int(upper.text) < int(lower.text):
            number, fraction = whole.text, f"{upper.text}/{lower.text}"
            _ambiguous(whole, lower, self.shown(whole, lower), f"{number} + {fraction}", f"{number}*{fraction}")

    def _check_loose(self, token: Token) -> None:
        """Refuse `1/2y`, `e^2x`, `log a/b`, `√2y`: how far the quotient, power or function reaches cannot be seen."""
        operand = self._begins_operand(token)
        for end in reversed(self.loose):
            if end.at == self.at and end.catches(token, operand=operand):
                sign = SIGNS[self.take().text] if token.is_sign(*SIGNS) else "*"
                self.loose.clear()
                following = self.expression(PRODUCT + TIGHTER)
                _ambiguous(end.left or end.right, following, "", *end.readings(sign, following))

    def _check_scientific(self, token: Token) -> None:
        """Refuse `2e - 3`, which may be 0.002 and may be 2·e − 3."""
        before = self.tokens[self.at - 1]
        if before.kind != "number" or token.text != "e" or token.spaced:
            return
        sign, digits = (self.tokens[min(self.at + ahead, len(self.tokens) - 1)] for ahead in (1, 2))
        if sign.is_sign("+", "-") and digits.kind == "number":
            power = f"({sign.text}{digits.text})" if sign.text == "-" else digits.text
            number, product = f"{before.text}*10**{power}", f"{before.text}*e {sign.text} {digits.text}"
            _ambiguous(before, digits, before.text + "e", number, product)

    def _check_exponent(self, token: Token) -> None:
        """Refuse `2e-3x`, which may be 0.002·x and may be 2·e − 3·x."""
        before = self.tokens[self.at - 1]
        if before.kind != "number" or self.dialect.numeric or "e" not in before.text.lower():
            return
        mantissa, _, exponent = before.text.lower().partition("e")
        sign, digits = (exponent[0], exponent[1:]) if exponent[0] in "+-" else ("*", exponent)
        power = f"({exponent})" if sign == "-" else digits
        _ambiguous(before, token, before.text, f"{mantissa}*10**{power}*…", f"{mantissa}*e{sign}{digits}*…")

    def leftover(self, token: Token) -> NoReturn:
        """Equations, comparisons and commas have sentences of their own."""
        if token.is_sign("="):
            refuse("equation", token.span, "=")
        if token.is_sign(*_RELATIONS):
            refuse("comparison", token.span, self.shown(token))
        if token.is_sign(","):
            self._stray_comma(self.at)
        if token.is_sign("|"):
            refuse("unbalanced", token.span, "|")
        super().leftover(token)

    def _first_comma(self, start: int) -> int:
        depth = 0
        for at in range(start, self.at):
            token = self.tokens[at]
            depth += token.is_sign(*CLOSING) - token.is_sign(*CLOSING.values())
            if depth == 0 and token.is_sign(","):
                return at
        return self.at

    def _stray_comma(self, at: int) -> NoReturn:
        if self._is_decimal_comma(at):
            before, after = self.tokens[at - 1], self.tokens[at + 1]
            span = (before.span[0], after.span[1])
            found = f"{before.text},{after.text}"
            point = (f"{before.text}.{after.text}",)
            thousands = (before.text + after.text,) if len(after.text) == 3 and before.text.strip("0") else ()
            refuse("decimal-comma", span, found, readings=point + thousands)
        refuse("stray-comma", self.tokens[at].span, self.shown(self.tokens[at]))

    def _is_decimal_comma(self, at: int) -> bool:
        if at == 0:
            return False
        before, comma, after = self.tokens[at - 1 : at + 2]
        tight = not comma.spaced and not after.spaced
        return tight and before.text.isdigit() and after.text.isdigit()


SIGNS: dict[str, Operator] = {"*": "*", "/": "/", "+": "+", "-": "-"}


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """What ended at token `at` without a bracket; `right` could be longer, `left` is a numerator or a base."""

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
                # `1/2(y - t)` is half of the bracket in every textbook; `1/2√x` may be 1/(2√x), its own derivative.
                coefficient = isinstance(self.left, Number) and isinstance(self.right, Number)
                group = token.is_sign("(", "[", "{") or (token.kind == "function" and token.text != "sqrt")
                return operand and not (coefficient and group)
            case "root":
                return operand
            case "power":
                name = token.kind in {"name", "function"}
                tight = not token.spaced and (name or not isinstance(self.right, Number))
                return (operand and tight) or (self._is_one and token.is_sign("/"))
            case "argument":
                return operand or token.is_sign("*", "/") or (self._is_one and token.is_sign("+", "-"))

    @property
    def _is_one(self) -> bool:
        """Whether it ends in 1: `log 1 - y` and `x^1/2` are never meant as they are read."""
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
