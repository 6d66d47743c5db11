"""How a step of training grows with the number of weights."""

from collections.abc import Iterator

import numpy as np

from studyapp.engine.network import Network, backward, forward, initial, updated
from tests.benchmarks.measuring import Row, growing, seconds

EXAMPLES, INPUTS, CLASSES = 64, 64, 10
WIDTHS = {(INPUTS + 1 + CLASSES) * units: units for units in (256, 1024, 4096, 16_384)}
"""Units of the hidden layer by the number of weights and biases that they bring."""
STEPS = 5


def train(network: Network, x: np.ndarray, t: np.ndarray) -> None:
    """Some steps of gradient descent on one batch."""
    for _ in range(STEPS):
        network = updated(network, backward(network, forward(network, x), t), 0.1)


def training(weights: int) -> float:
    """Seconds of the steps of a network with so many weights."""
    random = np.random.default_rng(0)
    network = initial((INPUTS, WIDTHS[weights], CLASSES), ("relu", "softmax"), "cross_entropy", random)
    x, t = random.normal(size=(EXAMPLES, INPUTS)), np.eye(CLASSES)[random.integers(0, CLASSES, EXAMPLES)]
    train(network, x, t)
    return seconds(lambda: train(network, x, t))


def rows(rounds: int) -> Iterator[Row]:
    """The row of the growth."""
    yield growing("training by weights", tuple(WIDTHS), training, rounds)
