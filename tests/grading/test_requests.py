import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.verdict import Outcome
from studyapp.grading.requests import grade_request

EXPRESSION = {"kind": "expression", "reference": "y - t", "symbols": {"y": "0..1", "t": "real"}, "answer": "y-t"}
GIVEN = {**EXPRESSION, "given": {"y": "sigmoid(z)"}, "symbols": {"z": "real", "t": "real"}}


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (EXPRESSION, "correct"),
        ({**EXPRESSION, "answer": "t-y"}, "wrong"),
        ({**GIVEN, "answer": "1/(1+exp(-z)) - t"}, "correct"),
        ({**EXPRESSION, "reference": "f'(y)", "functions": ["f"], "answer": "f'(y)"}, "correct"),
        ({**EXPRESSION, "form": "factored"}, "rounding"),
        ({"kind": "number", "key": "0.5108256", "digits": 4, "answer": "0.5108"}, "correct"),
        ({"kind": "number", "key": 0.1, "digits": 2, "answer": "0.105"}, "correct"),
        ({"kind": "number", "key": 0.1, "digits": 2, "answer": 0.1}, "correct"),
        ({"kind": "number", "key": "1/3", "digits": 4, "answer": "0.3333"}, "correct"),
        ({"kind": "number", "key": 18, "answer": "18"}, "correct"),
        ({"kind": "number", "key": "1234.5", "significant": 3, "answer": "1230"}, "correct"),
        ({"kind": "vector", "key": [1, 2], "digits": 1, "answer": "1, 2"}, "correct"),
        ({"kind": "vector", "key": [[1, 2], [3, 4]], "digits": 1, "answer": "[[1,2],[3,4]]"}, "correct"),
        ({"kind": "vector", "key": ["0.5"], "digits": 1, "answer": "(0.5)"}, "correct"),
        ({"kind": "number", "key": 1664, "digits": 0, "answer": "1600"}, "wrong"),
        ({"kind": "number", "key": "1664.0", "digits": 0, "answer": "1664.4"}, "correct"),
        ({"kind": "vector", "key": [3, 1664], "digits": 0, "answer": "3, 1600"}, "wrong"),
        ({"kind": "vector", "key": [3.5, 166.4], "digits": 0, "answer": "4, 170"}, "rounding"),
        ({"kind": "vector", "key": "[[1, 2], [3, 4]]", "digits": 0, "answer": "1, 2; 3, 4"}, "correct"),
        ({"kind": "choice", "options": ["MSE", "CE"], "key": ["a"], "answer": "ア"}, "correct"),
        ({"kind": "choice", "options": ["a", "b", "c"], "key": ["a", "c"], "answer": "a c"}, "correct"),
        ({"kind": "choice", "options": ["a", "b", "c"], "key": ["a"], "several": True, "answer": "a c"}, "wrong"),
        ({"kind": "order", "key": ["b", "a"], "answer": "b a"}, "correct"),
        ({"kind": "term", "accept": ["損失関数"], "answer": "損失関数"}, "correct"),
        ({"kind": "term", "accept": ["損失関数"], "refuse": ["目的関数"], "answer": "目的関数"}, "wrong"),
    ],
)  # fmt: skip
def test_each_kind_of_request_is_graded(request_: dict[str, Any], expected: str):
    assert grade_request(request_).outcome.value == expected


@pytest.mark.parametrize(
    ("reference", "answer", "outcome"),
    [
        ("sigmoid(y)", "sigmoid(y) + exp(-70)", "wrong"),  # a difference below what decimals of 28 digits show
        ("4*y", "4*y + 1/10**30", "wrong"),
        ("y", "tanh(10**20)", "wrong"),
        ("y", "sin(10**20)", "undecided"),
        ("y", "cos(10**30)", "undecided"),
        ("y", "y + 0*sin(10**20)", "undecided"),
        ("sin(10**20)", "sin(10**20)", "correct"),
        ("y", "2*y + 1e-400", "wrong"),  # more places than floats have
        ("y", "y*(1 + 10**-41)", "wrong"),
    ],
)
def test_numbers_beyond_floats_and_decimals_get_a_verdict(reference: str, answer: str, outcome: str):
    asked = {"kind": "expression", "reference": reference, "symbols": {"y": "real"}, "answer": answer}
    verdict = grade_request(asked)
    assert verdict.outcome.value == outcome, verdict


