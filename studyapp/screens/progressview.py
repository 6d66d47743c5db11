"""Progress in lines: every part of it is a pure function from the numbers of `studyapp stats` to terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from studyapp.domain.text import MONTHS, Text
from studyapp.screens.bars import bar, level, track
from studyapp.screens.marked import indented, plain_lines
from studyapp.study.progress import NO_SKILLS, area_text, interval
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells, clip, pad

NO_MISTAKES = Text(ja="記録された間違いはありません。", en="No mistake is recorded.")

ANSWERED = Text(ja="{count} 問", en="1 question|{count} questions")
MINUTES = Text(ja="{count} 分", en="1 minute|{count} minutes")
SECONDS = Text(ja="{seconds} 秒", en="{seconds} s")
DATE_FORM = Text(ja="{month}/{day}", en="{day} {name}")
OTHERS = Text(ja="ほか {count} 件", en="and 1 other|and {count} others")
NOTHING = Text(
    ja="まだ記録がありません。ホームで s を押すと、最初のセッションが始まります。",
    en="Nothing is recorded yet. The key s on the home screen starts a first session.",
)
SKILLS = Text(
    ja="学習中 {begun} ・ 学習済み {learned} ・ 習得 {mastered}",
    en="{begun} begun, {learned} learned, {mastered} mastered",
)
TOTAL = Text(ja="{attempts}、{days}、{time}", en="{attempts}, {days}, {time}")
FORECAST = Text(ja="これから 14 日の復習", en="Due in the next 14 days")
TODAY = Text(ja="今日", en="today")
PEAK = Text(ja="最も多い日: {day} に {count} 件", en="Busiest: {count} on {day}")
RETENTION = Text(ja="予測と実際", en="Prediction and fact")
RETENTION_ABOUT = Text(
    ja="その日の最初の解答だけを、予測した正答率ごとに数えます。",
    en="Only first answers of a day count, by predicted recall.",
)
RETENTION_HEAD = (
    Text(ja="予測の範囲", en="predicted"),
    Text(ja="予測", en="mean"),
    Text(ja="実際", en="fact"),
    Text(ja="95% 区間", en="95% range"),
)
TOO_FEW = Text(ja="件数が少ないので、まだ比べられません", en="too few answers to compare")
NO_RETENTION = Text(ja="予測と比べられる復習が、まだありません。", en="No review can be held against a prediction yet.")
AREAS_TITLE = Text(ja="分野ごとの記憶の安定度（中央値）", en="Stability by area (median)")
DAYS_OF_STABILITY = Text(ja="{days:.1f} 日", en="{days:.1f} days")
NO_STABILITY = Text(ja="記憶のある技能が、まだありません。", en="No skill has a memory yet.")
AREA_RIGHT = Text(ja="{right}/{first}", en="{right}/{first}")
CALENDAR = Text(ja="この 28 日間", en="The last 28 days")
CALENDAR_DAYS = Text(ja="学習した日 {count} 日", en="1 study day|{count} study days")
WEEKDAYS = Text(ja="月火水木金土日", en="MTWTFSS")
MISTAKES_TITLE = Text(ja="間違い", en="Mistakes")
PROJECTION = Text(ja="試験日の見込み", en="The day of the exam")
PROJECTED = Text(
    ja="これから復習しない場合、{exam} には、出会った技能 {skills} 件のうち約 {recall:.0%}（95% 区間 {low:.0%}–"
    "{high:.0%}）を思い出せます。",
    en="With no further review, about {recall:.0%} (95% range {low:.0%}–{high:.0%}) of the skills met ({skills}) "
    "would be recalled on {exam}.",
)
RESTS_ON = Text(ja="予測と照らし合わせた解答: {count} 件", en="Answers held against their prediction: {count}")
FEW_ANSWERS = Text(
    ja="解答がまだ少ないので、この見込みは目安にもなりません。",
    en="These are too few answers for the projection to mean much.",
)
NO_EXAM = Text(
    ja="試験日を決めると、見込みを出します（c で設定）。",
    en="Set the date of the exam for a projection (c, settings).",
)
EXAM_OVER = Text(
    ja="試験日は過ぎています。次の試験日は c で設定できます。",
    en="The exam is over. Set the date of the next one with c.",
)

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

    ascii_only: bool = False


def progress_lines(
    numbers: Numbers, mistakes: Sequence[tuple[str, int]], exam: date | None, width: int, style: Style
) -> Iterator[Line]:
    """Everything, in one column, or in two where there is room; `mistakes` are sentences with how often they hold."""
    if not numbers["attempts"]:
        yield from plain_lines(NOTHING(), width)
        return
    yield from plain_lines(met(**numbers["levels"]), width)
    total = TOTAL(
        attempts=ANSWERED(count=numbers["attempts"]),
        days=CALENDAR_DAYS(count=len(numbers["days"])),
        time=lasted(numbers["active_ms"]),
    )
    yield from plain_lines(total, width, "muted")
    yield ()
    wide = width >= TWO_PANES
    pane = (width - GAP) // 2 if wide else width
    left = _parted(forecast_lines(numbers["forecast"], pane, style), calendar_lines(numbers["calendar"], pane, style))
    right = _parted(
        projection_lines(numbers["projection"], exam, date.fromisoformat(numbers["day"]), pane, style),
        retention_lines(numbers["retention"], pane),
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
    yield (Span(FORECAST(), "heading"),)
    days = [(date.fromisoformat(one["day"]), int(one["due"])) for one in forecast]
    most = max(count for _, count in days)
    names = [TODAY() if number == 0 else short_date(day) for number, (day, _) in enumerate(days)]
    column = max(cells(name) for name in names)
    room = min(LONGEST_BAR, width - column - 8)
    for name, (_, count) in zip(names, days, strict=True):
        drawn = bar(count, max(most, room), room, ascii_only=style.ascii_only)
        shown = (Span(f"{count:>4} ", "strong" if count else "muted"), Span(drawn, "mark"))
        yield (Span(f"  {pad(name, column, 'right')}", "muted"), *shown)
    if most:
        day, count = max(days, key=lambda one: one[1])
        yield (
            Span(
                f"  {PEAK(day=short_date(day), count=count)}",
                "muted",
            ),
        )


def calendar_lines(calendar: Sequence[Numbers], width: int, style: Style) -> Iterator[Line]:
    """Four weeks of days with how much was answered on each; the last is today. No streak is counted."""
    days = [(date.fromisoformat(one["day"]), int(one["attempts"])) for one in calendar]
    most = max(count for _, count in days)
    studied = sum(count > 0 for _, count in days)
    yield (Span(CALENDAR(), "heading"), Span(f"   {CALENDAR_DAYS(count=studied)}", "muted"))
    heads = "".join(pad(WEEKDAYS()[day.weekday()], 5, "right") for day, _ in days[:WEEK])
    lead = 7 if width >= 7 + 5 * WEEK else 0
    yield (Span(" " * lead + heads, "muted"),)
    for start in range(0, len(days), WEEK):
        week = days[start : start + WEEK]
        line = [Span(pad(short_date(week[0][0]), lead, "right") if lead else "", "muted")]
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
    yield (Span(PROJECTION(), "heading"),)
    if found is None:
        told = NO_EXAM() if exam is None else EXAM_OVER() if exam < today else NO_SKILLS()
        yield from indented(plain_lines(told, width - 2, "muted"))
        return
    share = PROJECTED(
        exam=found["exam"], skills=found["skills"], recall=found["recall"], low=found["low"], high=found["high"]
    )
    drawn = track(found["low"], found["high"], found["recall"], TRACK, ascii_only=style.ascii_only)
    yield (Span("  0% ", "muted"), Span(drawn, "mark"), Span(" 100%", "muted"))
    yield from indented(plain_lines(share, width - 2))
    yield from indented(plain_lines(RESTS_ON(count=found["answers"]), width - 2, "muted"))
    if found["few"]:
        yield from indented(plain_lines(FEW_ANSWERS(), width - 2, "near"))


def retention_lines(bins: Sequence[Numbers], width: int) -> Iterator[Line]:
    """By predicted recall, what was recalled, with its range; a bin of few answers says that it says nothing."""
    yield (Span(RETENTION(), "heading"),)
    yield from indented(plain_lines(RETENTION_ABOUT() if bins else NO_RETENTION(), width - 2, "muted"))
    if not bins:
        return
    heads = [head() for head in RETENTION_HEAD]
    columns = [max(8, cells(head) + 1) for head in heads]
    if sum(columns) + VERDICT > width:
        columns.pop()  # the range gives way in a narrow terminal; the sign says what it says
    yield (Span(_cells_of(heads, columns), "muted"),)
    for one in bins:
        yield _bin_line(one, columns, width)


def _bin_line(one: Numbers, columns: Sequence[int], width: int) -> Line:
    """One bin; the prediction held where it lies in the range of what was recalled."""
    answers, predicted, recalled = int(one["answers"]), one["predicted"], one["recalled"]
    right = round(recalled * answers)
    bounds, mean = f"{one['low']:.0%}–{one['high']:.0%}", f"{predicted:.0%}"
    if answers < LEAST_ANSWERS:
        row = _cells_of((bounds, mean, f"{right}/{answers}"), columns)
        return (Span(row, "muted"), Span(clip(f"  {TOO_FEW()}", width - cells(row), "…"), "near"))
    low, high = interval(right, answers)
    row = _cells_of((bounds, mean, f"{recalled:.0%}", f"{low:.0%}–{high:.0%}"), columns)
    sign, role = ("○", "good") if low <= predicted <= high else ("△", "near")
    return (Span(row), Span(f" {sign}", role), Span(f" {answers}", "muted"))


def _cells_of(texts: Sequence[str], columns: Sequence[int]) -> str:
    """Texts at the right ends of their columns."""
    return "".join(pad(text, column, "right") for text, column in zip(texts, columns, strict=False))


def area_lines(areas: Mapping[str, Numbers], width: int, style: Style) -> Iterator[Line]:
    """The median stability of the skills of each area, and its first answers of the day."""
    found = [(area_text(area), one) for area, one in areas.items() if one["stability"] is not None]
    yield (Span(AREAS_TITLE(), "heading"),)
    if not found:
        yield (Span(f"  {NO_STABILITY()}", "muted"),)
        return
    column = min(max(cells(name) for name, _ in found), max(8, width // 3))
    most = max(one["stability"] for _, one in found)
    for name, one in found:
        days, share = (
            DAYS_OF_STABILITY(days=one["stability"]),
            AREA_RIGHT(right=one["first_correct"], first=one["first_attempts"]),
        )
        room = min(LONGEST_BAR // 2, width - column - cells(share) - 18)
        yield (
            Span(f"  {pad(clip(name, column, '…'), column)}"),
            Span(f"{pad(days, 11, 'right')}  ", "strong"),
            Span(pad(bar(one["stability"], most, room, ascii_only=style.ascii_only), max(0, room)), "mark"),
            Span(f"  {share}", "muted"),
        )


def mistake_lines(mistakes: Sequence[tuple[str, int]], width: int, style: Style) -> Iterator[Line]:
    """The mistakes that were made most."""
    yield (Span(MISTAKES_TITLE(), "heading"),)
    if not mistakes:
        yield (Span(f"  {NO_MISTAKES()}", "muted"),)
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
        yield (Span(f"  {OTHERS(count=(len(mistakes) - MOST_MISTAKES))}", "muted"),)


def _parted(*parts: Iterable[Line]) -> Iterator[Line]:
    """The parts one below the other, an empty line between them."""
    for number, part in enumerate(parts):
        if number:
            yield ()
        yield from part


def lasted(active_ms: int) -> str:
    """A time of work."""
    seconds = active_ms // 1000
    return SECONDS(seconds=seconds) if seconds < 60 else MINUTES(count=seconds // 60)


def short_date(day: date) -> str:
    """A date without its year."""
    return DATE_FORM(month=day.month, day=day.day, name=MONTHS[day.month - 1])


def met(begun: int, learned: int, mastered: int) -> str:
    """How many skills stand at each level."""
    return SKILLS(begun=begun, learned=learned, mastered=mastered)
