"""A learner's text made plain, with the way back to what was typed; signs that NFKC would spoil (`²`) come first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from studyapp.domain.expression import Span
from studyapp.domain.values import dataclass

DASHES = "‐‑‒–—―−⁃﹘﹣－─━➖"
_SIGNS = (
    dict.fromkeys(DASHES, "-")
    | dict.fromkeys("×✕✖⨯∗＊・·⋅•∙･‧", "*")
    | dict.fromkeys("÷∕⁄", "/")
    | dict.fromkeys("′’‘＇´", "'")
    | {"″": "''", "∣": "|", "。": ".", "｡": ".", "、": ",", "､": ",", "≒": "=", "≈": "=", "≃": "="}
    | {"≤": "<=", "≦": "<=", "⩽": "<=", "≥": ">=", "≧": ">=", "⩾": ">=", "≠": "!=", "⟨": "<", "⟩": ">"}
    | {"㏑": " ln ", "㏒": " log "}
    | {"…": "…", "‥": "‥"}  # not the full stops of NFKC, which would belong to the number before
    | {"ϵ": "ε", "ϕ": "φ", "ϑ": "θ", "ϱ": "ρ", "ς": "σ", "\u2062": " ", "\r": "\n", "¥": "\\"}
)
_MEANT = frozenset("\u2062\u2063\u2064\u202e\ufff9\ufffa\ufffb")
"""Formatting characters with a meaning: times, a comma, plus, what reverses the text shown, an annotation."""
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Characters without ink that Unicode counts among the letters and marks."""
_LONG_VOWELS = "ーｰ"
_PLAIN = re.compile(r"[ -~]+(?![^ -~])|[ -~]+(?=[ -~])")
"""Characters that stand for themselves; the last one before others may carry a mark."""
_SPOILT = ("<circle>", "<square>", "<fraction>")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Plain text, and for each of its characters the range of the typed text that it came from."""

    text: str
    ranges: tuple[Span, ...]
    end: int
    """Where the typed text ends."""
    typed: str
    """The whole text as it was typed; the ranges are places in it."""

    def span(self, start: int, stop: int) -> Span:
        """The typed range behind the plain characters from `start` up to `stop`."""
        if start >= len(self.ranges):
            return (self.end, self.end)
        if stop <= start:
            return (self.ranges[start][0], self.ranges[start][0])
        return (self.ranges[start][0], self.ranges[stop - 1][1])

    def rewritten(self, pattern: re.Pattern[str], written: Callable[[re.Match[str]], str]) -> Normalised:
        """The text with other characters for what a pattern finds; they come from the whole range that was found."""
        text: list[str] = []
        ranges: list[Span] = []
        at = 0
        for match in pattern.finditer(self.text):
            start, stop = match.span()
            new = written(match)
            text += (self.text[at:start], new)
            ranges += (*self.ranges[at:start], *[self.span(start, stop)] * len(new))
            at = stop
        return Normalised("".join((*text, self.text[at:])), (*ranges, *self.ranges[at:]), self.end, self.typed)

    def cut(self, start: int, stop: int) -> Normalised:
        """The part from `start` up to `stop`, with its positions kept."""
        end = self.end if stop >= len(self.text) else self.ranges[stop][0]
        return Normalised(self.text[start:stop], self.ranges[start:stop], end, self.typed)


def normalise(text: str) -> Normalised:
    """The plain form of a text with its position map: `^{…}`, `_{…}`, one dash, one `*`, one blank, none unseen."""
    plain: list[str] = []
    ranges: list[Span] = []
    at = 0
    while at < len(text):
        if match := _PLAIN.match(text, at):
            plain.extend(match[0])
            ranges.extend((place, place + 1) for place in range(at, match.end()))
            at = match.end()
            continue
        stop, piece = _piece(text, at, "".join(plain[-8:]).rstrip()[-1:])
        plain.extend(piece)
        ranges.extend(_ranges(at, stop, piece))
        at = stop
    return Normalised("".join(plain), tuple(ranges), len(text), text)


def _ranges(start: int, stop: int, piece: str) -> list[Span]:
    """A typed run of raised or lowered characters keeps its inner positions; anything else is one range."""
    if piece[:2] in {"^{", "_{"} and len(piece) == stop - start + 3:
        inner = [(at, at + 1) for at in range(start, stop)]
        return [inner[0], inner[0], *inner, inner[-1]]
    return [(start, stop)] * len(piece)


def _piece(text: str, at: int, before: str) -> tuple[int, str]:
    char = text[at]
    for tag, opening in (("<super>", "^{"), ("<sub>", "_{")):
        if _tag(char) == tag and char not in "ªº":
            stop = at
            while stop < len(text) and _tag(text[stop]) == tag:
                stop += 1
            inner = "".join(_plain_sign(unicodedata.normalize("NFKC", part)) for part in text[at:stop])
            return stop, opening + inner + "}"
    if char in _LONG_VOWELS:
        is_japanese = unicodedata.name(before, "").startswith(("HIRAGANA", "KATAKANA", "CJK")) if before else False
        return at + 1, char if is_japanese else "-"
    stop = at + 1
    while stop < len(text) and unicodedata.combining(unicodedata.normalize("NFKC", text[stop])[0]):
        stop += 1
    return stop, _plain(text[at:stop])


def _plain(cluster: str) -> str:
    char = cluster[0]
    if len(cluster) == 1:
        if is_invisible(char):
            return ""
        if char in _SIGNS:
            return _SIGNS[char]
        if char != "\n" and char.isspace():
            return " "
        if _tag(char) in _SPOILT or (_tag(char) == "<compat>" and any(c.isdigit() for c in _nfkc(char))):
            return char
    return "".join(_plain_sign(part) for part in _nfkc(cluster))


def is_invisible(char: str) -> bool:
    """Whether a character has neither ink nor meaning: zero width, direction marks, variation selectors."""
    if unicodedata.category(char) == "Cf":
        return char not in _MEANT
    return char in _FILLERS or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def visible_text(text: str) -> str:
    """The text without invisible characters, for answers that are no formulas."""
    return text if text.isascii() else "".join(char for char in text if not is_invisible(char))


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _plain_sign(char: str) -> str:
    return _SIGNS.get(char, char)


def _tag(char: str) -> str:
    return unicodedata.decomposition(char).partition(" ")[0]
