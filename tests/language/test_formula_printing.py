"""Trees as text, TeX and speech."""

import pytest

from studyapp.language import name_tex, read_strict, to_tex, to_text

TEXTS = {
    "(a + b) * c": "(a + b)*c",
    "a + (b + c)": "a + (b + c)",
    "(a*b)/c": "a*b/c",
    "a/(b*c)": "a/(b*c)",
    "-(a*b)": "-a*b",
    "(-a)*b": "(-a)*b",
    "a - -b": "a - (-b)",
    "(-x)^2": "(-x)**2",
    "(a**b)**c": "(a**b)**c",
    "((a < b)) and c == 1": "a < b and c == 1",
    "1e-7*x": "0.0000001*x",
    "1e25": "1e25",
    "0.50": "0.50",
}

TEX = {
    "a/b": r"\frac{a}{b}",
    "-log(y)": r"-\log(y)",
    "sigmoid(z)*(1 - sigmoid(z))": r"\sigma(z)(1 - \sigma(z))",
    "sigmoid'(u)": r"\sigma'(u)",
    "2*x": "2x",
    "2*3": r"2 \cdot 3",
    "x*2": r"x \cdot 2",
    "alpha*x": r"\alpha x",
    "2*(1/3)": r"2 \cdot \frac{1}{3}",
    "y*(1/2)": r"y \cdot \frac{1}{2}",
    "y*(t/z)": r"y\frac{t}{z}",
    "3*(t/z)": r"3 \cdot \frac{t}{z}",
    "rate*g": r"\mathrm{rate} \cdot g",
    "w2_1_3": "w^{(2)}_{13}",
    "w2_1_12": "w^{(2)}_{1,12}",
    "delta1_2": r"\delta^{(1)}_2",
    "b2_1": "b^{(2)}_1",
    "y_c": "y_c",
    "y_hat": r"\hat{y}",
    "x_1": "x_1",
    "w_11": "w_{11}",
    "beta1": r"\beta_1",
    "δ_j": r"\delta_j",
    "abs(x)": r"\left|x\right|",
    "sqrt(x)": r"\sqrt{x}",
    "log2(x)": r"\log_{2}(x)",
    "log(x, 3)": r"\log_{3}(x)",
    "x**2": "x^{2}",
    "(a + b)**2": "(a + b)^{2}",
    "(a/b)**2": r"\left(\frac{a}{b}\right)^{2}",
    "w2_1_3**2": "(w^{(2)}_{13})^{2}",
    "log(x)**2": r"(\log(x))^{2}",
    "a*(b + c)": "a(b + c)",
    "a - (b - c)": "a - (b - c)",
    "(a/b)*c": r"\frac{a}{b}c",
    "log(a/b)": r"\log\left(\frac{a}{b}\right)",
    "[[1, 2], [3, 4]]": r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    "(a, b)": "(a, b)",
    "y[c]": "y_{c}",
    "if(x > 0, x, 0)": r"\begin{cases} x & (x > 0) \\ 0 & (x \le 0) \end{cases}",
    "if(a, b, c)": r"\mathrm{if}(a, b, c)",
    "D(L, z)": r"\frac{\partial L}{\partial z}",
    "cross_entropy(y, t)": r"\mathrm{cross\_entropy}(y, t)",
    "a <= b and b != c": r"a \le b \land b \ne c",
    "1e-30": r"1 \times 10^{-30}",
    "exp(-x)": r"\exp(-x)",
    "e**(-x)": "e^{-x}",
    "a*(-b)": "a(-b)",
}


@pytest.mark.parametrize(("written", "printed"), TEXTS.items())
def test_text_has_no_more_brackets_than_it_needs(written, printed):
    assert to_text(read_strict(written)) == printed


@pytest.mark.parametrize(("written", "tex"), TEX.items())
def test_tex_is_set_in_the_notation_of_the_course(written, tex):
    assert to_tex(read_strict(written)) == tex


def test_a_name_that_is_no_name_is_set_upright():
    assert name_tex("L2") == "L_2"
    assert name_tex("?") == r"\mathrm{?}"
