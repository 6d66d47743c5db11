"""The multilayer perceptron: its gradients by other routes, its names, and training on the digits."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

from studyapp.engine.algebra import Problem, high_precision, symbolic
from studyapp.engine.digits import digits
from studyapp.engine.network import (
    Layer,
    Network,
    backward,
    error,
    error_formula,
    forward,
    initial,
    mini_batches,
    trained,
    updated,
)
from studyapp.engine.quantities import named_values
from studyapp.engine.samples import carried

NETWORKS = [
    ([2, 2, 1], ["sigmoid", "identity"], "half_sse"),
    ([2, 2, 1], ["tanh", "identity"], "half_sse"),
    ([3, 2, 1], ["sigmoid", "sigmoid"], "binary_cross_entropy"),
    ([2, 3, 2, 3], ["tanh", "softplus", "softmax"], "cross_entropy"),
    ([2, 3, 2], ["relu", "sigmoid"], "half_sse"),
    ([2, 2, 3], ["gelu", "softmax"], "half_sse"),
    ([2, 3], ["softmax"], "cross_entropy"),
    ([2, 3, 2], ["softmax", "identity"], "mae"),
    ([2, 2, 2], ["elu", "sigmoid"], "binary_cross_entropy"),
]
EVERY = pytest.mark.parametrize(("sizes", "activations", "loss"), NETWORKS)


def example(sizes, activations, loss, *, bias=True, batch=None):
    random = np.random.default_rng(sum(sizes))
    network = initial(sizes, activations, loss, random, bias=bias)
    layers = tuple(
        Layer(np.round(one.weights, 3), random.integers(-8, 9, len(one.weights)) / 16 if bias else None, one.activation)
        for one in network.layers
    )
    rows = () if batch is None else (batch,)
    x = random.integers(-16, 17, (*rows, sizes[0])) / 16
    t = random.integers(1, 16, (*rows, sizes[-1])) / 16
    return Network(layers, loss), x, t / t.sum(axis=-1, keepdims=True) if loss == "cross_entropy" else t


@EVERY
@pytest.mark.parametrize("bias", [True, False])
def test_every_gradient_is_the_difference_at_fifty_digits(sizes, activations, loss, bias):
    network, x, t = example(sizes, activations, loss, bias=bias)
    algebra = high_precision()
    exact = [
        (carried(one.weights, algebra), None if one.bias is None else carried(one.bias, algebra))
        for one in network.layers
    ]
    x_exact, t_exact = carried(x, algebra), carried(t, algebra)
    step = algebra.number(10) ** -20

    def slope(values, place):
        ends = []
        for sign in (1, -1):
            values[place] += sign * step
            ends.append(error_formula(algebra, network, exact, x_exact, t_exact))
            values[place] -= sign * step
        return float((ends[0] - ends[1]) / (2 * step))

    gradients = backward(network, forward(network, x), t)

    for (weights, biases), by_weights, by_bias in zip(exact, gradients.weights, gradients.bias, strict=True):
        for place in np.ndindex(*by_weights.shape):
            assert by_weights[place] == pytest.approx(slope(weights, place), rel=1e-12, abs=1e-13)
        assert (by_bias is None) == (not bias)
        for place in np.ndindex(*(() if by_bias is None else by_bias.shape)) if bias else ():
            assert by_bias[place] == pytest.approx(slope(biases, place), rel=1e-12, abs=1e-13)


def test_the_gradients_are_sympys():
    import sympy

    network, x, t = example(*NETWORKS[1])
    algebra = symbolic()
    symbols = [
        np.array(sympy.symbols(f"w{layer}_:{w.weights.size}")).reshape(w.weights.shape)
        for layer, w in enumerate(network.layers)
    ]
    parameters = [(w, carried(one.bias, algebra)) for w, one in zip(symbols, network.layers, strict=True)]
    formula = error_formula(algebra, network, parameters, carried(x, algebra), carried(t, algebra))
    numbers = {
        symbol: sympy.Rational(*float(value).as_integer_ratio())
        for w, one in zip(symbols, network.layers, strict=True)
        for symbol, value in zip(w.ravel(), one.weights.ravel(), strict=True)
    }

    gradients = backward(network, forward(network, x), t)

    for w, found in zip(symbols, gradients.weights, strict=True):
        expected = [float(sympy.diff(formula, symbol).subs(numbers).evalf(30)) for symbol in w.ravel()]
        assert found.ravel() == pytest.approx(expected, rel=1e-12, abs=1e-14)


@EVERY
def test_a_batch_has_the_mean_of_the_examples_errors_and_gradients(sizes, activations, loss):
    network, x, t = example(sizes, activations, loss, batch=5)
    whole = forward(network, x)
    singles = [forward(network, row) for row in x]
    gradients = backward(network, whole, t)
    alone = [backward(network, passed, target) for passed, target in zip(singles, t, strict=True)]

    assert error(network, whole, t) == pytest.approx(
        np.mean([error(network, passed, target) for passed, target in zip(singles, t, strict=True)]), rel=1e-13
    )
    for layer in range(len(sizes) - 1):
        assert gradients.weights[layer] == pytest.approx(np.mean([one.weights[layer] for one in alone], axis=0))
        assert gradients.bias[layer] == pytest.approx(np.mean([one.bias[layer] for one in alone], axis=0))
        assert gradients.delta[layer] == pytest.approx(np.array([one.delta[layer] for one in alone]) / 5)


@EVERY
def test_a_small_step_lowers_the_error(sizes, activations, loss):
    network, x, t = example(sizes, activations, loss, batch=4)
    passed = forward(network, x)

    after = updated(network, backward(network, passed, t), 1e-4)

    assert error(after, forward(after, x), t) < error(network, passed, t)


@pytest.mark.parametrize(
    ("activation", "loss"),
    [("identity", "half_sse"), ("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")],
)
def test_delta_at_the_output_is_y_minus_t_for_the_canonical_pairs(activation, loss):
    network, x, t = example([2, 3, 3], ["tanh", activation], loss)
    passed = forward(network, x)

    assert backward(network, passed, t).delta[-1] == pytest.approx(passed.y - t, rel=1e-13)


def test_a_node_worked_by_hand():
    """One sigmoid unit before one identity unit: u = .5·1 − .25·2 = 0, z = ½, y = 2·½ = 1, E = ½(1 − 3)² = 2."""
    network = Network((Layer(np.array([[0.5, -0.25]]), None, "sigmoid"), Layer(np.array([[2.0]]), None, "identity")))
    passed = forward(network, np.array([1.0, 2.0]))
    values = named_values(network, passed, backward(network, passed, np.array([3.0])))

    assert error(network, passed, np.array([3.0])) == 2.0
    assert (values["u1_1"], values["z1_1"], values["u2_1"], values["y_1"]) == (0.0, 0.5, 1.0, 1.0)
    assert values["delta2_1"] == -2.0
    assert values["delta1_1"] == -2.0 * 2.0 * 0.25
    assert values["dE/dw2_1_1"] == -1.0
    assert (values["dE/dw1_1_1"], values["dE/dw1_1_2"]) == (-1.0, -2.0)
    assert (values["x_2"], values["w1_1_2"]) == (2.0, -0.25)
    assert "b1_1" not in values
    assert "z2_1" not in values


def test_names_are_for_one_example():
    network, x, _ = example([2, 2], ["tanh"], "half_sse", batch=3)

    with pytest.raises(Problem, match="one example"):
        named_values(network, forward(network, x))


def test_extreme_outputs_give_finite_errors_and_gradients():
    layer = Layer(np.array([[1000.0], [-1000.0]]), None, "softmax")
    network = Network((layer,), "cross_entropy")
    passed = forward(network, np.array([1.0]))

    assert error(network, passed, np.array([0.0, 1.0])) == 2000.0
    assert backward(network, passed, np.array([0.0, 1.0])).delta[0] == pytest.approx([1.0, -1.0])


def test_labels_and_one_hot_targets_are_the_same():
    network, x, _ = example([2, 3], ["softmax"], "cross_entropy", batch=4)
    labels = np.array([0.0, 2.0, 1.0, 1.0])
    passed = forward(network, x)

    assert error(network, passed, labels) == pytest.approx(error(network, passed, np.eye(3)[labels.astype(int)]))
    assert backward(network, passed, labels).weights[0] == pytest.approx(
        backward(network, passed, np.eye(3)[labels.astype(int)]).weights[0]
    )


def test_inputs_that_do_not_fit_name_both_shapes():
    network, _, _ = example([2, 3], ["softmax"], "cross_entropy")

    with pytest.raises(Problem, match=r"\(3, 2\).*\(4, 5\)"):
        forward(network, np.zeros((4, 5)))
    with pytest.raises(Problem, match="activations"):
        initial([2, 3], [], "half_sse", np.random.default_rng(0))


def test_mini_batches_take_every_example_once():
    batches = list(mini_batches(10, 4, np.random.default_rng(0)))

    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert sorted(np.concatenate(batches)) == list(range(10))


def test_the_digits_are_there_as_labels_and_as_one_hot_rows():
    data = digits()

    assert data.images.shape == (1797, 64)
    assert data.targets.shape == (1797, 10)
    assert (data.images.min(), data.images.max()) == (0.0, 1.0)
    assert np.array_equal(data.targets.argmax(axis=1), data.labels)


def test_two_layers_learn_the_digits_and_do_so_twice_alike():
    def learn():
        random = np.random.default_rng(7)
        known, unseen = digits().split(0.8, random)
        network = initial([64, 32, 10], ["relu", "softmax"], "cross_entropy", random)
        network = trained(network, known.images, known.labels, rate=0.2, size=32, epochs=20, random=random)
        return float(np.mean(forward(network, unseen.images).y.argmax(axis=1) == unseen.labels)), network

    (share, network), (again, other) = learn(), learn()

    assert share >= 0.95
    assert share == again
    assert all(np.array_equal(a.weights, b.weights) for a, b in zip(network.layers, other.layers, strict=True))


@pytest.mark.deep
def test_learning_the_digits_takes_less_than_ten_seconds():
    start = time.process_time()
    test_two_layers_learn_the_digits_and_do_so_twice_alike()

    assert time.process_time() - start < 10


def test_normal_weights_have_the_variance_of_their_rule():
    random = np.random.default_rng(0)
    before_relu, before_tanh = initial([400, 400, 400], ["relu", "tanh"], "half_sse", random).layers

    assert math.sqrt(2 / 400) == pytest.approx(before_relu.weights.std(), rel=0.02)
    assert math.sqrt(1 / 400) == pytest.approx(before_tanh.weights.std(), rel=0.02)
