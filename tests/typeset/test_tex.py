"""Spacing, fences, scripts and the smaller constructs of the TeX subset."""

import pytest

from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import Box, set_formula
from studyapp.typeset.tree import TexError


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        ("a+b", "a + b"),
        ("-a", "−a"),
        ("a=-b", "a = −b"),
        ("(-a)", "(−a)"),
        (r"a\times-b", "a × −b"),
        ("f(x,y)", "f(x, y)"),
        ("a/b", "a/b"),
        (r"x\in\mathbb{R}", "x ∈ ℝ"),
        (r"2\log x", "2 log x"),
        (r"\log(x)", "log(x)"),
        (r"\log\left(x\right)", "log(x)"),
        (r"-\log x", "−log x"),
        (r"\log\log x", "log log x"),
        (r"x \mid y", "x | y"),
        ("p(x|y)", "p(x|y)"),
        (r"|x| + |{-y}| - \|z\|", "|x| + |−y| − ‖z‖"),
        ("|-x|", "|−x|"),
        (r"\{a\}", "{a}"),
        (r"a\,b\;c\quad d\!e~f", "a b c  de f"),
        ("1{,}000", "1,000"),
        ("3.14x", "3.14x"),
        ("a:=b", "a := b"),
        (r"5\,\%", "5 %"),
        (r"n!", "n!"),
        ("≤ δ", "≤ δ"),
        (r"\mathbf{Wx}+\boldsymbol{\theta}", "𝐖𝐱 + 𝛉"),
        (r"\mathrm{ReLU}(x)", "ReLU(x)"),
        (r"\eta\nabla E", "η∇E"),
    ],
)
def test_gaps_are_those_of_books(tex: str, line: str):
    assert set_inline(tex) == line
    assert set_formula(tex) == Box((line,), 0)


@pytest.mark.parametrize(
    ("tex", "line", "plain"),
    [
        (r"\frac{a}{b}", "a/b", "a/b"),
        (r"\frac{a+b}{2}", "(a + b)/2", "(a + b)/2"),
        (r"\frac{1}{2n}", "1/(2n)", "1/(2n)"),
        (r"\frac{1}{2}x", "½x", "(1/2)x"),
        (r"3\frac{1}{2}", "3 ½", "3(1/2)"),
        (r"\frac{a}{b}c", "(a/b)c", "(a/b)c"),
        (r"\frac{a}{b} + c", "a/b + c", "a/b + c"),
        (r"\frac{y}{y(1-y)}", "y/(y(1 − y))", "y/(y(1 - y))"),
        (r"\frac{P(x)}{Q(x)}", "P(x)/Q(x)", "P(x)/Q(x)"),
        (r"\frac{(a+b)}{(c+d)}", "(a + b)/(c + d)", "(a + b)/(c + d)"),
        (r"\frac{\partial E}{\partial w_i}", "∂E/∂wᵢ", "dE/dw_i"),
        (r"\log\frac{a}{b}", "log(a/b)", "log(a/b)"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²", "(a/b)^2"),
        (r"{\frac{a}{b}}^2", "(a/b)²", "(a/b)^2"),
        (r"\sqrt{x}", "√x", "sqrt(x)"),
        (r"\sqrt{x+1}", "√(x + 1)", "sqrt(x + 1)"),
        ("y_c x", "y_c x", "y_c x"),
        ("w_{c,d}", "w_(c,d)", "w_(c,d)"),
        ("x^{n+1}", "xⁿ⁺¹", "x^(n+1)"),
        ("x^{q_i}", "x^(qᵢ)", "x^(q_i)"),
        ("f''(u)", "f′′(u)", "f''(u)"),
        (r"A^\top B^{-1}", "AᵀB⁻¹", "A^T B^(-1)"),
        (r"\hat{y}_i", "ŷᵢ", "hat(y)_i"),
        (r"\hat{y_i}", "ŷᵢ", "hat(y)_i"),
        (r"\eta x", "ηx", "eta x"),
        (r"\binom{n}{k}", "(n; k)", "(n; k)"),
        (r"\underset{w}{\min} L", "min_w L", "min_w L"),
    ],
)
def test_one_line_says_the_same_as_the_picture(tex: str, line: str, plain: str):
    assert set_inline(tex) == line
    assert set_inline(tex, ascii_only=True) == plain


def picture(tex: str) -> str:
    box = set_formula(tex)
    return "\n".join(row.rstrip() for row in box.rows)


def test_adjacent_fractions_are_parted():
    assert picture(r"\frac{a}{b}\frac{c}{d}") == " a   c\n─── ───\n b   d"


def test_a_bar_within_a_bar_is_shorter():
    assert picture(r"\frac{\frac{ab}{c}}{d}") == " ab\n ──\n c\n────\n d"


def test_a_fraction_shrinks_only_where_it_was_asked_to_or_there_is_little_room():
    assert picture(r"\tfrac{1}{2}x") == "½x"
    assert picture(r"3\tfrac{1}{2}") == "3 ½"
    assert picture(r"\frac{1}{2}x") == " 1\n─── x\n 2"
    assert picture(r"\begin{cases} \frac{1}{2} \end{cases}") == "{½"
    assert picture(r"\begin{cases} \dfrac{1}{2} \end{cases}") == "⎧  1\n⎨ ───\n⎩  2"


def test_limits_stand_above_and_below_where_there_is_room():
    assert picture(r"\max_{k \ne c} s_k") == "max sₖ\nk≠c"
    assert picture(r"\sum\nolimits_{i} x_i") == "∑ᵢ xᵢ"
    assert picture(r"\log\limits_{n} x") == "log x\n n"


def test_an_extra_height_after_a_line_end_is_not_printed():
    assert picture(r"\begin{aligned} a &= b \\[4pt] &= c \end{aligned}") == "a = b\n  = c"
    assert set_formula(r"\begin{aligned} a \\[x] b \end{aligned}") == TexError(20, "[")


def test_columns_are_aligned_as_asked():
    assert picture(r"\begin{array}{lr} a & b \\ cc & dd \\ e & f \end{array}") == "a    b\ncc  dd\ne    f"
    assert set_formula(r"\begin{array}{l|r} a & b \end{array}") == TexError(15, "|")
    assert set_formula(r"\begin{array}{lq} a & b \end{array}") == TexError(7, "array")


def test_a_middle_fence_grows_too():
    assert picture(r"\left( \frac{a}{b} \middle| c \right)") == "⎛ a │ ⎞\n⎜───│c⎟\n⎝ b │ ⎠"


@pytest.mark.parametrize("rows", range(2, 6))
@pytest.mark.parametrize("fence", ["pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "cases"])
def test_fences_are_as_high_as_what_they_enclose(fence: str, rows: int):
    box = set_formula(rf"\begin{{{fence}}}" + r"a \\" * rows + rf"\end{{{fence}}}")
    assert box.height == (3 if rows == 2 else rows)
    assert all(row[0] != " " for row in box.rows)


@pytest.mark.parametrize("tex", [r"\left\langle", r"\left\lfloor", r"\left\lceil", r"\left\{", r"\left\|", r"\left["])
def test_a_fence_encloses_two_rows(tex: str):
    box = set_formula(tex + r" \max_k \right.")
    assert [row[1:4] for row in box.rows] == ["max", " k "]


def test_japanese_in_a_formula_keeps_its_cells():
    assert (
        picture(r"\text{損失} = \frac{\text{誤り}}{\text{全体の数}}")
        == "         誤り\n損失 = ────────\n       全体の数"
    )
    assert picture("損失 = L_{訓練}") == "損失 = L\n        訓練"
