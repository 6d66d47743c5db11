"""Golden rows: cross-entropies, from probabilities and from logits."""

from __future__ import annotations

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row
from sklearn import metrics
from torch.nn import functional

EACH = {"reduction": "none"}


TOTAL = {"reduction": "sum"}


def binary() -> list[Row]:
    """Binary cross-entropy from probabilities and from logits, hard and soft targets; focal loss."""
    draw = Draws("binary_cross_entropy")
    hard = {"y": draw.unit(3, 4), "t": draw.bits(3, 4)}
    soft = {"y": draw.unit(3, 4), "t": draw.unit(3, 4)}
    logits = {"z": draw.reals(3, 4, spread=4), "t": draw.unit(3, 4)}
    call, stable = "binary_cross_entropy", "binary_cross_entropy_with_logits"
    bce = functional.binary_cross_entropy
    with_logits = functional.binary_cross_entropy_with_logits
    return [
        row("torch", call, "functional.binary_cross_entropy", bce, soft, "y t"),
        row(
            "torch",
            call,
            "functional.binary_cross_entropy(reduction='sum')",
            lambda y, t: bce(y, t, reduction="sum"),
            hard,
            "y",
            options=TOTAL,
        ),
        row(
            "torch",
            call,
            "functional.binary_cross_entropy(reduction='none')",
            lambda y, t: bce(y, t, reduction="none"),
            hard,
            "y",
            options=EACH,
        ),
        row(
            "keras",
            call,
            "losses.binary_crossentropy, its mean",
            lambda y, t: keras.losses.binary_crossentropy(t, y).mean(),
            soft,
            "y",
            note="y is clipped to 1e-7 … 1 − 1e-7, which these inputs do not meet",
        ),
        row("scikit-learn", call, "metrics.log_loss", lambda y, t: metrics.log_loss(t.ravel(), y.ravel()), hard),
        row(
            "optax",
            call,
            "sigmoid_binary_cross_entropy of ln(y / (1 − y))",
            lambda y, t: optax.sigmoid_binary_cross_entropy(jnp.log(y) - jnp.log1p(-y), t),
            soft,
            "y t",
            options=EACH,
        ),
        row("torch", stable, "functional.binary_cross_entropy_with_logits", with_logits, logits, "z t"),
        row(
            "keras",
            stable,
            "losses.binary_crossentropy(from_logits=True), its mean",
            lambda z, t: keras.losses.binary_crossentropy(t, z, from_logits=True).mean(),
            logits,
            "z",
        ),
        row(
            "optax",
            stable,
            "sigmoid_binary_cross_entropy",
            optax.sigmoid_binary_cross_entropy,
            logits,
            "z t",
            options=EACH,
        ),
        *_focal(hard),
    ]


def _focal(pair) -> list[Row]:
    pair = {"p": pair["y"], "t": pair["t"]}
    weighted = {"alpha": 0.25, "gamma": 3}

    def by_keras(**options):
        return lambda p, t: keras.losses.binary_focal_crossentropy(t, p, **options).mean()

    def by_optax(**options):
        return lambda p, t: optax.sigmoid_focal_loss(jnp.log(p) - jnp.log1p(-p), t, **options)

    return [
        row(
            "keras",
            "focal",
            "losses.binary_focal_crossentropy, its mean",
            by_keras(),
            pair,
            "p",
            note="γ 2; α only if asked for",
        ),
        row(
            "keras",
            "focal",
            "losses.binary_focal_crossentropy(apply_class_balancing=True, alpha=.25, gamma=3), its mean",
            by_keras(apply_class_balancing=True, alpha=0.25, gamma=3.0),
            pair,
            "p",
            options=weighted,
        ),
        row(
            "optax",
            "focal",
            "sigmoid_focal_loss of ln(p / (1 − p))",
            by_optax(),
            pair,
            "p",
            options=EACH,
            note="γ 2, α None",
        ),
        row(
            "optax",
            "focal",
            "sigmoid_focal_loss(alpha=.25, gamma=3) of ln(p / (1 − p))",
            by_optax(alpha=0.25, gamma=3.0),
            pair,
            "p",
            options={**weighted, **EACH},
        ),
    ]


