"""Vectors and matrices: entry by entry, then the slips that concern the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any, Generic, TypeVar

from studyapp.domain.expression import Vector
from studyapp.domain.question import KnownMistake, VectorKey
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.rounding import Precision
from studyapp.grading import amounts
from studyapp.grading.amounts import Amount, Fits
from studyapp.grading.number import number_slips, rounding, sentence_name
from studyapp.grading.verdicts import UNDEFINED, ask_again, foreseen, slip_sentence, undecided, unreadable
from studyapp.language import read_vector, to_text

CUT_ENTRIES = Text(ja="第 {places} 成分の下の位を", en="In component {places} the last")
ENTRIES_WRONG = Text(
    ja="{total} 個の成分のうち、違うのは第 {places} 成分です。", en="Of {total} components, wrong: {places}."
)
SHAPE_COLUMN = Text(ja="{count} 個", en="{count}")
SHAPE_ROW = Text(ja="{rows} 行 {columns} 列", en="{rows} × {columns}")

Item = TypeVar("Item")
NamedSlip = tuple[str, tuple[str, ...]]  # a slip and what completes it

MOST_ENTRIES = 400
_LARGEST_DENOMINATOR = 12


@dataclass(frozen=True, slots=True)
class Table(Generic[Item]):
    """The entries of a matrix row by row; a vector is one row."""

    entries: tuple[Item, ...]
    columns: int

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.entries) // self.columns

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    def name(self, place: int) -> str:
        """The name of an entry, counted from 1: `2`, in a matrix `(1, 2)`."""
        row, column = divmod(place, self.columns)
        return str(place + 1) if self.rows == 1 else f"({row + 1}, {column + 1})"

    def mapped(self, change: Callable[[Item], Item]) -> Table[Item]:
        """The table with every entry changed."""
        return Table(tuple(map(change, self.entries)), self.columns)

    def changed(self, places: Mapping[int, Item]) -> Table[Item]:
        """The table with other entries at some places."""
        return Table(tuple(places.get(place, entry) for place, entry in enumerate(self.entries)), self.columns)


def grade_vector(key: VectorKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed vector or matrix."""
    node = read_vector(answer, matrix=key.columns > 0)
    if isinstance(node, Unreadable):
        return unreadable(node, answer)
    reading, numbers = to_text(node), _amounts(node)
    if numbers is None:
        return ask_again(UNDEFINED(), "undefined", reading)
    values = [value for text in key.exact if (value := amounts.exactly(text)) is not None]
    if len(values) != len(key.exact) or not values:
        return undecided(reading)
    exact = Table(tuple(values), key.columns or len(values))
    precision, typed = Precision.of(key), laid_out(numbers, exact)
    verdict = _verdict(typed, exact, precision, mistakes, reading)
    if all(entry.places is not None for entry in typed.entries):
        return verdict
    texts = [amounts.value_text(entry.value, precision) for entry in typed.entries]
    rows = [", ".join(texts[at : at + typed.columns]) for at in range(0, len(texts), typed.columns)]
    return replace(verdict, value=f"({rows[0]})" if len(rows) == 1 else "; ".join(rows))


def _verdict(
    typed: Table[Amount],
    exact: Table[Fraction],
    precision: Precision,
    mistakes: Sequence[KnownMistake],
    reading: str,
) -> Verdict:
    if typed.shape == exact.shape:
        pairs = list(zip(typed.entries, exact.entries, strict=True))
        if all(amounts.is_correct(entry.value, right, precision) for entry, right in pairs):
            return Verdict(Outcome.CORRECT, reading=reading)
        if all(amounts.agrees(entry, right, precision) for entry, right in pairs):
            return _rounding(pairs, exact, precision, reading)
    return _wrong(typed, exact, precision, mistakes, reading)


