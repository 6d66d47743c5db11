"""Golden rows: losses of regression, likelihoods, cross-entropies, margins, metric learning."""

import numpy as np
import torch
from recording import SCOPE, Draws, Row, helper, row

EACH, TOTAL = {"reduction": "none"}, {"reduction": "sum"}


def squares() -> list[Row]:
    """MSE and its relatives; each library's default and reduction."""
    draw = Draws("mse")
    pair = {"y": draw.reals(3, 4), "t": draw.reals(3, 4)}
    by_scikit, by_keras = "metrics.root_mean_squared_error", "keras.metrics.RootMeanSquaredError(dtype='float64')"
    column = "all elements as one vector: of a matrix it takes a root a column"
    return [
        row("torch", "mse", "functional.mse_loss(y, t)", pair, "y t", note="mean over all elements"),
        row("torch", "mse", "functional.mse_loss(y, t, reduction='sum')", pair, "y t", options=TOTAL),
        row("torch", "mse", "functional.mse_loss(y, t, reduction='none')", pair, "y t", options=EACH),
        row("torch", "sse", "functional.mse_loss(y, t, reduction='sum')", pair, "y t"),
        row("keras", "mse", "keras.losses.mean_squared_error(t, y).mean()", pair, "y t", note="order: y_true, y_pred"),
        row("optax", "mse", "optax.squared_error(y, t)", pair, "y t", options=EACH, note="each element, not reduced"),
        row("optax", "half_sse", "optax.l2_loss(y, t).sum()", pair, "y t", note="½r²; torch has no ½"),
        row("optax", "half_sse", "optax.l2_loss(y, t)", pair, "y t", options=EACH),
        row("scikit-learn", "mse", "metrics.mean_squared_error(t, y)", pair),
        row("scikit-learn", "rmse", f"{by_scikit}(t.ravel(), y.ravel())", pair, note=column),
        row("keras", "rmse", f"{by_keras}(t, y)", pair),
        row("torch", "rmse", "functional.mse_loss(y, t).sqrt()", pair, "y t"),
        row("torch", "mae", "functional.l1_loss(y, t)", pair, "y t"),
        row("torch", "mae", "functional.l1_loss(y, t, reduction='sum')", pair, "y t", options=TOTAL),
        row("keras", "mae", "keras.losses.mean_absolute_error(t, y).mean()", pair, "y t"),
        row("scikit-learn", "mae", "metrics.mean_absolute_error(t, y)", pair),
    ]


def robust() -> list[Row]:
    """Huber in each library's scale, log-cosh, the quantile loss."""
    draw = Draws("huber")
    pair = {"y": draw.reals(3, 4, spread=3), "t": draw.reals(3, 4, spread=3)}
    two, scale = {"delta": 2}, "Huber = β · SmoothL1: the same at 1 only"
    smooth = "2 * functional.smooth_l1_loss(y, t, beta=2.0)"
    return [
        row("torch", "huber", "functional.huber_loss(y, t)", pair, "y t"),
        row("torch", "huber", "functional.huber_loss(y, t, delta=2.0)", pair, "y t", options=two),
        row("torch", "huber", smooth, pair, "y t", options=two, note=scale),
        row("keras", "huber", "keras.losses.huber(t, y, delta=2.0).mean()", pair, "y t", options=two),
        row("optax", "huber", "optax.huber_loss(y, t, delta=2.0)", pair, "y t", options={**two, **EACH}),
        row("scipy", "huber", "special.huber(2.0, y - t)", pair, options={**two, **EACH}),
        row("keras", "log_cosh", "keras.losses.log_cosh(t, y).mean()", pair, "y t"),
        row("optax", "log_cosh", "optax.log_cosh(y, t)", pair, "y t", options=EACH),
        *(
            row("scikit-learn", "pinball", f"metrics.mean_pinball_loss(t, y, alpha={tau})", pair, options={"tau": tau})
            for tau in (0.5, 0.9)
        ),
    ]


