"""A mock exam as lines: the item, the palette, the result, an item reviewed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from studyapp.domain.words import Words
from studyapp.screens.marked import markdown_lines, plain_lines
from studyapp.study.exam import Exam, ExamItem, State, results
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, pad

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


def legend(words: Words) -> Line:
    """What the signs of the palette mean."""
    spans: list[Span] = []
    for state, (sign, role) in SIGNS.items():
        spans += [Span(f"{sign} ", role), Span(f"{words.exam.states[state]}   ", "muted")]
    return tuple(spans)


def item_lines(
    item: ExamItem, picked: tuple[str, ...], width: int, setting: RenderOptions, words: Words
) -> Iterator[Line]:
    """An item as it is asked: the prompt, how many to pick, the options with what is picked."""
    yield from markdown_lines(item.prompt, width, setting)
    yield ()
    yield (Span(words.exam.several if item.several else words.exam.one, "muted"),)
    yield ()
    for label, text in item.options:
        sign, role = ("●", "chosen") if label in picked else ("○", "")
        yield from _option(f"{sign} {label}) ", text, role, width, setting)


def _option(lead: str, text: str, role: str, width: int, setting: RenderOptions) -> Iterator[Line]:
    indent = " " * cells(lead)
    for number, line in enumerate(markdown_lines(text, width - cells(lead), setting)):
        yield (Span(lead if number == 0 else indent, role), *line)


def result_lines(exam: Exam, width: int, words: Words) -> Iterator[Line]:
    """The result: the whole, each area, the time; nothing about passing."""
    said, found = words.examscreen, results(exam)
    right = sum(one.right for one in found)
    yield (Span(said.result, "heading"),)
    yield ()
    yield (Span(words.exam.result(right, len(exam.items)), "strong"),)
    yield ()
    yield (Span(said.areas, "heading"),)
    names = {one.area: words.records.area(one.area) for one in found}
    column = max((cells(name) for name in names.values()), default=0)
    for one in found:
        name = pad(names[one.area], column)
        yield from plain_lines(said.area(name, one.right, one.items, one.blank, one.seconds_an_item), width)
    spent = sum(one.spent_ms for one in found) / 1000
    yield ()
    yield from plain_lines(said.used(round(spent / 60), spent / max(1, len(exam.items))), width, "muted")
    yield from plain_lines(said.no_mark, width, "muted")
    yield from plain_lines(said.real, width, "muted")


def review_lines(exam: Exam, number: int, width: int, setting: RenderOptions, words: Words) -> Iterator[Line]:
    """An item after the exam: what was answered, what is right, and why."""
    item, mark, said = exam.items[number], exam.marks[number], words.examscreen
    right = exam.is_right(number)
    sign, role = ("○", "good") if right else ("×", "bad")
    word = words.exam.right_word if right else words.exam.wrong_word if mark.answer else words.exam.blank_word
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
    yield (Span(f"{said.your_answer}  ", "muted"), Span(", ".join(mark.answer) or said.no_answer))
    yield (Span(f"{said.key}  ", "muted"), Span(", ".join(item.right), "good"))
    if item.solution:
        yield ()
        yield (Span(words.questions.solution, "heading"),)
        yield from markdown_lines(item.solution, width, setting)
