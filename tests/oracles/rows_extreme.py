"""Inputs at the edge and what torch makes of them, in float64: some are its conventions, some lost digits."""

from typing import Any

import numpy as np
from recording import Row, row


def extremes() -> list[Row]:
    """A row for each case; its `case` is the name by which the test lists the differences."""
    made = []
    for call, code, names, by, cases in _TABLE:
        for case in cases:
            given = dict(zip(names.split(), case if " " in names else [case], strict=True))
            arrays = {
                name: np.asarray(value, dtype=int if name == "labels" else float) for name, value in given.items()
            }
            title = ", ".join(f"{name}={_short(value)}" for name, value in given.items())
            made.append({"case": f"{call}({title})", **row("torch", call, code, arrays, by)})
    return made


def _short(value: Any) -> str:
    if isinstance(value, list):
        return "[" + " ".join(map(_short, value)) + "]"
    return repr(float(value)).removesuffix(".0")


_BCE, _LOGITS = "functional.binary_cross_entropy", "functional.binary_cross_entropy_with_logits(z, t)"
_KL, _ENTROPY = "functional.kl_div({}.log(), {}, reduction='sum')", "torch.special.entr({}).sum()"
_NORMAL = "distributions.Normal(m, v.sqrt(), validate_args=False)"
_VAE = f"distributions.kl_divergence({_NORMAL}, distributions.Normal(0.0, 1.0))"
_GAN = f"-{_BCE}(real, torch.ones_like(real)) - {_BCE}(fake, torch.zeros_like(fake))"
_TRIPLET = "functional.triplet_margin_loss(torch.zeros(1, 1), dp[None, None], dn[None, None], eps=0.0)"
_SURE = [(0, 1), (1, 0), (1, 1), (0, 0), (1e-50, 1), (1e-300, 1), (1 - 2**-53, 0), (0, 0.5), (1e-20, 0)]
_FAR = [-1000, -700, -50, 0, 50, 700, 1000]
_TWO_ROWS = [
    *(([1000, 0], [0, 1]), ([1000, 0], [1, 0]), ([50, 0], [1, 0]), ([700, 0, 0], [1, 0, 0])),
    *(([-1000, -1000], [1, 0]), ([1000, -1000], [0.5, 0.5])),
]
_LABELLED = [([1000, 0, -1000], 2), ([1000, 0, -1000], 0), ([40, 0, 0], 0)]
_APART = [([1, 0], [0.5, 0.5]), ([0.5, 0.5], [1, 0]), ([0, 1], [0, 1]), ([1, 0], [1e-300, 1])]
_DIRECTIONS = [([1e200, 0], [1e200, 1e200]), ([1e-9, 0], [1, 0]), ([1e-200, 0], [1e-200, 1e-200]), ([0, 0], [1, 0])]
_PLACES = [([3e200, 0], [0, 4e200]), ([3e-200, 0], [0, 4e-200]), ([1, 1], [1, 1])]
_VARIANCES = [(1, 0, 1e-10), (0, 0, 1e-10), (1, 0, 1e10), (1e150, 0, 1)]
_TABLE: list[tuple[str, str, str, str, list[Any]]] = [
    ("sigmoid", "torch.sigmoid(x)", "x", "x", _FAR),
    ("tanh", "torch.tanh(x)", "x", "x", [-1000, -20, 1e-300, 20, 1000]),
    ("relu", "torch.relu(x)", "x", "x", [-1e308, 0, 1e308]),
    ("elu", "functional.elu(x)", "x", "x", [-1000, -1e-20, 0, 1000]),
    ("softplus", "functional.softplus(x)", "x", "x", [-1000, -700, -50, 19, 21, 50, 1000]),
    ("swish", "functional.silu(x)", "x", "x", [-1000, -700, 700, 1000]),
    ("gelu", "functional.gelu(x)", "x", "x", [-1000, -30, -10, -6, 6, 1000]),
    ("softmax", "torch.softmax(z, -1)", "z", "", [[1000, 0, -1000], [1000, 1000], [-1000, -1000.5], [700, 0]]),
    ("binary_cross_entropy", f"{_BCE}(y, t)", "y t", "y", _SURE),
    (
        *("binary_cross_entropy_with_logits", _LOGITS, "z t", "z"),
        [(-1000, 1), (1000, 1), (1000, 0), (-1000, 0), (50, 1), (700, 1), (-50, 0), (1000, 0.5)],
    ),
    ("cross_entropy_with_logits", "functional.cross_entropy(z, t)", "z t", "z", _TWO_ROWS),
    ("sparse_cross_entropy_with_logits", "functional.cross_entropy(z, labels)", "z labels", "z", _LABELLED),
    (
        *("sparse_cross_entropy", "functional.nll_loss(y.log(), labels)", "y labels", ""),
        [([0, 1], 0), ([0, 1], 1), ([1e-300, 1], 0)],
    ),
    (
        *("cross_entropy", f"{_KL.format('y', 't')} + {_ENTROPY.format('t')}", "y t", ""),
        [([0, 1], [1, 0]), ([0, 1], [0, 1]), ([1e-300, 1], [1, 0])],
    ),
    ("kl_divergence", _KL.format("q", "p"), "p q", "", _APART),
    ("entropy", _ENTROPY.format("p"), "p", "", [[1, 0, 0], [1e-300, 1], [0.5, 0.5]]),
    (
        *("poisson_nll", "functional.poisson_nll_loss(y, t, log_input=False)", "y t", ""),
        [(1e-12, 1), (1e-12, 0), (1e12, 1e12)],
    ),
    ("gaussian_nll", "functional.gaussian_nll_loss(y, t, v)", "y t v", "", _VARIANCES),
    ("mse", "functional.mse_loss(y, t)", "y t", "y", [(1e150, -1e150), (1e-170, 0), (0, 0)]),
    ("mae", "functional.l1_loss(y, t)", "y t", "y", [(1e308, 0), (0, 0)]),
    ("huber", "functional.huber_loss(y, t)", "y t", "y", [(1e200, 0), (-1e200, 0), (0, 0), (1, 0)]),
    (
        *("margin_ranking", "functional.margin_ranking_loss(a, b, sign)", "a b sign", "a"),
        [(1000, -1000, 1), (-1000, 1000, 1), (1, 1, 1)],
    ),
    ("triplet", _TRIPLET, "dp dn", "dp", [(1e6, 0.5), (0.5, 1e6), (1, 2)]),
    ("cosine_similarity", "functional.cosine_similarity(a, b, dim=-1)", "a b", "", _DIRECTIONS),
    ("euclidean_distance", "torch.linalg.vector_norm(a - b)", "a b", "a", _PLACES),
    ("vae_kl", _VAE, "m v", "m v", [(0, 1), (1000, 1e-300), (0, 1e300)]),
    ("gan_value", _GAN, "real fake", "", [(0.5, 0.5), (1, 0), (0, 0.5), (1e-50, 0.5)]),
]
"""Call, code, names of its arguments, those by which it is differentiated, and the cases."""
