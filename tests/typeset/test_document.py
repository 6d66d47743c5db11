"""Documents become lines that fit, keep their words, and know what each part is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.document import (
    CodeBlock,
    CodeSpan,
    ExerciseMark,
    Figure,
    Heading,
    Image,
    List,
    Math,
    MathBlock,
    Paragraph,
    Plain,
    Quotation,
    Strong,
    Table,
)
from studyapp.domain.place import Place
from studyapp.domain.text import set_language
from studyapp.typeset.document import RenderOptions, Span, plain_text, set_document
from studyapp.typeset.width import cells


def text(*blocks, width=40, setting=None) -> str:
    return plain_text(set_document(blocks, width, setting))


def words(content: str) -> Paragraph:
    return Paragraph((Plain(content),))


def test_blocks_are_parted_by_an_empty_line():
    assert text(words("一。"), words("二。")) == "一。\n\n二。"


def test_japanese_lines_break_by_the_rules():
    lines = text(words("損失関数とは、「外れ具合」を測る数である。"), width=14).split("\n")
    assert all(cells(line) <= 14 for line in lines)
    assert not any(line.startswith(("、", "。", "」")) for line in lines)
    assert "".join(lines) == "損失関数とは、「外れ具合」を測る数である。"


def test_a_short_formula_stays_on_one_line():
    lines = text(Paragraph((Plain("確率を入れると "), Math("-t \\log y"), Plain(" になる。"))), width=22).split("\n")
    assert any("−t log y" in line for line in lines)


def test_roles_say_what_the_parts_are():
    (line,) = set_document([Paragraph((Plain("a "), Strong((Plain("b"),)), CodeSpan("c"), Math("d")))], 40)
    assert [(span.text, span.role) for span in line] == [("a ", ""), ("b", "strong"), ("c", "code"), ("d", "math")]


def test_a_displayed_formula_is_set_in_two_dimensions_and_indented():
    assert text(MathBlock("\\frac{a}{b}")).split("\n") == ["     a", "    ───", "     b"] or text(
        MathBlock("\\frac{a}{b}")
    ).split("\n") == ["    a", "    ─", "    b"]


def test_a_formula_that_is_too_wide_is_broken_and_not_cut():
    tex = " + ".join(f"x_{{{n}}}" for n in range(10, 30))
    lines = text(MathBlock(tex), width=30).split("\n")
    assert all(cells(line) <= 30 for line in lines)
    assert "".join(lines).count("x") == 20


def test_a_formula_that_cannot_be_set_is_shown_as_it_is_written():
    assert "\\nosuch" in text(MathBlock("\\nosuch{x}"))
    assert "\\nosuch" in text(Paragraph((Math("\\nosuch{x}"),)))


def test_lists_hang_under_their_marks():
    items = ((words("あいうえおかきくけこさしすせそ"),), (words("二"),))
    assert text(List(items, 1), width=20).split("\n") == ["1. あいうえおかきく", "   けこさしすせそ", "2. 二"]
    assert text(List(items), width=40).split("\n")[0].startswith("・あ")
    assert text(List(items), setting=RenderOptions(ascii_only=True)).split("\n")[0].startswith("- ")


def test_code_and_quotations_are_told_apart_from_prose():
    assert text(CodeBlock("a = 1\nb = 2\n")) == "  a = 1\n  b = 2"
    assert text(Quotation((words("引用"),))) == "│ 引用"


def test_a_table_keeps_every_word_of_narrow_cells():
    cell = (Plain("予測と正解の差の二乗の平均を損失とする"),)
    table = Table(((Plain("名"),), (Plain("意味"),)), (((Plain("MSE"),), cell),), ("", ""))
    lines = text(table, width=24).split("\n")
    assert all(cells(line) <= 24 for line in lines)
    assert "".join(line[5:] for line in lines[2:]).replace(" ", "") == "予測と正解の差の二乗の平均を損失とする"


def test_a_column_stands_to_the_right_where_it_is_asked_to():
    table = Table(((Plain("値"),),), (((Plain("1"),),), ((Plain("100"),),)), ("right",))
    assert text(table).split("\n")[2:] == ["  1", "100"]


def test_headings_are_marked_where_no_style_can_show_them():
    assert text(Heading(2, (Plain("節"),)), setting=RenderOptions(mark_headings=True)) == "## 節"
    assert text(Heading(2, (Plain("節"),))) == "節"


def test_an_exercise_is_announced_with_its_id():
    setting = RenderOptions(exercise="▶ {heading} ({exercise})")
    assert text(ExerciseMark("ce", "値{x}"), setting=setting) == "▶ 値{x} (ce)"


def test_a_figure_is_drawn_by_whoever_has_its_points():
    figure = Figure((), "y", 0, 1, Place(""))
    assert text(figure) == ""
    assert (
        text(figure, setting=RenderOptions(picture=lambda _figure, width: [(Span("*" * width),)]), width=20) == "*" * 20
    )


@given(st.text(max_size=200), st.integers(10, 90))
def test_any_text_fits_its_width_and_loses_no_visible_sign(content, width):
    lines = set_document([words(content)], width)
    shown = "".join(span.text for line in lines for span in line)
    assert all(sum(cells(span.text) for span in line) <= width for line in lines)
    assert "".join(shown.split()) == "".join(content.split())


@pytest.mark.parametrize("width", [1, 5, 80])
def test_no_width_is_too_narrow_to_be_set(width):
    table = Table(((Plain("名"),), (Plain("意味"),)), (((Plain("MSE"),), (Plain("平均"),)),), ("", ""))
    assert set_document([table, MathBlock("\\frac{a}{b}"), List(((words("一"),),), 1)], width)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ((Plain("正解が "), Math("t"), Plain(" 、つまり")), "正解が t、つまり"),
        ((Plain("誤差（ "), Math("r"), Plain(" ）。 "), Math("y")), "誤差（r）。y"),
        ((Plain("one-hot 、"),), "one-hot、"),
        ((Plain("値は "), Math("y"), Plain(" です")), "値は y です"),
        ((Plain("a, b (c)"),), "a, b (c)"),
        ((CodeSpan("a 、b"),), "a 、b"),
    ],
)
def test_japanese_punctuation_closes_up_to_a_formula_and_code_stays_as_it_is(markdown, shown):
    assert text(Paragraph(markdown), width=60) == shown


@pytest.mark.parametrize(("language", "said"), [("ja", "2 分の 1、r の2乗"), ("en", "1 over 2, r squared")])
def test_a_spoken_document_tells_its_formulas(language, said):
    set_language(language)
    setting = RenderOptions(spoken=True)
    for block in (MathBlock(r"\frac{1}{2} r^2"), Paragraph((Math(r"\frac{1}{2} r^2"),))):
        assert text(block, setting=setting) == said


@pytest.mark.parametrize(("language", "shown"), [("ja", "左の [画像: 図] から"), ("en", "左の [image: 図] から")])
def test_of_an_image_its_text_is_shown_as_that_of_an_image(language, shown):
    set_language(language)
    assert text(Paragraph((Plain("左の "), Image("図", "a.png"), Plain(" から")))) == shown
