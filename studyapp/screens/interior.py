"""What lies behind home: the desk, and every other screen over it. It is loaded after the first paint.

A screen is imported when it is first opened; that of the questions, which most learners go to at once, before.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from textual.screen import Screen

from studyapp.domain.text import Text
from studyapp.kernel.client import Client
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Read
from studyapp.screens.course import Course, open_course
from studyapp.screens.desk import Desk, Kernel
from studyapp.screens.home import RUNNING, HomeView
from studyapp.screens.homeview import home_view
from studyapp.screens.setup import Setup
from studyapp.study.mock import Taking, running
from studyapp.study.upkeep import Broken, look_after

BROKEN = Text(
    ja="記録 {path} の {line} 行目（{event}）が壊れています。studyapp を終了し、studyapp doctor --salvage か "
    "studyapp restore で元に戻してください。今の記録は、その前に別の名前で残されます。",
    en="Line {line} ({event}) of the history {path} is damaged. Quit, then use studyapp doctor --salvage or "
    "studyapp restore; the present file is kept under another name.",
)

YIELDING = 0.0005
"""Seconds after which a thread that loads lets the screen go on; Python's own are ten times as long."""

LookAfter = Callable[[Path], Awaitable[Broken | None]]


class DeskInterior:
    """The screens over one desk."""

    def __init__(self, desk: Desk, look: LookAfter | None = None) -> None:
        self.desk = desk
        self._look = look

    @property
    def unfinished(self) -> bool:
        """Whether quitting would lose an answer."""
        return self.desk.unfinished

    def home(self) -> HomeView:
        """What home shows now, with what other windows saved."""
        self.desk.refresh()
        return home_view(self.desk)

    def welcome(self) -> Screen[None] | None:
        """The first screen of a new learner; None for everybody else."""
        from studyapp.screens.welcome import WelcomeScreen

        return WelcomeScreen(self.desk) if self.desk.is_newcomer else None

    def topic(self, name: str, exercise: str = "") -> Screen[None] | None:
        """The page of a topic, at one of its exercises where that is named."""
        from studyapp.screens.topic import TopicScreen

        topic = self.desk.course.library.topic(name)
        return TopicScreen(self.desk, topic, exercise) if topic is not None else None

    def screen(self, name: str) -> Screen[None] | None:
        """A screen about the learner; the settings need no history, the others do."""
        if name == "settings":
            from studyapp.screens.settings import SettingsScreen

            return SettingsScreen(self.desk)
        if self.desk.course.history is None:
            return None
        if name == RUNNING and (exam := running(self.desk.history, self.desk.setup.now())) is not None:
            from studyapp.screens.examroom import ExamScreen

            return ExamScreen(self.desk, Taking(self.desk.history, exam, self.desk.setup.now()))
        if name in ("exam", RUNNING):
            from studyapp.screens.examstart import ExamStartScreen

            return ExamStartScreen(self.desk)
        if name == "progress":
            from studyapp.screens.progress import ProgressScreen

            return ProgressScreen(self.desk)
        from studyapp.screens.mistakes import MistakesScreen

        return MistakesScreen(self.desk)

    def practice(self, name: str, exercises: tuple[str, ...], stack: Sequence[Screen[object]]) -> Screen[None] | None:
        """The round of that name: on the screen of the stack that holds it, or on a new one."""
        if self.desk.course.history is None:
            return None
        sitting = self.desk.sitting(name, exercises)
        if sitting is None:
            return None
        from studyapp.screens.question import QuestionScreen

        standing = (one for one in stack if isinstance(one, QuestionScreen) and one.sitting is sitting)
        return next(standing, None) or QuestionScreen(self.desk, sitting)

    def complaints(self) -> Screen[None]:
        """What is wrong with pages."""
        from studyapp.screens.complaints import ComplaintsScreen

        return ComplaintsScreen(self.desk)

    def search(self) -> Screen[None]:
        """The search over the course."""
        from studyapp.screens.search import SearchScreen

        return SearchScreen(self.desk)

    def keep_look(self, look: str) -> str:
        """Save the look; what went wrong, empty where nothing did."""
        return self.desk.change("theme", look)

    async def start(self) -> None:
        """Start the kernel, load what a first question needs, and wait until the kernel answers.

        A kernel that fails is told when something is asked of it.
        """
        with suppress(KernelFailure):
            await self.desk.kernel.start()
        await asyncio.to_thread(_load_what_questions_need)
        with suppress(KernelFailure):
            await self.desk.kernel.ask(Read(()))

    async def look_after(self) -> None:
        """Have the whole history checked, and copied when it is due; what is broken is told on home."""
        course = self.desk.course
        if self._look is None or course.history is None:
            return
        broken = await self._look(self.desk.setup.data)
        if broken is not None:
            told = BROKEN(path=str(course.history.path), line=broken.line, event=broken.event or "?")
            self.desk.course = replace(self.desk.course, notices=(*self.desk.course.notices, told))

    async def close(self) -> None:
        """Let the kernel and the history go."""
        await self.desk.kernel.close()
        if self.desk.course.history is not None:
            self.desk.course.history.close()


def _load_what_questions_need() -> None:
    """Import the screen of a question; keys that are typed meanwhile come first."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(YIELDING)
    try:
        import_module("studyapp.screens.question")
    finally:
        sys.setswitchinterval(usual)


def open_interior(setup: Setup, kernel: Kernel, open_folders: Callable[[Setup], Course] = open_course) -> DeskInterior:
    """Open the folders of a setup. The history is looked after where the kernel is a real one; tests bring others."""
    look = look_after if isinstance(kernel, Client) else None
    return DeskInterior(Desk(setup, kernel, open_folders(setup)), look)
