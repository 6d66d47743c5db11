"""No formula of the prose contradicts the engine: each is in its page, and has the value of its entry."""

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from studyapp.domain.expression import Node
from studyapp.engine.calculator import compute
from studyapp.language import read_strict
from tests.content.prose_formulas import Meaning, value_of

CONTENT = Path(__file__).parent.parent.parent / "content"
DRAWINGS = 8
COUNT, CLASSES = 3, 4

Drawer = Callable[[random.Random], Any]


def number(low: float, high: float) -> Drawer:
    return lambda generator: round(generator.uniform(low, high), 3)


def numbers(low: float, high: float, count: int = CLASSES) -> Drawer:
    return lambda generator: [round(generator.uniform(low, high), 3) for _ in range(count)]


def probabilities(generator: random.Random) -> list[float]:
    parts = [generator.uniform(0.1, 1) for _ in range(CLASSES)]
    return [part / sum(parts) for part in parts]


def rows_of_probabilities(generator: random.Random) -> list[list[float]]:
    return [probabilities(generator) for _ in range(COUNT)]


def bit(generator: random.Random) -> float:
    return float(generator.randrange(2))


def bits(generator: random.Random) -> list[float]:
    return [bit(generator) for _ in range(COUNT)]


def label(generator: random.Random) -> float:
    return generator.choice((-1.0, 1.0))


def index(generator: random.Random) -> int:
    return generator.randrange(CLASSES)


REALS, POSITIVES = numbers(-3, 3), numbers(0.1, 3)
REAL, POSITIVE, SHARE = number(-3, 3), number(0.2, 3), number(0.1, 0.9)
DRAWERS: Mapping[str, Drawer] = {
    **dict.fromkeys(("y", "t", "r", "z", "s"), REALS),
    **dict.fromkeys(("u", "g", "w", "theta"), REAL),
    **dict.fromkeys(("v", "delta", "gamma", "m", "d", "dp", "dn", "tau", "T", "h"), POSITIVE),
    **dict.fromkeys(("alpha", "eta", "rho", "mu", "beta1", "beta2", "strength"), SHARE),
    "c": index,
    "k": index,
    "varepsilon": number(0.01, 0.1),
}
"""What the letters stand for, where a row does not say otherwise."""
ONE: Mapping[str, Drawer] = {"y": REAL, "t": REAL, "r": REAL, "s": REAL}
COUNTS: Mapping[str, Drawer] = {"y": POSITIVES, "t": POSITIVES}
DISTRIBUTIONS: Mapping[str, Drawer] = dict.fromkeys(("y", "t", "p", "q"), probabilities)
CUMULATED = "({0}[0], {0}[0] + {0}[1], {0}[0] + {0}[1] + {0}[2], 1)"


@dataclass(frozen=True, slots=True)
class Row:
    """A formula of a page and the call that has its value; with `by`, the call's derivative by that name.

    `draw` are values that differ from the usual ones, `reads` what the page's letters are where the engine calls them
    otherwise, `where` a condition on the values, `over` how many values letters below sums have.
    """

    topic: str
    tex: str
    call: str
    draw: Mapping[str, Drawer] = field(default_factory=dict)
    by: str = ""
    reads: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    over: Mapping[str, int] = field(default_factory=dict)

    @property
    def entry(self) -> str:
        """The catalogue's name that the row is about."""
        return self.call.partition("(")[0]


SQUARED, SLOPES, ABSOLUTE = "losses/squared-error", "descent/slopes", "losses/absolute-error"
HUBER, COUNTING = "losses/huber", "losses/likelihood"
CE, BCE, LOGITS = "losses/cross-entropy", "losses/binary-cross-entropy", "losses/logits"
HINGE, IMBALANCE, DIVERGENCES = "losses/hinge", "losses/imbalance", "losses/divergences"
METRIC, EMBEDDINGS = "metric/metric-learning", "metric/embeddings"
DISTANCES = "statistics/distances"
OPTIMISERS, OVERFITTING = "descent/optimisers", "learning/overfitting"

