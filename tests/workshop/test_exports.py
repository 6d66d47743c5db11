"""Exports, each opened by a reader that knows nothing of studyapp."""

import json
import re
import shutil
import sqlite3
import zipfile
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from studyapp.cli import program
from studyapp.domain.asking import DIGITS, ONE, SEVERAL
from studyapp.domain.document import figures_in
from studyapp.domain.place import PageSource
from studyapp.domain.text import set_language, speaking
from studyapp.engine.drawing import draw
from studyapp.kernel.service import PRINTER, Service
from studyapp.pages.blocks import read_blocks
from studyapp.typeset.mathml import mathml
from studyapp.typeset.tree import TexError
from studyapp.workshop.exports.figures import figure_svgs
from studyapp.workshop.exports.markup import EXPORT_TITLE, Markup
from studyapp.workshop.exports.moodle import GRADES, to_moodle
from studyapp.workshop.exports.sheets import INDEX
from tests.study import test_figures
from tests.tools.commands import studyapp
from tests.workshop.moodle import MARKS, Entry, marked, read_quiz

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
VECTOR = (
    "## 組\n\n$({{ a }}, {{ b }})$ の半分は？ 記法 {1:NUMERICAL:=9} は式ではない。\n\n"
    "```yaml key\nid: pair\nkind: vector\ndraw:\n"
    "  a: integer(31, 99)\n  b: integer(31, 99)\nanswer: (a / 2, b / 2)\ncheck: (a * 0.5, b * 0.5)\ndigits: 1\n```\n"
)
ORDER = (
    "## 順\n\n小さい順に並べよ。\n\n1. 一\n2. 二\n3. 三\n\n### ヒント\n1. 一から始める。\n\n"
    "```yaml key\nid: order\nkind: order\n```\n"
)
THEME = (
    "## 主題\n\n数 {{ a }} について。\n\n1. 二倍は？\n2. 偶数か。\n"
    "   - [x] はい、~#} も\n   - [ ] いいえ\n     > 二倍は偶数。\n"
    "3. 倍にすることを何という？\n\n### 誤答\n- `same` — 足し ~忘れ} #1。\n\n"
    "```yaml key\nid: theme\nkind: derivation\ndraw:\n  a: integer(31, 99)\nsteps:\n"
    "  - kind: number\n    answer: 2 * a\n    check: a + a\n    digits: 0\n    mistakes:\n      same: a + 1\n"
    "  - kind: choice\n  - kind: term\n    accept: [乗法*, 倍加]\n```\n"
)
IMAGE = (
    "## 画像\n\n次の図の ![赤い点](dot.png) は何色か。 ![点の図](dot.svg)\n\n"
    "- [x] 赤\n- [ ] 青 ![青い点](dot.png)\n\n### 解説\n![赤い点](dot.png)\n\n"
    "```yaml key\nid: image\nkind: choice\n```\n"
)
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
DRAWN_DOT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
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
    sections = (SEVERAL_RIGHT, STAR, COUNT, STEPS, DRAWN, EVIL, WHOLE, VECTOR, ORDER, THEME, IMAGE)
    (page.parent / "dot.png").write_bytes(DOT)
    (page.parent / "dot.svg").write_bytes(DRAWN_DOT)
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
        self.attributes += attrs

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
    assert html in Markup().text(markdown)


def test_what_is_folded_stays_off_the_paper_and_nothing_is_wider_than_it(data):
    text = export(data, "html", "delta-out").read_text(encoding="utf-8")
    printed = text.partition("@media print")[2].partition("</style>")[0]
    assert "details:not([open]), nav { display: none; }" in printed
    assert "break-inside: avoid" in printed
    assert "li > div { overflow-x: auto" in text
    assert "<li><math" not in text


def test_a_page_cannot_put_markup_of_its_own_into_the_file(data):
    reader = Reader()
    reader.feed(export(data, "html", "evil").read_text(encoding="utf-8"))
    assert not {"script", "b", "i"} & set(reader.seen)


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
    _, question = quiz.findall("question")  # the first one is the category
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


def test_the_card_of_a_derivation_says_how_many_digits_it_asks_for(data):
    question = drawn(data, "steps")
    with speaking("en"):
        card = Markup().prompt(question)
    assert card.count(DIGITS(count=4)) == 2  # in the language of the question


