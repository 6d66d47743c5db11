"""Grading 1,000 typed formulas, reading them and naming the slip included, beside what else decides equality.

The pairs are made of forms whose right and wrong rewritings are known, under drawn names, factors and combinations, so
that the truth is known by construction. The grader starts from the text that was typed, SymPy from expressions that are
already made, Math-Verify from TeX. What takes SymPy over 20 seconds counts as no verdict. Garbage is collected between
pairs: what one side leaves behind would else be charged to the next one.
"""

import gc
import json
import random
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy

from studyapp.domain.question import ExpressionKey
from studyapp.domain.verdict import Outcome
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.interpretation import evaluate
from studyapp.grading import grade
from studyapp.language import read_strict, to_tex
from tests.benchmarks.elsewhere import NotToBeHad, environment
from tests.benchmarks.measuring import Row, beside, counted, limited, seconds
from tests.benchmarks.served import served

NAMES = ("y", "t", "x", "w", "z", "u")
COUNT = 1000
WARM = 30
LIMIT = 20
FORMS = (
    ("(A - B)*A*(1 - A)*C", ("(A-B)*(A - A**2)*C", "A*C*(1-A)*(A-B)"), ("(A - B)*C", "(B-A)*A*(1-A)*C")),
    ("1/(1 + exp(-A))", ("exp(A)/(1+exp(A))", "(1 + tanh(A/2))/2"), ("exp(-A)/(1+exp(-A))", "1/(1+exp(A))")),
    ("1 - tanh(A)**2", ("4/(exp(A)+exp(-A))**2", "(1-tanh(A))*(1+tanh(A))"), ("1 + tanh(A)**2", "1 - tanh(A)")),
    ("log(1 + exp(A))", ("A + log(1+exp(-A))", "-log(1/(1+exp(A)))"), ("log(1+exp(-A))", "1 + log(exp(A))")),
    ("A*(B - C) + C*(A - B)", ("A*B - C*B", "B*(A - C)"), ("A*B - C*A", "B*(A + C)")),
    ("exp(A)/(exp(A) + exp(B))", ("1/(1+exp(B-A))", "1 - exp(B)/(exp(A)+exp(B))"), ("exp(B)/(exp(A)+exp(B))",)),
    ("(A - B)**2/2", ("A**2/2 - A*B + B**2/2", "(B - A)**2/2"), ("(A - B)**2", "(A**2 - B**2)/2")),
    ("exp(A + B)*C", ("exp(A)*C*exp(B)", "C*exp(B + A)"), ("(exp(A) + exp(B))*C", "exp(A*B)*C")),
)
"""A formula, what is equal to it and what is not; the letters stand for names."""

CHECKER = """
import sys, json
from time import perf_counter
from math_verify import parse, verify
for line in sys.stdin:
    key, answer = json.loads(line)
    begun = perf_counter()
    same = verify(parse(f"${key}$"), parse(f"${answer}$"))
    print(json.dumps([perf_counter() - begun, bool(same)]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key, an answer, and whether they are equal."""

    key: str
    answer: str
    equal: bool


def pairs(count: int) -> list[Pair]:
    """So many pairs, about half of them equal; always the same."""
    chance = random.Random(0)
    return [_pair(chance) for _ in range(count)]


def _pair(chance: random.Random) -> Pair:
    equal = chance.random() < 0.5
    broken = chance.randrange(2)
    sides = [_form(chance, right=equal or place != broken) for place in range(2)]
    factor, sign = chance.randint(2, 9), chance.choice(("", "-"))
    (first, other), (second, another) = sides
    return Pair(f"{factor}*({first}) {sign or '+'} ({second})", f"{sign}({another}) + ({other})*{factor}", equal)


def _form(chance: random.Random, *, right: bool) -> tuple[str, str]:
    key, equal, unequal = chance.choice(FORMS)
    answer = chance.choice(equal if right else unequal)
    names = dict(zip("ABC", chance.sample(NAMES, 3), strict=True))
    return tuple("".join(names.get(letter, letter) for letter in text) for text in (key, answer))  # type: ignore[return-value]


