"""Every loss of the catalogue, as pictures that were looked at: what is right stays right."""

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
E = ───  ∑  (yᵢ − tᵢ)²
     n  i=1
""",
        "E = (1/n) ∑ᵢ₌₁ⁿ (yᵢ − tᵢ)²",
        id="mse",
    ),
    pytest.param(
        r"E = \frac{1}{2}\sum_{k}(y_k - t_k)^2",
        """
     1
E = ─── ∑ (yₖ − tₖ)²
     2  k
""",
        "E = ½ ∑ₖ (yₖ − tₖ)²",
        id="half sse",
    ),
    pytest.param(
        r"E = \frac{1}{n}\sum_{i=1}^{n}\lvert y_i - t_i\rvert",
        """
     1   n
E = ───  ∑  |yᵢ − tᵢ|
     n  i=1
""",
        "E = (1/n) ∑ᵢ₌₁ⁿ |yᵢ − tᵢ|",
        id="mae",
    ),
    pytest.param(
        r"\mathrm{RMSE} = \sqrt{\frac{1}{n}\sum_{i=1}^{n}(y_i - t_i)^2}",
        """
        ┌──────────────────
        │ 1   n
RMSE =  │───  ∑  (yᵢ − tᵢ)²
       √│ n  i=1
""",
        "RMSE = √((1/n) ∑ᵢ₌₁ⁿ (yᵢ − tᵢ)²)",
        id="rmse",
    ),
    pytest.param(
        r"E = \frac{1}{n}\sum_{i=1}^{n}\left(\log(1+y_i) - \log(1+t_i)\right)^2",
        """
     1   n
E = ───  ∑  (log(1 + yᵢ) − log(1 + tᵢ))²
     n  i=1
""",
        "E = (1/n) ∑ᵢ₌₁ⁿ (log(1 + yᵢ) − log(1 + tᵢ))²",
        id="msle",
    ),
    pytest.param(
        r"L_\delta(r) = \begin{cases} \frac{1}{2}r^2 & (\lvert r\rvert \le \delta) \\ \delta\left(\lvert "
        r"r\rvert - \frac{1}{2}\delta\right) & (\lvert r\rvert > \delta) \end{cases}",
        """
        ⎧ ½r²           (|r| ≤ δ)
L (r) = ⎨
 δ      ⎩ δ(|r| − ½δ)   (|r| > δ)
""",
        "L_δ(r) = {½r², (|r| ≤ δ); δ(|r| − ½δ), (|r| > δ)}",
        id="huber",
    ),
    pytest.param(
        r"E = \frac{1}{n}\sum_{i} \log\cosh(y_i - t_i)",
        """
     1
E = ─── ∑ log cosh(yᵢ − tᵢ)
     n  i
""",
        "E = (1/n) ∑ᵢ log cosh(yᵢ − tᵢ)",
        id="log cosh",
    ),
    pytest.param(
        r"L_\tau(y, t) = \max\left(\tau(t-y),\ (\tau-1)(t-y)\right)",
        """
L (y, t) = max(τ(t − y), (τ − 1)(t − y))
 τ
""",
        "L_τ(y, t) = max(τ(t − y), (τ − 1)(t − y))",
        id="quantile",
    ),
    pytest.param(
        r"E = y - t\ln y, \qquad \frac{\partial E}{\partial y} = 1 - \frac{t}{y}",
        """
                   ∂E        t
E = y − t ln y,    ── = 1 − ───
                   ∂y        y
""",
        "E = y − t ln y,    ∂E/∂y = 1 − t/y",
        id="poisson nll",
    ),
    pytest.param(
        r"E = \frac{1}{2}\left(\ln v + \frac{r^2}{v}\right)",
        """
     1  ⎛       r²⎞
E = ─── ⎜ln v + ──⎟
     2  ⎝       v ⎠
""",
        "E = ½(ln v + r²/v)",
        id="gaussian nll",
    ),
    pytest.param(
        r"E = -\left\{t\ln y + (1-t)\ln(1-y)\right\}",
        """
