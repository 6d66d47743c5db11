"""Answers that are nearly right: what a key must refuse."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from studyapp.domain.question import (
    ChoiceKey,
    ExpressionKey,
    NumberKey,
    OrderKey,
    Question,
    TermKey,
    VectorKey,
)
from studyapp.engine.questions.shown import places_for, plain

MOST_PICKED = 6
NEAR_INTEGER = Decimal("0.4")
"""Added to an integer key: rounding would take it for the key."""


def near_misses(question: Question) -> Iterator[str]:
    """Answers as they could be typed: a unit of the last place off, the sign flipped, another option, another order."""
    match question.key:
        case NumberKey():
            yield from _near_number(question.key, question.answer)
        case VectorKey():
            yield from _near_vector(question.key)
        case ExpressionKey():
            yield f"({question.answer}) + 1"
            if question.answer.strip() not in ("0", ""):
                yield f"-({question.answer})"
        case ChoiceKey(options, right, several):
            others = [label for label in options if label not in right]
            yield from others[:MOST_PICKED]
            if several and len(right) > 1:
                yield ", ".join(right[1:])
        case OrderKey(right):
            yield " ".join(reversed(right))
            yield " ".join((*right[:-2], right[-1], right[-2]))
        case TermKey(_, refuse):
            yield from refuse


def spellings(question: Question) -> tuple[str, ...]:
    """Every answer that is the key: the one that is shown, and of a term each one on the list."""
    return (question.answer, *question.key.accept) if isinstance(question.key, TermKey) else (question.answer,)


def _near_number(key: NumberKey, answer: str) -> Iterator[str]:
    """The shown key one unit up and down, and with the other sign; on a tie both neighbours are right.

    An integer is missed by every fraction, too, and by itself with its last digit cut off.
    """
    value, shown = Fraction(Decimal(key.exact)), Decimal(answer)
    unit = Decimal(1).scaleb(-places_for(value, key.digits, key.significant))
    for near in (shown + unit, shown - unit, -shown):
        if abs(Fraction(near) - value) > Fraction(unit) / 2:
            yield plain(near)
    if key.is_exact:
        yield plain(shown + NEAR_INTEGER)
        if shown % 10:
            yield plain(shown - shown % 10)


def _near_vector(key: VectorKey) -> Iterator[str]:
    """One entry off by a unit, and every sign flipped."""
    entries = [Decimal(one) for one in key.exact]
    units = [Decimal(1).scaleb(-places_for(Fraction(one), key.digits, key.significant)) for one in entries]
    off = [*entries[:-1], entries[-1] + units[-1]]
    yield _typed(off, key.columns)
    if key.is_exact:
        yield _typed([*entries[:-1], entries[-1] + NEAR_INTEGER], key.columns)
    flipped = [-one for one in entries]
    if any(abs(2 * one) > unit / 2 for one, unit in zip(entries, units, strict=True)):
        yield _typed(flipped, key.columns)


def _typed(entries: list[Decimal], columns: int) -> str:
    texts = [plain(one) for one in entries]
    if not columns:
        return f"({', '.join(texts)})"
    rows = [texts[start : start + columns] for start in range(0, len(texts), columns)]
    return f"({', '.join('(' + ', '.join(row) + ')' for row in rows)})"