def shares() -> list[Row]:
    """Relative and logarithmic errors, R²."""
    draw = Draws("msle")
    pair = {"y": draw.positive(3, 4), "t": draw.positive(3, 4)}
    vectors = {name: matrix.ravel() for name, matrix in pair.items()}
    logarithmic, relative = "keras.losses.mean_squared_logarithmic_error", "mean_absolute_percentage_error"
    inside = "1 is added inside the logarithm by all"
    per_cent, share = "Keras gives per cent", "a share, in spite of its name"
    return [
        row("keras", "msle", f"{logarithmic}(t, y).mean()", pair, "y t", note=inside),
        row("scikit-learn", "msle", "metrics.mean_squared_log_error(t, y)", pair),
        row("scikit-learn", "rmsle", "metrics.root_mean_squared_log_error(t, y)", vectors),
        row("keras", "mape", f"keras.losses.{relative}(t, y).mean() / 100", pair, "y", note=per_cent),
        row("scikit-learn", "mape", f"metrics.{relative}(t, y)", pair, note=share),
        row("scikit-learn", "r2", "metrics.r2_score(t, y)", vectors),
        row("keras", "r2", "keras.metrics.R2Score(dtype='float64')(t[:, None], y[:, None])", vectors),
    ]


def likelihoods() -> list[Row]:
    """Poisson and Gaussian negative log-likelihoods, each without its constant."""
    draw = Draws("poisson_nll")
    counts = {"y": draw.positive(3, 4), "t": draw.random.integers(1, 7, (3, 4)).astype(float)}
    y, t = draw.reals(3, 4), draw.reals(3, 4)
    normal, same = {"y": y, "t": t, "v": draw.positive(3, 4)}, {"y": y, "t": t, "v": np.float64(1.75)}
    poisson, gaussian, log_rate = "poisson_nll", "gaussian_nll", "torch's default takes the logarithm of the rate"
    by_keras, added = "keras.losses.poisson(t, y).mean()", "Keras adds ε = 1e-7 inside the logarithm"
    off = 1e-6, "ε = 1e-7 is added to y ≥ 0.2: off by up to t · ε / y²"
    deviance = "metrics.mean_poisson_deviance(t.ravel(), y.ravel()) / 2 + np.mean(t - special.xlogy(t, t))"
    twice, constant = "the deviance is twice the loss, less its least value", "without ½ ln 2π, which full=True adds"
    by_torch = "-(distributions.Normal(y, v.sqrt()).log_prob(t) + 0.5 * np.log(2 * np.pi)).mean()"
    by_jax = "-norm.logpdf(t, y, jnp.sqrt(v)) - 0.5 * jnp.log(2 * jnp.pi)"
    return [
        row("torch", poisson, "functional.poisson_nll_loss(y, t, log_input=False, eps=0.0)", counts, "y t"),
        row("torch", poisson, "functional.poisson_nll_loss(y.log(), t)", counts, "y t", note=log_rate),
        row("keras", poisson, f"exact(lambda: {by_keras})()", counts, "y t", note=added),
        row("keras", poisson, by_keras, counts, "y t", loose=off),
        row("scikit-learn", poisson, deviance, counts, note=twice),
        row("torch", gaussian, "functional.gaussian_nll_loss(y, t, v)", normal, "y t v", note=constant),
        row("torch", gaussian, "functional.gaussian_nll_loss(y, t, v.expand(3, 4))", same, "y t v"),
        row("torch", gaussian, by_torch, normal, "y t v"),
        row("jax", gaussian, by_jax, normal, "y t v", options=EACH),
    ]


