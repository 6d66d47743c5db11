"""The door to mock exams: go on with the one that is running, begin one, look at past results."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.question import Question
from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.desk import FAILED_SUBMIT, Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.examresult import TITLE, ExamResultScreen
from studyapp.screens.examroom import ExamScreen
from studyapp.screens.examview import REAL, clock
from studyapp.screens.home import EXAM_RUNNING, LEFT, RUNNING
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status
from studyapp.study import mock
from studyapp.study.blueprint import draw_items, syllabus_of, with_conventions
from studyapp.study.entries import ExerciseEntry
from studyapp.study.exam import FULL, NO_ITEMS, SCOPE, SHORT, Exam, ExamItem, Length
from studyapp.study.mock import Taking
from studyapp.study.troubles import describe
from studyapp.typeset.document import Span

RESUME = Text(
    ja="続きから受ける: {answered}/{items} 問解答済み、残り {left}",
    en="Go on: {answered} of {items} answered, {left} left",
)
LENGTH_ROWS = {
    "full": Text(
        ja="通し: {items} 問・{minutes} 分（2026 年の本試験と同じ）",
        en="Full: {items} items in {minutes} minutes (as the examination of 2026)",
    ),
    "short": Text(ja="短縮: {items} 問・{minutes} 分", en="Short: {items} items in {minutes} minutes"),
}
PAST = Text(ja="これまでの結果", en="Past results")
PAST_DAY = Text(ja="{year} 年 {month} 月 {day} 日", en="{year}-{month:02}-{day:02}")
PAST_RESULT = Text(ja="{right}/{items} 問正解", en="{right} of {items} right")
NONE_PAST = Text(ja="まだ受けていません。", en="None was taken yet.")
PAST_ABOUT = Text(ja="結果と見直しを開きます。", en="Open the result and the review.")
DRAWING = Text(ja="問題を作っています…", en="Drawing the items…")
DRAWING_OF = Text(ja="問題を作っています… {at}/{items}", en="Drawing the items… {at}/{items}")
CLOSED = Text(
    ja="時間切れの時点の解答で提出しました。", en="The exam was submitted with the answers given before its deadline."
)
BEGIN_TWICE = Text(
    ja="{minutes} 分の模試です。途中で画面を離れても時計は進みます。始めるには、もう一度 Enter を押してください。",
    en="This takes {minutes} minutes, and the clock does not stop when you leave. Press Enter once more to begin.",
)

LENGTHS = {"full": FULL, "short": SHORT}


class ExamStartScreen(Choosing, DeskScreen):
    """Rows for what can be done; an exam whose time ran out meanwhile is submitted as of its deadline."""

    TABLE = "exam_start"
    BINDINGS = bindings("exam_start")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._current: Exam | None = None
        self._past: tuple[Exam, ...] = ()
        self._drawing = False
        self._asked_to_begin = False

    def compose(self) -> ComposeResult:
        """The rows."""
        yield Masthead(TITLE(), self.desk.day_state())
        with VerticalScroll(id="body", can_focus=False):
            yield Rows(id="rows", classes="column")
        yield Status()
        yield KeyLine("exam_start", ("choose", "cursor_down", "cursor_up", "back", "help"))

    def on_screen_resume(self) -> None:
        """Look again: an exam may have ended, or be running."""
        self.desk.refresh()
        told = self._close_what_is_over()
        self._asked_to_begin = False
        history = self.desk.history
        latest = mock.latest(history)
        self._current = latest if latest is not None and latest.submitted is None else None
        self._past = mock.submitted(history)
        self.rows.show(tuple(self._rows()))
        if told:
            self.say(told, "near")
        else:
            self.chosen_changed()

    def _close_what_is_over(self) -> str:
        """Submit an exam whose time is up; what is to be said of it."""
        history, now = self.desk.history, self.desk.setup.now()
        latest = mock.latest(history)
        if latest is None or not mock.is_to_be_closed(latest, now):
            return ""
        try:
            mock.submit(history, latest, now)
        except NotSavedError as error:
            return f"× {describe(error)}"
        return CLOSED()

    def _rows(self) -> Iterator[Row]:
        if self._current is not None:
            exam = self._current
            left = clock(exam.remaining(self.desk.setup.now()))
            yield Row(None, text=EXAM_RUNNING())
            told = RESUME(answered=(len(exam.items) - len(exam.blank)), items=len(exam.items), left=left)
            yield Row(RUNNING, "▶", told, role="near")
        else:
            yield Row(None, text=TITLE())
            for name, length in LENGTHS.items():
                told = LENGTH_ROWS[name](items=length.items, minutes=length.minutes)
                yield Row(name, "·", told, role="muted")
        yield Row(None)
        yield Row(None, text=PAST())
        for number, exam in enumerate(self._past):
            right = sum(exam.is_right(place) for place in range(len(exam.items)))
            result = PAST_RESULT(right=right, items=len(exam.items))
            share = share_of(right, len(exam.items))
            yield Row(
                str(number),
                "○",
                PAST_DAY(year=exam.started.year, month=exam.started.month, day=exam.started.day),
                (Span(share, "muted"), Span(result)),
                "muted",
            )
        if not self._past:
            yield Row(None, text=NONE_PAST(), role="muted")

    def chosen_changed(self) -> None:
        """What the exam covers, or what a past one offers."""
        chosen = self.rows.chosen or ""
        if chosen.isdigit():
            self.say(PAST_ABOUT())
        elif chosen == RUNNING:
            self.say(LEFT())
        else:
            covers = SCOPE(items=", ".join(map(str, syllabus_of(self.desk.course.library))))
            self.say(f"{covers}\n{REAL()}")

    def action_choose(self) -> None:
        """Go on, begin, or look back."""
        chosen = self.rows.chosen
        if chosen is None or self._drawing:
            return
        if chosen.isdigit():
            self.app.push_screen(ExamResultScreen(self.desk, self._past[int(chosen)]))
        elif chosen == RUNNING and self._current is not None:
            self._enter(self._current)
        elif chosen == "full" and not self._asked_to_begin:
            self._asked_to_begin = True
            self.say(BEGIN_TWICE(minutes=FULL.minutes), "near")
        else:
            self._drawing = True
            self.say(DRAWING())
            self.run_worker(self._begin(LENGTHS[chosen]), exclusive=True)

    def _enter(self, exam: Exam) -> None:
        taking = Taking(self.desk.history, exam, self.desk.setup.now())
        self.app.push_screen(ExamScreen(self.desk, taking))

    async def _begin(self, length: Length) -> None:
        """Draw the items, keep them with the deadline, and enter."""
        try:
            items = await self._drawn(length)
            if not items:
                self.say(NO_ITEMS(), "near")
                return
            minutes, now = mock.minutes_for(length, len(items)), self.desk.setup.now()
            syllabus = syllabus_of(self.desk.course.library)
            exam = mock.begin(self.desk.history, items, syllabus, minutes, now)
        except KernelFailure as failure:
            self.say(f"× {FAILED_SUBMIT(detail=str(failure))}", "bad")
            return
        except NotSavedError as error:
            self.say(f"× {describe(error)}", "bad")
            return
        finally:
            self._drawing = False
        self._enter(exam)

    async def _drawn(self, length: Length) -> tuple[ExamItem, ...]:
        """The items, drawn by the kernel one after the other; the choosing waits for it in a thread.

        Raises `KernelFailure`.
        """
        loop, asked = asyncio.get_running_loop(), 0

        async def ask(entry: ExerciseEntry, seed: int) -> Question | None:
            nonlocal asked
            asked = min(asked + 1, length.items)
            self.say(DRAWING_OF(at=asked, items=length.items))
            drawn = await self.desk.ask(Draw(entry.source, entry.id, seed), lambda: None)
            return with_conventions(drawn)

        def draw(entry: ExerciseEntry, seed: int) -> Question | None:
            return asyncio.run_coroutine_threadsafe(ask(entry, seed), loop).result()

        return await asyncio.to_thread(draw_items, self.desk.course.library, length.items, draw, self.desk.setup.seed())


def share_of(right: int, items: int) -> str:
    """The share of the items that were right, set apart."""
    return f"{round(100 * right / items) if items else 0} %   "
