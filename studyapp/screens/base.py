"""What all screens have: words, a status line, a body that scrolls, help, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.screen import Screen

from studyapp.domain.words.screens import ScreensWords
from studyapp.screens.look import said
from studyapp.screens.scrolling import Scrolling
from studyapp.screens.widgets.status import Status


class StudyScreen(Scrolling, Screen[None]):
    """A full screen of the app. `TABLE` names its actions."""

    TABLE: ClassVar[str]

    def __init__(self, words: ScreensWords) -> None:
        super().__init__()
        self.words = words

    def say(self, text: str, role: str = "muted") -> None:
        """Say something in the status line; an empty text clears it."""
        self.query_one(Status).update(said(text, role))

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from studyapp.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.TABLE, self.words))

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss()
