"""A question as lines: what is asked, its steps, hints, verdict and solution; and as its author looks at it."""

from collections.abc import Iterator, Sequence
from datetime import date

from studyapp.domain.asking import OUTCOMES, PARTED, fixed_conventions, how_to_answer
from studyapp.domain.question import ChoiceKey, Question, ShownOption, Step
from studyapp.domain.text import MONTHS, Text
from studyapp.domain.verdict import Outcome, Part, Verdict
from studyapp.screens.marked import (
    derivation_lines,
    indented,
    led,
    markdown_lines,
    message_lines,
    plain_lines,
    worked_lines,
)
from studyapp.screens.reading import labels_in, on_one_line, read
from studyapp.screens.sitting import Current
from studyapp.screens.widgets import SIGNS
from studyapp.study.figures import question_picture
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, pad

WITH_ARROWS = Text(ja="↑↓ でも選べます", en="or pick with ↑↓")
HINT = Text(ja="ヒント {at} / {count}", en="Hint {at} of {count}")
YOUR_ANSWER = Text(ja="あなたの答え", en="Your answer")
KEY = Text(ja="正解", en="Key")
SOLUTION = Text(ja="解説", en="Solution")
SAVED = Text(ja="記録しました", en="saved")
NEXT_ON = Text(ja="、次は {month} 月 {day} 日", en=", next on {day} {name}")
MEANT = Text(ja="正解（同じ意味だと判断しました）", en="correct (you meant the same)")
UNDONE = Text(ja="取り消しました", en="taken back")
STEP = Text(ja="ステップ {at} / {count}", en="Step {at} of {count}")
STEPS_GIVEN_ONE = Text(
    ja="はじめの {count} ステップは解いてあります。",
    en="The first step is worked out.|The first {count} steps are worked out.",
)
ALL_STEPS = Text(ja="F6 ですべて自分で解けます。", en=" F6 asks every step.")
STEP_SHOWN = Text(ja="答えを見ました", en="shown")
STEPS_RIGHT_OF = Text(ja="{count} ステップのうち {right} ステップが正解", en="{right} of {count} steps correct")
GIVEN_UP = Text(ja="解説を見ました", en="solution shown")
MISTAKES = Text(ja="想定した誤答", en="Foreseen mistakes")
HINTS = Text(ja="ヒント", en="Hints")
PICKED = "▸"
GIVEN = ("·", "muted")
SHOWN = ("·", "near")  # signs of steps that were worked out at first, and that were shown when asked for
INDENT = 5  # cells before everything that belongs to a step


def prompt_lines(
    current: Current, width: int, options: RenderOptions, *, heading: bool, keyed: bool = False
) -> Iterator[Line]:
    """Heading, prompt, network, conventions and options; the right ones are marked when `keyed` or answered."""
    question = current.question
    if heading and question.heading:
        yield from plain_lines(question.heading, width, "heading")
        yield ()
    yield from markdown_lines(question.prompt, width, options)
    if question.network is not None:
        yield ()
        yield from question_picture(question, width, ascii_only=options.ascii_only)
    if conventions := fixed_conventions(question.convention):
        yield ()
        yield from plain_lines(conventions, width, "muted")
    if question.options:
        yield ()
        yield from _option_lines(question, current.typed, width, options, marked=keyed or current.answered)


def _option_lines(
    asked: Question | Step, typed: str, width: int, options: RenderOptions, *, marked: bool
) -> Iterator[Line]:
    """The options of what is asked, the picked ones under a mark; `marked`, also the right ones."""
    picked = labels_in(asked, typed)
    right = asked.key.right if marked and isinstance(asked.key, ChoiceKey) else None
    for option in asked.options:
        sign, role = _option_sign(option, picked, right)
        lead = f"{sign} {option.label}) "
        lines = markdown_lines(option.text, width - cells(lead), options)
        if option.label in picked:
            lines = tuple(tuple(Span(span.text, span.role or "strong") for span in line) for line in lines)
        yield from led(lead, role, lines)


def _comments(asked: Question | Step, typed: str, width: int, options: RenderOptions) -> Iterator[Line]:
    """What the author says of each option that was picked."""
    picked = labels_in(asked, typed)
    for option in asked.options:
        if option.label in picked and option.said:
            yield ()
            yield from indented(markdown_lines(option.said, width - 2, options))