E = −{t ln y + (1 − t) ln(1 − y)}
""",
        "E = −{t ln y + (1 − t) ln(1 − y)}",
        id="bce",
    ),
    pytest.param(
        r"\frac{\partial E}{\partial y} = \frac{y-t}{y(1-y)}",
        """
∂E    y − t
── = ────────
∂y   y(1 − y)
""",
        "∂E/∂y = (y − t)/(y(1 − y))",
        id="bce gradient",
    ),
    pytest.param(
        r"E = \max(z, 0) - zt + \ln\left(1 + e^{-\lvert z\rvert}\right)",
        """
                       ⎛     −|z|⎞
E = max(z, 0) − zt + ln⎝1 + e    ⎠
""",
        "E = max(z, 0) − zt + ln(1 + e^(−|z|))",
        id="bce with logits",
    ),
    pytest.param(
        r"E = -\sum_{k=1}^{K} t_k \log y_k",
        """
      K
E = − ∑  tₖ log yₖ
     k=1
""",
        "E = −∑ₖ₌₁ᴷ tₖ log yₖ",
        id="cross entropy",
    ),
    pytest.param(
        r"E = -\frac{1}{N}\sum_{n=1}^{N}\sum_{k=1}^{K} t_{nk} \log y_{nk}",
        """
       1   N   K
E = − ───  ∑   ∑  tₙₖ log yₙₖ
       N  n=1 k=1
""",
        "E = −(1/N) ∑ₙ₌₁ᴺ ∑ₖ₌₁ᴷ tₙₖ log yₙₖ",
        id="cross entropy batch",
    ),
    pytest.param(
        r"E = -\log y_c",
        """
E = −log y
          c
""",
        "E = −log y_c",
        id="sparse",
    ),
    pytest.param(
        r"t'_k = (1-\alpha)\,t_k + \frac{\alpha}{K}",
        """
                    α
tₖ′ = (1 − α) tₖ + ───
                    K
""",
        "tₖ′ = (1 − α) tₖ + α/K",
        id="label smoothing",
    ),
    pytest.param(
        r"E = -\alpha_t (1-p_t)^\gamma \log p_t",
        """
E = −αₜ(1 − pₜ)ᵞ log pₜ
""",
        "E = −αₜ(1 − pₜ)ᵞ log pₜ",
        id="focal",
    ),
    pytest.param(
        r"E = \max(0,\ 1 - ts), \quad t = \pm 1",
        """
E = max(0, 1 − ts),  t = ±1
""",
        "E = max(0, 1 − ts),  t = ±1",
        id="hinge",
    ),
    pytest.param(
        r"E = \max\left(0,\ 1 + \max_{j \ne c} s_j - s_c\right)",
        """
E = max⎛0, 1 + max sⱼ − s ⎞
       ⎝       j≠c       c⎠
""",
        "E = max(0, 1 + max_(j≠c) sⱼ − s_c)",
        id="multiclass hinge",
    ),
    pytest.param(
        r"E = \sum_{j \ne c} \max(0,\ 1 + s_j - s_c)",
        """
E =  ∑  max(0, 1 + sⱼ − s )
    j≠c                  c
""",
        "E = ∑_(j≠c) max(0, 1 + sⱼ − s_c)",
        id="weston watkins",
    ),
    pytest.param(
        r"L = \frac{1}{2}Y d^2 + \frac{1}{2}(1-Y)\max(0,\ m-d)^2",
        """
     1         1
L = ─── Yd² + ─── (1 − Y) max(0, m − d)²
     2         2
""",
        "L = ½Yd² + ½(1 − Y) max(0, m − d)²",
        id="contrastive",
    ),
    pytest.param(
        r"L = \max\left(0,\ \lVert a-p\rVert_2 - \lVert a-n\rVert_2 + m\right)",
        """
L = max(0, ‖a − p‖₂ − ‖a − n‖₂ + m)
""",
        "L = max(0, ‖a − p‖₂ − ‖a − n‖₂ + m)",
        id="triplet",
    ),
    pytest.param(
        r"L = \log\left(1 + \sum_j e^{\gamma\alpha_n^j(s_n^j - m)} \sum_i e^{-\gamma\alpha_p^i(s_p^i - 1 + "
        r"m)}\right)",
        """
       ⎛       γαₙʲ(sₙʲ−m)    −γαₚⁱ(sₚⁱ−1+m)⎞
