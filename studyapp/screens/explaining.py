"""A question as lines once it is answered: the verdict, both answers, why, and the solution; and its author's view."""

from collections.abc import Iterator
from datetime import date

from studyapp.domain.asking import OUTCOMES, how_to_answer
from studyapp.domain.question import Question, Step
from studyapp.domain.text import MONTHS, Text
from studyapp.domain.verdict import Outcome
from studyapp.screens.asking import SHOWN, YOURS, asked_for, comment_lines, label_cells, option_rows, prompt_lines
from studyapp.screens.marked import (
    derivation_lines,
    indented,
    led,
    markdown_lines,
    message_lines,
    plain_lines,
    worked_lines,
)
from studyapp.screens.reading import on_one_line
from studyapp.screens.sitting import Current
from studyapp.screens.widgets import SIGNS
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, pad

KEY = Text(ja="正答", en="Key")
REFUTED = Text(ja="反例", en="Differs")
SOLUTION = Text(ja="解説", en="Solution")
SAVED = Text(ja="記録しました", en="saved")
NOT_KEPT = Text(ja="試しに解いただけで、記録しません", en="a trial; not recorded")
NEXT_ON = Text(ja="、次は {month} 月 {day} 日", en=", next on {day} {name}")
MEANT = Text(ja="正解（同じ意味だと判断しました）", en="correct (you meant the same)")
UNDONE = Text(ja="取り消しました", en="taken back")
STEPS_RIGHT_OF = Text(ja="{count} ステップのうち {right} ステップが正解", en="{right} of {count} steps correct")
GIVEN_UP = Text(ja="解説を見ました", en="solution shown")
MISTAKES = Text(ja="想定した誤答", en="Foreseen mistakes")
HINTS = Text(ja="ヒント", en="Hints")
NOT_REFUTED = Text(
    ja="違いの出る値の例は示せませんが、同じ式とは確かめられていません。",
    en="No values can be shown at which they differ, but they are not known to be the same.",
)
MEANT_TWICE = Text(ja="もう一度 m を押すと、同じ意味だったとして正解にします。", en="m once more calls it right.")
INDENT = 5  # cells before what belongs to a step


def role_of(current: Current) -> str:
    """The role of a verdict: `good`, `bad` or `near`."""
    return _result(current)[1]


