"""What a question looks like, as lines: prompt, options, hints, and the verdict with its solution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from studyapp.domain.asking import OUTCOMES, PARTED, fixed_conventions, how_to_answer
from studyapp.domain.question import ChoiceKey, Question, ShownOption
from studyapp.domain.text import MONTHS, Text
from studyapp.domain.verdict import Outcome
from studyapp.screens.marked import derivation_lines, indented, markdown_lines, message_lines, plain_lines
from studyapp.screens.reading import labels_in, on_one_line
from studyapp.screens.signs import SIGNS
from studyapp.screens.sitting import Sitting, Stage
from studyapp.screens.steps import GIVEN_UP, result_line
from studyapp.study.figures import question_picture
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells

WITH_ARROWS = Text(ja="↑↓ でも選べます", en="or pick with ↑↓")
HINT = Text(ja="ヒント {at} / {count}", en="Hint {at} of {count}")
YOUR_ANSWER = Text(ja="あなたの答え", en="Your answer")
KEY = Text(ja="正解", en="Key")
SOLUTION = Text(ja="解説", en="Solution")
SAVED = Text(ja="記録しました", en="saved")
NEXT_ON = Text(ja="、次は {month} 月 {day} 日", en=", next on {day} {name}")
MEANT = Text(ja="正解（同じ意味だと判断しました）", en="correct (you meant the same)")
UNDONE = Text(ja="取り消しました", en="taken back")
NOT_KEPT = Text(ja="記録していません", en="not saved")

HANGING = 4
"""Cells before the text of an option."""
PICKED = "▸"


def prompt_lines(sitting: Sitting, width: int, setting: RenderOptions, *, heading: bool) -> Iterator[Line]:
    """The question: its heading where it gives nothing away, the prompt, its network, the conventions, the options."""
    question = sitting.question
    if question is None:
        return
    if heading and question.heading:
        yield from plain_lines(question.heading, width, "heading")
        yield ()
    yield from markdown_lines(question.prompt, width, setting)
    if question.network is not None:
        yield ()
        yield from question_picture(question, width, ascii_only=setting.ascii_only)
    if told := fixed_conventions(question.convention):
        yield ()
        yield from plain_lines(told, width, "muted")
    if question.options:
        yield ()
        yield from _options(sitting, question, width, setting)


def picked_rows(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The first row of the picked option and how many it takes; None where none is picked."""
    first = next((row for row, line in enumerate(lines) if line and line[0].text.startswith(PICKED)), None)
    if first is None:
        return None
    following = (row for row in range(first + 1, len(lines)) if not lines[row] or lines[row][0].text.strip())
    return first, next(following, len(lines)) - first


def _options(sitting: Sitting, question: Question, width: int, setting: RenderOptions) -> Iterator[Line]:
    picked = labels_in(question, sitting.typed)
    right = question.key.right if isinstance(question.key, ChoiceKey) and sitting.stage is Stage.ANSWERED else None
    for option in question.options:
        sign, role = _option_sign(option, picked, right)
        lead = f"{sign} {option.label}) "
        indent = " " * max(HANGING, cells(lead))
        text = markdown_lines(option.text, width - len(indent), setting)
        for number, line in enumerate(text):
            yield (Span(lead, role) if number == 0 else Span(indent), *_weighted(line, option.label in picked))


def _weighted(line: Line, picked: bool) -> Line:
    return tuple(Span(span.text, span.role or "strong") for span in line) if picked else line


def _option_sign(option: ShownOption, picked: Sequence[str], right: Sequence[str] | None) -> tuple[str, str]:
    if right is None:
        return (PICKED, "mark") if option.label in picked else (" ", "muted")
    if option.label in right:
        return SIGNS[Outcome.CORRECT]
    return SIGNS[Outcome.WRONG] if option.label in picked else (" ", "muted")


def one_of(sitting: Sitting) -> tuple[str, ...]:
    """The labels of which one is asked for; none where several may be right, or something else is asked."""
    if sitting.question is None or not isinstance(sitting.key, ChoiceKey) or sitting.key.several:
        return ()
    return tuple(option.label for option in sitting.question.options)


