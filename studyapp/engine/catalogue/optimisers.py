"""One step of gradient descent and of momentum. Each gives the new weights first, then the new state, as rows."""

from __future__ import annotations

import numpy as np

from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue.arguments import FLAG_ON, Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry

W, G, M = (Argument(name) for name in ("w", "g", "m"))
RATE = Argument("rate", Domain.POSITIVE, "")


def sgd_step(w: Array, g: Array, rate: Array) -> Array:
    """One step of (stochastic) gradient descent.

    Formula: w′ = w − η g.
    Args: w weights, g gradients, of one shape; rate η > 0.
    Returns: w′, the same shape. Different or empty shapes are a `Problem`.
    Source: Cauchy 1847; Robbins and Monro 1951.
    """
    return w - rate * g


SGD_STEP = Entry(
    name="sgd_step",
    ja=("勾配降下法の1歩", "SGD", "確率的勾配降下法", "最急降下法"),
    en=("gradient descent step", "SGD", "stochastic gradient descent"),
    arguments=(W, G, RATE),
    shape=Shape.WHOLE,
    value=sgd_step,
    formula=lambda _, w, g, rate: w - rate * g,
    topic="descent/gradient-descent",
)


def weight_decay_step(w: Array, g: Array, rate: Array, decay: Array) -> Array:
    """One step of gradient descent with weight decay.

    Formula: w′ = w − η(g + λ w): the gradient of the loss plus ½λ Σw².
    Args: w weights, g gradients of the loss alone, of one shape; rate η > 0, decay λ ≥ 0.
    Returns: w′, the same shape. Different or empty shapes are a `Problem`.
    Source: Hanson and Pratt 1988.
    """
    return w - rate * (g + decay * w)


WEIGHT_DECAY_STEP = Entry(
    name="weight_decay_step",
    ja=("荷重減衰つきの1歩", "重み減衰つきの1歩"),
    en=("gradient descent step with weight decay",),
    arguments=(W, G, RATE, Argument("decay", Domain.NONNEGATIVE, "")),
    shape=Shape.WHOLE,
    value=weight_decay_step,
    formula=lambda _, w, g, rate, decay: w - rate * (g + decay * w),
    topic="learning/overfitting",
)


def momentum_step(w: Array, g: Array, m: Array, rate: Array, mu: float = 0.9, *, inside: bool = True) -> Array:
    """One step with momentum: past steps go on with a share μ.

    Formula: inside (η inside the momentum) m′ = μ m − η g, w′ = w + m′; with inside=false m′ = μ m + g, w′ = w − η m′.
    Args: w weights, g gradients, m momentum (0 at the start), of one shape; rate η > 0, mu from 0 to 1.
    Returns: the rows w′, m′ (of numbers: a vector). Different or empty shapes are a `Problem`.
    Source: Polyak 1964; Rumelhart, Hinton and Williams 1986.
    """
    carried = mu * m - rate * g if inside else mu * m + g
    return np.stack([w + carried if inside else w - rate * carried, carried])


def _momentum_step_formula(_: Algebra, w: Value, g: Value, m: Value, rate: Value, mu: Value, *, inside: bool) -> Value:
    carried = mu * m - rate * g if inside else mu * m + g
    return notation.stacked(w + carried if inside else w - rate * carried, carried)


MOMENTUM = {"mu": Option(0.9, Domain.UNIT), "inside": FLAG_ON}
MOMENTUM_STEP = Entry(
    name="momentum_step",
    ja=("モーメンタムの1歩", "慣性項", "モメンタム"),
    en=("momentum step",),
    arguments=(W, G, M, RATE),
    shape=Shape.WHOLE,
    value=momentum_step,
    formula=_momentum_step_formula,
    options=MOMENTUM,
    topic="descent/optimisers",
)


def nesterov_step(w: Array, g: Array, m: Array, rate: Array, mu: float = 0.9, *, inside: bool = True) -> Array:
    """One step with Nesterov's momentum, in the form that libraries use: the gradient counts once more, at once.

    Formula: inside m′ = μ m − η g, w′ = w + μ m′ − η g; with inside=false m′ = μ m + g, w′ = w − η(g + μ m′).
    Args: w weights (where the gradient was taken), g gradients, m momentum, of one shape; rate η > 0, mu from 0 to 1.
    Returns: the rows w′, m′ (of numbers: a vector). Different or empty shapes are a `Problem`.
    Source: Nesterov 1983; Sutskever and others 2013.
    """
    carried = mu * m - rate * g if inside else mu * m + g
    return np.stack([w + mu * carried - rate * g if inside else w - rate * (g + mu * carried), carried])


def _nesterov_step_formula(_: Algebra, w: Value, g: Value, m: Value, rate: Value, mu: Value, *, inside: bool) -> Value:
    carried = mu * m - rate * g if inside else mu * m + g
    return notation.stacked(w + mu * carried - rate * g if inside else w - rate * (g + mu * carried), carried)


NESTEROV_STEP = Entry(
    name="nesterov_step",
    ja=("ネステロフの加速法の1歩", "Nesterovのモーメンタム", "NAG"),
    en=("Nesterov step", "Nesterov accelerated gradient", "NAG"),
    arguments=(W, G, M, RATE),
    shape=Shape.WHOLE,
    value=nesterov_step,
    formula=_nesterov_step_formula,
    options=MOMENTUM,
)

ENTRIES = (SGD_STEP, WEIGHT_DECAY_STEP, MOMENTUM_STEP, NESTEROV_STEP)
