"""A walk through the network of a question: forward one layer at a time, then backward, with formulas and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.question import LayerTrace, Trace
from studyapp.domain.text import Text
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Walk
from studyapp.screens.actions import bindings
from studyapp.screens.desk import FAILED_RETRY, RESTARTED, Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.marked import worked_lines
from studyapp.screens.sitting import Sitting
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.figures import picture_of, unit_name
from studyapp.typeset.document import Line, RenderOptions, Span

WALK_TITLE = Text(ja="ネットワークをたどる", en="Through the network")
WALKING = Text(ja="順伝播と逆伝播を計算しています…", en="Computing the way forward and back…")
WAYS = {
    "forward": Text(ja="順伝播: 第 {layer} 層", en="Forward: layer {layer}"),
    "backward": Text(ja="逆伝播: 第 {layer} 層の δ", en="Backward: δ of layer {layer}"),
}
STOP_AT = Text(ja="{way}   {at} / {count}", en="{way}   {at} of {count}")


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
        yield Masthead(WALK_TITLE())
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(self._lines, id="stop", classes="column")
        yield Status()
        yield KeyLine("walk", ("next_stop", "previous_stop", "scroll_down", "back", "help"))

    def on_mount(self) -> None:
        """Ask for the stops."""
        self.action_retry()

    def action_retry(self) -> None:
        """Ask for the stops, again where that failed."""
        if not self.stops:
            self.say(WALKING())
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
            trace: Trace = await self.desk.ask(Walk(self.sitting.question), lambda: self.say(RESTARTED(), "near"))
        except KernelFailure as failure:
            self.say(f"× {FAILED_RETRY(detail=str(failure))}", "bad")
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
            state=STOP_AT(way=WAYS[stop.direction](layer=stop.layer), at=self.at + 1, count=len(self.stops))
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
        yield (Span(WAYS[stop.direction](layer=stop.layer), "delta" if backward else "value"),)
        for formula in stop.formulas:
            yield ()
            yield from worked_lines(f"${formula}$", width, setting)
