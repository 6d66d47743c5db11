import re
from dataclasses import replace

import pytest

from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.text import set_language
from studyapp.grading import grade
from studyapp.grading.expression import ROUNDED_COEFFICIENT
from studyapp.grading.formulas import Prepared, prepared
from tests.grading.verdicts import answers, verdict_of

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

NINTHS = ExpressionKey("4/9*(y - t)", {"y": "real", "t": "real"}, {})
SATURATED = ExpressionKey("(1 - tanh(z)**2)*(tanh(z) - t)", {"z": "real", "t": "real"}, {})

TABLE = answers(
    (
        DELTA,
        {
            "correct": "(y-t)y(1-y)x | (σ(z) − t)・σ(z)・(1 − σ(z))・x | (y-t) x sigmoid'(z)"
            " | (y-t) x e^(-z)/(1+e^(-z))^2 | -(t-y)(y-y^2)x",
            "wrong": "y - t + exp(x)",
            "wrong sign": "(t-y)*y*(1-y)*x",
            "wrong sign t": "(y+t)*y*(1-y)*x",
            "wrong reciprocal x": "(y-t)/x*y*(1-y)",
            "wrong factor 2": "2(y-t)*y*(1-y)*x | (y-2t)*y*(1-y)*x",
            "wrong factor 1/3": "(y-t)*y*(1-y)*x/3",
            "wrong missing-factor y*(1 - y)": "(y-t)*x",
            "wrong missing-factor x": "(y-t)*y*(1-y)",
            "wrong extra-factor y": "(y-t)*y*(1-y)*x*y",
            "wrong extra-factor t": "(y-t)*y*(1-y)*x*t",
            "wrong activation tanh": "(y-t)*(1-y^2)*x | (y-t)*(1-tanh(z)^2)*x",
        },
    ),
    (
        BCE,
        {
            "correct": "-(t ln y + (1-t) ln(1-y)) | -ln(1-y) - t ln(y/(1-y))",
            "wrong swap t, y": "-y ln t - (1-y) ln(1-t)",
            "wrong complement 1 - t": "-t ln y - t ln(1-y)",
            "wrong complement t": "-(1-t) ln y - (1-t) ln(1-y)",
            "wrong log-base 2": "-t log2(y) - (1-t) log2(1-y)",
            "wrong log-base 10": "-t log10(y) - (1-t) log10(1-y)",
            "wrong dropped-term (1 - t)*log(1 - y)": "-t ln y",
        },
    ),
    (
        OPEN,
        {
            "correct": "f'(u) w δ",
            "wrong missing-factor f'(u)": "delta*w",
            "wrong activation sigmoid": "delta*w*f(u)*(1-f(u))",
            "wrong activation f": "delta*w*f(u)",
        },
    ),
    (ExpressionKey("log(1+exp(z))", {"z": "real"}, {}), {"correct": "z + log(1+exp(-z))"}),
    (ExpressionKey("tanh(z)", {"z": "real"}, {}), {"correct": "1 - 2/(exp(2z)+1) | 2*sigmoid(2z) - 1"}),
    (ExpressionKey("(1-p)**g", {"p": "0..1", "g": "positive"}, {}), {"correct": "exp(g*log(1-p))"}),
    (ExpressionKey("sqrt(x**2)", {"x": "real"}, {}), {"correct": ("|x|",)}),
    (ExpressionKey("D(cross_entropy((y_1, y_2), (t_1, t_2)), y_1)", CLASSES, {}), {"correct": "-t_1/y_1"}),
    (
        ExpressionKey("D((y - t)**2/2, z)", {"z": "real", "t": "real"}, {"y": "sigmoid(z)"}),
        {"correct": "(y-t)*y*(1-y)"},
    ),
    (ExpressionKey("S*N*E", {"S": "real", "N": "real", "E": "real"}, {}), {"correct": "E N S"}),
    (MEAN, {"wrong reduction N": "x(wx-t)"}),
    (
        KL,
        {
            "wrong reduction 1/2": "(p_1 ln(p_1/q_1) + p_2 ln(p_2/q_2))/2",
            "wrong direction p, q": "q_1 ln(q_1/p_1) + q_2 ln(q_2/p_2)",
        },
    ),
    (MSE, {"wrong reduction sum": "(y_1-t_1)^2 + (y_2-t_2)^2"}),
    (CE, {"wrong direction [y_1, y_2], [t_1, t_2]": "-(y_1 ln t_1 + y_2 ln t_2)"}),
    (HIDDEN, {"wrong activation tanh": "w*d*(1 - z_1^2)", "wrong missing-factor z_1*(1 - z_1)": "w*d"}),
    (HUBER, {"wrong": "y - t"}),
    (
        SATURATED,
        {
            "wrong sign": "-(1 - tanh(z)^2)(tanh(z) - t) | -(tanh z - t)*4/(exp(z) + exp(-z))^2",
            "wrong factor 1/2": "(1 - tanh(z)^2)(tanh(z) - t)/2",
            "wrong factor 1/3": "(tanh z - t)*4/(exp(z) + exp(-z))^2/3",
            "wrong factor 3.14159": "pi*(1 - tanh(z)^2)(tanh(z) - t)",
        },
    ),
    (ExpressionKey("exp(-x**2)*(x - t)", {"x": "real", "t": "real"}, {}), {"wrong factor -3": "-3(x - t)e^(-x^2)"}),
    (ExpressionKey("max(0, x - 12)", {"y": "real", "x": "real"}, {}), {"wrong": "0"}),
    (ExpressionKey("max(0, x - 1)", {"y": "real", "x": "real"}, {}), {"wrong swap x, y": "max(0, y - 1)"}),
    (
        ExpressionKey("max(0, x - y)", {"x": "real", "y": "real"}, {}),
        {"wrong sign x - y": "max(0, y - x)", "wrong": "0"},
    ),
    (ExpressionKey("y*(1 - y)", {"y": "0..1"}, {}), {"wrong": "1"}),
    (ExpressionKey("3*y", {"y": "0..1"}, {}), {"wrong missing-factor y": "3"}),
    (ExpressionKey("3", {"y": "0..1"}, {}), {"wrong": "5", "wrong factor 2": "6"}),
    (ExpressionKey("1 - exp(-1)", {}, {}), {"wrong factor 3": "3 - 3/e"}),
    (ExpressionKey("1*(y - t)", {"y": "real", "t": "real"}, {}), {"wrong": "y - t + 1/10^30"}),
    (ExpressionKey("1", {"y": "real"}, {}), {"wrong": "tanh(50)"}),
    (NINTHS, {"wrong": "0.4444444444(y-t)", "wrong factor 9/8": "0.5(y-t)"}),
    (replace(NINTHS, reference="0.55*(y - t)"), {"wrong factor 10/11": "0.5(y-t)"}),
)


