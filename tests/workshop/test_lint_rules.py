"""Each page under `fixtures/lint` states the complaints that it deserves; a page `fine.md` comes near and gets none."""

import re
from pathlib import Path

import pytest

from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.text import set_language
from studyapp.workshop.lint import Linter
from studyapp.workshop.rules import RULES, manual

FIXTURES = Path(__file__).parent.parent / "fixtures" / "lint"
PAGES = sorted((FIXTURES / "ja").rglob("*.md"))
EXPECTED = re.compile(r"^<!-- expect (\d+:\d+) (?:(warning|note) )?([a-z0-9-]+) -->$", re.MULTILINE)


def name(page: Path) -> str:
    return f"{page.parent.name}/{page.stem}"


def twin_of(page: Path) -> Path:
    return FIXTURES / "en" / page.relative_to(FIXTURES / "ja")


def complaints_of(page: Path) -> tuple[Complaint, ...]:
    twin = twin_of(page)
    return Linter()(PageSource(name(page), str(page), str(twin) if twin.exists() else None, "en"))[1]


def expected_in(page: Path) -> list[tuple[str, str, str, str]]:
    found = EXPECTED.findall(page.read_text(encoding="utf-8")) if page.exists() else []
    return [(str(page), place, severity or "error", code) for place, severity, code in found]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_is_told_exactly_what_it_deserves_at_the_very_place(page):
    actual = [
        (one.place.path, f"{one.place.line}:{one.place.column}", str(one.severity), one.code)
        for one in complaints_of(page)
    ]
    assert sorted(actual) == sorted(expected_in(page) + expected_in(twin_of(page)))


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_page_that_breaks_it_and_one_that_nearly_does(code):
    pages = [page for page in PAGES if page.parent.name == code]
    broken = [page for page in pages if page.stem != "fine"]
    codes = {found for page in broken for *_, found in expected_in(page) + expected_in(twin_of(page))}
    assert "fine" in {page.stem for page in pages}
    assert not [expected for page in pages if page.stem == "fine" for expected in expected_in(page)]
    assert code in codes


@pytest.mark.parametrize("code", RULES)
def test_the_docstring_of_a_rule_is_its_manual(code):
    text = manual(code)
    assert re.match(r"[A-Z].*\.(\n|$)", text), text
    assert re.search(r"^Bad: ", text, re.MULTILINE)
    assert re.search(r"^Good: ", text, re.MULTILINE)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_complaint_is_a_sentence_without_gaps(page, language):
    set_language(language)
    for one in complaints_of(page):
        assert re.search(r"[。.?？:」}>)\w]$", one.message), one.message
        assert "{found}" not in one.message + one.hint
        assert "{instead}" not in one.message + one.hint
