"""The app: it paints home at once; then what lies behind it is loaded, and the kernel is asked for."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from studyapp.domain.text import Text
from studyapp.kernel.child import Child
from studyapp.screens import Setup
from studyapp.screens.base import Open, StudyScreen
from studyapp.screens.home import HomeScreen, HomeView
from studyapp.screens.keyorder import KeyOrderApp
from studyapp.screens.textual_compat import read_styles
from studyapp.screens.themes import THEMES
from studyapp.screens.widgets import said

LEAVE_TWICE = Text(
    ja="書きかけの答えがあります。もう一度 Ctrl+C を押すと終了します。",
    en="An answer is unfinished. Press Ctrl+C once more to quit.",
)

GIVE_UP_TWICE = Text(
    ja="結果を出さずに模試をやめるには、もう一度 Del を押してください。",
    en="Press Del once more to give the exam up, without a result.",
)
FIRST_READ = Text(
    ja="はじめに、教材を読み込んでいます… {count} ページ", en="Reading the course, this once… {count} pages"
)
TOO_SMALL = Text(
    ja="端末が小さすぎます（{width}×{height}）。{least_width}×{least_height} 以上に広げてください。",
    en="The terminal is too small ({width}×{height}). At least {least_width}×{least_height} is needed.",
)

LEAST = Size(40, 16)  # cells without which nothing can be shown
TWICE = 5.0  # seconds within which a key is to be pressed once more


class PageRead(Message):
    """One more page was read, at the first start."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class Behind(Protocol):
    """What lies behind home, as the app uses it; `studyapp.screens.interior` has it, and describes it."""

    @property
    def unfinished(self) -> bool: ...
    @property
    def is_newcomer(self) -> bool: ...
    @property
    def keymap(self) -> Mapping[str, str]: ...
    def home(self) -> HomeView: ...
    def give_up_exam(self) -> str: ...
    def change(self, name: str, text: str) -> str: ...
    def screen(self, name: str, *arguments: str) -> StudyScreen | None: ...
    async def draw_ahead(self) -> None: ...
    async def start(self) -> None: ...
    async def close(self) -> None: ...


Load = Callable[[Setup], Awaitable[Behind]]  # what opens the folders of a setup, and all that lies behind home


async def _load(setup: Setup, child: Child | None = None) -> Behind:
    """Load what lies behind home, while the kernel comes up where it is on its way already."""
    gc.disable()  # what is loaded stays; looking for what can go costs a large course as much as opening it
    try:
        from studyapp.kernel.client import Client
        from studyapp.screens.interior import Interior
        from studyapp.study.upkeep import look_after

        interior = Interior.open(setup, Client(setup.log, child=child))
        interior.look = look_after
        return interior
    finally:
        gc.enable()
        gc.freeze()


