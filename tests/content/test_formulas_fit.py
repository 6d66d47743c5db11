"""Every formula of the course is set, and a displayed one fits into a terminal of eighty columns."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from studyapp.domain.document import Math, MathBlock
from studyapp.domain.exercise import Hole
from studyapp.pages.blocks import read_blocks
from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import set_formula
from studyapp.typeset.tree import TexError
from tests.content.pages import BY_PAGE, topic

COLUMN = 75
"""Cells of a page's text in a terminal of eighty columns: margins and the scroll bar are taken off."""


def within(value: object) -> Iterator[object]:
    """Every value inside a value."""
    yield value
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from within(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from within(getattr(value, one.name))


def documents(page: Path, language: str) -> Iterator[object]:
    """The prose of a page, and every sentence of its exercises with 0 for what is drawn."""
    yield from topic(page, language).body
    for exercise in topic(page, language).exercises:
        for template in templates(exercise.sentences):
            yield from read_blocks("".join("0" if isinstance(part, Hole) else part for part in template))


def templates(sentences: object) -> Iterable[tuple[str | Hole, ...]]:
    for value in within(sentences):
        if isinstance(value, tuple) and value and all(isinstance(part, (str, Hole)) for part in value):
            yield value


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", BY_PAGE)
def test_the_formulas_of_a_page_are_set_and_fit(page, language):
    found = [one for document in documents(page, language) for one in within(document)]
    shown = [one.tex for one in found if isinstance(one, MathBlock)]
    in_lines = [one.tex for one in found if isinstance(one, Math)]
    assert [tex for tex in in_lines if isinstance(set_inline(tex), TexError)] == []
    assert [tex for tex in shown if isinstance(set_formula(tex), TexError)] == []
    assert [tex for tex in shown if set_formula(tex).width > COLUMN] == []
