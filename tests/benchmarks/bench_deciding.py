"""Time to grade a typed formula, reading and naming the slip included, beside SymPy's `simplify(a - b) == 0`.

Run from the clone:

    python tests/benchmarks/bench_deciding.py
    python tests/benchmarks/bench_deciding.py --json > deciding.json

Both sides take the same pairs, one after the other in one process, after one round to warm up. The grader starts from
the text that was typed; SymPy starts from expressions that are already made. pytest does not collect this file. Exit
code 1: the grader's median is not at least 10 times below SymPy's, or its slowest pair takes more than 200 ms.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

import numpy as np
import sympy

from studyapp.domain.question import ExpressionKey
from studyapp.domain.words import JA
from studyapp.engine.algebras.algebra import symbolic
from studyapp.engine.interpretation import evaluate
from studyapp.grading import grade
from studyapp.language import read_strict

NAMES = ("y", "t", "x", "w", "z", "u")
KEYS = {
    "(y - t)*y*(1 - y)*x": ("(y-t)*(y - y**2)*x", "y*x*(1-y)*(y-t)", "(y - t)*x", "(y-t)*(1-y**2)*x", "y - t"),
    "1/(1 + exp(-z))": ("exp(z)/(1+exp(z))", "(1 + tanh(z/2))/2", "exp(-z)/(1+exp(-z))", "1/(1+exp(z))"),
    "1 - tanh(z)**2": ("4/(exp(z)+exp(-z))**2", "(1-tanh(z))*(1+tanh(z))", "1 + tanh(z)**2", "1 - tanh(z)"),
    "log(1 + exp(z))": ("z + log(1+exp(-z))", "-log(1/(1+exp(z)))", "log(1+exp(-z))", "1 + log(exp(z))"),
    "w*(y - t) + x*(z - u)": ("w*y - w*t + x*z - x*u", "x*z - (u*x + w*(t-y))", "w*(y-t)", "w*(t-y) + x*(z-u)"),
    "exp(z)/(exp(z) + exp(u))": ("1/(1+exp(u-z))", "1 - exp(u)/(exp(z)+exp(u))", "exp(u)/(exp(z)+exp(u))", "exp(z)"),
}
PAIRS = [(key, answer) for key, answers in KEYS.items() for answer in answers]
WORST = 200.0


def graded(key: str, answer: str) -> bool:
    """Whether the grader calls the answer correct."""
    verdict = grade(ExpressionKey(key, dict.fromkeys(NAMES, "real"), {}), answer, (), JA)
    return verdict.outcome == "correct"


def simplified(left: Any, right: Any) -> bool:
    """Whether SymPy simplifies the difference to zero."""
    return bool(sympy.simplify(left - right) == 0)


def times(work: Callable[[Any, Any], bool], pairs: list[tuple[Any, Any]], rounds: int) -> list[float]:
    """Milliseconds of every pair, after a round that is not counted."""
    found = []
    for turn in range(rounds + 1):
        for pair in pairs:
            start = perf_counter()
            work(*pair)
            if turn:
                found.append(1000 * (perf_counter() - start))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Milliseconds a pair by side (median, 99th percentile, largest), and right answers that SymPy calls wrong."""

    pairs: int
    grade: tuple[float, float, float]
    simplify: tuple[float, float, float]
    missed_by_simplify: int

    @property
    def holds(self) -> bool:
        """Whether the grader is as quick as it promises to be."""
        return self.grade[0] * 10 <= self.simplify[0] and self.grade[2] <= WORST


def summary(found: list[float]) -> tuple[float, float, float]:
    """Median, 99th percentile and largest."""
    return float(np.median(found)), float(np.quantile(found, 0.99)), max(found)


def measured(rounds: int) -> Figures:
    """The figures of both sides."""
    symbols = {name: sympy.Symbol(name, real=True) for name in NAMES}
    made = [tuple(evaluate(read_strict(text), symbols, symbolic()) for text in pair) for pair in PAIRS]
    missed = sum(graded(*texts) and not simplified(*pair) for texts, pair in zip(PAIRS, made, strict=True))
    ours, theirs = times(graded, PAIRS, rounds), times(simplified, made, 1)
    return Figures(pairs=len(PAIRS), grade=summary(ours), simplify=summary(theirs), missed_by_simplify=missed)


def table(figures: Figures) -> str:
    """The figures for people."""
    sides = {"grade": figures.grade, "simplify": figures.simplify}
    rows = [f"{name:10}" + "".join(f"{value:10.2f}" for value in found) for name, found in sides.items()]
    title = f"{figures.pairs} pairs; milliseconds a pair: median, 99th percentile, largest"
    return "\n".join([title, *rows, f"right answers that simplify calls wrong: {figures.missed_by_simplify}"])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    options = parser.parse_args()
    figures = measured(options.rounds)
    sys.stdout.write((json.dumps(asdict(figures), indent=2) if options.json else table(figures)) + "\n")
    return 0 if figures.holds else 1


if __name__ == "__main__":
    sys.exit(main())
