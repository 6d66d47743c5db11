"""What opens beside a question: signs for the answer, a scratch pad, the proof of the key, a walk through a network."""

from collections.abc import Iterator, Sequence
from functools import partial, partialmethod
from itertools import groupby
from typing import Protocol

from textual.app import ComposeResult
from textual.widgets import Input

from studyapp.domain.document import MathBlock
from studyapp.domain.place import PageSource
from studyapp.domain.question import AnswerKey, ExpressionKey, LayerTrace, NumberKey, Proof, Question, VectorKey
from studyapp.domain.shapes import dimensions_in, shapes_of
from studyapp.domain.text import Text
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Evaluate, Prove, Walk
from studyapp.screens.answer import AnswerInput
from studyapp.screens.boxes import BoxScreen, PickScreen
from studyapp.screens.marked import led, plain_lines, worked_lines
from studyapp.screens.reading import ANY_NUMBER, read, reading_lines
from studyapp.screens.sitting import Current
from studyapp.screens.state import FAILED, RESTARTED, AppState, StateScreen
from studyapp.screens.widgets import KeyLine, Lines, Masthead, Row, body, framed
from studyapp.study.figures import WAYS, walked_picture
from studyapp.typeset.document import Line, RenderOptions, Span, set_document
from studyapp.typeset.width import cells, pad

SYMBOLS_TITLE = Text(ja="記号", en="Signs")
SYMBOLS_HINT = Text(ja="Enter で答えに入れます。Esc で閉じます。", en="Enter puts it into the answer. Esc closes.")
MEANINGS = {
    "·": Text(ja="かける", en="times"),
    "²": Text(ja="二乗", en="squared"),
    "^": Text(ja="べき乗（x^3）", en="power (x^3)"),
    "√": Text(ja="平方根", en="square root"),
    "½": Text(ja="2 分の 1", en="one half"),
    "Σ": Text(ja="和（添字は省く）", en="sum (without index)"),
    "'": Text(ja="微分（f'(u)）", en="derivative (f'(u))"),
    "σ(": Text(ja="シグモイド", en="sigmoid"),
    "σ'(": Text(ja="シグモイドの微分", en="derivative of the sigmoid"),
    "tanh(": Text(ja="tanh", en="tanh"),
    "ln ": Text(ja="自然対数", en="natural logarithm"),
    "exp(": Text(ja="指数関数", en="exponential function"),
    "|": Text(ja="絶対値（|x|）", en="absolute value (|x|)"),
    "e": Text(ja="自然対数の底", en="base of the natural logarithm"),
}
"""The signs of formulas in the order in which they are offered."""
IN_MATRICES = {
    "^T": Text(ja="転置（X^T）", en="transpose (X^T)"),
    "⊙": Text(ja="成分ごとの積", en="product entry by entry"),
    "^-1": Text(ja="逆行列（A^-1）", en="inverse (A^-1)"),
    "‖": Text(ja="ノルム（‖x‖）", en="norm (‖x‖)"),
    "sum(": Text(ja="和（sum(X, axis=0)）", en="sum (sum(X, axis=0))"),
    "tr(": Text(ja="トレース", en="trace"),
}
"""The signs of formulas in matrix symbols."""
SYMBOL_OF = Text(ja="この問題の記号", en="a symbol of this question")
IN_NUMBERS = ("√", "ln ", "exp(", "²", "^", "½")
SIGN_CELLS = 12


def signs_for(key: AnswerKey | None) -> tuple[str, ...]:
    """What an answer to such a key may hold: the symbols of a formula first; nothing where words are asked for."""
    match key:
        case ExpressionKey(_, symbols, given, functions, _, using):
            opened = tuple(f"{function}(" for function in functions)
            names: Sequence[str] = using or (*symbols, *given)
            dimensions = dimensions_in(shapes_of(symbols).values())
            matrices = (*IN_MATRICES, *(f"{sign}_{name}" for sign in "1I" for name in dimensions)) if dimensions else ()
            return tuple(dict.fromkeys((*names, *opened, *matrices, *MEANINGS)))
        case NumberKey() | VectorKey():
            return IN_NUMBERS
        case _:
            return ()


def symbols_screen(signs: Sequence[str]) -> PickScreen:
    """A list of signs with their meanings; one that has none is a symbol of the question."""
    rows = [
        Row(sign, text=f"{pad(sign, SIGN_CELLS)}{(MEANINGS | IN_MATRICES).get(sign, SYMBOL_OF)()}") for sign in signs
    ]
    return PickScreen(rows, SYMBOLS_TITLE(), SYMBOLS_HINT())


CALCULATOR_TITLE = Text(ja="計算メモ", en="Scratch pad")
CALCULATOR_HINT = Text(
    ja="四則、べき乗、√、ln、exp。Enter で残します。", en="Arithmetic, powers, √, ln, exp. Enter keeps the line."
)
NO_VALUE = Text(ja="値が決まりません。", en="There is no value.")
KEPT = 50  # lines that stay on the pad


class Pad(Protocol):
    """What keeps the lines of a scratch pad: a sitting, or the room of an exam."""

    pad: tuple[tuple[str, str], ...]


