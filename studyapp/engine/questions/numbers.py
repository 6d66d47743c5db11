"""The key of a number or a vector: computed twice over, held against its check, clear of its mistakes."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np

from studyapp.domain.draws import DRAWS
from studyapp.domain.exercise import Binding, Key
from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Index,
    Logical,
    Name,
    Node,
    Not,
    Number,
    Word,
    children,
)
from studyapp.domain.functions import ROWS
from studyapp.domain.kind import Kind
from studyapp.domain.question import NumberKey, VectorKey
from studyapp.engine.algebras.algebra import FLOATS, Value
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions.shown import key_text, shown_number, told_apart, typed
from studyapp.engine.questions.values import Draft, Rejected, Values, fraction_of, holds_integers
from studyapp.engine.rounding import FEWER_PLACES, Precision, are_apart, half_up, unit

FLOAT_TOLERANCE = 1e-9  # relative: float64 may lose digits to cancellation, a wrong formula loses more
PRECISE_TOLERANCE = Fraction(1, 10**40)
FRACTIONAL = frozenset(row.name for row in DRAWS if row.fractional)
"""Draws of fractions, where `digits=0` does not say otherwise."""
SIZES = {"conv_output", "conv_parameters", "conv_flops", "receptive_field", "dense_parameters", "dense_flops"}
COUNTING = {*(row.name for row in ROWS if row.integral), "edit_distance", *SIZES}
"""Functions whose value is an integer whatever they are applied to."""
CLOSED = {*(row.name for row in ROWS if row.closed), "sse", "conv2d"}
"""Functions that lead from integers to integers."""


def computed(key: Key, values: Values) -> Draft | Rejected:
    """The key of a number or vector exercise; the values learn the name `answer`."""
    if key.answer is None:
        return Rejected("answer", "", key.place, final=True)
    exact = values.exactly(values.written(key.answer))
    best = values.precisely(key.answer.expression) if exact is None else exact
    if isinstance(best, str) or (np.ndim(best) > 0) != (key.kind == Kind.VECTOR):
        size = "×".join(map(str, np.shape(best)))
        return Rejected(f"shape-{key.kind}", size or typed(best, None), key.answer.place, final=True)
    fractions = _fractions(best)
    if fractions is None:
        return Rejected("finite", key.answer.text, key.answer.place)
    disagreement = _disagreement(key, values, best, fractions)
    if disagreement is not None:
        return disagreement
    if exact is None:
        values.bind_inexact("answer", best)
    else:
        values.bind_exact("answer", exact)
    mistakes = _living_mistakes(key, values, fractions)
    if isinstance(mistakes, Rejected):
        return mistakes
    return Draft(_key(key, best, values, fractions), typed(best, key.digits, key.significant), mistakes)


def _key(key: Key, value: Value, values: Values, fractions: list[Fraction]) -> NumberKey | VectorKey:
    integer = _is_integer(key, values, fractions)
    texts = tuple(key_text(Fraction(round(entry)) if integer else entry) for entry in fractions)
    if not isinstance(value, np.ndarray):
        return NumberKey(texts[0], key.digits, key.significant, integer)
    columns = value.shape[1] if value.ndim == 2 else 0
    return VectorKey(texts, key.digits, key.significant, columns, integer)


def _is_integer(key: Key, values: Values, fractions: list[Fraction]) -> bool:
    """Whether a key is an integer that no rounding leads to: a whole number is asked for, or integers lead to it."""
    if key.significant is not None or not all(_are_one(entry, Fraction(round(entry))) for entry in fractions):
        return False
    return key.digits == 0 or (key.answer is not None and _stays_integer(key.answer.expression, key, values))


def _stays_integer(node: Node, key: Key, values: Values) -> bool:
    match node:
        case Number(value):
            return value == value.to_integral_value()
        case Name(name):
            defined = next((binding.expression for binding in (*key.let, *key.draw) if binding.name == name), None)
            if any(binding.name == name for binding in key.draw):
                return _draws_integers(defined) and holds_integers(values.exact.get(name))
            return defined is not None and _stays_integer(defined, key, values)
        case Binary(operator):
            return operator != "/" and all(_stays_integer(part, key, values) for part in children(node))
        case Comparison() | Logical() | Not() | Word():
            return True
        case Call(function) if function in COUNTING:
            return True
        case Call(function) if function not in CLOSED:
            return False
        case Index(target):
            return _stays_integer(target, key, values)
        case _:
            return all(_stays_integer(part, key, values) for part in children(node))


def _draws_integers(call: Node | None) -> bool:
    """Whether a draw gives integers by what it is, not by chance."""
    if not isinstance(call, Call):
        return False
    digits = dict(call.options).get("digits")
    return call.function not in FRACTIONAL if digits is None else digits == Number(Decimal(0))


def _fractions(value: Value) -> list[Fraction] | None:
    """The entries as exact fractions, None where one is not finite."""
    try:
        return [fraction_of(entry) for entry in (value.ravel() if isinstance(value, np.ndarray) else [value])]
    except (ValueError, TypeError):  # not finite, or a word
        return None


def _disagreement(key: Key, values: Values, best: Value, answer: list[Fraction]) -> Rejected | None:
    floats = np.array([float(entry) for entry in answer])
    slack = FLOAT_TOLERANCE * (1 + np.abs(floats))
    for binding in filter(None, (key.answer, key.check)):
        formula = values.written(binding)
        if binding is key.check:
            value = values.best(formula)
            entries = _fractions(value)
            if entries is None or np.shape(value) != np.shape(best) or not _equal(entries, answer):
                return _differing("check", binding, best, value, final=True)
        approximate = evaluate(formula, values.floats, FLOATS)
        quick = np.ravel(approximate)
        if len(quick) != len(floats) or not np.all(np.abs(quick - floats) <= slack):
            return _differing("float", binding, best, approximate)
    return None


def _differing(code: str, binding: Binding, answer: Value, other: Value, *, final: bool = False) -> Rejected:
    try:
        shown = told_apart(answer, other)
    except (ValueError, TypeError):  # one of them is not finite, or a word
        shown = typed(answer, None, 6), str(other)
    return Rejected(code, binding.name, binding.place, final, shown[0], shown[1])


def _living_mistakes(key: Key, values: Values, answer: list[Fraction]) -> tuple[tuple[str, str], ...] | Rejected:
    """The mistakes that differ from the key and from each other; one that comes too near has the drawing refused."""
    living: list[tuple[str, str]] = []
    seen: list[list[Fraction]] = []
    precision = Precision(key.digits, key.significant)
    for mistake in key.mistakes:
        value = values.best(values.written(mistake))
        entries = _fractions(value)
        if entries is None or _equal(entries, answer):
            continue
        if len(entries) == len(answer) and _passes_for(entries, answer, precision):
            return Rejected("mistake-near", mistake.name, mistake.place)
        shown = [half_up(entry, precision.shown_places(entry)) for entry in entries]
        if len(entries) == len(answer) and _passes_for(shown, answer, precision):
            continue  # as it is shown it is the key, cut
        if not any(_confusable(entries, earlier, precision) for earlier in seen):
            seen.append(entries)
            living.append((mistake.name, typed(value, key.digits, key.significant)))
    return tuple(living)


def _confusable(entries: list[Fraction], earlier: list[Fraction], precision: Precision) -> bool:
    pairs = list(zip(entries, earlier, strict=False))
    # Half a unit for what is shown, one for what is cut, half for what is accepted: two units part any two numbers.
    last = precision.shown_unit
    if len(entries) != len(earlier) or any(are_apart(a, b, 2 * max(last(a), last(b))) for a, b in pairs):
        return False

    def rounded(value: Fraction) -> Fraction:
        return half_up(value, precision.shown_places(value))

    def cut(value: Fraction) -> Fraction:
        return math.trunc(value / last(value)) * last(value)

    return any(
        all(abs(give(a) - rounded(b)) <= last(rounded(b)) / 2 for a, b in way)
        for way in (pairs, [(b, a) for a, b in pairs])
        for give in (lambda value: value, rounded, cut)
    )


def _passes_for(entries: list[Fraction], answer: list[Fraction], precision: Precision) -> bool:
    """Whether a mistake could pass for the key: within two tolerances, or equal to it given to fewer places."""
    pairs = [(entry, right, precision.shown_unit(right)) for entry, right in zip(entries, answer, strict=True)]
    if any(are_apart(entry, right, 10**FEWER_PLACES * last) for entry, right, last in pairs):
        return False
    return all(abs(entry - right) < last or _rounded_from(entry, right, precision) for entry, right, last in pairs)


def _rounded_from(mistake: Fraction, answer: Fraction, precision: Precision) -> bool:
    """Whether a number, as it is typed, is the answer rounded or cut at its own places: that would be no mistake."""
    text, _ = shown_number(mistake, precision.digits, precision.significant)
    places = len(text.partition(".")[2])
    two_digits = len(text.replace(".", "").lstrip("-0")) >= 2
    is_short = 0 < precision.shown_places(answer) - places <= FEWER_PLACES
    return two_digits and is_short and abs(Fraction(text) - answer) < unit(places)


def _equal(left: list[Fraction], right: list[Fraction]) -> bool:
    return left == right or (len(left) == len(right) and all(map(_are_one, left, right)))


def _are_one(left: Fraction, right: Fraction) -> bool:
    if are_apart(left, right, PRECISE_TOLERANCE):
        return False
    return abs(left - right) <= PRECISE_TOLERANCE * (1 + abs(right))
