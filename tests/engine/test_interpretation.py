"""One tree, one value: floats, 50 digits and SymPy agree wherever the tree is well-behaved."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number
from studyapp.engine.algebras.algebra import FLOATS, Inexact
from studyapp.engine.algebras.exact import FRACTIONS, symbolic
from studyapp.engine.algebras.precision import high_precision
from studyapp.engine.interpretation import evaluate

PRECISE = high_precision()
NAMES = {"y": Fraction(3, 5), "t": Fraction(1, 4), "z": Fraction(-7, 5)}
LEAVES = st.sampled_from(["0.5", "2", "3", "0.1"]).map(lambda text: Number(Decimal(text))) | st.sampled_from(
    [Name(name) for name in NAMES]
)
CALLS = ("exp", "log", "sqrt", "abs", "tanh", "sigmoid", "softplus", "sin", "cos", "sign")


def grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return (
        st.builds(Negate, below)
        | st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), below, below)
        | st.builds(lambda base, power: Binary("**", base, Number(Decimal(power))), below, st.integers(0, 4))
        | st.builds(lambda function, x: Call(function, (x,)), st.sampled_from(CALLS), below)
        | st.builds(
            lambda function, x, y: Call(function, (x, y)), st.sampled_from(["maximum", "minimum"]), below, below
        )
    )


TREES = st.recursive(LEAVES, grown, max_leaves=8)


def precise(tree: Node) -> object:
    return evaluate(tree, {name: PRECISE.number(value) for name, value in NAMES.items()}, PRECISE)


def settled(tree: Node) -> bool:
    """Whether every part of the tree is defined and neither huge nor so near to 0 that rounding decides."""
    values = [precise(part) for part in _parts(tree)]
    return all(PRECISE.context.isfinite(value) and (value == 0 or 1e-6 < abs(value) < 1e6) for value in values)


def _parts(tree: Node) -> list[Node]:
    from studyapp.domain.expression import walk

    return list(walk(tree))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(TREES)
def test_floats_and_fifty_digits_agree(tree):
    assume(settled(tree))
    with np.errstate(all="ignore"):
        found = evaluate(tree, {name: np.float64(value) for name, value in NAMES.items()}, FLOATS)
    assert abs(float(found) - float(precise(tree))) <= 1e-8 * (1 + abs(float(precise(tree))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(TREES)
def test_sympy_and_fifty_digits_agree(tree):
    assume(settled(tree))
    exact = evaluate(tree, {name: symbolic().number(value) for name, value in NAMES.items()}, symbolic())
    assert abs(PRECISE.number(Decimal(str(exact.evalf(40)))) - precise(tree)) <= 1e-25 * (1 + abs(precise(tree)))


@given(TREES)
def test_a_value_that_is_rational_is_the_fraction_itself(tree):
    assume(settled(tree))
    try:
        exact = evaluate(tree, NAMES, FRACTIONS)
    except Inexact:
        return
    assert abs(PRECISE.number(exact) - precise(tree)) <= 1e-45 * (1 + abs(precise(tree)))
