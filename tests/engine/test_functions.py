"""Every function of formulas has its mathematics, its printed and its spoken form."""

import math
from decimal import Decimal
from fractions import Fraction
from random import Random

import mpmath
import numpy as np
import pytest

from studyapp.domain.expression import Call, Index, Name, names_in, walk
from studyapp.domain.functions import ALIASES, BY_NAME, ELSEWHERE, LEARNERS, ROWS, TYPED, Function
from studyapp.domain.limits import OPEN_ARGUMENTS
from studyapp.domain.undrawable import translated_problem
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebras.algebra import ELEMENTARY, FLOATS, GROWING, Inexact, Problem
from studyapp.engine.algebras.exact import FRACTIONS, RESIDUES, symbolic
from studyapp.engine.algebras.functions import FUNCTIONS
from studyapp.engine.algebras.precision import careful, high_precision
from studyapp.engine.algebras.trees import differentiate
from studyapp.engine.algebras.trees import number as tree_number
from studyapp.engine.calculator import compute
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.equivalence.deciding import State
from studyapp.engine.interpretation import evaluate, written_out
from studyapp.language import read_answer, read_strict, to_tex, vocabulary_of
from studyapp.typeset.inline import set_inline
from studyapp.workshop.rules.names import KNOWN_FUNCTIONS, SPECIAL, shape_of
from tests.engine.test_equivalence import state

HOSTILE = (
    "(1, 2) + (1, 2, 3)",
    "reshape(range(200), 200, 1) * range(200)",
    "outer(range(200), range(200))",
    "eye(1000)",
    "zeros(200, 200)",
    "one_hot(range(200), 200)",
    "range(5, 2)",
    "range(10001)",
    "reshape(range(6), 4)",
    "reshape(range(16), 2, 2, 2, 2, 1)",
    "diag(range(200))",
    "comb(2000, 1000)",
    "factorial(500 + 600)",
    "det(ones(2, 3))",
    "det(ones(13, 13))",
    "inverse(((1, 2), (2, 4)))",
    "solve(((1, 2), (3, 4)), (1, 2, 3))",
    "eigenvalues(((1, 2), (3, 4)))",
    "quantile((1, 2), 1.5)",
    "quantile((1, 2), 0.3, method=halves)",
    "quantile((1, 2), 0.5, method=nearest)",
    "var((1, 2), ddof=2)",
    "sum((1, 2), axis=1)",
    "sum((1, 2), keepdims=maybe)",
    "sum((1, 2), (3, 4), axis=0)",
    "median((1, 2)[2:])",
    "(1, 2)[2]",
    "(1, 2)[1 - 2]",
    "(1, 2)[0:2:0]",
    "(1, 2)[0, 1]",
    "(1, 2)[1.5]",
    "where(1 > 0, 1, 2)",
    "minimum((1, 2), (1, 2, 3))",
    "if((1, 2) > 0, (1, 2, 3), 0)",
    "ones(2, 3) @ ones(2, 3)",
    "ones(1, 200, 1) @ ones(1, 1, 200)",
    "concat(ones(9000), ones(9000))",
    "quantile(range(200), range(200) / 200)",
)
"""What is refused in every algebra, before an array beyond the bounds is made."""