def picked_rows(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The first row of the picked option and how many it takes; None where none is picked."""
    first = next((row for row, line in enumerate(lines) if line and line[0].text.startswith(PICKED)), None)
    if first is None:
        return None
    following = (row for row in range(first + 1, len(lines)) if not lines[row] or lines[row][0].text.strip())
    return first, next(following, len(lines)) - first


def _option_sign(option: ShownOption, picked: Sequence[str], right: Sequence[str] | None) -> tuple[str, str]:
    if right is None:
        return (PICKED, "mark") if option.label in picked else (" ", "muted")
    if option.label in right:
        return SIGNS[Outcome.CORRECT]
    return SIGNS[Outcome.WRONG] if option.label in picked else (" ", "muted")


def asked_for(current: Current) -> str:
    """How an answer is to be written."""
    how = how_to_answer(current.key)
    return PARTED().join((how, WITH_ARROWS())) if current.one_of else how


def hint_lines(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The hints that were shown; of a derivation those of the step that is asked."""
    if current.question.steps and current.answered:
        return
    hints = (current.step or current.question).hints
    for number, hint in enumerate(hints[: current.asking.step_hints], start=1):
        yield ()
        yield (Span(HINT(at=number, count=len(hints)), "mark"),)
        yield from indented(markdown_lines(hint, width - 2, options))


def step_lines(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The steps before the one that is asked; the given ones worked out, the others with what became of them."""
    question, asking = current.question, current.asking
    if not question.steps:
        return
    if asking.given:
        yield ()
        sentence = steps_given(asking.given, changeable=not current.answered and not asking.parts)
        yield from plain_lines(sentence, width, "muted")
    for number, step in enumerate(question.steps[: asking.given]):
        yield ()
        yield from _ask(number, step, GIVEN, width, options)
        yield from indented(worked_lines(step.solution, width - INDENT, options), INDENT)
    answered = zip(current.parts, current.verdicts, strict=False)
    for number, (part, verdict) in enumerate(answered, asking.given):
        yield ()
        yield from _done(number, question.steps[number], part, verdict, width, options)


def asked_step(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The step that is asked, with its number; it is shown beside the answer, so that it is always seen."""
    at, step = current.asking.step, current.step
    if at is None or step is None or current.answered:
        return
    lead = f"{STEP(at=at + 1, count=len(current.question.steps))}  "
    yield from led(lead, "mark", markdown_lines(step.ask, width - cells(lead), options))
    yield from _option_lines(step, current.typed, width, options, marked=False)


def _done(
    number: int, step: Step, part: Part, verdict: Verdict | None, width: int, options: RenderOptions
) -> Iterator[Line]:
    """One answered step: its verdict, what was answered, and where that was not right the step worked out."""
    sign, role = SHOWN if verdict is None else SIGNS[verdict.outcome]
    inner = width - INDENT
    yield from _ask(number, step, (sign, role), width, options)
    yield from indented(_option_lines(step, part.answer, inner, options, marked=True), INDENT)
    if verdict is None:
        yield from indented(_labelled(STEP_SHOWN(), (), role), INDENT)
    else:
        rows = read(step.key, part.answer, ascii_only=options.ascii_only).rows or ((Span(part.answer),),)
        yield from indented(_labelled(OUTCOMES[verdict.outcome](), rows, role), INDENT)
        yield from indented(message_lines(verdict, step.mistakes, inner, options), INDENT)
        yield from indented(_comments(step, part.answer, inner, options), INDENT)
    if part.verdict is not Outcome.CORRECT:
        yield from indented(_key_of(step, inner, options), INDENT)
        yield from indented(worked_lines(step.solution, inner, options), INDENT)


def _key_of(step: Step, width: int, options: RenderOptions) -> Iterator[Line]:
    """The key of a step that has no worked solution and no options to be marked."""
    if not step.solution and not step.options:
        lead = f"{KEY()}  "
        key = on_one_line(step.key, step.answer, ascii_only=options.ascii_only)
        yield from led(lead, "muted", plain_lines(key, width - cells(lead), "strong"))


def _ask(number: int, step: Step, sign: tuple[str, str], width: int, options: RenderOptions) -> Iterator[Line]:
    lead = pad(f"{sign[0]} {number + 1}", INDENT)
    return led(lead, sign[1], markdown_lines(step.ask, width - INDENT, options))


def _labelled(label: str, rows: tuple[Line, ...], role: str) -> Iterator[Line]:
    middle = max(0, (len(rows) - 1) // 2)
    for place, row in enumerate(rows or ((),)):
        yield (Span(label if place == middle else " " * cells(label), role), Span("  "), *row)


def steps_given(count: int, *, changeable: bool) -> str:
    """That the first steps are shown, and the key that asks them, too, as long as it does."""
    given = STEPS_GIVEN_ONE(count=count)
    return given + ALL_STEPS() if changeable else given


def verdict_lines(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The verdict, what it rests on, and the worked solution in this question's numbers."""
    question = current.question
    if not current.answered:
        return
    yield ()
    yield _rule(width, options)
    text, role = _result(current)
    saved = UNDONE() if current.undone else _saved(current.comes_again) if current.event is not None else ""
    yield (Span(text, role), Span(" " * max(2, width - cells(text) - cells(saved))), Span(saved, "muted"))
    if not question.steps:
        if current.verdict is not None:
            typed = on_one_line(question.key, current.typed, ascii_only=options.ascii_only)
            yield (Span(f"  {YOUR_ANSWER()}  ", "muted"), Span(typed))
        if question.answer:
            shown = on_one_line(question.key, question.answer, ascii_only=options.ascii_only)
            yield (Span(f"  {KEY()}  ", "muted"), Span(shown, "strong"))
        yield from _reasons(current, width, options)
    yield from _solution(question, width, options)


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
    if verdict.message:
        yield ()
        yield from indented(message_lines(verdict, question.mistakes, width - 2, options))
    yield from _comments(question, current.typed, width, options)


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
    yield from prompt_lines(current, width, options, heading=True, keyed=keyed)
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
    yield from _option_lines(step, "", width, options, marked=keyed)
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
        yield (Span("× ", "bad"), Span(mistake.name, "code"), Span("  "), Span(mistake.answer))
        yield from indented(markdown_lines(mistake.sentence, width - 2, options))
    if asked.hints:
        yield ()
        yield (Span(HINTS(), "heading"),)
    for number, hint in enumerate(asked.hints, start=1):
        yield from led(f"{number}. ".ljust(4), "mark", markdown_lines(hint, width - 4, options))
