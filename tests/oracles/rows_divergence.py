"""Golden rows: divergences, and what generation needs."""

from __future__ import annotations

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row
from scipy import stats
from scipy.spatial import distance
from sklearn import metrics
from torch import distributions
from torch.nn import functional

EACH, BITS = {"reduction": "none"}, {"base": 2}


def divergences() -> list[Row]:
    """Entropy, KL both ways and in each library's order, JS, Wasserstein, mutual information."""
    draw = Draws("kl_divergence")
    pair = {"p": draw.rows(3, 4), "q": draw.rows(3, 4)}
    one = {"p": pair["p"]}
    counts = draw.random.integers(1, 30, (3, 4)).astype(float)
    joint = {"joint": counts / counts.sum()}
    kl, places = "kl_divergence", np.arange(4.0)
    return [
        row("torch", "entropy", "special.entr, summed", lambda p: torch.special.entr(p).sum(-1).mean(), one, "p"),
        row(
            "torch",
            "entropy",
            "distributions.Categorical.entropy",
            lambda p: distributions.Categorical(p).entropy(),
            one,
            options=EACH,
            note="values only: it renormalises",
        ),
        row(
            "scipy",
            "entropy",
            "stats.entropy(base=2)",
            lambda p: stats.entropy(p, base=2, axis=-1),
            one,
            options={**BITS, **EACH},
        ),
        row(
            "torch",
            kl,
            "functional.kl_div(ln q, p, reduction='batchmean')",
            lambda p, q: functional.kl_div(q.log(), p, reduction="batchmean"),
            pair,
            "p q",
            note="torch takes ln Q first, the truth P second",
        ),
        row(
            "torch",
            kl,
            "functional.kl_div(ln q, p, reduction='sum')",
            lambda p, q: functional.kl_div(q.log(), p, reduction="sum"),
            pair,
            "p q",
            options={"reduction": "sum"},
        ),
        row(
            "torch",
            kl,
            "K · functional.kl_div(ln q, p, reduction='mean')",
            lambda p, q: 4 * functional.kl_div(q.log(), p, reduction="mean"),
            pair,
            "p q",
            note="'mean' divides by N · K",
        ),
        row(
            "torch",
            kl,
            "functional.kl_div(ln q, p, reduction='batchmean'), exchanged",
            lambda p, q: functional.kl_div(q.log(), p, reduction="batchmean"),
            {"p": pair["q"], "q": pair["p"]},
            "p q",
            note="the other direction",
        ),
        row(
            "torch",
            kl,
            "functional.kl_div(…) / ln 2",
            lambda p, q: functional.kl_div(q.log(), p, reduction="batchmean") / np.log(2),
            pair,
            "p q",
            options=BITS,
        ),
        row(
            "keras",
            kl,
            "losses.kl_divergence, its mean",
            lambda p, q: keras.losses.kl_divergence(p, q).mean(),
            pair,
            "p q",
            note="Keras clips both to 1e-7, which these inputs do not meet",
        ),
        row(
            "optax",
            kl,
            "losses.kl_divergence(ln q, p)",
            lambda p, q: optax.losses.kl_divergence(jnp.log(q), p),
            pair,
            "p q",
            options=EACH,
        ),
        row("scipy", kl, "stats.entropy(p, q)", lambda p, q: stats.entropy(p, q, axis=-1), pair, options=EACH),
        row(
            "scipy",
            "js_divergence",
            "spatial.distance.jensenshannon²",
            lambda p, q: distance.jensenshannon(p, q, axis=-1) ** 2,
            pair,
            options=EACH,
            note="SciPy gives the root",
        ),
        row(
            "scipy",
            "js_divergence",
            "spatial.distance.jensenshannon(base=2)²",
            lambda p, q: distance.jensenshannon(p, q, base=2, axis=-1) ** 2,
            pair,
            options={**EACH, **BITS},
        ),
        row("torch", "js_divergence", "½ functional.kl_div(ln m, p) + ½ functional.kl_div(ln m, q)", _js, pair, "p q"),
        row(
            "scipy",
            "wasserstein_1d",
            "stats.wasserstein_distance",
            lambda p, q: [stats.wasserstein_distance(places, places, *two) for two in zip(p, q, strict=True)],
            pair,
            options=EACH,
        ),
        row(
            "scipy",
            "wasserstein_1d",
            "stats.wasserstein_distance, bins 2.5 apart",
            lambda p, q: [
                stats.wasserstein_distance(2.5 * places, 2.5 * places, *two) for two in zip(p, q, strict=True)
            ],
            pair,
            options={"step": 2.5, **EACH},
        ),
        row(
            "scikit-learn",
            "mutual_information",
            "metrics.mutual_info_score(contingency=counts)",
            lambda _: metrics.mutual_info_score(None, None, contingency=counts),
            joint,
        ),
        row(
            "torch",
            "mutual_information",
            "functional.kl_div(ln of the product of the margins, joint, reduction='sum')",
            lambda p: functional.kl_div((p.sum(1, keepdim=True) * p.sum(0)).log(), p, reduction="sum"),
            joint,
            "joint",
        ),
    ]


