"""A question as lines while it is asked: the prompt, its options and steps, hints, and what is beside it."""

import re
from collections.abc import Iterator, Sequence

from studyapp.domain.asking import OUTCOMES, PARTED, how_to_answer
from studyapp.domain.question import AnswerKey, ChoiceKey, ExpressionKey, OrderKey, Question, ShownOption, Step
from studyapp.domain.record import SkillRecord
from studyapp.domain.text import MONTHS, Text
from studyapp.domain.verdict import Outcome, Part, Verdict
from studyapp.language import name_tex
from studyapp.screens.marked import (
    asked_text,
    indented,
    led,
    markdown_lines,
    message_lines,
    one_line,
    plain_lines,
    worked_lines,
)
from studyapp.screens.reading import labels_in, on_one_line
from studyapp.screens.sitting import Current
from studyapp.screens.widgets import SIGNS
from studyapp.study.figures import network_row, question_picture
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.inline import set_inline
from studyapp.typeset.width import cells, pad

ANSWER = Text(ja="答え", en="Answer")
QUESTION = Text(ja="問題", en="Question")
WITH_KEYS = Text(ja="j k かクリックでも", en="or j k, or a click")
PLACED_WITH_KEYS = Text(ja="j k と Enter かクリックでも", en="or j k and Enter, or clicks")
HINT = Text(ja="ヒント {at} / {count}", en="Hint {at} of {count}")
STEP = Text(ja="ステップ {at} / {count}", en="Step {at} of {count}")
STEPS_GIVEN_ONE = Text(
    ja="はじめの {count} ステップは解いてあります。",
    en="The first step is worked out.|The first {count} steps are worked out.",
)
ALL_STEPS = Text(ja="F6 ですべて自分で解けます。", en=" F6 asks every step.")
STEP_SHOWN = Text(ja="答えを見ました", en="shown")
YOURS = Text(ja="あなた", en="Yours")
NAMES = Text(ja="使える名前", en="Names to use")
NETWORK = Text(ja="ネットワーク", en="Network")
THIS_SKILL = Text(ja="この技能", en="This skill")
MET_BEFORE = Text(ja="解答 {count}、正解 {right}", en="1 answer, {right} right|{count} answers, {right} right")
LAST_ON = Text(ja="前回 {month}/{day}", en="last {day} {name}")
NOT_MET = Text(ja="はじめてです", en="new to you")
CURSOR = "›"
GIVEN = ("·", "muted")
SHOWN = ("·", "near")  # signs of steps that were worked out at first, and that were shown when asked for
INDENT = 5  # cells before everything that belongs to a step
GAP = "   "
MOST_NAMES = 14  # names that are listed beside a question
TALL = 36  # rows of a terminal from which there is room for a network and for steps that are worked out
_FORMULA = re.compile(r"\$([^$]+)\$")


def label_cells() -> int:
    """The cells before an answer, and before what is in its column."""
    return cells(f"{ANSWER()} {CURSOR}") + 2


def prompt_lines(
    current: Current, width: int, options: RenderOptions, *, heading: str, drawn: bool = True
) -> Iterator[Line]:
    """Heading and prompt; where the heading waits, its row is kept. With `drawn`, the network below them."""
    question = current.question
    yield from plain_lines(heading, width, "strong") if heading else plain_lines(QUESTION(), width, "muted")
    yield ()
    yield from markdown_lines(asked_text(question), width, options)
    if question.network is not None and drawn:
        yield ()
        yield from question_picture(question, width, ascii_only=options.ascii_only)


def network_lines(question: Question, width: int, options: RenderOptions) -> Iterator[Line]:
    """The network of a question in a row."""
    if question.network is not None:
        yield from plain_lines(network_row(question.network, ascii_only=options.ascii_only), width, "math")