def test_signs_that_xml_cannot_hold_are_shown_as_such(data):
    question = replace(drawn(data, "star"), solution="a\ufffe\uffffb & <c>")
    quiz = ET.fromstring(to_moodle([question], {}))
    assert "a\ufffd\ufffdb &amp; &lt;c&gt;" in quiz.findtext("question/generalfeedback/text", "")


OWN = ("several", "star", "count", "steps", "drawn", "evil", "whole", "pair", "order", "theme", "image")


@pytest.fixture(scope="module")
def entries(data) -> dict[str, Entry]:
    """The questions of the page of the learner's own, as Moodle has them."""
    return {entry.name.split()[0]: entry for entry in read_quiz(export(data, "moodle", *OWN, count=1))}


def test_the_marks_are_those_that_moodle_takes():
    assert {round(float(100 * grade), 3) for grade in GRADES} == {round(mark, 3) for mark in MARKS}


@pytest.mark.parametrize(
    ("name", "kind", "blanks"),
    [
        ("several", "multichoice", ["MULTICHOICE"]),
        ("star", "shortanswer", ["SHORTANSWER"]),
        ("count", "numerical", ["NUMERICAL"]),
        ("steps", "cloze", ["NUMERICAL", "NUMERICAL"]),
        ("pair", "cloze", ["NUMERICAL", "NUMERICAL"]),
        ("order", "cloze", ["MULTICHOICE"] * 3),
        ("theme", "cloze", ["NUMERICAL", "MULTICHOICE_V", "SHORTANSWER"]),
    ],
)
def test_each_kind_becomes_what_moodle_can_mark(entries, name, kind, blanks):
    assert entries[name].kind == kind
    assert [blank.kind for blank in entries[name].blanks] == blanks


def test_moodle_marks_the_key_right_and_what_is_near_it_wrong(data, entries):
    pair, values = entries["pair"], drawn(data, "pair").values
    for blank, value in zip(pair.blanks, (values["a"], values["b"]), strict=True):
        assert marked(blank, str(float(value) / 2)) == 100
        assert marked(blank, str(float(value) / 2 + 0.1)) == 0
    number, _, term = entries["theme"].blanks
    doubled = 2 * int(drawn(data, "theme").values["a"])
    assert [marked(number, str(doubled + by)) for by in (0, 1)] == [100, 0]
    assert [marked(term, word) for word in ("倍加", "乗法*", "乗法算")] == [100, 100, 0]
    (star,) = entries["star"].blanks
    assert [marked(star, word) for word in ("a*", "<a> & b", "ab")] == [100, 100, 0]


def test_marks_of_cloze_inside_sentences_are_no_marks(entries):
    number, choice, _ = entries["theme"].blanks
    assert [answer.feedback for answer in number.answers] == ["", "足し ~忘れ} #1。"]
    assert [answer.text for answer in choice.answers if answer.percent == 100] == ["はい、~#} も"]
    assert [answer.feedback for answer in choice.answers if not answer.percent] == ["二倍は偶数。"]


def test_an_order_is_chosen_place_by_place(data, entries):
    right = drawn(data, "order").answer.split()
    assert [[answer.text for answer in blank.answers if answer.percent] for blank in entries["order"].blanks] == [
        [label] for label in right
    ]
    assert entries["order"].hints == ("<p>一から始める。</p>",)


def test_moodle_has_categories_tags_and_the_files_of_pictures(data, entries):
    assert {entry.category for entry in entries.values()} == {"$course$/top/studyapp/area/題"}
    assert entries["theme"].tags == ("area/page", "theme", "derivation")
    assert sorted(entries["image"].files.values()) == sorted([DOT, DRAWN_DOT])
    (figure,) = entries["drawn"].files.values()
    assert ET.fromstring(figure).tag.endswith("svg")


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.deep)])
def test_the_course_is_taken_by_moodle(data, course, step):
    topics = [topic for topic in course.topics if topic.exercises][::step]
    entries = read_quiz(export(data, "moodle", *(topic.id for topic in topics), count=1))
    assert len(entries) == sum(len(topic.exercises) for topic in topics)
    assert len({entry.category for entry in entries}) == len(topics)
    essays = {course.exercise(entry.name.split()[0]).kind.value for entry in entries if entry.kind == "essay"}
    assert essays <= {"expression", "code", "derivation"}
    for entry in entries:
        if entry.kind == "numerical":
            (right,) = [answer.text for answer in entry.blanks[0].answers if answer.percent == 100]
            assert marked(entry.blanks[0], right) == 100


