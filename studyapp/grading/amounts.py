"""Typed numbers against exact ones: how many digits they have, and whether they agree to the digits asked for."""

from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from studyapp.domain.expression import Binary, Negate, Node, Number
from studyapp.domain.question import KnownMistake
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.engine.interpretation import exact_value
from studyapp.engine.rounding import FEWER_PLACES, Precision, are_apart, significant_text, unit
from studyapp.language import read_number

ROUNDING_DIGITS = 2  # significant digits that a rounded answer must have
RECKONED = 10  # digits of a reckoned value
Value = TypeVar("Value")


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


Fits = Callable[[Amount, Fraction, Precision], bool]  # whether an answer is a value, to the digits asked for


@lru_cache(maxsize=1024)
def exactly(text: str) -> Fraction | None:
    """The exact number in a key or a mistake, None where the text is not a finite number."""
    try:
        decimal = Decimal(text)
    except ArithmeticError:
        node = read_number(text)
        return None if isinstance(node, Unreadable) else exact_value(node)
    return Fraction(decimal) if decimal.is_finite() and abs(decimal.adjusted()) < 5000 else None


def amount(node: Node) -> Amount | None:
    """The number that was typed, None where it has no value."""
    value = exact_value(node)
    return None if value is None else Amount(value, *(_written(node) or ()))


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
    return _is_rounded(answer, key, precision.places(key))


def shortening(answer: Amount, value: Fraction, precision: Precision) -> Shortening | None:
    """How a value was shortened to an answer of two significant digits and almost the places asked for, if it was."""
    if answer.places is None or (precision.exact and value.denominator == 1):
        return None
    fewest = precision.places(value) - FEWER_PLACES
    own = [places for places, digits in _own_places(answer) if places >= fewest and digits >= ROUNDING_DIGITS]
    for is_short, cut in ((_is_rounded, False), (_is_cut, True)):
        for places in own:
            if is_short(answer.value, value, places):
                return Shortening(places, cut)
    return None


def meets(answer: Amount, value: Fraction, precision: Precision) -> bool:
    """Whether an answer is a foreseen mistake; a fraction for an integer key is that mistake as it is shown."""
    if precision.exact and answer.value.denominator > 1:
        return abs(answer.value - value) <= unit(precision.places(value)) / 2
    return is_correct(answer.value, value, precision)


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
    digits = str(abs(int(answer.value))) if answer.places == 0 and answer.value else ""
    idle = len(digits) - len(digits.rstrip("0"))
    whole = [(-zeros, len(digits) - zeros) for zeros in range(1, idle + 1)]
    return [(answer.places or 0, answer.significant), *whole]


def _is_rounded(answer: Fraction, value: Fraction, places: int) -> bool:
    return not are_apart(answer, value, unit(places)) and abs(answer - value) <= unit(places) / 2


def _is_cut(answer: Fraction, value: Fraction, places: int) -> bool:
    if answer * value <= 0 or are_apart(answer, value, unit(places)):
        return False
    return 0 <= abs(value) - abs(answer) < unit(places)


def foreseen_mistake(
    mistakes: Sequence[KnownMistake],
    read: Callable[[str], Value | None],
    is_met: Callable[[Value, Fits], bool],
    precision: Precision,
) -> KnownMistake | None:
    """The mistake whose answer was typed: one met to the digits asked for comes before one met when rounded."""
    values = [(mistake, value) for mistake in mistakes if (value := read(mistake.answer)) is not None]
    for fits in (meets,) if precision.exact else (meets, agrees):
        for mistake, value in values:
            if is_met(value, fits):
                return mistake
    return None


def value_text(value: Fraction, precision: Precision) -> str:
    """The value of typed arithmetic, to the digits asked for as far as they show it."""
    with localcontext(prec=2 * RECKONED):
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        kept = precision.places(value) + (decimal.adjusted() if value else 0) + 1
        return significant_text(decimal, min(max(kept, ROUNDING_DIGITS), RECKONED))


def reckoned(text: str) -> str | None:
    """The value of typed arithmetic, exact where it is short and else to `RECKONED` digits; None where it has none."""
    node = read_number(text)
    value = None if isinstance(node, Unreadable) else exact_value(node)
    if value is None:
        return None
    with localcontext(prec=RECKONED + ROUNDING_DIGITS):
        return significant_text(Decimal(value.numerator) / Decimal(value.denominator), RECKONED)
