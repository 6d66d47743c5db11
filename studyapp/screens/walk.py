"""A walk through the network of a question: forward one layer at a time, then backward, with formulas and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.question import LayerTrace, Trace
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Walk
from studyapp.screens.actions import bindings
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.marked import worked_lines
from studyapp.screens.sitting import Sitting
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.networks import picture_of, unit_name
from studyapp.typeset.document import Line, RenderOptions, Span


class WalkScreen(DeskScreen):
    """It asks the kernel once, and then goes from stop to stop."""

    TABLE = "walk"
    BINDINGS = bindings("walk")

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        super().__init__(desk)
        self.sitting = sitting
        self.stops: tuple[LayerTrace, ...] = ()
        self.at = 0

    def compose(self) -> ComposeResult:
        """The picture, and below it what is computed at this stop."""
        yield Masthead(self.desk.words.questions.walk_title)
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(self._lines, id="stop", classes="column")
        yield Status()
        yield KeyLine("walk", self.words, ("next_stop", "previous_stop", "scroll_down", "back", "help"))

    def on_mount(self) -> None:
        """Ask for the stops."""
        self.action_retry()

    def action_retry(self) -> None:
        """Ask for the stops, again where that failed."""
        if not self.stops:
            self.say(self.desk.words.questions.walking)
            self.run_worker(self._walk(), exclusive=True)

    def action_next_stop(self) -> None:
        """Go on; the last stop is the end."""
        self._go(1)

    def action_previous_stop(self) -> None:
        """Go back one stop."""
        self._go(-1)

    async def _walk(self) -> None:
        if self.sitting.question is None:
            return
        try:
            trace: Trace = await self.desk.ask(
                Walk(self.sitting.question), lambda: self.say(self.desk.words.questions.restarted, "near")
            )
        except KernelFailure as failure:
            self.say(f"× {self.desk.words.questions.failure(str(failure), typing=False)}", "bad")
            return
        self.stops = trace.layers
        self.say("")
        self._go(0)

    def _go(self, step: int) -> None:
        if not self.stops:
            return
        self.at = max(0, min(self.at + step, len(self.stops) - 1))
        stop = self.stops[self.at]
        self.query_one(Masthead).show(
            state=self.desk.words.questions.stop(stop.direction, stop.layer, self.at + 1, len(self.stops))
        )
        self.query_one("#stop", Lines).set_again()
        self.body.scroll_home(animate=False)

    def _lines(self, width: int) -> Iterator[Line]:
        question = self.sitting.question
        if question is None or question.network is None or not self.stops:
            return
        setting, stop = RenderOptions(ascii_only=self.desk.setup.ascii_only), self.stops[self.at]
        sizes: list[int] = question.network["layers"]
        known = {name: one for name, one in (question.network.get("numbers") or {}).items() if name.startswith("x_")}
        for past in self.stops[: self.at + 1]:
            known |= past.numbers
        yield from picture_of(
            question.network,
            width,
            values=known,
            deltas=known,
            lit=frozenset(unit_name(stop.layer, unit, len(sizes) - 1) for unit in range(1, sizes[stop.layer] + 1)),
            ascii_only=setting.ascii_only,
        )
        yield ()
        backward = stop.direction == "backward"
        yield (Span(self.desk.words.questions.way(stop.direction, stop.layer), "delta" if backward else "value"),)
        for formula in stop.formulas:
            yield ()
            yield from worked_lines(f"${formula}$", width, setting)
