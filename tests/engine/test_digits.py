"""The images of handwritten digits that come with the package."""

from __future__ import annotations

import numpy as np

from studyapp.engine.networks.digits import digits


def test_the_digits_are_there_as_labels_and_as_one_hot_rows():
    data = digits()

    assert data.images.shape == (1797, 64)
    assert data.targets.shape == (1797, 10)
    assert (data.images.min(), data.images.max()) == (0.0, 1.0)
    assert np.array_equal(data.targets.argmax(axis=1), data.labels)
    assert np.bincount(data.labels.astype(int)).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_a_split_takes_every_image_once():
    known, unseen = digits().split(0.8, np.random.default_rng(0))

    assert (len(known.labels), len(unseen.labels)) == (1438, 359)
    together = np.concatenate([known.images, unseen.images])
    assert np.array_equal(np.sort(together.sum(axis=1)), np.sort(digits().images.sum(axis=1)))
