"""The bounds of what strangers type, write and send are in one module, and in force."""

import re
from pathlib import Path

import pytest

import studyapp
from studyapp.domain import limits
from tests.docs.blocks import SENTENCES

LIMITS = {name: value for name, value in vars(limits).items() if name.isupper()}
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(studyapp.__file__).parent.rglob("*.py")
    if path.name != "limits.py"
)


INNER = {"PAGE_SIGNS", "PAGE_MARK_PAIRS", "CURVE_POINTS", "SURFACE_CELLS", "PATH_STEPS", "CURVE_TREE_NODES"}
INNER |= {"CURVE_SLOPE_NODES", "MESSAGE_CHARACTERS", "READING_CHARACTERS", "MESSAGE_BYTES", "PROCESSOR_SECONDS"}
INNER |= {"KERNEL_MEMORY", "REPORT_BYTES", "REPORT_NAME_CHARACTERS", "REPLY_SECONDS", "RESULT_LOG2", "RESULT_BITS"}
INNER |= {"RESULTS_BYTES"}
"""Bounds that are never met where the others are kept, or that bound the program's own messages."""


def test_the_manual_lists_every_bound_that_an_author_or_a_learner_can_meet():
    listed = {name for sentence in SENTENCES["bounds"] for name in re.findall(r"\{(\w+)\}", sentence["en"])}
    assert listed - {"PARAGRAPH_MARKS"} == LIMITS.keys() - INNER


@pytest.mark.parametrize("name", LIMITS)
def test_a_bound_is_positive_and_in_force(name: str):
    assert LIMITS[name] > 0
    assert re.search(rf"\b{name}\b", CODE)
