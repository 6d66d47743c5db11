"""Slopes and descents for figures: right where they can be checked, and bounded where a tree grows."""

import math

import pytest

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.plotting import curve_points, curve_slopes, descent_path
from studyapp.language import read_strict

MARKS = "(-4, -3, -2, -1, 0, 1, 2, 3, 4)"
PARTING = f"kl_divergence(softmax(-{MARKS}**2 / 2), softmax(-({MARKS} - d)**2 / 2))"


@pytest.mark.parametrize(
    ("curve", "slope"),
    [
        ("x**2", lambda x: 2 * x),
        ("-log(x)", lambda x: -1 / x),
        ("huber(x, 0, delta=2)", lambda x: min(x, 2)),
        ("sigmoid(x)", lambda x: math.exp(-x) / (1 + math.exp(-x)) ** 2),
        ("softmax((x, 0), temperature=2)[0]", lambda x: math.exp(-x / 2) / (1 + math.exp(-x / 2)) ** 2 / 2),
    ],
)
def test_slopes_are_those_of_the_derivative(curve, slope):
    (slopes,) = curve_slopes([read_strict(curve)], "x", 0.5, 3, 7)
    assert [found for _, found in slopes] == pytest.approx([slope(x) for x, _ in slopes])


def test_a_derivative_too_large_to_be_computed_point_by_point_is_taken_by_differences():
    curve = read_strict(PARTING)
    (slopes,) = curve_slopes([curve], "d", 0, 1, 3)
    (left,), (right,) = (curve_points([curve], "d", shift, 1 + shift, 3) for shift in (-1e-4, 1e-4))
    expected = [(after - before) / 2e-4 for (_, before), (_, after) in zip(left, right, strict=True)]
    assert [slope for _, slope in slopes] == pytest.approx(expected, abs=1e-5)


def test_a_parameter_has_its_value_in_the_curve_and_in_its_slope():
    curve = read_strict("a * x")
    assert curve_points([curve], "x", 0, 1, 2, {"a": 3}) == (((0.0, 0.0), (1.0, 3.0)),)
    assert curve_slopes([curve], "x", 0, 1, 2, {"a": 3}) == (((0.0, 3.0), (1.0, 3.0)),)


def test_a_descent_whose_gradient_is_too_large_is_refused():
    with pytest.raises(Problem, match="too large"):
        descent_path(read_strict(PARTING), ["d"], [1.0], 0.1, 5)


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.05])
def test_a_descent_takes_the_steps_of_the_update(rate):
    path = descent_path(read_strict("w**2"), ["w"], [2.0], rate, 6)
    assert [w for w, _ in path] == pytest.approx([2 * (1 - 2 * rate) ** step for step in range(7)])
    assert [value for _, value in path] == pytest.approx([w * w for w, _ in path])
