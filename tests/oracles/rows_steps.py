"""Golden rows: steps of optimisers."""

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import SCOPE, Draws, Row, row

STEPS = 3
RATE = 0.1
OUTSIDE = {"inside": "false"}
STATES = {
    **dict.fromkeys(("momentum_step", "nesterov_step"), "m"),
    **dict.fromkeys(("adagrad_step", "rmsprop_step"), "s"),
    **dict.fromkeys(("adam_step", "adamw_step"), "mv"),
    "adadelta_step": "sd",
}
"""By call the names of its state."""

_TORCH = [
    ("sgd_step", {}, "SGD(w, lr=0.1)", ""),
    ("weight_decay_step", {}, "SGD(w, lr=0.1, weight_decay=0.02)", ""),
    ("momentum_step", OUTSIDE, "SGD(w, lr=0.1, momentum=0.9)", "momentum_buffer"),
    ("nesterov_step", {"mu": 0.8, **OUTSIDE}, "SGD(w, lr=0.1, momentum=0.8, nesterov=True)", "momentum_buffer"),
    ("adagrad_step", {"epsilon": 1e-10}, "Adagrad(w, lr=0.1)", "sum"),
    ("rmsprop_step", {"rho": 0.99}, "RMSprop(w, lr=0.1)", "square_avg"),
    ("adadelta_step", {}, "Adadelta(w, lr=1.0, rho=0.9, eps=1e-6)", "square_avg acc_delta"),
    ("adam_step", {}, "Adam(w, lr=0.1)", "exp_avg exp_avg_sq"),
    ("adamw_step", {}, "AdamW(w, lr=0.1)", "exp_avg exp_avg_sq"),
]
_KERAS = [
    ("sgd_step", {}, "SGD(0.1)", ""),
    ("momentum_step", {}, "SGD(0.1, momentum=0.9)", "momentums"),
    ("nesterov_step", {}, "SGD(0.1, momentum=0.9, nesterov=True)", "momentums"),
    ("adadelta_step", {"rho": 0.95, "epsilon": 1e-7}, "Adadelta(1.0)", "_accumulated_grads _accumulated_delta_vars"),
    ("rmsprop_step", {"epsilon": 0}, "RMSprop(0.1, epsilon=0.0)", "_velocities"),
    ("adam_step", {"epsilon": 0}, "Adam(0.1, epsilon=0.0)", "_momentums _velocities"),
]
_OPTAX = [
    ("sgd_step", {}, "sgd(0.1)", ""),
    ("momentum_step", OUTSIDE, "sgd(0.1, momentum=0.9)", "trace"),
    ("nesterov_step", OUTSIDE, "sgd(0.1, momentum=0.9, nesterov=True)", "trace"),
    ("adagrad_step", {"epsilon": 0}, "adagrad(0.1, 0.0, 0.0)", "sum_of_squares"),
    ("rmsprop_step", {}, "rmsprop(0.1, eps_in_sqrt=False)", "nu"),
    ("adadelta_step", {}, "adadelta(1.0)", "e_g e_x"),
    ("adam_step", {}, "adam(0.1)", "mu nu"),
    ("adamw_step", {"decay": 0.02}, "adamw(0.1, weight_decay=0.02)", "mu nu"),
]


class _Torch:
    """A weight under an optimiser of torch."""

    def __init__(self, code: str, start: Any, state: Sequence[str]) -> None:
        self.w, self.state = torch.tensor(start, requires_grad=True), state
        self.optimiser = _made(code, w=[self.w])

    def step(self, g: Any) -> list[Any]:
        self.w.grad = torch.tensor(g)
        self.optimiser.step()
        kept = self.optimiser.state[self.w]
        return [self.w.detach().numpy().copy(), *(kept[name].numpy().copy() for name in self.state)]


class _Keras:
    """A weight under an optimiser of Keras."""

    def __init__(self, code: str, start: Any, state: Sequence[str]) -> None:
        self.w, self.state = keras.Variable(start, dtype="float64"), state
        self.optimiser = _made(code)

    def step(self, g: Any) -> list[Any]:
        self.optimiser.apply([torch.tensor(g)], [self.w])
        return [self.w.numpy().copy(), *(getattr(self.optimiser, name)[0].numpy().copy() for name in self.state)]


class _Optax:
    """A weight under an optimiser of optax."""

    def __init__(self, code: str, start: Any, state: Sequence[str]) -> None:
        self.w, self.state = jnp.asarray(start), state
        self.optimiser = _made(code)
        self.kept = self.optimiser.init(self.w)

    def step(self, g: Any) -> list[Any]:
        change, self.kept = self.optimiser.update(jnp.asarray(g), self.kept, self.w)
        self.w = optax.apply_updates(self.w, change)
        return [np.asarray(self.w), *(np.asarray(optax.tree.get(self.kept, name)) for name in self.state)]


def _made(code: str, **known: Any) -> Any:
    return eval(code, SCOPE | known)  # noqa: S307 — the text of a row above


def optimisers() -> list[Row]:
    """Each of three steps from a zero state: our step from the state before must give weights and state after."""
    rows = []
    libraries = (
        ("torch", "torch.optim", _Torch, _TORCH),
        ("keras", "keras.optimizers", _Keras, _KERAS),
        ("optax", "optax", _Optax, _OPTAX),
    )
    for library, module, kind, table in libraries:
        for call, options, name, state in table:
            code = f"{module}.{name}"
            draw = Draws(call)
            before = [draw.reals(4), *(np.zeros(4) for _ in state.split())]
            weight = kind(code, before[0].copy(), state.split())
            for number in range(1, STEPS + 1):
                g = draw.reals(4)
                after = weight.step(g)
                rows.append(_row(library, call, code, options, g, before, after, number))
                before = after
    return [*rows, _late("adam_step", "Adam", {}), _late("adamw_step", "AdamW", {"decay": 0.01})]


def _row(library, call, code, options, g, before: Sequence[Any], after: Sequence[Any], number: int) -> Row:
    """A row of one step; `before` and `after` hold the weights, then the state."""
    names = STATES.get(call, "")
    arguments = {"w": before[0], "g": g, **dict(zip(names, before[1:], strict=True))}
    arguments |= {"t": number} if call.startswith("adam") else {}
    arguments |= {} if call == "adadelta_step" else {"rate": RATE}
    arguments |= {"decay": 0.02} if call == "weight_decay_step" else {}
    value = np.stack([np.asarray(part) for part in after]) if names else np.asarray(after[0])
    computed = row("scipy", call, "value", arguments, options=options, known={"value": value})
    return computed | {"library": library, "function": code}


def _late(call: str, name: str, options) -> Row:
    """A step so late that both corrections are 1 in float64: Adam without correction."""
    draw = Draws(call + " late")
    start, g, m, v = draw.reals(4), draw.reals(4), draw.reals(4), draw.positive(4)
    code = f"torch.optim.{name}(w, lr=0.1)"
    weight = _Torch(code, start, ("exp_avg", "exp_avg_sq"))
    state = {"step": torch.tensor(1e6), "exp_avg": torch.tensor(m), "exp_avg_sq": torch.tensor(v)}
    weight.optimiser.state[weight.w].update(state)
    its = f"{code} at step 10⁶, where 1 − βᵗ is 1"
    return _row("torch", call, its, {**options, "correct": "false"}, g, [start, m, v], weight.step(g), 1)


ROWS = (optimisers,)
