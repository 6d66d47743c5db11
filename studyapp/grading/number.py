"""Numbers: correct to the digits asked for, rounded too far, or wrong in a way that can be named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from studyapp.domain.expression import Call, Number
from studyapp.domain.question import KnownMistake, NumberKey
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.interpretation import exact_value
from studyapp.engine.rounding import PLACES as DEFAULT_PLACES
from studyapp.engine.rounding import Precision, half_up, leading, unit
from studyapp.grading import amounts
from studyapp.grading.amounts import Amount
from studyapp.grading.verdicts import UNDEFINED, ask_again, foreseen, slip_sentence, undecided, unreadable
from studyapp.language import read_number, to_text

RIGHT = Text(ja="値は合っています。{wanted}", en="The value is right. {wanted}")
PLACES = Text(
    ja="小数第{count}位まで答えてください。", en="Give it to 1 decimal place.|Give it to {count} decimal places."
)
WHOLE = Text(ja="小数第1位を四捨五入して、整数で答えてください。", en="Give it rounded to a whole number.")
SIGNIFICANT = Text(
    ja="有効数字{count}桁で答えてください。",
    en="Give it to 1 significant digit.|Give it to {count} significant digits.",
)
CUT_PLACES = Text(ja="小数第{count}位より下を", en="After 1 decimal place the|After {count} decimal places the")
CUT_WHOLE = Text(ja="小数点以下を", en="After the decimal point the")
CUT_END = Text(ja="下の位を", en="The last")
CUT_SIGNIFICANT = Text(
    ja="有効数字{count}桁より下を", en="After 1 significant digit the|After {count} significant digits the"
)
CUT_SHORT = Text(ja="{cut}{wanted}", en="{cut} {wanted}")
LAST_DIGIT = Text(
    ja="最後の桁が 1 だけ違います。途中で丸めていないか、丸め方は正しいかを確かめてください。",
    en="Only the last digit is off, by one. Look again at how you rounded, here and on the way.",
)
TOO_SHORT = Text(
    ja="桁数が足りないので、正しい値かどうか分かりません。{wanted}",
    en="Too few digits to see whether this is right. {wanted}",
)

CLOSE = Fraction(1, 1000)  # the relative distance within which typed arithmetic may be a slip's value


def grade_number(key: NumberKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed number."""
    node = read_number(answer, integer=key.is_exact, unit=key.unit)
    if isinstance(node, Unreadable):
        return unreadable(node, answer)
    reading, typed, exact = to_text(node), amounts.amount(node), amounts.exactly(key.exact)
    if typed is None:
        return ask_again(UNDEFINED(), "undefined", reading)
    if exact is None:
        return undecided(reading)
    precision = Precision.of(key)
    verdict = _verdict(key, typed, exact, mistakes, reading)
    return verdict if typed.places is not None else replace(verdict, value=amounts.value_text(typed.value, precision))


def _verdict(key: NumberKey, typed: Amount, exact: Fraction, mistakes: Sequence[KnownMistake], reading: str) -> Verdict:
    precision = Precision.of(key)
    if amounts.is_correct(typed.value, exact, precision):
        return Verdict(Outcome.CORRECT, reading=reading)
    if (short := amounts.shortening(typed, exact, precision)) is not None:
        kept = None if key.significant is None else short.places + leading(exact) + 1
        cut = _cut_after(short.places, kept) if short.cut else ""
        return rounding(precision, reading, cut=cut, complete=short.places >= precision.places(exact))
    return _wrong(typed, exact, precision, mistakes, reading)


def _wrong(
    typed: Amount, exact: Fraction, precision: Precision, mistakes: Sequence[KnownMistake], reading: str
) -> Verdict:
    mistake = amounts.foreseen_mistake(
        mistakes, amounts.exactly, lambda value, fits: fits(typed, value, precision), precision
    )
    if mistake is not None:
        return foreseen(mistake, reading)
    for slip, detail, value in number_slips(exact):
        if _is_claimed(slip, typed, value, exact, precision):
            sentence = slip_sentence(sentence_name(slip, detail), *([detail] if detail else ()))
            return Verdict(Outcome.WRONG, slip, detail, sentence, reading)
    return Verdict(Outcome.WRONG, message=_remark(typed, exact, precision), reading=reading)


def rounding(
    precision: Precision, reading: str, *, cut: str = "", component: str = "", complete: bool = False
) -> Verdict:
    """The key but for its last digits; `cut` is what was cut instead of rounded, `complete` whether no digits lack."""
    if not cut:
        return Verdict(Outcome.ROUNDING, message=RIGHT(wanted=_wanted(precision)), reading=reading)
    message = slip_sentence("truncated", cut)
    if not complete:
        message = CUT_SHORT(cut=message, wanted=_wanted(precision))
    return Verdict(Outcome.ROUNDING, "truncated", component, message, reading)


def _remark(typed: Amount, exact: Fraction, precision: Precision) -> str:
    if precision.exact or typed.places is None:
        return ""
    places = precision.places(exact)
    if typed.places == places and abs(typed.value - half_up(exact, places)) == unit(places):
        return LAST_DIGIT()
    if typed.places < places and typed.significant >= amounts.ROUNDING_DIGITS and amounts.could_be(typed, exact):
        return TOO_SHORT(wanted=_wanted(precision))
    return ""


def _is_claimed(slip: str, typed: Amount, value: Fraction, key: Fraction, precision: Precision) -> bool:
    """Whether an answer is a slip's value and not the key's, with digits enough for that to be no accident."""
    if typed.value == value:
        return slip == "sign" or typed.places is None or typed.significant >= amounts.ROUNDING_DIGITS
    if precision.exact and value.denominator == 1:
        return False
    if typed.places is None:
        return abs(typed.value - value) <= min(abs(value) * CLOSE, unit(precision.places(value)) / 2)
    if slip == "sign":
        return typed.significant >= amounts.ROUNDING_DIGITS and amounts.could_be(typed, value)
    return not amounts.could_be(typed, key) and amounts.shortening(typed, value, precision) is not None


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
    logarithms = ((base, exact_value(Call("log", (Number(Decimal(base)),)))) for base in ("2", "10"))
    return tuple((base, value) for base, value in logarithms if value is not None)


def _wanted(precision: Precision) -> str:
    if precision.digits is None and precision.significant is not None:
        return SIGNIFICANT(count=precision.significant)
    places = DEFAULT_PLACES if precision.digits is None else precision.digits
    return PLACES(count=places) if places else WHOLE()


def _cut_after(places: int, significant: int | None) -> str:
    if significant is not None:
        return CUT_SIGNIFICANT(count=significant)
    if places > 0:
        return CUT_PLACES(count=places)
    return CUT_WHOLE() if places == 0 else CUT_END()
