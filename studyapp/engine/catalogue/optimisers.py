"""One step of the optimisers. Each gives the new weights first, then the new state, as rows."""

from typing import Any

import numpy as np

from studyapp.domain.text import Text
from studyapp.engine.algebras.algebra import Algebra, Value
from studyapp.engine.algebras.arrays import stacked
from studyapp.engine.catalogue.entry import FLAG_ON, Argument, Array, Domain, Entry, Option, Shape

W, G, M = (Argument(name) for name in ("w", "g", "m"))
RATE = Argument("rate", Domain.POSITIVE, "")


@Entry(
    names=Text(
        ja="勾配降下法の1歩、SGD、確率的勾配降下法、最急降下法",
        en="gradient descent step, SGD, stochastic gradient descent",
    ),
    takes=(Shape.WHOLE, W, G, RATE),
    topic="descent/gradient-descent",
)
def sgd_step(_: Algebra, w: Value, g: Value, rate: Value) -> Value:
    """One step of (stochastic) gradient descent.

    Formula: w′ = w − η g.
    Args: w weights, g gradients, of one shape; rate η > 0.
    Returns: w′, the same shape. An empty shape is a `Problem`.
    Source: Cauchy 1847; Robbins and Monro 1951.
    """
    return w - rate * g


@Entry(
    names=Text(ja="荷重減衰つきの1歩、重み減衰つきの1歩", en="gradient descent step with weight decay"),
    takes=(Shape.WHOLE, W, G, RATE, Argument("decay", Domain.NONNEGATIVE, "")),
    topic="learning/overfitting",
)
def weight_decay_step(_: Algebra, w: Value, g: Value, rate: Value, decay: Value) -> Value:
    """One step of gradient descent with weight decay.

    Formula: w′ = w − η(g + λ w): the gradient of the loss plus ½λ Σw².
    Args: w weights, g gradients of the loss alone, of one shape; rate η > 0, decay λ ≥ 0.
    Returns: w′, the same shape. An empty shape is a `Problem`.
    Source: Hanson and Pratt 1988.
    """
    return w - rate * (g + decay * w)


MOMENTUM = {"mu": Option(0.9, Domain.UNIT), "inside": FLAG_ON}


@Entry(
    names=Text(ja="モーメンタムの1歩、慣性項、モメンタム", en="momentum step"),
    takes=(Shape.WHOLE, W, G, M, RATE),
    options=MOMENTUM,
    topic="descent/optimisers",
)
def momentum_step(_: Algebra, w: Value, g: Value, m: Value, rate: Value, mu: Value, *, inside: bool) -> Value:
    """One step with momentum: past steps go on with a share μ.

    Formula: inside (η inside the momentum) m′ = μ m − η g, w′ = w + m′; with inside=false m′ = μ m + g, w′ = w − η m′.
    Args: w weights, g gradients, m momentum (0 at the start), of one shape; rate η > 0, mu from 0 to 1.
    Returns: the rows w′, m′ (of numbers: a vector). An empty shape is a `Problem`.
    Source: Polyak 1964; Rumelhart, Hinton and Williams 1986.
    """
    carried = mu * m - rate * g if inside else mu * m + g
    return stacked(w + carried if inside else w - rate * carried, carried)


@Entry(
    names=Text(
        ja="ネステロフの加速法の1歩、Nesterovのモーメンタム、NAG",
        en="Nesterov step, Nesterov accelerated gradient, NAG",
    ),
    takes=(Shape.WHOLE, W, G, M, RATE),
    options=MOMENTUM,
)
def nesterov_step(_: Algebra, w: Value, g: Value, m: Value, rate: Value, mu: Value, *, inside: bool) -> Value:
    """One step with Nesterov's momentum, in the form that libraries use: the gradient counts once more, at once.

    Formula: inside m′ = μ m − η g, w′ = w + μ m′ − η g; with inside=false m′ = μ m + g, w′ = w − η(g + μ m′).
    Args: w weights (where the gradient was taken), g gradients, m momentum, of one shape; rate η > 0, mu from 0 to 1.
    Returns: the rows w′, m′ (of numbers: a vector). An empty shape is a `Problem`.
    Source: Nesterov 1983; Sutskever and others 2013.
    """
    carried = mu * m - rate * g if inside else mu * m + g
    return stacked(w + mu * carried - rate * g if inside else w - rate * (g + mu * carried), carried)


S = Argument("s", Domain.NONNEGATIVE)
RHO = Option(0.9, Domain.UNIT)
EPSILON = Option(1e-8, Domain.NONNEGATIVE)


@Entry(
    names=Text(ja="AdaGradの1歩、AdaGrad", en="AdaGrad step"),
    takes=(Shape.WHOLE, W, G, S, RATE),
    options={"epsilon": EPSILON},
    topic="descent/optimisers",
)
def adagrad_step(algebra: Algebra, w: Value, g: Value, s: Value, rate: Value, epsilon: Value) -> Value:
    """One step of AdaGrad: what has moved much moves less.

    Formula: s′ = s + g², w′ = w − η g / (√s′ + ε).
    Args: w weights, g gradients, s sums of squares (0 at the start), of one shape; rate η > 0, epsilon ≥ 0.
    Returns: the rows w′, s′ (of numbers: a vector). An empty shape is a `Problem`.
    Source: Duchi, Hazan and Singer 2011.
    """
    squares = s + g**2
    return stacked(w - algebra.divide(rate * g, algebra.apply("sqrt", squares) + epsilon), squares)


