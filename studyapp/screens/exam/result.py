"""What an exam came to, and its review; and what several screens say of exams."""

from collections.abc import Iterable, Iterator
from functools import partialmethod

from textual.app import ComposeResult

from studyapp.domain.text import Text
from studyapp.screens.explaining import SOLUTION
from studyapp.screens.marked import led, markdown_lines, plain_lines
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets import Lines, Masthead, body, framed
from studyapp.study.exam import BLANK_WORD, NOTHING_TO_REVIEW, RIGHT_WORD, WRONG_WORD, Exam, result, results
from studyapp.study.progress import area_text
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, pad

TITLE = Text(ja="範囲内模試", en="Mock exam within the course")
REVIEW_TITLE = Text(ja="見直し", en="Review")
REVIEWED = Text(ja="{at} / {count}", en="{at} of {count}")
EXAM_RUNNING = Text(ja="途中の模試", en="Running")
LEFT = Text(
    ja="模試は続いています。画面を離れても時計は進みます。",
    en="The exam is running. Its clock does not stop when you leave the screen.",
)
REAL = Text(
    ja="本試験は 2026 年現在 145 問を 100 分、1 問あたり約 41 秒。合格点は公表されていません。",
    en="As of 2026 the examination has 145 items in 100 minutes, some 41 s an item; no pass mark is published.",
)
RESULT = Text(ja="結果", en="Result")
AREAS = Text(ja="分野ごと", en="By area")
AREA_LINE = Text(
    ja="{name}  {right}/{items}  未解答 {blank}  1 問 {seconds} 秒",
    en="{name}  {right}/{items}  blank {blank}  {seconds} s an item",
)
NO_MARK = Text(
    ja="合格点は公表されていないので、合否は示しません。",
    en="No pass mark is published, so nothing is said of passing.",
)
WHOLE_TIME = Text(
    ja="使った時間 {minutes} 分 ・ 1 問あたり {seconds} 秒（本試験のペースは約 41 秒）",
    en="{minutes} minutes used, {seconds} s an item (the pace of the examination is some 41 s)",
)
YOUR_ANSWER = Text(ja="解答", en="your answer")
NO_ANSWER = Text(ja="未解答", en="blank")
KEY = Text(ja="正答", en="key")


def option_lines(lead: str, text: str, role: str, width: int, options: RenderOptions) -> Iterator[Line]:
    """An option of an item behind its sign and label."""
    return led(lead, role, markdown_lines(text, width - cells(lead), options))


class ExamResultScreen(StateScreen):
    """The result by area; three ways to review. `reason` is said where the exam ended by itself."""

    TABLE = "exam_result"

    def __init__(self, state: AppState, exam: Exam, reason: str = "") -> None:
        super().__init__(state)
        self.exam = exam
        self._reason = reason

    def compose(self) -> ComposeResult:
        lines = Lines(self._lines, classes="column")
        keys = ("review_all", "review_wrong", "review_flagged", "back", "help")
        return framed("exam_result", body(lines), title=TITLE(), state=self.state.day_text(), keys=keys)

    def on_mount(self) -> None:
        self.say(self._reason, "near")

    def _lines(self, width: int) -> Iterator[Line]:
        """The result: the whole, each area, the time; nothing about passing."""
        areas = results(self.exam)
        right = sum(area.right for area in areas)
        yield (Span(RESULT(), "heading"),)
        yield ()
        yield (Span(result(right, len(self.exam.items)), "strong"),)
        yield ()
        yield (Span(AREAS(), "heading"),)
        names = [area_text(area.area) for area in areas]
        column = max(map(cells, names), default=0)
        for name, area in zip(names, areas, strict=True):
            counts = {"right": area.right, "items": area.items, "blank": area.blank}
            line = AREA_LINE(name=pad(name, column), **counts, seconds=round(area.seconds_an_item))
            yield from plain_lines(line, width)
        spent = sum(area.spent_ms for area in areas) / 1000
        yield ()
        time = WHOLE_TIME(minutes=round(spent / 60), seconds=round(spent / max(1, len(self.exam.items))))
        for sentence in (time, NO_MARK(), REAL()):
            yield from plain_lines(sentence, width, "muted")

    def action_review_all(self) -> None:
        self._review(range(len(self.exam.items)))

    def action_review_wrong(self) -> None:
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
        exam, number = self.exam, self.numbers[self.at]
        item, mark, right = exam.items[number], exam.marks[number], exam.is_right(number)
        sign, role = ("○", "good") if right else ("×", "bad")
        word = RIGHT_WORD() if right else WRONG_WORD() if mark.answer else BLANK_WORD()
        yield (
            Span(f"{number + 1}. ", "heading"),
            Span(f"{sign} {word}", role),
            Span(f"   {mark.spent_ms // 1000} s", "muted"),
        )
        yield ()
        yield from markdown_lines(item.prompt, width, self.options)
        yield ()
        for label, text in item.options:
            wrong = ("×", "bad") if label in mark.answer else (" ", "")
            sign, role = ("○", "good") if label in item.right else wrong
            yield from option_lines(f"{sign} {label}) ", text, role, width, self.options)
        yield ()
        yield (Span(f"{YOUR_ANSWER()}  ", "muted"), Span(", ".join(mark.answer) or NO_ANSWER()))
        yield (Span(f"{KEY()}  ", "muted"), Span(", ".join(item.right), "good"))
        if item.solution:
            yield ()
            yield (Span(SOLUTION(), "heading"),)
            yield from markdown_lines(item.solution, width, self.options)

    def _move(self, step: int) -> None:
        self.at = min(max(self.at + step, 0), len(self.numbers) - 1)
        self.query_one(Masthead).show(state=REVIEWED(at=self.at + 1, count=len(self.numbers)))
        self.query_one("#item", Lines).set_again()
        self.body.scroll_home(animate=False)

    action_next_item = partialmethod(_move, 1)
    action_previous_item = partialmethod(_move, -1)

    def action_read_topic(self) -> None:
        item = self.exam.items[self.numbers[self.at]]
        self.open_screen("topic", item.topic, item.exercise)
