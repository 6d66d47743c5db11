"""Texts of questions as lines: Markdown, plain sentences, and what is said of a wrong answer.

The kernel reads the Markdown of a question while it is drawn; a text that it has not read is read here.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from studyapp.domain.asking import fixed_conventions
from studyapp.domain.document import Block, Figure, figures_in
from studyapp.domain.place import PageSource
from studyapp.domain.question import KnownMistake, Question, Step, Undrawable
from studyapp.domain.verdict import Verdict
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw, Read
from studyapp.screens.images import image_files
from studyapp.study.figures import View, figure_lines, requests_for
from studyapp.study.practice import Turn
from studyapp.study.slips import DRAWINGS, can_be_made
from studyapp.typeset.document import NO_BREAK, Line, RenderOptions, Span, held, plain_text, set_document
from studyapp.typeset.layout import set_formula
from studyapp.typeset.lines import wrap
from studyapp.typeset.tree import TexError
from studyapp.typeset.width import cells, pad

Ask = Callable[[Any], Awaitable[Any]]
Kept = TypeVar("Kept")
Known = TypeVar("Known")
FIGURE, IMAGE = "yaml figure", "!["  # what a text holds that has such a thing
ANY_WIDTH = 1000  # cells in which a sentence surely fits on one line
NUMBERED = 4  # cells before what is numbered
MOST_READ = 512  # texts that are kept once they are read, and figures once they are drawn
_READ: dict[str, tuple[Block, ...]] = {}
_DRAWN: dict[Figure, tuple[object, ...]] = {}


async def read_ahead(texts: Iterable[str], ask: Ask) -> None:
    """Have the kernel read texts that are not known yet; where it fails, they are read when they are shown."""
    unread = tuple(dict.fromkeys(text for text in texts if text not in _READ))
    if not unread:
        return
    with suppress(KernelFailure):
        for text, document in zip(unread, await ask(Read(unread)), strict=True):
            _keep(_READ, text, document)


async def draw_ahead(texts: Iterable[str], ask: Ask) -> bool:
    """Have the kernel draw the figures in texts; whether there are any. Raises `KernelFailure`."""
    figures = [figure for text in texts if FIGURE in text for figure in figures_in(blocks(text))]
    for figure in figures:
        if figure.training is None and figure not in _DRAWN:
            _keep(_DRAWN, figure, tuple([await ask(request) for request in requests_for(figure)]))
    return bool(figures)


async def question_of(source: PageSource, turn: Turn, ask: Ask) -> Question | Undrawable:
    """The question of a turn, with all that it begins with read and drawn. Raises `KernelFailure`."""
    question = await _possible(source, turn, ask)
    if isinstance(question, Question):
        await read_ahead(texts_at_first(question), ask)
        await draw_ahead(texts_at_first(question), ask)
    return question


async def _possible(source: PageSource, turn: Turn, ask: Ask) -> Question | Undrawable:
    """The question of a turn, one in which its mistake can be made where it has one."""
    for seed in range(turn.seed, turn.seed + DRAWINGS if turn.mistake else turn.seed):
        drawn: Question | Undrawable = await ask(Draw(source, turn.exercise, seed))
        if isinstance(drawn, Question) and can_be_made(drawn, turn.mistake):
            return drawn
    first: Question | Undrawable = await ask(Draw(source, turn.exercise, turn.seed))
    return first


def blocks(markdown: str) -> tuple[Block, ...]:
    """A question's text as blocks; read once."""
    if markdown not in _READ:
        from studyapp.pages.blocks import read_blocks

        _keep(_READ, markdown, read_blocks(markdown))
    return _READ[markdown]


def _keep(kept: dict[Kept, tuple[Known, ...]], key: Kept, value: tuple[Known, ...]) -> None:
    if len(kept) >= MOST_READ:
        del kept[next(iter(kept))]
    kept[key] = value


def picture(figure: Figure, width: int, *, ascii_only: bool = False) -> tuple[Line, ...]:
    """A figure at its first value; nothing as long as it is not drawn."""
    replies = _DRAWN.get(figure)
    return () if replies is None else figure_lines(figure, View(), replies, width, ascii_only=ascii_only)


def images_of(texts: Iterable[str], folder: str) -> dict[Path, str]:
    """The files of the images in texts, each with what it shows in words."""
    return image_files((block for text in texts if IMAGE in text for block in blocks(text)), folder)


