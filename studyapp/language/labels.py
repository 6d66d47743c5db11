"""Labels as learners type them: `b`, `Ｂ`, `(b)`, `2`, `②`, `イ`, `い`, and rows of them, separated or not."""

import re
import unicodedata
from collections.abc import Sequence

from studyapp.domain.limits import LABEL_ANSWER_CHARACTERS
from studyapp.language import visible_text

KATAKANA = "アイウエオカキクケコサシスセソタチツテト"
HIRAGANA = "あいうえおかきくけこさしすせそたちつてと"
_VOWELS = {"あ": "a", "い": "i", "う": "u", "え": "e", "お": "o"}
"""The keys that write a hiragana by themselves while an input method is on."""
LATIN = "abcdefghijklmnopqrstuvwxyz"
_SEPARATORS = re.compile(r"(?:[\s,、，.。・/;；:：|&+→⇒>＞()（）\[\]「」『』-]|\band\b|と)+")


def read_labels(text: str, labels: Sequence[str]) -> list[str] | str:
    """The labels in the order in which they were typed, or the first piece that is none (empty for an empty text)."""
    plain = unicodedata.normalize("NFKC", visible_text(text[:LABEL_ANSWER_CHARACTERS])).strip()
    spellings = _spellings(labels)
    chosen: list[str] = []
    for piece in _SEPARATORS.split(plain):
        if not piece:
            continue
        inner = _cut(piece, spellings)
        if inner is None:
            return piece
        chosen.extend(inner)
    if len(chosen) > 2 * len(labels):
        return plain
    return chosen or ""


def _spellings(labels: Sequence[str]) -> dict[str, str]:
    """Spellings of labels: itself, its number, its kana. `え` is the fourth, or e by an input method; else neither."""
    spellings: dict[str, str] = {}
    for index, label in enumerate(labels):
        if index < len(KATAKANA):
            spellings[KATAKANA[index]] = label
            key = _VOWELS.get(HIRAGANA[index], label)
            if key == label or key not in labels:
                spellings[HIRAGANA[index]] = label
        spellings[str(index + 1)] = label
        if index < len(LATIN):
            spellings[LATIN[index]] = label
    return spellings | {_folded(label): label for label in labels}


def _cut(piece: str, spellings: dict[str, str]) -> list[str] | None:
    folded = _folded(piece)
    if folded in spellings:
        return [spellings[folded]]
    if len(folded) <= len(spellings) and all(char in spellings for char in folded):
        return [spellings[char] for char in folded]
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