def option_rows(
    asked: Question | Step, typed: str, width: int, options: RenderOptions, *, marked: bool, cursor: str = ""
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Each option's label with its lines, the picked one and that at the `cursor` raised; `marked`, the right ones."""
    picked = labels_in(asked, typed)
    right = asked.key.right if marked and isinstance(asked.key, ChoiceKey) else None
    for option in asked.options:
        at = bool(cursor) and cursor == option.label
        lead, role = _lead(asked.key, option, picked, right, at=at)
        lines = tuple(led(lead, role, markdown_lines(option.text, width - cells(lead), options)))
        if at or (option.label in picked and not marked and not isinstance(asked.key, OrderKey)):
            lines = tuple(_raised(line, width) for line in lines)
        yield option.label, lines


def _raised(line: Line, width: int) -> Line:
    filled = sum(cells(span.text) for span in line)
    return (*(Span(span.text, "chosen") for span in line), Span(" " * max(0, width - filled), "chosen"))


def _lead(
    key: AnswerKey, option: ShownOption, picked: Sequence[str], right: Sequence[str] | None, *, at: bool
) -> tuple[str, str]:
    """What is before an option: the cursor or its verdict, its place in the order or its box, and its label."""
    sign, role = (CURSOR if at else " ", "mark")
    if right is not None:
        sign, role = " ", "muted"
        if option.label in right:
            sign, role = SIGNS[Outcome.CORRECT]
        elif option.label in picked:
            sign, role = SIGNS[Outcome.WRONG]
    box = ""
    if isinstance(key, OrderKey):
        box = f"{picked.index(option.label) + 1 if option.label in picked else '':>2} "
    elif isinstance(key, ChoiceKey) and key.several:
        box = f"{'▪' if option.label in picked else '▫'} "
    elif option.label in picked and right is None:
        sign = CURSOR
    return f"{pad(sign, 2)}{box}{option.label}  ", role


def asked_for(current: Current) -> str:
    """How an answer is to be written."""
    how = how_to_answer(current.key)
    match current.key:
        case ChoiceKey():
            return PARTED().join((how, WITH_KEYS()))
        case OrderKey():
            return PARTED().join((how, PLACED_WITH_KEYS()))
        case _:
            return how


def order_text(current: Current, options: RenderOptions) -> str:
    """The order that was typed so far, in the options' own words."""
    texts = {option.label: one_line(option.text, options) for option in current.options}
    picked = labels_in(current.asked, current.typed)
    left = picked and len(picked) < len(texts)
    return " » ".join(texts[label] for label in picked) + (" »" if left else "")


def hint_lines(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The hints that were shown; of a derivation those of the step that is asked."""
    if current.question.steps and current.answered:
        return
    hints = current.asked.hints
    for number, hint in enumerate(hints[: current.asking.step_hints], start=1):
        yield ()
        yield (Span(HINT(at=number, count=len(hints)), "mark"),)
        yield from indented(markdown_lines(hint, width - 2, options))


def step_lines(current: Current, width: int, options: RenderOptions, *, worked: bool = False) -> Iterator[Line]:
    """The steps before the one that is asked, a row each with what became of them.

    The given ones are `worked` out where there is room. Where the solution follows, nothing of it is shown here.
    """
    question, asking = current.question, current.asking
    if not question.steps:
        return
    told = current.answered and bool(question.solution)
    yield ()
    if asking.given:
        sentence = steps_given(asking.given, changeable=not current.answered and not asking.parts)
        yield from plain_lines(sentence, width, "muted")
    for number, step in enumerate(question.steps[: asking.given]):
        yield from _result(number, step, GIVEN, step.answer, "", width, options)
        if worked and not told:
            yield from indented(worked_lines(step.solution, width - INDENT, options), INDENT)
    answered = zip(current.parts, current.verdicts, strict=False)
    for number, (part, verdict) in enumerate(answered, asking.given):
        step = question.steps[number]
        yield from _done(number, step, part, verdict, width, options)
        if part.verdict is not Outcome.CORRECT and not told:
            yield from indented(worked_lines(step.solution, width - INDENT, options), INDENT)


def asked_step(current: Current, width: int, options: RenderOptions) -> Iterator[Line]:
    """The step that is asked, with its number; it is shown beside the answer, so that it is always seen."""
    at, step = current.asking.step, current.step
    if at is None or step is None or current.answered:
        return
    lead = f"{STEP(at=at + 1, count=len(current.question.steps))}  "
    yield from led(lead, "mark", markdown_lines(step.ask, width - cells(lead), options))


def steps_given(count: int, *, changeable: bool) -> str:
    """That the first steps are shown, and the key that asks them, too, as long as it does."""
    given = STEPS_GIVEN_ONE(count=count)
    return given + ALL_STEPS() if changeable else given


def _done(
    number: int, step: Step, part: Part, verdict: Verdict | None, width: int, options: RenderOptions
) -> Iterator[Line]:
    """One answered step: its verdict and its result; what was answered instead, and why that is not right."""
    sign = SHOWN if verdict is None else SIGNS[verdict.outcome]
    right = part.verdict is Outcome.CORRECT
    remark = STEP_SHOWN() if verdict is None else OUTCOMES[verdict.outcome]()
    yield from _result(number, step, sign, part.answer if right else step.answer, remark, width, options)
    for _, lines in option_rows(step, part.answer, width - INDENT, options, marked=True):
        yield from indented(lines, INDENT)
    if verdict is None:
        return
    if not right and not isinstance(step.key, ChoiceKey):
        typed = on_one_line(step.key, part.answer, ascii_only=options.ascii_only)
        yield from indented(led(f"{YOURS()}  ", "muted", plain_lines(typed, width - INDENT - 8, "bad")), INDENT)
    yield from indented(message_lines(verdict, step.mistakes, width - INDENT, options), INDENT)
    yield from indented(comment_lines(step, part.answer, width - INDENT, options), INDENT)


def comment_lines(asked: Question | Step, typed: str, width: int, options: RenderOptions) -> Iterator[Line]:
    """What the author says of each option that was picked."""
    picked = labels_in(asked, typed)
    for option in asked.options:
        if option.label in picked and option.said:
            yield ()
            yield from markdown_lines(option.said, width, options)


def _result(
    number: int, step: Step, sign: tuple[str, str], answer: str, remark: str, width: int, options: RenderOptions
) -> Iterator[Line]:
    """A step in a row: sign, number, what is asked for and its result; in two rows where it is too wide."""
    lead = pad(f"{sign[0]} {number + 1}", INDENT)
    result = on_one_line(step.key, answer, ascii_only=options.ascii_only)
    symbol = _symbol(step, options)
    ask: tuple[Line, ...] = ((Span(symbol, "math"),),) if symbol else markdown_lines(step.ask, width - INDENT, options)
    taken = INDENT + cells(symbol) + cells(f" = {result}{GAP}{remark}")
    if symbol and taken <= width:
        tail = (Span(f"{GAP}{remark}", sign[1]),) if remark else ()
        yield (Span(lead, sign[1]), *ask[0], Span(" = ", "math"), Span(result, "math"), *tail)
        return
    yield from led(lead, sign[1], ask)
    rows = plain_lines(f"= {result}" if symbol else result, width - INDENT, "math")
    if remark:
        yield (Span(" " * INDENT), Span(remark, sign[1]))
    if not isinstance(step.key, ChoiceKey):  # it is marked among its options
        yield from indented(rows, INDENT)


def _symbol(step: Step, options: RenderOptions) -> str:
    """What a step of a network asks for, on one line; empty for a step that is asked in words."""
    formula = _FORMULA.search(step.ask) if step.target else None
    symbol = set_inline(formula[1], ascii_only=options.ascii_only) if formula else ""
    return symbol if isinstance(symbol, str) else ""


def aside_lines(current: Current, width: int, options: RenderOptions, record: SkillRecord | None) -> Iterator[Line]:
    """What is beside a question: its network, the names that an answer may hold, how the skill has gone."""
    question = current.question
    if question.network is not None:
        yield (Span(NETWORK(), "heading"),)
        yield from question_picture(question, width, ascii_only=options.ascii_only)
        yield ()
    if not current.answered and (names := tuple(_names(current.key, options))):
        yield (Span(NAMES(), "heading"),)
        column = max(cells(shown) for shown, _ in names) + 2
        for shown, typed in names[:MOST_NAMES]:
            yield (Span("  "), Span(pad(shown, column), "math"), Span(typed, "muted"))
        yield ()
    yield (Span(THIS_SKILL(), "heading"),)
    yield (Span(f"  {_record(record)}", "muted"),)


def _record(record: SkillRecord | None) -> str:
    if record is None:
        return NOT_MET()
    met = MET_BEFORE(count=record.attempts, right=record.correct)
    if record.memory is None:
        return met
    last = record.memory.last_day
    return f"{met}{GAP}{LAST_ON(month=last.month, day=last.day, name=MONTHS[last.month - 1])}"


def _names(key: AnswerKey, options: RenderOptions) -> Iterator[tuple[str, str]]:
    """The names of a formula, typeset, each with what to type."""
    if not isinstance(key, ExpressionKey):
        return
    for name in key.using or (*key.symbols, *key.given):
        shown = set_inline(name_tex(name), ascii_only=options.ascii_only)
        yield (shown if isinstance(shown, str) else name), name