def test_mistakes_are_given_by_name():
    wrong = {**EXPRESSION, "mistakes": {"no-target": "y"}, "answer": "y"}
    number = {"kind": "number", "key": "0.5", "digits": 2, "mistakes": {"double": 1.0}, "answer": "1.0"}
    assert grade_request(wrong).mistake == "no-target"
    assert grade_request(number).mistake == "double"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({}, "kind"),
        ({"kind": "essay"}, "kind"),
        ({"kind": ["number"]}, "kind"),
        ({"kind": "number", "digits": 4, "answer": "1"}, "key"),
        ({"kind": "number", "key": "nan", "digits": 4, "answer": "1"}, "key"),
        ({"kind": "number", "key": True, "answer": "1"}, "key"),
        ({"kind": "number", "key": "1", "digits": -1, "answer": "1"}, "digits"),
        ({"kind": "number", "key": "1", "digits": 10**9, "answer": "1"}, "digits"),
        ({"kind": "number", "key": "1", "significant": 0, "answer": "1"}, "significant"),
        ({"kind": "number", "key": "1"}, "answer"),
        ({"kind": "number", "key": "1", "answer": None}, "answer"),
        ({"kind": "vector", "key": [], "answer": "1"}, "key"),
        ({"kind": "vector", "key": [[1], [1, 2]], "answer": "1"}, "key"),
        ({"kind": "vector", "key": [[1], 2], "answer": "1"}, "key"),
        ({**EXPRESSION, "symbols": {"y": "red"}}, "symbols"),
        ({**EXPRESSION, "symbols": ["y"]}, "symbols"),
        ({**EXPRESSION, "reference": "y -"}, "reference"),
        ({**EXPRESSION, "reference": "y - q"}, "reference"),
        ({**EXPRESSION, "given": {"a": "b", "b": "a"}}, "given"),
        ({**EXPRESSION, "given": {"y": "'a'"}}, "given"),
        ({**EXPRESSION, "given": {"y": "positive"}}, "given"),
        ({**EXPRESSION, "given": {"y": "t > 0"}}, "given"),
        ({**EXPRESSION, "given": {"y": "(1, 2)"}}, "given"),
        ({**EXPRESSION, "given": {"y": "((1, 2), (t, 2))"}}, "given"),
        ({**EXPRESSION, "given": {"y": "softmax((1, t))"}}, "given"),
        ({**EXPRESSION, "given": {"y": "(1, 2)"}, "symbols": {"y": "positive", "t": "real"}}, "given"),
        ({**EXPRESSION, "reference": "(y, (y, t))"}, "reference"),
        ({**EXPRESSION, "form": "pretty"}, "form"),
        ({**EXPRESSION, "mistakes": {"sign": ["t"]}}, "mistakes"),
        ({"kind": "choice", "options": ["a"], "key": [], "answer": "a"}, "key"),
        ({"kind": "choice", "options": ["a", "b"], "key": ["z"], "answer": "a"}, "key"),
        ({"kind": "choice", "options": ["x"] * 27, "key": ["a"], "answer": "a"}, "options"),
        ({"kind": "term", "accept": ["a"], "refuse": ["x" * 10**6], "answer": "a"}, "refuse"),
        ({"kind": "order", "key": ["a", "a"], "answer": "a"}, "key"),
        ({"kind": "term", "accept": [], "answer": "a"}, "accept"),
    ],
)
def test_a_bad_request_names_the_field(request_: dict[str, Any], field: str):
    verdict = grade_request(request_)
    assert (verdict.outcome, verdict.detail) == (Outcome.UNREADABLE, "request")
    assert f"“{field}”" in verdict.message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
KINDS = st.sampled_from(["number", "vector", "expression", "choice", "order", "term"])
FIELDS = st.sampled_from(
    ["key", "digits", "answer", "options", "accept", "refuse", "reference", "symbols", "given", "functions", "mistakes"]
)


@settings(max_examples=150, deadline=None)
@given(KINDS, st.dictionaries(FIELDS, JSON, max_size=6))
def test_any_json_object_gets_a_verdict(kind: str, fields: dict[str, Any]):
    verdict = grade_request({"kind": kind, **fields})
    assert isinstance(verdict.outcome, Outcome)
    json.dumps(verdict.message)
