"""Terms: any accepted name in any usual spelling; a near-misspelling is accepted, with the right spelling."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from studyapp.domain.limits import TERM_CHARACTERS
from studyapp.domain.question import KnownMistake, TermKey
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.grading.verdicts import foreseen, inert, unreadable
from studyapp.language import visible_text

REFUSED = Text(
    ja="「{found}」は、ここで問うていることとは別の用語です。", en="“{found}” is another term than the one asked for."
)
MISSPELT = Text(ja="正解です。ただし正しい表記は「{right}」です。", en="Right, but it is spelt “{right}”.")
SHORTEST_KANA = 4
SHORTEST_LATIN = 6  # letters, long vowels not counted, from which one wrong letter still says which term is meant
_IDLE = re.compile(r"[\s・･ーｰ\-‐‑‒–—―−_'’\"“”「」『』()（）,.、。･·]+")
_PREFIXES = re.compile(r"^(?:答え?|解答|answer)\s*[:=：]\s*", re.IGNORECASE)


def grade_term(key: TermKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed term."""
    plain = unicodedata.normalize("NFKC", visible_text(answer[:TERM_CHARACTERS]))
    reading = inert(" ".join(_PREFIXES.sub("", plain).split()), TERM_CHARACTERS)
    form = normal_form(reading)
    if not form:
        return unreadable(Unreadable("empty", (0, 0)), "")
    if any(normal_form(term) == form for term in key.accept):
        return Verdict(Outcome.CORRECT, reading=reading)
    for mistake in mistakes:
        if normal_form(mistake.answer) == form:
            return foreseen(mistake, reading)
    for entry in key.refuse:
        term, _, reason = entry.partition(" — ")
        if normal_form(term) == form:
            message = reason or REFUSED(found=inert(term, TERM_CHARACTERS))
            return Verdict(Outcome.WRONG, None, term, message, reading)
    for term in key.accept:
        if _is_misspelling(form, normal_form(term)):
            return Verdict(Outcome.CORRECT, "spelling", term, MISSPELT(right=term), reading)
    return Verdict(Outcome.WRONG, reading=reading)


@lru_cache(maxsize=4096)
def normal_form(term: str) -> str:
    """A term without what spellings differ in: width, case, spaces, dots, long vowels, hiragana or katakana."""
    folded = unicodedata.normalize("NFKC", term).casefold()
    katakana = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in folded)
    return _IDLE.sub("", katakana)


def _is_misspelling(left: str, right: str) -> bool:
    """One letter off in a long word, or exchanged with its neighbour; another kanji or digit is another term."""
    wrong, meant = _edited(left, right)
    one_off = max(len(wrong), len(meant)) == 1 or (len(wrong) == len(meant) == 2 and wrong == meant[::-1])
    shortest = SHORTEST_LATIN if right.isascii() else SHORTEST_KANA
    is_plain = not any(char.isdigit() or "\u4e00" <= char <= "\u9fff" for char in wrong + meant)
    return one_off and is_plain and min(len(left), len(right)) >= shortest


def _edited(left: str, right: str) -> tuple[str, str]:
    start = _common(left, right)
    end = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    return left[start : len(left) - end], right[start : len(right) - end]


def _common(left: str, right: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
