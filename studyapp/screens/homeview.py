"""The course and the day as home shows them."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from studyapp.domain.record import Count
from studyapp.domain.text import MONTHS, Text
from studyapp.domain.values import dataclass
from studyapp.history.history import History
from studyapp.screens.actions import actions
from studyapp.screens.base import DUE, PLACEMENT, SLIPS
from studyapp.screens.board import CUT, WIDEST_LIST, BoardRow, Room
from studyapp.screens.home import AREA, PRACTICE, REST, RUNNING, Opened
from studyapp.screens.homeday import (
    ABOUT,
    ABOUT_LEFT,
    ALL_MET,
    BEGIN,
    CLOCK_RUNS,
    CONTINUE,
    DAYS_AHEAD,
    LEFT_COUNT,
    MOCK,
    MORE,
    NARROW,
    NEXT_REVIEWS,
    READ_FIRST,
    SKIP,
    SKIP_MINUTES,
    TOMORROW,
    WEAK,
    Step,
    Today,
    day_rows,
    exam_rows,
    held,
    noted,
    short_date,
)
from studyapp.screens.marked import markdown_lines, plain_lines, read_ahead
from studyapp.screens.state import ROUNDS, AppState, TopicStanding
from studyapp.screens.widgets import GAP
from studyapp.study import mock
from studyapp.study.daily import Why, queue_of
from studyapp.study.entries import TopicEntry, area_of
from studyapp.study.exam import clock
from studyapp.study.excerpts import beginning_of
from studyapp.study.library import Library
from studyapp.study.pace import MINUTE
from studyapp.study.progress import LEVEL_STEPS, forecast, level_of
from studyapp.study.rounds import DayRound
from studyapp.study.slips import SLIPS as SLIPS_KNOWN
from studyapp.study.slips import Slip
from studyapp.typeset.document import RenderOptions
from studyapp.typeset.gauge import WEEK, gauge, level
from studyapp.typeset.lines import Line, Span, fitted
from studyapp.typeset.width import cells, pad

CLOCK = Text(ja="模試 残り {left}", en="exam: {left} left")
TOPICS = Text(ja="範囲", en="Topics")
SKILLS_HEAD = Text(ja="技能", en="skills")
DUE_HEAD = Text(ja="復習", en="due")
DUE_TODAY = Text(ja="今日 {count}", en="today {count}")
READ_NEXT = Text(ja="次に読む", en="read next")
START_HERE = Text(ja="ここから", en="start here")
READING_ONLY = Text(ja="本文のみ", en="to read")
REST_PAGES = Text(ja="ほか {count} ページ", en="1 more page|{count} more pages")
NO_TOPICS = Text(ja="読めるトピックがありません。", en="There is no topic to read.")
COMPLAINTS_ROW = Text(ja="ページの問題点 {count} 件", en="1 problem in pages|{count} problems in pages")
NOT_OPENED = Text(
    ja="学習の記録を開けないので、ページを読むことだけできます。studyapp --data DIR で、別のフォルダを使えます。",
    en="The history cannot be opened, so pages can be read and nothing else. studyapp --data DIR uses another folder.",
)
DAYS_LEFT = Text(ja="試験まで {count} 日", en="1 day to the exam|{count} days to the exam")
EXAM_TODAY = Text(ja="試験は今日です", en="the exam is today")
TODAY = Text(ja="{month}/{day} {name}", en="{name} {day} {month_name}")
WEEKDAYS = Text(ja="月 火 水 木 金 土 日", en="Mon Tue Wed Thu Fri Sat Sun")
ABOUT_ITEMS = Text(ja="シラバス {items}", en="syllabus {items}")
ABOUT_REQUIRES = Text(ja="先に読む: {titles}", en="read first: {titles}")
EXERCISES_COUNT = Text(ja="問題 {count}", en="1 exercise|{count} exercises")
NO_EXERCISES = Text(ja="問題なし", en="no exercises")
LEVEL_HEAD = Text(ja="水準", en="level")
NEXT_HEAD = Text(ja="次", en="next")
DUE_NOW = Text(ja="今日", en="today")
OTHER_SKILLS = Text(ja="ほか {count} 件", en="1 other|{count} others")
JOINED = Text(ja="、", en=", ")
TITLES = {
    "exam": Text(ja="模試", en="Mock exam"),
    "progress": Text(ja="進み具合", en="Progress"),
    "mistakes": Text(ja="自分の間違い", en="My mistakes"),
    "flags": Text(ja="印を付けた問題と場所", en="Flags"),
    "settings": Text(ja="設定", en="Settings"),
}

STEP_NAMES = {"more": MORE, "begin": BEGIN, "go_on": CONTINUE, "exam": MOCK}
"""What the first step may be called, by the name of its label on the key line."""
AREA_BAR, PANE_BAR = 10, 8  # cells of the bar of an area, and of one beside a pane
WEEKS_KEPT = 7
LITTLE = 0.001
LEVEL_CELLS, DATE_CELLS = 6, 8
COUNT, NARROW_COUNT = 9, 6  # cells of the skills that were met, of all
LEAST_OPEN = 3  # rows for which an area is opened
MOST_TEXT = 10  # rows of the beginning of a page
MOST_SKILLS = 12  # skills that are listed beside a page
FEW_SLIPS = 3  # kinds of slips that are named


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the course, or a whole course that is not the shipped one."""

    id: str
    title: str
    topics: tuple[TopicEntry, ...]
    standings: tuple[TopicStanding, ...]

    @property
    def whole(self) -> TopicStanding:
        """What its pages come to."""
        return added(self.standings)


