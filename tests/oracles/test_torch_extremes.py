"""Inputs at the edge that torch got too: our value is the right one, and where torch's is another is known.

What is right comes from the textbook's formula at 1,000 digits, where e⁻¹⁰⁰⁰ beside 1 is not lost; a value agrees
within 1e-12 of its own size, however small, a gradient within 1e-12 · (1 + its size). At a kink the derivative is 0.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.algebras.precision import high_precision
from studyapp.engine.catalogue.families import CATALOGUE

EXTREMES = json.loads(Path(__file__).with_name("golden.json").read_text(encoding="utf-8"))["extremes"]
EVERY = pytest.mark.parametrize("row", [pytest.param(row, id=row["case"]) for row in EXTREMES])
TOLERANCE = 1e-12
SMALLEST = 1e-322
"""Two steps of float64 above 0."""
MANY = high_precision(1000).context
exp, log, sqrt = MANY.exp, MANY.log, MANY.sqrt
UNDEFINED = "undefined"

LOG_CLAMPED = "binary_cross_entropy clamps its logarithms at −100"
SLOPE_CLAMPED = "binary_cross_entropy's gradient is (y − t) / max(y(1 − y), 1e-12)"
LINEAR = "softplus is x itself above its threshold of 20"
LEFT_TAIL = "gelu is computed with 1 + erf, which keeps no digit far on the left"
SURE = "log_softmax loses a loss below 1e-16: the largest term is inside of the logarithm's sum"
CANCELLED = "binary_cross_entropy_with_logits is (1 − t) z − ln σ(z), which cancels where t = 0 and z is far below 0"
NOTHING = "kl_div has 0 · ln 0 = nan in its second term"
EPSILON = "poisson_nll_loss adds 1e-8 to the rate"
VARIANCE = "gaussian_nll_loss takes 1e-6 for smaller variances"
LENGTH = "cosine_similarity takes 1e-8 for smaller lengths, gives 0 for a zero vector and where a length overflows"
SQUARES = "vector_norm squares without scaling: overflow and underflow"
KINK = "clamp_min passes the gradient on at the kink"
DIFFERS = {
    LOG_CLAMPED: {
        "binary_cross_entropy(y=0, t=1)",
        "binary_cross_entropy(y=1, t=0)",
        "binary_cross_entropy(y=1e-50, t=1)",
        "binary_cross_entropy(y=1e-300, t=1)",
        "binary_cross_entropy(y=0, t=0.5)",
        "gan_value(real=0, fake=0.5)",
        "gan_value(real=1e-50, fake=0.5)",
    },
    SLOPE_CLAMPED: {
        "binary_cross_entropy(y=0, t=1) by y",
        "binary_cross_entropy(y=1, t=0) by y",
        "binary_cross_entropy(y=1, t=1) by y",
        "binary_cross_entropy(y=0, t=0) by y",
        "binary_cross_entropy(y=1e-50, t=1) by y",
        "binary_cross_entropy(y=1e-300, t=1) by y",
        "binary_cross_entropy(y=0.9999999999999999, t=0) by y",
        "binary_cross_entropy(y=0, t=0.5) by y",
        "binary_cross_entropy(y=1e-20, t=0) by y",
    },
    LINEAR: {"softplus(x=21)", "softplus(x=21) by x"},
    LEFT_TAIL: {"gelu(x=-30)", "gelu(x=-10)", "gelu(x=-6)"},
    SURE: {
        "cross_entropy_with_logits(z=[50 0], t=[1 0])",
        "cross_entropy_with_logits(z=[700 0 0], t=[1 0 0])",
        "sparse_cross_entropy_with_logits(z=[40 0 0], labels=0)",
    },
    CANCELLED: {"binary_cross_entropy_with_logits(z=-50, t=0)"},
    NOTHING: {"cross_entropy(y=[0 1], t=[0 1])", "kl_divergence(p=[0 1], q=[0 1])"},
    EPSILON: {"poisson_nll(y=1e-12, t=1)"},
    VARIANCE: {"gaussian_nll(y=1, t=0, v=1e-10)", "gaussian_nll(y=0, t=0, v=1e-10)"},
    LENGTH: {
        "cosine_similarity(a=[1e+200 0], b=[1e+200 1e+200])",
        "cosine_similarity(a=[1e-09 0], b=[1 0])",
        "cosine_similarity(a=[1e-200 0], b=[1e-200 1e-200])",
        "cosine_similarity(a=[0 0], b=[1 0])",
    },
    SQUARES: {
        "euclidean_distance(a=[3e+200 0], b=[0 4e+200])",
        "euclidean_distance(a=[3e+200 0], b=[0 4e+200]) by a",
        "euclidean_distance(a=[3e-200 0], b=[0 4e-200])",
        "euclidean_distance(a=[3e-200 0], b=[0 4e-200]) by a",
    },
    KINK: {"margin_ranking(a=1, b=1, sign=1) by a", "triplet(dp=1, dn=2) by dp"},
}
"""All cases where torch's value or gradient is not the right one, by the reason."""
NAMED = {case for cases in DIFFERS.values() for case in cases}


