"""Each page under `fixtures/pages/broken` names every complaint that it deserves, in comments of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.words import EN, JA, Words
from studyapp.domain.words.pages import Code
from studyapp.pages.topics import read_topic

BROKEN = Path(__file__).parent.parent / "fixtures" / "pages" / "broken"
PAGES = sorted((BROKEN / "ja").rglob("*.md"))
EXPECTED = re.compile(r"^<!-- expect (\d+:\d+) (?:(warning|note) )?([a-z0-9-]+) -->$", re.MULTILINE)
OF_FILES = {"missing-file", "unreadable-file", "too-large", "not-utf8"} | {
    f"too-many-{what}" for what in ("lines", "marks", "definitions", "cells", "holes", "facts")
}


def complaints_of(page: Path, words: Words = JA) -> tuple[Complaint, ...]:
    translation = BROKEN / "en" / page.relative_to(BROKEN / "ja")
    topic = "/".join(page.with_suffix("").parts[-2:])
    source = PageSource(topic, str(page), str(translation) if translation.exists() else None, "en")
    return read_topic(source, words)[1]


def expected_in(page: Path) -> list[tuple[str, str, str, str]]:
    found = EXPECTED.findall(page.read_text(encoding="utf-8")) if page.exists() else []
    return [(str(page), place, severity or "error", code) for place, severity, code in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_complaint_of_a_page_is_told_at_its_very_place(page: Path):
    told = [
        (one.place.path, f"{one.place.line}:{one.place.column}", str(one.severity), one.code)
        for one in complaints_of(page)
    ]

    translation = BROKEN / "en" / page.relative_to(BROKEN / "ja")
    assert sorted(told) == sorted(expected_in(page) + expected_in(translation))


@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_complaint_is_a_sentence_without_gaps(page: Path, words: Words):
    for one in complaints_of(page, words):
        assert one.message.endswith(("。", "."))
        assert not re.search(r"\{\w+\}", one.message.replace("{y", "").replace("{ y", "")), one.message


def test_every_code_has_a_page_that_deserves_it():
    deserved = {code for page in BROKEN.rglob("*.md") for _, _, _, code in expected_in(page)}

    assert set(get_args(Code)) - OF_FILES - deserved == set()


@pytest.mark.parametrize("code", get_args(Code))
def test_both_languages_have_a_sentence_for_every_code(code: str):
    sentences = [words.pages.sentence(code) for words in (JA, EN)]

    assert all(sentence.message for sentence in sentences)
    fields = [set(re.findall(r"(?<!\{)\{(\w+)\}", sentence.message + sentence.hint)) for sentence in sentences]
    assert fields[0] == fields[1]
    assert bool(sentences[0].hint) == bool(sentences[1].hint)


def test_a_wrong_name_is_answered_with_the_nearest_one():
    names = BROKEN / "ja" / "fields" / "names.md"

    hints = {one.code: one.hint for one in complaints_of(names, EN) if one.place.line in (15, 26)}

    assert hints["unknown-field"].startswith("Did you mean `answer`?")
    assert " digits " in hints["unknown-field"]
    assert hints["unknown-kind"].startswith("Did you mean `number`?")


def test_a_broken_exercise_does_not_take_the_others_with_it():
    page = BROKEN / "ja" / "yaml" / "syntax.md"

    topic, complaints = read_topic(PageSource("yaml/syntax", str(page)), JA)

    assert topic is not None
    assert [exercise.id for exercise in topic.exercises] == ["fine"]
    assert complaints


@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("code", get_args(Code))
def test_every_complaint_says_what_to_do_even_where_no_name_is_near(code: Code, words: Words):
    assert words.pages.sentence(code).hint
