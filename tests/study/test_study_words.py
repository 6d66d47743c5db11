"""What is complained of in a course is said in both languages."""

from __future__ import annotations

import pytest

from studyapp.domain.text import set_language
from studyapp.study.library import COMPLAINTS, complaint_text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("code", COMPLAINTS)
def test_a_complaint_says_what_was_found(language, code):
    set_language(language)
    message, hint = complaint_text(code, "FOUND", "OTHER")

    assert "FOUND" in message
    assert "{" not in message + hint


def test_a_hint_names_what_is_near_and_otherwise_says_where_to_look():
    set_language("en")
    assert complaint_text("unknown-requires", "x")[1] == "studyapp topics lists the ids."
    assert complaint_text("unknown-requires", "x", "y")[1] == "Is y meant?"
