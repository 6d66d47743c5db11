"""Typed numbers against exact ones: how many digits they have, and whether they agree to the digits asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from studyapp.domain.expression import Binary, Negate, Node, Number
from studyapp.domain.question import NumberKey, VectorKey
from studyapp.domain.verdict import Unreadable
from studyapp.engine.equivalence.careful import exact_value
from studyapp.language import read_number

ROUNDING_SLACK = 2
"""Places that a rounded answer may lack."""
ROUNDING_DIGITS = 2
"""Significant digits that it must have."""
PLACES = 4
"""Decimal places where an exercise says nothing."""
RECKONED = 10
"""Digits of a reckoned value."""


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


@dataclass(frozen=True, slots=True)
class Shortening:
    """How a number was brought to fewer digits: the decimal places kept, and whether it was cut instead of rounded."""

    places: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A typed number: its value, and for a plain decimal the places and significant digits that it was given with."""

    value: Fraction
    places: int | None = None
    significant: int = 0


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


@lru_cache(maxsize=1024)
def exactly(text: str) -> Fraction | None:
    """The exact number in a key or a mistake, None where the text is not a finite number."""
    try:
        decimal = Decimal(text)
    except ArithmeticError:
        return _computed(text)
    return Fraction(decimal) if decimal.is_finite() and abs(decimal.adjusted()) < 5000 else None


def _computed(text: str) -> Fraction | None:
    node = read_number(text)
    return None if isinstance(node, Unreadable) else exact_value(node)


def amount(node: Node) -> Amount | None:
    """The number that was typed, None where it has no value."""
    value = exact_value(node)
    if value is None:
        return None
    written = _written(node)
    if written is None:
        return Amount(value)
    places, significant = written
    return Amount(value, places, significant)


def _written(node: Node) -> tuple[int, int] | None:
    """Places and significant digits of a plain decimal, a signed one, or one in percent; None for arithmetic."""
    match node:
        case Number(value):
            exponent = value.as_tuple().exponent
            digits = len(str(abs(int(value.scaleb(-int(exponent))))).lstrip("0"))
            return -int(exponent), digits
        case Negate(operand):
            return _written(operand)
        case Binary("/", Number() as left, Number(hundred, (start, stop))) if hundred == 100 and stop - start == 1:
            # One character was read as 100: a percent sign.
            inner = _written(left)
            return None if inner is None else (inner[0] + 2, inner[1])
        case _:
            return None


def is_correct(answer: Fraction, key: Fraction, precision: Precision) -> bool:
    """Within half a unit of the last place asked for, ties both ways; an exact integer is met by itself alone."""
    if precision.exact and key.denominator == 1:
        return answer == key
    places = precision.places(key)
    return not _far_apart(answer, key, places) and abs(answer - key) <= unit(places) / 2


def shortening(answer: Amount, value: Fraction, precision: Precision) -> Shortening | None:
    """How the value was shortened to the answer, which has two significant digits and almost the places asked for.

    None where it was not. What rounding and cutting both lead to is rounded.
    """
    if answer.places is None or (precision.exact and value.denominator == 1):
        return None
    asked = precision.places(value)
    own = [
        places
        for places, digits in _own_places(answer)
        if places >= asked - ROUNDING_SLACK and digits >= ROUNDING_DIGITS
    ]
    if rounded := [places for places in own if _is_rounded(answer.value, value, places)]:
        return Shortening(rounded[0], cut=False)
    cut = [places for places in own if _is_cut(answer.value, value, places)]
    return Shortening(cut[0], cut=True) if cut else None


def agrees(answer: Amount, value: Fraction, precision: Precision) -> bool:
    """Whether the answer is that value to the digits asked for, or shortened to almost as many."""
    return is_correct(answer.value, value, precision) or shortening(answer, value, precision) is not None


def could_be(answer: Amount, value: Fraction) -> bool:
    """Whether the answer is that value at its own places, however few they are."""
    if answer.places is None:
        return answer.value == value
    return any(
        _is_rounded(answer.value, value, places) or _is_cut(answer.value, value, places)
        for places, _ in _own_places(answer)
    )


def _own_places(answer: Amount) -> list[tuple[int, int]]:
    """The places that an answer may have been rounded to: zeros at the end of a whole number may be idle."""
    found = [(answer.places or 0, answer.significant)]
    whole = answer.value
    if answer.places == 0 and whole:
        digits = str(abs(int(whole)))
        idle = len(digits) - len(digits.rstrip("0"))
        found += [(-zeros, len(digits) - zeros) for zeros in range(1, idle + 1)]
    return found


def _far_apart(left: Fraction, right: Fraction, places: int) -> bool:
    """Whether floats are enough to see that two numbers differ by more than a unit of that place."""
    try:
        a, b = float(left), float(right)
        return abs(a - b) > 2 * 10.0**-places + 1e-9 * (abs(a) + abs(b))
    except OverflowError:
        return False


def _is_rounded(answer: Fraction, value: Fraction, places: int) -> bool:
    return not _far_apart(answer, value, places) and abs(answer - value) <= unit(places) / 2


def _is_cut(answer: Fraction, value: Fraction, places: int) -> bool:
    return answer * value > 0 and not _far_apart(answer, value, places) and 0 <= abs(value) - abs(answer) < unit(places)


def shown(value: Decimal, digits: int) -> str:
    """A number with that many significant digits, plain where its size allows."""
    if not value:
        return "0"
    places = digits - 1 - value.adjusted()
    if not -6 <= value.adjusted() <= 9:
        return f"{value:.{digits - 1}e}"
    with localcontext(prec=digits + ROUNDING_DIGITS + max(value.adjusted(), 0)):
        rounded = value.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Fraction, places: int) -> Fraction:
    """The value half-up at that decimal place: how a key is shown."""
    magnitude = math.floor(abs(value) / unit(places) + Fraction(1, 2)) * unit(places)
    return magnitude if value >= 0 else -magnitude


def value_text(value: Fraction, precision: Precision) -> str:
    """The value of typed arithmetic, to the digits asked for as far as they show it."""
    with localcontext(prec=2 * RECKONED):
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        kept = precision.places(value) + (decimal.adjusted() if value else 0) + 1
        return shown(decimal, min(max(kept, ROUNDING_DIGITS), RECKONED))


def reckoned(text: str) -> str | None:
    """The value of typed arithmetic, exact where it is short and else to `RECKONED` digits; None where it has none."""
    node = read_number(text)
    value = None if isinstance(node, Unreadable) else exact_value(node)
    if value is None:
        return None
    with localcontext(prec=RECKONED + ROUNDING_DIGITS):
        return shown(Decimal(value.numerator) / Decimal(value.denominator), RECKONED)