ARRAYS = {
    "((1, 2, 3), (4, 5, 6))[0:2, 1]": [2, 5],
    "((1, 2, 3), (4, 5, 6))[:, 1:]": [[2, 3], [5, 6]],
    "((1, 2, 3), (4, 5, 6))[-1]": [4, 5, 6],
    "(1, 2, 3, 4, 5)[::2]": [1, 3, 5],
    "(1, 2, 3)[::-1]": [3, 2, 1],
    "(1, 2, 3)[:-1]": [1, 2],
    "(5, 6, 7)[argsort((3, 1, 2))]": [6, 7, 5],
    "((1, 2), (3, 4))[range(2), (1, 0)]": [2, 3],
    "((1, 2), (3, 4)) - (1, 1)": [[0, 1], [2, 3]],
    "((1, 2), (3, 4)) / sum(((1, 2), (3, 4)), axis=1, keepdims=true)": [[1 / 3, 2 / 3], [3 / 7, 4 / 7]],
    "reshape((1, 2), 2, 1) * (3, 4)": [[3, 4], [6, 8]],
    "sum((reshape(((0, 0), (3, 4)), 2, 1, 2) - ((0, 0), (3, 0))) ** 2, axis=2)": [[0, 9], [25, 16]],
    "(((1, 2), (3, 4)) > 2) @ (((1, 2), (3, 4)) > 1)": [[0, 0], [1, 2]],
    "((1, 2), (3, 4)) @ (1, 1)": [3, 7],
    "(1, 1) @ ((1, 2), (3, 4))": [4, 6],
    "((1, 2) > 1) + ((3, 4) > 1)": [1, 2],
    "quantile((1, 3, 4, 6, 7, 8, 10), (0.25, 0.75), method=halves)": [3, 8],
    "quantile((1, 3, 4, 6, 7, 8, 10), (0.25, 0.75))": [3.5, 7.5],
    "sort(((3, 1), (9, 2)), axis=0)": [[3, 1], [9, 2]],
}

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
    "factorial": lambda x: mpmath.gamma(x + 1) if x == int(x) and x >= 0 else mpmath.nan,
}


def points(name):
    if name in ABOVE_ONE:
        return (1.2, 3.5)
    if name == "factorial":
        return (0, 3, 12)
    return tuple(x for x in POINTS if x > 0) if name in {"log", "log2", "log10", "sqrt"} else POINTS


OF_ONE = sorted({*(row.name for row in TYPED if row.fewest == row.most == 1), "log"})
EXPLAINED = [row for row in ROWS if row.example]
"""The functions that are not in the catalogue, whose tests are in `test_catalogue_values.py`."""
CALLED = sorted(row.name for row in EXPLAINED)
CALLS = {
    "acosh": "acosh(1 + x)",
    "factorial": "factorial(n)",
    "log": "log(x, 1 + v)",
    "round": "round(9 * v, digits=1)",
    "minimum": "minimum(y, x)",
    "maximum": "maximum(A, y)",
    "mod": "mod(9 * x, v)",
    "clip": "clip(y, -x, x)",
    "comb": "comb(n + k, (k, 0, n))",
    "binomial": "binomial((0, k, 4), 4, x)",
    "poisson": "poisson((0, k), v)",
    "normal_cdf": "normal_cdf(y, mean=x, std=v)",
    "if": "if(y > x, y * v, A)",
    "D": "D(x ** 2 * v, x)",
    "sum": "sum(A, axis=0)",
    "prod": "prod(A, axis=1)",
    "mean": "mean(y, x)",
    "min": "min(A, axis=0)",
    "max": "max(y)",
    "median": "median(concat(y, x))",
    "quantile": "quantile(A, (0.25, 0.5), method=halves, axis=1)",
    "var": "var(A, ddof=1, axis=0, keepdims=true)",
    "std": "std(y)",
    "norm": "norm(A, axis=-1)",
    "count": "count(A > x, axis=0)",
    "any": "any(y > x)",
    "all": "all(y > -x)",
    "argmax": "argmax(A, axis=0)",
    "argmin": "argmin(y)",
    "sort": "sort(A)",
    "argsort": "argsort(y)",
    "cumsum": "cumsum(A, axis=0)",
    "len": "len(A)",
    "concat": "concat(x, y)",
    "reshape": "reshape(A, -1)",
    "transpose": "transpose(A)",
    "diag": "diag(y)",
    "range": "range(k, n + k)",
    "zeros": "zeros(k + 1, 2)",
    "ones": "ones((2, k + 1))",
    "eye": "eye(k + 1)",
    "one_hot": "one_hot(k, 4)",
    "dot": "A @ y",
    "outer": "outer(y, (x, v))",
    "trace": "trace(A)",
    "det": "det(A)",
    "inverse": "inverse(A + 9 * eye(3))",
    "solve": "solve(A + 9 * eye(3), y)",
    "eigenvalues": "eigenvalues(((x, v), (v, 3)))",
}
"""How each function is called in the tests, unless it is with one number between 0 and 1.

x is between 0 and 1, v between 1 and 3, k from 0 to 3 and n from 0 to 8, y has 3 entries and A 3 rows of 3.
"""
WITHOUT_DERIVATIVE = {"factorial", "comb", "any", "all"}
STEP = Fraction(1, 10**15)


