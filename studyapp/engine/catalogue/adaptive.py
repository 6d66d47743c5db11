"""One step of the optimisers that keep a scale for each weight: AdaGrad, RMSprop, AdaDelta, Adam, AdamW."""

from __future__ import annotations

from typing import Any

import numpy as np

from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.catalogue.arguments import FLAG_ON, Argument, Array, Domain, Option, Shape
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.optimisers import RATE, G, M, W

S = Argument("s", Domain.NONNEGATIVE)
RHO = Option(0.9, Domain.UNIT)
EPSILON = Option(1e-8, Domain.NONNEGATIVE)


def adagrad_step(w: Array, g: Array, s: Array, rate: Array, epsilon: float = 1e-8) -> Array:
    """One step of AdaGrad: what has moved much moves less.

    Formula: s′ = s + g², w′ = w − η g / (√s′ + ε).
    Args: w weights, g gradients, s sums of squares (0 at the start), of one shape; rate η > 0, epsilon ≥ 0.
    Returns: the rows w′, s′ (of numbers: a vector). Different or empty shapes are a `Problem`.
    Source: Duchi, Hazan and Singer 2011.
    """
    squares = s + np.square(g)
    return np.stack([w - rate * g / (np.sqrt(squares) + epsilon), squares])


def _adagrad_step_formula(algebra: Algebra, w: Value, g: Value, s: Value, rate: Value, epsilon: Value) -> Value:
    squares = s + g**2
    return notation.stacked(w - algebra.divide(rate * g, notation.sqrt(algebra, squares) + epsilon), squares)


ADAGRAD_STEP = Entry(
    name="adagrad_step",
    ja=("AdaGradの1歩", "AdaGrad"),
    en=("AdaGrad step",),
    arguments=(W, G, S, RATE),
    shape=Shape.WHOLE,
    value=adagrad_step,
    formula=_adagrad_step_formula,
    options={"epsilon": EPSILON},
    topic="descent/optimisers",
)


def rmsprop_step(w: Array, g: Array, s: Array, rate: Array, rho: float = 0.9, epsilon: float = 1e-8) -> Array:
    """One step of RMSprop: AdaGrad that forgets.

    Formula: s′ = ρ s + (1 − ρ) g², w′ = w − η g / (√s′ + ε).
    Args: w weights, g gradients, s mean squares (0 at the start), of one shape; rate η > 0, rho 0 to 1, epsilon ≥ 0.
    Returns: the rows w′, s′ (of numbers: a vector). Different or empty shapes are a `Problem`.
    Source: Tieleman and Hinton 2012 (lecture).
    """
    squares = rho * s + (1.0 - rho) * np.square(g)
    return np.stack([w - rate * g / (np.sqrt(squares) + epsilon), squares])


def _rmsprop_step_formula(
    algebra: Algebra, w: Value, g: Value, s: Value, rate: Value, rho: Value, epsilon: Value
) -> Value:
    squares = rho * s + (1 - rho) * g**2
    return notation.stacked(w - algebra.divide(rate * g, notation.sqrt(algebra, squares) + epsilon), squares)


RMSPROP_STEP = Entry(
    name="rmsprop_step",
    ja=("RMSpropの1歩", "RMSprop"),
    en=("RMSprop step",),
    arguments=(W, G, S, RATE),
    shape=Shape.WHOLE,
    value=rmsprop_step,
    formula=_rmsprop_step_formula,
    options={"rho": RHO, "epsilon": EPSILON},
    topic="descent/optimisers",
)


def adadelta_step(
    w: Array, g: Array, s: Array, d: Array, rate: float = 1.0, rho: float = 0.9, epsilon: float = 1e-6
) -> Array:
    """One step of AdaDelta: the scale of past steps stands in for a learning rate.

    Formula: s′ = ρ s + (1 − ρ) g², Δ = g √(d + ε) / √(s′ + ε), d′ = ρ d + (1 − ρ) Δ², w′ = w − η Δ.
    Args: w weights, g gradients, s mean squares of g, d of Δ (0 at the start), of one shape; rate η, rho, epsilon.
    Returns: the rows w′, s′, d′ (of numbers: a vector). Different or empty shapes are a `Problem`.
    Source: Zeiler 2012.
    """
    squares = rho * s + (1.0 - rho) * np.square(g)
    change = g * np.sqrt((d + epsilon) / (squares + epsilon))
    return np.stack([w - rate * change, squares, rho * d + (1.0 - rho) * np.square(change)])


def _adadelta_step_formula(
    algebra: Algebra, w: Value, g: Value, s: Value, d: Value, rate: Value, rho: Value, epsilon: Value
) -> Value:
    squares = rho * s + (1 - rho) * g**2
    change = g * notation.sqrt(algebra, algebra.divide(d + epsilon, squares + epsilon))
    return notation.stacked(w - rate * change, squares, rho * d + (1 - rho) * change**2)


