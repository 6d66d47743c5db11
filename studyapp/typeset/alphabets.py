"""Letters in other shapes: raised, lowered, bold, double-struck, with accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

RAISED: Mapping[str, str] = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′∗*∘†",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′**°†",
        strict=True,
    )
)
LOWERED: Mapping[str, str] = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
VULGAR: Mapping[tuple[str, str], str] = {
    ("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾", ("1", "5"): "⅕",
    ("1", "6"): "⅙", ("1", "8"): "⅛", ("3", "8"): "⅜", ("1", "10"): "⅒",
}  # fmt: skip

# How an accent looks: joined to one character, in a row of its own above a wider body, and in ASCII.
COMBINING: Mapping[str, str] = {
    "hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "overline": "\u0305",
    "widehat": "\u0302", "widetilde": "\u0303", "underline": "\u0332", "overrightarrow": "\u20d7",
}  # fmt: skip
ABOVE: Mapping[str, tuple[str, str]] = {
    "hat": ("^", "^"), "tilde": ("~", "~"), "vec": ("→", "->"), "dot": ("·", "."), "ddot": ("··", ".."),
    "check": ("ˇ", "v"), "breve": ("˘", "u"), "acute": ("´", "'"), "grave": ("`", "`"),
    "widehat": ("^", "^"), "widetilde": ("~", "~"), "overrightarrow": ("→", "->"),
}  # fmt: skip

_STYLES = {
    "mathbf": "BOLD", "boldsymbol": "BOLD", "bm": "BOLD", "mathbb": "DOUBLE-STRUCK", "mathcal": "SCRIPT",
    "mathscr": "SCRIPT", "mathfrak": "FRAKTUR",
}  # fmt: skip
_OLDER = {"DOUBLE-STRUCK": "DOUBLE-STRUCK", "SCRIPT": "SCRIPT", "FRAKTUR": "BLACK-LETTER"}


def restyled(character: str, style: str) -> str:
    """A letter or digit in the shape that a TeX command such as `mathbf` asks for; itself where there is none."""
    shape = _STYLES.get(style)
    if shape is None or len(character) != 1:
        return character
    words = unicodedata.name(character, "?").split()
    case = words[1] if words[0] in {"LATIN", "GREEK"} else words[0]
    for candidate in (f"MATHEMATICAL {shape} {case} {words[-1]}", f"{_OLDER.get(shape, '-')} {case} {words[-1]}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return character


def accented(text: str, accent: str) -> str | None:
    """One character with its accent; None where the accent does not fit onto a single character."""
    mark = COMBINING.get(accent)
    if mark is None or len(text) != 1 or not text.isalnum():
        return None
    return unicodedata.normalize("NFC", text + mark)
