"""The learners' reading: forgiving where one reading exists, asking back where two do."""

from __future__ import annotations

import re
from collections.abc import Callable

from studyapp.domain.expression import Node
from studyapp.domain.units import COUNTERS, MEASURES
from studyapp.domain.verdict import Unreadable
from studyapp.language.answer_grammar import AnswerGrammar, Dialect
from studyapp.language.answer_tokens import Lexer
from studyapp.language.names import NUMBER_FUNCTIONS, Vocabulary
from studyapp.language.normalise import Normalised, normalise
from studyapp.language.pratt import Token
from studyapp.language.refusal import LEARNER, RefusalError, check_length, check_size, refuse
from studyapp.language.resolving import Resolver

_GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?P<fraction>\.[0-9]+)?(?![0-9.,])")
"""A number with groups of thousands."""
NUMBERS_ONLY = Vocabulary(symbols=frozenset(), functions=NUMBER_FUNCTIONS)


def read_answer(text: str, vocabulary: Vocabulary) -> Node | Unreadable:
    """The tree of a learner's formula over the names of the question, or why it cannot be read, or not in one way."""
    return _read(text, Dialect(vocabulary))


def read_number(text: str, *, integer: bool = False, unit: str = "") -> Node | Unreadable:
    """The tree of a learner's number: decimals, `2e-3`, fractions, `%`, arithmetic with ln, log (= ln), exp, sqrt.

    A counter may stand behind it, or `unit`, the measure asked for. `1,210,000` and `1,234.5` have groups of
    thousands; `1,616` has where an `integer` is asked for, and is asked back elsewhere.
    """

    def bare(plain: Normalised) -> Normalised:
        return _without_unit(plain, unit).rewritten(_GROUPED, digits)

    def digits(match: re.Match[str]) -> str:
        clear = integer or match["fraction"] or match[0].count(",") > 1
        return match[0].replace(",", "") if clear else match[0]

    return _read(text, Dialect(NUMBERS_ONLY, numeric=True), bare)


def _behind(names: str) -> re.Pattern[str]:
    """What finds one of those names behind a number, at the end."""
    ordered = sorted(names.split("|"), key=len, reverse=True)
    return re.compile(rf"(?<=[0-9.)\]}}])\s*(?:{'|'.join(map(re.escape, ordered))})目?\s*\Z")


_COUNTER = _behind(COUNTERS)
_MEASURE = {names.partition("|")[0]: _behind(names) for names in MEASURES}


def _without_unit(plain: Normalised, unit: str) -> Normalised:
    """A number without the counter behind it, or without the measure that was asked for."""
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
    """The learner's text made plain, without words before and behind the formula."""
    check_length(text, LEARNER)
    plain = normalise(text)
    if len(plain.text) > 2 * LEARNER.characters:
        refuse("too-long", (0, len(text)), str(LEARNER.characters))
    plain = trimmed(plain)
    if not plain.text.strip():
        refuse("empty", (0, len(text)))
    return plain


def tokens_of(plain: Normalised, dialect: Dialect, *, rows: bool) -> list[Token]:
    """The settled tokens of a plain text."""
    lexer = Lexer(plain, dialect.vocabulary, LEARNER, numeric=dialect.numeric, rows=rows)
    tokens = Resolver(plain, dialect.vocabulary, dialect.numeric).run(lexer.run())
    if len(tokens) > LEARNER.tokens + 1:
        refuse("too-many-tokens", tokens[LEARNER.tokens].span, str(LEARNER.tokens))
    return tokens


_QUANTITY = r"\\?[^\W\d_][^\W_]*(?:_\{[^{}=]*\}|_[^\W_]+|\^\{\([^{}=]*\)\}|'+)*"
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


def trimmed(plain: Normalised) -> Normalised:
    """The formula without a word for "answer", a plain left-hand side, TeX's dollars and a closing full stop."""
    if match := _ANSWER.match(plain.text):
        plain = plain.cut(match.end(), len(plain.text))
    if match := _DOLLARS.fullmatch(plain.text):
        plain = plain.cut(*match.span(2))
    if match := _LEFT_SIDE.match(plain.text):
        plain = plain.cut(match.end(), len(plain.text))
    if match := _CLOSING.search(plain.text):
        plain = plain.cut(0, match.start())
    return plain
