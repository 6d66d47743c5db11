"""Vectors and matrices: entry by entry, then the slips that concern the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from studyapp.domain.expression import Node, Vector
from studyapp.domain.question import KnownMistake, VectorKey
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.grading.amounts import Amount, Precision, agrees, amount, exactly, is_correct, shortening, value_text
from studyapp.grading.number import meets, rounding, sentence_name
from studyapp.grading.saying import UNDECIDED, UNDEFINED, asked_back, known, slipped, unreadable, with_value
from studyapp.grading.slip_texts import slip_sentence
from studyapp.grading.vector_slips import Table, component_text, entries, named
from studyapp.language import read_vector, to_text

CUT_ENTRIES = Text(ja="第 {places} 成分の下の位を", en="In component {places} the last")
ENTRIES_WRONG = Text(
    ja="{total} 個の成分のうち、違うのは第 {places} 成分です。",
    en="Of {total} components, wrong: {places}.",
)
SHAPE_COLUMN = Text(ja="{count} 個", en="{count}")
SHAPE_ROW = Text(ja="{rows} 行 {columns} 列", en="{rows} × {columns}")


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, as a table with one row for a vector."""

    table: Table[Amount]
    reading: str


def grade_vector(key: VectorKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed vector or matrix."""
    node = read_vector(answer, matrix=key.columns > 0)
    if isinstance(node, Unreadable):
        return unreadable(node, answer)
    reading = to_text(node)
    values = amounts(node)
    exact = key_table(key)
    if values is None:
        return asked_back(UNDEFINED(), "undefined", reading)
    if exact is None:
        return Verdict(Outcome.UNDECIDED, message=UNDECIDED(), reading=reading)
    precision = Precision.of(key)
    typed = _Typed(_laid_out(values, exact), reading)
    if _shape(typed.table) == _shape(exact):
        pairs = list(zip(entries(typed.table), entries(exact), strict=True))
        if all(is_correct(one.value, right, precision) for one, right in pairs):
            return Verdict(Outcome.CORRECT, reading=reading)
        if all(agrees(one, right, precision) for one, right in pairs):
            return _rounding(pairs, exact, precision, reading)
    verdict = _wrong(typed, exact, precision, mistakes)
    if all(one.places is not None for one in entries(typed.table)):
        return verdict
    rows = [", ".join(value_text(one.value, precision) for one in row) for row in typed.table]
    return with_value(verdict, f"({rows[0]})" if len(rows) == 1 else "; ".join(rows))


def _rounding(
    pairs: list[tuple[Amount, Fraction]], exact: Table[Fraction], precision: Precision, reading: str
) -> Verdict:
    """The key, but for the last digits of some entries."""
    short = [
        None if is_correct(one.value, right, precision) else shortening(one, right, precision) for one, right in pairs
    ]
    cut = [component_text(place, exact) for place, how in enumerate(short) if how is not None and how.cut]
    if not cut:
        return rounding(precision, reading)
    complete = all(
        how is None or how.places >= precision.places(right) for how, (_, right) in zip(short, pairs, strict=True)
    )
    named = CUT_ENTRIES(places=", ".join(cut))
    return rounding(precision, reading, cut=named, component=", ".join(cut), complete=complete)


def _wrong(typed: _Typed, exact: Table[Fraction], precision: Precision, mistakes: Sequence[KnownMistake]) -> Verdict:
    foreseen = [(mistake, table) for mistake in mistakes if (table := _mistake_table(mistake.answer)) is not None]
    # A mistake that the answer meets to the digits asked for comes before one that it meets when rounded.
    for fits in (meets,) if precision.exact else (meets, agrees):
        for mistake, table in foreseen:
            if _all_fit(typed.table, table, precision, fits):
                return known(mistake, typed.reading)
    found = named(typed.table, exact, precision)
    if found is None:
        return Verdict(Outcome.WRONG, message=_told(typed.table, exact, precision), reading=typed.reading)
    slip, details = found
    return slipped(slip, ", ".join(details), _sentence(slip, details, typed.table, exact), typed.reading)


def _sentence(slip: str, details: tuple[str, ...], typed: Table[Amount], exact: Table[Fraction]) -> str:
    match slip, details:
        case "size", _:
            alike = len(entries(typed)) == len(entries(exact))
            return slip_sentence("size-shape" if alike else slip, _size_text(typed), _size_text(exact))
        case "sign", (place,):
            return slip_sentence("sign-entry", place)
        case "swap", (first, second):
            return slip_sentence("swap-entries", first, second)
        case _:
            return slip_sentence(sentence_name(slip, *details[:1]), *details)


def _all_fit(
    typed: Table[Amount],
    table: Table[Fraction],
    precision: Precision,
    fits: Callable[[Amount, Fraction, Precision], bool],
) -> bool:
    return _shape(typed) == _shape(table) and all(
        fits(one, value, precision) for one, value in zip(entries(typed), entries(table), strict=True)
    )


def _told(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> str:
    """Which entries are wrong, where some are right."""
    pairs = zip(entries(typed), entries(exact), strict=True)
    wrong = [place for place, (one, right) in enumerate(pairs) if not agrees(one, right, precision)]
    total = len(entries(exact))
    if len(wrong) == total or not wrong:
        return ""
    places = ", ".join(component_text(place, exact) for place in wrong)
    return ENTRIES_WRONG(total=total, places=places)


def _size_text(table: Table[Amount] | Table[Fraction]) -> str:
    if len(table) == 1:
        return SHAPE_COLUMN(count=len(table[0]))
    return SHAPE_ROW(rows=len(table), columns=len(table[0]))


def amounts(node: Node) -> Table[Amount] | None:
    """The numbers of a tree by rows, None where one of them has no value."""
    rows = node.items if isinstance(node, Vector) else (node,)
    if not any(isinstance(row, Vector) for row in rows):
        rows = (Vector(rows),)
    table = [[amount(item) for item in (row.items if isinstance(row, Vector) else (row,))] for row in rows]
    known_rows = tuple(tuple(one for one in row if one is not None) for row in table)
    complete = all(len(one) == len(row) for one, row in zip(known_rows, table, strict=True))
    return known_rows if complete and all(known_rows) else None


def _laid_out(typed: Table[Amount], exact: Table[Fraction]) -> Table[Amount]:
    """A row typed for a matrix of one column, or a column typed for a vector, is the same thing."""
    flat = tuple(one for row in typed for one in row)
    if len(exact) == 1 and len(typed) == len(flat):
        return (flat,)
    if len(exact[0]) == 1 and len(typed) == 1:
        return tuple((one,) for one in flat)
    return typed


def key_table(key: VectorKey) -> Table[Fraction] | None:
    """The exact numbers of a key by rows, None where one of them is none."""
    values = [exactly(text) for text in key.exact]
    known_values = [value for value in values if value is not None]
    if len(known_values) != len(values) or not values:
        return None
    columns = key.columns or len(values)
    return tuple(tuple(known_values[at : at + columns]) for at in range(0, len(values), columns))


def _mistake_table(text: str) -> Table[Fraction] | None:
    node = read_vector(text)
    table = None if isinstance(node, Unreadable) else amounts(node)
    return None if table is None else tuple(tuple(one.value for one in row) for row in table)


def _shape(table: Table[Amount] | Table[Fraction]) -> tuple[int, ...]:
    return tuple(len(row) for row in table)
