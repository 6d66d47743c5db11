"""The multilayer perceptron: its gradients held against differences at 50 digits and SymPy, its edges."""

from dataclasses import replace

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.algebras.precision import high_precision
from studyapp.engine.catalogue.entry import Reduction
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES
from studyapp.engine.network import FROM_LOGITS, Layer, Network, backward, error, forward, initial, updated
from tests.tools.samples import carried

STEP = "1e-20"
ACTIVATIONS = [entry.name for entry in FAMILIES["activations"]]
CANONICAL = [("identity", "half_sse"), ("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]
OTHERS = [("sigmoid", "half_sse"), ("softmax", "mse"), ("tanh", "mse")]


def example(sizes, activations, loss, seed=0, *, bias=True, count=2):
    """A network with biases that are not 0, a batch, and targets that the loss takes."""
    random = np.random.default_rng(seed)
    network = initial(sizes, activations, loss, random)
    layers = [replace(layer, bias=random.normal(size=len(layer.weights)) if bias else None) for layer in network.layers]
    t = random.uniform(0.1, 0.9, (count, sizes[-1]))
    t = t / t.sum(axis=1, keepdims=True) if loss == "cross_entropy" else t
    return replace(network, layers=tuple(layers)), random.normal(size=(count, sizes[0])), t


def plain_error(layers, loss, x, t, algebra):
    """E from the outputs, in any algebra: not the way that the network takes for canonical pairs."""
    for weights, bias, activation in layers:
        u = x @ weights.T
        x = CATALOGUE[activation].evaluate(algebra, [u if bias is None else u + bias], {})
    value = CATALOGUE[loss].evaluate(algebra, [x, t], {})
    mean = CATALOGUE[loss].reduction != Reduction.SUM
    return value if mean else algebra.divide(value, algebra.number(len(t)))


def carried_layers(network, algebra):
    return [
        (
            carried(layer.weights, algebra),
            layer.bias if layer.bias is None else carried(layer.bias, algebra),
            layer.activation,
        )
        for layer in network.layers
    ]


def differences(network, x, t):
    """The gradients by a central difference over 10⁻²⁰ to both sides, at 60 digits: error about 10⁻⁴⁰."""
    algebra = high_precision()
    layers, x, t = carried_layers(network, algebra), carried(x, algebra), carried(t, algebra)
    step = algebra.context.mpf(STEP)

    def slopes(values):
        found = np.empty(values.shape)
        for place in np.ndindex(*values.shape):
            here = values[place]
            values[place] = here + step
            up = plain_error(layers, network.loss, x, t, algebra)
            values[place] = here - step
            found[place] = float((up - plain_error(layers, network.loss, x, t, algebra)) / (2 * step))
            values[place] = here
        return found

    return [(slopes(weights), None if bias is None else slopes(bias)) for weights, bias, _ in layers]


def assert_gradients(network, x, t):
    gradients = backward(network, forward(network, x), t)
    for (by_weights, by_bias), weights, bias in zip(
        differences(network, x, t), gradients.weights, gradients.bias, strict=True
    ):
        assert weights == pytest.approx(by_weights, rel=1e-11, abs=1e-13)
        assert (bias is None) == (by_bias is None)
        assert bias is None or bias == pytest.approx(by_bias, rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_lets_the_gradient_through(activation):
    assert_gradients(*example([2, 3, 2], [activation, "identity"], "half_sse"))
    assert_gradients(*example([2, 2], [activation], "mse", seed=1))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    sizes=st.lists(st.integers(1, 3), min_size=2, max_size=5),
    names=st.lists(st.sampled_from([name for name in ACTIVATIONS if name != "step"]), min_size=4, max_size=4),
    pair=st.sampled_from([*CANONICAL, *OTHERS]),
    seed=st.integers(0, 2**20),
    bias=st.booleans(),
)
def test_networks_of_any_depth_have_the_gradient_of_the_difference(sizes, names, pair, seed, bias):
    output, loss = pair
    sizes = [*sizes[:-1], max(sizes[-1], 2)] if output == "softmax" else sizes
    assert_gradients(*example(sizes, [*names[: len(sizes) - 2], output], loss, seed, bias=bias))


def test_a_wrong_gradient_would_be_found():
    network, x, t = example([2, 2, 1], ["tanh", "identity"], "half_sse")
    gradients = backward(network, forward(network, x), t)
    (by_weights, _), *_ = differences(network, x, t)
    for wrong in (gradients.weights[0] * 2, gradients.weights[0].T, -gradients.weights[0]):
        assert np.abs(wrong - by_weights).max() > 1e-3


def test_the_gradients_are_sympys():
    network, x, t = example([2, 2, 1], ["tanh", "identity"], "half_sse", count=1)
    algebra = symbolic()
    layers = carried_layers(network, algebra)
    symbols = [np.array(sympy.symbols(f"w{i}_:{weights.size}")) for i, (weights, _, _) in enumerate(layers)]
    shaped = [(each.reshape(weights.shape), *rest) for each, (weights, *rest) in zip(symbols, layers, strict=True)]
    formula = plain_error(shaped, network.loss, carried(x, algebra), carried(t, algebra), algebra)
    numbers = {
        symbol: number
        for each, (weights, _, _) in zip(symbols, layers, strict=True)
        for symbol, number in zip(each, weights.ravel(), strict=True)
    }

    gradients = backward(network, forward(network, x), t)

    for each, found in zip(symbols, gradients.weights, strict=True):
        expected = [float(sympy.diff(formula, symbol).subs(numbers).evalf(30)) for symbol in each]
        assert found.ravel() == pytest.approx(expected, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize(("output", "loss"), CANONICAL)
def test_delta_at_the_output_is_y_minus_t_for_canonical_pairs(output, loss):
    units = 1 if loss == "binary_cross_entropy" else 3
    network, x, t = example([2, 3, units], ["tanh", output], loss, count=4)
    passed = forward(network, x)
    assert backward(network, passed, t).delta[-1] == pytest.approx(passed.y - t, rel=1e-13)


@pytest.mark.parametrize(("output", "loss"), FROM_LOGITS)
def test_the_error_from_logits_is_the_error_of_the_outputs(output, loss):
    network, x, t = example([2, 3, 3], ["tanh", output], loss, count=4)
    plain = plain_error(carried_layers(network, FLOATS), loss, x, t, FLOATS)
    assert error(network, forward(network, x), t) == pytest.approx(plain, rel=1e-13)


@pytest.mark.parametrize(("output", "loss"), [*CANONICAL, ("identity", "mse")])
def test_a_batch_has_the_mean_of_its_examples_errors_and_gradients_and_each_ones_delta(output, loss):
    network, x, t = example([3, 2, 2], ["sigmoid", output], loss, count=5)
    singles = [(x[i : i + 1], t[i : i + 1]) for i in range(5)]
    alone = [backward(network, forward(network, each), target) for each, target in singles]
    gradients = backward(network, forward(network, x), t)
    errors = [error(network, forward(network, each), target) for each, target in singles]
    assert error(network, forward(network, x), t) == pytest.approx(np.mean(errors), rel=1e-13)
    for layer in range(2):
        assert gradients.weights[layer] == pytest.approx(np.mean([each.weights[layer] for each in alone], axis=0))
        assert gradients.bias[layer] == pytest.approx(np.mean([each.bias[layer] for each in alone], axis=0))
        assert gradients.delta[layer] == pytest.approx(np.concatenate([each.delta[layer] for each in alone]))


def test_a_step_against_the_gradient_is_gradient_descent_and_lowers_the_error():
    network, x, t = example([2, 3, 2], ["relu", "softmax"], "cross_entropy", count=4)
    gradients = backward(network, forward(network, x), t)
    after = updated(network, gradients, 0.01)
    assert np.array_equal(after.layers[0].weights, network.layers[0].weights - 0.01 * gradients.weights[0])
    assert np.array_equal(after.layers[1].bias, network.layers[1].bias - 0.01 * gradients.bias[1])
    assert error(after, forward(after, x), t) < error(network, forward(network, x), t)


def test_an_example_worked_by_hand_has_its_numbers():
    """A sigmoid unit before an identity unit: u = ½·1 − ¼·2 = 0, z = ½, y = 2·½ = 1, t = 3, E = ½(1 − 3)² = 2."""
    layers = (Layer(np.array([[0.5, -0.25]]), None, "sigmoid"), Layer(np.array([[2.0]]), np.zeros(1), "identity"))
    network = Network(layers, "half_sse")
    t = np.array([[3.0]])

    passed = forward(network, np.array([[1.0, 2.0]]))
    gradients = backward(network, passed, t)

    assert [u.tolist() for u in passed.u] == [[[0.0]], [[1.0]]]
    assert [z.tolist() for z in passed.z] == [[[0.5]], [[1.0]]]
    assert error(network, passed, t) == 2.0
    assert [delta.tolist() for delta in gradients.delta] == [[[-1.0]], [[-2.0]]]
    assert [slope.tolist() for slope in gradients.weights] == [[[-1.0, -2.0]], [[-1.0]]]
    assert gradients.bias[0] is None
    assert gradients.bias[1].tolist() == [-2.0]


def test_extreme_logits_give_finite_errors_and_gradients():
    network = Network((Layer(np.array([[1000.0], [-1000.0]]), None, "softmax"),), "cross_entropy")
    passed = forward(network, np.ones((1, 1)))
    wrong = np.array([[0.0, 1.0]])
    assert error(network, passed, wrong) == 2000.0
    assert backward(network, passed, wrong).delta[0].tolist() == [[1.0, -1.0]]


def test_weights_without_bounds_and_targets_of_another_shape_are_problems():
    network = Network((Layer(np.full((2, 2), 1e308), None, "identity"),), "half_sse")
    with pytest.raises(Problem, match="u of layer 1 is not finite"):
        forward(network, np.full((1, 2), 1e10))
    with pytest.raises(Problem):
        backward(network, forward(network, np.full((1, 2), 1e-10)), np.zeros((1, 3)))


@pytest.mark.parametrize(("activation", "gain"), [("relu", 2), ("tanh", 1), ("softmax", 1)])
def test_first_weights_have_the_variance_of_their_rule_and_biases_are_0(activation, gain):
    (layer,) = initial([400, 300], [activation], "half_sse", np.random.default_rng(0)).layers
    assert layer.weights.std() == pytest.approx(np.sqrt(gain / 400), rel=0.01)
    assert abs(layer.weights.mean()) < 1e-3
    assert not np.any(layer.bias)
