"""Golden rows: steps of optimisers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row

STEPS = 3


RATE = 0.1


OUTSIDE = {"inside": "false"}


_TORCH = [
    ("sgd_step", {}, "optim.SGD", lambda w: torch.optim.SGD(w, lr=RATE), ()),
    (
        "weight_decay_step",
        {},
        "optim.SGD(weight_decay=.02)",
        lambda w: torch.optim.SGD(w, lr=RATE, weight_decay=0.02),
        (),
    ),
    (
        "momentum_step",
        OUTSIDE,
        "optim.SGD(momentum=.9): η outside",
        lambda w: torch.optim.SGD(w, lr=RATE, momentum=0.9),
        ("momentum_buffer",),
    ),
    (
        "nesterov_step",
        {"mu": 0.8, **OUTSIDE},
        "optim.SGD(momentum=.8, nesterov=True): η outside",
        lambda w: torch.optim.SGD(w, lr=RATE, momentum=0.8, nesterov=True),
        ("momentum_buffer",),
    ),
    ("adagrad_step", {"epsilon": 1e-10}, "optim.Adagrad", lambda w: torch.optim.Adagrad(w, lr=RATE), ("sum",)),
    (
        "rmsprop_step",
        {"rho": 0.99},
        "optim.RMSprop: ε outside the root, ρ .99",
        lambda w: torch.optim.RMSprop(w, lr=RATE),
        ("square_avg",),
    ),
    (
        "adadelta_step",
        {},
        "optim.Adadelta",
        lambda w: torch.optim.Adadelta(w, lr=1.0, rho=0.9, eps=1e-6),
        ("square_avg", "acc_delta"),
    ),
    ("adam_step", {}, "optim.Adam", lambda w: torch.optim.Adam(w, lr=RATE), ("exp_avg", "exp_avg_sq")),
    ("adamw_step", {}, "optim.AdamW: decay .01", lambda w: torch.optim.AdamW(w, lr=RATE), ("exp_avg", "exp_avg_sq")),
]


_KERAS = [
    ("sgd_step", {}, "optimizers.SGD", lambda: keras.optimizers.SGD(RATE), ()),
    (
        "momentum_step",
        {},
        "optimizers.SGD(momentum=.9): η inside",
        lambda: keras.optimizers.SGD(RATE, momentum=0.9),
        ("momentums",),
    ),
    (
        "nesterov_step",
        {},
        "optimizers.SGD(momentum=.9, nesterov=True): η inside",
        lambda: keras.optimizers.SGD(RATE, momentum=0.9, nesterov=True),
        ("momentums",),
    ),
    (
        "adadelta_step",
        {"rho": 0.95, "epsilon": 1e-7},
        "optimizers.Adadelta: ρ .95, ε 1e-7",
        lambda: keras.optimizers.Adadelta(1.0),
        ("_accumulated_grads", "_accumulated_delta_vars"),
    ),
    (
        "rmsprop_step",
        {"epsilon": 0},
        "optimizers.RMSprop(epsilon=0)",
        lambda: keras.optimizers.RMSprop(RATE, epsilon=0.0),
        ("_velocities",),
    ),
    (
        "adam_step",
        {"epsilon": 0},
        "optimizers.Adam(epsilon=0)",
        lambda: keras.optimizers.Adam(RATE, epsilon=0.0),
        ("_momentums", "_velocities"),
    ),
]


_OPTAX = [
    ("sgd_step", {}, "sgd", optax.sgd(RATE), ()),
    ("momentum_step", OUTSIDE, "sgd(momentum=.9): η outside", optax.sgd(RATE, momentum=0.9), ("trace",)),
    (
        "nesterov_step",
        OUTSIDE,
        "sgd(momentum=.9, nesterov=True): η outside",
        optax.sgd(RATE, momentum=0.9, nesterov=True),
        ("trace",),
    ),
    (
        "adagrad_step",
        {"epsilon": 0},
        "adagrad(eps=0, initial_accumulator_value=0)",
        optax.adagrad(RATE, 0.0, 0.0),
        ("sum_of_squares",),
    ),
    ("rmsprop_step", {}, "rmsprop(eps_in_sqrt=False)", optax.rmsprop(RATE, eps_in_sqrt=False), ("nu",)),
    ("adadelta_step", {}, "adadelta", optax.adadelta(1.0), ("e_g", "e_x")),
    ("adam_step", {}, "adam", optax.adam(RATE), ("mu", "nu")),
    ("adamw_step", {"decay": 0.02}, "adamw(weight_decay=.02)", optax.adamw(RATE, weight_decay=0.02), ("mu", "nu")),
]


def optimisers() -> list[Row]:
    """Each of three steps from a zero state: our step from the state before must give weights and state after."""
    rows = []
    for call, options, its, make, state in _TORCH:
        rows += _by_torch(call, options, its, make, state)
    for call, options, its, make, state in _KERAS:
        rows += _by_keras(call, options, its, make, state)
    for call, options, its, made, state in _OPTAX:
        rows += _by_optax(call, options, its, made, state)
    return [*rows, _late("adam_step", torch.optim.Adam, {}), _late("adamw_step", torch.optim.AdamW, {"decay": 0.01})]


def _row(library, call, its, options, g, before: Sequence[Any], after: Sequence[Any], number: int) -> Row:
    """A row of one step; `before` and `after` hold the weights, then the state."""
    names = {
        "momentum_step": "m",
        "nesterov_step": "m",
        "adagrad_step": "s",
        "rmsprop_step": "s",
        "adadelta_step": "sd",
    }
    names = {**names, "adam_step": "mv", "adamw_step": "mv"}.get(call, "")
    arguments = {"w": before[0], "g": g, **dict(zip(names, before[1:], strict=True))}
    arguments |= {"t": number} if call.startswith("adam") else {}
    arguments |= {} if call == "adadelta_step" else {"rate": RATE}
    arguments |= {"decay": 0.02} if call == "weight_decay_step" else {}
    value = np.stack([np.asarray(one) for one in after]) if names else np.asarray(after[0])
    return row("scipy", call, its, lambda *_: value, arguments, options=options) | {"library": library}


def _by_torch(call, options, its, make, state) -> list[Row]:
    draw, rows = Draws(call), []
    w = torch.tensor(draw.reals(4), requires_grad=True)
    optimiser, before = make([w]), [np.zeros(4) for _ in state]
    for number in range(1, STEPS + 1):
        start, g = w.detach().numpy().copy(), draw.reals(4)
        w.grad = torch.tensor(g)
        optimiser.step()
        after = [optimiser.state[w][name].numpy().copy() for name in state]
        rows.append(_row("torch", call, its, options, g, [start, *before], [w.detach().numpy().copy(), *after], number))
        before = after
    return rows


def _late(call, make, options) -> Row:
    """A step so late that both corrections are 1 in float64: Adam without correction."""
    draw = Draws(call + " late")
    start, g, m, v = draw.reals(4), draw.reals(4), draw.reals(4), draw.positive(4)
    w = torch.tensor(start, requires_grad=True)
    optimiser = make([w], lr=RATE)
    state = {"step": torch.tensor(1e6), "exp_avg": torch.tensor(m), "exp_avg_sq": torch.tensor(v)}
    optimiser.state[w].update(state)
    w.grad = torch.tensor(g)
    optimiser.step()
    after = [w.detach().numpy(), state["exp_avg"].numpy(), state["exp_avg_sq"].numpy()]
    its = f"optim.{make.__name__} at step 10⁶, where 1 − βᵗ is 1"
    return _row("torch", call, its, {**options, "correct": "false"}, g, [start, m, v], after, 1)


def _by_keras(call, options, its, make, state) -> list[Row]:
    draw, rows = Draws(call), []
    w = keras.Variable(draw.reals(4), dtype="float64")
    optimiser, before = make(), [np.zeros(4) for _ in state]
    for number in range(1, STEPS + 1):
        start, g = w.numpy().copy(), draw.reals(4)
        optimiser.apply([torch.tensor(g)], [w])
        after = [getattr(optimiser, name)[0].numpy().copy() for name in state]
        rows.append(_row("keras", call, its, options, g, [start, *before], [w.numpy().copy(), *after], number))
        before = after
    return rows


def _by_optax(call, options, its, optimiser, state) -> list[Row]:
    draw, rows = Draws(call), []
    w = jnp.asarray(draw.reals(4))
    kept, before = optimiser.init(w), [np.zeros(4) for _ in state]
    for number in range(1, STEPS + 1):
        g = draw.reals(4)
        change, kept = optimiser.update(jnp.asarray(g), kept, w)
        moved = optax.apply_updates(w, change)
        after = [np.asarray(optax.tree.get(kept, name)) for name in state]
        rows.append(_row("optax", call, its, options, g, [np.asarray(w), *before], [moved, *after], number))
        w, before = moved, after
    return rows


ROWS = (optimisers,)