def binary() -> list[Row]:
    """Binary cross-entropy from probabilities and from logits, hard and soft targets; focal loss."""
    draw = Draws("binary_cross_entropy")
    hard = {"y": draw.unit(3, 4), "t": draw.bits(3, 4)}
    soft = {"y": draw.unit(3, 4), "t": draw.unit(3, 4)}
    logits = {"z": draw.reals(3, 4, spread=4), "t": draw.unit(3, 4)}
    call, stable = "binary_cross_entropy", "binary_cross_entropy_with_logits"
    clipped = "y is clipped to 1e-7 … 1 − 1e-7, which these inputs do not meet"
    of_logits = "optax.sigmoid_binary_cross_entropy(jnp.log(y) - jnp.log1p(-y), t)"
    by_keras = "keras.losses.binary_crossentropy"
    return [
        row("torch", call, f"functional.{call}(y, t)", soft, "y t"),
        row("torch", call, f"functional.{call}(y, t, reduction='sum')", hard, "y", options=TOTAL),
        row("torch", call, f"functional.{call}(y, t, reduction='none')", hard, "y", options=EACH),
        row("keras", call, f"{by_keras}(t, y).mean()", soft, "y", note=clipped),
        row("scikit-learn", call, "metrics.log_loss(t.ravel(), y.ravel())", hard),
        row("optax", call, of_logits, soft, "y t", options=EACH),
        row("torch", stable, f"functional.{stable}(z, t)", logits, "z t"),
        row("keras", stable, f"{by_keras}(t, z, from_logits=True).mean()", logits, "z"),
        row("optax", stable, "optax.sigmoid_binary_cross_entropy(z, t)", logits, "z t", options=EACH),
        *_focal({"p": hard["y"], "t": hard["t"]}),
    ]


def _focal(pair) -> list[Row]:
    weighted = {"alpha": 0.25, "gamma": 3}
    by_keras, by_optax = "keras.losses.binary_focal_crossentropy", "optax.sigmoid_focal_loss"
    balanced, logits = "apply_class_balancing=True, alpha=0.25, gamma=3.0", "jnp.log(p) - jnp.log1p(-p)"
    return [
        row("keras", "focal", f"{by_keras}(t, p).mean()", pair, "p", note="γ 2; α only if asked for"),
        row("keras", "focal", f"{by_keras}(t, p, {balanced}).mean()", pair, "p", options=weighted),
        row("optax", "focal", f"{by_optax}({logits}, t)", pair, "p", options=EACH, note="γ 2, α None"),
        row("optax", "focal", f"{by_optax}({logits}, t, alpha=0.25, gamma=3.0)", pair, "p", options=weighted | EACH),
    ]


@helper
def plus_entropy(y, t, epsilon=0.0):
    """Cross-entropy as KL + entropy of t."""
    kl = SCOPE["functional"].kl_div((y + epsilon).log(), t.detach(), reduction="batchmean")
    return kl + torch.special.entr(t.detach()).sum(-1).mean()


def probabilities() -> list[Row]:
    """Cross-entropy of given probabilities, with a distribution or a label as target."""
    draw = Draws("cross_entropy")
    soft, labelled = {"y": draw.rows(3, 4), "t": draw.rows(3, 4)}, {"y": draw.rows(3, 4), "labels": draw.labels(3, 4)}
    hard = {"y": labelled["y"], "t": np.eye(4)[labelled["labels"]]}
    call, sparse = "cross_entropy", "sparse_cross_entropy"
    renormalised = "values only: Keras divides y by its sum, so that its gradient is another one; it clips to 1e-7"
    takes_logits = "values only: torch takes logits, and renormalises"
    epsilon, nll = {"epsilon": 1e-7}, "functional.nll_loss(y.log(), labels"
    by_keras, by_labels = "keras.losses.categorical_crossentropy", "keras.losses.sparse_categorical_crossentropy"
    return [
        row("torch", call, "plus_entropy(y, t)", soft, "y"),
        row(
            "torch", call, "plus_entropy(y, t, 1e-7)", soft, "y", options=epsilon, note="ε inside the logarithm, added"
        ),
        row("torch", call, "plus_entropy(y, t) / np.log(2)", soft, "y", options={"base": 2}),
        row("torch", call, "functional.cross_entropy(y.log(), t)", soft, note=takes_logits),
        row("keras", call, f"{by_keras}(t, y).mean()", soft, note=renormalised),
        row("scikit-learn", call, "metrics.log_loss(t, y)", hard),
        row("torch", sparse, f"{nll})", labelled, "y"),
        row("torch", sparse, f"{nll}, reduction='none')", labelled, "y", options=EACH),
        row("keras", sparse, f"{by_labels}(labels, y).mean()", labelled, note=renormalised),
        row("scikit-learn", sparse, "metrics.log_loss(labels, y, labels=[0, 1, 2, 3])", labelled),
    ]


