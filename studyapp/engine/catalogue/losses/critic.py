"""Losses of the Wasserstein GAN: its critic gives scores, no probabilities."""

from __future__ import annotations

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue.arguments import Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry, Reduction


def wgan_critic(real: Array, fake: Array) -> Array:
    """The Wasserstein critic's loss: minus its estimate of the distance between data and fakes.

    Formula: mean f(G(z)) − mean f(x); the critic minimises it (weights clipped, or with a gradient penalty).
    Args: real the critic's scores on data, fake on generated samples, of any shapes; no sigmoid.
    Returns: one number, in the critic's unit. An empty array is a `Problem`.
    Source: Arjovsky and others 2017.
    """
    return np.asarray(np.mean(fake) - np.mean(real))


def _wgan_critic_formula(algebra: Algebra, real: Value, fake: Value) -> Value:
    return notation.mean(algebra, fake) - notation.mean(algebra, real)


WGAN_CRITIC = Entry(
    name="wgan_critic",
    ja=("WGANのクリティックの損失", "WGANの損失", "Wasserstein GANの損失"),
    en=("WGAN critic loss",),
    arguments=(Argument("real", Domain.REAL, "...r"), Argument("fake", Domain.REAL, "...f")),
    shape=Shape.WHOLE,
    value=wgan_critic,
    formula=_wgan_critic_formula,
    gradients={
        "real": lambda real, _: np.full(np.shape(real), -1.0 / np.size(real)),
        "fake": lambda _, fake: np.full(np.shape(fake), 1.0 / np.size(fake)),
    },
    facts=Facts(tasks=(Task.GENERATION,), target=Target.NONE, output=OutputUnit.IDENTITY, usual=True),
    topic="generative/gan",
)


def gradient_penalty(norm: Array, weight: float = 10.0) -> Array:
    """Penalty that keeps the critic's gradient near length 1 between data and fakes.

    Formula: λ(‖∇f‖ − 1)²; derivative by the norm 2λ(‖∇f‖ − 1).
    Args: norm lengths of the critic's gradients, of any shape, ≥ 0; weight λ ≥ 0.
    Returns: the same shape; the entry takes the mean. An empty batch is a `Problem`.
    Source: Gulrajani and others 2017.
    """
    return weight * np.square(norm - 1.0)


GRADIENT_PENALTY = Entry(
    name="gradient_penalty",
    ja=("勾配ペナルティ", "WGAN-GPの正則化項"),
    en=("gradient penalty",),
    arguments=(Argument("norm", Domain.NONNEGATIVE),),
    shape=Shape.ELEMENT,
    value=gradient_penalty,
    formula=lambda _, norm, weight: weight * (norm - 1) ** 2,
    gradients={"norm": lambda norm, weight: 2.0 * weight * (norm - 1.0)},
    options={"weight": Option(10.0, Domain.NONNEGATIVE)},
    reduction=Reduction.MEAN,
)

ENTRIES = (WGAN_CRITIC, GRADIENT_PENALTY)
