"""What the learner reads about a history, settings or a course with something wrong, in both languages."""

from pathlib import Path

import pytest

from studyapp.domain.text import set_language
from studyapp.history.errors import Notice, NoticeCode, NotSavedCode, NotSavedError, Trouble, TroubleCode
from studyapp.study import settings
from studyapp.study.library import COMPLAINTS, complaint_text
from studyapp.study.troubles import describe

PATH = Path("/somewhere/data")
STATES = [
    *(Trouble(code, PATH, "detail", 3, copy=copy) for code in TroubleCode for copy in (False, True)),
    *(Notice(code, PATH, 3) for code in NoticeCode),
    *(NotSavedError(code, "detail") for code in NotSavedCode),
]


@pytest.mark.parametrize("language", ["ja", "en"])
class TestEveryState:
    def test_of_the_history_has_its_sentence(self, language):
        set_language(language)
        assert all(describe(state) for state in STATES)

    @pytest.mark.parametrize("name", ["BROKEN", "VALUE", "UNKNOWN", "NOT_SAVED"])
    def test_of_the_settings_has_its_sentence(self, language, name):
        set_language(language)
        sentence = getattr(settings, f"SETTINGS_{name}")
        text = str(settings.SettingsTrouble(sentence=sentence, path=PATH, name="minutes", value="0", allowed="1–600"))

        assert text
        assert "{" not in text

    @pytest.mark.parametrize("code", COMPLAINTS)
    def test_of_a_course_names_what_was_found(self, language, code):
        set_language(language)
        message, hint = complaint_text(code, "FOUND", "OTHER")

        assert "FOUND" in message
        assert "{" not in message + hint


def test_a_hint_names_what_is_near_and_otherwise_says_where_to_look():
    set_language("en")
    assert complaint_text("unknown-requires", "x")[1] == "studyapp topics lists the ids."
    assert complaint_text("unknown-requires", "x", "y")[1] == "Is y meant?"