@pytest.mark.parametrize(("key", "answer", "verdict"), TABLE)
def test_what_means_the_same_is_correct_and_the_slip_behind_a_wrong_formula_is_named(key, answer, verdict):
    message = grade(key, answer, ()).message
    assert verdict_of(key, answer) == verdict
    assert bool(message) == (verdict != "correct")
    assert "factor 1 " not in message


def test_a_missing_derivative_names_its_activation():
    assert "sigmoid" in grade(DELTA, "(y-t)*x", ()).message


def test_an_authors_mistake_comes_before_general_slips():
    mistakes = (KnownMistake("no-derivative", "(y - t)*x", "σ'(z) を掛け忘れています。"),)
    assert grade(DELTA, "x(y-t)", mistakes).mistake == "no-derivative"
    assert grade(DELTA, "(y-t)*y*(1-y)", mistakes).mistake == "missing-factor"


def test_where_no_slip_fits_a_point_shows_the_difference():
    verdict = grade(ExpressionKey("z**2", {"z": "real"}, {}), "exp(z)", ())
    assert verdict.mistake is None
    assert verdict.message.startswith("At z = ")
    assert "yours gives" in verdict.message


@pytest.mark.parametrize("answer", ["0.4444444444(y-t)", "0.44(y-t)", "0.444y - 0.444t"])
def test_a_rounded_coefficient_is_told_to_be_exact(answer: str):
    assert grade(NINTHS, answer, ()).message == ROUNDED_COEFFICIENT()
    assert grade(replace(NINTHS, reference="0.44*(y - t)"), "0.4(y-t)", ()).mistake == "factor"


