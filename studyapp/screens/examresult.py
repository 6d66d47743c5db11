"""What an exam came to, and the way into its review."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.examview import result_lines, review_lines
from studyapp.screens.messages import OpenTopic
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.exam import NOTHING_TO_REVIEW, Exam
from studyapp.typeset.document import Line, RenderOptions

TITLE = Text(ja="範囲内模試", en="Mock exam within the course")
REVIEW_TITLE = Text(ja="見直し", en="Review")
REVIEWED = Text(ja="{at} / {count}", en="{at} of {count}")


class ExamResultScreen(DeskScreen):
    """The result by area; three ways to review."""

    TABLE = "exam_result"
    BINDINGS = bindings("exam_result")

    def __init__(self, desk: Desk, exam: Exam, told: str = "") -> None:
        super().__init__(desk)
        self.exam = exam
        self._told = told

    def compose(self) -> ComposeResult:
        """The lines."""
        yield Masthead(TITLE(), self.desk.day_state())
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(lambda width: result_lines(self.exam, width), classes="column")
        yield Status()
        yield KeyLine("exam_result", ("review_all", "review_wrong", "review_flagged", "back", "help"))

    def on_mount(self) -> None:
        """Say how it ended, where it ended by itself."""
        self.say(self._told, "near")

    def action_review_all(self) -> None:
        """Go through everything."""
        self._review(tuple(range(len(self.exam.items))))

    def action_review_wrong(self) -> None:
        """Go through what is wrong or blank."""
        self._review(tuple(number for number in range(len(self.exam.items)) if not self.exam.is_right(number)))

    def action_review_flagged(self) -> None:
        """Go through what was flagged."""
        self._review(tuple(number for number, mark in enumerate(self.exam.marks) if mark.flagged))

    def _review(self, numbers: tuple[int, ...]) -> None:
        if numbers:
            self.app.push_screen(ExamReviewScreen(self.desk, self.exam, numbers))
        else:
            self.say(NOTHING_TO_REVIEW())


class ExamReviewScreen(DeskScreen):
    """Some items of a submitted exam, one at a time, with keys and solutions."""

    TABLE = "exam_review"
    BINDINGS = bindings("exam_review")

    def __init__(self, desk: Desk, exam: Exam, numbers: tuple[int, ...]) -> None:
        super().__init__(desk)
        self.exam = exam
        self.numbers = numbers
        self.at = 0

    def compose(self) -> ComposeResult:
        """The item that is on."""
        yield Masthead(REVIEW_TITLE())
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(self._lines, id="item", classes="column")
        yield Status()
        yield KeyLine("exam_review", ("next_item", "previous_item", "read_topic", "back", "help"))

    def on_mount(self) -> None:
        """Show the first."""
        self._show()

    def _lines(self, width: int) -> Iterator[Line]:
        setting = RenderOptions(ascii_only=self.desk.setup.ascii_only)
        return review_lines(self.exam, self.numbers[self.at], width, setting)

    def _show(self) -> None:
        self.query_one(Masthead).show(state=REVIEWED(at=self.at + 1, count=len(self.numbers)))
        self.query_one("#item", Lines).set_again()
        self.body.scroll_home(animate=False)

    def action_next_item(self) -> None:
        """Show the next item."""
        self._move(1)

    def action_previous_item(self) -> None:
        """Show the item before."""
        self._move(-1)

    def _move(self, step: int) -> None:
        self.at = min(max(self.at + step, 0), len(self.numbers) - 1)
        self._show()

    def action_read_topic(self) -> None:
        """Open the page of the item, at its exercise."""
        item = self.exam.items[self.numbers[self.at]]
        self.post_message(OpenTopic(item.topic, item.exercise))