class Collection:
    """An Anki package, opened."""

    def __init__(self, path, folder):
        with zipfile.ZipFile(path) as package:
            package.extract("collection.anki2", folder)
            numbers = json.loads(package.read("media"))
            self.media = {name: package.read(number) for number, name in numbers.items()}
        connection = sqlite3.connect(folder / "collection.anki2")
        try:
            columns = "guid, flds, notes.tags, decks, models, did"
            rows = connection.execute(f"select {columns} from notes join cards on nid = notes.id, col").fetchall()  # noqa: S608
        finally:
            connection.close()
        self.guids = [row[0] for row in rows]
        models, decks = json.loads(rows[0][4]), json.loads(rows[0][3])
        (self.model,) = [model for model in models.values() if model["name"] == "studyapp"]
        names = [field["name"] for field in self.model["flds"]]
        self.notes = [dict(zip(names, row[1].split("\x1f"), strict=True)) for row in rows]
        self.tags = [row[2].split() for row in rows]
        self.decks = [decks[str(row[5])]["name"] for row in rows]


def test_the_anki_package_has_decks_tags_and_a_field_for_hints_and_mistakes(data, tmp_path):
    pytest.importorskip("genanki", reason="the extra [export] is not installed")
    package = Collection(export(data, "anki", "ce-onehot", "sq-convention", "theme"), tmp_path)

    assert len(set(package.guids)) == len(package.notes) == 6
    assert len({*package.decks}) == 3
    assert package.decks[-1] == f"{EXPORT_TITLE()}::area::題"
    assert package.decks[0].startswith(f"{EXPORT_TITLE()}::")
    assert package.tags[-1] == ["area::page", "theme", "derivation"]
    assert all(note["Hints"] and note["Mistakes"] for note in package.notes[:2])
    assert "足し ~忘れ} #1。" in package.notes[-1]["Mistakes"]
    assert {(note["Exercise"], note["Topic"]) for note in package.notes[-2:]} == {("theme", "area/page")}
    assert all(
        f"{{{{{name}}}}}" in (template := package.model["tmpls"][0])["qfmt"] + template["afmt"]
        for name in ("Hints", "Mistakes")
    )


def test_pictures_of_a_card_are_media_of_the_package(data, tmp_path):
    pytest.importorskip("genanki", reason="the extra [export] is not installed")
    package = Collection(export(data, "anki", "image", "drawn", count=1), tmp_path)
    shown = [name for note in package.notes for name in re.findall(r'<img src="([^"]+)"', note["Question"])]
    assert set(shown) == set(package.media)
    assert DOT in package.media.values()
    assert any(b"<path" in content for content in package.media.values())


def test_a_card_is_the_same_card_in_both_languages(data, tmp_path):
    pytest.importorskip("genanki", reason="the extra [export] is not installed")
    folders = [tmp_path / language for language in ("ja", "en")]
    packages = []
    for folder in folders:
        folder.mkdir()
        run = studyapp(
            f"--lang={folder.name}", data, "export", "anki", "ce-onehot", "-n", "2", "-o", str(folder / "deck.apkg")
        )
        assert run.exit_code == 0, run.output
        packages.append(Collection(folder / "deck.apkg", folder))
    japanese, english = packages
    assert japanese.guids == english.guids
    assert japanese.model["id"] == english.model["id"]
    assert japanese.decks != english.decks
    assert japanese.notes[0]["Question"] != english.notes[0]["Question"]


