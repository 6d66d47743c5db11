"""Vectors and matrices as learners write them: `[a, b]`, `a b`, `a b; c d`, a row a line, `array([…])`, `½(a, b)ᵀ`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from studyapp.domain.expression import Binary, Negate, Node, Span, Vector, walk
from studyapp.domain.limits import EXPRESSION_DEPTH
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.language.answer_grammar import AnswerGrammar, Dialect
from studyapp.language.answers import prepared, tokens_of
from studyapp.language.names import NUMBERS_ONLY, Vocabulary
from studyapp.language.normalise import Normalised
from studyapp.language.pratt import CLOSING, Token
from studyapp.language.refusal import RefusalError, check_size, refuse

_ARRAY = re.compile(
    r"""\s*(?:(?:np|numpy|jnp|torch|tf)\s*\.\s*)?(?:array|asarray|tensor|constant|Size)\s*
    \((?P<inner>\s*[\[(].*?[\])])(?P<options>(?:\s*,\s*[a-z_]+\s*=[^\[\]()]*(?:\([^\[\]()]*\))?)*)\s*,?\s*\)\s*""",
    re.DOTALL | re.VERBOSE,
)
"""The call that NumPy and PyTorch print around an array or a shape; `dtype`, `device` and the like come last."""
_SCALAR = re.compile(r"(?:np|numpy)\.(?:float|int)[0-9]+(?=\()")  # what NumPy 2 prints before each number of a list
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{(?:[pbB]?matrix|smallmatrix|array)\}(?:\{[lcr|\s]+\})?|&")
_DEPTH = {**dict.fromkeys(CLOSING, 1), **dict.fromkeys(CLOSING.values(), -1)}
_TRANSPOSED = re.compile(
    r"""(?<=[)\]}])\s*(?:\^\s*(?:T(?![A-Za-z])|⊤|\\top(?![A-Za-z])|\\intercal(?![A-Za-z])
    |\{\s*(?:T|⊤|\\top|\\intercal|\\(?:mathsf|mathrm|text)\s*\{T\})\s*\})|\.T(?![A-Za-z]))""",
    re.VERBOSE,
)


def read_vector(text: str, vocabulary: Vocabulary | None = None, *, matrix: bool | None = None) -> Vector | Unreadable:
    """A learner's vector, or matrix by rows, of numbers or of a vocabulary; `matrix`: is one asked for, if known."""
    dialect = Dialect(NUMBERS_ONLY, numeric=True)
    if vocabulary is not None:
        dialect = Dialect(replace(vocabulary, vectors=True))
    try:
        plain, printed = _unwrapped(prepared(text))
        marks: frozenset[int] = frozenset()
        if vocabulary is None or "T" not in vocabulary.symbols:
            marks = frozenset(plain.span(at.start() - 1, at.start())[1] for at in _TRANSPOSED.finditer(plain.text))
            plain = plain.rewritten(_TRANSPOSED, lambda _: "")
        tokens = tokens_of(plain, dialect, rows=True)
        node = _Layout(dialect=dialect, typed=text, matrix=matrix, printed=printed, marks=marks).vector(tokens[:-1], 0)
        check_size(node)
    except RefusalError as refusal:
        return refusal.in_signs_of(text)
    return node


