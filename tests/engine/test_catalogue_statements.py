"""What every entry says about itself: five parts of a docstring, names, a page, a row of the table."""

import re

import pytest

from studyapp.engine.catalogue.entry import Shape
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES, catalogue_table

WITHOUT_A_PAGE = {"sparse_cross_entropy_with_logits", "margin_ranking", "mmd2", "dice_loss"}
"""Losses that no page teaches: the exam names them at most, and the calculator has them."""

LOSSES = (*("regression", "classification", "margin", "metric learning"), *("divergence", "generation", "segmentation"))
EVERY = pytest.mark.parametrize("name", CATALOGUE)


@EVERY
def test_the_docstring_has_five_parts(name):
    entry = CATALOGUE[name]
    places = [entry.docstring.find(part) for part in ("\nFormula: ", "\nArgs: ", "\nReturns: ", "\nSource: ")]
    assert entry.docstring.split("\n")[0].endswith(".")
    assert -1 not in places
    assert places == sorted(places)
    assert entry.formula_text
    assert "\n" not in entry.formula_text


def test_the_table_has_one_row_an_entry_with_its_call():
    rows = catalogue_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [entry.signature for entry in CATALOGUE.values()]
    assert all(row.count(" | ") == rows[0].count(" | ") for row in rows)


@EVERY
def test_an_entry_has_names_in_both_languages(name):
    entry = CATALOGUE[name]
    assert entry.ja
    assert entry.en
    assert len(set(entry.ja)) == len(entry.ja)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.items() if entry.topic])
def test_the_page_of_an_entry_speaks_of_it(name, language, request):
    entry = CATALOGUE[name]
    page = request.config.rootpath / "content" / language / f"{entry.topic}.md"
    keys = request.config.rootpath / "content" / "ja" / f"{entry.topic}.md"
    text = (page.read_text("utf-8") + keys.read_text("utf-8")).casefold()
    assert any(all(word in text for word in _words(name)) for name in (name, *getattr(entry, language)))


@pytest.mark.parametrize("name", [entry.name for family in LOSSES for entry in FAMILIES[family] if entry.facts])
def test_a_loss_with_facts_has_its_page_unless_it_is_named_here(name):
    assert bool(CATALOGUE[name].topic) == (name not in WITHOUT_A_PAGE)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_entries_have_the_same_first_name(language):
    names = [getattr(entry, language)[0] for entry in CATALOGUE.values()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("family", ["regression", "classification", "margin", "metric learning"])
def test_what_one_chooses_among_carries_facts(family):
    maps = (Shape.MAP, Shape.ROW_MAP)
    assert all(entry.facts for entry in FAMILIES[family] if entry.shape not in maps)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s_の]|による|つき.*", name.casefold()) if word]
