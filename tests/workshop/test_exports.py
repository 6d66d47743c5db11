"""Exports, each opened by a reader that knows nothing of studyapp."""

import json
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from studyapp.cli import program
from studyapp.domain.asking import DIGITS, ONE, SEVERAL
from studyapp.domain.place import PageSource
from studyapp.domain.text import set_language, speaking
from studyapp.engine.drawing import draw
from studyapp.kernel.service import PRINTER, Service
from studyapp.typeset.mathml import mathml
from studyapp.typeset.tree import TexError
from studyapp.workshop.export import EXPORT_TITLE, html_of, prompt_html, to_moodle

VOID = {"meta", "br", "hr", "mspace", "link", "img"}
KINDS = ("ce-onehot", "sq-convention", "grad-sq", "grad-sq-vector", "ce-meaning")

SEVERAL_RIGHT = (
    "## 選択\n\n選べ。\n\n- [x] 一\n- [x] 二\n- [x] 三\n- [ ] 四\n- [ ] 五\n\n"
    "```yaml key\nid: several\nkind: choice\nseveral: true\n```\n"
)
STAR = '## 用語\n\n何か。\n\n```yaml key\nid: star\nkind: term\naccept: ["A*", "<A> & B"]\n```\n'
COUNT = (
    "## 数\n\n{{ a }} の二倍は？\n\n### 誤答\n- `same` — 同じ。\n\n```yaml key\nid: count\nkind: number\ndraw:\n"
    "  a: integer(30, 99)\nanswer: 2 * a\ncheck: a + a\ndigits: 0\nmistakes:\n  same: a + 7\n```\n"
)
STEPS = (
    "## 段階\n\n{{ a }} について。\n\n1. 半分は？\n2. 七分の一は？\n\n```yaml key\nid: steps\nkind: derivation\ndraw:\n"
    "  a: integer(30, 99)\ndigits: 4\nsteps:\n  - answer: a / 2\n    check: a * 0.5\n"
    "  - answer: a / 7\n    check: a * 1 / 7\n```\n"
)
DRAWN = (
    "## 図\n\n次の曲線の $x = {{ a }}$ での値は？\n\n```yaml figure\ncurves:\n  - x**2\n"
    "over: {x: 0..9}\n```\n\n図: 二次。\n\n"
    "```yaml key\nid: drawn\nkind: number\ndraw:\n  a: integer(3, 9)\nanswer: a ** 2\ncheck: a * a\ndigits: 0\n```\n"
)
EVIL = (
    "## 印\n\n<script>alert(1)</script> `<b>` $\\text{<i>}$ {{ a }}\n\n"
    "```yaml key\nid: evil\nkind: number\ndraw:\n  a: integer(2, 9)\nanswer: a\ndigits: 0\n```\n"
)
WHOLE = (
    "## 整数\n\n{{ a }}\n\n"
    "```yaml key\nid: whole\nkind: number\ndraw:\n  a: integer(1000, 2000)\nanswer: a\ndigits: 0\n```\n"
)


@pytest.fixture(scope="module")
def data(course_index, tmp_path_factory):
    """A data folder that knows the course already, with a page of the learner's own."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(course_index, folder / "cache")
    page = folder / "content" / "ja" / "area" / "page.md"
    page.parent.mkdir(parents=True)
    sections = (SEVERAL_RIGHT, STAR, COUNT, STEPS, DRAWN, EVIL, WHOLE)
    page.write_text("---\nitem: [13]\n---\n# 題\n\n" + "\n".join(sections), encoding="utf-8")
    return folder


def drawn(folder, name: str):
    """A question of the page of the learner's own."""
    topic = Service().topic(PageSource("area/page", str(folder / "content" / "ja" / "area" / "page.md")))
    return draw(next(exercise for exercise in topic.exercises if exercise.id == name), 0, PRINTER)


def export(folder, form: str, *names: str, count: int = 2):
    path = folder / f"out.{form}"
    arguments = ["--data", str(folder), "export", form, *names, "-n", str(count), "-o", str(path), "--force"]
    result = CliRunner().invoke(program, arguments)
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


def test_a_page_cannot_put_markup_of_its_own_into_the_file(data):
    reader = Reader()
    reader.feed(export(data, "html", "evil").read_text(encoding="utf-8"))
    assert not {"script", "b", "i"} & set(reader.seen)