def logits() -> list[Row]:
    """Softmax cross-entropy from logits, label smoothing."""
    draw = Draws("cross_entropy_with_logits")
    soft = {"z": draw.reals(3, 4, spread=3), "t": draw.rows(3, 4)}
    labelled = {"z": soft["z"], "labels": draw.labels(3, 4)}
    hot = {"z": soft["z"], "t": np.eye(4)[labelled["labels"]]}
    smooth = {"t": {"call": "label_smoothing", "arguments": {"t": hot["t"], "alpha": 0.1}}}
    softened = {"t": soft["t"], "alpha": 0.1}
    call, sparse = "cross_entropy_with_logits", "sparse_cross_entropy_with_logits"
    by_keras, by_labels = "keras.losses.categorical_crossentropy", "keras.losses.sparse_categorical_crossentropy"
    by_torch, by_optax = "functional.cross_entropy", "optax.softmax_cross_entropy"
    smoothed, same = f"{by_torch}(z, t, label_smoothing=0.1)", "label smoothing as in Keras and optax"
    from_logits = f"{by_keras}(t, z, from_logits=True, label_smoothing=0.1).mean()"
    return [
        row("torch", call, f"{by_torch}(z, t)", soft, "z t"),
        row("torch", call, f"{by_torch}(z, t, reduction='sum')", soft, "z", options=TOTAL),
        row("keras", call, f"{by_keras}(t, z, from_logits=True).mean()", soft, "z"),
        row("optax", call, f"{by_optax}(z, t)", soft, "z t", options=EACH),
        row("torch", sparse, f"{by_torch}(z, labels)", labelled, "z"),
        row("keras", sparse, f"{by_labels}(labels, z, from_logits=True).mean()", labelled, "z"),
        row("optax", sparse, f"{by_optax}_with_integer_labels(z, labels)", labelled, "z", options=EACH),
        row("optax", "label_smoothing", "optax.smooth_labels(t, alpha)", softened),
        row("torch", call, smoothed, hot, "z", ours=smooth, note=same),
        row("keras", call, from_logits, hot, "z", ours=smooth),
    ]


def margins() -> list[Row]:
    """Hinge losses and ranking."""
    draw = Draws("hinge")
    pair = {"s": draw.reals(3, 4), "t": draw.signs(3, 4)}
    scores = {"s": draw.reals(5, 4), "c": np.array([0, 1, 2, 3, 1])}
    ranked = {"a": draw.reals(3, 4), "b": draw.reals(3, 4), "sign": draw.signs(3, 4)}
    many, crammer = "multiclass_hinge", "Crammer and Singer's"
    watkins = {"options": {"form": "weston_watkins"}, "note": "Weston and Watkins's; torch divides by K"}
    ranking = "functional.margin_ranking_loss"
    of_many = "metrics.hinge_loss(c, s, labels=[0, 1, 2, 3])"
    return [
        row("keras", "hinge", "keras.losses.hinge(t, s).mean()", pair, "s"),
        row("optax", "hinge", "optax.losses.hinge_loss(s, t)", pair, "s", options=EACH),
        row("scikit-learn", "hinge", "metrics.hinge_loss(t.ravel(), s.ravel())", pair, note="takes decision values"),
        row("torch", "hinge", f"{ranking}(s, torch.zeros_like(s), t, margin=1.0)", pair, "s"),
        row("keras", "squared_hinge", "keras.losses.squared_hinge(t, s).mean()", pair, "s"),
        row(
            "optax", many, "jax.vmap(optax.losses.multiclass_hinge_loss)(s, c)", scores, "s", options=EACH, note=crammer
        ),
        row("scikit-learn", many, of_many, scores, note=crammer),
        row("torch", many, "4 * functional.multi_margin_loss(s, c)", scores, "s", **watkins),
        row("torch", "margin_ranking", f"{ranking}(a, b, sign)", ranked, "a b"),
        row("torch", "margin_ranking", f"{ranking}(a, b, sign, margin=0.5)", ranked, "a b", options={"margin": 0.5}),
    ]