def _unwrapped(plain: Normalised) -> tuple[Normalised, bool]:
    """The text without a call around the array, in brackets instead of TeX; whether it was printed by a program."""
    match = _ARRAY.fullmatch(plain.text)
    # An array of integers has no points; with `dtype=int` they would be cut off.
    printed = match is not None and not ("int" in match["options"] and "." in match["inner"])
    if match is not None and printed:
        plain = plain.cut(*match.span("inner"))
    scalars = plain.rewritten(_SCALAR, lambda _: "")
    return scalars.rewritten(_ENVIRONMENT, lambda at: {"begin": "[", "end": "]"}.get(at[1], ",")), printed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Finds rows and entries, which the grammar reads; `marks` are the typed ends of brackets that are transposed."""

    dialect: Dialect
    typed: str
    matrix: bool | None
    printed: bool
    marks: frozenset[int]

    def vector(self, tokens: list[Token], depth: int, *, signs: bool = False) -> Vector:
        """The vector or matrix of some tokens; `signs` says whether a blank before a sign parts entries."""
        if depth > EXPRESSION_DEPTH:
            refuse("too-deep", tokens[0].span, str(EXPRESSION_DEPTH))
        tokens = _stripped(tokens)
        inner = _inside(tokens)
        span = (tokens[0].span[0], tokens[-1].span[1])
        if inner is not None:
            if not inner:
                refuse("missing-operand", tokens[-1].span, tokens[-1].text)
            vector = replace(self.vector(inner, depth + 1, signs=tokens[0].text == "["), span=span)
            return _transposed(vector) if span[1] in self.marks else vector
        _check_brackets(tokens)
        if not self.printed:
            self._check_decimal_commas(tokens)
        rows = [row for row in _split(tokens, "\n") if row]
        # As in NumPy's `[ 0.12 -0.02 ]`. Outside of square brackets `1 -2` may be a difference, `1 -2 3` may not.
        signs = signs or any(len(_spaced(row, signs=False)) > 1 for row in rows)
        if len(rows) > 1 and not self._is_broken(tokens):
            return _even([self.vector(_without_comma(row, rows), depth + 1, signs=signs) for row in rows], span)
        groups = self._groups(rows[0]) if len(rows) == 1 and len(_split(rows[0], ",")) == 1 else {}
        if groups and not _side_by_side(rows[0], groups):
            return self._computed(rows[0], groups, depth)
        lines = [_stripped(_without_comma(row, rows)) for row in rows]
        items = [item for line in lines for item in self._entries(line, depth, signs=signs)]
        return _even(items, span)

    def _is_broken(self, tokens: list[Token]) -> bool:
        """Whether a vector goes on from line to line: line ends alone part the rows, and no matrix is asked for."""
        ends = [token.span for token in _level(tokens) if token.is_sign("\n")]
        lines = all(self.typed[start:stop].isspace() for start, stop in ends)
        return lines and (self.printed or self.matrix is False)

    def _groups(self, tokens: list[Token]) -> dict[int, int]:
        """Where vectors in brackets begin, and the places behind their ends; a function's brackets are none."""
        groups: dict[int, int] = {}
        at = 0
        while at < len(tokens):
            unit = tokens[at : _closed(tokens, at)] if tokens[at].is_sign("(", "[") else []
            layers, core = _bare(unit)
            applied = at > 0 and tokens[at - 1].kind == "function"
            if layers and not applied and _has_entries(core, tokens[at + layers - 1].text):
                groups[at] = at + len(unit)
                at += len(unit)
            else:
                at += max(layers, 1)
        return groups

    def _computed(self, tokens: list[Token], groups: Mapping[int, int], depth: int) -> Vector:
        vectors = {at: (self.vector(tokens[at:stop], depth + 1), stop) for at, stop in groups.items()}
        node = _spread(_VectorGrammar(_ended(tokens), self.dialect, self.typed, vectors).read())
        return node if isinstance(node, Vector) else Vector((node,), node.span)

    def _entries(self, tokens: list[Token], depth: int, *, signs: bool) -> list[Node]:
        groups = _split(tokens, ",")
        if len(groups) == 1:
            groups = _spaced(tokens, signs=signs)
            self._check_spaces(tokens, groups)
        entries: list[Node] = []
        for at, group in enumerate(groups):
            if not group:
                comma = tokens[min(sum(map(len, groups[:at])) + max(at - 1, 0), len(tokens) - 1)]
                refuse("missing-operand" if at + 1 < len(groups) else "incomplete", comma.span, ",")
            entries.append(self._entry(group, depth))
        return entries

    def _entry(self, tokens: list[Token], depth: int) -> Node:
        layers, core = _bare(tokens)
        if layers and (tokens[0].text == "[" or _has_entries(core, tokens[layers - 1].text)):
            return self.vector(tokens, depth + 1)
        return AnswerGrammar(_ended(tokens), self.dialect, self.typed).read()

    def _check_spaces(self, tokens: list[Token], groups: list[list[Token]]) -> None:
        """Refuse `1 -2`, `2 y` and `y (1-y)`: entries side by side, or one expression with blanks in it."""
        span = (tokens[0].span[0], tokens[-1].span[1])
        if len(groups) == 1:
            if any(_opens_entry(tokens, at) for at in range(1, len(tokens))):
                refuse("separators", span)
            return
        signed = any(group[0].is_sign("+", "-") for group in groups[1:])
        for left, right in pairwise(groups):
            first, second = left[-1], right[right[0].is_sign("+", "-")] if len(right) > 1 else right[0]
            alike = {first.kind, second.kind} in ({"number"}, {"name"})
            alike = alike or (first.is_sign(")", "]") and second.is_sign("(", "["))
            if not alike or (signed and not (_is_number(left) and _is_number(right))) or _is_mixed(left, right):
                refuse("separators", (left[0].span[0], right[-1].span[1]))
        for group in groups:
            if any(token.is_sign("+", "-") and token.spaced and at for at, token in enumerate(group)):
                refuse("separators", span)

    def _check_decimal_commas(self, tokens: list[Token]) -> None:
        """Refuse `0,5; 0,3`, whose commas could be decimal points; `3.5,2,3` and `1,-2,3` are clear."""
        level = _level(tokens)
        tight = [at for at in range(1, len(level) - 1) if level[at].text == "," and self._is_tight_comma(level, at)]
        if not tight or any(token.kind == "number" and "." in token.text for token in level):
            return
        apart = any(
            (token.is_sign(",") and (token.spaced or level[min(at + 1, len(level) - 1)].spaced))
            or (at > 0 and _opens_entry(level, at))
            or (token.is_sign("\n") and self.matrix is False)
            for at, token in enumerate(level)
        )
        for at in tight:
            before, after = level[at - 1], level[at + 1]
            zeros = after.text.startswith("0") and len(after.text) > 1
            minus_zero = before.text == "0" and at > 1 and level[at - 2].is_sign("-")
            if apart or zeros or minus_zero:
                found, reading = f"{before.text},{after.text}", f"{before.text}.{after.text}"
                refuse("decimal-comma", (before.span[0], after.span[1]), found, readings=(reading,))

    def _is_tight_comma(self, tokens: list[Token], at: int) -> bool:
        before, comma, after = tokens[at - 1 : at + 2]
        typed = self.typed[comma.span[0] : comma.span[1]] != "&"
        digits = before.text.isdigit() and after.text.isdigit()
        return comma.is_sign(",") and typed and digits and not comma.spaced and not after.spaced


