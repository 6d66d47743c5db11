"""A training run, told epoch by epoch, so that one can watch it and stop it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue.arguments import Array
from studyapp.engine.networks.descent import Memory, Optimiser, fresh, stepped
from studyapp.engine.networks.minibatch import Places, drawn_batches, shuffled_batches
from studyapp.engine.networks.network import Network, backward, error, forward

CLASSIFYING = ("cross_entropy", "sparse_cross_entropy", "binary_cross_entropy")
"""Losses of networks whose outputs are classes."""


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Inputs with one example a row, and a target for each: in the shape of the outputs, or a label."""

    x: Array
    t: Array

    def __post_init__(self) -> None:
        if len(self.x) != len(self.t) or not len(self.x):
            raise Problem(f"shapes do not fit: x has {np.shape(self.x)} and t has {np.shape(self.t)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long, in which batches and with which steps to train; `replacement` draws each batch from all examples."""

    epochs: int = 20
    batch: int = 32
    optimiser: Optimiser = field(default_factory=Optimiser)
    replacement: bool = False
    drop_last: bool = False

    def batches(self, count: int, random: np.random.Generator) -> Iterator[Places]:
        """The batches of one epoch."""
        batches = drawn_batches if self.replacement else shuffled_batches
        return batches(count, self.batch, random, drop_last=self.drop_last)


@dataclass(frozen=True, slots=True)
class Score:
    """The error E of a network on some examples, and its share of right classes (None where it gives no classes)."""

    error: float
    accuracy: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """The state after an epoch (0: before the first): scores on the examples learnt from and on unseen ones."""

    epoch: int
    known: Score
    unseen: Score
    network: Network


def training(
    network: Network, known: Examples, unseen: Examples, plan: Plan, random: np.random.Generator
) -> Iterator[Progress]:
    """The progress before the first epoch and after each; whoever stops asking stops the training.

    The same arguments, with a generator of the same seed, give the same numbers to the last bit (on one machine, with
    one version of NumPy). Raises `Problem` where the weights grow beyond all bounds: the rate is too large.
    """
    memory = fresh(plan.optimiser, network)
    yield Progress(0, score(network, known), score(network, unseen), network)
    for epoch in range(1, plan.epochs + 1):
        for places in plan.batches(len(known.x), random):
            network, memory = _learnt(network, Examples(known.x[places], known.t[places]), plan.optimiser, memory)
        yield Progress(epoch, score(network, known), score(network, unseen), network)


def score(network: Network, examples: Examples) -> Score:
    """Error and accuracy on some examples."""
    passed = forward(network, examples.x)
    right = accuracy(passed.y, examples.t) if network.loss in CLASSIFYING else None
    return Score(float(error(network, passed, examples.t)), right)


def accuracy(y: Array, t: Array) -> float:
    """The share of examples whose class is right: the largest output's, or for a single output whether it is above ½.

    t are one-hot rows, labels, or bits. Raises `Problem`, naming both shapes, where they do not fit y.
    """
    if y.shape[1] == 1 or np.shape(t) == y.shape:
        _same(y.shape, np.shape(t))
        guessed, wanted = (y > 0.5, t > 0.5) if y.shape[1] == 1 else (np.argmax(y, axis=1), np.argmax(t, axis=1))
    else:
        _same(y.shape[:1], np.shape(t))
        guessed, wanted = np.argmax(y, axis=1), t
    return float(np.mean(guessed == wanted))


def _same(outputs: tuple[int, ...], targets: tuple[int, ...]) -> None:
    if outputs != targets:
        raise Problem(f"shapes do not fit: outputs {outputs} and targets {targets}")


def _learnt(network: Network, batch: Examples, optimiser: Optimiser, memory: Memory) -> tuple[Network, Memory]:
    return stepped(network, backward(network, forward(network, batch.x), batch.t), optimiser, memory)
