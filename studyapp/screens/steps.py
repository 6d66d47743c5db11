"""A derivation as lines: the steps that are given or done with their verdicts, and the one that is asked."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.domain.asking import OUTCOMES
from studyapp.domain.question import Question, Step
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Part, Verdict
from studyapp.screens.marked import indented, markdown_lines, message_lines, plain_lines, worked_lines
from studyapp.screens.reading import read
from studyapp.screens.signs import SIGNS
from studyapp.screens.sitting import Sitting
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, pad

STEP = Text(ja="ステップ {at} / {count}", en="Step {at} of {count}")
STEPS_GIVEN_ONE = Text(
    ja="はじめの {count} ステップは解いてあります。",
    en="The first step is worked out.|The first {count} steps are worked out.",
)
ALL_STEPS = Text(ja="F6 ですべて自分で解けます。", en=" F6 asks every step.")
STEP_SHOWN = Text(ja="答えを見ました", en="shown")
STEPS_RIGHT_OF = Text(ja="{count} ステップのうち {right} ステップが正解", en="{right} of {count} steps correct")
GIVEN_UP = Text(ja="解説を見ました", en="solution shown")

GIVEN = ("·", "muted")
SHOWN = ("·", "near")
INDENT = 5
"""Cells before everything that belongs to a step."""


def step_lines(sitting: Sitting, width: int, setting: RenderOptions) -> Iterator[Line]:
    """The steps before the one that is asked; the given ones worked out, the others with what became of them."""
    question, asking = sitting.question, sitting.asking
    if question is None or asking is None or not question.steps:
        return
    if asking.given:
        yield ()
        told = steps_given(asking.given, changeable=sitting.asked and not asking.parts)
        yield from plain_lines(told, width, "muted")
    for number, step in enumerate(question.steps[: asking.given]):
        yield ()
        yield from _ask(number, step, GIVEN, width, setting)
        yield from indented(worked_lines(step.solution, width - INDENT, setting), INDENT)
    for place, (part, verdict) in enumerate(zip(sitting.parts, sitting.verdicts, strict=False)):
        number = asking.given + place
        yield ()
        yield from _done(number, question, part, verdict, width, setting)


def asked_step(sitting: Sitting, width: int, setting: RenderOptions) -> Iterator[Line]:
    """The step that is asked, with its number; it stands beside the answer, so that it is always seen."""
    question, asking, step = sitting.question, sitting.asking, sitting.step
    if question is None or asking is None or asking.step is None or step is None or not sitting.asked:
        return
    lead = f"{STEP(at=asking.step + 1, count=len(question.steps))}  "
    for place, line in enumerate(markdown_lines(step.ask, width - cells(lead), setting)):
        yield (Span(lead if place == 0 else " " * cells(lead), "mark"), *line)


def result_line(sitting: Sitting) -> tuple[str, str]:
    """How a derivation went, and its role: right where every step is."""
    right = sum(part.verdict is Outcome.CORRECT for part in sitting.parts)
    every = right == len(sitting.parts)
    sign, role = SIGNS[Outcome.CORRECT if every else Outcome.WRONG]
    if len(sitting.parts) == 1 and sitting.verdict is None:
        return f"{SHOWN[0]} {GIVEN_UP()}", SHOWN[1]
    if len(sitting.parts) == 1 and sitting.verdict is not None:
        return f"{sign} {OUTCOMES[sitting.verdict.outcome]()}", role
    return f"{sign} {STEPS_RIGHT_OF(right=right, count=len(sitting.parts))}", role


def _done(
    number: int, question: Question, part: Part, verdict: Verdict | None, width: int, setting: RenderOptions
) -> Iterator[Line]:
    """One answered step: its verdict, what was answered, and where that was not right the step worked out."""
    step = question.steps[number]
    yield from _ask(number, step, SHOWN if verdict is None else SIGNS[verdict.outcome], width, setting)
    if verdict is None:
        yield from indented(_labelled(STEP_SHOWN(), (), "near"), INDENT)
    else:
        head = OUTCOMES[verdict.outcome]()
        rows = read(step.key, part.answer, ascii_only=setting.ascii_only).rows
        yield from indented(_labelled(head, rows or ((Span(part.answer),),), SIGNS[verdict.outcome][1]), INDENT)
        yield from indented(message_lines(verdict, step.mistakes, width - INDENT, setting), INDENT)
    if part.verdict is not Outcome.CORRECT:
        yield from indented(worked_lines(step.solution, width - INDENT, setting), INDENT)


def _ask(number: int, step: Step, sign: tuple[str, str], width: int, setting: RenderOptions) -> Iterator[Line]:
    lead = f"{sign[0]} {number + 1}"
    for place, line in enumerate(markdown_lines(step.ask, width - INDENT, setting)):
        yield (Span(pad(lead if place == 0 else "", INDENT), sign[1]), *line)


def _labelled(label: str, rows: tuple[Line, ...], role: str) -> Iterator[Line]:
    """A label, and a formula of some rows beside its middle."""
    middle = (len(rows) - 1) // 2
    for place, row in enumerate(rows or ((),)):
        yield (Span(label if place == max(0, middle) else " " * cells(label), role), Span("  "), *row)


def steps_given(count: int, *, changeable: bool) -> str:
    """That the first steps are shown, and the key that asks them, too, as long as it does."""
    told = STEPS_GIVEN_ONE(count=count)
    return told + ALL_STEPS() if changeable else told