class _VectorGrammar(AnswerGrammar):
    """The grammar of answers, with vectors already read: by the place of their opening bracket, where they end."""

    def __init__(
        self, tokens: list[Token], dialect: Dialect, typed: str, vectors: Mapping[int, tuple[Vector, int]]
    ) -> None:
        super().__init__(tokens, dialect, typed)
        self.vectors = vectors

    def _bracket(self) -> Node:
        if self.at not in self.vectors:
            return super()._bracket()
        vector, self.at = self.vectors[self.at]
        return vector


def _ended(tokens: list[Token]) -> list[Token]:
    end = tokens[-1].span[1]
    return [*tokens, Token("end", "", (end, end))]


def _even(items: Sequence[Node], span: Span) -> Vector:
    lengths = {len(item.items) if isinstance(item, Vector) else -1 for item in items}
    if len(lengths) > 1:
        refuse("uneven-rows", span)
    return Vector(tuple(items), span)


def _spread(node: Node) -> Node:
    """Arithmetic with vectors entry by entry; what has no one meaning is refused."""
    match node:
        case Negate(operand):
            inner = _spread(operand)
            return _each(lambda entry: Negate(entry, node.span), inner) if isinstance(inner, Vector) else node
        case Binary(operator, left, right):
            parts = _spread(left), _spread(right)
            match operator, *parts:
                case "+" | "-", Vector() as first, Vector() as second if _shape(first) == _shape(second):
                    return _each(lambda a, b: Binary(operator, a, b, node.span), first, second)
                case "*" | "/", Vector() as vector, number if not isinstance(number, Vector):
                    return _each(lambda entry: Binary(operator, entry, number, node.span), vector)
                case "*", number, Vector() as vector if not isinstance(number, Vector):
                    return _each(lambda entry: Binary("*", number, entry, node.span), vector)
    if not isinstance(node, Vector) and any(isinstance(part, Vector) for part in walk(node)):
        refuse("vector-arithmetic", node.span)
    return node


def _each(change: Callable[..., Node], *vectors: Vector) -> Vector:
    items: list[Node] = []
    for entries in zip(*(vector.items for vector in vectors), strict=True):
        rows = [entry for entry in entries if isinstance(entry, Vector)]
        items.append(_each(change, *rows) if rows else change(*entries))
    return replace(vectors[0], items=tuple(items))


def _shape(vector: Vector) -> tuple[int, ...]:
    first = vector.items[0]
    return (len(vector.items), len(first.items)) if isinstance(first, Vector) else (len(vector.items),)


def _transposed(vector: Vector) -> Vector:
    rows = [item.items for item in vector.items if isinstance(item, Vector)]
    return replace(vector, items=tuple(Vector(row, vector.span) for row in zip(*rows, strict=True))) if rows else vector


def _stripped(tokens: list[Token]) -> list[Token]:
    start, stop = 0, len(tokens)
    while start < stop and tokens[start].is_sign("\n"):
        start += 1
    while start < stop and tokens[stop - 1].is_sign("\n"):
        stop -= 1
    if start == stop:
        refuse("empty", tokens[0].span if tokens else (0, 0))
    return tokens[start:stop]


def _inside(tokens: list[Token]) -> list[Token] | None:
    enclosed = tokens[0].is_sign(*CLOSING) and tokens[-1].is_sign(CLOSING[tokens[0].text])
    return tokens[1:-1] if enclosed and _closed(tokens, 0) == len(tokens) else None