def test_a_counter_example_gives_every_value_that_is_needed():
    given = {"y_1": "sigmoid(u)", "delta2_1": "y_1 - t_1"}
    symbols = {"t_1": "0..1", "w2_1_1": "real", "u": "real"}
    message = grade(ExpressionKey("delta2_1*w2_1_1*y_1", symbols, given), "y_1 + w2_1_1**2", ()).message
    assert all(f"{name} " in message for name in ("δ₁⁽²⁾", "w₁₁⁽²⁾", "y₁")), message
    assert " u " not in message
    parts = dict(re.findall(r"(\S+) [=≈] (-?[\d.]+)", message))
    delta, weight, y = (float(parts[name]) for name in ("δ₁⁽²⁾", "w₁₁⁽²⁾", "y₁"))
    answer, key = map(float, re.findall(r"yours gives (\S+), the key (\S+)\.", message)[0])
    assert (y + weight**2, delta * weight * y) == pytest.approx((answer, key), rel=1e-2)


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "Yours gives 1.5, the key 0.632."), ("ja", "あなたの式は 1.5、正答は 0.632 になります。")],
)
def test_without_symbols_no_place_is_left_empty(language: str, message: str):
    set_language(language)
    assert grade(ExpressionKey("1 - exp(-1)", {}, {}), "1.5", ()).message == message


def test_values_too_near_to_be_shown_are_told_by_their_difference():
    message = grade(ExpressionKey("y - t", {"y": "real", "t": "real"}, {}), "y - t + 10^-40", ()).message
    assert message.endswith("yours differs from the key by 1.00 × 10⁻⁴⁰.")


def test_no_point_is_given_where_it_depends_on_an_open_function():
    message = grade(OPEN, "delta*w*f(u)^2*f'(u)", ()).message
    assert message == "For some choices of f this differs from the key."


@pytest.mark.parametrize(
    ("answer", "shown"), [("(y-t)*x", "y(1 − y)"), ("2(y-t)*y*(1-y)*x", "2 times"), ("(y-t)*y*(1-y)", "x")]
)
def test_messages_show_formulas_as_the_question_does(answer: str, shown: str):
    message = grade(DELTA, answer, ()).message
    assert shown in message
    assert "*" not in message


def test_values_are_shown_with_the_digits_that_tell_them_apart():
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
    verdict = grade(ExpressionKey(reference, {"x": "real"}, {}), answer, ())
    assert verdict.outcome.value == outcome
    assert said in verdict.message


FACTORS, FRACTION = "(x - 1)*(x + 1)", "(y - t)/(y*(1 - y))"
FORMS = {
    ("factored", FACTORS): {"rounding": "x^2 - 1", "correct": "(x+1)(x-1)", "wrong": "(x+1)(x-2)"},
    ("factored", "x*y*(1 - y)"): {"rounding": "x(y - y^2)", "correct": "-xy(y-1)"},
    ("fraction", FRACTION): {"rounding": "(1-t)/(1-y) - t/y | (1 - t/y)/(1-y)", "correct": "-(t-y)/(y-y^2)"},
    ("simplified", "y - t"): {"correct": "y - t | -t + y", "rounding": "(y^2 - t*y)/y | 2*3*y/6 - t"},
}


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    answers(
        *(
            (ExpressionKey(reference, {"x": "real", **UNIT}, {}, form=form), rows)
            for (form, reference), rows in FORMS.items()
        )
    ),
)
def test_the_form_is_told_apart_from_being_wrong(key, answer, verdict):
    assert verdict_of(key, answer).split()[0] == verdict
    assert grade(key, answer, ()).message or verdict == "correct"


def test_a_key_without_meaning_decides_nothing():
    for reference, symbols in (("y +", UNIT), ("y + q", UNIT), ("y", {"y": "purple"}), ("y", {"y": "2..1"})):
        assert grade(ExpressionKey(reference, symbols, {}), "y", ()).outcome.value == "undecided"


def test_the_same_answer_gets_the_same_verdict_again():
    answers = ["(y-t)*x", "y-t", "(y-t)*y*(1-y)*x", "(y-t)*y*(1-y)*x*y", "exp(x)"]
    first = [grade(DELTA, answer, ()) for answer in answers]
    assert [grade(DELTA, answer, ()) for answer in reversed(answers)] == first[::-1]


def test_an_answer_in_other_symbols_than_asked_for_is_asked_back():
    key = ExpressionKey("(y - t)*y*(1 - y)", {"z": "real", "t": "0..1"}, {"y": "sigmoid(z)"}, using=("y", "t"))
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
    assert elsewhere.reference.setting is not one.reference.setting