class CalculatorScreen(BoxScreen[str]):
    """A scratch pad; `keeper` keeps its lines. It returns the last value, to be taken into the answer."""

    AUTO_FOCUS = "AnswerInput"
    TABLE = "calculator"

    def __init__(self, state: AppState, keeper: Pad) -> None:
        super().__init__()
        self.state = state
        self.keeper = keeper

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
        self.keeper.pad = (*self.keeper.pad, (text, value))[-KEPT:]
        self.query_one("#body Lines", Lines).set_again()
        self.query_one(AnswerInput).value = ""
        self.call_after_refresh(lambda: self.body.scroll_end(animate=False))

    def _pad(self, width: int) -> Iterator[Line]:
        for text, value in self.keeper.pad:
            if cells(f"{text} = {value}") > width:
                yield from plain_lines(text, width, "muted")
                yield (Span(f"  = {value}"),)
            else:
                yield (Span(f"{text} = ", "muted"), Span(value))

    def _say(self, sentence: str) -> None:
        self.query_one("#reading", Lines).show(lambda width: plain_lines(sentence, width, "near"))

    def action_take(self) -> None:
        self.dismiss(self.keeper.pad[-1][1] if self.keeper.pad else None)


PROOF_TITLE = Text(ja="検算", en="Proof")
PROVING = Text(ja="確かめています…", en="Checking every route…")
ROUTES = {
    "numpy": Text(ja="NumPy（倍精度）", en="NumPy (double precision)"),
    "mpmath": Text(ja="mpmath（50 桁）", en="mpmath (50 digits)"),
    "check": Text(ja="別の式", en="another formula"),
    "sympy": Text(ja="SymPy（記号計算）", en="SymPy (symbolic)"),
    "answer": Text(ja="正答の式", en="formula of the key"),
    "given": Text(ja="定義の式", en="definition"),
    "array": Text(ja="配列", en="array"),
    "key": Text(ja="正解のコード", en="the key"),
    "typed": Text(ja="あなたの答え", en="your answer"),
}
DISTANCE = Text(ja="求め方による値の違いは、最大でも {distance} です。", en="The routes differ by {distance} at most.")
DERIVATION = Text(ja="記号計算の結果", en="Result of the symbolic computation")
NO_ROUTES = Text(ja="この問題には計算で確かめる値がありません。", en="This question has no value to compute.")


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

    def action_retry(self) -> None:
        if self.current.proof is not None:
            self._show(self.current.proof)
        else:
            self._say(PROVING(), "muted")
            self.run_worker(self._prove(), exclusive=True)

    on_mount = action_retry

    async def _prove(self) -> None:
        proof = await self.state.tried(Prove(self._source, self.current.question, self.current.answers), self._say, "r")
        if proof is not None:
            self.current.proof = proof
            self._show(proof)

    def _show(self, proof: Proof) -> None:
        self.query_one("#routes", Lines).show(partial(self._lines, proof))

    def _lines(self, proof: Proof, width: int) -> Iterator[Line]:
        if not proof.routes:
            yield from plain_lines(NO_ROUTES(), width)
            return
        if proof.distance:
            yield from plain_lines(DISTANCE(distance=proof.distance), width)
        for expression, routes in groupby(proof.routes, key=lambda route: route.expression):
            yield ()
            yield from plain_lines(expression, width, "code")
            named = [(route.name.split(" ")[-1], route.value) for route in routes]
            rows = [(ROUTES[name]() if name in ROUTES else name, value) for name, value in named]
            column = max(cells(name) for name, _ in rows) + 2
            for name, value in rows:
                yield from led("  " + pad(name, column), "muted", plain_lines(value, max(8, width - column - 2)))
        if proof.derivation:
            yield ()
            yield (Span(DERIVATION(), "mark"),)
            yield from set_document(
                (MathBlock(proof.derivation),), width, RenderOptions(ascii_only=self.state.setup.ascii_only)
            )

    def _say(self, text: str, role: str) -> None:
        self.query_one("#routes", Lines).show(lambda width: plain_lines(text, width, role))


WALK_TITLE = Text(ja="ネットワークをたどる", en="Through the network")
WALKING = Text(ja="順伝播と逆伝播を計算しています…", en="Computing the way forward and back…")
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
        return framed("walk", body(Lines(self._lines, id="stop", classes="column")), title=WALK_TITLE())

    def applies(self, name: str) -> bool:
        applying = {
            "next_stop": self.at + 1 < len(self.stops),
            "previous_stop": self.at > 0,
            "retry": not self.stops,
        }
        return applying.get(name, True)

    def action_retry(self) -> None:
        if not self.stops:
            self.say(WALKING())
            self.run_worker(self._walk(), exclusive=True)

    on_mount = action_retry

    async def _walk(self) -> None:
        network, language = self.question.network or {}, self.question.language
        trace = await self.state.tried(Walk(network, language), self.say, "r")
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
        self.query_one(KeyLine).refresh()
        self.body.scroll_home(animate=False)

    action_next_stop = partialmethod(_go, 1)
    action_previous_stop = partialmethod(_go, -1)

    def _lines(self, width: int) -> Iterator[Line]:
        network = self.question.network
        if network is None or not self.stops:
            return
        stop = self.stops[self.at]
        yield from walked_picture(network, self.stops[: self.at + 1], width, ascii_only=self.options.ascii_only)
        yield ()
        role = "delta" if stop.direction == "backward" else "value"
        yield (Span(WAYS[stop.direction](layer=stop.layer), role),)
        for formula in stop.formulas:
            yield ()
            yield from worked_lines(f"${formula}$", width, self.options)
