"""A training run on the digits that can be asked about epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from studyapp.domain.figure import Training
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.networks.descent import Optimiser
from studyapp.engine.networks.digits import digits
from studyapp.engine.networks.network import initial
from studyapp.engine.networks.training import Examples, Plan, Progress, training

SHARE = 0.8
"""Of the digits, the part that is learnt from."""
SEED = 1
Scores = tuple[float, ...]


class DigitRun:
    """One run at a time: what was computed is kept, and the next epoch goes on from there."""

    def __init__(self) -> None:
        self._plan: tuple[Training, int] | None = None
        self._scores: list[Scores] = []
        self._run: Iterator[Progress] = iter(())

    def scores(self, plan: Training, batch: int, epoch: int) -> Scores:
        """Error and accuracy on known digits, then on unseen ones; nothing where the run has diverged by then."""
        if self._plan != (plan, batch):
            self._plan, self._scores = (plan, batch), []
            self._run = _run(plan, batch)
        while len(self._scores) <= min(epoch, plan.epochs):
            self._scores.append(_next(self._run))
        return self._scores[min(epoch, plan.epochs)]


def _run(plan: Training, batch: int) -> Iterator[Progress]:
    random = np.random.default_rng(SEED)
    known, unseen = digits().split(SHARE, random)
    activations = ("relu",) * len(plan.hidden) + ("softmax",)
    network = initial((64, *plan.hidden, 10), activations, "cross_entropy", random)
    how = Plan(epochs=plan.epochs, batch=batch, optimiser=Optimiser(rate=plan.rate))
    return training(
        network, Examples(known.images, known.targets), Examples(unseen.images, unseen.targets), how, random
    )


def _next(run: Iterator[Progress]) -> Scores:
    try:
        progress = next(run, None)
    except Problem:
        return ()
    if progress is None:
        return ()
    scores = tuple(
        float(number) for score in (progress.known, progress.unseen) for number in (score.error, score.accuracy or 0.0)
    )
    return scores if all(math.isfinite(number) for number in scores) else ()
