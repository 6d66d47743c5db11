"""What every reader of formulas shares: tokens, and top-down operator precedence (V. Pratt, 1973) over them."""

from decimal import Decimal
from typing import Literal, NamedTuple, NoReturn

from studyapp.domain.expression import Binary, Call, Negate, Node, Number, Operator, Span
from studyapp.domain.functions import ALIASES
from studyapp.domain.limits import EXPRESSION_DEPTH, NUMBER_EXPONENT
from studyapp.language.refusal import refuse

Kind = Literal["number", "name", "function", "word", "option", "sign", "end"]


class Token(NamedTuple):
    """One word or sign. `spaced` says that white space precedes it, `primes` counts the primes behind a name."""

    kind: Kind
    text: str
    span: Span
    spaced: bool = False
    primes: int = 0

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of the signs."""
        return self.kind == "sign" and self.text in signs


def check_number(text: str, span: Span) -> None:
    """Refuse a number whose exponent is beyond all use, before it is made."""
    _, _, exponent = text.lower().partition("e")
    digits = exponent.lstrip("+-").lstrip("0")
    if len(digits) > 4 or int(digits or "0") > NUMBER_EXPONENT:
        refuse("too-large", span, text)


OR, AND, NOT, COMPARISON, SUM, ENTRYWISE, PRODUCT, POWER, POSTFIX = 10, 20, 30, 40, 50, 57, 60, 80, 90
TIGHTER = 1
"""Added to a power, for the right operand of a sign that groups to the left."""

OPERATORS: dict[str, tuple[Operator, int, int]] = {
    "+": ("+", SUM, SUM + TIGHTER),
    "-": ("-", SUM, SUM + TIGHTER),
    "*": ("*", PRODUCT, PRODUCT + TIGHTER),
    "/": ("/", PRODUCT, PRODUCT + TIGHTER),
    "**": ("**", POWER, POWER),
    "^": ("**", POWER, POWER),
}
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Pratt:
    """A cursor over tokens; a reader adds `prefix` (what may begin an operand) and `infix` (what may follow one)."""

    def __init__(self, tokens: list[Token], typed: str) -> None:
        self.tokens = tokens
        self.typed = typed
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.at]

    def shown(self, *tokens: Token) -> str:
        """What was typed from the first of the tokens to the last."""
        return self.typed[tokens[0].span[0] : tokens[-1].span[1]]

    def take(self) -> Token:
        """The next token; the cursor moves past it (never past the end)."""
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def read(self) -> Node:
        """The one expression that the tokens make up."""
        node = self.expression(0)
        if self.next.kind != "end":
            self.leftover(self.next)
        return node

    def expression(self, minimum: int) -> Node:
        """The longest expression from here whose signs bind at least as strongly as `minimum`."""
        self.depth += 1
        if self.depth > EXPRESSION_DEPTH:
            refuse("too-deep", self.next.span, str(EXPRESSION_DEPTH))
        left = self.prefix(minimum)
        while (longer := self.infix(left, minimum)) is not None:
            left = longer
        self.depth -= 1
        return left

    def prefix(self, minimum: int) -> Node:
        """An operand, with the signs before it."""
        raise NotImplementedError

    def infix(self, left: Node, minimum: int) -> Node | None:
        """`left` with the next sign and its right operand, or None where `left` ends."""
        raise NotImplementedError

    def leftover(self, token: Token) -> NoReturn:
        """Say why the text could not end before this token."""
        if token.is_sign(")", "]", "}"):
            refuse("unbalanced", token.span, self.shown(token))
        refuse("missing-operator", token.span, self.shown(token))

    def number(self) -> Number:
        """The number at the cursor, every written digit kept."""
        token = self.take()
        return Number(Decimal(token.text), token.span)

    def negation(self, minimum: int) -> Negate:
        """A unary minus: over a whole product at the head of a term (`-x*y`), over a power elsewhere (`a/-b*c`)."""
        start = self.take().span[0]
        operand = self.expression(max(minimum, PRODUCT))
        return Negate(operand, (start, operand.span[1]))

    def check_signs(self) -> None:
        """Refuse a third sign in a row; two, as in `0.5 - -2`, have one reading."""
        run = self.tokens[max(self.at - 1, 0) : self.at + 2]
        if len(run) > 2 and all(token.is_sign("-", "+") for token in run):
            refuse("doubled-sign", (run[0].span[0], run[-1].span[1]), self.shown(run[0], run[-1]))

    def arithmetic(self, left: Node, minimum: int) -> Node | None:
        """`left` under an arithmetic sign with its right operand, or None."""
        entry = OPERATORS.get(self.next.text) if self.next.kind == "sign" else None
        if entry is None or entry[1] < minimum:
            return None
        operator, _, right_power = entry
        self.take()
        right = self.expression(right_power)
        return Binary(operator, left, right, (left.span[0], right.span[1]))

    def missing_operand(self) -> NoReturn:
        """Say that a value is wanted here."""
        token = self.next
        if token.kind == "end":
            refuse("incomplete", token.span, self.shown(self.tokens[self.at - 1]) if self.at else "")
        if token.is_sign(")", "]", "}") and self.at and self.tokens[self.at - 1].text not in CLOSING:
            before = self.tokens[self.at - 1]
            refuse("incomplete", before.span, self.shown(before))
        refuse("missing-operand", token.span, self.shown(token))

    def close(self, opening: Token) -> Token:
        """The closing bracket that answers `opening`."""
        wanted = CLOSING[opening.text]
        if self.next.is_sign(wanted):
            return self.take()
        if self.next.kind == "end" or self.next.is_sign(")", "]", "}"):
            refuse("unbalanced", opening.span, self.shown(opening))
        return self.leftover(self.next)

    def listed(self, closing: str) -> list[Node]:
        """Items between commas, up to (not including) the closing sign."""
        if self.next.is_sign(closing):
            self.missing_operand()
        items = [self.expression(0)]
        while self.next.is_sign(","):
            self.take()
            items.append(self.expression(0))
        return items


def called(
    function: str, arguments: tuple[Node, ...], options: tuple[tuple[str, Node], ...], primes: int, span: Span
) -> Node:
    """A function applied, under the name that trees use; `pow(x, n)` is a power."""
    function = ALIASES.get(function, function)
    if function == "pow" and len(arguments) == 2 and not options and not primes:
        return Binary("**", arguments[0], arguments[1], span)
    return Call(function, arguments, options, primes, span)
