"""The learners' reading: forgiving where one reading exists, asking back where two do. `Resolver` settles words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NoReturn

from studyapp.domain.expression import Node, Span
from studyapp.domain.functions import ALIASES
from studyapp.domain.units import COUNTERS, MEASURES
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.language import names as naming
from studyapp.language.answer_grammar import AnswerGrammar, Dialect
from studyapp.language.answer_tokens import Lexer, UnresolvedName
from studyapp.language.normalise import Normalised, normalise
from studyapp.language.pratt import Kind, Token
from studyapp.language.refusal import LEARNER, RefusalError, check_length, check_size, refuse

_GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?P<fraction>\.[0-9]+)?(?![0-9.,])")
"""A number with groups of thousands."""
_ALIASES = ALIASES | {"log_2": "log2", "log_10": "log10", "log_e": "log", "sigma": "sigmoid"}
_CONSTANTS = frozenset({"e", "pi"})
_SUMS = frozenset({"Sigma", "sum", "prod"})
_OPTIONS = {"axis": "axis", "dim": "axis", "keepdims": "keepdims", "keepdim": "keepdims"}
"""The options of sums of matrices, with their other names in PyTorch."""
_PYTHON = {"True": "True", "False": "False", "None": "None"}
_BASED = re.compile(r"log_(?P<base>[^\W_]+)")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff々]")
_OPERANDS = ("(", "[", "{", "|", "√", "\\frac")


def _behind(names: str) -> re.Pattern[str]:
    ordered = sorted(names.split("|"), key=len, reverse=True)
    return re.compile(rf"(?<=[0-9.)\]}}])\s*(?:{'|'.join(map(re.escape, ordered))})目?\s*\Z")


_COUNTER = _behind(COUNTERS)
_MEASURE = {names.partition("|")[0]: _behind(names) for names in MEASURES}
_QUANTITY = r"(?:∇|\\nabla\s*)?\\?[^\W\d_][^\W_]*(?:_\{[^{}=]*\}|_[^\W_]+|\^\{\([^{}=]*\)\}|'+)*"
_WHOLE = rf"{_QUANTITY}(?:\s*\([^()=]*\))?"
_PARTIAL = r"(?:∂|\\partial\s*|d)"
_RATIO = rf"{_PARTIAL}\s*{_QUANTITY}\s*/\s*{_PARTIAL}\s*{_QUANTITY}"
_FRACTION = rf"\\[dt]?frac\s*\{{\s*{_PARTIAL}\s*{_QUANTITY}\s*\}}\s*\{{\s*{_PARTIAL}\s*{_QUANTITY}\s*\}}"
_LEFT_SIDE = re.compile(rf"\s*(?:{_WHOLE}|{_RATIO}|{_FRACTION})?\s*=(?!=)")
_ANSWER = re.compile(
    r"\s*(?:(?:解答|答え|こたえ|答|解)\s*(?:は|[:=])?|(?:answer|ans)\s*(?:is\b|[:=])|約|およそ)\s*,?", re.IGNORECASE
)
_DOLLARS = re.compile(r"\s*(\$\$?|\\\(|\\\[)(.*?)(\$\$?|\\\)|\\\])\s*", re.DOTALL)
_CLOSING = re.compile(r"(?<=[^\s.])\s*(?:(?:です|でした|である|となる|になる|となります|になります)\s*\.?|\.)\s*\Z")


def read_answer(text: str, vocabulary: naming.Vocabulary) -> Node | Unreadable:
    """The tree of a learner's formula over the names of the question, or why it cannot be read, or not in one way."""
    return _read(text, Dialect(vocabulary))


def read_number(text: str, *, integer: bool = False, unit: str = "") -> Node | Unreadable:
    """The tree of a learner's number; a counter, or `unit`, may follow. `1,616` is read where an `integer` is asked."""

    def bare(plain: Normalised) -> Normalised:
        return _without_unit(plain, unit).rewritten(_GROUPED, digits)

    def digits(match: re.Match[str]) -> str:
        clear = integer or match["fraction"] or match[0].count(",") > 1
        return match[0].replace(",", "") if clear else match[0]

    return _read(text, Dialect(naming.NUMBERS_ONLY, numeric=True), bare)


def _without_unit(plain: Normalised, unit: str) -> Normalised:
    for pattern in (_COUNTER, *([_MEASURE[unit]] if unit in _MEASURE else [])):
        if match := pattern.search(plain.text):
            return plain.cut(0, match.start())
    return plain


def _read(
    text: str, dialect: Dialect, change: Callable[[Normalised], Normalised] = lambda plain: plain
) -> Node | Unreadable:
    try:
        plain = change(prepared(text))
        node = AnswerGrammar(tokens_of(plain, dialect, rows=False), dialect, plain.typed).read()
        check_size(node)
    except RefusalError as refusal:
        return refusal.in_signs_of(text)
    return node


