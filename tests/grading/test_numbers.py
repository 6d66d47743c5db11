from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.question import KnownMistake, NumberKey
from studyapp.domain.text import speaking
from studyapp.domain.verdict import Outcome
from studyapp.grading import grade
from studyapp.grading.amounts import reckoned
from studyapp.grading.verdicts import in_words
from tests.grading.verdicts import answers, verdict_of

LN_0_6 = "0.51082562376599068320551409663036619348781107964449"  # −ln 0.6 to 50 digits, from bc -l

TABLE = answers(
    (
        NumberKey(LN_0_6, 4),
        {
            # 0.51087 is 0.000044… off: within half a unit of the fourth place
            "correct": "0.5108 | 0.51083 | 0.510825623765990683 | 0.51087 | -ln 0.6 | ln(5/3) | 0.4/0.6 - 0.155841"
            " | ０．５１０８ | 5.108e-1 | 51.08%",
            "rounding": "0.511 | 0.51",
            "rounding truncated": "0.510",
            "wrong": "0.51088 | 0.5109 | 0.5107 | 0.5 | 0.52 | 51/100 | 0.7 | 1 | 0.6666",
            "unreadable": " | abc | 1/0 | ln(-1) | 0,5108 | 9**9**9 | cross_entropy((0.6, 0.4), (1, 0))",
            "wrong sign": "-0.5108 | -0.51 | ln 0.6",
            "wrong complement": "0.4892",
            "wrong reciprocal": "1.9576",
            "wrong log-base 2": "0.7370",
            "wrong log-base 10": "0.2218",
            "wrong factor 2": "1.0217",
            "wrong factor 1/2": "0.2554",
        },
    ),
    (NumberKey("0.25", 1), {"correct": "0.2 | 0.3", "wrong": "0.19"}),  # ties both ways
    (NumberKey("-0.25", 1), {"correct": "-0.3", "wrong": "0.3"}),
    (NumberKey("0", 2), {"correct": "0 | 0.004", "wrong": "0.006"}),
    (NumberKey("0.0312", 4), {"rounding": "0.031", "wrong": "0.03"}),  # one significant digit
    # three places short, cut, rounded
    (NumberKey("12.3456", 4), {"wrong": "12.3 | 12.36", "rounding truncated": "12.34", "rounding": "12.35"}),
    (NumberKey("0.51089", 4), {"rounding truncated": "0.5108"}),  # cut at the very place asked for
    (NumberKey("123456", None, 3), {"correct": "123000 | 123456 | 1.23e5", "rounding": "120000", "wrong": "100000"}),
    (NumberKey("0.00123456", None, 4), {"correct": "0.001235", "rounding": "0.0012", "wrong": "0.001"}),
    (NumberKey("18"), {"correct": "18 | 18.0 | 36/2", "wrong": "18.01"}),
    (NumberKey("0.33333333333333333333333333333333333333333333333333"), {"correct": "1/3"}),
    # A slip is named only where the answer cannot be the key: 1/1.02165 is 0.979, but 1.0 says nothing.
    (
        NumberKey("1.02165", 4),
        {
            "wrong": "1.0 | 2.0",
            "wrong reciprocal": "0.979",
            "wrong sign": "-1.0",
            "wrong factor 10": "10.217",
            "wrong factor 1/10": "0.102165",
        },
    ),
    (NumberKey("0.5204", 4), {"wrong complement": "0.4796"}),
    (NumberKey("0.5004", 4), {"wrong": "0.5"}),
    (NumberKey("0.0521", 4), {"wrong factor 100": "5.21"}),
    (NumberKey("0.025", 4), {"wrong reciprocal": "40.0"}),
    (NumberKey("87.46", 0), {"correct": "87 | 87.46 | 86.97", "wrong": "88 | 86"}),
    (NumberKey("1664", None, 2), {"correct": "1700"}),
    (NumberKey("inf", 2), {"undecided": "1"}),
)


@pytest.mark.parametrize(("key", "answer", "verdict"), TABLE)
def test_a_number_is_right_to_the_digits_asked_for_and_a_slip_is_named_to_the_digits_typed(key, answer, verdict):
    assert verdict_of(key, answer) == verdict
    assert bool(grade(key, answer, ()).message) >= (" " in verdict)


INTEGERS = (NumberKey("1664", 0), NumberKey("1664", 1, integer=True), NumberKey("1664", integer=True))
INTEGER_ROWS = {
    "correct": "1664 | 1664.0 | 1,664 | 1664個 | 13*128",
    "wrong no-bias": "1600",
    "wrong": "1599 | 1660 | 1700 | 1664.4 | 1663.9999 | 830",
    "wrong sign": "-1664",
    "wrong factor 10": "16640",
}


@pytest.mark.parametrize(("key", "answer", "verdict"), answers(*((key, INTEGER_ROWS) for key in INTEGERS)))
def test_an_integer_key_is_exact(key, answer, verdict):
    assert verdict_of(key, answer, (KnownMistake("no-bias", "1600"),)) == verdict