def test_moodle_finds_numbers_with_tolerance_choices_and_feedback(data):
    quiz = ET.parse(export(data, "moodle", *KINDS, count=1)).getroot()

    assert quiz.tag == "quiz"
    kinds = {element.findtext("name/text", "").split()[0]: element for element in quiz.findall("question")}
    number = kinds["ce-onehot"]
    assert number.get("type") == "numerical"
    right = [element for element in number.findall("answer") if element.get("fraction") == "100"]
    assert len(right) == 1
    assert float(right[0].findtext("tolerance", "")) == 0.00005
    float(right[0].findtext("text", ""))
    choice = kinds["sq-convention"]
    assert choice.get("type") == "multichoice"
    assert sorted(float(element.get("fraction", "")) for element in choice.findall("answer")) == [0, 0, 0, 100]
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
    assert EXPORT_TITLE() in {deck["name"] for deck in decks.values()}


def test_without_genanki_the_extra_is_named(data, monkeypatch):
    set_language("en")
    monkeypatch.setitem(__import__("sys").modules, "genanki", None)
    result = CliRunner().invoke(program, ["--data", str(data), "export", "anki", "ce-onehot"])
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
    assert not isinstance(made, TexError)
    root = ET.fromstring(made)
    counts = {"mfrac": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3, "mroot": 2}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in counts:
            assert len(element) == counts[name], made


def test_a_formula_that_cannot_be_set_is_no_mathml():
    assert isinstance(mathml(r"\nosuch"), TexError)


def moodle(folder, name: str) -> ET.Element:
    quiz = ET.parse(export(folder, "moodle", name, count=1)).getroot()
    (question,) = quiz.findall("question")
    return question


def test_ticking_everything_is_worth_nothing(data):
    fractions = [float(element.get("fraction", "")) for element in moodle(data, "several").findall("answer")]
    assert sorted(fractions) == [-50, -50, 33.33333, 33.33333, 33.33333]
    assert abs(sum(fractions)) < 0.001


def test_a_single_choice_loses_nothing(data):
    fractions = {element.get("fraction") for element in moodle(data, "sq-convention").findall("answer")}
    assert fractions == {"0", "100"}


@pytest.mark.parametrize("name", ["several", "sq-convention"])
def test_nothing_is_said_of_labels_where_there_are_buttons(data, name):
    stem = moodle(data, name).findtext("questiontext/text", "")
    assert ONE() not in stem
    assert SEVERAL() not in stem


def test_a_star_stands_for_itself_and_marks_are_escaped(data):
    answers = [element.findtext("text") for element in moodle(data, "star").findall("answer")]
    assert answers == [r"A\*", "<A> & B"]


def test_an_integer_is_exact_and_so_are_its_mistakes(data):
    answers = moodle(data, "count").findall("answer")
    assert {answer.get("fraction") for answer in answers} == {"100", "0"}
    assert {float(answer.findtext("tolerance", "")) for answer in answers} == {0}
    assert {element.text for element in moodle(data, "whole").iter("tolerance")} == {"0"}


@pytest.mark.parametrize("form", ["html", "moodle"])
def test_each_step_says_how_many_digits_it_asks_for(data, form):
    text = export(data, form, "steps", count=1).read_text(encoding="utf-8")
    assert text.count(DIGITS(count=4)) == 2
    assert "numerical" not in text  # of which Moodle would ask the last step alone


def test_the_card_of_a_derivation_says_how_many_digits_it_asks_for(data):
    question = drawn(data, "steps")
    with speaking("en"):
        card = prompt_html(question)
    assert card.count(DIGITS(count=4)) == 2  # in the language of the question


def test_a_figure_stays_as_text(data):
    text = export(data, "html", "drawn", count=1).read_text(encoding="utf-8")
    assert "<code>x**2</code>" in text
    assert "x = 0.0..9.0" in text


def test_signs_that_xml_cannot_hold_are_shown_as_such(data):
    question = replace(drawn(data, "star"), solution="a\ufffe\uffffb & <c>")
    quiz = ET.fromstring(to_moodle([question]))
    assert "a\ufffd\ufffdb &amp; &lt;c&gt;" in quiz.findtext("question/generalfeedback/text", "")