def asked_for(sitting: Sitting) -> str:
    """How an answer is to be written."""
    if sitting.key is None:
        return ""
    parts = (how_to_answer(sitting.key), WITH_ARROWS() if one_of(sitting) else "")
    return PARTED().join(part for part in parts if part)


def hint_lines(sitting: Sitting, width: int, setting: RenderOptions) -> Iterator[Line]:
    """The hints that were shown; of a derivation those of the step that is asked."""
    question, asking = sitting.question, sitting.asking
    if question is None or asking is None or (question.steps and not sitting.asked):
        return
    hints = sitting.step.hints if sitting.step is not None else question.hints
    for number, hint in enumerate(hints[: asking.step_hints], start=1):
        yield ()
        yield (Span(HINT(at=number, count=len(hints)), "mark"),)
        yield from indented(markdown_lines(hint, width - 2, setting))


def verdict_lines(sitting: Sitting, width: int, setting: RenderOptions) -> Iterator[Line]:
    """The verdict, what it rests on, and the worked solution in this question's numbers."""
    question = sitting.question
    if question is None or sitting.stage is not Stage.ANSWERED:
        return
    yield ()
    yield (Span(("-" if setting.ascii_only else "─") * width, "rule"),)
    yield _head(sitting, width)
    if not question.steps:
        if sitting.verdict is not None:
            typed = on_one_line(question.key, sitting.typed, ascii_only=setting.ascii_only)
            yield (Span(f"  {YOUR_ANSWER()}  ", "muted"), Span(typed))
        if question.answer:
            shown = on_one_line(question.key, question.answer, ascii_only=setting.ascii_only)
            yield (Span(f"  {KEY()}  ", "muted"), Span(shown, "strong"))
        yield from _reasons(sitting, question, width, setting)
    if question.solution:
        yield ()
        yield (Span(SOLUTION(), "heading"),)
        lines = derivation_lines if question.steps else markdown_lines
        yield from lines(question.solution, width, setting)


def _head(sitting: Sitting, width: int) -> Line:
    """The verdict at the left; at the right that it is saved, once it is."""
    text, role = f"· {GIVEN_UP()}", "near"
    if sitting.meant:
        text, role = f"{SIGNS[Outcome.CORRECT][0]} {MEANT()}", SIGNS[Outcome.CORRECT][1]
    elif sitting.question is not None and sitting.question.steps:
        text, role = result_line(sitting)
    elif sitting.verdict is not None:
        sign, role = SIGNS[sitting.verdict.outcome]
        text = f"{sign} {OUTCOMES[sitting.verdict.outcome]()}"
    saved = _saved(sitting)
    return (Span(text, role), Span(" " * max(2, width - cells(text) - cells(saved))), Span(saved, "muted"))


def _saved(sitting: Sitting) -> str:
    """Whether the attempt is saved, was taken back, or is not kept."""
    if sitting.undone:
        return UNDONE()
    if sitting.saved is not None:
        return saved_until(sitting.saved.comes_again)
    return NOT_KEPT() if sitting.tried else ""


def _reasons(sitting: Sitting, question: Question, width: int, setting: RenderOptions) -> Iterator[Line]:
    """The slip behind a wrong answer, and what the author says of each option that was picked."""
    verdict = sitting.verdict
    if verdict is None:
        return
    if verdict.message:
        yield ()
        yield from indented(message_lines(verdict, question.mistakes, width - 2, setting))
    picked = labels_in(question, sitting.typed)
    for option in question.options:
        if option.label in picked and option.said:
            yield ()
            yield from indented(markdown_lines(option.said, width - 2, setting))


def saved_until(day: date | None) -> str:
    """That an answer is saved, and on which day its skill comes again."""
    if day is None:
        return SAVED()
    return SAVED() + NEXT_ON(month=day.month, day=day.day, name=MONTHS[day.month - 1])
