"""What the learner reads about a history, settings or a course with something wrong, in both languages."""

from pathlib import Path

import pytest

from studyapp.domain.place import Place
from studyapp.domain.text import set_language
from studyapp.history.errors import Notice, NoticeCode, NotSavedCode, NotSavedError, Trouble, TroubleCode, describe
from studyapp.study import settings
from studyapp.study.library import Across

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

    @pytest.mark.parametrize("problem", Across)
    def test_of_a_course_names_what_was_found(self, language, problem):
        set_language(language)
        complaint = problem.at(Place("c.md"), "FOUND", other="OTHER", language="ja")
        assert "FOUND" in complaint.message
        assert "{" not in complaint.message + complaint.hint