L = log⎜1 + ∑ e            ∑ e              ⎟
       ⎝    j              i                ⎠
""",
        "L = log(1 + ∑ⱼ e^(γαₙʲ(sₙʲ−m)) ∑ᵢ e^(−γαₚⁱ(sₚⁱ−1+m)))",
        id="circle",
    ),
    pytest.param(
        r"L_i = -\log\frac{\exp(s_{i,+}/\tau)}{\sum_{k \ne i}\exp(s_{i,k}/\tau)}",
        """
            exp(s   /τ)
                 i,+
Lᵢ = −log ───────────────
           ∑  exp(s   /τ)
          k≠i      i,k
""",
        "Lᵢ = −log(exp(s_(i,+)/τ)/(∑_(k≠i) exp(s_(i,k)/τ)))",
        id="info nce",
    ),
    pytest.param(
        r"z_c = s\cos(\theta_c + m), \qquad z_c = s(\cos\theta_c - m)",
        """
z  = s cos(θ  + m),    z  = s(cos θ  − m)
 c          c           c          c
""",
        "z_c = s cos(θ_c + m),    z_c = s(cos θ_c − m)",
        id="arcface",
    ),
    pytest.param(
        r"D_{\mathrm{KL}}(P \,\|\, Q) = \sum_x P(x)\log\frac{P(x)}{Q(x)}",
        """
                        P(x)
D  (P ‖ Q) = ∑ P(x) log ────
 KL          x          Q(x)
""",
        "D_KL(P ‖ Q) = ∑ₓ P(x) log(P(x)/Q(x))",
        id="kl",
    ),
    pytest.param(
        r"D_{\mathrm{JS}}(P \| Q) = \frac{1}{2}D_{\mathrm{KL}}(P \| M) + \frac{1}{2}D_{\mathrm{KL}}(Q \| "
        r"M), \quad M = \frac{P+Q}{2}",
        """
            1              1                 P + Q
D  (P‖Q) = ─── D  (P‖M) + ─── D  (Q‖M),  M = ─────
 JS         2   KL         2   KL              2
""",
        "D_JS(P‖Q) = ½D_KL(P‖M) + ½D_KL(Q‖M),  M = (P + Q)/2",
        id="js",
    ),
    pytest.param(
        r"W_1(P, Q) = \int_{-\infty}^{\infty} \lvert F(x) - G(x)\rvert\,dx",
        """
           ∞
W₁(P, Q) = ∫  |F(x) − G(x)| dx
           −∞
""",
        "W₁(P, Q) = ∫_(−∞)^∞ |F(x) − G(x)| dx",
        id="wasserstein",
    ),
    pytest.param(
        r"\mathrm{MMD}^2 = \mathbb{E}[k(x,x')] + \mathbb{E}[k(y,y')] - 2\,\mathbb{E}[k(x,y)]",
        """
MMD² = 𝔼[k(x, x′)] + 𝔼[k(y, y′)] − 2 𝔼[k(x, y)]
""",
        "MMD² = 𝔼[k(x, x′)] + 𝔼[k(y, y′)] − 2 𝔼[k(x, y)]",
        id="mmd",
    ),
    pytest.param(
        r"L = \text{再構成誤差} + \beta\cdot\frac{1}{2}\sum_j\left(\mu_j^2 + \sigma_j^2 - \ln\sigma_j^2 - 1\right)",
        """
                      1
L = 再構成誤差 + β · ─── ∑ (μⱼ² + σⱼ² − ln σⱼ² − 1)
                      2  j
""",
        "L = 再構成誤差 + β · ½ ∑ⱼ (μⱼ² + σⱼ² − ln σⱼ² − 1)",
        id="vae",
    ),
    pytest.param(
        r"z = \mu + \sigma \odot \varepsilon, \quad \varepsilon \sim \mathcal{N}(0, I)",
        """
