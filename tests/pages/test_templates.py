"""Markdown source cut at its holes, each with what surrounds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.exercise import Hole, Template
from studyapp.pages.report import Report
from studyapp.pages.source import Source
from studyapp.pages.templates import read_template


def cut(text: str) -> tuple[Template, list[str]]:
    source = Source.of(text)
    report = Report(source)
    template = read_template(source.fragment(0, len(source.starts)), report)
    return template, [f"{one.place.line}:{one.place.column} {one.code}" for one in report.complaints]


CONTEXTS = {
    "{{ x }}": ["text"],
    "${{ x }}$": ["math"],
    "$$\n{{ x }}\n$$": ["math"],
    "`{{ x }}`": ["code"],
    "`` ` {{ x }} ``": ["code"],
    "```python\n{{ x }}\n``` \n{{ x }}": ["code", "text"],
    "~~~\n```\n{{ x }}\n~~~\n{{ x }}": ["code", "text"],
    "```python\n{{ x }}": ["code"],
    "$a$ {{ x }} $b$": ["text"],
    "`$` {{ x }} `$`": ["text"],
    "$`{{ x }}`$": ["math"],
    r"\$ {{ x }} \$": ["text"],
    r"$\$ {{ x }}$": ["math"],
    r"\` {{ x }} \`": ["text"],
    "$ {{ x }}": ["text"],
    "$ a\n\n{{ x }} $": ["text"],
    "` {{ x }}": ["text"],
    "<!-- {{ x }} --> {{ x }}": ["text"],
    r"$\frac{{{ x }}}{{{ x }}}$": ["math", "math"],
    r"$\{{{ x }}\}$": ["math"],
    "$e^{ {{x}} }$": ["math"],
}


@pytest.mark.parametrize(("text", "contexts"), CONTEXTS.items(), ids=CONTEXTS)
def test_a_hole_knows_what_surrounds_it(text: str, contexts: list[str]):
    template, complaints = cut(text)
    assert complaints == []
    assert [part.context for part in template if isinstance(part, Hole)] == contexts


@pytest.mark.parametrize(
    ("text", "expression", "digits"),
    [
        ("{{ x }}", "x", None),
        ("{{x:2}}", "x", 2),
        ("{{ x : 0 }}", "x", 0),
        ("{{ y[c]:15 }}", "y[c]", 15),
        ("{{ huber(a, b, delta=2):3 }}", "huber(a, b, delta=2)", 3),
        ("{{ answer }}", "answer", None),
        ("{{ scene }}", "scene", None),
    ],
)
def test_a_hole_holds_an_expression_and_its_digits(text: str, expression: str, digits: int | None):
    (hole,) = cut(text)[0]
    assert (hole.text, hole.digits) == (expression, digits)


COMPLAINTS = {
    "a {{ x": ["1:3 unclosed-hole"],
    "{{ x\n}}": ["1:1 unclosed-hole"],
    "{{ a {{ x }}": ["1:1 unclosed-hole"],
    "語\n語 {{ 1 # 2 }}": ["2:8 unreadable-expression"],
    "{{}}": ["1:1 empty-hole"],
    "{{ :2 }}": ["1:1 empty-hole"],
    "{{ x:16 }}": ["1:6 out-of-range"],
    "{{ x:2:3 }}": ["1:5 unreadable-expression"],
    "```\n{{ x\n```": [],
}


@pytest.mark.parametrize(("text", "complaints"), COMPLAINTS.items(), ids=COMPLAINTS)
def test_a_hole_that_cannot_be_read_is_told_at_its_place(text: str, complaints: list[str]):
    assert cut(text)[1] == complaints


@given(
    st.lists(
        st.sampled_from(["{{ x }}", "$", "`", "```", "\n", "\n\n", "<!--", "-->", "\\", "語", "{", "}"]), max_size=30
    )
)
def test_texts_and_holes_together_are_the_source(pieces: list[str]):
    source = Source.of("".join(pieces) + "x")
    template, _ = cut(source.text)
    done = 0
    for part in template:
        if isinstance(part, str):
            assert source.text.startswith(part, done)
            done += len(part)
        else:
            assert source.text.startswith("{{", done)
            assert source.place(source.text.index(part.text, done)) == part.place
            done = source.text.index("}}", done) + 2
    assert done == len(source.text)
