"""What a field may hold: one reader a shape, from an untyped YAML value to a value of the domain.

Each reader gives None, and at least one complaint, where the value is not of its shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal

from studyapp.domain.exercise import Binding, Condition, Convention, SymbolDomain
from studyapp.domain.expression import Call, Comparison, Logical, Node, Not
from studyapp.domain.kind import Kind
from studyapp.domain.limits import ID_CHARACTERS
from studyapp.pages.facts import Mapping, Scalar, Sequence, Value
from studyapp.pages.report import Report

Reader = Callable[[Value, Report], Any]

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
TOPIC = re.compile(rf"{IDENTIFIER.pattern}(?:/{IDENTIFIER.pattern})*")
ITEM_NAME = re.compile(r"\w[\w-]*")
DOMAINS: tuple[Literal["real", "positive", "nonnegative", "integer", "label"], ...] = (
    "real",
    "positive",
    "nonnegative",
    "integer",
    "label",
)
RESERVED = frozenset({"e", "pi", "and", "or", "not", "if", "D", "answer", "scene"})
CONVENTIONS = {"log": ("e", "2", "10"), "epsilon": (), "reduction": ("mean", "sum", "none")}
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_INTERVAL = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*")
_WHOLE = re.compile(r"\d{1,9}")


def read_text(value: Value, report: Report) -> Scalar | None:
    """A text that is not empty, with its offset."""
    if not isinstance(value, Scalar):
        report.add(value.start, "not-a-text")
        return None
    if not value.value.strip():
        report.add(value.start, "empty-value")
        return None
    return value


def read_word(value: Value, report: Report) -> str | None:
    """Any text."""
    scalar = read_text(value, report)
    return None if scalar is None else scalar.value.strip()


def read_identifier(value: Value, report: Report) -> str | None:
    """An id of an exercise: ASCII letters, digits, `-` and `_`."""
    return _identifier(value, IDENTIFIER, "bad-id", report)


def read_topic_id(value: Value, report: Report) -> str | None:
    """An id of a topic, or of a skill: the same with `/` between parts."""
    return _identifier(value, TOPIC, "bad-topic-id", report)


def _identifier(value: Value, pattern: re.Pattern[str], code: str, report: Report) -> str | None:
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if not pattern.fullmatch(scalar.value) or len(scalar.value) > ID_CHARACTERS:
        report.add(scalar.start, code, scalar.value, limit=ID_CHARACTERS)
        return None
    return scalar.value


def read_kind(value: Value, report: Report) -> Kind | None:
    """One of the closed list of kinds."""
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if scalar.value not in list(Kind):
        report.add(scalar.start, "unknown-kind", scalar.value, known=list(Kind), allowed=" ".join(Kind))
        return None
    return Kind(scalar.value)


def one_word(word: str) -> Reader:
    """The reader of a field that can say one thing."""

    def read(value: Value, report: Report) -> str | None:
        scalar = read_text(value, report)
        if scalar is None:
            return None
        if scalar.value != word:
            report.add(scalar.start, "unknown-word", scalar.value, known=(word,), allowed=word)
            return None
        return word

    return read


def read_flag(value: Value, report: Report) -> bool | None:
    """`true` or `false`, and no other spelling."""
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if scalar.value not in ("true", "false"):
        report.add(scalar.start, "not-a-flag", scalar.value)
        return None
    return scalar.value == "true"


def whole(low: int, high: int) -> Reader:
    """The reader of whole numbers within bounds, both included."""

    def read(value: Value, report: Report) -> int | None:
        scalar = read_text(value, report)
        if scalar is None:
            return None
        if not _WHOLE.fullmatch(scalar.value):
            report.add(scalar.start, "not-a-whole-number", scalar.value)
            return None
        if not low <= int(scalar.value) <= high:
            report.add(scalar.start, "out-of-range", scalar.value, low=low, high=high)
            return None
        return int(scalar.value)

    return read


def list_of(read: Reader) -> Reader:
    """The reader of lists whose items have another reader: those that could be read, the others being complaints."""

    def read_list(value: Value, report: Report) -> tuple[Any, ...] | None:
        if not isinstance(value, Sequence):
            report.add(value.start, "not-a-list")
            return None
        return tuple(item for item in [read(item, report) for item in value.items] if item is not None)

    return read_list


def _expression(value: Value, report: Report, *, literal: bool = False) -> tuple[Any, str, Scalar] | None:
    """Tree, text and scalar of an expression that stands alone on its line; a literal may stand in brackets."""
    if literal and isinstance(value, Sequence) and value.source:
        value = Scalar(value.source, value.source, value.start, in_flow=True)
    if isinstance(value, Sequence | Mapping):
        code: str = "not-an-expression" if isinstance(value, Mapping) or not value.source else "expression-in-flow"
        report.add(value.start, code)
        return None
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if scalar.block:
        report.add(scalar.start, "expression-in-block")
        return None
    if scalar.in_flow and not literal:
        report.add(scalar.start, "expression-in-flow")
        return None
    node = report.expression(scalar.source, scalar.start)
    return None if node is None else (node, scalar.source, scalar)


def read_expression(value: Value, report: Report) -> Binding | None:
    """One expression; the name of the binding is filled by the field."""
    read = _expression(value, report)
    return None if read is None else Binding("", read[0], read[1], report.source.place(read[2].start))


def _is_condition(node: Node) -> bool:
    """Whether a tree can hold or not hold; a call may, for all that is known here."""
    return isinstance(node, Comparison | Logical | Not | Call)


def read_condition(value: Value, report: Report) -> Condition | None:
    """An expression that holds or does not hold."""
    read = _expression(value, report)
    if read is None:
        return None
    node, text, scalar = read
    if not _is_condition(node):
        report.add(scalar.start, "not-a-condition", text)
        return None
    return Condition(node, text, report.source.place(scalar.start))


def read_entries(value: Value, report: Report) -> tuple[tuple[Scalar, Value], ...] | None:
    """The fields of a mapping, in written order."""
    if not isinstance(value, Mapping):
        report.add(value.start, "not-named-values")
        return None
    return value.entries


def named(name_fits: Callable[[str], bool], *, conditions: bool = False, literal: bool = False) -> Reader:
    """The reader of named expressions, one field a name, in written order: those that could be read."""

    def read(value: Value, report: Report) -> tuple[Binding, ...] | None:
        entries = read_entries(value, report)
        if entries is None:
            return None
        bindings: list[Binding] = []
        for name, inner in entries:
            if not name_fits(name.value):
                report.add(name.start, "reserved-name" if name.value in RESERVED else "bad-name", name.value)
            found = _expression(inner, report, literal=literal)
            if found is None:
                continue
            if conditions and not _is_condition(found[0]):
                report.add(found[2].start, "not-a-condition", found[1])
            else:
                bindings.append(Binding(name.value, found[0], found[1], report.source.place(found[2].start)))
        return tuple(bindings)

    return read


def is_symbol(name: str) -> bool:
    """Whether a name can stand in an expression and is not taken."""
    return name.isidentifier() and name not in RESERVED


def is_symbol_or_answer(name: str) -> bool:
    """A name of an `example`: a symbol, or `answer`."""
    return name == "answer" or is_symbol(name)


def read_symbol(value: Value, report: Report) -> str | None:
    """A name that can stand in an expression."""
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if not is_symbol(scalar.value):
        report.add(scalar.start, "reserved-name" if scalar.value in RESERVED else "bad-name", scalar.value)
        return None
    return scalar.value


def is_item_name(name: str) -> bool:
    """Whether a name can name a mistake or a case."""
    return ITEM_NAME.fullmatch(name) is not None


def read_interval(scalar: Scalar, report: Report) -> tuple[Decimal, Decimal] | None:
    """The ends of `low..high`."""
    found = _INTERVAL.fullmatch(scalar.value)
    if found is None:
        report.add(scalar.start, "not-an-interval", scalar.value)
        return None
    low, high = Decimal(found[1]), Decimal(found[2])
    if low >= high:
        report.add(scalar.start, "empty-interval", scalar.value)
        return None
    return low, high


def read_symbols(value: Value, report: Report) -> tuple[SymbolDomain, ...] | None:
    """Names with their domains: a word or an open interval."""
    entries = read_entries(value, report)
    if entries is None:
        return None
    read = [_symbol(name, inner, report) for name, inner in entries]
    return tuple(domain for domain in read if domain)


def _symbol(name: Scalar, value: Value, report: Report) -> SymbolDomain | None:
    if not is_symbol(name.value):
        report.add(name.start, "reserved-name" if name.value in RESERVED else "bad-name", name.value)
    scalar = read_text(value, report)
    if scalar is None:
        return None
    for word in DOMAINS:
        if scalar.value == word:
            return SymbolDomain(name.value, word)
    if ".." not in scalar.value:
        allowed = " ".join(DOMAINS)
        report.add(scalar.start, "unknown-domain", scalar.value, known=DOMAINS, allowed=allowed)
        return None
    ends = read_interval(scalar, report)
    return None if ends is None else SymbolDomain(name.value, "interval", *ends)


def read_convention(value: Value, report: Report) -> Convention | None:
    """What the stem fixes: the base of log, epsilon, the reduction."""
    entries = read_entries(value, report)
    if entries is None:
        return None
    fixed: dict[str, str] = {}
    for name, inner in entries:
        if name.value not in CONVENTIONS:
            report.add(name.start, "unknown-field", name.value, known=CONVENTIONS, allowed=" ".join(CONVENTIONS))
            continue
        scalar = read_text(inner, report)
        if scalar is None:
            continue
        words = CONVENTIONS[name.value]
        if words and scalar.value not in words:
            report.add(scalar.start, "unknown-word", scalar.value, known=words, allowed=" ".join(words))
        elif not words and not re.fullmatch(_NUMBER, scalar.value):
            report.add(scalar.start, "not-a-number", scalar.value)
        else:
            fixed[name.value] = scalar.value
    return Convention(**fixed)
