"""The course is read in an order in which nothing is used or asked before the page that introduces it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.study.library import Library
from tests.content.pages import CONTENT, PAGES

TOPICS = [page.relative_to(CONTENT / "ja").with_suffix("").as_posix() for page in PAGES]
GLOSSARY: dict[str, list[dict[str, Any]]] = yaml.safe_load((CONTENT / "glossary.yaml").read_text(encoding="utf-8"))
TERMS = [(page, term) for page, terms in GLOSSARY.items() for term in terms if "ja" in term]
LINK = re.compile(r"\[[^\]]*\]\((?P<to>[\w./-]+)\.md\)")
COMMENT = re.compile(r"<!--.*?-->")


def reading_order(course: Library) -> list[str]:
    return [topic.id for topic in course.topics]


@cache
def sentences(page: str, language: str) -> tuple[str, ...]:
    """Sentences, table rows and code of a page; facts of an exercise and comments are no part of what is read."""
    text = (CONTENT / language / f"{page}.md").read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"```yaml key\n.*?```", "", COMMENT.sub("", text), flags=re.DOTALL)
    return tuple(re.split(r"(?<=。)|(?<=[.:;]) |\n", text))


def said_by(term: dict[str, Any], language: str) -> re.Pattern[str]:
    """What says a term in one language: a name that is not a part of a longer word, or a sign."""
    names = [term[language], *(name for name in term.get("also", ()) if name.isascii() or language == "ja")]
    said = [rf"(?-i:{re.escape(name)}s?)" if name.isupper() else rf"{re.escape(name)}(?:e?s)?" for name in names]
    words = [rf"(?<![A-Za-z-]){name}(?![A-Za-z-])" for name in said if name.isascii()]  # SHAP is no shape
    words += [re.escape(name) for name in names if not name.isascii()]
    signs = [re.escape(sign) for sign in term.get("signs", ())]
    return re.compile("|".join([*(f"(?i:{word})" for word in words), *signs]))


@cache
def saying(place: int, language: str) -> re.Pattern[str]:
    """What says the term at a place of the glossary."""
    return said_by(TERMS[place][1], language)


def explained_by_then(page: str, language: str, place: int) -> Iterator[str]:
    """The sentences that say a term and do not lead to the page that introduces it."""
    said, leads_to = saying(place, language), TERMS[place][0].rpartition("/")[2]
    if not said.search("\n".join(sentences(page, language))):  # as for most terms
        return
    for sentence in sentences(page, language):
        to = {match["to"].rpartition("/")[2] for match in LINK.finditer(sentence)}
        if said.search(sentence) and leads_to not in to:
            yield sentence.strip()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", TOPICS)
def test_a_page_uses_and_asks_only_what_is_introduced_on_it_or_before(course, page, language):
    order = reading_order(course)
    early = {
        term[language]: found
        for place, (introduced, term) in enumerate(TERMS)
        if order.index(page) < order.index(term.get("named", introduced))
        and (found := list(explained_by_then(page, language, place)))
    }

    assert early == {}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("place", range(len(TERMS)), ids=[term["en"] for _, term in TERMS])
def test_the_page_that_introduces_a_term_says_it(place, language):
    page = TERMS[place][0]
    assert any(saying(place, language).search(sentence) for sentence in sentences(page, language))


def test_the_glossary_is_in_reading_order_and_names_each_term_once(course):
    order = reading_order(course)
    pages = list(GLOSSARY)

    assert pages == sorted(pages, key=order.index)
    for language in ("ja", "en"):
        names = [term[language] for _, term in TERMS]
        assert sorted(names) == sorted(set(names))
    assert all(order.index(term["named"]) < order.index(page) for page, term in TERMS if "named" in term)


@pytest.mark.parametrize("entry", [entry for entry in CATALOGUE.values() if entry.topic], ids=lambda entry: entry.name)
def test_a_search_for_what_the_catalogue_computes_finds_its_page(course, entry):
    for name in (*entry.names.ja.split("、"), *entry.names.en.split(", ")):
        assert entry.topic in {getattr(found, "topic", found.id) for found in course.search(name)}, name


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("KLダイバージェンス", "losses/divergences"),
        ("ソフトマックス", "losses/softmax"),
        ("最尤推定", "losses/likelihood"),
        ("ロジスティック回帰", "losses/binary-cross-entropy"),
        ("局所最適", "descent/gradient-descent"),
        ("モメンタム", "descent/optimisers"),
        ("アダム", "descent/optimisers"),
        ("ランキング損失", "losses/choosing"),
        ("交差　エントロピー", "losses/cross-entropy"),
    ],
)
def test_a_search_knows_the_words_of_the_exams(course, words, page):
    assert page in [getattr(entry, "topic", entry.id) for entry in course.search(words)[:4]]
