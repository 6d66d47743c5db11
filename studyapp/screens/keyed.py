"""An exercise as its author looks at it: the question as the learner sees it, and all that stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyapp.domain.asking import how_to_answer
from studyapp.domain.question import KnownMistake, Question, Step
from studyapp.domain.text import Text
from studyapp.screens.asking import KEY, SOLUTION, asked_for, prompt_lines
from studyapp.screens.marked import derivation_lines, indented, markdown_lines, plain_lines, worked_lines
from studyapp.screens.reading import on_one_line
from studyapp.screens.sitting import Sitting
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells

MISTAKES = Text(ja="想定した誤答", en="Foreseen mistakes")
HINTS = Text(ja="ヒント", en="Hints")

INDENT = 5
"""Cells before what belongs to a step."""


def question_lines(sitting: Sitting, width: int, setting: RenderOptions, *, keyed: bool) -> Iterator[Line]:
    """The question of a sitting and how to answer; `keyed`, also its key with mistakes, hints and solution."""
    question = sitting.question
    if question is None:
        return
    yield from prompt_lines(sitting, width, setting, heading=True)
    for number, step in enumerate(question.steps):
        yield ()
        yield from _step(number, step, width, setting, keyed=keyed)
    if not question.steps:
        yield ()
        yield from plain_lines(asked_for(sitting), width, "muted")
    if keyed:
        yield ()
        yield (Span(("-" if setting.ascii_only else "─") * width, "rule"),)
        yield from _behind(question, width, setting)


def _behind(question: Question, width: int, setting: RenderOptions) -> Iterator[Line]:
    if not question.steps:
        yield from _key(on_one_line(question.key, question.answer, ascii_only=setting.ascii_only), width)
        yield from _mistakes(question.mistakes, width, setting)
        yield from _hints(question.hints, width, setting)
    for option in question.options:
        if option.said:
            yield ()
            yield (Span(f"{option.label})", "mark"),)
            yield from indented(markdown_lines(option.said, width - 2, setting))
    if question.solution:
        yield ()
        yield (Span(SOLUTION(), "heading"),)
        lines = derivation_lines if question.steps else markdown_lines
        yield from lines(question.solution, width, setting)


def _step(number: int, step: Step, width: int, setting: RenderOptions, *, keyed: bool) -> Iterator[Line]:
    """One ask of a derivation; its own solution stands with it where it has one."""
    lead = f"{number + 1}."
    for place, line in enumerate(markdown_lines(step.ask, width - INDENT, setting)):
        yield (Span((lead if place == 0 else "").ljust(INDENT), "mark"), *line)
    inner = width - INDENT
    yield from indented(plain_lines(how_to_answer(step.key), inner, "muted"), INDENT)
    if keyed:
        shown = on_one_line(step.key, step.answer, ascii_only=setting.ascii_only)
        yield from indented(_key(shown, inner), INDENT)
        yield from indented(_mistakes(step.mistakes, inner, setting), INDENT)
        yield from indented(_hints(step.hints, inner, setting), INDENT)
        if step.solution:
            yield from indented(worked_lines(step.solution, inner, setting), INDENT)


def _key(answer: str, width: int) -> Iterator[Line]:
    lead = f"{KEY()}  "
    for place, line in enumerate(plain_lines(answer, width - cells(lead), "strong")):
        yield (Span(lead if place == 0 else " " * cells(lead), "muted"), *line)


def _mistakes(mistakes: Sequence[KnownMistake], width: int, setting: RenderOptions) -> Iterator[Line]:
    if not mistakes:
        return
    yield ()
    yield (Span(MISTAKES(), "heading"),)
    for mistake in mistakes:
        yield (Span("× ", "bad"), Span(mistake.name, "code"), Span("  "), Span(mistake.answer))
        yield from indented(markdown_lines(mistake.sentence, width - 2, setting))


def _hints(hints: Sequence[str], width: int, setting: RenderOptions) -> Iterator[Line]:
    if not hints:
        return
    yield ()
    yield (Span(HINTS(), "heading"),)
    for number, hint in enumerate(hints, start=1):
        for place, line in enumerate(markdown_lines(hint, width - 4, setting)):
            yield (Span(f"{number}. ".ljust(4) if place == 0 else "    ", "mark"), *line)
