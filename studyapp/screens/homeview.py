"""The course as home shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from studyapp.domain.text import Text
from studyapp.screens.actions import actions, key_name
from studyapp.screens.desk import Desk, Standing
from studyapp.screens.examview import clock
from studyapp.screens.home import COMPLAINTS, EXAM_RUNNING, LEFT, PRACTICE, RECORDS, ROWS, RUNNING_ROW, HomeView
from studyapp.screens.messages import PLACEMENT
from studyapp.screens.widgets.rows import Row
from studyapp.study import mock
from studyapp.study.daily import DayPlan
from studyapp.study.entries import TopicEntry
from studyapp.typeset.document import Span
from studyapp.typeset.width import cells, pad

LEFT_UNTIL = Text(ja="{hour}:{minute:02} まで", en="until {hour}:{minute:02}")
LEFT_TIME = Text(ja="残り {left}", en="{left} left")
GOING_ON = Text(ja="セッションの途中: {at} / {count}", en="Go on with the session: {at} of {count}")
REST = Text(
    ja="今日の分は終わりました。先へ進むときは、トピックを選んでください。",
    en="Today's session is done. To go ahead, choose a topic.",
)
PLACEMENT_ROW = Text(ja="知っている技能をとばす（実力確認）", en="Skip what you know (placement)")
PLACEMENT_ABOUT = Text(
    ja="1 つの技能につき 2 問続けて正解すると、その技能を学習済みにします。いつでもやめられます。",
    en="Two right answers in a row take a skill for known. You can stop at any time.",
)
OFFER = Text(
    ja="すでに学んだことがあれば、{key} の実力確認で、知っている技能をとばせます。",
    en="If you know some of it already, {key} finds out what can be skipped.",
)
KEYS_TOLD = Text(
    ja="{exam} 模試 ・ {progress} 進み具合 ・ {mistakes} 自分の間違い ・ {settings} 設定",
    en="{exam} mock exam · {progress} progress · {mistakes} my mistakes · {settings} settings",
)
LEARNER_HEAD = Text(ja="模試、記録、設定", en="Exam, record, settings")
DAYS_LEFT = Text(ja="試験まで {count} 日", en="1 day to the exam|{count} days to the exam")
EXAM_TODAY = Text(ja="試験は今日です", en="the exam is today")
DUE = Text(ja="復習 {count} 件", en="1 review is due|{count} reviews are due")
NEW = Text(ja="新しい問題 {count} 件", en="1 new exercise|{count} new exercises")
NOTHING_DUE = Text(ja="今日の復習はありません", en="Nothing is due today")
PRACTICE_HEAD = Text(ja="今日の練習", en="Practice")
TOPICS = Text(ja="トピック", en="Topics")
ABOUT_ITEMS = Text(ja="シラバス {items}", en="syllabus {items}")
ABOUT_REQUIRES = Text(ja="先に読む: {titles}", en="read first: {titles}")
NO_TOPICS = Text(ja="読めるトピックがありません。", en="There is no topic to read.")
TOPIC_NEW = Text(ja="未着手", en="new")
TOPIC_BEGUN = Text(ja="学習中", en="begun")
TOPIC_DONE = Text(ja="一巡済み", en="covered")
TOPIC_DUE = Text(ja="復習 {count}", en="{count} due")
COMPLAINTS_ROW = Text(ja="ページの問題点 {count} 件", en="1 problem in pages|{count} problems in pages")
NOT_OPENED = Text(
    ja="学習の記録を開けないので、ページを読むことだけできます。",
    en="The history cannot be opened, so pages can be read and nothing else.",
)
OTHER_FOLDER = Text(
    ja="studyapp --data DIR で、別のフォルダを使えます。",
    en="studyapp --data DIR uses another folder.",
)
EXERCISES_COUNT = Text(ja="問題 {count}", en="1 exercise|{count} exercises")
NO_EXERCISES = Text(ja="問題なし", en="no exercises")
SKILLS_HEAD = Text(ja="技能", en="skills")
SKILLS_COUNT = Text(ja="技能 {count}", en="1 skill|{count} skills")
JOINED = Text(ja="、", en=", ")
PARTED = Text(ja=" ・ ", en=" · ")

SHARE = 9
"""Cells of the skills of a topic that were met, of all of them."""


def home_view(desk: Desk) -> HomeView:
    """Everything home shows, as of now."""
    plan = desk.plan()
    return HomeView(
        state=desk.day_state(),
        rows=tuple(_rows(desk, plan)),
        exercises=lambda row: tuple(one.id for one in desk.course.library.exercises_of(row) or ()),
        about=lambda row: _about(desk, row),
        offers_placement=desk.offers_placement,
        notice=_notice(desk),
        rest=_rest(desk, plan),
    )


def _rows(desk: Desk, plan: DayPlan) -> Iterator[Row]:
    course = desk.course
    if course.history is not None:
        yield from _running_exam(desk)
        due, new = len(plan.skills) - len(plan.new), len(plan.new)
        exam = course.settings.exam_date
        left = until_exam(exam, desk.today) if exam else ""
        sign, role = ("●", "near") if due else ("○", "good")
        yield Row(None, text=PRACTICE_HEAD())
        to_do = to_do_text(due, new) if (on := desk.session) is None else GOING_ON(at=on.at + 1, count=on.count)
        yield Row(PRACTICE, sign, to_do, (Span(left, "muted"),), role)
        yield Row(None)
    topics = course.library.topics
    if topics:
        yield Row(None, text=TOPICS(), right=(Span(""), Span(""), _skills_head()))
    else:
        yield Row(None, text=NO_TOPICS())
    yield from _topic_rows(topics, desk.standings(topics))
    yield from _learner_rows(desk)
    if complaints := course.library.complaints:
        yield Row(None)
        yield Row(COMPLAINTS, "×", COMPLAINTS_ROW(count=len(complaints)), role="bad")


def _running_exam(desk: Desk) -> Iterator[Row]:
    """The exam whose clock runs, with the time that is left as of now, and the moment at which it ends."""
    now = desk.setup.now()
    exam = mock.running(desk.history, now)
    if exam is None:
        return
    ends = exam.deadline.astimezone(now.tzinfo)
    right = (
        Span(f"{LEFT_UNTIL(hour=ends.hour, minute=ends.minute)}   ", "muted"),
        Span(LEFT_TIME(left=clock(exam.remaining(now))), "near"),
    )
    yield Row(RUNNING_ROW, "▶", EXAM_RUNNING(), right, "near")
    yield Row(None)


def _learner_rows(desk: Desk) -> Iterator[Row]:
    """What leads to the screens about the learner, each with its key."""
    yield Row(None)
    yield Row(None, text=LEARNER_HEAD())
    if desk.offers_placement:
        yield Row(PLACEMENT, "·", PLACEMENT_ROW(), (_key_of("placement"),), "muted")
    for row, screen in RECORDS.items():
        yield Row(row, "·", ROWS[screen][0](), (_key_of(screen),), "muted")


def _key_of(action: str) -> Span:
    return Span(key_name(actions("home")[action].keys[0]), "muted")


def _skills_head() -> Span:
    """What the numbers of the topics count."""
    return Span(pad(SKILLS_HEAD(), SHARE, "right"), "muted")


def _about(desk: Desk, row: str) -> str:
    """What is said of a row."""
    if row in RECORDS:
        return ROWS[RECORDS[row]][1]()
    if row == RUNNING_ROW:
        return LEFT()
    if row == PLACEMENT and desk.offers_placement:
        return PLACEMENT_ABOUT()
    if row == PRACTICE:
        keys = {name: _key_of(name).text for name in (*RECORDS.values(), "placement")}
        offered = desk.offers_placement and desk.session is None
        return OFFER(key=keys["placement"]) if offered else KEYS_TOLD(**keys)
    topic = desk.course.library.topic(row)
    return _about_topic(desk, topic) if topic is not None else ""


def _rest(desk: Desk, plan: DayPlan) -> str:
    """What is said where there is nothing to practise: today's session is done."""
    done = desk.course.history is not None and desk.session is None and not plan.skills
    return REST() if done else ""


