"""What learners write before and behind a formula: `答え:`, `E =`, `∂E/∂w =`, です, a full stop."""

from __future__ import annotations

import re

from studyapp.language.normalise import Normalised

_NAME = r"\\?[^\W\d_][^\W_]*(?:_\{[^{}=]*\}|_[^\W_]+|\^\{\([^{}=]*\)\}|'+)*"
_WHOLE = rf"{_NAME}(?:\s*\([^()=]*\))?"
_PARTIAL = r"(?:∂|\\partial\s*|d)"
_RATIO = rf"{_PARTIAL}\s*{_NAME}\s*/\s*{_PARTIAL}\s*{_NAME}"
_FRACTION = rf"\\[dt]?frac\s*\{{\s*{_PARTIAL}\s*{_NAME}\s*\}}\s*\{{\s*{_PARTIAL}\s*{_NAME}\s*\}}"
_LEFT_SIDE = re.compile(rf"\s*(?:{_WHOLE}|{_RATIO}|{_FRACTION})?\s*=(?!=)")
_ANSWER = re.compile(
    r"\s*(?:(?:解答|答え|こたえ|答|解)\s*(?:は|[:=])?|(?:answer|ans)\s*(?:is\b|[:=])|約|およそ)\s*,?", re.IGNORECASE
)
_DOLLARS = re.compile(r"\s*(\$\$?|\\\(|\\\[)(.*?)(\$\$?|\\\)|\\\])\s*", re.DOTALL)
_END = re.compile(r"(?<=[^\s.])\s*(?:(?:です|でした|である|となる|になる|となります|になります)\s*\.?|\.)\s*\Z")


def trimmed(plain: Normalised) -> Normalised:
    """The formula without a word for "answer", a plain left-hand side, TeX's dollars and a closing full stop."""
    if found := _ANSWER.match(plain.text):
        plain = plain.cut(found.end(), len(plain.text))
    if found := _DOLLARS.fullmatch(plain.text):
        plain = plain.cut(*found.span(2))
    if found := _LEFT_SIDE.match(plain.text):
        plain = plain.cut(found.end(), len(plain.text))
    if found := _END.search(plain.text):
        plain = plain.cut(0, found.start())
    return plain
