"""Every gradient of the catalogue, held against the tree's derivative, SymPy's, and a difference at 50 digits."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.catalogue.entry import Shape
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES
from tests.tools.gradients import compare_gradient
from tests.tools.samples import sample

GRADIENTS = [(name, argument) for name, entry in CATALOGUE.items() for argument in entry.gradients]
EVERY = pytest.mark.parametrize(("name", "argument"), GRADIENTS)
TOLERANCE = 1e-12


def check(name: str, argument: str, routes: tuple[str, ...], count: int) -> None:
    for i in range(count):
        arguments, options = sample(CATALOGUE[name], Random(f"{name}:{argument}:{i}"), options=i % 2 == 1)
        agreement = compare_gradient(CATALOGUE[name], argument, arguments, options, routes)
        assert agreement.distance <= TOLERANCE, (agreement, arguments, options)


@EVERY
@pytest.mark.parametrize("count", [3, pytest.param(60, marks=pytest.mark.deep)])
def test_the_gradient_is_the_trees_derivative_and_the_difference(name, argument, count):
    check(name, argument, ("tree", "difference"), count)


@EVERY
@pytest.mark.parametrize("count", [1, pytest.param(10, marks=pytest.mark.deep)])
def test_the_gradient_is_sympys_derivative(name, argument, count):
    check(name, argument, ("sympy",), count)


@pytest.mark.parametrize(("name", "argument"), [(n, a) for n, entry in CATALOGUE.items() for a in entry.together])
def test_value_and_gradient_are_the_same_together_as_apart(name, argument):
    entry = CATALOGUE[name]
    for i in range(20):
        arguments, options = sample(entry, Random(f"{name}:{i}"), options=i % 2 == 1)
        value, gradient = entry.value_and_gradient(argument, arguments, options)
        assert value == pytest.approx(entry.evaluate(FLOATS, arguments, options), rel=1e-14, abs=1e-15)
        assert gradient == pytest.approx(entry.gradient_of(argument, arguments, options), rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("gap", [1.0, 40.0, 300.0, 700.0])
def test_a_sure_answer_keeps_the_digits_of_its_small_loss(gap):
    z, t = np.array([gap, 0.0]), np.array([1.0, 0.0])
    exact = np.log1p(np.exp(-gap))
    value, gradient = CATALOGUE["cross_entropy_with_logits"].value_and_gradient("z", [z, t], {})
    assert value == pytest.approx(exact, rel=1e-14)
    assert gradient[1] == pytest.approx(np.exp(-gap) / (1 + np.exp(-gap)), rel=1e-14)


@EVERY
def test_the_gradient_has_the_shape_of_its_argument(name, argument):
    entry = CATALOGUE[name]
    for i in range(5):
        arguments, options = sample(entry, Random(f"{name}{i}"))
        shape = np.shape(arguments[entry.argument_names.index(argument)])
        whole = np.shape(entry.evaluate(FLOATS, arguments, options)) if entry.shape == Shape.WHOLE else ()
        expected = (*shape, shape[-1]) if entry.shape == Shape.ROW_MAP else (*whole, *shape)
        assert np.shape(entry.gradient_of(argument, arguments, options)) == expected


@pytest.mark.parametrize("route", ["tree", "difference", "sympy"])
def test_a_wrong_gradient_is_found_and_its_place_is_told(route):
    wrong = replace(CATALOGUE["mse"], gradients={"y": lambda y, t: np.array([2.0, 2.0, 1.0]) * (y - t)})
    agreement = compare_gradient(wrong, "y", [np.array([1.0, 2.0, 3.0]), np.zeros(3)], {}, [route])
    assert agreement.route == route
    assert agreement.place == (2,)
    assert (agreement.found, agreement.expected) == (1.0, 2.0)


def test_a_gradient_that_is_not_there_is_a_problem():
    with pytest.raises(Problem, match="accuracy has no gradient by 'tp'"):
        CATALOGUE["accuracy"].gradient_of("tp", [1, 1, 1, 1], {})


@pytest.mark.parametrize(
    "family",
    [
        *("regression", "classification", "margin", "metric learning", "divergence", "generation"),
        *("activations", "layers"),
    ],
)
def test_everything_that_is_trained_through_has_a_gradient_by_its_first_argument(family):
    missing = [entry.name for entry in FAMILIES[family] if entry.argument_names[0] not in entry.gradients]
    assert missing == (["mmd2"] if family == "divergence" else [])  # no page teaches it; the tree's derivative serves


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_number_used_for_every_element_gathers_their_slopes(reduction):
    slope = CATALOGUE["mse"].gradient_of("y", [0.5, np.array([1.0, 2.0, 3.0])], {"reduction": reduction})
    assert slope == pytest.approx(2 * (0.5 * 3 - 6) / (3 if reduction == "mean" else 1))


@pytest.mark.parametrize(("name", "argument"), [one for one in GRADIENTS if CATALOGUE[one[0]].shape == Shape.ELEMENT])
@pytest.mark.parametrize("single", [True, False])
def test_a_single_number_among_vectors_has_the_right_gradient(name, argument, single):
    entry = CATALOGUE[name]
    arguments = next(a for i in range(99) if np.ndim((a := sample(entry, Random(f"{name}{i}"))[0])[0]) == 1)
    moving = entry.argument_names.index(argument)
    mixed = [one[0] if (place == moving) == single else one for place, one in enumerate(arguments)]
    assert compare_gradient(entry, argument, mixed, {}, ["difference"]).distance <= TOLERANCE


def test_work_that_grows_with_pairs_is_bounded():
    points = np.zeros((201, 1))
    with pytest.raises(Problem, match="200 points"):
        CATALOGUE["mmd2"].evaluate(FLOATS, [points, points], {})
    with pytest.raises(Problem, match="Jacobian"):
        CATALOGUE["softmax"].gradient_of("z", [np.zeros(10_000)], {})


KINKS = [
    ("mae", "y", [2.0, 2.0], {}, 0.0),
    ("rmse", "y", [2.0, 2.0], {}, 0.0),
    ("huber", "y", [3.0, 2.0], {}, 1.0),
    ("pinball", "y", [2.0, 2.0], {"tau": 0.9}, 0.0),
    ("hinge", "s", [1.0, 1.0], {}, 0.0),
    ("squared_hinge", "s", [-1.0, -1.0], {}, 0.0),
    ("margin_ranking", "a", [1.0, 1.0, 1.0], {}, 0.0),
    ("contrastive", "d", [1.0, 0.0], {}, 0.0),
    ("triplet", "dp", [1.0, 2.0], {}, 0.0),
    ("relu", "x", [0.0], {}, 0.0),
    ("leaky_relu", "x", [0.0], {}, 0.01),
    ("elu", "x", [0.0], {"alpha": 2.0}, 2.0),
    ("step", "x", [0.0], {}, 0.0),
    ("l1", "w", [0.0], {}, 0.0),
    ("l0", "w", [0.0], {}, 0.0),
    ("multiclass_hinge", "s", [np.array([1.0, 0.0]), 0.0], {}, [0.0, 0.0]),
    ("wasserstein_1d", "p", [np.array([0.5, 0.5]), np.array([0.5, 0.5])], {}, [0.0, 0.0]),
    ("euclidean_distance", "a", [np.ones(2), np.ones(2)], {}, [0.0, 0.0]),
    ("rmsle", "y", [2.0, 2.0], {}, 0.0),
]
ROOTS = ("rmse", "rmsle", "euclidean_distance")


@pytest.mark.parametrize(("name", "argument", "arguments", "options", "expected"), KINKS)
def test_the_derivative_at_a_kink_is_the_stated_one(name, argument, arguments, options, expected):
    entry = CATALOGUE[name]
    assert entry.gradient_of(argument, arguments, options) == pytest.approx(np.array(expected))
    if name not in ROOTS:  # the tree divides by the root, which is 0 there
        assert compare_gradient(entry, argument, arguments, options, ["tree"]).distance == 0


def test_a_step_against_the_gradient_lowers_every_loss_that_is_trained_through():
    for name, argument in GRADIENTS:
        entry = CATALOGUE[name]
        if entry.facts is None or entry.reduction is None:
            continue
        arguments, _ = sample(entry, Random(name))
        place = entry.argument_names.index(argument)
        slope = entry.gradient_of(argument, arguments, {})
        moved = list(arguments)
        moved[place] = arguments[place] - 1e-7 * slope
        if np.any(slope):
            assert entry.evaluate(FLOATS, moved, {}) < entry.evaluate(FLOATS, arguments, {}), name
