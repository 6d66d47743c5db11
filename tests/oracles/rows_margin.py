"""Golden rows: margins and metric learning."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row
from sklearn import metrics
from torch.nn import functional

EACH = {"reduction": "none"}


def margins() -> list[Row]:
    """Hinge losses and ranking."""
    draw = Draws("hinge")
    pair = {"s": draw.reals(3, 4), "t": draw.signs(3, 4)}
    scores = {"s": draw.reals(5, 4), "c": np.array([0, 1, 2, 3, 1])}
    ranked = {"a": draw.reals(3, 4), "b": draw.reals(3, 4), "sign": draw.signs(3, 4)}
    watkins, many = {"form": "weston_watkins"}, "multiclass_hinge"
    return [
        row("keras", "hinge", "losses.hinge, its mean", lambda s, t: keras.losses.hinge(t, s).mean(), pair, "s"),
        row("optax", "hinge", "hinge_loss", optax.losses.hinge_loss, pair, "s", options=EACH),
        row(
            "scikit-learn",
            "hinge",
            "metrics.hinge_loss",
            lambda s, t: metrics.hinge_loss(t.ravel(), s.ravel()),
            pair,
            note="takes decision values",
        ),
        row(
            "torch",
            "hinge",
            "functional.margin_ranking_loss(s, 0, t, margin=1)",
            lambda s, t: functional.margin_ranking_loss(s, torch.zeros_like(s), t, margin=1.0),
            pair,
            "s",
        ),
        row(
            "keras",
            "squared_hinge",
            "losses.squared_hinge, its mean",
            lambda s, t: keras.losses.squared_hinge(t, s).mean(),
            pair,
            "s",
        ),
        row(
            "optax",
            many,
            "multiclass_hinge_loss",
            jax.vmap(optax.losses.multiclass_hinge_loss),
            scores,
            "s",
            options=EACH,
            note="Crammer and Singer's",
        ),
        row(
            "scikit-learn",
            many,
            "metrics.hinge_loss of many classes",
            lambda s, c: metrics.hinge_loss(c, s, labels=[0, 1, 2, 3]),
            scores,
            note="Crammer and Singer's",
        ),
        row(
            "torch",
            many,
            "K · functional.multi_margin_loss",
            lambda s, c: 4 * functional.multi_margin_loss(s, c),
            scores,
            "s",
            options=watkins,
            note="Weston and Watkins's; torch divides by K",
        ),
        row("torch", "margin_ranking", "functional.margin_ranking_loss", functional.margin_ranking_loss, ranked, "a b"),
        row(
            "torch",
            "margin_ranking",
            "functional.margin_ranking_loss(margin=.5)",
            lambda a, b, y: functional.margin_ranking_loss(a, b, y, margin=0.5),
            ranked,
            "a b",
            options={"margin": 0.5},
        ),
    ]


def embeddings() -> list[Row]:
    """Triplet, circle, InfoNCE."""
    draw = Draws("triplet")
    pair = {"dp": draw.positive(6), "dn": draw.positive(6)}
    cosines = {"sp": draw.random.uniform(-0.2, 0.9, 3), "sn": draw.random.uniform(-0.6, 0.6, 4)}
    many = {"s": draw.random.uniform(-1, 1, (3, 5)), "positive": draw.labels(3, 5)}
    points = functional.normalize(torch.tensor(draw.reals(6, 3))).numpy()
    return [
        row(
            "torch",
            "triplet",
            "functional.triplet_margin_loss(eps=0) on a line",
            lambda dp, dn: functional.triplet_margin_loss(torch.zeros(6, 1), dp[:, None], dn[:, None], eps=0.0),
            pair,
            "dp dn",
            note="the anchor is 0; torch adds 1e-6 to differences",
        ),
        row(
            "torch",
            "triplet",
            "functional.triplet_margin_loss(margin=.3, eps=0) on a line",
            lambda dp, dn: functional.triplet_margin_loss(
                torch.zeros(6, 1), dp[:, None], dn[:, None], margin=0.3, eps=0.0
            ),
            pair,
            "dp dn",
            options={"margin": 0.3},
        ),
        row(
            "optax",
            "triplet",
            "triplet_margin_loss(eps=0) on a line",
            lambda dp, dn: optax.losses.triplet_margin_loss(jnp.zeros((6, 1)), dp[:, None], dn[:, None], eps=0.0),
            pair,
            "dp dn",
            options=EACH,
        ),
        row(
            "keras",
            "circle",
            "losses.circle against unit vectors",
            _circle(80.0, 0.4),
            cosines,
            "sp sn",
            note="the gradient goes through α",
        ),
        row(
            "keras",
            "circle",
            "losses.circle(gamma=4, margin=.25) against unit vectors",
            _circle(4.0, 0.25),
            cosines,
            "sp sn",
            options={"gamma": 4, "margin": 0.25},
        ),
        row(
            "torch",
            "info_nce",
            "functional.cross_entropy(s / τ)",
            lambda s, c: functional.cross_entropy(s / 0.07, c),
            many,
            "s",
        ),
        row(
            "torch",
            "info_nce",
            "functional.cross_entropy(s / .5)",
            lambda s, c: functional.cross_entropy(s / 0.5, c),
            many,
            "s",
            options={"tau": 0.5},
        ),
        row(
            "optax",
            "info_nce",
            "losses.ntxent",
            lambda _, __: optax.losses.ntxent(jnp.asarray(points), jnp.arange(6) // 2),
            _neighbours(points),
            note="values only; one positive an anchor, as with more optax drops the others from the denominator",
        ),
    ]


def _circle(gamma, margin):
    """One anchor whose similarities to the unit vectors are its own coordinates."""

    def loss(sp, sn):
        labels = torch.tensor([1] * len(sp) + [0] * len(sn))
        similarities, units = torch.cat([sp, sn])[None], torch.eye(len(labels), dtype=torch.float64)
        return keras.losses.circle(labels[:1], similarities, labels, units, False, gamma, margin)[0]

    return loss


def _neighbours(points):
    """Similarities of each point to the others, and the place of the one other point of its class."""
    whole = points @ points.T
    others = np.stack([np.delete(line, i) for i, line in enumerate(whole)])
    return {"s": np.clip(others, -1, 1), "positive": np.array([0, 0, 2, 2, 4, 4])}


ROWS = (
    margins,
    embeddings,
)
