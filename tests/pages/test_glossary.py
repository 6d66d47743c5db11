"""The terms of a course that mean the same."""

import pytest

from studyapp.domain.course import Glossary
from studyapp.pages.glossary import GLOSSARY, read_glossary


def test_names_of_a_term_mean_the_same_and_all_words_lead_to_its_page(tmp_path):
    text = (
        "losses/a:\n  - {ja: 損失関数, en: loss function, also: [誤差関数], search: [loss]}\n  - {search: [Loss fn]}\n"
        "losses/b:\n  - {ja: 尤度}\n"
    )
    (tmp_path / GLOSSARY).write_text(text, encoding="utf-8")
    glossary = read_glossary(tmp_path)
    assert glossary.terms == (("損失関数", "loss function", "誤差関数", "loss"), ("尤度",))
    assert glossary.words == {"losses/a": (*glossary.terms[0], "Loss fn"), "losses/b": ("尤度",)}


@pytest.mark.parametrize(
    "text", ["", "- a", "a: b", "a: [1, {ja: [3]}]", "{", "a: [{also: x}]", "a: {ja: b}", "\0", "[" * 2000]
)
def test_what_is_no_glossary_has_no_terms(tmp_path, text):
    (tmp_path / GLOSSARY).write_text(text, encoding="utf-8")
    assert not any(read_glossary(tmp_path).terms)
    assert not any(read_glossary(tmp_path).words.values())


def test_a_folder_without_one_has_none(tmp_path):
    assert read_glossary(tmp_path) == Glossary()
