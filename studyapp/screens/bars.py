"""Bars and tracks in terminal cells, in braille: a cell is two halves, and no terminal takes it for a wide sign."""

from __future__ import annotations

FULL, HALF = "⣿", "⡇"
LEVELS = "⣀⣤⣶⣿"
ASCII_LEVELS = ".-+#"


def bar(value: float, most: float, width: int, *, ascii_only: bool = False) -> str:
    """A bar of at most `width` cells, as long as `value` is of `most`; anything above nothing is seen."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    halves = max(1, round(2 * width * min(1.0, value / most)))
    if ascii_only:
        return "#" * max(1, halves // 2)
    return FULL * (halves // 2) + HALF * (halves % 2)


def track(low: float, high: float, point: float, width: int, *, ascii_only: bool = False) -> str:
    """A track from 0 to 1 of exactly `width` cells: the range from `low` to `high` on it, and a point."""
    empty, reach, sign = (".", "-", "o") if ascii_only else ("⠐", "⠶", "●")
    signs = [empty] * width
    first, last = (min(width - 1, max(0, round(edge * (width - 1)))) for edge in (low, high))
    signs[first : last + 1] = [reach] * (last + 1 - first)
    signs[min(width - 1, max(0, round(point * (width - 1))))] = sign
    return "".join(signs)


def level(value: int, most: int, *, ascii_only: bool = False) -> str:
    """One cell that is the fuller the nearer a value is to the greatest; a dot for nothing."""
    if value <= 0:
        return " " if ascii_only else "·"
    signs = ASCII_LEVELS if ascii_only else LEVELS
    return signs[min(len(signs), -(-len(signs) * value // max(1, most))) - 1]
