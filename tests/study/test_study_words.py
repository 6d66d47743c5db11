"""The sentences of the learner's rooms exist in both languages."""

from __future__ import annotations

import pytest

from studyapp.domain.text import set_language
from studyapp.study.library import COMPLAINTS
from studyapp.workshop.complaining import complaint


def test_both_languages_know_the_same_complaints():
    assert COMPLAINTS.keys() == COMPLAINTS.keys()


@pytest.mark.parametrize("words", [JA.study, EN.study])
@pytest.mark.parametrize("code", COMPLAINTS)
def test_a_complaint_says_what_was_found(words, code):
    message, hint = words.complaint(code, "FOUND", "OTHER")

    assert "FOUND" in message
    assert "{" not in message + hint


def test_a_hint_names_what_is_near_and_otherwise_says_where_to_look():
    set_language("en")
    assert complaint("unknown-requires", "x")[1] == "studyapp topics lists the ids."
    assert complaint("unknown-requires", "x", "y")[1] == "Is y meant?"
