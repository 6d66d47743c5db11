"""Numbers as they are shown and typed: exact decimals exactly, others rounded half-up."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

import numpy as np

from studyapp.engine.algebras.algebra import Value
from studyapp.engine.questions.values import fraction_of
from studyapp.engine.rounding import Precision, exact_decimal, plain, rounded_decimal

Context = Literal["math", "text", "code"]
EXACT_PLACES = 10  # a decimal with no more places than this is shown as it is
KEY_DIGITS = 50
LONGEST_LIST = 200  # characters of a list of values in a message


def shown_number(value: Value, digits: int | None, significant: int | None = None) -> tuple[str, bool]:
    """A number at the digits asked for, and whether it had to be rounded."""
    exact, precision = fraction_of(value), Precision(digits, significant)
    rounded = rounded_decimal(exact, precision.shown_places(exact))
    if significant is not None:  # 0.09996 to 3 digits is 0.100: rounded, it has a digit fewer behind the point
        rounded = rounded_decimal(exact, precision.shown_places(Fraction(rounded)))
    return (plain(rounded), False) if Fraction(rounded) == exact else (f"{rounded:f}", True)


def key_text(value: Value) -> str:
    """A key as text: the exact decimal where there is one, else 50 significant digits."""
    exact = fraction_of(value)
    decimal = exact_decimal(exact, 30)
    if decimal is not None:
        return plain(decimal)
    with localcontext() as context:
        context.prec = KEY_DIGITS
        return str(Decimal(exact.numerator) / exact.denominator)


def typed(value: Value, digits: int | None, significant: int | None = None) -> str:
    """A number, vector or matrix as a learner would type it."""
    return arranged(value, lambda one: shown_number(one, digits, significant)[0], "text")


def told_apart(left: Value, right: Value) -> tuple[str, str]:
    """Two values with as many significant digits as show that they differ, 6 at least."""
    texts = ("", "")
    for significant in (6, 10, 16, 30, KEY_DIGITS):
        texts = _significant(left, significant), _significant(right, significant)
        if texts[0] != texts[1]:
            break
    return texts


def _significant(value: Value, digits: int) -> str:
    """A value with that many significant digits, without idle zeros."""
    return arranged(value, lambda one: plain(Decimal(shown_number(one, None, digits)[0])), "text")


def named_values(values: Mapping[str, Value]) -> str:
    """Values by name, as they are drawn: `a = 2, b = (0.1, 0.9)`; a long list is cut."""
    text = ", ".join(f"{name} = {typed(value, EXACT_PLACES)}" for name, value in values.items())
    return text if len(text) <= LONGEST_LIST else text[: LONGEST_LIST - 1] + "…"


def arranged(value: Value, show: Callable[[Value], str], context: Context) -> str:
    """A number, word, vector or matrix laid out for formulas, sentences or code."""
    if not isinstance(value, np.ndarray):
        return value if isinstance(value, str) else show(value)
    if context == "math" and value.ndim == 2:
        rows = r" \\ ".join(" & ".join(show(entry) for entry in row) for row in value)
        return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
    left, right = ("[", "]") if context == "code" else ("(", ")")
    return left + ", ".join(arranged(entry, show, context) for entry in value) + right


def in_shape(entries: Iterable[str | float | Fraction], shape: tuple[int, ...]) -> Value:
    """Numbers, or texts of numbers, as floats in a shape."""
    return np.array([float(entry) for entry in entries]).reshape(shape)[()]


def entries_of(value: Value) -> list[float]:
    """The entries of a value as floats."""
    return [float(entry) for entry in np.ravel(value)]


def are_near(left: Value, right: Value, slack: Value, relative: float) -> bool:
    """Whether two values of one shape differ by no more than a slack, entry by entry; other shapes are not compared."""
    if np.shape(left) != np.shape(right):
        return True
    return bool(np.all(np.abs(left - right) <= slack + relative * (1 + np.abs(left))))


def larger(left: Value, right: Value) -> Value:
    """The larger of two values, entry by entry."""
    return np.maximum(left, right)
