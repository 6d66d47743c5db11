"""Softmax cross-entropy of 1,024 × 1,000 logits, value and gradient: the catalogue beside torch and SciPy.

All sides compute the mean over rows and its gradient by the logits, on one thread and the same seeded arrays; SciPy's
is a formulation on `logsumexp`, whose result serves both, in place where that saves time.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from studyapp.engine.catalogue.families import CATALOGUE
from tests.benchmarks.elsewhere import environment
from tests.benchmarks.measuring import Row, in_turns, seconds
from tests.benchmarks.served import served

ROWS, CLASSES = 1024, 1000
AGREEMENT = 1e-12

BATCH = f"""
import numpy as np
random = np.random.default_rng(0)
z = 3.0 * random.normal(size=({ROWS}, {CLASSES}))
t = np.eye({CLASSES})[random.integers(0, {CLASSES}, {ROWS})]
"""
"""Logits with a spread of 3, and one-hot targets."""

SIDES = (
    BATCH
    + """
import sys
from time import perf_counter
import torch
from scipy.special import logsumexp

torch.set_num_threads(1)
logits, targets = torch.from_numpy(z).requires_grad_(), torch.from_numpy(t)

def with_torch():
    logits.grad = None
    value = torch.nn.functional.cross_entropy(logits, targets)
    value.backward()
    return value.item(), logits.grad.numpy()

def with_scipy():
    normaliser = logsumexp(z, axis=1, keepdims=True)
    value = np.mean(normaliser[:, 0] - np.sum(t * z, axis=1))
    gradient = np.exp(z - normaliser)
    gradient -= t
    gradient /= len(z)
    return float(value), gradient

sides = {"torch": with_torch, "SciPy": with_scipy}
for line in sys.stdin:
    begun = perf_counter()
    value, gradient = sides[line.strip()]()
    taken = perf_counter() - begun
    print(taken, value, float(np.sum(gradient * z)), flush=True)
"""
)


def ours(z: np.ndarray, t: np.ndarray) -> tuple[float, np.ndarray]:
    """The catalogue's entry, with all its checks of shapes and values."""
    entry = CATALOGUE["cross_entropy_with_logits"]
    value, gradient = entry.value_and_gradient("z", [z, t], {})
    return float(value), gradient


def rows(rounds: int) -> Iterator[Row]:
    """A row for each of the others; one that disagrees with ours does not hold."""
    scope: dict[str, np.ndarray] = {}
    exec(BATCH, scope)  # noqa: S102 — the text above, so that all sides have the same
    z, t = scope["z"], scope["t"]
    value, gradient = ours(z, t)
    size = f"{ROWS:,} × {CLASSES:,}"
    with environment("torch", "scipy", f"numpy=={np.__version__}") as python, served(python, SIDES) as others:
        for other, most in (("torch", 1.2), ("SciPy", 0.5)):
            _, printed, projected = map(float, others.ask(other).split())
            apart = max(abs(printed - value) / abs(value), abs(projected - np.sum(gradient * z)) / abs(projected))
            pair = in_turns(
                lambda: seconds(lambda: ours(z, t)),
                lambda: float(others.ask(other).split()[0]),
                4 * rounds,
                warm=3,
            )
            row = pair.at_most(f"loss and gradient, {size} logits", f"{other}, one thread", most)
            yield replace(row, holds=row.holds and apart < AGREEMENT, more={**row.more, "apart": apart})
