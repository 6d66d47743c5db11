"""Golden rows: relative and logarithmic errors, likelihoods."""

from __future__ import annotations

import jax.numpy as jnp
import keras
import numpy as np
import torch
from recording import Draws, Row, exact, row
from scipy import special
from sklearn import metrics
from torch.nn import functional


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


ROWS = (
    shares,
    likelihoods,
)
