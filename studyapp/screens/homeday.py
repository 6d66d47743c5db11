"""The day as home shows it: a running exam, the minutes of the goal, what to do now, the weeks."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from studyapp.domain.text import MONTHS, Text
from studyapp.domain.values import dataclass
from studyapp.screens.board import BoardRow, Room
from studyapp.screens.home import RUNNING
from studyapp.study.exam import Exam, clock
from studyapp.typeset.gauge import WEEK, gauge, heat
from studyapp.typeset.lines import Line, Span
from studyapp.typeset.width import cells, pad

GOAL = Text(ja="今日の {minutes} 分", en="Today, {minutes} min")
DONE_MINUTES = Text(ja="{minutes} 分", en="{minutes} min")
ANSWERED = Text(ja="{answered} 問、正解 {right}", en="{answered} answered, {right} right")
STREAK = Text(ja="連続 {count} 日", en="1 day running|{count} days running")
FIRST_DAY = Text(ja="はじめての日", en="The first day")
BEGIN = Text(ja="始める", en="Begin")
CONTINUE = Text(ja="続ける", en="Go on")
MORE = Text(ja="もっと", en="More")
WEAK = Text(ja="苦手", en="Slips")
MOCK = Text(ja="模試", en="Mock exam")
HELD = {
    "reviews": Text(ja="復習 {count}", en="due {count}"),
    "slips": Text(ja="間違い直し {count}", en="slips {count}"),
    "new": Text(ja="新しい技能 {count}", en="new skills {count}"),
}
"""What a session holds, in the order in which it is asked."""
READ_FIRST = Text(ja="新しい技能 {count}（先に読みます）", en="new skills {count} (read first)")
LEFT_COUNT = Text(ja="残り {count} 問", en="1 question left|{count} questions left")
ABOUT_LEFT = Text(ja="あと約 {count} 分", en="about {count} min left")
ABOUT = Text(ja="約 {count} 分", en="about {count} min")
NEXT = Text(ja="次は {title}", en="Next: {title}")
DAY_DONE = Text(ja="今日の分は終わりました", en="Done for today")
NEXT_REVIEWS = Text(ja="次の復習は {day} {count} 件", en="next: 1 review {day}|next: {count} reviews {day}")
TOMORROW = Text(ja="明日", en="tomorrow")
ALL_MET = Text(ja="今日は、どの技能にも出会いました", en="Every skill was met today")
SKIP = Text(ja="もう知っているところをとばす", en="skip what you know already")
SKIP_MINUTES = 5  # that a placement takes
WEEKS = Text(ja="この {count} 週間", en="Last {count} weeks")
AHEAD = Text(ja="この先 {count} 日", en="Next {count} days")
EXAM_RUNS = Text(ja="模試の途中", en="Mock exam")
LEFT_TIME = Text(ja="残り {left}", en="{left} left")
EXAM_ANSWERED = Text(ja="解答 {answered} / {items}", en="{answered} of {items} answered")
EXAM_FLAGGED = Text(ja="印 {count}", en="1 flag|{count} flags")
CLOCK_RUNS = Text(ja="時計は進んでいます", en="The clock is running")
BACK_TO_EXAM = Text(ja="模試に戻る", en="Back to the exam")
KEY_LEADS = Text(ja="{key} でも戻れます", en="{key} leads there, too")
DATE_FORM = Text(ja="{month}/{day}", en="{day} {name}")

GOAL_BAR = 20  # cells of the bar of the day
NARROW = 60  # cells below which the bar is half as long, and what a step holds has a row of its own
LOWEST = 20  # rows from which the weeks have one
APART = 3  # cells between columns, and between two things on a row
WEEKS_SHOWN, DAYS_AHEAD = 4, 7  # with a pane beside the list the weeks of twice the days ahead


class Step(NamedTuple):
    """Something that can be done now: the row that stands for it, its name, what it holds, and how long it takes."""

    id: str
    name: str
    about: str
    time: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """A study day as of a moment. Times are in minutes; `heat` are shares of the goal, today's last, none at first.

    `ahead` are the reviews of the coming days; `following` says with what the first step begins, `ended` what comes
    after the day where it is done.
    """

    goal: int
    spent: int
    answered: int
    right: int
    streak: int
    heat: tuple[float, ...]
    ahead: tuple[int, ...]
    steps: tuple[Step, ...]
    following: str = ""
    ended: str | None = None


def exam_rows(exam: Exam, now: Callable[[], datetime], key: str) -> Iterator[BoardRow]:
    """The exam whose clock runs, with the time that is left whenever it is looked at."""

    def running(width: int) -> Line:
        answered = sum(bool(mark.answer) for mark in exam.marks)
        counts = [EXAM_ANSWERED(answered=answered, items=len(exam.items))]
        counts += [EXAM_FLAGGED(count=flagged)] if (flagged := sum(mark.flagged for mark in exam.marks)) else []
        left = Span(LEFT_TIME(left=clock(exam.remaining(now()))) + " " * APART, "clock")
        parts = (Span(EXAM_RUNS() + " " * APART, "strong"), left, Span((" " * APART).join(counts)))
        return noted(parts, CLOCK_RUNS())(width)

    yield BoardRow(None, parts=running, edge="clock")
    back = noted((Span(BACK_TO_EXAM(), "strong"),), KEY_LEADS(key=key))
    yield BoardRow(RUNNING, key, parts=back, role="mark", edge="clock")
    yield BoardRow(None)


def day_rows(today: Today, room: Room, *, acts: bool, shaded: bool, ascii_only: bool) -> Iterator[BoardRow]:
    """The day block, with an edge where it is what to act on, and below it the weeks where there is room."""
    wide, done = room.whole >= NARROW, today.ended is not None
    edge = ("good" if done else "mark") if acts else ""
    goal = GOAL(minutes=today.goal)
    column = max(cells(goal), *(cells(step.name) + 2 for step in today.steps)) + APART
    bar = gauge(today.spent, today.goal, GOAL_BAR if wide else GOAL_BAR // 2, ascii_only=ascii_only)
    answers = ANSWERED(answered=today.answered, right=today.right) if today.answered else ""
    streak = STREAK(count=today.streak) if today.streak > 1 else "" if today.heat else FIRST_DAY()
    parts = (Span(pad(goal, column), "strong"), *bar, Span(f"{DONE_MINUTES(minutes=today.spent):>8}", "strong"))
    yield BoardRow(None, parts=noted(parts, streak, "" if done else " " * APART + answers), edge=edge)
    if done:
        sign = "o" if ascii_only else "〇"
        parts = (Span(f"{sign} {DAY_DONE()}" + " " * APART, "good"), Span(answers, "muted"))
        yield BoardRow(None, parts=noted(parts, today.ended or ""), edge=edge)
    for number, step in enumerate(today.steps):
        name = Span(pad(step.name, column - 2), "strong")
        parts = (name, Span(step.about)) if wide else (name,)
        yield BoardRow(step.id, step.key, parts=noted(parts, step.time), role="mark", edge=edge)
        if not wide:
            yield BoardRow(None, parts=(Span(f"  {step.about}"),), edge=edge)
        if not number and today.following:
            yield BoardRow(None, parts=(Span(f"  {NEXT(title=today.following)}", "muted"),), edge=edge)
    if today.heat and wide and room.height >= LOWEST:
        weeks, days = WEEKS_SHOWN + 3 * bool(room.pane), DAYS_AHEAD * (1 + bool(room.pane))
        past = heat(today.heat[-WEEK * weeks :], plain=not shaded, ascii_only=ascii_only)
        coming = f"{AHEAD(count=days)}  {' '.join(map(str, today.ahead[:days]))}"
        yield BoardRow(None)
        yield BoardRow(None, parts=noted((Span(pad(WEEKS(count=weeks), column), "muted"), *past), coming))


def noted(parts: Line, note: str, more: str = "") -> Callable[[int], Line]:
    """Spans with a note at the right end, and more behind them; each is left out where there is no room for it."""

    def laid(width: int) -> Line:
        room = width - sum(cells(span.text) for span in parts) - cells(note)
        if room <= 0:
            return parts
        behind = more if cells(more) < room else ""
        return (*parts, Span(pad(behind, room), "muted"), Span(note, "muted"))

    return laid


def held(reviews: int, slips: int, new: int) -> str:
    """What a session holds, in words."""
    counts = zip(HELD.values(), (reviews, slips, new), strict=True)
    return (" " * APART).join(text(count=count) for text, count in counts if count)


def short_date(day: date) -> str:
    """A date without its year."""
    return DATE_FORM(month=day.month, day=day.day, name=MONTHS[day.month - 1])