def _rounding(
    pairs: list[tuple[Amount, Fraction]], exact: Table[Fraction], precision: Precision, reading: str
) -> Verdict:
    short = [
        (place, right, how)
        for place, (entry, right) in enumerate(pairs)
        if not amounts.is_correct(entry.value, right, precision)
        and (how := amounts.shortening(entry, right, precision))
    ]
    cut = ", ".join(exact.name(place) for place, _, how in short if how.cut)
    if not cut:
        return rounding(precision, reading)
    complete = all(how.places >= precision.places(right) for _, right, how in short)
    return rounding(precision, reading, cut=CUT_ENTRIES(places=cut), component=cut, complete=complete)


def _wrong(
    typed: Table[Amount], exact: Table[Fraction], precision: Precision, mistakes: Sequence[KnownMistake], reading: str
) -> Verdict:
    def is_met(table: Table[Amount], fits: Fits) -> bool:
        return typed.shape == table.shape and all(
            fits(entry, other.value, precision) for entry, other in zip(typed.entries, table.entries, strict=True)
        )

    mistake = amounts.foreseen_mistake(mistakes, _read_amounts, is_met, precision)
    if mistake is not None:
        return foreseen(mistake, reading)
    slip, details = _slip(typed, exact, precision) or (None, ())
    message = _sentence(slip, details, typed, exact) if slip else _wrong_entries(typed, exact, precision)
    return Verdict(Outcome.WRONG, slip, ", ".join(details), message, reading)


def _sentence(slip: str, details: tuple[str, ...], typed: Table[Amount], exact: Table[Fraction]) -> str:
    match slip, details:
        case "size", _:
            alike = len(typed.entries) == len(exact.entries)
            return slip_sentence("size-shape" if alike else slip, size_text(typed), size_text(exact))
        case "sign", (place,):
            return slip_sentence("sign-entry", place)
        case "swap", (first, second):
            return slip_sentence("swap-entries", first, second)
        case _:
            return slip_sentence(sentence_name(slip, *details[:1]), *details)


def size_text(table: Table[Any]) -> str:
    """How many entries a vector has, or rows and columns a matrix."""
    rows, columns = table.shape
    return SHAPE_COLUMN(count=columns) if rows == 1 else SHAPE_ROW(rows=rows, columns=columns)


