"""The signs that a keyboard lacks, and the symbols of the question, to be put into the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from studyapp.domain.question import AnswerKey, ExpressionKey, NumberKey, VectorKey
from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.typeset.width import pad

SYMBOLS_TITLE = Text(ja="記号", en="Signs")
SYMBOLS_HINT = Text(ja="Enter で答えに入れます。Esc で閉じます。", en="Enter puts it into the answer. Esc closes.")
MEANINGS = {
    "·": Text(ja="かける", en="times"),
    "²": Text(ja="二乗", en="squared"),
    "^": Text(ja="べき乗（x^3）", en="power (x^3)"),
    "√": Text(ja="平方根", en="square root"),
    "½": Text(ja="2 分の 1", en="one half"),
    "Σ": Text(ja="和（添字は省く）", en="sum (without index)"),
    "σ(": Text(ja="シグモイド", en="sigmoid"),
    "σ'(": Text(ja="シグモイドの微分", en="derivative of the sigmoid"),
    "tanh(": Text(ja="tanh", en="tanh"),
    "ln ": Text(ja="自然対数", en="natural logarithm"),
    "exp(": Text(ja="指数関数", en="exponential function"),
    "e": Text(ja="自然対数の底", en="base of the natural logarithm"),
    "|": Text(ja="絶対値（|x|）", en="absolute value (|x|)"),
    "'": Text(ja="微分（f'(u)）", en="derivative (f'(u))"),
}
SYMBOL_OF = Text(ja="この問題の記号", en="a symbol of this question")

IN_NUMBERS = ("√", "ln ", "exp(", "²", "^", "½")
IN_FORMULAS = ("·", "²", "^", "√", "½", "Σ", "'", "σ(", "σ'(", "tanh(", "ln ", "exp(", "|", "e")
SIGN_CELLS = 12


def signs_for(key: AnswerKey | None) -> tuple[str, ...]:
    """What an answer to such a key may hold: the symbols of a formula first; nothing where words are asked for."""
    match key:
        case ExpressionKey(_, symbols, given, functions, _, using):
            opened = tuple(f"{function}(" for function in functions)
            names: Sequence[str] = using or (*symbols, *given)
            return tuple(dict.fromkeys((*names, *opened, *IN_FORMULAS)))
        case NumberKey() | VectorKey():
            return IN_NUMBERS
        case _:
            return ()


class SymbolsScreen(Choosing, ModalScreen[str]):
    """It gives the sign that was picked, or an empty text."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("symbols")

    def __init__(self, signs: Sequence[str]) -> None:
        super().__init__()
        self._signs = tuple(signs)

    def compose(self) -> ComposeResult:
        """A box with a row for each sign."""
        with Vertical(id="box") as box:
            box.border_title = SYMBOLS_TITLE()
            box.border_subtitle = SYMBOLS_HINT()
            with VerticalScroll(id="body", can_focus=False):
                yield Rows(tuple(self._rows()))

    def _rows(self) -> Iterator[Row]:
        for sign in self._signs:
            yield Row(sign, text=f"{pad(sign, SIGN_CELLS)}{meaning(sign)}")

    def action_choose(self) -> None:
        """Give the chosen sign."""
        self.dismiss(self.rows.chosen or "")

    def action_back(self) -> None:
        """Give nothing."""
        self.dismiss("")


def meaning(sign: str) -> str:
    """What a sign means; a symbol of the question is called that."""
    return MEANINGS.get(sign, SYMBOL_OF)()
