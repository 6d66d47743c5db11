"""Widths in terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from studyapp.typeset.width import UNSEEN, Align, cells, clip, inert, pad


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("損失", 4),
        ("ŷ", 1),
        ("x\u0302", 1),
        ("か\u3099", 2),
        ("ｱｲ", 2),
        ("∑√─", 3),
        ("⎛⎞𝐰", 3),
        ("a\tb\n\x1b", 3),
        ("\u202eabc", 4),
        ("a\u200bb\ufeff", 4),
        ("👩\u200d👩\u200d👧", 2),
    ],
)
def test_a_width_is_counted_in_cells(text: str, width: int):
    assert cells(text) == width


def test_every_character_is_as_wide_as_the_tables_say():
    seen = (chr(code) for code in range(0x20, 0x30000) if not UNSEEN.match(chr(code)))
    assert not [one for one in seen if cells(one) != max(0, wcwidth(one))]


def test_what_a_terminal_obeys_or_does_not_show_becomes_a_sign_of_one_cell():
    assert inert("a\x1b[31mb\x07\u202ec\r") == "a␛[31mb␇\ufffdc␍"
    assert inert("損\u200b失\u2066x\u3164") == "損\ufffd失\ufffdx\ufffd"
    assert inert("a\tb\n") == "ab"
    assert inert("損失 ŷ") == "損失 ŷ"
    unseen = [chr(code) for code in range(0x30000) if UNSEEN.match(chr(code)) and code != 0x200D]
    assert all(cells(one) == cells(inert(one)) == 1 and inert(one).isprintable() for one in unseen)


def test_a_wide_character_is_never_cut_in_half():
    assert clip("損失関数", 5) == "損失"
    assert clip("損失関数", 6) == "損失関"
    assert clip("損失関数", 5, "…") == "損失…"
    assert clip("損失", 4, "…") == "損失"
    assert clip("x\u0302y", 1) == "x\u0302"
    assert clip("損失", 0) == ""
    assert clip("損失", 1, "……") == ""


@pytest.mark.parametrize(("align", "padded"), [("left", "損失   "), ("right", "   損失"), ("center", " 損失  ")])
def test_a_text_is_padded_by_cells(align: Align, padded: str):
    assert pad("損失", 7, align) == padded


def test_a_text_that_is_too_wide_is_not_cut_by_padding():
    assert pad("損失関数", 3) == "損失関数"


@given(st.text(max_size=40), st.integers(0, 30))
def test_clipped_and_padded_text_fills_a_column(text: str, width: int):
    assert cells(clip(text, width)) <= width
    assert cells(pad(clip(text, width), width)) == width
    assert cells(inert(text)) == cells(text)
