"""Tokens: the words and signs of a formula, each with its range in the text as it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from studyapp.domain.expression import Span
from studyapp.domain.limits import NUMBER_EXPONENT
from studyapp.language.bounds import Limits
from studyapp.language.normalise import normalise
from studyapp.language.refusal import refuse

Kind = Literal["number", "name", "function", "word", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign. `spaced` says that white space precedes it, `primes` counts the primes behind a name."""

    kind: Kind
    text: str
    span: Span
    spaced: bool = False
    primes: int = 0

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of the signs."""
        return self.kind == "sign" and self.text in signs


LETTER = r"A-Za-z\u0370-\u03ff"
NAME = rf"[{LETTER}][{LETTER}0-9]*(?:_[{LETTER}0-9]+)*"
_STRICT = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<name>{NAME})(?P<primes>'*)
    |(?P<word>"[^"'\\\n]*"|'[^"'\\\n]*')
    |(?P<sign>\*\*|<=|>=|==|!=|[-+*/^(),\[\]<>=])""",
    re.VERBOSE,
)

_ATTRIBUTE = re.compile(r"([A-Za-z_]\w*)\.([A-Za-z_]\w*)")
_ASCII_SIGNS = frozenset("0123456789+-*/^()[],<>=.") | {"<=", ">=", "!="}


def strict_tokens(text: str, limits: Limits) -> list[Token]:
    """The tokens of an author's text, closed by an `end` token."""
    tokens: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        found = _STRICT.match(text, at)
        if found is None:
            attribute = _ATTRIBUTE.search(text, max(0, at - 40), at + 40) if text[at] == "." else None
            if attribute and attribute.start(2) == at + 1:
                refuse("unsupported-sign", (at, at + 1), attribute[0], nearest=_plain_call(*attribute.groups()))
            plain = normalise(text[at]).text
            nearest = plain if plain in _ASCII_SIGNS and plain != text[at] else ""
            refuse("unsupported-sign", (at, at + 1), text[at], nearest=nearest)
        span, kind = found.span(), found.lastgroup
        if kind == "space":
            spaced = True
        else:
            tokens.append(_strict_token(found, span, spaced=spaced))
            spaced = False
            check_count(tokens, limits)
        at = found.end()
    tokens.append(Token("end", "", (len(text), len(text)), spaced))
    return tokens


def _plain_call(owner: str, attribute: str) -> str:
    """How this language writes an attribute of a module or of an array."""
    if owner in ("np", "numpy", "math", "torch"):
        return attribute
    return f"transpose({owner})" if attribute == "T" else f"{attribute}({owner})"


def _strict_token(found: re.Match[str], span: Span, *, spaced: bool) -> Token:
    if text := found["number"]:
        check_number(text, span)
        return Token("number", text, span, spaced)
    if text := found["name"]:
        if text in {"and", "or", "not"}:
            return Token("sign", text, span, spaced)
        return Token("name", text, span, spaced, len(found["primes"]))
    if text := found["word"]:
        return Token("word", text[1:-1], span, spaced)
    return Token("sign", found["sign"], span, spaced)


def check_count(tokens: list[Token], limits: Limits) -> None:
    """Refuse a text of too many words and signs."""
    if len(tokens) > limits.tokens:
        refuse("too-many-tokens", tokens[-1].span, str(limits.tokens))


def check_number(text: str, span: Span) -> None:
    """Refuse a number whose exponent is beyond all use, before it is made."""
    _, _, exponent = text.lower().partition("e")
    digits = exponent.lstrip("+-").lstrip("0")
    if len(digits) > 4 or int(digits or "0") > NUMBER_EXPONENT:
        refuse("too-large", span, text)


def decimal_of(token: Token) -> Decimal:
    """The value of a number token, every written digit kept."""
    return Decimal(token.text)
