"""Amounts as cells: bars, and days as squares that are the stronger the more was done. Every sign is narrow."""

from collections.abc import Iterable, Iterator

from studyapp.typeset.lines import Line, Span

FULL, EMPTY = "▪", "▫"
SIGNS = {FULL: "#", EMPTY: "."}
"""The signs, each with the one of ASCII."""
HEATS = ("faint", "heat1", "heat2", "heat3", "heat4")
"""The roles of a day: nothing done, something, a third, two thirds and all of the goal."""
PLAIN_HEATS = (EMPTY, "-", "+", "+", FULL)
"""The signs of these days where there are no shades."""
WEEK = 7


def gauge(value: float, most: float, width: int, *, ascii_only: bool = False) -> Line:
    """A bar of `width` cells; it is empty for nothing alone, and full for all alone."""
    share = value / most if most > 0 else 0.0
    full = min(width - (share < 1), max(int(share > 0), int(share * width)))
    parts = (FULL * full, "mark"), (EMPTY * (width - full), "faint")
    return tuple(Span(signed(signs, ascii_only=ascii_only), role) for signs, role in parts)


def heat(shares: Iterable[float], *, plain: bool = False, ascii_only: bool = False) -> Iterator[Span]:
    """A cell for each day by the share of its goal, a blank after each week; `plain` where there are no shades."""
    for number, share in enumerate(shares):
        if number and not number % WEEK:
            yield Span(" ")
        step = 0 if share <= 0 else 1 + sum(share >= bound for bound in (1 / 3, 2 / 3, 1))
        sign = PLAIN_HEATS[step] if plain or ascii_only else FULL if step else EMPTY
        yield Span(signed(sign, ascii_only=ascii_only), HEATS[step])


def level(step: int, *, ascii_only: bool = False) -> Line:
    """How firmly a skill is kept, of three steps."""
    return gauge(step, 3, 3, ascii_only=ascii_only)


def signed(signs: str, *, ascii_only: bool) -> str:
    """The signs as the terminal shows them."""
    return "".join(SIGNS.get(sign, sign) for sign in signs) if ascii_only else signs