def over(x, y):
    """x / y, 0 where there is no term, infinite where a term is divided by 0."""
    return MANY.mpf(0) if x == 0 else MANY.sign(x) * MANY.inf if y == 0 else x / y


def times_log(x, y):
    return MANY.mpf(0) if x == 0 else x * log(y)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log(1 + exp(x))


def below(x):
    return MANY.erfc(-x / sqrt(2)) / 2


def softmax(z):
    return [exp(one) / sum(map(exp, z)) for one in z]


def cross_entropy(y, t):
    return -sum(map(times_log, t, y))


def length(a):
    return sqrt(sum(one**2 for one in a))


def apart(a, b):
    return [x - y for x, y in zip(a, b, strict=True)]


def binary(y, t):
    return -times_log(t, y) - times_log(1 - t, 1 - y)


def cosine(a, b):
    return UNDEFINED if 0 in (length(a), length(b)) else sum(map(MANY.fmul, a, b)) / length(a) / length(b)


TEXTBOOK = {
    "sigmoid": sigmoid,
    "tanh": lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
    "relu": lambda x: max(0, x),
    "elu": lambda x: x if x > 0 else exp(x) - 1,
    "softplus": softplus,
    "swish": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * below(x),
    "softmax": softmax,
    "binary_cross_entropy": binary,
    "binary_cross_entropy_with_logits": lambda z, t: t * softplus(-z) + (1 - t) * softplus(z),
    "cross_entropy": cross_entropy,
    "cross_entropy_with_logits": lambda z, t: cross_entropy(softmax(z), t),
    "sparse_cross_entropy": lambda y, c: -log(y[int(c)]),
    "sparse_cross_entropy_with_logits": lambda z, c: -log(softmax(z)[int(c)]),
    "kl_divergence": lambda p, q: cross_entropy(q, p) - cross_entropy(p, p),
    "entropy": lambda p: cross_entropy(p, p),
    "poisson_nll": lambda y, t: y - times_log(t, y),
    "gaussian_nll": lambda y, t, v: (log(v) + (y - t) ** 2 / v) / 2,
    "mse": lambda y, t: (y - t) ** 2,
    "mae": lambda y, t: abs(y - t),
    "huber": lambda y, t: (y - t) ** 2 / 2 if abs(y - t) <= 1 else abs(y - t) - MANY.mpf(1) / 2,
    "margin_ranking": lambda a, b, sign: max(0, -sign * (a - b)),
    "triplet": lambda dp, dn: max(0, dp - dn + 1),
    "cosine_similarity": cosine,
    "euclidean_distance": lambda a, b: length(apart(a, b)),
    "vae_kl": lambda m, v: (m**2 + v - log(v) - 1) / 2,
    "gan_value": lambda real, fake: log(real) + log(1 - fake),
}
SLOPES = {
    ("sigmoid", "x"): lambda x: sigmoid(x) * sigmoid(-x),
    ("tanh", "x"): lambda x: 4 / (exp(x) + exp(-x)) ** 2,
    ("relu", "x"): lambda x: int(x > 0),
    ("elu", "x"): lambda x: exp(min(x, 0)),
    ("softplus", "x"): sigmoid,
    ("swish", "x"): lambda x: sigmoid(x) * (1 + x * sigmoid(-x)),
    ("gelu", "x"): lambda x: below(x) + x * exp(-(x**2) / 2) / sqrt(2 * MANY.pi),
    ("binary_cross_entropy", "y"): lambda y, t: over(1 - t, 1 - y) - over(t, y),
    ("binary_cross_entropy_with_logits", "z"): lambda z, t: sigmoid(z) - t,
    ("cross_entropy_with_logits", "z"): lambda z, t: apart(softmax(z), t),
    ("sparse_cross_entropy_with_logits", "z"): lambda z, c: apart(softmax(z), [int(i == c) for i in range(len(z))]),
    ("mse", "y"): lambda y, t: 2 * (y - t),
    ("mae", "y"): lambda y, t: MANY.sign(y - t),
    ("huber", "y"): lambda y, t: max(-1, min(1, y - t)),
    ("margin_ranking", "a"): lambda a, b, sign: -sign if -sign * (a - b) > 0 else 0,
    ("triplet", "dp"): lambda dp, dn: int(dp - dn + 1 > 0),
    ("euclidean_distance", "a"): lambda a, b: [over(one, length(apart(a, b))) for one in apart(a, b)],
    ("vae_kl", "m"): lambda m, _: m,
    ("vae_kl", "v"): lambda _, v: (1 - 1 / v) / 2,
}


