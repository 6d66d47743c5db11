"""The app: it paints home at once; then what lies behind it is loaded, and the kernel is asked for."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from textual.binding import Binding
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from studyapp.domain.text import Text, language
from studyapp.kernel.child import LOG, Child
from studyapp.kernel.messages import KernelFailure
from studyapp.screens import messages
from studyapp.screens.base import StudyScreen
from studyapp.screens.home import HomeScreen, HomeView
from studyapp.screens.keyorder import KeyOrderApp
from studyapp.screens.setup import Setup
from studyapp.screens.textual_compat import leave_on_signals, use_forgiving_keyboard, use_japanese_line_breaking
from studyapp.screens.themes import THEMES
from studyapp.screens.toosmall import TooSmall, is_too_small

LEAVE_TWICE = Text(
    ja="書きかけの答えがあります。もう一度 Ctrl+C を押すと終了します。",
    en="An answer is unfinished. Press Ctrl+C once more to quit.",
)

LEAVING = 5.0
"""Seconds within which a second Ctrl+C quits although an answer is unfinished."""
WIDE = 110
"""Cells from which a screen has two panes."""
LARGEST_SEED = 1_000_000


class Interior(Protocol):
    """What lies behind home, as the app uses it; `studyapp.screens.interior` has it."""

    @property
    def unfinished(self) -> bool:
        """Whether quitting would lose an answer."""

    def home(self) -> HomeView:
        """What home shows now."""

    def welcome(self) -> Screen[None] | None:
        """The first screen of a new learner."""

    def topic(self, name: str, exercise: str) -> Screen[None] | None:
        """The page of a topic, at one of its exercises where that is named."""

    def screen(self, name: str) -> Screen[None] | None:
        """A screen about the learner: `progress`, `mistakes` or `settings`."""

    def practice(self, name: str, exercises: tuple[str, ...], stack: Sequence[Screen[object]]) -> Screen[None] | None:
        """The round of that name, on a screen of the stack or a new one."""

    def complaints(self) -> Screen[None]:
        """What is wrong with pages."""

    def search(self) -> Screen[None]:
        """The search over the course."""

    def keep_look(self, look: str) -> str:
        """Save the look; what went wrong, empty where nothing did."""

    async def start(self) -> None:
        """Start the kernel."""

    async def look_after(self) -> None:
        """Have the whole history checked in a process of its own."""

    async def close(self) -> None:
        """End what was started."""


Load = Callable[[Setup], Awaitable[Interior]]
"""What opens the folders of a setup, and all that lies behind home."""


async def _load(setup: Setup, child: Child | None = None) -> Interior:
    """Start the kernel, where it is not on its way already, and load what lies behind home while it comes up."""
    from studyapp.kernel.client import Client

    kernel = Client(setup.log, child=child)
    with suppress(KernelFailure):  # told when something is asked of it
        await kernel.start()
    gc.disable()  # what is loaded stays; looking for what can go costs a large course as much as opening it
    try:
        from studyapp.screens.interior import open_interior

        return open_interior(setup, kernel)
    finally:
        gc.enable()
        gc.freeze()


class StudyApp(KeyOrderApp):
    """Home, and the way from there to everything else."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    AUTO_FOCUS = None  # screens that take text say so themselves
    BINDINGS = [
        Binding("ctrl+c,ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(self, setup: Setup, load: Load = _load) -> None:
        use_japanese_line_breaking()
        use_forgiving_keyboard()
        super().__init__()
        self.setup = setup
        self.interior: Interior | None = None
        self._load_interior = load
        self._leaving = False
        self.animation_level = "none"
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES.get(setup.theme, THEMES["dark"]).name

    @property
    def holds_keys(self) -> bool:
        """While the course is opened, and while a screen waits for what it is to show next."""
        return self.interior is None or getattr(self.screen, "waiting", False)

    def get_default_screen(self) -> Screen[None]:
        """Home is what is painted first."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Do the slow things once something is to be seen."""
        leave_on_signals(self)
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        self.interior = await self._load_interior(self.setup)
        self.run_worker(self._start(self.interior))
        self.on_home_shown()
        welcome = self.interior.welcome()
        if welcome is not None:
            if isinstance(self.screen, TooSmall):
                self.pop_screen()
            self.push_screen(welcome)
            self._fit(self.size)

    async def _start(self, interior: Interior) -> None:
        await interior.start()
        await interior.look_after()
        self.on_home_shown()

    async def on_unmount(self) -> None:
        """Let go of what was opened."""
        if self.interior is not None:
            await self.interior.close()

    def on_app_focus(self) -> None:
        """The learner is back, perhaps from another window."""
        if isinstance(self.screen, StudyScreen):
            self.screen.catch_up()

    def on_resize(self, event: Resize) -> None:
        """Cover everything with a notice while the terminal is too small."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        covered = isinstance(self.screen, TooSmall)
        if is_too_small(size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not is_too_small(size):
            self.pop_screen()

    def on_home_shown(self) -> None:
        """Show on home what is now so."""
        home = self.screen_stack[0]
        if self.interior is not None and isinstance(home, HomeScreen):
            home.fill(self.interior.home())

    def on_open_topic(self, message: messages.OpenTopic) -> None:
        """Open a page."""
        screen = self.interior.topic(message.topic, message.exercise) if self.interior else None
        if screen is not None:
            self.push_screen(screen)

    def on_show_record(self, message: messages.ShowRecord) -> None:
        """Show a screen about the learner."""
        screen = self.interior.screen(message.screen) if self.interior else None
        if screen is not None:
            self.push_screen(screen)

    def on_practise(self, message: messages.Practise) -> None:
        """Start a round, or go on with it."""
        stack = self.screen_stack
        screen = self.interior.practice(message.name, message.exercises, stack) if self.interior else None
        if screen is None:
            return
        if screen not in stack:
            self.push_screen(screen)
        while self.screen is not screen and screen in stack:
            self.pop_screen()

    def on_show_complaints(self) -> None:
        """Show what is wrong with pages."""
        if self.interior is not None:
            self.push_screen(self.interior.complaints())

    def on_change_look(self) -> None:
        """Change between the dark and the light look, for the next start, too."""
        look = "light" if self.theme == THEMES["dark"].name else "dark"
        self.theme = THEMES[look].name
        trouble = self.interior.keep_look(look) if self.interior else ""
        if trouble and isinstance(self.screen, StudyScreen):
            self.screen.say(f"× {trouble}", "bad")

    def on_search(self) -> None:
        """Search the course."""
        if self.interior is not None:
            self.push_screen(self.interior.search())

    def on_show_commands(self) -> None:
        """Show what can be done on the present screen, and do what is picked."""
        from studyapp.screens.commands import CommandsScreen

        screen = self.screen
        if isinstance(screen, StudyScreen):
            commands = CommandsScreen(screen.TABLE, screen.applies)
            self.push_screen(commands, screen.do)

    def action_leave(self) -> None:
        """Quit; where an answer is unfinished, only when it is asked twice."""
        if self.interior is None or not self.interior.unfinished or self._leaving:
            self.exit()
            return
        self._leaving = True
        self.set_timer(LEAVING, self._stay)
        screen = next((one for one in reversed(self.screen_stack) if isinstance(one, StudyScreen)), None)
        if screen is not None:
            screen.say(LEAVE_TWICE(), "near")

    def _stay(self) -> None:
        self._leaving = False


def _seed() -> int:
    from random import SystemRandom

    return SystemRandom().randrange(LARGEST_SEED)


def run_app(
    data: Path,
    content: tuple[Path, ...],
    now: Callable[[], datetime],
    *,
    theme: str = "",
    ascii_only: bool = False,
    kernel: Child | None = None,
) -> int:
    """Run the app until the learner leaves; the exit code. Pages are read in the language of the interface.

    A kernel that was started before is taken over.
    """
    setup = Setup(
        language=language(),
        content=content,
        data=data,
        cache=data / "cache" / "library.json",
        now=now,
        new_id=lambda: str(uuid.uuid4()),
        seed=_seed,
        theme=theme,
        ascii_only=ascii_only,
        log=data / "cache" / LOG,
    )
    app = StudyApp(setup, partial(_load, child=kernel))
    app.run()
    return app.return_code or 0
