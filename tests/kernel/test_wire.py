"""Values cross the pipe unchanged, and nothing else comes out of a line."""

from __future__ import annotations

import pytest

from studyapp.domain.document import Documents
from studyapp.domain.exercise import Convention
from studyapp.domain.figure import Training
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, Findings, Place, Severity
from studyapp.domain.question import (
    ChoiceKey,
    Descended,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    OrderKey,
    Plotted,
    Proof,
    Question,
    Reckoned,
    Route,
    ShownOption,
    Step,
    Stop,
    Surveyed,
    TermKey,
    Trained,
    Undrawable,
    VectorKey,
    Walked,
)
from studyapp.domain.source import PageSource
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.kernel.requests import Descend, Draw, Grade, Lint, Plot, Prove, Read, Reckon, Survey, Train, Walk
from studyapp.kernel.wire import TYPES, decode, encode
from studyapp.pages.blocks import read_blocks

SOURCE = PageSource("losses/x", "content/ja/losses/x.md", None, "ja")
QUESTION = Question(
    exercise="x",
    skill="x",
    topic="losses/x",
    seed=3,
    kind=Kind.NUMBER,
    language="ja",
    version="abc",
    heading="題",
    prompt="値は $y$ 。\n次の行",
    values={"y": [0.1, 0.6], "c": 1, "f": "sigmoid"},
    key=NumberKey("0.5108", 4),
    answer="0.5108",
    options=(ShownOption("a", "甲", "理由", 1),),
    mistakes=(KnownMistake("sign", "-0.5108", "符号"),),
    hints=("ヒント",),
    convention=Convention(log="e"),
    steps=(
        Step(
            ask="δ を求めよ。", key=NumberKey("0.5", 4), answer="0.5", skill="delta", name="delta1_1", hints=("ヒント",)
        ),
    ),
    network={"layers": [2, 1], "numbers": {"x_1": 0.5}},
)
MARKDOWN = """## 見出し

**太字**と*強調*、`符号`、$x$、[頁](a/b.md)  \n次の行

$$
y = 1
$$

    code

3. 一
4. 二

> 引用

|a|b|
|:-|-:|
|$x$||

---
"""
VALUES = [
    QUESTION,
    Read(("題", MARKDOWN)),
    Documents((read_blocks(MARKDOWN), (), None)),
    *(
        KEY
        for KEY in (
            NumberKey("1", None, 3),
            VectorKey(("1", "2"), 2, None, 0),
            ExpressionKey("-1/y", {"y": "0..1"}, {"y": "sigmoid(z)"}, ("f",)),
            ChoiceKey(("a", "b"), ("b",)),
            OrderKey(("b", "a")),
            TermKey(("損失",), ("評価",)),
        )
    ),
    Verdict(Outcome.WRONG, "sign", "−1", "符号が逆。", "-0.5"),
    Undrawable("x", 1, "check", "a", Place("p.md", 3, 4)),
    Proof("x", 1, (Route("numpy", "a", "1"),), "0", "x"),
    Plotted((((0.0, None), (1.0, 2.0)),)),
    Surveyed(((0.0, None), (1.0, 2.0))),
    Descended(((1.0, 1.0), (0.5, 0.25))),
    Trained(1, (2.3, 0.1, 2.4, 0.1)),
    Draw(SOURCE, "x", 1),
    Grade(QUESTION, "0.5", "ja"),
    Prove(SOURCE, QUESTION),
    Walk(QUESTION),
    Walked((Stop("forward", 1, ("u = 1",), {"u1_1": 1.0}),)),
    Plot(("-log(y)",), "y", 0.01, 1.0, 100),
    Reckon("1/3"),
    Reckoned("0.3333333333"),
    Reckoned(None),
    Lint(SOURCE, "en"),
    Findings((Complaint(Place("p.md", 3, 4), "hole", "空です。", "値を書いてください。", Severity.WARNING),)),
    Plot(("a * y",), "y", 0.01, 1.0, 100, "a", 2.0, slopes=True),
    Survey("a * b", ("a", "b"), (0.0, 0.0), (1.0, 1.0), 2, 2),
    Descend("w**2", ("w",), (1.0,), 0.25, 1),
    Train(Training((32,), 0.1, (16,), 10), 16, 1),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_it_was(value):
    line = encode(value)

    assert "\n" not in line
    assert decode(line) == value


def test_every_type_of_the_wire_is_tried():
    line = "".join(map(encode, VALUES))

    assert {name for name in TYPES if f'"$":"{name}"' in line} == set(TYPES)


@pytest.mark.parametrize(
    "line",
    ["", "[]", "1", '{"$":"Path"}', '{"a":1}', '{"$":"Draw","source":1,"os":2}', '{"$":"Draw"'],
)
def test_anything_else_is_refused(line):
    with pytest.raises(ValueError, match=r"."):
        decode(line)
