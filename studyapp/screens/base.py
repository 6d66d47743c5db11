"""What full screens share: a status line, a body that scrolls, help, and the way to others."""

import asyncio
from functools import partialmethod

from textual.await_remove import AwaitRemove
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from studyapp.domain.text import Text
from studyapp.screens.moving import Scrolling
from studyapp.screens.textual_compat import MendedScreen
from studyapp.screens.widgets import Status, said, usable_keys

DUE = ""  # the name of the session of the day
FLAGS_ROUND = "?flags"  # the name of the round that asks every flagged question; no topic's id begins like this
PLACEMENT = "?placement"  # the name of the round that finds out what is known already; no topic's id begins like this
SLIPS = "?slips"  # the name of the round in which slips are tried again that wait for it
EXERCISE = "?exercise "  # what the name of a round begins with that asks one exercise; no topic's id begins like this


class Open(Message):
    """Open a screen by its name in `studyapp.screens.interior`, with what it is about; `instead` of the present one."""

    def __init__(self, screen: str, *arguments: str, instead: bool = False) -> None:
        super().__init__()
        self.screen = screen
        self.arguments = arguments
        self.instead = instead


COPIED = Text(ja="コピーしました（{tool}）: {text}", en="Copied ({tool}): {text}")
COPIED_BY_TERMINAL = Text(
    ja="端末にコピーを頼みました（OSC 52）。届かない端末もあります: {text}",
    en="Asked the terminal to copy (OSC 52); some terminals do not: {text}",
)
NOTHING_TO_COPY = Text(ja="コピーするものがありません。", en="There is nothing to copy.")


class StudyScreen(Scrolling, MendedScreen):
    """A full screen of the app."""

    @property
    def waiting(self) -> bool:
        """Whether what comes next is under way, so that keys are held for it."""
        return False

    def is_again(self, other: Screen[object]) -> bool:
        """Whether another screen shows the same already, so that it is gone back to."""
        return False

    def applies(self, name: str) -> bool:
        """Whether an action of the table can be done now."""
        return True

    def remove(self) -> AwaitRemove:
        """End what is under way first: it would look for widgets that are gone before Textual ends it."""
        self.workers.cancel_node(self)
        return super().remove()

    def catch_up(self) -> None:
        """The terminal has the focus again: another window may have saved answers meanwhile."""

    def say(self, text: str, role: str = "muted") -> None:
        """Say something in the status line; an empty text clears it."""
        status, content = self.query_one(Status), said(text, role)
        if not (isinstance(status.content, Content) and content.is_same(status.content)):
            status.update(content)

    def say_failure(self, text: str) -> None:
        self.say(f"× {text}", "bad")

    def copy(self, text: str) -> None:
        """Copy a text by a tool of the system where there is one, else by asking the terminal (OSC 52)."""
        if text:
            self.run_worker(self._copied(text))
        else:
            self.say(NOTHING_TO_COPY())

    async def _copied(self, text: str) -> None:
        if tool := await asyncio.to_thread(copy_by_tool, text):
            self.say(COPIED(text=text, tool=tool))
        else:
            self.app.copy_to_clipboard(text)
            self.say(COPIED_BY_TERMINAL(text=text))

    def open_screen(self, screen: str, *arguments: str, instead: bool = False) -> None:
        self.post_message(Open(screen, *arguments, instead=instead))

    def action_help(self) -> None:
        from studyapp.screens.boxes import HelpScreen

        self.app.push_screen(HelpScreen(self.TABLE, usable_keys(self, self.TABLE)))

    def action_commands(self) -> None:
        from studyapp.screens.boxes import CommandsScreen

        self.app.push_screen(CommandsScreen(self.TABLE, self.applies), self._do)

    async def _do(self, action: str | None) -> None:
        if action is not None:
            await self.run_action(action)

    action_search = partialmethod(open_screen, "search")
    action_progress = partialmethod(open_screen, "progress")
    action_mistakes = partialmethod(open_screen, "mistakes")
    action_settings = partialmethod(open_screen, "settings")
    action_flags = partialmethod(open_screen, "flags")

    def action_back(self) -> None:
        self.dismiss()


def copy_by_tool(text: str) -> str:
    """Give the text to the system's clipboard: the name of the tool, empty where there is none or it fails."""
    import pyperclip

    take, _ = pyperclip.determine_clipboard()
    try:
        take(text)
    except (pyperclip.PyperclipException, OSError):
        return ""
    name: str = take.__name__.removeprefix("copy_")
    return name