class StudyApp(KeyOrderApp):
    """Home, and the way from there to everything else."""

    BINDINGS = [Binding("ctrl+c,ctrl+q", "leave", show=False, priority=True)]

    def __init__(self, setup: Setup, load: Load = _load) -> None:
        super().__init__()
        self.setup = setup
        self.interior: Behind | None = None
        self._load_interior = load
        self._asked = ""
        self._begun = False
        self.theme = THEMES.get(setup.theme, THEMES["dark"]).name

    @property
    def holds_keys(self) -> bool:
        """While the course is opened, and while a screen waits for what it is to show next."""
        return self.interior is None or getattr(self.screen, "waiting", False)

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen()

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin)  # where the terminal is too small, home is not painted

    def _begin(self) -> None:
        """Open the course once, in a task of its own, so that messages come through."""
        if not self._begun:
            self._begun = True
            self.run_worker(self._open())

    on_home_screen_painted = _begin

    async def _open(self) -> None:
        cache = self.setup.cache
        if cache is not None and not cache.exists():
            await asyncio.to_thread(self._read_first, cache)
        if self.return_code is not None:  # somebody left meanwhile
            return
        self.interior = await self._load_interior(self.setup)
        self.set_keymap(self.interior.keymap)
        self.run_worker(self.interior.draw_ahead())
        await asyncio.sleep(0)  # the kernel is asked before home is laid out, and answers meanwhile
        self.run_worker(self._start(self.interior))
        self.on_home_screen_shown()
        if self.interior.is_newcomer:
            if isinstance(self.screen, TooSmall):
                self.pop_screen()
            self.on_open(Open("welcome"))
            self._fit(self.size)

    def _read_first(self, cache: Path) -> None:
        """Read every page of the course once, which takes seconds; home counts them."""
        from studyapp.study.pagefiles import first_read

        def shown(count: int) -> None:
            self.post_message(PageRead(count))

        setup = self.setup
        first_read(setup.content, cache, setup.language, shown, lambda: self.return_code is not None)

    def on_page_read(self, event: PageRead) -> None:
        screen = self.screen_stack[-1] if self.screen_stack else None  # there is none any more once the app is left
        if self.interior is None and isinstance(screen, HomeScreen):
            screen.show_opening(FIRST_READ(count=event.count))

    async def _start(self, interior: Behind) -> None:
        await interior.start()
        from studyapp.screens.question import STYLES, widgets  # what comes next: then it is not waited for

        read_styles(self, STYLES, widgets())
        self.on_home_screen_shown()

    async def on_unmount(self) -> None:
        if self.interior is not None:
            await self.interior.close()

    def on_app_focus(self) -> None:
        if isinstance(self.screen, StudyScreen):
            self.screen.catch_up()

    def on_resize(self, event: Resize) -> None:
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        """Cover everything with a notice while the terminal is too small."""
        covered = isinstance(self.screen, TooSmall)
        too_small = size.width < LEAST.width or size.height < LEAST.height
        if too_small and not covered:
            self.push_screen(TooSmall())
        elif covered and not too_small:
            self.pop_screen()

    def on_home_screen_shown(self) -> None:
        home = self.screen_stack[0]
        if self.interior is not None and isinstance(home, HomeScreen):
            home.fill(self.interior.home())

    def on_open(self, message: Open) -> None:
        """Open a screen; or go back to the one that shows the same round."""
        screen = self.interior.screen(message.screen, *message.arguments) if self.interior else None
        if screen is None:
            return
        if message.instead:
            self.switch_screen(screen)
            return
        open_already = next((other for other in self.screen_stack if screen.is_again(other)), None)
        if open_already is None:
            self.push_screen(screen)
        while open_already is not None and self.screen is not open_already:
            self.pop_screen()

    def action_theme(self) -> None:
        look = "light" if self.theme == THEMES["dark"].name else "dark"
        self.theme = THEMES[look].name
        trouble = self.interior.change("theme", look) if self.interior else ""
        if trouble and isinstance(self.screen, StudyScreen):
            self.screen.say(f"× {trouble}", "bad")

    def action_leave(self) -> None:
        """Quit; where an answer is unfinished, only when it is asked twice."""
        if self.interior is None or not self.interior.unfinished or self._is_confirmed("leave", LEAVE_TWICE()):
            self.exit()

    def action_give_up_exam(self) -> None:
        """Give the running exam up, when it is asked for twice; home asks, which knows whether there is one."""
        if self.interior is not None and self._is_confirmed("give_up_exam", GIVE_UP_TWICE()):
            trouble = self.interior.give_up_exam()
            self.on_home_screen_shown()
            if trouble and isinstance(self.screen, StudyScreen):
                self.screen.say_failure(trouble)

    def _is_confirmed(self, action: str, question: str) -> bool:
        """Whether an action was asked for shortly before; else it is said what to press once more."""
        asked, self._asked = self._asked, action
        if asked == action:
            return True
        self.set_timer(TWICE, self._forget)
        screen = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, StudyScreen)), None)
        if screen is not None:
            screen.say(question, "near")
        return False

    def _forget(self) -> None:
        self._asked = ""


class TooSmall(Screen[None]):
    """A plain notice over everything; the app takes it away when the terminal has grown."""

    def compose(self) -> ComposeResult:
        yield Static(markup=False, id="notice")

    def on_mount(self) -> None:
        self._show(self.app.size)

    def on_resize(self, event: Resize) -> None:
        self._show(event.size)

    def _show(self, size: Size) -> None:
        sentence = TOO_SMALL(width=size.width, height=size.height, least_width=LEAST.width, least_height=LEAST.height)
        self.query_one("#notice", Static).update(said(sentence))


def run_app(setup: Setup, kernel: Child | None = None) -> int:
    """Run the app until the learner leaves; the exit code. A kernel that was started before is taken over."""
    app = StudyApp(setup, partial(_load, child=kernel))
    app.run()
    return app.return_code or 0
