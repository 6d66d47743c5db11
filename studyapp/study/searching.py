"""How texts and names are compared in a search, where words stand on a page, and names that are near to another."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from studyapp.domain.place import PageSource
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass

UNKNOWN_NAME = Text(ja="「{name}」という id はありません。", en="There is no id “{name}”.")
DID_YOU_MEAN = Text(ja=" 近いもの: {names}", en=" Nearest: {names}")


def searchable(text: str) -> str:
    """A text so that what looks alike is alike: compatibility forms, one case."""
    return unicodedata.normalize("NFKC", text).casefold()


_IGNORED = re.compile(r"[\s\-‐‑‒–—−・ー_]+")
_IGNORED_IN_LINES = re.compile(r"(?:[^\S\n]|[\-‐‑‒–—−・ー_])+")
_COMMENT = re.compile(r"<!--.*?-->")
_HEADING = re.compile(r"(#{1,6}) +(.+)")
_SECTION = "##"
_STRUCTURE = ("#", "```", "---")
"""How lines begin that say what the lines after them are."""
_FORMULA = re.compile(r"\$([^$]+)\$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|`|^- \[[ x]\] |^(?:- |> |\d+\. )")
SNIPPET = 60
"""Characters of the line that is shown of a page."""
BEFORE = 16
"""Characters of it that stand before what was looked for."""


def folded(text: str) -> str:
    """A text as it is searched: what looks alike is alike, without blanks, hyphens, middle dots and long vowels."""
    return _IGNORED.sub("", searchable(text))


folded_name = lru_cache(maxsize=1 << 16)(folded)
"""The same for names and terms, all of which are compared at every key."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: every word, each of them in one of its forms."""

    words: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str, synonyms: Iterable[Sequence[str]] = ()) -> "Wanted":
        """The words of a text, each with its synonyms; a text that is one term is one word."""
        groups = [tuple(map(folded_name, group)) for group in synonyms]
        whole = folded(text)
        words = [whole] if any(whole in group for group in groups) else filter(None, map(folded, text.split()))
        forms = ([word, *(form for group in groups if word in group for form in group)] for word in words)
        return cls(tuple(tuple(dict.fromkeys(same)) for same in forms))

    def is_in(self, text: str) -> bool:
        """Whether a folded text holds every word; none holds no words."""
        return bool(self.words) and all(any(form in text for form in forms) for forms in self.words)

    def count_in(self, text: str) -> int:
        """How many of the words a folded text holds."""
        return sum(any(form in text for form in forms) for forms in self.words)

    def equals(self, text: str) -> bool:
        """Whether a folded text is what is looked for, in one of its forms."""
        return len(self.words) == 1 and text in self.words[0]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where words stand on a page: the heading above, the line from 1, and what is shown of it.

    `start` and `stop` bound the first of them in the snippet; they are equal where there is none.
    """

    heading: str
    line: int
    snippet: str
    start: int = 0
    stop: int = 0


@lru_cache(maxsize=64)  # pages that stay in sight while a word is typed: to fold one takes 5 ms
def _lines_of(text: str) -> tuple[list[str], list[str]]:
    """The lines of a page, and the same folded."""
    lines = text.splitlines()
    return lines, _IGNORED_IN_LINES.sub("", searchable("\n".join(lines))).split("\n")


def spot_in(source: PageSource, wanted: Wanted) -> Spot:
    """The first line of a page with the most of the words, prose before fences; its title where it has none.

    The heading is that of the section: those below belong to the solution of an exercise.
    Errors: OSError, UnicodeDecodeError.
    """
    lines, whole = _lines_of(Path(source.translation or source.page).read_text(encoding="utf-8"))
    has_word = re.compile("|".join(re.escape(form) for forms in wanted.words for form in forms) or "(?!)").search
    best, heading, below = (0.0, "", 1, ""), "", False
    fenced, display = lines[:1] == ["---"], False
    for number, (line, within) in enumerate(zip(lines, whole, strict=True), 1):
        if not (below or line.startswith(_STRUCTURE) or "$$" in line or has_word(within)):
            continue
        fenced ^= line.startswith("```") or (number > 1 and fenced and line == "---")
        title = None if fenced else _HEADING.match(line)
        heading = title[2] if title and len(title[1]) <= len(_SECTION) else heading
        plain = _COMMENT.sub("", title[2] if title else line).strip()
        display ^= plain == "$$"
        plain = f"${plain}$" if display else plain.replace("$$", "")
        count = wanted.count_in(folded(plain)) + (title is not None and len(title[1]) == 1) / 2 - fenced / 4
        if count > best[0]:
            best, below = (count, heading, number, plain), title is not None
        elif below and plain and not fenced and not title:  # what is below a heading says more than it
            best, below = (best[0], best[1], number, plain), False
    _, heading, number, plain = best
    return Spot(readable(heading), number, *_snippet(readable(plain), wanted))


def readable(markdown: str) -> str:
    """A line of Markdown without its marks, with its formulas as they are read."""
    return _MARKS.sub("", _LINK.sub(r"\1", _FORMULA.sub(lambda formula: _set(formula[1]), markdown)))


def _set(tex: str) -> str:
    from studyapp.typeset.inline import set_inline  # commands that only find names do without it

    shown = set_inline(tex)
    return shown if isinstance(shown, str) else tex


def _snippet(line: str, wanted: Wanted) -> tuple[str, int, int]:
    """The line around the first of the words, and where that begins and ends in it."""
    places = [at for at, char in enumerate(line) for _ in folded(char)]  # of every folded character
    text = "".join(map(folded, line))
    found = [(at, len(form)) for forms in wanted.words for form in forms if (at := text.find(form)) >= 0]
    if not found:
        return line[:SNIPPET], 0, 0
    at, size = min(found)
    start, stop = places[at], places[at + size - 1] + 1
    cut = max(0, start - BEFORE) if len(line) > SNIPPET else 0
    return line[cut : cut + SNIPPET], start - cut, min(stop - cut, SNIPPET)


def nearest_names(name: str, names: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The names nearest to one that does not exist, or to its last part (`cross-entropy`), the nearest first."""
    wanted = searchable(name)
    by_form: dict[str, list[str]] = {}
    for known in sorted(set(names)):
        for form in {searchable(known), searchable(known.rpartition("/")[2])}:
            by_form.setdefault(form, []).append(known)
    found: dict[str, None] = {}
    import difflib

    for form in difflib.get_close_matches(wanted, by_form, n=2 * count, cutoff=0.6):
        found.update(dict.fromkeys(by_form[form]))
    return tuple(found)[:count]


def unknown(name: str, nearest: Sequence[str]) -> str:
    """A name that nothing has, with the nearest ones."""
    text = UNKNOWN_NAME(name=name)
    return text + DID_YOU_MEAN(names=", ".join(nearest)) if nearest else text