def asked_text(question: Question) -> str:
    """The prompt with the conventions that it fixes: in its last sentence's paragraph where it ends with one."""
    fixed, prompt = fixed_conventions(question.convention), question.prompt.rstrip()
    if not fixed:
        return prompt
    if prompt.endswith(("。", "？")):
        return prompt + fixed
    return f"{prompt} {fixed}" if prompt.endswith((".", "?")) else f"{prompt}\n\n{fixed}"


def texts_at_first(question: Question) -> Iterator[str]:
    """The texts with which a question begins."""
    yield asked_text(question)
    yield from (option.text for option in question.options)
    for step in question.steps:
        yield step.ask
        yield from (option.text for option in step.options)


def texts_afterwards(question: Question) -> Iterator[str]:
    """The texts that are shown when they are asked for, or after an answer."""
    parts: tuple[Question | Step, ...] = (question, *question.steps)
    for part in parts:
        yield from (*part.hints, part.solution)
        yield from (mistake.sentence for mistake in part.mistakes)
        yield from (option.said for option in part.options)
    if question.steps:
        yield from question.solution.split("\n")


def markdown_lines(markdown: str, width: int, options: RenderOptions) -> tuple[Line, ...]:
    """Markdown as lines."""
    drawn = partial(picture, ascii_only=options.ascii_only)
    return set_document(blocks(markdown), width, replace(options, picture=drawn))


def one_line(markdown: str, options: RenderOptions) -> str:
    """Markdown as plain text on one line."""
    return " ".join(plain_text(markdown_lines(markdown, ANY_WIDTH, options)).split())


def worked_lines(markdown: str, width: int, options: RenderOptions) -> tuple[Line, ...]:
    """A worked step as lines; one that is a formula alone is set in two dimensions, one equality below the other."""
    tex = markdown.strip()
    if not (tex.startswith("$") and tex.endswith("$") and "$" not in tex[1:-1]):
        return markdown_lines(markdown, width, options)
    whole = _boxes((tex[1:-1],), width, options)
    parts = [part.strip() for part in re.split(r"(?= = )", tex[1:-1])]
    return whole or _boxes(parts, width, options) or markdown_lines(markdown, width, options)


def derivation_lines(markdown: str, width: int, options: RenderOptions) -> Iterator[Line]:
    """A worked derivation as lines: each numbered formula set as a worked step, anything else as Markdown."""
    for place, row in enumerate(markdown.split("\n")):
        number, dot, formula = row.partition(". ")
        if place:
            yield ()
        if dot and number.isdigit() and formula.startswith("$"):
            yield from led(pad(f"{number}.", NUMBERED), "mark", worked_lines(formula, width - NUMBERED, options))
        else:
            yield from markdown_lines(row, width, options)


def _boxes(formulas: Sequence[str], width: int, options: RenderOptions) -> tuple[Line, ...]:
    """The rows of formulas, none where one of them cannot be set or is too wide."""
    lines: list[Line] = []
    for tex in formulas:
        box = set_formula(tex, ascii_only=options.ascii_only)
        if isinstance(box, TexError) or box.width > width:
            return ()
        lines += ((Span(row, "math"),) for row in box.rows)
    return tuple(lines)


def plain_lines(text: str, width: int, role: str = "") -> Iterator[Line]:
    """A plain text as lines; nothing in it is Markdown. A formula (`math`) is broken as one."""
    for line in text.split("\n"):
        for piece in wrap(held(line, width) if role == "math" else line, width):
            yield (Span(piece.replace(NO_BREAK, " ") if role == "math" else piece, role),)


def message_lines(
    verdict: Verdict, mistakes: Sequence[KnownMistake], width: int, options: RenderOptions
) -> Iterator[Line]:
    """What a verdict says: an author's own sentence is Markdown, others may quote the answer and are plain."""
    if not verdict.message:
        return
    if any(mistake.name == verdict.mistake and mistake.sentence for mistake in mistakes):
        yield from markdown_lines(verdict.message, width, options)
    else:
        yield from plain_lines(verdict.message, width)


def indented(lines: Iterable[Line], indent: int = 2) -> Iterator[Line]:
    """The lines some cells to the right."""
    for line in lines:
        yield (Span(" " * indent), *line) if line else ()


def led(lead: str, role: str, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines behind a lead: it comes before the first, and the others begin below it."""
    for number, line in enumerate(lines):
        yield (Span(lead if number == 0 else " " * cells(lead), role), *line)
