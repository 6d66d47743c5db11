"""Formulas of a course on neural networks, as pictures that were looked at: what is right stays right.

Each part of `fixtures/formulas/*.txt` is a name, the TeX, the formula in one line, and its picture.
"""

from pathlib import Path

import pytest

from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import set_formula
from studyapp.typeset.width import cells

PAGES = sorted((Path(__file__).parent.parent / "fixtures" / "formulas").glob("*.txt"))
FORMULAS = [
    (page.stem == "ascii", *part.split("\n", 3))
    for page in PAGES
    for part in page.read_text(encoding="utf-8").removeprefix("# ").split("\n\n# ")
]


@pytest.mark.parametrize(("ascii_only", "name", "tex", "line", "picture"), FORMULAS)
def test_a_formula_looks_as_it_is_printed_in_books(ascii_only: bool, name: str, tex: str, line: str, picture: str):
    box = set_formula(tex, ascii_only=ascii_only)
    assert "\n".join(row.rstrip() for row in box.rows) == picture.strip("\n"), name
    assert {cells(row) for row in box.rows} == {box.width}
    assert box.width <= 80
    assert set_inline(tex, ascii_only=ascii_only) == line
