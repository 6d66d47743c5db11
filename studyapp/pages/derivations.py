"""What the fields of a derivation may hold: steps, the family of networks, the learning rate."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from studyapp.domain.exercise import Binding, NetworkFamily, StepFacts
from studyapp.domain.limits import LAYER_UNITS, NETWORK_LAYERS
from studyapp.domain.network import HIDDEN, PAIRS, read_target
from studyapp.pages.facts import Mapping, Scalar, Sequence, Value
from studyapp.pages.readers import (
    Reader,
    is_item_name,
    list_of,
    named,
    read_expression,
    read_symbol,
    read_text,
    read_topic_id,
)
from studyapp.pages.report import Report

_SIZES = re.compile(r"(\d{1,2})(?:\s*\.\.\s*(\d{1,2}))?")
_RATE = re.compile(r"\d{1,6}(?:\.\d{1,12})?|\.\d{1,12}")


def read_steps(value: Value, report: Report) -> tuple[StepFacts, ...] | None:
    """The steps in their order, at least one."""
    if not isinstance(value, Sequence) or not value.items:
        report.add(value.start, "not-a-list")
        return None
    return tuple(step for step in [_step(item, report) for item in value.items] if step)


def _step(value: Value, report: Report) -> StepFacts | None:
    found = values_of(value, _STEP, report)
    if found is None:
        return None
    if "target" in found and "answer" in found:
        report.add(value.start, "target-and-answer")
        return None
    if "target" not in found and "answer" not in found:
        report.add(value.start, "missing-field", "target / answer")
        return None
    for name in ("answer", "check"):
        if isinstance(binding := found.get(name), Binding):
            found[name] = replace(binding, name=name)
    return StepFacts(place=report.source.place(value.start), **found)


def _target(value: Value, report: Report) -> str | None:
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if read_target(scalar.value) is None:
        report.add(scalar.start, "bad-target", scalar.value)
        return None
    return scalar.value.strip()


_STEP: dict[str, Reader] = {
    "target": _target,
    "answer": read_expression,
    "check": read_expression,
    "name": read_symbol,
    "using": list_of(read_symbol),
    "skill": read_topic_id,
    "mistakes": named(is_item_name),
}


def read_network(value: Value, report: Report) -> NetworkFamily | None:
    """The family of networks."""
    found = values_of(value, _NETWORK, report)
    if found is None:
        return None
    missing = [name for name in ("layers", "output") if name not in found]
    if len(found.get("layers", ())) > 2 and "hidden" not in found:
        missing.append("hidden")
    for name in missing:
        report.add(value.start, "missing-field", name)
    if missing:
        return None
    return NetworkFamily(place=report.source.place(value.start), **{"hidden": (), **found})


def _layers(value: Value, report: Report) -> tuple[tuple[int, int], ...] | None:
    if not isinstance(value, Sequence):
        report.add(value.start, "not-a-list")
        return None
    if not 2 <= len(value.items) <= NETWORK_LAYERS:
        report.add(value.start, "out-of-range", str(len(value.items)), low=2, high=NETWORK_LAYERS)
        return None
    sizes = [_size(item, report) for item in value.items]
    return None if None in sizes else tuple(size for size in sizes if size)


def _size(value: Value, report: Report) -> tuple[int, int] | None:
    scalar = read_text(value, report)
    if scalar is None:
        return None
    ends = _SIZES.fullmatch(scalar.value.strip())
    if ends is None:
        report.add(scalar.start, "not-a-whole-number", scalar.value)
        return None
    low, high = int(ends[1]), int(ends[2] or ends[1])
    if not 1 <= low <= high <= LAYER_UNITS:
        report.add(scalar.start, "out-of-range", scalar.value, low=1, high=LAYER_UNITS)
        return None
    return low, high


def _one_of(words: tuple[str, ...]) -> Reader:
    """The reader of one of some words, blanks around commas not counted."""

    def read(value: Value, report: Report) -> str | None:
        scalar = read_text(value, report)
        if scalar is None:
            return None
        word = ", ".join(part.strip() for part in scalar.value.split(","))
        if word not in words:
            report.add(scalar.start, "unknown-word", scalar.value, known=words, allowed=" · ".join(words))
            return None
        return word

    return read


def _pairs(value: Value, report: Report) -> tuple[tuple[str, str], ...] | None:
    words = tuple(f"{activation}, {loss}" for activation, loss in PAIRS)
    found = filled(list_of(_one_of(words)))(value, report)
    return None if found is None else tuple(PAIRS[words.index(word)] for word in found)


def filled(read: Reader) -> Reader:
    """The reader of a list that is not empty."""

    def read_filled(value: Value, report: Report) -> Any:
        found = read(value, report)
        if found == () and not (value.items if isinstance(value, Sequence) else getattr(value, "entries", ())):
            report.add(value.start, "empty-value")
        return found or None

    return read_filled


def _bias(value: Value, report: Report) -> tuple[bool, ...] | None:
    read = _one_of(("true", "false"))
    if isinstance(value, Scalar):
        word = read(value, report)
        return None if word is None else (word == "true",)
    words = filled(list_of(read))(value, report)
    return None if words is None else tuple(word == "true" for word in words)


_NETWORK: dict[str, Reader] = {
    "layers": _layers,
    "hidden": filled(list_of(_one_of(HIDDEN))),
    "output": _pairs,
    "bias": _bias,
}


def read_rate(value: Value, report: Report) -> Decimal | None:
    """A learning rate: a positive decimal."""
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if not _RATE.fullmatch(scalar.value) or not Decimal(scalar.value):
        report.add(scalar.start, "not-a-number", scalar.value)
        return None
    return Decimal(scalar.value)


def values_of(
    value: Value, readers: dict[str, Callable[[Value, Report], Any]], report: Report
) -> dict[str, Any] | None:
    """The values of a mapping's fields; None where one is unknown or could not be read."""
    if not isinstance(value, Mapping):
        report.add(value.start, "not-named-values")
        return None
    found: dict[str, Any] = {}
    sound = True
    for name, inner in value.entries:
        if name.value not in readers:
            report.add(name.start, "unknown-field", name.value, known=readers, allowed=" ".join(readers))
            sound = False
            continue
        read = readers[name.value](inner, report)
        sound = sound and read is not None
        found[name.value] = read
    return found if sound else None
