"""The grammar of learners' formulas: products without signs, bars, roots, functions without brackets, TeX fractions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from studyapp.domain.expression import Binary, Call, Index, Name, Node, Number, Vector
from studyapp.language.loose_ends import SIGNS, LooseEnd
from studyapp.language.pratt import CLOSING, POWER, PRODUCT, TIGHTER, Pratt, within
from studyapp.language.printing import to_text
from studyapp.language.refusal import refuse
from studyapp.language.tokens import Token
from studyapp.language.vocabulary import ARITY, Vocabulary

_RELATIONS = ("<", ">", "<=", ">=", "==", "!=")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a field reads: the names it knows, and whether it is for numbers alone (`2e-3` and `50%` are numbers)."""

    vocabulary: Vocabulary
    numeric: bool = False


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
        if token.is_sign("-", "+"):
            following = self.tokens[self.at + 1]
            if following.is_sign("-", "+"):
                refuse("doubled-sign", (token.span[0], following.span[1]), self.shown(token, following))
            if token.text == "-":
                return self.negation(minimum)
            self.take()
            return self.expression(max(minimum, PRODUCT))
        return self._primary()

    def _primary(self) -> Node:
        token = self.next
        if token.kind == "number":
            return self.number()
        if token.kind == "name":
            self.take()
            name = Name(token.text, token.span)
            return self._index(name) if self.next.is_sign("[") and not self.next.spaced else name
        if token.kind == "function":
            return self._application()
        match token.text if token.kind == "sign" else "":
            case "(" | "[" | "{":
                return self._bracket()
            case "|":
                return self._absolute()
            case "\\frac":
                return self._fraction()
            case "√":
                return self._radical()
            case "=" | "<" | ">" | "<=" | ">=" | "==" | "!=":
                return self.leftover(token)
            case _:
                return self.missing_operand()

    def _bracket(self) -> Node:
        opening, outer_bars, start = self.take(), self.bars, self.at
        self.bars = 0
        items = self.listed(lambda: self.expression(0), CLOSING[opening.text])
        if len(items) > 1 and (opening.text == "{" or not self.dialect.vocabulary.vectors):
            self._stray_comma(self._first_comma(start))
        closing = self.close(opening)
        self.bars = outer_bars
        span = (opening.span[0], closing.span[1])
        if len(items) == 1 and not (opening.text == "[" and self.dialect.vocabulary.vectors):
            return within(items[0], span)
        return Vector(tuple(items), span)

    def _index(self, name: Name) -> Node:
        opening = self.take()
        indices = self.listed(lambda: self.expression(0), "]")
        closing = self.close(opening)
        span = (name.span[0], closing.span[1])
        if not self.dialect.vocabulary.vectors:
            inner = ", ".join(map(to_text, indices))
            refuse("ambiguous", span, name.name, readings=(f"{name.name}*({inner})", f"{name.name}[{inner}]"))
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
        if not self.next.is_sign("|"):
            if self.next.kind == "end" or self.next.is_sign(")", "]", "}"):
                refuse("unbalanced", opening.span, "|")
            self.leftover(self.next)
        closing = self.take()
        if self._begins_operand(self.next) and not self.next.is_sign("|") and self._bars_ahead() > 1:
            refuse("ambiguous", (opening.span[0], self.next.span[1]), "|")
        return Call("abs", (inner,), span=(opening.span[0], closing.span[1]))

    def _bars_ahead(self) -> int:
        """The bars that follow within the same brackets."""
        depth = count = 0
        for token in self.tokens[self.at :]:
            depth += token.is_sign(*CLOSING) - token.is_sign(*CLOSING.values())
            if depth < 0:
                break
            count += depth == 0 and token.is_sign("|")
        return count

    def _fraction(self) -> Node:
        start = self.take()
        parts: list[Node] = []
        for _ in range(2):
            if not self.next.is_sign("{"):
                refuse("incomplete", start.span, "\\frac")
            parts.append(self._bracket())
        return Binary("/", parts[0], parts[1], (start.span[0], parts[1].span[1]))

    def _radical(self) -> Node:
        sign = self.take()
        operand = self.expression(POWER + TIGHTER)
        root = Call("sqrt", (operand,), span=(sign.span[0], operand.span[1]))
        if self.tokens[self.at - 1].is_sign(*CLOSING.values()):
            return root
        if self.next.is_sign("**"):
            text = to_text(operand)
            readings = (f"sqrt({text})**…", f"sqrt({text}**…)")
            refuse("ambiguous", (sign.span[0], self.next.span[1]), "√", readings=readings)
        self.loose.append(LooseEnd("root", self.at, operand, function="sqrt"))
        return root

    def _application(self) -> Node:
        function = self.take()
        token = self.next
        if token.is_sign("("):
            return self._call(function)
        if token.is_sign("**"):
            refuse("function-power", (function.span[0], token.span[1]), self.shown(function))
        if token.is_sign("[", "{"):
            bracketed = self._bracket()
            if token.text == "[" and self.next.is_sign("{"):
                refuse("unsupported-sign", bracketed.span, f"{function.text}[…]")
            return self._applied(function, (bracketed,), bracketed.span[1])
        tight_minus = token.is_sign("-") and token.spaced and not self.tokens[self.at + 1].spaced
        if not (tight_minus or token.kind in {"number", "name", "function"} or token.is_sign("|", "√", "\\frac")):
            refuse("missing-argument", function.span, self.shown(function))
        argument = self.expression(POWER)
        self.loose.append(LooseEnd("argument", self.at, argument, function=function.text))
        return self._applied(function, (argument,), argument.span[1])

    def _call(self, function: Token) -> Node:
        opening, outer_bars, start = self.take(), self.bars, self.at
        self.bars = 0
        arguments = self.listed(lambda: self.expression(0), ")")
        closing = self.close(opening)
        self.bars = outer_bars
        low, high = ARITY.get(function.text, (1, 20))
        if len(arguments) > 1 and function.text not in {"max", "min"}:
            comma = self._first_comma(start)
            if self._is_decimal_comma(comma):
                self._stray_comma(comma)
        if not low <= len(arguments) <= high:
            refuse("wrong-arguments", (function.span[0], closing.span[1]), self.shown(function))
        return self._applied(function, tuple(arguments), closing.span[1])

    def _applied(self, function: Token, arguments: tuple[Node, ...], stop: int) -> Call:
        return Call(function.text, arguments, primes=function.primes, span=(function.span[0], stop))

    def infix(self, left: Node, minimum: int) -> Node | None:
        """`left` under the next sign, or multiplied by what follows without one."""
        token = self.next
        if token.is_sign("!"):
            refuse("factorial", token.span, "!")
        if token.is_sign("%"):
            return self._percent(left)
        if minimum > PRODUCT and not token.is_sign("**"):
            return None
        self._check_loose(token)
        if token.kind == "number":
            self.leftover(token)
        if self._begins_operand(token):
            return self._product(left)
        if token.is_sign("+", "-") and self.tokens[self.at + 1].is_sign("+", "-"):
            following = self.tokens[self.at + 1]
            refuse("doubled-sign", (token.span[0], following.span[1]), self.shown(token, following))
        return self._arithmetic(left, minimum)

    def _arithmetic(self, left: Node, minimum: int) -> Node | None:
        sign, start = self.next, self.at
        node = self.arithmetic(left, minimum)
        if isinstance(node, Binary) and self.at > start:
            if sign.is_sign("/"):
                self.loose.append(LooseEnd("quotient", self.at, node.right, node.left))
            if sign.is_sign("**") and not self.tokens[start + 1].is_sign("(", "{", "["):
                self.loose.append(LooseEnd("power", self.at, node.right, node.left))
        return node

    def _begins_operand(self, token: Token) -> bool:
        if token.is_sign("|"):
            return self.bars == 0
        return token.kind in {"name", "function"} or token.is_sign("(", "[", "{", "√", "\\frac")

    def _product(self, left: Node) -> Node:
        """A product without its sign."""
        self._check_scientific(self.next)
        right = self.expression(PRODUCT + TIGHTER)
        return Binary("*", left, right, (left.span[0], right.span[1]))

    def _check_loose(self, token: Token) -> None:
        """Refuse `1/2y`, `e^2x`, `log a/b`, `√2y`: how far the quotient, power or function reaches cannot be seen."""
        operand = self._begins_operand(token)
        for end in reversed(self.loose):
            if end.at == self.at and end.catches(token, operand=operand):
                sign = SIGNS[self.take().text] if token.is_sign(*SIGNS) else "*"
                self.loose.clear()
                following = self.expression(PRODUCT + TIGHTER)
                start = (end.left or end.right).span[0]
                refuse("ambiguous", (start, following.span[1]), readings=end.readings(sign, following))

    def _check_scientific(self, token: Token) -> None:
        """Refuse `2e - 3`, which may be 0.002 and may be 2·e − 3."""
        before = self.tokens[self.at - 1]
        if before.kind != "number" or token.text != "e" or token.spaced:
            return
        sign, digits = (self.tokens[min(self.at + ahead, len(self.tokens) - 1)] for ahead in (1, 2))
        if sign.is_sign("+", "-") and digits.kind == "number":
            power = f"({sign.text}{digits.text})" if sign.text == "-" else digits.text
            readings = (f"{before.text}*10**{power}", f"{before.text}*e {sign.text} {digits.text}")
            refuse("ambiguous", (before.span[0], digits.span[1]), before.text + "e", readings=readings)

    def _percent(self, left: Node) -> Node:
        sign = self.take()
        if not self.dialect.numeric:
            refuse("percent", sign.span, "%")
        return Binary("/", left, Number(Decimal(100), sign.span), (left.span[0], sign.span[1]))

    def leftover(self, token: Token) -> NoReturn:
        """Equations, comparisons and commas are told as such."""
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
        """The place of the first comma from `start` that is in no inner bracket."""
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
