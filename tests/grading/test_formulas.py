from __future__ import annotations

import re
from dataclasses import replace

import pytest

from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.text import set_language
from studyapp.grading import grade
from studyapp.grading.expression import ROUNDED_COEFFICIENT
from studyapp.grading.formulas import Prepared, prepared

CLASSES = dict.fromkeys(("y_1", "y_2", "t_1", "t_2"), "0..1")
UNIT = {"y": "0..1", "t": "0..1"}
DELTA = ExpressionKey("(y - t)*y*(1 - y)*x", {"z": "real", "t": "0..1", "x": "real"}, {"y": "sigmoid(z)"})
BCE = ExpressionKey("-t*log(y) - (1 - t)*log(1 - y)", UNIT, {})
KL = ExpressionKey("p_1*log(p_1/q_1) + p_2*log(p_2/q_2)", dict.fromkeys(("p_1", "p_2", "q_1", "q_2"), "0..1"), {})
OPEN = ExpressionKey("delta*w*f'(u)", dict.fromkeys(("delta", "w", "u"), "real"), {}, ("f",))
MEAN = ExpressionKey("x*(w*x - t)/N", {"x": "real", "w": "real", "t": "real", "N": "integer"}, {})
MSE = ExpressionKey("mse((y_1, y_2), (t_1, t_2))", CLASSES, {})
CE = ExpressionKey("cross_entropy((y_1, y_2), (t_1, t_2))", CLASSES, {})
HIDDEN = ExpressionKey("d*w*z_1*(1 - z_1)", dict.fromkeys(("d", "w", "u_1"), "real"), {"z_1": "sigmoid(u_1)"})
HUBER = ExpressionKey("if(abs(y - t) <= d, y - t, d*sign(y - t))", {"y": "real", "t": "real", "d": "positive"}, {})

SATURATED = ExpressionKey("(1 - tanh(z)**2)*(tanh(z) - t)", {"z": "real", "t": "real"}, {})


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (DELTA, "(y-t)y(1-y)x"),
        (DELTA, "(σ(z) − t)・σ(z)・(1 − σ(z))・x"),
        (DELTA, "(y-t) x sigmoid'(z)"),
        (DELTA, "(y-t) x e^(-z)/(1+e^(-z))^2"),
        (DELTA, "-(t-y)(y-y^2)x"),
        (BCE, "-(t ln y + (1-t) ln(1-y))"),
        (BCE, "-ln(1-y) - t ln(y/(1-y))"),
        (OPEN, "f'(u) w δ"),
        (ExpressionKey("log(1+exp(z))", {"z": "real"}, {}), "z + log(1+exp(-z))"),
        (ExpressionKey("tanh(z)", {"z": "real"}, {}), "1 - 2/(exp(2z)+1)"),
        (ExpressionKey("tanh(z)", {"z": "real"}, {}), "2*sigmoid(2z) - 1"),
        (ExpressionKey("(1-p)**g", {"p": "0..1", "g": "positive"}, {}), "exp(g*log(1-p))"),
        (ExpressionKey("sqrt(x**2)", {"x": "real"}, {}), "|x|"),
        (ExpressionKey("D(cross_entropy((y_1, y_2), (t_1, t_2)), y_1)", CLASSES, {}), "-t_1/y_1"),
        (ExpressionKey("D((y - t)**2/2, z)", {"z": "real", "t": "real"}, {"y": "sigmoid(z)"}), "(y-t)*y*(1-y)"),
        (ExpressionKey("S*N*E", {"S": "real", "N": "real", "E": "real"}, {}), "E N S"),
    ],
)  # fmt: skip
def test_what_means_the_same_is_correct(key: ExpressionKey, answer: str):
    assert grade(key, answer, ()).outcome.value == "correct"


