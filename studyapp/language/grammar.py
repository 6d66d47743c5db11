"""The expression language of authors, read strictly: every product has its sign, and names are not guessed."""

import re
from dataclasses import replace
from typing import Literal, NoReturn, get_args

from studyapp.domain.expression import Call, Comparison, Index, Logical, Name, Node, Not, Relation, Slice, Vector, Word
from studyapp.domain.verdict import Unreadable
from studyapp.language import pratt
from studyapp.language.normalise import normalise
from studyapp.language.pratt import CLOSING, Pratt, Token, called, check_number
from studyapp.language.refusal import AUTHOR, RefusalError, check_length, check_size, refuse

_LETTER = r"A-Za-z\u0370-\u03ff"
_NAME = rf"[{_LETTER}][{_LETTER}0-9]*(?:_[{_LETTER}0-9]+)*"
_STRICT = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<name>{_NAME})(?P<primes>'*)
    |(?P<word>"[^"'\\\n]*"|'[^"'\\\n]*')
    |(?P<sign>\*\*|<=|>=|==|!=|[-+*/^(),\[\]<>=:@])""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"([A-Za-z_]\w*)\.([A-Za-z_]\w*)")
_ASCII_SIGNS = frozenset("0123456789+-*/^()[],<>=.") | {"<=", ">=", "!="}
_RELATIONS: dict[str, Relation] = {relation: relation for relation in get_args(Relation)}
_JOINS: tuple[tuple[Literal["and", "or"], int], ...] = (("and", pratt.AND), ("or", pratt.OR))


def read_strict(text: str) -> Node | Unreadable:
    """The tree of an author's expression; spans are positions in `text`."""
    try:
        check_length(text, AUTHOR)
        node = _StrictGrammar(_tokens(text), text).read()
        check_size(node)
    except RefusalError as refusal:
        return refusal.unreadable
    return node


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        match = _STRICT.match(text, at) or _unsupported(text, at)
        if match.lastgroup != "space":
            tokens.append(_token(match, spaced=spaced))
            if len(tokens) > AUTHOR.tokens:
                refuse("too-many-tokens", match.span(), str(AUTHOR.tokens))
        spaced = match.lastgroup == "space"
        at = match.end()
    return [*tokens, Token("end", "", (at, at), spaced)]


def _token(match: re.Match[str], *, spaced: bool) -> Token:
    kind, text, span = match.lastgroup, match[0], match.span()
    if kind == "sign":
        return Token("sign", text, span, spaced)
    if kind == "number":
        check_number(text, span)
        return Token("number", text, span, spaced)
    if kind == "word":
        return Token("word", text[1:-1], span, spaced)
    name, primes = match["name"], match["primes"]
    if name in {"and", "or", "not"}:
        return Token("sign", name, span, spaced)
    return Token("name", name, span, spaced, len(primes))


def _unsupported(text: str, at: int) -> NoReturn:
    """Refuse a sign; an attribute of a module or of an array is shown as this language writes it."""
    attribute = _ATTRIBUTE.search(text, max(0, at - 40), at + 40) if text[at] == "." else None
    if attribute and attribute.start(2) == at + 1:
        owner, name = attribute.groups()
        plain = f"transpose({owner})" if name == "T" else f"{name}({owner})"
        nearest = name if owner in ("np", "numpy", "math", "torch") else plain
        refuse("unsupported-sign", (at, at + 1), attribute[0], nearest=nearest)
    plain = normalise(text[at]).text
    nearest = plain if plain in _ASCII_SIGNS and plain != text[at] else ""
    refuse("unsupported-sign", (at, at + 1), text[at], nearest=nearest)


class _StrictGrammar(Pratt):
    def prefix(self, minimum: int) -> Node:
        token = self.next
        sign = token.text if token.kind == "sign" else ""
        if sign == "-":
            return self.negation(minimum)
        if sign == "not" and minimum <= pratt.NOT:
            self.take()
            operand = self.expression(pratt.NOT)
            return Not(operand, (token.span[0], operand.span[1]))
        node = self._primary()
        while self.next.is_sign("["):
            node = self._index(node)
        return node

    def infix(self, left: Node, minimum: int) -> Node | None:
        token = self.next
        if token.kind != "sign":
            return None
        if token.text in _RELATIONS and minimum <= pratt.COMPARISON:
            return self._chain(left)
        for operator, power in _JOINS:
            if token.text == operator and minimum <= power:
                self.take()
                right = self.expression(power + pratt.TIGHTER)
                return Logical(operator, left, right, (left.span[0], right.span[1]))
        if token.text == "@" and minimum <= pratt.PRODUCT:
            self.take()
            right = self.expression(pratt.PRODUCT + pratt.TIGHTER)
            return Call("dot", (left, right), span=(left.span[0], right.span[1]))
        return self.arithmetic(left, minimum)

    def leftover(self, token: Token) -> NoReturn:
        if token.is_sign("="):
            refuse("equation", token.span, "=")
        if token.is_sign(","):
            refuse("stray-comma", token.span, ",")
        super().leftover(token)

    def _primary(self) -> Node:
        token = self.next
        if token.kind == "number":
            return self.number()
        if token.kind == "word":
            self.take()
            return Word(token.text, token.span)
        if token.kind == "name":
            self.take()
            if self.next.is_sign("("):
                return self._call(token)
            if token.primes:
                refuse("missing-argument", token.span, token.text + "'" * token.primes)
            return Name(token.text, token.span)
        if token.is_sign("(", "["):
            return self._bracket()
        return self.missing_operand()

    def _bracket(self) -> Node:
        opening = self.take()
        items = self.listed(CLOSING[opening.text])
        closing = self.close(opening)
        span = (opening.span[0], closing.span[1])
        if opening.text == "(" and len(items) == 1:
            return replace(items[0], span=span)
        return Vector(tuple(items), span)

    def _index(self, target: Node) -> Index:
        opening = self.take()
        if self.next.is_sign("]"):
            self.missing_operand()
        indices = [self._places()]
        while self.next.is_sign(","):
            self.take()
            indices.append(self._places())
        closing = self.close(opening)
        return Index(target, tuple(indices), (target.span[0], closing.span[1]))

    def _places(self) -> Node:
        """One place of an axis, or a slice `start:stop:step`."""
        first = self.next.span[0]
        parts = [self._part_of_slice()]
        while self.next.is_sign(":") and len(parts) < 3:
            self.take()
            parts.append(self._part_of_slice())
        if len(parts) == 1:
            return parts[0] or self.missing_operand()
        start, stop, step = (*parts, None)[:3]
        return Slice(start, stop, step, (first, self.tokens[self.at - 1].span[1]))

    def _part_of_slice(self) -> Node | None:
        return None if self.next.is_sign(":", ",", "]") else self.expression(0)

    def _call(self, function: Token) -> Node:
        opening = self.take()
        arguments: list[Node] = []
        options: list[tuple[str, Node]] = []
        while not self.next.is_sign(")"):
            token = self.next
            if token.kind == "name" and self.tokens[self.at + 1].is_sign("="):
                self.take()
                self.take()
                if token.text in dict(options):
                    refuse("repeated-option", token.span, token.text)
                options.append((token.text, self.expression(0)))
            elif options:
                refuse("option-first", token.span, options[-1][0])
            else:
                arguments.append(self.expression(0))
            if not self.next.is_sign(","):
                break
            self.take()
        closing = self.close(opening)
        span = (function.span[0], closing.span[1])
        return called(function.text, tuple(arguments), tuple(options), function.primes, span)

    def _chain(self, left: Node) -> Node:
        """`a < b < c` as `a < b and b < c`."""
        links: list[Comparison] = []
        while self.next.kind == "sign" and self.next.text in _RELATIONS:
            relation = _RELATIONS[self.take().text]
            right = self.expression(pratt.SUM)
            links.append(Comparison(relation, left, right, (left.span[0], right.span[1])))
            left = right
        node: Node = links[0]
        for link in links[1:]:
            node = Logical("and", node, link, (node.span[0], link.span[1]))
        return node
