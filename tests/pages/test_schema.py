"""The tables that read pages are complete."""

from pathlib import Path

import pytest
import yaml

from studyapp.domain.exercise import Key
from studyapp.domain.kind import Kind
from studyapp.pages import facts
from studyapp.pages.keys import FIELDS, REQUIRED
from tests.pages.reading import read_page

FIXTURES = Path(__file__).parent.parent / "fixtures" / "pages"


def test_every_fact_of_a_key_has_a_row_and_every_row_a_place_in_the_key():
    facts_of_a_key = {*Key.__dataclass_fields__, "words"} - {"place"}  # `words` are of the sentences, in each language
    assert {field.name for field in FIELDS} <= facts_of_a_key


def test_every_kind_says_what_it_needs_and_needs_only_what_it_may_have():
    kinds = {field.name: field.kinds for field in FIELDS}
    assert set(REQUIRED) == set(Kind)
    for kind, groups in REQUIRED.items():
        assert all(kind in kinds[name] for group in groups for name in group)


@pytest.mark.parametrize("page", sorted(FIXTURES.rglob("*.md")), ids=lambda page: f"{page.parts[-3]}-{page.stem}")
def test_pages_are_read_alike_with_libyaml_and_without(page: Path, monkeypatch: pytest.MonkeyPatch):
    read = []
    for loader in (yaml.BaseLoader, getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        monkeypatch.setattr(facts, "LOADER", loader)
        one = read_page(page, page.name)
        read.append((one.exercises, [(complaint.place, complaint.code) for complaint in one.complaints]))
    assert read[0] == read[1]