@pytest.mark.parametrize(
    ("key", "answer", "slip", "detail"),
    [
        (DELTA, "(t-y)*y*(1-y)*x", "sign", ""),
        (DELTA, "(y+t)*y*(1-y)*x", "sign", "t"),
        (BCE, "-y ln t - (1-y) ln(1-t)", "swap", "t, y"),
        (BCE, "-t ln y - t ln(1-y)", "complement", "1 - t"),
        (BCE, "-(1-t) ln y - (1-t) ln(1-y)", "complement", "t"),
        (DELTA, "(y-t)/x*y*(1-y)", "reciprocal", "x"),
        (BCE, "-t log2(y) - (1-t) log2(1-y)", "log-base", "2"),
        (BCE, "-t log10(y) - (1-t) log10(1-y)", "log-base", "10"),
        (MEAN, "x(wx-t)", "reduction", "N"),
        (KL, "(p_1 ln(p_1/q_1) + p_2 ln(p_2/q_2))/2", "reduction", "1/2"),
        (DELTA, "2(y-t)*y*(1-y)*x", "factor", "2"),
        (DELTA, "(y-t)*y*(1-y)*x/3", "factor", "1/3"),
        (DELTA, "(y-2t)*y*(1-y)*x", "factor", "2"),
        (DELTA, "(y-t)*x", "missing-factor", "y*(1 - y)"),
        (DELTA, "(y-t)*y*(1-y)", "missing-factor", "x"),
        (OPEN, "delta*w", "missing-factor", "f'(u)"),
        (DELTA, "(y-t)*y*(1-y)*x*y", "extra-factor", "y"),
        (DELTA, "(y-t)*y*(1-y)*x*t", "extra-factor", "t"),
        (BCE, "-t ln y", "dropped-term", "(1 - t)*log(1 - y)"),
        (KL, "q_1 ln(q_1/p_1) + q_2 ln(q_2/p_2)", "direction", "p, q"),
        (DELTA, "(y-t)*(1-y^2)*x", "activation", "tanh"),
        (MSE, "(y_1-t_1)^2 + (y_2-t_2)^2", "reduction", "sum"),
        (CE, "-(y_1 ln t_1 + y_2 ln t_2)", "direction", "[y_1, y_2], [t_1, t_2]"),
        (HIDDEN, "w*d*(1 - z_1^2)", "activation", "tanh"),
        (HIDDEN, "w*d", "missing-factor", "z_1*(1 - z_1)"),
        (HUBER, "y - t", None, ""),
        (DELTA, "(y-t)*(1-tanh(z)^2)*x", "activation", "tanh"),
        (OPEN, "delta*w*f(u)*(1-f(u))", "activation", "sigmoid"),
        (OPEN, "delta*w*f(u)", "activation", "f"),
        (DELTA, "y - t + exp(x)", None, ""),
    ],
)
def test_the_slip_behind_a_wrong_formula_is_named(key: ExpressionKey, answer: str, slip: str | None, detail: str):
    verdict = grade(key, answer, ())

    assert (verdict.outcome.value, verdict.mistake, verdict.detail) == ("wrong", slip, detail)
    assert verdict.message


def test_a_missing_derivative_names_its_activation():
    assert "sigmoid" in grade(DELTA, "(y-t)*x", ()).message


def test_an_authors_mistake_comes_before_general_slips():
    mistakes = (KnownMistake("no-derivative", "(y - t)*x", "σ'(z) を掛け忘れています。"),)

    assert grade(DELTA, "x(y-t)", mistakes).mistake == "no-derivative"
    assert grade(DELTA, "(y-t)*y*(1-y)", mistakes).mistake == "missing-factor"


def test_where_no_slip_fits_a_point_shows_the_difference():
    set_language("en")
    verdict = grade(ExpressionKey("z**2", {"z": "real"}, {}), "exp(z)", ())

    assert verdict.mistake is None
    assert verdict.message.startswith("At z = ")
    assert "yours gives" in verdict.message


@pytest.mark.parametrize(
    ("key", "answer", "slip", "detail"),
    [
        (SATURATED, "-(1 - tanh(z)^2)(tanh(z) - t)", "sign", ""),
        (SATURATED, "(1 - tanh(z)^2)(tanh(z) - t)/2", "factor", "1/2"),
        (SATURATED, "(tanh z - t)*4/(exp(z) + exp(-z))^2/3", "factor", "1/3"),
        (SATURATED, "-(tanh z - t)*4/(exp(z) + exp(-z))^2", "sign", ""),
        (SATURATED, "pi*(1 - tanh(z)^2)(tanh(z) - t)", "factor", "3.14159"),
        (ExpressionKey("exp(-x**2)*(x - t)", {"x": "real", "t": "real"}, {}), "-3(x - t)e^(-x^2)", "factor", "-3"),
        (ExpressionKey("max(0, x - 12)", {"y": "real", "x": "real"}, {}), "0", None, ""),
        (ExpressionKey("max(0, x - 1)", {"y": "real", "x": "real"}, {}), "max(0, y - 1)", "swap", "x, y"),
        (ExpressionKey("max(0, x - y)", {"x": "real", "y": "real"}, {}), "max(0, y - x)", "sign", "x - y"),
        (ExpressionKey("max(0, x - y)", {"x": "real", "y": "real"}, {}), "0", None, ""),
        (ExpressionKey("y*(1 - y)", {"y": "0..1"}, {}), "1", None, ""),
        (ExpressionKey("3*y", {"y": "0..1"}, {}), "3", "missing-factor", "y"),
        (ExpressionKey("3", {"y": "0..1"}, {}), "5", None, ""),
        (ExpressionKey("3", {"y": "0..1"}, {}), "6", "factor", "2"),
        (ExpressionKey("1 - exp(-1)", {}, {}), "3 - 3/e", "factor", "3"),
        (ExpressionKey("1*(y - t)", {"y": "real", "t": "real"}, {}), "y - t + 1/10^30", None, ""),
        (ExpressionKey("1", {"y": "real"}, {}), "tanh(50)", None, ""),
        (ExpressionKey("4/9*(y - t)", {"y": "real", "t": "real"}, {}), "0.4444444444(y-t)", None, ""),
        (ExpressionKey("4/9*(y - t)", {"y": "real", "t": "real"}, {}), "0.5(y-t)", "factor", "9/8"),
        (ExpressionKey("0.55*(y - t)", {"y": "real", "t": "real"}, {}), "0.5(y-t)", "factor", "10/11"),
    ],
)
def test_a_slip_is_named_where_it_is_the_slip(key: ExpressionKey, answer: str, slip: str | None, detail: str):
    set_language("en")
    verdict = grade(key, answer, ())

    assert (verdict.outcome.value, verdict.mistake, verdict.detail) == ("wrong", slip, detail)
    assert "factor 1 " not in verdict.message


