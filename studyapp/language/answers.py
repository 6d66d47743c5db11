"""The learners' reading: forgiving where one reading exists, asking back where two do."""

from __future__ import annotations

from studyapp.domain.expression import Node
from studyapp.domain.verdict import Unreadable
from studyapp.language.answer_grammar import AnswerGrammar, Dialect
from studyapp.language.answer_tokens import Lexer
from studyapp.language.bounds import LEARNER, check_length, check_size
from studyapp.language.normalise import Normalised, normalise
from studyapp.language.prefixes import trimmed
from studyapp.language.refusal import RefusalError, refuse
from studyapp.language.resolving import Resolver
from studyapp.language.tokens import Token
from studyapp.language.vocabulary import NUMBER_FUNCTIONS, Vocabulary

NUMBERS_ONLY = Vocabulary(symbols=frozenset(), functions=NUMBER_FUNCTIONS)


def read_answer(text: str, vocabulary: Vocabulary) -> Node | Unreadable:
    """The tree of a learner's formula over the names of the question, or why it cannot be read, or not in one way."""
    return _read(text, Dialect(vocabulary))


def read_number(text: str) -> Node | Unreadable:
    """The tree of a learner's number: decimals, `2e-3`, fractions, `%`, arithmetic with ln, log (= ln), exp, sqrt."""
    return _read(text, Dialect(NUMBERS_ONLY, numeric=True))


def _read(text: str, dialect: Dialect) -> Node | Unreadable:
    try:
        plain = prepared(text)
        node = AnswerGrammar(tokens_of(plain, dialect, rows=False), dialect, plain.typed).read()
        check_size(node)
    except RefusalError as refusal:
        return refusal.unreadable
    return node


def prepared(text: str) -> Normalised:
    """The learner's text made plain, without what stands before the formula."""
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
