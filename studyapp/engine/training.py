"""The training figure: a small network learns handwritten digits by mini-batch gradient descent, epoch by epoch.

The 1,797 images have 8×8 pixels. Origin: the test part of "Optical Recognition of Handwritten Digits", E. Alpaydin and
C. Kaynak, 1998, UCI Machine Learning Repository, data set 80; licence CC BY 4.0. Each image counts the ink of 4×4
blocks, from 0 to 16; the file has a line an image, 64 counts and the digit.
"""

import gzip
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studyapp.domain.document import Training
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue.entry import Array
from studyapp.engine.catalogue.stable import one_hot
from studyapp.engine.network import Network, backward, error, forward, initial, updated

SHARE = 0.8  # the part of the digits that is learnt from
SEED = 1
Scores = tuple[float, ...]


class Examples(NamedTuple):
    """Images as rows of 64 numbers from 0 to 1, and their digits as one-hot rows."""

    images: Array
    targets: Array


@cache
def digits() -> Examples:
    """All images, read once."""
    packed = files("studyapp.engine").joinpath("data", "digits.csv.gz").read_bytes()
    rows = [line.split(",") for line in gzip.decompress(packed).decode("ascii").splitlines()]
    table = np.array(rows, dtype=np.float64)
    return Examples(table[:, :64] / 16.0, one_hot(table[:, 64], 10))


class DigitRun:
    """One training run at a time: its scores are kept, and the next epoch continues from there."""

    def __init__(self) -> None:
        self._plan: tuple[Training, int] | None = None
        self._scores: list[Scores] = []
        self._run: Iterator[Scores] = iter(())

    def scores(self, plan: Training, batch: int, epoch: int) -> Scores:
        """Error and accuracy on the training digits, then on unseen ones; empty where the run has diverged by then."""
        if self._plan != (plan, batch):
            self._plan, self._scores = (plan, batch), []
            self._run = _training(plan, batch)
        while len(self._scores) <= min(epoch, plan.epochs):
            self._scores.append(_next(self._run))
        return self._scores[min(epoch, plan.epochs)]


def _training(plan: Training, batch: int) -> Iterator[Scores]:
    """The scores before the first epoch and after each; raises `Problem` where the weights grow beyond all bounds."""
    random = np.random.default_rng(SEED)
    images, targets = digits()
    order = random.permutation(len(images))
    known, unseen = (Examples(images[part], targets[part]) for part in np.split(order, [round(SHARE * len(order))]))
    activations = ("relu",) * len(plan.hidden) + ("softmax",)
    network = initial((64, *plan.hidden, 10), activations, "cross_entropy", random)
    yield (*score(network, known), *score(network, unseen))
    for _ in range(plan.epochs):
        for part in batches(len(known.images), batch, random):
            passed = forward(network, known.images[part])
            network = updated(network, backward(network, passed, known.targets[part]), plan.rate)
        yield (*score(network, known), *score(network, unseen))


def batches(count: int, size: int, random: "np.random.Generator") -> Iterator[NDArray[np.intp]]:
    """The places of the examples of each batch of an epoch: every example once, in a new order.

    The last batch is smaller where the size does not divide the count.
    """
    order = random.permutation(count)
    return (order[start : start + size] for start in range(0, count, size))


def score(network: Network, examples: Examples) -> Scores:
    """Cross-entropy, and the share of examples whose largest output is the right class."""
    passed = forward(network, examples.images)
    right = np.argmax(passed.y, axis=1) == np.argmax(examples.targets, axis=1)
    return error(network, passed, examples.targets), float(np.mean(right))


def _next(run: Iterator[Scores]) -> Scores:
    try:
        scores = next(run, ())
    except Problem:
        return ()
    return scores if all(map(math.isfinite, scores)) else ()
