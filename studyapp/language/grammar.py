"""The expression language of authors, read strictly: every product has its sign, and names are not guessed."""

from __future__ import annotations

from typing import Literal, NoReturn, get_args

from studyapp.domain.expression import Comparison, Index, Logical, Name, Node, Not, Relation, Vector, Word
from studyapp.domain.verdict import Unreadable
from studyapp.language.pratt import AND, COMPARISON, NOT, OR, SUM, TIGHTER, Pratt, Token, called, strict_tokens, within
from studyapp.language.printing import to_tex
from studyapp.language.refusal import AUTHOR, RefusalError, check_length, check_size, refuse

_RELATIONS: dict[str, Relation] = {relation: relation for relation in get_args(Relation)}


def read_strict(text: str) -> Node | Unreadable:
    """The tree of an author's expression.

    Numbers, names, `+ - * / **` (or `^`), unary minus, comparisons and their chains, `and or not`, calls with named
    options, indexing, vectors `(a, b)` `[a, b]` `[a]`. Spans are positions in `text`.
    """
    try:
        check_length(text, AUTHOR)
        node = StrictGrammar(strict_tokens(text, AUTHOR), text).read()
        check_size(node)
    except RefusalError as refusal:
        return refusal.unreadable
    return node


def strict_tex(text: str) -> str | None:
    """TeX of an author's expression, None where it cannot be read."""
    node = read_strict(text)
    return None if isinstance(node, Unreadable) else to_tex(node)


class StrictGrammar(Pratt):
    """The reader of authors' tokens."""

    def prefix(self, minimum: int) -> Node:
        """A number, word, name, call, bracket, `-` or `not`, with the indices behind it."""
        token = self.next
        if token.is_sign("-"):
            return self.negation(minimum)
        if token.is_sign("not") and minimum <= NOT:
            self.take()
            operand = self.expression(NOT)
            return Not(operand, (token.span[0], operand.span[1]))
        node = self._primary()
        while self.next.is_sign("["):
            node = self._index(node)
        return node

    def infix(self, left: Node, minimum: int) -> Node | None:
        """Arithmetic, a chain of comparisons, or a join of conditions."""
        token = self.next
        if token.kind != "sign":
            return None
        if token.text in _RELATIONS and minimum <= COMPARISON:
            return self._chain(left)
        if token.text == "and" and minimum <= AND:
            return self._joined("and", left, AND)
        if token.text == "or" and minimum <= OR:
            return self._joined("or", left, OR)
        return self.arithmetic(left, minimum)

    def _joined(self, operator: Literal["and", "or"], left: Node, power: int) -> Logical:
        self.take()
        right = self.expression(power + TIGHTER)
        return Logical(operator, left, right, (left.span[0], right.span[1]))

    def leftover(self, token: Token) -> NoReturn:
        """A comma or an `=` outside of brackets has a sentence of its own."""
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
            return self._call(token) if self.next.is_sign("(") else self._name(token)
        if token.is_sign("(", "["):
            return self._bracket()
        return self.missing_operand()

    def _name(self, token: Token) -> Name:
        if token.primes:
            refuse("missing-argument", token.span, token.text + "'" * token.primes)
        return Name(token.text, token.span)

    def _bracket(self) -> Node:
        opening = self.take()
        items = self.listed(self._item, ")" if opening.text == "(" else "]")
        closing = self.close(opening)
        span = (opening.span[0], closing.span[1])
        if opening.text == "(" and len(items) == 1:
            return within(items[0], span)
        return Vector(tuple(items), span)

    def _item(self) -> Node:
        return self.expression(0)

    def _index(self, target: Node) -> Index:
        opening = self.take()
        indices = self.listed(self._item, "]")
        closing = self.close(opening)
        return Index(target, tuple(indices), (target.span[0], closing.span[1]))

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
            right = self.expression(SUM)
            links.append(Comparison(relation, left, right, (left.span[0], right.span[1])))
            left = right
        node: Node = links[0]
        for link in links[1:]:
            node = Logical("and", node, link, (node.span[0], link.span[1]))
        return node
