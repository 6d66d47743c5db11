"""Settling what each word of a learner's formula names: a symbol, a constant, a function, or a product of symbols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NoReturn

from studyapp.domain.expression import Span
from studyapp.language.answer_tokens import Word
from studyapp.language.greek import spelt
from studyapp.language.names import Written, factors, nearest, readings
from studyapp.language.normalise import Normalised
from studyapp.language.refusal import refuse
from studyapp.language.tokens import Token
from studyapp.language.vocabulary import Vocabulary

_ALIASES = {"ln": "log", "log_2": "log2", "log_10": "log10", "log_e": "log", "ReLU": "relu", "sigma": "sigmoid"}
_CONSTANTS = frozenset({"e", "pi"})


@lru_cache(maxsize=128)
def _spelt_names(names: frozenset[str]) -> dict[str, str]:
    """The names by their spelling."""
    return {spelt(name): name for name in names}


@dataclass(frozen=True, slots=True)
class Resolver:
    """The names of a question, held against the words of one text. `numeric` is a field that takes numbers only."""

    plain: Normalised
    vocabulary: Vocabulary
    numeric: bool

    def run(self, tokens: list[Token | Word]) -> list[Token]:
        """The tokens with every word settled."""
        settled: list[Token] = []
        for at, token in enumerate(tokens):
            if isinstance(token, Token):
                settled.append(token)
            else:
                following = tokens[at + 1]
                applied = isinstance(following, Token) and following.is_sign("(")
                settled.extend(self._settle(token, applied=applied))
        return settled

    def _settle(self, word: Word, *, applied: bool) -> list[Token]:
        span = self.plain.span(word.start, word.stop)
        symbols = readings(word.written, self.vocabulary.symbols)
        function = self.function(word.written)
        if symbols and function and applied:
            readings_ = (f"{symbols[0]}*(…)", f"{function}(…)")
            refuse("ambiguous", span, self._text(word), readings=readings_)
        if function and not symbols:
            self._check_primes(function, word, span)
            return [Token("function", function, span, word.spaced, word.primes)]
        exact = len(symbols) == 1 and spelt(symbols[0]) == word.written.literal and not word.written.layer
        products = [] if exact else self._products(word, applied=applied)
        if not symbols and not products:
            return self._constant(word, span)
        if len(symbols) + len(products) > 1:
            found = (*symbols, *("*".join(self._names(word, product)) for product in products))
            refuse("ambiguous", span, self._text(word), readings=found)
        if products:
            return list(self._factors(word, products[0]))
        if word.primes:
            refuse("undeclared-prime", span, self._text(word))
        return [Token("name", symbols[0], span, word.spaced)]

    def function(self, written: Written) -> str | None:
        """The function that is meant, under the name that the tree uses."""
        literal = written.literal
        if written.layer:
            return None
        known = self.vocabulary.functions
        if literal in (names := _spelt_names(known)):
            return "log" if literal == "ln" else names[literal]
        meant = _ALIASES.get(literal)
        return meant if meant in known or (meant == "log" and "ln" in known) else None

    def _products(self, word: Word, *, applied: bool) -> list[tuple[str, ...]]:
        """The ways to cut a word into symbols, the last of which may be a function where a bracket follows."""

        def known(piece: str, last: bool) -> bool:  # noqa: FBT001 (called by `factors` alone)
            part = _part(word, piece, last=last)
            function = last and applied and self.function(part) is not None
            return bool(readings(part, self.vocabulary.symbols)) or piece == "π" or function

        return factors(word.letters, word.least, known)

    def _factors(self, word: Word, product: tuple[str, ...]) -> Iterator[Token]:
        start, place = word.start, word.letters_stop - sum(map(len, product))
        for at, piece in enumerate(product):
            last = at + 1 == len(product)
            place += len(piece)
            stop = word.stop if last else place
            written = _part(word, piece, last=last)
            yield from self._settle(
                Word(written, word.primes if last else 0, start, stop, word.spaced and at == 0), applied=False
            )
            start = stop

    def _names(self, word: Word, product: tuple[str, ...]) -> Iterator[str]:
        for at, piece in enumerate(product):
            part = _part(word, piece, last=at + 1 == len(product))
            yield next(iter(readings(part, self.vocabulary.symbols)), part.literal)

    def _constant(self, word: Word, span: Span) -> list[Token]:
        if word.written.layer and word.written.head == "e":
            return self._raised(word)
        if word.written.literal in _CONSTANTS and not word.primes:
            return [Token("name", word.written.literal, span, word.spaced)]
        return self._unknown(word, span)

    def _raised(self, word: Word) -> list[Token]:
        """`e^{(x)}`: a power, for e has no layers."""
        bare = Word(Written(word.written.head, word.written.indices), word.primes, word.start, word.stop, word.spaced)
        layer, span = word.written.layer, self.plain.span(word.start, word.stop)
        base = self._settle(bare, applied=False)
        exponent = Written(layer)
        if layer.isascii() and layer.isdigit():
            inner = [Token("number", layer, span)]
        else:
            inner = self._settle(Word(exponent, 0, word.start, word.stop, spaced=False), applied=False)
        return [*base, Token("sign", "**", span), Token("sign", "(", span), *inner, Token("sign", ")", span)]

    def _check_primes(self, function: str, word: Word, span: Span) -> None:
        primed = {spelt(name) for name in self.vocabulary.primed}
        if word.primes and not primed & {spelt(function), word.written.literal}:
            refuse("undeclared-prime", span, self._text(word))

    def _unknown(self, word: Word, span: Span) -> NoReturn:
        text = self._text(word)
        if any(_is_japanese(char) for char in text):
            refuse("not-mathematics", span, text)
        if self.numeric:
            refuse("no-names", span, text)
        bare = readings(Written(word.written.head, word.written.indices), self.vocabulary.symbols)
        if word.written.layer and len(bare) == 1:
            refuse("unknown-name", span, text, nearest=f"{bare[0]}**{word.written.layer}")
        known = self.vocabulary.symbols | self.vocabulary.functions | _CONSTANTS
        code, name = nearest("_".join((word.written.head, *word.written.indices)), known)
        refuse(code, span, text, nearest=name)

    def _text(self, word: Word) -> str:
        start, stop = self.plain.span(word.start, word.stop)
        return self.plain.typed[start:stop]


def _part(word: Word, piece: str, *, last: bool) -> Written:
    """A factor of a word; the last one has the indices and the layer that are no letters of the word."""
    part = Written.of(piece)
    return (
        replace(part, indices=part.indices + word.written.indices[word.letters.count("_") :], layer=word.written.layer)
        if last
        else part
    )


def _is_japanese(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or char == "々"
