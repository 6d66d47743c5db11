"""The signs that a keyboard lacks, and the symbols of the question, to be put into the answer."""

from collections.abc import Sequence

from studyapp.domain.question import AnswerKey, ExpressionKey, NumberKey, VectorKey
from studyapp.domain.text import Text
from studyapp.screens.boxes import PickScreen
from studyapp.screens.widgets.rows import Row
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
SYMBOL_OF = Text(ja="この問題の記号", en="a symbol of this question")

IN_NUMBERS = ("√", "ln ", "exp(", "²", "^", "½")
SIGN_CELLS = 12


def signs_for(key: AnswerKey | None) -> tuple[str, ...]:
    """What an answer to such a key may hold: the symbols of a formula first; nothing where words are asked for."""
    match key:
        case ExpressionKey(_, symbols, given, functions, _, using):
            opened = tuple(f"{function}(" for function in functions)
            names: Sequence[str] = using or (*symbols, *given)
            return tuple(dict.fromkeys((*names, *opened, *MEANINGS)))
        case NumberKey() | VectorKey():
            return IN_NUMBERS
        case _:
            return ()


def symbols_screen(signs: Sequence[str]) -> PickScreen:
    """A list of signs with their meanings; one that has none is a symbol of the question."""
    rows = [Row(sign, text=f"{pad(sign, SIGN_CELLS)}{MEANINGS.get(sign, SYMBOL_OF)()}") for sign in signs]
    return PickScreen(rows, SYMBOLS_TITLE(), SYMBOLS_HINT())
