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
from studyapp.engine.deciding.careful import exact_value
from studyapp.grading.amounts import Amount, Precision, agrees, amount, exactly, is_correct, is_rounded, is_shortened
from studyapp.grading.saying import asked_back, known, slipped, unreadable
from studyapp.language import read_number, to_text

CLOSE = Fraction(1, 1000)
"""The relative distance within which typed arithmetic may be a slip's value."""


def grade_number(key: NumberKey, answer: str, mistakes: Sequence[KnownMistake], words: Words) -> Verdict:
    """The verdict on a typed number."""
    node = read_number(answer)
    if isinstance(node, Unreadable):
        return unreadable(node, answer, words)
    reading = to_text(node)
    typed, exact = amount(node), exactly(key.exact)
    if typed is None:
        return asked_back(words.grading.undefined, "undefined", reading)
    if exact is None:
        return Verdict(Outcome.UNDECIDED, message=words.grading.undecided, reading=reading)
    precision = Precision(key.digits, key.significant)
    if is_correct(typed.value, exact, precision):
        return Verdict(Outcome.CORRECT, reading=reading)
    if is_rounded(typed, exact, precision):
        return Verdict(
            Outcome.ROUNDING, message=words.grading.more_digits(key.digits, key.significant), reading=reading
        )
    return _wrong(typed, exact, precision, mistakes, words, reading)


def _wrong(
    typed: Amount, exact: Fraction, precision: Precision, mistakes: Sequence[KnownMistake], words: Words, reading: str
) -> Verdict:
    foreseen = [(mistake, exactly(mistake.answer)) for mistake in mistakes]
    # A mistake that the answer meets to the digits asked for comes before one that it meets when rounded.
    met = [one for one, value in foreseen if value is not None and is_correct(typed.value, value, precision)]
    met = met or [one for one, value in foreseen if value is not None and agrees(typed, value, precision)]
    if met:
        return known(met[0], reading)
    for slip, detail, value in number_slips(exact):
        if is_claimed(typed, value, precision):
            details = (detail,) if detail else ()
            return slipped(slip, detail, words.grading.slips.sentence(slip, *details), reading)
    return Verdict(Outcome.WRONG, reading=reading)


def is_claimed(typed: Amount, value: Fraction, precision: Precision) -> bool:
    """Whether an answer is a slip's value to the digits typed, and has digits enough for that to be no accident."""
    if typed.places is None:
        return is_correct(typed.value, value, precision) and abs(typed.value - value) <= abs(value) * CLOSE
    return is_shortened(typed, value)


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


@cache
def _bases() -> tuple[tuple[str, Fraction], ...]:
    """The bases that logarithms are mistaken in, with their natural logarithms to 50 digits."""
    found = ((base, exact_value(Call("log", (Number(Decimal(base)),)))) for base in ("2", "10"))
    return tuple((base, value) for base, value in found if value is not None)
