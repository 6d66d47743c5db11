"""The app: it paints the home screen at once, then opens the course and starts the kernel."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from textual.app import App
from textual.binding import Binding
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from studyapp.domain.words import Words
from studyapp.kernel.client import Client
from studyapp.kernel.requests import KernelFailure
from studyapp.screens import messages
from studyapp.screens.base import StudyScreen
from studyapp.screens.complaints import ComplaintsScreen
from studyapp.screens.course import Course, Setup, open_course
from studyapp.screens.desk import Desk, Kernel
from studyapp.screens.home import HomeScreen
from studyapp.screens.question import QuestionScreen
from studyapp.screens.textual_compat import use_japanese_line_breaking
from studyapp.screens.themes import DARK, LIGHT
from studyapp.screens.toosmall import TooSmall, is_too_small
from studyapp.screens.topic import TopicScreen
from studyapp.screens.welcome import WelcomeScreen

LEAVING = 5.0
"""Seconds within which a second Ctrl+C quits although an answer is unfinished."""
LARGEST_SEED = 1_000_000


class StudyApp(App[None]):
    """The screens over one desk. `kernel` and `open_folders` are given by tests; otherwise they are the real ones."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None  # screens that take text say so themselves
    BINDINGS = [  # noqa: RUF012 — Textual's way
        Binding("ctrl+c,ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(
        self, setup: Setup, kernel: Kernel | None = None, open_folders: Callable[[Setup], Course] = open_course
    ) -> None:
        use_japanese_line_breaking()
        super().__init__()
        self.desk = Desk(setup, kernel or Client(setup.log))
        self._open_folders = open_folders
        self._leaving = False
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[None]:
        """Home is what is painted first."""
        return HomeScreen(self.desk)

    def on_mount(self) -> None:
        """Do the slow things once something is to be seen."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.run_worker(self._start_kernel(), exit_on_error=False)
        self.desk.course = self._open_folders(self.desk.setup)
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.fill()
        if self.desk.is_newcomer:
            if isinstance(self.screen, TooSmall):
                self.pop_screen()
            self.push_screen(WelcomeScreen(self.desk))
            self._fit(self.size)

    async def _start_kernel(self) -> None:
        try:
            await self.desk.kernel.start()
        except KernelFailure:
            return  # told when something is asked of it, which also tries again

    async def on_unmount(self) -> None:
        """Let the kernel and the history go."""
        await self.desk.kernel.close()
        if self.desk.course is not None and self.desk.course.learner is not None:
            self.desk.course.learner.close()

    def on_resize(self, event: Resize) -> None:
        """Cover everything with a notice while the terminal is too small."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        covered = isinstance(self.screen, TooSmall)
        if is_too_small(size) and not covered:
            self.push_screen(TooSmall(self.desk.words.screens))
        elif covered and not is_too_small(size):
            self.pop_screen()

    def on_open_topic(self, message: messages.OpenTopic) -> None:
        """Open a page."""
        topic = self.desk.course.library.topic(message.topic) if self.desk.course else None
        if topic is not None:
            self.push_screen(TopicScreen(self.desk, topic))

    def on_practise(self, message: messages.Practise) -> None:
        """Start a round, or go on with it."""
        if self.desk.course is None or self.desk.course.learner is None:
            return
        sitting = self.desk.sitting(message.name, message.exercises)
        if sitting is None:
            return
        on = next(
            (one for one in self.screen_stack if isinstance(one, QuestionScreen) and one.sitting is sitting), None
        )
        if on is None:
            self.push_screen(QuestionScreen(self.desk, sitting))
        while on is not None and self.screen is not on:
            self.pop_screen()

    def on_show_complaints(self) -> None:
        """Show what is wrong with pages."""
        self.push_screen(ComplaintsScreen(self.desk))

    def action_leave(self) -> None:
        """Quit; where an answer is unfinished, only when it is asked twice."""
        if not self.desk.unfinished or self._leaving:
            self.exit()
            return
        self._leaving = True
        self.set_timer(LEAVING, self._stay)
        screen = next((one for one in reversed(self.screen_stack) if isinstance(one, StudyScreen)), None)
        if screen is not None:
            screen.say(self.desk.words.screens.leave_twice, "near")

    def _stay(self) -> None:
        self._leaving = False


def run_app(
    words: Words, data: Path, content: tuple[Path, ...], now: Callable[[], datetime], *, ascii_only: bool = False
) -> int:
    """Run the app until the learner leaves; the exit code. Pages are read in the language of the interface."""
    setup = Setup(
        words=words,
        language=words.code,
        content=content,
        data=data,
        cache=data / "cache" / "library.json",
        now=now,
        new_id=lambda: str(uuid.uuid4()),
        seed=lambda: random.SystemRandom().randrange(LARGEST_SEED),
        ascii_only=ascii_only,
        log=data / "cache" / "kernel.log",
    )
    app = StudyApp(setup)
    app.run()
    return app.return_code or 0
