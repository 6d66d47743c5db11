"""Formulas in matrix symbols as learners and authors write them: `X^T dU`, `dY W2ᵀ ⊙ f'(U)`, `(X'X + λI)^-1 X^T y`.

The signs of matrices are made plain first; then the grammar of answers reads, and `fitting` settles what is meant.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from studyapp.domain.exercise import IDENTITY, ONES
from studyapp.domain.expression import Binary, Call, Name, Negate, Node
from studyapp.domain.shapes import Shape, dimensions_in, reserved_names, shapes_of
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.language.answer_grammar import AnswerGrammar, Dialect
from studyapp.language.answer_tokens import MODULE
from studyapp.language.answers import prepared, tokens_of
from studyapp.language.fitting import ANY, FUNCTIONS, NAMES, fitted, sized
from studyapp.language.names import ACTIVATIONS, DEFAULT_FUNCTIONS, Vocabulary
from studyapp.language.normalise import Normalised
from studyapp.language.pratt import ENTRYWISE, POSTFIX, POWER, PRODUCT, TIGHTER, Token
from studyapp.language.printing import to_text
from studyapp.language.refusal import RefusalError, check_size, refuse

_T = r"(?:T|⊤|\\top(?![A-Za-z])|\\intercal(?![A-Za-z])|\\(?:mathsf|mathrm|text|operatorname)\s*\{\s*T\s*\}|\\rm\s+T)"
_SMALL_T = re.compile(r"\^\s*(?:t(?![A-Za-z0-9_])|\{\s*t\s*\})")
_TRANSPOSED = re.compile(
    rf"(?:\^|\*\*)\s*(?:\{{\s*{_T}\s*\}}|\(\s*T\s*\)|{_T}(?!_))|\.T(?![A-Za-z0-9_])|\.transpose\(\s*\)|\.t\(\s*\)|⊤"
)
_TURNED_INVERSE = re.compile(rf"\^\s*(?:\{{\s*-\s*{_T}\s*\}}|-\s*{_T})")
_PRODUCT = re.compile(r"\\(?:odot|circ)(?![A-Za-z])|⊙|∘|\.\*(?!\*)")
_NORM = re.compile(r"(?:\\\||\\[lr]?Vert(?![A-Za-z])|‖|∥|\|\|)(?:\s*_\s*\{?\s*[2F](?![A-Za-z0-9])\s*\}?)?")
_SHAPES = [(_TURNED_INVERSE, "^(-1)⊤"), (_TRANSPOSED, "⊤"), (_PRODUCT, "⊙"), (_NORM, "‖"), (MODULE, " ")]
_STARS = frozenset("*∗＊")


@dataclass(frozen=True)
class Matrices:
    """What a formula in matrix symbols may hold: the shape of every name, and functions that are left open."""

    shapes: Mapping[str, Shape]
    functions: tuple[str, ...] = ()

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The names of the dimensions."""
        return dimensions_in(self.shapes.values())

    @cached_property
    def names(self) -> dict[str, Shape]:
        """The shape of every name, identities and vectors of ones included."""
        return {**reserved_names(self.dimensions), **self.shapes}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the words of an answer may be."""
        symbols = frozenset(self.names) | {IDENTITY}
        opened = frozenset(self.functions)
        functions = (DEFAULT_FUNCTIONS | {*FUNCTIONS, *NAMES} | opened) - symbols
        return Vocabulary(symbols, functions, opened | ACTIVATIONS, matrices=True)


def read_matrix(text: str, matrices: Matrices) -> tuple[Node, Shape] | Unreadable:
    """The tree of a formula in matrix symbols and its shape, or why it cannot be read, does not fit, or not in one way.

    In the tree `@` is the product of matrices and `⊙` the one entry by entry; `transpose`, `inverse`, `sum`, `mean`,
    `trace`, `diag` and `norm` are calls, `I_N` and `ones_N` names.
    """
    vocabulary, names = matrices.vocabulary, matrices.names
    dialect = Dialect(vocabulary)
    try:
        plain = _plain(prepared(text), vocabulary.symbols, matrices.dimensions)
        tokens = tokens_of(plain, dialect, rows=False)
        node = MatrixGrammar(tokens, dialect, plain.typed).read()
        check_size(node)
        node, shape = fitted(node, names)
        if ANY in shape:
            if len(matrices.dimensions) > 1:
                refuse("identity-size", node.span, IDENTITY)
            (dimension,) = matrices.dimensions
            node, shape = sized(node, dimension), (dimension, dimension)
        check_size(node)
    except RefusalError as refusal:
        return refusal.in_signs_of(text)
    return node, shape


def read_in(matrices: Matrices, text: str) -> Node | Unreadable:
    """The tree of a formula alone."""
    formula = read_matrix(text, matrices)
    return formula if isinstance(formula, Unreadable) else formula[0]


@lru_cache(maxsize=128)
def matrices_of(
    symbols: tuple[tuple[str, str], ...], given: tuple[tuple[str, str], ...] = (), functions: tuple[str, ...] = ()
) -> Matrices:
    """The names of a question: its symbols by domain, then its relations, each read by those before it."""
    matrices = Matrices(shapes_of(dict(symbols)), functions)
    for name, text in given:
        matrices = with_relation(matrices, name, text)
    return matrices


def with_relation(matrices: Matrices, name: str, text: str) -> Matrices:
    """The names with one more, which stands for a formula."""
    formula = read_matrix(text, matrices)
    shape = () if isinstance(formula, Unreadable) else formula[1]
    return replace(matrices, shapes={**matrices.shapes, name: shape})


def _plain(plain: Normalised, symbols: frozenset[str], dimensions: Iterable[str]) -> Normalised:
    """The text with one sign for each sign of matrices: `⊤`, `⊙`, `‖`, and the names `I_N` and `ones_N`."""
    if "t" not in symbols:
        plain = plain.rewritten(_SMALL_T, lambda _: "⊤")
    for pattern, sign in _SHAPES:
        plain = plain.rewritten(pattern, lambda _, sign=sign: sign)  # type: ignore[misc]  # a default binds the sign
    names = "|".join(sorted(map(re.escape, dimensions), key=len, reverse=True))
    if not names:
        return plain
    for pattern, word in _reserved(names):
        plain = plain.rewritten(pattern, lambda at, word=word: f" {word}_{at[at.lastindex]} ")  # type: ignore[misc]
    return plain


@lru_cache(maxsize=128)
def _reserved(names: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """How ones and identities of some dimensions are typed, and the word of each."""
    font, low = r"(?:\\(?:mathbf|mathbb|bm|boldsymbol|mathrm)\s*)?", rf"_\s*(?:\{{\s*({names})\s*\}}|({names}))"
    return (
        (re.compile(rf"(?<![A-Za-z0-9_.}}]){font}(?:\{{\s*1\s*\}}|1){low}"), ONES),
        (re.compile(rf"(?<![A-Za-z0-9_.])ones\s*\(\s*({names})\s*\)"), ONES),
        (re.compile(rf"(?<![A-Za-z0-9_.])(?:eye|identity)\s*\(\s*({names})\s*\)"), IDENTITY),
    )


class MatrixGrammar(AnswerGrammar):
    """The grammar of answers with the signs of matrices; a product without a sign is `@`, `fitting` tells which."""

    def __init__(self, tokens: list[Token], dialect: Dialect, typed: str) -> None:
        super().__init__(tokens, dialect, typed)
        self.norms = 0

    def prefix(self, minimum: int) -> Node:
        """A value with the sign before it; `‖…‖` is a norm."""
        opening = self.next
        if not opening.is_sign("‖"):
            return super().prefix(minimum)
        self.take()
        self.norms += 1
        inner = self.expression(0)
        self.norms -= 1
        if not self.next.is_sign("‖"):
            refuse("unbalanced", opening.span, "‖")
        return Call("norm", (inner,), span=(opening.span[0], self.take().span[1]))

    def infix(self, left: Node, minimum: int) -> Node | None:
        """`left` under the next sign, or multiplied by what follows without one."""
        token = self.next
        if token.is_sign("⊤") and minimum <= POSTFIX:
            self.take()
            return Call("transpose", (left,), span=(left.span[0], token.span[1]))
        if token.is_sign(".") and minimum <= POSTFIX:
            return self._method(left)
        if token.is_sign("'"):
            refuse("transposed-prime", token.span, "'")
        if token.is_sign("**"):
            return self._power(left) if minimum <= POWER else None
        if token.is_sign("⊙"):
            return self._entrywise(left) if minimum <= ENTRYWISE else None
        if minimum > PRODUCT:
            return None
        self._check_loose(token)
        if token.is_sign("@") or (token.is_sign("*") and self.shown(token) not in _STARS):
            function = "matmul" if self.take().is_sign("@") else "product"
            right = self.expression(PRODUCT + TIGHTER)
            return Call(function, (left, right), span=(left.span[0], right.span[1]))
        if token.kind == "number":
            self._check_mixed()
            self.leftover(token)
        if self._begins_operand(token):
            right = self.expression(PRODUCT + TIGHTER)
            return Binary("@", left, right, (left.span[0], right.span[1]))
        if token.is_sign("!", "%"):
            return super().infix(left, minimum)
        return self.arithmetic(left, minimum)

    def _entrywise(self, left: Node) -> Node:
        self.take()
        right = self.expression(ENTRYWISE + TIGHTER)
        return Binary("⊙", left, right, (left.span[0], right.span[1]))

    def _power(self, left: Node) -> Node:
        """`left` raised to one number, name or bracket: in `A^-1 B` the power ends before `B`."""
        self.take()
        sign = self.take() if self.next.is_sign("-") else None
        exponent = self.expression(POSTFIX + TIGHTER)
        if sign is not None:
            exponent = Negate(exponent, (sign.span[0], exponent.span[1]))
        node = Binary("**", left, exponent, (left.span[0], exponent.span[1]))
        if self.next.is_sign("**"):
            text, power = to_text(left), to_text(exponent)
            readings = (f"({text}**{power})**…", f"{text}**({power}**…)")
            refuse("ambiguous", (left.span[0], self.next.span[1]), "", readings=readings)
        return node

    def _method(self, left: Node) -> Node:
        """`X.sum(axis=0)` and `X.dot(Y)`: the function with what is before the point as its first argument."""
        self.take()
        if self.next.kind != "function" or not self.tokens[self.at + 1].is_sign("("):
            refuse("unsupported-sign", self.tokens[self.at - 1].span, ".")
        call = self._called_with(self.take(), (left,))
        return replace(call, span=(left.span[0], call.span[1]))

    def _call(self, function: Token) -> Node:
        return self._called_with(function, ())

    def _called_with(self, function: Token, first: tuple[Node, ...]) -> Node:
        """A function's brackets with named options, `axis=0` among them."""
        opening, bars, norms = self.take(), self.bars, self.norms
        self.bars = self.norms = 0
        arguments, options = list(first), dict[str, Node]()
        while not self.next.is_sign(")", "}", "]"):
            if self.next.kind == "option":
                name = self.take()
                self.take()
                options[name.text] = self._option()
            else:
                arguments.append(self.expression(0))
            if not self.next.is_sign(","):
                break
            self.take()
        closing = self.close(opening)
        self.bars, self.norms = bars, norms
        span = (function.span[0], closing.span[1])
        if not arguments:
            refuse("missing-argument", function.span, self.shown(function))
        if not options:
            return self._applied(function, tuple(arguments), span[1])
        return Call(function.text, tuple(arguments), tuple(options.items()), function.primes, span)

    def _option(self) -> Node:
        """A value of an option: a number with its sign, or one of the words of Python."""
        if self.next.kind == "word":
            token = self.take()
            return Name(token.text, token.span)
        if self.next.is_sign("-"):
            start = self.take().span[0]
            if self.next.kind != "number":
                self.missing_operand()
            number = self.number()
            return Negate(number, (start, number.span[1]))
        if self.next.kind != "number":
            self.missing_operand()
        return self.number()

    def _absolute(self) -> Node:
        node = super()._absolute()
        return replace(node, function="bars") if isinstance(node, Call) else node

    def _begins_operand(self, token: Token) -> bool:
        if token.is_sign("‖"):
            return self.norms == 0
        return super()._begins_operand(token)
