"""What an exam came to, and its review; and what several screens say of exams."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partialmethod
from pathlib import Path

from textual.app import ComposeResult

from studyapp.domain.text import Text
from studyapp.screens.actions import actions
from studyapp.screens.explaining import SOLUTION
from studyapp.screens.marked import images_of, led, markdown_lines, plain_lines
from studyapp.screens.moving import Choosing
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets import GAP, KeyLine, Lines, Masthead, Row, Rows, body, framed
from studyapp.study.exam import BLANK_WORD, NOTHING_TO_REVIEW, RIGHT_WORD, WRONG_WORD, Exam, ExamItem, result, results
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, clip, pad

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
AREAS = Text(ja="分野ごと", en="By area")
AREA_HEADS = (Text(ja="正解", en="right"), Text(ja="未解答", en="blank"), Text(ja="秒/問", en="s/item"))
PRACTISE_WRONG = Text(
    ja="間違えた {count} 問を練習する", en="Practise the item that was wrong|Practise the {count} items that were wrong"
)
REVIEW_WRONG = Text(ja="間違えた問題を見直す", en="Review what was wrong")
REVIEW_FLAGGED = Text(ja="印を付けた問題を見直す", en="Review what was flagged")
REVIEW_ALL = Text(ja="すべて見直す", en="Review all items")
SCHEDULED = Text(
    ja="学習を始めている技能の解答は、復習の予定にも反映されました。",
    en="Answers on skills that you have begun count for your reviews, too.",
)
NO_MARK = Text(
    ja="合格点は公表されていないので、合否は示しません。",
    en="No pass mark is published, so nothing is said of passing.",
)
WHOLE_TIME = Text(
    ja="使った時間 {minutes} 分 ・ 1 問あたり {seconds} 秒{pace}",
    en="{minutes} minutes used, {seconds} s an item{pace}",
)
REAL_PACE = Text(ja="（本試験のペースは約 41 秒）", en=" (the pace of the examination is some 41 s)")
YOUR_ANSWER = Text(ja="解答", en="your answer")
NO_ANSWER = Text(ja="未解答", en="blank")
KEY = Text(ja="正答", en="key")
EXAM_ROUND = "?exam "  # what the name of a round begins with that asks what was wrong in an exam


def option_lines(lead: str, text: str, role: str, width: int, options: RenderOptions) -> Iterator[Line]:
    """An option of an item behind its sign and label."""
    return led(lead, role, markdown_lines(text, width - cells(lead), options))


class ExamResultScreen(Choosing, StateScreen):
    """The result, what can be done with it, and the areas. `reason` is said where the exam ended by itself."""

    TABLE = "exam_result"

    def __init__(self, state: AppState, exam: Exam, reason: str = "") -> None:
        super().__init__(state)
        self.exam = exam
        self._reason = reason

    def compose(self) -> ComposeResult:
        head, areas = Lines(self._head, classes="column"), Lines(self._areas, classes="column")
        rows = Rows(tuple(self._rows()), id="rows", classes="column")
        return framed("exam_result", body(head, rows, areas), title=TITLE(), state=self.state.day_text())

    def on_mount(self) -> None:
        self.say(self._reason, "near")

    def _head(self, width: int) -> Iterator[Line]:
        """The whole; nothing about passing."""
        items, spent = len(self.exam.items), sum(mark.spent_ms for mark in self.exam.marks) / 1000
        yield (Span(result(items - len(self.exam.wrong), items), "strong"),)
        pace = REAL_PACE() if self.exam.syllabus else ""
        time = WHOLE_TIME(minutes=round(spent / 60), seconds=round(spent / max(1, items)), pace=pace)
        yield from plain_lines(time, width, "muted")
        yield ()

    def _rows(self) -> Iterator[Row]:
        """What can be done, each with its key; the id of a row is its action."""
        rows = {
            "practise_wrong": PRACTISE_WRONG(count=len(self.exam.wrong)),
            "review_wrong": REVIEW_WRONG(),
            "review_flagged": REVIEW_FLAGGED(),
            "review_all": REVIEW_ALL(),
        }
        for name, text in rows.items():
            if self.applies(name):
                yield Row(name, text=text, right=(Span(actions("exam_result")[name].shown[0], "muted"),))

    def _areas(self, width: int) -> Iterator[Line]:
        """A table of the areas; where it is too wide, its last columns give way."""
        areas = results(self.exam)
        names = [AREAS(), *(self.state.library.area_title(area.area) for area in areas)]
        columns = [
            [AREA_HEADS[0](), *(f"{area.right} / {area.items}" for area in areas)],
            [AREA_HEADS[1](), *(str(area.blank) if area.blank else "" for area in areas)],
            [AREA_HEADS[2](), *(str(round(area.seconds_an_item)) for area in areas)],
        ]
        widths = [max(map(cells, column)) for column in columns]
        longest = min(max(map(cells, names)), width - len(GAP) - widths[0])
        fitting = [size for size in (1, 2, 3) if longest + sum(widths[:size]) + size * len(GAP) <= width]
        yield ()
        for number, name in enumerate(names):
            role = "muted" if number == 0 else ""
            row = [pad(column[number], widths[at], "right") for at, column in enumerate(columns)][: fitting[-1]]
            yield (Span(GAP.join((pad(clip(name, longest), longest), *row)), role),)
        yield ()
        from studyapp.screens.progress import readiness_lines  # here, since home opens this screen, and progress home

        yield from readiness_lines(self.state.readiness(), width, ascii_only=self.options.ascii_only)
        yield ()
        # A course of its own has no examination behind it.
        for sentence in (SCHEDULED(), *((NO_MARK(), REAL()) if self.exam.syllabus else ())):
            yield from plain_lines(sentence, width, "muted")

    def applies(self, name: str) -> bool:
        match name:
            case "practise_wrong" | "review_wrong":
                return bool(self.exam.wrong)
            case "review_flagged":
                return any(mark.flagged for mark in self.exam.marks)
        return True

    def action_choose(self) -> None:
        if self.rows.chosen is not None:
            getattr(self, f"action_{self.rows.chosen}")()

    def action_practise_wrong(self) -> None:
        """Do the exercises behind the wrong and blank items once more, with fresh numbers."""
        exercises = dict.fromkeys(self.exam.items[number].exercise for number in self.exam.wrong)
        known = [exercise for exercise in exercises if self.state.library.exercise(exercise) is not None]
        if known:
            self.open_screen("round", f"{EXAM_ROUND}{self.exam.id}", *known)
        else:
            self.say(NOTHING_TO_REVIEW())

    def action_review_all(self) -> None:
        self._review(range(len(self.exam.items)))

    def action_review_wrong(self) -> None:
        self._review(self.exam.wrong)

    def action_review_flagged(self) -> None:
        self._review(number for number, mark in enumerate(self.exam.marks) if mark.flagged)

    def _review(self, numbers: Iterable[int]) -> None:
        if chosen := tuple(numbers):
            self.app.push_screen(ExamReviewScreen(self.state, self.exam, chosen))
        else:
            self.say(NOTHING_TO_REVIEW())


def item_images(item: ExamItem, state: AppState, *texts: str) -> Mapping[Path, str]:
    """The files of the images in an item, each with what it shows in words."""
    entry = state.library.exercise(item.exercise)
    asked = (item.prompt, *(text for _, text in item.options))
    return images_of((*asked, *texts), entry.source.folder) if entry is not None else {}


class ExamReviewScreen(StateScreen):
    """Some items of a submitted exam, one at a time, with keys and solutions."""

    TABLE = "exam_review"

    def __init__(self, state: AppState, exam: Exam, numbers: tuple[int, ...]) -> None:
        super().__init__(state)
        self.exam = exam
        self.numbers = numbers
        self.at = 0

    def compose(self) -> ComposeResult:
        return framed("exam_review", body(Lines(self._lines, id="item", classes="column")), title=REVIEW_TITLE())

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
        yield from markdown_lines(item.text, width, self.options)
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

    def applies(self, name: str) -> bool:
        applying = {"next_item": self.at + 1 < len(self.numbers), "previous_item": self.at > 0}
        applying["open_image"] = bool(self.images())
        return applying.get(name, True)

    @property
    def item(self) -> ExamItem:
        return self.exam.items[self.numbers[self.at]]

    def images(self) -> Mapping[Path, str]:
        return item_images(self.item, self.state, self.item.solution)

    def _move(self, step: int) -> None:
        self.at = min(max(self.at + step, 0), len(self.numbers) - 1)
        self.query_one(Masthead).show(state=REVIEWED(at=self.at + 1, count=len(self.numbers)))
        self.query_one("#item", Lines).set_again()
        self.show_figures(self.item.prompt, self.item.solution)
        self.query_one(KeyLine).refresh()
        self.body.scroll_home(animate=False)

    action_next_item = partialmethod(_move, 1)
    action_previous_item = partialmethod(_move, -1)

    def action_read_topic(self) -> None:
        self.open_screen("topic", self.item.topic, self.item.exercise)
