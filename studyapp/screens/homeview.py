"""The course as home shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyapp.domain.words.screens import ScreensWords
from studyapp.screens.actions import actions, key_name
from studyapp.screens.desk import Desk, Standing
from studyapp.screens.examview import clock
from studyapp.screens.home import COMPLAINTS, PRACTICE, RECORDS, RUNNING_ROW, HomeView
from studyapp.screens.messages import PLACEMENT
from studyapp.screens.widgets.rows import Row
from studyapp.study import mock
from studyapp.study.entries import TopicEntry
from studyapp.study.planning import DayPlan
from studyapp.typeset.document import Span
from studyapp.typeset.width import cells, pad

SHARE = 9
"""Cells of the skills of a topic that were met, of all of them."""


def home_view(desk: Desk) -> HomeView:
    """Everything home shows, as of now."""
    plan = desk.plan()
    return HomeView(
        state=desk.day_state(),
        rows=tuple(_rows(desk, plan)),
        exercises=lambda row: desk.course.library.exercises_in((row,)),
        about=lambda row: _about(desk, row),
        offers_placement=desk.offers_placement,
        notice=_notice(desk),
        rest=_rest(desk, plan),
    )


def _rows(desk: Desk, plan: DayPlan) -> Iterator[Row]:
    words, course = desk.words.screens, desk.course
    if course.history is not None:
        yield from _running_exam(desk)
        due, new = len(plan.skills) - len(plan.new), len(plan.new)
        exam = course.settings.exam_date
        left = words.until_exam(exam, desk.today) if exam else ""
        sign, role = ("●", "near") if due else ("○", "good")
        yield Row(None, text=words.practice_head)
        to_do = (
            words.to_do(due, new) if (on := desk.session) is None else desk.words.overview.left_at(on.at + 1, on.count)
        )
        yield Row(PRACTICE, sign, to_do, (Span(left, "muted"),), role)
        yield Row(None)
    topics = course.library.topics
    if topics:
        yield Row(None, text=words.topics, right=(Span(""), Span(""), _skills_head(words)))
    else:
        yield Row(None, text=words.no_topics)
    yield from _topic_rows(topics, desk.standings(topics), words)
    yield from _learner_rows(desk)
    if complaints := course.library.complaints:
        yield Row(None)
        yield Row(COMPLAINTS, "×", words.complaints(len(complaints)), role="bad")


def _running_exam(desk: Desk) -> Iterator[Row]:
    """The exam whose clock runs, with the time that is left as of now, and the moment at which it ends."""
    now = desk.setup.now()
    exam = mock.running(desk.history, now)
    if exam is None:
        return
    said, ends = desk.words.examscreen, exam.deadline.astimezone(now.tzinfo)
    right = (Span(f"{said.ends(ends)}   ", "muted"), Span(said.time_left(clock(exam.remaining(now))), "near"))
    yield Row(RUNNING_ROW, "▶", said.running, right, "near")
    yield Row(None)


def _learner_rows(desk: Desk) -> Iterator[Row]:
    """What leads to the screens about the learner, each with its key."""
    said = desk.words.overview
    yield Row(None)
    yield Row(None, text=said.learner_head)
    if desk.offers_placement:
        yield Row(PLACEMENT, "·", said.placement_row, (_key_of("placement"),), "muted")
    for row, screen in RECORDS.items():
        yield Row(row, "·", said.rows[screen][0], (_key_of(screen),), "muted")


def _key_of(action: str) -> Span:
    return Span(key_name(actions("home")[action].keys[0]), "muted")


def _skills_head(words: ScreensWords) -> Span:
    """What the numbers of the topics count."""
    return Span(pad(words.skills_head, SHARE, "right"), "muted")


def _about(desk: Desk, row: str) -> str:
    """What is said of a row."""
    said = desk.words.overview
    if row in RECORDS:
        return said.rows[RECORDS[row]][1]
    if row == RUNNING_ROW:
        return desk.words.examscreen.left
    if row == PLACEMENT and desk.offers_placement:
        return said.placement_about
    if row == PRACTICE:
        keys = {name: _key_of(name).text for name in (*RECORDS.values(), "placement")}
        offered = desk.offers_placement and desk.session is None
        return said.placement_offer(keys["placement"]) if offered else said.other_keys(keys)
    topic = desk.course.library.topic(row)
    return _about_topic(desk, topic) if topic is not None else ""


def _rest(desk: Desk, plan: DayPlan) -> str:
    """What is said where there is nothing to practise: today's session is done."""
    done = desk.course.history is not None and desk.session is None and not plan.skills
    return desk.words.overview.rest if done else ""


def _topic_rows(topics: Sequence[TopicEntry], standings: Sequence[Standing], words: ScreensWords) -> Iterator[Row]:
    due_width = max((cells(words.due_of(one.due)) for one in standings if one.due), default=0)
    word_width = max(cells(word) for word in (words.topic_new, words.topic_begun, words.topic_done))
    for topic, standing in zip(topics, standings, strict=True):
        sign, word, role = _state(standing, words)
        share = f"{standing.known:>4} / {standing.skills:<2}" if standing.skills else ""
        right = (
            Span(f"{pad(word, word_width)}  ", role or "muted"),
            Span(pad(words.due_of(standing.due) if standing.due else "", due_width), "near"),
            Span(pad(share, SHARE), "muted"),
        )
        yield Row(topic.id, sign, topic.title, right, role)


def _state(standing: Standing, words: ScreensWords) -> tuple[str, str, str]:
    """Sign, word and role of a topic's state; a page without questions has none."""
    if not standing.skills:
        return "·", "", "muted"
    if standing.known == 0:
        return "·", words.topic_new, "muted"
    if standing.known < standing.skills:
        return "△", words.topic_begun, ""
    return "○", words.topic_done, "good"


def _about_topic(desk: Desk, topic: TopicEntry) -> str:
    titles = [found.title for name in topic.requires if (found := desk.course.library.topic(name))]
    return desk.words.screens.about(topic.item, titles, len(topic.skills), len(topic.exercises))


def _notice(desk: Desk) -> str:
    course, words = desk.course, desk.words.screens
    if course.trouble:
        return f"{course.trouble}\n{words.not_opened}{words.other_folder}"
    return "\n".join(course.notices)