def test_figures_and_images_are_in_the_file_and_an_authors_svg_runs_nothing(data):
    reader = Reader()
    reader.feed(export(data, "html", "drawn", "image", count=1).read_text(encoding="utf-8"))
    assert reader.open == []
    assert {"svg", "path", "img"} <= set(reader.seen)
    assert "script" not in reader.seen
    sources = [value for name, value in reader.attributes if name == "src"]
    assert {source.partition(",")[0] for source in sources} == {"data:image/png;base64", "data:image/svg+xml;base64"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_are_whole_with_figures_exercises_and_links_from_a_contents_page(data, tmp_path, language):
    topics = ("losses/huber", "losses/absolute-error", "backprop/forward", "area/page")
    run = studyapp(f"--lang={language}", data, "export", "pages", *topics, "-o", str(tmp_path / "pages"))
    assert run.exit_code == 0, run.output
    pages = {path.name: Reader() for path in (tmp_path / "pages").iterdir()}
    for name, reader in pages.items():
        text = (tmp_path / "pages" / name).read_text(encoding="utf-8")
        reader.feed(text)
        assert reader.open == []
        assert "{{" not in reader.text
        assert f'<html lang="{language}">' in text
    assert set(pages) == {INDEX, *(f"{topic.replace('/', '-')}.html" for topic in topics)}
    addresses = {name: [value for key, value in reader.attributes if key == "href"] for name, reader in pages.items()}
    assert set(addresses[INDEX]) == set(pages) - {INDEX}
    assert all(INDEX in addresses[name] for name in set(pages) - {INDEX})
    assert all(address in pages for name in pages for address in addresses[name])
    assert pages["losses-huber.html"].seen.count("svg") >= 3
    assert pages["losses-huber.html"].seen.count("article") == pages["losses-huber.html"].seen.count("details") >= 3
    again = studyapp(data, "export", "pages", *topics, "-o", str(tmp_path / "pages"))
    assert again.exit_code == 1
    assert "--force" in again.stderr


def test_the_pages_of_the_whole_course_are_written_where_none_is_named(data, tmp_path, course, monkeypatch):
    monkeypatch.setattr("studyapp.cli.export._drawn", lambda *_: [])  # their questions take longer than all the rest
    run = studyapp(data, "export", "pages", "-o", str(tmp_path))
    assert run.exit_code == 0, run.output
    assert {path.stem for path in tmp_path.iterdir()} >= {topic.id.replace("/", "-") for topic in course.topics}


def test_test_papers_ask_the_same_exercises_with_other_numbers_and_their_key_is_apart(data, tmp_path):
    path = tmp_path / "paper.html"
    run = studyapp(data, "export", "html", "--paper", "5", "--seeds", "A,B,7", "whole", "count", "-o", str(path))
    assert run.exit_code == 0, run.output
    paper, key = Reader(), Reader()
    paper.feed(path.read_text(encoding="utf-8"))
    key.feed((tmp_path / "paper-key.html").read_text(encoding="utf-8"))
    assert paper.open == key.open == []
    assert paper.seen.count("section") == 3
    assert paper.seen.count("article") == 15
    assert "details" not in paper.seen
    asked = re.findall(r"(whole|count) #(\d+)", key.text)
    assert len(asked) == 15
    assert len(set(asked)) == 15
    assert {exercise for exercise, _ in asked[:3]} == {"whole"}
    assert ("whole", "7") in asked
    drawn_there = studyapp(data, "question", "whole", "--seed", "7", "--with-key", "--json")
    assert json.loads(drawn_there.stdout)["answer"] in key.text
    again = studyapp(
        data, "export", "html", "--paper", "5", "--seeds", "A,B,7", "whole", "count", "-o", str(tmp_path / "b.html")
    )
    assert again.exit_code == 0
    assert (tmp_path / "b.html").read_bytes() == path.read_bytes()


def test_a_paper_is_spread_over_the_course_and_needs_no_ids(data, tmp_path):
    run = studyapp(data, "export", "html", "--paper", "8", "-o", str(tmp_path / "p.html"))
    assert run.exit_code == 0, run.output
    assert len(set(re.findall(r"\S+ #1\b", (tmp_path / "p-key.html").read_text(encoding="utf-8")))) == 8
    assert studyapp(data, "export", "html").exit_code == 2


@pytest.mark.parametrize("kind", ["points", "regions", "area", "grid", "joins", "tree"])
def test_a_figure_of_computed_numbers_is_drawn_at_each_of_its_values(kind):
    (figure,) = figures_in(read_blocks(f"```yaml figure\n{test_figures.KINDS[kind]}\n```"))
    frames = figure_svgs(figure, Service())
    assert [below.split(", ")[0].split("、")[0] for *_, below in frames] == [
        f"{figure.parameter.name} = {value:g}" for value in figure.parameter.values
    ]
    assert len({drawn for drawn, *_ in frames}) == len(frames) > 1
    assert all(ET.fromstring(drawn).tag.endswith("svg") and title for drawn, title, _ in frames)
