"""What all screens have: words, a status line, a body that scrolls, help, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.screen import Screen

from studyapp.screens.look import said
from studyapp.screens.messages import Search, ShowCommands
from studyapp.screens.scrolling import Scrolling
from studyapp.screens.widgets.status import Status


class StudyScreen(Scrolling, Screen[None]):
    """A full screen of the app. `TABLE` names its actions."""

    TABLE: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()

    @property
    def waiting(self) -> bool:
        """Whether what comes next is under way, so that keys are held for it."""
        return False

    def catch_up(self) -> None:
        """The terminal has the focus again: another window may have saved answers meanwhile."""

    def say(self, text: str, role: str = "muted") -> None:
        """Say something in the status line; an empty text clears it."""
        status = self.query_one(Status)
        if text or str(status.content):
            status.update(said(text, role))

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from studyapp.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.TABLE))

    def applies(self, name: str) -> bool:
        """Whether an action of the table can be done now."""
        return True

    def action_commands(self) -> None:
        """Pick an action of this screen by its name."""
        self.post_message(ShowCommands())

    async def do(self, name: str | None) -> None:
        """Do an action of the table, as its key would."""
        if name is not None:
            await self.run_action(name)

    def action_search(self) -> None:
        """Search the course."""
        self.post_message(Search())

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss()