def verdict_lines(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The verdict, the answer above the key, and what the verdict rests on."""
    if not current.answered:
        return
    text, role = _result(current)
    saved = UNDONE() if current.undone else _saved(current.comes_again) if current.event is not None else ""
    saved = NOT_KEPT() if current.trial else saved
    badge = Span(f" {text} ", f"{role}-badge")
    yield (badge, Span(" " * max(2, width - cells(badge.text + saved))), Span(saved, "muted"))
    if current.question.steps:
        return
    yield from _answers(current, width, options)
    if current.refuted is not None:
        yield from _labelled(REFUTED(), plain_lines(current.refuted or NOT_REFUTED(), width - label_cells()))
    if current.disputed:
        yield from indented(plain_lines(MEANT_TWICE(), width - label_cells(), "near"), label_cells())
    yield from _reasons(current, width, options)


def _answers(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """What was typed and what is right, one below the other, and their values, too, where arithmetic was typed."""
    key, answer = current.question.key, current.question.answer
    typed = on_one_line(key, current.typed, ascii_only=options.ascii_only) if current.verdict is not None else ""
    right = on_one_line(key, answer, ascii_only=options.ascii_only)
    if typed and current.verdict is not None and (value := current.verdict.value):
        lead = f"{typed}   = "
        typed, right = f"{lead}{value.replace('-', '−')}", pad("", cells(lead)) + right
    for label, text, role in ((YOURS(), typed, ""), (KEY(), right, "strong")):
        if text:
            yield from _labelled(label, plain_lines(text, max(8, width - label_cells()), role))


def _labelled(label: str, lines: Iterator[Line]) -> Iterator[Line]:
    return led(pad(label, label_cells()), "muted", lines)


def _result(current: Current) -> tuple[str, str]:
    """How the question went, and its role; a derivation is right where every step is."""
    parts, verdict, derived = current.parts, current.verdict, bool(current.question.steps)
    if current.meant:
        sign, role = SIGNS[Outcome.CORRECT]
        return f"{sign} {MEANT()}", role
    if derived and len(parts) > 1:
        right = sum(part.verdict is Outcome.CORRECT for part in parts)
        sign, role = SIGNS[Outcome.CORRECT if right == len(parts) else Outcome.WRONG]
        return f"{sign} {STEPS_RIGHT_OF(right=right, count=len(parts))}", role
    if verdict is None:
        return f"{SHOWN[0]} {GIVEN_UP()}", SHOWN[1]
    refused = derived and verdict.outcome is not Outcome.CORRECT
    sign, role = SIGNS[Outcome.WRONG if refused else verdict.outcome]
    return f"{sign} {OUTCOMES[verdict.outcome]()}", role


def _reasons(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The slip behind a wrong answer, and what the author says of each option that was picked."""
    question, verdict = current.question, current.verdict
    if verdict is None:
        return
    if verdict.message and verdict.message != current.refuted:
        yield ()
        yield from message_lines(verdict, question.mistakes, width, options)
    yield from comment_lines(question, current.typed, width, options)


def solution_lines(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The worked solution in this question's numbers, once it is answered."""
    if current.answered:
        yield from _solution(current.question, width, options)


def _solution(question: Question, width: int, options: RenderOptions) -> Iterator[Line]:
    if question.solution:
        yield ()
        yield (Span(SOLUTION(), "heading"),)
        lines = derivation_lines if question.steps else markdown_lines
        yield from lines(question.solution, width, options)


def _rule(width: int, options: RenderOptions) -> Line:
    return (Span(("-" if options.ascii_only else "─") * width, "rule"),)


def _saved(again: date | None) -> str:
    return SAVED() + (NEXT_ON(month=again.month, day=again.day, name=MONTHS[again.month - 1]) if again else "")


def question_lines(current: Current, width: int, options: RenderOptions, *, keyed: bool) -> Iterator[Line]:
    """A question and how to answer; `keyed`, also its key with mistakes, hints and solution."""
    question = current.question
    yield from prompt_lines(current, width, options, heading=question.heading)
    if question.options:
        yield ()
    for _, lines in option_rows(question, current.typed, width, options, marked=keyed or current.answered):
        yield from lines
    for number, step in enumerate(question.steps, 1):
        yield ()
        yield from led(f"{number}.".ljust(INDENT), "mark", markdown_lines(step.ask, width - INDENT, options))
        yield from indented(_behind_step(step, width - INDENT, options, keyed=keyed), INDENT)
    if not question.steps:
        yield ()
        yield from plain_lines(asked_for(current), width, "muted")
    if not keyed:
        return
    yield ()
    yield _rule(width, options)
    if not question.steps:
        yield from _behind(question, width, options)
    for option in question.options:
        if option.said:
            yield ()
            yield (Span(f"{option.label})", "mark"),)
            yield from indented(markdown_lines(option.said, width - 2, options))
    yield from _solution(question, width, options)


def _behind_step(step: Step, width: int, options: RenderOptions, *, keyed: bool) -> Iterator[Line]:
    for _, lines in option_rows(step, "", width, options, marked=keyed):
        yield from lines
    yield from plain_lines(how_to_answer(step.key), width, "muted")
    if keyed:
        yield from _behind(step, width, options)
        if step.solution:
            yield from worked_lines(step.solution, width, options)


def _behind(asked: Question | Step, width: int, options: RenderOptions) -> Iterator[Line]:
    """Key, foreseen mistakes and hints of what is asked."""
    lead = f"{KEY()}  "
    key = on_one_line(asked.key, asked.answer, ascii_only=options.ascii_only)
    yield from led(lead, "muted", plain_lines(key, width - cells(lead), "strong"))
    if asked.mistakes:
        yield ()
        yield (Span(MISTAKES(), "heading"),)
    for mistake in asked.mistakes:
        typed = on_one_line(asked.key, mistake.answer, ascii_only=options.ascii_only)
        yield (Span("× ", "bad"), Span(mistake.name, "code"), Span("  "), Span(typed))
        yield from indented(markdown_lines(mistake.sentence, width - 2, options))
    if asked.hints:
        yield ()
        yield (Span(HINTS(), "heading"),)
    for number, hint in enumerate(asked.hints, start=1):
        yield from led(f"{number}. ".ljust(4), "mark", markdown_lines(hint, width - 4, options))
