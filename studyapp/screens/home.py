"""Home: what is due, the topics in reading order, what was done today.

It is the first thing painted, so it knows rows and words, and nothing of the course behind them: `homeview` does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.message import Message

from studyapp.domain.text import Text
from studyapp.screens.base import DUE, PLACEMENT, StudyScreen
from studyapp.screens.moving import Choosing
from studyapp.screens.widgets import KeyLine, Masthead, Row, Rows, body, framed

OPENING = Text(ja="開いています…", en="Opening…")
PRACTICE = "?practice"
"""The row that starts the session. A row that is no topic has `?` before the name of what it opens."""
RUNNING = "?running"
"""The row of the exam whose clock runs."""


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
    view: HomeView | None = None

    class Shown(Message):
        """Home is seen again, and what it shows may have changed."""

    def compose(self) -> ComposeResult:
        rows = Rows((Row(None, text=OPENING(), role="muted"),), id="rows", classes="column")
        return framed("home", body(rows))

    def catch_up(self) -> None:
        self.post_message(self.Shown())

    on_screen_resume = catch_up

    def fill(self, view: HomeView) -> None:
        self.view = view
        self.query_one(Masthead).show(state=view.state)
        self.rows.show(view.rows)
        self.chosen_changed()

    def chosen_changed(self) -> None:
        """Say what is to be known, else what there is to know of the chosen row; and show the keys that act on it."""
        if self.view is None:
            return
        chosen = self.rows.chosen or ""
        self.query_one(KeyLine).refresh()
        if self.view.notice:
            self.say(self.view.notice, "near")
        else:
            self.say(self.view.about(chosen))

    def applies(self, name: str) -> bool:
        view = self.view
        if view is None:
            return name in ("help", "leave")
        applying = {
            "exercises": bool(view.exercises(self.rows.chosen or "")),
            "placement": view.offers_placement,
            "give_up_exam": any(row.id == RUNNING for row in view.rows),
        }
        return applying.get(name, True)

    def action_choose(self) -> None:
        chosen = self.rows.chosen or ""
        if chosen == PRACTICE:
            self.action_practise()
        elif chosen == PLACEMENT:
            self.action_placement()
        elif chosen.startswith("?"):
            self.open_screen(chosen[1:])
        elif chosen:
            self.open_screen("topic", chosen)

    def action_practise(self) -> None:
        if self.view is not None and self.view.rest:
            self.say(self.view.rest)
        elif self.view is not None:
            self.open_screen("round", DUE)

    def action_placement(self) -> None:
        if self.view is not None and self.view.offers_placement:
            self.open_screen("round", PLACEMENT)

    def action_exam(self) -> None:
        self.open_screen("exam")

    def action_exercises(self) -> None:
        chosen = self.rows.chosen or ""
        exercises = self.view.exercises(chosen) if self.view is not None else ()
        if exercises:
            self.open_screen("round", chosen, *exercises)

    async def action_give_up_exam(self) -> None:
        await self.run_action("app.give_up_exam")

    async def action_theme(self) -> None:
        await self.run_action("app.theme")

    async def action_leave(self) -> None:
        await self.run_action("app.leave")