def embeddings() -> list[Row]:
    """Triplet, circle, InfoNCE."""
    draw = Draws("triplet")
    pair = {"dp": draw.positive(6), "dn": draw.positive(6)}
    cosines = {"sp": draw.random.uniform(-0.2, 0.9, 3), "sn": draw.random.uniform(-0.6, 0.6, 4)}
    many = {"s": draw.random.uniform(-1, 1, (3, 5)), "positive": draw.labels(3, 5)}
    points = SCOPE["functional"].normalize(torch.tensor(draw.reals(6, 3))).numpy()
    by_torch = "functional.triplet_margin_loss(torch.zeros(6, 1), dp[:, None], dn[:, None], eps=0.0"
    by_optax = "optax.losses.triplet_margin_loss(jnp.zeros((6, 1)), dp[:, None], dn[:, None], eps=0.0)"
    on_a_line = "on a line, whose 0 is the anchor; torch adds 1e-6 to differences"
    ntxent = "optax.losses.ntxent(jnp.asarray(points), jnp.arange(6) // 2)"
    alone = "values only; one positive an anchor, as with more optax drops the others from the denominator"
    wide = {"gamma": 4, "margin": 0.25}
    return [
        row("torch", "triplet", f"{by_torch})", pair, "dp dn", note=on_a_line),
        row("torch", "triplet", f"{by_torch}, margin=0.3)", pair, "dp dn", options={"margin": 0.3}),
        row("optax", "triplet", by_optax, pair, "dp dn", options=EACH),
        row("keras", "circle", "circle(sp, sn, 80.0, 0.4)", cosines, "sp sn", note="the gradient goes through α"),
        row("keras", "circle", "circle(sp, sn, 4.0, 0.25)", cosines, "sp sn", options=wide),
        row("torch", "info_nce", "functional.cross_entropy(s / 0.07, positive)", many, "s"),
        row("torch", "info_nce", "functional.cross_entropy(s / 0.5, positive)", many, "s", options={"tau": 0.5}),
        row("optax", "info_nce", ntxent, _neighbours(points), known={"points": points}, note=alone),
    ]


@helper
def circle(sp, sn, gamma, margin):
    """Keras's circle loss of one anchor, whose similarities to unit vectors are its own coordinates."""
    labels = torch.tensor([1] * len(sp) + [0] * len(sn))
    similarities, units = torch.cat([sp, sn])[None], torch.eye(len(labels), dtype=torch.float64)
    return SCOPE["keras"].losses.circle(labels[:1], similarities, labels, units, False, gamma, margin)[0]


def _neighbours(points):
    """Similarities of each point to the others, and the place of the one other point of its class."""
    whole = points @ points.T
    others = np.stack([np.delete(line, i) for i, line in enumerate(whole)])
    return {"s": np.clip(others, -1, 1), "positive": np.array([0, 0, 2, 2, 4, 4])}


ROWS = (squares, robust, shares, likelihoods, binary, probabilities, logits, margins, embeddings)
