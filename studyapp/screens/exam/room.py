"""A mock exam while it is taken: one item, the palette, the clock. Nothing is revealed before it is submitted."""

import unicodedata
from collections.abc import Callable, Iterator
from functools import partialmethod
from itertools import chain

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.events import Click
from textual.geometry import Region

from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedCode, NotSavedError, describe
from studyapp.screens.beside import CalculatorScreen
from studyapp.screens.boxes import LineScreen
from studyapp.screens.exam.result import ExamResultScreen, option_lines
from studyapp.screens.marked import markdown_lines
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets import KeyLine, Lines, Masthead, Status, body
from studyapp.study import mock
from studyapp.study.exam import ONE, SEVERAL, STATES, TIME_OVER, Exam, State, clock, pace_text
from studyapp.study.mock import Taking
from studyapp.typeset.document import Line, Span

ROW = Text(ja="模試", en="Mock exam")
CLOCK = Text(ja="{pace}   残り {left}   {number}/{items}", en="{pace}   {left} left   {number}/{items}")
KEPT = Text(ja="○ {number} 番: {answer} を保存しました", en="○ {number}: {answer} saved")
CLEARED = Text(ja="· {number} 番の解答を消しました", en="· {number}: answer taken away")
FLAG_UP = Text(ja="！ {number} 番に印を付けました", en="! {number} flagged")
FLAG_DOWN = Text(ja="{number} 番の印を外しました", en="{number}: flag taken off")
SUBMIT_TWICE = Text(ja="提出するには、もう一度 s を押してください。", en="Press s once more to submit.")
SUBMIT_BLANK = Text(
    ja="未解答が {count} 問あります。このまま提出するには、もう一度 s を押してください。",
    en="Blank items: {count}. Press s once more to submit all the same.",
)
GIVE_UP_TWICE = Text(
    ja="結果を出さずに模試をやめるには、もう一度 Del を押してください。",
    en="Press Del once more to give the exam up, without a result.",
)
LEAVE_TWICE = Text(
    ja="時計は進み続けます。もう一度 Esc を押すと、模試を離れます。",
    en="The clock does not stop. Press Esc once more to leave the exam.",
)
SUBMITTING = Text(ja="提出しています…", en="Submitting…")
NOT_KEPT = Text(
    ja="まだ保存されていません。r でもう一度、w で別のフォルダーに保存できます。",
    en="This is not saved yet. r tries again, w saves in another folder.",
)
JUMP_TITLE = Text(ja="番号へ移る", en="Go to an item")
JUMP_HINT = Text(ja="番号を入力して Enter", en="Type a number, then Enter")
TICK = 1.0  # seconds between two looks at the clock
LETTERS = "abcdefghij"
ITEM_KEYS = ("pick", "to_item", "flag", "palette", "submit_exam", "calculator")
OVERVIEW_KEYS = ("to_item", "flag", "palette", "submit_exam")
"""The keys to show first with an item, and with the overview of all."""
LONGEST = 5  # characters of the longest number that is read
SIGNS = {State.ANSWERED: ("○", "good"), State.BLANK: ("·", "muted"), State.FLAGGED: ("!", "near")}
"""The sign of a state in the palette, and its role: colour alone never says it. A flag comes after the other."""
CELL = 6  # cells of an item in the palette


