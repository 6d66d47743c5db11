"""Progress in lines: every part of it is a pure function from the numbers of `studyapp stats` to terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from studyapp.domain.words.records import RecordsWords
from studyapp.screens.bars import bar, level, track
from studyapp.screens.marked import indented, plain_lines
from studyapp.study.outlook import interval
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells, clip, pad

TWO_PANES = 96
"""Cells from which two parts stand side by side."""
GAP = 4
LONGEST_BAR = 30
TRACK = 21
"""Cells of the track from 0 to 100 %, one for every five."""
LEAST_ANSWERS = 10
"""First answers below which a bin says nothing about the prediction."""
WEEK = 7
VERDICT = 8
"""Cells of a sign and a count of answers."""
MOST_MISTAKES = 6

Numbers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Style:
    """How progress is shown: the words, and the signs at hand."""

    words: RecordsWords
    ascii_only: bool = False


def progress_lines(
    numbers: Numbers, mistakes: Sequence[tuple[str, int]], exam: date | None, width: int, style: Style
) -> Iterator[Line]:
    """Everything, in one column, or in two where there is room; `mistakes` are sentences with how often they hold."""
    words = style.words
    if not numbers["attempts"]:
        yield from plain_lines(words.nothing, width)
        return
    yield from plain_lines(words.met(**numbers["levels"]), width)
    total = words.altogether(numbers["attempts"], len(numbers["days"]), numbers["active_ms"])
    yield from plain_lines(total, width, "muted")
    yield ()
    wide = width >= TWO_PANES
    pane = (width - GAP) // 2 if wide else width
    left = _parted(forecast_lines(numbers["forecast"], pane, style), calendar_lines(numbers["calendar"], pane, style))
    right = _parted(
        projection_lines(numbers["projection"], exam, date.fromisoformat(numbers["day"]), pane, style),
        retention_lines(numbers["retention"], pane, style),
        area_lines(numbers["by_area"], pane, style),
        mistake_lines(mistakes, pane, style),
    )
    yield from beside(left, right, pane) if wide else _parted(left, right)


def beside(left: Iterable[Line], right: Iterable[Line], pane: int) -> Iterator[Line]:
    """Two columns of lines, the left one `pane` cells wide."""
    for one, other in zip_longest(left, right, fillvalue=()):
        taken = sum(cells(span.text) for span in one)
        yield (*one, Span(" " * max(0, pane + GAP - taken)), *other) if other else one


def forecast_lines(forecast: Sequence[Numbers], width: int, style: Style) -> Iterator[Line]:
    """A bar for each of the coming days, today with all that is overdue."""
    words = style.words
    yield (Span(words.forecast, "heading"),)
    days = [(date.fromisoformat(one["day"]), int(one["due"])) for one in forecast]
    most = max(count for _, count in days)
    names = [words.today if number == 0 else words.on(day) for number, (day, _) in enumerate(days)]
    column = max(cells(name) for name in names)
    room = min(LONGEST_BAR, width - column - 8)
    for name, (_, count) in zip(names, days, strict=True):
        drawn = bar(count, max(most, room), room, ascii_only=style.ascii_only)
        shown = (Span(f"{count:>4} ", "strong" if count else "muted"), Span(drawn, "mark"))
        yield (Span(f"  {pad(name, column, 'right')}", "muted"), *shown)
    if most:
        day, count = max(days, key=lambda one: one[1])
        yield (Span(f"  {words.busiest(day, count)}", "muted"),)


def calendar_lines(calendar: Sequence[Numbers], width: int, style: Style) -> Iterator[Line]:
    """Four weeks of days with how much was answered on each; the last is today. No streak is counted."""
    words = style.words
    days = [(date.fromisoformat(one["day"]), int(one["attempts"])) for one in calendar]
    most = max(count for _, count in days)
    studied = sum(count > 0 for _, count in days)
    yield (Span(words.calendar, "heading"), Span(f"   {words.studied(studied)}", "muted"))
    heads = "".join(pad(words.weekdays[day.weekday()], 5, "right") for day, _ in days[:WEEK])
    lead = 7 if width >= 7 + 5 * WEEK else 0
    yield (Span(" " * lead + heads, "muted"),)
    for start in range(0, len(days), WEEK):
        week = days[start : start + WEEK]
        line = [Span(pad(words.on(week[0][0]), lead, "right") if lead else "", "muted")]
        for _, count in week:
            number = f"{min(count, 999):>3}" if count else ""
            line.append(
                Span(
                    f"{level(count, most, ascii_only=style.ascii_only)}{number}".rjust(5), "mark" if count else "muted"
                )
            )
        yield tuple(line)


def projection_lines(found: Numbers | None, exam: date | None, today: date, width: int, style: Style) -> Iterator[Line]:
    """What would be recalled on the day of the exam, and how much that rests on."""
    words = style.words
    yield (Span(words.projection, "heading"),)
    if found is None:
        told = words.no_exam if exam is None else words.exam_over if exam < today else words.no_skills
        yield from indented(plain_lines(told, width - 2, "muted"))
        return
    share = words.on_exam_day(found["exam"], found["skills"], found["recall"], found["low"], found["high"])
    drawn = track(found["low"], found["high"], found["recall"], TRACK, ascii_only=style.ascii_only)
    yield (Span("  0% ", "muted"), Span(drawn, "mark"), Span(" 100%", "muted"))
    yield from indented(plain_lines(share, width - 2))
    yield from indented(plain_lines(words.resting_on(found["answers"]), width - 2, "muted"))
    if found["few"]:
        yield from indented(plain_lines(words.few_answers, width - 2, "near"))


def retention_lines(bins: Sequence[Numbers], width: int, style: Style) -> Iterator[Line]:
    """By predicted recall, what was recalled, with its range; a bin of few answers says that it says nothing."""
    words = style.words
    yield (Span(words.retention, "heading"),)
    yield from indented(plain_lines(words.retention_about if bins else words.no_retention, width - 2, "muted"))
    if not bins:
        return
    columns = [max(8, cells(head) + 1) for head in words.retention_head]
    if sum(columns) + VERDICT > width:
        columns.pop()  # the range gives way in a narrow terminal; the sign says what it says
    yield (Span(_cells_of(words.retention_head, columns), "muted"),)
    for one in bins:
        yield _bin_line(one, columns, width, words)


def _bin_line(one: Numbers, columns: Sequence[int], width: int, words: RecordsWords) -> Line:
    """One bin; the prediction held where it lies in the range of what was recalled."""
    answers, predicted, recalled = int(one["answers"]), one["predicted"], one["recalled"]
    right = round(recalled * answers)
    bounds, mean = f"{one['low']:.0%}–{one['high']:.0%}", f"{predicted:.0%}"
    if answers < LEAST_ANSWERS:
        row = _cells_of((bounds, mean, f"{right}/{answers}"), columns)
        return (Span(row, "muted"), Span(clip(f"  {words.too_few}", width - cells(row), "…"), "near"))
    low, high = interval(right, answers)
    row = _cells_of((bounds, mean, f"{recalled:.0%}", f"{low:.0%}–{high:.0%}"), columns)
    sign, role = ("○", "good") if low <= predicted <= high else ("△", "near")
    return (Span(row), Span(f" {sign}", role), Span(f" {answers}", "muted"))


def _cells_of(texts: Sequence[str], columns: Sequence[int]) -> str:
    """Texts at the right ends of their columns."""
    return "".join(pad(text, column, "right") for text, column in zip(texts, columns, strict=False))


def area_lines(areas: Mapping[str, Numbers], width: int, style: Style) -> Iterator[Line]:
    """The median stability of the skills of each area, and its first answers of the day."""
    words = style.words
    found = [(words.area(area), one) for area, one in areas.items() if one["stability"] is not None]
    yield (Span(words.areas_title, "heading"),)
    if not found:
        yield (Span(f"  {words.no_stability}", "muted"),)
        return
    column = min(max(cells(name) for name, _ in found), max(8, width // 3))
    most = max(one["stability"] for _, one in found)
    for name, one in found:
        days, share = words.days(one["stability"]), words.right_in_area(one["first_correct"], one["first_attempts"])
        room = min(LONGEST_BAR // 2, width - column - cells(share) - 18)
        yield (
            Span(f"  {pad(clip(name, column, '…'), column)}"),
            Span(f"{pad(days, 11, 'right')}  ", "strong"),
            Span(pad(bar(one["stability"], most, room, ascii_only=style.ascii_only), max(0, room)), "mark"),
            Span(f"  {share}", "muted"),
        )


def mistake_lines(mistakes: Sequence[tuple[str, int]], width: int, style: Style) -> Iterator[Line]:
    """The mistakes that were made most."""
    words = style.words
    yield (Span(words.mistakes_title, "heading"),)
    if not mistakes:
        yield (Span(f"  {words.no_mistakes}", "muted"),)
        return
    column = min(max(cells(name) for name, _ in mistakes), max(8, width * 2 // 3))
    most = max(times for _, times in mistakes)
    for name, times in mistakes[:MOST_MISTAKES]:
        room = min(LONGEST_BAR // 2, width - column - 10)
        yield (
            Span(f"  {pad(clip(name, column, '…'), column)}"),
            Span(f"{times:>5} ", "strong"),
            Span(bar(times, most, room, ascii_only=style.ascii_only), "mark"),
        )
    if len(mistakes) > MOST_MISTAKES:
        yield (Span(f"  {words.and_others(len(mistakes) - MOST_MISTAKES)}", "muted"),)


def _parted(*parts: Iterable[Line]) -> Iterator[Line]:
    """The parts one below the other, an empty line between them."""
    for number, part in enumerate(parts):
        if number:
            yield ()
        yield from part
