"""Home: what to do now, how far the day and the weeks have come, and the course by area.

It is the first thing painted, so it knows rows and words, and nothing of the course behind them: `homeview` does.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol

from textual import work
from textual.app import ComposeResult
from textual.message import Message

from studyapp.domain.text import Text
from studyapp.screens.base import PLACEMENT, SLIPS, StudyScreen
from studyapp.screens.board import Board, BoardRow, Room
from studyapp.screens.moving import Choosing
from studyapp.screens.widgets import KeyLine, Masthead, framed
from studyapp.typeset.lines import Line, Span

OPENING = Text(ja="開いています…", en="Opening…")
PRACTICE = "?practice"
"""The row that starts the session. A row that is no topic has `?` before the name of what it opens."""
AREA = "?area "  # what the row of an area begins with
REST = "?rest "  # what the row begins with that stands for the pages of an open area that have no row
RUNNING = "?running"  # the row of the exam whose clock runs
LOOKING = 0.06  # seconds for which a row must be left alone before what is beside it is read
TICK = 1.0  # seconds between two looks at the clock of a running exam

Opened = Mapping[str, int]  # how many of its pages each area shows


class HomeView(Protocol):
    """What home shows, as of a moment. Pages and areas are known by the ids of their rows."""

    @property
    def ascii_only(self) -> bool:
        """Whether the terminal shows signs of ASCII alone."""

    @property
    def notice(self) -> str:
        """What is to be known before anything else."""

    @property
    def exam_runs(self) -> bool:
        """Whether the clock of an exam runs."""

    @property
    def session(self) -> tuple[str, ...]:
        """The screen that the next step opens, and what it is about; nothing where nothing can be asked."""

    @property
    def offers_placement(self) -> bool:
        """Whether the learner may still find out what is known already."""

    def state(self) -> str:
        """The right end of the header."""

    def opened(self, room: Room) -> Opened:
        """The areas that are open unless the learner opens and closes them."""

    def rows(self, room: Room, opened: Opened, *, shaded: bool) -> Sequence[BoardRow]:
        """The rows; `shaded` where there are shades of colours."""

    def above(self, room: Room, *, shaded: bool) -> Sequence[BoardRow]:
        """The rows above the course."""

    def keys(self, row: str) -> Mapping[str, str]:
        """The actions to show for a row, each with the name of its label."""

    def about(self, row: str) -> str:
        """What there is to know of a row."""

    def exercises(self, row: str) -> tuple[str, ...]:
        """The exercises of a page."""

    def area(self, row: str) -> str | None:
        """The area of a row of the course; None for others."""

    def count(self, area: str) -> int:
        """How many pages an area has."""

    async def beside(self, row: str, width: int) -> Sequence[Line]:
        """What is beside the list."""


class HomeScreen(Choosing, StudyScreen):
    """Nothing here takes text. It is painted before the course is opened, and filled afterwards."""

    TABLE = "home"
    view: HomeView | None = None
    _opened: Opened | None = None
    """What the learner has opened and closed."""
    _told = ("", "")
    """The chosen row, and what was said of it; what is said of something else stays until another is chosen."""

    class Shown(Message):
        """Home is seen again, and what it shows may have changed."""

    class Painted(Message):
        """Home is painted in the room that it has, for the first time or anew."""

    @property
    def rows(self) -> Board:
        return self.query_one(Board)

    def compose(self) -> ComposeResult:
        yield from framed("home", Board((_opening(OPENING()),), id="rows"), keys=("help", "leave"))

    def show_opening(self, text: str) -> None:
        """Say how far the course is opened."""
        self.rows.show((_opening(text),))

    def catch_up(self) -> None:
        self.post_message(self.Shown())

    on_screen_resume = catch_up

    def on_mount(self) -> None:
        self.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        if self.view is not None and self.view.exam_runs and self.is_current:
            self.query_one(Masthead).show(state=self.view.state())
            self.rows.draw_again()

    def fill(self, view: HomeView) -> None:
        begun = view.exam_runs and not (self.view is not None and self.view.exam_runs)
        self.view = view
        self.query_one(Masthead).show(state=view.state())
        self._lay(RUNNING if begun else None)

    def on_board_resized(self) -> None:
        self._lay()
        self.post_message(self.Painted())

    def _lay(self, chosen: str | None = None) -> None:
        self._show_rows(chosen)
        self.chosen_changed()

    def _show_rows(self, chosen: str | None = None) -> None:
        if self.view is None:
            return
        room = self.rows.room
        opened = self.view.opened(room) if self._opened is None else self._opened
        self.rows.ascii_only = self.view.ascii_only
        shaded = not self.app.current_theme.ansi
        rows = self.view.rows(room, opened, shaded=shaded)
        self.rows.show(rows, pane_from=len(self.view.above(room, shaded=shaded)), chosen=chosen)

    def chosen_changed(self) -> None:
        """Say what is to be known, else what there is to know of the chosen row; and show the keys that act on it."""
        if self.view is None:
            return
        chosen = self.rows.chosen or ""
        labels = self.view.keys(chosen)
        self.query_one(KeyLine).show(tuple(labels), labels)
        about = self.view.notice or ("" if self.rows.room.pane else self.view.about(chosen))
        if (chosen, about) != self._told:
            self._told = chosen, about
            self.say(about, "near" if self.view.notice else "muted")
        if self.rows.room.pane:
            self._look(self.view, chosen)

    @work(group="look", exclusive=True)
    async def _look(self, view: HomeView, row: str) -> None:
        """Show what is beside a row, once it is left alone."""
        await asyncio.sleep(LOOKING)
        self.rows.show_pane(await view.beside(row, self.rows.room.pane - 2))

    def applies(self, name: str) -> bool:
        view, chosen = self.view, self.rows.chosen or ""
        if view is None:
            return name in ("help", "leave")
        match name:
            case "practise":
                return bool(view.session)
            case "exercises":
                return bool(view.exercises(chosen))
            case "placement":
                return view.offers_placement
            case "fold":
                return view.area(chosen) is not None
            case "unfold":
                return view.offers_placement or view.area(chosen) is not None
            case "give_up_exam":
                return view.exam_runs
        return True

    def action_choose(self) -> None:
        chosen = self.rows.chosen or ""
        if chosen == PRACTICE:
            self.action_practise()
        elif chosen == PLACEMENT:
            self.open_screen("round", PLACEMENT)
        elif chosen == SLIPS:
            self.open_screen("round", SLIPS)
        elif chosen.startswith((AREA, REST)):
            self._turn()
        elif chosen.startswith("?"):
            self.open_screen(chosen[1:])
        elif chosen:
            self.open_screen("topic", chosen)

    def action_practise(self) -> None:
        if self.view is not None and self.view.session:
            self.open_screen(*self.view.session)

    def action_placement(self) -> None:
        if self.view is not None and self.view.offers_placement:
            self.open_screen("round", PLACEMENT)

    def action_unfold(self) -> None:
        """Open the area of the chosen row; above the areas, begin the placement where it is offered."""
        if self.view is not None and self.view.area(self.rows.chosen or "") is not None:
            self._turn(shut=False)
        else:
            self.action_placement()

    def action_fold(self) -> None:
        self._turn(shut=True)

    def _turn(self, *, shut: bool | None = None) -> None:
        """Open or shut the area of the chosen row, whatever it is not; others stay as they are from now on."""
        row = self.rows.chosen or ""
        area = self.view.area(row) if self.view is not None else None
        if self.view is None or area is None:
            return
        opened = self.view.opened(self.rows.room) if self._opened is None else self._opened
        if shut is None:
            shut = row.startswith(AREA) and bool(opened.get(area))
        self._opened = {**opened, area: 0 if shut else self.view.count(area)}
        before = self.rows.ids
        self._lay(f"{AREA}{area}" if shut else None)
        if row.startswith(REST):
            self.rows.choose(next(name for name in self.rows.ids if name not in before))
            self.chosen_changed()

    def action_exam(self) -> None:
        self.open_screen("exam")

    def action_exercises(self) -> None:
        chosen = self.rows.chosen or ""
        exercises = self.view.exercises(chosen) if self.view is not None else ()
        if exercises:
            self.open_screen("round", chosen, *exercises)

    async def action_give_up_exam(self) -> None:
        if self.applies("give_up_exam"):
            await self.run_action("app.give_up_exam")

    async def action_theme(self) -> None:
        await self.run_action("app.theme")
        self._show_rows()

    async def action_leave(self) -> None:
        await self.run_action("app.leave")


def _opening(text: str) -> BoardRow:
    return BoardRow(None, parts=(Span(text, "muted"),))
