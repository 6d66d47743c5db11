"""The door to mock exams: go on with the one that is running, begin one, look at past results."""

import asyncio
from collections.abc import Iterator

from textual.app import ComposeResult

from studyapp.domain.asking import JOINED
from studyapp.domain.course import ExamForm
from studyapp.domain.question import ExamQuestion
from studyapp.domain.syllabus import item_text
from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError, describe
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Offer
from studyapp.screens.exam.result import EXAM_RUNNING, LEFT, TITLE, ExamResultScreen
from studyapp.screens.exam.room import ExamScreen
from studyapp.screens.moving import Choosing
from studyapp.screens.state import FAILED, AppState, StateScreen
from studyapp.screens.widgets import Row, Rows, body, framed
from studyapp.study import mock
from studyapp.study.blueprint import draw_items, quotas_of, syllabus_of, uncovered, with_conventions
from studyapp.study.entries import ExerciseEntry
from studyapp.study.exam import NO_ITEMS, REAL_LIKE, UNCOVERED, Exam, ExamItem, clock
from studyapp.typeset.document import Span

RESUME = Text(
    ja="続きから受ける: {answered}/{items} 問解答済み、残り {left}",
    en="Go on: {answered} of {items} answered, {left} left",
)
FORM_ROW = Text(ja="{title}: {items} 問・{minutes} 分", en="{title}: {items} items in {minutes} minutes")
THEMES_ROW = Text(
    ja="{title}: 約 {items} 問（大問 {themes}）・{minutes} 分",
    en="{title}: some {items} items in {themes} themes, {minutes} minutes",
)
QUOTAS = Text(ja="出題数の目安: {quotas}", en="How many items: {quotas}")
THEME_QUOTAS = Text(ja="大問の数の目安: {quotas}", en="How many themes: {quotas}")
LONG = 60  # minutes from which on a form is begun by two presses
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

RUNNING = "?running"  # the row of the exam that is running


class ExamStartScreen(Choosing, StateScreen):
    """Rows for what can be done; an exam whose time ran out meanwhile is submitted as of its deadline."""

    TABLE = "exam_start"
    DEFAULT_CSS = "ExamStartScreen Status { max-height: 50%; }"  # it names 29 syllabus items

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._current: Exam | None = None
        self._past: tuple[Exam, ...] = ()
        self._drawing = False
        self._asked_to_begin = False
        self._forms = {form.id: form for form in state.library.forms()}

    def compose(self) -> ComposeResult:
        rows = Rows(id="rows", classes="column")
        return framed("exam_start", body(rows), title=TITLE(), state=self.state.day_text())

    def on_screen_resume(self) -> None:
        """Look again: an exam may have ended, or be running."""
        self.state.refresh()
        closed = self._close_what_is_over()
        self._asked_to_begin = False
        latest = mock.latest(self.state.history)
        self._current = latest if latest is not None and latest.is_open else None
        self._past = mock.submitted(self.state.history)
        self.rows.show(tuple(self._rows()))
        if closed:
            self.say(closed, "near")
        else:
            self.chosen_changed()

    def _close_what_is_over(self) -> str:
        """Submit an exam whose time is up; what is to be said of it."""
        history, now = self.state.history, self.state.setup.now()
        latest = mock.latest(history)
        if latest is None or not mock.is_to_be_closed(latest, now):
            return ""
        try:
            mock.submit(history, latest, now)
        except NotSavedError as error:
            return f"× {describe(error)}"
        return CLOSED()

    @property
    def waiting(self) -> bool:
        return self._drawing

    def _rows(self) -> Iterator[Row]:
        if self._current is not None:
            items = len(self._current.items)
            left = clock(self._current.remaining(self.state.setup.now()))
            yield Row(None, text=EXAM_RUNNING())
            text = RESUME(answered=items - len(self._current.blank), items=items, left=left)
            yield Row(RUNNING, "▶", text, role="near")
        else:
            yield Row(None, text=TITLE())
            for form in self._forms.values():
                row = THEMES_ROW if form.themes else FORM_ROW
                text = row(title=form.title, items=form.items, minutes=form.minutes, themes=form.themes)
                yield Row(form.id, "·", text, role="muted")
        yield Row(None)
        yield Row(None, text=PAST())
        for number, exam in enumerate(self._past):
            items, day = len(exam.items), exam.started
            right = items - len(exam.wrong)
            share = f"{round(100 * right / items) if items else 0} %   "
            result = (Span(share, "muted"), Span(PAST_RESULT(right=right, items=items)))
            yield Row(str(number), "○", PAST_DAY(year=day.year, month=day.month, day=day.day), result, "muted")
        if not self._past:
            yield Row(None, text=NONE_PAST(), role="muted")

    def chosen_changed(self) -> None:
        chosen = self.rows.chosen or ""
        if chosen.isdigit():
            self.say(PAST_ABOUT())
        elif chosen == RUNNING:
            self.say(LEFT())
        elif form := self._forms.get(chosen):
            self.say(self._about(form))

    def _about(self, form: ExamForm) -> str:
        """What a form asks and what it leaves out; of the real exam it has the number of items and the time alone."""
        library, head = self.state.library, THEME_QUOTAS if form.themes else QUOTAS
        if not library.follows_syllabus(form):
            return ""
        quotas = JOINED().join(f"{item_text(item)} {count}" for item, count in quotas_of(library, form).items())
        return "\n".join((UNCOVERED(items=uncovered(library, form)), REAL_LIKE(), head(quotas=quotas)))

    def action_choose(self) -> None:
        chosen = self.rows.chosen
        if chosen is None or self._drawing:
            return
        if chosen.isdigit():
            self.app.push_screen(ExamResultScreen(self.state, self._past[int(chosen)]))
        elif chosen == RUNNING and self._current is not None:
            self.app.push_screen(ExamScreen(self.state, self._current))
        elif (form := self._forms[chosen]).minutes >= LONG and not self._asked_to_begin:
            self._asked_to_begin = True
            self.say(BEGIN_TWICE(minutes=form.minutes), "near")
        else:
            self._drawing = True
            self.say(DRAWING())
            self.run_worker(self._begin(form), exclusive=True)

    async def _begin(self, form: ExamForm) -> None:
        try:
            items = await self._drawn(form)
            if not items:
                self.say(NO_ITEMS(), "near")
                return
            minutes, now = mock.minutes_for(form, len(items)), self.state.setup.now()
            exam = mock.begin(self.state.history, items, syllabus_of(self.state.library, form), minutes, now)
        except KernelFailure as failure:
            self.say_failure(FAILED(key="Enter", detail=str(failure)))
        except NotSavedError as error:
            self.say_failure(describe(error))
        else:
            self.app.push_screen(ExamScreen(self.state, exam))
        finally:
            self._drawing = False

    async def _drawn(self, form: ExamForm) -> tuple[ExamItem, ...]:
        """The items, drawn by the kernel; the choosing waits for it in a thread. Raises `KernelFailure`."""
        loop, asked, whole = asyncio.get_running_loop(), 0, form.themes or form.items

        async def ask(entry: ExerciseEntry, seed: int) -> ExamQuestion | None:
            nonlocal asked
            asked = min(asked + 1, whole)
            self.say(DRAWING_OF(at=asked, items=whole))
            return with_conventions(await self.state.ask(Offer(entry.source, entry.id, seed)))

        def draw(entry: ExerciseEntry, seed: int) -> ExamQuestion | None:
            return asyncio.run_coroutine_threadsafe(ask(entry, seed), loop).result()

        return await asyncio.to_thread(draw_items, self.state.library, form, draw, self.state.setup.seed())
