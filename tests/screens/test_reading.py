"""What an answer may contain is the same while it is typed and when it is graded, and so is how it is asked for."""

import pytest

from studyapp.domain.asking import NO_EPSILON, REDUCTIONS, fixed_conventions, how_to_answer
from studyapp.domain.exercise import Convention
from studyapp.domain.question import ChoiceKey, ExpressionKey, NumberKey, OrderKey, TermKey, VectorKey
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Outcome
from studyapp.grading import grade
from studyapp.screens.reading import read

KEY = ExpressionKey("sigmoid(z)*(1 - sigmoid(z))", {"z": "real"}, {})


@pytest.mark.parametrize(("answer", "readable"), [("sigmoid'(z)", True), ("z*exp(-z)", True), ("q + 1", False)])
def test_the_preview_reads_exactly_what_grading_reads(answer, readable):
    found = read(KEY, answer)
    verdict = grade(KEY, answer, ())
    assert bool(found.rows) is readable
    assert bool(found.carets) is not readable
    assert (verdict.outcome is not Outcome.UNREADABLE) is readable


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "key",
    [
        NumberKey("1", 3),
        NumberKey("1", 0),
        NumberKey("1", None, 4),
        VectorKey(("1", "2"), 3),
        KEY,
        ChoiceKey(("a",), ("a",)),
        ChoiceKey(("a", "b"), ("a", "b"), several=True),
        OrderKey(("a", "b")),
        TermKey(("x",)),
    ],
    ids=lambda key: type(key).__name__,
)
def test_every_kind_says_how_to_answer(key, language):
    set_language(language)
    assert how_to_answer(key)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_convention_is_said_and_none_where_none_is_fixed(language):
    set_language(language)
    sentence = fixed_conventions(Convention(log="2", epsilon="1e-7", reduction="sum"))
    assert "2" in sentence
    assert "1e-7" in sentence
    assert REDUCTIONS["sum"]() in sentence
    assert NO_EPSILON() in fixed_conventions(Convention(epsilon="0"))
    assert fixed_conventions(Convention()) == ""
