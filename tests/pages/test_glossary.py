"""The terms of a course that mean the same."""

import pytest

from studyapp.pages.glossary import GLOSSARY, read_glossary


def test_the_names_of_a_term_are_gathered_from_all_pages_and_languages(tmp_path):
    text = "losses/a:\n  - {ja: 損失関数, en: loss function, also: [誤差関数, loss]}\nlosses/b:\n  - {ja: 尤度}\n"
    (tmp_path / GLOSSARY).write_text(text, encoding="utf-8")
    assert read_glossary(tmp_path) == (("損失関数", "loss function", "誤差関数", "loss"), ("尤度",))


@pytest.mark.parametrize("text", ["", "- a", "a: b", "a: [1, {ja: 3}]", "{", "a: [{also: x}]", "\0", "[" * 2000])
def test_what_is_no_glossary_has_no_terms(tmp_path, text):
    (tmp_path / GLOSSARY).write_text(text, encoding="utf-8")
    assert [name for names in read_glossary(tmp_path) for name in names] == []


def test_a_folder_without_one_has_none(tmp_path):
    assert read_glossary(tmp_path) == ()
