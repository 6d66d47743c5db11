"""Formulas as words to be heard."""

import pytest

from studyapp.domain.text import set_language, speaking
from studyapp.typeset.signs import COMMANDS, sign_of
from studyapp.typeset.speech import SIGNS, speak
from studyapp.typeset.tree import TexError

SPOKEN = [
    (r"y_k^2", "y 添字 k の2乗", "y sub k squared"),
    (r"\frac{1}{2}", "2 分の 1", "1 over 2"),
    (
        r"\frac{\partial E}{\partial w_{ji}} = \delta_j z_i",
        "ラウンド w 添字 j i 分の ラウンド E、イコール デルタ 添字 j z 添字 i",
        "partial E over partial w sub j i, equals delta sub j z sub i",
    ),
    (
        r"E = -\sum_{k=1}^{K} t_k \log y_k",
        "E イコール マイナス、k イコール 1 から K までの 総和、t 添字 k ログ y 添字 k",
        "E equals minus sum from k equals 1 to K of t sub k log y sub k",
    ),
    (
        r"\sigma(x) = \frac{1}{1 + e^{-x}}",
        "シグマ かっこ x かっことじ イコール、分数、分子 1、分母 1 プラス e の マイナス x 乗、分数おわり",
        "sigma open paren x close paren equals, fraction, 1, over, 1 plus e to the power minus x, end fraction",
    ),
    (
        r"\sqrt{x^2 + y^2}",
        "ルート、x の2乗 プラス y の2乗、ルートおわり",
        "root of, x squared plus y squared, end root",
    ),
    (r"\sqrt[3]{a}", "3 乗根、a、根号おわり", "root of degree 3 of, a, end root"),
    (r"\hat{y} - \bar{x}", "y ハット マイナス x バー", "y hat minus x bar"),
    (r"\mathbf{W}^\top \mathbf{x}", "W の転置 x", "W transposed x"),
    (r"\delta_j^{(l+1)}", "デルタ 添字 j 上付き、l プラス 1", "delta sub j superscript, l plus 1"),
    (r"f''(u)", "f プライム プライム かっこ u かっことじ", "f prime prime open paren u close paren"),
    (r"x_{n+1}^2", "x 添字、n プラス 1、の2乗", "x sub, n plus 1, squared"),
    (r"\lVert a - p\rVert_2", "ノルム a マイナス p ノルムとじ 添字 2", "norm of a minus p end norm sub 2"),
    (r"\left| r \right|", "絶対値 r 絶対値とじ", "absolute value of r end absolute value"),
    (r"\min_\theta L", "シータ についての ミン、L", "minimum over theta of L"),
    (
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        "2 行 2 列の行列、1 行目 a、b、2 行目 c、d、行列おわり",
        "2 by 2 matrix, row 1: a, b, row 2: c, d, end matrix",
    ),
    (
        r"\begin{cases} x & x > 0 \\ 0 & \text{それ以外} \end{cases}",
        "2 通りの場合分け、x、x 大なり 0、0、それ以外、場合分けおわり",
        "2 cases, x, x is greater than 0, 0, それ以外, end cases",
    ),
    (r"\underbrace{y - t}_{\text{誤差}}", "y マイナス t（誤差）", "y minus t (誤差)"),
    (r"\binom{n}{k}", "n 個から k 個を選ぶ組合せ", "n choose k"),
    (
        r"D_{\mathrm{KL}}(P \| Q)",
        "D 添字 KL かっこ P 二重縦棒 Q かっことじ",
        "D sub KL open paren P double bar Q close paren",
    ),
]


@pytest.mark.parametrize(("tex", "japanese", "english"), SPOKEN)
def test_a_formula_is_read_aloud(tex: str, japanese: str, english: str):
    assert speak(tex) == japanese
    with speaking("en"):
        assert speak(tex) == english


def test_a_formula_that_cannot_be_read_is_told():
    assert speak(r"a + \unknown") == TexError(4, r"\unknown")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("tex", ["+-=<>/|!", r"\le\ge\ne\in\to", r"(x)", "[y]", r"\{z\}", r"\lfloor x \rfloor"])
def test_a_common_sign_has_a_word(language, tex: str):
    set_language(language)
    spoken = speak(tex)
    assert not set("+-=<>/|!()[]{}\\") & set(spoken)


GREEK = [name for name, sign in COMMANDS.items() if "\u0370" <= sign.text[0] <= "\u03ff"]


@pytest.mark.parametrize("name", GREEK)
def test_a_greek_letter_is_read_in_japanese_letters(name: str):
    spoken = speak("\\" + name)
    assert not spoken.isascii()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_reading_belongs_to_a_sign(language):
    known = set(COMMANDS) | {sign.name for sign in map(sign_of, "+-=<>/|!?:,.()[]*") if sign} | {"{", "}"}
    assert not set(SIGNS[language]) - known
