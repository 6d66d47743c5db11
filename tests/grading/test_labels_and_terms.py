from __future__ import annotations

import pytest

from studyapp.domain.question import ChoiceKey, KnownMistake, OrderKey, TermKey
from studyapp.domain.text import set_language
from studyapp.grading import grade

ONE = ChoiceKey(("a", "b", "c"), ("b",))
SEVERAL = ChoiceKey(("a", "b", "c", "d"), ("b", "c"), several=True)
ORDER = OrderKey(("b", "a", "c"))
REFUSED = ("情報エントロピー", "KL情報量 — 差だけを測る量です。")
TERM = TermKey(
    ("交差エントロピー", "クロスエントロピー", "cross entropy"), ("情報エントロピー", "KL情報量 — 差だけを測る量です。")
)


@pytest.mark.parametrize(
    "answer", ["b", "B", "ｂ", "2", "２", "②", "イ", "ｲ", "い", "(b)", "b)", "b.", " b ", "「イ」", "「い」"]
)
def test_a_label_is_read_in_any_usual_spelling(answer: str):
    assert grade(ONE, answer, ()).outcome.value == "correct"


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        (ONE, "a", "wrong"),
        (ONE, "a b", "unreadable"),
        (ONE, "d", "unreadable"),
        (ONE, "4", "unreadable"),
        (ONE, "", "unreadable"),
        (ONE, "　", "unreadable"),
        (ONE, "b です", "unreadable"),
        (SEVERAL, "b c", "correct"),
        (SEVERAL, "cb", "correct"),
        (SEVERAL, "b、c", "correct"),
        (SEVERAL, "2と3", "correct"),
        (SEVERAL, "b and c", "correct"),
        (SEVERAL, "b", "wrong"),
        (SEVERAL, "a b c", "wrong"),
        (SEVERAL, "a d", "wrong"),
        (ORDER, "b a c", "correct"),
        (ORDER, "b,a,c", "correct"),
        (ORDER, "bac", "correct"),
        (ORDER, "b→a→c", "correct"),
        (ORDER, "b > a > c", "correct"),
        (ORDER, "2 1 3", "correct"),
        (ORDER, "イアウ", "correct"),
        (ORDER, "a b c", "wrong"),
        (ORDER, "b a", "unreadable"),
        (ORDER, "b a a", "unreadable"),
        (ORDER, "b a c d", "unreadable"),
        (ORDER, "", "unreadable"),
    ],
)
def test_choices_and_orders(key: ChoiceKey | OrderKey, answer: str, expected: str):
    assert grade(key, answer, ()).outcome.value == expected


@pytest.mark.parametrize(("answer", "right"), [("あ", "a"), ("い", "b"), ("う", "c"), ("え", "d")])
def test_a_hiragana_is_an_option_by_its_place(answer: str, right: str):
    key = ChoiceKey(("a", "b", "c", "d"), (right,))
    assert grade(key, answer, ()).outcome.value == "correct"


def test_a_hiragana_that_may_be_the_fourth_or_the_key_of_e_is_asked_back():
    five = ("a", "b", "c", "d", "e")
    assert all(grade(ChoiceKey(five, (right,)), "え", ()).outcome.value == "unreadable" for right in "de")
    assert grade(ChoiceKey(five, ("e",)), "お", ()).outcome.value == "correct"


def test_options_written_out_have_labels_by_their_place():
    key = ChoiceKey(("MSE", "cross entropy"), ("b",))

    assert grade(key, "b", ()).outcome.value == "correct"
    assert grade(key, "cross entropy", ()).outcome.value == "correct"
    assert grade(key, "MSE", ()).outcome.value == "wrong"


def test_a_wrong_choice_is_told_what_its_author_says_of_it():
    mistakes = (KnownMistake("metric", "a", "それは評価指標です。"),)

    assert grade(ONE, "a", mistakes).message == "それは評価指標です。"
    assert grade(ONE, "c", mistakes).mistake is None


def test_partial_insight_is_told_without_giving_the_rest_away():
    set_language("en")
    assert grade(SEVERAL, "b", ()).message == "All that you chose is right; still missing: 1."
    assert grade(SEVERAL, "a b c", ()).message == "All that fits is chosen; too many: 1."
    assert grade(SEVERAL, "a b", ()).message == "Chosen but wrong: 1. Right but missing: 1."


@pytest.mark.parametrize(("answer", "place"), [("a b c", "1"), ("b c a", "2")])
def test_the_first_place_out_of_order_is_told(answer: str, place: str):
    verdict = grade(ORDER, answer, ())

    assert (verdict.mistake, verdict.detail) == ("position", place)


@pytest.mark.parametrize(
    ("answer", "expected", "mistake"),
    [
        ("交差エントロピー", "correct", None),
        ("交差エントロピ", "correct", None),
        ("交差 エントロピー", "correct", None),
        ("交差えんとろぴー", "correct", None),
        ("ｸﾛｽｴﾝﾄﾛﾋﾟｰ", "correct", None),
        ("クロス・エントロピー", "correct", None),
        ("Cross-Entropy", "correct", None),
        ("ＣＲＯＳＳ　ＥＮＴＲＯＰＹ", "correct", None),
        ("答え: 交差エントロピー", "correct", None),
        ("交差エントロビー", "correct", "spelling"),
        ("クロスエトンロピー", "correct", "spelling"),
        ("cross entrpy", "correct", "spelling"),
        ("crossentropyy", "correct", "spelling"),
        ("交叉エントロピー", "wrong", None),
        ("情報エントロピー", "wrong", None),
        ("KL情報量", "wrong", None),
        ("エントロピー", "wrong", None),
        ("", "unreadable", None),
        ("ー", "unreadable", None),
    ],
)
def test_terms(answer: str, expected: str, mistake: str | None):
    verdict = grade(TERM, answer, ())

    assert (verdict.outcome.value, verdict.mistake) == (expected, mistake)


def test_a_near_misspelling_is_told_the_right_spelling():
    verdict = grade(TERM, "交差エントロビー", ())

    assert verdict.detail == "交差エントロピー"
    assert "交差エントロピー" in verdict.message


@pytest.mark.parametrize(
    ("accept", "answer"),
    [
        ("正則化", "正規化"),
        ("真陽性率", "偽陽性率"),
        ("RMSE", "MSE"),
        ("MSE", "MAE"),
        ("L1損失", "L2損失"),
        ("SGD", "SSD"),
    ],
)
def test_another_term_is_no_misspelling(accept: str, answer: str):
    assert grade(TermKey((accept,)), answer, ()).outcome.value == "wrong"


def test_a_refused_term_is_told_apart():
    assert "情報エントロピー" in grade(TERM, "情報エントロピー", ()).message
    assert grade(TERM, "KL情報量", ()).message == "差だけを測る量です。"
    mistakes = (KnownMistake("entropy", "エントロピー", "ひとつの分布の量です。"),)
    assert grade(TERM, "エントロピー", mistakes).mistake == "entropy"