z = μ + σ ⊙ ε,  ε ∼ 𝒩(0, I)
""",
        "z = μ + σ ⊙ ε,  ε ∼ 𝒩(0, I)",
        id="reparametrize",
    ),
    pytest.param(
        r"\min_G \max_D V(D, G) = \mathbb{E}_{x}[\log D(x)] + \mathbb{E}_{z}[\log(1 - D(G(z)))]",
        """
min max V(D, G) = 𝔼ₓ[log D(x)] + 𝔼 [log(1 − D(G(z)))]
 G   D                            z
""",
        "min_G max_D V(D, G) = 𝔼ₓ[log D(x)] + 𝔼_z[log(1 − D(G(z)))]",
        id="gan",
    ),
    pytest.param(
        r"L = \mathbb{E}[f(\tilde{x})] - \mathbb{E}[f(x)] + "
        r"\lambda\,\mathbb{E}\left[\left(\lVert\nabla_{\hat{x}} f(\hat{x})\rVert_2 - 1\right)^2\right]",
        """
L = 𝔼[f(x̃)] − 𝔼[f(x)] + λ 𝔼⎡⎛‖∇ f(x̂)‖₂ − 1⎞²⎤
                           ⎣⎝  x̂          ⎠ ⎦
""",
        "L = 𝔼[f(x̃)] − 𝔼[f(x)] + λ 𝔼[(‖∇_x̂ f(x̂)‖₂ − 1)²]",
        id="wgan gp",
    ),
    pytest.param(
        r"1 - \frac{2\lvert A \cap B\rvert}{\lvert A\rvert + \lvert B\rvert}, \qquad 1 - \frac{\lvert A "
        r"\cap B\rvert}{\lvert A \cup B\rvert}",
        """
    2|A ∩ B|          |A ∩ B|
1 − ─────────,    1 − ───────
    |A| + |B|         |A ∪ B|
""",
        "1 − 2|A ∩ B|/(|A| + |B|),    1 − |A ∩ B|/|A ∪ B|",
        id="dice",
    ),
    pytest.param(
        r"L = -\ln \sum_{\pi \in \mathcal{B}^{-1}(l)} \prod_{t=1}^{T} y_{\pi_t}^t",
        """
                  T
L = −ln    ∑      ∏  yᵗ
        π∈ℬ⁻¹(l) t=1  πₜ
""",
        "L = −ln ∑_(π∈ℬ⁻¹(l)) ∏ₜ₌₁ᵀ y_πₜᵗ",
        id="ctc",
    ),
    pytest.param(
        r"1 - \cos(a, b) = 1 - \frac{a \cdot b}{\lVert a\rVert\,\lVert b\rVert}",
        """
                     a · b
1 − cos(a, b) = 1 − ───────
                    ‖a‖ ‖b‖
""",
        "1 − cos(a, b) = 1 − (a · b)/(‖a‖ ‖b‖)",
        id="cosine",
    ),
    pytest.param(
        r"L = \max(0,\ -y(a - b) + m)",
        """
L = max(0, −y(a − b) + m)
""",
        "L = max(0, −y(a − b) + m)",
        id="ranking",
    ),
    pytest.param(
        r"y_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}",
        """
        zₖ
       e
yₖ = ───────
      K   zⱼ
      ∑  e
     j=1
""",
        "yₖ = e^(zₖ)/(∑ⱼ₌₁ᴷ e^(zⱼ))",
        id="softmax",
    ),
    pytest.param(
        r"\frac{\partial y_i}{\partial z_j} = y_i(\delta_{ij} - y_j)",
        """
∂yᵢ
─── = yᵢ(δᵢⱼ − yⱼ)
∂zⱼ
""",
        "∂yᵢ/∂zⱼ = yᵢ(δᵢⱼ − yⱼ)",
        id="softmax gradient",
    ),
]


@pytest.mark.parametrize(("tex", "picture", "line"), FORMULAS)
def test_a_loss_looks_as_it_is_printed_in_books(tex: str, picture: str, line: str):
    box = set_formula(tex)

    assert isinstance(box, Box)
    assert "\n".join(row.rstrip() for row in box.rows) == picture.strip("\n")
    assert {cells(row) for row in box.rows} == {box.width}
    assert box.width <= 80
    assert set_inline(tex) == line
