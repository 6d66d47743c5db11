import pytest

from studyapp.domain.question import ChoiceKey, KnownMistake, OrderKey, TermKey
from studyapp.grading import grade
from tests.grading.verdicts import answers, verdict_of

ONE = ChoiceKey(("a", "b", "c"), ("b",))
SEVERAL = ChoiceKey(("a", "b", "c", "d"), ("b", "c"), several=True)
ORDER = OrderKey(("b", "a", "c"))
WRITTEN = ChoiceKey(("MSE", "cross entropy"), ("b",))
FIVE = ("a", "b", "c", "d", "e")
TERM = TermKey(
    ("交差エントロピー", "クロスエントロピー", "cross entropy"), ("情報エントロピー", "KL情報量 — 差だけを測る量です。")
)

TABLE = answers(
    (
        ONE,
        {
            "correct": "b | B | ｂ | 2 | ２ | ② | イ | ｲ | い | (b) | b) | b. |  b  | 「イ」 | 「い」",
            "wrong": "a",
            "unreadable": ("a b", "d", "4", "", "　", "b です"),
        },
    ),
    (SEVERAL, {"correct": "b c | cb | b、c | 2と3 | b and c", "wrong": "b | a b c | a d"}),
    (
        ORDER,
        {
            "correct": "b a c | b,a,c | bac | b→a→c | b > a > c | 2 1 3 | イアウ",
            "wrong position 1": "a b c",
            "wrong position 2": "b c a",
            "unreadable": ("b a", "b a a", "b a c d", ""),
        },
    ),
    (WRITTEN, {"correct": "b | cross entropy", "wrong": "MSE"}),
    *(
        (ChoiceKey(("a", "b", "c", "d"), (label,)), {"correct": kana})
        for kana, label in zip("あいうえ", "abcd", strict=True)
    ),
    # The fourth, or the key of e: it is asked back where both are options.
    *((ChoiceKey(FIVE, (label,)), {"unreadable": "え"}) for label in "de"),
    (ChoiceKey(FIVE, ("e",)), {"correct": "お"}),
    (
        TERM,
        {
            "correct": "交差エントロピー | 交差エントロピ | 交差 エントロピー | 交差えんとろぴー | ｸﾛｽｴﾝﾄﾛﾋﾟｰ"
            " | クロス・エントロピー | Cross-Entropy | ＣＲＯＳＳ　ＥＮＴＲＯＰＹ | 答え: 交差エントロピー",
            "correct spelling 交差エントロピー": "交差エントロビー",
            "correct spelling クロスエントロピー": "クロスエトンロピー",
            "correct spelling cross entropy": "cross entrpy | crossentropyy",
            "wrong": "交叉エントロピー | 情報エントロピー | KL情報量 | エントロピー",
            "unreadable": ("", "ー"),
        },
    ),
    # Another term is no misspelling.
    (TermKey(("正則化",)), {"wrong": "正規化"}),
    (TermKey(("真陽性率",)), {"wrong": "偽陽性率"}),
    (TermKey(("RMSE",)), {"wrong": "MSE"}),
    (TermKey(("MSE",)), {"wrong": "MAE"}),
    (TermKey(("L1損失",)), {"wrong": "L2損失"}),
    (TermKey(("SGD",)), {"wrong": "SSD"}),
)


@pytest.mark.parametrize(("key", "answer", "verdict"), TABLE)
def test_labels_and_terms_are_read_in_any_usual_spelling(key, answer, verdict):
    assert verdict_of(key, answer) == verdict


def test_a_wrong_choice_is_told_what_its_author_says_of_it():
    mistakes = (KnownMistake("metric", "a", "それは評価指標です。"),)
    assert grade(ONE, "a", mistakes).message == "それは評価指標です。"
    assert grade(ONE, "c", mistakes).mistake is None


def test_partial_insight_is_told_without_giving_the_rest_away():
    assert grade(SEVERAL, "b", ()).message == "All that you chose is right; still missing: 1."
    assert grade(SEVERAL, "a b c", ()).message == "All that fits is chosen; too many: 1."
    assert grade(SEVERAL, "a b", ()).message == "Chosen but wrong: 1. Right but missing: 1."


def test_a_near_misspelling_is_told_the_right_spelling():
    assert "交差エントロピー" in grade(TERM, "交差エントロビー", ()).message


def test_a_refused_term_is_told_apart():
    assert "情報エントロピー" in grade(TERM, "情報エントロピー", ()).message
    assert grade(TERM, "KL情報量", ()).message == "差だけを測る量です。"
    mistakes = (KnownMistake("entropy", "エントロピー", "ひとつの分布の量です。"),)
    assert grade(TERM, "エントロピー", mistakes).mistake == "entropy"