def call_of(name):
    return read_strict(CALLS.get(name, f"{name}(x)"))


def values_at(random):
    """Exact values of the names, none of them at a kink."""

    def between(low, high):
        return Fraction(random.randrange(low * 4096 + 1, high * 4096), 4096)

    y = [between(-3, 3) for _ in range(3)]
    rows = [[between(-3, 3) for _ in range(3)] for _ in range(3)]
    numbers = {"x": between(0, 1), "v": between(1, 3)}
    whole = {"n": Fraction(random.randrange(9)), "k": Fraction(random.randrange(4))}
    return numbers | whole | {"y": np.array(y, dtype=object), "A": np.array(rows, dtype=object)}


def carried(values, algebra):
    if algebra is FRACTIONS:
        return values
    made = {name: np.frompyfunc(algebra.number, 1, 1)(value) for name, value in values.items()}
    return {name: np.asarray(value, dtype=float)[()] for name, value in made.items()} if algebra is FLOATS else made


def as_floats(value):
    return np.vectorize(lambda x: float(bool(x) if "Bool" in type(x).__name__ else x), otypes=[float])(value)


def test_every_function_has_its_row_and_its_mathematics():
    assert {*CALLED} == {*FUNCTIONS, *SPECIAL}
    assert {row.name for row in ROWS} - {*CALLED} - {*CATALOGUE} == {"pow"}
    assert CALLS.keys() <= {*CALLED}


@pytest.mark.parametrize("name", CALLED)
def test_floats_fifty_digits_sympy_and_fractions_agree_at_a_hundred_points(name):
    call, high = call_of(name), high_precision()
    for i in range(100):
        values = values_at(Random(f"{name}:{i}"))
        right = as_floats(evaluate(call, carried(values, high), high))

        assert np.all(np.isfinite(right))
        for algebra in (FLOATS, symbolic()):
            found = as_floats(evaluate(call, carried(values, algebra), algebra))
            assert found == pytest.approx(right, rel=1e-12, abs=1e-12)
        try:
            exact = evaluate(call, values, FRACTIONS)
        except Inexact:
            continue
        assert as_floats(exact) == pytest.approx(right, rel=1e-15)
        assert all(isinstance(entry, Fraction | bool) for entry in np.ravel(np.array(exact, dtype=object)))


@pytest.mark.parametrize("name", CALLED)
def test_the_derivative_of_the_tree_is_the_central_difference(name):
    call, high = call_of(name), high_precision()
    for i in range(3):
        values = values_at(Random(f"{name}:{i}"))
        formulas = written_out(call, carried(values, FLOATS))
        if name in WITHOUT_DERIVATIVE:
            with pytest.raises(Problem, match="differentia"):
                differentiate(np.ravel(formulas)[0], Name("n" if name in {"factorial", "comb"} else "y"))
            return
        precise = carried(values, high)
        for variable in names_in(call) & {"x", "v", "y", "A"}:
            for place in np.ndindex(np.shape(values[variable])):
                by = Index(Name(variable), tuple(map(tree_number, place))) if place else Name(variable)
                slopes = [evaluate(differentiate(one, by), precise, high) for one in np.ravel(formulas)]
                ends = [
                    np.ravel(evaluate(call, moved(precise, variable, place, sign * STEP, high), high))
                    for sign in (1, -1)
                ]
                wanted = [(up - down) / (2 * high.number(STEP)) for up, down in zip(*ends, strict=True)]
                assert as_floats(slopes) == pytest.approx(as_floats(wanted), rel=1e-12, abs=1e-12)


def moved(values, name, place, step, algebra):
    value = values[name].copy() if place else values[name] + algebra.number(step)
    if place:
        value[place] += algebra.number(step)
    return values | {name: value}


@pytest.mark.parametrize("row", EXPLAINED, ids=lambda row: row.name)
def test_a_row_is_complete(row):
    example, shape = read_strict(row.example), shape_of(row.name, drawn=False)
    values = {"x": FLOATS.number(3), "y": np.array([0.1, 0.6, 0.3]), "A": np.array([[1.0, 2.0], [3.0, 4.0]])}

    assert row.ja
    assert row.en
    assert any(isinstance(part, Call) and part.function == row.name for part in walk(example))
    assert np.all(np.isfinite(np.asarray(evaluate(example, values, FLOATS), dtype=float)))
    assert set_inline(to_tex(example)).__class__.__name__ != "TexError"
    assert row.most == (OPEN_ARGUMENTS if shape.most is None else row.most)
    assert shape.least == row.fewest


