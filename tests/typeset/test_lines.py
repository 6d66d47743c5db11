"""Japanese line breaking, in terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich._wrap import divide_line as divide_line_of_rich

from studyapp.typeset.lines import divide_line, wrap
from studyapp.typeset.width import cells

PROSE = (
    "機械学習では、損失関数（loss function）を最小化する「パラメータ」を探します。ニューラルネットワークの"
    "出力層に softmax 関数を置いたときは、交差エントロピー誤差 E = −∑ tₖ log yₖ がよく使われます！？"
)
NEVER_FIRST = "、。，．・：；？！」』】〕］｝）〉》ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーｰ々ゝゞヽヾ〜％…"
NEVER_LAST = "（「『【〔［｛〈《"


@pytest.mark.parametrize("character", NEVER_FIRST)
@pytest.mark.parametrize("width", range(6, 16))
def test_no_line_begins_with_what_may_not_begin_one(character: str, width: int):
    lines = wrap("誤差関数" + ("損失" + character) * 12, width)
    assert not [line for line in lines if line.startswith(character)]
    assert all(cells(line) <= width for line in lines)


@pytest.mark.parametrize("character", NEVER_LAST)
@pytest.mark.parametrize("width", range(6, 16))
def test_no_line_ends_with_what_may_not_end_one(character: str, width: int):
    lines = wrap(("損失" + character) * 12 + "誤差", width)
    assert not [line for line in lines if line.endswith(character)]


@pytest.mark.parametrize("width", range(8, 15))
def test_a_line_may_begin_with_an_ordinary_character_and_end_with_a_closer(width: int):
    lines = wrap("損失関数、" * 8, width)
    assert any(line.endswith("、") for line in lines)
    assert {line[0] for line in lines} <= set("損失関数")


def test_a_latin_word_and_a_number_stay_whole():
    assert wrap("これはsoftmax関数の値0.693です", 12) == ["これは", "softmax関数", "の値0.693で", "す"]
    assert wrap("値は１２．５です", 10) == ["値は", "１２．５で", "す"]


def test_a_word_longer_than_the_line_is_folded():
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("語abcdefghij。", 4) == ["語", "abcd", "efgh", "ij。"]


def test_a_long_word_is_left_to_be_cropped_without_folding():
    assert divide_line("abcdefghij", 4, fold=False) == []
    assert divide_line("語 abcdefghij 語", 4, fold=False) == [2, 13]


def test_a_bracket_sticks_to_its_word_and_a_space_does_not_part_a_closer_from_it():
    assert wrap("関数（loss）は", 8) == ["関数", "（loss）", "は"]
    assert wrap("値は x 。次", 6) == ["値は", "x 。次"]


def test_a_space_that_must_not_break_holds_its_neighbours():
    assert wrap("図 a\u00a0=\u00a01 です", 7) == ["図", "a\u00a0=\u00a01", "です"]
    assert wrap("図 a = 1 です", 7) == ["図 a =", "1 です"]


def test_joined_emoji_and_composed_kana_are_not_parted():
    family = "👩\u200d👩\u200d👧"
    assert wrap("家族" + family + "です", 5) == ["家族", family + "で", "す"]
    assert not [line for line in wrap("か\u3099" * 9, 4) if line.startswith("\u3099")]


@pytest.mark.parametrize("width", [6, 8, 10, 23, 80])
@pytest.mark.parametrize("text", ["", " ", "  indented text", "one two  three", "a b", "the quick brown fox", "word"])
def test_latin_text_breaks_where_rich_breaks_it(text: str, width: int):
    assert divide_line(text, width) == divide_line_of_rich(text, width)


@given(st.text(max_size=120), st.integers(min_value=1, max_value=40))
def test_breaks_rise_inside_the_text_and_lose_nothing(text: str, width: int):
    breaks = divide_line(text, width)
    assert breaks == sorted(set(breaks))
    assert all(0 < offset < len(text) for offset in breaks)


@given(st.text("損失、。「」（）abc １2ーっ… \u00a0\u3000か\u3099x\u0302👩👧", max_size=80), st.integers(2, 30))
def test_every_line_fits(text: str, width: int):
    assert all(cells(line) <= width for line in wrap(text, width))


@pytest.mark.parametrize("text", [PROSE * 40, "a(" * 3000, "（ " * 3000, "。 " * 3000, "a" * 6000, "「" * 6000])
def test_a_long_line_of_anything_is_broken(text: str):
    assert len(divide_line(text, 40)) >= len(text) // 40 - 1


@pytest.mark.parametrize("width", range(2, 80))
def test_prose_with_a_formula_fits_every_width_and_keeps_every_character(width: int):
    lines = wrap(PROSE, width)
    assert "".join(lines).replace(" ", "") == PROSE.replace(" ", "")
    assert all(cells(line) <= width for line in lines)
