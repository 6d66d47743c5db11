"""Whatever is typed gets a verdict, of texts that a terminal can show as they are."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.question import AnswerKey, ChoiceKey, ExpressionKey, NumberKey, OrderKey, TermKey, VectorKey
from studyapp.domain.text import LANGUAGES, speaking
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading import grade

KEYS: list[AnswerKey] = [
    NumberKey("0.5108256", 4),
    NumberKey("123456", None, 3),
    VectorKey(("0.1", "0.2", "0.7"), 2),
    VectorKey(("1", "2", "3", "4"), 1, columns=2),
    ExpressionKey("(y - t)*y*(1 - y)*x", {"y": "0..1", "t": "0..1", "x": "real"}, {}),
    ExpressionKey("delta*f'(u)", {"delta": "real", "u": "real"}, {}, ("f",), "factored"),
    ChoiceKey(("a", "b", "c"), ("b",)),
    ChoiceKey(("a", "b", "c"), ("b", "c"), several=True),
    OrderKey(("b", "a", "c")),
    TermKey(("交差エントロピー",), ("相互情報量",)),
]
FORMULAS = st.text(alphabet="ytxuf0123456789.+-*/^()' eln√²×ー−", max_size=40)


def is_shown_inert(verdict: Verdict) -> bool:
    texts = (verdict.message, verdict.reading, verdict.detail)
    return all(len(text) <= 1000 for text in texts) and not any(
        unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} and char != "\n" for text in texts for char in text
    )


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(KEYS), st.text(max_size=60) | FORMULAS)
def test_any_text_gets_a_verdict(key: AnswerKey, answer: str):
    verdict = grade(key, answer, ())
    assert isinstance(verdict.outcome, Outcome)
    assert is_shown_inert(verdict)
    assert grade(key, answer, ()) == verdict


@pytest.mark.parametrize("key", KEYS, ids=lambda key: type(key).__name__)
@pytest.mark.parametrize(
    "answer",
    [
        "\x1b[31mred\x1b[0m",
        "\x1b]0;title\x07",
        "[bold]y[/bold]",
        "[link=file:///etc/passwd]y[/link]",
        "\u202ey - t",
        "y\x00",
        "a" * 5000,
        "(" * 3000,
        "1+" * 3000 + "1",
        "9**9**9",
        "((9**9)**9999)**9999",
        "exp(exp(exp(exp(exp(9)))))",
        "1e999999",
        "__import__('os').getcwd()",
        "y.__class__",
        "lambda: 0",
        "\ud800",
    ],
)
def test_hostile_answers_are_asked_back_and_shown_inert(key: AnswerKey, answer: str):
    for language in LANGUAGES:
        with speaking(language):
            verdict = grade(key, answer, ())
        assert is_shown_inert(verdict)
        assert verdict.outcome != Outcome.CORRECT
        if not isinstance(key, TermKey):
            assert verdict.outcome == Outcome.UNREADABLE


@pytest.mark.parametrize(
    "mark", ["\u2066", "\u2069", "\u200e", "\u200f", "\u202a", "\u202c", "\u061c", "\u180e", "\u200b"]
)
@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (NumberKey("0.5", 2), "0.5"),
        (VectorKey(("1", "2"), 0), "(1, 2)"),
        (ExpressionKey("y - t", {"y": "real", "t": "real"}, {}), "y - t"),
        (ChoiceKey(("a", "b"), ("b",)), "b"),
        (OrderKey(("b", "a")), "b a"),
        (TermKey(("過学習",)), "過学習"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_direction_marks_and_other_invisible_signs_are_dropped_in_every_answer(key: AnswerKey, answer: str, mark: str):
    assert grade(key, f"{mark}{answer[0]}{mark}{answer[1:]}{mark}", ()).outcome == Outcome.CORRECT
