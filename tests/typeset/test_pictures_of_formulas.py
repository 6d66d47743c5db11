"""Typical formulas of a course on neural networks, as pictures that were looked at: what is right stays right."""

from __future__ import annotations

import pytest

from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import Box, set_formula
from studyapp.typeset.width import cells

FORMULAS = [
    pytest.param(
        r"\frac{\partial E}{\partial w_{ji}} = \frac{\partial E}{\partial y_j}\frac{\partial y_j}{\partial "
        r"u_j}\frac{\partial u_j}{\partial w_{ji}}",
        """
 ∂E    ∂E  ∂yⱼ ∂uⱼ
──── = ─── ─── ────
∂wⱼᵢ   ∂yⱼ ∂uⱼ ∂wⱼᵢ
""",
        "∂E/∂wⱼᵢ = (∂E/∂yⱼ)(∂yⱼ/∂uⱼ)(∂uⱼ/∂wⱼᵢ)",
        id="chain",
    ),
    pytest.param(
        r"\delta_j^{(l)} = f'\!\left(u_j^{(l)}\right) \sum_k w_{kj}^{(l+1)} \delta_k^{(l+1)}",
        """
δⱼ⁽ˡ⁾ = f′(uⱼ⁽ˡ⁾) ∑ wₖⱼ⁽ˡ⁺¹⁾δₖ⁽ˡ⁺¹⁾
                  k
""",
        "δⱼ⁽ˡ⁾ = f′(uⱼ⁽ˡ⁾) ∑ₖ wₖⱼ⁽ˡ⁺¹⁾δₖ⁽ˡ⁺¹⁾",
        id="delta",
    ),
    pytest.param(
        r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}, \quad w \gets w - \eta\frac{\hat{m}_t}{\sqrt{\hat{v}_t} + "
        r"\varepsilon}",
        """
       mₜ                  m̂ₜ
m̂ₜ = ───────,  w ← w − η ───────
     1 − β₁ᵗ              __
                         √v̂ₜ + ε
""",
        "m̂ₜ = mₜ/(1 − β₁ᵗ),  w ← w − η m̂ₜ/(√v̂ₜ + ε)",
        id="adam",
    ),
    pytest.param(
        r"\begin{pmatrix} u_1 \\ u_2 \end{pmatrix} = \begin{pmatrix} w_{11} & w_{12} \\ w_{21} & w_{22} "
        r"\end{pmatrix} \begin{pmatrix} x_1 \\ x_2 \end{pmatrix} + \begin{pmatrix} b_1 \\ b_2 \end{pmatrix}",
        """
⎛ u₁ ⎞   ⎛ w₁₁  w₁₂ ⎞ ⎛ x₁ ⎞   ⎛ b₁ ⎞
⎜    ⎟ = ⎜          ⎟ ⎜    ⎟ + ⎜    ⎟
⎝ u₂ ⎠   ⎝ w₂₁  w₂₂ ⎠ ⎝ x₂ ⎠   ⎝ b₂ ⎠
""",
        "(u₁; u₂) = (w₁₁, w₁₂; w₂₁, w₂₂) (x₁; x₂) + (b₁; b₂)",
        id="matrix",
    ),
    pytest.param(
        r"W = \begin{bmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & -1 \end{bmatrix}",
        """
    ⎡ 1  0  0  ⎤
W = ⎢ 0  1  0  ⎥
    ⎣ 0  0  −1 ⎦
""",
        "W = [1, 0, 0; 0, 1, 0; 0, 0, −1]",
        id="bmatrix3",
    ),
    pytest.param(
        r"\begin{aligned} \frac{\partial E}{\partial u} &= \frac{\partial E}{\partial y}\cdot\frac{\partial "
        r"y}{\partial u} \\ &= \frac{y-t}{y(1-y)}\cdot y(1-y) \\ &= y - t \end{aligned}",
        """
∂E   ∂E   ∂y
── = ── · ──
∂u   ∂y   ∂u

      y − t
   = ──────── · y(1 − y)
     y(1 − y)

   = y − t
""",
        "∂E/∂u = ∂E/∂y · ∂y/∂u; = (y − t)/(y(1 − y)) · y(1 − y); = y − t",
        id="aligned",
    ),
    pytest.param(
        r"p(x) = \frac{1}{\sqrt{2\pi}\,\sigma}\exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)",
        """
         1      ⎛  (x − μ)²⎞
p(x) = ───── exp⎜− ────────⎟
        __      ⎝    2σ²   ⎠
       √2π σ
""",
        "p(x) = (1/(√(2π) σ)) exp(−(x − μ)²/(2σ²))",
        id="normal",
    ),
    pytest.param(
        r"\frac{1}{1 + \frac{1}{1 + \frac{1}{x}}}",
        """
     1
───────────
       1
1 + ───────
         1
    1 + ───
         x
""",
        "1/(1 + 1/(1 + 1/x))",
        id="nested",
    ),
    pytest.param(
        r"\frac{\frac{a}{b}}{\frac{c}{d}}",
        """
  a
 ───
  b
─────
  c
 ───
  d
""",
        "(a/b)/(c/d)",
        id="continued",
    ),
    pytest.param(
        r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
        """
       ⎛QKᵀ⎞
softmax⎜───⎟V
       ⎜ __⎟
       ⎝√dₖ⎠
""",
        "softmax(QKᵀ/√dₖ)V",
        id="attention",
    ),
    pytest.param(
        r"\text{正解率} = \frac{\text{正しく分類した数}}{\text{全体の数}} \times 100\,\%",
        """
         正しく分類した数
正解率 = ──────────────── × 100 %
             全体の数
""",
        "正解率 = 正しく分類した数/全体の数 × 100 %",
        id="japanese",
    ),
    pytest.param(
        r"\hat{c} = \operatorname*{arg\,max}_{k} y_k",
        """
ĉ = arg max yₖ
       k
""",
        "ĉ = arg maxₖ yₖ",
        id="argmax",
    ),
    pytest.param(
        r"f'(x) = \lim_{h \to 0} \frac{f(x+h) - f(x)}{h}",
        """
            f(x + h) − f(x)
f′(x) = lim ───────────────
        h→0        h
""",
        "f′(x) = lim_(h→0) (f(x + h) − f(x))/h",
        id="limit",
    ),
    pytest.param(
        r"\left.\frac{\partial f}{\partial x}\right|_{x=0} = 1",
        """
∂f│
──│    = 1
∂x│ₓ₌₀
""",
        "∂f/∂x|ₓ₌₀ = 1",
        id="eval",
    ),
    pytest.param(
        r"\frac{\partial E}{\partial w} = \underbrace{(y-t)}_{\text{誤差}}\,\underbrace{f'(u)}_{\text{傾き}}\,x",
        """
∂E
── = (y − t) f′(u) x
∂w   ╰──┬──╯ ╰─┬─╯
      誤差   傾き
""",
        "∂E/∂w = (y − t)_誤差 (f′(u))_傾き x",
        id="underbrace",
    ),
    pytest.param(
        r"\prod_{i=1}^{N} p(t_i \mid x_i; \theta)",
        """
 N
 ∏  p(tᵢ | xᵢ; θ)
i=1
""",
        "∏ᵢ₌₁ᴺ p(tᵢ | xᵢ; θ)",
        id="likelihood",
    ),
    pytest.param(
        r"\sigma(x) = \frac{1}{1 + e^{-x}}, \quad \sigma'(x) = \sigma(x)(1 - \sigma(x))",
        """
          1
σ(x) = ───────,  σ′(x) = σ(x)(1 − σ(x))
       1 + e⁻ˣ
""",
        "σ(x) = 1/(1 + e⁻ˣ),  σ′(x) = σ(x)(1 − σ(x))",
        id="sigmoid",
    ),
    pytest.param(
        r"\tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}",
        """
         eˣ − e⁻ˣ
tanh x = ────────
         eˣ + e⁻ˣ
""",
        "tanh x = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)",
        id="tanh",
    ),
    pytest.param(
        r"\left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1",
        """
⎢n + 2p − k⎥
⎢──────────⎥ + 1
⎣    s     ⎦
""",
        "⌊(n + 2p − k)/s⌋ + 1",
        id="floor",
    ),
    pytest.param(
        r"\sqrt[3]{\frac{a}{b}} = \frac{\sqrt[3]{a}}{\sqrt[3]{b}}",
        """
 ┌───   ³_
 │ a    √a
³│─── = ──
√│ b    ³_
        √b
""",
        "³√(a/b) = ³√a/³√b",
        id="cuberoot",
    ),
    pytest.param(
        r"E(\mathbf{w}) = \frac{1}{2}\sum_{i}(t_i - y_i)^2 + \frac{\lambda}{2}\lVert\mathbf{w}\rVert_2^2",
        """
        1                  λ
E(𝐰) = ─── ∑ (tᵢ − yᵢ)² + ─── ‖𝐰‖₂²
        2  i               2
""",
        "E(𝐰) = ½ ∑ᵢ (tᵢ − yᵢ)² + (λ/2)‖𝐰‖₂²",
        id="regular",
    ),
    pytest.param(
        r"\bar{x} = \frac{1}{N}\sum_{i=1}^N x_i, \quad \vec{v} \cdot \dot{\theta}, \quad \overline{x+y}",
        """
     1   N               _____
x̄ = ───  ∑  xᵢ,  v⃗ · θ̇,  x + y
     N  i=1
""",
        "x̄ = (1/N) ∑ᵢ₌₁ᴺ xᵢ,  v⃗ · θ̇,  x̅ ̅+̅ ̅y̅",
        id="mean bar",
    ),
    pytest.param(
        r"\{ x \mid f(x) \ge 0 \} \subset \mathbb{R}^n",
        """
{x | f(x) ≥ 0} ⊂ ℝⁿ
""",
        "{x | f(x) ≥ 0} ⊂ ℝⁿ",
        id="set",
    ),
    pytest.param(
        r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}",
        """
           P(B | A) P(A)
P(A | B) = ─────────────
               P(B)
""",
        "P(A | B) = P(B | A) P(A)/P(B)",
        id="bayes",
    ),
    pytest.param(
        r"-x + (-y) \times -z = a^{-1}b^{n+1}c^{Q}_{ij}",
        """
                         Q
−x + (−y) × −z = a⁻¹bⁿ⁺¹cᵢⱼ
""",
        "−x + (−y) × −z = a⁻¹bⁿ⁺¹cᵢⱼ^Q",
        id="minus",
    ),
    pytest.param(
        r"\left(\frac{a}{b}\right)^{2} + \left[\sum_{i=1}^n x_i\right]_{\text{平均}}^{n+Q}",
        """
⎛ a ⎞²   ⎡ n    ⎤n+Q
⎜───⎟  + ⎢ ∑  xᵢ⎥
⎝ b ⎠    ⎣i=1   ⎦平均
""",
        "(a/b)² + [∑ᵢ₌₁ⁿ xᵢ]_平均^(n+Q)",
        id="tallpower",
    ),
    pytest.param(
        r"H = -\sum_x p(x)\log_2 p(x)",
        """
H = −∑ p(x) log₂ p(x)
     x
""",
        "H = −∑ₓ p(x) log₂ p(x)",
        id="log2",
    ),
    pytest.param(
        r"J = \begin{pmatrix} \frac{\partial y_1}{\partial x_1} & \cdots & \frac{\partial y_1}{\partial "
        r"x_n} \\ \vdots & \ddots & \vdots \\ \frac{\partial y_m}{\partial x_1} & \cdots & \frac{\partial "
        r"y_m}{\partial x_n} \end{pmatrix}",
        """
    ⎛ ∂y₁     ∂y₁ ⎞
    ⎜ ───  ⋯  ─── ⎟
    ⎜ ∂x₁     ∂xₙ ⎟
    ⎜             ⎟
J = ⎜  ⋮   ⋱   ⋮  ⎟
    ⎜             ⎟
    ⎜ ∂yₘ     ∂yₘ ⎟
    ⎜ ───  ⋯  ─── ⎟
    ⎝ ∂x₁     ∂xₙ ⎠
""",
        "J = (∂y₁/∂x₁, ⋯, ∂y₁/∂xₙ; ⋮, ⋱, ⋮; ∂yₘ/∂x₁, ⋯, ∂yₘ/∂xₙ)",
        id="jacobian",
    ),
    pytest.param(
        r"\left\{ \frac{a}{b} \right\} \quad \left\langle \frac{a}{b} \right\rangle \quad \left\lceil "
        r"\frac{a}{b} \right\rceil \quad \left\|\frac{a}{b}\right\|",
        """
⎧ a ⎫  ╱ a ╲  ⎡ a ⎤  ║ a ║
⎨───⎬  ⟨───⟩  ⎢───⎥  ║───║
⎩ b ⎭  ╲ b ╱  ⎢ b ⎥  ║ b ║
""",
        "{a/b}  ⟨a/b⟩  ⌈a/b⌉  ‖a/b‖",
        id="set braces",
    ),
    pytest.param(
        r"E_{\text{訓練}} < E_{\text{検証}}",
        """
E     < E
 訓練    検証
""",
        "E_訓練 < E_検証",
        id="sub text",
    ),
    pytest.param(
        r"w^{(2)}_{13},\ w_{2,1}^{\mathrm{new}},\ x_{n+1}^2,\ y_c^2",
        """
         new
w₁₃⁽²⁾, w   , xₙ₊₁², y²
         2,1          c
""",
        "w₁₃⁽²⁾, w_(2,1)^(new), xₙ₊₁², y_c²",
        id="double",
    ),
    pytest.param(
        r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & x = 0 \\ -1 & x < 0 \end{cases}",
        """
       ⎧ 1    x > 0
f(x) = ⎨ 0    x = 0
       ⎩ −1   x < 0
""",
        "f(x) = {1, x > 0; 0, x = 0; −1, x < 0}",
        id="cases3",
    ),
]


@pytest.mark.parametrize(("tex", "picture", "line"), FORMULAS)
def test_a_formula_looks_as_it_is_printed_in_books(tex: str, picture: str, line: str):
    box = set_formula(tex)

    assert isinstance(box, Box)
    assert "\n".join(row.rstrip() for row in box.rows) == picture.strip("\n")
    assert {cells(row) for row in box.rows} == {box.width}
    assert box.width <= 80
    assert set_inline(tex) == line