def test_a_row_that_lacks_a_part_is_found():
    lame = Function("sort", "並べたもの", "", "sort(y)")

    with pytest.raises(AssertionError):
        test_a_row_is_complete(lame)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_does_not_fit_is_said_and_never_computed(text):
    tree = read_strict(text)
    for algebra in (FLOATS, high_precision(), FRACTIONS, symbolic()):
        if not isinstance(tree, Unreadable):
            with pytest.raises(Problem) as problem:
                evaluate(tree, {}, algebra)
            assert translated_problem(str(problem.value)) != str(problem.value)


@pytest.mark.parametrize(("text", "wanted"), ARRAYS.items())
def test_arrays_are_cut_and_joined_as_in_numpy(text, wanted):
    for algebra in (FRACTIONS, FLOATS):
        value = as_floats(evaluate(read_strict(text), {}, algebra))
        assert np.array_equal(value, np.array(wanted, dtype=float))


def test_a_product_that_an_algebra_does_not_have_is_a_problem(monkeypatch):
    """np.dot of objects may raise a SystemError for whatever their product raised; that depends on its memory."""

    def dot(*_: object) -> None:
        raise SystemError("returned a result with an exception set")

    monkeypatch.setattr(np, "dot", dot)
    with pytest.raises(Problem):
        evaluate(read_strict("(1, 2) @ (3, 4)"), {}, symbolic())


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_name_of_another_language_is_answered_with_ours(name):
    with pytest.raises(Problem, match="write ") as problem:
        evaluate(Call(name, (Name("pi"),)), {}, FLOATS)

    assert ELSEWHERE[name] in str(problem.value)
    assert name not in KNOWN_FUNCTIONS


@pytest.mark.parametrize("name", OF_ONE)
def test_a_function_of_one_number_is_mpmaths(name):
    oracle = ORACLES.get(name) or getattr(mpmath, name)
    tree, high = Call(name, (Name("x"),)), high_precision()
    for x in points(name):
        right = oracle(mpmath.mpf(x))
        assert float(evaluate(tree, {"x": FLOATS.number(x)}, FLOATS)) == pytest.approx(float(right), rel=1e-12)
        assert float(evaluate(tree, {"x": high.number(x)}, high)) == pytest.approx(float(right), rel=1e-14)


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
        assert name in GROWING | {
            "sec",
            "csc",
            "cot",
            "sech",
            "csch",
            "sigmoid",
            "softplus",
            "swish",
            "gelu",
            "factorial",
        }


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


@pytest.mark.parametrize("name", sorted(LEARNERS))
def test_learners_authors_and_compute_take_it_and_it_is_printed(name):
    row = BY_NAME[name]
    arguments = ", ".join(["0.5", "0.25", "0.75"][: max(1, row.fewest)])
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


@pytest.mark.parametrize(
    "text", ["x/y + z", "(x - y)**3*z", "-x*y/(z - 2.5)", "x**-2 - 0.1*y", "((x + 1)/(y - 1))**2 - z"]
)
def test_a_residue_is_the_fraction_modulo_the_prime(text):
    point = {"x": Decimal("1.37"), "y": Decimal("-0.0123456789"), "z": Decimal("12")}
    values = [
        evaluate(read_strict(text), {name: algebra.number(value) for name, value in point.items()}, algebra)
        for algebra in (RESIDUES, FRACTIONS)
    ]

    assert values[0] % RESIDUES.prime == RESIDUES.number(values[1])


@pytest.mark.parametrize("text", ["max(x, 1)", "if(x < 1, x, 2)", "abs(x)", "1/(x - x)", "e*x", "comb(x, 2)"])
def test_what_needs_an_order_or_is_divided_by_zero_has_no_residue(text):
    with pytest.raises(Inexact):
        evaluate(read_strict(text), {"x": RESIDUES.number(Decimal(3))}, RESIDUES)