def many(written):
    """The same float64 number, or row of them, with 1,000 digits."""
    return [many(one) for one in written] if isinstance(written, list) else MANY.mpf(float(written))


def rounded(found):
    if found is UNDEFINED:
        return found
    return np.array([float(x) for x in found] if isinstance(found, list) else float(found))


def right(row):
    """The right value, and the right gradients by name, rounded to float64."""
    given = [many(row["arguments"][name]) for name in CATALOGUE[row["call"]].argument_names]
    slopes = {name: rounded(SLOPES[row["call"], name](*given)) for name in row.get("gradients", {})}
    return rounded(TEXTBOOK[row["call"]](*given)), slopes


def ours(row):
    entry = CATALOGUE[row["call"]]
    given = [np.asarray(row["arguments"][name], dtype=float) for name in entry.argument_names]
    try:
        value = entry.evaluate(FLOATS, given, {})
    except Problem:
        value = UNDEFINED
    return value, {name: entry.gradient_of(name, given, {}) for name in row.get("gradients", {})}


def agrees(found, expected, least=SMALLEST):
    if found is UNDEFINED or expected is UNDEFINED:
        return found is expected
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    with np.errstate(invalid="ignore"):
        close = np.isfinite(expected) & (np.abs(found - expected) <= TOLERANCE * np.abs(expected) + least)
    return bool(np.all(close | (found == expected)))


@EVERY
def test_our_value_is_right_and_torchs_is_unless_the_list_says_otherwise(row):
    (value, slopes), (expected, expected_slopes) = ours(row), right(row)
    assert agrees(value, expected), (value, expected)
    assert agrees(row["value"], expected) == (row["case"] not in NAMED), (row["value"], expected)
    for name, slope in slopes.items():
        assert agrees(slope, expected_slopes[name], TOLERANCE), (name, slope, expected_slopes[name])
        theirs = agrees(row["gradients"][name], expected_slopes[name], TOLERANCE)
        assert theirs == (f"{row['case']} by {name}" not in NAMED), (name, row["gradients"][name])


def test_the_list_of_differences_names_only_cases_that_there_are():
    cases = {row["case"] for row in EXTREMES}
    cases |= {f"{row['case']} by {name}" for row in EXTREMES for name in row.get("gradients", {})}
    assert cases >= NAMED
