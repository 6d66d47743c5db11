"""Golden rows: regression losses and the metrics of regression."""

from __future__ import annotations

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row
from scipy import special
from sklearn import metrics
from torch.nn import functional


def exact(function):
    """A Keras function with its ε set to 0 for the call: with ε = 1e-7 it agrees to about seven digits only."""

    def called(*arguments):
        keras.config.set_epsilon(0.0)
        try:
            return function(*arguments)
        finally:
            keras.config.set_epsilon(1e-7)

    return called


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


def shares() -> list[Row]:
    """Relative and logarithmic errors, R²."""
    draw = Draws("msle")
    pair = {"y": draw.positive(3, 4), "t": draw.positive(3, 4)}
    vectors = {name: one.ravel() for name, one in pair.items()}
    keras_mape = "losses.mean_absolute_percentage_error, its mean / 100"
    return [
        row(
            "keras",
            "msle",
            "losses.mean_squared_logarithmic_error, its mean",
            lambda y, t: keras.losses.mean_squared_logarithmic_error(t, y).mean(),
            pair,
            "y t",
            note="1 is added inside the logarithm by all",
        ),
        row(
            "scikit-learn",
            "msle",
            "metrics.mean_squared_log_error",
            lambda y, t: metrics.mean_squared_log_error(t, y),
            pair,
        ),
        row(
            "scikit-learn",
            "rmsle",
            "metrics.root_mean_squared_log_error",
            lambda y, t: metrics.root_mean_squared_log_error(t, y),
            vectors,
        ),
        row(
            "keras",
            "mape",
            keras_mape,
            lambda y, t: keras.losses.mean_absolute_percentage_error(t, y).mean() / 100,
            pair,
            "y",
            note="Keras gives per cent",
        ),
        row(
            "scikit-learn",
            "mape",
            "metrics.mean_absolute_percentage_error",
            lambda y, t: metrics.mean_absolute_percentage_error(t, y),
            pair,
            note="a share, in spite of its name",
        ),
        row("scikit-learn", "r2", "metrics.r2_score", lambda y, t: metrics.r2_score(t, y), vectors),
        row(
            "keras",
            "r2",
            "metrics.R2Score()",
            lambda y, t: keras.metrics.R2Score(dtype="float64")(t[:, None], y[:, None]),
            vectors,
        ),
    ]


def likelihoods() -> list[Row]:
    """Poisson and Gaussian negative log-likelihoods, each without its constant."""
    draw = Draws("poisson_nll")
    counts = {"y": draw.positive(3, 4), "t": draw.random.integers(1, 7, (3, 4)).astype(float)}
    y, t = draw.reals(3, 4), draw.reals(3, 4)
    normal, same = {"y": y, "t": t, "v": draw.positive(3, 4)}, {"y": y, "t": t, "v": np.float64(1.75)}
    plain = "functional.poisson_nll_loss(log_input=False, eps=0)"
    return [
        row(
            "torch",
            "poisson_nll",
            plain,
            lambda y, t: functional.poisson_nll_loss(y, t, log_input=False, eps=0.0),
            counts,
            "y t",
        ),
        row(
            "torch",
            "poisson_nll",
            "functional.poisson_nll_loss(ln y)",
            lambda y, t: functional.poisson_nll_loss(y.log(), t),
            counts,
            "y t",
            note="torch's default takes the logarithm of the rate",
        ),
        row(
            "keras",
            "poisson_nll",
            "losses.poisson, its mean at ε = 0",
            exact(lambda y, t: keras.losses.poisson(t, y).mean()),
            counts,
            "y t",
            note="Keras adds ε = 1e-7 inside the logarithm",
        ),
        row(
            "keras",
            "poisson_nll",
            "losses.poisson, its mean",
            lambda y, t: keras.losses.poisson(t, y).mean(),
            counts,
            "y t",
            loose=(1e-6, "ε = 1e-7 is added to y ≥ 0.2: off by up to t · ε / y²"),
        ),
        row(
            "scikit-learn",
            "poisson_nll",
            "½ metrics.mean_poisson_deviance + mean(t − t ln t)",
            lambda y, t: metrics.mean_poisson_deviance(t.ravel(), y.ravel()) / 2 + np.mean(t - special.xlogy(t, t)),
            counts,
            note="the deviance is twice the loss, less its least value",
        ),
        row(
            "torch",
            "gaussian_nll",
            "functional.gaussian_nll_loss",
            functional.gaussian_nll_loss,
            normal,
            "y t v",
            note="without ½ ln 2π, which full=True adds",
        ),
        row(
            "torch",
            "gaussian_nll",
            "functional.gaussian_nll_loss, one variance",
            lambda y, t, v: functional.gaussian_nll_loss(y, t, v.expand(3, 4)),
            same,
            "y t v",
        ),
        row(
            "torch",
            "gaussian_nll",
            "−distributions.Normal.log_prob − ½ ln 2π",
            lambda y, t, v: -(torch.distributions.Normal(y, v.sqrt()).log_prob(t) + 0.5 * np.log(2 * np.pi)).mean(),
            normal,
            "y t v",
        ),
        row(
            "jax",
            "gaussian_nll",
            "−scipy.stats.norm.logpdf − ½ ln 2π",
            _jax_gaussian,
            normal,
            "y t v",
            options={"reduction": "none"},
        ),
    ]


def _jax_gaussian(y, t, v):
    from jax.scipy.stats import norm

    return -norm.logpdf(t, y, jnp.sqrt(v)) - 0.5 * jnp.log(2 * jnp.pi)


ROWS = (squares, robust, shares, likelihoods)
