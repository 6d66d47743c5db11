"""Home: what is due, the topics in reading order, what was done today."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.screens.actions import bindings
from studyapp.screens.base import StudyScreen
from studyapp.screens.course import Course
from studyapp.screens.desk import DUE, Standing
from studyapp.screens.messages import OpenTopic, Practise, ShowComplaints
from studyapp.screens.themes import DARK, LIGHT
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status
from studyapp.study.entries import TopicEntry
from studyapp.typeset import cells, pad
from studyapp.typeset.document import Span

COMPLAINTS = "?complaints"
PRACTICE = "?practice"
"""Ids of rows that are no topics; no topic's id begins like this."""


class HomeScreen(StudyScreen):
    """Nothing here takes text. It is painted before the course is opened, and filled afterwards."""

    TABLE = "home"
    BINDINGS = bindings("home")

    def compose(self) -> ComposeResult:
        """The rows, empty at first."""
        yield Masthead()
        with VerticalScroll(id="body", can_focus=False):
            yield Rows((Row(None, text=self.words.opening, role="muted"),), id="rows", classes="column")
        yield Status()
        yield KeyLine("home", self.words, ("choose", "practise", "help", "leave"))

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        self.fill()

    def fill(self) -> None:
        """Show the course as it now is."""
        course = self.desk.course
        if course is None or not self.is_mounted:
            return
        self.query_one(Masthead).show(state=self.desk.day_state())
        self.query_one(Rows).show(tuple(self._rows(course)))
        self._tell()

    def _tell(self) -> None:
        """What is to be known, else what there is to know of the chosen topic; and the keys that act on it."""
        course = self.desk.course
        if course is None:
            return
        chosen = self.query_one(Rows).chosen
        topic = course.library.topic(chosen) if chosen else None
        keys = ("choose", "practise", "exercises", "help", "leave")
        self.query_one(KeyLine).show(keys if topic else tuple(key for key in keys if key != "exercises"))
        if notice := self._notice(course):
            self.say(notice, "near")
        elif topic is not None:
            titles = [found.title for name in topic.requires if (found := course.library.topic(name))]
            self.say(self.words.about(topic.item, titles, len(topic.exercises)))
        else:
            self.say("")

    def action_cursor_down(self) -> None:
        """Choose the next row."""
        self.query_one(Rows).move(1)
        self._tell()

    def action_cursor_up(self) -> None:
        """Choose the row before."""
        self.query_one(Rows).move(-1)
        self._tell()

    def action_first(self) -> None:
        """Choose the first row."""
        self.query_one(Rows).move_to_end(-1)
        self._tell()

    def action_last(self) -> None:
        """Choose the last row."""
        self.query_one(Rows).move_to_end(1)
        self._tell()

    def action_choose(self) -> None:
        """Open the chosen row."""
        match self.query_one(Rows).chosen:
            case None:
                return
            case str(row) if row == PRACTICE:
                self.action_practise()
            case str(row) if row == COMPLAINTS:
                self.post_message(ShowComplaints())
            case str(topic):
                self.post_message(OpenTopic(topic))

    def on_rows_chosen(self) -> None:
        """A click on a row opens it."""
        self.action_choose()

    def action_practise(self) -> None:
        """Practise what is due, else what is new."""
        self.post_message(Practise(DUE, self.desk.practice()))

    def action_exercises(self) -> None:
        """Do the exercises of the chosen topic."""
        chosen = self.query_one(Rows).chosen
        topic = self.desk.course.library.topic(chosen) if self.desk.course and chosen else None
        if topic is not None:
            self.post_message(Practise(topic.id, tuple(one.id for one in topic.exercises)))

    def action_theme(self) -> None:
        """Change between the dark and the light look."""
        self.app.theme = LIGHT.name if self.app.theme == DARK.name else DARK.name

    async def action_leave(self) -> None:
        """Quit."""
        await self.run_action("app.leave")

    def _rows(self, course: Course) -> Iterator[Row]:
        due, new = self.desk.waiting()
        exam = course.settings.exam_date
        left = self.words.until_exam(exam, self.desk.today) if exam else ""
        if course.learner is not None:
            sign, role = ("●", "near") if due else ("○", "good")
            yield Row(None, text=self.words.practice_head)
            yield Row(PRACTICE, sign, self.words.to_do(due, new), (Span(left, "muted"),), role)
            yield Row(None)
        topics = course.library.topics
        yield Row(None, text=self.words.topics if topics else self.words.no_topics)
        standings = [self.desk.standing(topic) for topic in topics]
        widths = self._widths(standings)
        for topic, standing in zip(topics, standings, strict=True):
            yield self._topic_row(topic, standing, widths)
        if complaints := course.library.complaints:
            yield Row(None)
            yield Row(COMPLAINTS, "×", self.words.complaints(len(complaints)), role="bad")

    def _topic_row(self, topic: TopicEntry, standing: Standing, widths: tuple[int, int]) -> Row:
        sign, word, role = self._state(standing)
        due = self.words.due_of(standing.due) if standing.due else ""
        right = (
            Span(pad(due, widths[0]), "near"),
            Span(f"  {pad(word, widths[1])}", role or "muted"),
            Span(f"{standing.known:>4} / {standing.skills}", "muted"),
        )
        return Row(topic.id, sign, topic.title, right, role)

    def _state(self, standing: Standing) -> tuple[str, str, str]:
        """Sign, word and role of a topic's state."""
        if standing.known == 0:
            return "·", self.words.topic_new, "muted"
        if standing.known < standing.skills:
            return "△", self.words.topic_begun, ""
        return "○", self.words.topic_done, "good"

    def _widths(self, standings: list[Standing]) -> tuple[int, int]:
        """Cells for the columns of what is due and of the state."""
        due = max((cells(self.words.due_of(one.due)) for one in standings if one.due), default=0)
        words = (self.words.topic_new, self.words.topic_begun, self.words.topic_done)
        return due, max(cells(word) for word in words)

    def _notice(self, course: Course) -> str:
        if course.trouble:
            return f"{course.trouble}\n{self.words.not_opened}{self.words.other_folder}"
        return "\n".join(course.notices)
