"""Each page under `fixtures/pages/broken` names every complaint that it deserves, in comments of its own."""

import re
from pathlib import Path

import pytest

from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.text import set_language
from studyapp.pages.report import Problem, problems
from studyapp.pages.topics import read_topic

BROKEN = Path(__file__).parent.parent / "fixtures" / "pages" / "broken"
PAGES = sorted((BROKEN / "ja").rglob("*.md"))
EXPECTED = re.compile(r"^<!-- expect (\d+:\d+) (?:(warning|note) )?([a-z0-9-]+) -->$", re.MULTILINE)
OF_FILES = {"missing-file", "unreadable-file", "too-large", "not-utf8"} | {
    f"too-many-{what}" for what in ("lines", "marks", "definitions", "cells", "holes", "facts")
}


def complaints_of(page: Path) -> tuple[Complaint, ...]:
    translation = BROKEN / "en" / page.relative_to(BROKEN / "ja")
    topic = "/".join(page.with_suffix("").parts[-2:])
    source = PageSource(topic, str(page), str(translation) if translation.exists() else None, "en")
    return read_topic(source)[1]


def expected_in(page: Path) -> list[tuple[str, str, str, str]]:
    found = EXPECTED.findall(page.read_text(encoding="utf-8")) if page.exists() else []
    return [(str(page), place, severity or "error", code) for place, severity, code in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_complaint_of_a_page_is_told_at_its_very_place(page: Path):
    actual = [
        (one.place.path, f"{one.place.line}:{one.place.column}", str(one.severity), one.code)
        for one in complaints_of(page)
    ]
    translation = BROKEN / "en" / page.relative_to(BROKEN / "ja")
    assert sorted(actual) == sorted(expected_in(page) + expected_in(translation))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_complaint_is_a_sentence_without_gaps(page: Path, language):
    set_language(language)
    for one in complaints_of(page):
        assert one.message.endswith(("。", "."))
        assert not re.search(r"\{\w+\}", one.message.replace("{y", "").replace("{ y", "")), one.message


def test_every_code_has_a_page_that_deserves_it():
    deserved = {code for page in BROKEN.rglob("*.md") for _, _, _, code in expected_in(page)}
    assert {problem.code for problem in problems()} - OF_FILES - deserved == set()


def test_a_wrong_name_is_answered_with_the_nearest_one():
    set_language("en")
    names = BROKEN / "ja" / "fields" / "names.md"
    hints = {complaint.code: complaint.hint for complaint in complaints_of(names) if complaint.place.line in (15, 26)}
    assert hints["unknown-field"].startswith("Did you mean `answer`?")
    assert " digits " in hints["unknown-field"]
    assert hints["unknown-kind"].startswith("Did you mean `number`?")


def test_a_broken_exercise_does_not_take_the_others_with_it():
    page = BROKEN / "ja" / "yaml" / "syntax.md"
    topic, complaints = read_topic(PageSource("yaml/syntax", str(page)))
    assert [exercise.id for exercise in topic.exercises] == ["fine"]
    assert complaints


@pytest.mark.parametrize("problem", problems(), ids=lambda problem: problem.code)
def test_every_complaint_says_in_one_line_what_was_found_and_in_one_what_to_do(problem: Problem):
    for text in (problem.value.ja, problem.value.en):
        found, hint = text.split("\n")
        assert found.endswith(("。", "."))
        assert hint.endswith(("。", "."))


def test_no_code_is_used_twice():
    codes = [problem.code for problem in problems()]
    assert len(set(codes)) == len(codes) == 118
