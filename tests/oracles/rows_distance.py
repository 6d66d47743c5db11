"""Golden rows: overlaps of masks and boxes, distances of vectors."""

from __future__ import annotations

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, exact, row
from scipy.spatial import distance
from sklearn import metrics
from torch import distributions
from torch.nn import functional

EACH, BITS = {"reduction": "none"}, {"base": 2}


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


ROWS = (
    segmentation,
    distances,
)
