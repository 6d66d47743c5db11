from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.question import KnownMistake, NumberKey
from studyapp.domain.text import LANGUAGES, set_language
from studyapp.domain.verdict import Outcome
from studyapp.grading import grade
from studyapp.grading.amounts import reckoned

LN_0_6 = "0.51082562376599068320551409663036619348781107964449"  # −ln 0.6 to 50 digits, from bc -l


def outcome(key: NumberKey, answer: str) -> str:
    return grade(key, answer, ()).outcome.value


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("0.5108", "correct"),
        ("0.51083", "correct"),
        ("0.510825623765990683", "correct"),
        ("0.51087", "correct"),  # 0.000044… off: within half a unit of the fourth place
        ("0.51088", "wrong"),
        ("0.5109", "wrong"),
        ("0.5107", "wrong"),
        ("-ln 0.6", "correct"),
        ("ln(5/3)", "correct"),
        ("0.4/0.6 - 0.155841", "correct"),
        ("０．５１０８", "correct"),
        ("5.108e-1", "correct"),
        ("51.08%", "correct"),
        ("0.511", "rounding"),
        ("0.510", "rounding"),
        ("0.51", "rounding"),
        ("0.5", "wrong"),
        ("0.52", "wrong"),
        ("51/100", "wrong"),
        ("", "unreadable"),
        ("abc", "unreadable"),
        ("1/0", "unreadable"),
        ("ln(-1)", "unreadable"),
        ("0,5108", "unreadable"),
        ("9**9**9", "unreadable"),
        ("cross_entropy((0.6, 0.4), (1, 0))", "unreadable"),
    ],
)
def test_a_number_is_correct_to_the_places_asked_for(answer: str, expected: str):
    assert outcome(NumberKey(LN_0_6, 4), answer) == expected


@pytest.mark.parametrize("key", ["9" * 4400, "0." + "1" * 4990, "1e4500", "1e-4500", "7**5000"])
@pytest.mark.parametrize("answer", ["5", "9" * 300, "1e-300"])
def test_keys_with_more_digits_than_python_writes_are_compared(key: str, answer: str):
    assert outcome(NumberKey(key, None, significant=3), answer) in {"wrong", "undecided"}


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        (NumberKey("0.25", 1), "0.2", "correct"),  # ties both ways
        (NumberKey("0.25", 1), "0.3", "correct"),
        (NumberKey("0.25", 1), "0.19", "wrong"),
        (NumberKey("-0.25", 1), "-0.3", "correct"),
        (NumberKey("-0.25", 1), "0.3", "wrong"),
        (NumberKey("0", 2), "0", "correct"),
        (NumberKey("0", 2), "0.004", "correct"),
        (NumberKey("0", 2), "0.006", "wrong"),
        (NumberKey("0.0312", 4), "0.031", "rounding"),
        (NumberKey("0.0312", 4), "0.03", "wrong"),  # one significant digit
        (NumberKey("12.3456", 4), "12.3", "wrong"),  # three places short
        (NumberKey("12.3456", 4), "12.34", "rounding"),  # cut
        (NumberKey("12.3456", 4), "12.35", "rounding"),  # rounded
        (NumberKey("12.3456", 4), "12.36", "wrong"),
        (NumberKey("0.51089", 4), "0.5108", "rounding"),  # cut at the very place asked for
        (NumberKey("123456", None, 3), "123000", "correct"),
        (NumberKey("123456", None, 3), "123456", "correct"),
        (NumberKey("123456", None, 3), "1.23e5", "correct"),
        (NumberKey("123456", None, 3), "120000", "rounding"),
        (NumberKey("123456", None, 3), "100000", "wrong"),
        (NumberKey("0.00123456", None, 4), "0.001235", "correct"),
        (NumberKey("0.00123456", None, 4), "0.0012", "rounding"),
        (NumberKey("0.00123456", None, 4), "0.001", "wrong"),
        (NumberKey("18"), "18", "correct"),
        (NumberKey("18"), "18.0", "correct"),
        (NumberKey("18"), "18.01", "wrong"),
        (NumberKey("18"), "36/2", "correct"),
        (NumberKey("0.33333333333333333333333333333333333333333333333333"), "1/3", "correct"),
    ],
)
def test_ties_places_and_significant_digits(key: NumberKey, answer: str, expected: str):
    assert outcome(key, answer) == expected


@given(st.decimals("-1000", "1000", places=12), st.integers(0, 6))
def test_a_key_as_it_is_shown_is_correct_and_two_units_off_is_not(key: Decimal, digits: int):
    step = Decimal(1).scaleb(-digits)
    shown = key.quantize(step, ROUND_HALF_UP)

    assert outcome(NumberKey(str(key), digits), f"{shown:f}") == "correct"
    assert outcome(NumberKey(str(key), digits), f"{shown + 2 * step:f}") != "correct"