class Palette(Lines):
    """Every item of an exam with its number and state, the current one marked; a click on one calls `go` with it."""

    def __init__(self, taking: Taking, go: Callable[[int], None]) -> None:
        super().__init__(self._lines, id="palette")
        self._taking = taking
        self._go = go

    @property
    def in_a_row(self) -> int:
        return max(1, self.content_size.width // CELL)

    def _lines(self, width: int) -> Iterator[Line]:
        count = max(1, width // CELL)
        flag, flag_role = SIGNS[State.FLAGGED]
        for start in range(0, len(self._taking.exam.items), count):
            spans: list[Span] = []
            for number, mark in enumerate(self._taking.exam.marks[start : start + count], start):
                here = number == self._taking.number
                sign, role = SIGNS[State.ANSWERED if mark.answer else State.BLANK]
                spans += (Span("▸" if here else " ", "mark"), Span(f"{number + 1:>3}", "strong" if here else ""))
                spans += (Span(sign, role), Span(flag if mark.flagged else " ", flag_role))
            yield tuple(spans)

    def on_click(self, event: Click) -> None:
        column = event.x // CELL
        number = event.y * self.in_a_row + column
        if column < self.in_a_row and number < len(self._taking.exam.items):
            self._go(number)


def _legend(_width: int) -> tuple[Line, ...]:
    signs = ((Span(f"{sign} ", role), Span(f"{STATES[state]()}   ", "muted")) for state, (sign, role) in SIGNS.items())
    return (), tuple(chain.from_iterable(signs))


class ExamScreen(StateScreen):
    """One exam. All state is in the `Taking` and in the history, so that the screen can be left at any moment."""

    TABLE = "exam"
    CSS_PATH = "room.tcss"

    def __init__(self, state: AppState, exam: Exam) -> None:
        super().__init__(state)
        self.taking = Taking(state.history, exam, state.setup.now())
        self.pad: tuple[tuple[str, str], ...] = ()
        self._asked = ""
        self._retry: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        yield Masthead(ROW(), kept=2)
        palette = Palette(self.taking, self._leave_palette)
        overview = VerticalScroll(palette, Lines(_legend, id="legend"), id="overview", can_focus=False)
        yield Container(body(Lines(self._item, id="item", classes="column")), overview, id="panes")
        yield Status()
        yield KeyLine("exam")

    def on_mount(self) -> None:
        """Show the item that is on, look at the clock from now on, and go on with the exam in this window."""
        now, history = self.state.setup.now(), self.state.history
        self.taking.look(now)
        self._show()
        self.set_interval(TICK, self._tick)
        if history.exam_window(self.taking.exam.id) != history.window:
            self._keep(lambda: mock.hold(history, self.taking.exam, now))

    def catch_up(self) -> None:
        """Say so where another window went on with the exam, or ended it."""
        self.state.refresh()
        exam = mock.reread(self.state.history, self.taking.exam)
        if exam.given_up:
            self.dismiss()
        elif exam.submitted is not None:
            self.app.switch_screen(ExamResultScreen(self.state, exam))
        elif not self.state.history.holds(exam.id):
            self._say_not_saved(NotSavedError(NotSavedCode.TAKEN_OVER))

    def _item(self, width: int) -> Iterator[Line]:
        item = self.taking.item
        yield from markdown_lines(item.text, width, self.options)
        yield ()
        yield (Span(SEVERAL() if item.several else ONE(), "muted"),)
        yield ()
        for label, text in item.options:
            sign, role = ("●", "chosen") if label in self.taking.picked else ("○", "")
            yield from option_lines(f"{sign} {label}) ", text, role, width, self.options)

    def _show(self) -> None:
        for lines in self.query("#panes Lines").results(Lines):
            lines.set_again()
        self._show_clock()
        self._show_keys()

    def _show_keys(self) -> None:
        """The keys of the overview, or those of the item, where Enter leads to the next one."""
        if self.has_class("-overview"):
            self.query_one(KeyLine).show(OVERVIEW_KEYS, {"pause_exam": "back"})
        else:
            self.query_one(KeyLine).show(ITEM_KEYS, {"to_item": "next_item"})

    def applies(self, name: str) -> bool:
        taking, overview = self.taking, self.has_class("-overview")
        match name:
            case "pick" | "clear":
                return self.body.display and (name == "pick" or bool(taking.picked))
            case "previous_item":
                return taking.number > 0
            case "to_item" | "next_item":
                return taking.number + 1 < len(taking.exam.items) or (overview and name == "to_item")
            case "retry":
                return self._retry is not None
            case "elsewhere":
                return taking.unsaved is not None
        return True

    def _show_clock(self) -> None:
        exam, now = self.taking.exam, self.state.setup.now()
        pace = pace_text(exam.ahead(now))
        state = CLOCK(number=self.taking.number + 1, items=len(exam.items), left=clock(exam.remaining(now)), pace=pace)
        self.query_one(Masthead).show(state=state)

    def _tick(self) -> None:
        if not self.taking.exam.is_open:
            return
        if self.taking.exam.over(self.state.setup.now()):
            self._submit(TIME_OVER())
        else:
            self._show_clock()

    def action_pick(self, key: str) -> None:
        sign = unicodedata.normalize("NFKC", key)
        labels = self.taking.item.labels
        at = int(sign) - 1 if sign.isdigit() else LETTERS.find(sign)
        if 0 <= at < len(labels) and self.body.display:
            self._keep(lambda: self._answer(self.taking.pick, labels[at]))

    def action_clear(self) -> None:
        if self.body.display:
            self._keep(lambda: self._answer(self.taking.answer, ()))

    def _answer(self, save: Callable[..., None], picked: object) -> None:
        save(picked, self.state.setup.now())
        answer = ", ".join(self.taking.picked)
        sentence = (KEPT if answer else CLEARED)(number=self.taking.number + 1, answer=answer)
        self.say(sentence, "good" if answer else "muted")

    def action_flag(self) -> None:
        self._keep(self._flag)

    def _flag(self) -> None:
        up = self.taking.flag(self.state.setup.now())
        self.say((FLAG_UP if up else FLAG_DOWN)(number=self.taking.number + 1), "near" if up else "muted")

    def _keep(self, do: Callable[[], None]) -> None:
        """Do something that is saved; where it cannot be, say so, and keep it to be tried again."""
        self._asked, self._retry = "", None
        try:
            do()
        except NotSavedError as error:
            unsaved = self.taking.unsaved
            self._retry = do if unsaved is None else lambda: self._answer(self.taking.answer, unsaved)
            self._say_not_saved(error)
        self._show()

    def _say_not_saved(self, error: NotSavedError) -> None:
        advice = "" if error.code is NotSavedCode.TAKEN_OVER else f"\n{NOT_KEPT()}"
        self.say_failure(describe(error) + advice)

    def action_retry(self) -> None:
        if self._retry is not None:
            self._keep(self._retry)

    def action_elsewhere(self) -> None:
        labels = self.taking.unsaved
        if labels is not None:
            self.save_elsewhere(lambda history, now: self.taking.answer(labels, now, history), self._saved_elsewhere)

    def _saved_elsewhere(self) -> None:
        self._retry = None
        self._show()

    def action_next_item(self) -> None:
        self._go(self.taking.number + 1)

    def action_previous_item(self) -> None:
        self._go(self.taking.number - 1)

    def action_to_item(self) -> None:
        """Leave the overview for the item that is marked in it; without it, go to the next item."""
        if self.has_class("-overview"):
            self.action_palette()
        else:
            self.action_next_item()

    def _move(self, step: int) -> None:
        if self.has_class("-overview"):
            number = self.taking.number + step * self.query_one(Palette).in_a_row
            if 0 <= number < len(self.taking.exam.items):
                self._go(number)
        else:
            self.body.scroll_relative(y=step, animate=False)

    action_scroll_down = partialmethod(_move, 1)
    action_scroll_up = partialmethod(_move, -1)

    def _leave_palette(self, number: int) -> None:
        self.remove_class("-overview")
        self._show_keys()
        self._go(number)

    def action_jump(self) -> None:
        count = len(self.taking.exam.items)

        def read(typed: str) -> int | str | None:
            text = unicodedata.normalize("NFKC", typed)
            if text.isascii() and text.isdigit() and len(text) <= LONGEST and 1 <= int(text) <= count:
                return int(text)
            return None if not text else ""  # anything else stays to be corrected

        self.app.push_screen(LineScreen(f"1–{count}", read, title=JUMP_TITLE(), hint=JUMP_HINT()), self._jumped)

    def _jumped(self, number: int | None) -> None:
        if number is not None:
            self._go(number - 1)

    def _go(self, number: int) -> None:
        self._asked = ""
        if self.taking.unsaved is not None:
            return  # an answer that is not saved stays in sight
        self.taking.go(number, self.state.setup.now())
        self.say("")
        self._show()
        self.body.scroll_home(animate=False)
        row = self.taking.number // self.query_one(Palette).in_a_row
        self.query_one("#overview").scroll_to_region(Region(0, row, 1, 1), animate=False)

    def action_calculator(self) -> None:
        self.app.push_screen(CalculatorScreen(self.state, self))

    def action_palette(self) -> None:
        self._asked = ""
        self.toggle_class("-overview")
        self._show_keys()

    def _is_confirmed(self, action: str, question: str) -> bool:
        """Whether an action was asked for just before; else it is said what to press once more."""
        asked, self._asked = self._asked, action
        if asked != action:
            self.say(question, "near")
        return asked == action

    def action_pause_exam(self) -> None:
        if self.has_class("-overview"):
            self.action_palette()
        elif self._is_confirmed("pause_exam", LEAVE_TWICE()):
            self.dismiss()

    def action_give_up_exam(self) -> None:
        if self._is_confirmed("give_up_exam", GIVE_UP_TWICE()):
            try:
                self.taking.give_up(self.state.setup.now())
            except NotSavedError as error:
                self._say_not_saved(error)
            else:
                self.dismiss()

    def action_submit_exam(self) -> None:
        if self.taking.unsaved is not None:
            return
        blank = len(self.taking.exam.blank)
        if self._is_confirmed("submit_exam", SUBMIT_BLANK(count=blank) if blank else SUBMIT_TWICE()):
            self._submit("")

    def _submit(self, reason: str) -> None:
        self.say(SUBMITTING())
        try:
            self.taking.submit(self.state.setup.now())
        except NotSavedError as error:
            self._retry = lambda: self._submit(reason)
            self._say_not_saved(error)
            return
        self.app.switch_screen(ExamResultScreen(self.state, self.taking.exam, reason))
