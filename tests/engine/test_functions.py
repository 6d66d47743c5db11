"""Every function of formulas has its mathematics, its printed and its spoken form."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from studyapp.domain.expression import Call, Name
from studyapp.domain.functions import ALIASES, BY_NAME, ROWS
from studyapp.engine.algebras.algebra import ELEMENTARY, FLOATS, GROWING, Inexact, Problem
from studyapp.engine.algebras.exact import FRACTIONS, symbolic
from studyapp.engine.algebras.precision import careful, high_precision
from studyapp.engine.algebras.trees import differentiate
from studyapp.engine.calculator import compute
from studyapp.engine.equivalence.deciding import State
from studyapp.engine.interpretation import derivative_of, evaluate
from studyapp.language import read_answer, read_strict, to_tex, vocabulary_of
from tests.engine.test_equivalence import state

OF_ONE = sorted({*(row.name for row in ROWS if row.fewest == row.most == 1), "log"})
ABOVE_ONE = frozenset({"acosh"})
KINKED = frozenset({"abs", "sign", "relu", "step"})
POINTS = (0.3, 0.7, -0.4)

ORACLES = {
    "sec": mpmath.sec,
    "csc": mpmath.csc,
    "cot": mpmath.cot,
    "sech": mpmath.sech,
    "csch": mpmath.csch,
    "coth": mpmath.coth,
    "log2": lambda x: mpmath.log(x) / mpmath.log(2),
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "relu": lambda x: max(x, 0),
    "swish": lambda x: x / (1 + mpmath.exp(-x)),
    "gelu": lambda x: x * (1 + mpmath.erf(x / mpmath.sqrt(2))) / 2,
    "step": lambda x: int(x > 0),
    "abs": abs,
}


def points(name):
    if name in ABOVE_ONE:
        return (1.2, 3.5)
    return tuple(x for x in POINTS if x > 0) if name in {"log", "log2", "log10", "sqrt"} else POINTS


@pytest.mark.parametrize("name", OF_ONE)
def test_floats_fifty_digits_and_sympy_agree_with_mpmath(name):
    oracle = ORACLES.get(name) or getattr(mpmath, name)
    tree = Call(name, (Name("x"),))
    high, sympy = high_precision(), symbolic()
    for x in points(name):
        right = oracle(mpmath.mpf(x))
        assert float(evaluate(tree, {"x": FLOATS.number(x)}, FLOATS)) == pytest.approx(float(right), rel=1e-12)
        assert float(evaluate(tree, {"x": high.number(x)}, high)) == pytest.approx(float(right), rel=1e-14)
        exact = evaluate(tree, {"x": sympy.number(Fraction(x))}, sympy)
        assert float(exact.evalf(30)) == pytest.approx(float(right), rel=1e-12)


@pytest.mark.parametrize("name", OF_ONE)
def test_the_derivative_of_the_tree_is_the_central_difference(name):
    tree = Call(name, (Name("x"),))
    slope = derivative_of(tree, Name("x"), {})
    high = high_precision()
    for x in points(name):
        step = high.number(Fraction(1, 10**15))
        at = high.number(x)
        ends = [evaluate(tree, {"x": at + sign * step}, high) for sign in (1, -1)]
        wanted = (ends[0] - ends[1]) / (2 * step)
        assert float(evaluate(slope, {"x": at}, high)) == pytest.approx(float(wanted), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", sorted(set(ELEMENTARY) - {"round"}))
def test_every_elementary_function_has_a_rule_of_differentiation(name):
    assert differentiate(Call(name, (Name("x"),)), Name("x")) is not None


@pytest.mark.parametrize("name", OF_ONE)
def test_a_fraction_is_exact_or_said_not_to_be(name):
    try:
        value = evaluate(Call(name, (Name("x"),)), {"x": Fraction(3, 2)}, FRACTIONS)
    except Inexact:
        return
    assert isinstance(value, Fraction)


@pytest.mark.parametrize("name", OF_ONE)
def test_a_huge_argument_is_answered_at_once_or_said_to_be_too_large(name):
    algebra = careful(50)
    huge = algebra.number(Fraction(10) ** 400)
    try:
        evaluate(Call(name, (Name("x"),)), {"x": huge}, algebra)
    except Problem:
        assert name in GROWING | {"sec", "csc", "cot", "sech", "csch", "sigmoid", "softplus", "swish", "gelu"}


@pytest.mark.parametrize("name", OF_ONE)
def test_outside_its_domain_a_function_is_not_a_number_and_never_an_exception(name):
    high = high_precision()
    for x in (0, -1, 1, -3, 2):
        with np.errstate(all="ignore"):
            quick = float(evaluate(Call(name, (Name("x"),)), {"x": FLOATS.number(x)}, FLOATS))
        slow = float(evaluate(Call(name, (Name("x"),)), {"x": high.number(x)}, high))
        assert (math.isfinite(quick), math.isnan(quick)) == (math.isfinite(slow), math.isnan(slow)) or x == 0
        if math.isfinite(quick):
            assert quick == pytest.approx(slow, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_learners_authors_and_compute_take_it_and_it_is_printed(name):
    row = BY_NAME[name]
    arguments = ", ".join(["0.5", "0.25"][: max(1, row.fewest)])
    text = f"{name}({arguments})"
    tree = read_strict(text)
    assert read_answer(text, vocabulary_of(())) == tree
    assert isinstance(compute(tree, {}).value, float | str)
    assert to_tex(tree).count("{") == to_tex(tree).count("}")


@pytest.mark.parametrize(("alias", "name"), sorted(ALIASES.items()))
def test_another_name_means_the_same_function_for_everybody(alias, name):
    wanted = read_strict(f"{name}(x)")
    assert read_strict(f"{alias}(x)") == wanted
    assert read_answer(f"{alias}(x)", vocabulary_of(["x"])) == wanted
    assert read_answer(f"\\{alias}(x)", vocabulary_of(["x"])) == wanted
    assert read_answer(f"{alias.upper()}(x)", vocabulary_of(["x"])) == wanted


REAL, UNIT, SIGNED = {"x": "real"}, {"x": "0..1"}, {"x": "-1..1"}


@pytest.mark.parametrize(
    ("left", "right", "symbols", "wanted"),
    [
        ("tanh(x)", "sinh(x) / cosh(x)", REAL, State.EQUAL),
        ("1 - tanh(x)**2", "sech(x)**2", REAL, State.EQUAL),
        ("cosh(x)**2 - sinh(x)**2", "1", REAL, State.EQUAL),
        ("tan(x)", "sin(x) / cos(x)", REAL, State.EQUAL),
        ("asin(x)", "pi / 2 - acos(x)", SIGNED, State.EQUAL),
        ("atanh(x)", "log((1 + x) / (1 - x)) / 2", SIGNED, State.EQUAL),
        ("log1p(exp(x))", "softplus(x)", REAL, State.EQUAL),
        ("max(0, cosh(x))", "cosh(x)", REAL, State.EQUAL),
        ("abs(atan(x))", "atan(abs(x))", REAL, State.EQUAL),
        ("max(0, expm1(x))", "relu(exp(x) - 1)", REAL, State.EQUAL),
        ("acosh(cosh(x - 7))", "abs(x - 7)", REAL, State.EQUAL),
        ("asin(sin(x))", "x", SIGNED, State.EQUAL),
        ("cosh(x)", "sinh(x)", REAL, State.DIFFERENT),
        ("acos(x)", "asin(x)", UNIT, State.DIFFERENT),
        ("asin(sin(x))", "x", REAL, State.DIFFERENT),
        ("max(0, sinh(x - 70))", "0", REAL, State.DIFFERENT),
        ("abs(asinh(x - 70))", "asinh(70 - x)", REAL, State.DIFFERENT),
        ("sqrt(cosh(x - 7) - 1)", "-sqrt(2) * sinh((x - 7) / 2)", REAL, State.DIFFERENT),
        ("acosh(cosh(x - 7))", "7 - x", REAL, State.DIFFERENT),
        ("acosh(1 + (x - 70)**2 / 2)", "2 * asinh((70 - x) / 2)", REAL, State.DIFFERENT),
    ],
)
def test_identities_hold_and_what_differs_behind_a_kink_is_different(left, right, symbols, wanted):
    assert state(left, right, symbols) == wanted
