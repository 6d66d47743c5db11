"""Greek letters and their names: `δ` and `delta` are one name."""

from __future__ import annotations

_SMALL = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"
_REST = "phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"

LETTERS = dict(zip("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", f"{_SMALL} {_REST}".split(), strict=True))
"""The name of each letter."""

SPELT = frozenset(LETTERS.values())
"""The names of all letters."""


def spelt(text: str) -> str:
    """The text with every Greek letter spelt out."""
    if text.isascii():
        return text
    return "".join(LETTERS.get(char, char) for char in text)
