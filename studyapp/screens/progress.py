"""Progress: what lies ahead, what is to be expected in the exam, how far predictions held, how the weeks went.

Every part is a pure function from the numbers of `studyapp stats` to lines. Bars are braille: a cell is two halves, and
no terminal takes it for a wide sign.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, dropwhile, islice, zip_longest
from typing import Any

from textual.app import ComposeResult

from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.screens.homeday import short_date
from studyapp.screens.homeview import TITLES
from studyapp.screens.marked import indented, one_line, plain_lines
from studyapp.screens.state import StateScreen
from studyapp.screens.widgets import Lines, body, framed
from studyapp.study.daily import DayPlan
from studyapp.study.pace import MINUTE
from studyapp.study.planning import days_ahead, outlook_of
from studyapp.study.progress import FORECAST, interval, stats
from studyapp.study.readiness import (
    ENOUGH,
    READINESS,
    READINESS_ABOUT,
    READINESS_SHARE,
    READINESS_SILENT,
    Readiness,
)
from studyapp.study.slips import mistake_sentences, slips
from studyapp.typeset.document import Line, Span
from studyapp.typeset.gauge import gauge
from studyapp.typeset.width import cells, clip, pad

NO_MISTAKES = Text(ja="記録された間違いはありません。", en="No mistake is recorded.")
ANSWERED = Text(ja="{count} 問", en="1 question|{count} questions")
MINUTES = Text(ja="{count} 分", en="1 minute|{count} minutes")
SECONDS = Text(ja="{seconds} 秒", en="{seconds} s")
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
TOO_FEW = Text(ja="まだ件数が足りません", en="too few answers to compare")
NO_RETENTION = Text(ja="予測と比べられる復習が、まだありません。", en="No review can be held against a prediction yet.")
AREAS_TITLE = Text(ja="分野ごとの記憶の安定度（中央値）", en="Stability by area (median)")
DAYS_OF_STABILITY = Text(ja="{days:.1f} 日", en="{days:.1f} days")
NO_STABILITY = Text(ja="記憶のある技能が、まだありません。", en="No skill has a memory yet.")
CALENDAR = Text(ja="この 28 日間", en="The last 28 days")
CALENDAR_DAYS = Text(ja="学習した日 {count} 日", en="1 study day|{count} study days")
WEEKDAYS = Text(ja="月火水木金土日", en="MTWTFSS")
PROMISED = Text(
    ja="約束 {promised:.0%}   実際 {recalled:.0%}（復習 {answers} 件、95% で {low:.0%} から {high:.0%}）",
    en="promised {promised:.0%}   had {recalled:.0%} ({answers} reviews; at 95%, {low:.0%} to {high:.0%})",
)
PLANS = Text(ja="これからの計画", en="The coming days")
PLAN_HEAD = (
    Text(ja="分", en="min"),
    Text(ja="復習", en="due"),
    Text(ja="直し", en="slips"),
    Text(ja="新しい", en="new"),
)
EVERY_AREA = Text(ja="全体", en="Everything")
WEEKLY_RIGHT = Text(ja="週ごとの正答率", en="Right answers by week")
WEEKLY_MINUTES = Text(ja="週ごとの時間（分）", en="Minutes by week")
MISTAKES_TITLE = Text(ja="間違い", en="Mistakes")
NO_EXAM = Text(
    ja="試験日を決めると、見込みを出します（c で設定）。", en="Set the date of the exam for a projection (c, settings)."
)
EXAM_OVER = Text(
    ja="試験日は過ぎています。次の試験日は c で設定できます。",
    en="The exam is over. Set the date of the next one with c.",
)

CUT = "»"
TWO_PANES = 96  # cells from which two parts stand side by side
GAP = 4
LONGEST_BAR = 30
SHARE_BAR = 10  # cells of a bar from 0 to 100 %
PLANNED_DAYS = 7
PLAN_COLUMN, DAY_COLUMN, WEEK_COLUMN = 6, 8, 7  # cells
LEAST_ANSWERS = 10  # first answers below which a bin says nothing about the prediction
WEEK = 7
VERDICT = 8  # cells of a sign and a count of answers
MOST_MISTAKES = 6

Numbers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is shown: the numbers of `stats`, mistakes as sentences with how often they were made, and what is to come.

    `plans` are those of the coming days, none while they are being made, `outlook` says what comes of them.
    """

    numbers: Numbers
    mistakes: Sequence[tuple[str, int]] = ()
    readiness: Readiness | None = None
    promised: float = 0.9
    exam: date | None = None
    plans: Sequence[tuple[date, DayPlan]] = ()
    outlook: str = ""
    title: Callable[[str], str] = str
    """What an area is called."""


