"""Pages, questions and proofs as plain lines: no colour, no cursor play."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from studyapp.cli.context import Context
from studyapp.domain.asking import how_to_answer, instructions
from studyapp.domain.document import Block, Figure
from studyapp.domain.question import AnswerKey, ExpressionKey, KnownMistake, Question
from studyapp.domain.text import Text
from studyapp.kernel.messages import guarded
from studyapp.kernel.service import Service
from studyapp.language import strict_tex
from studyapp.pages.blocks import read_blocks
from studyapp.study.figures import View, figure_lines, requests_for
from studyapp.study.networks import question_picture
from studyapp.study.slips import first_sentence
from studyapp.typeset.document import Line, RenderOptions, plain_text, set_document

KEY_SHOWN = Text(ja="正答:", en="Answer:")
EXERCISE_MARK = Text(ja="▶ 練習: {heading}  （{exercise}）", en="▶ Exercise: {heading}  ({exercise})")

PIPE_WIDTH = 80


def width() -> int:
    """Cells a line may take: the terminal's, and 80 where there is none."""
    return min(100, shutil.get_terminal_size().columns) if sys.stdout.isatty() else PIPE_WIDTH


def blocks_text(blocks: tuple[Block, ...], context: Context, service: Service | None = None) -> str:
    """A document as text; with a service, its figures are drawn."""

    def picture(figure: Figure, columns: int) -> tuple[Line, ...]:
        return () if service is None else guarded(partial(_picture, figure, columns, context, service), ())

    setting = RenderOptions(
        context.ascii_math,
        EXERCISE_MARK(),
        mark_headings=True,
        picture=picture,
        spoken=context.speak,
    )
    return plain_text(set_document(blocks, width(), setting))


def _picture(figure: Figure, columns: int, context: Context, service: Service) -> tuple[Line, ...]:
    """A figure, or one for each of its choices."""
    lines: list[Line] = []
    for choice in range(1 if figure.training else max(1, len(figure.choices))):
        replies = [service.answer(request) for request in requests_for(figure, choice)]
        plain = context.ascii_math
        lines += [()] if lines else []
        lines += figure_lines(figure, View(choice), replies, columns, ascii_only=plain, described=True)
    return tuple(lines)


def markdown_text(markdown: str, context: Context) -> str:
    """Filled Markdown as text."""
    return blocks_text(read_blocks(markdown), context)


def question_text(question: Question, context: Context) -> str:
    """A question as it is asked: prompt, options, how to answer."""
    parts = [markdown_text(question.prompt, context)]
    if not context.speak:
        parts.append(plain_text(question_picture(question, width(), ascii_only=context.ascii_math)))
    if question.options:
        parts.append("\n".join(f"{one.label}) {markdown_text(one.text, context)}" for one in question.options))
    parts.append("\n".join(instructions(question)))
    return "\n\n".join(part for part in parts if part)


def step_text(question: Question, number: int, context: Context) -> str:
    """One ask of a derivation (from 0): what is asked, and how to answer."""
    step = question.steps[number]
    ask = markdown_text(step.ask, context)
    return f"({number + 1}/{len(question.steps)}) {ask}\n{how_to_answer(step.key)}"


def answer_text(key: AnswerKey, answer: str, context: Context) -> str:
    """A key for reading: a formula is typeset, anything else is as it can be typed."""
    tex = strict_tex(answer) if isinstance(key, ExpressionKey) else None
    return answer if tex is None else markdown_text(f"${tex}$", context).strip()


def _mistake_lines(mistakes: Sequence[KnownMistake], context: Context) -> Iterator[str]:
    """Each foreseen mistake: the answer that it leads to, and what it is."""
    for one in mistakes:
        sentence = " ".join(markdown_text(first_sentence(one.sentence), context).split())
        yield f"{one.answer}  {sentence}".rstrip()


def full_text(drawn: Question, context: Context, *, with_key: bool) -> str:
    """A question for reading, with its answer and solution where they are asked for."""
    parts = [question_text(drawn, context)]
    for number, step in enumerate(drawn.steps):
        parts.append(step_text(drawn, number, context))
        if with_key:
            parts.append("\n".join([f"{KEY_SHOWN()} {step.answer}", *_mistake_lines(step.mistakes, context)]))
    if with_key and not drawn.steps:
        parts.append(f"{KEY_SHOWN()} {drawn.answer}")
        parts.append("\n".join(_mistake_lines(drawn.mistakes, context)))
    if with_key:
        parts.append(markdown_text(drawn.solution, context))
    return "\n\n".join(part for part in parts if part) + "\n"
