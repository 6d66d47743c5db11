"""The training figure: digits, batches, and runs that learn, repeat, go on and diverge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.document import Training
from studyapp.engine.network import initial
from studyapp.engine.training import DigitRun, Examples, batches, digits, score

PLAN = Training(hidden=(32,), rate=0.2, batches=(32,), epochs=15)


def test_the_digits_are_images_and_one_hot_rows():
    images, targets = digits()
    assert (images.shape, targets.shape) == ((1797, 64), (1797, 10))
    assert (images.min(), images.max()) == (0.0, 1.0)
    assert targets.sum(axis=0).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (targets.sum(axis=1) == 1).all()


@given(count=st.integers(1, 60), size=st.integers(1, 70))
def test_an_epoch_takes_every_example_once(count, size):
    parts = list(batches(count, size, np.random.default_rng(0)))
    assert sorted(np.concatenate(parts)) == list(range(count))
    assert all(len(part) == size for part in parts[:-1])


def test_epochs_differ_and_the_same_seed_gives_the_same_batches():
    def epochs(seed):
        random = np.random.default_rng(seed)
        return [np.concatenate(list(batches(50, 8, random))).tolist() for _ in range(2)]

    assert epochs(1) == epochs(1)
    assert epochs(1) != epochs(2)
    assert epochs(1)[0] != epochs(1)[1]


def test_accuracy_is_the_share_of_right_classes():
    network = initial([2, 2], ["softmax"], "cross_entropy", np.random.default_rng(0))
    network.layers[0].weights[:] = np.eye(2)
    images = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0]])
    assert score(network, Examples(images, np.eye(2)[[0, 1, 1]]))[1] == pytest.approx(2 / 3)


def test_a_network_learns_the_digits_and_does_so_twice_alike():
    run, again = DigitRun(), DigitRun()
    progress = [run.scores(PLAN, 32, epoch) for epoch in range(16)]
    assert progress[0][3] < 0.3
    assert progress[-1][3] >= 0.95
    assert again.scores(PLAN, 32, 15) == progress[-1]
    assert run.scores(PLAN, 32, 3) == progress[3]
    assert run.scores(PLAN, 32, 99) == progress[-1]


def test_another_batch_size_is_another_run():
    run = DigitRun()
    assert run.scores(PLAN, 32, 1) != run.scores(PLAN, 128, 1)


def test_a_rate_that_is_too_large_leaves_no_scores():
    plan = Training(hidden=(8,), rate=1e200, batches=(16,), epochs=4)
    assert DigitRun().scores(plan, 16, 0)
    assert DigitRun().scores(plan, 16, 4) == ()
