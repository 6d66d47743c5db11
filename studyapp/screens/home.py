"""Home: what is due, the topics in reading order, what was done today.

It is the first thing painted, so it knows rows and words, and nothing of the course behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.screens.actions import bindings
from studyapp.screens.base import StudyScreen
from studyapp.screens.choosing import Choosing
from studyapp.screens.messages import HomeShown, OpenTopic, Practise, ShowComplaints
from studyapp.screens.themes import DARK, LIGHT
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status

DUE = ""
"""The name of the round without a topic."""
COMPLAINTS = "?complaints"
PRACTICE = "?practice"
"""Ids of rows that are no topics; no topic's id begins like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """What home shows. `exercises` and `about` are by topic; `notice` comes before what is said about a topic."""

    state: str
    rows: tuple[Row, ...]
    practice: tuple[str, ...] = ()
    exercises: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


class HomeScreen(Choosing, StudyScreen):
    """Nothing here takes text. It is painted before the course is opened, and filled afterwards."""

    TABLE = "home"
    BINDINGS = bindings("home")
    view: HomeView | None = None

    def compose(self) -> ComposeResult:
        """The rows, empty at first."""
        yield Masthead()
        with VerticalScroll(id="body", can_focus=False):
            yield Rows((Row(None, text=self.words.opening, role="muted"),), id="rows", classes="column")
        yield Status()
        yield KeyLine("home", self.words, ("help", "leave"))

    def on_screen_resume(self) -> None:
        """Ask for what has changed meanwhile."""
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
        keys = ("choose", "practise", "exercises", "search", "help")
        without = () if chosen in self.view.exercises else ("exercises",)
        self.query_one(KeyLine).show(tuple(key for key in keys if key not in without))
        if self.view.notice:
            self.say(self.view.notice, "near")
        else:
            self.say(self.view.about.get(chosen, ""))

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
            case str(row) if row == COMPLAINTS:
                self.post_message(ShowComplaints())
            case str(topic):
                self.post_message(OpenTopic(topic))

    def on_rows_chosen(self) -> None:
        """A click on a row opens it."""
        self.action_choose()

    def action_practise(self) -> None:
        """Practise what is due, else what is new."""
        if self.view is not None:
            self.post_message(Practise(DUE, self.view.practice))

    def action_exercises(self) -> None:
        """Do the exercises of the chosen topic."""
        chosen = self.query_one(Rows).chosen or ""
        if self.view is not None and chosen in self.view.exercises:
            self.post_message(Practise(chosen, self.view.exercises[chosen]))

    def action_theme(self) -> None:
        """Change between the dark and the light look."""
        self.app.theme = LIGHT.name if self.app.theme == DARK.name else DARK.name

    async def action_leave(self) -> None:
        """Quit."""
        await self.run_action("app.leave")