def _js(p, q):
    middle = ((p + q) / 2).log()
    return sum(functional.kl_div(middle, one, reduction="batchmean") for one in (p, q)) / 2


def generation() -> list[Row]:
    """Samples' discrepancy, the VAE's parts, the adversarial losses."""
    draw = Draws("mmd2")
    samples = {"x": draw.reals(4, 2), "y": draw.reals(3, 2)}
    normal = {"m": draw.reals(3, 2), "v": draw.positive(3, 2)}
    game = {"real": draw.unit(4), "fake": draw.unit(3)}
    fake = {"fake": game["fake"]}
    torch.manual_seed(7)
    noise = torch.randn(3, 2, dtype=torch.float64).numpy()
    bce = functional.binary_cross_entropy

    def drawn(m, v, _):
        torch.manual_seed(7)
        return distributions.Normal(m, v.sqrt()).rsample()

    def against_standard(m, v):
        return distributions.kl_divergence(distributions.Normal(m, v.sqrt()), distributions.Normal(0.0, 1.0)).sum()

    return [
        row(
            "scikit-learn",
            "mmd2",
            "metrics.pairwise.rbf_kernel(gamma=1 / (2σ²)), biased means",
            _mmd2(1.0, biased=True),
            samples,
        ),
        row(
            "scikit-learn",
            "mmd2",
            "metrics.pairwise.rbf_kernel(gamma=1 / (2σ²)), unbiased means, σ = 1.5",
            _mmd2(1.5, biased=False),
            samples,
            options={"bandwidth": 1.5, "biased": "false"},
        ),
        row(
            "torch",
            "vae_kl",
            "distributions.kl_divergence(Normal(m, √v), Normal(0, 1)), summed",
            against_standard,
            normal,
            "m v",
        ),
        row(
            "torch",
            "reparametrize",
            "distributions.Normal(m, √v).rsample() with the same seed",
            drawn,
            {**normal, "noise": noise},
            "m v",
        ),
        row(
            "torch",
            "gan_value",
            "−functional.binary_cross_entropy(D(x), 1) − the same of (D(G(z)), 0)",
            lambda real, fake: -bce(real, torch.ones_like(real)) - bce(fake, torch.zeros_like(fake)),
            game,
            "real fake",
        ),
        row(
            "torch",
            "gan_generator_nonsaturating",
            "functional.binary_cross_entropy(D(G(z)), 1)",
            lambda fake: bce(fake, torch.ones_like(fake)),
            fake,
            "fake",
        ),
        row(
            "torch",
            "gan_generator_saturating",
            "−functional.binary_cross_entropy(D(G(z)), 0)",
            lambda fake: -bce(fake, torch.zeros_like(fake)),
            fake,
            "fake",
        ),
    ]


def _mmd2(bandwidth, *, biased):
    def kernel(x, y):
        return metrics.pairwise.rbf_kernel(x, y, gamma=1 / (2 * bandwidth**2))

    def within(x):
        return kernel(x, x).mean() if biased else kernel(x, x)[~np.eye(len(x), dtype=bool)].mean()

    return lambda x, y: within(x) + within(y) - 2 * kernel(x, y).mean()


ROWS = (
    divergences,
    generation,
)