def added(standings: Sequence[TopicStanding]) -> TopicStanding:
    """What several pages come to."""
    skills, known, due = (sum(getattr(standing, name) for standing in standings) for name in ("skills", "known", "due"))
    return TopicStanding(skills, known, due)


def areas_of(state: AppState) -> tuple[Area, ...]:
    """The areas: those of the first course in its order, then each further course as one."""
    library = state.library
    groups: dict[tuple[int, int, str], list[tuple[TopicEntry, TopicStanding]]] = {}
    for topic, standing in zip(library.topics, state.standings(library.topics), strict=True):
        own = (topic.course, 0, "") if topic.course else (0, topic.area_order, area_of(topic.id))
        groups.setdefault(own, []).append((topic, standing))
    return tuple(
        Area(
            library.courses[course].folder if course else area,
            library.courses[course].title if course else library.area_title(area),
            *zip(*groups[course, order, area], strict=True),
        )
        for course, order, area in sorted(groups, key=lambda group: (*group[:2], not group[2], group[2]))
    )


def home_view(state: AppState) -> "Dashboard":
    """Everything home shows, as of now."""
    return Dashboard(state)


class Dashboard:
    """What home shows. What is read of the history is read once."""

    def __init__(self, state: AppState) -> None:
        self._state, self._library, self.ascii_only = state, state.library, state.setup.ascii_only
        self._areas = areas_of(state)
        self._by_topic = {topic.id: area for area in self._areas for topic in area.topics}
        self._by_id = {area.id: area for area in self._areas}
        self._options = RenderOptions(ascii_only=self.ascii_only)
        self._plan = state.plan()
        opened = state.opened
        self._exam = mock.running(opened, state.setup.now()) if opened is not None else None
        self._session = state.left(DUE) if opened is not None else None
        self.offers_placement = state.offers_placement
        self._next = self._next_topic()
        topic, _ = self._next
        self._next_area = None if topic is None else self._by_topic[topic.id]
        self._today = self._day(opened) if opened is not None and self._library.skills else None

    @property
    def notice(self) -> str:
        state = self._state
        return f"{state.trouble}\n{NOT_OPENED()}" if state.trouble else "\n".join(state.notices)

    @property
    def exam_runs(self) -> bool:
        return self._exam is not None

    @property
    def session(self) -> tuple[str, ...]:
        if self._today is None:
            return ()
        return ("round", DUE) if self._session is not None or self._plan.skills else ("exam",)

    def state(self) -> str:
        state = self._state
        if self._exam is not None:
            return CLOCK(left=clock(self._exam.remaining(state.setup.now())))
        day, exam = state.today, state.settings.exam_date
        name = WEEKDAYS().split()[day.weekday()]
        parts = [TODAY(month=day.month, day=day.day, name=name, month_name=MONTHS[day.month - 1])]
        if exam is not None and exam >= day:
            parts.append(DAYS_LEFT(count=(exam - day).days) if exam > day else EXAM_TODAY())
        return GAP.join(parts)

    def _next_topic(self) -> tuple[TopicEntry | None, str]:
        """The page that the next step is about; and, for a skill that is new, the heading of its section."""
        item = next(iter(queue_of(self._plan, {})), None)
        if self._session is not None and isinstance(self._session.round, DayRound):
            item = self._session.round.item or item
        entries = self._library.skills.get(item.skill, ()) if item is not None else ()
        if item is None or not entries:
            return None, ""
        heading = entries[0].heading if item.why is Why.NEW else ""  # that of a review may tell how it is solved
        return self._library.topic(entries[0].topic), heading

    def _day(self, history: History) -> Today:
        state, plan, today = self._state, self._plan, self._state.today
        done, goal = history.on_day(today), state.settings.minutes
        days = dict(history.days(since=today - timedelta(days=WEEKS_KEPT * WEEK - 1)))
        span = (today - timedelta(days=ahead) for ahead in reversed(range(WEEKS_KEPT * WEEK)))
        counts = [days.get(day) for day in span]
        memories = {skill: memory for skill, memory in history.memories().items() if skill in self._library.skills}
        ahead = forecast(memories, today, 1 + 2 * DAYS_AHEAD)[1:]
        ended = None
        if plan.extra and self._session is None:
            busy = next(((day, count) for day, count in ahead if count), None)
            ended = NEXT_REVIEWS(day=self._day_name(busy[0]), count=busy[1]) if busy else ""
        topic, heading = self._next
        return Today(
            goal=goal,
            spent=done.active_ms // MINUTE,
            answered=done.attempts,
            right=done.correct,
            streak=history.streak(today),
            heat=tuple(share_of(count, goal) for count in counts) if days else (),
            ahead=tuple(count for _, count in ahead),
            steps=tuple(self._steps(started=bool(done.attempts), done=ended is not None)),
            following=" » ".join(filter(None, (topic.title if topic else "", heading))),
            ended=ended,
        )

    def _steps(self, *, started: bool, done: bool) -> Iterator[Step]:
        """What can be done now, the first by the key of practising; where the day is done, what more there is."""
        plan = self._plan
        key = _key_of("practise")
        minutes = round(plan.planned / MINUTE)
        about = held(plan.reviews, len(plan.slips), len(plan.new))
        if plan.new and not plan.reviews and not plan.slips:
            about = READ_FIRST(count=len(plan.new))
        if self._session is not None and not about:
            about = LEFT_COUNT(count=self._session.round.planned)
        if self._session is None and not plan.skills:
            yield Step(PRACTICE, MOCK(), ALL_MET(), key=key)
        else:
            name = CONTINUE if self._session is not None or (started and not done) else MORE if done else BEGIN
            time = ABOUT_LEFT if name is CONTINUE else ABOUT
            yield Step(PRACTICE, name(), about, time(count=max(1, minutes)), key)
        if self.offers_placement:
            yield Step(PLACEMENT, ROUNDS[PLACEMENT](), SKIP(), ABOUT(count=SKIP_MINUTES), _key_of("unfold"))
        if done and (waiting := self._state.waiting()):
            took = round(len(waiting) * plan.budget.pace.question / MINUTE)
            yield Step(SLIPS, WEAK(), named(waiting, self._library), ABOUT(count=max(1, took)))

    def _day_name(self, day: date) -> str:
        return TOMORROW() if (day - self._state.today).days == 1 else short_date(day)

    def opened(self, room: Room) -> Opened:
        """The area of the next step, and in order of need as many more as fit."""
        left = room.height - len(self.rows(room, {}, shaded=True))
        first = "" if self._next_area is None else self._next_area.id
        opened: dict[str, int] = {}
        for area in sorted(self._areas, key=lambda area: (area.id != first, -area.whole.due, not area.whole.known)):
            pages, is_needed = len(area.topics), area.id == first or area.whole.due
            shown = pages if pages <= left else left - 1 if is_needed else 0  # the last row is that of the others
            if shown >= min(pages, LEAST_OPEN):
                opened[area.id] = shown
                left -= min(pages, left)
        return opened

    def rows(self, room: Room, opened: Opened, *, shaded: bool) -> tuple[BoardRow, ...]:
        above = self.above(room, shaded=shaded)
        return (*above, *self._course(room, opened))

    def above(self, room: Room, *, shaded: bool) -> tuple[BoardRow, ...]:
        """The rows above the course."""
        rows: list[BoardRow] = []
        if self._exam is not None:
            rows += exam_rows(self._exam, self._state.setup.now, _key_of("exam"))
        if self._today is not None:
            acts = self._exam is None
            rows += day_rows(self._today, room, acts=acts, shaded=shaded, ascii_only=self.ascii_only)
            rows.append(BoardRow(None))
        return tuple(rows)

    def _course(self, room: Room, opened: Opened) -> Iterator[BoardRow]:
        """The areas with a bar each, counted in skills, and the pages of those that are open."""
        if not self._areas:
            yield BoardRow(None, parts=(Span(NO_TOPICS(), "near"),))
        else:
            columns = Columns.of(
                room, [self._due(topic, standing) for topic, standing in self._pages()], self.ascii_only
            )
            yield columns.head()
        for area in self._areas:
            shown, whole = opened.get(area.id, 0), area.whole
            due = str(whole.due) if whole.due else ""
            if not shown and not due and area is self._next_area:
                due = START_HERE()
            yield columns.row(f"{AREA}{area.id}", area.title, whole, due, sign="-" if shown else "+", role="strong")
            pages = list(zip(area.topics, area.standings, strict=True))
            needed = self._needed(pages, shown)
            for number, (topic, standing) in enumerate(pages):
                if number in needed:
                    yield columns.row(topic.id, f"  {topic.title}", standing, self._due(topic, standing))
            rest = [standing for number, (_, standing) in enumerate(pages) if number not in needed]
            if shown and rest:
                title = f"  {REST_PAGES(count=len(rest))}"
                yield columns.row(f"{REST}{area.id}", title, added(rest), "", role="muted")
        if complaints := len(self._library.complaints):
            yield BoardRow(None)
            yield BoardRow("?complaints", "!", parts=(Span(COMPLAINTS_ROW(count=complaints), "bad"),), role="bad")

    def _pages(self) -> Iterator[tuple[TopicEntry, TopicStanding]]:
        for area in self._areas:
            yield from zip(area.topics, area.standings, strict=True)

    def _needed(self, pages: Sequence[tuple[TopicEntry, TopicStanding]], count: int) -> Collection[int]:
        """The numbers of so many pages of an area: what is due, what is next, what is begun, and what is to come."""

        def need(number: int) -> tuple[bool, bool, bool, int]:
            topic, standing = pages[number]
            begun = 0 < standing.known < standing.skills
            return not standing.due, topic is not self._next[0], not begun, number if not standing.known else len(pages)

        return set(sorted(range(len(pages)), key=need)[:count]) if count else ()

    def _due(self, topic: TopicEntry, standing: TopicStanding) -> str:
        """When something of a page is due."""
        if standing.due:
            return DUE_TODAY(count=standing.due)
        if topic is self._next[0]:
            return READ_NEXT()
        return short_date(standing.next_day) if standing.next_day is not None else ""

    def keys(self, row: str) -> Mapping[str, str]:
        """The actions to show for a row, each with the name of its label."""
        name = self._today.steps[0].name if self._today is not None else ""
        practise = next((key for key, text in STEP_NAMES.items() if text() == name), "practise")
        on: dict[str, str] = {"choose": "read"}
        if row == PRACTICE:
            on = {"choose": practise}
        elif row in (PLACEMENT, SLIPS, "?complaints", RUNNING, ""):
            on = {"choose": "choose"}
        elif row.startswith((AREA, REST)):
            on = {"choose": "unfold"}
        if row != PRACTICE and self.session:
            on["practise"] = practise
        if self.exercises(row):
            on["exercises"] = "exercises"
        if row == PRACTICE and self.offers_placement:
            on["unfold"] = "placement"
        always = ("exam", "progress", "mistakes", "flags", "search", "settings", "commands", "help")
        return on | {name: name for name in always}

    def exercises(self, row: str) -> tuple[str, ...]:
        return tuple(exercise.id for exercise in self._library.exercises_of(row) or ())

    def area(self, row: str) -> str | None:
        for lead in (AREA, REST):
            if row.startswith(lead):
                return row.removeprefix(lead)
        return self._by_topic[row].id if row in self._by_topic else None

    def count(self, area: str) -> int:
        return len(self._by_id[area].topics)

    def about(self, row: str) -> str:
        """Of a page its exercises, its place in the syllabus, and what comes before it."""
        if row == RUNNING:
            return CLOCK_RUNS()
        topic = self._library.topic(row)
        if topic is None:
            return ""
        requires = [required.title for name in topic.requires if (required := self._library.topic(name))]
        parts = [exercises_text(len(topic.exercises))]
        if items := (*topic.item, *topic.sections):
            parts.append(ABOUT_ITEMS(items=JOINED().join(map(str, items))))
        if requires:
            parts.append(ABOUT_REQUIRES(titles=JOINED().join(requires)))
        return GAP.join(parts)

    async def beside(self, row: str, width: int) -> Sequence[Line]:
        """The beginning of the page of a row, its skills, and what there is to know of it."""
        topic = self._library.topic(row)
        if topic is None and (name := self.area(row)) is not None:
            area = self._by_id[name]
            topic = next(
                (page for page, it in zip(area.topics, area.standings, strict=True) if it.known < it.skills), None
            )
            topic = topic or area.topics[0]
        topic = topic or self._next[0]
        if topic is None:
            return ()
        try:
            excerpt = await asyncio.to_thread(beginning_of, topic.source)
        except (OSError, UnicodeDecodeError):
            return ()
        await read_ahead((excerpt.markdown,), self._state.kernel.ask)
        head = noted((Span(topic.title, "strong"),), ABOUT(count=excerpt.minutes))(width)
        text = markdown_lines(excerpt.markdown, width, self._options)[:MOST_TEXT]
        return (
            head,
            (),
            *text,
            *self._skill_lines(topic, width),
            (),
            *plain_lines(self.about(topic.id), width, "muted"),
        )

    def _skill_lines(self, topic: TopicEntry, width: int) -> Iterator[Line]:
        """The skills of a page with their levels, and when each comes next."""
        if not topic.skills:
            return
        yield ()
        room = width - LEVEL_CELLS - DATE_CELLS
        heads = pad(LEVEL_HEAD(), LEVEL_CELLS, "right") + pad(NEXT_HEAD(), DATE_CELLS, "right")
        yield (Span(pad(SKILLS_HEAD(), room), "heading"), Span(heads, "muted"))
        for skill in topic.skills[:MOST_SKILLS]:
            record = self._state.opened.skill(skill) if self._state.opened is not None else None
            memory = record.memory if record is not None else None
            next_day = ""
            if memory is not None:
                next_day = DUE_NOW() if memory.due_day <= self._state.today else short_date(memory.due_day)
            steps = level(LEVEL_STEPS[level_of(record)] if record is not None else 0, ascii_only=self.ascii_only)
            yield (
                *fitted((Span(self._library.skills[skill][0].heading),), room, CUT),
                Span(" " * (LEVEL_CELLS - 3)),
                *steps,
                Span(pad(next_day, DATE_CELLS, "right"), "muted"),
            )
        if (others := len(topic.skills) - MOST_SKILLS) > 0:
            yield (Span(OTHER_SKILLS(count=others), "muted"),)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns at the right of the list: a bar, the skills that were met of all, and what is due."""

    bar: int
    count: int
    due: int
    ascii_only: bool

    @classmethod
    def of(cls, room: Room, dues: Iterable[str], ascii_only: bool) -> "Columns":
        """The columns that a room has."""
        if room.whole < NARROW:
            return cls(0, NARROW_COUNT, max(map(cells, {*dues} - {READ_NEXT()}), default=0) + 1, ascii_only)
        due = max(map(cells, {*dues, DUE_HEAD(), START_HERE()}))
        return cls(PANE_BAR if room.pane and room.list < WIDEST_LIST else AREA_BAR, COUNT, due + 2, ascii_only)

    def head(self) -> BoardRow:
        """The names of the columns."""
        heads = pad(SKILLS_HEAD(), self.bar + self.count, "right") + pad(
            DUE_HEAD() if self.bar else "", self.due, "right"
        )
        return BoardRow(None, parts=(Span(TOPICS(), "heading"),), right=(Span(heads, "muted"),))

    def row(
        self, name: str, title: str, standing: TopicStanding, due: str, *, sign: str = "", role: str = ""
    ) -> BoardRow:
        """An area or a page."""
        if standing.skills:
            bar = gauge(standing.known, standing.skills, self.bar, ascii_only=self.ascii_only) if self.bar else ()
            share = f"{standing.known} / {standing.skills}" if self.bar else f"{standing.known}/{standing.skills}"
            met = Span(share.rjust(self.count), "" if standing.known else "muted")
        else:
            bar, met = (), Span(pad(READING_ONLY(), self.bar + self.count, "right"), "muted")
        now = "near" if standing.due else "muted"
        right = (Span(" "), *bar, met, Span(pad(due if cells(due) < self.due else "", self.due, "right"), now))
        return BoardRow(name, sign, parts=(Span(title, role),), right=right, role="muted")


def share_of(count: Count | None, goal: int) -> float:
    """How much of the minutes of the goal a day had; a little, where anything was answered at all."""
    if count is None or not (count.attempts or count.active_ms):
        return 0.0
    return max(count.active_ms / (goal * MINUTE), LITTLE)


def named(slips: Sequence[Slip], library: Library) -> str:
    """The slips of most times in words, each with how often it was made; what only a page explains by its exercise."""
    times = Counter[str]()
    for slip in slips:
        exercise = library.exercise(slip.exercise)
        name = SLIPS_KNOWN[slip.mistake]() if slip.mistake in SLIPS_KNOWN else exercise.heading if exercise else ""
        times[name] += slip.times
    return JOINED().join(f"{name} {count}" for name, count in times.most_common(FEW_SLIPS) if name)


def _key_of(action: str) -> str:
    return actions("home")[action].shown[0]


def exercises_text(count: int) -> str:
    """How many exercises a page has."""
    return EXERCISES_COUNT(count=count) if count else NO_EXERCISES()