def graded(pair: Pair) -> Outcome:
    """The grader's verdict."""
    return grade(ExpressionKey(pair.key, dict.fromkeys(NAMES, "real"), {}), pair.answer, ()).outcome


def simplified(left: Any, right: Any) -> bool | None:
    """Whether SymPy simplifies the difference to zero; None where it takes too long."""
    return _within(lambda: bool(sympy.simplify(left - right) == 0))


def equalled(left: Any, right: Any) -> bool | None:
    """What `Expr.equals` says."""
    return _within(lambda: left.equals(right))


def _within(work: Callable[[], bool | None]) -> bool | None:
    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    try:
        return work()
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


class Judge:
    """One way to decide: its milliseconds and its verdicts."""

    def __init__(self) -> None:
        self.taken: list[float] = []
        self.wrong = self.silent = 0

    def hear(self, taken: float, said: bool | None, pair: Pair) -> None:
        """Take a verdict in."""
        self.taken.append(1000 * taken)
        self.silent += said is None
        self.wrong += said is not None and said != pair.equal

    def at(self, share: float) -> float:
        """The milliseconds that such a share of the pairs stays below."""
        return float(np.quantile(self.taken, share))

    @property
    def counts(self) -> dict[str, object]:
        """How often each went wrong, and how long it took."""
        return {"wrong": self.wrong, "no_verdict": self.silent, "p50": self.at(0.5), "p99": self.at(0.99)}


SAID = {Outcome.CORRECT: True, Outcome.WRONG: False}


def compared() -> dict[str, Judge]:
    """The grader and SymPy, pair by pair in one process."""
    symbols = {name: sympy.Symbol(name, real=True) for name in NAMES}
    judges = {name: Judge() for name in ("grade", "simplify", "Expr.equals")}
    gc.disable()
    for number, pair in enumerate(counted(pairs(COUNT), "pairs")):
        left, right = (evaluate(read_strict(text), symbols, symbolic()) for text in (pair.key, pair.answer))
        works: dict[str, Callable[[], bool | None]] = {
            "grade": lambda: SAID.get(graded(pair)),
            "simplify": lambda: simplified(left, right),
            "Expr.equals": lambda: equalled(left, right),
        }
        gc.collect()
        for name, work in works.items():
            said: list[bool | None] = []
            taken = seconds(lambda: said.append(work()))
            if number >= WARM or name != "grade":
                judges[name].hear(taken, said[0], pair)
            elif SAID.get(graded(pair)) != pair.equal:
                judges[name].wrong += 1
    gc.enable()
    return judges


def math_verify() -> dict[str, object]:
    """Math-Verify's counts; why there are none where it cannot be had."""
    judge = Judge()
    try:
        with environment("math-verify[antlr4_13_2]") as python, served(python, CHECKER) as checker:
            for pair in counted(pairs(COUNT), "pairs for Math-Verify"):
                texts = [to_tex(read_strict(text)) for text in (pair.key, pair.answer)]
                taken, said = json.loads(checker.ask(json.dumps(texts)))
                judge.hear(taken, said, pair)
    except NotToBeHad as reason:
        return {"not_measured": str(reason)}
    return judge.counts


def rows(_: int) -> Iterator[Row]:
    """How quick, and how right."""
    judges = compared()
    ours, theirs = judges["grade"], judges["simplify"]
    for name, share, most in (("median", 0.5, 0.06), ("99th percentile", 0.99, 0.01)):
        what, figures = f"deciding {COUNT:,} formulas, {name}", (ours.at(share), "ms", "SymPy simplify(a - b) == 0")
        holds = ours.at(share) <= most * theirs.at(share)
        yield beside(what, *figures, theirs.at(share), promise=f"≤ {most:g} ×", holds=holds)
    yield limited("deciding, slowest", max(ours.taken), "ms", 200)
    counts = {name: judge.counts for name, judge in judges.items()} | {"Math-Verify": math_verify()}
    yield limited("deciding, wrong verdicts or none", ours.wrong + ours.silent, "", 0, others=counts)
