"""Exports, each opened by a reader that knows nothing of studyapp."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from studyapp.cli import build
from studyapp.domain.words import EN, JA
from studyapp.typeset.mathml import mathml
from studyapp.typeset.tree import Unset
from studyapp.workshop.export.markup import html_of

VOID = {"meta", "br", "hr", "mspace", "link", "img"}
KINDS = ("ce-onehot", "sq-convention", "grad-sq", "grad-sq-vector", "ce-meaning")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder whose index of the course is kept between the tests."""
    return tmp_path_factory.mktemp("data")


def export(folder, form: str, *names: str, count: int = 2, words=JA):
    path = folder / f"out.{form}"
    arguments = ["--data", str(folder), "export", form, *names, "-n", str(count), "-o", str(path)]
    result = CliRunner().invoke(build(words), arguments)
    assert result.exit_code == 0, result.output
    return path


class Reader(HTMLParser):
    """Holds every element to its closing tag, and gathers what is there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_the_html_file_is_whole_and_fetches_nothing(data):
    reader = Reader()
    reader.feed(export(data, "html", *KINDS).read_text(encoding="utf-8"))

    assert reader.open == []
    assert reader.seen.count("article") == 10
    assert reader.seen.count("details") == 10
    assert reader.seen.count("math") >= 20
    assert not {"script", "img", "link", "iframe"} & set(reader.seen)
    assert not {"src", "href", "onclick"} & {name for name, _ in reader.attributes}
    assert "{{" not in reader.text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("$x$ 、次に $y$ 。", "</math>、次に <math"),
        ("$x$ 。", "</math>。</p>"),
        ("$x$ のとき", "</math> のとき"),
        ("**語** 、", "</strong> 、"),
    ],
)
def test_no_space_stands_between_a_formula_and_a_japanese_mark(markdown, html):
    assert html in html_of(markdown)


def test_what_is_folded_stays_off_the_paper_and_nothing_is_wider_than_it(data):
    text = export(data, "html", "delta-out").read_text(encoding="utf-8")

    printed = text.partition("@media print")[2].partition("</style>")[0]
    assert "details:not([open]) { display: none; }" in printed
    assert "break-inside: avoid" in printed
    assert "li > div { overflow-x: auto" in text
    assert "<li><math" not in text


def test_a_page_cannot_put_markup_of_its_own_into_the_file(tmp_path):
    page = tmp_path / "content" / "ja" / "area" / "page.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "---\nitem: [13]\n---\n# 題\n\n## 問\n\n<script>alert(1)</script> `<b>` $\\text{<i>}$ {{ a }}\n\n"
        "```yaml key\nid: evil\nkind: number\ndraw:\n  a: integer(2, 9)\nanswer: a\ndigits: 0\n```\n",
        encoding="utf-8",
    )

    reader = Reader()
    reader.feed(export(tmp_path, "html", "evil").read_text(encoding="utf-8"))

    assert not {"script", "b", "i"} & set(reader.seen)


def test_moodle_finds_numbers_with_tolerance_choices_and_feedback(data):
    quiz = ET.parse(export(data, "moodle", *KINDS, count=1)).getroot()  # noqa: S314 — written a moment ago

    assert quiz.tag == "quiz"
    kinds = {one.findtext("name/text", "").split()[0]: one for one in quiz.findall("question")}
    number = kinds["ce-onehot"]
    assert number.get("type") == "numerical"
    right = [one for one in number.findall("answer") if one.get("fraction") == "100"]
    assert len(right) == 1
    assert float(right[0].findtext("tolerance", "")) == 0.00005
    float(right[0].findtext("text", ""))
    choice = kinds["sq-convention"]
    assert choice.get("type") == "multichoice"
    assert sorted(float(one.get("fraction", "")) for one in choice.findall("answer")) == [0, 0, 0, 100]
    assert kinds["grad-sq"].get("type") == "essay"
    for one in quiz.findall("question"):
        assert one.findtext("questiontext/text")
        assert one.find("questiontext").get("format") == "html"


def test_the_anki_package_is_a_collection_with_a_card_for_each_question(data, tmp_path):
    pytest.importorskip("genanki", reason="the extra [export] is not installed")
    path = export(data, "anki", *KINDS)

    with zipfile.ZipFile(path) as package:
        name = next(one for one in package.namelist() if one.startswith("collection"))
        package.extract(name, tmp_path)
    connection = sqlite3.connect(tmp_path / name)
    try:
        notes = connection.execute("select guid, flds from notes").fetchall()
        cards = connection.execute("select count(*) from cards").fetchone()[0]
        decks = json.loads(connection.execute("select decks from col").fetchone()[0])
    finally:
        connection.close()

    assert len(notes) == cards == 10
    assert len({guid for guid, _ in notes}) == 10
    assert all(len(fields.split("\x1f")) == 2 for _, fields in notes)
    assert JA.workshop.export_title in {deck["name"] for deck in decks.values()}


def test_without_genanki_the_extra_is_named(data, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "genanki", None)

    result = CliRunner().invoke(build(EN), ["--data", str(data), "export", "anki", "ce-onehot"])

    assert result.exit_code == 2
    assert "studyapp[export]" in result.output


@pytest.mark.parametrize(
    "tex",
    [
        r"-\log y_c",
        r"\frac{\partial E}{\partial w^{(2)}_{13}}",
        r"\sqrt[3]{x} + \sqrt{2}",
        r"\sum_{k=1}^{n} t_k",
        r"\hat{y} \approx \overline{xy}",
        r"\left( \frac{1}{2} \right)",
        r"\begin{cases} 1 & x > 0 \\ 0 & \text{それ以外} \end{cases}",
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
        r"\underbrace{a + b}_{c} \quad a < b \& c",
        r"\operatorname{softmax}(z)_k \cdot \max_i z_i",
        r"\binom{n}{k} x'",
    ],
)
def test_a_formula_becomes_mathml_that_an_xml_parser_reads(tex):
    made = mathml(tex, display=True)
    assert not isinstance(made, Unset)

    root = ET.fromstring(made)  # noqa: S314 — written a moment ago

    counts = {"mfrac": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3, "mroot": 2}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in counts:
            assert len(element) == counts[name], made


def test_a_formula_that_cannot_be_set_is_no_mathml():
    assert isinstance(mathml(r"\nosuch"), Unset)


def test_moodle_takes_an_integer_alone(tmp_path):
    page = tmp_path / "content" / "ja" / "area" / "page.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "---\nitem: [13]\n---\n# 題\n\n## 問\n\n{{ a }}\n\n"
        "```yaml key\nid: whole\nkind: number\ndraw:\n  a: integer(1000, 2000)\nanswer: a\ndigits: 0\n```\n",
        encoding="utf-8",
    )

    quiz = ET.parse(export(tmp_path, "moodle", "whole")).getroot()  # noqa: S314 — written a moment ago

    assert {one.text for one in quiz.iter("tolerance")} == {"0"}
