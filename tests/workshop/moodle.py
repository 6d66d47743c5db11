"""A reader of Moodle XML by the rules of Moodle's manual and importer, which knows nothing of studyapp.

Each question is held to what its type needs: a name, a text, marks that Moodle takes, numbers that are numbers, and
pictures that are there. A Cloze text is cut into its blanks as Moodle cuts it: `{marks:TYPE:answer~answer}`, where `=`
or `%50%` begins an answer, `#` its feedback, and entities are signs.
"""

import re
from base64 import b64decode
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

MARKS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111)
MARKS += (10, 5, 0)
TYPES = ("numerical", "multichoice", "shortanswer", "cloze", "essay", "category")
BLANKS = (
    *("NUMERICAL", "SHORTANSWER", "MULTICHOICE", "MULTICHOICE_V", "MULTICHOICE_VS", "MULTIRESPONSE"),
    *("NM", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "MC", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS"),
)
NUMBER = re.compile(r"-?(\d+[.,]?\d*|[.,]\d+)([eE][-+]?\d+)?")
VOID = {"br", "hr", "img", "mspace"}


@dataclass(frozen=True)
class Answer:
    """An answer with the percent of the mark that it is worth, and for numbers what it may differ by."""

    percent: float
    text: str
    tolerance: float = 0.0
    feedback: str = ""


@dataclass(frozen=True)
class Blank:
    """A blank of a Cloze question, or the whole of another one."""

    kind: str
    answers: tuple[Answer, ...]
    single: bool = True


@dataclass(frozen=True)
class Entry:
    """A question as Moodle has it after the import."""

    kind: str
    name: str
    category: str
    text: str
    blanks: tuple[Blank, ...]
    tags: tuple[str, ...]
    hints: tuple[str, ...]
    files: dict[str, bytes]


def read_quiz(path: Path) -> list[Entry]:
    """The questions of a file. An assertion fails where Moodle would refuse the file or a question of it."""
    quiz = ET.parse(path).getroot()
    assert quiz.tag == "quiz"
    entries, category = [], ""
    for element in quiz:
        assert element.tag == "question"
        assert element.get("type") in TYPES
        if element.get("type") == "category":
            category = element.findtext("category/text", "").strip()
            assert category.startswith("$course$/")
            assert element.find("info").get("format") in ("html", "moodle_auto_format", "plain_text", "markdown")
        else:
            entries.append(_entry(element, category))
    return entries


def _entry(element: ET.Element, category: str) -> Entry:
    kind, name = element.get("type", ""), element.findtext("name/text", "")
    assert 0 < len(name) <= 255
    texts = [element.find("questiontext"), *element.iter("generalfeedback"), *element.iter("hint")]
    texts += [*element.iter("feedback"), *element.iter("graderinfo")]
    texts += element.findall("answer") if kind == "multichoice" else []
    files: dict[str, bytes] = {}
    for text in texts:
        assert text.get("format") == "html"
        files |= _files(text)
    blanks: tuple[Blank, ...] = ()
    if kind == "cloze":
        blanks = tuple(_blanks(element.findtext("questiontext/text", "")))
    elif kind != "essay":
        single = element.findtext("single", "true") == "true"
        blanks = (Blank(kind.upper(), tuple(map(_answer, element.findall("answer"))), single),)
    for blank in blanks:
        _check(blank)
    assert blanks or kind == "essay"
    return Entry(
        kind,
        name,
        category,
        element.findtext("questiontext/text", ""),
        blanks,
        tuple(tag.findtext("text", "") for tag in element.findall("tags/tag")),
        tuple(hint.findtext("text", "") for hint in element.findall("hint")),
        files,
    )


def _files(text: ET.Element) -> dict[str, bytes]:
    """The files of a text: each that it shows is there, and each that is there is shown."""
    html, found = text.findtext("text", ""), {}
    for file in text.findall("file"):
        assert file.get("encoding") == "base64"
        assert file.get("path") == "/"
        found[file.get("name", "")] = b64decode(file.text or "", validate=True)
    assert set(re.findall(r'@@PLUGINFILE@@/([^"]+)"', html)) == set(found)
    _Balanced().feed(html)
    return found


class _Balanced(HTMLParser):
    """Holds HTML to its closing tags; nothing runs, and nothing is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "iframe", "object", "link")
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def _answer(element: ET.Element) -> Answer:
    tolerance = element.findtext("tolerance", "0")
    assert NUMBER.fullmatch(tolerance)
    feedback = element.findtext("feedback/text", "")
    return Answer(float(element.get("fraction", "")), element.findtext("text", ""), float(tolerance), feedback)


def _check(blank: Blank) -> None:
    """What Moodle holds answers to when it saves them."""
    best = max(answer.percent for answer in blank.answers)
    for answer in blank.answers:
        assert answer.text.strip()
        assert any(abs(abs(answer.percent) - mark) < 0.001 for mark in MARKS), answer
        if blank.kind in ("NUMERICAL", "NM"):
            assert NUMBER.fullmatch(answer.text.strip())
    if blank.single:
        assert best == 100
    else:
        assert abs(sum(answer.percent for answer in blank.answers if answer.percent > 0) - 100) < 0.01
    if blank.kind.startswith("MULTI"):
        assert len(blank.answers) > 1


def _blanks(text: str) -> list[Blank]:
    blanks, at = [], 0
    assert not re.search(r"\{#\d", text)
    while start := re.compile(r"\{(\d*):([A-Z_]+):").search(text, at):
        assert start[2] in BLANKS, start[0]
        pieces, at = _alternatives(text, start.end())
        answers = tuple(_alternative(piece, start[2]) for piece in pieces)
        several = start[2].startswith("MULTIRESPONSE")
        if several:  # each right one has its share, and each wrong one takes as much
            right = sum(answer.percent > 0 for answer in answers)
            answers = tuple(Answer(100 / right if one.percent else -100 / right, one.text) for one in answers)
        blanks.append(Blank(start[2], answers, not several))
    return blanks


def _alternatives(text: str, at: int) -> tuple[list[str], int]:
    """What stands between the tildes up to the brace that ends a blank. Behind `\\` and `&`, signs are no marks."""
    pieces, piece = [], ""
    while True:
        sign = text[at]
        at += 1
        if sign in "~}" and not piece.endswith(("\\", "&")):
            pieces.append(piece)
            piece = ""
            if sign == "}":
                return pieces, at
        else:
            piece += sign


def _alternative(piece: str, kind: str) -> Answer:
    mark = re.match(r"=|%(-?\d+)%", piece)
    percent = 0.0 if mark is None else 100.0 if mark[0] == "=" else float(mark[1])
    rest = piece[mark.end() :] if mark else piece
    parted = re.search(r"(?<![\\&])(?<!&amp;)#", rest)
    answer, feedback = (rest[: parted.start()], rest[parted.end() :]) if parted else (rest, "")
    feedback = unescape(feedback)
    _Balanced().feed(feedback)
    if kind == "NUMERICAL":
        number, _, tolerance = answer.partition(":")
        assert NUMBER.fullmatch(tolerance or "0")
        return Answer(percent, number, float(tolerance or 0), feedback)
    if kind.startswith("MULTI"):
        _Balanced().feed(unescape(answer))
    return Answer(percent, unescape(answer), feedback=feedback)


def marked(blank: Blank, given: str) -> float:
    """The percent that Moodle gives for a number or a text that is typed: the first answer that fits counts."""
    for answer in blank.answers:
        if blank.kind in ("NUMERICAL", "NM"):
            fits = abs(float(given) - float(answer.text)) <= answer.tolerance + 1e-12 * abs(float(answer.text))
        else:
            pattern = "".join(
                ".*" if part == "*" else re.escape(part.replace("\\*", "*"))
                for part in re.split(r"((?<!\\)\*)", answer.text)
            )
            fits = re.fullmatch(pattern, given, re.IGNORECASE) is not None
        if fits:
            return answer.percent
    return 0.0
