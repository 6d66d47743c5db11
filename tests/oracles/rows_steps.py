"""Golden rows: metrics from counts and scores, sizes of layers, steps of optimisers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row
from sklearn import metrics
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def counts() -> list[Row]:
    """Metrics from counts, by way of labels that have those counts; the area under the ROC curve with ties."""
    cells = {"tp": np.float64(17), "fp": np.float64(5), "fn": np.float64(9), "tn": np.float64(23)}
    truth = np.repeat([1, 0, 1, 0], [17, 5, 9, 23])
    said = np.repeat([1, 1, 0, 0], [17, 5, 9, 23])
    draw = Draws("roc_auc")
    scored = {"score": np.round(draw.unit(30), 1), "label": draw.bits(30)}
    named: dict[str, tuple[str, Callable[..., Any], dict[str, Any]]] = {
        "accuracy_score": ("accuracy", metrics.accuracy_score, {}),
        "precision_score": ("precision", metrics.precision_score, {}),
        "recall_score": ("recall", metrics.recall_score, {}),
        "recall_score(pos_label=0)": ("specificity", lambda t, y: metrics.recall_score(t, y, pos_label=0), {}),
        "1 − recall_score(pos_label=0)": (
            "false_positive_rate",
            lambda t, y: 1 - metrics.recall_score(t, y, pos_label=0),
            {},
        ),
        "roc_curve, its middle point": ("false_positive_rate", lambda t, y: metrics.roc_curve(t, y)[0][1], {}),
        "f1_score": ("f_beta", metrics.f1_score, {}),
        "fbeta_score(beta=2)": ("f_beta", lambda t, y: metrics.fbeta_score(t, y, beta=2), {"beta": 2}),
        "fbeta_score(beta=.5)": ("f_beta", lambda t, y: metrics.fbeta_score(t, y, beta=0.5), {"beta": 0.5}),
    }
    rows = [
        row(
            "scikit-learn",
            call,
            f"metrics.{its}",
            lambda *_, measure=measure: measure(truth, said),
            cells,
            options=options,
        )
        for its, (call, measure, options) in named.items()
    ]
    area = row(
        "scikit-learn",
        "roc_auc",
        "metrics.roc_auc_score",
        lambda s, t: metrics.roc_auc_score(t, s),
        scored,
        note="scores to one place: many ties",
    )
    average = row(
        "scikit-learn",
        "average_precision",
        "metrics.average_precision_score",
        lambda s, t: metrics.average_precision_score(t, s),
        scored,
    )
    return [*rows, area, average]


def sizes() -> list[Row]:
    """Sizes and counts, read off real layers."""
    rows = []
    for n, k, stride, padding, dilation in ((28, 5, 1, 0, 1), (32, 3, 2, 1, 1), (31, 3, 2, 0, 2), (224, 7, 2, 3, 1)):
        layer = nn.Conv1d(1, 1, k, stride, padding, dilation)
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        rows.append(
            row(
                "torch",
                "conv_output",
                f"nn.Conv1d(1, 1, {k}, {stride}, {padding}, {dilation})",
                lambda n, _, layer=layer: torch.tensor(layer(torch.zeros(1, 1, int(n))).shape[-1]),
                {"n": n, "k": k},
                options=options,
            )
        )
    for cin, cout, k, bias, groups in ((3, 16, 3, True, 1), (8, 16, 5, False, 1), (8, 8, 3, True, 8)):
        layer = nn.Conv2d(cin, cout, k, bias=bias, groups=groups)
        channels, options = {"cin": cin, "cout": cout, "k": k}, {"bias": str(bias).lower(), "groups": groups}
        rows.append(
            row(
                "torch",
                "conv_parameters",
                f"nn.Conv2d({cin}, {cout}, {k}, bias={bias}, groups={groups})",
                lambda *_, layer=layer: _parameters(layer),
                channels,
                options=options,
            )
        )
        place = {**channels, "height": 6, "width": 7}
        rows.append(
            row(
                "torch",
                "conv_flops",
                "utils.flop_counter.FlopCounterMode",
                lambda *_, layer=layer, cin=cin, k=k: _flops(layer, cin, 5 + k, 6 + k),
                place,
                options={"groups": groups},
            )
        )
    deep = {"sizes": np.array([784, 50, 20, 10])}
    layers = [(784, 50), (50, 20), (20, 10)]
    separable = [nn.Conv2d(4, 4, 3, groups=4, bias=False), nn.Conv2d(4, 6, 1, bias=False)]
    return [
        *rows,
        row(
            "torch",
            "separable_ratio",
            "FlopCounterMode: depthwise and pointwise over plain",
            lambda *_: (
                (_flops(separable[0], 4, 8, 8) + _flops(separable[1], 4, 6, 6))
                / _flops(nn.Conv2d(4, 6, 3, bias=False), 4, 8, 8).double()
            ),
            {"cout": 6, "k": 3},
        ),
        row(
            "torch",
            "receptive_field",
            "inputs that nn.Conv1d passes a gradient to",
            lambda k, s: _seen(k, s),
            {"kernels": np.array([7, 3, 3, 5]), "strides": np.array([2, 1, 2, 1])},
        ),
        row(
            "torch",
            "dense_parameters",
            "nn.Linear",
            lambda _: sum(_parameters(nn.Linear(*one)) for one in layers),
            deep,
        ),
        row(
            "torch",
            "dense_parameters",
            "nn.Linear(bias=False)",
            lambda _: sum(_parameters(nn.Linear(*one, bias=False)) for one in layers),
            deep,
            options={"bias": "false"},
        ),
        row(
            "torch",
            "dense_flops",
            "utils.flop_counter.FlopCounterMode of nn.Linear",
            lambda _: _flops(nn.Sequential(*(nn.Linear(*one) for one in layers)), 784),
            deep,
        ),
    ]


def _parameters(layer):
    return torch.tensor(sum(one.numel() for one in layer.parameters()))


def _flops(layer, *shape: int):
    with FlopCounterMode(display=False) as counter:
        layer(torch.zeros(1, *shape))
    return torch.tensor(counter.get_total_flops())


def _seen(kernels, strides):
    line = torch.zeros(1, 1, 101, dtype=torch.float64, requires_grad=True)
    out = line
    for kernel, stride in zip(kernels.tolist(), strides.tolist(), strict=True):
        out = nn.functional.conv1d(out, torch.ones(1, 1, kernel, dtype=torch.float64), stride=stride)
    (pull,) = torch.autograd.grad(out[0, 0, 2], line)
    return (pull != 0).sum()


STEPS = 3
RATE = 0.1


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


def _row(library, call, its, options, w, g, before: Sequence[Any], after: Sequence[Any], number: int) -> Row:
    """A row of one step; `after` holds the weights, then the state."""
    names = {
        "momentum_step": "m",
        "nesterov_step": "m",
        "adagrad_step": "s",
        "rmsprop_step": "s",
        "adadelta_step": "sd",
    }
    names = {**names, "adam_step": "mv", "adamw_step": "mv"}.get(call, "")
    arguments = {"w": w, "g": g, **dict(zip(names, before, strict=True))}
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
        rows.append(_row("torch", call, its, options, start, g, before, [w.detach().numpy().copy(), *after], number))
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
    return _row("torch", call, its, {**options, "correct": "false"}, start, g, [m, v], after, 1)


def _by_keras(call, options, its, make, state) -> list[Row]:
    draw, rows = Draws(call), []
    w = keras.Variable(draw.reals(4), dtype="float64")
    optimiser, before = make(), [np.zeros(4) for _ in state]
    for number in range(1, STEPS + 1):
        start, g = w.numpy().copy(), draw.reals(4)
        optimiser.apply([torch.tensor(g)], [w])
        after = [getattr(optimiser, name)[0].numpy().copy() for name in state]
        rows.append(_row("keras", call, its, options, start, g, before, [w.numpy().copy(), *after], number))
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
        rows.append(_row("optax", call, its, options, np.asarray(w), g, before, [moved, *after], number))
        w, before = moved, after
    return rows


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

ROWS = (counts, sizes, optimisers)
