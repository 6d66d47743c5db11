"""The course as home shows it."""

from collections.abc import Iterator, Sequence

from studyapp.domain.text import Text
from studyapp.screens.actions import actions
from studyapp.screens.base import DUE, PLACEMENT
from studyapp.screens.exam.result import EXAM_RUNNING, LEFT
from studyapp.screens.home import PRACTICE, RUNNING, HomeView
from studyapp.screens.state import AppState, TopicStanding
from studyapp.screens.widgets import Row
from studyapp.study import mock
from studyapp.study.daily import DayPlan
from studyapp.study.entries import TopicEntry
from studyapp.study.exam import clock
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
RECORD_KEYS = Text(
    ja="{exam} 模試 ・ {progress} 進み具合 ・ {mistakes} 自分の間違い ・ {settings} 設定",
    en="{exam} mock exam · {progress} progress · {mistakes} my mistakes · {settings} settings",
)
LEARNER_HEAD = Text(ja="模試、記録、設定", en="Exam, record, settings")
DAYS_LEFT = Text(ja="試験まで {count} 日", en="1 day to the exam|{count} days to the exam")
EXAM_TODAY = Text(ja="試験は今日です", en="the exam is today")
REVIEWS = Text(ja="復習 {count} 件", en="1 review is due|{count} reviews are due")
NEW_ONES = Text(ja="新しい問題 {count} 件", en="1 new exercise|{count} new exercises")
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
    ja="学習の記録を開けないので、ページを読むことだけできます。studyapp --data DIR で、別のフォルダを使えます。",
    en="The history cannot be opened, so pages can be read and nothing else. studyapp --data DIR uses another folder.",
)
EXERCISES_COUNT = Text(ja="問題 {count}", en="1 exercise|{count} exercises")
NO_EXERCISES = Text(ja="問題なし", en="no exercises")
SKILLS_HEAD = Text(ja="技能", en="skills")
SKILLS_COUNT = Text(ja="技能 {count}", en="1 skill|{count} skills")
JOINED = Text(ja="、", en=", ")
PARTED = Text(ja=" ・ ", en=" · ")
TITLES = {
    "exam": Text(ja="模試", en="Mock exam"),
    "progress": Text(ja="進み具合", en="Progress"),
    "mistakes": Text(ja="自分の間違い", en="My mistakes"),
    "flags": Text(ja="印を付けた問題と場所", en="Flags"),
    "settings": Text(ja="設定", en="Settings"),
}
"""The mock exam and the screens about the learner, in the order of their rows."""
ABOUTS = {
    "exam": Text(
        ja="本番と同じ選択式の問題を、時間を計って解きます。過去の結果も見られます。",
        en="Items with options against the clock, as in the examination; past results, too.",
    ),
    "progress": Text(
        ja="復習の予定、予測と実際、記憶の安定度、試験日の見込みを見ます。",
        en="What lies ahead, prediction and fact, stability, the day of the exam.",
    ),
    "mistakes": Text(
        ja="これまでの間違いを見て、本文を読んだり、解き直したりします。",
        en="What went wrong so far, to read about it or to try it again.",
    ),
    "flags": Text(
        ja="印を付けた問題と場所を、メモと一緒に見ます。問題はまとめて解けます。",
        en="What you flagged, with your notes; the questions can be practised.",
    ),
    "settings": Text(
        ja="試験日、1 日の学習時間、言語、画面の色などを変えます。", en="Exam date, minutes a day, language, colours."
    ),
    "running": LEFT,
}
"""What is said of the rows that open a screen."""

SHARE = 9  # cells of the skills of a topic that were met, of all of them


def home_view(state: AppState) -> HomeView:
    """Everything home shows, as of now."""
    plan = state.plan()
    done = state.opened is not None and state.left(DUE) is None and not plan.skills
    trouble = f"{state.trouble}\n{NOT_OPENED()}" if state.trouble else ""
    return HomeView(
        state=state.day_text(),
        rows=tuple(_rows(state, plan)),
        exercises=lambda row: tuple(exercise.id for exercise in state.library.exercises_of(row) or ()),
        about=lambda row: _about(state, row),
        offers_placement=state.offers_placement,
        notice=trouble or "\n".join(state.notices),
        rest=REST() if done else "",
    )