def _topic_rows(topics: Sequence[TopicEntry], standings: Sequence[Standing]) -> Iterator[Row]:
    due_width = max((cells(TOPIC_DUE(count=one.due)) for one in standings if one.due), default=0)
    word_width = max(cells(word) for word in (TOPIC_NEW(), TOPIC_BEGUN(), TOPIC_DONE()))
    for topic, standing in zip(topics, standings, strict=True):
        sign, word, role = _state(standing)
        share = f"{standing.known:>4} / {standing.skills:<2}" if standing.skills else ""
        right = (
            Span(f"{pad(word, word_width)}  ", role or "muted"),
            Span(pad(TOPIC_DUE(count=standing.due) if standing.due else "", due_width), "near"),
            Span(pad(share, SHARE), "muted"),
        )
        yield Row(topic.id, sign, topic.title, right, role)


def _state(standing: Standing) -> tuple[str, str, str]:
    """Sign, word and role of a topic's state; a page without questions has none."""
    if not standing.skills:
        return "·", "", "muted"
    if standing.known == 0:
        return "·", TOPIC_NEW(), "muted"
    if standing.known < standing.skills:
        return "△", TOPIC_BEGUN(), ""
    return "○", TOPIC_DONE(), "good"


def _about_topic(desk: Desk, topic: TopicEntry) -> str:
    titles = [found.title for name in topic.requires if (found := desk.course.library.topic(name))]
    return about(topic.item, titles, len(topic.skills), len(topic.exercises))


def _notice(desk: Desk) -> str:
    course = desk.course
    if course.trouble:
        return f"{course.trouble}\n{NOT_OPENED()}{OTHER_FOLDER()}"
    return "\n".join(course.notices)


def until_exam(exam: date, today: date) -> str:
    """How far the exam is; empty once it is over."""
    days = (exam - today).days
    if days < 0:
        return ""
    return EXAM_TODAY() if days == 0 else DAYS_LEFT(count=days)


def to_do_text(due: int, new: int) -> str:
    """What a round of practice would hold."""
    if due:
        return DUE(count=due)
    return NEW(count=new) if new else NOTHING_DUE()


def about(items: Sequence[int], requires: Sequence[str], skills: int, exercises: int) -> str:
    """One line on a topic: its skills and exercises, where it stands in the syllabus, what comes before it."""
    parts = [*([SKILLS_COUNT(count=skills)] if skills else []), exercises_text(exercises)]
    if items:
        parts.append(ABOUT_ITEMS(items=JOINED().join(map(str, items))))
    if requires:
        parts.append(ABOUT_REQUIRES(titles=JOINED().join(requires)))
    return PARTED().join(parts)


def exercises_text(count: int) -> str:
    """How many exercises a page has."""
    return EXERCISES_COUNT(count=count) if count else NO_EXERCISES()