def prepared(text: str) -> Normalised:
    """The learner's text made plain, without a word for "answer", a left-hand side, TeX's dollars and a full stop."""
    check_length(text, LEARNER)
    plain = normalise(text)
    if len(plain.text) > 2 * LEARNER.characters:
        refuse("too-long", (0, len(text)), str(LEARNER.characters))
    if match := _ANSWER.match(plain.text):
        plain = plain.cut(match.end(), len(plain.text))
    if match := _DOLLARS.fullmatch(plain.text):
        plain = plain.cut(*match.span(2))
    if match := _LEFT_SIDE.match(plain.text):
        plain = plain.cut(match.end(), len(plain.text))
    if match := _CLOSING.search(plain.text):
        plain = plain.cut(0, match.start())
    if not plain.text.strip():
        refuse("empty", (0, len(text)))
    return plain


def tokens_of(plain: Normalised, dialect: Dialect, *, rows: bool) -> list[Token]:
    """The settled tokens of a plain text."""
    lexer = Lexer(plain, dialect.vocabulary, numeric=dialect.numeric, rows=rows)
    tokens = Resolver(plain, dialect.vocabulary, dialect.numeric).run(lexer.run())
    if len(tokens) > LEARNER.tokens + 1:
        refuse("too-many-tokens", tokens[LEARNER.tokens].span, str(LEARNER.tokens))
    return tokens


@lru_cache(maxsize=128)
def _spelt_names(names: frozenset[str]) -> dict[str, str]:
    return {naming.spelt(name): name for name in names}


