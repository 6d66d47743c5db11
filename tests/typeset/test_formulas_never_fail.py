"""Whatever is given as TeX: a picture whose rows are equally wide, or the place where it breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.limits import TEX_CHARACTERS, TEX_DEPTH
from studyapp.domain.text import LANGUAGES, speaking
from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import Box, set_formula
from studyapp.typeset.signs import ABOVE, COMMANDS, sign_of
from studyapp.typeset.speech import speak
from studyapp.typeset.tree import TexError
from studyapp.typeset.width import cells

MIXTURE = r"""
x y z 0 1 9 + - = ( ) [ ] | , . ! ' ^ _ { } & ~ / 損 \frac \dfrac \tfrac \binom \sqrt \sum \int \lim \max \hat \vec
\overline \underbrace \overbrace \mathbf \mathrm \text \operatorname \left( \right) \left. \right| \middle|
\begin{cases} \end{cases} \\ \quad \begin{pmatrix} \end{pmatrix} \begin{aligned} \end{aligned} \alpha \partial \log
\cdot \le \lVert \rVert \limits \displaystyle \{ \} \| \, \! \% {a} {x_i} ^2 _i ^{(l)} [3] \unknown
"""
PIECES = MIXTURE.split()


def holds(tex: str) -> None:
    for ascii_only in (False, True):
        box = set_formula(tex, ascii_only=ascii_only)
        line = set_inline(tex, ascii_only=ascii_only)
        if isinstance(box, TexError):
            assert box == line
            assert 0 <= box.position <= len(tex)
            assert tex[box.position :].startswith(box.found)
        else:
            assert isinstance(line, str)
            assert {cells(row) for row in box.rows} == {box.width}
            assert 0 <= box.baseline < box.height
    for language in LANGUAGES:
        with speaking(language):
            assert isinstance(speak(tex), TexError if isinstance(box, TexError) else str)


@given(st.text(max_size=60))
def test_any_text_gives_a_picture_or_the_place_where_it_breaks(tex: str):
    holds(tex)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_mixture_of_tex_gives_a_picture_or_the_place_where_it_breaks(tex: str):
    holds(tex)


def trees() -> st.SearchStrategy[str]:
    """Formulas that are whole."""
    leaves = st.sampled_from([*"xyzEn12", r"\alpha", r"\partial", r"\text{誤差}", "12.5", r"\mathbf{w}"])

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        forms = [
            r"\frac{%s}{%s}", r"{%s}_{%s}", r"{%s}^{%s}", r"%s + %s", r"%s = -%s", r"\sum_{%s}^{%s}",
            r"\sqrt[%s]{%s}", r"\left(%s \middle| %s\right)", r"\begin{cases} %s & %s \end{cases}",
            r"\underbrace{%s}_{%s}", r"\hat{%s}\,%s", r"\begin{bmatrix} %s \\ %s \end{bmatrix}",
            r"\begin{aligned} %s &= %s \end{aligned}", r"\log %s \cdot %s",
        ]  # fmt: skip
        return st.tuples(st.sampled_from(forms), inner, inner).map(lambda parts: parts[0] % parts[1:])

    return st.recursive(leaves, grown, max_leaves=10)


@given(trees())
def test_every_whole_formula_is_set(tex: str):
    assert isinstance(set_formula(tex), Box)
    holds(tex)


@pytest.mark.parametrize(
    ("tex", "position", "found"),
    [
        (r"a + \unknown", 4, r"\unknown"),
        (r"\frac{a}", 8, ""),
        (r"\frac{a}{b", 10, ""),
        ("a}", 1, "}"),
        ("a & b", 2, "&"),
        (r"a \\ b", 2, r"\\"),
        ("x^a^b", 3, "^"),
        ("x_a_b", 3, "_"),
        ("x^", 2, ""),
        (r"\left( x", 8, ""),
        (r"x \right)", 2, r"\right"),
        (r"\left x", 6, "x"),
        (r"\begin{tabular} a \end{tabular}", 7, "tabular"),
        (r"\begin{cases} a \end{matrix}", 21, "matrix"),
        (r"\text{a $x$}", 8, "$"),
        ("a % b", 2, "%"),
        ("a $ b", 2, "$"),
        ("\\", 0, "\\"),
        ("a\x1bb", 1, "\x1b"),
        ("a\u202eb", 1, "\u202e"),
        ("☃", 0, "☃"),
    ],
)
def test_what_is_unknown_or_broken_is_told_with_its_place(tex: str, position: int, found: str):
    assert set_formula(tex) == TexError(position, found)


def test_length_and_depth_are_bounded():
    assert set_formula("x" * TEX_CHARACTERS) == Box(("x" * TEX_CHARACTERS,), 0)
    assert isinstance(set_formula("x" * (TEX_CHARACTERS + 1)), TexError)
    assert isinstance(set_formula("{" * (TEX_DEPTH - 1) + "x" + "}" * (TEX_DEPTH - 1)), Box)
    assert isinstance(set_formula("{" * TEX_DEPTH + "x" + "}" * TEX_DEPTH), TexError)


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{" * 35 + "x" + "}{y}" * 35,
        r"\sqrt" * 39 + "x",
        r"\begin{matrix}" + "&" * 300 + r"\end{matrix}",
        r"\begin{matrix}" + "&" * 1900 + r"\end{matrix}",
        r"\begin{matrix}" + r"\\" * 399 + r"\end{matrix}",
        "x'" * 900,
        "{" * 1000,
        "\\left(" * 300,
        r"\hat" * 300,
        r"\displaystyle" * 150,
        "|" * 1999,
        "_" * 1999,
        "a_b" * 600,
    ],
)
def test_a_formula_that_is_large_in_one_way_is_set_or_refused(tex: str):
    holds(tex)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_sign_is_one_row_in_both_alphabets_and_ascii_where_asked(name: str):
    box, plain = set_formula("\\" + name), set_inline("\\" + name, ascii_only=True)
    assert (box.height, len(COMMANDS[name].text) in {box.width, 1}) == (1, True)
    assert plain.isascii()
    assert plain


@pytest.mark.parametrize("name", sorted(name for name, sign in COMMANDS.items() if not sign.text.isascii()))
def test_a_sign_that_is_typed_directly_is_the_sign_of_a_command(name: str):
    sign = sign_of(COMMANDS[name].text)
    assert sign.text == COMMANDS[name].text


@given(trees())
def test_ascii_only_means_it_but_for_running_text(tex: str):
    box, line = set_formula(tex, ascii_only=True), set_inline(tex, ascii_only=True)
    assert ("".join(box.rows) + line).replace("誤", "").replace("差", "").isascii()


@pytest.mark.parametrize("accent", sorted(ABOVE))
@pytest.mark.parametrize("body", ["x", "xy", r"\frac{a}{b}", r"\theta_i"])
def test_every_accent_fits_every_body(accent: str, body: str):
    holds(rf"\{accent}{{{body}}}")
    assert isinstance(set_formula(rf"\{accent}{{{body}}}"), Box)


def test_the_one_line_form_is_one_line():
    assert "\n" not in str(set_inline("\\begin{pmatrix} a \\\\ \\text{b\nc} \\end{pmatrix}"))