def _differing(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> list[str]:
    pairs = zip(typed.entries, exact.entries, strict=True)
    return [
        exact.name(place) for place, (entry, right) in enumerate(pairs) if not amounts.agrees(entry, right, precision)
    ]


def _wrong_entries(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> str:
    return wrong_entries(_differing(typed, exact, precision), len(exact.entries))


def wrong_entries(wrong: Sequence[str], total: int) -> str:
    """Which of so many entries are wrong; empty where it is none or all of them."""
    return ENTRIES_WRONG(total=total, places=", ".join(wrong)) if 0 < len(wrong) < total else ""


def _amounts(node: Vector) -> Table[Amount] | None:
    rows = [item.items if isinstance(item, Vector) else (item,) for item in node.items]
    numbers = [number for row in rows for item in row if (number := amounts.amount(item)) is not None]
    if not numbers or len(numbers) < sum(map(len, rows)):
        return None
    is_matrix = any(isinstance(item, Vector) for item in node.items)
    return Table(tuple(numbers), len(rows[0]) if is_matrix else len(numbers))


def _read_amounts(text: str) -> Table[Amount] | None:
    node = read_vector(text)
    return None if isinstance(node, Unreadable) else _amounts(node)


def laid_out(typed: Table[Item], exact: Table[Any]) -> Table[Item]:
    """A row typed for a matrix of one column, or a column typed for a vector, is the same thing."""
    if exact.rows == 1 and typed.columns == 1:
        return Table(typed.entries, len(typed.entries))
    return Table(typed.entries, 1) if exact.columns == typed.rows == 1 else typed


def _slip(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> NamedSlip | None:
    if len(exact.entries) > MOST_ENTRIES:
        return None
    for slip, details, table in _candidates(exact):
        if _is_table(typed, table, exact, precision):
            return slip, details
    if typed.shape != exact.shape:
        return "size", (str(typed.columns) if typed.rows == 1 else f"{typed.rows}x{typed.columns}",)
    factor = _common_factor(typed, exact, precision)
    if factor is not None:
        return "factor", (str(factor),)
    if _is_permuted(typed, exact, precision):
        return "permuted", ()
    if exact.rows > 1 and _along_the_other_axis(typed, exact):
        return "axis", ()
    wrong = _differing(typed, exact, precision)
    return ("component", (wrong[0],)) if len(wrong) == 1 < len(exact.entries) else None


def _candidates(exact: Table[Fraction]) -> Iterator[tuple[str, tuple[str, ...], Table[Fraction]]]:
    flat = exact.entries
    yield "sign", (), exact.mapped(lambda value: -value)
    for place, value in enumerate(flat):
        yield "sign", (exact.name(place),), exact.changed({place: -value})
    for first, second in combinations(range(len(flat)), 2) if exact.rows == 1 else ():
        if flat[first] != flat[second]:
            details = (exact.name(first), exact.name(second))
            yield "swap", details, exact.changed({first: flat[second], second: flat[first]})
    yield "complement", (), exact.mapped(lambda value: 1 - value)
    if all(flat):
        yield "reciprocal", (), exact.mapped(lambda value: 1 / value)
    for slip, detail, value in number_slips(flat[0]):
        if slip == "log-base":
            yield slip, (detail,), _scaled(exact, value / flat[0])
    for size in dict.fromkeys((len(flat), *exact.shape)):
        if size > 1:
            yield "reduction", (str(size),), _scaled(exact, Fraction(size))
            yield "reduction", (f"1/{size}",), _scaled(exact, Fraction(1, size))
    if exact.rows > 1:
        transposed = tuple(value for at in range(exact.columns) for value in flat[at :: exact.columns])
        yield "transposed", (), Table(transposed, exact.rows)


def _is_table(typed: Table[Amount], table: Table[Fraction], exact: Table[Fraction], precision: Precision) -> bool:
    """Whether the typed table is that one to its digits, and at its own digits could not just as well be the key."""
    if typed.shape != table.shape:
        return False
    digits = sum(amounts.ROUNDING_DIGITS if entry.places is None else entry.significant for entry in typed.entries)
    pairs = zip(typed.entries, table.entries, strict=True)
    if digits < amounts.ROUNDING_DIGITS or not all(amounts.agrees(entry, value, precision) for entry, value in pairs):
        return False
    return len(typed.entries) != len(exact.entries) or any(
        value != right and not amounts.could_be(entry, right)
        for entry, value, right in zip(typed.entries, table.entries, exact.entries, strict=True)
    )


def _is_permuted(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> bool:
    pairs = zip(sorted(typed.entries, key=lambda entry: entry.value), sorted(exact.entries), strict=True)
    return len(exact.entries) >= 3 and all(amounts.agrees(entry, value, precision) for entry, value in pairs)


def _along_the_other_axis(typed: Table[Amount], exact: Table[Fraction]) -> bool:
    """Whether the key's rows were each scaled to one sum, and the answer's columns were."""
    starts = range(0, len(exact.entries), exact.columns)
    rows = [Fraction(sum(exact.entries[start : start + exact.columns])) for start in starts]
    sums = [Fraction(sum(entry.value for entry in typed.entries[at :: exact.columns])) for at in range(exact.columns)]
    return all(abs(total - 1) < Fraction(1, 1000) for total in rows) and all(
        abs(total - 1) < Fraction(1, 50) for total in sums
    )


def _common_factor(typed: Table[Amount], exact: Table[Fraction], precision: Precision) -> Fraction | None:
    pairs = [(entry, value) for entry, value in zip(typed.entries, exact.entries, strict=True) if value]
    if not pairs:
        return None
    entry, value = max(pairs, key=lambda pair: abs(pair[1]))
    factor = (entry.value / value).limit_denominator(_LARGEST_DENOMINATOR)
    is_factor = factor not in (0, 1) and _is_table(typed, _scaled(exact, factor), exact, precision)
    return factor if is_factor else None


def _scaled(table: Table[Fraction], factor: Fraction) -> Table[Fraction]:
    return table.mapped(lambda value: value * factor)