ADADELTA_STEP = Entry(
    name="adadelta_step",
    ja=("AdaDeltaの1歩", "AdaDelta"),
    en=("AdaDelta step",),
    arguments=(W, G, S, Argument("d", Domain.NONNEGATIVE)),
    shape=Shape.WHOLE,
    value=adadelta_step,
    formula=_adadelta_step_formula,
    options={"rate": Option(1.0, Domain.POSITIVE), "rho": RHO, "epsilon": Option(1e-6, Domain.POSITIVE)},
)


def adam_step(
    w: Array,
    g: Array,
    m: Array,
    v: Array,
    t: Array,
    rate: Array,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    *,
    correct: bool = True,
) -> Array:
    """One step of Adam: momentum over a scale for each weight, both corrected for their start at 0.

    Formula: m′ = β₁ m + (1 − β₁) g, v′ = β₂ v + (1 − β₂) g², w′ = w − η m̂ / (√v̂ + ε), m̂ = m′ / (1 − β₁ᵗ),
    v̂ = v′ / (1 − β₂ᵗ); with correct=false m̂ = m′, v̂ = v′.
    Args: w weights, g gradients, m and v states (0 at the start), of one shape; t the number of this step, from 1;
    rate η > 0, beta1, beta2 from 0 to 1, epsilon ≥ 0.
    Returns: the rows w′, m′, v′ (of numbers: a vector). Different or empty shapes are a `Problem`.
    Source: Kingma and Ba 2015.
    """
    means, squares = beta1 * m + (1.0 - beta1) * g, beta2 * v + (1.0 - beta2) * np.square(g)
    first = means / -np.expm1(t * np.log(beta1)) if correct else means
    second = squares / -np.expm1(t * np.log(beta2)) if correct else squares
    return np.stack([w - rate * first / (np.sqrt(second) + epsilon), means, squares])


def _adam_step_formula(
    algebra: Algebra,
    w: Value,
    g: Value,
    m: Value,
    v: Value,
    t: Value,
    rate: Value,
    beta1: Value,
    beta2: Value,
    epsilon: Value,
    *,
    correct: bool,
) -> Value:
    means, squares = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    first = algebra.divide(means, 1 - algebra.power(beta1, t)) if correct else means
    second = algebra.divide(squares, 1 - algebra.power(beta2, t)) if correct else squares
    step = algebra.divide(rate * first, notation.sqrt(algebra, second) + epsilon)
    return notation.stacked(w - step, means, squares)


ADAM_ARGUMENTS = (W, G, M, Argument("v", Domain.NONNEGATIVE), Argument("t", Domain.SIZE, ""), RATE)
ADAM_OPTIONS = {
    "beta1": Option(0.9, Domain.UNIT),
    "beta2": Option(0.999, Domain.UNIT),
    "epsilon": EPSILON,
    "correct": FLAG_ON,
}
ADAM_STEP = Entry(
    name="adam_step",
    ja=("Adamの1歩", "Adam"),
    en=("Adam step",),
    arguments=ADAM_ARGUMENTS,
    shape=Shape.WHOLE,
    value=adam_step,
    formula=_adam_step_formula,
    options=ADAM_OPTIONS,
    topic="descent/optimisers",
)


def adamw_step(
    w: Array, g: Array, m: Array, v: Array, t: Array, rate: Array, decay: float = 0.01, **adam: Any
) -> Array:
    """One step of AdamW: Adam, and weights shrink by themselves, untouched by the scales.

    Formula: w′ = Adam's w′ − η λ w; m′, v′ as Adam's.
    Args: as `adam_step`, g without the penalty's part; decay λ ≥ 0.
    Returns: the rows w′, m′, v′ (of numbers: a vector). Different or empty shapes are a `Problem`.
    Source: Loshchilov and Hutter 2019.
    """
    step = adam_step(w, g, m, v, t, rate, **adam)
    step[0] -= rate * decay * w
    return step


def _adamw_step_formula(
    algebra: Algebra, w: Value, g: Value, m: Value, v: Value, t: Value, rate: Value, decay: Value, **adam: Any
) -> Value:
    updated, *state = _adam_step_formula(algebra, w, g, m, v, t, rate, **adam)
    return notation.stacked(updated - rate * decay * w, *state)


ADAMW_STEP = Entry(
    name="adamw_step",
    ja=("AdamWの1歩", "AdamW"),
    en=("AdamW step",),
    arguments=ADAM_ARGUMENTS,
    shape=Shape.WHOLE,
    value=adamw_step,
    formula=_adamw_step_formula,
    options={**ADAM_OPTIONS, "decay": Option(0.01, Domain.NONNEGATIVE)},
    topic="descent/optimisers",
)

ENTRIES = (ADAGRAD_STEP, RMSPROP_STEP, ADADELTA_STEP, ADAM_STEP, ADAMW_STEP)
