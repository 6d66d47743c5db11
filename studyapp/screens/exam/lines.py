"""A mock exam as lines: the item, the palette, the result, an item reviewed. Pure."""

from collections.abc import Iterator

from studyapp.domain.text import Text
from studyapp.screens.asking import SOLUTION
from studyapp.screens.marked import led, markdown_lines, plain_lines
from studyapp.study.exam import (
    BLANK_WORD,
    ONE,
    RIGHT_WORD,
    SEVERAL,
    STATES,
    WRONG_WORD,
    Exam,
    ExamItem,
    State,
    result,
    results,
)
from studyapp.study.progress import area_text
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, pad

EXAM_RUNNING = Text(ja="途中の模試", en="Running")
LEFT = Text(
    ja="模試は続いています。画面を離れても時計は進みます。",
    en="The exam is running. Its clock does not stop when you leave the screen.",
)
REAL = Text(
    ja="本試験は 2026 年現在 145 問を 100 分、1 問あたり約 41 秒。合格点は公表されていません。",
    en="As of 2026 the examination has 145 items in 100 minutes, some 41 s an item; no pass mark is published.",
)
RESULT = Text(ja="結果", en="Result")
AREAS = Text(ja="分野ごと", en="By area")
AREA_LINE = Text(
    ja="{name}  {right}/{items}  未解答 {blank}  1 問 {seconds} 秒",
    en="{name}  {right}/{items}  blank {blank}  {seconds} s an item",
)
NO_MARK = Text(
    ja="合格点は公表されていないので、合否は示しません。",
    en="No pass mark is published, so nothing is said of passing.",
)
WHOLE_TIME = Text(
    ja="使った時間 {minutes} 分 ・ 1 問あたり {seconds} 秒（本試験のペースは約 41 秒）",
    en="{minutes} minutes used, {seconds} s an item (the pace of the examination is some 41 s)",
)
YOUR_ANSWER = Text(ja="解答", en="your answer")
NO_ANSWER = Text(ja="未解答", en="blank")
KEY = Text(ja="正答", en="key")

SIGNS = {State.ANSWERED: ("○", "good"), State.BLANK: ("·", "muted"), State.FLAGGED: ("!", "near")}
"""The sign of a state in the palette, and its role: colour alone never says it. A flag comes after the other."""
CELL = 6
"""Cells of an item in the palette."""


def in_a_row(width: int) -> int:
    """How many items there are in a row of the palette."""
    return max(1, width // CELL)


def palette_lines(exam: Exam, current: int, width: int) -> Iterator[Line]:
    """Every item with its number and state; the current one is marked."""
    count = in_a_row(width)
    flag, flag_role = SIGNS[State.FLAGGED]
    for start in range(0, len(exam.items), count):
        spans: list[Span] = []
        for number, mark in enumerate(exam.marks[start : start + count], start):
            here = number == current
            sign, role = SIGNS[State.ANSWERED if mark.answer else State.BLANK]
            spans += (Span("▸" if here else " ", "mark"), Span(f"{number + 1:>3}", "strong" if here else ""))
            spans += (Span(sign, role), Span(flag if mark.flagged else " ", flag_role))
        yield tuple(spans)


def legend() -> Line:
    """What the signs of the palette mean."""
    spans: list[Span] = []
    for state, (sign, role) in SIGNS.items():
        spans += [Span(f"{sign} ", role), Span(f"{STATES[state]()}   ", "muted")]
    return tuple(spans)


def item_lines(item: ExamItem, picked: tuple[str, ...], width: int, options: RenderOptions) -> Iterator[Line]:
    """An item as it is asked: the prompt, how many to pick, the options with what is picked."""
    yield from markdown_lines(item.prompt, width, options)
    yield ()
    yield (Span(SEVERAL() if item.several else ONE(), "muted"),)
    yield ()
    for label, text in item.options:
        sign, role = ("●", "chosen") if label in picked else ("○", "")
        yield from _option(f"{sign} {label}) ", text, role, width, options)


def _option(lead: str, text: str, role: str, width: int, options: RenderOptions) -> Iterator[Line]:
    return led(lead, role, markdown_lines(text, width - cells(lead), options))


def result_lines(exam: Exam, width: int) -> Iterator[Line]:
    """The result: the whole, each area, the time; nothing about passing."""
    areas = results(exam)
    right = sum(area.right for area in areas)
    yield (Span(RESULT(), "heading"),)
    yield ()
    yield (Span(result(right, len(exam.items)), "strong"),)
    yield ()
    yield (Span(AREAS(), "heading"),)
    names = [area_text(area.area) for area in areas]
    column = max(map(cells, names), default=0)
    for name, area in zip(names, areas, strict=True):
        counts = {"right": area.right, "items": area.items, "blank": area.blank}
        line = AREA_LINE(name=pad(name, column), **counts, seconds=round(area.seconds_an_item))
        yield from plain_lines(line, width)
    spent = sum(area.spent_ms for area in areas) / 1000
    yield ()
    time = WHOLE_TIME(minutes=round(spent / 60), seconds=round(spent / max(1, len(exam.items))))
    for sentence in (time, NO_MARK(), REAL()):
        yield from plain_lines(sentence, width, "muted")


def review_lines(exam: Exam, number: int, width: int, options: RenderOptions) -> Iterator[Line]:
    """An item after the exam: what was answered, what is right, and why."""
    item, mark, right = exam.items[number], exam.marks[number], exam.is_right(number)
    sign, role = ("○", "good") if right else ("×", "bad")
    word = RIGHT_WORD() if right else WRONG_WORD() if mark.answer else BLANK_WORD()
    yield (
        Span(f"{number + 1}. ", "heading"),
        Span(f"{sign} {word}", role),
        Span(f"   {mark.spent_ms // 1000} s", "muted"),
    )
    yield ()
    yield from markdown_lines(item.prompt, width, options)
    yield ()
    for label, text in item.options:
        wrong = ("×", "bad") if label in mark.answer else (" ", "")
        sign, role = ("○", "good") if label in item.right else wrong
        yield from _option(f"{sign} {label}) ", text, role, width, options)
    yield ()
    yield (Span(f"{YOUR_ANSWER()}  ", "muted"), Span(", ".join(mark.answer) or NO_ANSWER()))
    yield (Span(f"{KEY()}  ", "muted"), Span(", ".join(item.right), "good"))
    if item.solution:
        yield ()
        yield (Span(SOLUTION(), "heading"),)
        yield from markdown_lines(item.solution, width, options)
