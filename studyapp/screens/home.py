"""Home: what is due, the topics in reading order, what was done today.

It is the first thing painted, so it knows rows and words, and nothing of the course behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.base import StudyScreen
from studyapp.screens.choosing import Choosing
from studyapp.screens.messages import (
    DUE,
    PLACEMENT,
    ChangeLook,
    HomeShown,
    OpenTopic,
    Practise,
    ShowComplaints,
    ShowRecord,
)
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status

EXAM_RUNNING = Text(ja="途中の模試", en="Running")
LEFT = Text(
    ja="模試は続いています。画面を離れても時計は進みます。",
    en="The exam is running. Its clock does not stop when you leave the screen.",
)

ROWS = {
    "exam": (
        Text(ja="模試", en="Mock exam"),
        Text(
            ja="本番と同じ選択式の問題を、時間を計って解きます。過去の結果も見られます。",
            en="Items with options against the clock, as in the examination; past results, too.",
        ),
    ),
    "progress": (
        Text(ja="進み具合", en="Progress"),
        Text(
            ja="復習の予定、予測と実際、記憶の安定度、試験日の見込みを見ます。",
            en="What lies ahead, prediction and fact, stability, the day of the exam.",
        ),
    ),
    "mistakes": (
        Text(ja="自分の間違い", en="My mistakes"),
        Text(
            ja="これまでの間違いを見て、本文を読んだり、解き直したりします。",
            en="What went wrong so far, to read about it or to try it again.",
        ),
    ),
    "settings": (
        Text(ja="設定", en="Settings"),
        Text(
            ja="試験日、1 日の学習時間、言語、画面の色などを変えます。",
            en="Exam date, minutes a day, language, colours.",
        ),
    ),
}

OPENING = Text(ja="開いています…", en="Opening…")

RECORDS = {"?exam": "exam", "?progress": "progress", "?mistakes": "mistakes", "?settings": "settings"}
"""The mock exam and the screens about the learner, by their rows."""
RUNNING = "running"
COMPLAINTS = "?complaints"
PRACTICE = "?practice"
RUNNING_ROW = f"?{RUNNING}"
"""Ids of rows that are no topics; no topic's id begins like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """What home shows. `exercises` and `about` are asked for a row when it is chosen.

    `notice` comes before what is said about a row, `rest` is said where there is nothing to practise.
    """

    state: str
    rows: tuple[Row, ...]
    exercises: Callable[[str], tuple[str, ...]]
    about: Callable[[str], str]
    offers_placement: bool = False
    notice: str = ""
    rest: str = ""


class HomeScreen(Choosing, StudyScreen):
    """Nothing here takes text. It is painted before the course is opened, and filled afterwards."""

    TABLE = "home"
    BINDINGS = bindings("home")
    view: HomeView | None = None

    def compose(self) -> ComposeResult:
        """The rows, empty at first."""
        yield Masthead()
        with VerticalScroll(id="body", can_focus=False):
            yield Rows((Row(None, text=OPENING(), role="muted"),), id="rows", classes="column")
        yield Status()
        yield KeyLine("home", ("help", "leave"))

    def on_screen_resume(self) -> None:
        """Ask for what has changed meanwhile."""
        self.post_message(HomeShown())

    def catch_up(self) -> None:
        """Ask again: answers of another window count here, too."""
        self.post_message(HomeShown())

    def fill(self, view: HomeView) -> None:
        """Show the course as it now is."""
        self.view = view
        self.query_one(Masthead).show(state=view.state)
        self.query_one(Rows).show(view.rows)
        self._tell()

    def _tell(self) -> None:
        """What is to be known, else what there is to know of the chosen topic; and the keys that act on it."""
        if self.view is None:
            return
        chosen = self.query_one(Rows).chosen or ""
        third = "exercises" if self.view.exercises(chosen) else "progress"
        self.query_one(KeyLine).show(("choose", "practise", third, "search", "help"))
        if self.view.notice:
            self.say(self.view.notice, "near")
        else:
            self.say(self.view.about(chosen))

    def chosen_changed(self) -> None:
        """Tell of the row that is chosen now."""
        self._tell()

    def action_choose(self) -> None:
        """Open the chosen row."""
        match self.query_one(Rows).chosen:
            case None:
                return
            case str(row) if row == PRACTICE:
                self.action_practise()
            case str(row) if row == PLACEMENT:
                self.action_placement()
            case str(row) if row in RECORDS:
                self.post_message(ShowRecord(RECORDS[row]))
            case str(row) if row == RUNNING_ROW:
                self.post_message(ShowRecord(RUNNING))
            case str(row) if row == COMPLAINTS:
                self.post_message(ShowComplaints())
            case str(topic):
                self.post_message(OpenTopic(topic))

    def action_practise(self) -> None:
        """Start or go on with the session of the day."""
        if self.view is not None and self.view.rest:
            self.say(self.view.rest)
        elif self.view is not None:
            self.post_message(Practise(DUE, ()))

    def action_placement(self) -> None:
        """Find out what is known already, as long as that is offered."""
        if self.view is not None and self.view.offers_placement:
            self.post_message(Practise(PLACEMENT, ()))

    def action_progress(self) -> None:
        """See the progress."""
        self.post_message(ShowRecord("progress"))

    def action_mistakes(self) -> None:
        """See the mistakes."""
        self.post_message(ShowRecord("mistakes"))

    def action_exam(self) -> None:
        """Go to the mock exams."""
        self.post_message(ShowRecord("exam"))

    def action_settings(self) -> None:
        """See the settings."""
        self.post_message(ShowRecord("settings"))

    def action_exercises(self) -> None:
        """Do the exercises of the chosen topic."""
        chosen = self.query_one(Rows).chosen or ""
        exercises = self.view.exercises(chosen) if self.view is not None else ()
        if exercises:
            self.post_message(Practise(chosen, exercises))

    def action_theme(self) -> None:
        """Change between the dark and the light look."""
        self.post_message(ChangeLook())

    async def action_leave(self) -> None:
        """Quit."""
        await self.run_action("app.leave")
