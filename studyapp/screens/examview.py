"""A mock exam as lines: the item, the palette, the result, an item reviewed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from studyapp.domain.text import Text
from studyapp.screens.asking import SOLUTION
from studyapp.screens.marked import markdown_lines, plain_lines
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
"""How the palette tells a state, and its role; the sign says it without the colour. A flag stands behind the other."""
CELL = 6
"""Cells of an item in the palette."""


def clock(left: timedelta) -> str:
    """Minutes and seconds; hours are counted as minutes, as in the examination."""
    seconds = int(left.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02}"


def in_a_row(width: int) -> int:
    """How many items stand in a row of the palette."""
    return max(1, width // CELL)


def palette_lines(exam: Exam, current: int, width: int) -> Iterator[Line]:
    """Every item with its number and state; the current one is marked."""
    count = in_a_row(width)
    for start in range(0, len(exam.items), count):
        spans: list[Span] = []
        for number in range(start, min(start + count, len(exam.items))):
            mark, here = exam.marks[number], number == current
            sign, role = SIGNS[State.ANSWERED if mark.answer else State.BLANK]
            flag, flag_role = SIGNS[State.FLAGGED]
            spans.append(Span("▸" if here else " ", "mark"))
            spans.append(Span(f"{number + 1:>3}", "strong" if here else ""))
            spans.append(Span(sign, role))
            spans.append(Span(flag if mark.flagged else " ", flag_role))
        yield tuple(spans)


def legend() -> Line:
    """What the signs of the palette mean."""
    spans: list[Span] = []
    for state, (sign, role) in SIGNS.items():
        spans += [Span(f"{sign} ", role), Span(f"{STATES[state]()}   ", "muted")]
    return tuple(spans)


def item_lines(item: ExamItem, picked: tuple[str, ...], width: int, setting: RenderOptions) -> Iterator[Line]:
    """An item as it is asked: the prompt, how many to pick, the options with what is picked."""
    yield from markdown_lines(item.prompt, width, setting)
    yield ()
    yield (Span(SEVERAL() if item.several else ONE(), "muted"),)
    yield ()
    for label, text in item.options:
        sign, role = ("●", "chosen") if label in picked else ("○", "")
        yield from _option(f"{sign} {label}) ", text, role, width, setting)


def _option(lead: str, text: str, role: str, width: int, setting: RenderOptions) -> Iterator[Line]:
    indent = " " * cells(lead)
    for number, line in enumerate(markdown_lines(text, width - cells(lead), setting)):
        yield (Span(lead if number == 0 else indent, role), *line)


def result_lines(exam: Exam, width: int) -> Iterator[Line]:
    """The result: the whole, each area, the time; nothing about passing."""
    found = results(exam)
    right = sum(one.right for one in found)
    yield (Span(RESULT(), "heading"),)
    yield ()
    yield (Span(result(right, len(exam.items)), "strong"),)
    yield ()
    yield (Span(AREAS(), "heading"),)
    names = {one.area: area_text(one.area) for one in found}
    column = max((cells(name) for name in names.values()), default=0)
    for one in found:
        name = pad(names[one.area], column)
        yield from plain_lines(
            AREA_LINE(name=name, right=one.right, items=one.items, blank=one.blank, seconds=round(one.seconds_an_item)),
            width,
        )
    spent = sum(one.spent_ms for one in found) / 1000
    yield ()
    yield from plain_lines(
        WHOLE_TIME(minutes=round(spent / 60), seconds=round(spent / max(1, len(exam.items)))), width, "muted"
    )
    yield from plain_lines(NO_MARK(), width, "muted")
    yield from plain_lines(REAL(), width, "muted")


def review_lines(exam: Exam, number: int, width: int, setting: RenderOptions) -> Iterator[Line]:
    """An item after the exam: what was answered, what is right, and why."""
    item, mark = exam.items[number], exam.marks[number]
    right = exam.is_right(number)
    sign, role = ("○", "good") if right else ("×", "bad")
    word = RIGHT_WORD() if right else WRONG_WORD() if mark.answer else BLANK_WORD()
    yield (
        Span(f"{number + 1}. ", "heading"),
        Span(f"{sign} {word}", role),
        Span(f"   {mark.spent_ms // 1000} s", "muted"),
    )
    yield ()
    yield from markdown_lines(item.prompt, width, setting)
    yield ()
    for label, text in item.options:
        if label in item.right:
            lead, look = "○", "good"
        elif label in mark.answer:
            lead, look = "×", "bad"
        else:
            lead, look = " ", ""
        yield from _option(f"{lead} {label}) ", text, look, width, setting)
    yield ()
    yield (Span(f"{YOUR_ANSWER()}  ", "muted"), Span(", ".join(mark.answer) or NO_ANSWER()))
    yield (Span(f"{KEY()}  ", "muted"), Span(", ".join(item.right), "good"))
    if item.solution:
        yield ()
        yield (Span(SOLUTION(), "heading"),)
        yield from markdown_lines(item.solution, width, setting)
