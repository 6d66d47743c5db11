"""What lies behind home: the state, and every other screen over it. It is loaded after the first paint.

A screen is imported when it is first opened; that of the questions, which most learners go to at once, before.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError, describe
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw, Read
from studyapp.screens.base import DUE, StudyScreen
from studyapp.screens.home import HomeView
from studyapp.screens.homeview import home_view
from studyapp.screens.sitting import Sitting
from studyapp.screens.state import AppState
from studyapp.study.upkeep import Broken

BROKEN = Text(
    ja="記録 {path} の {line} 行目（{event}）が壊れています。studyapp を終了し、studyapp doctor --salvage か "
    "studyapp restore で元に戻してください。今の記録は、その前に別の名前で残されます。",
    en="Line {line} ({event}) of the history {path} is damaged. Quit, then use studyapp doctor --salvage or "
    "studyapp restore; the present file is kept under another name.",
)

YIELDING = 0.0005
"""Seconds after which a thread lets another go on; Python's own are ten times as long.

Keys that are typed while something is loaded come first, and a reply of the kernel does not wait for a screen that is
being laid out.
"""

LookAfter = Callable[[Path], Awaitable[Broken | None]]


class Interior(AppState):
    """The screens over the state. `look` has the whole history checked."""

    look: LookAfter | None = None

    @property
    def is_newcomer(self) -> bool:
        """Whether there is no answer in the history yet, and no exam date."""
        return self.opened is not None and self.settings.exam_date is None and self.opened.is_empty()

    def home(self) -> HomeView:
        """What home shows now, with what other windows saved."""
        self.refresh()
        return home_view(self)

    def give_up_exam(self) -> str:
        """Give up the exam whose clock runs; what went wrong, empty where nothing did."""
        from studyapp.study import mock

        now = self.setup.now()
        try:
            if (exam := mock.running(self.history, now)) is not None:
                mock.give_up(self.history, exam, now)
        except NotSavedError as error:
            return describe(error)
        return ""

    def screen(self, name: str, *arguments: str) -> StudyScreen | None:
        """The screen of a name; None where there is nothing to show. Most screens need a history."""
        match name, arguments:
            case "welcome", _:
                from studyapp.screens.welcome import WelcomeScreen

                return WelcomeScreen(self)
            case "topic", (topic, *place):
                from studyapp.screens.topic import TopicScreen

                entry = self.library.topic(topic)
                return TopicScreen(self, entry, *place) if entry is not None else None
            case "search", _:
                from studyapp.screens.search import SearchScreen

                return SearchScreen(self)
            case "complaints", _:
                from studyapp.screens.topic import ComplaintsScreen

                return ComplaintsScreen(self)
            case "settings", _:
                from studyapp.screens.settings import SettingsScreen

                return SettingsScreen(self)
            case _ if self.opened is None:
                return None
            case "round", (round_name, *exercises):
                sitting = self.sitting(round_name, exercises)
                return self._seat(sitting) if sitting is not None else None
            case "exam" | "running", _:
                from studyapp.screens.exam.room import ExamScreen
                from studyapp.screens.exam.start import ExamStartScreen
                from studyapp.study import mock

                exam = mock.running(self.history, self.setup.now()) if name == "running" else None
                return ExamScreen(self, exam) if exam else ExamStartScreen(self)
            case "flags", _:
                from studyapp.screens.flags import FlagsScreen

                return FlagsScreen(self)
            case "progress", _:
                from studyapp.screens.progress import ProgressScreen

                return ProgressScreen(self)
            case "mistakes", _:
                from studyapp.screens.mistakes import MistakesScreen

                return MistakesScreen(self)
        raise ValueError(name)

    def _seat(self, sitting: Sitting) -> StudyScreen:
        """The screen of what comes next in a round: the section that teaches a new skill, or a question."""
        sitting.taken_up()
        self.catch_up(sitting)
        if sitting.lesson is not None:
            from studyapp.screens.lesson import LessonScreen

            return LessonScreen(self, sitting, sitting.lesson)
        from studyapp.screens.question import QuestionScreen

        return QuestionScreen(self, sitting)

    async def start(self) -> None:
        """Load what a first question needs, and check the whole history; home says what is broken."""
        await asyncio.to_thread(import_module, "studyapp.screens.question")
        with suppress(KernelFailure):
            await self.kernel.ask(Read(()))
        broken = await self.look(self.setup.data) if self.look is not None and self.opened is not None else None
        if broken is not None:
            self.notices += (BROKEN(path=str(self.history.path), line=broken.line, event=broken.event or "?"),)

    async def draw_ahead(self) -> None:
        """Start the kernel, and have it read the page of the first question of today, so that it is drawn at once."""
        sys.setswitchinterval(YIELDING)
        with suppress(KernelFailure):
            await self.kernel.start()
            turn = self.begun(DUE, (), 0).turn if self.opened is not None else None
            entry = self.library.exercise(turn.exercise) if turn is not None else None
            if turn is not None and entry is not None:
                await self.kernel.ask(Draw(entry.source, turn.exercise, turn.seed))

    async def close(self) -> None:
        await self.kernel.close()
        if self.opened is not None:
            self.opened.close()
