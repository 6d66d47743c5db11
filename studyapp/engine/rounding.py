"""Rounding, half up and exact, to the digits that are asked for: for what is drawn, shown and graded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from studyapp.domain.question import NumberKey, VectorKey
from studyapp.domain.values import dataclass

PLACES = 4  # decimal places where an exercise says nothing
FEWER_PLACES = 2  # places that a rounded answer may lack
FLOAT_NOISE = 1e-9
"""The relative error that floats are trusted with when they part two numbers that are far from each other."""


@dataclass(frozen=True, slots=True)
class Precision:
    """The digits asked for: decimal places, or else significant digits, or else `PLACES`.

    With `exact`, integers are compared as integers, and fractions, which are wrong, to `PLACES`.
    """

    digits: int | None = None
    significant: int | None = None
    exact: bool = False

    @classmethod
    def of(cls, key: NumberKey | VectorKey) -> Precision:
        """The digits that a key asks for."""
        return cls(key.digits, key.significant, key.is_exact)

    def places(self, value: Fraction) -> int:
        """Decimal places (negative for tens) to which the value is asked for."""
        if self.exact and value.denominator > 1:
            return PLACES
        if self.digits is not None:
            return self.digits
        return PLACES if self.significant is None else self.significant - 1 - leading(value)

    def shown_places(self, value: Fraction) -> int:
        """Decimal places with which the value is shown: whole digits are never rounded away."""
        return max(0, self.places(value))

    def shown_unit(self, value: Fraction) -> Fraction:
        """One unit of the last place with which the value is shown."""
        return unit(self.shown_places(value))


def leading(value: Fraction) -> int:
    """The power of ten of the first significant digit: 0 for 3.2, −2 for 0.05; 0 for zero."""
    if not value:
        return 0
    magnitude = abs(value)
    power = (Decimal(magnitude.numerator) / magnitude.denominator).adjusted()  # rounded: 9.99… may have become 10
    return power if magnitude >= Fraction(10) ** power else power - 1


@lru_cache(maxsize=256)
def unit(places: int) -> Fraction:
    """One unit of the last of so many decimal places."""
    return Fraction(10) ** -places


def half_up(value: Fraction, places: int) -> Fraction:
    """The nearest multiple of a unit of that place; of two, the one farther from zero."""
    return _half_up(value, places) * unit(places)


def _half_up(value: Fraction, places: int) -> int:
    """How many units of that place the nearest multiple is; in whole numbers, six times as quick as over fractions."""
    above, below = value.numerator, value.denominator
    if places >= 0:
        above *= 10**places
    else:
        below *= 10**-places
    whole = (2 * abs(above) + below) // (2 * below)
    return whole if above >= 0 else -whole


def rounded_decimal(value: Fraction, places: int) -> Decimal:
    """The value half-up with that many places, zeros at the end among them."""
    return scaled_decimal(_half_up(value, places), places)


def exact_decimal(value: Fraction, places: int) -> Decimal | None:
    """The decimal that equals a fraction, None where there is none within that many places."""
    whole, rest = divmod(value.numerator * 10**places, value.denominator)
    return None if rest else scaled_decimal(whole, places)


def scaled_decimal(whole: int, places: int) -> Decimal:
    """Whole · 10^−places, exact whatever the decimal context says."""
    return Decimal(f"{whole}e{-places}")


def plain(value: Decimal) -> str:
    """A decimal without exponent and without idle zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def significant_text(value: Decimal, digits: int) -> str:
    """A number with that many significant digits, plain where its size allows."""
    if not value:
        return "0"
    if not -6 <= value.adjusted() <= 9:
        return f"{value:.{digits - 1}e}"
    return plain(rounded_decimal(Fraction(value), max(0, digits - 1 - value.adjusted())))


def are_apart(left: Fraction, right: Fraction, distance: Fraction) -> bool:
    """Whether floats, which are quick, are enough to see that two numbers differ by more than a distance."""
    try:
        a, b = left.numerator / left.denominator, right.numerator / right.denominator
        return abs(a - b) > 2 * float(distance) + FLOAT_NOISE * (abs(a) + abs(b))
    except OverflowError:
        return False