ROWS = (
    Row(SQUARED, r"\sum_k (y_k - t_k)^2", "sse(y, t)"),
    Row(SQUARED, r"\frac{1}{2} \sum_k (y_k - t_k)^2", "half_sse(y, t)"),
    Row(SQUARED, r"\frac{1}{n} \sum_k (y_k - t_k)^2", "mse(y, t)"),
    Row(SLOPES, r"\frac{2}{n} (y_k - t_k)", "mse(y, t)", by="y"),
    Row(ABSOLUTE, r"\mathrm{MAE} = \frac{1}{n} \sum_k \lvert y_k - t_k \rvert", "mae(y, t)"),
    Row(ABSOLUTE, r"\mathrm{RMSE} = \sqrt{\frac{1}{n} \sum_k (y_k - t_k)^2}", "rmse(y, t)"),
    Row(ABSOLUTE, r"\mathrm{MSLE} = \frac{1}{n} \sum_k (\log (1 + y_k) - \log (1 + t_k))^2", "msle(y, t)", COUNTS),
    Row(ABSOLUTE, r"\sqrt{\frac{1}{n} \sum_k (\log (1 + y_k) - \log (1 + t_k))^2}", "rmsle(y, t)", COUNTS),
    Row(HUBER, r"E = \frac{1}{2} r^2", "huber(r, 0, delta=delta)", ONE, where="abs(r) <= delta"),
    Row(
        HUBER,
        r"E = \delta \left( \lvert r \rvert - \frac{1}{2} \delta \right)",
        "huber(r, 0, delta=delta)",
        ONE,
        where="abs(r) > delta",
    ),
    Row(HUBER, r"\frac{\partial E}{\partial y} = \min(\max(r, -\delta), \delta)", "huber(r, 0, delta=delta)", ONE, "r"),
    Row(HUBER, r"E = \log \cosh r = \log \frac{e^r + e^{-r}}{2}", "log_cosh(r, 0)", ONE),
    Row(HUBER, r"\frac{\partial E}{\partial y} = \tanh r", "log_cosh(r, 0)", ONE, by="r"),
    Row(HUBER, r"E = \tau \max(0, t - y) + (1 - \tau) \max(0, y - t)", "pinball(y, t, tau=tau)", {**ONE, "tau": SHARE}),
    Row(COUNTING, r"E = y - t \log y", "poisson_nll(y, t)", {"y": POSITIVE, "t": POSITIVE}),
    Row(
        COUNTING,
        r"\frac{\partial E}{\partial y} = 1 - \frac{t}{y}",
        "poisson_nll(y, t)",
        {"y": POSITIVE, "t": POSITIVE},
        by="y",
    ),
    Row(COUNTING, r"E = \frac{1}{2} \left( \log v + \frac{(y - t)^2}{v} \right)", "gaussian_nll(y, t, v)", ONE),
    Row(COUNTING, r"\frac{\partial E}{\partial y} = \frac{y - t}{v}", "gaussian_nll(y, t, v)", ONE, by="y"),
    Row("losses/softmax", r"y_k = \frac{e^{z_k}}{\sum_j e^{z_j}}", "softmax(z)[k]"),
    Row("losses/softmax", r"y_k = \frac{e^{z_k / T}}{\sum_j e^{z_j / T}}", "softmax(z, temperature=T)[k]"),
    Row(CE, r"E = -\sum_k t_k \log y_k", "cross_entropy(y, t)", DISTRIBUTIONS),
    Row(CE, r"E = -\log y_c", "sparse_cross_entropy(y, c)", DISTRIBUTIONS),
    Row(
        CE,
        r"E = -\frac{1}{N} \sum_n \sum_k t_{nk} \log y_{nk}",
        "cross_entropy(y, t)",
        {"y": rows_of_probabilities, "t": rows_of_probabilities},
    ),
    Row(BCE, r"y = \sigma(u) = \frac{1}{1 + e^{-u}}", "sigmoid(u)"),
    Row(BCE, r"E = -t \log y - (1 - t) \log (1 - y)", "binary_cross_entropy(y, t)", {"y": SHARE, "t": bit}),
    Row(
        BCE,
        r"E = -\frac{1}{N} \sum_n (t_n \log y_n + (1 - t_n) \log (1 - y_n))",
        "binary_cross_entropy(y, t)",
        {"y": numbers(0.1, 0.9, COUNT), "t": bits},
    ),
    Row(LOGITS, r"E = \log \sum_j e^{z_j} - z_c", "sparse_cross_entropy_with_logits(z, c)"),
    Row(LOGITS, r"E = \log \sum_j e^{z_j} - \sum_k t_k z_k", "cross_entropy_with_logits(z, t)", {"t": probabilities}),
    Row(
        LOGITS,
        r"E = \max(u, 0) - u t + \log (1 + e^{-\lvert u \rvert})",
        "binary_cross_entropy_with_logits(u, t)",
        {"t": bit},
    ),
    Row(HINGE, r"E = \max(0, 1 - t s)", "hinge(s, t)", {"s": REAL, "t": label}),
    Row(HINGE, r"\max(0, 1 - t s)^2", "squared_hinge(s, t)", {"s": REAL, "t": label}),
    Row(HINGE, r"E_{CS} = \max(0, 1 + \max_{k \ne c} s_k - s_c)", "multiclass_hinge(s, c)"),
    Row(HINGE, r"E_{WW} = \sum_{k \ne c} \max(0, 1 + s_k - s_c)", "multiclass_hinge(s, c, form=weston_watkins)"),
    Row(IMBALANCE, r"-(1 - p_t)^\gamma \log p_t", "focal(p, 1, gamma=gamma)", {"p": SHARE}, reads={"p_t": "p"}),
    Row(
        IMBALANCE,
        r"E = -\alpha_t (1 - p_t)^\gamma \log p_t",
        "focal(p, t, gamma=gamma, alpha=alpha)",
        {"p": SHARE, "t": bit},
        reads={"p_t": "if(t > 0, p, 1 - p)", "alpha_t": "if(t > 0, alpha, 1 - alpha)"},
    ),
    Row(IMBALANCE, r"t'_k = (1 - \alpha) t_k + \frac{\alpha}{K}", "label_smoothing(t, alpha)[k]", {"t": probabilities}),
    Row(DIVERGENCES, r"H(P) = -\sum_k p_k \log p_k", "entropy(p)", DISTRIBUTIONS),
    Row(DIVERGENCES, r"D(P \parallel Q) = \sum_k p_k \log \frac{p_k}{q_k}", "kl_divergence(p, q)", DISTRIBUTIONS),
    Row(
        DIVERGENCES,
        r"\mathrm{JS}(P, Q) = \frac{1}{2} D(P \parallel M) + \frac{1}{2} D(Q \parallel M)",
        "js_divergence(p, q)",
        DISTRIBUTIONS,
        reads={"P": "p", "Q": "q", "M": "(p + q) / 2"},
    ),
    Row(
        DIVERGENCES,
        r"W(P, Q) = h \sum_k \lvert F_k - G_k \rvert",
        "wasserstein_1d(p, q, step=h)",
        DISTRIBUTIONS,
        reads={"F": CUMULATED.format("p"), "G": CUMULATED.format("q")},
    ),
    Row(METRIC, r"E = \max(0, d_p - d_n + m)", "triplet(dp, dn, margin=m)", reads={"d_p": "dp", "d_n": "dn"}),
    Row(METRIC, r"\frac{1}{2} d^2", "contrastive(d, 1, margin=m)"),
    Row(METRIC, r"\frac{1}{2} \max(0, m - d)^2", "contrastive(d, 0, margin=m)"),
    Row(
        EMBEDDINGS,
        r"E = -\log \frac{e^{s_+ / \tau}}{\sum_k e^{s_k / \tau}}",
        "info_nce(s, c, tau=tau)",
        reads={"s_+": "s[c]"},
    ),
    Row(EMBEDDINGS, r"s \cos(\theta + m)", "arcface_logit(theta, m, s)", ONE),
    Row(EMBEDDINGS, r"s (\cos \theta - m)", "cosface_logit(theta, m, s)", ONE),
    Row(
        EMBEDDINGS,
        r"E = \log \left( 1 + \sum_n e^{\gamma \alpha_n (s_n - m)} \sum_p e^{-\gamma \alpha_p (s_p - 1 + m)} \right)",
        "circle(sp, sn, gamma=gamma, margin=m)",
        {"sp": numbers(-1, 1, 2), "sn": numbers(-1, 1, 3)},
        reads={"s_p": "sp", "s_n": "sn", "alpha_p": "maximum(0, 1 + m - sp)", "alpha_n": "maximum(0, sn + m)"},
        over={"p": 2, "n": 3},
    ),
    Row(
        "generative/vae",
        r"D_{KL} = \frac{1}{2} \sum_i (\mu_i^2 + \sigma_i^2 - \log \sigma_i^2 - 1)",
        "vae_kl(mu, sigma**2)",
        {"mu": REALS, "sigma": POSITIVES},
    ),
    Row(
        "generative/vae",
        r"z = \mu + \sigma \varepsilon",
        "reparametrize(mu, sigma**2, varepsilon)",
        {"sigma": POSITIVE},
    ),
    Row(
        "generative/gan",
        r"V = E_x[\log D(x)] + E_z[\log (1 - D(G(z)))]",
        "gan_value(x, z)",
        {"x": numbers(0.1, 0.9), "z": numbers(0.1, 0.9)},
    ),
    Row("generative/gan", r"E = E_z[f(G(z))] - E_x[f(x)]", "wgan_critic(x, z)", {"x": REALS, "z": REALS}),
    Row(OVERFITTING, r"\lambda \sum_i \lvert w_i \rvert", "l1(w, strength=strength)", {"w": REALS}),
    Row(OVERFITTING, r"\lambda \sum_i w_i^2", "l2(w, strength=strength)", {"w": REALS}),
    Row(OVERFITTING, r"\frac{\lambda}{2} \sum_i w_i^2", "l2(w, strength=strength, half=true)", {"w": REALS}),
    Row(OVERFITTING, r"w \leftarrow w - \eta (g + \lambda w)", "weight_decay_step(w, g, eta, strength)"),
    Row(OPTIMISERS, r"v \leftarrow \mu v - \eta g", "momentum_step(w, g, v, eta, mu=mu)[1]"),
    Row(OPTIMISERS, r"w \leftarrow w + v", "momentum_step(w, g, v, eta, mu=mu)[0]", reads={"v": "mu * v - eta * g"}),
    Row(OPTIMISERS, r"s \leftarrow s + g^2", "adagrad_step(w, g, s, eta)[1]", {"s": POSITIVE}),
    Row(
        OPTIMISERS,
        r"w \leftarrow w - \frac{\eta g}{\sqrt{s} + \varepsilon}",
        "adagrad_step(w, g, s, eta, epsilon=varepsilon)[0]",
        {"s": POSITIVE},
        reads={"s": "s + g**2"},
    ),
    Row(OPTIMISERS, r"s \leftarrow \rho s + (1 - \rho) g^2", "rmsprop_step(w, g, s, eta, rho=rho)[1]", {"s": POSITIVE}),
    Row(
        OPTIMISERS,
        r"w \leftarrow w - \frac{\eta g}{\sqrt{s} + \varepsilon}",
        "rmsprop_step(w, g, s, eta, rho=rho, epsilon=varepsilon)[0]",
        {"s": POSITIVE},
        reads={"s": "rho * s + (1 - rho) * g**2"},
    ),
    Row(OPTIMISERS, r"m \leftarrow \beta_1 m + (1 - \beta_1) g", "adam_step(w, g, m, v, 3, eta, beta1=beta1)[1]"),
    Row(OPTIMISERS, r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2", "adam_step(w, g, m, v, 3, eta, beta2=beta2)[2]"),
    Row(
        OPTIMISERS,
        r"w \leftarrow w - \frac{\eta \hat{m}}{\sqrt{\hat{v}} + \varepsilon}",
        "adam_step(w, g, m, v, 3, eta, beta1=beta1, beta2=beta2, epsilon=varepsilon)[0]",
        reads={
            "hat m": "(beta1 * m + (1 - beta1) * g) / (1 - beta1**3)",
            "hat v": "(beta2 * v + (1 - beta2) * g**2) / (1 - beta2**3)",
        },
    ),
    Row(DISTANCES, r"\sqrt{\sum_k d_k^2}", "euclidean_distance(d, zeros(4))", {"d": REALS}),
    Row(DISTANCES, r"\sum_k \lvert d_k \rvert", "manhattan_distance(d, zeros(4))", {"d": REALS}),
)


def expression(text: str) -> Node:
    node = read_strict(text)
    assert isinstance(node, Node), text
    return node


def computed(text: str, values: Mapping[str, Any], by: str = "") -> Any:
    """The engine's value of a call, or its derivative."""
    literals = {name: expression(repr(value)) for name, value in values.items()}
    result = compute(expression(text), literals, by or None)
    return result.gradient if by else result.value


def drawings(row: Row) -> list[dict[str, Any]]:
    """Values for every letter, some times over; those that the row excludes are drawn again."""
    found: list[dict[str, Any]] = []
    for seed in range(50 * DRAWINGS):
        generator = random.Random(f"{row.tex}:{seed}")
        values = {name: draw(generator) for name, draw in {**DRAWERS, **row.draw}.items()}
        if not row.where or computed(row.where, values):
            found.append(values)
        if len(found) == DRAWINGS:
            return found
    raise AssertionError(f"no values for {row}")


def meaning(row: Row, values: Mapping[str, Any]) -> Meaning:
    """The letters as the page writes them."""
    letters = {**values, "n": CLASSES, "N": COUNT, "K": CLASSES, "lambda": values["strength"]}
    letters |= {"beta_1": values["beta1"], "beta_2": values["beta2"]}
    letters |= {name: computed(text, values) for name, text in row.reads.items()}
    over: dict[str, Any] = {**dict.fromkeys("kji", range(CLASSES)), "n": range(COUNT)}
    over |= {letter: range(count) for letter, count in row.over.items()}
    if "E_x" in row.tex:
        over |= {"x": letters.pop("x"), "z": letters.pop("z")}
        letters |= dict.fromkeys("DGf", float)
    letters.setdefault("D", relative_entropy)
    return Meaning(letters, over, {"c": values["c"], "k": values["k"]})


def relative_entropy(p: list[float], q: list[float]) -> float:
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))


