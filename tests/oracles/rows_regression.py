"""Golden rows: regression losses."""

from __future__ import annotations

import keras
import optax
from recording import Draws, Row, row
from scipy import special
from sklearn import metrics
from torch.nn import functional


def squares() -> list[Row]:
    """MSE and its relatives; each library's default and reduction."""
    draw = Draws("mse")
    pair = {"y": draw.reals(3, 4), "t": draw.reals(3, 4)}
    total, each = {"reduction": "sum"}, {"reduction": "none"}
    return [
        row("torch", "mse", "functional.mse_loss", functional.mse_loss, pair, "y t", note="mean over all elements"),
        row(
            "torch",
            "mse",
            "functional.mse_loss(reduction='sum')",
            lambda y, t: functional.mse_loss(y, t, reduction="sum"),
            pair,
            "y t",
            options=total,
        ),
        row(
            "torch",
            "mse",
            "functional.mse_loss(reduction='none')",
            lambda y, t: functional.mse_loss(y, t, reduction="none"),
            pair,
            "y t",
            options=each,
        ),
        row(
            "torch",
            "sse",
            "functional.mse_loss(reduction='sum')",
            lambda y, t: functional.mse_loss(y, t, reduction="sum"),
            pair,
            "y t",
        ),
        row(
            "keras",
            "mse",
            "losses.mean_squared_error, its mean",
            lambda y, t: keras.losses.mean_squared_error(t, y).mean(),
            pair,
            "y t",
            note="the order is (y_true, y_pred)",
        ),
        row(
            "optax",
            "mse",
            "squared_error",
            optax.squared_error,
            pair,
            "y t",
            options=each,
            note="each element, not reduced",
        ),
        row(
            "optax",
            "half_sse",
            "l2_loss, summed",
            lambda y, t: optax.l2_loss(y, t).sum(),
            pair,
            "y t",
            note="½r²; torch has no ½",
        ),
        row("optax", "half_sse", "l2_loss", optax.l2_loss, pair, "y t", options=each),
        row("scikit-learn", "mse", "metrics.mean_squared_error", lambda y, t: metrics.mean_squared_error(t, y), pair),
        row(
            "scikit-learn",
            "rmse",
            "metrics.root_mean_squared_error",
            lambda y, t: metrics.root_mean_squared_error(t.ravel(), y.ravel()),
            pair,
            note="all elements as one vector: of a matrix it takes a root a column",
        ),
        row(
            "keras",
            "rmse",
            "metrics.RootMeanSquaredError()",
            lambda y, t: keras.metrics.RootMeanSquaredError(dtype="float64")(t, y),
            pair,
        ),
        row("torch", "rmse", "√functional.mse_loss", lambda y, t: functional.mse_loss(y, t).sqrt(), pair, "y t"),
        row("torch", "mae", "functional.l1_loss", functional.l1_loss, pair, "y t"),
        row(
            "torch",
            "mae",
            "functional.l1_loss(reduction='sum')",
            lambda y, t: functional.l1_loss(y, t, reduction="sum"),
            pair,
            "y t",
            options=total,
        ),
        row(
            "keras",
            "mae",
            "losses.mean_absolute_error, its mean",
            lambda y, t: keras.losses.mean_absolute_error(t, y).mean(),
            pair,
            "y t",
        ),
        row("scikit-learn", "mae", "metrics.mean_absolute_error", lambda y, t: metrics.mean_absolute_error(t, y), pair),
    ]


def robust() -> list[Row]:
    """Huber in each library's scale, log-cosh, the quantile loss."""
    draw = Draws("huber")
    pair = {"y": draw.reals(3, 4, spread=3), "t": draw.reals(3, 4, spread=3)}
    two, each = {"delta": 2}, {"reduction": "none"}
    rows = [
        row("torch", "huber", "functional.huber_loss", functional.huber_loss, pair, "y t"),
        row(
            "torch",
            "huber",
            "functional.huber_loss(delta=2)",
            lambda y, t: functional.huber_loss(y, t, delta=2.0),
            pair,
            "y t",
            options=two,
        ),
        row(
            "torch",
            "huber",
            "2 · functional.smooth_l1_loss(beta=2)",
            lambda y, t: 2 * functional.smooth_l1_loss(y, t, beta=2.0),
            pair,
            "y t",
            options=two,
            note="Huber = β · SmoothL1: the same at 1 only",
        ),
        row(
            "keras",
            "huber",
            "losses.huber(delta=2), its mean",
            lambda y, t: keras.losses.huber(t, y, delta=2.0).mean(),
            pair,
            "y t",
            options=two,
        ),
        row(
            "optax",
            "huber",
            "huber_loss(delta=2)",
            lambda y, t: optax.huber_loss(y, t, delta=2.0),
            pair,
            "y t",
            options={**two, **each},
        ),
        row(
            "scipy",
            "huber",
            "special.huber(2, y − t)",
            lambda y, t: special.huber(2.0, y - t),
            pair,
            options={**two, **each},
        ),
        row(
            "keras",
            "log_cosh",
            "losses.log_cosh, its mean",
            lambda y, t: keras.losses.log_cosh(t, y).mean(),
            pair,
            "y t",
        ),
        row("optax", "log_cosh", "log_cosh", optax.log_cosh, pair, "y t", options=each),
    ]
    for tau in (0.5, 0.9):
        name = f"metrics.mean_pinball_loss(alpha={tau})"
        rows.append(
            row(
                "scikit-learn",
                "pinball",
                name,
                lambda y, t, tau=tau: metrics.mean_pinball_loss(t, y, alpha=tau),
                pair,
                options={"tau": tau},
            )
        )
    return rows


ROWS = (
    squares,
    robust,
)
