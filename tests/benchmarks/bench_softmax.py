"""Softmax cross-entropy from logits, value and gradient: the catalogue beside a formulation on SciPy's `logsumexp`.

Run from the clone, in an environment with SciPy (`pip install scipy`), which the app itself does not need:

    python tests/benchmarks/bench_softmax.py
    python tests/benchmarks/bench_softmax.py --json > softmax.json

Both sides compute the mean over rows and its gradient by the logits, in one process, on the same seeded arrays, taking
turns; which one begins changes from turn to turn. What counts is the median of the turns; a ratio below 1 means that
the catalogue is faster. pytest does not collect this file. Exit code 1: the two disagree by more than 1e-12.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from statistics import median
from time import perf_counter

import numpy as np

from studyapp.engine.algebras.algebra import FLOATS
from studyapp.engine.catalogue.families import CATALOGUE

ROWS, CLASSES, SEED = 1024, 1000, 0
AGREEMENT = 1e-12

Result = tuple[float, np.ndarray]
Formulation = Callable[[np.ndarray, np.ndarray], Result]


def ours(z: np.ndarray, t: np.ndarray) -> Result:
    """The catalogue's entry, with all its checks of shapes and values."""
    entry = CATALOGUE["cross_entropy_with_logits"]
    return float(entry.evaluate(FLOATS, [z, t], {})), entry.gradient_of("z", [z, t], {})


def with_scipy() -> Formulation:
    """The same by `logsumexp`, whose result serves value and gradient; in place where that saves time."""
    try:
        from scipy.special import logsumexp
    except ImportError:
        sys.exit("SciPy is missing: pip install scipy")

    def formulation(z: np.ndarray, t: np.ndarray) -> Result:
        normaliser = logsumexp(z, axis=1, keepdims=True)
        value = np.mean(normaliser[:, 0] - np.sum(t * z, axis=1))
        gradient = np.exp(z - normaliser)
        gradient -= t
        gradient /= len(z)
        return float(value), gradient

    return formulation


def batch(rows: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits with a spread of 3, and one-hot targets."""
    random = np.random.default_rng(SEED)
    return 3.0 * random.normal(size=(rows, classes)), np.eye(classes)[random.integers(0, classes, rows)]


def distance(first: Result, second: Result) -> float:
    """The largest |difference| / (1 + |value|) of values and gradients."""
    values, gradients = zip(first, second, strict=True)
    apart = (abs(values[0] - values[1]) / (1 + abs(values[1])), np.abs(gradients[0] - gradients[1]).max())
    return float(max(apart))


def seconds(formulation: Formulation, z: np.ndarray, t: np.ndarray) -> float:
    """The time of one call."""
    start = perf_counter()
    formulation(z, t)
    return perf_counter() - start


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Times in milliseconds by side (median; lower and upper quartile), their ratio, and how far apart the results."""

    rows: int
    classes: int
    repeats: int
    milliseconds: dict[str, float]
    quartiles: dict[str, tuple[float, float]]
    ratio: float
    distance: float
    versions: dict[str, str]


def measured(repeats: int, rows: int, classes: int) -> Figures:
    """The figures of both sides, taken in turns."""
    z, t = batch(rows, classes)
    sides: dict[str, Formulation] = {"studyapp": ours, "scipy": with_scipy()}
    apart = distance(*(side(z, t) for side in sides.values()))
    times: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(repeats):
        for name in sorted(sides, reverse=turn % 2 == 0):
            times[name].append(1000 * seconds(sides[name], z, t))
    medians = {name: median(found) for name, found in times.items()}
    return Figures(
        rows=rows,
        classes=classes,
        repeats=repeats,
        milliseconds=medians,
        quartiles={name: tuple(np.quantile(found, (0.25, 0.75)).tolist()) for name, found in times.items()},
        ratio=medians["studyapp"] / medians["scipy"],
        distance=apart,
        versions={"python": platform.python_version(), "numpy": np.__version__, "scipy": version("scipy")},
    )


def table(figures: Figures) -> str:
    """The figures for people."""
    lines = [f"softmax cross-entropy and gradient, {figures.rows} × {figures.classes}, {figures.repeats} turns"]
    for name, (low, high) in figures.quartiles.items():
        lines.append(f"{name:10}{figures.milliseconds[name]:9.2f} ms   (half of them {low:.2f} to {high:.2f})")
    lines += [f"{'ratio':10}{figures.ratio:9.2f}", f"{'distance':10}{figures.distance:9.1e}"]
    return "\n".join([*lines, ", ".join(f"{name} {number}" for name, number in figures.versions.items())])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=41)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--classes", type=int, default=CLASSES)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    options = parser.parse_args()
    figures = measured(options.repeats, options.rows, options.classes)
    sys.stdout.write((json.dumps(asdict(figures), indent=2) if options.json else table(figures)) + "\n")
    return 0 if figures.distance <= AGREEMENT else 1


if __name__ == "__main__":
    sys.exit(main())