@pytest.mark.parametrize("answer", ["0.4444444444(y-t)", "0.44(y-t)", "0.444y - 0.444t"])
def test_a_rounded_coefficient_is_told_to_be_exact(answer: str):
    set_language("en")
    key = ExpressionKey("4/9*(y - t)", {"y": "real", "t": "real"}, {})

    assert grade(key, answer, ()).message == ROUNDED_COEFFICIENT()
    assert grade(replace(key, reference="0.44*(y - t)"), "0.4(y-t)", ()).mistake == "factor"


def test_a_counter_example_gives_every_value_that_is_needed():
    set_language("en")
    given = {"y_1": "sigmoid(u)", "delta2_1": "y_1 - t_1"}
    symbols = {"t_1": "0..1", "w2_1_1": "real", "u": "real"}

    told = grade(ExpressionKey("delta2_1*w2_1_1*y_1", symbols, given), "y_1 + w2_1_1**2", ()).message

    assert all(f"{name} " in told for name in ("δ₁⁽²⁾", "w₁₁⁽²⁾", "y₁")), told
    assert " u " not in told
    parts = dict(re.findall(r"(\S+) [=≈] (-?[\d.]+)", told))
    delta, weight, y = (float(parts[name]) for name in ("δ₁⁽²⁾", "w₁₁⁽²⁾", "y₁"))
    answer, key = map(float, re.findall(r"yours gives (\S+), the key (\S+)\.", told)[0])
    assert (y + weight**2, delta * weight * y) == pytest.approx((answer, key), rel=1e-2)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Yours gives 1.5, the key 0.632."), ("ja", "あなたの式は 1.5、正解は 0.632 になります。")],
)
def test_without_symbols_no_place_is_left_empty(language: str, told: str):
    set_language(language)

    assert grade(ExpressionKey("1 - exp(-1)", {}, {}), "1.5", ()).message == told


def test_values_too_near_to_be_shown_are_told_by_their_difference():
    set_language("en")
    told = grade(ExpressionKey("y - t", {"y": "real", "t": "real"}, {}), "y - t + 10^-40", ()).message

    assert told.endswith("yours differs from the key by 1.00 × 10⁻⁴⁰.")


def test_no_point_is_given_where_it_depends_on_an_open_function():
    set_language("en")
    told = grade(OPEN, "delta*w*f(u)^2*f'(u)", ()).message

    assert told == "For some choices of f this differs from the key."


@pytest.mark.parametrize(
    ("answer", "shown"), [("(y-t)*x", "y(1 − y)"), ("2(y-t)*y*(1-y)*x", "2 times"), ("(y-t)*y*(1-y)", "x")]
)
def test_messages_show_formulas_as_the_question_does(answer: str, shown: str):
    set_language("en")
    told = grade(DELTA, answer, ()).message

    assert shown in told
    assert "*" not in told


def test_values_are_shown_with_the_digits_that_tell_them_apart():
    set_language("en")
    verdict = grade(ExpressionKey("x**3 - x", {"x": "real"}, {}), "x^3 - x + exp(x)/10^9", ())
    answer, key = verdict.message.removesuffix(".").split("yours gives ")[1].split(", the key ")

    assert verdict.outcome.value == "wrong"
    assert answer != key


