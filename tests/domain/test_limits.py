"""The bounds of what strangers type, write and send are in one module, and in force."""

from __future__ import annotations

from pathlib import Path

import pytest

import studyapp
from studyapp.domain import limits

LIMITS = {name: value for name, value in vars(limits).items() if name.isupper()}
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(studyapp.__file__).parent.rglob("*.py")
    if path.name != "limits.py"
)


@pytest.mark.parametrize("name", LIMITS)
def test_a_bound_is_positive_and_in_force(name: str):
    assert LIMITS[name] > 0
    assert f" {name}" in CODE or f"({name}" in CODE