@Entry(
    names=Text(ja="RMSpropの1歩、RMSprop", en="RMSprop step"),
    takes=(Shape.WHOLE, W, G, S, RATE),
    options={"rho": RHO, "epsilon": EPSILON},
    topic="descent/optimisers",
)
def rmsprop_step(algebra: Algebra, w: Value, g: Value, s: Value, rate: Value, rho: Value, epsilon: Value) -> Value:
    """One step of RMSprop: AdaGrad that forgets.

    Formula: s′ = ρ s + (1 − ρ) g², w′ = w − η g / (√s′ + ε).
    Args: w weights, g gradients, s mean squares (0 at the start), of one shape; rate η > 0, rho 0 to 1, epsilon ≥ 0.
    Returns: the rows w′, s′ (of numbers: a vector). An empty shape is a `Problem`.
    Source: Tieleman and Hinton 2012 (lecture).
    """
    squares = rho * s + (1 - rho) * g**2
    return stacked(w - algebra.divide(rate * g, algebra.apply("sqrt", squares) + epsilon), squares)


@Entry(
    names=Text(ja="AdaDeltaの1歩、AdaDelta", en="AdaDelta step"),
    takes=(Shape.WHOLE, W, G, S, Argument("d", Domain.NONNEGATIVE)),
    options={"rate": Option(1.0, Domain.POSITIVE), "rho": RHO, "epsilon": Option(1e-6, Domain.POSITIVE)},
)
def adadelta_step(
    algebra: Algebra, w: Value, g: Value, s: Value, d: Value, rate: Value, rho: Value, epsilon: Value
) -> Value:
    """One step of AdaDelta: the scale of past steps replaces the learning rate.

    Formula: s′ = ρ s + (1 − ρ) g², Δ = g √(d + ε) / √(s′ + ε), d′ = ρ d + (1 − ρ) Δ², w′ = w − η Δ.
    Args: w weights, g gradients, s mean squares of g, d of Δ (0 at the start), of one shape; rate η, rho, epsilon.
    Returns: the rows w′, s′, d′ (of numbers: a vector). An empty shape is a `Problem`.
    Source: Zeiler 2012.
    """
    squares = rho * s + (1 - rho) * g**2
    change = g * algebra.apply("sqrt", algebra.divide(d + epsilon, squares + epsilon))
    return stacked(w - rate * change, squares, rho * d + (1 - rho) * change**2)


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
    step = algebra.divide(rate * first, algebra.apply("sqrt", second) + epsilon)
    return stacked(w - step, means, squares)


ADAM_ARGUMENTS = (W, G, M, Argument("v", Domain.NONNEGATIVE), Argument("t", Domain.SIZE, ""), RATE)
ADAM_OPTIONS = {
    "beta1": Option(0.9, Domain.UNIT),
    "beta2": Option(0.999, Domain.UNIT),
    "epsilon": EPSILON,
    "correct": FLAG_ON,
}


@Entry(
    names=Text(ja="Adamの1歩、Adam", en="Adam step"),
    takes=(Shape.WHOLE, *ADAM_ARGUMENTS),
    formula=_adam_step_formula,
    options=ADAM_OPTIONS,
    topic="descent/optimisers",
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
    Returns: the rows w′, m′, v′ (of numbers: a vector). An empty shape is a `Problem`.
    Source: Kingma and Ba 2015.
    """
    means, squares = beta1 * m + (1.0 - beta1) * g, beta2 * v + (1.0 - beta2) * np.square(g)
    first = means / -np.expm1(t * np.log(beta1)) if correct else means
    second = squares / -np.expm1(t * np.log(beta2)) if correct else squares
    return np.stack([w - rate * first / (np.sqrt(second) + epsilon), means, squares])


def _adamw_step_formula(
    algebra: Algebra, w: Value, g: Value, m: Value, v: Value, t: Value, rate: Value, decay: Value, **adam: Any
) -> Value:
    updated, *state = _adam_step_formula(algebra, w, g, m, v, t, rate, **adam)
    return stacked(updated - rate * decay * w, *state)


@Entry(
    names=Text(ja="AdamWの1歩、AdamW", en="AdamW step"),
    takes=(Shape.WHOLE, *ADAM_ARGUMENTS),
    formula=_adamw_step_formula,
    options={**ADAM_OPTIONS, "decay": Option(0.01, Domain.NONNEGATIVE)},
    topic="descent/optimisers",
)
def adamw_step(
    w: Array, g: Array, m: Array, v: Array, t: Array, rate: Array, decay: float = 0.01, **adam: Any
) -> Array:
    """One step of AdamW: Adam, and weights shrink by themselves, untouched by the scales.

    Formula: w′ = Adam's w′ − η λ w; m′, v′ as Adam's.
    Args: as `adam_step`, g without the penalty's part; decay λ ≥ 0.
    Returns: the rows w′, m′, v′ (of numbers: a vector). An empty shape is a `Problem`.
    Source: Loshchilov and Hutter 2019.
    """
    step = adam_step.unreduced(w, g, m, v, t, rate, **adam)
    step[0] -= rate * decay * w
    return step
