"""The signs that a keyboard lacks, and the symbols of the question, to be put into the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from studyapp.domain.question import AnswerKey, ExpressionKey, NumberKey, VectorKey
from studyapp.domain.words import Words
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.typeset.width import pad

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

    def __init__(self, signs: Sequence[str], words: Words) -> None:
        super().__init__()
        self._signs = tuple(signs)
        self._words = words

    def compose(self) -> ComposeResult:
        """A box with a row for each sign."""
        with Vertical(id="box") as box:
            box.border_title = self._words.tools.symbols_title
            box.border_subtitle = self._words.tools.symbols_hint
            with VerticalScroll(id="body", can_focus=False):
                yield Rows(tuple(self._rows()))

    def _rows(self) -> Iterator[Row]:
        for sign in self._signs:
            yield Row(sign, text=f"{pad(sign, SIGN_CELLS)}{self._words.tools.meaning(sign)}")

    def action_choose(self) -> None:
        """Give the chosen sign."""
        self.dismiss(self.rows.chosen or "")

    def action_back(self) -> None:
        """Give nothing."""
        self.dismiss("")