def probabilities() -> list[Row]:
    """Cross-entropy of given probabilities, with a distribution or a label as target."""
    draw = Draws("cross_entropy")
    soft, labelled = {"y": draw.rows(3, 4), "t": draw.rows(3, 4)}, {"y": draw.rows(3, 4), "labels": draw.labels(3, 4)}
    hard = {"y": labelled["y"], "t": np.eye(4)[labelled["labels"]]}
    call, sparse = "cross_entropy", "sparse_cross_entropy"
    inside = "functional.kl_div(ln(y + ε), t, 'batchmean') + entropy of t"
    renormalised = "values only: Keras divides y by its sum, so that its gradient is another one; it clips to 1e-7"

    def plus_entropy(y, t, epsilon=0.0):
        kl = functional.kl_div((y + epsilon).log(), t.detach(), reduction="batchmean")
        return kl + torch.special.entr(t.detach()).sum(-1).mean()

    return [
        row("torch", call, inside + ", ε = 0", plus_entropy, soft, "y"),
        row(
            "torch",
            call,
            inside + ", ε = 1e-7",
            lambda y, t: plus_entropy(y, t, 1e-7),
            soft,
            "y",
            options={"epsilon": 1e-7},
            note="ε inside the logarithm, added",
        ),
        row(
            "torch",
            call,
            inside + ", in bits",
            lambda y, t: plus_entropy(y, t) / np.log(2),
            soft,
            "y",
            options={"base": 2},
        ),
        row(
            "torch",
            call,
            "functional.cross_entropy(ln y)",
            lambda y, t: functional.cross_entropy(y.log(), t),
            soft,
            note="values only: torch takes logits, and renormalises",
        ),
        row(
            "keras",
            call,
            "losses.categorical_crossentropy, its mean",
            lambda y, t: keras.losses.categorical_crossentropy(t, y).mean(),
            soft,
            note=renormalised,
        ),
        row("scikit-learn", call, "metrics.log_loss", lambda y, t: metrics.log_loss(t, y), hard),
        row("torch", sparse, "functional.nll_loss(ln y)", lambda y, c: functional.nll_loss(y.log(), c), labelled, "y"),
        row(
            "torch",
            sparse,
            "functional.nll_loss(ln y, reduction='none')",
            lambda y, c: functional.nll_loss(y.log(), c, reduction="none"),
            labelled,
            "y",
            options=EACH,
        ),
        row(
            "keras",
            sparse,
            "losses.sparse_categorical_crossentropy, its mean",
            lambda y, c: keras.losses.sparse_categorical_crossentropy(c, y).mean(),
            labelled,
            note=renormalised,
        ),
        row(
            "scikit-learn",
            sparse,
            "metrics.log_loss(labels=[0, 1, 2, 3])",
            lambda y, c: metrics.log_loss(c, y, labels=[0, 1, 2, 3]),
            labelled,
        ),
    ]


def logits() -> list[Row]:
    """Softmax cross-entropy from logits, label smoothing."""
    draw = Draws("cross_entropy_with_logits")
    soft = {"z": draw.reals(3, 4, spread=3), "t": draw.rows(3, 4)}
    labelled = {"z": soft["z"], "labels": draw.labels(3, 4)}
    hot = {"z": soft["z"], "t": np.eye(4)[labelled["labels"]]}
    smooth = {"t": {"call": "label_smoothing", "arguments": {"t": hot["t"], "alpha": 0.1}}}
    call, sparse = "cross_entropy_with_logits", "sparse_cross_entropy_with_logits"
    keras_soft, keras_sparse = keras.losses.categorical_crossentropy, keras.losses.sparse_categorical_crossentropy
    return [
        row("torch", call, "functional.cross_entropy", functional.cross_entropy, soft, "z t"),
        row(
            "torch",
            call,
            "functional.cross_entropy(reduction='sum')",
            lambda z, t: functional.cross_entropy(z, t, reduction="sum"),
            soft,
            "z",
            options=TOTAL,
        ),
        row(
            "keras",
            call,
            "losses.categorical_crossentropy(from_logits=True), its mean",
            lambda z, t: keras_soft(t, z, from_logits=True).mean(),
            soft,
            "z",
        ),
        row("optax", call, "softmax_cross_entropy", optax.softmax_cross_entropy, soft, "z t", options=EACH),
        row("torch", sparse, "functional.cross_entropy with labels", functional.cross_entropy, labelled, "z"),
        row(
            "keras",
            sparse,
            "losses.sparse_categorical_crossentropy(from_logits=True), its mean",
            lambda z, c: keras_sparse(c, z, from_logits=True).mean(),
            labelled,
            "z",
        ),
        row(
            "optax",
            sparse,
            "softmax_cross_entropy_with_integer_labels",
            optax.softmax_cross_entropy_with_integer_labels,
            labelled,
            "z",
            options=EACH,
        ),
        row("optax", "label_smoothing", "smooth_labels", optax.smooth_labels, {"t": soft["t"], "alpha": 0.1}),
        row(
            "torch",
            call,
            "functional.cross_entropy(label_smoothing=.1)",
            lambda z, t: functional.cross_entropy(z, t, label_smoothing=0.1),
            hot,
            "z",
            ours=smooth,
            note="label smoothing as in Keras and optax",
        ),
        row(
            "keras",
            call,
            "losses.categorical_crossentropy(from_logits=True, label_smoothing=.1), its mean",
            lambda z, t: keras_soft(t, z, from_logits=True, label_smoothing=0.1).mean(),
            hot,
            "z",
            ours=smooth,
        ),
    ]


ROWS = (
    binary,
    probabilities,
    logits,
)
