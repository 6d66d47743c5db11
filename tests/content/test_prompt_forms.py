"""What a learner can read off the text of a formula question is taken, named as a slip, or answered with what to do."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from studyapp.domain.question import ExpressionKey, Question
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.interpretation import evaluate
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.language import read_strict
from studyapp.study.library import Library

CONTENT = Path(__file__).parent.parent.parent / "content"
SERVICE = Service()
SEED = 1

# A verdict is `correct`, `wrong` with or without the mistake's name, or the code of what is asked back.
EXPRESSIONS = {
    "chain-1": {
        "<n>*<a>(<a>x+<b>)^<n-1>": "correct",
        "<n>·<a>·(<a>x+<b>)^{<n-1>}": "correct",
        "<n>(<a>x+<b>)^<n-1>*<a>": "correct",
        "dE/dx = <n>*<a>(<a>x+<b>)^<n-1>": "correct",
        "<n>*<a>u^<n-1>": "question-name",
        "<n>*<a>E": "question-name",
        "<n>(<a>x+<b>)^<n-1>": "wrong no-inner",
    },
    "chain-1-nested": {
        "-2*<a>(x-<c>)e^{-<a>(x-<c>)^2}": "correct",
        "-2*<a>(x-<c>)E^(-<a>(x-<c>)^2)": "correct",
        "-2*<a>(x-<c>)EXP(-<a>(x-<c>)^2)": "correct",
        "-<a>e^(-<a>(x-<c>)²)·2(x-<c>)": "correct",
        "-2*<a> v e^(-<a>u)": "question-name",
        "-2*<a> v e^(-<a>(x-<c>)^2)": "question-name",
        "-2*<a>(x-<c>)E": "question-name",
    },
    "chain-multi": {
        "<a>x^<n>+<n>(<a>x+<b>)x^{<n-1>}": "correct",
        "<a>·x^<n>+<n>x^<n-1>·(<a>x+<b>)": "correct",
        "<a>v+<n>u x^<n-1>": "question-name",
        "uv": "question-name",
    },
    "partial-expression": {
        "<a>x^2+<3*b>xy^2": "correct",
        "<a>x²+<3*b>x y²": "correct",
        "\\frac{\\partial f}{\\partial y} = <a>x^2+<b>x\\cdot 3y^2": "correct",
        "<a>*x*x--<3*b>*x*y*y": "correct",
        "f": "question-name",
        "<a>y^2+<3*b>yx^2": "wrong swap",
    },
    "vae-kl-expression": {
        "1/2((<a>)^2+s^2-log(s^2)-1)": "correct",
        "1/2(μ^2+σ^2-log σ^2-1)": "correct",
        "\\frac12(\\mu^2+\\sigma^2-\\log\\sigma^2-1)": "correct",
        "\\frac{1}{2}(mu^2+sigma^2-\\ln{\\sigma^2}-1)": "correct",
        "(μ²+σ²-2lnσ-1)/2": "correct",
        "(μ²+s²-2lns-1)/2": "correct",
        "½(μ²+σ²-㏑ σ²-1)": "correct",
        "(μ²+s²-log^2 s-1)/2": "wrong",
        "(μ²+s-lns-1)/2": "wrong deviation",
    },
    "vae-kl-grad": {
        "<b>σ-<b>/σ": "correct",
        "<b>(s-1/s)": "correct",
        "<b>(σ-\\frac1\\sigma)": "correct",
        "\\frac{<b>}{2}(2σ-\\frac{2}{σ})": "correct",
        "<b>(s-s^{-1})": "correct",
        "<b>(μ+σ-1/σ)": "question-name",
        "s-1/s": "wrong no-weight",
    },
    "ce-grad-output": {
        "-<w>/y_c": "correct",
        "-\\frac{<w>}{y_c}": "correct",
        "-<w>·1/y_c": "correct",
        "-<w>y_c^-1": "correct",
        "-<w>\\frac1{y_c}": "correct",
        "-<w>/yc": "correct",
        "-<w>/y": "question-name",
        "-<w>lny_c": "wrong no-derivative",
        "-<w>/E": "question-name",
    },
    "ce-h-kl-expression": {
        "<a>log(<a>/y)+<b>log(<b>/(1-y))": "correct",
        "<a>ln(<a>/y)+<b>ln(<b>/(1-y))": "correct",
        "<a>LN(<a>)-<a>LN(y)+<b>LN(<b>)-<b>LN(1-y)": "correct",
        "t_1 log(t_1/y)+t_2 log(t_2/(1-y))": "correct",
        "t1ln(t1/y)+t2ln(t2/(1-y))": "correct",
        "t_1lnt_1-t_1lny+t_2lnt_2-t_2ln(1-y)": "correct",
        "<a>\\log\\frac{<a>}{y}+<b>\\log\\frac{<b>}{1-y}": "correct",
        "t log(t/y)": "question-name",
        "\\sum_k t_k \\log\\frac{t_k}{y_k}": "sum-sign",
        "-<a>lny-<b>ln(1-y)": "wrong cross-entropy",
    },
    "log-cosh-gradient": {
        "<a>sinh(y-t)/cosh(y-t)": "correct",
        "<a>tanh(y-t)": "correct",
        "<a>\\frac{\\sinh(y-t)}{\\cosh(y-t)}": "correct",
        "<a>(e^(y-t)-e^(t-y))/(e^(y-t)+e^(t-y))": "correct",
        "<a>Tanh(y-t)": "correct",
        "<a>/coth(y-t)": "correct",
        "<a>\\tanh\\left(y-t\\right)": "correct",
        "<a>tanh(r)": "question-name",
        "<a>sin(y-t)/cos(y-t)": "wrong",
        "<a>/cosh(y-t)": "wrong no-inner",
        "tanh(y-t)": "wrong no-factor",
    },
    "poisson-nll-gradient": {
        "1-<t>/y": "correct",
        "1−\\frac{<t>}y": "correct",
        "(y-<t>)/y": "correct",
        "1--<t>/y": "wrong sign",
        "1+-<t>/y": "correct",
        "1-t/y": "unknown-name",
        "1-<t>lny": "wrong log-kept",
    },
    "gauss-nll-gradient": {
        "(y-t)/<v>": "correct",
        "(y-t)/<s>^2": "correct",
        "(y-t)/σ^2": "correct",
        "\\frac{y-t}{\\sigma^2}": "correct",
        "(y-t)/σ²": "correct",
        "1/2·2(y-t)/σ^2": "correct",
        "\\frac12\\cdot\\frac{2(y-t)}{\\sigma^2}": "correct",
        "(y-t)/sigma^2": "correct",
        "(y-t)/σ": "wrong sigma",
        "(y-t)": "wrong no-variance",
    },
    "gauss-nll-variance": {
        "1/2(1/v-<q>/v^2)": "correct",
        "\\frac12\\left(\\frac1v-\\frac{<q>}{v^2}\\right)": "correct",
        "1/(2v)-<q>/(2v^2)": "correct",
        "½(v⁻¹-<q>v⁻²)": "correct",
        "1/2(1/v-(y-t)^2/v^2)": "question-name",
        "1/v-<q>/v^2": "wrong no-half",
    },
    "grad-softmax-ce-expression": {
        "y_1-<a>": "correct",
        "y_1 - t_1": "correct",
        "y1-t1": "correct",
        "y₁−t₁": "correct",
        "y_{1}-t_{1}": "correct",
        "e^{z_1}/(e^{z_1}+e^{z_2}+e^{z_3})-t_1": "correct",
        "y_1(t_1+t_2+t_3)-t_1": "correct",
        "-t_1(1-y_1)+(t_2+t_3)y_1": "correct",
        "y-t": "question-name",
        "\\sum_k t_k y_1 - t_1": "sum-sign",
        "-t_1/y_1": "wrong by-output",
        "t_1-y_1": "wrong sign",
    },
    "grad-sigmoid": {
        "<2*a>(y-t)y(1-y)": "correct",
        "<2*a>(y-t)σ(u)(1-σ(u))": "correct",
        "<2*a>(y-t)σ'(u)": "correct",
        "<2*a>(y-t)\\sigma'(u)": "correct",
        "<2*a>(σ(u)-t)sigmoid(u)(1-sigmoid(u))": "correct",
        "<2*a>(y-t)e^{-u}/(1+e^{-u})^2": "correct",
        "<2*a>(y-t)\\frac{e^{-u}}{(1+e^{-u})^2}": "correct",
        "2·<a>(y-t)·y(1-y)": "correct",
        "<2*a>(y-t)(σ(u)-σ²(u))": "correct",
        "<2*a>(y-t)σ": "missing-argument",
        "<2*a>(y-t)": "wrong no-slope",
        "<2*a>(y-t)E": "question-name",
    },
    "grad-sigmoid-bce": {
        "<w>(y-t)": "correct",
        "<w>(σ(u)-t)": "correct",
        "<w>(1/(1+e^(-u))-t)": "correct",
        "<w>(\\frac1{1+e^{-u}}-t)": "correct",
        "<w>\\frac{y-t}{y(1-y)}σ'(u)": "correct",
        "<w>\\frac{y-t}{y(1-y)}": "wrong by-output",
        "y-t": "wrong no-weight",
    },
    "grad-sq": {
        "<slope>(y-t)": "correct",
        "<slope>y-<slope>t": "correct",
        "<slope>*y--<slope>*-t": "correct",
        "2·<a>(y−t)": "correct",
        "∂E/∂y = <slope>(y-t)": "correct",
        "\\frac{\\partial E}{\\partial y}=<slope>(y-t)": "correct",
        "$<slope>(y-t)$": "correct",
        "<slope>E": "question-name",
        "<slope>(t-y)": "wrong sign",
    },
}

STEPS = {
    ("delta-out", 1, 0): {
        "y_1-t_1": "correct",
        "y1-t1": "correct",
        "y₁ − t₁": "correct",
        "δ^{(2)}_1 = y_1-t_1": "correct",
        "u2_1 - t_1": "correct",
        "E": "question-name",
        "y-t": "question-name",
    },
    ("delta-out", 3, 0): {"y_1-t_1": "correct", "y-t": "correct", "y - t_1": "correct", "t-y": "wrong sign"},
    ("delta-out-factors", 1, 1): {
        "1-y_1^2": "correct",
        "1-y1²": "correct",
        "1-tanh^2(u2_1)": "correct",
        "1-\\tanh^2 u^{(2)}_1": "correct",
        "tanh'(u2_1)": "derivative-left",
        "sech^2(u2_1)": "correct",
    },
    ("delta-out-factors", 2, 1): {
        "y_1(1-y_1)": "correct",
        "y(1-y)": "correct",
        "σ(u2_1)(1-σ(u2_1))": "correct",
        "σ'(u2_1)": "derivative-left",
        "y_1-y_1^2": "correct",
    },
    ("grad-w", 3, 0): {
        "z1_2": "correct",
        "z^{(1)}_2": "correct",
        "z⁽¹⁾₂": "correct",
        "z_2^(1)": "correct",
        "z_2": "correct",
    },
    ("grad-w", 3, 2): {
        "δ2_1 z1_2": "correct",
        "δ^{(2)}_1z^{(1)}_2": "correct",
        "\\delta^{(2)}_1 z^{(1)}_2": "correct",
        "δ_1^(2) z_2^(1)": "correct",
        "δ1^(2) z2^(1)": "correct",
        "delta2_1*z1_2": "correct",
        "(y-t)y(1-y)z1_2": "correct",
        "Σ_k δ_k z_2": "sum-sign",
    },
    ("delta-hidden", 1, 0): {
        "z1_1(1-z1_1)": "correct",
        "σ(u1_1)(1-σ(u1_1))": "correct",
        "z_1(1-z_1)": "correct",
        "z_1^(1)(1-z_1^(1))": "correct",
        "σ'(u1_1)": "derivative-left",
    },
    ("delta-hidden", 3, 0): {
        "1-tanh^2(u1_1)": "correct",
        "1-tanh²(u1_1)": "correct",
        "1-\\tanh^2 u^{(1)}_1": "correct",
        "sech^2(u1_1)": "correct",
        "1/cosh^2(u1_1)": "correct",
        "1/cosh(u1_1)^2": "correct",
        "1-z_1^2": "correct",
        "1-z1_1²": "correct",
    },
    ("delta-hidden", 2, 1): {
        "δ2_1 w2_1_3+δ2_2 w2_2_3": "correct",
        "δ^{(2)}_1w^{(2)}_{13}+δ^{(2)}_2w^{(2)}_{23}": "correct",
        "δ_1^(2) w_13^(2)+δ_2^(2) w_23^(2)": "ambiguous",
        "δ1^(2) w13^(2)+δ2^(2) w23^(2)": "correct",
        "δ2_1*w2_3_1+δ2_2*w2_3_2": "transposed-index",
        "\\sum_k \\delta^{(2)}_k w^{(2)}_{k3}": "sum-sign",
        "Σ_k δ_k w_k3": "sum-sign",
        "sum(δ2_k w2_k_3)": "sum-sign",
        "δ2_1*w2_1_3": "wrong one-path",
    },
    ("grad-b", 1, 1): {
        "δ1_1 x_2": "correct",
        "δ^{(1)}_1x_2": "correct",
        "δ1^(1)x2": "correct",
        "delta1_1*x2": "correct",
        "δ1_1 z0_2": "question-name",
    },
    ("delta-two-one-one", 2, 1): {
        "δ2_1 w2_1_1 z1_1(1-z1_1)": "correct",
        "δ2 w2_1_1 z1(1-z1)": "correct",
        "δ^{(2)}w^{(2)}_{11}z^{(1)}(1-z^{(1)})": "correct",
        "(y-t)y(1-y)w2_1_1 z1_1(1-z1_1)": "correct",
    },
    ("delta-two-one-one", 3, 3): {
        "w1_1_2-ηδ1_1x_2": "correct",
        "w1_1_2 - eta*delta1_1*x_2": "correct",
        "w^{(1)}_{12}-\\eta\\delta^{(1)}_1x_2": "correct",
        "w_12^(1)-ηδ_1^(1)x_2": "correct",
        "w_12+-ηδ1_1 x2": "correct",
        "w1_1_2+η*δ1_1*x_2": "wrong ascent",
    },
}


@cache
def course() -> Library:
    return Library.load([CONTENT], None, "ja")


@cache
def drawn(exercise: str, seed: int) -> Question:
    entry = course().exercise(exercise)
    question = SERVICE.answer(Draw(entry.source, entry.id, seed))
    assert isinstance(question, Question)
    return question


def filled(template: str, question: Question) -> str:
    """The answer with the numbers of the drawing in place of `<a>` and `<2*a>`."""
    values = {
        name: Fraction(str(value)) for name, value in question.values.items() if not isinstance(value, tuple | list)
    }

    def number(found: re.Match[str]) -> str:
        value = evaluate(read_strict(found[1]), values, FRACTIONS)
        return format(Decimal(value.numerator) / value.denominator, "f")

    return re.sub("<([^<>]+)>", number, template)


def outcome(verdict: Verdict, answer: str) -> str:
    if verdict.outcome == Outcome.UNREADABLE:
        assert verdict.message
        return verdict.detail
    return f"{verdict.outcome} {verdict.mistake or ''}".strip()


@pytest.mark.parametrize(
    ("exercise", "template", "wanted"),
    [(exercise, template, wanted) for exercise, rows in EXPRESSIONS.items() for template, wanted in rows.items()],
)
def test_an_answer_in_the_words_of_the_prompt(exercise, template, wanted):
    question = drawn(exercise, SEED)
    answer = filled(template, question)

    assert outcome(SERVICE.answer(Grade(question, answer, "en")), answer) == wanted


@pytest.mark.parametrize(
    ("exercise", "seed", "step", "answer", "wanted"),
    [(*place, answer, wanted) for place, rows in STEPS.items() for answer, wanted in rows.items()],
)
def test_a_step_in_the_words_of_the_network(exercise, seed, step, answer, wanted):
    question = drawn(exercise, seed)
    earlier = tuple(one.answer for one in question.steps[:step])

    assert outcome(SERVICE.answer(Grade(question, answer, "en", step, earlier)), answer) == wanted


def test_every_formula_exercise_of_the_course_is_gone_through():
    names = [entry.id for topic in course().topics for entry in topic.exercises]
    formulas = set()
    for name in names:
        question = drawn(name, SEED)
        keys = [step.key for step in question.steps] or [question.key]
        if any(isinstance(key, ExpressionKey) for key in keys):
            formulas.add(name)

    assert formulas == {*EXPRESSIONS, *(exercise for exercise, _, _ in STEPS)}