@dataclass(frozen=True, slots=True)
class Resolver:
    """The names of a question, looked up for the words of one text. `numeric` is a field that takes numbers only."""

    plain: Normalised
    vocabulary: naming.Vocabulary
    numeric: bool

    def run(self, tokens: list[Token | UnresolvedName]) -> list[Token]:
        """The tokens with every word settled."""
        settled: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            at += 1
            if isinstance(token, Token):
                settled.append(token)
            elif option := self._option(token, tokens[at]):
                settled.append(option)
            elif layered := self._layered(token, tokens[at : at + 4]):
                settled.extend(self._settle(layered, tokens[at + 4]))
                at += 4
            else:
                settled.extend(self._settle(token, tokens[at]))
        return settled

    def _option(self, word: UnresolvedName, following: Token | UnresolvedName) -> Token | None:
        """A word of Python's calls, where symbols are matrices: `axis=`, `keepdims=`, `True`."""
        if not self.vocabulary.matrices or word.written.literal not in _OPTIONS | _PYTHON:
            return None
        named = isinstance(following, Token) and following.is_sign("=")
        kind: Kind = "option" if named else "word"
        return Token(kind, _OPTIONS.get(word.written.literal, word.written.literal), self._span(word), word.spaced)

    def _span(self, word: UnresolvedName) -> Span:
        return self.plain.span(word.start, word.stop)

    def _layered(self, word: UnresolvedName, following: list[Token | UnresolvedName]) -> UnresolvedName | None:
        """The word with a layer typed as `^(2)`, where it means a symbol with it and none without it."""
        signs = [token for token in following if isinstance(token, Token)]
        if len(signs) < 4 or [token.text for token in signs[:2]] != ["**", "("] or not signs[3].is_sign(")"):
            return None
        layer = signs[2].text
        if word.written.layer or not layer.isdigit():
            return None
        raised = word._replace(written=replace(word.written, layer=layer))
        meant, bare = self._last_readings(raised), self._last_readings(word)
        if len(meant) == 1 and len(bare) == 1 and layer != "1":
            span = (self.plain.span(word.start, word.stop)[0], signs[3].span[1])
            refuse("ambiguous", span, self._text(word), readings=(meant[0], f"{bare[0]}**{layer}"))
        return raised if len(meant) == 1 and not self.function(word.written) else None

    def _last_readings(self, word: UnresolvedName) -> tuple[str, ...]:
        whole, products = naming.readings(word.written, self.vocabulary.symbols), self._products(word, None)
        return whole or (self._readings(word, products[0][-1], last=True) if len(products) == 1 else ())

    def _settle(self, word: UnresolvedName, following: Token | UnresolvedName | None = None) -> list[Token]:
        span = self.plain.span(word.start, word.stop)
        symbols = naming.readings(word.written, self.vocabulary.symbols)
        function = self.function(word.written)
        applied = isinstance(following, Token) and following.is_sign("(")
        if symbols and function and applied:
            refuse("ambiguous", span, self._text(word), readings=(f"{symbols[0]}*(…)", f"{function}(…)"))
        exact = len(symbols) == 1 and naming.spelt(symbols[0]) == word.written.literal and not word.written.layer
        products = [] if exact else self._products(word, following)
        if function and not symbols:
            if products:
                either = ("*".join(self._names(word, products[0])), f"{function}(…)")
                refuse("ambiguous", span, self._text(word), readings=either)
            primed = {naming.spelt(name) for name in self.vocabulary.primed}
            if word.primes and not primed & {naming.spelt(function), word.written.literal}:
                refuse("undeclared-prime", span, self._text(word))
            return [Token("function", function, span, word.spaced, word.primes)]
        glued = [] if symbols else list(self._glued(word))
        if self.vocabulary.matrices and not symbols and word.letters[:-1] and word.letters.endswith("T"):
            self._ask_transposed(word, products)
        if len(symbols) + len(products) + len(glued) > 1:
            meanings = (*symbols, *("*".join(self._names(word, product)) for product in products))
            meanings += tuple(f"{name}({word.letters[size:]})" for name, size in glued)
            refuse("ambiguous", span, self._text(word), readings=meanings)
        if products:
            return list(self._factors(word, products[0], following))
        if glued:
            return self._split(word, *glued[0])
        if not symbols:
            return self._constant(word, span, following)
        if word.primes:
            code = "transposed-prime" if self.vocabulary.matrices else "undeclared-prime"
            refuse(code, span, self._text(word))
        return [Token("name", symbols[0], span, word.spaced)]

    def _ask_transposed(self, word: UnresolvedName, products: list[tuple[str, ...]]) -> None:
        """Ask whether `XT` is `X^T`, or X times a symbol T; without one it is no name."""
        rest = word.letters[:-1]
        cuts = naming.factors(rest, 1, lambda piece, last: bool(self._readings(word, piece, last=last)))
        if not cuts and not naming.readings(naming.Written.of(rest), self.vocabulary.symbols):
            return
        before = " ".join(cuts[0]) if cuts else rest
        meanings = (f"{before}^T", *([f"{before} T"] if products else []))
        code = "ambiguous" if products else "unknown-name"
        nearest = "" if products else meanings[0]
        refuse(code, self._span(word), self._text(word), nearest=nearest, readings=meanings if products else ())

    def function(self, written: naming.Written) -> str | None:
        """The function that is meant, under the name that the tree uses."""
        literal = written.literal
        if written.layer:
            return None
        known = self.vocabulary.functions
        if literal in (names := _spelt_names(known)):
            return names[literal]
        for name in (literal, literal.lower()):
            meant = name if name in known else _ALIASES.get(name)
            # A capital Σ is a sum sign, and a single capital letter a name of its own.
            if meant in known and (name == literal or (len(name) > 1 and name != "sigma")):
                return meant
        return self._logarithm(literal)

    def _logarithm(self, literal: str) -> str | None:
        """`log_3`: the logarithm to a base that is a whole number from 2 or a symbol."""
        match = _BASED.fullmatch(literal)
        if match is None or "log" not in self.vocabulary.functions:
            return None
        base = match["base"]
        if base.isascii() and base.isdigit():
            return literal if int(base) > 1 else None
        meant = naming.readings(naming.Written(base), self.vocabulary.symbols)
        return f"log_{meant[0]}" if len(meant) == 1 else None

    def _products(self, word: UnresolvedName, following: Token | UnresolvedName | None) -> list[tuple[str, ...]]:
        """The ways to cut a word into symbols; the last may be a function of what follows, or e under a power."""
        sign = following if isinstance(following, Token) and following.kind == "sign" else None
        powered = sign is not None and sign.is_sign("**")
        applied = following is not None and (sign is None or powered or sign.is_sign(*_OPERANDS))
        applied = applied and not (isinstance(following, Token) and following.kind == "end")

        def known(piece: str, last: bool) -> bool:  # noqa: FBT001 (called by `factors` alone)
            part = _part(word, piece, last=last)
            if naming.readings(part, self.vocabulary.symbols) or piece == "π":
                return True
            if not last or piece == word.letters:
                return False
            return (piece == "e" and powered) or (applied and bool(self.function(part))) or self._is_glued(word, piece)

        return naming.factors(word.letters, word.least, known)

    def _is_glued(self, word: UnresolvedName, piece: str) -> bool:
        part = word._replace(written=_part(word, piece, last=True), letters=piece)
        return self.function(part.written) is None and any(self._glued(part))

    def _glued(self, word: UnresolvedName) -> Iterator[tuple[str, int]]:
        """The functions, with the length of their names, that a word begins with when the rest is symbols: `lny`."""
        if word.least > 1 or word.written.layer:
            return
        for name in (*self.vocabulary.functions, *_ALIASES, "σ"):
            rest = word.letters[len(name) :]
            if not word.letters.startswith(name) or not rest[:1].isalpha() or (len(name) == 1 and name != "σ"):
                continue
            function, argument = self.function(naming.Written(name)), _part(word, rest, last=True)
            if function and naming.arity(function)[1] <= 2 and self._is_argument(word, argument, rest):
                yield function, len(name)

    def _is_argument(self, word: UnresolvedName, argument: naming.Written, rest: str) -> bool:
        if len(naming.readings(argument, self.vocabulary.symbols)) == 1:
            return True
        return len(naming.factors(rest, 1, lambda piece, last: bool(self._readings(word, piece, last=last)))) == 1

    def _readings(self, word: UnresolvedName, piece: str, *, last: bool) -> tuple[str, ...]:
        return naming.readings(_part(word, piece, last=last), self.vocabulary.symbols)

    def _split(self, word: UnresolvedName, function: str, size: int) -> list[Token]:
        middle, rest = word.letters_stop - len(word.letters) + size, word.letters[size:]
        argument = word._replace(written=_part(word, rest, last=True), start=middle, spaced=False, letters=rest)
        head = Token("function", function, self.plain.span(word.start, middle), word.spaced)
        return [head, *self._settle(argument)]

    def _factors(
        self, word: UnresolvedName, product: tuple[str, ...], following: Token | UnresolvedName | None
    ) -> Iterator[Token]:
        start, place = word.start, word.letters_stop - sum(map(len, product))
        for at, piece in enumerate(product):
            last = at + 1 == len(product)
            place += len(piece)
            stop = word.stop if last else place
            written = _part(word, piece, last=last)
            factor = UnresolvedName(written, word.primes if last else 0, start, stop, word.spaced and at == 0)
            if last and not naming.readings(written, self.vocabulary.symbols) and not self.function(written):
                factor = factor._replace(letters=piece, letters_stop=word.letters_stop)
            yield from self._settle(factor, following if last and piece == "e" else None)
            start = stop

    def _names(self, word: UnresolvedName, product: tuple[str, ...]) -> Iterator[str]:
        for at, piece in enumerate(product):
            part = _part(word, piece, last=at + 1 == len(product))
            yield next(iter(naming.readings(part, self.vocabulary.symbols)), part.literal)

    def _constant(self, word: UnresolvedName, span: Span, following: Token | UnresolvedName | None) -> list[Token]:
        if word.written.layer and word.written.head == "e":
            return self._raised(word)
        if word.written == naming.Written("E") and isinstance(following, Token) and following.is_sign("**"):
            return [Token("name", "e", span, word.spaced)]
        if word.written.literal in _CONSTANTS and not word.primes:
            return [Token("name", word.written.literal, span, word.spaced)]
        return self._unknown(word, span)

    def _raised(self, word: UnresolvedName) -> list[Token]:
        """`e^{(x)}`: a power, for e has no layers."""
        layer, span = word.written.layer, self.plain.span(word.start, word.stop)
        written = replace(word.written, layer="")
        base = self._settle(UnresolvedName(written, word.primes, word.start, word.stop, word.spaced))
        if layer.isascii() and layer.isdigit():
            inner = [Token("number", layer, span)]
        else:
            inner = self._settle(UnresolvedName(naming.Written(layer), 0, word.start, word.stop, spaced=False))
        return [*base, Token("sign", "**", span), Token("sign", "(", span), *inner, Token("sign", ")", span)]

    def _unknown(self, word: UnresolvedName, span: Span) -> NoReturn:
        text = self._text(word)
        if _JAPANESE.search(text):
            refuse("not-mathematics", span, text)
        if naming.spelt(word.written.head) in _SUMS or word.written.head.lower() in _SUMS:
            refuse("sum-sign", span, text)
        if self.numeric:
            refuse("no-names", span, text)
        bare = naming.readings(naming.Written(word.written.head, word.written.indices), self.vocabulary.symbols)
        if word.written.layer and len(bare) == 1:
            refuse("unknown-name", span, text, nearest=f"{bare[0]}**{word.written.layer}")
        if weight := naming.transposed(word.written, self.vocabulary.symbols):
            refuse("transposed-index", span, text, nearest=weight)
        symbols, functions = self.vocabulary.symbols | _CONSTANTS, self.vocabulary.functions | _ALIASES.keys()
        code, name = naming.nearest("_".join((word.written.head, *word.written.indices)), symbols, functions)
        refuse(code, span, text, nearest=name)

    def _text(self, word: UnresolvedName) -> str:
        start, stop = self.plain.span(word.start, word.stop)
        return self.plain.typed[start:stop]


def _part(word: UnresolvedName, piece: str, *, last: bool) -> naming.Written:
    part = naming.Written.of(piece)
    if not last:
        return part
    indices = part.indices + word.written.indices[word.letters.count("_") :]
    return replace(part, indices=indices, layer=word.written.layer)
