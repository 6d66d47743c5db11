"""Formulas in ASCII alone, as pictures that were looked at: what is right stays right."""

from __future__ import annotations

import pytest

from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import Box, set_formula
from studyapp.typeset.width import cells

FORMULAS = [
    pytest.param(
        r"E = \frac{1}{n}\sum_{i=1}^{n}(y_i - t_i)^2",
        """
     1   n
E = --- sum (y_i - t_i)^2
     n  i=1
""",
        "E = (1/n) sum_(i=1)^n (y_i - t_i)^2",
        id="mse",
    ),
    pytest.param(
        r"L_\delta(r) = \begin{cases} \frac{1}{2}r^2 & (\lvert r\rvert \le \delta) \\ \delta\left(\lvert "
        r"r\rvert - \frac{1}{2}\delta\right) & (\lvert r\rvert > \delta) \end{cases}",
        r"""
             / 1/2 r^2                  (|r| <= delta)
L_delta(r) = <
             \ delta(|r| - 1/2 delta)   (|r| > delta)
""",
        "L_delta(r) = {(1/2)r^2, (|r| <= delta); delta(|r| - (1/2)delta), (|r| > delta)}",
        id="huber",
    ),
    pytest.param(
        r"y_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}",
        """
        e^(z_k)
y_k = -----------
       K
      sum e^(z_j)
      j=1
""",
        "y_k = e^(z_k)/(sum_(j=1)^K e^(z_j))",
        id="softmax",
    ),
    pytest.param(
        r"D_{\mathrm{KL}}(P \,\|\, Q) = \sum_x P(x)\log\frac{P(x)}{Q(x)}",
        """
                            P(x)
D_KL(P || Q) = sum P(x) log ----
                x           Q(x)
""",
        "D_KL(P || Q) = sum_x P(x) log(P(x)/Q(x))",
        id="kl",
    ),
    pytest.param(
        r"\frac{\partial E}{\partial w_{ji}} = \frac{\partial E}{\partial y_j}\frac{\partial y_j}{\partial "
        r"u_j}\frac{\partial u_j}{\partial w_{ji}}",
        """
 dE      dE  dy_j du_j
----- = ---- ---- -----
dw_ji   dy_j du_j dw_ji
""",
        "dE/dw_ji = (dE/dy_j)(dy_j/du_j)(du_j/dw_ji)",
        id="chain",
    ),
    pytest.param(
        r"L = \max\left(0,\ \lVert a-p\rVert_2 - \lVert a-n\rVert_2 + m\right)",
        """
L = max(0, ||a - p||_2 - ||a - n||_2 + m)
""",
        "L = max(0, ||a - p||_2 - ||a - n||_2 + m)",
        id="triplet",
    ),
    pytest.param(
        r"\begin{pmatrix} u_1 \\ u_2 \end{pmatrix} = \begin{pmatrix} w_{11} & w_{12} \\ w_{21} & w_{22} "
        r"\end{pmatrix} \begin{pmatrix} x_1 \\ x_2 \end{pmatrix}",
        r"""
/ u_1 \   / w_11  w_12 \ / x_1 \
|     | = |            | |     |
\ u_2 /   \ w_21  w_22 / \ x_2 /
""",
        "(u_1; u_2) = (w_11, w_12; w_21, w_22) (x_1; x_2)",
        id="matrix",
    ),
    pytest.param(
        r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}, \quad w \gets w - \eta\frac{\hat{m}_t}{\sqrt{\hat{v}_t} + "
        r"\varepsilon}",
        """
               m_t                             hat(m)_t
hat(m)_t = ------------,  w <- w - eta ------------------------
           1 - beta_1^t                sqrt(hat(v)_t) + epsilon
""",
        "hat(m)_t = m_t/(1 - beta_1^t),  w <- w - eta hat(m)_t/(sqrt(hat(v)_t) + epsilon)",
        id="adam",
    ),
    pytest.param(
        r"p(x) = \frac{1}{\sqrt{2\pi}\,\sigma}\exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)",
        r"""
              1            /  (x - mu)^2\
p(x) = ---------------- exp|- ----------|
       sqrt(2 pi) sigma    \  2 sigma^2 /
""",
        "p(x) = (1/(sqrt(2 pi) sigma)) exp(-(x - mu)^2/(2 sigma^2))",
        id="normal",
    ),
    pytest.param(
        r"\text{正解率} = \frac{\text{正しく分類した数}}{\text{全体の数}} \times 100\,\%",
        """
         正しく分類した数
正解率 = ---------------- * 100 %
             全体の数
""",
        "正解率 = 正しく分類した数/全体の数 * 100 %",
        id="japanese",
    ),
    pytest.param(
        r"\sqrt[3]{\frac{a}{b}} + \sqrt{\sum_i x_i^2}",
        r"""
       / a \
sqrt[3]|---| + sqrt(sum_i x_i^2)
       \ b /
""",
        "sqrt[3](a/b) + sqrt(sum_i x_i^2)",
        id="root",
    ),
    pytest.param(
        r"\delta_j^{(l)} = f'\!\left(u_j^{(l)}\right) \sum_k w_{kj}^{(l+1)} \delta_k^{(l+1)}",
        """
delta_j^(l) = f'(u_j^(l)) sum w_kj^(l+1) delta_k^(l+1)
                           k
""",
        "delta_j^(l) = f'(u_j^(l)) sum_k w_kj^(l+1) delta_k^(l+1)",
        id="delta",
    ),
]


@pytest.mark.parametrize(("tex", "picture", "line"), FORMULAS)
def test_a_formula_in_ascii_can_be_read(tex: str, picture: str, line: str):
    box = set_formula(tex, ascii_only=True)

    assert isinstance(box, Box)
    assert "\n".join(row.rstrip() for row in box.rows) == picture.strip("\n")
    assert {cells(row) for row in box.rows} == {box.width}
    assert box.width <= 80
    assert set_inline(tex, ascii_only=True) == line
