"""Pages, questions and proofs as plain lines: no colour, no cursor play."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.asking import how_to_answer, instructions
from studyapp.domain.document import Block, Figure, images_in
from studyapp.domain.question import AnswerKey, ExpressionKey, KnownMistake, Question, Step, Undrawable
from studyapp.domain.text import Text
from studyapp.domain.undrawable import why_undrawn
from studyapp.kernel.messages import guarded
from studyapp.kernel.requests import Draw
from studyapp.kernel.service import Service
from studyapp.language.formulas import key_tex
from studyapp.pages.blocks import read_blocks
from studyapp.study.entries import ExerciseEntry
from studyapp.study.figures import View, figure_lines, question_picture, requests_for
from studyapp.study.slips import first_sentence
from studyapp.typeset.document import Line, RenderOptions, plain_text, set_document

KEY_SHOWN = Text(ja="正答:", en="Answer:")
IMAGE_FILE = Text(ja="画像「{text}」: {file}", en="Image “{text}”: {file}")
EXERCISE_MARK = Text(ja="▶ 練習: {heading}  （{exercise}）", en="▶ Exercise: {heading}  ({exercise})")
NOT_DRAWN = Text(
    ja="練習「{exercise}」の問題を作れませんでした（{place}）: {detail}",
    en="No question could be drawn of exercise “{exercise}” ({place}): {detail}",
)

PIPE_WIDTH = 80


def draw(service: Service, entry: ExerciseEntry, seed: int) -> Question | None:
    """The question of a seed; None where there is none, which is said on standard error."""
    drawn = service.answer(Draw(entry.source, entry.id, seed))
    if isinstance(drawn, Undrawable):
        echo(not_drawn(drawn), err=True)
        return None
    return drawn


def not_drawn(undrawable: Undrawable) -> str:
    """That no question could be drawn, and why."""
    reason = why_undrawn(undrawable)
    return NOT_DRAWN(exercise=undrawable.exercise, place=undrawable.place, detail=reason)


def width() -> int:
    """Cells a line may take: the terminal's, and 80 where there is none."""
    return min(100, shutil.get_terminal_size().columns) if sys.stdout.isatty() else PIPE_WIDTH


def blocks_text(blocks: tuple[Block, ...], context: Context, *, asked: bool = False) -> str:
    """A document as text, its figures drawn. A sentence below a figure leaves out what is `asked`."""
    service, described = Service(), context.speak or not asked

    def picture(figure: Figure, columns: int) -> tuple[Line, ...]:
        return guarded(partial(_picture, figure, columns, context, service, described=described), ())

    mark, plain, spoken = EXERCISE_MARK(), context.ascii_math, context.speak
    options = RenderOptions(plain, mark, mark_headings=True, picture=picture, spoken=spoken)
    return plain_text(set_document(blocks, width(), options))


def _picture(figure: Figure, columns: int, context: Context, service: Service, *, described: bool) -> tuple[Line, ...]:
    lines: list[Line] = []
    for choice in range(1 if figure.training or figure.network else max(1, len(figure.choices))):
        replies = [service.answer(request) for request in requests_for(figure, choice)]
        lines += [()] if lines else []
        lines += figure_lines(
            figure,
            View(choice),
            replies,
            columns,
            ascii_only=context.ascii_math,
            described=described,
            drawn=not context.speak,
        )
    return tuple(lines)


def markdown_text(markdown: str, context: Context) -> str:
    """Filled Markdown as text."""
    return blocks_text(read_blocks(markdown), context, asked=True)


def sentence_text(markdown: str, context: Context) -> str:
    """Filled Markdown as text on one line."""
    return " ".join(markdown_text(markdown, context).split())


def question_text(question: Question, context: Context) -> str:
    """A question as it is asked: prompt, options, how to answer."""
    parts = [markdown_text(question.prompt, context), _image_lines(question)]
    if not context.speak:
        parts.append(plain_text(question_picture(question, width(), ascii_only=context.ascii_math)))
    parts.append(_options_text(question, context))
    return _paragraphs(*parts, "\n".join(instructions(question)))


def image_files(question: Question) -> Iterator[tuple[str, Path]]:
    """What each image of a question shows in words, and its file."""
    blocks = (block for text in question.texts if "![" in text for block in read_blocks(text))
    for image in images_in(blocks):
        if (file := image.file(question.folder)) is not None:
            yield image.text, file


def _image_lines(question: Question) -> str:
    return "\n".join(IMAGE_FILE(text=text, file=file) for text, file in image_files(question))


def step_text(question: Question, number: int, context: Context) -> str:
    """One ask of a derivation (from 0): what is asked, and how to answer."""
    step = question.steps[number]
    ask = f"({number + 1}/{len(question.steps)}) {markdown_text(step.ask, context)}"
    return "\n".join(filter(None, (ask, _options_text(step, context), how_to_answer(step.key))))


def _options_text(asked: Question | Step, context: Context) -> str:
    return "\n".join(f"{option.label}) {markdown_text(option.text, context)}" for option in asked.options)


def answer_text(key: AnswerKey, answer: str, context: Context) -> str:
    """A key for reading: a formula is typeset, anything else is as it can be typed."""
    tex = key_tex(key, answer) if isinstance(key, ExpressionKey) else None
    return f"{KEY_SHOWN()} {answer if tex is None else markdown_text(f'${tex}$', context).strip()}"


def full_text(question: Question, context: Context, *, with_key: bool) -> str:
    """A question for reading, with its answer and solution where they are asked for."""
    parts = [question_text(question, context)]
    for number, step in enumerate(question.steps):
        parts.append(step_text(question, number, context))
        if with_key:
            parts.append("\n".join([f"{KEY_SHOWN()} {step.answer}", *_mistake_lines(step.mistakes, context)]))
    if with_key and not question.steps:
        parts += [f"{KEY_SHOWN()} {question.answer}", "\n".join(_mistake_lines(question.mistakes, context))]
    if with_key:
        parts.append(markdown_text(question.solution, context))
    return _paragraphs(*parts) + "\n"


def _mistake_lines(mistakes: Sequence[KnownMistake], context: Context) -> Iterator[str]:
    for mistake in mistakes:
        yield f"{mistake.answer}  {sentence_text(first_sentence(mistake.sentence), context)}".rstrip()


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))
