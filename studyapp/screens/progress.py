"""Progress: what lies ahead, how far predictions held, how firmly things are kept."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.marked import one_line
from studyapp.screens.messages import ShowRecord
from studyapp.screens.progressview import Style, progress_lines
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.progress import stats
from studyapp.study.slips import mistake_sentences, slips
from studyapp.typeset.document import Line, RenderOptions

PROGRESS_TITLE = Text(ja="進み具合", en="Progress")


class ProgressScreen(DeskScreen):
    """The numbers of `studyapp stats`, as they are when the screen is seen."""

    TABLE = "progress"
    BINDINGS = bindings("progress")

    def compose(self) -> ComposeResult:
        """The lines."""
        yield Masthead(PROGRESS_TITLE(), self.desk.day_state())
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(classes="column wide", id="progress")
        yield Status()
        yield KeyLine("progress", ("page_down", "mistakes", "settings", "back", "help"))

    def on_screen_resume(self) -> None:
        """Count anew: the date of the exam may have changed meanwhile."""
        self.run_worker(self._count(), exclusive=True)

    async def _count(self) -> None:
        exam, history, library = self.desk.course.settings.exam_date, self.desk.history, self.desk.course.library
        numbers = stats(history, self.desk.today, exam)
        made = slips(history.mistakes(), library)
        told = await asyncio.to_thread(mistake_sentences, made, library)
        setting, mistakes = RenderOptions(ascii_only=self.desk.setup.ascii_only), Counter[str]()
        for slip, sentence in told.items():
            mistakes[one_line(sentence, setting)] += slip.times
        style = Style(ascii_only=self.desk.setup.ascii_only)

        def lines(width: int) -> Iterator[Line]:
            return progress_lines(numbers, mistakes.most_common(), exam, width, style)

        self.query_one("#progress", Lines).show(lines)

    def action_mistakes(self) -> None:
        """Open the list of mistakes."""
        self.post_message(ShowRecord("mistakes"))

    def action_settings(self) -> None:
        """Open the settings."""
        self.post_message(ShowRecord("settings"))
