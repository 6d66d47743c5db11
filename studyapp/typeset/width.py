"""Widths in terminal cells: a Latin letter takes one, a Japanese character two, a combining mark none."""

import re
from functools import cache
from typing import Literal

Align = Literal["left", "center", "right"]

_SPACING = re.compile(r"[\t\n]")
_PICTURES = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff\ud800-\udfff]"
    f"|(?<![{_PICTURES}])\u200d|\u200d(?![{_PICTURES}])"
)
"""What a terminal obeys or does not show: controls but for tab and line feed, Unicode's format characters and default
ignorables, halves of surrogate pairs. Variation selectors choose a glyph, a joiner between pictures makes them one:
they are not among them."""
_JOINED = re.compile("[\u200d\ufe0f]")
# What is written here every day, and as wide by every standard: kana, the usual kanji, full-width signs; Latin and
# Greek letters, arrows, signs of mathematics, boxes, dots; accents. The tables of all characters take 1.4 MB of memory
# and are loaded for the rest.
# Compared with their ends, once for each character: patterns of such ranges take 2 ms to compile.
_WIDE = ("\u3000\u3029", "\u3041\u3096", "\u309b\u30ff", "\u4e00\u9fff", "\uff01\uff60")
_NARROW = (
    *("\x20\x7e", "\xa0\u017f", "\u0370\u03ff", "\u2010\u2027", "\u2030\u205e", "\u2070\u209f"),
    *("\u2100\u214f", "\u2190\u22ff", "\u2500\u25fc", "\u2800\u28ff"),
)
_WITHOUT = ("\u0300\u036f", "\u20d0\u20f0")
_CLUSTER = re.compile("(?:.(?:[\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe0e\ufe0f]|\u200d.)*)", re.DOTALL)


def _within(ranges: tuple[str, ...], character: str) -> bool:
    return any(ends[0] <= character <= ends[1] for ends in ranges)


@cache
def _width(character: str) -> int:
    if _within(_WIDE, character):
        return 2
    if _within(_NARROW, character):
        return 1
    if UNSEEN.match(character) and character != "\u200d":
        return 1  # that of its sign
    if _within(_WITHOUT, character) or character in "\t\n\u200d":
        return 0
    from wcwidth import wcwidth

    return max(0, wcwidth(character))


def inert(text: str) -> str:
    """The text as a screen takes it: a sign for what a terminal obeys or does not show, in as many cells; no tabs."""
    if text.isascii() and text.isprintable():
        return text
    return _SPACING.sub("", UNSEEN.sub(lambda match: sign(match[0]), text))


def visible(text: str) -> str:
    """The text with every character of `UNSEEN` as a sign: ␛ for an escape, <U+202E> for a direction mark."""

    def shown(match: re.Match[str]) -> str:
        code = ord(match[0])
        return sign(match[0]) if code < 0x20 or code == 0x7F else f"<U+{code:04X}>"

    return UNSEEN.sub(shown, text)


def sign(character: str) -> str:
    """One cell for a character of `UNSEEN`: the control pictures of Unicode, and � for those that have none."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # in the order of the controls
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def cells(text: str) -> int:
    """The terminal cells that a text takes on one line, unseen characters as the signs that `inert` makes of them."""
    if len(text) == 1:
        return _width(text)
    if text.isascii() and text.isprintable():
        return len(text)
    if _JOINED.search(text):
        from wcwidth import wcswidth

        return max(0, wcswidth(inert(text)))
    return sum(map(_width, text))


def clip(text: str, width: int, mark: str = "") -> str:
    """The longest beginning that fits into `width` cells; where something is cut, `mark` ends it."""
    text = inert(text)
    if cells(text) <= width:
        return text
    room = width - cells(mark)
    if room < 0:
        return ""
    kept, used = [], 0
    for cluster in _CLUSTER.findall(text):
        used += cells(cluster)
        if used > room:
            break
        kept.append(cluster)
    return "".join(kept) + mark


def pad(text: str, width: int, align: Align = "left") -> str:
    """The text filled with spaces to `width` cells; a wider text stays as it is."""
    text = inert(text)
    missing = max(0, width - cells(text))
    before = {"left": 0, "center": missing // 2, "right": missing}[align]
    return " " * before + text + " " * (missing - before)