@given(st.decimals("0.001", "1000", places=12), st.integers(3, 6), st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]))
def test_two_places_less_are_a_matter_of_rounding_where_two_digits_are_left(key: Decimal, digits: int, how: str):
    short = key.quantize(Decimal(1).scaleb(2 - digits), how)
    enough = len(str(short.as_tuple().digits).replace(", ", "").strip("(),").lstrip("0")) >= 2
    expected = {"rounding", "correct"} if enough else {"rounding", "correct", "wrong"}

    assert outcome(NumberKey(str(key), digits), f"{short:f}") in expected


@pytest.mark.parametrize(
    ("answer", "slip", "detail"),
    [
        ("-0.5108", "sign", ""),
        ("-0.51", "sign", ""),
        ("0.4892", "complement", ""),
        ("1.9576", "reciprocal", ""),
        ("0.7370", "log-base", "2"),
        ("0.2218", "log-base", "10"),
        ("1.0217", "factor", "2"),
        ("0.2554", "factor", "1/2"),
        ("ln 0.6", "sign", ""),
        ("0.7", None, ""),  # one digit says too little
        ("1", None, ""),
        ("0.6666", None, ""),
    ],
)
def test_a_slip_is_claimed_only_to_the_digits_typed(answer: str, slip: str | None, detail: str):
    verdict = grade(NumberKey(LN_0_6, 4), answer, ())

    assert (verdict.outcome, verdict.mistake, verdict.detail) == (Outcome.WRONG, slip, detail)
    assert bool(verdict.message) == (slip is not None)


def test_an_authors_mistake_comes_before_general_slips():
    mistakes = (KnownMistake("log-of-wrong-class", "-0.5108", "正解クラスではありません。"),)
    verdict = grade(NumberKey(LN_0_6, 4), "-0.51", mistakes)

    assert (verdict.mistake, verdict.message) == ("log-of-wrong-class", "正解クラスではありません。")


def test_a_whole_number_may_be_an_authors_mistake():
    verdict = grade(NumberKey("12"), "9", (KnownMistake("no-bias", "9"),))

    assert verdict.mistake == "no-bias"


def test_the_correct_answer_is_never_a_mistake():
    verdict = grade(NumberKey("0.5", 2), "0.5", (KnownMistake("near", "0.501"),))

    assert (verdict.outcome, verdict.mistake) == (Outcome.CORRECT, None)


@pytest.mark.parametrize(
    ("answer", "expected", "mistake"),
    [
        ("1664", "correct", None),
        ("1664.0", "correct", None),
        ("1,664", "correct", None),
        ("1664個", "correct", None),
        ("13*128", "correct", None),
        ("1600", "wrong", "no-bias"),
        ("1599", "wrong", None),
        ("1660", "wrong", None),
        ("1700", "wrong", None),
        ("1664.4", "wrong", None),
        ("1663.9999", "wrong", None),
        ("-1664", "wrong", "sign"),
        ("16640", "wrong", "factor"),
        ("830", "wrong", None),
    ],
)
def test_an_integer_key_is_exact(answer: str, expected: str, mistake: str | None):
    for key in (NumberKey("1664", 0), NumberKey("1664", 1, integer=True), NumberKey("1664", integer=True)):
        verdict = grade(key, answer, (KnownMistake("no-bias", "1600"),))

        assert (verdict.outcome.value, verdict.mistake) == (expected, mistake)


def test_a_fraction_is_the_mistake_that_is_shown_rounded():
    mistakes = (KnownMistake("not-whole", "421"),)  # 420.5 at 0 digits

    assert grade(NumberKey("841", 0), "420.5", mistakes).mistake == "not-whole"
    assert grade(NumberKey("841", 0), "420", mistakes).mistake is None


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_no_rounding_is_taken_for_an_integer(key: int, typed: int, hundredths: int):
    expected = "correct" if typed == key and hundredths == 0 else "wrong"

    assert outcome(NumberKey(str(key), 0), f"{typed}.{hundredths:02}") == expected
    assert outcome(NumberKey(str(key), 0), f"{round(key, -2)}") == ("correct" if key % 100 == 0 else "wrong")


def test_a_whole_number_is_rounded_to_where_the_key_is_none():
    key = NumberKey("87.46", 0)

    assert [outcome(key, one) for one in ("87", "87.46", "86.97", "88", "86")] == ["correct"] * 3 + ["wrong"] * 2
    assert outcome(NumberKey("1664", None, 2), "1700") == "correct"


