"""Questions for elsewhere: HTML with MathML, an Anki package, Moodle XML. What an author wrote is no markup there."""

import re
from collections.abc import Iterable
from fractions import Fraction
from hashlib import blake2b
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from studyapp.domain import document
from studyapp.domain.asking import fixed_conventions, how_to_answer, instructions
from studyapp.domain.question import AnswerKey, ChoiceKey, CodeKey, ExpressionKey, NumberKey, Question, Step, TermKey
from studyapp.domain.text import Text, language, speaking
from studyapp.engine.rounding import Precision
from studyapp.language.formulas import key_tex
from studyapp.pages.blocks import read_blocks
from studyapp.typeset.mathml import mathml
from studyapp.typeset.tree import TexError

EXPORT_TITLE = Text(ja="studyapp の問題", en="studyapp questions")
EXPORT_ANSWER = Text(ja="答えと解説", en="Answer and solution")
STYLE = """
:root { color-scheme: light; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; line-height: 1.8;
  font-family: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; }
h1 { font-size: 1.4rem; }
article { border-top: 1px solid #ccc; padding: .8rem 0 1.2rem; }
h2 { font-size: 1.05rem; margin: 0 0 .4rem; }
h2 small { float: right; font-weight: normal; font-size: .75rem; color: #888; }
p { margin: .5rem 0; }
p, li > div { overflow-x: auto; overflow-y: hidden; }
li > div > p:first-child { margin-top: 0; }
ol, ul { padding-left: 2rem; margin: .5rem 0; }
.asked { color: #555; font-size: .85rem; }
pre { background: #f4f4f4; padding: .6rem .8rem; overflow-x: auto; line-height: 1.5; }
code { font-family: "Noto Sans Mono CJK JP", Menlo, Consolas, monospace; font-size: .9em; }
table { border-collapse: collapse; } td, th { border: 1px solid #bbb; padding: .2rem .6rem; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #ddd; }
details { margin-top: .8rem; } summary { cursor: pointer; color: #05a; }
details ol + ol { margin-top: 1.2rem; }
details li math { math-style: normal; }
@media print {
  body { max-width: none; margin: 0; font-size: 10.5pt; }
  article, pre, table { break-inside: avoid; }
  details:not([open]) { display: none; }
  p, pre, li > div { overflow: visible; } pre { white-space: pre-wrap; }
}
"""
"""What is folded stays off the paper: a sheet of questions, with those answers that were unfolded before."""
CARD_STYLE = ".card { font-family: sans-serif; font-size: 20px; line-height: 1.6; }"
_CLOSING = tuple("、。）」』】・：；？！")  # marks before which Japanese leaves no space
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML document may hold."""


def to_html(questions: Iterable[Question]) -> str:
    """One file: nothing is fetched, nothing runs; answers unfold."""
    articles = "\n".join(
        f'<article id="q{number}">\n<h2>{number}. <small>{escape(question.exercise)} #{question.seed}</small></h2>\n'
        f"{prompt_html(question)}\n"
        f"<details><summary>{escape(EXPORT_ANSWER())}</summary>\n{answer_html(question)}\n</details>\n</article>"
        for number, question in enumerate(questions, 1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(EXPORT_TITLE())}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(EXPORT_TITLE())}</h1>\n{articles}\n</body>\n</html>\n"
    )


def to_anki(questions: Iterable[Question], path: Path) -> None:
    """Write a package. Raises: `ImportError` without genanki (the extra `[export]`), `OSError`."""
    import genanki

    def number(name: str) -> int:
        """A number for Anki that is always the same for a name."""
        return int.from_bytes(blake2b(f"studyapp {name} {language()}".encode(), digest_size=4).digest(), "big")

    model = genanki.Model(
        number("model"),
        "studyapp",
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}],
        css=CARD_STYLE,
    )
    deck = genanki.Deck(number("deck"), EXPORT_TITLE())
    for question in questions:
        # The same question keeps its card, however often it is exported.
        guid = genanki.guid_for(question.exercise, question.seed, question.language)
        deck.add_note(genanki.Note(model=model, fields=[prompt_html(question), answer_html(question)], guid=guid))
    genanki.Package(deck).write_to_file(str(path))


def to_moodle(questions: Iterable[Question]) -> str:
    """A `quiz` document: numbers with their tolerance, choices, short answers; other kinds are essays with a key."""
    quiz = Element("quiz")
    for question in questions:
        _moodle_question(quiz, question)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def prompt_html(question: Question) -> str:
    """The prompt with what it leaves to convention, and its options or asks."""
    parts = [_stem_html(question)]
    if question.steps:
        with speaking(question.language):
            asks = [_ask_html(step) for step in question.steps]
        parts.append("<ol>" + "".join(f"<li>{one}</li>" for one in asks) + "</ol>")
    return "\n".join(filter(None, (*parts, _options_html(question))))


def _ask_html(step: Step) -> str:
    """The ask of a step: on one line as a rule, with its blocks where it has some, and its options."""
    ask = html_of(step.ask) if "\n" in step.ask.strip() else f"<div>{_html_inline(step.ask)}</div>"
    return f"{ask}{_options_html(step)}{_asked(how_to_answer(step.key))}"


def _options_html(asked: Question | Step) -> str:
    items = "".join(f"<li><div>{_html_inline(one.text)}</div></li>" for one in asked.options)
    return f'<ol type="a">{items}</ol>' if items else ""


def _stem_html(question: Question, *, with_labels: bool = True) -> str:
    """The prompt, how to answer (unless the options have no labels to type), and conventions."""
    labelled = isinstance(question.key, ChoiceKey) and not question.steps
    with speaking(question.language):
        lines = instructions(question) if with_labels or not labelled else (fixed_conventions(question.convention),)
    return "\n".join(filter(None, (html_of(question.prompt), _asked(*lines))))


def _asked(*lines: str) -> str:
    asked = "<br/>".join(escape(line) for line in lines if line)
    return f'<p class="asked">{asked}</p>' if asked else ""


def answer_html(question: Question) -> str:
    """The key as it is shown, and the solution."""
    steps = "".join(f"<li><div>{_key_html(step.key, step.answer)}</div></li>" for step in question.steps)
    shown = f"<ol>{steps}</ol>" if steps else f"<p>{_key_html(question.key, question.answer)}</p>"
    return f"{shown}\n{html_of(question.solution)}"


def _key_html(key: AnswerKey, answer: str) -> str:
    if isinstance(key, CodeKey):
        return f"<code>{escape(answer)}</code>"
    tex = key_tex(key, answer) if isinstance(key, ExpressionKey) else None
    return f"<strong>{escape(answer)}</strong>" if tex is None else _html_inline(f"${tex}$")


def _moodle_question(quiz: Element, question: Question) -> None:
    def begun(kind: str, prompt: str) -> Element:
        element = SubElement(quiz, "question", type=kind)
        _add_text(SubElement(element, "name"), f"{question.exercise} #{question.seed}")
        _add_html(element, "questiontext", prompt)
        _add_html(element, "generalfeedback", html_of(question.solution))
        return element

    match None if question.steps else question.key:  # the key of a derivation is that of its last step alone
        case NumberKey() as key:
            _moodle_number(begun("numerical", _stem_html(question)), key, question)
        case ChoiceKey() as key:
            _moodle_choice(begun("multichoice", _stem_html(question, with_labels=False)), key, question)
        case TermKey(accept):
            element = begun("shortanswer", _stem_html(question))
            SubElement(element, "usecase").text = "0"
            for term in accept:
                _add_answer(element, "100", term.replace("*", r"\*"))  # a bare star is a wildcard
        case _:
            _add_html(begun("essay", prompt_html(question)), "graderinfo", answer_html(question))


def _moodle_number(element: Element, key: NumberKey, question: Question) -> None:
    """Right within half a unit of the last place, an integer alone; each foreseen mistake with its sentence."""
    value = Fraction(key.exact)
    half = Fraction(0) if key.is_exact else Precision.of(key).shown_unit(value) / 2
    tolerance = f"{float(half):.12g}"
    SubElement(_add_answer(element, "100", key.exact), "tolerance").text = tolerance
    for mistake in question.mistakes:
        answer = _add_answer(element, "0", mistake.answer)
        SubElement(answer, "tolerance").text = tolerance
        _add_html(answer, "feedback", html_of(mistake.sentence))


def _moodle_choice(element: Element, key: ChoiceKey, question: Question) -> None:
    SubElement(element, "single").text = str(not key.several).lower()
    SubElement(element, "shuffleanswers").text = "true"
    wrong = len(key.options) - len(key.right)
    share = f"{100 / len(key.right):.7g}"
    # Points are added up: without a loss for each wrong one, ticking everything would be right.
    loss = f"-{100 / wrong:.7g}" if key.several and wrong else "0"
    for option in question.options:
        fraction = share if option.label in key.right else loss
        answer = _add_answer(element, fraction, _html_inline(option.text), form="html")
        _add_html(answer, "feedback", html_of(option.said))


def _add_answer(parent: Element, fraction: str, text: str, form: str = "plain_text") -> Element:
    answer = SubElement(parent, "answer", fraction=fraction, format=form)
    _add_text(answer, text)
    return answer


def _add_html(parent: Element, tag: str, html: str) -> None:
    _add_text(SubElement(parent, tag, format="html"), html)


def _add_text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _NOT_IN_XML.sub("\ufffd", text)


def html_of(markdown: str) -> str:
    """Markdown without holes as HTML."""
    return "\n".join(_block(block) for block in read_blocks(markdown))


def _html_inline(markdown: str) -> str:
    html = html_of(markdown)
    inside = html.removeprefix("<p>").removesuffix("</p>")
    return inside if html.startswith("<p>") and "<p>" not in inside else html


def _block(block: document.Block) -> str:
    match block:
        case document.Heading(level, content):
            return f"<h{level}>{_inlines(content)}</h{level}>"
        case document.Paragraph(content):
            return f"<p>{_inlines(content)}</p>"
        case document.MathBlock(tex):
            return f"<p>{_formula(tex, display=True)}</p>"
        case document.CodeBlock(code):
            return f"<pre><code>{escape(code)}</code></pre>"
        case document.List(items, start):
            inside = "".join(f"<li><div>{''.join(map(_block, item))}</div></li>" for item in items)
            return f"<ul>{inside}</ul>" if start is None else f'<ol start="{start}">{inside}</ol>'
        case document.Quotation(content):
            return f"<blockquote>{''.join(map(_block, content))}</blockquote>"
        case document.Table(header, rows):
            head = "".join(f"<th>{_inlines(cell)}</th>" for cell in header)
            body = "".join(f"<tr>{''.join(f'<td>{_inlines(cell)}</td>' for cell in row)}</tr>" for row in rows)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        case document.ThematicBreak():
            return "<hr/>"
        case document.Figure(network=document.Wired() as wired):
            return f"<p>[{escape(str(wired.as_json))}]</p>"
        case document.Figure(curves=curves, axes=axes):
            # What the app draws stays as text, so that its absence shows.
            named = [f"<code>{escape(curve.text)}</code>" for curve in curves]
            over = [f"{escape(axis.variable)} = {axis.low}..{axis.high}" for axis in axes]
            return f"<p>[{', '.join(named + over)}]</p>"
        case _:
            return ""


def _inlines(content: tuple[document.Inline, ...]) -> str:
    """The parts one after the other; the space that Markdown needs after `$` is none before a Japanese mark."""
    parts: list[str] = []
    for before, part in zip((None, *content), content, strict=False):
        match before, part:
            case document.Math(), document.Plain(text) if text.lstrip(" ").startswith(_CLOSING):
                parts.append(escape(text.lstrip(" ")))
            case _:
                parts.append(_inline(part))
    return "".join(parts)


def _inline(part: document.Inline) -> str:
    match part:
        case document.Plain(text):
            return escape(text)
        case document.Strong(content):
            return f"<strong>{_inlines(content)}</strong>"
        case document.Emphasis(content):
            return f"<em>{_inlines(content)}</em>"
        case document.CodeSpan(code):
            return f"<code>{escape(code)}</code>"
        case document.Math(tex):
            return _formula(tex, display=False)
        case document.Link(content):
            return _inlines(content)  # pages that are linked to are not there
        case document.Image(text):
            return escape(text)
        case document.Break():
            return "<br/>"


def _formula(tex: str, *, display: bool) -> str:
    element = mathml(tex, display=display)
    return f"<code>{escape(tex)}</code>" if isinstance(element, TexError) else element
