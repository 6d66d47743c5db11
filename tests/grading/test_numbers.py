from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.question import KnownMistake, NumberKey
from studyapp.domain.verdict import Outcome
from studyapp.domain.words import EN, JA
from studyapp.grading import grade
from studyapp.grading.amounts import reckoned

LN_0_6 = "0.51082562376599068320551409663036619348781107964449"  # −ln 0.6 to 50 digits, from bc -l


def outcome(key: NumberKey, answer: str) -> str:
    return grade(key, answer, (), JA).outcome.value


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
    verdict = grade(NumberKey(LN_0_6, 4), answer, (), JA)

    assert (verdict.outcome, verdict.mistake, verdict.detail) == (Outcome.WRONG, slip, detail)
    assert bool(verdict.message) == (slip is not None)


def test_an_authors_mistake_comes_before_general_slips():
    mistakes = (KnownMistake("log-of-wrong-class", "-0.5108", "正解クラスではありません。"),)
    verdict = grade(NumberKey(LN_0_6, 4), "-0.51", mistakes, JA)

    assert (verdict.mistake, verdict.message) == ("log-of-wrong-class", "正解クラスではありません。")


def test_a_whole_number_may_be_an_authors_mistake():
    verdict = grade(NumberKey("12"), "9", (KnownMistake("no-bias", "9"),), JA)

    assert verdict.mistake == "no-bias"


def test_the_correct_answer_is_never_a_mistake():
    verdict = grade(NumberKey("0.5", 2), "0.5", (KnownMistake("near", "0.501"),), JA)

    assert (verdict.outcome, verdict.mistake) == (Outcome.CORRECT, None)


def test_what_was_read_is_shown_back():
    assert grade(NumberKey(LN_0_6, 4), "－ｌｎ ０．６", (), JA).reading == "-log(0.6)"


def test_rounding_says_how_many_places():
    assert "4" in grade(NumberKey(LN_0_6, 4), "0.51", (), JA).message
    assert "4" in grade(NumberKey(LN_0_6, 4), "0.51", (), EN).message


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