@pytest.mark.parametrize(
    ("reference", "answer", "outcome", "said"),
    [
        ("log(x**2)", "2 log x", "wrong", "has no value"),
        ("2*log(x)", "log(x^2)", "correct", "even where the key has none"),
        ("x", "x/0", "unreadable", "has no value"),
        ("x", "1/(2-2)", "unreadable", "has no value"),
        ("x", "log(-2) x", "unreadable", "has no value"),
        ("log(abs(x))", "log(-x^2)", "wrong", "has no value"),
    ],
)
def test_where_the_domains_differ_it_is_said(reference: str, answer: str, outcome: str, said: str):
    set_language("en")
    verdict = grade(ExpressionKey(reference, {"x": "real"}, {}), answer, ())

    assert verdict.outcome.value == outcome
    assert said in verdict.message


@pytest.mark.parametrize(
    ("form", "reference", "answer", "expected"),
    [
        ("factored", "(x - 1)*(x + 1)", "x^2 - 1", "rounding"),
        ("factored", "(x - 1)*(x + 1)", "(x+1)(x-1)", "correct"),
        ("factored", "(x - 1)*(x + 1)", "(x+1)(x-2)", "wrong"),
        ("factored", "x*y*(1 - y)", "x(y - y^2)", "rounding"),
        ("factored", "x*y*(1 - y)", "-xy(y-1)", "correct"),
        ("fraction", "(y - t)/(y*(1 - y))", "(1-t)/(1-y) - t/y", "rounding"),
        ("fraction", "(y - t)/(y*(1 - y))", "-(t-y)/(y-y^2)", "correct"),
        ("fraction", "(y - t)/(y*(1 - y))", "(1 - t/y)/(1-y)", "rounding"),
        ("simplified", "y - t", "y - t", "correct"),
        ("simplified", "y - t", "(y^2 - t*y)/y", "rounding"),
        ("simplified", "y - t", "2*3*y/6 - t", "rounding"),
        ("simplified", "y - t", "-t + y", "correct"),
    ],
)
def test_the_form_is_told_apart_from_being_wrong(form: str, reference: str, answer: str, expected: str):
    key = ExpressionKey(reference, {"x": "real", **UNIT}, {}, form=form)
    verdict = grade(key, answer, ())

    assert verdict.outcome.value == expected
    assert verdict.message or expected == "correct"


def test_a_key_without_meaning_decides_nothing():
    for reference, symbols in (("y +", UNIT), ("y + q", UNIT), ("y", {"y": "purple"}), ("y", {"y": "2..1"})):
        assert grade(ExpressionKey(reference, symbols, {}), "y", ()).outcome.value == "undecided"


def test_the_same_answer_gets_the_same_verdict_again():
    answers = ["(y-t)*x", "y-t", "(y-t)*y*(1-y)*x", "(y-t)*y*(1-y)*x*y", "exp(x)"]
    first = [grade(DELTA, answer, ()) for answer in answers]

    assert [grade(DELTA, answer, ()) for answer in reversed(answers)] == first[::-1]


def test_an_answer_in_other_symbols_than_asked_for_is_asked_back():
    key = ExpressionKey("(y - t)*y*(1 - y)", {"z": "real", "t": "0..1"}, {"y": "sigmoid(z)"}, using=("y", "t"))
    set_language("en")

    assert grade(key, "(y-t)y(1-y)", ()).outcome.value == "correct"
    back = grade(key, "(y-t) sigmoid(z) (1-y)", ())
    assert (back.outcome.value, back.message) == ("unreadable", "Write it in y, t alone, without z.")


def test_formulas_are_compared_where_the_conditions_hold():
    symbols = {"dp": "positive", "dn": "positive", "m": "positive"}
    active = ExpressionKey("max(0, dp - dn + m)", symbols, {}, where=("dp - dn + m > 0",))

    assert grade(active, "dp - dn + m", ()).outcome.value == "correct"
    assert grade(ExpressionKey("max(0, dp - dn + m)", symbols, {}), "dp - dn + m", ()).outcome.value == "wrong"


def test_keys_of_the_same_domains_share_their_points_and_nothing_else():
    keys = [ExpressionKey(text, {"z": "real"}, {"y": "sigmoid(z)"}) for text in ("y*(1 - y)", "y + z")]
    one, other = (ready for key in keys if isinstance(ready := prepared(key), Prepared))
    assert one.reference.setting is other.reference.setting
    for mine, theirs in (keys, keys[::-1]):
        assert grade(mine, mine.reference, ()).outcome.value == "correct"
        assert grade(mine, theirs.reference, ()).outcome.value == "wrong"

    elsewhere = prepared(ExpressionKey("y*(1 - y)", {"z": "0..1"}, {"y": "sigmoid(z)"}))
    assert isinstance(elsewhere, Prepared)
    assert elsewhere.reference.setting is not one.reference.setting
