"""A page is refused, with the line where it becomes too much, before anything whose time grows faster than the page."""

import os
import socket
from pathlib import Path

import pytest

from studyapp.domain import limits
from studyapp.domain.text import set_language
from studyapp.pages.page import Page, page_of
from studyapp.pages.source import Source
from tests.pages.reading import read_page


def read(text: str) -> Page:
    return page_of(Source.of(text), "area/topic", "ja")


def table(columns: int, rows: int) -> str:
    return f"|{'a|' * columns}\n|{'-|' * columns}\n" + "|a\n" * rows


AT_BOUND = {
    "lines": (lambda n: "\n" * n, limits.PAGE_LINES - 5, "too-many-lines", 6001),
    "definitions": (
        lambda n: "".join(f"[r{k}]: u\n" for k in range(n)),
        limits.LINK_DEFINITIONS,
        "too-many-definitions",
        4 + limits.LINK_DEFINITIONS + 1,
    ),
    "quoted definitions": (
        lambda n: "".join(f"> [r{k}]: u\n" for k in range(n)),
        limits.LINK_DEFINITIONS,
        "too-many-definitions",
        4 + limits.LINK_DEFINITIONS + 1,
    ),
    "cells of short rows": (lambda n: table(limits.TABLE_CELLS // 20 - 1, n), 19, "too-many-cells", 6),
    "holes": (lambda n: "{{ a }}\n" * n, limits.PAGE_HOLES, "too-many-holes", 4 + limits.PAGE_HOLES + 1),
    "marks of a paragraph": (lambda n: "a" + "* a" * n, 3_000, "too-many-marks", 5),
    "marks of all paragraphs": (lambda n: "*a*\n\n" * n, limits.PAGE_MARKS // 2, "too-many-lines", 6001),
    "cells full of marks": (lambda n: table(3, 1).replace("|a\n", f"|{'_a ' * n}\n"), 3_000, "too-many-marks", 7),
    "values in lines": (
        lambda n: "## 問\n\n値は。\n\n```yaml key\nid: one\n" + "a: b\n" * (n - 1) + "```\n",
        limits.YAML_VALUES,
        "too-many-facts",
        9,
    ),
    "values in brackets": (
        lambda n: "```yaml figure\na: [" + "b," * (n - 1) + "]\n```\n",
        limits.YAML_VALUES,
        "too-many-facts",
        5,
    ),
    "signs": (lambda n: "=" * n, limits.PAGE_SIGNS, "too-many-marks", 5),
}


@pytest.mark.parametrize(("make", "most", "code", "line"), AT_BOUND.values(), ids=AT_BOUND)
def test_what_is_just_too_much_is_refused_with_its_line_and_what_is_not_is_read(make, most, code, line):
    head = "---\nitem: [13]\n---\n# 題\n" if code == "too-many-lines" else "# 題\n\n本文。\n\n"
    if code != "too-many-lines":
        assert not any(complaint.code.startswith("too-many") for complaint in read(head + make(most)).complaints)
    page = read(head + make(most + 10 if code == "too-many-lines" else most + 1))
    assert [(complaint.code, complaint.place.line) for complaint in page.complaints] == [(code, line)]
    assert not page.readable


def test_many_paragraphs_may_not_have_more_marks_together_than_one_page_has():
    page = read("# 題\n\n" + ("**a** " * 200 + "\n\n") * 20)
    assert [complaint.code for complaint in page.complaints] == ["too-many-marks"]


def test_what_is_code_is_not_markdown_and_has_no_bound_but_that_of_its_lines():
    page = read("# 題\n\n```python\n" + "[[*_`" * 10_000 + "\n```\n")
    assert page.complaints == ()


HIDDEN_BEHIND = {
    "a fence in a comment": "<!--\n```\n-->\n\n{}\n\n```\n",
    "a fence in a list": "- a\n\n  ```\n  b\n\n{}\n",
    "a fence in HTML": "<div>\n```\n\n{}\n\n```\n",
    "a fence in a formula": "$$\n```\n$$\n\n{}\n",
}


@pytest.mark.parametrize("around", HIDDEN_BEHIND.values(), ids=HIDDEN_BEHIND)
def test_marks_do_not_hide_behind_what_only_looks_like_a_fence(around):
    page = read("# 題\n\n" + around.format("*a " * 3_100))
    assert "too-many-marks" in [complaint.code for complaint in page.complaints]


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


SPECIAL = {
    "a pipe": make_pipe,
    "a socket": make_socket,
    "a folder": Path.mkdir,
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("make", SPECIAL.values(), ids=SPECIAL)
def test_only_a_regular_file_is_a_page(make, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make(Path("a.md"))
    set_language("en")
    page = read_page(Path("a.md"), "a.md")
    assert [complaint.code for complaint in page.complaints] == ["unreadable-file"]
    assert not page.readable
    assert page.complaints[0].message.isascii()


def test_a_link_to_a_page_is_a_page_and_one_to_nothing_is_none(tmp_path):
    (tmp_path / "page.md").write_text("# 題\n", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("page.md")
    (tmp_path / "dangling.md").symlink_to("none.md")
    assert read_page(tmp_path / "link.md", "link.md").complaints == ()
    assert [one.code for one in read_page(tmp_path / "dangling.md", "dangling.md").complaints] == ["missing-file"]