class ProgressScreen(StateScreen):
    """The numbers of `studyapp stats`, as they are when the screen is seen."""

    TABLE = "progress"

    def compose(self) -> ComposeResult:
        lines = Lines(classes="column wide", id="progress")
        keys = ("mistakes", "settings", "back", "help")
        return framed("progress", body(lines), title=TITLES["progress"](), state=self.state.day_text(), keys=keys)

    def on_screen_resume(self) -> None:
        self.run_worker(self._count(), exclusive=True)  # the date of the exam may have changed meanwhile

    async def _count(self) -> None:
        """Show the numbers; and the plans of the coming days, which take longer to make, when they are made."""
        state, settings = self.state, self.state.settings
        history, library = state.history, state.library
        numbers = stats(history, state.today, settings.exam_date)
        sentences = await asyncio.to_thread(mistake_sentences, slips(history.mistakes(), library), library)
        mistakes = Counter[str]()
        for slip, sentence in sentences.items():
            mistakes[one_line(sentence, self.options)] += slip.times
        progress = Progress(
            numbers=numbers,
            mistakes=mistakes.most_common(),
            readiness=state.readiness(),
            promised=settings.retention,
            exam=settings.exam_date,
            title=library.area_title,
        )
        self._show(progress)
        ahead, plans = days_ahead(history, library, state.today, settings), list[tuple[date, DayPlan]]()
        for plan in islice(ahead, PLANNED_DAYS):
            plans.append(plan)
            await asyncio.sleep(0)
        self._show(replace(progress, plans=plans))
        outlook = await asyncio.to_thread(outlook_of, plans, ahead, history, library, settings)
        self._show(replace(progress, plans=plans, outlook=outlook.sentence(settings.exam_date)))

    def _show(self, progress: Progress) -> None:
        ascii_only = self.options.ascii_only
        self.query_one("#progress", Lines).show(lambda width: progress_lines(progress, width, ascii_only=ascii_only))


def progress_lines(progress: Progress, width: int, *, ascii_only: bool) -> Iterator[Line]:
    """Everything, in one column, or in two where there is room."""
    numbers = progress.numbers
    if not numbers["attempts"]:
        yield from plain_lines(NOTHING(), width)
        return
    yield from plain_lines(SKILLS(**numbers["levels"]), width)
    total = TOTAL(
        attempts=ANSWERED(count=numbers["attempts"]),
        days=CALENDAR_DAYS(count=len(numbers["days"])),
        time=duration(numbers["active_ms"]),
    )
    yield from plain_lines(total, width, "muted")
    yield ()
    wide = width >= TWO_PANES
    pane = (width - GAP) // 2 if wide else width
    left = _parted(
        plan_lines(progress.plans, progress.outlook, pane),
        forecast_lines(numbers["forecast"], pane, ascii_only=ascii_only),
        calendar_lines(numbers["calendar"], pane, ascii_only=ascii_only),
    )
    right = _parted(
        chain(
            readiness_lines(progress.readiness, pane, ascii_only=ascii_only),
            exam_lines(progress.exam, date.fromisoformat(numbers["day"]), pane),
        ),
        retention_lines(numbers["retention"], numbers["had"], progress.promised, pane),
        week_lines(numbers["weeks"], pane, progress.title),
        area_lines(numbers["by_area"], pane, progress.title, ascii_only=ascii_only),
        mistake_lines(progress.mistakes, pane, ascii_only=ascii_only),
    )
    yield from _side_by_side(left, right, pane) if wide else _parted(left, right)


