"""What a terminal obeys, and what is not seen, is a complaint with its place and is shown as a sign."""

import pytest

from studyapp.domain.document import Paragraph
from studyapp.domain.text import LANGUAGES, speaking
from studyapp.pages.page import Page, page_of
from studyapp.pages.source import Source

UNSEEN = {
    "escape": "\x1b",
    "bell": "\x07",
    "delete": "\x7f",
    "C1 control": "\x9b",
    "soft hyphen": "\u00ad",
    "direction override": "\u202e",
    "direction isolate": "\u2066",
    "direction mark": "\u200f",
    "zero width space": "\u200b",
    "zero width non-joiner": "\u200c",
    "joiner between letters": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "line separator": "\u2028",
    "tag": "\U000e0041",
    "blank letter": "\u3164",
}


def read(text: str) -> Page:
    return page_of(Source.of(text), "area/topic", "ja")


def complaints(page: Page) -> list[tuple[str, int, int, str]]:
    return [(one.code, one.place.line, one.place.column, one.message) for one in page.complaints]


@pytest.mark.parametrize("character", UNSEEN.values(), ids=UNSEEN)
def test_in_a_title_and_in_the_text_it_is_named_at_its_place_and_never_shown(character):
    page = read(f"# 題{character}目\n\n本文の{character}途中。\n")
    name = f"U+{ord(character):04X}"
    assert [(code, line, column) for code, line, column, _ in complaints(page)] == [
        ("control-character", 1, 4),
        ("control-character", 3, 4),
    ]
    assert all(name in message for *_, message in complaints(page))
    assert character not in page.title + repr(page.body)
    assert len(page.title) == 3


@pytest.mark.parametrize("entity", ["&#x202e;", "&rlm;", "&#8203;", "&zwj;", "&shy;"])
def test_an_entity_brings_none_into_the_text(entity):
    page = read(f"# 題\n\n本文{entity}。\n")
    (paragraph,) = page.body
    assert isinstance(paragraph, Paragraph)
    assert "<U+" in repr(paragraph)


def test_facts_with_one_have_that_one_complaint():
    page = read("# 題\n\n## 問\n\n値は。\n\n```yaml key\nid: one\nkind: num\u200bber\nanswer: 1\ndigits: 0\n```\n")
    assert [(code, line, column) for code, line, column, _ in complaints(page)] == [("control-character", 9, 10)]


def test_an_escape_in_quotes_of_yaml_is_one():
    page = read('# 題\n\n## 問\n\n値は。\n\n```yaml key\nid: one\nkind: term\naccept: [a, "b\\e[31m"]\n```\n')
    assert [(code, line) for code, line, *_ in complaints(page)] == [("control-character", 10)]
    assert page.exercises[0].sound is False


def test_of_many_on_one_line_each_kind_is_named_once():
    page = read("# 題\n\n" + "a\u200b" * 1_000 + "\u202e\u202e\n")
    assert [(code, line) for code, line, *_ in complaints(page)] == [("control-character", 3)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "全角　空白",
        "葛\U000e0100城と辻\ufe00",
        "👩\u200d🔬 と 🏳\ufe0f\u200d🌈",
        "タブ\tと改行\nの次",
        "é と e\u0301 と か\u3099",
        "非改行\u00a0空白",
    ],
)
def test_what_is_seen_may_stand(text):
    assert read(f"# 題\n\n{text}\n").complaints == ()


def test_the_sentence_names_the_code_point_in_both_languages():
    for language in LANGUAGES:
        with speaking(language):
            assert "U+200B" in read("# 題\n\na\u200bb\n").complaints[0].message