def _rows(state: AppState, plan: DayPlan) -> Iterator[Row]:
    library = state.library
    if state.opened is not None:
        yield from _running_exam(state)
        yield Row(None, text=PRACTICE_HEAD())
        yield _practice(state, plan)
        yield Row(None)
    if library.topics:
        skills = Span(pad(SKILLS_HEAD(), SHARE, "right"), "muted")
        yield Row(None, text=TOPICS(), right=(Span(""), Span(""), skills))
    else:
        yield Row(None, text=NO_TOPICS())
    yield from _topic_rows(library.topics, state.standings(library.topics))
    yield Row(None)
    yield Row(None, text=LEARNER_HEAD())
    if state.offers_placement:
        yield Row(PLACEMENT, "·", PLACEMENT_ROW(), (Span(_key_of("placement"), "muted"),), "muted")
    for screen, title in TITLES.items():
        yield Row(f"?{screen}", "·", title(), (Span(_key_of(screen), "muted"),), "muted")
    if library.complaints:
        yield Row(None)
        yield Row("?complaints", "×", COMPLAINTS_ROW(count=len(library.complaints)), role="bad")


def _running_exam(state: AppState) -> Iterator[Row]:
    """The exam whose clock runs, with the time that is left as of now, and the moment at which it ends."""
    now = state.setup.now()
    exam = mock.running(state.history, now)
    if exam is None:
        return
    ends = exam.deadline.astimezone(now.tzinfo)
    right = (
        Span(f"{LEFT_UNTIL(hour=ends.hour, minute=ends.minute)}   ", "muted"),
        Span(LEFT_TIME(left=clock(exam.remaining(now))), "near"),
    )
    yield Row(RUNNING, "▶", EXAM_RUNNING(), right, "near")
    yield Row(None)


def _practice(state: AppState, plan: DayPlan) -> Row:
    """What the session would hold, or how far the one that was left has come; and how far the exam is."""
    due, new, session = len(plan.skills) - len(plan.new), len(plan.new), state.left(DUE)
    if session is not None:
        text = GOING_ON(at=session.round.asked + 1, count=session.count)
    elif due:
        text = REVIEWS(count=due)
    else:
        text = NEW_ONES(count=new) if new else NOTHING_DUE()
    exam = state.settings.exam_date
    days = (exam - state.today).days if exam else -1
    left = DAYS_LEFT(count=days) if days > 0 else EXAM_TODAY() if days == 0 else ""
    sign, role = ("●", "near") if due else ("○", "good")
    return Row(PRACTICE, sign, text, (Span(left, "muted"),), role)


def _topic_rows(topics: Sequence[TopicEntry], standings: Sequence[TopicStanding]) -> Iterator[Row]:
    due_width = max((cells(TOPIC_DUE(count=standing.due)) for standing in standings if standing.due), default=0)
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


def _state(standing: TopicStanding) -> tuple[str, str, str]:
    """Sign, word and role of a topic's state; a page without questions has none."""
    if not standing.skills:
        return "·", "", "muted"
    if standing.known == 0:
        return "·", TOPIC_NEW(), "muted"
    if standing.known < standing.skills:
        return "△", TOPIC_BEGUN(), ""
    return "○", TOPIC_DONE(), "good"


def _about(state: AppState, row: str) -> str:
    """What is said of a row; of a topic, its skills and exercises, its place in the syllabus, what comes before it."""
    if row == PRACTICE:
        if state.offers_placement and state.left(DUE) is None:
            return OFFER(key=_key_of("placement"))
        return RECORD_KEYS(**{screen: _key_of(screen) for screen in TITLES})
    if row == PLACEMENT:
        return PLACEMENT_ABOUT() if state.offers_placement else ""
    library = state.library
    topic = library.topic(row)
    if topic is None:
        return ABOUTS[row[1:]]() if row[1:] in ABOUTS else ""
    requires = [required.title for name in topic.requires if (required := library.topic(name))]
    parts = [SKILLS_COUNT(count=len(topic.skills))] if topic.skills else []
    parts.append(exercises_text(len(topic.exercises)))
    if topic.item:
        parts.append(ABOUT_ITEMS(items=JOINED().join(map(str, topic.item))))
    if requires:
        parts.append(ABOUT_REQUIRES(titles=JOINED().join(requires)))
    return PARTED().join(parts)


def _key_of(action: str) -> str:
    return actions("home")[action].shown[0]


def exercises_text(count: int) -> str:
    """How many exercises a page has."""
    return EXERCISES_COUNT(count=count) if count else NO_EXERCISES()