def _side_by_side(left: Iterable[Line], right: Iterable[Line], pane: int) -> Iterator[Line]:
    for line, other in zip_longest(left, right, fillvalue=()):
        taken = sum(cells(span.text) for span in line)
        yield (*line, Span(" " * max(0, pane + GAP - taken)), *other) if other else line


def plan_lines(plans: Sequence[tuple[date, DayPlan]], outlook: str, width: int) -> Iterator[Line]:
    """The plans of the coming days: the minutes they are estimated to take, and what they hold."""
    yield (Span(PLANS(), "heading"),)
    heads = [head() for head in PLAN_HEAD]
    columns = [max(PLAN_COLUMN, cells(head) + 2) for head in heads]
    yield (Span(" " * DAY_COLUMN + _cells_of(heads, columns), "muted"),)
    for number, (day, plan) in enumerate(plans):
        name = short_date(day) if number else TODAY()
        counts = (round(plan.planned / MINUTE), plan.reviews, len(plan.slips), len(plan.new))
        texts = [str(count) if count else "-" for count in counts]
        yield Span(pad(name, DAY_COLUMN, "right"), "muted"), Span(_cells_of(texts, columns))
    if outlook:
        yield from indented(plain_lines(outlook, width - 2, "muted"))


def week_lines(weeks: Sequence[Numbers], width: int, title: Callable[[str], str]) -> Iterator[Line]:
    """The share of right answers and the minutes of each of the last weeks, in all and by area."""
    areas = sorted({area for week in weeks for area in week["by_area"]})
    names = {EVERY_AREA(): ""} | {title(area): area for area in areas}
    column = min(max(map(cells, names), default=0), max(8, width // 3))
    begun = list(dropwhile(lambda week: not week["attempts"], weeks))
    shown = begun[-max(1, (width - column - 2) // WEEK_COLUMN) :]
    starts = [short_date(date.fromisoformat(week["week"])) for week in shown]
    for heading, value in ((WEEKLY_RIGHT(), _percent), (WEEKLY_MINUTES(), _minutes)):
        yield (Span(heading, "heading"),)
        yield (Span(" " * (column + 2) + _cells_of(starts, [WEEK_COLUMN] * len(shown)), "muted"),)
        for name, area in names.items():
            counts = [week["by_area"].get(area) if name != EVERY_AREA() else week for week in shown]
            values = [value(count) if count is not None and count["attempts"] else "" for count in counts]
            row = _cells_of(values, [WEEK_COLUMN] * len(shown))
            yield Span(f"  {pad(clip(name, column, CUT), column)}"), Span(row)


def _percent(count: Numbers) -> str:
    return f"{count['correct'] / count['attempts']:.0%}"


def _minutes(count: Numbers) -> str:
    return str(round(count["active_ms"] / MINUTE))


def exam_lines(exam: date | None, today: date, width: int) -> Iterator[Line]:
    """That there is no date of the exam, or that it is past."""
    if exam is None or exam < today:
        yield from indented(plain_lines((NO_EXAM if exam is None else EXAM_OVER)(), width - 2, "muted"))


def forecast_lines(forecast: Sequence[Numbers], width: int, *, ascii_only: bool = False) -> Iterator[Line]:
    """A bar for each of the coming days, today with all that is overdue."""
    yield (Span(FORECAST(), "heading"),)
    names = [TODAY(), *(short_date(date.fromisoformat(day["day"])) for day in forecast[1:])]
    counts = [int(day["due"]) for day in forecast]
    most = max(counts)
    column = max(cells(name) for name in names)
    room = min(LONGEST_BAR, width - column - 8)
    for name, count in zip(names, counts, strict=True):
        yield (
            Span(f"  {pad(name, column, 'right')}", "muted"),
            Span(f"{count:>4} ", "strong" if count else "muted"),
            Span(bar(count, max(most, room), room, ascii_only=ascii_only), "mark"),
        )
    if most:
        busiest = date.fromisoformat(forecast[counts.index(most)]["day"])
        yield (Span(f"  {PEAK(day=short_date(busiest), count=most)}", "muted"),)


def calendar_lines(calendar: Sequence[Numbers], width: int, *, ascii_only: bool = False) -> Iterator[Line]:
    """Four weeks of days with how much was answered on each; the last is today. No streak is counted."""
    days = [(date.fromisoformat(day["day"]), int(day["attempts"])) for day in calendar]
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
            sign, number = level(count, most, ascii_only=ascii_only), f"{min(count, 999):>3}" if count else ""
            line.append(Span(f"{sign}{number}".rjust(5), "mark" if count else "muted"))
        yield tuple(line)


def readiness_lines(readiness: Readiness | None, width: int, *, ascii_only: bool = False) -> Iterator[Line]:
    """The share of right answers to be expected in the exam, in all and by syllabus item; silent without evidence."""
    yield (Span(READINESS(), "heading"),)
    if readiness is None:
        yield from indented(plain_lines(READINESS_SILENT(count=ENOUGH), width - 2, "muted"))
        return
    rows = readiness.rows
    column = min(max(map(cells, rows)), max(8, width // 2 - 8))
    for name, expected in rows.items():
        shares = READINESS_SHARE(share=expected.share, low=expected.low, high=expected.high)
        room = min(SHARE_BAR, width - column - cells(shares) - 6)
        if expected.note:
            yield (Span(f"  {pad(clip(name, column, CUT), column)}  {expected.note}", "muted"),)
            continue
        yield (
            Span(f"  {pad(clip(name, column, CUT), column)}  "),
            *(gauge(expected.share, 1.0, room, ascii_only=ascii_only) if room > 0 else ()),
            Span(f"  {shares}"),
        )
    yield from indented(plain_lines(READINESS_ABOUT(day=short_date(readiness.day)), width - 2, "muted"))


def retention_lines(bins: Sequence[Numbers], had: Numbers, promised: float, width: int) -> Iterator[Line]:
    """The retention that was promised beside the one that was had; and by predicted recall, what was recalled.

    A bin of few answers says that it says nothing.
    """
    yield (Span(RETENTION(), "heading"),)
    if had["answers"]:
        yield from indented(plain_lines(PROMISED(promised=promised, **had), width - 2))
    yield from indented(plain_lines(RETENTION_ABOUT() if bins else NO_RETENTION(), width - 2, "muted"))
    if not bins:
        return
    heads = [head() for head in RETENTION_HEAD]
    columns = [max(8, cells(head) + 1) for head in heads]
    if sum(columns) + VERDICT > width:
        columns.pop()  # the range gives way in a narrow terminal; the sign says what it says
    yield (Span(_cells_of(heads, columns), "muted"),)
    for bin_ in bins:
        yield _bin_line(bin_, columns, width)


def _bin_line(bin_: Numbers, columns: Sequence[int], width: int) -> Line:
    """One bin; the prediction held where it lies in the range of what was recalled."""
    answers, predicted, recalled = int(bin_["answers"]), bin_["predicted"], bin_["recalled"]
    right = round(recalled * answers)
    bounds, mean = f"{bin_['low']:.0%}–{bin_['high']:.0%}", f"{predicted:.0%}"
    if answers < LEAST_ANSWERS:
        row = _cells_of((bounds, mean, f"{right}/{answers}"), columns)
        return (Span(row, "muted"), Span(clip(f"  {TOO_FEW()}", width - cells(row), "…"), "near"))
    low, high = interval(right, answers)
    row = _cells_of((bounds, mean, f"{recalled:.0%}", f"{low:.0%}–{high:.0%}"), columns)
    sign, role = ("○", "good") if low <= predicted <= high else ("△", "near")
    return (Span(row), Span(f" {sign}", role), Span(f" {answers}", "muted"))


def _cells_of(texts: Sequence[str], columns: Sequence[int]) -> str:
    return "".join(pad(text, column, "right") for text, column in zip(texts, columns, strict=False))


def area_lines(
    areas: Mapping[str, Numbers], width: int, title: Callable[[str], str], *, ascii_only: bool = False
) -> Iterator[Line]:
    """The median stability of the skills of each area, and its first answers of the day."""
    rows = [(title(area), numbers) for area, numbers in areas.items() if numbers["stability"] is not None]
    yield (Span(AREAS_TITLE(), "heading"),)
    if not rows:
        yield (Span(f"  {NO_STABILITY()}", "muted"),)
        return
    column = min(max(cells(name) for name, _ in rows), max(8, width // 3))
    most = max(numbers["stability"] for _, numbers in rows)
    for name, numbers in rows:
        stability = numbers["stability"]
        share = f"{numbers['first_correct']}/{numbers['first_attempts']}"
        room = min(LONGEST_BAR // 2, width - column - cells(share) - 18)
        yield (
            Span(f"  {pad(clip(name, column, '…'), column)}"),
            Span(f"{pad(DAYS_OF_STABILITY(days=stability), 11, 'right')}  ", "strong"),
            Span(pad(bar(stability, most, room, ascii_only=ascii_only), max(0, room)), "mark"),
            Span(f"  {share}", "muted"),
        )


def mistake_lines(mistakes: Sequence[tuple[str, int]], width: int, *, ascii_only: bool = False) -> Iterator[Line]:
    """The mistakes that were made most."""
    yield (Span(MISTAKES_TITLE(), "heading"),)
    if not mistakes:
        yield (Span(f"  {NO_MISTAKES()}", "muted"),)
        return
    column = min(max(cells(name) for name, _ in mistakes), max(8, width * 2 // 3))
    most = max(times for _, times in mistakes)
    room = min(LONGEST_BAR // 2, width - column - 10)
    for name, times in mistakes[:MOST_MISTAKES]:
        yield (
            Span(f"  {pad(clip(name, column, '…'), column)}"),
            Span(f"{times:>5} ", "strong"),
            Span(bar(times, most, room, ascii_only=ascii_only), "mark"),
        )
    if len(mistakes) > MOST_MISTAKES:
        yield (Span(f"  {OTHERS(count=len(mistakes) - MOST_MISTAKES)}", "muted"),)


def _parted(*parts: Iterable[Line]) -> Iterator[Line]:
    for number, part in enumerate(parts):
        if number:
            yield ()
        yield from part


def bar(value: float, most: float, width: int, *, ascii_only: bool = False) -> str:
    """A bar of at most `width` cells, as long as `value` is of `most`; anything above nothing is seen."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    halves = max(1, round(2 * width * min(1.0, value / most)))
    return "#" * max(1, halves // 2) if ascii_only else "⣿" * (halves // 2) + "⡇" * (halves % 2)


def level(value: int, most: int, *, ascii_only: bool = False) -> str:
    """One cell that is the fuller the nearer a value is to the greatest; a dot for nothing."""
    if value <= 0:
        return " " if ascii_only else "·"
    signs = ".-+#" if ascii_only else "⣀⣤⣶⣿"
    return signs[min(len(signs), -(-len(signs) * value // max(1, most))) - 1]


def duration(active_ms: int) -> str:
    """A time of work."""
    seconds = active_ms // 1000
    return SECONDS(seconds=seconds) if seconds < 60 else MINUTES(count=seconds // 60)