def page(topic: str, language: str) -> str:
    """The text of a page with every gap as one space."""
    return " ".join((CONTENT / language / f"{topic}.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.entry} {row.tex}")
class TestAFormulaOfThePages:
    def test_stands_in_its_page_in_both_languages(self, row):
        for language in ("ja", "en"):
            assert row.tex in page(row.topic, language)

    def test_has_the_value_of_the_catalogue(self, row):
        for values in drawings(row):
            said = value_of(row.tex, meaning(row, values))
            found = computed(row.call, values, row.by)
            if isinstance(found, list):
                found = found[values["k"]]
            assert said == pytest.approx(found, rel=1e-9, abs=1e-12), values


@pytest.mark.parametrize(
    ("tex", "call"),
    [
        (r"\frac{1}{2} \sum_k (y_k - t_k)^2", "mse(y, t)"),
        (r"-\log \sum_j e^{z_j} - z_c", "sparse_cross_entropy_with_logits(z, c)"),
        (r"\max(0, 1 - t s^2)", "squared_hinge(s, t)"),
        (r"\sum_k \max(0, 1 + s_k - s_c)", "multiclass_hinge(s, c, form=weston_watkins)"),
        (r"\log \frac{e^r + e^{-r}}{3}", "log_cosh(r, 0)"),
    ],
)
def test_a_formula_that_says_something_else_has_another_value(tex, call):
    row = next(row for row in ROWS if row.call == call and not row.by)
    assert any(
        value_of(tex, meaning(row, values)) != pytest.approx(computed(call, values), rel=1e-3)
        for values in drawings(row)
    )
