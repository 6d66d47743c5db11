"""The slips behind a wrong vector or matrix, in the order of the closed list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeVar

from studyapp.grading.amounts import Amount, Precision, agrees, could_be
from studyapp.grading.number import number_slips

Item = TypeVar("Item")
Table = tuple[tuple[Item, ...], ...]
"""Rows of a matrix; a vector is one row."""

Named = tuple[str, tuple[str, ...]]
"""A slip and what completes it."""

MOST_ENTRIES = 400
_LARGEST_DENOMINATOR = 12


def entries(table: Table[Item]) -> list[Item]:
    """All entries, row by row."""
    return [one for row in table for one in row]


def component_text(place: int, table: Table[Fraction]) -> str:
    """The name of an entry, counted from 1: `2`, in a matrix `(1, 2)`."""
    if len(table) == 1:
        return str(place + 1)
    columns = len(table[0])
    return f"({place // columns + 1}, {place % columns + 1})"


def size_text(table: Table[Amount]) -> str:
    """How many entries a table has: `3`, for a matrix `2x3`."""
    return str(len(table[0])) if len(table) == 1 else f"{len(table)}x{len(table[0])}"


def named(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> Named | None:
    """The first slip that gives the typed table, with its detail."""
    if len(entries(exact)) > MOST_ENTRIES:
        return None
    for slip, details, table in candidates(exact):
        if fits(typed, table, precision) and is_distinct(typed, table, exact):
            return slip, details
    if [len(row) for row in typed] != [len(row) for row in exact]:
        return "size", (size_text(typed),)
    factor = _common_factor(typed, exact, precision)
    if factor is not None:
        return "factor", (str(factor),)
    return _after_the_whole(typed, exact, precision)


def candidates(exact: Table[Fraction]) -> Iterator[tuple[str, tuple[str, ...], Table[Fraction]]]:
    """Tables that general slips make of the key, as slip, detail and table."""
    flat = entries(exact)
    count = len(flat)
    whole = [slip for value in flat[:1] for slip in number_slips(value)] if flat[0] else []
    yield "sign", (), _mapped(exact, lambda value: -value)
    for place in range(count):
        yield "sign", (component_text(place, exact),), _changed(exact, {place: -flat[place]})
    for first in range(count if len(exact) == 1 else 0):
        for second in range(first + 1, count):
            if flat[first] != flat[second]:
                details = (component_text(first, exact), component_text(second, exact))
                yield "swap", details, _changed(exact, {first: flat[second], second: flat[first]})
    yield "complement", (), _mapped(exact, lambda value: 1 - value)
    if all(flat):
        yield "reciprocal", (), _mapped(exact, lambda value: 1 / value)
    for slip, detail, value in whole:
        if slip == "log-base":
            yield slip, (detail,), _scaled(exact, value / flat[0])
    for size in dict.fromkeys((count, len(exact), len(exact[0]))):
        if size > 1:
            yield "reduction", (str(size),), _scaled(exact, Fraction(size))
            yield "reduction", (f"1/{size}",), _scaled(exact, Fraction(1, size))
    yield from _shapes(exact)


def _shapes(exact: Table[Fraction]) -> Iterator[tuple[str, tuple[str, ...], Table[Fraction]]]:
    if len(exact) > 1:
        yield "transposed", (), tuple(zip(*exact, strict=True))


def _after_the_whole(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> Named | None:
    """The slips that are recognised from the answer rather than made from the key."""
    given, right = entries(typed), entries(exact)
    if _is_permuted(given, right, precision):
        return "permuted", ()
    if len(exact) > 1 and _along_the_other_axis(given, exact):
        return "axis", ()
    wrong = [
        place for place, (one, value) in enumerate(zip(given, right, strict=True)) if not agrees(one, value, precision)
    ]
    if len(wrong) == 1 and len(right) > 1:
        return "component", (component_text(wrong[0], exact),)
    return None


def _is_permuted(given: list[Amount], right: list[Fraction], precision: Precision) -> bool:
    """Whether the entries are the key's in another order."""
    if len(right) < 3:
        return False
    ordered = sorted(given, key=lambda one: one.value)
    return all(agrees(one, value, precision) for one, value in zip(ordered, sorted(right), strict=True))


def _along_the_other_axis(given: list[Amount], exact: Table[Fraction]) -> bool:
    """Whether the key's rows were each scaled to one sum, and the answer's columns were."""
    columns = len(exact[0])
    rows = [sum(row, Fraction(0)) for row in exact]
    slack = Fraction(1, 10**3)
    sums = [sum((one.value for one in given[at::columns]), Fraction(0)) for at in range(columns)]
    return all(abs(total - 1) < slack for total in rows) and all(abs(total - 1) < slack * 20 for total in sums)


def fits(typed: Table[Amount], table: Table[Fraction], precision: Precision) -> bool:
    """Whether the typed table is that one to its digits, with digits enough for that to be no accident."""
    if [len(row) for row in typed] != [len(row) for row in table]:
        return False
    pairs = list(zip(entries(typed), entries(table), strict=True))
    enough = sum(one.significant if one.places is not None else 2 for one, _ in pairs) >= 2
    return enough and all(agrees(one, value, precision) for one, value in pairs)


def is_distinct(typed: Table[Amount], table: Table[Fraction], exact: Table[Fraction]) -> bool:
    """Whether the typed table, at its own digits, could not just as well be the key."""
    given, wrong, right = entries(typed), entries(table), entries(exact)
    if len(given) != len(right):
        return True
    return any(
        one != other and not could_be(amount, other) for amount, one, other in zip(given, wrong, right, strict=True)
    )


def _common_factor(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> Fraction | None:
    pairs = [(one, value) for one, value in zip(entries(typed), entries(exact), strict=True) if value]
    if not pairs:
        return None
    one, value = max(pairs, key=lambda pair: abs(pair[1]))
    factor = (one.value / value).limit_denominator(_LARGEST_DENOMINATOR)
    scaled = _scaled(exact, factor)
    if factor in (0, 1) or not fits(typed, scaled, precision) or not is_distinct(typed, scaled, exact):
        return None
    return factor


def _mapped(table: Table[Fraction], change: Callable[[Fraction], Fraction]) -> Table[Fraction]:
    return tuple(tuple(change(value) for value in row) for row in table)


def _scaled(table: Table[Fraction], factor: Fraction) -> Table[Fraction]:
    return tuple(tuple(value * factor for value in row) for row in table)


def _changed(table: Table[Fraction], places: dict[int, Fraction]) -> Table[Fraction]:
    columns = len(table[0])
    return tuple(
        tuple(places.get(i * columns + j, value) for j, value in enumerate(row)) for i, row in enumerate(table)
    )
