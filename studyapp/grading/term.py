"""Terms: any accepted name in any usual spelling; a near-misspelling is accepted, and the right spelling told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from studyapp.domain.limits import TERM_CHARACTERS
from studyapp.domain.question import KnownMistake, TermKey
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading.saying import empty, inert, known
from studyapp.language import visible_text

REFUSED = Text(
    ja="「{found}」は、ここで問うていることとは別の用語です。",
    en="“{found}” is another term than the one asked for.",
)
MISSPELT = Text(ja="正解です。ただし正しい表記は「{right}」です。", en="Right, but it is spelt “{right}”.")

SHORTEST_KANA = 4
SHORTEST_LATIN = 6
"""Letters, long vowels not counted, from which one wrong letter still says which term is meant."""

_IDLE = re.compile(r"[\s・･ーｰ\-‐‑‒–—―−_'’\"“”「」『』()（）,.、。･·]+")
_PREFIXES = re.compile(r"^(?:答え?|解答|answer)\s*[:=：]\s*", re.IGNORECASE)


def grade_term(key: TermKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed term."""
    plain = unicodedata.normalize("NFKC", visible_text(answer[:TERM_CHARACTERS]))
    reading = inert(" ".join(_PREFIXES.sub("", plain).split()), TERM_CHARACTERS)
    form = normal_form(reading)
    if not form:
        return empty()
    if any(normal_form(term) == form for term in key.accept):
        return Verdict(Outcome.CORRECT, reading=reading)
    for mistake in mistakes:
        if normal_form(mistake.answer) == form:
            return known(mistake, reading)
    for entry in key.refuse:
        term, _, reason = entry.partition(" — ")
        if normal_form(term) == form:
            told = reason or REFUSED(found=inert(term, TERM_CHARACTERS))
            return Verdict(Outcome.WRONG, None, term, told, reading)
    return _near(key, form, reading)


def _near(key: TermKey, form: str, reading: str) -> Verdict:
    for term in key.accept:
        right = normal_form(term)
        if is_one_edit_away(form, right) and _is_plain_misspelling(form, right):
            told = MISSPELT(right=term)
            return Verdict(Outcome.CORRECT, "spelling", term, told, reading)
    return Verdict(Outcome.WRONG, reading=reading)


@lru_cache(maxsize=4096)
def normal_form(term: str) -> str:
    """A term without what spellings differ in: width, case, spaces, dots, long vowels, hiragana or katakana."""
    folded = unicodedata.normalize("NFKC", term).casefold()
    katakana = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in folded)
    return _IDLE.sub("", katakana)


def is_one_edit_away(left: str, right: str) -> bool:
    """Whether one letter is changed, missing, too many, or two neighbours are exchanged."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = _common(left, right)
    end = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    rest = left[start : len(left) - end], right[start : len(right) - end]
    return max(map(len, rest)) <= 1 or (len(rest[0]) == len(rest[1]) == 2 and rest[0] == rest[1][::-1])


def _edited(left: str, right: str) -> str:
    """The letters in which two terms differ."""
    start = _common(left, right)
    end = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    return left[start : len(left) - end] + right[start : len(right) - end]


def _common(left: str, right: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _is_plain_misspelling(left: str, right: str) -> bool:
    """One letter off in a word long enough; a changed character of meaning (kanji) or digit is another term."""
    edited = _edited(left, right)
    if any(char.isdigit() or _is_kanji(char) for char in edited):
        return False
    shortest = SHORTEST_LATIN if all(char.isascii() for char in right) else SHORTEST_KANA
    return min(len(left), len(right)) >= shortest


def _is_kanji(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
