"""What the learner reads about the history: every code has its sentence, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyapp.domain.text import set_language
from studyapp.history.errors import Notice, NoticeCode, NotSavedCode, NotSavedError, Trouble, TroubleCode
from studyapp.study.troubles import describe

PATH = Path("/somewhere/data")
STATES = [
    *(Trouble(code, PATH, "detail", 3, copy=copy) for code in TroubleCode for copy in (False, True)),
    *(Notice(code, PATH, 3) for code in NoticeCode),
    *(NotSavedError(code, "detail") for code in NotSavedCode),
]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_of_the_history_has_its_sentence(language):
    set_language(language)
    assert all(describe(state) for state in STATES)
