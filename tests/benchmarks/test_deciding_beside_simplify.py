"""Time to grade a formula, reading included, beside SymPy's `simplify(a - b) == 0` on the same pairs in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest
import sympy

from studyapp.domain.question import ExpressionKey
from studyapp.domain.words import JA
from studyapp.engine.algebra import symbolic
from studyapp.engine.interpretation import evaluate
from studyapp.grading import grade
from studyapp.language import read_strict

REAL = ("y", "t", "x", "w", "z", "u")
KEYS = {
    "(y - t)*y*(1 - y)*x": ("(y-t)*(y - y**2)*x", "y*x*(1-y)*(y-t)", "(y - t)*x", "(y-t)*(1-y**2)*x"),
    "1/(1 + exp(-z))": ("exp(z)/(1+exp(z))", "(1 + tanh(z/2))/2", "exp(-z)/(1+exp(-z))", "1/(1+exp(z))"),
    "1 - tanh(z)**2": ("4/(exp(z)+exp(-z))**2", "(1-tanh(z))*(1+tanh(z))", "1 + tanh(z)**2", "1 - tanh(z)"),
    "log(1 + exp(z))": ("z + log(1+exp(-z))", "-log(1/(1+exp(z)))", "log(1+exp(-z))", "1 + log(exp(z))"),
    "w*(y - t) + x*(z - u)": ("w*y - w*t + x*z - x*u", "x*z - (u*x + w*(t-y))", "w*(y-t)", "w*(t-y) + x*(z-u)"),
    "exp(z)/(exp(z) + exp(u))": ("1/(1+exp(u-z))", "1 - exp(u)/(exp(z)+exp(u))", "exp(u)/(exp(z)+exp(u))", "exp(z)"),
}
PAIRS = [(key, answer) for key, answers in KEYS.items() for answer in answers]


def quantiles(work: Callable[[str, str], object]) -> tuple[float, float]:
    """Median and largest time of a pair, in seconds."""
    times = []
    for key, answer in PAIRS:
        started = time.perf_counter()
        work(key, answer)
        times.append(time.perf_counter() - started)
    return statistics.median(times), max(times)


def graded(key: str, answer: str) -> object:
    return grade(ExpressionKey(key, dict.fromkeys(REAL, "real"), {}), answer, (), JA)


def simplified(key: str, answer: str) -> bool:
    symbols = {name: sympy.Symbol(name, real=True) for name in REAL}
    left, right = (evaluate(read_strict(text), symbols, symbolic()) for text in (key, answer))
    return bool(sympy.simplify(left - right) == 0)


@pytest.mark.deep
def test_a_verdict_takes_a_tenth_of_the_time_of_simplify_at_most(record_property: Callable[[str, object], None]):
    quantiles(graded)
    quantiles(simplified)
    (ours, our_worst), (theirs, their_worst) = quantiles(graded), quantiles(simplified)
    for name, seconds in (("median", ours), ("worst", our_worst)):
        record_property(f"grade {name} ms", round(1000 * seconds, 2))
    for name, seconds in (("median", theirs), ("worst", their_worst)):
        record_property(f"simplify {name} ms", round(1000 * seconds, 2))

    assert ours * 10 <= theirs
    assert our_worst * 10 <= their_worst
