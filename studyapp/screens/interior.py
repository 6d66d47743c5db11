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
from studyapp.kernel.client import Client
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Read
from studyapp.screens.base import StudyScreen
from studyapp.screens.home import HomeView
from studyapp.screens.homeview import home_view
from studyapp.screens.messages import Setup
from studyapp.screens.state import AppState, open_state
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


class Interior:
    """The screens over one state. `look` has the whole history checked."""

    def __init__(self, state: AppState, look: LookAfter | None = None) -> None:
        self.state = state
        self._look = look

    @property
    def unfinished(self) -> bool:
        """Whether quitting would lose an answer."""
        return self.state.unfinished

    @property
    def is_newcomer(self) -> bool:
        """Whether there is no answer in the history yet, and no exam date."""
        state = self.state
        return state.opened is not None and state.settings.exam_date is None and state.opened.is_empty()

    def home(self) -> HomeView:
        """What home shows now, with what other windows saved."""
        self.state.refresh()
        return home_view(self.state)

    def keep_look(self, look: str) -> str:
        """Save the look; what went wrong, empty where nothing did."""
        return self.state.change("theme", look)

    def screen(self, name: str, *arguments: str) -> StudyScreen | None:
        """The screen of a name; None where there is nothing to show. Most screens need a history."""
        state = self.state
        match name, arguments:
            case "welcome", _:
                from studyapp.screens.welcome import WelcomeScreen

                return WelcomeScreen(state)
            case "topic", (topic, *exercise):
                from studyapp.screens.topic import TopicScreen

                entry = state.library.topic(topic)
                return TopicScreen(state, entry, *exercise) if entry is not None else None
            case "search", _:
                from studyapp.screens.search import SearchScreen

                return SearchScreen(state)
            case "complaints", _:
                from studyapp.screens.complaints import ComplaintsScreen

                return ComplaintsScreen(state)
            case "settings", _:
                from studyapp.screens.settings import SettingsScreen

                return SettingsScreen(state)
            case _ if state.opened is None:
                return None
            case "round", (round_name, *exercises):
                from studyapp.screens.question import QuestionScreen

                sitting = state.sitting(round_name, exercises)
                return QuestionScreen(state, sitting) if sitting is not None else None
            case "exam" | "running", _:
                from studyapp.screens.exam.start import exam_screen

                return exam_screen(state, running=name == "running")
            case "progress", _:
                from studyapp.screens.progress import ProgressScreen

                return ProgressScreen(state)
            case "mistakes", _:
                from studyapp.screens.mistakes import MistakesScreen

                return MistakesScreen(state)
        raise ValueError(name)

    async def start(self) -> None:
        """Start the kernel, load what a first question needs, and have the whole history checked.

        A kernel that fails says so when something is asked of it; what is broken in the history is said on home.
        """
        with suppress(KernelFailure):
            await self.state.kernel.start()
        await asyncio.to_thread(_load_what_questions_need)
        with suppress(KernelFailure):
            await self.state.kernel.ask(Read(()))
        history = self.state.opened
        broken = await self._look(self.state.setup.data) if self._look is not None and history is not None else None
        if broken is not None and history is not None:
            self.state.notices += (BROKEN(path=str(history.path), line=broken.line, event=broken.event or "?"),)

    async def close(self) -> None:
        """Let the kernel and the history go."""
        await self.state.kernel.close()
        if self.state.opened is not None:
            self.state.opened.close()


def _load_what_questions_need() -> None:
    """Import the screen of a question; keys that are typed meanwhile come first."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(YIELDING)
    try:
        import_module("studyapp.screens.question")
    finally:
        sys.setswitchinterval(usual)


def open_interior(setup: Setup, kernel: Client) -> Interior:
    """Open the folders of a setup. The history is looked after where the kernel is a real one; tests bring others."""
    return Interior(open_state(setup, kernel), look_after if isinstance(kernel, Client) else None)
