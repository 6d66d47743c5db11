"""Questions as Moodle XML: numbers with their tolerance, choices, short answers; other kinds as essays with a key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from studyapp.domain.question import ChoiceKey, NumberKey, Question, TermKey
from studyapp.engine.questions.shown import places_for
from studyapp.workshop.export.html import answer_html, prompt_html, stem_html
from studyapp.workshop.export.markup import html_inline, html_of

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML document may hold."""


def to_moodle(questions: Iterable[Question]) -> str:
    """The `quiz` document as text."""
    quiz = Element("quiz")
    for one in questions:
        _question(quiz, one)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def _question(quiz: Element, question: Question) -> None:
    key = None if question.steps else question.key  # the key of a derivation is that of its last step alone
    match key:
        case NumberKey():
            made = _begun(quiz, question, "numerical", stem_html(question))
            _number(made, key, question)
        case ChoiceKey():
            made = _begun(quiz, question, "multichoice", stem_html(question, with_labels=False))
            _choice(made, key, question)
        case TermKey(accept):
            made = _begun(quiz, question, "shortanswer", stem_html(question))
            SubElement(made, "usecase").text = "0"
            for term in accept:
                _answer(made, "100", term.replace("*", r"\*"))  # a bare star stands for any letters
        case _:
            made = _begun(quiz, question, "essay", prompt_html(question))
            _text(SubElement(made, "graderinfo", format="html"), answer_html(question))


def _begun(quiz: Element, question: Question, kind: str, prompt: str) -> Element:
    made = SubElement(quiz, "question", type=kind)
    _text(SubElement(made, "name"), f"{question.exercise} #{question.seed}")
    _text(SubElement(made, "questiontext", format="html"), prompt)
    _text(SubElement(made, "generalfeedback", format="html"), html_of(question.solution))
    return made


def _number(made: Element, key: NumberKey, question: Question) -> None:
    """Right within half a unit of the last place, an integer alone; each foreseen mistake with its sentence."""
    value = Fraction(key.exact)
    half = Fraction(0) if key.is_exact else Fraction(1, 2 * 10 ** places_for(value, key.digits, key.significant))
    answer = _answer(made, "100", key.exact)
    SubElement(answer, "tolerance").text = f"{float(half):.12g}"
    for mistake in question.mistakes:
        wrong = _answer(made, "0", mistake.answer)
        SubElement(wrong, "tolerance").text = f"{float(half):.12g}"
        _text(SubElement(wrong, "feedback", format="html"), html_of(mistake.sentence))


def _choice(made: Element, key: ChoiceKey, question: Question) -> None:
    SubElement(made, "single").text = str(not key.several).lower()
    SubElement(made, "shuffleanswers").text = "true"
    share, wrong = _share(len(key.right)), len(key.options) - len(key.right)
    # Points are added up: without a loss for each wrong one, ticking everything would be right.
    loss = f"-{_share(wrong)}" if key.several and wrong else "0"
    for option in question.options:
        fraction = share if option.label in key.right else loss
        answer = _answer(made, fraction, html_inline(option.text), form="html")
        _text(SubElement(answer, "feedback", format="html"), html_of(option.said))


def _share(count: int) -> str:
    """One of so many equal parts of 100, as Moodle lists them."""
    return f"{100 / count:.7g}"


def _answer(made: Element, fraction: str, text: str, form: str = "plain_text") -> Element:
    answer = SubElement(made, "answer", fraction=fraction, format=form)
    _text(answer, text)
    return answer


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _NOT_IN_XML.sub("\ufffd", text)
