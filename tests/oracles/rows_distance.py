"""Golden rows: divergences, generation, segmentation, distances, regularisers."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row
from rows_regression import exact
from scipy import special, stats
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


def segmentation() -> list[Row]:
    """Overlaps of masks and boxes."""
    draw = Draws("dice_loss")
    soft = {"y": draw.unit(3, 4), "t": draw.bits(3, 4)}
    masks = {"a": draw.bits(3, 4), "b": draw.bits(3, 4)[::-1].copy()}
    boxes = {"a": draw.random.uniform(0, 2, 4), "b": draw.random.uniform(0, 2, 4)}
    for one in boxes.values():
        one[2:] += one[:2] + 0.5

    def by_optax(y, t):
        logits = (jnp.log(y) - jnp.log1p(-y)).reshape(1, -1, 1)
        return optax.losses.dice_loss(logits, t.reshape(1, -1, 1), smooth=1.0)[0]

    return [
        row(
            "keras",
            "dice_loss",
            "losses.dice at ε = 0",
            exact(lambda y, t: keras.losses.dice(t, y)),
            soft,
            "y t",
            note="Keras adds ε = 1e-7 to the denominator alone",
        ),
        row(
            "optax",
            "dice_loss",
            "losses.dice_loss(smooth=1) of ln(y / (1 − y))",
            by_optax,
            soft,
            "y t",
            options={"smooth": 2},
            note="optax halves both sums: its smooth 1 is our 2",
        ),
        row(
            "scikit-learn",
            "dice_loss",
            "1 − metrics.f1_score of masks",
            lambda y, t: 1 - metrics.f1_score(t.ravel(), y.ravel()),
            {"y": masks["a"], "t": masks["b"]},
        ),
        row(
            "scikit-learn",
            "iou",
            "metrics.jaccard_score",
            lambda a, b: metrics.jaccard_score(a.ravel(), b.ravel()),
            masks,
        ),
        row(
            "keras",
            "box_iou",
            "utils.bounding_boxes.compute_iou('xyxy')",
            lambda a, b: keras.utils.bounding_boxes.compute_iou(a[None], b[None], "xyxy")[0, 0],
            boxes,
            loose=(1e-6, "it casts boxes to float32, and adds ε = 1e-7 to the union"),
        ),
    ]


def distances() -> list[Row]:
    """Distances of vectors, row by row."""
    draw = Draws("euclidean_distance")
    pair = {"a": draw.reals(3, 4), "b": draw.reals(3, 4)}
    spread = draw.reals(3, 3)
    place = {"x": draw.reals(3), "center": draw.reals(3), "covariance": spread @ spread.T + np.eye(3)}
    place["covariance"] = (place["covariance"] + place["covariance"].T) / 2

    def norm(order):
        return lambda a, b: torch.linalg.vector_norm(a - b, order, dim=-1).mean()

    def rows(function, **options):
        return lambda a, b: [function(*two, **options) for two in zip(a, b, strict=True)]

    def mahalanobis(x, center, covariance):
        normal = distributions.MultivariateNormal(center, covariance)
        return (2 * (normal.log_prob(center.detach()).detach() - normal.log_prob(x))).sqrt()

    cosine, opposite = "cosine_similarity", "cosine_distance"
    return [
        row("torch", "euclidean_distance", "linalg.vector_norm(a − b, 2)", norm(2), pair, "a b"),
        row("scipy", "euclidean_distance", "spatial.distance.euclidean", rows(distance.euclidean), pair, options=EACH),
        row("torch", "manhattan_distance", "linalg.vector_norm(a − b, 1)", norm(1), pair, "a b"),
        row("scipy", "manhattan_distance", "spatial.distance.cityblock", rows(distance.cityblock), pair, options=EACH),
        row("torch", "chebyshev_distance", "linalg.vector_norm(a − b, ∞)", norm(float("inf")), pair, "a b"),
        row("scipy", "chebyshev_distance", "spatial.distance.chebyshev", rows(distance.chebyshev), pair, options=EACH),
        row("torch", "minkowski_distance", "linalg.vector_norm(a − b, 3)", norm(3), pair, "a b", options={"order": 3}),
        row(
            "scipy",
            "minkowski_distance",
            "spatial.distance.minkowski(p=1.5)",
            rows(distance.minkowski, p=1.5),
            pair,
            options={"order": 1.5, **EACH},
        ),
        row(
            "torch",
            cosine,
            "functional.cosine_similarity",
            lambda a, b: functional.cosine_similarity(a, b).mean(),
            pair,
            "a b",
        ),
        row(
            "keras",
            cosine,
            "−losses.cosine_similarity, its mean",
            lambda a, b: -keras.losses.cosine_similarity(b, a).mean(),
            pair,
            "a b",
            note="Keras's loss is −cos",
        ),
        row(
            "scikit-learn",
            cosine,
            "metrics.pairwise.cosine_similarity, its diagonal",
            lambda a, b: np.diag(metrics.pairwise.cosine_similarity(a, b)),
            pair,
            options=EACH,
        ),
        row("optax", opposite, "cosine_distance", optax.cosine_distance, pair, "a b", options=EACH, note="1 − cos"),
        row("scipy", opposite, "spatial.distance.cosine", rows(distance.cosine), pair, options=EACH),
        row(
            "torch",
            opposite,
            "functional.cosine_embedding_loss with labels 1",
            lambda a, b: functional.cosine_embedding_loss(a, b, torch.ones(3)),
            pair,
            "a b",
            note="1e-12 is added to both squared lengths",
        ),
        row(
            "scipy",
            "mahalanobis_distance",
            "spatial.distance.mahalanobis",
            lambda x, c, s: distance.mahalanobis(x, c, np.linalg.inv(s)),
            place,
        ),
        row(
            "torch",
            "mahalanobis_distance",
            "√(2 (ln f(μ) − ln f(x))) of distributions.MultivariateNormal",
            mahalanobis,
            place,
            "x center",
        ),
    ]


def penalties() -> list[Row]:
    """Penalties on weights."""
    draw = Draws("l2")
    weights = draw.reals(3, 4)
    sparse = {"w": np.where(draw.bits(3, 4) == 1, weights, 0.0)}
    w = {"w": weights}
    strength = {"strength": 0.3}
    both = {"strength": 2.0, "ratio": 0.3}
    return [
        row("torch", "l0", "linalg.vector_norm(w, 0)", lambda w: torch.linalg.vector_norm(w.ravel(), 0), sparse),
        row("keras", "l1", "regularizers.L1(.3)", keras.regularizers.L1(0.3), w, "w", options=strength),
        row("torch", "l1", "linalg.vector_norm(w, 1)", lambda w: torch.linalg.vector_norm(w.ravel(), 1), w, "w"),
        row(
            "keras",
            "l2",
            "regularizers.L2(.3)",
            keras.regularizers.L2(0.3),
            w,
            "w",
            options=strength,
            note="λ Σw², without ½",
        ),
        row(
            "optax",
            "l2",
            "l2_loss(w), summed",
            lambda w: optax.l2_loss(w).sum(),
            w,
            "w",
            options={"half": "true"},
            note="½ Σw²",
        ),
        row(
            "keras",
            "elastic",
            "regularizers.L1L2(l1=.6, l2=1.4)",
            keras.regularizers.L1L2(l1=0.6, l2=1.4),
            w,
            "w",
            options=both,
        ),
    ]


def activations() -> list[Row]:
    """Activations; of softmax the Jacobian, else the derivative of each element."""
    draw = Draws("sigmoid")
    x, z = {"x": draw.reals(3, 4, spread=3)}, {"z": draw.reals(3, 4, spread=3)}
    kept = {"x": np.append(x["x"].ravel(), 0.0)}
    keras_names = {
        "sigmoid": "sigmoid",
        "tanh": "tanh",
        "relu": "relu",
        "elu": "elu",
        "softplus": "softplus",
        "swish": "silu",
        "identity": "linear",
    }
    torch_names = {
        "sigmoid": "sigmoid",
        "tanh": "tanh",
        "relu": "relu",
        "elu": "elu",
        "softplus": "softplus",
        "swish": "silu",
        "gelu": "gelu",
    }
    slope, alpha = {"slope": 0.2}, {"alpha": 0.7}
    row_of_z = {"z": z["z"]}
    return [
        *(
            row("torch", ours, f"functional.{its}", getattr(functional, its), x, "x")
            for ours, its in torch_names.items()
        ),
        *(
            row("keras", ours, f"activations.{its}", getattr(keras.activations, its), x, "x")
            for ours, its in keras_names.items()
        ),
        *(
            row("jax", ours, f"nn.{its}", getattr(jax.nn, its), x, "x")
            for ours, its in torch_names.items()
            if its != "gelu"
        ),
        row(
            "jax",
            "gelu",
            "nn.gelu(approximate=False)",
            lambda x: jax.nn.gelu(x, approximate=False),
            x,
            "x",
            note="jax's default is the tanh form",
        ),
        row(
            "keras",
            "gelu",
            "activations.gelu(approximate=False)",
            lambda x: keras.activations.gelu(x, approximate=False),
            x,
            "x",
        ),
        row("torch", "identity", "nn.Identity()", torch.nn.Identity(), x, "x"),
        row("torch", "step", "heaviside(x, 0)", lambda x: torch.heaviside(x, torch.zeros((), dtype=x.dtype)), kept),
        row(
            "torch",
            "leaky_relu",
            "functional.leaky_relu",
            functional.leaky_relu,
            x,
            "x",
            note="slope 0.01; Keras's default is 0.2",
        ),
        row("keras", "leaky_relu", "activations.leaky_relu", keras.activations.leaky_relu, x, "x", options=slope),
        row("torch", "elu", "functional.elu(alpha=.7)", lambda x: functional.elu(x, alpha=0.7), x, "x", options=alpha),
        row("scipy", "sigmoid", "special.expit", special.expit, x),
        row("scipy", "softmax", "special.softmax(axis=-1)", lambda z: special.softmax(z, axis=-1), row_of_z),
        row("torch", "softmax", "softmax(dim=-1)", lambda z: torch.softmax(z, -1), row_of_z, "z", jacobian=True),
        row(
            "torch",
            "softmax",
            "softmax(z / 2.5, dim=-1)",
            lambda z: torch.softmax(z / 2.5, -1),
            row_of_z,
            "z",
            jacobian=True,
            options={"temperature": 2.5},
        ),
        row("keras", "softmax", "activations.softmax", keras.activations.softmax, row_of_z),
    ]


ROWS = (divergences, generation, segmentation, distances, penalties, activations)
