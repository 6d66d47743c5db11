"""What is wrong with pages, every finding with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.place import Complaint
from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.typeset.document import Line, Span
from studyapp.typeset.lines import wrap

COMPLAINTS_TITLE = Text(ja="ページの問題点", en="Problems in pages")


def complaint_lines(complaints: Iterable[Complaint], width: int) -> Iterator[Line]:
    """A paragraph for each complaint: its place, then what was found and what to do."""
    for number, complaint in enumerate(complaints):
        if number:
            yield ()
        for place in wrap(str(complaint.place), width):
            yield (Span(place, "code"),)
        sentence = f"{complaint.message} {complaint.hint}".rstrip()
        for text in wrap(f"{complaint.severity} {complaint.code}: {sentence}", width - 2):
            yield (Span("  "), Span(text))


class ComplaintsScreen(DeskScreen):
    """The findings of the whole library."""

    TABLE = "page"
    BINDINGS = bindings("page")

    def compose(self) -> ComposeResult:
        """The list."""
        yield Masthead(COMPLAINTS_TITLE())
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(self._lines, classes="column")
        yield Status()
        yield KeyLine("page", ("back", "page_down", "page_up"))

    def _lines(self, width: int) -> Iterable[Line]:
        return complaint_lines(self.desk.course.library.complaints, width)
