"""What an exam came to, and its review."""

from collections.abc import Iterable, Iterator
from functools import partialmethod

from textual.app import ComposeResult

from studyapp.domain.text import Text
from studyapp.screens.exam.lines import result_lines, review_lines
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets.frame import Masthead, body, framed
from studyapp.screens.widgets.lines import Lines
from studyapp.study.exam import NOTHING_TO_REVIEW, Exam
from studyapp.typeset.document import Line

TITLE = Text(ja="範囲内模試", en="Mock exam within the course")
REVIEW_TITLE = Text(ja="見直し", en="Review")
REVIEWED = Text(ja="{at} / {count}", en="{at} of {count}")


class ExamResultScreen(StateScreen):
    """The result by area; three ways to review. `reason` is said where the exam ended by itself."""

    TABLE = "exam_result"

    def __init__(self, state: AppState, exam: Exam, reason: str = "") -> None:
        super().__init__(state)
        self.exam = exam
        self._reason = reason

    def compose(self) -> ComposeResult:
        lines = Lines(lambda width: result_lines(self.exam, width), classes="column")
        keys = ("review_all", "review_wrong", "review_flagged", "back", "help")
        return framed("exam_result", body(lines), title=TITLE(), state=self.state.day_text(), keys=keys)

    def on_mount(self) -> None:
        self.say(self._reason, "near")

    def action_review_all(self) -> None:
        self._review(range(len(self.exam.items)))

    def action_review_wrong(self) -> None:
        """Go through what is wrong or blank."""
        self._review(number for number in range(len(self.exam.items)) if not self.exam.is_right(number))

    def action_review_flagged(self) -> None:
        self._review(number for number, mark in enumerate(self.exam.marks) if mark.flagged)

    def _review(self, numbers: Iterable[int]) -> None:
        if chosen := tuple(numbers):
            self.app.push_screen(ExamReviewScreen(self.state, self.exam, chosen))
        else:
            self.say(NOTHING_TO_REVIEW())


class ExamReviewScreen(StateScreen):
    """Some items of a submitted exam, one at a time, with keys and solutions."""

    TABLE = "exam_review"

    def __init__(self, state: AppState, exam: Exam, numbers: tuple[int, ...]) -> None:
        super().__init__(state)
        self.exam = exam
        self.numbers = numbers
        self.at = 0

    def compose(self) -> ComposeResult:
        item = Lines(self._lines, id="item", classes="column")
        keys = ("next_item", "previous_item", "read_topic", "back", "help")
        return framed("exam_review", body(item), title=REVIEW_TITLE(), keys=keys)

    def on_mount(self) -> None:
        self._move(0)

    def _lines(self, width: int) -> Iterator[Line]:
        return review_lines(self.exam, self.numbers[self.at], width, self.options)

    def _move(self, step: int) -> None:
        self.at = min(max(self.at + step, 0), len(self.numbers) - 1)
        self.query_one(Masthead).show(state=REVIEWED(at=self.at + 1, count=len(self.numbers)))
        self.query_one("#item", Lines).set_again()
        self.body.scroll_home(animate=False)

    action_next_item = partialmethod(_move, 1)
    action_previous_item = partialmethod(_move, -1)

    def action_read_topic(self) -> None:
        """Open the page of the item, at its exercise."""
        item = self.exam.items[self.numbers[self.at]]
        self.open("topic", item.topic, item.exercise)
