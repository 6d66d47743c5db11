"""Vectors and matrices as learners write them: `[a, b]`, `(a, b)`, `a, b`, `a b`, `a b; c d`, or a row a line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from studyapp.domain.expression import Node, Vector
from studyapp.domain.verdict import Unreadable
from studyapp.language.answer_grammar import AnswerGrammar, Dialect
from studyapp.language.answers import NUMBERS_ONLY, prepared, tokens_of
from studyapp.language.bounds import MAX_DEPTH, check_size
from studyapp.language.pratt import CLOSING
from studyapp.language.refusal import RefusalError, refuse
from studyapp.language.tokens import Token
from studyapp.language.vocabulary import Vocabulary


def read_vector(text: str, vocabulary: Vocabulary | None = None) -> Vector | Unreadable:
    """The vector (or the matrix, as a vector of rows) that a learner wrote; without a vocabulary, of numbers only."""
    dialect = Dialect(NUMBERS_ONLY, numeric=True)
    if vocabulary is not None:
        dialect = Dialect(replace(vocabulary, vectors=True))
    try:
        tokens = tokens_of(prepared(text), dialect, rows=True)
        node = _Layout(dialect, text).vector(tokens[:-1], 0)
        check_size(node)
    except RefusalError as refusal:
        return refusal.unreadable
    return node


class _Layout:
    """Finds rows and entries; entries are read by the grammar."""

    def __init__(self, dialect: Dialect, typed: str) -> None:
        self.dialect = dialect
        self.typed = typed

    def vector(self, tokens: list[Token], depth: int) -> Vector:
        if depth > MAX_DEPTH:
            refuse("too-deep", tokens[0].span, str(MAX_DEPTH))
        tokens = _stripped(tokens)
        inner = _inside(tokens)
        span = (tokens[0].span[0], tokens[-1].span[1])
        if inner is not None:
            if not inner:
                refuse("missing-operand", tokens[-1].span, tokens[-1].text)
            return replace(self.vector(inner, depth + 1), span=span)
        _check_brackets(tokens)
        rows = [row for row in _split(tokens, "\n") if row]
        if len(rows) > 1:
            return self._matrix(rows, span, depth)
        items = self._entries(_stripped(rows[0]), depth)
        vectors = [item for item in items if isinstance(item, Vector)]
        if vectors and (len(vectors) < len(items) or len({len(item.items) for item in vectors}) > 1):
            refuse("uneven-rows", span)
        return Vector(tuple(items), span)

    def _matrix(self, rows: list[list[Token]], span: tuple[int, int], depth: int) -> Vector:
        if any(row[-1].is_sign(",") for row in rows[:-1]):
            rows = [row[:-1] if row[-1].is_sign(",") else row for row in rows]
        vectors = [self.vector(row, depth + 1) for row in rows if row]
        if len({len(vector.items) for vector in vectors}) > 1:
            refuse("uneven-rows", span)
        return Vector(tuple(vectors), span)

    def _entries(self, tokens: list[Token], depth: int) -> list[Node]:
        groups = _split(tokens, ",")
        if len(groups) > 1:
            _check_decimal_commas(tokens)
        elif len(groups := _spaced(tokens)) > 1:
            self._check_spaces(groups)
        entries: list[Node] = []
        for at, group in enumerate(groups):
            if not group:
                comma = tokens[min(sum(map(len, groups[:at])) + max(at - 1, 0), len(tokens) - 1)]
                refuse("missing-operand" if at + 1 < len(groups) else "incomplete", comma.span, ",")
            entries.append(self._entry(group, depth))
        return entries

    def _entry(self, tokens: list[Token], depth: int) -> Node:
        inner = _inside(tokens)
        if inner and (
            tokens[0].text == "[" or any(part.is_sign(",", "\n") for part in inner) or len(_spaced(inner)) > 1
        ):
            return self.vector(tokens, depth + 1)
        end = tokens[-1].span[1]
        return AnswerGrammar([*tokens, Token("end", "", (end, end))], self.dialect, self.typed).read()

    def _check_spaces(self, groups: list[list[Token]]) -> None:
        """Refuse `1 -2`, `2 y` and `y (1-y)`: entries side by side, or one expression with blanks in it."""
        for left, right in pairwise(groups):
            first, second = left[-1], right[0]
            alike = {first.kind, second.kind} in ({"number"}, {"name"}) or (
                first.is_sign(")", "]") and second.is_sign("(", "[")
            )
            if not alike:
                refuse("separators", (first.span[0], second.span[1]))


def _stripped(tokens: list[Token]) -> list[Token]:
    """Without the line ends at both ends."""
    start, stop = 0, len(tokens)
    while start < stop and tokens[start].is_sign("\n"):
        start += 1
    while stop > start and tokens[stop - 1].is_sign("\n"):
        stop -= 1
    if start == stop:
        refuse("empty", tokens[0].span if tokens else (0, 0))
    return tokens[start:stop]


def _inside(tokens: list[Token]) -> list[Token] | None:
    """What stands within one pair of brackets around everything, or None."""
    if not tokens[0].is_sign("(", "[", "{") or not tokens[-1].is_sign(CLOSING[tokens[0].text]):
        return None
    depth = 0
    for at, token in enumerate(tokens):
        depth += token.is_sign(*CLOSING) - token.is_sign(*CLOSING.values())
        if depth == 0 and at + 1 < len(tokens):
            return None
    return tokens[1:-1] if depth == 0 else None


def _check_brackets(tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.is_sign(*CLOSING):
            opened.append(token)
        elif token.is_sign(*CLOSING.values()):
            if not opened or CLOSING[opened[-1].text] != token.text:
                refuse("unbalanced", token.span, token.text)
            opened.pop()
    if opened:
        refuse("unbalanced", opened[-1].span, opened[-1].text)


def _split(tokens: list[Token], sign: str) -> list[list[Token]]:
    """The parts between the signs that stand outside of brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += token.is_sign(*CLOSING) - token.is_sign(*CLOSING.values())
        if depth == 0 and token.is_sign(sign):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _spaced(tokens: list[Token]) -> list[list[Token]]:
    """The parts between the blanks that stand outside of brackets and do not touch a free-standing sign."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for at, token in enumerate(tokens):
        if at and depth == 0 and token.spaced and not _joins(tokens, at):
            parts.append([])
        depth += token.is_sign(*CLOSING) - token.is_sign(*CLOSING.values())
        parts[-1].append(token)
    return parts


def _joins(tokens: list[Token], at: int) -> bool:
    """Whether the blank before a token belongs to an operator (`1 - 2`), a function (`log y`) or nothing else."""
    before, token = tokens[at - 1], tokens[at]
    if before.kind == "function" or before.is_sign("+", "-", "*", "/", "**"):
        return True
    if token.is_sign("+", "-"):
        return at + 1 < len(tokens) and tokens[at + 1].spaced
    return token.is_sign("*", "/", "**", "%", "!", "=", "<", ">", "<=", ">=", "==", "!=")


def _check_decimal_commas(tokens: list[Token]) -> None:
    """Refuse `0,5, 0,3` and `0,5 0,3`: some commas part entries and others could be decimal points."""
    depth = 0
    tight: list[int] = []
    apart = False
    for at, token in enumerate(tokens):
        depth += token.is_sign(*CLOSING) - token.is_sign(*CLOSING.values())
        if depth or at == 0 or at + 1 >= len(tokens):
            continue
        before, after = tokens[at - 1], tokens[at + 1]
        digits = before.text.isdigit() and after.text.isdigit()
        if token.is_sign(",") and digits and not token.spaced and not after.spaced:
            tight.append(at)
        elif token.is_sign(",") or (token.spaced and token.kind == "number" and before.kind == "number"):
            apart = True
    if tight and apart:
        before, after = tokens[tight[0] - 1], tokens[tight[0] + 1]
        found, reading = f"{before.text},{after.text}", f"{before.text}.{after.text}"
        refuse("decimal-comma", (before.span[0], after.span[1]), found, readings=(reading,))
