"""Whatever can be read is computed, or answered with a problem: nothing that is typed ends in an error of ours."""

import contextlib
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Index,
    Logical,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Vector,
    Word,
)
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.functions import FUNCTIONS
from studyapp.engine.calculator import compute
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.language import read_strict

NUMBERS = st.sampled_from(["0", "1", "2", "3", "0.5", "0.25", "7"]).map(lambda text: Number(Decimal(text)))
LEAVES = NUMBERS | st.sampled_from([Name("y"), Name("v"), Name("m"), Name("e"), Name("unused"), Word("sum")])
CALLED = st.sampled_from(sorted({*FUNCTIONS, *CATALOGUE, "if", "D", "nothing"}))
VALUES = {
    "y": Number(Decimal("0.6")),
    "v": Vector(tuple(Number(Decimal(text)) for text in ("0.2", "0.5", "0.3"))),
    "m": Vector((Vector((Number(Decimal(1)), Number(Decimal(2)))), Vector((Number(Decimal(3)), Number(Decimal(4)))))),
}


def grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(below, max_size=4).map(tuple)
    return (
        st.builds(Negate, below)
        | st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "**"]), below, below)
        | st.builds(Comparison, st.sampled_from(["<", "<=", "==", "!="]), below, below)
        | st.builds(Logical, st.sampled_from(["and", "or"]), below, below)
        | st.builds(Not, below)
        | st.builds(Call, CALLED, some)
        | st.builds(Call, CALLED, some, st.tuples(st.tuples(st.sampled_from(["reduction", "delta", "base"]), below)))
        | st.builds(Index, below, st.lists(below, min_size=1, max_size=2).map(tuple))
        | st.builds(Vector, st.lists(below, min_size=1, max_size=3).map(tuple))
    )


TREES = st.recursive(LEAVES, grown, max_leaves=8)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TREES, st.sampled_from([None, "y", "v", "unused"]))
@example(Call("erf", (Number(Decimal(0)),)), None)
@example(Call("binary_cross_entropy", (Name("y"), Name("v")), (("reduction", Name("m")),)), "y")
def test_any_tree_gives_a_value_or_a_problem(tree, by):
    with np.errstate(all="ignore"), contextlib.suppress(Problem):
        assert compute(tree, VALUES, by).value is not None


@pytest.mark.parametrize(
    "call",
    [
        Call("exp", ()),
        Call("exp", (Number(Decimal(1)), Number(Decimal(2)))),
        Call("exp", (Word("a"),)),
        Call("if", (Number(Decimal(1)),)),
        Call("sum", ()),
        Call("dot", (Name("v"),)),
        Call("one_hot", (Number(Decimal(1)),)),
        Call("log", (Name("y"),), (("bass", Number(Decimal(2))),)),
        Call("huber", ()),
        Call("D", (Number(Decimal(6)), Number(Decimal(2)))),
        Call("D", (Number(Decimal(6)), Call("range", (Number(Decimal(3)),)))),
    ],
    ids=lambda call: f"{call.function}{len(call.arguments)}",
)
def test_a_call_that_does_not_fit_is_a_problem_with_a_sentence(call):
    with pytest.raises(Problem, match=r"\w+ \w+"):
        compute(call, VALUES)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("x**x**x**x", {"x": "-1e308"}),
        ("x**40", {"x": "1e308"}),
        ("2**x", {"x": "10**9"}),
        ("2**(1/3)**-x", {"x": "99"}),
        ("x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x", {"x": "1e308"}),
        ("x**9999", {"x": "3"}),
    ],
)
def test_an_exact_value_of_too_many_digits_is_a_problem(text, values):
    with pytest.raises(Problem):
        compute(read_strict(text), {name: read_strict(value) for name, value in values.items()}, exact=True)


@pytest.mark.parametrize(
    "text", ["1e308*10", "1e308 + 1e308", "-1e308 - 1e308", "sum((1e308, 1e308))", "(1e308, 1)*10"]
)
def test_what_is_no_float_any_more_is_infinite_without_a_warning(text):
    assert not compute(read_strict(text), {}).finite


@pytest.mark.parametrize(
    ("expression", "values", "gradient"),
    [
        ("iou(a, b)", {"a": "(1, 1, 0)", "b": "(1, 0, 0)"}, [0.5, -0.25, -0.25]),
        ("mmd2(a, b)", {"a": "[[0]]", "b": "[[1]]"}, [[-2 * np.exp(-0.5)]]),
    ],
)
def test_an_entry_without_a_gradient_of_its_own_is_differentiated_as_a_tree(expression, values, gradient):
    values = {name: read_strict(text) for name, text in values.items()}
    assert np.array(compute(read_strict(expression), values, "a").gradient) == pytest.approx(np.array(gradient))
