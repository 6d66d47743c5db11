"""Where a text is at fault, and what is said about it."""

import re
from pathlib import Path

import pytest

import studyapp.language
from studyapp.domain.expression import walk
from studyapp.domain.text import set_language, speaking
from studyapp.language import Vocabulary, read_answer, read_number
from studyapp.language.normalise import normalise
from studyapp.language.refusals import REFUSALS, explain
from studyapp.typeset.lines import caret

VOCABULARY = Vocabulary(frozenset({"y", "t", "x"}))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("（ｙ－ｔ）×Ｑ", "Ｑ"),
        ("答え: y + Ｑ", "Ｑ"),
        ("E = y + q", "q"),
        ("y² + q", "q"),
        ("y²⁻¹ + q", "q"),
        ("½ + q", "q"),
        ("\\frac{y}{q}", "q"),
        ("y + 2½", "2½"),
        ("y ≤ t", "≤"),
        ("y + 1/2t", "1/2t"),
        ("$y + q$", "q"),
        ("か\u3099", "か\u3099"),
        ("y\u200b + q", "q"),
    ],
)
def test_the_place_of_a_fault_is_found_in_the_text_as_typed(text, marked):
    refusal = read_answer(text, VOCABULARY)
    assert text[slice(*refusal.span)] == marked


def test_spans_of_a_reading_are_places_in_the_text_as_typed():
    text = "答え： ２ｙ（１−ｙ）²"
    tree = read_answer(text, VOCABULARY)
    assert text[slice(*tree.span)] == "２ｙ（１−ｙ）²"
    assert {text[slice(*node.span)] for node in walk(tree)} >= {"２", "ｙ", "（１−ｙ）", "２ｙ"}


def test_the_factors_of_a_word_know_their_places():
    vocabulary = Vocabulary(frozenset({"delta_j", "z_i", "y"}))
    for text, parts in (("δ_jz_i", ["δ_j", "z_i"]), ("\\delta_jz_{i}", ["\\delta_j", "z_{i}"]), ("yz₁", None)):
        reading = read_answer(text, vocabulary)
        if parts is None:
            assert reading.code == "unknown-name"
        else:
            assert [text[slice(*node.span)] for node in (reading.left, reading.right)] == parts


def test_the_position_map_covers_every_plain_character():
    plain = normalise("ｙ²＋½×ㇰー か\u3099 ﬁ")
    assert len(plain.text) == len(plain.ranges)
    assert all(0 <= start < stop <= plain.end for start, stop in plain.ranges)


@pytest.mark.parametrize(
    ("text", "span", "wanted"),
    [
        ("y+q", (2, 3), "y+q\n  ^"),
        ("ｙ＋q", (2, 3), "ｙ＋q\n    ^"),
        ("答えＱ", (2, 3), "答えＱ\n    ^^"),
        ("y+", (2, 2), "y+\n  ^"),
        ("か\u3099q", (2, 3), "か\u3099q\n  ^"),
        ("\x1b[31m", (0, 1), "␛[31m\n^"),
        ("a\nb", (2, 3), "a␊b\n  ^"),
        ("", (0, 0), "\n^"),
        ("a\u200bq", (2, 3), "a�q\n  ^"),
    ],
)
def test_the_caret_stands_below_its_character_in_cells(text, span, wanted):
    assert caret(text, span) == wanted


def test_every_code_that_is_used_has_a_sentence_and_every_sentence_a_use():
    room = Path(studyapp.language.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in room.glob("*.py"))
    used = set(re.findall(r'refuse\(\s*"([a-z-]+)"', source))
    used |= set(re.findall(r'return "(wrong-case|look-alike|unknown-name)"', source))
    assert used == set(REFUSALS)


def test_a_sentence_says_what_was_found_and_names_the_nearest():
    refusal = read_answer("tanhh(y)", VOCABULARY)
    assert "「tanhh」" in explain(refusal)
    assert "「tanh」" in explain(refusal)
    with speaking("en"):
        assert "“tanh”" in explain(refusal)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("y^", "^"),
        ("y×", "×"),
        ("ｙ＋", "＋"),
        ("y₉", "y₉"),
        ("y ＝ t ＝ x", "="),
        ("（y", "（"),
        ("y ２", "２"),
        ("ｌｏｇ", "ｌｏｇ"),
    ],
)
def test_a_sentence_repeats_what_was_typed(text, found):
    assert read_answer(text, VOCABULARY).found == found


def test_the_comma_at_fault_is_not_one_of_an_inner_bracket():
    text = "(max(1,2), y)"
    assert read_answer(text, VOCABULARY).span == (9, 10)


def test_a_doubt_names_both_readings():
    refusal = read_answer("1/2y", VOCABULARY)
    assert refusal.readings == ("(1/2)*y", "1/(2*y)")
    assert "「(1/2)*y」" in explain(refusal)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("e^2x", ("(e^2)*x", "e^(2*x)")),
        ("log 2x", ("log(2)*x", "log(2*x)")),
        ("y log x/t", ("log(x)/t", "log(x/t)")),
        ("log 1 - y", ("log(1) - y", "log(1 - y)")),
        ("√2y", ("sqrt(2)*y", "sqrt(2*y)")),
        ("2e - 3", ("2*10^(-3)", "2*e - 3")),
        ("2e-3x", ("2*10^(-3)*…", "2*e-3*…")),
        ("sin^2 x y", ("sin(x)^2*y", "sin(x*y)^2")),
        ("y^1/2", ("(y^1)/2", "y^(1/2)")),
        ("y**1/2", ("(y**1)/2", "y**(1/2)")),
        ("log2y", ("log2(y)", "log(2*y)")),
    ],
)
def test_the_readings_of_a_doubtful_text_are_listed_with_its_own_sign_of_powers(text, readings):
    refusal = read_answer(text, VOCABULARY)
    assert (refusal.code, refusal.readings) == ("ambiguous", readings)


def test_nothing_is_suggested_in_its_own_place():
    for text in (r"\text{(q)}", r"\mathit{}", r"\alpha", "q", "ｙ_9"):
        refusal = read_answer(text, VOCABULARY)
        assert refusal.nearest != refusal.found


def test_a_decimal_comma_is_asked_back_with_the_point_it_may_mean():
    set_language("en")
    refusal = read_number("0,5")
    assert refusal.readings == ("0.5",)
    assert "0.5" in explain(refusal)


def test_a_comma_before_three_digits_may_part_thousands():
    assert read_number("1,000").readings == ("1.000", "1000")
    assert read_number("0,500").readings == ("0.500",)


def test_markup_and_escape_sequences_are_told_inert():
    refusal = read_answer("\x1b]0;x\x07", VOCABULARY)
    assert refusal.found == "U+001B"
    assert "\x1b" not in explain(refusal)
    assert "\x1b" not in caret("\x1b]0;x\x07", refusal.span)


@pytest.mark.parametrize("text", ["0.0963…", "0.5‥", "(1, 2…)", "1/3…"])
def test_dots_of_one_sign_are_quoted_as_they_were_typed(text):
    refusal = read_number(text)
    sentence = explain(refusal)
    assert "「…」" in sentence or "「‥」" in sentence
    assert ".」" not in sentence