@pytest.mark.parametrize(
    ("key", "answer", "mistake", "says"),
    [
        (NumberKey("2.65926", 4), "2.6592", "truncated", "4 decimal places"),
        (NumberKey("-2.65926", 4), "-2.6592", "truncated", "4 decimal places"),
        (NumberKey("1.021657", 4), "1.021", "truncated", "Give it to 4 decimal places."),
        (NumberKey("1.021657", 4), "1.02", None, "Give it to 4 decimal places."),
        (NumberKey("1.27", 1), "1.2", "truncated", "1 decimal place the"),
        (NumberKey("12.345", 1), "12", None, "Give it to 1 decimal place."),
        (NumberKey("12.945", 1), "12", "truncated", "decimal point"),
        (NumberKey("0.142857142857", None, 4), "0.1428", "truncated", "4 significant digits"),
        (NumberKey("0.142857142857", None, 4), "0.143", None, "4 significant digits"),
        (NumberKey("0.142857142857", None, 5), "0.1428", "truncated", "4 significant digits"),
        (NumberKey("14.96", 0), "14", "truncated", "decimal point"),
        (NumberKey("1667.3", 1), "1660", "truncated", "1 decimal place"),
    ],
)
def test_a_key_that_was_cut_is_told_from_one_that_was_rounded(
    key: NumberKey, answer: str, mistake: str | None, says: str
):
    japanese = grade(key, answer, ())
    set_language("en")
    verdict = grade(key, answer, ())

    assert (verdict.outcome, verdict.mistake) == (Outcome.ROUNDING, mistake)
    assert says in verdict.message
    assert ("cut off" in verdict.message) == (mistake == "truncated")
    assert ("切り捨て" in japanese.message) == (mistake == "truncated")


@given(st.decimals("0.01", "1000", places=12), st.integers(2, 6))
def test_a_cut_key_is_named_where_the_next_digit_is_5_or_more(key: Decimal, digits: int):
    step = Decimal(1).scaleb(-digits)
    cut, nearest = key.quantize(step, ROUND_DOWN), key.quantize(step, ROUND_HALF_UP)
    verdict = grade(NumberKey(str(key), digits), f"{cut:f}", ())

    if cut == nearest or key - cut == step / 2:
        assert verdict.outcome == Outcome.CORRECT
    elif cut >= 10 * step:
        assert (verdict.outcome, verdict.mistake) == (Outcome.ROUNDING, "truncated")


@pytest.mark.parametrize(
    ("key", "answer", "slip"),
    [
        ("1.02165", "1.0", None),  # 1/1.02165 is 0.979, but so few digits say nothing
        ("1.02165", "0.979", "reciprocal"),
        ("1.02165", "-1.0", "sign"),
        ("0.5204", "0.4796", "complement"),
        ("0.5004", "0.5", None),
        ("1.02165", "2.0", None),
        ("1.02165", "10.217", "factor"),
        ("1.02165", "0.102165", "factor"),
        ("0.0521", "5.21", "factor"),
        ("0.025", "40.0", "reciprocal"),
    ],
)
def test_a_slip_is_named_only_where_the_answer_cannot_be_the_key(key: str, answer: str, slip: str | None):
    set_language("en")
    verdict = grade(NumberKey(key, 4), answer, ())

    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, slip)
    assert ("decimal point" in verdict.message) == (slip == "factor")


@given(st.decimals("0.01", "99", places=6), st.integers(0, 2))
def test_a_key_given_to_too_few_places_is_never_named_a_slip(key: Decimal, places: int):
    typed = key.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    verdict = grade(NumberKey(str(key), 6), f"{typed:f}", ())

    assert verdict.outcome in {Outcome.WRONG, Outcome.CORRECT}
    assert verdict.mistake is None


def test_an_answer_next_to_the_key_gets_a_word():
    set_language("en")
    assert "off, by one" in grade(NumberKey("1.02171", 4), "1.0218", ()).message
    assert "off, by one" in grade(NumberKey("1.02171", 4), "1.0216", ()).message
    assert "Too few digits" in grade(NumberKey("1.02171", 4), "1.0", ()).message
    assert not grade(NumberKey("1664", 0), "1663", ()).message


def test_the_value_of_typed_arithmetic_is_beside_a_wrong_answer():
    wrong = (KnownMistake("class", "-2.407945608651872", "別のクラス。"),)

    assert grade(NumberKey(LN_0_6, 4), "ln 0.09", wrong).message == "別のクラス。入力した式の値は -2.4079 です。"
    assert "1665" in grade(NumberKey("1664", 0), "13*128 + 1", ()).message
    set_language("en")
    assert "-2.4079" in grade(NumberKey(LN_0_6, 4), "ln 0.09", ()).message
    assert not grade(NumberKey(LN_0_6, 4), "0.09", ()).message
    assert not grade(NumberKey(LN_0_6, 4), "-ln 0.6", ()).message


def test_what_was_read_is_shown_back():
    assert grade(NumberKey(LN_0_6, 4), "－ｌｎ ０．６", ()).reading == "-log(0.6)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_rounding_says_how_many_places(language: str):
    set_language(language)

    assert "4" in grade(NumberKey(LN_0_6, 4), "0.51", ()).message


def test_a_key_that_is_no_number_decides_nothing():
    assert outcome(NumberKey("inf", 2), "1") == "undecided"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("-ln 0.6", "0.5108256238"),
        ("1/3", "0.3333333333"),
        ("0.1 + 0.2", "0.3"),
        ("１２．５×2", "25"),
        ("2^10", "1024"),
        ("exp(100)", "2.688117142e+43"),
        ("1/0", None),
        ("9**9**9**9", None),
        ("mse(1, 2)", None),
        ("2 +", None),
    ],
)
def test_arithmetic_is_reckoned_to_ten_digits_and_nothing_else_is(typed, value):
    assert reckoned(typed) == value
