"""The proof of a key: its value by every route, and how far they are apart."""

from collections.abc import Iterator
from itertools import groupby

from textual.app import ComposeResult

from studyapp.domain.document import MathBlock
from studyapp.domain.place import PageSource
from studyapp.domain.question import Proof
from studyapp.domain.text import Text
from studyapp.kernel.requests import Prove
from studyapp.screens.boxes import BoxScreen
from studyapp.screens.marked import led, plain_lines
from studyapp.screens.sitting import Current
from studyapp.screens.state import AppState
from studyapp.screens.widgets.frame import body
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, RenderOptions, Span, set_document
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


def proof_lines(proof: Proof, width: int, options: RenderOptions) -> Iterator[Line]:
    """The routes one below the other, their distance, and what is derived symbolically."""
    if not proof.routes:
        yield from plain_lines(NO_ROUTES(), width)
        return
    yield from plain_lines(DISTANCE(distance=proof.distance), width)
    for expression, routes in groupby(proof.routes, key=lambda route: route.expression):
        yield ()
        yield from plain_lines(expression, width, "code")
        rows = [(_route(route.name.split(" ")[-1]), route.value) for route in routes]
        column = max(cells(name) for name, _ in rows) + 2
        for name, value in rows:
            yield from led("  " + pad(name, column), "muted", plain_lines(value, max(8, width - column - 2)))
    if proof.derivation:
        yield ()
        yield (Span(DERIVATION(), "mark"),)
        yield from set_document((MathBlock(proof.derivation),), width, options)


def _route(name: str) -> str:
    return ROUTES[name]() if name in ROUTES else name


class ProofScreen(BoxScreen[None]):
    """It asks the kernel when it is opened, and once for a question."""

    TABLE = "proof"

    def __init__(self, state: AppState, current: Current, source: PageSource) -> None:
        super().__init__()
        self.state = state
        self.current = current
        self._source = source

    def compose(self) -> ComposeResult:
        return self.boxed(body(Lines(id="routes")), title=PROOF_TITLE())

    def on_mount(self) -> None:
        self.action_retry()

    def action_retry(self) -> None:
        """Ask for the proof, again where that failed."""
        if self.current.proof is not None:
            self._show(self.current.proof)
        else:
            self._say(PROVING(), "muted")
            self.run_worker(self._prove(), exclusive=True)

    async def _prove(self) -> None:
        proof = await self.state.tried(Prove(self._source, self.current.question), self._say, "r")
        if proof is not None:
            self.current.proof = proof
            self._show(proof)

    def _show(self, proof: Proof) -> None:
        options = RenderOptions(ascii_only=self.state.setup.ascii_only)
        self.query_one("#routes", Lines).show(lambda width: proof_lines(proof, width, options))

    def _say(self, text: str, role: str) -> None:
        self.query_one("#routes", Lines).show(lambda width: plain_lines(text, width, role))
