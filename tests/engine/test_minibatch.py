"""Mini-batches with and without replacement, and the two forms of a label."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.networks.minibatch import (
    as_labels,
    as_one_hot,
    drawn_batches,
    repeat_probability,
    shuffled_batches,
)

EITHER = pytest.mark.parametrize("batches", [shuffled_batches, drawn_batches])


def generator(seed=0):
    return np.random.default_rng(seed)


@given(count=st.integers(1, 60), size=st.integers(1, 70))
def test_an_epoch_without_replacement_takes_every_example_once(count, size):
    batches = list(shuffled_batches(count, size, generator()))

    assert sorted(np.concatenate(batches)) == list(range(count))
    assert all(len(batch) == size for batch in batches[:-1])


@given(count=st.integers(1, 60), size=st.integers(1, 70))
def test_dropping_the_last_leaves_full_batches_of_different_examples(count, size):
    batches = list(shuffled_batches(count, size, generator(), drop_last=True))

    assert [len(batch) for batch in batches] == [size] * (count // size)
    assert len({int(place) for batch in batches for place in batch}) == size * (count // size)


def test_a_batch_drawn_with_replacement_repeats_examples_and_misses_others():
    batches = list(drawn_batches(10, 10, generator()))

    assert [len(batch) for batch in batches] == [10]
    assert len(set(batches[0].tolist())) < 10
    assert set(batches[0].tolist()) <= set(range(10))


def test_an_epoch_with_replacement_has_as_many_batches_as_one_without():
    assert [len(batch) for batch in drawn_batches(10, 4, generator())] == [4, 4, 4]
    assert [len(batch) for batch in drawn_batches(10, 4, generator(), drop_last=True)] == [4, 4]


@EITHER
def test_the_same_seed_gives_the_same_batches_and_another_others(batches):
    first, again, other = (np.concatenate(list(batches(50, 8, generator(seed)))).tolist() for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_epochs_differ():
    random = generator()

    assert not np.array_equal(*(np.concatenate(list(shuffled_batches(50, 8, random))) for _ in range(2)))


@EITHER
@pytest.mark.parametrize(("count", "size"), [(0, 1), (3, 0), (3, -1)])
def test_a_batch_of_nothing_is_a_problem(batches, count, size):
    with pytest.raises(Problem, match="one example or more"):
        batches(count, size, generator())


@pytest.mark.parametrize(("size", "expected"), [(10, 0.00075), (100, 0.079)])
def test_a_batch_out_of_60000_seldom_repeats_an_example(size, expected):
    assert float(repeat_probability(60_000, size)) == pytest.approx(expected, rel=0.01)


def test_the_probability_of_a_repeat_is_that_of_counting():
    drawn = [len(set(next(drawn_batches(20, 5, generator(seed))).tolist())) < 5 for seed in range(2000)]

    assert np.mean(drawn) == pytest.approx(float(repeat_probability(20, 5)), abs=0.04)
    assert repeat_probability(3, 1) == 0
    assert repeat_probability(3, 4) == 1


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_labels_and_one_hot_rows_turn_into_each_other(labels):
    rows = as_one_hot(np.array(labels), 10)

    assert rows.shape == (len(labels), 10)
    assert as_labels(rows).tolist() == labels


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        (np.array([[0.6, 0.4]]), "soft targets"),
        (np.array([[1.0, 1.0]]), "single 1"),
        (np.array([[0.0, 0.0]]), "single 1"),
        (np.array([[2.0, -1.0]]), "single 1"),
        (np.array([[1.0], [0.0]]), r"\(2, 1\)"),
        (np.array([1.0, 0.0]), r"\(2,\)"),
    ],
)
def test_targets_that_are_not_one_hot_have_no_labels(targets, message):
    with pytest.raises(Problem, match=message):
        as_labels(targets)


@pytest.mark.parametrize("labels", [[-1], [3], [0.5], [[0], [1]]])
def test_labels_that_name_no_class_are_a_problem(labels):
    with pytest.raises(Problem, match="labels"):
        as_one_hot(np.array(labels), 3)
