"""The scratch pad beside a question: arithmetic alone, so that it never answers what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from studyapp.domain.question import NumberKey
from studyapp.domain.text import Text
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Evaluate
from studyapp.screens.actions import bindings
from studyapp.screens.desk import FAILED_SUBMIT, RESTARTED, Desk
from studyapp.screens.marked import plain_lines
from studyapp.screens.reading import Reading, read
from studyapp.screens.sitting import Sitting
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.answerpanel import reading_lines
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells

CALCULATOR_TITLE = Text(ja="計算メモ", en="Scratch pad")
CALCULATOR_HINT = Text(
    ja="四則、べき乗、√、ln、exp。Enter で残します。",
    en="Arithmetic, powers, √, ln, exp. Enter keeps the line.",
)
NO_VALUE = Text(ja="値が決まりません。", en="There is no value.")

ANY_NUMBER = NumberKey("0")
"""What is typed here is read as a number is."""
KEPT = 50
"""Lines that stay on the pad."""


class CalculatorScreen(ModalScreen[str]):
    """Its lines stay with the sitting. It gives the last value, for the answer, or an empty text."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("calculator")

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        super().__init__()
        self.desk = desk
        self.sitting = sitting

    def compose(self) -> ComposeResult:
        """The lines that were kept, and one more."""
        with Vertical(id="box") as box:
            box.border_title = CALCULATOR_TITLE()
            box.border_subtitle = CALCULATOR_HINT()
            with VerticalScroll(id="body", can_focus=False):
                yield Lines(self._kept)
            yield AnswerInput(id="typed")
            yield Lines(id="reading")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(AnswerInput).focus()
        self.query_one("#body").scroll_end(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how the line is read."""
        self._show(read(ANY_NUMBER, event.value, ascii_only=self.desk.setup.ascii_only), event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Evaluate the line, and keep it."""
        found = read(ANY_NUMBER, event.value)
        if event.value.strip() and not found.sentence:
            self.run_worker(self._reckon(event.value), exclusive=True)

    async def _reckon(self, text: str) -> None:
        try:
            reply = await self.desk.ask(Evaluate(text), lambda: self._tell(RESTARTED()))
        except KernelFailure as failure:
            self._tell(FAILED_SUBMIT(detail=str(failure)))
            return
        if reply.value is None:
            self._tell(NO_VALUE())
            return
        self.sitting.pad = (*self.sitting.pad, (text, reply.value))[-KEPT:]
        self.query_one("#body Lines", Lines).set_again()
        self.query_one(AnswerInput).value = ""
        self.call_after_refresh(lambda: self.query_one("#body").scroll_end(animate=False))

    def _kept(self, width: int) -> Iterator[Line]:
        for text, value in self.sitting.pad:
            if cells(text) + cells(value) + 3 > width:
                yield from plain_lines(text, width, "muted")
                yield (Span(f"  = {value}"),)
            else:
                yield (Span(f"{text} = ", "muted"), Span(value))

    def _show(self, found: Reading, typed: str) -> None:
        self.query_one("#reading", Lines).show(lambda width: reading_lines(found, typed, width))

    def _tell(self, sentence: str) -> None:
        self.query_one("#reading", Lines).show(lambda width: plain_lines(sentence, width, "near"))

    def action_take(self) -> None:
        """Put the last value into the answer."""
        self.dismiss(self.sitting.pad[-1][1] if self.sitting.pad else "")

    def action_back(self) -> None:
        """Close the pad; its lines stay."""
        self.dismiss("")
