"""The scratch pad beside a question: arithmetic alone, so that it never answers what is asked."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.widgets import Input

from studyapp.domain.text import Text
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Evaluate
from studyapp.screens.boxes import BoxScreen
from studyapp.screens.marked import plain_lines
from studyapp.screens.reading import ANY_NUMBER, read, reading_lines
from studyapp.screens.sitting import Sitting
from studyapp.screens.state import FAILED, RESTARTED, AppState
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.frame import body
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells

CALCULATOR_TITLE = Text(ja="計算メモ", en="Scratch pad")
CALCULATOR_HINT = Text(
    ja="四則、べき乗、√、ln、exp。Enter で残します。",
    en="Arithmetic, powers, √, ln, exp. Enter keeps the line.",
)
NO_VALUE = Text(ja="値が決まりません。", en="There is no value.")

KEPT = 50
"""Lines that stay on the pad."""


class CalculatorScreen(BoxScreen[str]):
    """Its lines stay with the sitting. It gives the last value, for the answer."""

    AUTO_FOCUS = "AnswerInput"
    TABLE = "calculator"

    def __init__(self, state: AppState, sitting: Sitting) -> None:
        super().__init__()
        self.state = state
        self.sitting = sitting

    def compose(self) -> ComposeResult:
        pad, reading = Lines(self._pad), Lines(id="reading")
        return self.boxed(body(pad), AnswerInput(id="typed"), reading, title=CALCULATOR_TITLE(), hint=CALCULATOR_HINT())

    def on_mount(self) -> None:
        self.body.scroll_end(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        reading = read(ANY_NUMBER, event.value, ascii_only=self.state.setup.ascii_only)
        self.query_one("#reading", Lines).show(lambda width: reading_lines(reading, event.value, width))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() and not read(ANY_NUMBER, event.value).sentence:
            self.run_worker(self._evaluate(event.value), exclusive=True)

    async def _evaluate(self, text: str) -> None:
        try:
            value = await self.state.ask(Evaluate(text), lambda: self._say(RESTARTED()))
        except KernelFailure as failure:
            self._say(FAILED(key="Enter", detail=str(failure)))
            return
        if value is None:
            self._say(NO_VALUE())
            return
        self.sitting.pad = (*self.sitting.pad, (text, value))[-KEPT:]
        self.query_one("#body Lines", Lines).set_again()
        self.query_one(AnswerInput).value = ""
        self.call_after_refresh(lambda: self.body.scroll_end(animate=False))

    def _pad(self, width: int) -> Iterator[Line]:
        for text, value in self.sitting.pad:
            if cells(f"{text} = {value}") > width:
                yield from plain_lines(text, width, "muted")
                yield (Span(f"  = {value}"),)
            else:
                yield (Span(f"{text} = ", "muted"), Span(value))

    def _say(self, sentence: str) -> None:
        self.query_one("#reading", Lines).show(lambda width: plain_lines(sentence, width, "near"))

    def action_take(self) -> None:
        self.dismiss(self.sitting.pad[-1][1] if self.sitting.pad else None)