def _check_brackets(tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        step = _DEPTH.get(token.text, 0) if token.kind == "sign" else 0
        if step > 0:
            opened.append(token)
        elif step < 0:
            if not opened or CLOSING[opened[-1].text] != token.text:
                refuse("unbalanced", token.span, token.text)
            opened.pop()
    if opened:
        refuse("unbalanced", opened[-1].span, opened[-1].text)


def _closed(tokens: list[Token], start: int) -> int:
    """The place behind the bracket that closes the one at `start`; 0 where none does."""
    depth = 0
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.kind == "sign" and token.text in _DEPTH:
            depth += _DEPTH[token.text]
            if depth == 0:
                return at + 1
    return 0


def _level(tokens: list[Token]) -> list[Token]:
    """The tokens outside of brackets, and the closing brackets."""
    level, depth = [], 0
    for token in tokens:
        step = _DEPTH.get(token.text, 0) if token.kind == "sign" else 0
        if step < 0 or (not step and not depth):
            level.append(token)
        depth += step
    return level


def _split(tokens: list[Token], *signs: str) -> list[list[Token]]:
    """The parts between some signs outside of brackets."""
    parts, start, depth = [], 0, 0
    for at, token in enumerate(tokens):
        if token.kind == "sign":
            depth += _DEPTH.get(token.text, 0)
            if not depth and token.text in signs:
                parts.append(tokens[start:at])
                start = at + 1
    return [*parts, tokens[start:]]


def _bare(tokens: list[Token]) -> tuple[int, list[Token]]:
    layers = 0
    while tokens and (inner := _inside(tokens)):
        tokens = inner
        layers += 1
    return layers, tokens


def _has_entries(tokens: list[Token], bracket: str) -> bool:
    return len(_split(tokens, ",", "\n")) > 1 or len(_spaced(tokens, signs=bracket == "[")) > 1


def _side_by_side(tokens: list[Token], groups: Mapping[int, int]) -> bool:
    """Whether there are vectors alone, one beside the other: the rows of a matrix."""
    at = 0
    while at in groups:
        at = groups[at]
    return at == len(tokens)


def _without_comma(row: list[Token], rows: list[list[Token]]) -> list[Token]:
    return row[:-1] if row is not rows[-1] and len(row) > 1 and row[-1].is_sign(",") else row


def _is_number(tokens: list[Token]) -> bool:
    return [token.kind for token in tokens[-1:]] == ["number"] and len(tokens) - tokens[0].is_sign("+", "-") == 1


def _is_mixed(left: list[Token], right: list[Token]) -> bool:
    """Whether two entries could be a mixed number: `1 1/2`."""
    whole = left[-1].text if _is_number(left) else ""
    match [token.text for token in right]:
        case [upper, "/", lower] if whole.isdigit() and upper.isdigit() and lower.isdigit():
            return int(whole) > 0 and int(upper) < int(lower)
        case _:
            return False


def _spaced(tokens: list[Token], *, signs: bool) -> list[list[Token]]:
    """The parts between the blanks outside of brackets; `signs` says whether a blank before a sign parts, too."""
    parts, start, depth = [], 0, 0
    for at, token in enumerate(tokens):
        if at and not depth:
            blank = token.spaced and not _joins(tokens, at, signs=signs)
            if blank or (token.is_sign("[") and tokens[at - 1].is_sign("]")):
                parts.append(tokens[start:at])
                start = at
        if token.kind == "sign":
            depth += _DEPTH.get(token.text, 0)
    return [*parts, tokens[start:]]


def _joins(tokens: list[Token], at: int, *, signs: bool) -> bool:
    """Whether the blank before a token belongs to an operator (`1 - 2`), a function (`log y`) or nothing else."""
    before, token = tokens[at - 1], tokens[at]
    if before.kind == "function" or before.is_sign("+", "-", "*", "/", "**"):
        return True
    if token.is_sign("+", "-"):
        return not (signs and _opens_entry(tokens, at))
    return token.is_sign("*", "/", "**", "%", "!", "=", "<", ">", "<=", ">=", "==", "!=")


def _opens_entry(tokens: list[Token], at: int) -> bool:
    """Whether a token could be the beginning of an entry behind a blank: a number, or a sign close to what follows."""
    before, token = tokens[at - 1], tokens[at]
    if not token.spaced or not (before.kind in {"number", "name"} or before.is_sign(")", "]", "%")):
        return False
    close = at + 1 < len(tokens) and not tokens[at + 1].spaced
    return token.kind == "number" or (token.is_sign("+", "-") and close)
