"""A walk through the network of a question: forward one layer at a time, then backward, with formulas and numbers."""

from collections.abc import Iterator
from functools import partialmethod

from textual.app import ComposeResult

from studyapp.domain.question import LayerTrace, Question
from studyapp.domain.text import Text
from studyapp.kernel.requests import Walk
from studyapp.screens.marked import worked_lines
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets.frame import Masthead, body, framed
from studyapp.screens.widgets.lines import Lines
from studyapp.study.figures import picture_of, unit_name
from studyapp.typeset.document import Line, Span

WALK_TITLE = Text(ja="ネットワークをたどる", en="Through the network")
WALKING = Text(ja="順伝播と逆伝播を計算しています…", en="Computing the way forward and back…")
WAYS = {
    "forward": Text(ja="順伝播: 第 {layer} 層", en="Forward: layer {layer}"),
    "backward": Text(ja="逆伝播: 第 {layer} 層の δ", en="Backward: δ of layer {layer}"),
}
STOP_AT = Text(ja="{way}   {at} / {count}", en="{way}   {at} of {count}")


class WalkScreen(StateScreen):
    """It asks the kernel once, and then goes from stop to stop."""

    TABLE = "walk"

    def __init__(self, state: AppState, question: Question) -> None:
        super().__init__(state)
        self.question = question
        self.stops: tuple[LayerTrace, ...] = ()
        self.at = 0

    def compose(self) -> ComposeResult:
        stop = Lines(self._lines, id="stop", classes="column")
        keys = ("next_stop", "previous_stop", "scroll_down", "back", "help")
        return framed("walk", body(stop), title=WALK_TITLE(), keys=keys)

    def on_mount(self) -> None:
        self.action_retry()

    def action_retry(self) -> None:
        """Ask for the stops, again where that failed."""
        if not self.stops:
            self.say(WALKING())
            self.run_worker(self._walk(), exclusive=True)

    async def _walk(self) -> None:
        trace = await self.state.tried(Walk(self.question), self.say, "r")
        if trace is not None:
            self.stops = trace.layers
            self.say("")
            self._go(0)

    def _go(self, step: int) -> None:
        if not self.stops:
            return
        self.at = max(0, min(self.at + step, len(self.stops) - 1))
        stop = self.stops[self.at]
        way = WAYS[stop.direction](layer=stop.layer)
        self.query_one(Masthead).show(state=STOP_AT(way=way, at=self.at + 1, count=len(self.stops)))
        self.query_one("#stop", Lines).set_again()
        self.body.scroll_home(animate=False)

    action_next_stop = partialmethod(_go, 1)
    action_previous_stop = partialmethod(_go, -1)

    def _lines(self, width: int) -> Iterator[Line]:
        """The picture with the numbers that are computed by now, and below it the formulas of this stop."""
        network = self.question.network
        if network is None or not self.stops:
            return
        stop, sizes = self.stops[self.at], network["layers"]
        numbers = network.get("numbers") or {}
        computed = {name: number for name, number in numbers.items() if name.startswith("x_")}
        for past in self.stops[: self.at + 1]:
            computed |= past.numbers
        yield from picture_of(
            network,
            width,
            values=computed,
            deltas=computed,
            lit=frozenset(unit_name(stop.layer, unit, len(sizes) - 1) for unit in range(1, sizes[stop.layer] + 1)),
            ascii_only=self.options.ascii_only,
        )
        yield ()
        role = "delta" if stop.direction == "backward" else "value"
        yield (Span(WAYS[stop.direction](layer=stop.layer), role),)
        for formula in stop.formulas:
            yield ()
            yield from worked_lines(f"${formula}$", width, self.options)
