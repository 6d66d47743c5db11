"""Inputs at the edge and what torch makes of them, in float64: some are its conventions, some lost digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from recording import Row, row
from torch import distributions
from torch.nn import functional


def extremes() -> list[Row]:
    """A row for each case; its `case` is the name by which the test lists the differences."""
    made = []
    for call, its, function, cases in _TABLE:
        for arguments, by, options in cases:
            arrays = {
                name: np.asarray(one, dtype=int if name == "labels" else float) for name, one in arguments.items()
            }
            case = ", ".join(f"{name}={_short(one)}" for name, one in [*arguments.items(), *options.items()])
            computed = row("torch", call, its, _with(function, options), arrays, by, options=options)
            made.append({"case": f"{call}({case})", **computed})
    return made


def _with(function, options):
    return lambda *arguments: function(*arguments, **options)


def _short(value: Any) -> str:
    return (
        "[" + " ".join(map(_short, value)) + "]" if isinstance(value, list) else repr(float(value)).removesuffix(".0")
    )


def _elements(function: Callable[..., Any], values: list[float], name: str = "x") -> list[Any]:
    return [({name: value}, name, {}) for value in values]


def _pairs(first: str, second: str, by: str, values: list[Any]) -> list[Any]:
    return [({first: a, second: b}, by, {}) for a, b in values]


def _kl(p, q):
    return functional.kl_div(q.log(), p, reduction="sum")


def _entropy(p):
    return torch.special.entr(p).sum()


def _vae(m, v):
    one = distributions.Normal(m, v.sqrt(), validate_args=False)
    return distributions.kl_divergence(one, distributions.Normal(0.0, 1.0))


def _poisson(y, t):
    return functional.poisson_nll_loss(y, t, log_input=False)


def _gan(real, fake):
    bce = functional.binary_cross_entropy
    return -bce(real, torch.ones_like(real)) - bce(fake, torch.zeros_like(fake))


def _triplet(dp, dn):
    return functional.triplet_margin_loss(torch.zeros(1, 1), dp[None, None], dn[None, None], eps=0.0)


_FAR = [-1000, -700, -50, 0, 50, 700, 1000]
_TABLE: list[tuple[str, str, Callable[..., Any], list[Any]]] = [
    ("sigmoid", "sigmoid", torch.sigmoid, _elements(torch.sigmoid, _FAR)),
    ("tanh", "tanh", torch.tanh, _elements(torch.tanh, [-1000, -20, 1e-300, 20, 1000])),
    ("relu", "relu", torch.relu, _elements(torch.relu, [-1e308, 0, 1e308])),
    ("elu", "functional.elu", functional.elu, _elements(functional.elu, [-1000, -1e-20, 0, 1000])),
    (
        "softplus",
        "functional.softplus",
        functional.softplus,
        _elements(functional.softplus, [-1000, -700, -50, 19, 21, 50, 1000]),
    ),
    ("swish", "functional.silu", functional.silu, _elements(functional.silu, [-1000, -700, 700, 1000])),
    ("gelu", "functional.gelu", functional.gelu, _elements(functional.gelu, [-1000, -30, -10, -6, 6, 1000])),
    (
        "softmax",
        "softmax(dim=-1)",
        lambda z: torch.softmax(z, -1),
        [({"z": z}, "", {}) for z in ([1000, 0, -1000], [1000, 1000], [-1000, -1000.5], [700, 0])],
    ),
    (
        "binary_cross_entropy",
        "functional.binary_cross_entropy",
        functional.binary_cross_entropy,
        _pairs(
            "y",
            "t",
            "y",
            [(0, 1), (1, 0), (1, 1), (0, 0), (1e-50, 1), (1e-300, 1), (1 - 2**-53, 0), (0, 0.5), (1e-20, 0)],
        ),
    ),
    (
        "binary_cross_entropy_with_logits",
        "functional.binary_cross_entropy_with_logits",
        functional.binary_cross_entropy_with_logits,
        _pairs("z", "t", "z", [(-1000, 1), (1000, 1), (1000, 0), (-1000, 0), (50, 1), (700, 1), (-50, 0), (1000, 0.5)]),
    ),
    (
        "cross_entropy_with_logits",
        "functional.cross_entropy",
        functional.cross_entropy,
        _pairs(
            "z",
            "t",
            "z",
            [
                ([1000, 0], [0, 1]),
                ([1000, 0], [1, 0]),
                ([50, 0], [1, 0]),
                ([700, 0, 0], [1, 0, 0]),
                ([-1000, -1000], [1, 0]),
                ([1000, -1000], [0.5, 0.5]),
            ],
        ),
    ),
    (
        "sparse_cross_entropy_with_logits",
        "functional.cross_entropy with labels",
        functional.cross_entropy,
        _pairs("z", "labels", "z", [([1000, 0, -1000], 2), ([1000, 0, -1000], 0), ([40, 0, 0], 0)]),
    ),
    (
        "sparse_cross_entropy",
        "functional.nll_loss(ln y)",
        lambda y, labels: functional.nll_loss(y.log(), labels),
        _pairs("y", "labels", "", [([0, 1], 0), ([0, 1], 1), ([1e-300, 1], 0)]),
    ),
    (
        "cross_entropy",
        "functional.kl_div(ln y, t, reduction='sum') + entropy of t",
        lambda y, t: _kl(t, y) + _entropy(t),
        _pairs("y", "t", "", [([0, 1], [1, 0]), ([0, 1], [0, 1]), ([1e-300, 1], [1, 0])]),
    ),
    (
        "kl_divergence",
        "functional.kl_div(ln q, p, reduction='sum')",
        _kl,
        _pairs("p", "q", "", [([1, 0], [0.5, 0.5]), ([0.5, 0.5], [1, 0]), ([0, 1], [0, 1]), ([1, 0], [1e-300, 1])]),
    ),
    ("entropy", "special.entr, summed", _entropy, [({"p": p}, "", {}) for p in ([1, 0, 0], [1e-300, 1], [0.5, 0.5])]),
    (
        "poisson_nll",
        "functional.poisson_nll_loss(log_input=False)",
        _poisson,
        _pairs("y", "t", "", [(1e-12, 1), (1e-12, 0), (1e12, 1e12)]),
    ),
    (
        "gaussian_nll",
        "functional.gaussian_nll_loss",
        functional.gaussian_nll_loss,
        [({"y": y, "t": t, "v": v}, "", {}) for y, t, v in ((1, 0, 1e-10), (0, 0, 1e-10), (1, 0, 1e10), (1e150, 0, 1))],
    ),
    ("mse", "functional.mse_loss", functional.mse_loss, _pairs("y", "t", "y", [(1e150, -1e150), (1e-170, 0), (0, 0)])),
    ("mae", "functional.l1_loss", functional.l1_loss, _pairs("y", "t", "y", [(1e308, 0), (0, 0)])),
    (
        "huber",
        "functional.huber_loss",
        functional.huber_loss,
        _pairs("y", "t", "y", [(1e200, 0), (-1e200, 0), (0, 0), (1, 0)]),
    ),
    (
        "margin_ranking",
        "functional.margin_ranking_loss",
        functional.margin_ranking_loss,
        [({"a": a, "b": b, "sign": 1}, "a", {}) for a, b in ((1000, -1000), (-1000, 1000), (1, 1))],
    ),
    (
        "triplet",
        "functional.triplet_margin_loss(eps=0) on a line",
        _triplet,
        _pairs("dp", "dn", "dp", [(1e6, 0.5), (0.5, 1e6), (1, 2)]),
    ),
    (
        "cosine_similarity",
        "functional.cosine_similarity",
        lambda a, b: functional.cosine_similarity(a, b, dim=-1),
        _pairs(
            "a",
            "b",
            "",
            [([1e200, 0], [1e200, 1e200]), ([1e-9, 0], [1, 0]), ([1e-200, 0], [1e-200, 1e-200]), ([0, 0], [1, 0])],
        ),
    ),
    (
        "euclidean_distance",
        "linalg.vector_norm(a − b)",
        lambda a, b: torch.linalg.vector_norm(a - b),
        _pairs("a", "b", "a", [([3e200, 0], [0, 4e200]), ([3e-200, 0], [0, 4e-200]), ([1, 1], [1, 1])]),
    ),
    (
        "vae_kl",
        "distributions.kl_divergence(Normal(m, √v), Normal(0, 1))",
        _vae,
        _pairs("m", "v", "m v", [(0, 1), (1000, 1e-300), (0, 1e300)]),
    ),
    (
        "gan_value",
        "−functional.binary_cross_entropy, twice",
        _gan,
        _pairs("real", "fake", "", [(0.5, 0.5), (1, 0), (0, 0.5), (1e-50, 0.5)]),
    ),
]
