"""Vectors and matrices: entry by entry, then the slips that concern the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from studyapp.domain.expression import Node, Vector
from studyapp.domain.question import KnownMistake, VectorKey
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.domain.words import Words
from studyapp.grading.amounts import Amount, Precision, agrees, amount, exactly, is_correct, is_rounded
from studyapp.grading.saying import asked_back, known, slipped, unreadable
from studyapp.grading.vector_slips import Table, component_text, entries, named
from studyapp.language import read_vector, to_text


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, as a table with one row for a vector."""

    table: Table[Amount]
    reading: str


def grade_vector(key: VectorKey, answer: str, mistakes: Sequence[KnownMistake], words: Words) -> Verdict:
    """The verdict on a typed vector or matrix."""
    node = read_vector(answer)
    if isinstance(node, Unreadable):
        return unreadable(node, answer, words)
    reading = to_text(node)
    values = amounts(node)
    exact = key_table(key)
    if values is None:
        return asked_back(words.grading.undefined, "undefined", reading)
    if exact is None:
        return Verdict(Outcome.UNDECIDED, message=words.grading.undecided, reading=reading)
    precision = Precision(key.digits, key.significant)
    typed = _Typed(_laid_out(values, exact), reading)
    if _shape(typed.table) == _shape(exact):
        pairs = list(zip(entries(typed.table), entries(exact), strict=True))
        if all(is_correct(one.value, right, precision) for one, right in pairs):
            return Verdict(Outcome.CORRECT, reading=reading)
        if all(is_correct(one.value, right, precision) or is_rounded(one, right, precision) for one, right in pairs):
            told = words.grading.more_digits(key.digits, key.significant)
            return Verdict(Outcome.ROUNDING, message=told, reading=reading)
    return _wrong(typed, exact, precision, mistakes, words)


def _wrong(
    typed: _Typed, exact: Table[Fraction], precision: Precision, mistakes: Sequence[KnownMistake], words: Words
) -> Verdict:
    foreseen = [(mistake, _mistake_table(mistake.answer)) for mistake in mistakes]
    # A mistake that the answer meets to the digits asked for comes before one that it meets when rounded.
    met = [one for one, table in foreseen if table is not None and _is_met(typed.table, table, precision)]
    met = met or [one for one, table in foreseen if table is not None and _all_agree(typed.table, table, precision)]
    if met:
        return known(met[0], typed.reading)
    found = named(typed.table, exact, precision)
    if found is None:
        return Verdict(Outcome.WRONG, message=_told(typed.table, exact, precision, words), reading=typed.reading)
    slip, details = found
    return slipped(slip, ", ".join(details), _sentence(slip, details, typed.table, exact, words), typed.reading)


def _sentence(slip: str, details: tuple[str, ...], typed: Table[Amount], exact: Table[Fraction], words: Words) -> str:
    said = words.grading.slips
    match slip, details:
        case "size", _:
            return said.sentence(slip, _size_text(typed, words), _size_text(exact, words))
        case "sign", (place,):
            return said.sentence("sign-entry", place)
        case "swap", (first, second):
            return said.sentence("swap-entries", first, second)
        case _:
            return said.sentence(slip, *details)


def _is_met(typed: Table[Amount], table: Table[Fraction], precision: Precision) -> bool:
    return _shape(typed) == _shape(table) and all(
        is_correct(one.value, value, precision) for one, value in zip(entries(typed), entries(table), strict=True)
    )


def _all_agree(typed: Table[Amount], table: Table[Fraction], precision: Precision) -> bool:
    return _shape(typed) == _shape(table) and all(
        agrees(one, value, precision) for one, value in zip(entries(typed), entries(table), strict=True)
    )


def _told(typed: Table[Amount], exact: Table[Fraction], precision: Precision, words: Words) -> str:
    """Which entries are wrong, where some are right."""
    pairs = zip(entries(typed), entries(exact), strict=True)
    wrong = [place for place, (one, right) in enumerate(pairs) if not agrees(one, right, precision)]
    total = len(entries(exact))
    if len(wrong) == total or not wrong:
        return ""
    places = ", ".join(component_text(place, exact) for place in wrong)
    return words.grading.entries_wrong.format(total=total, places=places)


def _size_text(table: Table[Amount] | Table[Fraction], words: Words) -> str:
    if len(table) == 1:
        return words.grading.shape_column.format(count=len(table[0]))
    return words.grading.shape_row.format(rows=len(table), columns=len(table[0]))


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
