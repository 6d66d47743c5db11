"""Losses of generative models: the variational autoencoder, and the players of adversarial networks.

The critic of a Wasserstein GAN gives scores, no probabilities.
"""

from dataclasses import replace

import numpy as np

from studyapp.domain.facts import Facts, OutputUnit, Target, Task
from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue.entry import Argument, Array, Domain, Entry, Option, Shape

FACTS = Facts((Task.GENERATION,), Target.NONE, OutputUnit.NONE)


@Entry(
    names=Text(ja="VAEのKL項、VAEの正則化項", en="KL term of the variational autoencoder"),
    takes=(Shape.WHOLE, Argument("m"), Argument("v", Domain.POSITIVE)),
    formula=lambda algebra, m, v: functions.total(algebra, m**2 + v - functions.log(algebra, v) - 1) / 2,
    gradients={"m": lambda m, _: 1.0 * m, "v": lambda _, v: 0.5 * (1.0 - 1.0 / v)},
    facts=FACTS,
    topic="generative/vae",
)
def vae_kl(m: Array, v: Array) -> Array:
    """Divergence of the encoder's normal distribution from the standard one.

    Formula: ½ Σ(m² + v − ln v − 1); derivative m by m, ½(1 − 1/v) by v.
    Args: m means, v variances (σ², neither σ nor ln σ²), positive, of one shape.
    Returns: one number, the sum over all, in nats; inf for a variance of 0. An empty shape is a `Problem`.
    Source: Kingma and Welling 2013.
    """
    return np.asarray(0.5 * np.sum(np.square(m) + (v - 1.0) - np.log(v)))


@Entry(
    names=Text(ja="VAEの損失、変分自己符号化器の損失、負の変分下限", en="VAE loss, negative ELBO"),
    takes=(Shape.MAP, Argument("reconstruction"), Argument("kl", Domain.NONNEGATIVE)),
    gradients={"reconstruction": lambda reconstruction, kl, beta: 1.0, "kl": lambda reconstruction, kl, beta: beta},
    options={"beta": Option(1.0, Domain.NONNEGATIVE)},
    facts=FACTS,
    topic="generative/vae",
)
def vae_loss(_: Algebra, reconstruction: Value, kl: Value, beta: Value) -> Value:
    """The variational autoencoder's loss to minimise: the negative evidence lower bound.

    Formula: reconstruction + β · KL.
    Args: reconstruction the reconstruction error, kl the KL term, of one shape; beta ≥ 0, 1 for the plain VAE.
    Returns: the same shape.
    Source: Kingma and Welling 2013; β: Higgins and others 2017.
    """
    return reconstruction + beta * kl


@Entry(
    names=Text(
        ja="再パラメータ化、再パラメータ化トリック、Reparametrization Trick",
        en="reparametrization, reparametrization trick, reparameterization trick",
    ),
    takes=(Shape.MAP, Argument("m"), Argument("v", Domain.POSITIVE), Argument("noise")),
    gradients={
        "m": lambda m, v, noise: 1.0,
        "v": lambda m, v, noise: noise / (2.0 * np.sqrt(v)),
        "noise": lambda m, v, noise: np.sqrt(v),
    },
    topic="generative/vae",
)
def reparametrize(algebra: Algebra, m: Value, v: Value, noise: Value) -> Value:
    """A draw from a normal distribution as a function of its parameters, so that gradients pass.

    Formula: m + √v · ε; derivative 1 by m, ε / (2√v) by v.
    Args: m means, v variances (σ²), noise standard normal draws ε, of one shape.
    Returns: the same shape. A negative variance is a `Problem`.
    Source: Kingma and Welling 2013.
    """
    return m + algebra.apply("sqrt", v) * noise


REAL_AND_FAKE = (Argument("real", Domain.UNIT, "...r"), Argument("fake", Domain.UNIT, "...f"))


def _gan_value_formula(algebra: Algebra, real: Value, fake: Value) -> Value:
    on_data, on_fakes = functions.log(algebra, real), functions.log(algebra, 1 - fake)
    return functions.mean(algebra, on_data) + functions.mean(algebra, on_fakes)


@Entry(
    names=Text(
        ja="GANの価値関数、敵対的生成ネットワークの価値関数、敵対的損失", en="GAN value function, minimax value"
    ),
    takes=(Shape.WHOLE, *REAL_AND_FAKE),
    formula=_gan_value_formula,
    gradients={
        "real": lambda real, _: 1.0 / (np.size(real) * real),
        "fake": lambda _, fake: -1.0 / (np.size(fake) * (1.0 - fake)),
    },
    facts=replace(FACTS, convex=False),
    topic="generative/gan",
)
def gan_value(real: Array, fake: Array) -> Array:
    """The value of the adversarial game: the discriminator raises it, the generator lowers it.

    Formula: mean ln D(x) + mean ln(1 − D(G(z))); −ln 4 where D is ½ everywhere.
    Args: real D's outputs on data, fake on generated samples, probabilities of any shapes.
    Returns: one number, −inf where D is sure and wrong. An empty array is a `Problem`.
    Source: Goodfellow and others 2014.
    """
    return np.asarray(np.mean(np.log(real)) + np.mean(np.log1p(-fake)))


