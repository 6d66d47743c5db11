"""Numbers: correct to the digits asked for, rounded too far, or wrong in a way that can be named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from studyapp.domain.expression import Call, Number
from studyapp.domain.question import KnownMistake, NumberKey
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.domain.words import Words
from studyapp.engine.equivalence.careful import exact_value
from studyapp.grading.amounts import (
    ROUNDING_DIGITS,
    Amount,
    Precision,
    agrees,
    amount,
    could_be,
    exactly,
    is_correct,
    leading,
    rounded,
    shortening,
    unit,
    value_text,
)
from studyapp.grading.saying import asked_back, known, slipped, unreadable, with_value
from studyapp.language import read_number, to_text

CLOSE = Fraction(1, 1000)
"""The relative distance within which typed arithmetic may be a slip's value."""


def grade_number(key: NumberKey, answer: str, mistakes: Sequence[KnownMistake], words: Words) -> Verdict:
    """The verdict on a typed number."""
    node = read_number(answer, integer=key.is_exact, unit=key.unit)
    if isinstance(node, Unreadable):
        return unreadable(node, answer, words)
    reading = to_text(node)
    typed, exact = amount(node), exactly(key.exact)
    if typed is None:
        return asked_back(words.grading.undefined, "undefined", reading)
    if exact is None:
        return Verdict(Outcome.UNDECIDED, message=words.grading.undecided, reading=reading)
    precision = Precision.of(key)
    if is_correct(typed.value, exact, precision):
        return Verdict(Outcome.CORRECT, reading=reading)
    if (short := shortening(typed, exact, precision)) is not None:
        kept = None if key.significant is None else short.places + leading(exact) + 1
        cut = words.grading.cut_after(short.places, kept) if short.cut else ""
        return rounding(precision, words, reading, cut=cut, complete=short.places >= precision.places(exact))
    verdict = _wrong(typed, exact, precision, mistakes, words, reading)
    return verdict if typed.places is not None else with_value(verdict, value_text(typed.value, precision), words)


def _wrong(
    typed: Amount, exact: Fraction, precision: Precision, mistakes: Sequence[KnownMistake], words: Words, reading: str
) -> Verdict:
    foreseen = [(mistake, value) for mistake in mistakes if (value := exactly(mistake.answer)) is not None]
    # A mistake that the answer meets to the digits asked for comes before one that it meets when rounded.
    for fits in (meets,) if precision.exact else (meets, agrees):
        for mistake, value in foreseen:
            if fits(typed, value, precision):
                return known(mistake, reading)
    for slip, detail, value in number_slips(exact):
        if is_claimed(slip, typed, value, exact, precision):
            details = (detail,) if detail else ()
            sentence = words.grading.slips.sentence(sentence_name(slip, detail), *details)
            return slipped(slip, detail, sentence, reading)
    return Verdict(Outcome.WRONG, message=_remark(typed, exact, precision, words), reading=reading)


def rounding(
    precision: Precision, words: Words, reading: str, *, cut: str = "", component: str = "", complete: bool = False
) -> Verdict:
    """The key but for its last digits; `cut` is what was cut instead of rounded, `complete` whether no digits lack."""
    said = words.grading
    if not cut:
        message = said.more_digits(precision.digits, precision.significant)
        return Verdict(Outcome.ROUNDING, message=message, reading=reading)
    message = said.slips.sentence("truncated", cut)
    if not complete:
        message = said.cut_short.format(cut=message, wanted=said.wanted(precision.digits, precision.significant))
    return Verdict(Outcome.ROUNDING, "truncated", component, message, reading)


def meets(typed: Amount, value: Fraction, precision: Precision) -> bool:
    """Whether an answer is a foreseen mistake; a fraction for an integer key is that mistake as it is shown."""
    if precision.exact and typed.value.denominator > 1:
        return abs(typed.value - value) <= unit(precision.places(value)) / 2
    return is_correct(typed.value, value, precision)


def _remark(typed: Amount, exact: Fraction, precision: Precision, words: Words) -> str:
    """What helps with an answer that is near the key, but not near enough."""
    if precision.exact or typed.places is None:
        return ""
    places = precision.places(exact)
    if typed.places == places and abs(typed.value - rounded(exact, places)) == unit(places):
        return words.grading.last_digit
    if typed.places < places and typed.significant >= ROUNDING_DIGITS and could_be(typed, exact):
        wanted = words.grading.wanted(precision.digits, precision.significant)
        return words.grading.too_short.format(wanted=wanted)
    return ""


def is_claimed(slip: str, typed: Amount, value: Fraction, key: Fraction, precision: Precision) -> bool:
    """Whether an answer is a slip's value and not the key's, with digits enough for that to be no accident."""
    if typed.value == value:
        return slip == "sign" or typed.places is None or typed.significant >= ROUNDING_DIGITS
    if precision.exact and value.denominator == 1:
        return False
    if typed.places is None:
        return abs(typed.value - value) <= min(abs(value) * CLOSE, unit(precision.places(value)) / 2)
    if slip == "sign":
        return typed.significant >= ROUNDING_DIGITS and could_be(typed, value)
    if could_be(typed, key):
        return False
    return shortening(typed, value, precision) is not None


def sentence_name(slip: str, detail: str = "") -> str:
    """The name of a slip's sentence: a factor of 10, 100 or 1/10 is a matter of the decimal point."""
    return "factor-point" if slip == "factor" and not detail.strip("1/0") else slip


def number_slips(key: Fraction) -> Iterator[tuple[str, str, Fraction]]:
    """Slip, detail and value of what general slips make of a number, in the order of the closed list."""
    if not key:
        return
    yield "sign", "", -key
    if 0 < key < 1:
        yield "complement", "", 1 - key
    yield "reciprocal", "", 1 / key
    for base, scale in _bases():
        yield "log-base", base, key / scale
    for _, scale in _bases():
        yield "log-base", "e", key * scale
    yield "factor", "2", key * 2
    yield "factor", "1/2", key / 2
    for power in (10, 100, 1000):
        yield "factor", str(power), key * power
        yield "factor", f"1/{power}", key / power


@cache
def _bases() -> tuple[tuple[str, Fraction], ...]:
    """The bases that logarithms are mistaken in, with their natural logarithms to 50 digits."""
    found = ((base, exact_value(Call("log", (Number(Decimal(base)),)))) for base in ("2", "10"))
    return tuple((base, value) for base, value in found if value is not None)
