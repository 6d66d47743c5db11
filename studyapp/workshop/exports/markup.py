"""Blocks and questions as HTML with MathML. What an author wrote is no markup there; pictures go where they are put."""

import mimetypes
import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import field
from hashlib import blake2b
from html import escape

from studyapp.domain import document
from studyapp.domain.asking import fixed_conventions, how_to_answer, instructions
from studyapp.domain.question import AnswerKey, ChoiceKey, CodeKey, ExpressionKey, Question, Step
from studyapp.domain.text import Text, speaking
from studyapp.domain.values import dataclass
from studyapp.kernel.messages import guarded
from studyapp.kernel.service import Service
from studyapp.language.formulas import key_tex
from studyapp.pages.blocks import read_blocks
from studyapp.typeset.mathml import mathml
from studyapp.typeset.tree import TexError
from studyapp.workshop.exports.figures import figure_svgs, question_svg

EXPORT_TITLE = Text(ja="studyapp の問題", en="studyapp questions")
EXPORT_ANSWER = Text(ja="答えと解説", en="Answer and solution")
_CLOSING = tuple("、。）」』】・：；？！")  # marks before which Japanese leaves no space
_WEB = re.compile(r"https?://[^\s]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file. Its name is the same wherever its content is; `text` says what it shows; `own`: we drew it."""

    ending: str
    content: bytes
    text: str
    own: bool = False

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"studyapp-{blake2b(self.content, digest_size=8).hexdigest()}{self.ending}"


def within(picture: Picture) -> str:
    """The picture as part of the document. One that an author drew stays in a file of its own: SVG may hold scripts."""
    if picture.own:
        return picture.content.decode()
    kind = mimetypes.guess_type(picture.name)[0]
    return image(f"data:{kind};base64,{b64encode(picture.content).decode()}", picture)


def image(address: str, picture: Picture) -> str:
    """An element that shows the picture at an address."""
    return f'<img src="{escape(address)}" alt="{escape(picture.text)}"/>'


def no_page(_: str) -> str:
    """The address of a page that is linked to where no other page is."""
    return ""


@dataclass(frozen=True)
class Markup:
    """Writes HTML. `show` puts a picture into it, `address` knows the pages that are linked to, by what a link says.

    `folder` is that of the page, from which images are named.
    """

    show: Callable[[Picture], str] = within
    folder: str = ""
    address: Callable[[str], str] = no_page
    mark: Callable[[document.ExerciseMark], str] = field(default=lambda _: "")
    service: Service = field(default_factory=Service)

    def text(self, markdown: str) -> str:
        """Markdown without holes."""
        return self.blocks(read_blocks(markdown))

    def blocks(self, blocks: Iterable[document.Block]) -> str:
        """Blocks of a page or a question."""
        return "\n".join(filter(None, map(self._block, blocks)))

    def line(self, markdown: str) -> str:
        """A text of one paragraph, without its element."""
        html = self.text(markdown)
        inside = html.removeprefix("<p>").removesuffix("</p>")
        return inside if html.startswith("<p>") and "<p>" not in inside else html

    def prompt(self, question: Question) -> str:
        """The prompt with what it leaves to convention, and its options or asks."""
        parts = [self.stem(question)]
        if question.steps:
            with speaking(question.language):
                asks = [self._ask(step) for step in question.steps]
            parts.append("<ol>" + "".join(f"<li>{ask}</li>" for ask in asks) + "</ol>")
        return "\n".join(filter(None, (*parts, self.options(question))))

    def stem(self, question: Question, *, labelled: bool = True) -> str:
        """The prompt, its network, how to answer (for options with labels to type), and conventions."""
        typed = labelled or question.steps or not isinstance(question.key, ChoiceKey)
        with speaking(question.language):
            lines = instructions(question) if typed else (fixed_conventions(question.convention),)
            drawn = question_svg(question)
        network = f'<p class="figure">{self._drawn(*drawn)}</p>' if drawn else ""
        return "\n".join(filter(None, (self.text(question.prompt), network, said(*lines))))

    def ask(self, step: Step) -> str:
        """What a step asks: on one line as a rule, with its blocks where it has some."""
        return self.text(step.ask) if "\n" in step.ask.strip() else f"<div>{self.line(step.ask)}</div>"

    def _ask(self, step: Step) -> str:
        return f"{self.ask(step)}{self.options(step)}{said(how_to_answer(step.key))}"

    def options(self, asked: Question | Step) -> str:
        """The options with their labels; empty where there are none."""
        items = "".join(f"<li><div>{self.line(option.text)}</div></li>" for option in asked.options)
        return f'<ol type="a">{items}</ol>' if items else ""

    def answer(self, question: Question) -> str:
        """The key as it is shown, and the solution."""
        return f"{self.key(question)}\n{self.text(question.solution)}"

    def key(self, question: Question) -> str:
        """The key as it is shown."""
        steps = "".join(f"<li><div>{self.shown(step.key, step.answer)}</div></li>" for step in question.steps)
        return f"<ol>{steps}</ol>" if steps else f"<p>{self.shown(question.key, question.answer)}</p>"

    def shown(self, key: AnswerKey, answer: str) -> str:
        """An answer as it is shown: a formula is set."""
        if isinstance(key, CodeKey):
            return f"<code>{escape(answer)}</code>"
        tex = key_tex(key, answer) if isinstance(key, ExpressionKey) else None
        return f"<strong>{escape(answer)}</strong>" if tex is None else self.line(f"${tex}$")

    def mistakes(self, question: Question) -> str:
        """The answers that mistakes lead to, with what is said of them; of a choice, what is said of its options."""
        asked: list[Question | Step] = list(question.steps) or [question]
        slips = [(slip.answer, slip.sentence) for one in asked for slip in one.mistakes]
        slips += [(option.text, option.said) for one in asked for option in one.options if option.said]
        items = "".join(f"<li>{self.line(answer)}: {self.line(sentence)}</li>" for answer, sentence in slips)
        return f"<ul>{items}</ul>" if items else ""

    def _drawn(self, svg: str, text: str) -> str:
        return self.show(Picture(".svg", svg.encode(), text, own=True))

    def _block(self, block: document.Block) -> str:
        match block:
            case document.Heading(level, content):
                return f"<h{level}>{self._inlines(content)}</h{level}>"
            case document.Paragraph(content):
                return f"<p>{self._inlines(content)}</p>"
            case document.MathBlock(tex):
                return f"<p>{_formula(tex, display=True)}</p>"
            case document.CodeBlock(code):
                return f"<pre><code>{escape(code)}</code></pre>"
            case document.List(items, start):
                inside = "".join(f"<li><div>{''.join(map(self._block, item))}</div></li>" for item in items)
                return f"<ul>{inside}</ul>" if start is None else f'<ol start="{start}">{inside}</ol>'
            case document.Quotation(content):
                return f"<blockquote>{''.join(map(self._block, content))}</blockquote>"
            case document.Table(header, rows):
                head = "".join(f"<th>{self._inlines(cell)}</th>" for cell in header)
                body = "".join(f"<tr>{''.join(f'<td>{self._inlines(cell)}</td>' for cell in row)}</tr>" for row in rows)
                return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            case document.ThematicBreak():
                return "<hr/>"
            case document.Figure(curves=curves, parts=parts):
                labels = (part.label for part in parts)
                drawn = guarded(lambda: figure_svgs(block, self.service), None) or ()
                # What cannot be drawn stays as text, so that its absence shows.
                texts = [f"<code>{escape(text)}</code>" for text in (*(curve.text for curve in curves), *labels)]
                shown = "<br/>".join(
                    self._drawn(svg, text) + (f"<br/>{escape(below)}" if below else "") for svg, text, below in drawn
                )
                shown = shown or ", ".join(texts)
                return f'<p class="figure">{shown}</p>'
            case document.ExerciseMark():
                return self.mark(block)

    def _inlines(self, content: tuple[document.Inline, ...]) -> str:
        """The parts one after the other; the space that Markdown needs after `$` is none before a Japanese mark."""
        parts: list[str] = []
        for before, part in zip((None, *content), content, strict=False):
            match before, part:
                case document.Math(), document.Plain(text) if text.lstrip(" ").startswith(_CLOSING):
                    parts.append(escape(text.lstrip(" ")))
                case _:
                    parts.append(self._inline(part))
        return "".join(parts)

    def _inline(self, part: document.Inline) -> str:
        match part:
            case document.Plain(text):
                return escape(text)
            case document.Strong(content):
                return f"<strong>{self._inlines(content)}</strong>"
            case document.Emphasis(content):
                return f"<em>{self._inlines(content)}</em>"
            case document.CodeSpan(code):
                return f"<code>{escape(code)}</code>"
            case document.Math(tex):
                return _formula(tex, display=False)
            case document.Link(content, target):
                address = target if _WEB.fullmatch(target) else self.address(target)
                inside = self._inlines(content)
                return f'<a href="{escape(address)}">{inside}</a>' if address else inside
            case document.Image(text):
                path = part.file(self.folder)
                return self.show(Picture(path.suffix.lower(), path.read_bytes(), text)) if path else escape(text)
            case document.Break():
                return "<br/>"


def hints_of(question: Question) -> tuple[str, ...]:
    """The hints as Markdown, those of the steps among them, each once."""
    steps = (hint for step in question.steps for hint in step.hints)
    return tuple(dict.fromkeys((*question.hints, *steps)))


def tags_of(question: Question) -> tuple[str, ...]:
    """What a question is found by elsewhere: topic, skill, exercise and kind."""
    return tuple(dict.fromkeys((question.topic, question.skill, question.exercise, question.kind.value)))


def said(*lines: str) -> str:
    """Lines about how to answer; empty where there are none."""
    asked = "<br/>".join(escape(line) for line in lines if line)
    return f'<p class="asked">{asked}</p>' if asked else ""


def _formula(tex: str, *, display: bool) -> str:
    element = mathml(tex, display=display)
    return f"<code>{escape(tex)}</code>" if isinstance(element, TexError) else element
