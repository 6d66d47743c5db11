"""The course as home shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyapp.domain.words.screens import ScreensWords
from studyapp.screens.desk import Desk, Standing
from studyapp.screens.home import COMPLAINTS, PRACTICE, HomeView
from studyapp.screens.widgets.rows import Row
from studyapp.study.entries import TopicEntry
from studyapp.typeset.document import Span
from studyapp.typeset.width import cells, pad


def home_view(desk: Desk) -> HomeView:
    """Everything home shows, as of now."""
    topics = desk.course.library.topics
    return HomeView(
        state=desk.day_state(),
        rows=tuple(_rows(desk)),
        practice=desk.practice(),
        exercises={topic.id: tuple(one.id for one in topic.exercises) for topic in topics if topic.exercises},
        about={topic.id: _about(desk, topic) for topic in topics},
        notice=_notice(desk),
    )


def _rows(desk: Desk) -> Iterator[Row]:
    words, course = desk.words.screens, desk.course
    if course.learner is not None:
        due, new = desk.waiting()
        exam = course.settings.exam_date
        left = words.until_exam(exam, desk.today) if exam else ""
        sign, role = ("●", "near") if due else ("○", "good")
        yield Row(None, text=words.practice_head)
        yield Row(PRACTICE, sign, words.to_do(due, new), (Span(left, "muted"),), role)
        yield Row(None)
    topics = course.library.topics
    yield Row(None, text=words.topics if topics else words.no_topics)
    yield from _topic_rows(topics, [desk.standing(topic) for topic in topics], words)
    if complaints := course.library.complaints:
        yield Row(None)
        yield Row(COMPLAINTS, "×", words.complaints(len(complaints)), role="bad")


def _topic_rows(topics: Sequence[TopicEntry], standings: Sequence[Standing], words: ScreensWords) -> Iterator[Row]:
    due_width = max((cells(words.due_of(one.due)) for one in standings if one.due), default=0)
    word_width = max(cells(word) for word in (words.topic_new, words.topic_begun, words.topic_done))
    for topic, standing in zip(topics, standings, strict=True):
        sign, word, role = _state(standing, words)
        right = (
            Span(f"{pad(word, word_width)}  ", role or "muted"),
            Span(pad(words.due_of(standing.due) if standing.due else "", due_width), "near"),
            Span(f"{standing.known:>4} / {standing.skills:<2}", "muted"),
        )
        yield Row(topic.id, sign, topic.title, right, role)


def _state(standing: Standing, words: ScreensWords) -> tuple[str, str, str]:
    """Sign, word and role of a topic's state."""
    if standing.known == 0:
        return "·", words.topic_new, "muted"
    if standing.known < standing.skills:
        return "△", words.topic_begun, ""
    return "○", words.topic_done, "good"


def _about(desk: Desk, topic: TopicEntry) -> str:
    titles = [found.title for name in topic.requires if (found := desk.course.library.topic(name))]
    return desk.words.screens.about(topic.item, titles, len(topic.exercises))


def _notice(desk: Desk) -> str:
    course, words = desk.course, desk.words.screens
    if course.trouble:
        return f"{course.trouble}\n{words.not_opened}{words.other_folder}"
    return "\n".join(course.notices)
