"""Questions as Moodle XML: a category for each topic, tags, hints, pictures, and a mark for what can be marked there.

Vectors, orders and derivations are Cloze questions with a blank for each entry, place or step. Moodle compares texts,
by which `2*x` is right and `x*2` is not: where a step asks for a formula or for code, it is chosen among the answers
that mistakes lead to, and a question that asks for nothing else is an essay with its key.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from studyapp.domain.asking import fixed_conventions, how_to_answer
from studyapp.domain.question import (
    ChoiceKey,
    CodeKey,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    OrderKey,
    Question,
    Step,
    TermKey,
    VectorKey,
)
from studyapp.domain.text import speaking
from studyapp.engine.rounding import Precision
from studyapp.workshop.exports.markup import Markup, Picture, hints_of, image, said, tags_of

GRADES = sorted(
    {Fraction(p, q) for q in (*range(1, 7), 10) for p in range(q + 1)} | {Fraction(1, q) for q in (7, 8, 9, 20)}
)
"""The shares of a mark that Moodle takes; a file with any other is refused."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML document may hold."""
_NUMBER = re.compile(r"-?\d+(\.\d*)?([eE][-+]?\d+)?")
_IN_CLOZE = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>~#{}=%\\"})
"""Inside a blank, where these signs have a meaning, Moodle reads entities as the signs."""


def to_moodle(questions: Iterable[Question], names: Mapping[str, Sequence[str]]) -> str:
    """A `quiz` document; `names` leads from the id of a topic to its category, from the outermost in."""
    quiz, topic, markup = Element("quiz"), "", Markup()
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            _add_category(quiz, topic, names.get(topic, topic.split("/")))
        with speaking(question.language):
            _Entry(quiz, question, replace(markup, folder=question.folder)).add()
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def _add_category(quiz: Element, topic: str, names: Sequence[str]) -> None:
    element = SubElement(quiz, "question", type="category")
    path = "/".join(name.replace("/", "//") for name in ("studyapp", *names))  # a slash alone parts the names
    _add_text(SubElement(element, "category"), f"$course$/top/{path}")
    _add_text(SubElement(element, "info", format="plain_text"), topic)


