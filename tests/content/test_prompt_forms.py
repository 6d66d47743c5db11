"""What a learner can read off the text of a formula question is taken, named as a slip, or answered with what to do."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from studyapp.domain.kind import Kind
from studyapp.domain.question import ExpressionKey, Question
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.interpretation import evaluate
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.language import read_strict

SERVICE = Service()
SEED = 1

# A verdict is `correct`, `wrong` with or without the mistake's name, or the code of what is asked back; the answers
# that get it are parted by ` | `.
EXPRESSIONS = {
    "prep-log": {"correct": "<m>p-<n>q | <m>*p - <n>*q", "wrong plus": "<m>p+<n>q"},
    "derivative-power": {
        "correct": "<d>x^<m>+<b> | <n>·<a>x^{<m>}+<b> | <n>*<a>*x**<m>+<b>",
        "wrong no-power": "<a>x^<m>+<b>",
    },
    "derivative-exp-log": {"correct": "<a>e^x+<b>/x | <a>exp(x)+\\frac{<b>}{x}", "wrong log-lost": "<a>e^x"},
    "derivative-inner": {
        "correct": "<d>e^{<a>x+<b>} | <c>·<a>exp(<a>x+<b>)",
        "wrong no-inner": "<c>e^{<a>x+<b>}",
    },
    "gradient-formulas": {
        "correct": "(<a*n>x^<n-1>*y, <a>x^<n>+<2*b>y) | <a*n>x^{<n-1>}y, <a>x^<n>+<2*b>y"
        " | ∇f = (<a*n>x^<n-1>·y, <2*b>y+<a>x^<n>) | [<a*n>*x**<n-1>*y; <a>*x**<n>+<2*b>*y]"
        " | \\begin{pmatrix} <a*n>x^{<n-1>}y \\\\ <a>x^{<n>}+<2*b>y \\end{pmatrix}",
        "wrong kept": "(<a*n>x^<n-1>*y+<2*b>y, <a>x^<n>+<2*b>y)",
        "wrong swap": "(<a>x^<n>+<2*b>y, <a*n>x^<n-1>*y)",
        "wrong size": "<a*n>x^<n-1>*y+<a>x^<n>+<2*b>y",
    },
    "jacobian-formulas": {
        "correct": "<a>y, <a>x; 2x, <b> | ((<a>y, <a>x), (2x, <b>)) | [[<a>*y, <a>*x], [2*x, <b>]]"
        " | J = \\begin{pmatrix} <a>y & <a>x \\\\ 2x & <b> \\end{pmatrix} | np.array([[<a>*y, <a>*x], [2*x, <b>]])",
        "wrong gradient-columns": "<a>y, 2x; <a>x, <b>",
        "wrong size": "(<a>y, <a>x, 2x, <b>)",
        "wrong missing-factor": "<a>y, <a>x; 2, <b>",
    },
    "policy-gradient-formula": {
        "correct": "<a>G(<k>-y) | <a*k>G-<a>Gy | <a>*G*(<k>-y) | -<a>G(y-<k>)",
        "wrong no-inner": "G(<k>-y)",
        "wrong sign": "<a>G(y-<k>)",
        "wrong no-return": "<a>(<k>-y)",
    },
    "activation-slope-formula": {
        "correct": "<A*b>(1-y^2/<A*A>) | <A*b>·(1-(y/<A>)^2) | <A*b>-<b/A>y^2 | <A*b>(1-y**2/<A*A>)"
        " | \\frac{<b>}{<A>}(<A>-y)(<A>+y) | dy/du = <A*b>*(1 - y^2/<A>^2)",
        "wrong plain": "1-y^2",
        "wrong no-inner": "<A>(1-y^2/<A*A>)",
        "wrong not-scaled": "<A*b>(1-y^2)",
    },
    "tanh-sigmoid-formula": {
        "correct": "<c>(1+t)/2 | <c/2>(1+t) | <c/2>+<c/2>t | \\frac{<c>(t+1)}{2} | p = <c>*(1 + t)/2",
        "wrong not-halved": "<c>(1+t)",
        "wrong minus": "<c>(1-t)/2",
        "wrong no-one": "<c>t/2",
    },
    "residual-gradient-formula": {
        "correct": "1+<a*w>(1-tanh(<w>x)^2) | 1+<a>·<w>(1-tanh^2(<w>x)) | 1 + \\frac{<a*w>}{\\cosh^2(<w>x)}",
    },
    "shapley-interaction": {
        "correct": "(<a>x+<c/2>xy, <b>y+<c/2>xy) | <a>x+<c/2>*x*y, <c/2>yx+<b>y | x(<a>+<c/2>y), y(<b>+<c/2>x)"
        " | φ = (<a>x+\\frac{<c>xy}{2}, <b>y+\\frac{<c>xy}{2})",
        "wrong both": "(<a>x+<c>xy, <b>y+<c>xy)",
        "wrong size": "<a>x+<b>y+<c>xy",
    },
    "integrated-gradients-formula": {
        "correct": "(<k*n>x^<n>*y, <k>x^<n>*y+<b>y) | <k*n>*x**<n>*y, y*(<k>*x**<n>+<b>)"
        " | <a*n>/<n+1>*x^{<n>}·y, \\frac{<a>}{<n+1>}x^{<n>}·y+<b>y",
        "wrong at-input": "(<a*n>x^<n>*y, <a>x^<n>*y+<b>y)",
        "wrong gradient": "(<a*n>x^<n-1>*y, <a>x^<n>+<b>)",
        "wrong power": "(<a>x^<n>*y, <a>/<n>*x^<n>*y+<b>y)",
    },
    "distil-gradient-formula": {
        "correct": "<c*T>(y-q) | <c*T>y-<c*T>q | <c>·<T>(y-q) | <c>*<T>^2*(y-q)/<T> | dE/dv = <c*T>*(y - q)",
        "wrong no-square": "<c>(y-q)/<T>",
        "wrong no-inner": "<c>·<T>^2(y-q)",
        "wrong sign": "<c*T>(q-y)",
    },
    "sandwich-gradient": {
        "correct": "<a>A^T dU B^T | <a>*A.T @ dU @ B.T | <a>Aᵀ dU Bᵀ | (<a>B dU^T A)^T | <a>A^\\top dU B^\\top",
        "misfit": "<a>A dU B",
    },
    "decay-step-matrices": {
        "correct": "W-<eta>(X^T(Y-T)/N+<lam>W) | W - <eta>*(X.T @ (Y - T)/N + <lam>*W) | <1-eta*lam>W-<eta>/N X^T(Y-T)",
        "misfit": "W-<eta>(X(Y-T)/N+<lam>W)",
    },
    "two-uses-matrix": {
        "correct": "<a>dU W^T+<b>dV M^T | <a>*dU @ W.T + <b>*dV @ M.T | <b>dV Mᵀ+<a>dU Wᵀ | (<a>W dU^T+<b>M dV^T)^T",
        "misfit": "<a>dU W+<b>dV M",
    },
    "ridge-gradient": {
        "correct": "<2*a>X^T(Xw-y)+<2*b>w | <2*a>*X.T @ (X @ w - y) + <2*b>*w | <2*a>X^\\top(Xw-y)+<2*b>w"
        " | <2*a>(X^T X w - X^T y)+<2*b>w | (<2*a>XᵀX+<2*b>I)w-<2*a>Xᵀy | -<2*a>X^T(y-Xw)+<2*b>w"
        " | <2*b>w+2·<a>X^{T}·(Xw−y) | ∇E = <2*a>X^T(Xw-y)+<2*b>w",
        "wrong no-two": "<a>X^T(Xw-y)+<b>w",
        "wrong no-penalty": "<2*a>X^T(Xw-y)",
        "wrong sign": "<2*a>X^T(y-Xw)+<2*b>w",
        "misfit": "<2*a>X(Xw-y)+<2*b>w | <2*a>(Xw-y)X^T | <2*a>X^T(Xw-y)+<2*b>w^T",
        "transposed-prime": "<2*a>X'(Xw-y)+<2*b>w",
    },
    "chain-1": {
        "correct": "<n>*<a>(<a>x+<b>)^<n-1> | <n>·<a>·(<a>x+<b>)^{<n-1>} | <n>(<a>x+<b>)^<n-1>*<a>"
        " | dE/dx = <n>*<a>(<a>x+<b>)^<n-1>",
        "question-name": "<n>*<a>u^<n-1> | <n>*<a>E",
        "wrong no-inner": "<n>(<a>x+<b>)^<n-1>",
    },
    "chain-1-nested": {
        "correct": "-2*<a>(x-<c>)e^{-<a>(x-<c>)^2} | -2*<a>(x-<c>)E^(-<a>(x-<c>)^2)"
        " | -2*<a>(x-<c>)EXP(-<a>(x-<c>)^2) | -<a>e^(-<a>(x-<c>)²)·2(x-<c>)",
        "question-name": "-2*<a> v e^(-<a>u) | -2*<a> v e^(-<a>(x-<c>)^2) | -2*<a>(x-<c>)E",
    },
    "chain-multi": {
        "correct": "<a>x^<n>+<n>(<a>x+<b>)x^{<n-1>} | <a>·x^<n>+<n>x^<n-1>·(<a>x+<b>)",
        "question-name": "<a>v+<n>u x^<n-1> | uv",
    },
    "partial-expression": {
        "correct": "<a>x^2+<3*b>xy^2 | <a>x²+<3*b>x y²"
        " | \\frac{\\partial f}{\\partial y} = <a>x^2+<b>x\\cdot 3y^2 | <a>*x*x--<3*b>*x*y*y",
        "question-name": "f",
        "wrong swap": "<a>y^2+<3*b>yx^2",
    },
    "vae-kl-expression": {
        "correct": "<half>((<a>)^2+s^2-log(s^2)-1) | <b>/2(μ^2+σ^2-log σ^2-1)"
        " | <half>(\\mu^2+\\sigma^2-\\log\\sigma^2-1) | \\frac{<b>}{2}(mu^2+sigma^2-\\ln{\\sigma^2}-1)"
        " | <b>(μ²+σ²-2lnσ-1)/2 | <b>(μ²+s²-2lns-1)/2 | <b>·½(μ²+σ²-㏑ σ²-1)",
        "wrong": "<b>(μ²+s²-log^2 s-1)/2",
        "wrong deviation": "<b>(μ²+s-lns-1)/2",
        "wrong no-weight": "½(μ²+σ²-㏑ σ²-1)",
    },
    "vae-kl-grad": {
        "correct": "<b>σ/<v>-<b>/σ | <b>(s/<v>-1/s) | <b>(\\frac\\sigma{<v>}-\\frac1\\sigma)"
        " | \\frac{<b>}{2}(\\frac{2σ}{<v>}-\\frac{2}{σ}) | <b>(s/<p>^2-s^{-1})",
        "question-name": "<b>(μ+σ/<v>-1/σ)",
        "wrong no-weight": "s/<v>-1/s",
        "wrong standard": "<b>(s-1/s)",
    },
    "ce-grad-output": {
        "correct": "-<w>/y_c | -\\frac{<w>}{y_c} | -<w>·1/y_c | -<w>y_c^-1 | -<w>\\frac1{y_c} | -<w>/yc",
        "question-name": "-<w>/y | -<w>/E",
        "wrong no-derivative": "-<w>lny_c",
    },
    "ce-h-kl-expression": {
        "correct": "<a>log(<a>/y)+<b>log(<b>/(1-y)) | <a>ln(<a>/y)+<b>ln(<b>/(1-y))"
        " | <a>LN(<a>)-<a>LN(y)+<b>LN(<b>)-<b>LN(1-y) | t_1 log(t_1/y)+t_2 log(t_2/(1-y))"
        " | t1ln(t1/y)+t2ln(t2/(1-y)) | t_1lnt_1-t_1lny+t_2lnt_2-t_2ln(1-y)"
        " | <a>\\log\\frac{<a>}{y}+<b>\\log\\frac{<b>}{1-y}",
        "question-name": "t log(t/y)",
        "sum-sign": "\\sum_k t_k \\log\\frac{t_k}{y_k}",
        "wrong cross-entropy": "-<a>lny-<b>ln(1-y)",
    },
    "log-cosh-gradient": {
        "correct": "<a*c>sinh(<c>(y-t))/cosh(<c>(y-t)) | <a*c>tanh(<c>(y-t)) | <a*c>tanh(<c>y-<c>t)"
        " | <a*c>\\frac{\\sinh(<c>(y-t))}{\\cosh(<c>(y-t))}"
        " | <a*c>(e^(<c>(y-t))-e^(<c>(t-y)))/(e^(<c>(y-t))+e^(<c>(t-y))) | <a*c>Tanh(<c>(y-t))"
        " | <a*c>/coth(<c>(y-t)) | <a*c>\\tanh\\left(<c>(y-t)\\right)",
        "question-name": "<a*c>tanh(r)",
        "wrong": "<a*c>sin(<c>(y-t))/cos(<c>(y-t))",
        "wrong no-inner": "<a*c>/cosh(<c>(y-t))",
        "wrong no-scale": "<a>tanh(<c>(y-t))",
        "wrong no-factor": "<c>tanh(<c>(y-t))",
    },
    "poisson-nll-gradient": {
        "correct": "1-<t>/y | 1−\\frac{<t>}y | (y-<t>)/y | 1+-<t>/y",
        "wrong sign": "1--<t>/y",
        "unknown-name": "1-t/y",
        "wrong log-kept": "1-<t>lny",
    },
    "gauss-nll-gradient": {
        "correct": "(y-t)/<v> | (y-t)/<s>^2 | (y-t)/σ^2 | \\frac{y-t}{\\sigma^2} | (y-t)/σ² | 1/2·2(y-t)/σ^2"
        " | \\frac12\\cdot\\frac{2(y-t)}{\\sigma^2} | (y-t)/sigma^2",
        "wrong sigma": "(y-t)/σ",
        "wrong no-variance": "(y-t)",
    },
    "gauss-nll-variance": {
        "correct": "1/2(1/v-<q>/v^2) | \\frac12\\left(\\frac1v-\\frac{<q>}{v^2}\\right) | 1/(2v)-<q>/(2v^2)"
        " | ½(v⁻¹-<q>v⁻²)",
        "question-name": "1/2(1/v-(y-t)^2/v^2)",
        "wrong no-half": "1/v-<q>/v^2",
    },
    "grad-softmax-ce-expression": {
        "correct": "y_1-<a> | y_1 - t_1 | y1-t1 | y₁−t₁ | y_{1}-t_{1} | e^{z_1}/(e^{z_1}+e^{z_2}+e^{z_3})-t_1"
        " | y_1(t_1+t_2+t_3)-t_1 | -t_1(1-y_1)+(t_2+t_3)y_1",
        "question-name": "y-t",
        "sum-sign": "\\sum_k t_k y_1 - t_1",
        "wrong by-output": "-t_1/y_1",
        "wrong sign": "t_1-y_1",
    },
    "grad-sigmoid": {
        "correct": "<2*a*c>(y-t)y(1-y) | <2*a*c>(y-t)σ(<c>u)(1-σ(<c>u)) | <2*a*c>(y-t)σ'(<c>u)"
        " | <2*a*c>(y-t)\\sigma'(<c>u) | <2*a*c>(σ(<c>u)-t)sigmoid(<c>u)(1-sigmoid(<c>u))"
        " | <2*a*c>(y-t)e^{-<c>u}/(1+e^{-<c>u})^2 | <2*a*c>(y-t)\\frac{e^{-<c>u}}{(1+e^{-<c>u})^2}"
        " | 2·<a>(y-t)·<c>y(1-y) | <2*a*c>(y-t)(σ(<c>u)-σ²(<c>u))",
        "missing-argument": "<2*a*c>(y-t)σ",
        "wrong no-slope": "<2*a*c>(y-t)",
        "wrong no-inner": "<2*a>(y-t)y(1-y)",
        "question-name": "<2*a*c>(y-t)E",
    },
    "grad-sigmoid-bce": {
        "correct": "<w*c>(y-t) | <w*c>(σ(<c>u)-t) | <w*c>(1/(1+e^(-<c>u))-t) | <w*c>(\\frac1{1+e^{-<c>u}}-t)"
        " | <w*c>\\frac{y-t}{y(1-y)}σ'(<c>u)",
        "wrong by-output": "<w>\\frac{y-t}{y(1-y)}",
        "wrong no-weight": "<c>(y-t)",
        "wrong no-inner": "<w>(y-t)",
    },
    "mle-derive-expression": {
        "correct": "<k>/θ-<m>/(1-θ) | <k>/theta - <m>/(1-theta) | \\frac{<k>}{\\theta}-\\frac{<m>}{1-\\theta}"
        " | (<k>-<n>θ)/(θ(1-θ)) | <k>θ^-1+<m>/(θ-1)",
        "wrong sign": "<k>/θ+<m>/(1-θ)",
        "wrong first-only": "<k>/θ",
        "wrong log-kept": "<k>logθ+<m>log(1-θ)",
        "unknown-name": "k/θ-(n-k)/(1-θ)",
    },
    "grad-sq": {
        "correct": "<slope>(<c>y-t) | <slope*c>y-<slope>t | <slope*c>*y--<slope>*-t | 2·<a>·<c>(<c>y−t)"
        " | ∂E/∂y = <slope>(<c>y-t) | \\frac{\\partial E}{\\partial y}=<slope>(<c>y-t) | $<slope>(<c>y-t)$",
        "question-name": "<slope>E",
        "wrong sign": "<slope>(t-<c>y)",
        "wrong no-inner": "<2*a>(<c>y-t)",
    },
    "diffusion-recover-formula": {
        "correct": "(x-sqrt(<1-a>)n)/sqrt(<a>) | (x-√(<1-a>)n)/√<a> | \\frac{x-\\sqrt{<1-a>}n}{\\sqrt{<a>}}"
        " | x/<a>^0.5-(<1-a>/<a>)^{1/2}n",
        "ambiguous": "(x-√<1-a> n)/√<a>",
        "wrong plus": "(x+sqrt(<1-a>)n)/sqrt(<a>)",
        "wrong no-roots": "(x-<1-a>n)/<a>",
    },
}

STEPS = {
    ("diffusion-forward-two", 1, 0): {
        "correct": "√(0.48)x+√(0.32)p+√(0.2)q | sqrt(0.8)(sqrt(0.6)x+sqrt(0.4)p)+sqrt(0.2)q",
        "wrong no-second": "√(0.48)x+√(0.4)p+√(0.2)q",
    },
    ("diffusion-reverse-steps", 1, 0): {"correct": "0.7c | (1-0.3)c", "wrong beta": "0.3c"},
    ("diffusion-reverse-steps", 1, 1): {"correct": "(x-√(1-0.7c) n)/√(0.7c)", "wrong plus": "(x+√(1-0.7c) n)/√(0.7c)"},
    ("diffusion-reverse-steps", 1, 2): {
        "correct": "-0.3/√(0.7(1-0.7c)) | -\\frac{0.3}{\\sqrt{0.7}\\sqrt{1-0.7c}}",
        "wrong plus": "0.3/√(0.7(1-0.7c))",
    },
    ("flow-density-steps", 1, 0): {"correct": "√(x/4) | √x/2 | (x/4)^0.5", "wrong no-root": "x/4"},
    ("flow-density-steps", 1, 1): {"correct": "1/(2√(4x)) | 1/(4√x) | 0.25x^{-1/2}", "wrong forward": "8√(x/4)"},
    ("flow-density-steps", 1, 2): {
        "correct": "6e^{-6√(x/4)}/(4√x) | 1.5exp(-3√x)/√x | \\frac{3e^{-3\\sqrt{x}}}{2\\sqrt{x}}",
        "wrong no-jacobian": "6e^{-3√x}",
    },
    ("flow-density-steps", 1, 3): {
        "correct": "-3/(2√x)-1/(2x) | -\\frac{3}{2\\sqrt{x}}-\\frac{1}{2x}",
        "wrong density-only": "-3/(2√x)",
    },
    ("least-squares-steps", 1, 0): {"correct": "44a+8b-62 | 2(22a+4b-31)", "wrong no-two": "22a+4b-31"},
    ("least-squares-steps", 1, 1): {"correct": "7.75-5.5a | (31-22a)/4", "wrong sign": "7.75+5.5a"},
    ("least-squares-steps", 1, 3): {"correct": "-1.1 | -11/10"},
    ("minimiser-mse", 1, 1): {"correct": "2(c-7) | 2c-14", "wrong no-two": "c-7"},
    ("minimiser-huber", 1, 1): {"correct": "4c-20 | 4c-14-6", "wrong wrong-way": "4c-14+6"},
    ("sigmoid-derivative", 1, 3): {"correct": "2.5z(1-z) | 2.5(z-z^2)", "wrong no-rate": "z(1-z)"},
    ("softmax-jacobian", 1, 3): {"correct": "-2y_1y_2 | -2 y1 y2", "wrong sign": "2y_1y_2"},
    ("softmax-jacobian-difference", 1, 2): {"correct": "y_1-0.8 | y1-4/5", "wrong one-path": "-0.8(1-y_1)"},
    ("delta-hidden-factors", 1, 0): {"correct": "w2_1_2 | w^{(2)}_{12}", "wrong transposed": "w2_2_1"},
    ("delta-deep", 1, 1): {"correct": "δ3_1 w3_1_1(1-z2_1^2) | δ^{(3)}_1w^{(3)}_{11}(1-(z^{(2)}_1)^2)"},
    ("delta-relu", 2, 0): {
        "correct": "step(u1_1) | heaviside(u1_1) | step(u^{(1)}_1)",
        "derivative-left": "relu'(u1_1)",
    },
    ("delta-relu", 1, 0): {"correct": "0.01+0.99step(u1_3)", "wrong": "step(u1_3)"},
    ("delta-deep-mixed", 3, 1): {"correct": "δ3_1 w3_1_2 step(u2_2)", "wrong missing-derivative": "δ3_1 w3_1_2"},
    ("delta-out", 1, 0): {
        "correct": "y_1-t_1 | y1-t1 | y₁ − t₁ | δ^{(2)}_1 = y_1-t_1 | u2_1 - t_1",
        "question-name": "E | y-t",
    },
    ("delta-out", 3, 0): {"correct": "y_1-t_1 | y-t | y - t_1", "wrong sign": "t-y"},
    ("delta-out-factors", 1, 1): {
        "correct": "1-y_1^2 | 1-y1² | 1-tanh^2(u2_1) | 1-\\tanh^2 u^{(2)}_1 | sech^2(u2_1)",
        "derivative-left": "tanh'(u2_1)",
    },
    ("delta-out-factors", 2, 1): {
        "correct": "y_1(1-y_1) | y(1-y) | σ(u2_1)(1-σ(u2_1)) | y_1-y_1^2",
        "derivative-left": "σ'(u2_1)",
    },
    ("estimation-theme", 1, 0): {
        "correct": "15/θ-10/(1-θ) | 15/theta - 10/(1-theta) | \\frac{15}{\\theta} - \\frac{10}{1-\\theta}"
        " | (15-25θ)/(θ(1-θ)) | dlogL/dθ = 15/θ-10/(1-θ)",
        "wrong sign": "15/θ+10/(1-θ)",
        "wrong first-only": "15/θ",
    },
    ("vae-theme", 1, 3): {
        "correct": "0.85+2(s-1/s) | 0.85+2s-2/s | 2s - \\frac{2}{s} + 0.85 | (-0.5)(-1.7)+2(σ-1/σ)",
        "wrong no-path": "2(s-1/s)",
        "wrong no-beta": "0.85+s-1/s",
    },
    ("theme-logistic", 1, 2): {
        "correct": "(y-t)x | x(y-t) | (y − t)·x | xy - tx | ∂E/∂w = (y-t)x",
        "wrong no-input": "y-t",
        "wrong sign": "(t-y)x",
    },
    ("grad-w", 3, 0): {"correct": "z1_2 | z^{(1)}_2 | z⁽¹⁾₂ | z_2^(1) | z_2"},
    ("grad-w", 3, 2): {
        "correct": "δ2_1 z1_2 | δ^{(2)}_1z^{(1)}_2 | \\delta^{(2)}_1 z^{(1)}_2 | δ_1^(2) z_2^(1)"
        " | δ1^(2) z2^(1) | delta2_1*z1_2 | (y-t)y(1-y)z1_2",
        "sum-sign": "Σ_k δ_k z_2",
    },
    ("delta-hidden", 1, 0): {
        "correct": "z1_1(1-z1_1) | σ(u1_1)(1-σ(u1_1)) | z_1(1-z_1) | z_1^(1)(1-z_1^(1))",
        "derivative-left": "σ'(u1_1)",
    },
    ("delta-hidden", 3, 0): {
        "correct": "1-tanh^2(u1_1) | 1-tanh²(u1_1) | 1-\\tanh^2 u^{(1)}_1 | sech^2(u1_1) | 1/cosh^2(u1_1)"
        " | 1/cosh(u1_1)^2 | 1-z_1^2 | 1-z1_1²"
    },
    ("delta-hidden", 2, 1): {
        "correct": "δ2_1 w2_1_3+δ2_2 w2_2_3 | δ^{(2)}_1w^{(2)}_{13}+δ^{(2)}_2w^{(2)}_{23}"
        " | δ1^(2) w13^(2)+δ2^(2) w23^(2)",
        "ambiguous": "δ_1^(2) w_13^(2)+δ_2^(2) w_23^(2)",
        "transposed-index": "δ2_1*w2_3_1+δ2_2*w2_3_2",
        "sum-sign": "\\sum_k \\delta^{(2)}_k w^{(2)}_{k3} | Σ_k δ_k w_k3 | sum(δ2_k w2_k_3)",
        "wrong one-path": "δ2_1*w2_1_3",
    },
    ("grad-b", 1, 1): {"correct": "δ1_1 x_2 | δ^{(1)}_1x_2 | δ1^(1)x2 | delta1_1*x2", "question-name": "δ1_1 z0_2"},
    ("integrated-gradients-path", 1, 0): {
        "correct": "12xyt^2 | 12t^2*x*y | 12*t**2*x*y | 12(tx)(ty)",
        "wrong no-path": "12xy",
    },
    ("integrated-gradients-path", 1, 1): {
        "correct": "4xy^2 | 4*x*y**2 | \\frac{12}{3}xy^2",
        "wrong no-difference": "4xy",
    },
    ("integrated-gradients-path", 1, 2): {"correct": "2xy^2+3x^2 | x(2y^2+3x)"},
    ("attention-shapes-derive", 1, 0): {
        "correct": "0.5 X F G^T X^T | 0.5*X @ F @ G.T @ X.T | 1/2 X F Gᵀ Xᵀ | \\frac{1}{2} X F (X G)^\\top",
        "misfit": "0.5 X F G X^T",
    },
    ("attention-shapes-derive", 1, 1): {"correct": "0.5 X F G^T X^T X H | 0.5*X @ F @ G.T @ X.T @ X @ H"},
    ("attention-gradient-matrices", 1, 0): {"correct": "A^T G | A.T @ G | Aᵀ G | (G^T A)^T", "misfit": "A G"},
    ("attention-gradient-matrices", 1, 1): {"correct": "G V^T | G @ V.T | (V Gᵀ)ᵀ", "misfit": "G V"},
    ("attention-gradient-matrices", 1, 2): {
        "correct": "0.1 B K | 0.1*B @ K | B K/10 | \\frac{1}{10} B K",
        "wrong no-constant": "B K",
    },
    ("attention-gradient-matrices", 1, 3): {"correct": "0.1 B^T Q | 0.1*B.T @ Q | Bᵀ Q/10", "misfit": "0.1 B Q"},
    ("residual-gradient-matrices", 1, 0): {"correct": "G W^T | G @ W.T | G Wᵀ | (W G^T)^T"},
    ("residual-gradient-matrices", 1, 1): {"correct": "G W^T ⊙ f'(U) | (G @ W.T) * f'(U) | f'(U) ⊙ (G Wᵀ)"},
    ("residual-gradient-matrices", 1, 2): {
        "correct": "(G W^T ⊙ f'(U)) M^T + G | G + ((G @ W.T) * f'(U)) @ M.T",
        "wrong no-skip": "(G W^T ⊙ f'(U)) M^T",
    },
    ("gru-step-backward", 1, 0): {"correct": "n-p | n - p", "wrong sign": "p-n"},
    ("gru-step-backward", 1, 1): {"correct": "0.5zp(1-n^2) | 0.5*z*p*(1 - n**2) | zp(1-n²)/2"},
    ("gru-step-backward", 1, 2): {"correct": "0.5r(1-n^2) | 0.5*r*(1 - n**2) | r/2 - r n²/2"},
    ("gru-step-backward", 1, 3): {
        "correct": "1-z+0.5zr(1-n^2) | 1 - z + 0.5*z*r*(1 - n**2)",
        "wrong direct-only": "1-z",
    },
    ("batch-norm-backward-steps", 1, 0): {
        "correct": "h_1/3 | h1/3 | \\frac{h_1}{3} | (1/3) h_1",
        "ambiguous": "1/3 h_1",
    },
    ("batch-norm-backward-steps", 1, 1): {
        "correct": "(2-h_1^2)/(3s) | 1/s - 1/(3s) - h_1^2/(3s) | \\frac{1}{3s}(2-h_1^2)",
        "wrong constants": "1/s",
    },
    ("batch-norm-backward-steps", 1, 2): {"correct": "-(1+h_1h_2)/(3s) | -1/(3s) - h_1 h_2/(3s)"},
    ("batch-norm-backward-steps", 1, 3): {
        "correct": "6(3d_1-(d_1+d_2+d_3)-h_1(d_1h_1+d_2h_2+d_3h_3))/(3s)"
        " | 2/s*(2*d_1 - d_2 - d_3 - h_1*(d_1*h_1 + d_2*h_2 + d_3*h_3))",
    },
    ("lstm-cell-backward", 1, 0): {"correct": "2m | 2*m"},
    ("lstm-cell-backward", 1, 1): {"correct": "2o(1-m^2) | 2*o*(1 - m**2) | 2 o - 2 o m²"},
    ("lstm-cell-backward", 1, 2): {"correct": "2op(1-m^2) | 2*o*p*(1 - m**2)"},
    ("lstm-cell-backward", 1, 3): {"correct": "2of(1-m^2) | 2*o*f*(1 - m**2)"},
    ("bptt-two-steps", 1, 0): {"correct": "6(h_2-t)(1-h_2^2) | 6*(h_2 - t)*(1 - h_2**2)"},
    ("bptt-two-steps", 1, 1): {"correct": "w(1-h_1^2) | w*(1 - h_1**2) | w - w h_1²"},
    ("bptt-two-steps", 1, 2): {"correct": "6(h_2-t)(1-h_2^2)(h_1+w(1-h_1^2)h_0)"},
    ("bptt-three-steps", 1, 0): {"correct": "1.5(1-h_3^2) | 1.5*(1 - h_3**2) | \\frac{3}{2}(1-h_3^2)"},
    ("bptt-three-steps", 1, 1): {"correct": "1.5w(1-h_3^2)(1-h_2^2)"},
    ("bptt-three-steps", 1, 2): {"correct": "1.5w^2(1-h_3^2)(1-h_2^2)(1-h_1^2)"},
    ("bptt-three-steps", 1, 3): {"correct": "1.5(1-h_3^2)(h_2+w(1-h_2^2)h_1+w^2(1-h_2^2)(1-h_1^2)h_0)"},
    ("mse-matrices", 1, 0): {
        "correct": "14(Y-T)/N | 14/N (Y - T) | \\frac{14}{N}(Y-T) | -14(T-Y)/N | 14*(Y - T)/N | (14Y-14T)/N",
        "wrong sign": "14(T-Y)/N",
    },
    ("mse-matrices", 1, 1): {
        "correct": "14X^T(Y-T)/N | 14/N X^T (Y - T) | 14*X.T @ (Y - T)/N | (14(Y-T)^T X)^T/N | 14Xᵀ(Y-T)/N",
        "misfit": "14X(Y-T)/N",
    },
    ("scale-shift-backward", 1, 0): {
        "correct": "8dU^T 1_N | 8*sum(dU, axis=0) | 8*dU.sum(axis=0) | 8 dUᵀ 1_N | 8*dU.T @ ones(N)",
    },
    ("scale-shift-backward", 1, 1): {
        "correct": "8*sum(dU ⊙ X, axis=0) | 8*np.sum(X * dU, axis=0) | 8(dU ⊙ X)^T 1_N",
    },
    ("sigmoid-matrices", 1, 0): {
        "correct": "dZ ⊙ Z ⊙ (1-Z) | dZ*Z*(1-Z) | (1-Z) ⊙ Z ⊙ dZ | dZ ∘ (Z - Z ⊙ Z) | dZ \\odot Z \\odot (1 - Z)",
    },
    ("sigmoid-matrices", 1, 1): {
        "correct": "5X^T(dZ ⊙ Z ⊙ (1-Z)) | 5*X.T @ (dZ*Z*(1-Z)) | 5Xᵀ(dZ ⊙ (Z - Z ⊙ Z))",
    },
    ("scores-backward", 1, 0): {
        "correct": "dS K/10 | 1/10 dS K | dS @ K/10 | (K^T dS^T)^T/10 | \\frac{1}{10} dS K",
        "misfit": "dS^T K/10",
    },
    ("scores-backward", 1, 1): {
        "correct": "dS^T Q/10 | dS.T @ Q/10 | (Q^T dS)^T/10 | 1/10 dSᵀ Q",
        "misfit": "dS Q/10",
    },
    ("theme-network", 1, 1): {
        "correct": "dV M^T ⊙ (1-Z ⊙ Z) | (dV@M.T)*(1-Z*Z) | (1 - Z ⊙ Z) ⊙ dV Mᵀ | dV M^T ⊙ (1 - Z*Z)",
    },
    ("scale-shift-backward", 1, 2): {
        "correct": "8dU ⊙ 1_N γ^T | 8*dU * (ones(N) @ gamma.T) | 8 1_N γ^T ⊙ dU | dU ⊙ (8 1_N gamma^T)",
        "wrong shape": "8dU γ",
    },
    ("affine-backward", 1, 0): {
        "correct": "X^T dU | Xᵀ dU | X.T @ dU | np.dot(X.T, dU) | X^{\\top} dU | (dU^T X)^T | X^T·dU | X^T*dU | X^TdU"
        " | dW = X^T dU",
        "wrong not-turned": "dU^T X",
        "wrong reduction": "X^T dU/N",
        "misfit": "X dU | X dU^T",
    },
    ("affine-backward", 1, 1): {
        "correct": "sum(dU, axis=0) | dU^T 1_N | 1_N^T dU | dU.sum(axis=0) | np.sum(dU, 0) | colsum(dU) | dUᵀ 1_{N}"
        " | \\mathbf{1}_N^\\top dU | (1_N^T dU)^T | dU.T @ ones(N)",
        "wrong wrong-axis": "sum(dU, axis=1) | dU 1_H",
        "wrong axis": "dU",
        "wrong reduction": "mean(dU, axis=0)",
    },
    ("affine-backward", 1, 2): {
        "correct": "dU W^T | dU Wᵀ | dU @ W.T | (W dU^T)^T | dU·W^⊤ | np.matmul(dU, W.T) | dU*W^T | dX = dU W^{T}",
        "wrong not-turned": "W dU^T",
        "misfit": "dU W",
    },
    ("softmax-matrices", 1, 0): {
        "correct": "(Y-T)/N | 1/N (Y-T) | Y/N - T/N | \\frac{Y - T}{N} | \\frac{1}{N}(Y-T) | -(T-Y)/N | N^-1 (Y-T)"
        " | （Ｙ－Ｔ）／Ｎ | dU = (Y - T)/N",
        "wrong no-mean": "Y - T",
        "wrong sign": "(T - Y)/N",
        "ambiguous": "1/NT",
    },
    ("softmax-matrices", 1, 1): {
        "correct": "X^T(Y-T)/N | 1/N X^T (Y - T) | Xᵀ(Y-T)/N | X.T @ (Y - T)/N | (X^T Y - X^T T)/N"
        " | \\frac{1}{N} X^\\top (Y - T) | ((Y-T)^T X)^T/N | np.dot(X.T, Y - T)/N",
        "wrong no-mean": "X^T (Y - T)",
        "misfit": "X (Y - T)/N",
        "ambiguous": "XT (Y - T)/N",
    },
    ("hidden-matrices", 1, 0): {"correct": "G M^T | G @ M.T | (M G^T)^T | G·M^⊤", "misfit": "G M"},
    ("hidden-matrices", 1, 1): {
        "correct": "G M^T ⊙ f'(U) | f'(U) ⊙ G M^T | G@M.T * f'(U) | (G Mᵀ) ∘ f'(U) | G M^\\top \\odot f'(U)"
        " | np.multiply(G @ M.T, f'(U)) | G M^T .* f′(U)",
        "wrong value": "G M^T ⊙ f(U)",
        "wrong missing-factor": "G M^T",
        "misfit": "G M^T f'(U)",
    },
    ("hidden-matrices", 1, 2): {
        "correct": "X^T (G M^T ⊙ f'(U)) | X.T @ (G@M.T * f'(U)) | ((G M^T ⊙ f'(U))^T X)^T | X^T [f'(U) ⊙ G M^T]",
        "wrong no-slope": "X^T G M^T",
        "misfit": "X^T G M^T ⊙ f'(U)",
    },
    ("normal-equation", 1, 0): {
        "correct": "2/N X^T (X w - y) | 2X^T(Xw - y)/N | \\frac{2}{N} X^\\top (X w - y) | 2/N (X^T X w - X^T y)"
        " | 2*X.T@(X@w - y)/N | -2/N X^T (y - X w) | (2/N) Xᵀ(Xw−y)",
        "wrong no-mean": "2 X^T (X w - y)",
        "wrong factor": "1/N X^T (X w - y)",
    },
    ("normal-equation", 1, 1): {
        "correct": "(X^T X)^-1 X^T y | (XᵀX)⁻¹Xᵀy | inv(X.T @ X) @ X.T @ y | (X^\\top X)^{-1} X^\\top y"
        " | np.linalg.inv(X.T@X) @ X.T @ y | (y^T X (X^T X)^-1)^T | w = (X^T X)^{-1} X^T y",
        "wrong no-inverse": "X^T X X^T y",
        "not-square": "X^-1 y",
        "using": "(X^T X)^-1 X^T X w",
    },
    ("delta-two-one-one", 2, 1): {
        "correct": "δ2_1 w2_1_1 z1_1(1-z1_1) | δ2 w2_1_1 z1(1-z1) | δ^{(2)}w^{(2)}_{11}z^{(1)}(1-z^{(1)})"
        " | (y-t)y(1-y)w2_1_1 z1_1(1-z1_1)"
    },
    ("delta-two-one-one", 3, 3): {
        "correct": "w1_1_2-ηδ1_1x_2 | w1_1_2 - eta*delta1_1*x_2 | w^{(1)}_{12}-\\eta\\delta^{(1)}_1x_2"
        " | w_12^(1)-ηδ_1^(1)x_2 | w_12+-ηδ1_1 x2",
        "wrong ascent": "w1_1_2+η*δ1_1*x_2",
    },
}


def flat(table: Mapping[Any, Mapping[str, str]]) -> Iterator[tuple[Any, str, str]]:
    """Exercise, answer and verdict, one for each answer."""
    for exercise, rows in table.items():
        for verdict, answers in rows.items():
            yield from ((exercise, answer, verdict) for answer in answers.split(" | "))


@pytest.fixture(scope="module")
def drawn(course) -> Callable[[str, int], Question]:
    @cache
    def draw(exercise: str, seed: int) -> Question:
        entry = course.exercise(exercise)
        question = SERVICE.answer(Draw(entry.source, entry.id, seed))
        assert isinstance(question, Question)
        return question

    return draw


def filled(template: str, question: Question) -> str:
    """The answer with the numbers of the drawing in place of `<a>` and `<2*a>`."""
    values = {
        name: Fraction(str(value)) for name, value in question.values.items() if not isinstance(value, tuple | list)
    }

    def number(found: re.Match[str]) -> str:
        value = evaluate(read_strict(found[1]), values, FRACTIONS)
        return format(Decimal(value.numerator) / value.denominator, "f")

    return re.sub("<([^<>]+)>", number, template)


def outcome(verdict: Verdict, answer: str) -> str:
    if verdict.outcome == Outcome.UNREADABLE:
        assert verdict.message
        return verdict.detail
    return f"{verdict.outcome} {verdict.mistake or ''}".strip()


@pytest.mark.parametrize(("exercise", "template", "wanted"), list(flat(EXPRESSIONS)))
def test_an_answer_in_the_words_of_the_prompt(drawn, exercise, template, wanted):
    question = drawn(exercise, SEED)
    answer = filled(template, question)
    assert outcome(SERVICE.answer(Grade(question, answer, "en")), answer) == wanted


@pytest.mark.parametrize(
    ("exercise", "seed", "step", "answer", "wanted"),
    [(*place, answer, wanted) for place, answer, wanted in flat(STEPS)],
)
def test_a_step_in_the_words_of_the_network(drawn, exercise, seed, step, answer, wanted):
    question = drawn(exercise, seed)
    earlier = tuple(one.answer for one in question.steps[:step])
    assert outcome(SERVICE.answer(Grade(question, answer, "en", step, earlier)), answer) == wanted


def test_every_formula_exercise_of_the_course_is_gone_through(course, drawn):
    entries = [entry for topic in course.topics for entry in topic.exercises]
    formulas = {entry.id for entry in entries if entry.kind == Kind.EXPRESSION}
    for entry in entries:
        if entry.kind == Kind.DERIVATION:
            steps = drawn(entry.id, SEED).steps
            formulas |= {entry.id for step in steps if isinstance(step.key, ExpressionKey)}
    assert formulas == {*EXPRESSIONS, *(exercise for exercise, _, _ in STEPS)}
