"""A mock exam while it is taken: one item, the palette, the clock. Nothing is revealed before it is submitted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.geometry import Region

from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedCode, NotSavedError
from studyapp.screens.actions import bindings
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.elsewhere import ElsewhereScreen
from studyapp.screens.examjump import JumpScreen
from studyapp.screens.examresult import ExamResultScreen
from studyapp.screens.examview import clock, in_a_row, item_lines, legend
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.palette import Palette
from studyapp.screens.widgets.status import Status
from studyapp.study import mock
from studyapp.study.exam import TIME_OVER, pace_text
from studyapp.study.mock import Taking
from studyapp.study.troubles import SAVING_KEPT, describe
from studyapp.typeset.document import Line, RenderOptions

ROW = Text(ja="模試", en="Mock exam")
STATE = Text(ja="{pace}   残り {left}   {number}/{items}", en="{pace}   {left} left   {number}/{items}")
KEPT = Text(ja="○ {number} 番: {answer} を保存しました", en="○ {number}: {answer} saved")
CLEARED = Text(ja="· {number} 番の解答を消しました", en="· {number}: answer taken away")
FLAG_UP = Text(ja="！ {number} 番に印を付けました", en="! {number} flagged")
FLAG_DOWN = Text(ja="{number} 番の印を外しました", en="{number}: flag taken off")
SUBMIT_TWICE = Text(ja="提出するには、もう一度 s を押してください。", en="Press s once more to submit.")
SUBMIT_BLANK = Text(
    ja="未解答が {count} 問あります。このまま提出するには、もう一度 s を押してください。",
    en="Blank items: {count}. Press s once more to submit all the same.",
)
SUBMITTING = Text(ja="提出しています…", en="Submitting…")
NOT_KEPT = Text(
    ja="まだ保存されていません。r でもう一度、w で別のフォルダーに保存できます。",
    en="This is not saved yet. r tries again, w saves in another folder.",
)

TICK = 1.0
"""Seconds between two looks at the clock."""
LETTERS = "abcdefghij"
ITEM_KEYS = ("pick", "to_item", "flag", "palette", "submit_exam")
OVERVIEW_KEYS = ("to_item", "scroll_down", "scroll_up", "flag", "back")
"""The keys to show with an item, and with the overview of all."""


class ExamScreen(DeskScreen):
    """One exam. All state is in the `Taking` and in the history, so that the screen can be left at any moment."""

    TABLE = "exam"
    BINDINGS = bindings("exam")
    CSS_PATH = "exam.tcss"

    def __init__(self, desk: Desk, taking: Taking) -> None:
        super().__init__(desk)
        self.taking = taking
        self._asked_to_submit = False
        self._retry: Callable[[], None] | None = None

    # --- what is seen ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The item, and the palette beside it or instead of it."""
        yield Masthead(ROW(), kept=2)
        with Container(id="panes"):
            with VerticalScroll(id="body", can_focus=False):
                yield Lines(self._item, id="item", classes="column")
            with VerticalScroll(id="overview", can_focus=False):
                yield Palette(self.taking, id="palette")
                yield Lines(lambda _width: ((), legend()), id="legend")
        yield Status()
        yield KeyLine("exam")

    def on_mount(self) -> None:
        """Show the item that is on, look at the clock from now on, and go on with the exam in this window."""
        now = self.desk.setup.now()
        self.taking.look(now)
        self._show()
        self._tell_keys()
        self.set_interval(TICK, self._tick)
        if self.desk.history.exam_window(self.taking.exam.id) != self.desk.history.window:
            self._keep(lambda: mock.hold(self.desk.history, self.taking.exam, now))

    def catch_up(self) -> None:
        """Say so where another window went on with the exam, or ended it."""
        self.desk.refresh()
        exam = mock.reread(self.desk.history, self.taking.exam)
        if exam.submitted is not None:
            self.app.switch_screen(ExamResultScreen(self.desk, exam, ""))
        elif not self.desk.history.holds(exam.id):
            self._tell_failure(NotSavedError(NotSavedCode.TAKEN_OVER))

    def _item(self, width: int) -> Iterator[Line]:
        setting = RenderOptions(ascii_only=self.desk.setup.ascii_only)
        return item_lines(self.taking.item, self.taking.picked, width, setting)

    def _show(self) -> None:
        for lines in self.query("#panes Lines").results(Lines):
            lines.set_again()
        self._tell_clock()

    def _tell_keys(self) -> None:
        """The keys of the overview, or those of the item, where Enter leads to the next one."""
        if self.has_class("-overview"):
            self.query_one(KeyLine).show(OVERVIEW_KEYS)
        else:
            self.query_one(KeyLine).show(ITEM_KEYS, {"to_item": "next_item"})

    def _tell_clock(self) -> None:
        exam, now = self.taking.exam, self.desk.setup.now()
        pace = pace_text(exam.ahead(now).total_seconds())
        state = STATE(number=self.taking.number + 1, items=len(exam.items), left=clock(exam.remaining(now)), pace=pace)
        self.query_one(Masthead).show(state=state)

    def _tick(self) -> None:
        """The clock; when the time is up the exam ends by itself."""
        if self.taking.exam.submitted is not None:
            return
        if self.taking.exam.over(self.desk.setup.now()):
            self._submit(TIME_OVER())
        else:
            self._tell_clock()

    # --- answering -------------------------------------------------------------------------------------------------

    def action_pick(self, key: str) -> None:
        """Pick an option by its letter or its number."""
        sign = unicodedata.normalize("NFKC", key)
        labels = self.taking.item.labels
        at = int(sign) - 1 if sign.isdigit() else LETTERS.find(sign)
        if 0 <= at < len(labels) and self.body.display:
            self._keep(lambda: self._pick(labels[at]))

    def _pick(self, label: str) -> None:
        self.taking.pick(label, self.desk.setup.now())
        picked = self.taking.picked
        self.say(saved(self.taking.number + 1, ", ".join(picked)), "good")

    def action_clear(self) -> None:
        """Take the answer away."""
        if self.body.display:
            self._keep(self._clear)

    def _clear(self) -> None:
        self.taking.answer((), self.desk.setup.now())
        self.say(saved(self.taking.number + 1, ""))

    def action_flag(self) -> None:
        """Put the flag up, or take it down."""
        self._keep(self._flag)

    def _flag(self) -> None:
        up = self.taking.flag(self.desk.setup.now())
        self.say((FLAG_UP if up else FLAG_DOWN)(number=self.taking.number + 1), "near" if up else "muted")

    def _keep(self, do: Callable[[], None]) -> None:
        """Do something that is saved; where it cannot be, say so, and keep it to be tried again."""
        self._asked_to_submit, self._retry = False, None
        try:
            do()
        except NotSavedError as error:
            self._retry = do if self.taking.unsaved is None else self._save_unsaved
            self._tell_failure(error)
        self._show()

    def _save_unsaved(self) -> None:
        labels = self.taking.unsaved or ()
        self.taking.answer(labels, self.desk.setup.now())
        self.say(saved(self.taking.number + 1, ", ".join(labels)), "good")

    def _tell_failure(self, error: NotSavedError) -> None:
        offered = "" if error.code is NotSavedCode.TAKEN_OVER else NOT_KEPT()
        self.say(f"× {describe(error)}\n{offered}".rstrip(), "bad")

    def action_retry(self) -> None:
        """Try to save again what could not be saved."""
        if self._retry is not None:
            self._keep(self._retry)

    def action_elsewhere(self) -> None:
        """Save an answer in another folder that could not be saved."""
        labels = self.taking.unsaved
        if labels is not None:
            self.app.push_screen(ElsewhereScreen(lambda folder: self._saved_in(labels, folder)), self._kept_elsewhere)

    def _saved_in(self, labels: tuple[str, ...], folder: Path) -> Path:
        now = self.desk.setup.now()
        with self.desk.history.elsewhere(folder, at=now, day=self.desk.today) as place:
            self.taking.answer(labels, now, place)
            return place.path

    def _kept_elsewhere(self, path: Path | None) -> None:
        if path is not None:
            self._retry = None
            self._show()
            self.say(SAVING_KEPT(path=str(path)), "good")

    # --- going -----------------------------------------------------------------------------------------------------

    def action_next_item(self) -> None:
        """Go to the next item."""
        self._go(self.taking.number + 1)

    def action_previous_item(self) -> None:
        """Go to the item before."""
        self._go(self.taking.number - 1)

    def action_to_item(self) -> None:
        """Leave the overview for the item that is marked in it; without it, go to the next item."""
        if self.has_class("-overview"):
            self.action_palette()
        else:
            self.action_next_item()

    def action_scroll_down(self) -> None:
        """One line down; in the overview one row of items."""
        self._move(1)

    def action_scroll_up(self) -> None:
        """One line up; in the overview one row of items."""
        self._move(-1)

    def _move(self, step: int) -> None:
        palette = self.query_one(Palette)
        if self.has_class("-overview"):
            number = self.taking.number + step * in_a_row(palette.content_size.width)
            if 0 <= number < len(self.taking.exam.items):
                self._go(number)
        else:
            self.body.scroll_relative(y=step, animate=False)

    def on_palette_picked(self, message: Palette.Picked) -> None:
        """Go to the item that was clicked."""
        self.remove_class("-overview")
        self._tell_keys()
        self._go(message.number)

    def action_jump(self) -> None:
        """Ask for a number, and go there."""
        self.app.push_screen(JumpScreen(len(self.taking.exam.items)), self._jumped)

    def _jumped(self, number: int | None) -> None:
        if number is not None:
            self._go(number - 1)

    def _go(self, number: int) -> None:
        self._asked_to_submit = False
        if self.taking.unsaved is not None:
            return  # an answer that is not saved stays in sight
        self.taking.go(number, self.desk.setup.now())
        self.say("")
        self._show()
        self.body.scroll_home(animate=False)
        row = self.taking.number // in_a_row(self.query_one(Palette).content_size.width)
        self.query_one("#overview").scroll_to_region(Region(0, row, 1, 1), animate=False)

    def action_palette(self) -> None:
        """Show the palette instead of the item, or the item again; a wide terminal shows both."""
        self.toggle_class("-overview")
        self._tell_keys()

    def action_back(self) -> None:
        """Close the palette; else leave: the exam goes on."""
        if self.has_class("-overview"):
            self.action_palette()
        else:
            self.dismiss()

    # --- the end ---------------------------------------------------------------------------------------------------

    def action_submit_exam(self) -> None:
        """Submit, when it is asked for twice."""
        if self.taking.unsaved is not None:
            return
        if not self._asked_to_submit:
            self._asked_to_submit = True
            self.say(submit_asked(len(self.taking.exam.blank)), "near")
            return
        self._submit("")

    def _submit(self, told: str) -> None:
        self.say(SUBMITTING())
        try:
            self.taking.submit(self.desk.setup.now())
        except NotSavedError as error:
            self._retry = lambda: self._submit(told)
            self._tell_failure(error)
            return
        self.app.switch_screen(ExamResultScreen(self.desk, self.taking.exam, told))


def saved(number: int, answer: str) -> str:
    """An answer is kept, or was taken away."""
    return (KEPT if answer else CLEARED)(number=number, answer=answer)


def submit_asked(blank: int) -> str:
    """Submitting is to be said once more."""
    return SUBMIT_BLANK(count=blank) if blank else SUBMIT_TWICE()
