"""What is wrong with pages, every finding with its place."""

from collections.abc import Callable, Iterable, Iterator

from textual.app import ComposeResult

from studyapp.domain.place import Complaint
from studyapp.domain.text import Text
from studyapp.screens.state import StateScreen
from studyapp.screens.widgets.frame import body, framed
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, Span
from studyapp.typeset.lines import wrap

COMPLAINTS_TITLE = Text(ja="ページの問題点", en="Problems in pages")


def complaint_lines(complaints: Iterable[Complaint], width: int, shown: Callable[[str], str] = str) -> Iterator[Line]:
    """A paragraph for each complaint: its place with the path as it is `shown`, then what was found and what to do."""
    for number, complaint in enumerate(complaints):
        if number:
            yield ()
        for place in wrap(shown(str(complaint.place)), width):
            yield (Span(place, "code"),)
        sentence = f"{complaint.message} {complaint.hint}".rstrip()
        for text in wrap(f"{complaint.severity} {complaint.code}: {sentence}", width - 2):
            yield (Span("  "), Span(text))


class ComplaintsScreen(StateScreen):
    """The findings of the whole library."""

    TABLE = "page"

    def compose(self) -> ComposeResult:
        complaints = self.state.library.complaints
        lines = Lines(lambda width: complaint_lines(complaints, width), classes="column")
        return framed("page", body(lines), title=COMPLAINTS_TITLE(), keys=("back", "page_down", "page_up"))
