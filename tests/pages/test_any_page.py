"""Whatever a file holds, there is a page, and every complaint points into the file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.place import PageSource
from studyapp.pages.page import page_of
from studyapp.pages.source import Source
from studyapp.pages.topics import read_topic
from tests.pages.reading import read_page

FIXTURES = Path(__file__).parent.parent / "fixtures" / "pages"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.rglob("*.md"))]
LINES = sorted({line for text in TEXTS for line in text.split("\n") if "expect" not in line})


def check(text: str) -> None:
    source = Source.of(text)
    lines = source.text.split("\n")
    page = page_of(source, "area/topic", "ja")
    for complaint in page.complaints:
        assert 1 <= complaint.place.line <= len(lines)
        assert 1 <= complaint.place.column <= len(lines[complaint.place.line - 1]) + 1


@given(st.text(max_size=300))
def test_any_text_is_a_page(text: str):
    check(text)


@given(st.lists(st.sampled_from(LINES), max_size=30).map("\n".join))
def test_any_lines_of_pages_are_a_page(text: str):
    check(text)


@given(st.sampled_from(TEXTS), st.data())
def test_a_page_torn_or_joined_anywhere_is_a_page(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 40, len(text))))
    check(text[:start] + data.draw(st.text(max_size=5)) + text[end:])


@given(st.text(alphabet="ab:-[]{}\"'|>#&*!? \n\t,.0日", max_size=80))
def test_any_facts_are_a_page(facts: str):
    check(f"# t\n\n## e\n\nq\n\n```yaml key\nid: a\n{facts}\n```\n")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_facts_are_refused_at_once(opening: str):
    page = page_of(Source.of(f"# t\n\n## e\n\nq\n\n```yaml key\n{opening * 20_000}\n```\n"), "a/b", "ja")
    assert [complaint.code for complaint in page.complaints] == ["too-deep"]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        pytest.param(
            "語\n日本\xff".encode("latin-1", "ignore") + b"\xff", "not-utf8", None, id="a byte that is not UTF-8"
        ),
        pytest.param("題\n日本".encode() + b"\xff", "not-utf8", (2, 3), id="a byte after Japanese text"),
        pytest.param("題\r\n日\0本".encode(), "control-character", (2, 2), id="a NUL"),
        pytest.param(b"x" * 200_001, "too-large", (1, 1), id="more than 200 kB"),
    ],
)
def test_a_file_that_is_no_text_gives_an_empty_page_and_a_complaint(tmp_path: Path, data, code, place):
    path = tmp_path / "topic.md"
    path.write_bytes(data)
    page = read_page(path, "topic.md")
    topic, _ = read_topic(PageSource("area/topic", str(path)))
    (complaint,) = page.complaints
    assert complaint.code == code
    assert place is None or (complaint.place.line, complaint.place.column) == place
    assert not page.readable
    assert page.body == ()
    assert topic is None


def test_a_missing_translation_leaves_the_japanese_topic(tmp_path: Path):
    page = FIXTURES / "right" / "ja" / "losses" / "cross-entropy.md"
    topic, complaints = read_topic(PageSource("losses/ce", str(page), str(tmp_path / "none.md"), "en"))
    assert topic is not None
    assert topic.language == "ja"
    assert len(topic.exercises) == 1
    assert [complaint.code for complaint in complaints] == ["missing-file"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_move_no_place(tmp_path: Path, line_end: str):
    path = tmp_path / "topic.md"
    text = "# 題\n\n## 問\n\n{{ 1 # 2 }}\n\n```yaml key\nid: a\n答: 1\n```\n".replace("\n", line_end)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    places = [(one.code, one.place.line, one.place.column) for one in read_page(path, "topic.md").complaints]
    assert ("unreadable-expression", 5, 6) in places
    assert ("unknown-field", 9, 1) in places
