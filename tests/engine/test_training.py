"""Training runs: every step of the catalogue, stopping, telling, repeating; and the digits, learnt."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.networks.descent import STEPS, Optimiser, fresh, stepped
from studyapp.engine.networks.digits import digits
from studyapp.engine.networks.minibatch import as_one_hot
from studyapp.engine.networks.network import backward, error, forward, initial, updated
from studyapp.engine.networks.training import Examples, Plan, accuracy, score, training

RATES = {"adadelta_step": Optimiser("adadelta_step", 1.0), "adam_step": Optimiser("adam_step", 0.05)}
CLASSES = 3


def blobs(random, count=60):
    """Points around three centres, and which centre each is around."""
    labels = np.arange(count) % CLASSES
    centres = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
    return Examples(centres[labels] + 0.5 * random.normal(size=(count, 2)), labels.astype(float))


def run(plan, seed=0, *, loss="cross_entropy"):
    random = np.random.default_rng(seed)
    known, unseen = blobs(random), blobs(random, 30)
    network = initial([2, 8, CLASSES], ["tanh", "softmax"], loss, random)
    return list(training(network, known, unseen, plan, random))


def optimiser(name):
    options = {"decay": 1e-3} if name == "weight_decay_step" else {}
    return replace(RATES.get(name, Optimiser(name, 0.05)), options=options)


@pytest.mark.parametrize("name", STEPS)
def test_every_step_of_the_catalogue_learns(name):
    progress = run(Plan(epochs=15, batch=10, optimiser=optimiser(name)))

    assert [one.epoch for one in progress] == list(range(16))
    assert progress[-1].known.error < 0.7 * progress[0].known.error
    assert progress[-1].unseen.accuracy > 0.7


@pytest.mark.parametrize("name", STEPS)
def test_a_step_moves_each_parameter_as_it_would_move_a_single_number(name):
    network = initial([2, 2, 1], ["tanh", "identity"], "half_sse", np.random.default_rng(0))
    x, t, steps = np.ones((3, 2)), np.ones((3, 1)), optimiser(name)
    memory = fresh(steps, network)
    alone = [0.0] * len(memory.states)
    for taken in range(1, 4):
        gradients = backward(network, forward(network, x), t)
        named = dict(zip(steps.remembered, alone, strict=True))
        named |= {"w": network.layers[0].weights[1, 0], "g": gradients.weights[0][1, 0], "rate": steps.rate}
        named |= steps.options | ({"t": taken} if "t" in STEPS[name].argument_names else {})
        expected, *alone = np.atleast_1d(STEPS[name].value(**named))
        network, memory = stepped(network, gradients, steps, memory)

        assert network.layers[0].weights[1, 0] == pytest.approx(expected, rel=1e-13)
        assert memory.taken == taken


@pytest.mark.parametrize("bias", [True, False])
def test_a_plain_step_is_the_networks_own_update(bias):
    network = initial([2, 3, 2], ["tanh", "softmax"], "cross_entropy", np.random.default_rng(0), bias=bias)
    gradients = backward(network, forward(network, np.ones((2, 2))), np.array([0.0, 1.0]))
    steps = Optimiser("sgd_step", 0.5)

    moved, _ = stepped(network, gradients, steps, fresh(steps, network))

    for one, other in zip(moved.layers, updated(network, gradients, 0.5).layers, strict=True):
        assert np.array_equal(one.weights, other.weights)
        assert (one.bias is None) if not bias else np.array_equal(one.bias, other.bias)


@pytest.mark.parametrize("replacement", [True, False])
def test_the_same_seed_gives_the_same_run_to_the_last_bit_and_another_another(replacement):
    plan = Plan(epochs=3, batch=7, replacement=replacement)
    first, again, other = run(plan), run(plan), run(plan, seed=1)

    assert [(one.known, one.unseen) for one in first] == [(one.known, one.unseen) for one in again]
    assert first[-1].known != other[-1].known
    for a, b in zip(first[-1].network.layers, again[-1].network.layers, strict=True):
        assert np.array_equal(a.weights, b.weights)


def test_batches_with_and_without_replacement_give_different_runs():
    assert run(Plan(epochs=2, replacement=True))[-1].known != run(Plan(epochs=2))[-1].known


def test_a_run_that_nobody_asks_on_stops():
    random = np.random.default_rng(0)
    network = initial([2, CLASSES], ["softmax"], "cross_entropy", random)
    endless = training(network, blobs(random), blobs(random), Plan(epochs=10**9), random)

    assert [one.epoch for one in islice(endless, 3)] == [0, 1, 2]


def test_labels_and_one_hot_rows_train_alike():
    random = np.random.default_rng(0)
    network = initial([2, 4, CLASSES], ["relu", "softmax"], "cross_entropy", random)
    labels = blobs(random)
    rows = Examples(labels.x, as_one_hot(labels.t, CLASSES))
    runs = [list(training(network, one, one, Plan(epochs=3), np.random.default_rng(1)))[-1] for one in (labels, rows)]

    assert runs[0].known.error == pytest.approx(runs[1].known.error, rel=1e-12)
    assert runs[0].known.accuracy == runs[1].known.accuracy


def test_a_rate_that_is_too_large_is_told():
    x = np.ones((4, 1))
    network = initial([1, 1], ["identity"], "half_sse", np.random.default_rng(0))
    plan = Plan(epochs=10**4, optimiser=Optimiser("sgd_step", 1e3))

    with pytest.raises(Problem, match="beyond all bounds"):
        list(training(network, Examples(x, x), Examples(x, x), plan, np.random.default_rng(0)))


def test_accuracy_is_the_share_of_right_classes():
    outputs = np.array([[0.7, 0.3], [0.2, 0.8], [0.6, 0.4]])

    assert accuracy(outputs, np.array([0.0, 1.0, 1.0])) == pytest.approx(2 / 3)
    assert accuracy(outputs, as_one_hot(np.array([0.0, 1.0, 1.0]), 2)) == pytest.approx(2 / 3)
    assert accuracy(np.array([[0.7], [0.3], [0.9]]), np.array([[1.0], [0.0], [0.0]])) == pytest.approx(2 / 3)


@pytest.mark.parametrize("targets", [np.zeros(3), np.zeros((2, 3)), np.zeros((3, 1))])
def test_accuracy_names_the_shapes_that_do_not_fit(targets):
    with pytest.raises(Problem, match=r"\(2"):
        accuracy(np.zeros((2, 2)), targets)


def test_a_network_that_gives_no_classes_has_no_accuracy():
    network = initial([2, 1], ["identity"], "half_sse", np.random.default_rng(0))
    examples = Examples(np.zeros((3, 2)), np.ones((3, 1)))

    assert score(network, examples).accuracy is None
    assert score(network, examples).error == 0.5


def test_inputs_and_targets_of_different_numbers_are_a_problem():
    with pytest.raises(Problem, match=r"\(3, 2\).*\(2, 2\)"):
        Examples(np.zeros((3, 2)), np.zeros((2, 2)))
    with pytest.raises(Problem, match="shapes"):
        Examples(np.zeros((0, 2)), np.zeros((0, 2)))


def test_an_optimiser_that_is_not_there_is_a_problem():
    with pytest.raises(Problem, match="leap"):
        Optimiser("leap")


def test_two_layers_learn_the_digits_and_do_so_twice_alike():
    def learn():
        random = np.random.default_rng(0)
        known, unseen = (Examples(part.images, part.labels) for part in digits().split(0.8, random))
        network = initial([64, 64, 10], ["relu", "softmax"], "cross_entropy", random)
        return list(training(network, known, unseen, Plan(epochs=15, optimiser=Optimiser(rate=0.2)), random))

    progress, again = learn(), learn()

    assert progress[0].unseen.accuracy < 0.3
    assert progress[-1].unseen.accuracy >= 0.95
    assert [(one.known, one.unseen) for one in progress] == [(one.known, one.unseen) for one in again]
    for a, b in zip(progress[-1].network.layers, again[-1].network.layers, strict=True):
        assert np.array_equal(a.weights, b.weights)
        assert np.array_equal(a.bias, b.bias)
    last = progress[-1].network
    assert error(last, forward(last, digits().images), digits().targets) < 0.2
