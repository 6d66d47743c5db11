"""Keys act in the order in which they are pressed, however fast they come.

In Textual a key goes by queues from the app to the focused widget and, where that does not take it, up again to the
app, which acts on its binding. Keys that arrive meanwhile are not waited for: in `1 2 Backspace 3` the `3` is typed
before the backspace acts, and what is typed after a key that opens a screen goes to the screen below. Here a key waits
until the one before it has acted and the screen that it opened has its focus.
"""

import asyncio
from collections import deque

from textual.events import Event, Key, Paste
from textual.screen import Screen

from studyapp.screens.textual_compat import MendedApp
from studyapp.screens.themes import THEMES

QUIET_TURNS = 3
"""Turns of the event loop in a row without a message: the handler of one may take a turn to send the next."""
BRISK_TURNS = 200  # turns after which the queues are looked at less often: something slow is under way
PAUSE = 0.005  # seconds between two looks at what is slow
WIDE = 110  # cells from which a screen has two panes
MOST_TURNS = 1_000  # turns after which a key acts although messages are still on their way: some 4 s
URGENT = frozenset({"escape", "ctrl+c", "ctrl+q"})
"""Keys that lead away from what is slow, so that they do not wait for it."""


class KeyOrderApp(MendedApp):
    """An app that acts on one key after the other. What is typed into a line is in order anyway, and never waits."""

    CSS_PATH = ["app.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None  # screens that take text say so themselves

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        for theme in THEMES.values():
            self.register_theme(theme)
        self._held: deque[Key | Paste] = deque()
        self._acting = False

    @property
    def holds_keys(self) -> bool:
        """Whether something is under way that keys wait for, beyond the messages of the key before."""
        return False

    async def on_event(self, event: Event) -> None:
        """Hold a key that comes from the terminal until it is its turn."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._acting or not self._is_typed(event):
            self._held.append(event)
            if not self._acting:
                self._acting = True
                self.run_worker(self._act(), group="keys")
        else:
            await super().on_event(event)

    def _is_typed(self, event: Key | Paste) -> bool:
        """Whether the focused line takes what is pressed or pasted."""
        if self.holds_keys or self.focused is None:
            return False
        return isinstance(event, Paste) or self.focused.check_consume_key(event.key, event.character)

    async def _act(self) -> None:
        """Act on the keys that are held, each once the one before it has acted."""
        try:
            typed = False
            while self._held:
                if not (typed and self._is_typed(self._held[0])):
                    await self._settle()
                event = self._held.popleft()
                typed = self._is_typed(event)
                await super().on_event(event)
        finally:
            self._acting = False

    async def _settle(self) -> None:
        """Wait until no message is on its way between the focus and the app, and nothing holds keys."""
        turns = quiet = 0
        while quiet < QUIET_TURNS and turns < MOST_TURNS:
            await asyncio.sleep(0 if turns < BRISK_TURNS else PAUSE)
            urgent = any(isinstance(event, Key) and event.key in URGENT for event in self._held)
            if self.holds_keys and not urgent:
                quiet, turns = 0, min(turns + 1, BRISK_TURNS)
            else:
                quiet, turns = quiet + 1 if self._is_quiet else 0, turns + 1

    @property
    def _is_quiet(self) -> bool:
        """Whether the present screen is ready, and no message waits on the way from the focus to the app."""
        screen: Screen[object] = self.screen
        path = (screen.focused or screen).ancestors_with_self
        return screen.is_mounted and all(node.message_queue_size == 0 for node in path)