class _Entry:
    """One question of the document."""

    def __init__(self, quiz: Element, question: Question, markup: Markup) -> None:
        self.question = question
        self.markup = markup
        self.element = SubElement(quiz, "question")

    def add(self) -> None:
        question = self.question
        _add_text(SubElement(self.element, "name"), f"{question.exercise} #{question.seed}")
        self._html("generalfeedback", lambda markup: markup.text(question.solution))
        self.element.set("type", self._answers())
        for hint in hints_of(question):
            self._html("hint", partial(Markup.text, markdown=hint))
        tags = SubElement(self.element, "tags")
        for tag in tags_of(question):
            _add_text(SubElement(tags, "tag"), tag)

    def _answers(self) -> str:
        """Add the text of the question and its answers; the type that this makes of it."""
        question, key = self.question, self.question.key
        if question.steps or isinstance(key, VectorKey | OrderKey):  # the key of a derivation is that of its last step
            if all(map(_has_blank, question.steps or (question,))):
                self._html("questiontext", self._cloze)
                return "cloze"
        elif isinstance(key, ChoiceKey):
            self._html("questiontext", partial(Markup.stem, question=question, labelled=False))
            self._options(key)
            return "multichoice"
        elif isinstance(key, NumberKey | TermKey):
            self._html("questiontext", partial(Markup.stem, question=question))
            return self._number(key) if isinstance(key, NumberKey) else self._term(key)
        self._html("questiontext", partial(Markup.prompt, question=question))
        self._html("graderinfo", partial(Markup.answer, question=question))
        return "essay"

    def _number(self, key: NumberKey) -> str:
        """Right within half a unit of the last place, an integer alone; each foreseen mistake with its sentence."""
        for answer, tolerance, sentence in _numbers(key, self.question.mistakes):
            element = self._answer("0" if sentence is not None else "100", answer)
            SubElement(element, "tolerance").text = tolerance
            self._html("feedback", partial(Markup.text, markdown=sentence or ""), element)
        if key.unit:
            unit = SubElement(SubElement(self.element, "units"), "unit")
            SubElement(unit, "multiplier").text = "1"
            SubElement(unit, "unit_name").text = key.unit
        return "numerical"

    def _term(self, key: TermKey) -> str:
        SubElement(self.element, "usecase").text = "0"
        for term in key.accept:
            self._answer("100", _no_wildcard(term))
        return "shortanswer"

    def _options(self, key: ChoiceKey) -> None:
        SubElement(self.element, "single").text = str(not key.several).lower()
        SubElement(self.element, "shuffleanswers").text = "true"
        wrong = len(key.options) - len(key.right)
        # Points are added up: without a loss for each wrong one, ticking everything would be right.
        share, loss = _percent(1, len(key.right)), f"-{_percent(1, wrong)}" if key.several and wrong else "0"
        for option in self.question.options:
            element = self._html("answer", partial(Markup.line, markdown=option.text))
            element.set("fraction", share if option.label in key.right else loss)
            self._html("feedback", partial(Markup.text, markdown=option.said), element)

    def _cloze(self, markup: Markup) -> str:
        """The prompt with blanks; a step shows no labels, for Moodle shows its options."""
        question = self.question
        if not question.steps:
            stem = (
                markup.text(question.prompt),
                said(fixed_conventions(question.convention)),
                markup.options(question),
            )
            return _outside("".join(stem)) + self._blank(question, markup)
        asks = (f"<li>{_outside(markup.ask(step))}{self._blank(step, markup)}</li>" for step in question.steps)
        return f"{_outside(markup.stem(question))}\n<ol>{''.join(asks)}</ol>"

    def _blank(self, asked: Question | Step, markup: Markup) -> str:
        """What is filled in, and how."""
        match asked.key:
            case NumberKey() as key:
                return f"<p>{_numerical(key, asked.mistakes, markup)}</p>{_outside(said(how_to_answer(key)))}"
            case VectorKey() as key:
                entries = [NumberKey(number, key.digits, key.significant, key.integer) for number in key.exact]
                cells = [_numerical(entry, (), markup) for entry in entries]
                columns = key.columns or len(cells)
                rows = (
                    "".join(f"<td>{cell}</td>" for cell in cells[at : at + columns])
                    for at in range(0, len(cells), columns)
                )
                how = said(how_to_answer(entries[0]))
                return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>{_outside(how)}"
            case ExpressionKey() | CodeKey() as key:
                answers = [(asked.answer, "=", ""), *((slip.answer, "%0%", slip.sentence) for slip in asked.mistakes)]
                options = (
                    f"{mark}{_inside(markup.shown(key, answer))}#{_inside(markup.line(sentence))}"
                    for answer, mark, sentence in sorted(answers)
                )
                return f"<p>{{1:MULTICHOICE_VS:{'~'.join(options)}}}</p>"
            case ChoiceKey() as key:
                options = (
                    ("=" if option.label in key.right else "%0%")
                    + _inside(markup.line(option.text))
                    + (f"#{_inside(markup.line(option.said))}" if option.said else "")
                    for option in asked.options
                )
                return f"<p>{{1:{'MULTIRESPONSE' if key.several else 'MULTICHOICE_V'}:{'~'.join(options)}}}</p>"
            case OrderKey(right):
                labels = sorted(right)
                blanks = ("~".join(("=" if label == here else "%0%") + label for label in labels) for here in right)
                return "<p>" + " → ".join(f"{{1:MULTICHOICE:{blank}}}" for blank in blanks) + "</p>"
            case TermKey(accept) as key:
                terms = "~".join(f"={_inside(_no_wildcard(term))}" for term in accept)
                return f"<p>{{1:SHORTANSWER:{terms}}}</p>{_outside(said(how_to_answer(key)))}"

    def _answer(self, fraction: str, text: str) -> Element:
        element = SubElement(self.element, "answer", fraction=fraction, format="plain_text")
        _add_text(element, text)
        return element

    def _html(self, tag: str, write: Callable[[Markup], str], parent: Element | None = None) -> Element:
        """An element with HTML, and the files of its pictures."""
        pictures: dict[str, Picture] = {}

        def show(picture: Picture) -> str:
            pictures[picture.name] = picture
            return image(f"@@PLUGINFILE@@/{picture.name}", picture)

        element = SubElement(self.element if parent is None else parent, tag, format="html")
        _add_text(element, write(replace(self.markup, show=show)))
        for name, picture in pictures.items():
            file = SubElement(element, "file", name=name, path="/", encoding="base64")
            file.text = b64encode(picture.content).decode()
        return element


def _has_blank(asked: Question | Step) -> bool:
    if isinstance(asked.key, ExpressionKey | CodeKey):
        return isinstance(asked, Step) and bool(asked.mistakes)
    return True


def _numbers(key: NumberKey, mistakes: Iterable[KnownMistake]) -> list[tuple[str, str, str | None]]:
    """The key and the answers of mistakes, which have a sentence, each with what it may differ by."""
    half = Fraction(0) if key.is_exact else Precision.of(key).shown_unit(Fraction(key.exact)) / 2
    tolerance = f"{float(half):.12g}"
    foreseen = (mistake for mistake in mistakes if _NUMBER.fullmatch(mistake.answer))
    return [(key.exact, tolerance, None), *((mistake.answer, tolerance, mistake.sentence) for mistake in foreseen)]


def _numerical(key: NumberKey, mistakes: Iterable[KnownMistake], markup: Markup) -> str:
    answers = (
        f"={answer}:{tolerance}" if sentence is None else f"%0%{answer}:{tolerance}#{_inside(markup.line(sentence))}"
        for answer, tolerance, sentence in _numbers(key, mistakes)
    )
    return f"{{1:NUMERICAL:{'~'.join(answers)}}}"


def _percent(part: int, of: int) -> str:
    share = min(GRADES, key=lambda grade: abs(grade - Fraction(part, of)))
    return f"{float(100 * share):.7g}"


def _no_wildcard(term: str) -> str:
    return term.replace("*", r"\*")


def _inside(html: str) -> str:
    return html.translate(_IN_CLOZE)


def _outside(html: str) -> str:
    """Text of a Cloze question that begins no blank."""
    return html.replace("{", "&#123;")


def _add_text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _NOT_IN_XML.sub("\ufffd", text)