@pytest.mark.parametrize("key", ["9" * 4400, "0." + "1" * 4990, "1e4500", "1e-4500", "7**5000"])
@pytest.mark.parametrize("answer", ["5", "9" * 300, "1e-300"])
def test_keys_with_more_digits_than_python_writes_are_compared(key: str, answer: str):
    assert verdict_of(NumberKey(key, None, significant=3), answer).split()[0] in {"wrong", "undecided"}


@given(st.decimals("-1000", "1000", places=12), st.integers(0, 6))
def test_a_key_as_it_is_shown_is_correct_and_two_units_off_is_not(key: Decimal, digits: int):
    step = Decimal(1).scaleb(-digits)
    shown = key.quantize(step, ROUND_HALF_UP)
    assert verdict_of(NumberKey(str(key), digits), f"{shown:f}") == "correct"
    assert verdict_of(NumberKey(str(key), digits), f"{shown + 2 * step:f}") != "correct"


@given(st.decimals("0.001", "1000", places=12), st.integers(3, 6), st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]))
def test_two_places_less_are_a_matter_of_rounding_where_two_digits_are_left(key: Decimal, digits: int, how: str):
    short = key.quantize(Decimal(1).scaleb(2 - digits), how)
    enough = len(str(short.as_tuple().digits).replace(", ", "").strip("(),").lstrip("0")) >= 2
    expected = {"rounding", "correct"} if enough else {"rounding", "correct", "wrong"}
    assert verdict_of(NumberKey(str(key), digits), f"{short:f}").split()[0] in expected


def test_an_authors_mistake_comes_before_general_slips():
    mistakes = (KnownMistake("log-of-wrong-class", "-0.5108", "正解クラスではありません。"),)
    verdict = grade(NumberKey(LN_0_6, 4), "-0.51", mistakes)
    assert (verdict.mistake, verdict.message) == ("log-of-wrong-class", "正解クラスではありません。")


def test_the_correct_answer_is_never_a_mistake():
    assert verdict_of(NumberKey("0.5", 2), "0.5", (KnownMistake("near", "0.501"),)) == "correct"


def test_a_fraction_is_the_mistake_that_is_shown_rounded():
    mistakes = (KnownMistake("not-whole", "421"),)  # 420.5 at 0 digits
    assert grade(NumberKey("841", 0), "420.5", mistakes).mistake == "not-whole"
    assert grade(NumberKey("841", 0), "420", mistakes).mistake is None


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_no_rounding_is_taken_for_an_integer(key: int, typed: int, hundredths: int):
    number = NumberKey(str(key), 0)
    assert (verdict_of(number, f"{typed}.{hundredths:02}") == "correct") == (typed == key and hundredths == 0)
    assert (verdict_of(number, f"{round(key, -2)}") == "correct") == (key % 100 == 0)


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
    with speaking("ja"):
        japanese = grade(key, answer, ())
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


@given(st.decimals("0.01", "99", places=6), st.integers(0, 2))
def test_a_key_given_to_too_few_places_is_never_named_a_slip(key: Decimal, places: int):
    typed = key.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    verdict = grade(NumberKey(str(key), 6), f"{typed:f}", ())
    assert verdict.outcome in {Outcome.WRONG, Outcome.CORRECT}
    assert verdict.mistake is None


def test_an_answer_next_to_the_key_gets_a_word():
    assert "decimal point" in grade(NumberKey("1.02165", 4), "10.217", ()).message
    assert "off, by one" in grade(NumberKey("1.02171", 4), "1.0218", ()).message
    assert "off, by one" in grade(NumberKey("1.02171", 4), "1.0216", ()).message
    assert "Too few digits" in grade(NumberKey("1.02171", 4), "1.0", ()).message
    assert not grade(NumberKey("1664", 0), "1663", ()).message


def test_the_value_of_typed_arithmetic_is_beside_a_wrong_answer():
    wrong = (KnownMistake("class", "-2.407945608651872", "別のクラス。"),)
    with speaking("ja"):
        assert in_words(grade(NumberKey(LN_0_6, 4), "ln 0.09", wrong)) == "別のクラス。入力した式の値は -2.4079 です。"
    assert "1665" in in_words(grade(NumberKey("1664", 0), "13*128 + 1", ()))
    assert grade(NumberKey(LN_0_6, 4), "ln 0.09", ()).value == "-2.4079"
    assert not in_words(grade(NumberKey(LN_0_6, 4), "0.09", ()))
    assert not in_words(grade(NumberKey(LN_0_6, 4), "-ln 0.6", ()))
    assert grade(NumberKey(LN_0_6, 4), "-ln 0.6", ()).value == "0.5108"


def test_what_was_read_is_shown_back():
    assert grade(NumberKey(LN_0_6, 4), "－ｌｎ ０．６", ()).reading == "-log(0.6)"


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