@Entry(
    names=Text(ja="生成器の損失（非飽和）、非飽和GAN損失、非飽和損失", en="non-saturating generator loss"),
    takes=(Shape.ELEMENT, Argument("fake", Domain.UNIT)),
    gradients={"fake": lambda fake: -1.0 / fake},
    facts=Facts((Task.GENERATION,), Target.NONE, OutputUnit.SIGMOID, usual=True),
    topic="generative/gan",
)
def gan_generator_nonsaturating(algebra: Algebra, fake: Value) -> Value:
    """The generator's usual loss: steep where the discriminator is not yet fooled.

    Formula: −ln D(G(z)); derivative by D −1/D.
    Args: fake D's outputs on generated samples, probabilities of any shape.
    Returns: the same shape, inf where D = 0; the entry takes the mean. An empty batch is a `Problem`.
    Source: Goodfellow and others 2014.
    """
    return -functions.log(algebra, fake)


@Entry(
    names=Text(
        ja="生成器の損失（ミニマックス）、飽和するGAN損失", en="saturating generator loss, minimax generator loss"
    ),
    takes=(Shape.ELEMENT, Argument("fake", Domain.UNIT)),
    formula=lambda algebra, fake: functions.log(algebra, 1 - fake),
    gradients={"fake": lambda fake: -1.0 / (1.0 - fake)},
    facts=Facts((Task.GENERATION,), Target.NONE, OutputUnit.SIGMOID, convex=False),
    topic="generative/gan",
)
def gan_generator_saturating(fake: Array) -> Array:
    """The generator's side of the minimax game: flat where the discriminator is not yet fooled.

    Formula: ln(1 − D(G(z))); derivative by D −1/(1 − D).
    Args: fake D's outputs on generated samples, probabilities of any shape.
    Returns: the same shape, −inf where D = 1; the entry takes the mean. An empty batch is a `Problem`.
    Source: Goodfellow and others 2014.
    """
    return np.log1p(-fake)


@Entry(
    names=Text(ja="WGANのクリティックの損失、WGANの損失、Wasserstein GANの損失", en="WGAN critic loss"),
    takes=(Shape.WHOLE, Argument("real", Domain.REAL, "...r"), Argument("fake", Domain.REAL, "...f")),
    gradients={
        "real": lambda real, _: np.full(np.shape(real), -1.0 / np.size(real)),
        "fake": lambda _, fake: np.full(np.shape(fake), 1.0 / np.size(fake)),
    },
    facts=Facts((Task.GENERATION,), Target.NONE, OutputUnit.IDENTITY, usual=True),
    topic="generative/gan",
)
def wgan_critic(algebra: Algebra, real: Value, fake: Value) -> Value:
    """The Wasserstein critic's loss: minus its estimate of the distance between data and fakes.

    Formula: mean f(G(z)) − mean f(x); the critic minimises it (weights clipped, or with a gradient penalty).
    Args: real the critic's scores on data, fake on generated samples, of any shapes; no sigmoid.
    Returns: one number, in the critic's unit. An empty array is a `Problem`.
    Source: Arjovsky and others 2017.
    """
    return functions.mean(algebra, fake) - functions.mean(algebra, real)


@Entry(
    names=Text(ja="勾配ペナルティ、WGAN-GPの正則化項", en="gradient penalty"),
    takes=(Shape.ELEMENT, Argument("norm", Domain.NONNEGATIVE)),
    gradients={"norm": lambda norm, weight: 2.0 * weight * (norm - 1.0)},
    options={"weight": Option(10.0, Domain.NONNEGATIVE)},
)
def gradient_penalty(_: Algebra, norm: Value, weight: Value) -> Value:
    """Penalty that keeps the critic's gradient near length 1 between data and fakes.

    Formula: λ(‖∇f‖ − 1)²; derivative by the norm 2λ(‖∇f‖ − 1).
    Args: norm lengths of the critic's gradients, of any shape, ≥ 0; weight λ ≥ 0.
    Returns: the same shape; the entry takes the mean. An empty batch is a `Problem`.
    Source: Gulrajani and others 2017.
    """
    return weight * (norm - 1) ** 2
