"""A name is offered for another only where a slip of a finger leads from one to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.nearness import nearest_name, slips_between

FUNCTIONS = (
    "dot",
    "sin",
    "cos",
    "tanh",
    "mean",
    "median",
    "huber",
    "mse",
    "cross_entropy",
    "sigmoid",
    "softmax",
    "relu",
)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("cross_entropi", "cross_entropy"),
        ("cross_entorpy", "cross_entropy"),
        ("sigmiod", "sigmoid"),
        ("softmx", "softmax"),
        ("hubr", "huber"),
        ("maen", "mean"),
        ("ReLU", "relu"),
        ("tan", "tanh"),
    ],
)
def test_a_slip_is_answered(name, near):
    assert nearest_name(name, FUNCTIONS) == near


@pytest.mark.parametrize(
    "name", ["det", "inv", "where", "solve", "outer", "var", "x", "", "cov", "argsort", "a" * 5_000]
)
def test_what_is_no_slip_is_not(name):
    assert nearest_name(name, FUNCTIONS) == ""


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_the_same_both_ways_and_none_only_for_the_same_name(left, right):
    assert slips_between(left, right, 9) == slips_between(right, left, 9)
    assert (slips_between(left, right, 9) == 0) == (left == right)


@given(st.text("abcd", min_size=2, max_size=8), st.data())
def test_neighbours_exchanged_are_one_slip(name, data):
    at = data.draw(st.integers(0, len(name) - 2))
    other = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert slips_between(name, other, 2) == (name != other)
