"""The proof of a key: its value by every route, and how far they are apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from studyapp.domain.document import MathBlock
from studyapp.domain.place import PageSource
from studyapp.domain.question import Proof
from studyapp.domain.text import Text
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Prove
from studyapp.screens.actions import CLOSE_HELP, bindings
from studyapp.screens.desk import FAILED_RETRY, RESTARTED, Desk
from studyapp.screens.marked import plain_lines
from studyapp.screens.scrolling import Scrolling
from studyapp.screens.sitting import Sitting
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, RenderOptions, Span, set_document
from studyapp.typeset.lines import wrap
from studyapp.typeset.width import cells, pad

PROOF_TITLE = Text(ja="検算", en="Proof")
PROVING = Text(ja="確かめています…", en="Checking every route…")
ROUTES = {
    "numpy": Text(ja="NumPy（倍精度）", en="NumPy (double precision)"),
    "mpmath": Text(ja="mpmath（50 桁）", en="mpmath (50 digits)"),
    "check": Text(ja="別の式", en="another formula"),
    "sympy": Text(ja="SymPy（記号計算）", en="SymPy (symbolic)"),
    "answer": Text(ja="正解の式", en="formula of the key"),
    "given": Text(ja="定義の式", en="definition"),
}
DISTANCE = Text(ja="いちばん離れた二つの差: {distance}", en="Largest distance between two of them: {distance}")
DERIVATION = Text(ja="記号計算による導出", en="Derived symbolically")
NO_ROUTES = Text(ja="この問題には計算で確かめる値がありません。", en="This question has no value to compute.")


def proof_lines(proof: Proof, width: int, setting: RenderOptions) -> Iterator[Line]:
    """The routes one below the other, their distance, and what is derived symbolically."""
    if not proof.routes:
        yield from plain_lines(NO_ROUTES(), width)
        return
    yield from plain_lines(DISTANCE(distance=proof.distance), width)
    for expression, routes in groupby(proof.routes, key=lambda route: route.expression):
        yield ()
        yield from plain_lines(expression, width, "code")
        rows = [(route_text(route.name.split(" ")[-1]), route.value) for route in routes]
        column = max(cells(name) for name, _ in rows) + 2
        for name, value in rows:
            for number, text in enumerate(wrap(value, max(8, width - column - 2))):
                yield (Span("  " + pad(name if number == 0 else "", column), "muted"), Span(text))
    if proof.derivation:
        yield ()
        yield (Span(DERIVATION(), "mark"),)
        yield from set_document((MathBlock(proof.derivation),), width, setting)


class ProofScreen(Scrolling, ModalScreen[None]):
    """It asks the kernel when it is opened, and once for a question."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("proof")

    def __init__(self, desk: Desk, sitting: Sitting, source: PageSource) -> None:
        super().__init__()
        self.desk = desk
        self.sitting = sitting
        self._source = source

    def compose(self) -> ComposeResult:
        """A box with the routes."""
        with Vertical(id="box") as box:
            box.border_title = PROOF_TITLE()
            box.border_subtitle = CLOSE_HELP()
            with VerticalScroll(id="body", can_focus=False):
                yield Lines(id="routes")

    def on_mount(self) -> None:
        """Ask for the proof."""
        self.action_retry()

    def action_retry(self) -> None:
        """Ask for the proof, again where that failed."""
        if self.sitting.proof is not None:
            self._show(self.sitting.proof)
            return
        self._tell(PROVING(), "muted")
        self.run_worker(self._prove(), exclusive=True)

    def action_back(self) -> None:
        """Close the proof."""
        self.dismiss()

    async def _prove(self) -> None:
        question = self.sitting.question
        if question is None:
            return
        try:
            proof = await self.desk.ask(Prove(self._source, question), lambda: self._tell(RESTARTED(), "near"))
        except KernelFailure as failure:
            self._tell(f"× {FAILED_RETRY(detail=str(failure))}", "bad")
            return
        self.sitting.proof = proof
        self._show(proof)

    def _show(self, proof: Proof) -> None:
        setting = RenderOptions(ascii_only=self.desk.setup.ascii_only)
        self.query_one("#routes", Lines).show(lambda width: proof_lines(proof, width, setting))

    def _tell(self, text: str, role: str) -> None:
        self.query_one("#routes", Lines).show(lambda width: plain_lines(text, width, role))


def route_text(name: str) -> str:
    """The name of a route to a value."""
    return ROUTES[name]() if name in ROUTES else name
